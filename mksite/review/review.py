"""The notes on the whole archive: what no rule forbids, and an editor would want to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.catalogue.catalogue import Card, Catalogue, EntityCard, PageCard, Placed
from mksite.content.problem import fault
from mksite.record.markdown.plain import plain_text
from mksite.record.record import is_outdated
from mksite.review import release, similar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mksite.cache.pack import PackReader
    from mksite.content.model import Key


def review(catalogue: Catalogue, bodies: PackReader, now: datetime) -> Iterator[Placed]:
    """All notes. Linear in the number of the releases and of the words in them."""
    texts: dict[str, str] = {}
    paths: dict[str, str] = {}
    for card in catalogue.releases.values():
        original = card.original
        text = plain_text(bodies.html(original.body_digest))
        texts[card.id], paths[card.id] = text, original.path
        for remark in release.remarks(catalogue, card, text, now):
            yield Placed(original.path, remark)
    for ident, other in similar.pairs(sorted(texts.items())):
        yield Placed(paths[ident], fault("near-duplicate", severity="note", other=paths[other]))
    yield from _orphans(catalogue)
    yield from _outdated(catalogue)


def untranslated(catalogue: Catalogue) -> int:
    """How many translations of releases and pages are missing."""
    wanted = set(catalogue.site.languages)
    cards: list[Card | PageCard] = [*catalogue.releases.values(), *catalogue.pages.values()]
    return sum(len(wanted - card.records.keys()) for card in cards)


def _orphans(catalogue: Catalogue) -> Iterator[Placed]:
    """A note on each entity that nothing names."""
    named = _named(catalogue)
    for key, card in catalogue.entities.items():
        if key not in named:
            path = card.original.path
            yield Placed(path, fault("orphan", severity="note"))


def _named(catalogue: Catalogue) -> set[Key]:
    """All that a release, a page, another entity or site.yaml names."""
    named: set[Key] = {catalogue.publisher} if catalogue.publisher else set()
    for card in catalogue.releases.values():
        named.update(relation.key for relation in card.relations)
        named.update(("programme", ident) for ident in card.programmes)
        named.update(("tag", ident) for ident in card.tags)
        named.update(key for key in (*card.speakers, card.publisher, card.contact) if key)
        named.update(("person", ident) for ident in (*card.people, *card.mentioned_people))
        named.add(("place", card.venue))
        named.update(card.links.values())
    linking: list[EntityCard | PageCard] = [
        *catalogue.entities.values(),
        *catalogue.pages.values(),
    ]
    for entity in linking:
        named.update(entity.links.values())
    named.update(catalogue.programme_roles)
    named.update((key[0], ident) for key, ident in catalogue.parents.items())
    named.update(catalogue.officers)
    named.update(catalogue.successors)
    named.update(catalogue.predecessors)
    return named


def _outdated(catalogue: Catalogue) -> Iterator[Placed]:
    """A note on each translation whose original has changed since."""
    cards: list[Card | EntityCard | PageCard] = [
        *catalogue.releases.values(),
        *catalogue.entities.values(),
        *catalogue.pages.values(),
    ]
    for card in cards:
        original, *others = card.records.values()
        for record in others:
            if is_outdated(original.original_digest, record.meta):
                behind = fault("translation-behind", ("original",), severity="note")
                yield Placed(record.path, behind)
