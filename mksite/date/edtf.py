"""Parses dates as editors write them: a part of EDTF (ISO 8601-2:2019).

Levels 0 and 1 within the years 0001–9999; of level 2 the one-of sets, the qualification of single
components and unspecified last digits of a year. A date never gains precision here: `2013` is
bounded and sorted as a year, and what its editor doubts stays doubted.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Mark = Literal["", "?", "~", "%"]
FaultCode = Literal["edtf-syntax", "edtf-impossible", "edtf-reversed"]
Precision = Literal[
    "time", "day", "month", "season", "year", "decade", "century", "millennium", "unknown"
]

SYNTAX: FaultCode = "edtf-syntax"
IMPOSSIBLE: FaultCode = "edtf-impossible"
REVERSED: FaultCode = "edtf-reversed"
COARSENESS: tuple[Precision, ...] = get_args(Precision)
YEARS_LIMIT = 200

# Spring, summer, autumn. Winter (24) lies at both ends of a year, so it is bounded as the year.
_SEASON_MONTHS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (1, 12)}
_MONTH_LENGTHS = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))
_MONTH_NAMES = frozenset(f"{number:02}" for number in _MONTH_LENGTHS)
_FEBRUARY = 2
_LEAP_YEAR = "2000"

_POINT = re.compile(
    r"([?~%]?)([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)([?~%]?)"
    r"(?:-([?~%]?)([0-9]{2}|XX)([?~%]?)"
    r"(?:-([?~%]?)([0-9]{2}|XX)([?~%]?))?)?"
)
_DATE_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)"
)


class Point(msgspec.Struct, frozen=True):
    """One date as written: digits, `X` for the unspecified ones, `""` for what is left out.

    `month` is also a season, 21 (spring) to 24 (winter). `marks` are those of year, month and day,
    already spread by the rule of the standard: a mark to the right of a component also holds for
    all to its left, a mark to the left of it for that component only.
    """

    year: str
    month: str = ""
    day: str = ""
    time: str = ""
    marks: tuple[Mark, Mark, Mark] = ("", "", "")


Span = tuple[Point | None, Point | None]


class Edtf(msgspec.Struct, frozen=True):
    """A date, an interval or a set of which one member holds.

    `text` is what was written, with X in upper case; it determines the rest. `spans` has one item
    for a date (start is end) or an interval, and one for each member of a set; None is a bound
    that is open (`..`) or unknown (nothing written).
    """

    text: str
    kind: Literal["date", "interval", "set"]
    spans: tuple[Span, ...]


class EdtfError(ValueError):
    """The text is no date: `code` says why; `mksite.date.hint` guesses what was meant."""

    def __init__(self, code: FaultCode, text: str) -> None:
        """Keep apart what a problem is made of."""
        super().__init__(code, text)
        self.code: FaultCode = code
        self.text = text


# Parsing


def parse(text: str) -> Edtf:
    """The date that the text writes. Raises EdtfError."""
    return _parse(text)


@lru_cache(maxsize=1 << 16)
def _parse(text: str) -> Edtf:
    try:
        return _read(text)
    except EdtfError as error:
        raise EdtfError(error.code, text) from None


def _read(text: str) -> Edtf:
    text = text.strip().replace("x", "X")
    if text.startswith("[") and text.endswith("]"):
        members = tuple(_read_member(member) for member in text[1:-1].split(","))
        return Edtf(text, "set", members)
    if "/" in text:
        return Edtf(text, "interval", (_read_span(text, "/", open_bounds=("", "..")),))
    point = _read_point(text)
    return Edtf(text, "date", ((point, point),))


def _read_member(text: str) -> Span:
    if ".." in text:
        return _read_span(text, "..", open_bounds=("",))
    point = _read_point(text)
    return point, point


def _read_span(text: str, separator: str, *, open_bounds: tuple[str, ...]) -> Span:
    bounds = text.partition(separator)[::2]
    if all(bound in open_bounds for bound in bounds):
        raise EdtfError(SYNTAX, text)
    start, end = (None if bound in open_bounds else _read_point(bound) for bound in bounds)
    if start and end and _point_before(end, start):
        raise EdtfError(REVERSED, text)
    return start, end


def _read_point(text: str) -> Point:
    timed = _DATE_TIME.fullmatch(text)
    point = Point(timed[1], timed[2], timed[3], timed[4]) if timed else _read_date(text)
    if not _is_possible(point):
        raise EdtfError(IMPOSSIBLE, text)
    return point


def _read_date(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise EdtfError(SYNTAX, text)
    before_year, year, after_year, before_month, month, after_month, before_day, day, after_day = (
        match.groups(default="")
    )
    if month == "XX" and day not in {"", "XX"}:
        raise EdtfError(SYNTAX, text)
    # Marks are rare and merging them costs more than the match.
    if not any((before_year, after_year, before_month, after_month, before_day, after_day)):
        return Point(year, month, day)
    marks = (
        merged_mark(before_year + after_year + after_month + after_day),
        merged_mark(before_month + after_month + after_day),
        merged_mark(before_day + after_day),
    )
    return Point(year, month, day, "", marks)


def merged_mark(marks: str) -> Mark:
    """One mark that says what all these characters say."""
    if "%" in marks or ("?" in marks and "~" in marks):
        return "%"
    if "?" in marks:
        return "?"
    return "~" if marks else ""


def _is_possible(point: Point) -> bool:
    """Whether the calendar and the clock have such a date."""
    if point.month in _SEASON_MONTHS:
        return not point.day
    year = _LEAP_YEAR if point.year == "XXXX" else point.year
    return _bound(year, point.month, point.day, last=False) is not None and _is_clock(point.time)


def _is_clock(time: str) -> bool:
    # 24:00 was withdrawn by ISO 8601:2019, though newer Pythons read it.
    if not time or time >= "24":
        return not time
    try:
        dt.time.fromisoformat(time)
    except ValueError:
        return False
    return True


# Bounds


def earliest(date: Edtf) -> dt.date | None:
    """The first day the date may mean, as stated; None where it is open or the year unknown.

    A doubtful or approximate date has the bounds of the same date without its marks. A time with
    an offset lies on the day that was written.
    """
    days = [_first_day(start) for start, _ in date.spans if start]
    known = [day for day in days if day]
    return min(known) if len(known) == len(date.spans) else None


def latest(date: Edtf) -> dt.date | None:
    """The last day the date may mean, inclusive; else as `earliest`."""
    days = [_last_day(end) for _, end in date.spans if end]
    known = [day for day in days if day]
    return max(known) if len(known) == len(date.spans) else None


def _first_day(point: Point) -> dt.date | None:
    return _bound(point.year, point.month, point.day, last=False)


def _last_day(point: Point) -> dt.date | None:
    return _bound(point.year, point.month, point.day, last=True)


def _bound(year: str, month: str, day: str, *, last: bool) -> dt.date | None:
    """The first or last day that fits the pattern; None where no day does or every year may."""
    if year == "XXXX":
        return None
    first_year, last_year = _year_bounds(year)
    first_month, last_month = _month_bounds(month)
    candidates = range(first_year, last_year + 1)
    # Only 29 February looks at more than one year.
    for candidate in reversed(candidates) if last else candidates:
        day_found = _day_of(candidate, last_month if last else first_month, day, last=last)
        if day_found is not None:
            return day_found
    return None


def _day_of(year: int, month: int, day: str, *, last: bool) -> dt.date | None:
    if month not in _MONTH_LENGTHS:
        return None
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    length = _MONTH_LENGTHS[month] - (month == _FEBRUARY and not is_leap)
    number = (length if last else 1) if day in {"", "XX"} else int(day)
    return dt.date(year, month, number) if 1 <= number <= length else None


def _year_bounds(year: str) -> tuple[int, int]:
    """The first and last year of the pattern; the calendar begins with the year 1."""
    return max(1, int(year.replace("X", "0"))), int(year.replace("X", "9"))


def _month_bounds(month: str) -> tuple[int, int]:
    if month in {"", "XX"}:
        return 1, 12
    return _SEASON_MONTHS.get(month) or (int(month), int(month))


def is_before(a: Edtf, b: Edtf) -> bool:
    """Whether all that `a` may mean certainly lies before all that `b` may mean.

    Never so where either is marked as doubtful or approximate. Times decide within a day.
    """
    if is_uncertain(a) or is_approximate(a) or is_uncertain(b) or is_approximate(b):
        return False
    return all(
        end is not None and start is not None and _point_before(end, start)
        for _, end in a.spans
        for start, _ in b.spans
    )


def _point_before(a: Point, b: Point) -> bool:
    """Whether `a` as stated is over before `b` as stated begins."""
    last, first = _last_day(a), _first_day(b)
    if last is None or first is None:
        return False
    if not (a.time and b.time):
        return last < first
    end = dt.datetime.fromisoformat(f"{last}T{a.time}")
    start = dt.datetime.fromisoformat(f"{first}T{b.time}")
    if (end.tzinfo is None) != (start.tzinfo is None):
        # Without its offset a time may lie anywhere within a day of the other.
        return (first - last).days > 1
    return end < start


# Years


def year(date: Edtf) -> int | None:
    """The one calendar year that holds the date by its editor's word, be it a doubtful word.

    Of an interval, the year it starts in. None for `201X`, `XXXX`, a set across years and an
    interval whose start is not known.
    """
    points = [date.spans[0][0]] if date.kind == "interval" else _bounds(date)
    written = {point.year if point else "XXXX" for point in points}
    only = written.pop()
    return None if written or "X" in only else int(only)


def month(date: Edtf) -> int | None:
    """The one calendar month that holds the date, though its year may be one of several."""
    written = {point.month if point else "" for point in _bounds(date)}
    if date.kind == "interval" and len({point.year for point in _bounds(date) if point}) > 1:
        return None
    only = written.pop()
    return int(only) if not written and only in _MONTH_NAMES else None


def years(date: Edtf) -> tuple[int, ...]:
    """Every calendar year that the date may touch, ascending, the first 200 of them.

    An open or unknown bound adds no year to the one that is written at the other end.
    """
    touched: set[int] = set()
    for span in date.spans:
        known = [_year_bounds(point.year) for point in span if point and point.year != "XXXX"]
        if known:
            first = known[0][0]
            touched.update(range(first, min(known[-1][1] + 1, first + YEARS_LIMIT)))
    return tuple(sorted(touched)[:YEARS_LIMIT])


# What is known of a date


def is_uncertain(date: Edtf) -> bool:
    """Whether any part of the date carries its editor's doubt (`?` or `%`)."""
    return any(mark in {"?", "%"} for mark in _marks(date))


def is_approximate(date: Edtf) -> bool:
    """Whether any part of the date is an estimate (`~` or `%`)."""
    return any(mark in {"~", "%"} for mark in _marks(date))


def is_year_doubtful(date: Edtf) -> bool:
    """Whether the year is in doubt, an estimate, or one of several."""
    marked = any(point.marks[0] for point in _bounds(date) if point)
    return marked or year(date) is None


def is_exact_day(date: Edtf) -> bool:
    """Whether the date is one calendar day without doubt, with or without a time."""
    return (
        date.kind == "date"
        and precision(date) in {"day", "time"}
        and not (is_uncertain(date) or is_approximate(date))
    )


def precision(date: Edtf) -> Precision:
    """The smallest period that is known to hold the date as stated; of several, the coarsest.

    `XXXX-03-06` is `unknown` and `201X-03` a `decade`: what stands right of an unspecified digit
    names no period.
    """
    return max((_point_precision(point) for point in _bounds(date) if point), key=COARSENESS.index)


def _point_precision(point: Point) -> Precision:
    if "X" in point.year:
        by_digits: dict[int, Precision] = {1: "decade", 2: "century", 3: "millennium"}
        return by_digits.get(point.year.count("X"), "unknown")
    if point.month in {"", "XX"}:
        return "year"
    if point.month in _SEASON_MONTHS:
        return "season"
    if point.day in {"", "XX"}:
        return "month"
    return "time" if point.time else "day"


def _bounds(date: Edtf) -> tuple[Point | None, ...]:
    return tuple(point for span in date.spans for point in span)


def _marks(date: Edtf) -> Iterator[Mark]:
    return (mark for point in _bounds(date) if point for mark in point.marks)
