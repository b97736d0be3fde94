"""Feeds: every release that can be placed in time, in valid Atom, with ids and dates to rely on."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import feedparser
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from mksite.catalogue import assembly
from mksite.pages.feed import atom, feed
from mksite.pages.frame import Frame
from mksite.view.page import view_of
from tests import small_archive
from tests.real_archive import published
from tests.site_builder import NOW, SITE_YAML, catalogue_of, record_of, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.content.config import Site
    from mksite.pages.feed.feed import FeedView
    from mksite.view.part import BodyRef
    from tests.site_builder import SmallSite

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "schemas" / "atom.rng"))
BODY = "<p>Текст.</p>\n"
NASTY = ("]]>", "<b>&amp;</b>", "\x00\x0b\x1f", "\r\n", "\u202eслово\u200f", "😀", "\"'", "\ufffe")


NO_XML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Stub:
    """A renderer that knows one body."""

    def __init__(self, body: str = BODY) -> None:
        self.html = body

    def body(self, _ref: BodyRef) -> str:
        """The body's HTML."""
        return self.html


class Parsed(NamedTuple):
    """A feed in the eyes of the schema and of a reader's program."""

    root: etree._Element
    entries: list[etree._Element]
    reader: feedparser.FeedParserDict


def parsed(data: bytes) -> Parsed:
    """The feed, which must be valid by the schema and by the rules that no schema can say."""
    root = etree.fromstring(data)
    SCHEMA.assertValid(root)
    entries = root.findall(f"{ATOM}entry")
    reader = feedparser.parse(data)
    assert reader.bozo == 0
    assert len(reader.entries) == len(entries)
    assert root.find(f"{ATOM}author") is not None or all(e.find(f"{ATOM}author") for e in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for element in (root, *entries):
        links = element.findall(f"{ATOM}link")
        kinds = Counter((link.get("rel"), link.get("type"), link.get("hreflang")) for link in links)
        assert max(kinds.values()) == 1
    return Parsed(root, entries, reader)


def texts(found: Parsed, name: str) -> list[str]:
    """A child of every entry as text, "" where it has none."""
    return [entry.findtext(f"{ATOM}{name}") or "" for entry in found.entries]


def link(element: etree._Element, rel: str, kind: str = "") -> str:
    """The first address of a relation."""
    for found in element.findall(f"{ATOM}link"):
        if found.get("rel") == rel and found.get("type", "").startswith(kind):
            return found.get("href", "")
    return ""


def views(made: Catalogue) -> dict[str, FeedView]:
    """All feeds by path, before they are rendered."""
    frames = tuple(Frame(made, lang) for lang in made.site.languages)
    found = {page.path: view_of(page) for page in feed.pages(made, frames)}
    return {path: view for path, view in found.items() if isinstance(view, feed.FeedView)}


def feeds(
    files: Mapping[str, str], site: Site | None = None, body: str = BODY, now: datetime = NOW
) -> dict[str, Parsed]:
    """All feeds of inline sources by path."""
    made, _ = catalogue_of(files, site, now=now)
    return {
        path: parsed(atom.atom(view, Stub(body)))  # type: ignore[arg-type]  # it needs no more
        for path, view in views(made).items()
    }


def release(ident: str, **front: object) -> dict[str, str]:
    """The source of a release by path."""
    body = str(front.pop("body", "Текст."))
    text = small_archive.source({"title": ident, **front}, body)
    return {f"content/releases/2020/{ident}.md": text}


def entity(folder: str, ident: str, **front: object) -> dict[str, str]:
    """The source of an entity by path."""
    return {f"content/{folder}/{ident}.md": small_archive.source({"name": ident, **front})}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The published archive of this checkout."""
    return published(tmp_path_factory.mktemp("real"), "feeds", "calendars")


def test_every_feed_of_the_archive_is_valid_and_has_entries(real: dict[str, bytes]) -> None:
    """Of the site and of every entity in three languages: by the schema and by feedparser."""
    paths = [path for path in real if path.endswith("feed.xml")]
    for path in paths:
        found = parsed(real[path])
        assert found.entries
        style = found.root.getprevious()
        assert style is not None
        assert 'type="text/css"' in str(style.text)
        assert real[str(style.get("href")).removeprefix("/")].startswith(b"/* ")
        assert link(found.root, "self") == f"https://migrant-rights.example.kg/{path}"
        lang = path.partition("/")[0]
        assert found.root.get(XML_LANG) == (lang if lang in ("ky", "en") else "ru")
    by_lang = Counter(path.partition("/")[0] for path in paths)
    assert by_lang["en"] == by_lang["ky"] == len(paths) / 3 > 50


def test_pages_and_feeds_lead_to_each_other(real: dict[str, bytes]) -> None:
    """What a page's head names is there; its own feed and calendar are in head and footer."""
    named = set()
    for path, data in real.items():
        if not path.endswith(".html"):
            continue
        page = html.fromstring(data)
        heads = page.xpath(
            "//head/link[@rel='alternate'][@type='application/atom+xml' or @type='text/calendar']"
        )
        hrefs = [found.get("href").removeprefix("/") for found in heads]
        assert set(hrefs) <= real.keys(), path
        footer = [a.get("href").removeprefix("/") for a in page.xpath("//footer//a")]
        assert set(hrefs) <= set(footer), path
        assert all(found.get("title") for found in heads)
        folder = path.removesuffix("index.html")
        named |= {href for href in hrefs if href.rpartition("/")[0] == folder.rstrip("/")}
    assert named == {path for path in real if path.endswith(("feed.xml", "calendar.ics"))}


@pytest.mark.parametrize(
    ("front", "published_at", "updated_at", "words"),
    [
        ({"date": "2013-03-25"}, "2013-03-25T12:00:00+06:00", "2013-03-25T12:00:00+06:00", ""),
        ({"date": "2004-07-01"}, "2004-07-01T12:00:00+06:00", "2004-07-01T12:00:00+06:00", ""),
        ({"date": "2004-12-01"}, "2004-12-01T12:00:00+05:00", "2004-12-01T12:00:00+05:00", ""),
        (
            {"date": "2013-03-25T09:30"},
            "2013-03-25T09:30:00+06:00",
            "2013-03-25T09:30:00+06:00",
            "",
        ),
        ({"date": "2013-03-25T09:30Z"}, "2013-03-25T09:30:00Z", "2013-03-25T09:30:00Z", ""),
        ({"date": "2013"}, "", "2013-01-01T12:00:00+06:00", "2013"),
        ({"date": "2013-03"}, "", "2013-03-01T12:00:00+06:00", "март 2013"),
        ({"date": "2012-03-06?"}, "", "2012-03-06T12:00:00+06:00", "6 марта"),
        ({"date": "2016~"}, "", "2016-01-01T12:00:00+06:00", "2016"),
        ({"date": "[2016-12,2017-12]"}, "", "2016-12-01T12:00:00+06:00", "2017"),
        ({"date": "../2010"}, "", "2010-12-31T12:00:00+06:00", "2010"),
        ({"date": "1850-05-05"}, "1850-05-05T07:01:36Z", "1850-05-05T07:01:36Z", ""),
        ({"event": {"start": "2013-03-26"}}, "", "2013-03-26T12:00:00+06:00", "26 марта 2013"),
        (
            {"date": "2013-03-25", "corrections": [{"date": "2020-01-05", "text": "Имя."}]},
            "2013-03-25T12:00:00+06:00",
            "2020-01-05T23:59:59+06:00",
            "",
        ),
        (
            {"date": "2013-03-25", "corrections": [{"date": "2013-03-25", "text": "Имя."}]},
            "2013-03-25T12:00:00+06:00",
            "2013-03-25T23:59:59+06:00",
            "",
        ),
        (
            {"date": "2013-03-25", "corrections": [{"date": "2013", "text": "Имя."}]},
            "2013-03-25T12:00:00+06:00",
            "2013-12-31T23:59:59+06:00",
            "",
        ),
        (
            {"date": "XXXX-12-18", "corrections": [{"date": "2020-01-05", "text": "Имя."}]},
            "",
            "2020-01-05T23:59:59+06:00",
            "18 декабря",
        ),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else None,
)
def test_dates_are_never_more_exact_than_the_content(
    front: dict[str, object], published_at: str, updated_at: str, words: str
) -> None:
    """`published` only for a known day, `updated` by the rule, an inexact date in words."""
    found = feeds(release("one", **front))["feed.xml"]
    assert texts(found, "published") == [published_at]
    assert texts(found, "updated") == [updated_at]
    assert found.root.findtext(f"{ATOM}updated") == updated_at
    [content] = texts(found, "content")
    first, _, rest = content.replace("\xa0", " ").partition("\n")
    assert (words in first and rest == BODY) if words else content == BODY


def test_a_feed_goes_by_what_is_new_in_the_archive() -> None:
    """What was added or corrected last stands first, whatever it tells of; nothing comes later."""
    old = {"date": "2001-02-03", "corrections": [{"date": "2026-11-22", "text": "Имя."}]}
    files = {
        **release("bulk-old", date="2013-03-25", added="2026-11-20"),
        **release("bulk-new", date="2019-09-17", added="2026-11-20"),
        **release("noyear", date="XXXX-12-18", added="2026-11-20"),
        **release("coming", event={"start": "2031-05-01"}, added="2026-11-21"),
        **release("corrected", **old, added="2026-11-20"),
        **release("timed", date="2013-03-25", added="2026-11-23T09:30"),
    }
    found = feeds(files, now=datetime(2026, 11, 24, tzinfo=UTC))["feed.xml"]
    assert texts(found, "title") == [
        "timed", "corrected", "coming", "bulk-new", "bulk-old", "noyear",
    ]  # fmt: skip
    instants = [entry.updated_parsed for entry in found.reader.entries]
    assert instants == sorted(set(instants), reverse=True)
    assert {text[:10] for text in texts(found, "updated")[3:]} == {"2026-11-20"}
    assert texts(found, "updated")[0] == "2026-11-23T09:30:00+06:00"
    assert found.root.findtext(f"{ATOM}updated") == texts(found, "updated")[0]


@pytest.mark.parametrize(
    ("front", "updated_at", "later"),
    [
        # A day's noon, at nine in the morning: its beginning; what it says of itself is no more.
        ({"date": "2026-11-20"}, "2026-11-20T00:00:00+06:00", "2026-11-20T12:00:00+06:00"),
        # A correction of today, and of "this year": not its last instant.
        (
            {"date": "2013", "corrections": [{"date": "2026-11-20", "text": "Имя."}]},
            "2026-11-20T00:00:00+06:00",
            "2026-11-20T23:59:59+06:00",
        ),
        (
            {"date": "2013", "corrections": [{"date": "2026", "text": "Имя."}]},
            "2026-01-01T00:00:00+06:00",
            "2026-12-31T23:59:59+06:00",
        ),
        (
            {"added": "2026-11-19", "corrections": [{"date": "2026-11-20", "text": "Имя."}]},
            "2026-11-20T07:00:00+06:00",
            "2026-11-20T07:00:00+06:00",
        ),
        # A slip of the pen, an event that was announced without a word when: nothing is known yet.
        ({"added": "2027-01-01"}, "", "2027-01-01T00:00:00+06:00"),
        ({"event": {"start": "2027-01-05"}}, "", "2027-01-05T12:00:00+06:00"),
        ({"date": "2026-11-20T15:00"}, "", "2026-11-20T15:00:00+06:00"),
    ],
    ids=str,
)
def test_nothing_in_a_feed_is_still_to_come(
    front: dict[str, object], updated_at: str, later: str
) -> None:
    """Seen at nine in the morning in Bishkek, and in two months, when all of it has come."""
    now = datetime(2026, 11, 20, 3, tzinfo=UTC)
    files = release("one", **front)
    found = feeds(files, now=now)["feed.xml"]
    assert texts(found, "updated") == ([updated_at] if updated_at else [])
    for text in (*texts(found, "updated"), *filter(None, texts(found, "published"))):
        assert datetime.fromisoformat(text) <= now
    found = feeds(files, now=datetime(2027, 1, 20, tzinfo=UTC))["feed.xml"]
    assert texts(found, "updated") == [later]


def test_a_finished_site_is_built_again_when_an_instant_has_come() -> None:
    """Between `since` and `until` of the Catalogue no feed says anything else."""
    files = {
        **release("one", date="2026-11-20"),
        **release("two", added="2026-11-20", corrections=[{"date": "2026-11-21", "text": "Имя."}]),
    }
    hour = timedelta(hours=1)
    start = datetime(2026, 11, 19, 12, tzinfo=UTC)
    said = []
    for number in range(72):
        now = start + number * hour
        made, _ = catalogue_of(files, now=now)
        said.append((made.updated, made.coming, (made.since, made.until)))
        assert made.since <= now.timestamp()
        assert not made.until or now.timestamp() < made.until
    for (updated, coming, window), (updated_, coming_, window_) in pairwise(said):
        if window == window_:
            assert (updated, coming) == (updated_, coming_)
    assert len({window for _, _, window in said}) == 5


def test_an_editors_word_on_a_date_is_in_the_language_of_the_entry() -> None:
    """In the English feed too, where the release is in Russian only; else its language is said."""
    note = {"ru": "Год спорен.", "en": "The year is in doubt."}
    both = feeds(release("one", date="2013?", date_note=note))["en/feed.xml"]
    assert "<small>Год спорен.</small>" in texts(both, "content")[0]
    other = feeds(release("one", date="2013?", date_note={"en": note["en"]}))["en/feed.xml"]
    assert '<small lang="en">The year is in doubt.</small>' in texts(other, "content")[0]


def test_a_feed_holds_the_newest_fifty_by_date_then_id() -> None:
    """Sixty releases, some of one day: the ten oldest are not in it."""
    files: dict[str, str] = {}
    for number in range(60):
        files |= release(f"r{number:02}", date=f"2020-01-{1 + number // 3:02}")
    found = feeds(files, site_of("title: A\nurl: https://a.example\nlanguages: [ru]\n"))
    days = [1 + number // 3 for number in range(60)]
    expected = sorted(range(60), key=lambda number: (-days[number], number))[:50]
    assert texts(found["feed.xml"], "title") == [f"r{number:02}" for number in expected]


def test_releases_of_no_known_year_are_left_out_and_counted() -> None:
    """The site's feed says how many in each language; an entity that has only such has none."""
    files = {
        **entity("organizations", "iom"),
        **entity("organizations", "un"),
        **release("known", date="2013", organizers=["iom"]),
        **release("none", organizers=["iom", "un"]),
        **release("noyear", date="XXXX-12-18", organizers=["un"]),
    }
    found = feeds(files)
    assert texts(found["feed.xml"], "title") == ["known"]
    for path in ("feed.xml", "ky/feed.xml", "en/feed.xml"):
        assert (found[path].root.findtext(f"{ATOM}subtitle") or "").endswith(": 2.")
    assert (found["organizations/iom/feed.xml"].root.findtext(f"{ATOM}subtitle") or "").endswith(
        ": 1."
    )
    assert "organizations/un/feed.xml" not in found


def test_an_archive_without_releases_has_an_empty_feed() -> None:
    """The site's feed is always there, so that no link to it breaks; it is valid and empty."""
    found = feeds(entity("organizations", "iom"))
    assert sorted(found) == ["en/feed.xml", "feed.xml", "ky/feed.xml"]
    assert found["feed.xml"].entries == []


def test_entities_have_the_releases_of_their_pages() -> None:
    """An organization by any role; a programme, a place and a tag with all that is within."""
    files = {
        **entity("organizations", "iom"),
        **entity("organizations", "fund"),
        **entity("programmes", "whole", funders=["fund"]),
        **entity("programmes", "part", parent="whole"),
        **entity("places", "bishkek"),
        **entity("places", "hall", within="bishkek"),
        **entity("tags", "rights"),
        **entity("tags", "labour", broader="rights"),
        **release("a", date="2013-01-01", organizers=["iom"], venue="hall", tags=["labour"]),
        **release("b", date="2013-01-02", programme="part", tags=["rights"]),
        **release("c", date="2013-01-03", programme="whole", body="О [[iom]]."),
        **release("d", date="2013-01-04", organizers=["whole"], partners=["iom"], venue="bishkek"),
    }
    found = {path: "".join(texts(feed, "title")) for path, feed in feeds(files).items()}
    assert {
        path: titles for path, titles in found.items() if not path.startswith(("ky", "en"))
    } == {
        "feed.xml": "dcba",
        "organizations/iom/feed.xml": "dca",
        "organizations/fund/feed.xml": "c",
        "programmes/whole/feed.xml": "dcb",
        "programmes/part/feed.xml": "b",
        "places/bishkek/feed.xml": "da",
        "places/hall/feed.xml": "a",
        "tags/rights/feed.xml": "ba",
        "tags/labour/feed.xml": "a",
    }


def test_ids_stay_whatever_else_changes() -> None:
    """Another title, another language or a new translation keeps an entry's id."""
    before = feeds(release("one", date="2013-03-25"))
    translated = small_archive.source({"title": "One"}, "Text.")
    files = {
        **release("one", date="2014", title="Другое"),
        "content/releases/2020/one.en.md": translated,
    }
    after = feeds(files)
    ids = {*texts(before["feed.xml"], "id"), *texts(before["en/feed.xml"], "id")}
    assert ids == {*texts(after["feed.xml"], "id"), *texts(after["en/feed.xml"], "id")}
    assert ids == {"tag:archive.example,2026:releases/one"}
    assert after["en/feed.xml"].entries[0].get(XML_LANG) is None
    assert before["en/feed.xml"].entries[0].get(XML_LANG) == "ru"
    assert len({found.root.findtext(f"{ATOM}id") for found in after.values()}) == len(after)
    site = site_of(SITE_YAML.replace("https://archive.example", "https://архив.рф:81/in/a/"))
    [moved] = texts(feeds(files, site)["feed.xml"], "id")
    assert moved == "tag:xn--80aer5aza.xn--p1ai,2026:in/a/releases/one"


def test_entries_say_who_and_where() -> None:
    """The publisher, else the organizers, are authors; links lead to pages and the source."""
    files = {
        **entity("organizations", "iom"),
        **entity("organizations", "un"),
        **entity("programmes", "rmp"),
        **entity("tags", "rights"),
        **release(
            "a",
            date="2013-01-02",
            organizers=["iom"],
            source={"publisher": "un", "url": "https://un.example/ж"},
            tags=["rights"],
            programme="rmp",
            summary="Кратко.",
        ),
        "content/releases/2020/a.en.md": small_archive.source({"title": "A"}, "Text."),
        **release("b", date="2013-01-01", organizers=["iom", "rmp"]),
        **release("c", date="2012-01-01"),
    }
    site = site_of(SITE_YAML.replace("https://archive.example", "https://a.example/in/a/"))
    found = feeds(files, site)["en/feed.xml"]
    names = [[a.findtext(f"{ATOM}name") for a in e.findall(f"{ATOM}author")] for e in found.entries]
    assert names == [["un"], ["iom", "rmp"], []]
    entry = found.entries[0]
    categories = entry.findall(f"{ATOM}category")
    assert [(c.get("scheme"), c.get("term")) for c in categories] == [
        ("https://a.example/in/a/en/programmes/", "rmp"),
        ("https://a.example/in/a/en/tags/", "rights"),
    ]
    assert link(entry, "alternate") == "https://a.example/in/a/en/releases/a/"
    assert link(entry, "via") == "https://un.example/ж"
    assert [x.get("hreflang") for x in entry.findall(f"{ATOM}link")] == ["en", "ru", None]
    assert link(found.entries[1], "alternate") == "https://a.example/in/a/releases/b/"
    assert texts(found, "summary") == ["", "", ""]  # the summary is not in the entry's language
    assert texts(feeds(files, site)["feed.xml"], "summary") == ["Кратко.", "", ""]


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ('<a href="/tags/x/">', '<a href="https://a.example/tags/x/">'),
        ('<a href="#s-one">', '<a href="https://a.example/releases/r/#s-one">'),
        ('<a class="x > y" href="/x">', '<a class="x > y" href="https://a.example/x">'),
        ('<a href="list.csv">', '<a href="https://a.example/releases/r/list.csv">'),
        ('<a href="//b.example/">', '<a href="https://b.example/">'),
        ('<a href="mailto:a@b.example">', '<a href="mailto:a@b.example">'),
        ('<a href="https://b.example/?a=1&amp;b">', '<a href="https://b.example/?a=1&amp;b">'),
        ('<a href="http://[">', '<a href="http://[">'),
        ('<a href="//[">', '<a href="//[">'),
        (
            '<img srcset="/a.jpg 1x, /b.jpg 2x">',
            '<img srcset="https://a.example/a.jpg 1x, https://a.example/b.jpg 2x">',
        ),
        ('<code>a href="/x"</code>', '<code>a href="/x"</code>'),
        ('<p>5 < 6 и &lt;a href="/x"&gt;</p>', '<p>5 < 6 и &lt;a href="/x"&gt;</p>'),
    ],
)
def test_links_in_a_text_hold_anywhere(written: str, whole: str) -> None:
    """What refers to the site becomes a whole address; what merely looks so is left."""
    address = "https://a.example/releases/r/"
    assert atom.whole_links(written, "https://a.example", address) == whole


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
def test_no_text_breaks_a_feed(title: str, words: str, name: str) -> None:
    """Every feed is valid, and of a title all that XML can carry arrives."""
    site = site_of("title: A\nurl: https://a.example\nlanguages: [ru]\ntimezone: Asia/Tokyo\n")
    files = {
        **release("r", date="2013?", date_note="x", organizers=["iom"], tags=["t"], summary="x"),
        **entity("organizations", "iom"),
        **entity("tags", "t"),
    }
    records = []
    for path, text in files.items():
        record = record_of(path, text, site)
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
        data = atom.atom(view, Stub(f"<p>{words}</p>"))  # type: ignore[arg-type]
        found = parsed(data)
        again = re.sub(r"\r\n?", "\n", title)
        again = re.sub(
            "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", again
        )
        assert texts(found, "title") == [again if again.strip() else ""]


def rendered(site: SmallSite) -> set[str]:
    """The paths that a build renders."""
    result = site.build().result
    assert result.published, result.problems
    return set(result.rendered)


def test_an_edited_body_renders_its_pages_and_the_feeds_that_hold_it(
    tmp_path: Path,
) -> None:
    """No calendar, sitemap or list; and the feeds are then those of a clean build."""
    site = small_archive.make(tmp_path / "site", ("feeds", "calendars"))
    rendered(site)
    name = "content/releases/2013/table.md"
    text = str(small_archive.RELEASES[name])
    site.write({name: text.replace("Состоится круглый", "Состоялся круглый")})
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
    russian = {f"{lang}{path}feed.xml" for lang in ("", "ky/") for path in holding}
    assert rendered(site) == {"releases/table/index.html", *russian}
    incremental = site.build().public
    assert "Состоялся круглый" in incremental["tags/rights/feed.xml"].decode()
    clean = small_archive.copy_of(site, tmp_path / "clean").build().public
    assert {p: d for p, d in incremental.items() if p.endswith(".xml")} == {
        p: d for p, d in clean.items() if p.endswith(".xml")
    }


def test_a_correction_renders_the_feeds_anew_and_shows_as_an_update(tmp_path: Path) -> None:
    """The entry keeps its id and its `published` and has the correction's day as `updated`."""
    site = small_archive.make(tmp_path / "site", ("feeds",))
    before = parsed(site.build().public["tags/labour/feed.xml"])
    name = "content/releases/2013/table.md"
    front = str(small_archive.RELEASES[name])
    site.write(
        {
            name: front.replace(
                "---\n", '---\ncorrections: [{"date": "2021-02-03", "text": "Имя."}]\n', 1
            )
        }
    )
    assert "tags/labour/feed.xml" in rendered(site)
    after = parsed(site.build().public["tags/labour/feed.xml"])
    for same in ("id", "title", "published"):
        assert texts(before, same) == texts(after, same)
    assert texts(before, "updated") == ["2013-03-25T12:00:00+06:00"]
    assert texts(after, "updated") == ["2021-02-03T23:59:59+06:00"]


def test_feeds_can_be_switched_off() -> None:
    """Then no feed is made and no page has a link to one."""
    files = {
        **entity("organizations", "iom"),
        **release("one", date="2013", event={"start": "2013-03-25"}, organizers=["iom"]),
    }
    for off, kept in (("feeds", "calendar.ics"), ("calendars", "feed.xml")):
        site = site_of(f"{SITE_YAML}features: {{{off}: false}}\n")
        made, _ = catalogue_of(files, site)
        assert bool(views(made)) == (off != "feeds")
        frame = Frame(made, "en")
        own = frame.following.links(("organization", "iom"), "en", "IOM")
        assert [found.href for found in own] == [f"/en/organizations/iom/{kept}"]
        assert [found.href for found in frame.head("", "").feeds] == [f"/en/{kept}"]


@pytest.mark.parametrize("size", [20, 40])
def test_each_release_becomes_an_entry_once_a_language(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many feeds hold it: the work grows as the archive does."""
    made = Counter[str]()
    original = feed._Maker._entry  # noqa: SLF001  what is counted is inside

    def counted(self: feed._Maker, card: Card, moment: object) -> feed.FeedEntry:
        made[card.id] += 1
        return original(self, card, moment)  # type: ignore[arg-type]

    monkeypatch.setattr(feed._Maker, "_entry", counted)  # noqa: SLF001
    files = {**entity("organizations", "iom"), **entity("tags", "t"), **entity("programmes", "p")}
    for number in range(size):
        files |= release(
            f"r{number}", date="2020-01-01", organizers=["iom"], tags=["t"], programme="p"
        )
    catalogue, _ = catalogue_of(files)
    assert len(views(catalogue)) == 4 * 3
    assert set(made.values()) == {3}
    assert len(made) == size
