"""Makes the Catalogue from all Records, and reports what only the whole archive shows; no I/O.

The order of the Records does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from mksite.catalogue import around, cards, listing, relations
from mksite.catalogue.catalogue import Card, Catalogue, EntityCard, Placed, Relation
from mksite.catalogue.checks import archive
from mksite.catalogue.checks.doubtful import doubtful
from mksite.catalogue.gathered import gather
from mksite.catalogue.time.elapsed import elapsed
from mksite.catalogue.time.embargo import hidden_releases
from mksite.catalogue.time.newness import newness
from mksite.catalogue.time.stage import stages
from mksite.content.model import Entity, Key, Release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from mksite.catalogue.gathered import Gathered
    from mksite.catalogue.kept import KeptCards
    from mksite.content.config import Site
    from mksite.mention.texts import Found
    from mksite.record.record import Record
    from mksite.source.source import Attachment

NONE: Mapping[str, tuple[Found, ...]] = MappingProxyType({})


def assemble(  # noqa: PLR0913  all that a Catalogue follows from
    records: Iterable[Record],
    attachments: Iterable[Attachment],
    site: Site,
    *,
    now: datetime,
    drafts: bool = False,
    mentions: Mapping[str, tuple[Found, ...]] = NONE,
    kept: KeptCards | None = None,
) -> tuple[Catalogue, tuple[Placed, ...]]:
    """The Catalogue of all Records and what is wrong among them. Linear in their number.

    `mentions` are those that were recognized, by the path of the text's source; `kept` has the
    Cards of the last assembly, where there was one in this process.

    Records without a value are left out: their own problems stand in them.
    """
    given = gather(records, site, mentions)
    hidden = hidden_releases(given, now, drafts=drafts)
    known = _entities(given)
    positions = relations.of_people(given.names, known)
    entities, unlisted = _listed(known, site)
    parents = around.parents_of(given, entities)
    successors = around.successors_of(given, entities)
    programme_roles = relations.of_programmes(given.names, entities)
    renamed = {key: card for key, card in entities.items() if card.meta.former}
    beside = cards.Around(renamed, parents)
    make = partial(cards.release_card, given, programme_roles, beside)
    written = _written(given, kept.making(given, make) if kept else make, drafts=drafts)
    shown = [card for card in written if card.id not in hidden.ids]
    releases = {card.id: card for card in listing.newest_first(shown)}
    pages = cards.page_cards(given, drafts=drafts)
    owned = archive.owned_attachments(given, tuple(attachments))
    given.names.faults += doubtful(shown, now)
    archive.check_hidden(given, written, entities, pages, hidden.ids)
    publisher = archive.publisher_of(given)
    over = elapsed(((("release", card.id), card.release) for card in shown), now, site.timezone)
    new = newness(shown, now, site.timezone)
    programmes = [card for key, card in entities.items() if key[0] == "programme"]
    ends = stages(programmes, now, site.timezone)
    moments = (hidden, over, new, ends)  # each says until when it holds
    in_place = listing.closure(releases, parents, "place")
    archive.check_menu(given, pages)
    catalogue = Catalogue(
        site=site,
        publisher=publisher,
        releases=releases,
        entities=entities,
        pages=pages,
        attachments=owned,
        involved=listing.involved(releases),
        programme_roles=_by_party(programme_roles),
        parties={key[1]: held for key, held in programme_roles.items()},
        successors=successors,
        predecessors=listing.inverted(successors),
        parents=parents,
        children=listing.children(parents),
        by_year=listing.by_year(releases),
        undated=tuple(card.id for card in releases.values() if not card.moment.year),
        in_programme=listing.closure(releases, parents, "programme"),
        in_place=in_place,
        with_tag=listing.closure(releases, parents, "tag"),
        place_mentions=listing.place_mentions(releases, parents, in_place),
        elapsed=over.ids,
        updated=new.updated,
        coming=new.coming,
        stages=ends.of,
        since=max(moment.since for moment in moments),
        until=min(filter(None, (moment.until for moment in moments)), default=0),
        withdrawn=hidden.withdrawn,
        positions={key: held for key, held in positions.items() if key in entities},
        officers=listing.officers(positions) if site.features.people else {},
        unlisted=unlisted,
    )
    given.names.report_shared(given.originals)
    return catalogue, tuple(given.names.faults)


def _entities(given: Gathered) -> dict[Key, EntityCard]:
    """The Cards of all entities, by kind and id."""
    return {
        key: cards.entity_card(given, key)
        for key, record in sorted(given.originals.items())
        if isinstance(record.meta, Entity)
    }


def _listed(
    known: dict[Key, EntityCard], site: Site
) -> tuple[dict[Key, EntityCard], dict[Key, dict[str, str]]]:
    """The entities that have pages, and the names of the others: people, where they have none."""
    if site.features.people:
        return known, {}
    people = {key: card.names for key, card in known.items() if key[0] == "person"}
    return {key: card for key, card in known.items() if key not in people}, people


def _written(given: Gathered, make: Callable[[Key], Card], *, drafts: bool) -> list[Card]:
    """The Cards of all releases but drafts, those under embargo too: what is wrong in them must not
    come out on the day it ends.
    """
    return [
        make(key)
        for key, record in given.originals.items()
        if isinstance(record.meta, Release) and (drafts or not record.meta.draft)
    ]


def _by_party(
    programme_roles: dict[Key, tuple[Relation, ...]],
) -> dict[Key, tuple[Relation, ...]]:
    """Organization → its roles in programmes."""
    roles: dict[Key, list[Relation]] = defaultdict(list)
    for key, held in programme_roles.items():
        for relation in held:
            roles[relation.key].append(Relation(relation.role, "programme", key[1]))
    return {key: tuple(relations_of) for key, relations_of in roles.items()}
