"""Finds the entity that bears a name, by kind and by time.

Case, spaces, quotation marks, ё/е and hyphens do not matter (`mksite.text.name.fold`). A name that
two entities share is decided by the date where one of them has left it by then, and is otherwise a
miss: the editor then writes the id.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from mksite.content.model import (
    ENTITY_KINDS,
    FOLDERS,
    PARTY_KINDS,
    Entity,
    Key,
    Kind,
    alias_names,
    by_language,
)
from mksite.content.problem import FieldPath
from mksite.date.span import day_range, last_day
from mksite.text import person
from mksite.text.name import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable


PARTIES = PARTY_KINDS
PLACES: tuple[Kind, ...] = ("place",)
TAGS: tuple[Kind, ...] = ("tag",)
LINKED: tuple[Kind, ...] = (*ENTITY_KINDS, "release", "page")
MOST_COMPARED = 500_000  # names with those that nobody bears, each some microseconds


class Known(msgspec.Struct, frozen=True):
    """One name of one entity, and the field of its front matter where that stands.

    `until` is the last day of a name that was left.
    """

    kind: Kind
    id: str
    name: str
    until: date | None = None
    former: bool = False
    field: FieldPath = ()


class Miss(msgspec.Struct, frozen=True):
    """A name that does not lead to one entity, and what may have been meant."""

    code: Literal["unknown", "ambiguous"]
    candidates: tuple[str, ...]


class Registry:
    """All names of the archive. Built once a build, then only asked.

    `asked` are the names that links asked for, folded, and the ids that these would be.
    """

    def __init__(self) -> None:
        self.ids: dict[Kind, set[str]] = {kind: set() for kind in FOLDERS}
        self.names: dict[str, list[Known]] = {}
        self.asked: set[str] = set()
        self._people: dict[str, list[Known]] = {}
        self._answers: dict[tuple[str, tuple[Kind, ...]], Key] = {}
        self._suggested: dict[tuple[str, tuple[Kind, ...]], tuple[str, ...]] = {}
        self._compared = 0
        self._later: list[Known] = []

    def add(self, known: Known) -> None:
        """Makes one name known."""
        self.names.setdefault(fold(known.name), []).append(known)
        if known.kind == "person":
            for form in person.forms(known.name):
                self._people.setdefault(form, []).append(known)

    def person(self, name: str, when: str | None = None) -> str:
        """The id of the person whose name this is a form of, at the time `when` (EDTF); "" for
        nobody in the archive, and where it may be several.
        """
        bearers = self._people.get(person.written(name), ())
        idents = {known.id for known in bearers}
        if len(idents) == 1:
            return idents.pop()
        decided = _decide_by_date(bearers, when) if idents else None
        return decided[1] if decided else ""

    def add_later(self, known: Known) -> None:
        """Makes the title of a release or page known, once a link asks for such names: folding
        ten thousand titles takes longer than all other names together.
        """
        self._later.append(known)

    def add_entity(self, kind: Kind, ident: str, entity: Entity, default: str) -> None:
        """Makes all names of an entity known, whatever their language."""
        self.ids[kind].add(ident)
        for field, text in (("name", entity.name), ("short", entity.short)):
            for lang, words in by_language(text, default).items():
                path: FieldPath = (field, lang) if isinstance(text, dict) else (field,)
                self.add(Known(kind, ident, words, field=path))
        for index, alias in enumerate(alias_names(entity.aliases)):
            self.add(Known(kind, ident, alias, field=("aliases", index)))
        for index, former in enumerate(entity.former):
            until = last_day(former.until)
            for words in by_language(former.name, default).values():
                path = ("former", index, "name")
                self.add(Known(kind, ident, words, until=until, former=True, field=path))

    def shared(self, name: str, kinds: tuple[Kind, ...]) -> tuple[Known, ...]:
        """The entities of `kinds` that bear one name, each once, those with it as an alias last.

        None where no alias is among them, or the name is borne by one alone or is itself an id.
        An official name may be that of two; an alias is the editors' own choice.
        """
        if any(name in self.ids[kind] for kind in kinds):
            return ()
        bearers = sorted(
            (known for known in self.names.get(fold(name), ()) if known.kind in kinds),
            key=lambda known: (known.field[:1] == ("aliases",), known.kind, known.id),
        )
        each = {(known.kind, known.id): known for known in bearers}
        is_alias = bearers and bearers[-1].field[:1] == ("aliases",)
        return tuple(each.values()) if is_alias and len(each) > 1 else ()

    def resolve(self, name: str, kinds: tuple[Kind, ...], when: str | None = None) -> Key | Miss:
        """The one entity of `kinds` that `name` means at the time `when` (EDTF), or a Miss."""
        question = (name, kinds)
        answer = self._answers.get(question)
        if answer is not None:
            return answer
        if kinds == LINKED:
            self.asked.update((fold(name), name.rpartition("/")[2]))
        resolved, dated = self._resolve(name, kinds, when)
        if not isinstance(resolved, Miss) and not dated:
            self._answers[question] = resolved
        return resolved

    def _resolve(
        self, name: str, kinds: tuple[Kind, ...], when: str | None
    ) -> tuple[Key | Miss, bool]:
        """The answer, and whether it rests on the date."""
        by_id: list[Key] = [(kind, name) for kind in kinds if name in self.ids[kind]]
        if len(by_id) == 1:
            return by_id[0], False
        if not by_id and "/" in name:
            folder, _, ident = name.partition("/")
            qualified: list[Key] = [
                (kind, ident)
                for kind in kinds
                if FOLDERS[kind] == folder and ident in self.ids[kind]
            ]
            if qualified:
                return qualified[0], False
        if kinds == LINKED:
            while self._later:
                self.add(self._later.pop())
        bearers = [known for known in self.names.get(fold(name), ()) if known.kind in kinds]
        keys = dict.fromkeys([*by_id, *((known.kind, known.id) for known in bearers)])
        if not keys:
            return Miss("unknown", self.suggestions(name, kinds)), False
        if len(keys) == 1:
            return next(iter(keys)), False
        if not by_id:
            decided = _decide_by_date(bearers, when)
            if decided is not None:
                return decided, True
        several_kinds = len({kind for kind, _ in keys}) > 1
        listed = (f"{FOLDERS[kind]}/{ident}" if several_kinds else ident for kind, ident in keys)
        return Miss("ambiguous", tuple(sorted(listed))), False

    def suggestions(self, name: str, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
        """Up to three ids or names of those kinds that look like `name`, nearest first.

        Linear in all names, and asked once a name: a forgotten organization may be in many files.
        None once very many names are unknown: the first ones tell enough.
        """
        suggested = self._suggested.get((name, kinds))
        if suggested is None and self._compared > MOST_COMPARED:
            return ()
        if suggested is None:
            suggested = self._suggested[name, kinds] = self._nearest(name, kinds)
        return suggested

    def _nearest(self, name: str, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
        written: dict[str, None] = {}
        for kind in kinds:
            written.update(dict.fromkeys(sorted(self.ids[kind])))
        for bearers in self.names.values():
            written.update(dict.fromkeys(k.name for k in bearers if k.kind in kinds))
        self._compared += len(written)
        return nearest(name, written)


def _decide_by_date(bearers: Iterable[Known], when: str | None) -> Key | None:
    """The entity that bore the name then: of the names still in use, the one left soonest."""
    days = day_range(when)
    if days is None:
        return None
    first, last = days
    standing: list[tuple[date, Key]] = []
    for known in bearers:
        until = (known.until or date.min) if known.former else date.max
        if last <= until:
            standing.append((until, (known.kind, known.id)))
        elif first <= until:
            return None
    if not standing:
        return None
    soonest = min(until for until, _ in standing)
    keys = {key for until, key in standing if until == soonest}
    return next(iter(keys)) if len(keys) == 1 else None
