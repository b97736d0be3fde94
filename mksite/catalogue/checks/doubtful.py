"""Finds dates that are almost surely slips of the pen: they would stretch every chart."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mksite.catalogue.catalogue import Card, Placed
from mksite.content.problem import Fault, FieldPath, fault
from mksite.date.span import day_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

EARLIEST_YEAR = 1900
YEARS_AHEAD = 5  # of now, that an event may be announced
YEARS_APART = 2  # of publication and event, from which on the editor is to say why
_FIELDS: tuple[FieldPath, ...] = (("date",), ("event", "start"), ("event", "end"))
_DOUBT = frozenset("?~%X[{/")


def doubtful(cards: Iterable[Card], now: datetime) -> Iterator[Placed]:
    """A warning for each release whose dates cannot be meant. Each vanishes by itself with time,
    so that a build with nothing to do need not look again.
    """
    today = now.date()
    for card in cards:
        release, event = card.release, card.event
        dates = (release.date, event.start, event.end)
        is_held, is_told = event.status == "held", release.date_note is not None
        for wrong in _doubts(dates, today, is_held=is_held, is_told=is_told):
            yield Placed(card.original.path, wrong)


@lru_cache(maxsize=65536)
def _doubts(
    dates: tuple[str | None, str | None, str | None], today: date, *, is_held: bool, is_told: bool
) -> tuple[Fault, ...]:
    """The Faults of a release's own date and of the beginning and end of its event."""
    years = [_year(text) for text in dates]
    unlikely = tuple(
        fault("year-unlikely", field, severity="warning", value=str(year))
        for field, year in zip(_FIELDS, years, strict=True)
        if year and not EARLIEST_YEAR <= year <= today.year + YEARS_AHEAD
    )
    if unlikely:
        return unlikely
    wrong = []
    own, start, _ = dates
    published, held, _ = years
    is_certain = _DOUBT.isdisjoint(f"{own}{start}")
    if published and held and is_certain and not is_told and abs(published - held) >= YEARS_APART:
        apart = fault(
            "dates-apart",
            ("date",),
            severity="warning",
            published=str(published),
            held=str(held),
        )
        wrong.append(apart)
    if is_held and start:
        days = day_range(start)
        if days is not None and days[0] > today:
            field = ("event", "status")
            wrong.append(fault("held-ahead", field, severity="warning", value=start))
    return tuple(wrong)


def _year(text: str | None) -> int:
    """The year that a date begins with, or 0."""
    if not text:
        return 0
    digits = text[1:5] if text[0] in "[{" else text[:4]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0
