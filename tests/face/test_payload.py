"""Nothing that is typed anywhere runs in a reader's browser."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

import html5lib
import pytest
from PIL import Image

from mksite.build.build import build
from mksite.build.options import Options
from mksite.content.model import KIND_SPECS
from tests.command.test_bad_input import front
from tests.face import payloads
from tests.face.browser import CHECKOUT, Built
from tests.face.conftest import once
from tests.face.sites import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from tests.site_builder import SmallSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

URL = "https://archive.example"
SITE_YAML = f"""\
title: {{ru: Архив '"><script>caught(900)</script>, en: Archive <img src=x onerror=caught(901)>}}
description: {{ru: Описание </title><script>caught(902)</script>}}
url: {URL}
languages: [ru, en]
licence: {{name: "CC <svg onload=caught(903)>", url: "https://a.example/?'><script>caught(904)</script>"}}
contact: {{name: "<b onclick=caught(905)>a</b>", address: "<script>caught(906)</script>"}}
menu: [releases, timeline, organizations, programmes, places, tags]
"""
CATCH = "window.hits = []; window.caught = number => { window.hits.push(number) }"
# What would run once somebody pointed, clicked or typed; and scripts that are not the site's own.
# What a page itself brings are scripts with an address, and data that a browser does not run.
LYING_IN_WAIT = """() => {
  const found = []
  for (const element of document.querySelectorAll('*')) {
    for (const {name, value} of element.attributes) {
      if (/^on/i.test(name)) found.push(`${element.localName} ${name}`)
      const plain = value.replace(/[\\u0000-\\u0020]/g, '').toLowerCase()
      if (/^(?:href|src|action|formaction|data|background|xlink:href|srcdoc)$/i.test(name)
          && /^(?:javascript|vbscript|data:text)/.test(plain)) found.push(`${name}=${value}`)
    }
    if (element.localName === 'script' && !element.src
        && !/json/.test(element.type)) found.push(element.outerHTML.slice(0, 99))
    if (/^(?:iframe|object|embed|base|frame|applet|foreignobject|portal)$/i.test(element.localName))
      found.push(element.localName)
  }
  return found
}"""


def picture() -> bytes:
    """A small photograph."""
    made = BytesIO()
    Image.new("RGB", (9, 9)).save(made, "PNG")
    return made.getvalue()


def made(root: Path) -> Path:
    """The site of payloads, built with the checkout's templates."""
    for path, content in payloads.files(picture()).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for name in ("templates", "assets"):
        shutil.copytree(CHECKOUT / name, root / name)
    (root / "site.yaml").write_text(SITE_YAML, encoding="utf-8")
    result = build(Options(root=root, output=root / "public", now=NOW, engine="payloads"))
    told = [problem for problem in result.problems if problem.severity == "error"]
    assert result.published, told[:9]
    return root / "public"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with each payload in each field of each kind."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if folder.name.startswith("popen-") else folder
    return Built(once(shared / "payloads", made), URL)


@pytest.fixture
def page(chromium: Browser, site: Built) -> Iterator[Page]:
    """A page whose policy is not asked for: the markup alone must hold."""
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(CATCH)
    opened = context.new_page()

    def answer(route: Route) -> None:
        file = site.file(route.request.url)
        if not route.request.url.startswith(f"{URL}/") or not file.is_file():
            route.fulfill(status=404, body="")
            return
        route.fulfill(path=file)

    context.route("**/*", answer)
    yield opened
    context.close()


def hits(page: Page) -> list[int]:
    """The numbers of the payloads that have run in the page."""
    page.wait_for_timeout(20)
    found: list[int] = page.evaluate("window.hits")
    return found


def test_there_are_as_many_as_are_told() -> None:
    """Each is another text, with its own number."""
    assert len(set(payloads.PAYLOADS)) == payloads.COUNT
    assert all(payloads.call(n) in text for n, text in enumerate(payloads.PAYLOADS))


def test_they_would_run(page: Page) -> None:
    """Taken for markup many run at once, and what lies in wait is seen: the net has no hole."""
    ran, waiting = 0, 0
    page.goto(f"{URL}/404.html")
    for text in payloads.PAYLOADS:
        page.set_content(f"<!doctype html><title>a</title><body>{text}</body>")
        ran += bool(hits(page))
        waiting += bool(page.evaluate(LYING_IN_WAIT))
    assert ran > 30
    assert waiting > 80


@pytest.mark.parametrize("kind", list(KIND_SPECS))
def test_no_page_runs_what_was_typed(page: Page, site: Built, kind: str) -> None:
    """Every page of every kind: nothing has run, and nothing waits to be run."""
    folder = KIND_SPECS[kind].folder  # type: ignore[index]
    looked_at = 0
    for number in range(payloads.COUNT):
        for lang in ("", "en/") if kind == "organization" else ("",):  # the others are alike
            path = f"{lang}{folder}/a{number}/" if kind != "page" else f"{lang}a{number}/"
            if not site.file(f"{URL}/{path}").is_file():
                continue
            page.goto(f"{URL}/{path}")
            assert hits(page) == [], path
            assert page.evaluate(LYING_IN_WAIT) == [], path
            looked_at += 1
    assert looked_at >= payloads.COUNT


def test_no_list_runs_what_was_typed(page: Page, site: Built) -> None:
    """So do lists, the timeline, the data and the pages of the site's own texts."""
    paths = sorted(
        file.parent.relative_to(site.public).as_posix()
        for file in site.public.rglob("index.html")
        if not file.parent.name.startswith("a")
    )
    assert len(paths) > 10
    for path in paths:
        page.goto(f"{URL}/{path}/".replace("/./", "/"))
        assert hits(page) == [], path
        assert page.evaluate(LYING_IN_WAIT) == [], path


def test_no_drawing_runs(page: Page, site: Built) -> None:
    """A drawing that is opened by itself is a page of the site."""
    for number in range(len(payloads.DRAWINGS)):
        path = f"releases/a0/drawing-{number}.svg"
        assert site.file(f"{URL}/{path}").is_file()
        page.goto(f"{URL}/{path}")
        assert hits(page) == [], path
        assert page.evaluate(LYING_IN_WAIT) == [], path


@pytest.mark.parametrize("asked", ["a title", "a payload"])
def test_the_search_runs_nothing(page: Page, asked: str) -> None:
    """Neither a found title nor what was asked for is taken for markup."""
    found = 0
    for number, text in enumerate(payloads.PAYLOADS):
        query = f"метка{number}" if asked == "a title" else text
        page.goto(f"{URL}/search/?q={quote(query)}")
        page.wait_for_function(
            "() => { const t = document.querySelector('#search [role=status]').textContent;"
            " return t && !t.includes('…') }"
        )
        assert hits(page) == [], text
        assert page.evaluate(LYING_IN_WAIT) == [], text
        found += page.locator(".found h2 a").count() > 0
    assert found > (payloads.COUNT - 1 if asked == "a title" else 20)


def test_no_file_name_is_markup(
    make_site: Callable[[Mapping[str, str | bytes]], SmallSite],
) -> None:
    """A source with a name that could be is refused before anything is made of it."""
    names = [text.replace("/", "∕")[:60] for text in payloads.PAYLOADS]
    built = make_site({f"content/releases/{name}.md": front() for name in names}).build()
    assert built.public == {}
    assert {problem.code for problem in built.result.problems} == {"bad-file-name"}
    assert len(built.result.problems) == len(set(names))


def test_no_name_of_an_attachment_is_markup(
    make_site: Callable[[Mapping[str, str | bytes]], SmallSite],
) -> None:
    """One with signs that Windows has in no name is refused; others have clean addresses."""
    names = {text.replace("/", "∕")[:60] for text in payloads.PAYLOADS}
    marked = {name for name in names if set('<>:"|?*\\') & set(name)}
    site = make_site(
        {"content/releases/a.md": front()}
        | {f"content/releases/a/{name}.csv": f"{number}" for number, name in enumerate(names)}
    )
    refused = {problem.path.rpartition("/")[2] for problem in site.build().result.problems}
    assert refused >= {f"{name}.csv" for name in marked}
    site.remove(*(f"content/releases/a/{name}" for name in refused))
    built = site.build()
    assert built.result.problems == ()
    assert all(re.fullmatch(r"[\w./-]+", path, re.ASCII) for path in built.public)
    page = html5lib.parse(built.public["releases/a/index.html"], namespaceHTMLElements=False)
    assert not [e for e in page.iter() if any(name.startswith("on") for name in e.attrib)]
