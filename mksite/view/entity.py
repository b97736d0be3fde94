"""The pages of organizations, programmes, places, people and tags."""

from __future__ import annotations

from mksite.content.model import Kind
from mksite.view.part import (
    BodyRef,
    Head,
    Link,
    ProgrammeBrief,
    RecordList,
    RoleParties,
    View,
    Words,
)


class NameView(View, frozen=True):
    """A name in a language; `short` may be empty."""

    lang: str
    name: str
    short: str


class FormerView(View, frozen=True):
    """A name that was left; `until` is EDTF or ""."""

    name: Words
    until: str


class Neighbour(View, frozen=True):
    """An organization met in the same releases, and in how many."""

    link: Link
    count: int


class ProgrammePayer(View, frozen=True):
    """Who funds programmes that an organization implements, and which."""

    link: Link
    programmes: tuple[ProgrammeBrief, ...]


class ProgrammeRole(View, frozen=True):
    """A role in programmes."""

    role: str
    programmes: tuple[ProgrammeBrief, ...]


class PositionView(View, frozen=True):
    """What a person was where; `since` and `until` are EDTF or "". Where neither is known, `seen`
    are the dates (EDTF) of the first and the last record in which the person held it.
    """

    organization: Link | None
    role: Words | None
    since: str
    until: str
    seen: tuple[str, ...] = ()


class Officer(View, frozen=True):
    """A person who holds or held a position in an organization."""

    person: Link
    position: PositionView


class OrganizationView(View, frozen=True):
    """organizations/<id>/. `partners` and `payers` are the closest, at most 24 of each. `payers`
    fund events that the organization organized, by the documents' word; `programme_payers` fund
    programmes that it implements.
    """

    head: Head
    id: str
    name: str
    short: str
    names: tuple[NameView, ...]
    former: tuple[FormerView, ...]
    aliases: tuple[str, ...]
    type: str
    country: str
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    successor: Link | None
    predecessors: tuple[Link, ...]
    url: str
    identifiers: tuple[tuple[str, str], ...]
    body: BodyRef | None
    records: RecordList
    programmes: tuple[ProgrammeRole, ...]
    partners: tuple[Neighbour, ...]
    payers: tuple[Neighbour, ...]
    programme_payers: tuple[ProgrammePayer, ...]
    people: tuple[Officer, ...] = ()
    downloads: tuple[Link, ...] = ()


class ProgrammeView(View, frozen=True):
    """programmes/<id>/. `parties` have a role in it; `records` are its releases, those of its
    parts included, and those that name it.
    """

    head: Head
    id: str
    name: str
    short: str
    names: tuple[NameView, ...]
    former: tuple[FormerView, ...]
    aliases: tuple[str, ...]
    start: str
    end: str
    countries: tuple[str, ...]
    parents: tuple[ProgrammeBrief, ...]
    children: tuple[ProgrammeBrief, ...]
    url: str
    identifiers: tuple[tuple[str, str], ...]
    body: BodyRef | None
    parties: tuple[RoleParties, ...]
    records: RecordList
    downloads: tuple[Link, ...] = ()


class PlaceView(View, frozen=True):
    """places/<id>/. `records` are the releases of the place and of all places within it, and
    those that mention one of them.
    """

    head: Head
    id: str
    name: str
    names: tuple[NameView, ...]
    former: tuple[FormerView, ...]
    aliases: tuple[str, ...]
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    country: str
    address: Words | None
    coordinates: tuple[float, float] | None
    body: BodyRef | None
    records: RecordList
    downloads: tuple[Link, ...] = ()


class PersonView(View, frozen=True):
    """people/<id>/. `records` are the releases in which the person spoke or is named; `positions`
    stand from the latest.
    """

    head: Head
    id: str
    name: str
    names: tuple[NameView, ...]
    former: tuple[FormerView, ...]
    aliases: tuple[str, ...]
    positions: tuple[PositionView, ...]
    url: str
    identifiers: tuple[tuple[str, str], ...]
    body: BodyRef | None
    records: RecordList
    downloads: tuple[Link, ...] = ()


class TagView(View, frozen=True):
    """tags/<id>/. `records` are the releases under the tag and under all narrower ones."""

    head: Head
    kind: Kind
    id: str
    name: str
    names: tuple[NameView, ...]
    aliases: tuple[str, ...]
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    body: BodyRef | None
    records: RecordList
    downloads: tuple[Link, ...] = ()


class EntityYearView(View, frozen=True):
    """<entity>/<year>/: one year of a long list."""

    head: Head
    entity: Link
    kind: Kind
    year: int
    records: RecordList
    before: Link | None
    after: Link | None
