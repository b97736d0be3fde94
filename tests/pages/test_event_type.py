"""mksite.pages.event_type: each type of event has the list of its releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.pages import event_type, release
from mksite.pages.frame import LONG_LIST, Frame
from mksite.view.overview import EventTypeView, EventTypeYearView, ReleasesView
from mksite.view.page import view_of
from mksite.view.release import ReleaseView
from tests import small_archive
from tests.site_builder import catalogue_of

if TYPE_CHECKING:
    from mksite.catalogue.catalogue import Catalogue
    from mksite.view.part import View

RELEASES: dict[str, dict[str, object]] = {
    "table": {"date": "2013-01-01", "event": {"type": "round-table", "start": "2012-12-30"}},
    "other": {"date": "2014-01-01", "event": {"start": "2014-01-02"}},
    "again": {"date": "2015-01-01", "event": {"type": "round-table", "start": "2015-01-01?"}},
    "notice": {"date": "2016-01-01"},
}


def archive(releases: dict[str, dict[str, object]]) -> Catalogue:
    """An archive of these releases."""
    files: dict[str, str | bytes] = {
        f"content/releases/{ident}.md": small_archive.source({"title": ident, **front})
        for ident, front in releases.items()
    }
    return catalogue_of(files)[0]


def views(catalogue: Catalogue) -> dict[str, View]:
    """The pages by address."""
    frames = tuple(Frame(catalogue, lang) for lang in catalogue.site.languages)
    made = [*event_type.pages(catalogue, frames), *release.pages(catalogue, frames)]
    return {page.path.removesuffix("index.html"): view_of(page) for page in made}


def test_each_type_lists_its_releases() -> None:
    """At the time of the event; a release that tells of no event stands under none."""
    found = views(archive(RELEASES))
    tables = found["events/round-table/"]
    assert isinstance(tables, EventTypeView)
    listed = [(entry.row.title, entry.row.when) for y in tables.records.years for entry in y.rows]
    assert listed == [("again", "2015-01-01?"), ("table", "2012-12-30")]
    assert [(one.type, one.count, one.href) for one in tables.types] == [
        ("round-table", 2, "/events/round-table/"),
        ("other", 1, "/events/other/"),
    ]
    assert "events/seminar/" not in found


def test_the_ways_to_a_type() -> None:
    """From the list of all releases, and from the card of each."""
    found = views(archive(RELEASES))
    every = found["releases/"]
    assert isinstance(every, ReleasesView)
    assert sum(one.count for one in every.types) == len(RELEASES) - 1
    for ident, href in (("table", "/events/round-table/"), ("notice", "")):
        page = found[f"releases/{ident}/"]
        assert isinstance(page, ReleaseView)
        assert page.type_href == href


def test_a_long_list_has_a_page_a_year() -> None:
    """Each leads to the one before and after; a doubtful year has its own place."""
    many: dict[str, dict[str, object]] = {
        f"r{number}": {"event": {"type": "meeting", "start": str(2010 + number % 3)}}
        for number in range(LONG_LIST + 1)
    }
    found = views(archive({**many, "undated": {"event": {"type": "meeting"}}}))
    whole = found["events/meeting/"]
    assert isinstance(whole, EventTypeView)
    assert [year.more for year in whole.records.years] == [
        "/events/meeting/2012/",
        "/events/meeting/2011/",
        "/events/meeting/2010/",
        "/events/meeting/undated/",
    ]
    middle = found["events/meeting/2011/"]
    assert isinstance(middle, EventTypeYearView)
    assert middle.before
    assert middle.after
    assert (middle.before.text, middle.after.text, middle.href) == (
        "2010",
        "2012",
        "/events/meeting/",
    )
    assert sum(year.count for year in whole.records.years) == LONG_LIST + 2
    assert isinstance(found["events/meeting/undated/"], EventTypeYearView)
