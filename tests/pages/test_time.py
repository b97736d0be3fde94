"""A release stands at the time of its event, is counted once, and its doubt goes with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mksite.build.capabilities import CAPABILITIES
from mksite.pages.frame import Frame
from mksite.view.entity import PlaceView, ProgrammeView, TagView
from mksite.view.overview import HomeView, ReleasesView, TimelineView, YearView
from mksite.view.page import view_of
from mksite.view.part import Row, View, YearRows
from mksite.view.release import ReleaseView
from tests import small_archive
from tests.site_builder import catalogue_of, site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mksite.catalogue.catalogue import Catalogue

CHECKOUT = Path(__file__).parents[2]
DATES: dict[str, dict[str, object]] = {
    "plain": {"date": "2013-03-25", "event": {"start": "2013-03-26"}},
    "own": {"date": "2014-05-02"},
    "doubtful": {"event": {"start": "2012?-03-06"}},
    "either": {"event": {"start": "[2016-12,2017-12]"}},
    "decade": {"date": "201X"},
    "yearless": {"date": "2019-01-01", "event": {"start": "XXXX-03-06"}},
    "undated": {},
}
WHEN = {
    "plain": "2013-03-26",
    "own": "2014-05-02",
    "doubtful": "2012?-03-06",
    "either": "[2016-12,2017-12]",
    "decade": "201X",
    "yearless": "XXXX-03-06",
    "undated": "",
}


def archive() -> Catalogue:
    """Releases of every kind of date, all in one programme, place and topic."""
    files: dict[str, str | bytes] = {
        "content/organizations/union.md": small_archive.source({"name": "Союз"}),
        "content/programmes/help.md": small_archive.source({"name": "Помощь"}),
        "content/places/osh.md": small_archive.source({"name": "Ош"}),
        "content/tags/rights.md": small_archive.source({"name": "Права"}),
    }
    for ident, dates in DATES.items():
        around: dict[str, object] = {
            "organizers": ["union"],
            "programme": "help",
            "venue": "osh",
            "tags": ["rights"],
        }
        front = {"title": ident, **dates, **around}
        files[f"content/releases/x/{ident}.md"] = small_archive.source(front)
    made, problems = catalogue_of(files)
    assert problems == ()
    return made


@cache
def real() -> Catalogue:
    """The archive of this checkout."""
    files: dict[str, str | bytes] = {
        path.relative_to(CHECKOUT).as_posix(): path.read_text(encoding="utf-8")
        for path in (CHECKOUT / "content").rglob("*.md")
    }
    site = site_of((CHECKOUT / "site.yaml").read_text(encoding="utf-8"))
    return catalogue_of(files, site)[0]


def views(made: Catalogue) -> Iterator[View]:
    """The Views of all pages that have a template."""
    frames = tuple(Frame(made, lang) for lang in made.site.languages)
    for capability in CAPABILITIES:
        for page in capability(made, frames):
            if page.template:
                yield view_of(page)


def parts(value: object, kind: type[View]) -> Iterator[View]:
    """All parts of a kind within a View, itself included."""
    if isinstance(value, kind):
        yield value
    inner = value if isinstance(value, tuple) else ()
    if isinstance(value, View):
        inner = tuple(getattr(value, name) for name in value.__struct_fields__)
    for part in inner:
        yield from parts(part, kind)


@pytest.mark.parametrize("make", [archive, real])
def test_every_row_stands_at_the_time_of_its_event(make: Callable[[], Catalogue]) -> None:
    """In every list of every page a release has the date that the content gives its event."""
    made = make()
    seen = set()
    for view in views(made):
        for row in parts(view, Row):
            assert isinstance(row, Row)
            ident = row.href.rstrip("/").rpartition("/")[2]
            release = made.releases[ident].release
            assert row.when == ((release.event and release.event.start) or release.date or "")
            seen.add(ident)
    assert seen == set(made.releases)


@pytest.mark.parametrize("make", [archive, real])
def test_on_every_page_the_sums_are_the_number_of_releases(make: Callable[[], Catalogue]) -> None:
    """Each release is counted once: under its year, or under the unknown one."""
    made = make()
    total = len(made.releases)
    counted: dict[int, int] = {}
    for view in views(made):
        if isinstance(view, HomeView):
            assert sum(year.count for year in view.years) + view.undated_count == total
        elif isinstance(view, TimelineView):
            assert sum(year.count for year in view.years) + view.undated_count == total
            for year in view.years:
                assert year.count == sum(month.count for month in year.months)
                assert year.possible == sum(month.possible for month in year.months)
        elif isinstance(view, YearView):
            assert view.count == sum(len(month.rows) for month in view.months)
            counted[view.year] = view.count
        elif isinstance(view, ReleasesView):
            assert sum(year.count for year in view.years) == total
        elif isinstance(view, PlaceView | TagView | ProgrammeView):
            found = view.records
            assert sum(year.count for year in found.years) == found.count + found.mentions
        for group in parts(view, YearRows):
            assert isinstance(group, YearRows)
            assert group.more or len(group.rows) == group.count
    assert sum(counted.values()) == total


def test_what_is_certain_of_a_date_is_kept() -> None:
    """December of 2016 or 2017 is December, in each of the years only possible."""
    made = archive()
    timeline = next(view for view in views(made) if isinstance(view, TimelineView))
    by_year = {year.year: year for year in timeline.years}
    for year in (2016, 2017):
        months = {month.month: month for month in by_year[year].months}
        assert (months[12].count, months[12].possible) == (0, 1)
        assert months[0].possible == 1  # the decade
        assert by_year[year].count == 0
    assert timeline.undated_count == 4
    pages = {view.year: view for view in views(made) if isinstance(view, YearView)}
    titles = {row.title for row in pages[2017].candidates}
    assert titles == {"either", "decade"}
    assert pages[2012].uncertain == pages[2012].count == 1
    assert (pages[2013].count, pages[2013].uncertain) == (1, 0)
    assert [group.uncertain for group in _programme(made).records.years] == [0, 0, 1, 0]


def _programme(made: Catalogue) -> ProgrammeView:
    return next(view for view in views(made) if isinstance(view, ProgrammeView))


def test_dates_of_the_card_are_both_there() -> None:
    """The card says when the event was and when the release came out."""
    pages = [view for view in views(archive()) if isinstance(view, ReleaseView)]
    plain = next(view for view in pages if view.id == "plain")
    assert (plain.start, plain.date) == ("2013-03-26", "2013-03-25")
