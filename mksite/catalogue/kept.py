"""Keeps the Cards of releases from one assembly for the next in the same process: for the preview.

A Card follows from its own Records, from the names that were recognized in their texts and from
what names mean. It is taken again where all are as they were: the Records are the very same values,
and nothing that a name could lead to is another.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mksite.content.model import Key, Release
from mksite.text.name import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from mksite.catalogue.catalogue import Card
    from mksite.catalogue.gathered import Gathered
    from mksite.catalogue.names.resolver import Resolver
    from mksite.content.config import Site
    from mksite.mention.texts import Found
    from mksite.record.record import Record

    _Origin = list[tuple[Record, tuple[Found, ...] | None]]


class KeptCards:
    """The Cards of one assembly after another; a Card that came with a fault is made anew."""

    def __init__(self) -> None:
        self._cards: dict[str, tuple[_Origin, Card]] = {}
        self._site: Site | None = None
        self._others: list[tuple[Key, Record]] = []
        self._titles: dict[str, str] = {}
        self._names: Resolver | None = None
        self._asked: set[str] = set()

    def making(self, given: Gathered, make: Callable[[Key], Card]) -> Callable[[Key], Card]:
        """What gives the Card of each release in an assembly: one that was kept, or `make`'s."""
        self._start(given)
        return partial(self._card, given, make)

    def _start(self, given: Gathered) -> None:
        """Lets go of all Cards where a name may mean something else than in the last assembly:
        where the site or anything but releases is another, or a release that a link asked for, or
        could have.
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
        changed = titles.items() ^ self._titles.items() if self._cards else ()
        moved = {name for ident, title in changed for name in (ident, fold(title))}
        if (given.site, others) != (self._site, self._others) or not self._asked.isdisjoint(moved):
            self._cards.clear()
            self._asked.clear()
        self._site, self._others, self._titles = given.site, others, titles
        self._names = given.names

    def _card(self, given: Gathered, make: Callable[[Key], Card], key: Key) -> Card:
        records = given.records_of(key)
        origin = [(record, given.mentions.get(record.path)) for record in records.values()]
        kept = self._cards.get(key[1])
        if kept is not None and _are_same(kept[0], origin):
            return kept[1]
        unclear = given.names.unclear
        card = make(key)
        self._cards.pop(key[1], None)
        if given.names.unclear == unclear:
            self._cards[key[1]] = (origin, card)
        return card


def _are_same(first: _Origin, second: _Origin) -> bool:
    return len(first) == len(second) and all(
        one[0] is other[0] and one[1] == other[1] for one, other in zip(first, second, strict=True)
    )
