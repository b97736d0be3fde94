"""The search page in a real browser: what is found, what it weighs, and how it is used."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from mksite.content.model import FOLDERS
from mksite.text import words
from tests.face import queries
from tests.face.browser import AXE, opened, require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.face.browser import Built, Opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_BYTES = 80_000  # of the first search, compressed: at 1,000 releases
MOST_REQUESTS = 8
STATUS = "#search [role=status]"
LINKS = ".found h2 a"

PRACTICE = queries.P
SEMINAR = queries.S


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


def script_of(page: Opened) -> str:
    """The address of the script of the search page."""
    return next(url for url in page.requests if "/assets/search." in url and ".js" in url)


def page_of(found: str) -> str:
    """The path of the page of a document that the index names by kind and id."""
    kind, _, ident = found.partition("/")
    return ident if kind == "page" else f"{FOLDERS[kind]}/{ident}"  # type: ignore[index]


def test_queries_find_what_is_meant(real: Opened) -> None:
    """Of each group of queries nearly all lead to the page that is meant, among the first three;
    none finds what it must not, and a word that is nowhere finds nothing and is named.
    """
    table = queries.table()
    asked = {query.text for group in table.values() for query in group}
    answers = real.page.evaluate(
        """async ([script, queries]) => {
          const { open, find } = await import(script);
          const index = await open('/search/'), answers = {};
          for (const query of queries) {
            const { rows, told } = await find(index, query);
            answers[query] = { ids: rows.map(row => row.id), told: told.map(one => one.word) };
          }
          return answers;
        }""",
        [script_of(real), sorted(asked)],
    )
    for group, members in table.items():
        missed = []
        for query in members:
            pages = [page_of(found) for found in answers[query.text]["ids"]]
            assert not set(query.unwanted) & set(pages), query
            if query.wanted:
                if query.wanted not in pages[:3]:
                    missed.append((query.text, query.wanted, pages[:3]))
            elif pages or query.text not in answers[query.text]["told"]:
                missed.append((query.text, "", pages[:3]))
        least = 1 if group == queries.NOWHERE else queries.LEAST.get(group, 0.95)
        assert len(missed) <= len(members) * (1 - least), (group, missed)


def test_what_is_not_in_the_archive_is_said(chromium: Browser, both: dict[str, Built]) -> None:
    """A word that is nowhere is named as missing, alone and beside a word that is found."""
    site = both["real"]
    with opened(chromium, site, "search/") as found:
        page = found.page
        for word in ("НАТО", "Женева", "2031"):
            page.goto(f"{site.url}/{address('ru', word)}")
            answered(page)
            assert f"«{word}» в архиве нет" in page.inner_text(".told")
            assert links(page) == []
            page.goto(f"{site.url}/{address('ru', f'{word} семинар')}")
            answered(page)
            assert f"«{word}» в архиве нет" in page.inner_text(".told")
            assert SEMINAR in links(page)[0]


def test_an_excerpt_is_of_whole_words(chromium: Browser, both: dict[str, Built]) -> None:
    """An excerpt begins and ends with a word of the text, hyphens and apostrophes with it."""
    with opened(chromium, both["real"], address("ru", "семинар")) as found:
        answered(found.page)
        whole = (both["real"].public / SEMINAR / "index.html").read_text(encoding="utf-8")
        text = found.page.inner_text(f".found li:has(a[href*='{SEMINAR}']) > p:last-child")
        words = set(re.sub(r"<[^>]*>", " ", whole).split())
        for word in text.removeprefix("… ").removesuffix(" …").split():
            assert word in words or word.strip("().,;:«»") in " ".join(words), word


@pytest.mark.parametrize("query", ["мигрантов", "консульские услуги", "права женщин"])
def test_the_first_search_is_light(chromium: Browser, both: dict[str, Built], query: str) -> None:
    """With 1,000 releases everything that the first result needs, the page's own script and style
    included, is few requests and few bytes; under a path the addresses hold.
    """
    site = both["large"]
    with opened(chromium, site, address("ru", query)) as found:
        assert re.search(r"[1-9]", answered(found.page))
        asked = [url for url in found.requests if not re.search(r"\.svg|icon|labels", url)]
        first = next(n for n, url in enumerate(asked) if "/search/text/" in url)
        sizes = {url: len(gzip.compress(site.file(url).read_bytes())) for url in asked[: first + 1]}
        assert len(sizes) <= MOST_REQUESTS, sizes
        assert sum(sizes.values()) <= MOST_BYTES, sizes
        assert not found.messages


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
    script = script_of(real)
    rules = site.url + "/search/index/start.json"
    done = real.page.evaluate(
        """async ([script, rules, text]) => {
          const { reader } = await import(script);
          const read = reader((await (await fetch(rules)).json()).rules);
          const stems = w => ['ru', 'ky', 'en'].map(l => read.stem(w, l));
          return read.runs(text).map(w => [w, read.readings(w), ...stems(w)]);
        }""",
        [script, rules, text],
    )
    expected = [
        [word, list(words.readings(word)), *(words.stem(word, lang) for lang in ("ru", "ky", "en"))]
        for word in words.runs(unicodedata.normalize("NFC", text))
    ]
    assert len(expected) > 1000
    assert done == expected


def test_typing_searches_and_the_address_remembers(real: Opened) -> None:
    """Results come as one types; query, facet and order stand in the address, and Back undoes
    what was chosen.
    """
    page = real.page
    assert page.is_visible("#browse")
    page.click("#q")
    page.keyboard.type("мигрант")
    page.wait_for_selector(LINKS)
    every = answered(page)
    assert "q=" in page.url
    assert not page.is_visible("#browse")
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
        for summary in page.query_selector_all(".facets details:not([open]) summary"):
            summary.click()
        page.evaluate(AXE.read_text(encoding="utf-8"))  # the page itself loads only its own
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
                f"/{kind}/{path.name}/"
                for path in (site.public / kind).iterdir()
                if path.is_dir() and not path.name.startswith("by-")
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
