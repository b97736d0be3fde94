"""Pages of organizations, programmes, places and tags, each in every language of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from mksite.content.address import entity_path, output_path
from mksite.content.model import FOLDERS, ROLES, Key, Kind, Organization, Place, Programme
from mksite.pages.data import data
from mksite.pages.frame import LONG_LIST, Frame, year_path
from mksite.pages.network import Network, network
from mksite.view.entity import (
    EntityYearView,
    Neighbour,
    OrganizationView,
    PlaceView,
    ProgrammeRole,
    ProgrammeView,
    TagView,
)
from mksite.view.page import Page
from mksite.view.part import Head, Link, Party, RoleList, RoleParties, View

if TYPE_CHECKING:
    from mksite.catalogue.catalogue import Catalogue, EntityCard

Found = Sequence[tuple[str, str]]
"""Releases, each with the programme that it is inherited from."""
Lists = list[tuple[str, list[tuple[str, str]]]]


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The page of every entity, and one for each year of a long list."""
    around = network(catalogue)
    for frame in frames:
        for card in catalogue.entities.values():
            lists = _lists(catalogue, card)
            divided = sum(len(listed) for _, listed in lists) > LONG_LIST
            yield _entity_page(frame, card, around, divided=divided)
            if divided:
                yield from _year_pages(frame, card, lists)


def _lists(catalogue: Catalogue, card: EntityCard) -> Lists:
    """All that an entity's page lists: releases by role, "" for those that simply belong to it."""
    if card.kind == "place":
        return [("", [(ident, "") for ident in catalogue.in_place.get(card.id, ())])]
    if card.kind == "tag":
        return [("", [(ident, "") for ident in catalogue.with_tag.get(card.id, ())])]
    by_role: dict[str, list[tuple[str, str]]] = {}
    for entry in catalogue.involved.get(card.key, ()):
        by_role.setdefault(entry.role, []).append((entry.release, entry.via))
    lists: Lists = [(role, by_role[role]) for role in ROLES if role in by_role]
    if card.kind == "programme":
        own = [(ident, "") for ident in catalogue.in_programme.get(card.id, ())]
        return [("", own), *lists] if own else lists
    return lists


def _head(frame: Frame, card: EntityCard) -> Head:
    folder = FOLDERS[card.kind]
    crumbs = (Link(frame.href(f"{folder}/"), ""), *frame.around(card.key))
    path = entity_path(card.kind, card.id)
    name = frame.name(card)
    feeds = frame.following.links(card.key, frame.lang, name)
    return frame.head(path, name, section=folder, crumbs=crumbs, feeds=feeds)


def _entity_page(frame: Frame, card: EntityCard, around: Network, *, divided: bool) -> Page:
    path = entity_path(card.kind, card.id)
    more = path if divided else ""
    view = (
        partial(_organization, frame, card, around, more)
        if card.kind == "organization"
        else partial(_VIEWS.get(card.kind, _tag), frame, card, more)
    )
    origin = card.records[frame.default].path
    out = output_path(frame.own_path(path))
    template = f"{card.kind if card.kind in ('organization', *_VIEWS) else 'tag'}.html"
    return Page(out, view, frame.lang, template, origins=(origin,))


def _year_pages(frame: Frame, card: EntityCard, lists: Lists) -> Iterator[Page]:
    """A page for each year of a long list."""
    releases = frame.catalogue.releases
    by_year: dict[int, dict[str, list[tuple[str, str]]]] = {}
    for role, listed in lists:
        for entry in listed:
            year = releases[entry[0]].moment.year
            by_year.setdefault(year, {}).setdefault(role, []).append(entry)
    ordered = [0, *sorted(by_year), 0]
    path = entity_path(card.kind, card.id)
    origin = card.records[frame.default].path
    for before, year, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
        here = tuple(by_year[year].items())
        view = partial(_year, frame, card, year, here, (before, after))
        out = output_path(frame.own_path(year_path(path, year)))
        yield Page(out, view, frame.lang, "entity-year.html", origins=(origin,))


def _year(
    frame: Frame,
    card: EntityCard,
    year: int,
    lists: tuple[tuple[str, Found], ...],
    beside: tuple[int, int],
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
        lists=tuple(
            RoleList(role, len(listed), sum(1 for _, via in listed if via), frame.years(listed))
            for role, listed in lists
        ),
        before=_year_link(frame, path, beside[0]),
        after=_year_link(frame, path, beside[1]),
    )


def _year_link(frame: Frame, path: str, year: int) -> Link | None:
    return Link(frame.href(year_path(path, year)), str(year)) if year else None


def _neighbours(frame: Frame, counted: tuple[tuple[Key, int], ...]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(frame.link(key), count) for key, count in counted)


def _organization(
    frame: Frame, card: EntityCard, around: Network, divided: str
) -> OrganizationView:
    catalogue, meta = frame.catalogue, cast("Organization", card.meta)
    successor = frame.catalogue.successors.get(card.key)
    return OrganizationView(
        head=_head(frame, card),
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
        successor=frame.link(successor) if successor else None,
        predecessors=_predecessors(frame, card),
        url=meta.url or "",
        identifiers=tuple(sorted(meta.identifiers.items())),
        body=frame.body(card.key, card.records, card.links),
        roles=frame.role_lists(catalogue.involved.get(card.key, ()), divided),
        programmes=_programme_roles(frame, card.key),
        partners=_neighbours(frame, around.partners.get(card.key, ())),
        payers=_neighbours(frame, around.payers.get(card.key, ())),
        downloads=data.downloads(catalogue, card),
    )


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


def _programme(frame: Frame, card: EntityCard, divided: str) -> ProgrammeView:
    catalogue, meta = frame.catalogue, cast("Programme", card.meta)
    releases = [(ident, "") for ident in catalogue.in_programme.get(card.id, ())]
    brief = frame.brief(card.id)
    return ProgrammeView(
        head=_head(frame, card),
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
        body=frame.body(card.key, card.records, card.links),
        parties=_parties(frame, card),
        count=len(releases),
        years=frame.years(releases, divided),
        roles=frame.role_lists(catalogue.involved.get(card.key, ()), divided),
        downloads=data.downloads(catalogue, card),
    )


def _parties(frame: Frame, card: EntityCard) -> tuple[RoleParties, ...]:
    by_role: dict[str, list[Party]] = {}
    for relation in frame.catalogue.parties.get(card.id, ()):
        party = Party(frame.link(relation.key), relation.kind)
        by_role.setdefault(relation.role, []).append(party)
    return tuple(RoleParties(role, tuple(by_role[role])) for role in ROLES if role in by_role)


def _place(frame: Frame, card: EntityCard, divided: str) -> PlaceView:
    meta = cast("Place", card.meta)
    releases = frame.catalogue.in_place.get(card.id, ())
    return PlaceView(
        head=_head(frame, card),
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
        body=frame.body(card.key, card.records, card.links),
        count=len(releases),
        years=frame.years([(ident, "") for ident in releases], divided),
    )


def _tag(frame: Frame, card: EntityCard, divided: str) -> TagView:
    """A topic, or an entity of a kind that has no page of its own design."""
    lists = _lists(frame.catalogue, card)
    releases = list(dict.fromkeys(ident for _, listed in lists for ident, _ in listed))
    return TagView(
        head=_head(frame, card),
        kind=card.kind,
        id=card.id,
        name=frame.name(card),
        names=frame.names(card),
        aliases=card.meta.aliases,
        parents=frame.around(card.key),
        children=frame.within(card.key),
        body=frame.body(card.key, card.records, card.links),
        count=len(releases),
        years=frame.years([(ident, "") for ident in releases], divided),
    )


_VIEWS: dict[Kind, Callable[[Frame, EntityCard, str], View]] = {
    "programme": _programme,
    "place": _place,
    "tag": _tag,
}
