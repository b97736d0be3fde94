"""Says of what kind a date is: day, month, or how much of its year is specified."""

from __future__ import annotations

from mksite.date.edtf import Mark, Point, merged_mark


def shape_of(point: Point) -> str:
    """What is specified of the date: day, month (or season), or how much of its year."""
    written = without_unspecified(point)
    if written.day:
        return "day"
    return "month" if written.month else year_shape_of(point.year)


def year_shape_of(year: str) -> str:
    """How much of a year is specified: year, decade, years (a longer span) or unknown."""
    if "X" not in year:
        return "year"
    if year == "XXXX":
        return "unknown"
    # «2000-е гг.» would be the decade to some and the century to others.
    return "decade" if year.count("X") == 1 and year[2] != "0" else "years"


def mark_of(point: Point) -> Mark:
    """One mark for the whole date, which doubts no less than those of its parts."""
    return merged_mark("".join(point.marks)) if any(point.marks) else ""


def has_unspecified(point: Point) -> bool:
    """Whether the month or the day is written as unspecified."""
    return "XX" in {point.month, point.day}


def without_unspecified(point: Point) -> Point:
    """The date without a month or a day that is unspecified."""
    if not has_unspecified(point):
        return point
    return Point(point.year, point.month.strip("X"), point.day.strip("X"), "", point.marks)


def without_time(point: Point) -> Point:
    """The date without its time of day."""
    return Point(point.year, point.month, point.day, "", point.marks)


def number(digits: str) -> str:
    """The digits without the zeros that fill them up."""
    return digits.lstrip("0")
