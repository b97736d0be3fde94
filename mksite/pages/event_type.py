"""events/<type>/: the releases that tell of round tables, of conferences, of campaigns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

from mksite.content.address import output_path
from mksite.content.code_list import EventType
from mksite.pages import records
from mksite.pages.frame import year_path
from mksite.pages.records import Involved
from mksite.view.overview import EventTypeCount, EventTypeView, EventTypeYearView
from mksite.view.page import Page
from mksite.view.part import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.pages.frame import Frame


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """A page for each type that there are releases of, and one for each year of a long list."""
    for code, found in _found(catalogue).items():
        years = records.by_year(catalogue, found) if found.is_divided else {}
        ordered = (0, *sorted(years), 0)
        for frame in frames:
            view = partial(_view, frame, code, found)
            path = output_path(frame.own_path(_path(code)))
            yield Page(path, view, frame.lang, "event-type.html")
            for before, year, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
                of_year = partial(_year, frame, code, years[year], (before, year, after))
                path = output_path(frame.own_path(year_path(_path(code), year)))
                yield Page(path, of_year, frame.lang, "event-type-year.html")


def counts(frame: Frame) -> tuple[EventTypeCount, ...]:
    """How many releases there are of each type, in the order of the model's types."""
    return tuple(
        EventTypeCount(code, frame.href(_path(code)), len(found.releases))
        for code, found in _found(frame.catalogue).items()
    )


def href(frame: Frame, card: Card) -> str:
    """Where the releases of the same type as one are listed; "" where it tells of no event."""
    return frame.href(_path(card.event.type)) if card.release.event else ""


def _path(code: str) -> str:
    return f"events/{code}/"


def _found(catalogue: Catalogue) -> dict[str, Involved]:
    """The releases of each type that there are any of, newest first; those that tell of no event
    are of none.
    """
    by_type: dict[str, list[str]] = {}
    for card in catalogue.releases.values():
        if card.release.event:
            by_type.setdefault(card.event.type, []).append(card.id)
    return {
        code: Involved(tuple((ident, ()) for ident in by_type[code]))
        for code in get_args(EventType)
        if code in by_type
    }


def _view(frame: Frame, code: str, found: Involved) -> EventTypeView:
    path = _path(code)
    crumbs = (Link(frame.href("releases/"), ""),)
    head = frame.head(path, "", section="releases", crumbs=crumbs)
    return EventTypeView(head, code, counts(frame), records.record_list(frame, found, path))


def _year(
    frame: Frame, code: str, found: Involved, years: tuple[int, int, int]
) -> EventTypeYearView:
    before, year, after = years
    path = _path(code)
    head = frame.head(
        year_path(path, year), "", section="releases", crumbs=(Link(frame.href("releases/"), ""),)
    )
    return EventTypeYearView(
        head=head,
        type=code,
        href=frame.href(path),
        year=year,
        records=records.record_list(frame, found),
        before=_year_link(frame, path, before),
        after=_year_link(frame, path, after),
    )


def _year_link(frame: Frame, path: str, year: int) -> Link | None:
    return Link(frame.href(year_path(path, year)), str(year)) if year else None
