"""The search page in a real browser: what is found, what it weighs, and how it is used."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from mksite import searching
from tests.face.browser import AXE, opened, require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.face.browser import Built, Opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_BYTES = 150 * 1024  # of the first search, compressed
PACKED = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_table")
STATUS = "#search [role=status]"
LINKS = ".found h2 a"

PRACTICE = "releases/migrant-rights-practice"
SEMINAR = "releases/reintegration-seminar-bomca"
STRATEGY = "releases/integration-strategy-round-table"
COUNCIL = "releases/mbos-second-session"
CONFERENCE = "releases/migrants-day-conference"

# The language of the page, the query, and what must be among the first three.
QUERIES = (
    # Declined words.
    ("ru", "круглые столы", PRACTICE),
    ("ru", "правами трудящихся мигрантов", PRACTICE),
    ("ru", "семинара о реинтеграции", SEMINAR),
    ("ru", "стратегией интеграции", STRATEGY),
    ("ru", "конференции ко дню мигранта", CONFERENCE),
    ("ru", "медицинским страхованием", COUNCIL),
    ("ru", "телемосты", CONFERENCE),
    ("ru", "передовым опытом", PRACTICE),
    ("ky", "мигранттардын укуктары", PRACTICE),
    ("ky", "тегерек столу", STRATEGY),
    ("ky", "семинарга", SEMINAR),
    ("ky", "Бишкектеги конференциялар", CONFERENCE),
    ("en", "migrants' rights", PRACTICE),
    ("en", "reintegration seminars", SEMINAR),
    ("en", "round tables on strategies", STRATEGY),
    # Abbreviations and names in another language than the text.
    ("ru", "МОМ", STRATEGY),
    ("ru", "МОМ", "organizations/iom"),
    ("ru", "Международной организации по миграции", "organizations/iom"),
    ("ky", "ЭАМУ", STRATEGY),
    ("en", "IOM", STRATEGY),
    ("ru", "ЕЭК", COUNCIL),
    ("ru", "Eurasian Economic Commission", COUNCIL),
    ("ky", "BOMCA", SEMINAR),
    # Former names, and today's of what was named otherwise then.
    ("ru", "ЮНИФЕМ", STRATEGY),
    ("en", "UNIFEM", STRATEGY),
    ("ru", "Нур-Султан", SEMINAR),
    ("ru", "Астана", SEMINAR),
    ("ru", "ТШЦП", PRACTICE),
    ("en", "TSPC", PRACTICE),
    ("en", "Frunze", "places/bishkek"),
    # Letters that a keyboard lacks, and Latin typed for Cyrillic.
    ("ky", "мигранттар кунуно", CONFERENCE),
    ("ky", "коомдук кенештин жыйынында", COUNCIL),
    ("en", "seminar po reintegratsii", SEMINAR),
    ("en", "konferentsiya v Bishkeke", CONFERENCE),
    ("en", "krugly stol Ala-Archa", PRACTICE),
    ("ru", "migranttardyn ukugu", PRACTICE),
    # A word that is still being typed.
    ("ru", "реинтег", SEMINAR),
)


def address(lang: str, query: str) -> str:
    """The path of a search in a language."""
    return ("" if lang == "ru" else f"{lang}/") + f"search/?q={quote(query)}"


def answered(page: Page) -> str:
    """What the search page says once it has an answer."""
    page.wait_for_function(
        "s => { const t = document.querySelector(s).textContent; return t && !t.includes('…') }",
        arg=STATUS,
    )
    return page.inner_text(STATUS)


def links(page: Page) -> list[str]:
    """Where the results lead."""
    return [str(link.get_attribute("href")) for link in page.query_selector_all(LINKS)]


@pytest.fixture
def real(chromium: Browser, both: dict[str, Built]) -> Iterator[Opened]:
    """The search page of the real site."""
    with opened(chromium, both["real"], "search/") as found:
        yield found


def test_queries_find_what_is_meant(chromium: Browser, both: dict[str, Built]) -> None:
    """Declined words, abbreviations, former names and Latin letters lead to the release or entity
    that is meant, among the first three.
    """
    site = both["real"]
    missed = []
    with opened(chromium, site, "search/") as found:
        for lang, query, wanted in QUERIES:
            found.page.goto(f"{site.url}/{address(lang, query)}")
            answered(found.page)
            first = links(found.page)[:3]
            if not any(link.endswith(f"/{wanted}/") for link in first):
                missed.append((lang, query, wanted, first))
    assert not missed


@pytest.mark.parametrize("query", ["мигрантов", "консульские услуги", "права женщин"])
def test_the_first_search_is_light(chromium: Browser, both: dict[str, Built], query: str) -> None:
    """With 1,000 releases everything that a first search loads, the search page's own script and
    style included, is within 150 KB compressed; under a path the addresses hold.
    """
    site = both["large"]
    with opened(chromium, site, address("ru", query)) as found:
        assert re.search(r"[1-9]", answered(found.page))
        sizes = {url: weight(site, url) for url in found.requests if "/search" in url}
        own = next(url for url in sizes if "/search/?q=" in url)
        assert sum(sizes.values()) - sizes[own] <= MOST_BYTES, sizes
        assert any(url.endswith(".pagefind") for url in sizes)
        assert not found.messages


def weight(site: Built, url: str) -> int:
    """The bytes of an answer, compressed where it is not packed already."""
    data = site.file(url).read_bytes()
    return len(data) if url.endswith(PACKED) else len(gzip.compress(data, mtime=0))


def test_the_script_reads_words_as_the_index_does(real: Opened, both: dict[str, Built]) -> None:
    """All words of the archive, and odd ones, are folded and stemmed alike in both languages that
    the rules are written in.
    """
    site = both["real"]
    text = " ".join(
        re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))
        for path in sorted(site.public.rglob("releases/*/index.html"))
    )
    text += " İstanbul ΣΊΣΥΦΟΣ Straße ﬁnal ½ №5 x² café 北京 עברית e\u0301 и\u0306 щёлкъ qxyw"
    text += " " + "щ" * 80 + " ЪЬ яйцо-ЙОД ІЇЄ ўқғҳ ӘҒҚҰІ ①② ٣٤ ᏸ ǅ ŉ ẞ"
    script = next(url for url in real.requests if "/assets/search." in url and ".js" in url)
    rules = site.url + "/search/rules.json"
    done = real.page.evaluate(
        """async ([script, rules, text]) => {
          const { reader } = await import(script);
          const read = reader(await (await fetch(rules)).json());
          return read.words(text).map(w => [w, ...['ru', 'ky', 'en'].map(l => read.stem(w, l))]);
        }""",
        [script, rules, text],
    )
    langs = ("ru", "ky", "en")
    expected = [[w, *(searching.stem(w, lang) for lang in langs)] for w in searching.words(text)]
    assert len(expected) > 1000
    assert done == expected


def test_typing_searches_and_the_address_remembers(real: Opened) -> None:
    """Results come as one types; query, facet and order stand in the address, and Back undoes
    what was chosen.
    """
    page = real.page
    assert not [url for url in real.requests if "/search/engine/" in url]
    assert page.is_visible("#browse")
    page.click("#q")
    page.keyboard.type("мигрант")
    page.wait_for_selector(LINKS)
    every = answered(page)
    assert "q=" in page.url
    assert not page.is_visible("#browse")
    page.click("details[data-facet=kind] summary")
    page.check("details[data-facet=kind] input[value=release]")
    page.wait_for_function(f"document.querySelector('{STATUS}').textContent !== '{every}'")
    assert "kind=release" in page.url
    assert all("/releases/" in link for link in links(page))
    page.check("input[value=date]")
    page.wait_for_function("location.search.includes('sort=date')")
    page.wait_for_function(
        f"document.querySelector('{LINKS}').pathname.includes('mbos-second-session')"
    )
    page.go_back()
    page.go_back()
    page.wait_for_function(f"document.querySelector('{STATUS}').textContent === '{every}'")
    assert "kind=" not in page.url
    assert page.input_value("#q") == "мигрант"


def test_facets_are_counted(chromium: Browser, both: dict[str, Built]) -> None:
    """The count beside a value is the number of results that choosing it leaves; values of one
    facet add up, facets narrow each other.
    """
    with opened(chromium, both["real"], address("ru", "мигрант") + "&kind=release") as found:
        page = found.page
        answered(page)
        page.click("details[data-facet=year] summary")
        counts = {
            str(box.get_attribute("value")): int(
                box.evaluate("e => e.parentNode.querySelector('.count').textContent")
            )
            for box in page.query_selector_all("details[data-facet=year] input")
        }
        for year, count in counts.items():
            page.goto(f"{both['real'].url}/{address('ru', 'мигрант')}&kind=release&year={year}")
            assert answered(page).endswith(f" {count}")
        years = "".join(f"&year={year}" for year in ("2013", "2019"))
        page.goto(f"{both['real'].url}/{address('ru', 'мигрант')}&kind=release{years}")
        assert answered(page).endswith(f" {counts['2013'] + counts['2019']}")


def test_results_are_reached_with_the_keyboard(chromium: Browser, both: dict[str, Built]) -> None:
    """The arrows go from the field through the results and back, Escape returns to the field,
    Enter opens a result.
    """
    with opened(chromium, both["real"], address("en", "seminar")) as found:
        page = found.page
        answered(page)
        page.focus("#q")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.getAttribute('href')") == links(page)[0]
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/releases/**")


def test_what_is_found_is_shown_in_its_language(chromium: Browser, both: dict[str, Built]) -> None:
    """A Kyrgyz word asked for on the Russian page leads to the Kyrgyz text, marked as such, with
    the words marked in it.
    """
    with opened(chromium, both["real"], address("ru", "тегерек стол")) as found:
        page = found.page
        answered(page)
        first = page.query_selector(LINKS)
        assert first
        assert first.get_attribute("lang") == "ky"
        assert str(first.get_attribute("href")).startswith("/ky/releases/")
        marks = {mark.inner_text().lower() for mark in page.query_selector_all(".found mark")}
        assert marks >= {"тегерек"}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_results_are_accessible(
    chromium: Browser, both: dict[str, Built], width: int, *, dark: bool
) -> None:
    """Results with open facets break no rule of axe, in light and dark, and fit a narrow
    window.
    """
    require(AXE)
    with opened(chromium, both["real"], address("ru", "мигрант"), width=width) as found:
        page = found.page
        page.emulate_media(color_scheme="dark" if dark else "light")
        answered(page)
        for summary in page.query_selector_all(".facets summary"):
            summary.click()
        page.add_script_tag(path=AXE)
        outcome: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in outcome["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_there_are_lists(chromium: Browser, both: dict[str, Built]) -> None:
    """Without JavaScript the page leads to all organizations, programmes, tags and years, and
    says why there is no search.
    """
    site = both["real"]
    with opened(chromium, site, "search/", scripts=False) as found:
        page = found.page
        assert page.is_visible("noscript p")
        linked = {str(a.get_attribute("href")) for a in page.query_selector_all("#browse a")}
        for kind in ("organizations", "programmes", "tags"):
            folders = {
                f"/{kind}/{path.name}/" for path in (site.public / kind).iterdir() if path.is_dir()
            }
            assert folders <= linked
        assert {"/timeline/2013/", "/timeline/2019/"} <= linked


def test_other_pages_have_a_form_and_no_script(chromium: Browser, both: dict[str, Built]) -> None:
    """A release's page has a form that leads to the search page, and loads no script."""
    with opened(chromium, both["real"], f"{PRACTICE}/") as found:
        page = found.page
        assert not [url for url in found.requests if ".js" in url]
        page.fill("header input[name=q]", "реинтеграция")
        page.press("header input[name=q]", "Enter")
        page.wait_for_url("**/search/?q=*")
        answered(page)
        assert any(SEMINAR in link for link in links(page)[:3])


def test_a_search_that_cannot_load_says_so(chromium: Browser, both: dict[str, Built]) -> None:
    """Where the index cannot be had, the reader is told to load the page again."""
    with opened(chromium, both["real"], "search/") as found:
        page = found.page
        page.context.route("**/start.json", lambda route: route.abort())
        page.goto(f"{both['real'].url}/{address('en', 'seminar')}")
        words = json.loads(page.inner_text("#search script", timeout=1000) or "{}")["words"]
        assert answered(page) == words["failed"]
