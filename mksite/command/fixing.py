"""`mksite check --fix`: what is safe to mend is shown, and written once the person agrees."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING, NamedTuple

import click
import msgspec

from mksite.build.inputs import read_site
from mksite.catalogue.assembly import assemble
from mksite.catalogue.gathered import gather
from mksite.catalogue.names.ids import named_by_ids
from mksite.command.language import program
from mksite.content.front_matter.mend import mended
from mksite.content.model import Release
from mksite.record import parsing
from mksite.source import source
from mksite.source.writing import write_all

if TYPE_CHECKING:
    from pathlib import Path

    from mksite.build.options import Options
    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.command.console import Console
    from mksite.content.config import Site
    from mksite.content.model import Key
    from mksite.record.record import Record
    from mksite.source.source import Scan, Source

_MARK = "\ufeff"


class Text(NamedTuple):
    """A source's text with line feeds alone, and what it takes to write it as it was written."""

    source: Source
    text: str
    prefix: str
    line_end: str

    def encoded(self, text: str) -> bytes:
        """The bytes of another text of this source."""
        return (self.prefix + text.replace("\n", self.line_end)).encode()


def fix(console: Console, options: Options, *, agreed: bool) -> None:
    """Mends what is safe, after it was shown. Raises UsageError and OSError."""
    site, _ = read_site(options.root)
    if site is None:
        return
    scan = source.scan(options.root, {}, now_ns=0)
    texts = [text for item in scan.sources if (text := _text(options.root, item)) is not None]
    changed = _changed(texts, site, options)
    moves = _moves(options.root, scan)
    if not changed and not moves:
        console.say("fix-nothing")
        return
    for text, new in changed:
        console.show(_difference(text, new))
    for old, new_path in moves:
        click.echo(f"{old.relative_to(options.root).as_posix()} → {new_path.name}", err=True)
    if not agreed and not _agrees(console):
        console.say("fix-not-written", program=program())
        return
    if any(text != _text(options.root, text.source) for text, _ in changed):
        fix(console, options, agreed=agreed)  # somebody has saved another text meanwhile
        return
    write_all({options.root / text.source.path: text.encoded(new) for text, new in changed})
    for old, new_path in moves:
        old.rename(new_path)
    console.say("fixed", count=len(changed) + len(moves))
    if moves:  # they can be read now
        fix(console, options, agreed=agreed)


def _agrees(console: Console) -> bool:
    """Whether the person says yes; nobody at the keyboard says no."""
    return sys.stdin.isatty() and click.confirm(console.sentence("fix-confirm"), err=True)


def _text(root: Path, item: Source) -> Text | None:
    """A source's text; None where its bytes could not be given back as they were."""
    try:
        text = (root / item.path).read_bytes().decode()
    except UnicodeDecodeError:
        return None
    prefix = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(prefix)
    line_end = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace(line_end, "\n")
    if "\r" in plain or plain.replace("\n", line_end) != text:
        return None
    return Text(item, plain, prefix, line_end)


def _changed(texts: list[Text], site: Site, options: Options) -> list[tuple[Text, str]]:
    """The texts that are to be others, with what they are to be."""
    found = {text.source.path: _mended(text, site) for text in texts}
    records = {text.source.path: _record(text, found[text.source.path], site) for text in texts}
    registry = gather(records.values(), site, {}).names.registry
    named: dict[str, str] = {}
    others = dict(records)
    for text in texts:
        path, record = text.source.path, records[text.source.path]
        if record.meta is not None and not record.lang and not record.problems:
            new = named_by_ids(found[path], record.meta, registry)
            if new != found[path]:
                named[path], others[path] = new, _record(text, new, site)
    if named:
        before, after = (_catalogue(given, site, options) for given in (records, others))
        found |= {
            path: new for path, new in named.items() if _says_the_same(before, after, records[path])
        }
    return [
        (text, found[text.source.path]) for text in texts if found[text.source.path] != text.text
    ]


def _mended(text: Text, site: Site) -> str:
    item = text.source
    return mended(
        text.text,
        lambda changed: parsing.parse(item, changed.encode(), site)[0].problems,
        item.kind,
        translated=bool(item.lang),
    )


def _record(text: Text, changed: str, site: Site) -> Record:
    return parsing.parse(text.source, changed.encode(), site)[0]


def _catalogue(records: dict[str, Record], site: Site, options: Options) -> Catalogue:
    made, _ = assemble(records.values(), (), site, now=options.now, drafts=True)
    return made


def _says_the_same(before: Catalogue, after: Catalogue, record: Record) -> bool:
    """Whether what a source names is the same in both, as its page shows it."""
    key: Key = (record.kind, record.id)
    if record.kind == "release":
        return _shown(before.releases.get(record.id)) == _shown(after.releases.get(record.id))
    return (
        before.parties.get(record.id) == after.parties.get(record.id)
        and before.parents.get(key) == after.parents.get(key)
        and before.positions.get(key) == after.positions.get(key)
        and before.successors.get(key) == after.successors.get(key)
    )


def _shown(card: Card | None) -> Card | None:
    """A Card without what it was made from, which names another way."""
    if card is None:
        return None
    return msgspec.structs.replace(card, release=Release(title=""), records={})


def _moves(root: Path, scan: Scan) -> list[tuple[Path, Path]]:
    """The sources whose names are not allowed, each with a name that is and that nothing has; and
    the folders of their files.
    """
    wanted: dict[Path, Path] = {}
    for problem in scan.problems:
        path, name = root / problem.path, dict(problem.values).get("nearest", "")
        if problem.code == "bad-file-name" and path.suffix == ".md" and name:
            wanted[path] = path.with_name(name)
            wanted[path.with_suffix("")] = path.with_name(name).with_suffix("")
    found: dict[Path, Path] = {}
    for path, new in wanted.items():
        if path.exists() and not path.is_symlink() and not new.exists():
            found.setdefault(new, path)
    return [(path, new) for new, path in found.items()]


def _difference(text: Text, new: str) -> str:
    """What changes in a text, as `diff` shows it."""
    path = text.source.path
    lines = difflib.unified_diff(
        text.text.splitlines(), new.splitlines(), path, path, lineterm="", n=1
    )
    return "\n".join(lines)
