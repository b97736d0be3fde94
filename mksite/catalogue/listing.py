"""Lists releases in the orders in which pages show them. Linear in the archive."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from mksite.catalogue.catalogue import Card, Involvement, ancestors

if TYPE_CHECKING:
    from mksite.content.model import Key, Kind


def newest_first(cards: list[Card]) -> list[Card]:
    """Releases of a known year from the newest, then those of several or of none; then by id."""
    dated = [card for card in cards if card.moment.year]
    undated = [card for card in cards if not card.moment.year]
    dated.sort(key=lambda card: card.id)
    dated.sort(key=lambda card: card.moment.sort, reverse=True)
    undated.sort(key=lambda card: (card.moment.sort, card.id))
    return dated + undated


def involved(releases: dict[str, Card]) -> dict[Key, tuple[Involvement, ...]]:
    """Entity → the releases that name it, each with its role, in the order given."""
    by_entity: dict[Key, list[Involvement]] = defaultdict(list)
    for ident, card in releases.items():
        for relation in card.relations:
            by_entity[relation.kind, relation.id].append(
                Involvement(relation.role, ident, relation.via)
            )
        for person in dict.fromkeys(filter(None, card.people)):
            by_entity["person", person].append(Involvement("speaker", ident))
        for person in card.mentioned_people:
            by_entity["person", person].append(Involvement("mentioned", ident))
    return {key: tuple(entries) for key, entries in by_entity.items()}


def by_year(releases: dict[str, Card]) -> dict[int, tuple[str, ...]]:
    """Year → the releases that are or may be of it; the latest year first."""
    years: dict[int, list[str]] = defaultdict(list)
    for ident, card in releases.items():
        for year in card.moment.years:
            years[year].append(ident)
    return {year: tuple(years[year]) for year in sorted(years, reverse=True)}


def children(parents: dict[Key, str]) -> dict[Key, tuple[str, ...]]:
    """Entity → those directly within it, by id."""
    within: dict[Key, list[str]] = defaultdict(list)
    for key in sorted(parents):
        within[key[0], parents[key]].append(key[1])
    return {key: tuple(idents) for key, idents in within.items()}


def closure(
    releases: dict[str, Card], parents: dict[Key, str], kind: Kind
) -> dict[str, tuple[str, ...]]:
    """Entity → its releases and those of all entities within it, newest first."""
    within: dict[str, list[str]] = defaultdict(list)
    chains: dict[tuple[str, ...], tuple[str, ...]] = {}
    for ident, card in releases.items():
        named = _named(card, kind)
        around = chains.get(named)
        if around is None:
            outwards = ((name, *ancestors(parents, (kind, name))) for name in named)
            around = chains[named] = tuple(dict.fromkeys(chain.from_iterable(outwards)))
        for name in around:
            within[name].append(ident)
    return {name: tuple(idents) for name, idents in within.items()}


def place_mentions(
    releases: dict[str, Card], parents: dict[Key, str], in_place: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Place → the releases that mention it or a place within it, and did not happen there."""
    mentions: dict[str, dict[str, None]] = defaultdict(dict)
    for ident, card in releases.items():
        for name in card.mentioned_places:
            for place in (name, *ancestors(parents, ("place", name))):
                mentions[place][ident] = None
    there = {place: frozenset(idents) for place, idents in in_place.items()}
    return {
        place: tuple(ident for ident in idents if ident not in there.get(place, ()))
        for place, idents in mentions.items()
    }


def _named(card: Card, kind: Kind) -> tuple[str, ...]:
    """The programmes, topics or the place that a release names."""
    if kind == "programme":
        return card.programmes
    if kind == "tag":
        return card.tags
    return (card.venue,) if card.venue else ()


def officers(
    positions: dict[Key, tuple[Key | None, ...]],
) -> dict[Key, tuple[tuple[Key, int], ...]]:
    """Organization → its people, each with the number of the position there."""
    held: dict[Key, list[tuple[Key, int]]] = defaultdict(list)
    for person, organizations in positions.items():
        for index, organization in enumerate(organizations):
            if organization is not None:
                held[organization].append((person, index))
    return {key: tuple(people) for key, people in held.items()}


def inverted(successors: dict[Key, Key]) -> dict[Key, tuple[Key, ...]]:
    """Organization → those whose place it took."""
    before: dict[Key, list[Key]] = {}
    for earlier, later in successors.items():
        before.setdefault(later, []).append(earlier)
    return {key: tuple(keys) for key, keys in before.items()}
