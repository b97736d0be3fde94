"""The archive's pictures as geometry: from values of a View to where shapes stand; no I/O here.

Templates draw the shapes as inline SVG (`templates/_drawing.html`) and say the same in words.
Charts over time are fluid: x and widths are percentages of the picture's width, so that a picture
fits a phone and its letters keep their size; y and radii are in em. Flows have a fixed width and
are shown where there is room for it. Numbers are rounded, so equal Views give equal bytes.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from mksite import edtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mksite.view import (
        FunderRow,
        Neighbour,
        ProgrammeBrief,
        ProgrammeStrip,
        RoleParties,
        YearCount,
        YearMonths,
        YearRows,
    )

MOST_YEARS = 120  # of an axis; what lies earlier is cut off
LABEL = 14.5  # the width of a year's label with its air, in % of a picture 240 px wide
RING = 0.18  # the least breadth of a ring around a dot, in em
_STEPS = (1, 2, 5, 10, 20, 50)
MONTHS = 12
_DAYS_OF_YEAR = 366

# The width of a flow and of the text in it, in px of its own viewBox.
FLOW_WIDTH = 880
_FONT = 13.5
_LINE = 17
_PADDING = 9
_GAP = 8
_HEAD = 26


class Picture(msgspec.Struct, frozen=True):
    """A part of a picture."""


# Charts over time


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
        return _rounded(min(max((moment - self.first) * self.slot, 0), 100))

    def middle(self, year: int) -> float:
        """The middle of a year's slot."""
        return self.x(year + 0.5)


class Columns(Picture, frozen=True):
    """Years with their counts, each a column as high as its count.

    `others` and `here` are SVG path data in a box of 100 by 100 that is stretched to the picture's
    width: two shapes, however many the years. `words` says the counts one after another.
    """

    axis: Axis
    others: str
    here: str
    words: str


class Segment(Picture, frozen=True):
    """A part of a period: `sure`, or known only to be possible."""

    x: float
    width: float
    sure: bool


class Dot(Picture, frozen=True):
    """A year with releases: where it stands, and its radius in em."""

    x: float
    year: int
    count: int
    radius: float


class Mark(Picture, frozen=True):
    """The releases of a month (0: month unknown): radii in em of the certain ones and of all.

    `outer` is 0 where no date is in doubt, `inner` where all are.
    """

    x: float
    row: int
    year: int
    month: int
    inner: float
    outer: float


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
    """The years that are labelled: all where they stand apart, else both ends and round ones."""
    if bare.slot >= LABEL:
        return list(range(bare.first, bare.last + 1))
    step = next(step for step in _STEPS if step * bare.slot >= LABEL)
    round_years = range(bare.first - bare.first % step, bare.last, step)
    clear = (y for y in round_years if 1.5 * LABEL <= bare.middle(y) <= 100 - 1.5 * LABEL)
    return [bare.first, *clear, bare.last]


def _tick(bare: Axis, year: int) -> Tick:
    if bare.slot < LABEL and year in (bare.first, bare.last):
        return Tick(*((0, str(year), "start") if year == bare.first else (100, str(year), "end")))
    return Tick(bare.middle(year), str(year), "middle")


def strip(programme: ProgrammeStrip) -> Columns:
    """The years of a programme, that of the release marked."""
    return columns(programme.years)


@lru_cache(maxsize=1024)
def columns(years: tuple[YearCount, ...]) -> Columns:
    """A column for each year; that of the page is drawn by itself.

    Releases of one programme and year ask for the same picture, most of them soon after another.
    """
    over = axis(year.year for year in years)
    most = max((year.count for year in years), default=0)
    found = sorted((y for y in years if y.year and y.year >= over.first), key=lambda y: y.year)
    width = _rounded(min(over.slot * 0.72, 4))
    shapes: dict[bool, list[str]] = {False: [], True: []}
    for year in found:
        x = _rounded(over.middle(year.year) - width / 2)
        height = _rounded(max(100 * year.count / most, 8))
        shapes[year.here].append(f"M{x} 100v-{height}h{width}v{height}z")
    words = ", ".join(f"{year.year}: {year.count}" for year in found)
    return Columns(over, "".join(shapes[False]), "".join(shapes[True]), words)


def timeline(years: Sequence[YearMonths], programmes: Sequence[ProgrammeBrief]) -> Timeline:
    """A mark for each month with releases; its area is as their number."""
    bounds = [bound for brief in programmes for bound in _written_years(brief.start, brief.end)]
    over = axis([*(year.year for year in years), *bounds])
    most = max((month.count for year in years for month in year.months), default=1)
    largest = min(0.6, max(0.2, 12 / (over.last - over.first + 1)))
    marks = [
        Mark(
            over.middle(year.year),
            month.month or MONTHS + 1,
            year.year,
            month.month,
            inner := _radius(month.count - month.uncertain, most, largest),
            _ring(month.count, most, largest, inner) if month.uncertain else 0,
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
        Dot(over.middle(group.year), group.year, group.count, _radius(group.count, most, 0.5))
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
        Segment(begin, _rounded(finish - begin), sure)
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
    found = (_bounds(start), _bounds(end))
    return [int(moment) for pair in found if pair for moment in (pair[0], pair[1] - 0.01)]


def _radius(count: int, most: int, largest: float) -> float:
    """A radius whose square is as the count, yet large enough to be seen; 0 for none."""
    if count <= 0:
        return 0
    return _rounded(max(largest * math.sqrt(count / most), largest * 0.45))


def _ring(count: int, most: int, largest: float, inner: float) -> float:
    """The radius of all releases, so much wider than that of the certain ones that both show."""
    return _rounded(max(_radius(count, most, largest), inner + RING if inner else 0))


def _rounded(value: float) -> float:
    """Two digits after the point, and none where there is nothing after it."""
    return round(value, 2) if value % 1 else int(value)


# Flows: who pays, who does, what came of it


class Box(Picture, frozen=True):
    """A name in a frame, its lines wrapped to the width.

    `name` is the whole of it, "" where the documents name nobody.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    name: str
    here: bool = False


class Ribbon(Picture, frozen=True):
    """A curve from one box to another: SVG path data, its width, whether it is by inheritance."""

    path: str
    width: float
    inherited: bool = False


class Head(Picture, frozen=True):
    """What a column of boxes is: a code that the template words."""

    x: float
    code: str


class YearBar(Picture, frozen=True):
    """A year of a programme, with a bar as long as its count; year 0 is unknown."""

    x: float
    y: float
    year: int
    count: int
    width: float


class Flow(Picture, frozen=True):
    """Columns of boxes and the ribbons between them."""

    width: int
    height: int
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    years: tuple[YearBar, ...] = ()


def neighbours(
    name: str, payers: Sequence[Neighbour], partners: Sequence[Neighbour]
) -> Flow | None:
    """Those who pay at the left, the organization in the middle, whom it works with at the right.

    A ribbon is as wide as the releases in common are many. None where it has no neighbours.
    """
    if not payers and not partners:
        return None
    place = _Place(0, 296) if payers and partners else _Place(0, 520)
    middle = _Place(350, 180)
    if not payers:
        middle, place = _Place(0, 240), _Place(360, 520)
    elif not partners:
        middle = _Place(640, 240)
    lines = 2 if max(len(payers), len(partners)) <= MONTHS else 1
    left = _stack([n.link.text for n in payers], place if payers else None, lines)
    side = _Place(FLOW_WIDTH - place.width, place.width)
    right = _stack([n.link.text for n in partners], side if partners else None, lines)
    own = _stack([name], middle, 5)
    height = max(_bottom(left), _bottom(right), _bottom(own))
    left, right = _centred(left, height), _centred(right, height)
    own_box = msgspec.structs.replace(_centred(own, height)[0], here=True)
    most = max(n.count for n in (*payers, *partners))
    ribbons = [
        *_ribbons(left, own_box, [n.count for n in payers], most),
        *_ribbons(right, own_box, [n.count for n in partners], most),
    ]
    heads = [Head(left[0].x, "payers")] if left else []
    heads += [Head(right[0].x, "partners")] if right else []
    return Flow(
        FLOW_WIDTH, math.ceil(height), tuple(heads), (*left, own_box, *right), tuple(ribbons)
    )


def flow(parties: Sequence[RoleParties], years: Sequence[YearRows]) -> Flow | None:
    """Funders, implementers and the years' events of a programme, joined through it.

    Where only the one or the other are named, an empty box says so; None where neither are.
    """
    by_role = {entry.role: entry.parties for entry in parties}
    funders, doers = by_role.get("funder", ()), by_role.get("implementer", ())
    if not funders and not doers:
        return None
    left = _named([party.link.text for party in funders], _Place(0, 260))
    middle = _named([party.link.text for party in doers], _Place(350, 250))
    rows = sorted(years, key=lambda group: group.year or 9999)
    height = max(_bottom(left), _bottom(middle), _HEAD + 24 * len(rows) + _GAP, _HEAD + 60)
    left, middle = _centred(left, height), _centred(middle, height)
    centre = (height + _HEAD) / 2
    bars = _year_bars(rows, centre)
    inherited = [bool(party.via) for party in funders] or [False]
    ribbons = [
        Ribbon(_curve(box.x + box.width, _middle(box), 305, centre), 2.5, via)
        for box, via in zip(left, inherited, strict=True)
    ]
    for box in middle:
        ribbons.append(Ribbon(_curve(305, centre, box.x, _middle(box)), 2.5))
        ribbons.append(Ribbon(_curve(box.x + box.width, _middle(box), 645, centre), 2.5))
    most = max((b.count for b in bars), default=1)
    ribbons += [Ribbon(_curve(645, centre, b.x - 8, b.y), _thickness(b.count, most)) for b in bars]
    heads = [Head(0, "funder"), Head(350, "implementer")]
    heads += [Head(700, "records")] if bars else []
    return Flow(FLOW_WIDTH, math.ceil(height), tuple(heads), (*left, *middle), tuple(ribbons), bars)


class _Place(Picture, frozen=True):
    """Where a column of boxes stands."""

    x: float
    width: float


def _year_bars(rows: Sequence[YearRows], centre: float) -> tuple[YearBar, ...]:
    most = max((group.count for group in rows), default=1)
    top = centre - 12 * (len(rows) - 1)
    return tuple(
        YearBar(
            700,
            _rounded(top + 24 * index),
            group.year,
            group.count,
            _rounded(max(70 * group.count / most, 3)),
        )
        for index, group in enumerate(rows)
    )


def _stack(names: Sequence[str], place: _Place | None, most_lines: int) -> tuple[Box, ...]:
    """Boxes one beneath the other, from under the heading."""
    if place is None:
        return ()
    boxes = []
    y = float(_HEAD)
    for name in names:
        lines = wrapped(name, place.width - 2 * _PADDING, most_lines)
        height = len(lines) * _LINE + 2 * _PADDING - 3
        boxes.append(Box(place.x, y, place.width, height, lines, name))
        y += height + _GAP
    return tuple(boxes)


def _named(names: Sequence[str], place: _Place) -> tuple[Box, ...]:
    """Boxes of the names, or the one that says that nobody is named."""
    if names:
        return _stack(names, place, 3)
    return (Box(place.x, float(_HEAD), place.width, _LINE + 2 * _PADDING - 3, (), ""),)


def _bottom(boxes: Sequence[Box]) -> float:
    return boxes[-1].y + boxes[-1].height + 2 if boxes else 0


def _centred(boxes: tuple[Box, ...], height: float) -> tuple[Box, ...]:
    """The boxes moved down so that they stand in the middle of the height."""
    down = _rounded(max(height - _bottom(boxes), 0) / 2)
    return tuple(msgspec.structs.replace(box, y=_rounded(box.y + down)) for box in boxes)


def _middle(box: Box) -> float:
    return _rounded(box.y + box.height / 2)


def _ribbons(boxes: Sequence[Box], own: Box, counts: Sequence[int], most: int) -> list[Ribbon]:
    """A curve between each box and the organization's own; they land there side by side."""
    found = []
    for index, (box, count) in enumerate(zip(boxes, counts, strict=True)):
        landing = own.y + own.height * (index + 1) / (len(boxes) + 1)
        if box.x > own.x:
            path = _curve(own.x + own.width, landing, box.x, _middle(box))
        else:
            path = _curve(box.x + box.width, _middle(box), own.x, landing)
        found.append(Ribbon(path, _thickness(count, most)))
    return found


def _thickness(count: int, most: int) -> float:
    """The width of a ribbon; where nothing is counted twice, all are alike."""
    return _rounded(1.5 + 6.5 * count / most) if most > 1 else 2.5


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """A curve that leaves and arrives level."""
    half = (x + to_x) / 2
    points = (x, y, half, y, half, to_y, to_x, to_y)
    a, b, c, d, e, f, g, h = (format(round(point, 1), "g") for point in points)
    return f"M{a} {b}C{c} {d} {e} {f} {g} {h}"


# Letters


_NARROW = frozenset("iljtfrІіїЇ.,:;!|'’‘()[]/-·«»\"")
_BROAD = frozenset("щшжюмфыЖШЩЮМФЫДmwMW—")


def width_px(text: str) -> float:
    """An upper estimate of a text's width in a flow, for the common sans-serif fonts."""
    return _FONT * sum(map(_width, text))


def _width(letter: str) -> float:
    if letter in {" ", "\u00a0"}:
        return 0.3
    if letter in _NARROW:
        return 0.38
    if letter in _BROAD:
        return 0.92
    return 0.74 if letter.isupper() else 0.6


def wrapped(text: str, width: float, most_lines: int) -> tuple[str, ...]:
    """The text in lines no wider than `width`; the last ends with … where more follows.

    A word wider than a line is cut.
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most_lines:
        line = words.pop(0)
        while words and width_px(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line if width_px(line) <= width else _cut(line, width))
    if words and lines:
        lines[-1] = _cut(f"{lines[-1]} {words[0]}", width)
    return tuple(lines)


def _cut(line: str, width: float) -> str:
    """As much of the line as fits with … after it."""
    while line and width_px(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip(' ,;:.«(—-')}…"


# Tables


def matrix(
    funders: Sequence[FunderRow], programmes: Sequence[ProgrammeBrief]
) -> tuple[tuple[bool, ...], ...]:
    """Whether each funder (row) pays for each programme (column)."""
    order = [programme.link.href for programme in programmes]
    paid = [{programme.link.href for programme in funder.programmes} for funder in funders]
    return tuple(tuple(href in row for href in order) for row in paid)
