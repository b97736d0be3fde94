"""Pages of organizations, programmes, places, people and tags, in every language of the site."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from mksite.content.address import entity_path, output_path
from mksite.content.model import (
    FOLDERS,
    Key,
    Kind,
    Organization,
    Person,
    Place,
    Programme,
    alias_names,
)
from mksite.content.role import ROLES
from mksite.pages import person, records
from mksite.pages.citation import bulk
from mksite.pages.data import data
from mksite.pages.frame import Frame, year_path
from mksite.pages.network import Network, network
from mksite.text import collation
from mksite.view.entity import (
    EntityYearView,
    Neighbour,
    OrganizationView,
    PersonView,
    PlaceView,
    ProgrammePayer,
    ProgrammeRole,
    ProgrammeView,
    TagView,
)
from mksite.view.page import Page
from mksite.view.part import Head, Link, Party, RecordList, RoleParties, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mksite.catalogue.catalogue import Catalogue, EntityCard
    from mksite.pages.records import Involved


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The page of every entity, and one for each year of a long list."""
    shared = _Shared(catalogue)
    years = {card.key: records.years(catalogue, card) for card in catalogue.entities.values()}
    for frame in frames:
        for card in catalogue.entities.values():
            yield _entity_page(frame, card, shared)
            yield from _year_pages(frame, card, years[card.key], shared)


class _Shared:
    """What the pages of entities share: each is made once, when the first page asks for it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._found: dict[Key, Involved] = {}
        self._by_year: dict[Key, dict[int, Involved]] = {}

    def found(self, card: EntityCard) -> Involved:
        """The releases of an entity."""
        if card.key not in self._found:
            self._found[card.key] = records.involved(self._catalogue, card)
        return self._found[card.key]

    def of_year(self, card: EntityCard, year: int) -> Involved:
        """Those of one year."""
        if card.key not in self._by_year:
            self._by_year[card.key] = records.by_year(self._catalogue, self.found(card))
        return self._by_year[card.key][year]

    @cached_property
    def network(self) -> Network:
        """Who stands beside whom."""
        return network(self._catalogue)


def _head(frame: Frame, card: EntityCard) -> Head:
    folder = FOLDERS[card.kind]
    crumbs = (Link(frame.href(f"{folder}/"), ""), *frame.around(card.key))
    path = entity_path(card.kind, card.id)
    name = frame.name(card)
    feeds = frame.following.links(card.key, frame.lang, name)
    return frame.head(path, name, section=folder, crumbs=crumbs, feeds=feeds)


def _entity_page(frame: Frame, card: EntityCard, shared: _Shared) -> Page:
    path = entity_path(card.kind, card.id)
    view = partial(_VIEWS.get(card.kind, _tag), frame, card, shared)
    origin = card.original.path
    out = output_path(frame.own_path(path))
    return Page(
        out,
        view,
        frame.lang,
        f"{card.kind if card.kind in _VIEWS else 'tag'}.html",
        origins=(origin,),
    )


def _year_pages(
    frame: Frame, card: EntityCard, years: tuple[int, ...], shared: _Shared
) -> Iterator[Page]:
    """A page for each year of a long list."""
    ordered = [0, *years, 0]
    path = entity_path(card.kind, card.id)
    origin = card.original.path
    for before, year, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
        view = partial(_year, frame, card, shared, year, (before, after))
        out = output_path(frame.own_path(year_path(path, year)))
        yield Page(out, view, frame.lang, "entity-year.html", origins=(origin,))


def _year(
    frame: Frame, card: EntityCard, shared: _Shared, year: int, beside: tuple[int, int]
) -> EntityYearView:
    path, own = entity_path(card.kind, card.id), frame.link(card.key)
    head = frame.head(
        year_path(path, year),
        own.text,
        section=FOLDERS[card.kind],
        crumbs=(Link(frame.href(f"{FOLDERS[card.kind]}/"), ""), own),
        feeds=frame.following.links(card.key, frame.lang, own.text),
    )
    return EntityYearView(
        head=head,
        entity=own,
        kind=card.kind,
        year=year,
        records=records.record_list(frame, shared.of_year(card, year)),
        before=_year_link(frame, path, beside[0]),
        after=_year_link(frame, path, beside[1]),
    )


def _year_link(frame: Frame, path: str, year: int) -> Link | None:
    return Link(frame.href(year_path(path, year)), str(year)) if year else None


def _neighbours(frame: Frame, counted: tuple[tuple[Key, int], ...]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(frame.link(key), count) for key, count in counted)


def _records(frame: Frame, card: EntityCard, shared: _Shared) -> RecordList:
    return records.record_list(frame, shared.found(card), entity_path(card.kind, card.id))


def _organization(frame: Frame, card: EntityCard, shared: _Shared) -> OrganizationView:
    meta = cast("Organization", card.meta)
    successor = frame.catalogue.successors.get(card.key)
    return OrganizationView(
        head=_head(frame, card),
        id=card.id,
        name=frame.name(card),
        short=frame.short(card),
        names=frame.names(card),
        former=frame.former(card),
        aliases=alias_names(meta.aliases),
        type=meta.type,
        country=meta.country or "",
        parents=frame.around(card.key),
        children=frame.within(card.key),
        successor=frame.link(successor) if successor else None,
        predecessors=_predecessors(frame, card),
        url=meta.url or "",
        identifiers=tuple(sorted(meta.identifiers.items())),
        body=frame.body(card.key, card.records, card.links),
        records=_records(frame, card, shared),
        programmes=_programme_roles(frame, card.key),
        partners=_neighbours(frame, shared.network.partners.get(card.key, ())),
        payers=_neighbours(frame, shared.network.payers.get(card.key, ())),
        programme_payers=_programme_payers(frame, card.key),
        people=person.officers(frame, card.key),
        downloads=_downloads(frame, card),
    )


def _downloads(frame: Frame, card: EntityCard) -> tuple[Link, ...]:
    """What there is to take away of its releases: tables, and citations."""
    return (*data.downloads(frame.catalogue, card), *bulk.links(frame, card.key))


def _predecessors(frame: Frame, card: EntityCard) -> tuple[Link, ...]:
    """The organizations that name this one as their successor."""
    return tuple(frame.link(key) for key in frame.catalogue.predecessors.get(card.key, ()))


def _programme_roles(frame: Frame, key: Key) -> tuple[ProgrammeRole, ...]:
    by_role: dict[str, list[str]] = {}
    for relation in frame.catalogue.programme_roles.get(key, ()):
        by_role.setdefault(relation.role, []).append(relation.id)
    return tuple(
        ProgrammeRole(role, tuple(frame.brief(ident) for ident in by_role[role]))
        for role in ROLES
        if role in by_role
    )


def _programme_payers(frame: Frame, key: Key) -> tuple[ProgrammePayer, ...]:
    """Who funds the programmes that an organization implements, by name."""
    catalogue = frame.catalogue
    paid: dict[Key, list[str]] = {}
    for own in catalogue.programme_roles.get(key, ()):
        for held in catalogue.parties.get(own.id, ()) if own.role == "implementer" else ():
            if held.role == "funder" and held.key != key:
                paid.setdefault(held.key, []).append(own.id)
    payers = [
        ProgrammePayer(frame.link(payer), tuple(frame.brief(ident) for ident in idents))
        for payer, idents in paid.items()
    ]
    return tuple(sorted(payers, key=lambda p: collation.sort_key(p.link.text, frame.lang)))


def _programme(frame: Frame, card: EntityCard, shared: _Shared) -> ProgrammeView:
    catalogue, meta = frame.catalogue, cast("Programme", card.meta)
    brief = frame.brief(card.id)
    return ProgrammeView(
        head=_head(frame, card),
        id=card.id,
        name=frame.name(card),
        short=frame.short(card),
        names=frame.names(card),
        former=frame.former(card),
        aliases=alias_names(meta.aliases),
        start=brief.start,
        end=brief.end,
        countries=meta.countries,
        parents=tuple(
            frame.brief(ident) for ident in reversed(list(catalogue.ancestors(card.key)))
        ),
        children=tuple(
            sorted(
                (frame.brief(ident) for ident in catalogue.children.get(card.key, ())),
                key=lambda brief: (brief.start, brief.link.href),
            )
        ),
        url=meta.url or "",
        identifiers=tuple(sorted(meta.identifiers.items())),
        body=frame.body(card.key, card.records, card.links),
        parties=_parties(frame, card),
        records=_records(frame, card, shared),
        downloads=_downloads(frame, card),
    )


def _parties(frame: Frame, card: EntityCard) -> tuple[RoleParties, ...]:
    by_role: dict[str, list[Party]] = {}
    for relation in frame.catalogue.parties.get(card.id, ()):
        party = Party(frame.link(relation.key), relation.kind)
        by_role.setdefault(relation.role, []).append(party)
    return tuple(RoleParties(role, tuple(by_role[role])) for role in ROLES if role in by_role)


def _place(frame: Frame, card: EntityCard, shared: _Shared) -> PlaceView:
    meta = cast("Place", card.meta)
    return PlaceView(
        head=_head(frame, card),
        id=card.id,
        name=frame.name(card),
        names=frame.names(card),
        former=frame.former(card),
        aliases=alias_names(meta.aliases),
        parents=frame.around(card.key),
        children=frame.within(card.key),
        country=meta.country or "",
        address=frame.words(meta.address),
        coordinates=meta.coordinates,
        body=frame.body(card.key, card.records, card.links),
        records=_records(frame, card, shared),
        downloads=_downloads(frame, card),
    )


def _person(frame: Frame, card: EntityCard, shared: _Shared) -> PersonView:
    meta = cast("Person", card.meta)
    return PersonView(
        head=_head(frame, card),
        id=card.id,
        name=frame.name(card),
        names=frame.names(card),
        former=frame.former(card),
        aliases=alias_names(meta.aliases),
        positions=person.positions(frame, card),
        url=meta.url or "",
        identifiers=tuple(sorted(meta.identifiers.items())),
        body=frame.body(card.key, card.records, card.links),
        records=_records(frame, card, shared),
        downloads=_downloads(frame, card),
    )


def _tag(frame: Frame, card: EntityCard, shared: _Shared) -> TagView:
    """A topic, or an entity of a kind that has no page of its own design."""
    return TagView(
        head=_head(frame, card),
        kind=card.kind,
        id=card.id,
        name=frame.name(card),
        names=frame.names(card),
        aliases=alias_names(card.meta.aliases),
        parents=frame.around(card.key),
        children=frame.within(card.key),
        body=frame.body(card.key, card.records, card.links),
        records=_records(frame, card, shared),
        downloads=_downloads(frame, card),
    )


_VIEWS: dict[Kind, Callable[[Frame, EntityCard, _Shared], View]] = {
    "organization": _organization,
    "programme": _programme,
    "place": _place,
    "person": _person,
    "tag": _tag,
}
