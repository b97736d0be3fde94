"""`mksite audit DIR`: proves that nothing hidden is in a finished output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import yaml

from mksite.artifact import audit as auditing
from mksite.build.inputs import read_site
from mksite.catalogue.time.embargo import embargo_end
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, now_of, site_options
from mksite.content.front_matter.document import DocumentError, split
from mksite.errors import UsageError
from mksite.mention.reading import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mksite.command.console import Console


@command()
@site_options
@click.option("--now", metavar="ISO", help="Build as of this time (for embargoes).")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def audit(site: Path, lang: str | None, now: str | None, folder: Path) -> None:
    """Prove that nothing of drafts, embargoed or withdrawn releases is in a finished site."""
    console = console_for(site, lang)
    root = site.absolute()
    sys.exit(guarded(console, lambda: _audit(console, root, folder, now_of(now, root))))


def _audit(console: Console, root: Path, folder: Path, now: datetime) -> int:
    site, problems = read_site(root)
    if site is None:
        console.problems(problems)
        return 1
    if not folder.is_dir():
        raise UsageError("audit-no-folder", path=str(folder))
    sources = _Sources(root, now, ZoneInfo(site.timezone))
    leaks = auditing.audit(folder, sources.secrets, sources.addresses)
    for leak in leaks:
        click.echo(f"{leak.path}\t{leak.source}\t{leak.words}")
    console.say("audited", hidden=len(sources.hidden), leaks=len(leaks))
    return 1 if leaks else 0


class _Sources:
    """What the content says that must not be in the output. Read anew from the files and not from
    what a build knows, so that a fault of the build cannot hide itself.
    """

    def __init__(self, root: Path, now: datetime, zone: ZoneInfo) -> None:
        self.secrets = auditing.Secrets()
        self.addresses: dict[str, str] = {}
        self.hidden: set[str] = set()
        shown: list[str] = []
        names: list[list[str]] = []
        content = root / "content"
        originals_first = sorted(content.rglob("*.md"), key=lambda path: path.name.count("."))
        for path in originals_first:
            text, ident = decode(path.read_bytes()), path.name.split(".")[0]
            front, body = _parts(text)
            is_release = path.relative_to(content).parts[0] == "releases"
            if not is_release:
                names.append([ident, *_texts(front)])
            elif path.name.count(".") == 1 and _is_hidden(front, now, zone):
                self.hidden.add(ident)
                if not front.get("withdrawn"):
                    self.addresses[f"/releases/{ident}/"] = path.relative_to(root).as_posix()
            if is_release and ident in self.hidden:
                self._hide(path.relative_to(root).as_posix(), front, body)
            else:
                shown.append(text)
        for text in shown:
            self.secrets.allow(text)
        self.secrets.allow_names(names)

    def _hide(self, source: str, front: dict[str, object], body: str) -> None:
        for said in (front.get("title"), front.get("summary"), *body.split("\n\n")):
            self.secrets.add(source, str(said or ""))


def _parts(text: str) -> tuple[dict[str, object], str]:
    try:
        front, body, _, _ = split(text)
        tree = yaml.load(front, Loader=yaml.CBaseLoader)  # noqa: S506  texts only
    except (DocumentError, yaml.YAMLError):
        return {"draft": "true"}, text
    return (tree if isinstance(tree, dict) else {}), body


def _texts(value: object) -> Iterator[str]:
    """All texts of the front matter."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _is_hidden(front: dict[str, object], now: datetime, zone: ZoneInfo) -> bool:
    """Whether readers must not see the release; where that cannot be read, they must not."""
    if str(front.get("draft", "false")).lower() not in ("false", ""):
        return True
    if front.get("withdrawn"):
        return True
    if "embargo" in front:
        end = embargo_end(str(front["embargo"]), zone)
        return end is None or end > now
    return False
