"""Records to Cards: what other pages may show of a release, an entity or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mksite.catalogue import relations
from mksite.catalogue.catalogue import (
    Card,
    EntityCard,
    PageCard,
    Relation,
    decisive_date,
    moment_of,
)
from mksite.catalogue.naming import name_then
from mksite.content.model import (
    PARTY_KINDS,
    Entity,
    Event,
    Key,
    Release,
    StaticPage,
    Translation,
    by_language,
)

if TYPE_CHECKING:
    from mksite.catalogue.gathered import Gathered
    from mksite.record.record import Record

_NO_EVENT = Event()


def entity_card(given: Gathered, key: Key) -> EntityCard:
    """The Card of an organization, programme, place or tag."""
    records = given.records_of(key)
    meta = cast("Entity", records[given.default].meta)
    names = by_language(meta.name, given.default)
    shorts = by_language(meta.short, given.default)
    return EntityCard(key[0], key[1], names, shorts, meta, records, _links(given, records))


def page_card(given: Gathered, key: Key) -> PageCard:
    """The Card of a static page."""
    records = given.records_of(key)
    meta = cast("StaticPage", records[given.default].meta)
    titles, summaries = _words(meta.title, meta.summary, records, given.default)
    return PageCard(key[1], titles, summaries, meta, records, _links(given, records))


def page_cards(given: Gathered, *, drafts: bool) -> dict[str, PageCard]:
    """The Cards of all static pages by id; drafts only where they are asked for."""
    return {
        key[1]: page_card(given, key)
        for key, record in sorted(given.originals.items())
        if isinstance(record.meta, StaticPage) and (drafts or not record.meta.draft)
    }


def release_card(
    given: Gathered,
    key: Key,
    programme_roles: dict[Key, tuple[Relation, ...]],
    renamed: tuple[EntityCard, ...],
) -> Card:
    """The Card of a release, its names resolved at its time.

    `programme_roles` are what programmes hand down, `renamed` the entities that had other names.
    """
    records = given.records_of(key)
    record = records[given.default]
    release = cast("Release", record.meta)
    event = release.event or _NO_EVENT
    when = release.date or event.start or ""
    decisive = decisive_date(release)
    programmes = relations.programmes(given.names, record, release, decisive)
    links = _links(given, records, decisive)
    linked = [key for key in links.values() if key[0] in PARTY_KINDS]
    own = relations.of_release(given.names, record, release, decisive)
    place = relations.venue(given.names, record, release, decisive)
    if place and release.venue:
        own.typed[("place", place)] = [release.venue]
    inherited = [
        (programme, relation)
        for programme in programmes
        for relation in programme_roles.get(("programme", programme), ())
    ]
    titles, summaries = _words(release.title, release.summary, records, given.default)
    return Card(
        id=key[1],
        titles=titles,
        summaries=summaries,
        when=when,
        moment=moment_of(when),
        event=event,
        venue=place,
        programmes=programmes,
        relations=relations.together(own.roles, linked, inherited),
        tags=relations.tags(given.names, record, release),
        release=release,
        records=records,
        speakers=own.speakers,
        publisher=own.publisher,
        contact=own.contact,
        links=links,
        names_then=_names_then(given, renamed, own.typed, decisive),
    )


def _names_then(
    given: Gathered,
    renamed: tuple[EntityCard, ...],
    typed: dict[Key, list[str]],
    when: str | None,
) -> dict[Key, dict[str, str]]:
    """The names of the time, of those entities that have borne others."""
    names: dict[Key, dict[str, str]] = {}
    for card in renamed:
        then = name_then(card.meta.former, when, typed.get(card.key, ()), given.default)
        if then:
            names[card.key] = then
    return names


def _links(given: Gathered, records: dict[str, Record], when: str | None = None) -> dict[str, Key]:
    """What the links in the texts of all languages lead to."""
    links: dict[str, Key] = {}
    for record in records.values():
        links.update(given.names.links(record, when))
    return links


def _words(
    title: str, summary: str | None, records: dict[str, Record], default: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Titles and summaries by language."""
    titles = {default: title}
    summaries = {default: summary} if summary else {}
    for lang, record in records.items():
        if lang != default and isinstance(record.meta, Translation):
            if record.meta.title:
                titles[lang] = record.meta.title
            if record.meta.summary:
                summaries[lang] = record.meta.summary
    return titles, summaries
