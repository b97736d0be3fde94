"""Records to Cards: what other pages may show of a release, an entity or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from mksite.catalogue import relations
from mksite.catalogue.catalogue import (
    Card,
    EntityCard,
    PageCard,
    Relation,
    ancestors,
    decisive_date,
    moment_of,
)
from mksite.catalogue.names.naming import name_then
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
    from collections.abc import Iterable, Iterator

    from mksite.catalogue.gathered import Gathered
    from mksite.mention.texts import Found
    from mksite.record.record import Record

_NO_EVENT = Event()


class Around(NamedTuple):
    """What a release's names depend on besides it: the entities that have left a name, and the
    entity around each.
    """

    renamed: dict[Key, EntityCard]
    parents: dict[Key, str]


def entity_card(given: Gathered, key: Key) -> EntityCard:
    """The Card of an organization, programme, place, person or tag."""
    records = given.records_of(key)
    meta = cast("Entity", given.originals[key].meta)
    names = by_language(meta.name, given.default)
    shorts = by_language(meta.short, given.default)
    return EntityCard(key[0], key[1], names, shorts, meta, records, _links(given, records))


def page_card(given: Gathered, key: Key) -> PageCard:
    """The Card of a static page."""
    records = given.records_of(key)
    meta = cast("StaticPage", given.originals[key].meta)
    titles, summaries = _words(meta.title, meta.summary, records)
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
    programme_roles: dict[Key, tuple[Relation, ...]],
    around: Around,
    key: Key,
) -> Card:
    """The Card of a release, its names resolved at its time.

    `programme_roles` are what programmes hand down.
    """
    records = given.records_of(key)
    record = given.originals[key]
    release = cast("Release", record.meta)
    event = release.event or _NO_EVENT
    decisive = decisive_date(release)
    when = decisive or ""
    programmes = relations.programmes(given.names, record, release, decisive)
    links = _links(given, records, decisive)
    belonging = {("programme", programme) for programme in programmes}
    recognized = [key for key in _recognized(given, records) if key not in belonging]
    mentioned = dict.fromkeys((*links.values(), *recognized))
    linked = [key for key in mentioned if key[0] in PARTY_KINDS]
    own = relations.of_release(given.names, record, release, decisive)
    place = relations.venue(given.names, record, release, decisive)
    if place and release.venue:
        own.typed[("place", place)] = [release.venue]
    inherited = [
        (programme, relation)
        for programme in programmes
        for relation in programme_roles.get(("programme", programme), ())
    ]
    held = relations.together(own.roles, linked, inherited)
    people = own.people if given.site.features.people else ("",) * len(own.people)
    shown = {
        *own.typed,
        *mentioned,
        *(relation.key for relation in held),
        *(("programme", programme) for programme in programmes),
        *(("place", ident) for ident in _places(place, around.parents)),
    }
    titles, summaries = _words(release.title, release.summary, records)
    return Card(
        id=key[1],
        titles=titles,
        summaries=summaries,
        when=when,
        moment=moment_of(when),
        event=event,
        venue=place,
        programmes=programmes,
        relations=held,
        tags=relations.tags(given.names, record, release),
        release=release,
        records=records,
        speakers=own.speakers,
        publisher=own.publisher,
        contact=own.contact,
        links=links,
        names_then=_names_then(given, around, shown, own.typed, decisive),
        mentioned_places=_mentioned_places(mentioned, place, around.parents),
        people=people,
        mentioned_people=_mentioned_people(given, mentioned, people),
        found={
            lang: _to_be_linked(given, record, links)
            for lang, record in records.items()
            if record.path in given.mentions
        },
    )


def _recognized(given: Gathered, records: dict[str, Record]) -> Iterator[Key]:
    """The entities that are recognized in the texts of all languages."""
    for record in records.values():
        for found in given.mentions.get(record.path, ()):
            yield found.kind, found.id


def _to_be_linked(given: Gathered, record: Record, links: dict[str, Key]) -> tuple[Found, ...]:
    """The entities recognized in a text that it does not link to itself, in the text's order."""
    own = {links[name] for name in record.mentions if name in links}
    found = [
        found
        for found in given.mentions[record.path]
        if found.end and (found.kind, found.id) not in own
    ]
    return tuple(sorted(found, key=lambda found: found.start))


def _places(venue: str, parents: dict[Key, str]) -> Iterator[str]:
    """The ids of a venue and of the places around it."""
    if venue:
        yield venue
        yield from ancestors(parents, ("place", venue))


def _mentioned_places(
    mentioned: Iterable[Key], venue: str, parents: dict[Key, str]
) -> tuple[str, ...]:
    """The places that the texts mention, but the venue and those around it."""
    known = set(_places(venue, parents))
    return tuple(ident for kind, ident in mentioned if kind == "place" and ident not in known)


def _mentioned_people(
    given: Gathered, mentioned: Iterable[Key], people: tuple[str, ...]
) -> tuple[str, ...]:
    """The people that the texts mention, but those who spoke."""
    if not given.site.features.people:
        return ()
    return tuple(ident for kind, ident in mentioned if kind == "person" and ident not in people)


def _names_then(
    given: Gathered,
    around: Around,
    shown: Iterable[Key],
    typed: dict[Key, list[str]],
    when: str | None,
) -> dict[Key, dict[str, str]]:
    """The names of the time, of those entities in the release that have borne others."""
    names: dict[Key, dict[str, str]] = {}
    for key in shown:
        card = around.renamed.get(key)
        if card is not None:
            then = name_then(card.meta.former, when, typed.get(key, ()), given.default)
            if then:
                names[key] = then
    return names


def _links(given: Gathered, records: dict[str, Record], when: str | None = None) -> dict[str, Key]:
    """What the links in the texts of all languages lead to."""
    links: dict[str, Key] = {}
    for record in records.values():
        links.update(given.names.links(record, when))
    return links


def _words(
    title: str, summary: str | None, records: dict[str, Record]
) -> tuple[dict[str, str], dict[str, str]]:
    """Titles and summaries by language, those of the original first."""
    original = next(iter(records))
    titles = {original: title}
    summaries = {original: summary} if summary else {}
    for lang, record in records.items():
        if isinstance(record.meta, Translation):
            if record.meta.title:
                titles[lang] = record.meta.title
            if record.meta.summary:
                summaries[lang] = record.meta.summary
    return titles, summaries
