"""The Catalogue: all Cards, indexed by who is related to what, in which role. Values only.

The Catalogue is rebuilt in memory on every build, by `mksite.catalogue.assembly`.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from mksite.content.code_list import Stage
from mksite.content.config import Site
from mksite.content.model import Entity, Event, Key, Kind, Release, StaticPage, Withdrawal
from mksite.content.problem import Fault
from mksite.content.role import Role
from mksite.date import edtf, order
from mksite.mention.texts import Found
from mksite.record.record import Record
from mksite.source.source import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator


class Relation(msgspec.Struct, frozen=True, array_like=True):
    """An entity in a role. `via` is the id of the programme that it is inherited from, or ''."""

    role: Role
    kind: Kind
    id: str
    via: str = ""

    @property
    def key(self) -> Key:
        """The entity."""
        return self.kind, self.id


class Moment(msgspec.Struct, frozen=True):
    """What lists need of a date.

    `years` are the calendar years that it may be in, none where the year is unknown; `year` is
    the one that it is listed under, or 0 for several or none; `month` is the one that holds it
    whichever year it is of, or 0. `is_year_doubtful` says that the year itself is in doubt.
    """

    sort: str = ""
    years: tuple[int, ...] = ()
    year: int = 0
    month: int = 0
    is_doubtful: bool = True
    is_year_doubtful: bool = True


class Sourced:
    """What has a source for each of its languages, the original first."""

    __slots__ = ()
    records: dict[str, Record]

    @property
    def lang(self) -> str:
        """The language of the original."""
        return next(iter(self.records))

    @property
    def original(self) -> Record:
        """The Record of the original."""
        return self.records[self.lang]


class Card(Sourced, msgspec.Struct, frozen=True):
    """A release as other pages may show it. Changing a body leaves its Card equal.

    `titles` and `summaries` are by language. `when` is the date it stands under: that of
    the event or, without one, of publication (EDTF), or ''. `records` are its Records
    by language.

    All names are resolved at the time of the release: `speakers`, `publisher` and `contact` are
    organizations or programmes, `links` what `[[…]]` in its texts leads to, by the name as written.
    `names_then` are the names, by language, of the entities that bore another name then,
    `mentioned_places` the places that the texts name, besides the venue and those around it.
    `people` are the ids of the speakers, "" for one who is but a name; `mentioned_people` are those
    whom the texts name and who did not speak. `found` are, by language, the entities that are
    recognized in the text and that it has no link to, each with the place of the first.
    """

    id: str
    titles: dict[str, str]
    summaries: dict[str, str]
    when: str
    moment: Moment
    event: Event
    venue: str
    programmes: tuple[str, ...]
    relations: tuple[Relation, ...]
    tags: tuple[str, ...]
    release: Release
    records: dict[str, Record]
    speakers: tuple[Key | None, ...] = ()
    publisher: Key | None = None
    contact: Key | None = None
    links: dict[str, Key] = {}
    names_then: dict[Key, dict[str, str]] = {}
    mentioned_places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    mentioned_people: tuple[str, ...] = ()
    found: dict[str, tuple[Found, ...]] = {}


class EntityCard(Sourced, msgspec.Struct, frozen=True):
    """An organization, programme, place, person or tag as other pages may show it."""

    kind: Kind
    id: str
    names: dict[str, str]
    shorts: dict[str, str]
    meta: Entity
    records: dict[str, Record]
    links: dict[str, Key] = {}

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id


class PageCard(Sourced, msgspec.Struct, frozen=True):
    """A static page."""

    id: str
    titles: dict[str, str]
    summaries: dict[str, str]
    meta: StaticPage
    records: dict[str, Record]
    links: dict[str, Key] = {}


class Placed(msgspec.Struct, frozen=True):
    """A Fault and the path of the source that it is in."""

    path: str
    fault: Fault


class Involvement(msgspec.Struct, frozen=True, array_like=True):
    """A release in which an entity has a role, perhaps inherited from a programme."""

    role: Role
    release: str
    via: str = ""


class Catalogue(msgspec.Struct, frozen=True):
    """Everything known, indexed. Releases are newest first everywhere, undated ones last.

    `publisher` is the organization that runs the archive. `involved`: entity → the releases that
    name it, by role. `programme_roles`: organization → its roles in programmes; `parties`:
    programme → who has a role in it. `parents`: any entity → the one around it (an organization's
    parent, a programme's, a place's, a tag's broader). `place_mentions`: place → the releases that
    only mention it or a place within it. `elapsed` are the releases whose announced event is over.
    `updated`: when each release was last new, where that is known; `coming` are those whose day of
    publication has not had its noon. `stages` are those of the programmes. `since` and `until`: the
    moments, as seconds since the epoch, between which no embargo, no announced event and no
    programme ends, and nothing gets new; 0 for none. `withdrawn`: the releases that were taken
    back, of which only this is shown. `positions`: person → the organization of each position;
    `officers`: organization → its people, each with the number of the position. `unlisted` are the
    names, by language, of people where the site has no pages of them.
    """

    site: Site
    publisher: Key | None
    releases: dict[str, Card]
    entities: dict[Key, EntityCard]
    pages: dict[str, PageCard]
    attachments: dict[Key, dict[str, Attachment]]
    involved: dict[Key, tuple[Involvement, ...]]
    programme_roles: dict[Key, tuple[Relation, ...]]
    parties: dict[str, tuple[Relation, ...]]
    successors: dict[Key, Key]
    predecessors: dict[Key, tuple[Key, ...]]
    parents: dict[Key, str]
    children: dict[Key, tuple[str, ...]]
    by_year: dict[int, tuple[str, ...]]
    undated: tuple[str, ...]
    in_programme: dict[str, tuple[str, ...]]
    in_place: dict[str, tuple[str, ...]]
    with_tag: dict[str, tuple[str, ...]]
    place_mentions: dict[str, tuple[str, ...]]
    elapsed: frozenset[str]
    stages: dict[str, Stage]
    since: int
    until: int
    updated: dict[str, datetime] = {}
    coming: frozenset[str] = frozenset()
    withdrawn: dict[str, Withdrawal] = {}
    positions: dict[Key, tuple[Key | None, ...]] = {}
    officers: dict[Key, tuple[tuple[Key, int], ...]] = {}
    unlisted: dict[Key, dict[str, str]] = {}

    def of_kind(self, kind: Kind) -> Iterator[EntityCard]:
        """The entities of a kind, by id."""
        return (card for key, card in self.entities.items() if key[0] == kind)

    def ancestors(self, key: Key) -> Iterator[str]:
        """The ids around an entity, from the nearest outwards."""
        return ancestors(self.parents, key)


def ancestors(parents: dict[Key, str], key: Key) -> Iterator[str]:
    """The ids around an entity, from the nearest outwards."""
    up = parents.get(key)
    while up is not None:
        yield up
        up = parents.get((key[0], up))


def decisive_date(release: Release) -> str | None:
    """When a release stands and by which its names are understood: the event's date, else its
    own.
    """
    event = release.event
    return (event.start if event else None) or release.date or (event.end if event else None)


def _parsed(when: str | None) -> edtf.Edtf | None:
    """The date, or None where there is none or its Record already says that it is wrong."""
    if not when:
        return None
    try:
        return edtf.parse(when)
    except edtf.EdtfError:
        return None


@lru_cache(maxsize=65536)
def moment_of(when: str) -> Moment:
    """The Moment of an EDTF text; of "" or a text that does not parse, the empty one."""
    day = order.plain_day(when)
    if day is not None:
        return Moment(
            sort=order.day_sort_key(day),
            years=(day.year,),
            year=day.year,
            month=day.month,
            is_doubtful=False,
            is_year_doubtful=False,
        )
    date = _parsed(when)
    if date is None:
        return Moment()
    year = edtf.year(date) or 0
    return Moment(
        sort=order.sort_key(date),
        years=edtf.years(date),
        year=year,
        month=edtf.month(date) or 0,
        is_doubtful=edtf.is_uncertain(date) or edtf.is_approximate(date) or not year,
        is_year_doubtful=edtf.is_year_doubtful(date),
    )
