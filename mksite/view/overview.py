"""The pages that lead to others, and the pages and files that stand alone."""

from __future__ import annotations

from typing import Literal

from mksite.content.code_list import Stage
from mksite.content.model import Kind
from mksite.view.part import (
    BodyRef,
    Head,
    Link,
    ProgrammeBrief,
    RecordList,
    Row,
    SummarizedRow,
    View,
    Words,
    YearCount,
    YearRows,
)

Order = Literal["name", "time", "number", "country"]
"""By what an index is ordered: time is that of the beginning, number that of the releases."""
NO_COUNTRY = "none"


class IndexEntry(View, frozen=True):
    """An entity in an index: its name, the short one, in how many releases it has a part and how
    many others only name it, and two small facts: its type, period start or role, its country,
    period end or organization.
    """

    link: Link
    short: str
    count: int
    mentions: int
    fact: str
    other: str
    depth: int = 0


class IndexGroup(View, frozen=True):
    """Entries under one heading: a letter, or in an index by country its code, NO_COUNTRY for
    organizations of no country. "" where the index is not divided, or the country is not known.
    """

    heading: str
    entries: tuple[IndexEntry, ...]


class TypeCount(View, frozen=True):
    """How many organizations are of a type."""

    type: str
    count: int


class IndexOrder(View, frozen=True):
    """An order in which an index can be read, and the page that has it."""

    order: Order
    href: str


class IndexView(View, frozen=True):
    """organizations/, programmes/, places/, people/ and tags/, each in several orders. `kind` names
    the kind of the entries; `types` are those of organizations, by which the index can be filtered.
    """

    head: Head
    kind: Kind
    order: Order
    orders: tuple[IndexOrder, ...]
    count: int
    groups: tuple[IndexGroup, ...]
    types: tuple[TypeCount, ...]


class MonthCount(View, frozen=True):
    """How many releases a month has; month 0 counts those of which only the year is known.

    `uncertain` of them have a doubtful date; `possible` others may be of this month, as one of
    several: they are counted elsewhere.
    """

    month: int
    count: int
    uncertain: int
    possible: int = 0


class YearMonths(View, frozen=True):
    """A year of the timeline, with its page; the counts are the sums of its months'."""

    year: int
    href: str
    count: int
    uncertain: int
    possible: int
    months: tuple[MonthCount, ...]


class TimelineView(View, frozen=True):
    """timeline/ (programmes oldest first; years newest first, those without releases left out).

    `undated` is the page of releases whose year is unknown, where there are any.
    """

    head: Head
    years: tuple[YearMonths, ...]
    programmes: tuple[ProgrammeBrief, ...]
    undated: Link | None
    undated_count: int


class MonthRows(View, frozen=True):
    """Releases of a month, newest first; month 0: the month is not known."""

    month: int
    rows: tuple[Row, ...]


class YearView(View, frozen=True):
    """timeline/<year>/, or timeline/undated/ with year 0. `uncertain` of the `count` releases are
    of this year by doubtful word; `candidates` may belong to it or to another, and are not counted.
    """

    head: Head
    year: int
    count: int
    uncertain: int
    months: tuple[MonthRows, ...]
    candidates: tuple[Row, ...]
    before: Link | None
    after: Link | None


class EventTypeCount(View, frozen=True):
    """How many releases tell of events of a type, and the list of them."""

    type: str
    href: str
    count: int


class EventTypeView(View, frozen=True):
    """events/<type>/: the releases that tell of events of a type; `types` are all that there are,
    this one included.
    """

    head: Head
    type: str
    types: tuple[EventTypeCount, ...]
    records: RecordList


class EventTypeYearView(View, frozen=True):
    """events/<type>/<year>/: one year of a long list; `href` leads to the whole of it."""

    head: Head
    type: str
    href: str
    year: int
    records: RecordList
    before: Link | None
    after: Link | None


class LanguageCount(View, frozen=True):
    """In how many releases there is a text in a language, and the list of them."""

    lang: str
    href: str
    count: int


class ReleasesView(View, frozen=True):
    """releases/: the ways to a release. `years` hold rows as long as the archive is small; else
    the newest stand here, and each year has its page. `languages` are the other ones.
    """

    head: Head
    count: int
    newest: tuple[SummarizedRow, ...]
    years: tuple[YearRows, ...]
    types: tuple[EventTypeCount, ...]
    tags: tuple[IndexEntry, ...]
    places: tuple[IndexEntry, ...]
    languages: tuple[LanguageCount, ...]


class FunderRow(View, frozen=True):
    """What one funder pays for: `direct` are the events that documents say it funds, `within` those
    of the programmes that it funds: no document says that it pays for them.

    `first` and `last` are the years of all these events, 0 for none known; they are doubtful where
    one of them is so by doubtful word.
    """

    link: Link
    direct: int
    within: int
    programmes: tuple[ProgrammeBrief, ...]
    first: int
    last: int
    is_doubtful: bool


class FundersView(View, frozen=True):
    """funders/: who pays for what."""

    head: Head
    funders: tuple[FunderRow, ...]


class ProgrammesOfStage(View, frozen=True):
    """Programmes of which the same is known: that they have ended, that they have not, or
    neither.
    """

    stage: Stage
    programmes: tuple[ProgrammeBrief, ...]


class HomeView(View, frozen=True):
    """The front page: the newest releases, and the ways in. The sum of `years` and of
    `undated_count` is `count`.
    """

    head: Head
    count: int
    newest: tuple[SummarizedRow, ...]
    organizations: tuple[IndexEntry, ...]
    programmes: tuple[ProgrammesOfStage, ...]
    tags: tuple[IndexEntry, ...]
    years: tuple[YearCount, ...]
    undated_count: int
    about: Link | None


class StaticView(View, frozen=True):
    """A static page such as about/. `files` as for a release."""

    head: Head
    title: str
    summary: str
    outdated: bool
    body: BodyRef


class NotFoundView(View, frozen=True):
    """404.html, in the default language with a line in each other one; `homes` lead home."""

    head: Head
    homes: tuple[Link, ...]


class WithdrawnView(View, frozen=True):
    """The address of a release that was taken back: when and why."""

    head: Head
    date: str
    reason: Words


class RedirectView(View, frozen=True):
    """An address that was left, leading to the new one."""

    head: Head
    target: Link


class FileCopy(View, frozen=True):
    """A file of the site published as it is."""

    path: str
    digest: str
