"""The order of dates in lists."""

from __future__ import annotations

import datetime as dt

from mksite.date.edtf import Edtf, Point, earliest, latest

UNDATED = "~"
_DAY_LENGTH = len("2013-03-05")


def sort_key(date: Edtf | None) -> str:
    """An ASCII key that orders dates by their first day, the longer period first.

    So `2013` opens its year and `2013-03` its month; then by time of day, then by the text. An
    interval without a start is placed by its end. Dates without a year, by month and day, and then
    None sort after everything: their keys start with UNDATED.
    """
    if date is None:
        return UNDATED * 2
    first, last = earliest(date), latest(date)
    anchor = first or last
    if anchor is None:
        start, end = date.spans[0]
        return f"{UNDATED}{_month_day(start or end)} {date.text}"
    length_days = (last - first).days if first and last else dt.date.max.toordinal()
    time = date.spans[0][0].time if date.spans[0][0] else ""
    return f"{anchor.isoformat()} {dt.date.max.toordinal() - length_days:07} {time} {date.text}"


def plain_day(text: str) -> dt.date | None:
    """The day of a text such as `2013-03-05`, None for any other: most dates, known at once."""
    if len(text) != _DAY_LENGTH or not text.replace("-", "").isdecimal() or not text.isascii():
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def day_sort_key(day: dt.date) -> str:
    """The `sort_key` of a plain day."""
    return f"{day} {dt.date.max.toordinal():07}  {day}"


def _month_day(point: Point | None) -> str:
    return f"{point.month}{point.day}" if point else ""
