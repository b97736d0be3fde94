"""Tells which programmes have ended and which have not yet, as far as that is known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from mksite.content.code_list import Stage
from mksite.content.model import Programme
from mksite.date import edtf
from mksite.date.span import day_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.catalogue.catalogue import EntityCard


class Stages(msgspec.Struct, frozen=True):
    """The stage of each programme by its id, and between which moments they hold.

    `since` is the last moment at which a stage changed and `until` the next one, in seconds since
    the epoch; 0 for none.
    """

    of: dict[str, Stage]
    since: int
    until: int


def stages(programmes: Iterable[EntityCard], now: datetime, timezone: str) -> Stages:
    """The stages at a time. Where no end is given, or one in doubt, nothing is known."""
    zone = ZoneInfo(timezone)
    found: dict[str, Stage] = {}
    changes: list[datetime] = []
    for card in programmes:
        ends = _ends(card)
        if ends is None:
            found[card.id] = "unknown"
            continue
        first, last = (datetime.combine(day, time(), zone) for day in ends)
        found[card.id] = "running" if now < first else "unknown" if now < last else "ended"
        changes += (first, last)
    over = [int(change.timestamp()) for change in changes if change <= now]
    coming = [int(change.timestamp()) for change in changes if change > now]
    return Stages(found, max(over, default=0), min(coming, default=0))


def _ends(card: EntityCard) -> tuple[date, date] | None:
    """The first day that a programme may end on and the day after the last one; None where no end
    is known beyond doubt.
    """
    period = card.meta.period if isinstance(card.meta, Programme) else None
    days = day_range(period.end) if period else None
    if period is None or not period.end or days is None or days[1] == date.max:
        return None
    end = edtf.parse(period.end)
    if edtf.is_uncertain(end) or edtf.is_approximate(end):
        return None
    return days[0], days[1] + timedelta(days=1)
