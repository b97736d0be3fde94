"""A time zone as VTIMEZONE tells it (RFC 5545, 3.6.5), found in the zone's own data.

Rules in zone data differ from year to year, so no rule is derived: each change is stated. The
data are read where Views are made; a View with Observances holds all that a calendar needs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECOND = dt.timedelta(seconds=1)
_STEP = dt.timedelta(days=7)  # no zone has changed twice within it

_State = tuple[dt.timedelta, bool, str]  # offset from UTC, daylight saving, name


class Observance(View, frozen=True):
    """A stretch of time with one offset from UTC, beginning at the local time `start`.

    `start` is ISO 8601 in terms of the offset that was in force before; offsets are in seconds.
    """

    is_daylight: bool
    start: str
    before: int
    offset: int
    name: str


class Zone:
    """A time zone as VTIMEZONE tells it, found in the zone's data year by year."""

    def __init__(self, name: str) -> None:
        self.zone = ZoneInfo(name)
        self._years: dict[int, tuple[Observance, ...]] = {}

    def observances(self, years: set[int]) -> tuple[Observance, ...]:
        """What is in force as each of the years begins, and each change within it.

        Years in which a calendar has no event are passed over; no rule is given for them.
        """
        observances: list[Observance] = []
        for year in sorted(years):
            if year not in self._years:
                self._years[year] = tuple(self._in_year(year))
            standing, *changes = self._years[year]
            if not observances or _state(observances[-1]) != _state(standing):
                observances.append(standing)
            observances += changes
        return tuple(observances)

    def _in_year(self, year: int) -> Iterator[Observance]:
        year = min(max(year, 2), 9997)  # at its ends the calendar has no UTC
        moment = dt.datetime(year, 1, 1, tzinfo=self.zone).astimezone(dt.UTC)
        end = dt.datetime(year + 1, 1, 1, tzinfo=self.zone).astimezone(dt.UTC)
        state = self._at(moment)
        yield _observance(moment, state, state)
        while moment < end:
            later = min(moment + _STEP, end)
            following = self._at(later)
            if following != state:
                change = self._change(moment, later)
                yield _observance(change, state, following)
                state = following
            moment = later

    def _change(self, before: dt.datetime, after: dt.datetime) -> dt.datetime:
        """The first second of the state that holds at `after`, found by halving."""
        state = self._at(after)
        while after - before > _SECOND:
            middle = before + (after - before) // 2
            middle = middle.replace(microsecond=0)
            if self._at(middle) == state:
                after = middle
            else:
                before = middle
        return after

    def _at(self, moment: dt.datetime) -> _State:
        local = moment.astimezone(self.zone)
        offset = local.utcoffset() or dt.timedelta()
        return offset, bool(local.dst()), local.tzname() or ""


def _observance(moment: dt.datetime, before: _State, after: _State) -> Observance:
    """What begins at an instant."""
    local = (moment + before[0]).replace(tzinfo=None)
    return Observance(
        after[1], local.isoformat(), _seconds(before[0]), _seconds(after[0]), after[2]
    )


def _state(observance: Observance) -> tuple[bool, int, str]:
    return observance.is_daylight, observance.offset, observance.name


def _seconds(offset: dt.timedelta) -> int:
    return int(offset.total_seconds())
