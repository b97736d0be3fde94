"""Pages of organizations, programmes, places and tags, each in every language of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mksite.address import entity_path, output_path
from mksite.catalogue import Catalogue, EntityCard, Involvement
from mksite.model import (
    FOLDERS,
    ROLES,
    Organization,
    Place,
    Programme,
)
from mksite.page import Page
from mksite.pages.frame import LONG_LIST, Frame, year_path
from mksite.pages.network import Network, network
from mksite.registry import Key, Miss
from mksite.view import (
    EntityYearView,
    Head,
    Link,
    Neighbour,
    OrganizationView,
    Party,
    PlaceView,
    ProgrammeRole,
    ProgrammeView,
    RoleList,
    RoleParties,
    TagView,
    View,
    YearRows,
)

Found = Sequence[tuple[str, str]]


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The page of every entity, and one for each year of a long list."""
    around = network(catalogue)
    for frame in frames:
        for card in catalogue.of_kind("organization"):
            yield from _organization(frame, card, around)
        for card in catalogue.of_kind("programme"):
            yield from _programme(frame, card)
        for card in catalogue.of_kind("place"):
            yield from _place(frame, card)
        for card in catalogue.of_kind("tag"):
            yield from _tag(frame, card)


def _head(frame: Frame, card: EntityCard) -> Head:
    folder = FOLDERS[card.kind]
    crumbs = (Link(frame.href(f"{folder}/"), ""), *frame.around(card.key))
    path = entity_path(card.kind, card.id)
    name = frame.name(card)
    feeds = frame.following.links(card.key, frame.lang, name)
    return frame.head(path, name, section=folder, crumbs=crumbs, feeds=feeds)


def _entity_page(frame: Frame, card: EntityCard, head: Head, view: View) -> Page:
    origin = card.records[frame.default].path
    return Page(output_path(head.path), view, frame.lang, f"{card.kind}.html", origins=(origin,))


def _divided(card: EntityCard, count: int) -> str:
    """The entity's path where its list is too long for one page."""
    return entity_path(card.kind, card.id) if count > LONG_LIST else ""


def _year_pages(
    frame: Frame, card: EntityCard, lists: Iterable[tuple[str, Found]]
) -> Iterator[Page]:
    """A page for each year of a long list; `lists` are role ("" for none) and releases."""
    releases = frame.catalogue.releases
    by_year: dict[int, dict[str, list[tuple[str, str]]]] = {}
    for role, found in lists:
        for entry in found:
            year = releases[entry[0]].moment.year
            by_year.setdefault(year, {}).setdefault(role, []).append(entry)
    path = entity_path(card.kind, card.id)
    ordered = sorted(by_year)
    own = frame.link(card.key)
    crumbs = (Link(frame.href(f"{FOLDERS[card.kind]}/"), ""), own)
    for index, year in enumerate(ordered):
        head = frame.head(
            year_path(path, year),
            own.text,
            section=FOLDERS[card.kind],
            crumbs=crumbs,
            feeds=frame.following.links(card.key, frame.lang, own.text),
        )
        view = EntityYearView(
            head=head,
            entity=own,
            kind=card.kind,
            year=year,
            lists=tuple(
                RoleList(role, len(found), sum(1 for _, via in found if via), frame.years(found))
                for role, found in by_year[year].items()
            ),
            before=_year_link(frame, path, ordered[index - 1] if index else 0),
            after=_year_link(frame, path, ordered[index + 1] if index + 1 < len(ordered) else 0),
        )
        origin = card.records[frame.default].path
        yield Page(output_path(head.path), view, frame.lang, "entity-year.html", origins=(origin,))


def _year_link(frame: Frame, path: str, year: int) -> Link | None:
    return Link(frame.href(year_path(path, year)), str(year)) if year else None


def _by_role(involved: Iterable[Involvement]) -> list[tuple[str, list[tuple[str, str]]]]:
    lists: dict[str, list[tuple[str, str]]] = {}
    for entry in involved:
        lists.setdefault(entry.role, []).append((entry.release, entry.via))
    return [(role, lists[role]) for role in ROLES if role in lists]


def _neighbours(frame: Frame, found: tuple[tuple[Key, int], ...]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(frame.link(key), count) for key, count in found)


def _organization(frame: Frame, card: EntityCard, around: Network) -> Iterator[Page]:
    catalogue, meta = frame.catalogue, card.meta
    if not isinstance(meta, Organization):
        return
    involved = catalogue.involved.get(card.key, ())
    divided = _divided(card, len(involved))
    head = _head(frame, card)
    view = OrganizationView(
        head=head,
        id=card.id,
        name=frame.name(card),
        short=frame.short(card),
        names=frame.names(card),
        former=frame.former(card),
        aliases=meta.aliases,
        type=meta.type,
        country=meta.country or "",
        parents=frame.around(card.key),
        children=frame.within(card.key),
        successor=_organization_link(frame, meta.successor),
        predecessors=_predecessors(frame, card),
        url=meta.url or "",
        identifiers=tuple(sorted(meta.identifiers.items())),
        body=frame.body(card.key, card.records),
        roles=frame.role_lists(involved, divided),
        programmes=_programme_roles(frame, card.key),
        partners=_neighbours(frame, around.partners.get(card.key, ())),
        payers=_neighbours(frame, around.payers.get(card.key, ())),
    )
    yield _entity_page(frame, card, head, view)
    if divided:
        yield from _year_pages(frame, card, _by_role(involved))


def _organization_link(frame: Frame, name: str | None) -> Link | None:
    if not name:
        return None
    found = frame.catalogue.registry.resolve(name, ("organization",))
    return None if isinstance(found, Miss) else frame.link(found)


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


def _programme(frame: Frame, card: EntityCard) -> Iterator[Page]:
    catalogue, meta = frame.catalogue, card.meta
    if not isinstance(meta, Programme):
        return
    found = [(ident, "") for ident in catalogue.in_programme.get(card.id, ())]
    involved = catalogue.involved.get(card.key, ())
    divided = _divided(card, len(found) + len(involved))
    head = _head(frame, card)
    brief = frame.brief(card.id)
    view = ProgrammeView(
        head=head,
        id=card.id,
        name=frame.name(card),
        short=frame.short(card),
        names=frame.names(card),
        former=frame.former(card),
        aliases=meta.aliases,
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
        body=frame.body(card.key, card.records),
        parties=_parties(frame, card),
        count=len(found),
        years=frame.years(found, divided),
        roles=frame.role_lists(involved, divided),
    )
    yield _entity_page(frame, card, head, view)
    if divided:
        yield from _year_pages(frame, card, [("", found), *_by_role(involved)])


def _parties(frame: Frame, card: EntityCard) -> tuple[RoleParties, ...]:
    by_role: dict[str, list[Party]] = {}
    for relation in frame.catalogue.parties.get(card.id, ()):
        party = Party(frame.link(relation.key), relation.kind)
        by_role.setdefault(relation.role, []).append(party)
    return tuple(RoleParties(role, tuple(by_role[role])) for role in ROLES if role in by_role)


def _listed(
    frame: Frame, card: EntityCard, releases: tuple[str, ...]
) -> tuple[tuple[YearRows, ...], Iterator[Page]]:
    """The list of a place or tag, and the pages of its years where it is long."""
    found = [(ident, "") for ident in releases]
    divided = _divided(card, len(found))
    more = _year_pages(frame, card, [("", found)]) if divided else iter(())
    return frame.years(found, divided), more


def _place(frame: Frame, card: EntityCard) -> Iterator[Page]:
    meta = card.meta
    if not isinstance(meta, Place):
        return
    releases = frame.catalogue.in_place.get(card.id, ())
    years, more = _listed(frame, card, releases)
    head = _head(frame, card)
    view = PlaceView(
        head=head,
        id=card.id,
        name=frame.name(card),
        names=frame.names(card),
        former=frame.former(card),
        aliases=meta.aliases,
        parents=frame.around(card.key),
        children=frame.within(card.key),
        country=meta.country or "",
        address=frame.words(meta.address),
        coordinates=meta.coordinates,
        body=frame.body(card.key, card.records),
        count=len(releases),
        years=years,
    )
    yield _entity_page(frame, card, head, view)
    yield from more


def _tag(frame: Frame, card: EntityCard) -> Iterator[Page]:
    releases = frame.catalogue.with_tag.get(card.id, ())
    years, more = _listed(frame, card, releases)
    head = _head(frame, card)
    view = TagView(
        head=head,
        id=card.id,
        name=frame.name(card),
        names=frame.names(card),
        aliases=card.meta.aliases,
        parents=frame.around(card.key),
        children=frame.within(card.key),
        body=frame.body(card.key, card.records),
        count=len(releases),
        years=years,
    )
    yield _entity_page(frame, card, head, view)
    yield from more
