"""`mksite rename`: another id, everywhere at once, with a redirect from the old address."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.cache.lock import only_build
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, site_options
from mksite.content.address import entity_path, language_path
from mksite.content.config import FILE
from mksite.content.model import FOLDERS, KINDS, Kind
from mksite.content.rename import in_text, kind_of, with_former_address
from mksite.errors import UsageError
from mksite.record import translation
from mksite.source.source import SLUG
from mksite.source.writing import write_all
from mksite.text.name import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from mksite.command.console import Console
    from mksite.content.config import Site
    from mksite.record.translation import Lag


@command()
@site_options
@click.argument("kind")
@click.argument("old")
@click.argument("new")
def rename(site: Path, lang: str | None, kind: str, old: str, new: str) -> None:
    """Give a release, organization or other source another id, everywhere."""
    console = console_for(site, lang)
    sys.exit(guarded(console, lambda: _rename(console, site.absolute(), kind, (old, new))))


def _rename(console: Console, root: Path, word: str, ids: tuple[str, str]) -> int:
    site, problems = read_site(root)
    if site is None:
        console.problems(problems)
        return 1
    kind, (old, new) = kind_of(word), ids
    if kind is None:
        raise UsageError("rename-kind", name=word, allowed=", ".join(FOLDERS))
    with only_build(root, lambda: console.say("waiting")):
        sources = {path: _kind(root, path) for path in _files(root)}
        own = [p for p, k in sources.items() if k == kind and p.name.split(".")[0] == old]
        known = sorted({p.name.split(".")[0] for p, k in sources.items() if k == kind})
        if not own:
            near = ", ".join(nearest(old, known)) or "—"
            raise UsageError("rename-unknown", name=old, nearest=near)
        if not SLUG.fullmatch(new):
            raise UsageError("rename-bad", name=new)
        if new in known:
            raise UsageError("rename-taken", name=new)
        behind = {lag.path for lag in _lags(root, site)}
        changed = _write(root, site, sources, own, (kind, old, new))
        for lag in _lags(root, site):  # of texts in which nothing but an id has changed
            if lag.state == "outdated" and lag.path.replace(f"/{new}.", f"/{old}.") not in behind:
                translation.mark(root, lag)
    console.say("renamed", old=old, new=new, count=changed)
    return 0


def _lags(root: Path, site: Site) -> tuple[Lag, ...]:
    """The translations that do not keep up with their originals."""
    records = translation.read_records(root, site, engine_digest())
    return translation.lags(records, site.languages)


def _files(root: Path) -> list[Path]:
    """The sources; none that a link leads to: it may be anybody's."""
    content, real = root / "content", (root / "content").resolve()
    found = sorted(content.rglob("*.md"))
    return [path for path in found if path.resolve() == real / path.relative_to(content)]


def _kind(root: Path, path: Path) -> Kind | None:
    folder = path.relative_to(root / "content").parts[0]
    return KINDS.get(folder)


def _write(
    root: Path,
    site: Site,
    sources: dict[Path, Kind | None],
    own: list[Path],
    renamed: tuple[Kind, str, str],
) -> int:
    """The files are written, then moved. How many were changed. All new texts are made before the
    first is written, so that a fault in one leaves all as they were.
    """
    kind, old, new = renamed
    field = "aliases" if kind in ("release", "page") else "addresses"
    left = [f"/{language_path(site, lang)}{entity_path(kind, old)}" for lang in site.languages]
    texts: dict[Path, str] = {}
    for path, of_kind in [*sources.items(), (root / FILE, None)]:
        before = path.read_bytes().decode("utf-8", "surrogateescape")
        text = in_text(before, kind, old, new, of_kind=of_kind)
        if path in own and path.name == f"{old}.md":
            text = with_former_address(text, field, left)
        if text != before:
            texts[path] = text
    write_all({path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()})
    for path in own:
        path.rename(path.with_name(f"{new}{path.name[len(old) :]}"))
        beside = path.parent / old
        if path.name == f"{old}.md" and beside.is_dir() and not beside.is_symlink():
            beside.rename(path.parent / new)
    return len({*texts, *own})
