"""`mksite new`: the file of a new release, organization, programme, place, tag or page."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING, get_args

import click

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.catalogue.names.registry import Miss, Registry
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, site_options
from mksite.content.code_list import EventType
from mksite.content.front_matter.skeleton import Value, source
from mksite.content.front_matter.words import value_of
from mksite.content.meaning import meanings
from mksite.content.model import FOLDERS, KIND_SPECS, Kind
from mksite.date import edtf, hint
from mksite.errors import UsageError
from mksite.record.translation import read_records
from mksite.source.writing import write_new
from mksite.text.transliteration import slugify

if TYPE_CHECKING:
    from pathlib import Path

    from mksite.command.console import Console

TYPES: tuple[str, ...] = get_args(EventType)
PARTIES: tuple[Kind, ...] = ("organization", "programme")


@command()
@site_options
@click.option("--title", help="Title or name.")
@click.option("--date", help="Day of the event, as well as it is known: 2013-03-26, 2013-03, 2013.")
@click.option("--type", "type_", help="Kind of event: round-table, seminar, …")
@click.option("--organizer", "organizers", multiple=True, help="A known name; may be repeated.")
@click.option("--venue", help="A known place.")
@click.option("--id", "ident", help="The id; made from the title where none is given.")
@click.argument("kind", type=click.Choice(tuple(KIND_SPECS)))
def new(site: Path, lang: str | None, kind: Kind, **asked: str | tuple[str, ...] | None) -> None:
    """Make the file of a new release, organization or other source."""
    console = console_for(site, lang)
    sys.exit(guarded(console, lambda: _new(console, site.absolute(), kind, asked)))


def _new(
    console: Console, root: Path, kind: Kind, asked: dict[str, str | tuple[str, ...] | None]
) -> int:
    site, problems = read_site(root)
    if site is None:
        console.problems(problems)
        return 1
    records = read_records(root, site, engine_digest())
    registry = Registry()
    taken = set()
    for record in records:
        if not record.lang and record.kind == kind:
            taken.add(record.id)
        spec = KIND_SPECS[record.kind]
        if not record.lang and record.meta is not None and spec.is_entity:
            registry.add_entity(record.kind, record.id, record.meta, site.default_language)  # type: ignore[arg-type]
    asker = _Asker(console, registry, is_asking=asked["title"] is None and sys.stdin.isatty())
    title = asker.text("title", asked["title"], is_needed=True)
    known: dict[str, Value] = {"title" if kind in ("release", "page") else "name": title}
    if kind == "release":
        known |= _release(asker, asked)
    ident = str(asked["ident"] or slugify(title))
    if ident in taken:
        raise UsageError("new-taken", name=ident, folder=FOLDERS[kind])
    folder = root / "content" / FOLDERS[kind]
    if kind == "release":
        event = known.get("event")
        start = event.get("start", "") if isinstance(event, dict) else ""
        folder /= start[:4] if start[:4].isdigit() else "undated"
    file = folder / f"{ident}.md"
    text = source(kind, known, meanings(console.lang))
    write_new(root, {file: text.encode()})
    click.echo(str(file.relative_to(root)))
    _edit(console, file, is_asking=asker.is_asking)
    return 0


def _release(asker: _Asker, asked: dict[str, str | tuple[str, ...] | None]) -> dict[str, Value]:
    """The fields of a release that are asked for."""
    known: dict[str, Value] = {"added": datetime.now().astimezone().date().isoformat()}
    start = asker.date(asked["date"])
    type_ = asker.event_type(asked["type_"])
    event = {name: value for name, value in (("type", type_), ("start", start)) if value}
    if event:
        known["event"] = event
    organizers = asker.names("organizers", asked["organizers"], PARTIES)
    if organizers:
        known["organizers"] = organizers
    venue = asker.names("venue", asked["venue"], ("place",))
    if venue:
        known["venue"] = venue[0]
    return known


class _Asker:
    """Asks in the person's language, or takes what was given as options."""

    def __init__(self, console: Console, registry: Registry, *, is_asking: bool) -> None:
        self.console = console
        self.registry = registry
        self.is_asking = is_asking

    def text(self, name: str, given: object, *, is_needed: bool = False) -> str:
        """What was given, else what the person types; empty where they only press Enter."""
        if given:
            return str(given)
        if not self.is_asking:
            if is_needed:
                raise UsageError("new-no-title")
            return ""
        question = meanings(self.console.lang).get(name, name)
        answer: str = click.prompt(question, default="", show_default=False, err=True)
        if is_needed and not answer.strip():
            return self.text(name, given, is_needed=True)
        return answer.strip()

    def date(self, given: object) -> str:
        """A date as EDTF; of another form the nearest."""
        text = self.text("start", given)
        if not text:
            return ""
        try:
            edtf.parse(text)
        except edtf.EdtfError:
            meant = hint.suggest(text)
            if meant is None:
                return self._again("new-date", text, given, self.date)
            return meant
        return text

    def event_type(self, given: object) -> str:
        """A type of events, by its word in three languages."""
        text = self.text("type", given)
        known = text if text in TYPES else value_of(text, TYPES)
        if text and not known:
            return self._again("new-type", text, given, self.event_type)
        return known

    def names(self, name: str, given: object, kinds: tuple[Kind, ...]) -> list[str]:
        """The ids of known names; of an unknown one the nearest are told."""
        listed = given if isinstance(given, tuple) else (given,) if given else ()
        written = [str(n) for n in listed]
        if not written:
            written = [n.strip() for n in self.text(name, None).split(",") if n.strip()]
        ids = []
        for text in written:
            key = self.registry.resolve(text, kinds)
            if isinstance(key, Miss):
                near = ", ".join(self.registry.suggestions(text, kinds)) or "—"
                if not self.is_asking:
                    raise UsageError("new-name", name=text, nearest=near)
                self.console.say("new-name", name=text, nearest=near)
                return self.names(name, None, kinds)
            ids.append(key[1])
        return ids

    def _again(self, code: str, text: str, given: object, ask) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Asks once more, or ends where the answer was an option."""
        if given or not self.is_asking:
            raise UsageError(code, name=text, allowed=", ".join(TYPES))
        self.console.say(code, name=text, allowed=", ".join(TYPES))
        answer: str = ask(None)
        return answer


def _edit(console: Console, file: Path, *, is_asking: bool) -> None:
    """The file is open in the person's editor, where the environment names one."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not is_asking:
        return
    if not editor:
        console.say("new-open", path=str(file))
        return
    subprocess.run([*shlex.split(editor), str(file)], check=False)
