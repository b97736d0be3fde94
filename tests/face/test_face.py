"""What readers see, in a real browser: every kind of page of the real site and of a large one."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from tests.face.browser import AXE, HEIGHT, NU, opened, require

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.face.browser import Built

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

REAL = (
    "",
    "releases/",
    "releases/integration-strategy-round-table/",
    "releases/migrant-rights-practice/",
    "organizations/",
    "organizations/iom/",
    "programmes/",
    "programmes/bomca/",
    "people/",
    "people/bashtovenko-s-n/",
    "places/",
    "places/bishkek/",
    "tags/",
    "tags/labour-migration/",
    "funders/",
    "timeline/",
    "timeline/2013/",
    "timeline/undated/",
    "events/round-table/",
    "about/",
    "search/",
    "data/",
    "404.html",
    "ky/organizations/iom/",
    "en/releases/migrant-rights-practice/",
)
LARGE = (
    "",
    "releases/",
    "releases/release-000123/",
    "en/organizations/",
    "organizations/organization-0001/",
    "organizations/organization-0001/2010/",
    "programmes/programme-0003/",
    "programmes/programme-0001/2005/",
    "places/city-01/",
    "places/city-01/2010/",
    "ky/tags/pensii/",
    "funders/",
    "timeline/",
    "timeline/2010/",
    "timeline/undated/",
    "events/seminar/",
)
PAGES = (*(("real", path) for path in REAL), *(("large", path) for path in LARGE))
RELEASES = tuple(
    (name, path) for name, path in PAGES if "releases/" in path and path[-10:] != "releases/"
)
FIVE = (
    "integration-strategy-round-table",
    "mbos-second-session",
    "migrant-rights-practice",
    "migrants-day-conference",
    "reintegration-seminar-bomca",
)
WIDTHS = (320, 768, 1280)
A4_WIDTH = 658  # px between the margins of the print sheet
KILOBYTE = 1024

every_page = pytest.mark.parametrize(("name", "path"), PAGES)

ACCESSIBILITY = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["cat.color"]}

# The elements that Tab should reach, in order; each remembers its number.
FOCUSABLE = """() => {
  const all = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0);
  all.forEach((e, n) => { e.dataset.number = n; });
  return all.length;
}"""
# Which of them has the focus, whether it is marked and whether it can be seen.
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return [Number(e.dataset.number ?? -1),
    style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth];
}"""
# Elements that reach out of the window, but those that scroll on their own.
OUTSIDE = """() => {
  const out = [];
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    for (const e of document.body.querySelectorAll('*'))
      if (e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
          && !e.closest('.scroll')) out.push(e.outerHTML.slice(0, 90));
  return out;
}"""
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const style = getComputedStyle(e);
  return style.animationName !== 'none' || style.scrollBehavior === 'smooth'
    || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0);
}).length"""


def test_every_kind_of_page_is_looked_at(both: dict[str, Built]) -> None:
    """Each section has a page of each depth among those that the browser opens."""
    pages = {page: site for site in both.values() for page in site.public.rglob("index.html")}
    seen = {both[name].file(f"{both[name].url}/{path}") for name, path in PAGES}
    assert all(page.is_file() for page in seen)
    kinds = {kind(page.relative_to(site.public)) for page, site in pages.items()}
    assert kinds == {kind(page.relative_to(pages[page].public)) for page in seen & set(pages)}


def kind(path: Path) -> tuple[str, int]:
    """What a page is, by its address without the language: its section and its depth in it."""
    parts = [part for part in path.parts[:-1] if part not in ("ky", "en")]
    return (parts[0] if parts else "", len(parts)) if parts[:1] != ["data"] else ("data", 1)


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe-core finds: the rule, and the first element that breaks it."""
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found["violations"]]


@every_page
def test_everybody_can_use_it(
    chromium: Browser, both: dict[str, Built], name: str, path: str
) -> None:
    """axe-core finds nothing, at any width, in light and in dark."""
    require(AXE)
    with opened(chromium, both[name], path) as found:
        found.page.evaluate(AXE.read_text(encoding="utf-8"))  # the page itself loads only its own
        for width in WIDTHS:
            found.page.set_viewport_size({"width": width, "height": HEIGHT})
            found.page.emulate_media(color_scheme="light")
            assert violations(found.page, ACCESSIBILITY) == [], width
            found.page.emulate_media(color_scheme="dark")
            assert violations(found.page, COLOURS) == [], width


@every_page
def test_nothing_scrolls_sideways(
    chromium: Browser, both: dict[str, Built], name: str, path: str
) -> None:
    """At 320 px, with letters twice as large, and on paper, all stands within the page."""
    with opened(chromium, both[name], path, width=320) as found:
        assert found.page.evaluate(OUTSIDE) == []
        found.page.evaluate("document.documentElement.style.fontSize = '200%'")
        for wide in WIDTHS:
            found.page.set_viewport_size({"width": wide, "height": HEIGHT})
            assert found.page.evaluate(OUTSIDE) == [], wide
        found.page.evaluate("document.documentElement.style.fontSize = ''")
        found.page.emulate_media(media="print")
        found.page.set_viewport_size({"width": A4_WIDTH, "height": HEIGHT})
        assert found.page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("path", REAL)
def test_the_keyboard_reaches_everything(
    chromium: Browser, both: dict[str, Built], path: str
) -> None:
    """Tab goes through all links and fields in order, and each shows that it has the focus."""
    with opened(chromium, both["real"], path, width=768) as found:
        count = found.page.evaluate(FOCUSABLE)
        for number in range(count):
            found.page.keyboard.press("Tab")
            assert found.page.evaluate(FOCUSED) == [number, True, True]


@every_page
def test_a_page_loads_little_and_stands_still(
    chromium: Browser, both: dict[str, Built], name: str, path: str
) -> None:
    """At most six requests, all to the site, nothing to the console; nothing moves."""
    with opened(chromium, both[name], path) as found:
        assert found.page.evaluate(SHIFTS) == 0
        found.page.emulate_media(reduced_motion="reduce")
        assert found.page.evaluate(MOVING) == 0
        assert all(address.startswith(f"{both[name].url}/") for address in found.requests)
        assert len(found.requests) <= 6 or path == "search/"
        assert found.messages == []


@pytest.mark.parametrize(("name", "path"), RELEASES)
def test_reading_needs_no_script(
    chromium: Browser, both: dict[str, Built], name: str, path: str
) -> None:
    """Without scripts a release says what it says with them."""
    with opened(chromium, both[name], path) as found:
        wanted = found.page.inner_text("main")
    with opened(chromium, both[name], path, scripts=False) as found:
        assert found.page.inner_text("main") == wanted
        assert len(wanted) > 500


@pytest.mark.parametrize(("name", "path"), RELEASES)
def test_a_release_is_light(
    chromium: Browser, both: dict[str, Built], name: str, path: str
) -> None:
    """Compressed, the page has at most 14 KB; with all it asks for but pictures, at most 50 KB."""
    site = both[name]
    with opened(chromium, site, path) as found:
        sizes = {address: compressed(site.file(address)) for address in set(found.requests)}
    assert sizes[f"{site.url}/{path}"] <= 14 * KILOBYTE
    photos = re.compile(r"\.(?:avif|webp|jpe?g|png)$")
    assert sum(n for address, n in sizes.items() if not photos.search(address)) <= 50 * KILOBYTE


def compressed(path: Path) -> int:
    """The size of a file as most servers send it."""
    return len(gzip.compress(path.read_bytes(), 6))


def test_lists_stay_short(both: dict[str, Built]) -> None:
    """Compressed, no page of either site has more than 60 KB."""
    pages = [page for site in both.values() for page in site.public.rglob("*.html")]
    assert len(pages) > 1000
    heavy = (page for page in pages if page.stat().st_size > 60 * KILOBYTE)
    assert [str(page) for page in heavy if compressed(page) > 60 * KILOBYTE] == []


@pytest.mark.parametrize("path", REAL)
def test_on_paper_it_is_a_document(chromium: Browser, both: dict[str, Built], path: str) -> None:
    """No sheet is empty; the heading, the address and the last words of the page are there."""
    with opened(chromium, both["real"], path) as found:
        sheets = pypdf.PdfReader(io.BytesIO(found.page.pdf(prefer_css_page_size=True))).pages
        said = [letters(sheet.extract_text()) for sheet in sheets]
        assert all(said)
        whole = "".join(said)
        assert letters(found.page.inner_text("h1")) in whole
        if path != "404.html":
            assert letters(f"{both['real'].url}/{path}") in whole
        found.page.emulate_media(media="print")
        last = found.page.locator("main p:visible, main li:visible, main dd:visible").last
        assert letters(last.inner_text())[-30:] in whole


def letters(text: str) -> str:
    """Letters and digits alone: a PDF has its own idea of spaces and hyphens."""
    return "".join(filter(str.isalnum, text)).lower()


def test_the_html_is_valid(both: dict[str, Built]) -> None:
    """The Nu checker has neither errors nor warnings about any page of the real site.

    But for its guesses at a text's language, which know no Kyrgyz, and for what a page may load:
    of a file it does not know the site.
    """
    java = shutil.which("java")
    if java is None:
        require(NU.with_name("java"))
    require(NU)
    command = [str(java), "-Xmx512m", "-jar", str(NU), "--format", "json", "--skip-non-html"]
    run = subprocess.run([*command, str(both["real"].public)], capture_output=True, check=False)
    found = json.loads(run.stderr.decode())["messages"]
    known = (
        "This document appears to be written in",
        "Resource violates Content Security Policy",
        "Inline script violates Content Security Policy",
    )
    assert unexpected(m for m in found if not m["message"].startswith(known)) == []


def unexpected(messages: Iterable[dict[str, Any]]) -> list[str]:
    """The messages as lines: the page, the place, the words."""
    return [f"{m.get('url', '')}:{m.get('lastLine', 0)}: {m['message']}" for m in messages]


# Where the menu shows the page's own section: its line differs from the other entries'.
OWN_SECTION = """() => {
  const line = e => getComputedStyle(e).borderBottomColor;
  const own = document.querySelector('.menu [aria-current]');
  const other = document.querySelector('.menu a:not([aria-current])');
  return line(own) !== line(other);
}"""


def test_forced_colours_lose_nothing(chromium: Browser, both: dict[str, Built]) -> None:
    """The section of the page is marked in the menu; what is sure is filled, what is not is not."""
    with opened(chromium, both["real"], "timeline/", width=768) as found:
        found.page.emulate_media(forced_colors="active")
        assert found.page.evaluate(OWN_SECTION)
        fill = "e => getComputedStyle(e).fill"
        sure = found.page.locator(".field circle:not(.unsure)").first.evaluate(fill)
        unsure = found.page.locator(".field circle.unsure").first.evaluate(fill)
        assert sure != unsure


@pytest.mark.parametrize("ident", FIVE)
def test_the_text_begins_soon(chromium: Browser, both: dict[str, Built], ident: str) -> None:
    """On a phone of 360 by 740 the text of a release begins within one and a half screens."""
    with opened(chromium, both["real"], f"releases/{ident}/", width=360) as found:
        top = found.page.locator(".prose").first.evaluate("e => e.getBoundingClientRect().top")
        assert top <= 1.5 * 740


def test_a_role_filters_without_a_script(chromium: Browser, both: dict[str, Built]) -> None:
    """The link of a role leaves its rows, and only those; the link of all brings all back."""
    with opened(chromium, both["real"], "organizations/iom/", scripts=False) as found:
        rows = found.page.locator(".listed .row:visible")
        assert rows.count() == 2
        found.page.locator('.filter [href="#as-organizer"]').click()
        assert rows.count() == 1
        assert "as-organizer" in (rows.first.get_attribute("class") or "")
        found.page.locator('.filter [href="#records"]').click()
        assert rows.count() == 2
