"""The one list of releases on the page of an entity: each once, with all roles in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.content.role import ROLES
from mksite.pages.frame import LONG_LIST, Frame, year_path
from mksite.view.part import RecordList, RoleCount, YearRows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.catalogue.catalogue import Catalogue, EntityCard

Role = tuple[str, str]
"""A role, and the id of the programme that it is inherited from or ""."""

_ONLY_MENTIONED: tuple[Role, ...] = (("mentioned", ""),)


class Involved(msgspec.Struct, frozen=True):
    """The releases of an entity, newest first, each with its roles there.

    `mentioning` are those that only name it; `person` is the id of a person whose releases they
    are.
    """

    releases: tuple[tuple[str, tuple[Role, ...]], ...]
    mentioning: frozenset[str] = frozenset()
    person: str = ""

    @property
    def mentions(self) -> int:
        """How many only name it."""
        return len(self.mentioning)

    @property
    def is_divided(self) -> bool:
        """Whether the list is so long that each year has a page."""
        return len(self.releases) > LONG_LIST


def years(catalogue: Catalogue, card: EntityCard) -> tuple[int, ...]:
    """The years that a long list of an entity's releases is divided into, in order; a list that is
    not long is not divided.
    """
    idents = {*_belonging(catalogue, card), *_mentioning(catalogue, card)}
    idents.update([entry.release for entry in catalogue.involved.get(card.key, ())])
    if len(idents) <= LONG_LIST:
        return ()
    releases = catalogue.releases
    return tuple(sorted({releases[ident].moment.year for ident in idents}))


def involved(catalogue: Catalogue, card: EntityCard) -> Involved:
    """The releases of an entity: those of a programme, a place or a topic that belong to it, and
    those in which it has a role or is named.
    """
    belonging = _belonging(catalogue, card)
    roles: dict[str, list[Role]] = {ident: [] for ident in belonging}
    for entry in catalogue.involved.get(card.key, ()):
        roles.setdefault(entry.release, []).append((entry.role, entry.via))
    for ident in _mentioning(catalogue, card):
        roles.setdefault(ident, []).append(("mentioned", ""))
    order: Iterable[str] = roles
    if belonging and len(roles) > len(belonging):
        order = (ident for ident in catalogue.releases if ident in roles)
    releases = tuple((ident, tuple(roles[ident])) for ident in order)
    within = frozenset(belonging)
    mentioning = frozenset(i for i, held in releases if held == _ONLY_MENTIONED and i not in within)
    return Involved(releases, mentioning, card.id if card.kind == "person" else "")


def _belonging(catalogue: Catalogue, card: EntityCard) -> tuple[str, ...]:
    """The releases of a programme, a place or a topic itself."""
    own = {
        "programme": catalogue.in_programme,
        "place": catalogue.in_place,
        "tag": catalogue.with_tag,
    }
    return own[card.kind].get(card.id, ()) if card.kind in own else ()


def _mentioning(catalogue: Catalogue, card: EntityCard) -> tuple[str, ...]:
    """The releases that name a place; other entities have the role of one that is mentioned."""
    return catalogue.place_mentions.get(card.id, ()) if card.kind == "place" else ()


def by_year(catalogue: Catalogue, found: Involved) -> dict[int, Involved]:
    """The releases of an entity by the year that each is listed under."""
    listed: dict[int, list[tuple[str, tuple[Role, ...]]]] = {}
    for entry in found.releases:
        listed.setdefault(catalogue.releases[entry[0]].moment.year, []).append(entry)
    return {
        year: Involved(
            tuple(entries),
            found.mentioning.intersection([ident for ident, _ in entries]),
            found.person,
        )
        for year, entries in listed.items()
    }


def record_list(frame: Frame, found: Involved, path: str = "") -> RecordList:
    """The releases of an entity by year; a long list at a language-less path by links to years."""
    divided = path if found.is_divided else ""
    return RecordList(
        count=len(found.releases) - found.mentions,
        mentions=found.mentions,
        roles=_role_counts(frame, found, divided),
        years=frame.years(found.releases, divided, found.person),
    )


def _role_counts(frame: Frame, found: Involved, divided: str) -> tuple[RoleCount, ...]:
    """In how many releases the entity has each role, in the order of the model's roles.

    What it has by way of a programme is counted apart.
    """
    cards = frame.catalogue.releases
    years: dict[tuple[str, bool], dict[int, set[str]]] = {}
    for ident, roles in found.releases:
        for role, via in roles:
            by_year = years.setdefault((role, bool(via)), {})
            by_year.setdefault(cards[ident].moment.year, set()).add(ident)
    return tuple(
        RoleCount(
            role,
            through,
            sum(len(idents) for idents in years[role, through].values()),
            _year_links(frame, years[role, through], divided) if divided else (),
        )
        for role in ROLES
        for through in (False, True)
        if (role, through) in years
    )


def _year_links(frame: Frame, years: dict[int, set[str]], divided: str) -> tuple[YearRows, ...]:
    ordered = sorted(years, key=lambda year: year or -1, reverse=True)
    return tuple(
        YearRows(year, len(years[year]), (), frame.href(year_path(divided, year)))
        for year in ordered
    )
