"""Calendars: every event whose days are certain, in iCalendar that two readers agree about."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import frontmatter
import icalendar
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mksite.catalogue import assembly
from mksite.pages.calendar import calendar, ical
from mksite.pages.calendar.timezone import Zone
from mksite.pages.frame import Frame
from mksite.view.page import view_of
from tests import ical_reader, small_archive
from tests.ical_reader import Component, Event
from tests.real_archive import CHECKOUT, published
from tests.site_builder import NOW, SITE_YAML, catalogue_of, record_of, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.content.config import Site
    from mksite.pages.calendar.calendar import CalendarView

NASTY = ("]]>", "\\", ";,:", "\x00\x0b\x1f", "\r\n", "\u202eслово\u200f", "😀", "\"'", "\u2028")


def views(made: Catalogue) -> dict[str, CalendarView]:
    """All calendars by path, before they are rendered."""
    frames = tuple(Frame(made, lang) for lang in made.site.languages)
    found = {page.path: view_of(page) for page in calendar.pages(made, frames)}
    return {
        path: view
        for path, view in found.items()
        if isinstance(view, calendar.CalendarView) and path.endswith("calendar.ics")
    }


def calendars(files: Mapping[str, str], site: Site | None = None) -> dict[str, Component]:
    """All calendars of inline sources by path, strictly read."""
    made, _ = catalogue_of(files, site)
    return {
        path: ical_reader.read(ical.icalendar(view, None)) for path, view in views(made).items()
    }


def release(ident: str, event: Mapping[str, object], **front: object) -> dict[str, str]:
    """The source of a release by path."""
    values = {"title": ident, "event": event, **front}
    return {f"content/releases/2020/{ident}.md": small_archive.source(values)}


def entity(folder: str, ident: str, **front: object) -> dict[str, str]:
    """The source of an entity by path."""
    return {f"content/{folder}/{ident}.md": small_archive.source({"name": ident, **front})}


def text(component: Component, name: str) -> str:
    """A property's text, or ""."""
    found = component.properties.get(name)
    return found.text if found else ""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The published archive of this checkout."""
    return published(tmp_path_factory.mktemp("real"), "calendars")


def test_the_archives_calendars_hold_the_events_of_the_content(real: dict[str, bytes]) -> None:
    """Every event in content/ that has an exact day, in each language, and a count of the rest."""
    exact, vague = {}, 0
    for source in (CHECKOUT / "content" / "releases").rglob("*.md"):
        if source.stem.endswith((".ky", ".en")):
            continue
        event = frontmatter.load(str(source)).metadata.get("event")
        if isinstance(event, dict):
            start = str(event.get("start", ""))
            if re.fullmatch(r"\d{4}-\d\d-\d\d", start):
                exact[f"releases/{source.stem}@migrant-rights.example.kg"] = start
            else:
                vague += 1
    assert len(exact) > 1
    for path in ("calendar.ics", "ky/calendar.ics", "en/calendar.ics"):
        found = ical_reader.read(real[path])
        ours = {event.uid: event.start.isoformat() for event in ical_reader.events(found)}
        assert ours == exact
        assert found.properties["X-MKSITE-LEFT-OUT"].value == str(vague)
        assert text(found, "DESCRIPTION").endswith(f": {vague}.")


def test_two_readers_agree_about_every_calendar(real: dict[str, bytes]) -> None:
    """The package `icalendar` and the strict reader find the same events, texts and days."""
    paths = [path for path in real if path.endswith(".ics")]
    assert len(paths) > 60
    for path in paths:
        strict = ical_reader.read(real[path])
        package = icalendar.Calendar.from_ical(real[path])
        assert package.get("DESCRIPTION", "") == text(strict, "DESCRIPTION")
        theirs = [
            Event(
                str(event["UID"]),
                event.decoded("DTSTART"),
                event.decoded("DTEND") if "DTEND" in event else None,
                str(event["SUMMARY"]),
                str(event.get("STATUS", "")),
            )
            for event in package.walk("VEVENT")
        ]
        assert theirs == ical_reader.events(strict)
        assert theirs or path.count("/") < 2


DAY = "20130326"


@pytest.mark.parametrize(
    ("event", "start", "end"),
    [
        ({"start": "2013-03-26"}, f";VALUE=DATE:{DAY}", ""),
        ({"start": "2013-03-26", "end": "2013-03-28"}, f";VALUE=DATE:{DAY}", "DATE:20130329"),
        ({"start": "2013-03-26", "end": "2013-03-26"}, f";VALUE=DATE:{DAY}", ""),
        ({"start": "2013-12-31", "end": "2014-01-01"}, ";VALUE=DATE:20131231", "DATE:20140102"),
        ({"start": "2013-03-26/2013-03-28"}, f";VALUE=DATE:{DAY}", "DATE:20130329"),
        ({"start": "2013-03-26T09:30"}, f";TZID=Asia/Bishkek:{DAY}T093000", ""),
        ({"start": "2013-03-26T09:30", "end": "2013-03-26"}, f"Bishkek:{DAY}T093000", ""),
        (
            {"start": "2013-03-26T09:30", "end": "2013-03-26T17:00"},
            f";TZID=Asia/Bishkek:{DAY}T093000",
            f";TZID=Asia/Bishkek:{DAY}T170000",
        ),
        (
            {"start": "2013-03-26T09:30", "end": "2013-03-27"},
            f";VALUE=DATE:{DAY}",
            "DATE:20130328",
        ),
        (
            {"start": "2013-03-26", "end": "2013-03-27T12:00"},
            f";VALUE=DATE:{DAY}",
            "DATE:20130328",
        ),
        ({"start": "2013-03-26T09:30Z"}, f";TZID=Asia/Bishkek:{DAY}T153000", ""),
        ({"start": "2013-03-26T22:00-05:00"}, ";TZID=Asia/Bishkek:20130327T090000", ""),
        ({"start": "9999-12-31"}, ";VALUE=DATE:99991231", ""),
        ({"start": "0001-01-01T00:00"}, ":00010101T000000", ""),
    ],
    ids=json.dumps,
)
def test_days_and_times_are_written_as_they_are(
    event: dict[str, object], start: str, end: str
) -> None:
    """Days without a time zone, the last one exclusive; times in the site's zone."""
    made, _ = catalogue_of(release("one", event))
    data = ical.icalendar(views(made)["calendar.ics"], None)
    [found] = ical_reader.read(data).of_kind("VEVENT")
    lines = data.decode().partition("BEGIN:VEVENT")[2].split("\r\n")
    [start_line] = [line for line in lines if line.startswith("DTSTART")]
    end_lines = [line for line in lines if line.startswith("DTEND")]
    assert start_line.endswith(start)
    assert (len(end_lines) == 1 and end_lines[0].endswith(end)) if end else not end_lines
    assert text(found, "SUMMARY") == "one"


@pytest.mark.parametrize(
    "event",
    [
        {"start": "2013"},
        {"start": "2013-03"},
        {"start": "2012-03-06?"},
        {"start": "2012-03-06~"},
        {"start": "XXXX-03-06"},
        {"start": "[2016-12,2017-12]"},
        {"start": "2013-03-26/.."},
        {"start": "2013-03-26/2013-04"},
        {"start": "2013-03-26/2013-03-28?"},
        {"start": "2013-03-26", "end": "2013-03-28?"},
        {"start": "2013-03-26", "end": "2013-04"},
        {"type": "seminar"},
    ],
    ids=json.dumps,
)
def test_what_is_not_certain_is_left_out_and_counted(event: dict[str, object]) -> None:
    """In the calendar's description, in its language, and in a property for programs."""
    files = {
        **release("vague", event, date="2012-01-01"),
        **release("sure", {"start": "2013-01-01"}),
    }
    words = {"": "Не вошли", "ky/": "кирбей калган", "en/": "not known for certain"}
    for folder, word in words.items():
        found = calendars(files)[f"{folder}calendar.ics"]
        assert [event.summary for event in ical_reader.events(found)] == ["sure"]
        assert found.properties["X-MKSITE-LEFT-OUT"].value == "1"
        assert word in text(found, "DESCRIPTION")
        assert text(found, "DESCRIPTION") == text(found, "X-WR-CALDESC")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("scheduled", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
        (None, ""),
    ],
)
def test_a_status_is_said_in_the_words_of_the_standard(status: str | None, expected: str) -> None:
    """An event of which nothing is said has none."""
    event = {"start": "2013-03-26", "status": status}
    [found] = ical_reader.events(calendars(release("one", event))["calendar.ics"])
    assert found.status == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("calendar.ics", "Отменено: Встреча, {title}"),
        ("ky/calendar.ics", "Жокко чыгарылды: Жолугушуу"),
        ("en/calendar.ics", "Cancelled: Meeting"),
    ],
)
def test_a_cancelled_event_says_so_before_its_name(path: str, expected: str) -> None:
    """In the language of the name, as both readers find it; braces in a title are letters."""
    files = {
        **release("one", {"start": "2013-03-26", "status": "cancelled"}, title="Встреча, {title}"),
        "content/releases/2020/one.ky.md": small_archive.source({"title": "Жолугушуу"}, "Текст."),
        "content/releases/2020/one.en.md": small_archive.source({"title": "Meeting"}, "Text."),
    }
    made, _ = catalogue_of(files)
    data = ical.icalendar(views(made)[path], None)
    [strict] = ical_reader.read(data).of_kind("VEVENT")
    [package] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert text(strict, "SUMMARY") == str(package["SUMMARY"]) == expected
    assert strict.properties["SUMMARY"].parameters["LANGUAGE"] == (
        path[:2] if "/" in path else "ru"
    )


@pytest.mark.parametrize("status", ["scheduled", "held", "postponed", None])
def test_another_event_keeps_its_name(status: str | None) -> None:
    """Only a cancelled event has a word before its name."""
    files = release("one", {"start": "2013-03-26", "status": status})
    [found] = calendars(files)["calendar.ics"].of_kind("VEVENT")
    assert text(found, "SUMMARY") == "one"


def test_every_calendar_is_published_and_asks_nothing(real: dict[str, bytes]) -> None:
    """METHOD (RFC 5546) is PUBLISH: a program takes the events without asking for an answer."""
    for path in [path for path in real if path.endswith(".ics")]:
        assert icalendar.Calendar.from_ical(real[path])["METHOD"] == "PUBLISH", path


def test_an_event_says_where_what_and_since_when() -> None:
    """The places around the venue, the summary, the page, and one id in all languages."""
    files = {
        **entity("places", "bishkek"),
        **entity("places", "hall", within="bishkek", address="Мира; 1", coordinates=[1.5, 2]),
        **entity("tags", "a", name="Труд, право"),
        **entity("tags", "b"),
        **release(
            "one",
            {"start": "2013-03-26"},
            date="2013-03-25",
            venue="hall",
            tags=["a", "b"],
            summary="Кратко, ясно; \\ всё",
            date_note="Час неизвестен.",
            corrections=[{"date": "2020-01-05", "text": "Имя."}],
        ),
        "content/releases/2020/one.en.md": small_archive.source({"title": "One"}, "Text."),
    }
    site = site_of(SITE_YAML.replace("https://archive.example", "https://a.example/in/a/"))
    found = calendars(files, site)
    [russian] = found["calendar.ics"].of_kind("VEVENT")
    [english] = found["en/calendar.ics"].of_kind("VEVENT")
    assert text(russian, "UID") == text(english, "UID") == "releases/one@a.example/in/a"
    assert (text(russian, "SUMMARY"), text(english, "SUMMARY")) == ("one", "One")
    assert text(russian, "LOCATION") == "hall, Мира; 1, bishkek"
    assert russian.properties["GEO"].value == "1.500000;2.000000"
    assert russian.properties["CATEGORIES"].texts == ["Труд, право", "b"]
    assert text(russian, "DESCRIPTION") == (
        "Кратко, ясно; \\ всё\n\nЧас неизвестен.\n\nhttps://a.example/in/a/releases/one/"
    )
    assert english.properties["URL"].value == "https://a.example/in/a/en/releases/one/"
    assert russian.properties["DTSTAMP"].value == "20200105T175959Z"
    assert russian.properties["SEQUENCE"].value == "1"
    assert found["calendar.ics"].properties["URL"].value == "https://a.example/in/a/"


def test_entities_have_the_events_of_their_pages() -> None:
    """One without a certain event has no calendar; the site always has one, even an empty one."""
    files = {
        **entity("organizations", "iom"),
        **entity("organizations", "un"),
        **entity("places", "bishkek"),
        **entity("places", "hall", within="bishkek"),
        **entity("tags", "rights"),
        **release("a", {"start": "2013-01-02"}, organizers=["iom"], venue="hall"),
        **release("b", {"start": "2013-01-03"}, partners=["iom"], tags=["rights"]),
        **release("c", {"start": "2013"}, organizers=["un"], venue="bishkek"),
    }
    found = {
        path: "".join(event.summary for event in ical_reader.events(component))
        for path, component in calendars(files).items()
        if not path.startswith(("ky", "en"))
    }
    assert found == {
        "calendar.ics": "ba",
        "organizations/iom/calendar.ics": "ba",
        "places/bishkek/calendar.ics": "a",
        "places/hall/calendar.ics": "a",
        "tags/rights/calendar.ics": "b",
    }
    assert ical_reader.events(calendars(entity("tags", "rights"))["calendar.ics"]) == []


def test_of_many_events_the_newest_are_kept_and_all_are_in_the_years(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the event's own start, then id, whatever the order of the releases."""
    monkeypatch.setattr(calendar, "MOST_OCTETS", 2600)
    files: dict[str, str] = {}
    starts = ("2021-01-01", "2021-01-05", "2021-01-05", "2019-01-03", "2021-01-04", "2021-02-01?")
    for number, day in enumerate(starts):
        files |= release(f"r{number}", {"start": day}, date=f"2019-01-0{number + 1}")
    made, _ = catalogue_of(files)
    found = {
        page.path: ical_reader.read(ical.icalendar(view, None))
        for page in calendar.pages(made, (Frame(made, "ru"),))
        if "/" not in page.path and isinstance(view := view_of(page), calendar.CalendarView)
    }
    held = {
        path: [event.summary for event in ical_reader.events(component)]
        for path, component in found.items()
    }
    assert held == {
        "calendar.ics": ["r1", "r2", "r4"],
        "calendar-2021.ics": ["r1", "r2", "r4"],
        "calendar-2019.ics": ["r3"],
    }
    said = text(found["calendar.ics"], "DESCRIPTION").split("\n")
    assert said[0].endswith(": 1.")
    assert said[1].endswith(": 2.")
    assert said[2].endswith("/calendar-2021.ics")
    assert text(found["calendar-2021.ics"], "DESCRIPTION").endswith(": 1.")
    assert text(found["calendar-2019.ics"], "NAME").endswith(", 2019")
    counted = found["calendar.ics"].properties["X-MKSITE-LEFT-OUT"].value
    assert counted == "1"


def test_no_calendar_is_larger_than_programs_take() -> None:
    """However much is said of each of many events; each event is in the calendar of its year."""
    front = {"tags": ["rights"], "venue": "osh"}
    files = {**entity("tags", "rights"), **entity("places", "osh")}
    for number in range(700):
        words = f"«Слово», дело; вещь {number}. " * (1 + number % 40)
        start = {"start": f"{2011 + number % 3}-01-{1 + number % 28:02}T09:30"}
        files |= release(f"r{number}", start, title=words[:200], summary=words, **front)
    made, _ = catalogue_of(files, site_of("title: A\nurl: https://a.example\nlanguages: [ru]\n"))
    sizes: dict[str, int] = {}
    held: dict[str, int] = {}
    for page in calendar.pages(made, (Frame(made, "ru"),)):
        if page.path.startswith("calendar"):
            view = view_of(page)
            assert isinstance(view, calendar.CalendarView)
            sizes[page.path] = len(ical.icalendar(view, None))
            held[page.path] = len(view.events)
    assert max(sizes.values()) < 1_000_000
    assert sizes["calendar.ics"] > 600_000
    years = {f"calendar-{year}.ics" for year in (2011, 2012, 2013)}
    assert held.keys() == {"calendar.ics", *years}
    assert sum(held[path] for path in years) == len(made.releases)


def test_bishkek_has_its_summer_times_until_2005() -> None:
    """Its history is told as far as events need it: UTC+6 since the summer of 2005."""
    files = {
        **release("a", {"start": "2004-12-01T10:00"}),
        **release("b", {"start": "2005-06-01T10:00"}),
        **release("c", {"start": "2013-12-01T10:00"}),
    }
    data = calendars(files)["calendar.ics"]
    [zone] = data.of_kind("VTIMEZONE")
    told = [
        (part.kind, part.properties["DTSTART"].value, part.properties["TZOFFSETTO"].value)
        for part in zone.children
    ]
    assert told == [
        ("STANDARD", "20040101T000000", "+0500"),
        ("DAYLIGHT", "20040328T023000", "+0600"),
        ("STANDARD", "20041031T023000", "+0500"),
        ("DAYLIGHT", "20050327T023000", "+0600"),
        ("STANDARD", "20050812T000000", "+0600"),
    ]
    expected = {"a": 5, "b": 6, "c": 6}
    for event in ical_reader.events(data):
        assert isinstance(event.start, datetime)
        hours = ical_reader.offset_at(data, event.start) / timedelta(hours=1)
        assert hours == expected[event.summary]


ZONES = (
    "Asia/Bishkek",
    "Asia/Kathmandu",
    "Europe/London",
    "America/New_York",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/St_Johns",
    "Etc/UTC",
)
moments = st.datetimes(datetime(1960, 1, 1), datetime(2060, 1, 1))  # noqa: DTZ001  local times


@settings(max_examples=150)
@given(st.sampled_from(ZONES), st.lists(moments, min_size=1, max_size=5))
def test_every_zone_is_told_as_its_data_say(name: str, locals_: list[datetime]) -> None:
    """At any local time that exists once, a calendar's VTIMEZONE gives the zone's own offset."""
    zone = ZoneInfo(name)
    view = calendar.CalendarView(
        "ru",
        "n",
        "",
        "https://a.example/",
        "https://a.example/c.ics",
        name,
        Zone(name).observances({local.year for local in locals_}),
        0,
        (),
    )
    data = ical_reader.read(ical.icalendar(view, None))
    for local in locals_:
        moment = local.replace(microsecond=0)
        first, second = (moment.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
        if first == second:
            assert ical_reader.offset_at(data, moment) == first


def test_each_certain_event_has_a_file_of_its_own() -> None:
    """The file holds the event as the calendar has it, in the languages of the release's pages."""
    files = {
        **release("timed", {"start": "2013-07-26T09:30"}),
        **release("doubtful", {"start": "2012?-03-06"}),
        "content/releases/2020/timed.ky.md": small_archive.source({"title": "Стол"}, "Текст."),
    }
    made, _ = catalogue_of(files)
    frames = tuple(Frame(made, lang) for lang in made.site.languages)
    found = {
        page.path: ical.icalendar(view, None)
        for page in calendar.pages(made, frames)
        if page.path.startswith(("releases/", "ky/releases/", "en/releases/"))
        and isinstance(view := view_of(page), calendar.CalendarView)
    }
    assert set(found) == {"releases/timed/timed.ics", "ky/releases/timed/timed.ics"}
    whole = ical.icalendar(views(made)["ky/calendar.ics"], None)
    events = [
        icalendar.Calendar.from_ical(data).walk("VEVENT")[0].to_ical()
        for data in (found["ky/releases/timed/timed.ics"], whole)
    ]
    assert events[0] == events[1]
    alone = ical_reader.read(found["releases/timed/timed.ics"])
    assert not {"NAME", "SOURCE", "REFRESH-INTERVAL"} & set(alone.properties)
    links = {ident: calendar.event_link(frames[1], ident) for ident in ("timed", "doubtful")}
    assert links == {"timed": "/ky/releases/timed/timed.ics", "doubtful": ""}


def test_other_zones_reach_the_readers() -> None:
    """In London an event is an hour from UTC in summer and none in winter."""
    files = {
        **release("w", {"start": "2013-01-26T09:30"}),
        **release("s", {"start": "2013-07-26T09:30"}),
    }
    site = site_of(f"{SITE_YAML}timezone: Europe/London\n")
    made, _ = catalogue_of(files, site)
    found = icalendar.Calendar.from_ical(ical.icalendar(views(made)["calendar.ics"], None))
    offsets = {
        str(event["SUMMARY"]): event.decoded("DTSTART").utcoffset()
        for event in found.walk("VEVENT")
    }
    assert offsets == {"w": timedelta(0), "s": timedelta(hours=1)}


unpleasant = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8),
        st.sampled_from(("слово ", "x" * 10_000)),
    ),
    min_size=1,
    max_size=6,
).map("".join)


@settings(max_examples=60)
@given(unpleasant, unpleasant, unpleasant)
def test_no_text_breaks_a_calendar(title: str, words: str, name: str) -> None:
    """Both readers read it, and of every text all that iCalendar can carry arrives."""
    site = site_of("title: A\nurl: https://a.example\nlanguages: [ru]\n")
    files = {
        **release("r", {"start": "2013-01-01"}, venue="p", tags=["t"], summary="x", date_note="x"),
        **entity("places", "p"),
        **entity("tags", "t"),
    }
    records = []
    for path, source in files.items():
        record = record_of(path, source, site)
        changed = (
            {"title": title, "date_note": words, "summary": words}
            if record.kind == "release"
            else {"name": name}
        )
        assert record.meta
        meta = msgspec.structs.replace(record.meta, **changed)
        records.append(msgspec.structs.replace(record, meta=meta))
    made, _ = assembly.assemble(records, (), site, now=NOW)
    for view in views(made).values():
        data = ical.icalendar(view, None)
        [event] = ical_reader.read(data).of_kind("VEVENT")
        [theirs] = icalendar.Calendar.from_ical(data).walk("VEVENT")
        assert text(event, "SUMMARY") == theirs["SUMMARY"]
        assert text(event, "SUMMARY") == (cleaned(title) or "https://a.example/releases/r/")
        assert text(event, "LOCATION") == cleaned(name)
        assert text(event, "DESCRIPTION").endswith("\n\nhttps://a.example/releases/r/") or (
            not cleaned(words)
        )


def cleaned(words: str) -> str:
    """The text without control characters and what is no character."""
    lines = re.sub(r"\r\n?", "\n", words)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", "", lines)


def test_calendars_change_with_titles_and_not_with_bodies(tmp_path: Path) -> None:
    """A body stands in no calendar; a title in those that hold its event."""
    site = small_archive.make(tmp_path / "site", ("calendars",))
    site.build()
    name = "content/releases/2013/table.md"
    front = str(small_archive.RELEASES[name])
    site.write({name: front.replace("Состоится", "Прошёл")})
    assert not [path for path in site.build().result.rendered if path.endswith(".ics")]
    site.write({name: front.replace("Круглый стол", "Овальный стол")})
    changed = {path for path in site.build().result.rendered if path.endswith(".ics")}
    holding = (
        "",
        "organizations/union/",
        "organizations/fund/",
        "programmes/help/",
        "places/hall/",
        "places/bishkek/",
        "tags/labour/",
        "tags/rights/",
    )
    followed = {f"{lang}{path}calendar.ics" for lang in ("", "ky/") for path in holding}
    assert changed == followed | {"releases/table/table.ics"}


@pytest.mark.parametrize("size", [20, 40])
def test_each_event_is_made_once_a_language(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many calendars hold it: the work grows as the archive does."""
    made = Counter[str]()
    original = calendar._Maker._event  # noqa: SLF001  what is counted is inside

    def counted(self: calendar._Maker, card: Card, occasion: object) -> calendar.EventView:
        made[card.id] += 1
        return original(self, card, occasion)  # type: ignore[arg-type]

    monkeypatch.setattr(calendar._Maker, "_event", counted)  # noqa: SLF001
    files = {**entity("organizations", "iom"), **entity("tags", "t"), **entity("places", "p")}
    for number in range(size):
        event = {"start": f"2020-01-{1 + number % 28:02}"}
        files |= release(f"r{number}", event, organizers=["iom"], tags=["t"], venue="p")
    catalogue, _ = catalogue_of(files)
    assert len(views(catalogue)) == 4 * 3
    assert set(made.values()) == {3}
    assert len(made) == size
