"""The sitemap names every page that readers are meant to find, in every language it exists in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from mksite.pages import opensearch, sitemap
from mksite.pages.frame import Frame
from mksite.pages.opensearch import OpenSearchView
from mksite.pages.sitemap import Entry, RobotsView, SitemapView
from mksite.view.page import view_of
from tests import small_archive
from tests.real_archive import published
from tests.site_builder import SITE_YAML, catalogue_of, site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
}
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "schemas" / "sitemap.xsd"))
ROOTS = (("ru", "https://a.example/"), ("en", "https://a.example/en/"))


def read(data: bytes) -> dict[str, tuple[str, dict[str, str]]]:
    """Of a valid sitemap: address → its last change, and the addresses by language."""
    root = etree.fromstring(data)
    SCHEMA.assertValid(root)
    found = {}
    for url in root.iterfind("s:url", NAMESPACES):
        address = url.findtext("s:loc", "", NAMESPACES)
        links = {
            link.get("hreflang", ""): link.get("href", "")
            for link in url.iterfind("x:link", NAMESPACES)
        }
        found[address] = (url.findtext("s:lastmod", "", NAMESPACES), links)
    return found


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The published archive of this checkout."""
    return published(tmp_path_factory.mktemp("real"), "search")


def test_the_sitemap_names_every_page_and_no_other(real: dict[str, bytes]) -> None:
    """Each page of the archive once, with the languages that its own head names."""
    found = read(real["sitemap.xml"])
    pages = {}
    for path, data in real.items():
        if path.endswith("index.html") and b'http-equiv="refresh"' not in data:
            page = html.fromstring(data)
            [canonical] = page.xpath("//link[@rel='canonical']/@href")
            alternates = page.xpath("//link[@rel='alternate'][@hreflang]")
            pages[canonical] = {link.get("hreflang"): link.get("href") for link in alternates}
    assert found.keys() == pages.keys()
    for address, (_, links) in found.items():
        assert links == pages[address]
        for other in links.values():
            assert found[other][1] == links


def test_only_releases_with_a_known_day_have_a_last_change(real: dict[str, bytes]) -> None:
    """The days are those of the archive's own releases, in all languages."""
    changes = {address: day for address, (day, _) in read(real["sitemap.xml"]).items() if day}
    days = {"migrant-rights-practice": "2013-03-25", "reintegration-seminar-bomca": "2019-09-17"}
    assert changes == {
        f"https://migrant-rights.example.kg/{lang}releases/{ident}/": day
        for ident, day in days.items()
        for lang in ("", "ky/", "en/")
    }


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ({"date": "2013-03-25"}, "2013-03-25"),
        ({"date": "2013-03-25T10:00"}, "2013-03-25"),
        ({"date": "2013-03"}, ""),
        ({"date": "2013-03-25?"}, ""),
        ({"event": {"start": "2013-03-25"}}, ""),
        ({"date": "2013", "corrections": [{"date": "2020-01-05", "text": "а"}]}, "2020-01-05"),
        ({"date": "2013-03-25", "corrections": [{"date": "2020-01", "text": "а"}]}, ""),
        (
            {
                "date": "2013-03-25",
                "corrections": [
                    {"date": "2021-01-05", "text": "а"},
                    {"date": "2020-01-05", "text": "б"},
                ],
            },
            "2021-01-05",
        ),
    ],
)
def test_a_last_change_is_a_day_that_the_content_knows(
    front: dict[str, object], expected: str
) -> None:
    """That of the last correction, else of publication; none where it is not exact."""
    files = {"content/releases/2013/one.md": small_archive.source({"title": "Один", **front})}
    made, _ = catalogue_of(files)
    frames = tuple(Frame(made, lang) for lang in made.site.languages)
    from mksite.pages import release  # noqa: PLC0415  a capability among many

    *_, found, _ = sitemap.with_sitemap(made, release.pages(made, frames))
    view = view_of(found)
    assert isinstance(view, SitemapView)
    [entry] = [entry for entry in view.entries if entry.path == "releases/one/"]
    assert (entry.langs, entry.modified) == (("ru",), expected)
    assert read(sitemap.sitemap(view, None))["https://archive.example/releases/one/"] == (
        expected,
        {},
    )


def entries(count: int) -> list[Entry]:
    """As many pages in two languages."""
    return [Entry(f"releases/r{number:06}/", ("ru", "en"), "") for number in range(count)]


def path_of(entry: Entry) -> str:
    """What parts are sorted by."""
    return entry.path


def test_a_large_sitemap_is_divided_and_a_new_page_changes_one_part() -> None:
    """Up to 50,000 addresses stay in one file; of more, each lies in one part by its path."""
    assert len(sitemap.divided(ROOTS, entries(25_000))) == 1
    before = sitemap.divided(ROOTS, entries(25_001))
    assert len(before) == 8
    together = [entry for part in before for entry in part]
    assert sorted(together, key=path_of) == entries(25_001)
    for part in before:
        assert sum(len(entry.langs) for entry in part) <= sitemap.MOST_URLS
        assert list(part) == sorted(part, key=path_of)
    after = sitemap.divided(ROOTS, entries(25_002))
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 60)), min_size=1, max_size=40))
@settings(max_examples=60)
def test_no_part_is_larger_than_the_protocol_allows(shapes: list[tuple[int, int]]) -> None:
    """In addresses and in bytes, whatever the pages are like."""
    langs = ("ru", "ky", "en")
    roots = tuple((lang, f"https://a.example/{lang}/") for lang in langs)
    made = [
        Entry(f"{'ы' * length}-{number}/", langs[:count], "2020-01-01")
        for number, (count, length) in enumerate(shapes)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sitemap, "MOST_URLS", 12)
        patch.setattr(sitemap, "MOST_BYTES", 12_000)
        patch.setattr(sitemap, "PART_URLS", 4)
        parts = [part for part in sitemap.divided(roots, made) if part]
    addresses: set[str] = set()
    for part in parts:
        data = sitemap.sitemap(SitemapView(roots, part), None)
        found = read(data)
        assert len(found) <= 12
        assert len(data) <= 12_000
        addresses |= found.keys()
    assert len(addresses) == sum(count for count, _ in shapes)


def test_the_index_of_a_divided_sitemap_names_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """sitemap.xml is then the index, at the address that robots.txt gives."""
    monkeypatch.setattr(sitemap, "MOST_URLS", 8)
    monkeypatch.setattr(sitemap, "PART_URLS", 4)
    made, _ = catalogue_of(dict(small_sources()))
    frames = tuple(Frame(made, lang) for lang in made.site.languages)
    from mksite.pages import release  # noqa: PLC0415  a capability among many

    pages = list(release.pages(made, frames))
    added = list(sitemap.with_sitemap(made, pages))[len(pages) :]
    *parts, index, robots = added
    root = etree.fromstring(sitemap.index(view_of(index), None))  # type: ignore[arg-type]
    SCHEMA.assertValid(root)
    named = [loc.text for loc in root.iterfind("s:sitemap/s:loc", NAMESPACES)]
    assert named == [f"https://archive.example/{part.path}" for part in parts]
    assert len(parts) > 1
    listed = [
        address
        for part in parts
        for address in read(sitemap.sitemap(view_of(part), None))  # type: ignore[arg-type]
    ]
    assert len(listed) == len(set(listed)) == len(pages)
    assert (index.path, robots.path) == ("sitemap.xml", "robots.txt")


def small_sources() -> Iterator[tuple[str, str]]:
    """Ten releases."""
    for number in range(10):
        text = small_archive.source({"title": f"Релиз {number}", "date": "2013-03-25"})
        yield f"content/releases/2013/r{number}.md", text


@pytest.mark.parametrize("base", ["/", "/in/a folder/"])
def test_crawlers_may_read_all_and_find_the_sitemap(base: str) -> None:
    """By the standard library's reading of robots.txt, under a path as well."""
    address = "https://a.example" + base.replace(" ", "%20")
    view = RobotsView(base, f"{address}sitemap.xml")
    text = sitemap.robots(view, None).decode()
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    assert parser.can_fetch("any", f"{address}releases/one/")
    assert parser.site_maps() == [f"https://a.example{base}sitemap.xml"]
    assert f"Sitemap: {address}sitemap.xml\n" in text
    assert ("root of the host" in text) == (base != "/")


def test_search_is_described_in_each_language(real: dict[str, bytes]) -> None:
    """Names within the specification's limits, the address of the search, a link in each head."""
    for lang, folder in (("ru", ""), ("ky", "ky/"), ("en", "en/")):
        root = etree.fromstring(real[f"{folder}opensearch.xml"])
        texts = {etree.QName(child).localname: child.text or "" for child in root}
        assert 0 < len(texts["ShortName"]) <= 16
        assert 0 < len(texts["LongName"]) <= 48
        assert 0 < len(texts["Description"]) <= 1024
        assert texts["Language"] == lang
        site = f"https://migrant-rights.example.kg/{folder}"
        templates = [url.get("template") for url in root.iterfind("o:Url", NAMESPACES)]
        assert templates == [f"{site}search/?q={{searchTerms}}", f"{site}opensearch.xml"]
        page = html.fromstring(real[f"{folder}index.html"])
        assert page.xpath("//link[@rel='search']/@href") == [f"/{folder}opensearch.xml"]


def test_a_site_without_search_describes_none() -> None:
    """Neither the file nor the link to it."""
    site = site_of(f"{SITE_YAML}features: {{search: false}}\n")
    made, _ = catalogue_of({}, site)
    assert not list(opensearch.pages(made, (Frame(made, "ru"),)))


@given(st.text(max_size=60), st.integers(2, 48))
def test_a_name_is_shortened_to_what_fits(text: str, most: int) -> None:
    """Whatever stands in it, the description stays well-formed and within the limit."""
    short = opensearch.shortened(text, most)
    assert len(short) <= most
    view = OpenSearchView(
        "ru",
        short,
        short,
        short,
        "https://a.example/?",
        "https://a.example/",
        "https://a.example/favicon.ico",
    )
    root = etree.fromstring(opensearch.description(view, None))
    assert (root.findtext("o:ShortName", "", NAMESPACES) or "") == short


def test_bodies_and_titles_leave_the_sitemap_as_it_is(tmp_path: Path) -> None:
    """A new release or another date changes it."""
    site = small_archive.make(tmp_path / "site")
    site.build()
    name = "content/releases/2013/table.md"
    front = str(small_archive.RELEASES[name])
    changes = {
        front.replace("Состоится", "Прошёл"): False,
        front.replace("Круглый стол", "Овальный стол"): False,
        front.replace('date: "2013-03-25"', 'date: "2013-03-24"'): True,
    }
    for changed, expected in changes.items():
        site.write({name: changed})
        assert ("sitemap.xml" in site.build().result.rendered) == expected
    site.write({"content/releases/2020/new.md": small_archive.source({"title": "Новый"})})
    assert "sitemap.xml" in site.build().result.rendered
