"""Finds the events that were announced and whose last day is over: nothing says that they took
place.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from mksite.date.span import last_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.content.model import Event, Key, Release


class Elapsed(msgspec.Struct, frozen=True):
    """The ids of the releases whose announced event is over, and between which moments that holds.

    `since` is the last end of such an event and `until` the next one, in seconds since the epoch;
    0 for none.
    """

    ids: frozenset[str]
    since: int
    until: int


def elapsed(releases: Iterable[tuple[Key, Release]], now: datetime, timezone: str) -> Elapsed:
    """What is over at a time. A doubtful date is taken as it is written."""
    zone = ZoneInfo(timezone)
    ids: set[str] = set()
    ended: list[int] = []
    coming: list[int] = []
    for (_, ident), release in releases:
        if release.event is None or release.event.status != "scheduled":
            continue
        end = _end(release.event, zone)
        if end is None:
            continue
        if end <= now:
            ids.add(ident)
            ended.append(int(end.timestamp()))
        else:
            coming.append(int(end.timestamp()))
    return Elapsed(frozenset(ids), max(ended, default=0), min(coming, default=0))


def _end(event: Event, zone: ZoneInfo) -> datetime | None:
    """The midnight after the last day that the event may have; None where no year is known."""
    last = last_day(event.end or event.start)
    if last is None or last == date.max:
        return None
    return datetime.combine(last + timedelta(days=1), time(), zone)
