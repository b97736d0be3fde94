"""Keeps the Cards of releases from one assembly for the next in the same process: for the preview.

A Card follows from its own Records and from what names mean. It is taken again where both are as
they were: the Records are the very same values, and nothing that a name could lead to is another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.model import Key, Release
from mksite.text.name import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from mksite.catalogue.catalogue import Card
    from mksite.catalogue.gathered import Gathered
    from mksite.catalogue.resolver import Resolver
    from mksite.record.record import Record


class KeptCards:
    """The Cards of one assembly after another; a Card that came with a fault is made anew."""

    def __init__(self) -> None:
        self._cards: dict[str, tuple[dict[str, Record], Card]] = {}
        self._others: list[tuple[Key, Record]] = []
        self._titles: dict[str, str] = {}
        self._names: Resolver | None = None
        self._asked: set[str] = set()

    def start(self, given: Gathered) -> None:
        """Lets go of all Cards where a name may mean something else than in the last assembly:
        where anything but releases is another, or a release that a link asked for, or could have.
        """
        titles: dict[str, str] = {}
        others: list[tuple[Key, Record]] = []
        for key, record in given.originals.items():
            if isinstance(record.meta, Release):
                titles[key[1]] = record.meta.title
            elif key[0] != "release":
                others.append((key, record))
        if self._names is not None:
            self._asked |= self._names.registry.asked
        changed = {*(titles.keys() ^ self._titles.keys())}
        changed.update(fold(title) for _, title in titles.items() ^ self._titles.items())
        if others != self._others or not self._asked.isdisjoint(changed):
            self._cards.clear()
            self._asked.clear()
        self._others, self._titles, self._names = others, titles, given.names

    def card(self, given: Gathered, key: Key, make: Callable[[], Card]) -> Card:
        """The Card of a release: the one that was kept, or the one that `make` gives."""
        records = given.records_of(key)
        kept = self._cards.get(key[1])
        if kept is not None and _are_same(kept[0], records):
            return kept[1]
        unclear = given.names.unclear
        card = make()
        self._cards.pop(key[1], None)
        if given.names.unclear == unclear:
            self._cards[key[1]] = (records, card)
        return card


def _are_same(first: dict[str, Record], second: dict[str, Record]) -> bool:
    return first.keys() == second.keys() and all(first[lang] is second[lang] for lang in first)
