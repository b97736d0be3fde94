"""`mksite import`: press releases in Word, PDF, e-mail, HTML or text to draft releases."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, site_options
from mksite.intake import draft
from mksite.intake.formats import MAX_BYTES, SUFFIXES, Unreadable
from mksite.intake.intake import Imported, duplicate, examine, registry_of, texts_of
from mksite.mention.reading import body_of
from mksite.record.translation import read_records
from mksite.source.writing import write_new
from mksite.text.transliteration import slugify

if TYPE_CHECKING:
    from mksite.command.console import Console
    from mksite.content.config import Site
    from mksite.intake.facts import Registry

_KEPT = (".docx", ".pdf")  # originals that may be published beside the text
Other = tuple[str, str, str]


@command(name="import")
@site_options
@click.option("--json", "as_json", is_flag=True, help="Write no file; print what was read.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def importing(site: Path, lang: str | None, *, as_json: bool, files: tuple[Path, ...]) -> None:
    """Turn press releases in Word, PDF, e-mail, HTML or text into drafts."""
    console = console_for(site, lang)
    sys.exit(guarded(console, lambda: _import(console, site.absolute(), files, as_json=as_json)))


def _import(console: Console, root: Path, paths: tuple[Path, ...], *, as_json: bool) -> int:
    """The exit code: 1 where a file could not be read."""
    site, problems = read_site(root)
    if site is None:
        console.problems(problems)
        return 1
    records = read_records(root, site, engine_digest())
    registry = registry_of(records, site.default_language)
    others = [(p, title, body_of((root / p).read_bytes())) for p, title in texts_of(records)]
    printed: list[dict[str, Any]] = []
    code = 0
    todo = _files(paths)
    for number, path in enumerate(todo, 1):
        try:
            imported = _examined(path, registry)
        except Unreadable as error:
            code = 1
            values = error.values
            console.say(error.code, name=path.name, **values)
            if as_json:
                printed.append({"file": str(path), "error": error.code})
            continue
        if as_json:
            printed.append(_shown(path, imported))
        else:
            _write(console, root, path, imported, others, site)
            if len(todo) > 1:
                console.say("import-progress", number=number, count=len(todo))
    if as_json:
        made: Any = printed[0] if len(todo) == 1 and len(printed) == 1 else printed
        click.echo(msgspec.json.format(msgspec.json.encode(made), indent=1).decode())
    return code


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """The files that are named, and those of the folders that are."""
    todo: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*"))
            todo += [
                p for p in inside if p.suffix.lower() in (*SUFFIXES, ".doc", ".rtf") and p.is_file()
            ]
        else:
            todo.append(path)
    return todo


def _examined(path: Path, registry: Registry) -> Imported:
    """What a file says. Raises Unreadable."""
    try:
        if not path.is_file():  # a pipe or a device would never end
            raise Unreadable("import-no-file")
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable("import-too-large", limit=str(MAX_BYTES // 1_000_000))
        data = path.read_bytes()
    except PermissionError:
        raise Unreadable("import-no-file") from None
    return examine(path.name, data, registry)


def _shown(path: Path, imported: Imported) -> dict[str, Any]:
    """What is printed of a file."""
    return {
        "file": str(path),
        **draft.fields(imported.facts),
        "derived_title": imported.facts.derived_title,
        "unknown": list(imported.unknown),
        "body": draft.body(imported.text, imported.facts.title),
    }


def _write(  # noqa: PLR0913, PLR0917  what a file is made of
    console: Console,
    root: Path,
    path: Path,
    imported: Imported,
    others: list[Other],
    site: Site,
) -> None:
    """The draft is a file of content/releases/, with its pictures and its original beside it."""
    read = imported.facts
    title = read.title or read.derived_title or path.stem
    same = duplicate(imported.text, read.title, others)
    if same:
        console.say("import-duplicate", name=path.name, path=same)
        return
    folder = root / "content" / "releases" / _year(read.event_start or read.date)
    ident = _free_id(root, slugify(title) or slugify(path.stem) or "release")
    original = f"{slugify(path.stem) or 'original'}{path.suffix.lower()}"
    beside = folder / ident
    notes = [console.sentence("import-note", name=path.name, digest=imported.digest[:16])]
    if not read.title:
        notes.append(console.sentence("import-note-title"))
    notes += [console.sentence("import-note-unknown", name=name) for name in imported.unknown]
    notes += [console.sentence("import-note-apart", line=line) for line in imported.apart[:5]]
    has_original = path.suffix.lower() in _KEPT
    text = draft.write(
        read,
        imported.text,
        title=title,
        added=datetime.now().astimezone().date().isoformat(),
        original=original if has_original else "",
        notes=notes,
        says_language=read.lang in site.languages[1:],
    )
    file = folder / f"{ident}.md"
    files = {beside / picture.name: picture.data for picture in imported.pictures}
    if has_original:
        files[beside / original] = path.read_bytes()
    write_new(root, {file: text.encode(), **files})
    others.append((str(file.relative_to(root)), title, imported.text))
    console.say("imported", name=path.name, path=str(file.relative_to(root)))


def _year(date: str) -> str:
    return date[:4] if date[:4].isdigit() else "undated"


def _free_id(root: Path, wanted: str) -> str:
    """An id that no release has."""
    taken = {path.name.split(".")[0] for path in (root / "content" / "releases").rglob("*.md")}
    number, ident = 1, wanted
    while ident in taken:
        number += 1
        ident = f"{wanted}-{number}"
    return ident
