"""`mksite mentions`: the names in a file, or in the whole content."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, site_options
from mksite.content.model import FOLDERS
from mksite.mention import candidate
from mksite.mention.circumstance import releases
from mksite.mention.grammar.names import NameIndex
from mksite.mention.reading import body_of, decode
from mksite.mention.recognize import Examined, examine
from mksite.mention.registry import names_of
from mksite.mention.texts import known_ids
from mksite.record.translation import read_records
from mksite.text.transliteration import slugify

if TYPE_CHECKING:
    from mksite.command.console import Console


@command()
@site_options
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    help="How to print: as text or as JSON.",
)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def mentions(site: Path, lang: str | None, form: str, file: Path | None) -> None:
    """List the names of the registry in a text file, or in all releases."""
    console = console_for(site, lang)
    sys.exit(guarded(console, lambda: _list(console, site.absolute(), file, form)))


def _list(console: Console, root: Path, file: Path | None, form: str) -> int:
    """Lists the names in `file`, or in all releases of the content. The exit code."""
    site, problems = read_site(root)
    if site is None:
        console.problems(problems)
        return 1
    records = read_records(root, site, engine_digest())
    names = tuple(names_of(records, people=site.features.people))
    index = NameIndex(names)
    if file is not None:
        text = decode(file.read_bytes())
        examined = examine(text, index)
        _show_json(examined) if form == "json" else _show(console, str(file), text, examined)
        return 0
    texts = []
    listed = []
    for record, circumstance in releases(records):
        text = body_of((root / record.path).read_bytes())
        texts.append((record.path, text))
        known = known_ids(circumstance, names)
        examined = examine(text, index, known=known, when=circumstance.day)
        if form == "json":
            listed.append({"path": record.path, "mentions": _spans(examined)})
        else:
            _show(console, record.path, text, examined)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(listed), indent=1))
        return 0
    for name in candidate.unknown(texts, (name.text for name in names)):
        said = console.sentence(
            "mention-candidate",
            name=name.name,
            count=name.count,
            path=name.path,
            new=f"content/organizations/{slugify(name.name)}.md",
        )
        click.echo(said)
    return 0


def _spans(examined: Examined) -> list[dict[str, object]]:
    return [
        {"start": m.start, "end": m.end, "surface": m.surface, "id": m.id}
        for m in examined.mentions
    ]


def _show_json(examined: Examined) -> None:
    encoded = msgspec.json.encode(_spans(examined))
    click.echo(msgspec.json.format(encoded, indent=1).decode())


def _show(console: Console, path: str, text: str, examined: Examined) -> None:
    """What was recognized, each entity once with its count, then what was refused, by line."""
    click.echo(path)
    counts = Counter((FOLDERS.get(m.kind, m.kind), m.id) for m in examined.mentions)  # type: ignore[call-overload]
    surfaces = {m.id: " ".join(m.surface.split()) for m in reversed(examined.mentions)}
    for (folder, ident), count in sorted(counts.items()):
        click.echo(f"  {folder}/{ident} ×{count}: {surfaces[ident]}")
    for refused in examined.refused:
        line = text.count("\n", 0, refused.start) + 1
        said = console.sentence(
            f"mention-{refused.reason}",
            line=line,
            name=" ".join(refused.surface.split()),
            ids=", ".join(refused.ids),
        )
        click.echo(f"  {said}")
