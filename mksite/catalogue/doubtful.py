"""Finds dates that are almost surely slips of the pen: they would stretch every chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.catalogue.catalogue import Card, Placed
from mksite.catalogue.naming import day_range
from mksite.content.problem import Fault, FieldPath, fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

EARLIEST_YEAR = 1900
YEARS_AHEAD = 5  # of now, that an event may be announced
YEARS_APART = 2  # of publication and event, from which on the editor is to say why
_DOUBT = frozenset("?~%X[{/")


def doubtful(cards: Iterable[Card], now: datetime) -> Iterator[Placed]:
    """A warning for each release whose dates cannot be meant. Each vanishes by itself with time,
    so that a build with nothing to do need not look again.
    """
    for card in cards:
        path = next(iter(card.records.values())).path
        for wrong in _of_release(card, now):
            yield Placed(path, wrong)


def _of_release(card: Card, now: datetime) -> Iterator[Fault]:
    release, event = card.release, card.event
    dates: tuple[tuple[FieldPath, str | None], ...] = (
        (("date",), release.date),
        (("event", "start"), event.start),
        (("event", "end"), event.end),
    )
    unlikely = False
    for field, text in dates:
        year = _year(text)
        if year and not EARLIEST_YEAR <= year <= now.year + YEARS_AHEAD:
            unlikely = True
            yield fault("year-unlikely", field, severity="warning", value=str(year))
    if unlikely:
        return
    published, held = _year(release.date), _year(event.start)
    is_certain = _DOUBT.isdisjoint(f"{release.date}{event.start}")
    is_told = release.date_note is not None
    if published and held and is_certain and not is_told and abs(published - held) >= YEARS_APART:
        wrong = fault(
            "dates-apart",
            ("date",),
            severity="warning",
            published=str(published),
            held=str(held),
        )
        yield wrong
    if event.status == "held" and event.start:
        days = day_range(event.start)
        if days is not None and days[0] > now.date():
            where = ("event", "status")
            yield fault("held-ahead", where, severity="warning", value=event.start)


def _year(text: str | None) -> int:
    """The year that a date begins with, or 0."""
    if not text:
        return 0
    digits = text[1:5] if text[0] in "[{" else text[:4]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0
