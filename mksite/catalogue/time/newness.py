"""Finds when the archive got or corrected each release, as feeds and calendars say it.

A date is never given precision that its editor did not write: where a format wants an instant and
the content has only a day or less, the rules are those of `_instants`. An instant that is still to
come is never said: until it comes, the beginning of its day stands for it, or what was before.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from mksite.date import edtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.catalogue.catalogue import Card

NOON = dt.time(12)
_MIDNIGHT = dt.time()
_DAY_END = dt.time(23, 59, 59)
# The night that a release was added in holds a second for each day of its own date from here on.
_FIRST_OWN_DAY = dt.date(1970, 1, 1)
_MORNING = dt.time(7)
_NIGHT = dt.timedelta(hours=_MORNING.hour)
_SECOND = dt.timedelta(seconds=1)


class Newness(msgspec.Struct, frozen=True):
    """When each release was last new, by id, where anything tells; and until when that holds.

    `coming` are the releases whose day of publication, exactly known, has not had its noon yet.
    `since` is the last of all instants that were passed, `until` the next one, in seconds since
    the epoch; 0 for none.
    """

    updated: dict[str, dt.datetime]
    coming: frozenset[str]
    since: int
    until: int


def newness(cards: Iterable[Card], now: dt.datetime, timezone: str) -> Newness:
    """When each release was last new, seen at a time. Linear in the releases."""
    zone = ZoneInfo(timezone)
    updated: dict[str, dt.datetime] = {}
    coming: set[str] = set()
    passed: list[float] = []
    ahead: list[float] = []
    moment = now.timestamp()
    for card in cards:
        release = card.release
        corrected = tuple([correction.date for correction in release.corrections])
        own = release.date or card.when
        choices, published = _dated(release.date, own, release.added, corrected, zone)
        known = []
        for choice in choices:
            for seconds, instant_ in choice:
                if seconds <= moment:
                    known.append((seconds, instant_))
                    passed.append(seconds)
                    break
                ahead.append(seconds)
        if known:
            updated[card.id] = max(known)[1]
        if published > moment:
            coming.add(card.id)
        (ahead if published > moment else passed).append(published)
    since, until = max(passed, default=0), min(ahead, default=0)
    return Newness(updated, frozenset(coming), int(since), int(until))


@lru_cache(maxsize=1 << 16)
def _dated(
    published: str | None,
    own: str,
    added: str | None,
    corrected: tuple[str, ...],
    zone: ZoneInfo,
) -> tuple[tuple[tuple[tuple[float, dt.datetime], ...], ...], float]:
    """The instants of a release, each with its seconds since the epoch, and the noon of the day it
    was published on, where that is exactly known, else 0.
    """
    choices = tuple(
        tuple((in_utc(instant_).timestamp(), instant_) for instant_ in choice)
        for choice in _instants(own, added, corrected, zone)
    )
    day = exact_day(published)
    return choices, in_utc(instant(day, NOON, zone)).timestamp() if day else 0


def _instants(
    own: str, added_text: str | None, corrected: tuple[str, ...], zone: ZoneInfo
) -> Iterator[tuple[dt.datetime, ...]]:
    """The instants that a release was new at, each with those that stand for it until it comes.

    It was new when it was added. Without `added` that is the noon of the first day that its date
    as written may mean, so a vague date yields a lower bound. A correction was made at the end of
    the last day that its date may mean (with `added` on the morning of it), so that a corrected
    release is always newer than it was.
    """
    added = exact_day(added_text)
    if added is not None:
        yield (_instant_added(added, first_day(own), zone),)
    elif (first := first_day(own)) is not None:
        point = exact_day(own)
        if point and point.time:
            yield (instant(point, NOON, zone),)
        else:
            yield _of_day(first, NOON, zone), _of_day(first, _MIDNIGHT, zone)
    time = _DAY_END if added is None else _MORNING
    for text in corrected:
        date = parsed(text)
        earliest, latest = (edtf.earliest(date), edtf.latest(date)) if date else (None, None)
        last, start = latest or earliest, earliest or latest
        if last is not None and start is not None:
            yield (
                _of_day(last, time, zone),
                _of_day(last, _MIDNIGHT, zone),
                _of_day(start, _MIDNIGHT, zone),
            )


def _instant_added(added: edtf.Point, own: dt.date | None, zone: ZoneInfo) -> dt.datetime:
    """The instant of adding: of releases that came on one day the one with the later date is later.

    They would have the same `updated` otherwise, and a reader's program would show them in any
    order. All of them stand before the morning, so that none is still to come when it is published.
    """
    if added.time:
        return instant(added, NOON, zone)
    midnight = _of_day(dt.date.fromisoformat(iso_day(added)), _MIDNIGHT, zone)
    days = (own - _FIRST_OWN_DAY).days if own else 0
    return midnight + max(dt.timedelta(), min(dt.timedelta(seconds=days), _NIGHT - _SECOND))


@lru_cache(maxsize=1 << 16)
def exact_day(text: str | None) -> edtf.Point | None:
    """The one day that an EDTF text names without doubt, perhaps with a time."""
    date = parsed(text)
    return date.spans[0][0] if date is not None and edtf.is_exact_day(date) else None


def iso_day(point: edtf.Point) -> str:
    """The day of an exact point (ISO 8601)."""
    return f"{point.year}-{point.month}-{point.day}"


def parsed(text: str | None) -> edtf.Edtf | None:
    """The date, or None where there is none or its source is already said to be wrong."""
    if not text:
        return None
    try:
        return edtf.parse(text)
    except edtf.EdtfError:
        return None


def first_day(own: str) -> dt.date | None:
    """The first day that a release's own date may mean; None where not even a year is known."""
    date = parsed(own)
    years = edtf.years(date) if date is not None else ()
    if date is None or not years:
        return None
    return edtf.earliest(date) or edtf.latest(date) or dt.date(years[0], 1, 1)


def instant(point: edtf.Point, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The instant of an exact day: at the time that is written, else at the one given."""
    if not point.time:
        return _of_day(dt.date.fromisoformat(iso_day(point)), time, zone)
    moment = dt.datetime.fromisoformat(f"{iso_day(point)}T{point.time}")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _of_day(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, time, zone)


def in_utc(moment: dt.datetime) -> dt.datetime:
    """The instant; at the ends of the calendar, where UTC has no such day, the clock's reading."""
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        return moment.replace(tzinfo=dt.UTC)
