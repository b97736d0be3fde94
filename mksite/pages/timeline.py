"""timeline/ and its years: the whole archive in time; undated releases stand apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mksite.catalogue.catalogue import Card, Catalogue, moment_of
from mksite.content.address import output_path
from mksite.view.overview import MonthCount, MonthRows, TimelineView, YearMonths, YearView
from mksite.view.page import Page
from mksite.view.part import Link, ProgrammeBrief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.pages.frame import Frame


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The timeline and a page for each year that a release is or may be of."""
    years = _counts(catalogue)
    unplaced = tuple(card.id for card in catalogue.releases.values() if not card.moment.year)
    for frame in frames:
        yield _timeline(frame, years, len(unplaced))
        ordered = sorted(catalogue.by_year)
        for index, year in enumerate(ordered):
            before = ordered[index - 1] if index else 0
            after = ordered[index + 1] if index + 1 < len(ordered) else 0
            path = output_path(frame.own_path(_path(year)))
            yield Page(path, partial(_year, frame, year, before, after), frame.lang, "year.html")
        if unplaced:
            yield _undated(frame, unplaced)


def _path(year: int) -> str:
    return f"timeline/{year or 'undated'}/"


def _counts(catalogue: Catalogue) -> dict[int, tuple[MonthCount, ...]]:
    counts: dict[int, dict[int, list[int]]] = {}
    for year, idents in catalogue.by_year.items():
        months = counts.setdefault(year, {})
        for ident in idents:
            moment = catalogue.releases[ident].moment
            cell = months.setdefault(moment.month, [0, 0, 0])
            if moment.year == year:
                cell[0] += 1
                cell[1] += moment.is_doubtful
            elif not moment.year:
                cell[2] += 1
    return {
        year: tuple(MonthCount(month, *cell) for month, cell in sorted(months.items()))
        for year, months in counts.items()
    }


def _timeline(frame: Frame, years: dict[int, tuple[MonthCount, ...]], undated_count: int) -> Page:
    catalogue = frame.catalogue
    head = frame.head("timeline/", "", section="timeline")
    briefs = sorted(
        (frame.brief(card.id) for card in catalogue.of_kind("programme")), key=_programme_key
    )
    undated = Link(frame.href(_path(0)), "") if undated_count else None
    view = TimelineView(
        head=head,
        years=tuple(
            YearMonths(
                year,
                frame.href(_path(year)),
                sum(month.count for month in years[year]),
                sum(month.uncertain for month in years[year]),
                sum(month.possible for month in years[year]),
                years[year],
            )
            for year in catalogue.by_year
        ),
        programmes=tuple(briefs),
        undated=undated,
        undated_count=undated_count,
    )
    return Page(output_path(head.path), view, frame.lang, "timeline.html")


def _programme_key(brief: ProgrammeBrief) -> tuple[bool, str, str]:
    return not brief.start, moment_of(brief.start).sort, brief.link.href


def _months(frame: Frame, cards: Iterable[Card]) -> tuple[MonthRows, ...]:
    """Releases by month from the newest; those without a month last."""
    months: dict[int, list[str]] = {}
    for card in cards:
        months.setdefault(card.moment.month, []).append(card.id)
    return tuple(
        MonthRows(month, tuple(frame.row(ident) for ident in months[month]))
        for month in sorted(months, reverse=True)
    )


def _year(frame: Frame, year: int, before: int, after: int) -> YearView:
    releases = frame.catalogue.releases
    cards = [releases[ident] for ident in frame.catalogue.by_year[year]]
    own = [card for card in cards if card.moment.year == year]
    head = frame.head(
        _path(year),
        str(year),
        section="timeline",
        crumbs=(Link(frame.href("timeline/"), ""),),
    )
    return YearView(
        head=head,
        year=year,
        count=len(own),
        uncertain=sum(1 for card in own if card.moment.is_year_doubtful),
        months=_months(frame, own),
        candidates=tuple(frame.row(card.id) for card in cards if card.moment.year != year),
        before=Link(frame.href(_path(before)), str(before)) if before else None,
        after=Link(frame.href(_path(after)), str(after)) if after else None,
    )


def _undated(frame: Frame, undated: tuple[str, ...]) -> Page:
    """Releases of no year or of several: those stand in each of their years as well."""
    head = frame.head(_path(0), "", section="timeline", crumbs=(Link(frame.href("timeline/"), ""),))
    rows = tuple(frame.row(ident) for ident in undated)
    view = YearView(head, 0, len(undated), 0, (MonthRows(0, rows),), (), None, None)
    return Page(output_path(head.path), view, frame.lang, "year.html")
