"""The pages of organizations, programmes, places and tags."""

from __future__ import annotations

from mksite.content.model import Kind
from mksite.view.part import (
    BodyRef,
    Head,
    Link,
    ProgrammeBrief,
    RoleList,
    RoleParties,
    View,
    Words,
    YearRows,
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


class ProgrammeRole(View, frozen=True):
    """A role in programmes."""

    role: str
    programmes: tuple[ProgrammeBrief, ...]


class OrganizationView(View, frozen=True):
    """organizations/<id>/. `partners` and `payers` are the closest, at most 24 of each; payers
    are the funders of the releases that the organization organized or implemented.
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
    roles: tuple[RoleList, ...]
    programmes: tuple[ProgrammeRole, ...]
    partners: tuple[Neighbour, ...]
    payers: tuple[Neighbour, ...]
    downloads: tuple[Link, ...] = ()


class ProgrammeView(View, frozen=True):
    """programmes/<id>/. `parties` are its own roles, `organized` the releases it organizes,
    `years` all its releases, those of its parts included.
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
    count: int
    years: tuple[YearRows, ...]
    roles: tuple[RoleList, ...]
    downloads: tuple[Link, ...] = ()


class PlaceView(View, frozen=True):
    """places/<id>/. `years` are the releases of the place and of all places within it."""

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
    count: int
    years: tuple[YearRows, ...]


class TagView(View, frozen=True):
    """tags/<id>/. `years` are the releases under the tag and under all narrower ones."""

    head: Head
    kind: Kind
    id: str
    name: str
    names: tuple[NameView, ...]
    aliases: tuple[str, ...]
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    body: BodyRef | None
    count: int
    years: tuple[YearRows, ...]


class EntityYearView(View, frozen=True):
    """<entity>/<year>/: one year of a long list. Rows are by role for an organization; other
    kinds have one list whose role is "".
    """

    head: Head
    entity: Link
    kind: Kind
    year: int
    lists: tuple[RoleList, ...]
    before: Link | None
    after: Link | None
