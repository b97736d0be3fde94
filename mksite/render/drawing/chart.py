"""Draws charts over time, as geometry.

They are fluid: x and widths are percentages of the picture's width, so that a picture fits a phone
and its letters keep their size; y and radii are in em.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from mksite.date import edtf
from mksite.render.drawing.geometry import Picture, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mksite.view.overview import YearMonths
    from mksite.view.part import ProgrammeBrief, YearCount, YearRows

MOST_YEARS = 120  # of an axis; what lies earlier is cut off
LABEL = 14.5  # the width of a year's label with its air, in % of a picture 240 px wide
RING = 0.18  # the least breadth of a ring around a dot, in em
_STEPS = (1, 2, 5, 10, 20, 50)
MONTHS = 12
_DAYS_OF_YEAR = 366


class Tick(Picture, frozen=True):
    """A label of the axis. `anchor` is SVG's text-anchor: at the edges labels point inwards."""

    x: float
    text: str
    anchor: str


class Axis(Picture, frozen=True):
    """The years from `first` to `last`, each a slot of the same width; no ticks: no years."""

    first: int
    last: int
    ticks: tuple[Tick, ...]

    @property
    def slot(self) -> float:
        """The width of a year."""
        return 100 / (self.last - self.first + 1)

    def x(self, moment: float) -> float:
        """Where a moment stands, as a year and its fraction; 0 to 100."""
        return rounded(min(max((moment - self.first) * self.slot, 0), 100))

    def middle(self, year: int) -> float:
        """The middle of a year's slot."""
        return self.x(year + 0.5)


class Columns(Picture, frozen=True):
    """Years with their counts, each a column as high as its count.

    `others`, `here` and `unsure` are SVG path data in a box of 100 by 100 that is stretched to the
    picture's width: three shapes, however many the years. What is of a year by doubtful word or
    only may be of it stands in `unsure`, above the rest. `words` says the counts one after another.
    """

    axis: Axis
    others: str
    here: str
    unsure: str
    words: str


class Segment(Picture, frozen=True):
    """A part of a period: `sure`, or known only to be possible."""

    x: float
    width: float
    sure: bool


class Dot(Picture, frozen=True):
    """A year with releases: where it stands, the radii in em of the certain ones and of all, and
    where its releases are listed.

    `outer` is 0 where no year is in doubt, `inner` where all are.
    """

    x: float
    year: int
    count: int
    inner: float
    outer: float
    href: str


class Mark(Picture, frozen=True):
    """The releases of a month (0: month unknown): radii in em of the certain ones and of all, and
    where they are listed.

    `outer` is 0 where no date is in doubt, `inner` where all are.
    """

    x: float
    row: int
    year: int
    month: int
    inner: float
    outer: float
    href: str


class Timeline(Picture, frozen=True):
    """The archive by year and month, and a bar for each programme beneath."""

    axis: Axis
    marks: tuple[Mark, ...]
    bars: tuple[tuple[Segment, ...], ...]


class Periods(Picture, frozen=True):
    """A programme's own bar, then those of its parts; and its years with releases."""

    axis: Axis
    bars: tuple[tuple[Segment, ...], ...]
    counts: tuple[Dot, ...]


def axis(years: Iterable[int]) -> Axis:
    """The Axis over all the years given, with as many labels as stand apart."""
    known = sorted({year for year in years if year})
    if not known:
        return Axis(0, 0, ())
    last = known[-1]
    first = max(known[0], last - MOST_YEARS + 1)
    bare = Axis(first, last, ())
    return msgspec.structs.replace(bare, ticks=tuple(_tick(bare, y) for y in _labelled(bare)))


def _labelled(bare: Axis) -> list[int]:
    """The years that are labelled: all where they stand apart, else those at regular steps."""
    if bare.slot >= LABEL:
        return list(range(bare.first, bare.last + 1))
    step = next(step for step in _STEPS if step * bare.slot >= LABEL)
    round_years = range(bare.first + -bare.first % step, bare.last + 1, step)
    return [y for y in round_years if LABEL / 2 <= bare.middle(y) <= 100 - LABEL / 2]


def _tick(bare: Axis, year: int) -> Tick:
    return Tick(bare.middle(year), str(year), "middle")


@lru_cache(maxsize=1024)
def columns(years: tuple[YearCount, ...]) -> Columns:
    """A column for each year; that of the page is drawn by itself.

    Releases of one programme and year ask for the same picture, most of them soon after another.
    """
    over = axis(year.year for year in years)
    most = max((year.count + year.possible for year in years), default=0)
    drawn = sorted((y for y in years if y.year and y.year >= over.first), key=lambda y: y.year)
    width = rounded(min(over.slot * 0.72, 4))
    shapes: dict[str, list[str]] = {"others": [], "here": [], "unsure": []}
    for year in drawn:
        x = rounded(over.middle(year.year) - width / 2)
        sure = year.count - year.uncertain
        height = rounded(max(100 * sure / most, 8)) if sure else 0
        if height:
            column = f"M{x} 100v-{height}h{width}v{height}z"
            shapes["here" if year.here else "others"].append(column)
        doubtful = year.uncertain + year.possible
        if doubtful:
            more = rounded(min(max(100 * doubtful / most, 8), 100 - height))
            shapes["unsure"].append(f"M{x} {rounded(100 - height)}v-{more}h{width}v{more}z")
    words = ", ".join(
        _counted(year.year, year.count, year.uncertain + year.possible) for year in drawn
    )
    paths = {name: "".join(shape) for name, shape in shapes.items()}
    return Columns(over, paths["others"], paths["here"], paths["unsure"], words)


def _counted(year: int, count: int, doubtful: int) -> str:
    """A year's count, with a question mark where any of it is in doubt."""
    return f"{year}: {count}{' (?)' if doubtful else ''}"


def timeline(years: Sequence[YearMonths], programmes: Sequence[ProgrammeBrief]) -> Timeline:
    """A mark for each month with releases; its area is as their number."""
    bounds = [bound for brief in programmes for bound in _written_years(brief.start, brief.end)]
    over = axis([*(year.year for year in years), *bounds])
    most = max((m.count + m.possible for year in years for m in year.months), default=1)
    largest = min(0.6, max(0.2, 12 / (over.last - over.first + 1)))
    marks = [
        Mark(
            over.middle(year.year),
            month.month or MONTHS + 1,
            year.year,
            month.month,
            inner := _radius(month.count - month.uncertain, most, largest),
            _ring(month.count + month.possible, most, largest, inner)
            if month.uncertain or month.possible
            else 0,
            f"{year.href}#m-{month.month}" if month.count else f"{year.href}#candidates",
        )
        for year in years
        for month in year.months
        if year.year >= over.first
    ]
    bars = tuple(bar(over, brief.start, brief.end) for brief in programmes)
    return Timeline(over, tuple(marks), bars)


def periods(
    start: str, end: str, parts: Sequence[ProgrammeBrief], years: Sequence[YearRows]
) -> Periods:
    """The period of a programme, its parts beneath, and the years with releases."""
    spans = [(start, end), *((part.start, part.end) for part in parts)]
    bounds = [bound for span in spans for bound in _written_years(*span)]
    if not bounds:
        return Periods(Axis(0, 0, ()), (), ())
    over = axis([*bounds, *(group.year for group in years)])
    most = max((group.count for group in years), default=1)
    dots = tuple(
        Dot(
            over.middle(group.year),
            group.year,
            group.count,
            inner := _radius(group.count - group.uncertain, most, 0.5),
            _ring(group.count, most, 0.5, inner) if group.uncertain else 0,
            group.more or f"#y-{group.year}",
        )
        for group in years
        if group.year >= over.first
    )
    return Periods(over, tuple(bar(over, *span) for span in spans), dots)


def bar(over: Axis, start: str, end: str) -> tuple[Segment, ...]:
    """What is sure of a period and what is only possible, from left to right; () for neither.

    Where a bound is unknown, the period reaches to the edge of the axis as possible.
    """
    begin, finish = _bounds(start), _bounds(end)
    left, right = float(over.first), float(over.last + 1)
    if begin is None and finish is None:
        return ()
    if begin is None and finish is not None:
        return _segments(over, (left, finish[0], finish[1], finish[1]), sure_end=finish[2])
    if begin is not None and finish is None:
        return _segments(over, (begin[0], begin[0], begin[1], right), sure_start=begin[2])
    if begin is None or finish is None:
        return ()
    first = begin[0] if begin[2] else begin[1]
    last = finish[1] if finish[2] else finish[0]
    return _segments(over, (begin[0], min(first, last), max(first, last), finish[1]))


def _segments(
    over: Axis,
    moments: tuple[float, float, float, float],
    *,
    sure_start: bool = True,
    sure_end: bool = True,
) -> tuple[Segment, ...]:
    """Possible from the first moment to the second, sure to the third, possible to the fourth.

    Where a bound is in doubt, all of it is only possible.
    """
    a, b, c, d = (over.x(moment) for moment in moments)
    if not (sure_start and sure_end):
        b = c = a
    parts = ((a, b, False), (b, c, True), (c, d, False))
    return tuple(
        Segment(begin, rounded(finish - begin), sure)
        for begin, finish, sure in parts
        if finish > begin
    )


def _bounds(text: str) -> tuple[float, float, bool] | None:
    """The first and the last moment that a bound may be, and whether it is beyond doubt."""
    if not text:
        return None
    moment = edtf.parse(text)
    first, last = edtf.earliest(moment), edtf.latest(moment)
    first, last = first or last, last or first
    if first is None or last is None:
        return None
    doubtful = edtf.is_uncertain(moment) or edtf.is_approximate(moment)
    sure = not doubtful and "X" not in text and moment.kind == "date"
    return _moment(first), _moment(last) + 1 / _DAYS_OF_YEAR, sure


def _moment(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / _DAYS_OF_YEAR


def _written_years(start: str, end: str) -> list[int]:
    """The years that a period's bounds lie in."""
    pairs = (_bounds(start), _bounds(end))
    return [int(moment) for pair in pairs if pair for moment in (pair[0], pair[1] - 0.01)]


def _radius(count: int, most: int, largest: float) -> float:
    """A radius whose square is as the count, yet large enough to be seen; 0 for none."""
    if count <= 0:
        return 0
    return rounded(max(largest * math.sqrt(count / most), largest * 0.45))


def _ring(count: int, most: int, largest: float, inner: float) -> float:
    """The radius of all releases, so much wider than that of the certain ones that both show."""
    return rounded(max(_radius(count, most, largest), inner + RING if inner else 0))
