"""mksite.pages.static: static pages in their languages, redirects, and the page for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from urllib.request import urlopen

import pytest

from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
PLAIN = "features: {search: false, feeds: false, data: false, calendars: false, citations: false}\n"
FILES: dict[str, Content] = {
    "site.yaml": SITE_YAML.replace("[releases]", "[about]") + PLAIN,
    "content/pages/about.md": "---\ntitle: О центре\naliases: [/centre/]\n---\n[[meeting]]\n",
    "content/pages/about.en.md": "---\ntitle: About\n---\nText\n",
    "content/releases/meeting.md": """\
        ---
        title: Встреча
        aliases: [/old/address/, /old/name, /2013/03/meeting.html, /%d0%b0/, /старый/адрес/]
        ---
        [[about]] и [[О центре|здесь]]
        """,
}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("centre/index.html", "/about/"),
        ("old/address/index.html", "/releases/meeting/"),
        ("old/name/index.html", "/releases/meeting/"),
        ("2013/03/meeting.html", "/releases/meeting/"),
        ("а/index.html", "/releases/meeting/"),
    ],
)
def test_redirect(path: str, target: str, make_site: Maker) -> None:
    """An address that was left leads to the new one, by itself and by a link."""
    page = make_site(FILES).build().public[path].decode()
    assert f'content="0; url={target}"' in page
    assert f'href="{target}"' in page


def test_a_redirect_of_a_site_under_a_path(make_site: Maker) -> None:
    """The site's own path stands before the address, but is no part of what an editor writes."""
    text = str(FILES["site.yaml"]).replace("archive.example", "archive.example/news")
    built = make_site({**FILES, "site.yaml": text}).build()
    assert b"url=/news/releases/meeting/" in built.public["old/address/index.html"]


def test_a_redirect_goes_with_its_alias(make_site: Maker) -> None:
    """Where the alias is taken out, nothing stays at the address."""
    site = make_site(FILES)
    site.build()
    site.write({"content/releases/meeting.md": "---\ntitle: Встреча\n---\n"})
    built = site.build()
    assert {path for path in built.public if path.startswith(("old/", "2013/"))} == set()


def test_a_static_page_in_its_languages(make_site: Maker) -> None:
    """It exists in each language that it is written in; menus lead to the nearest."""
    built = make_site(FILES).build()
    assert "about/index.html" in built.public
    assert "en/about/index.html" in built.public
    assert "ky/about/index.html" not in built.public
    assert b'<a href="/en/about/">About</a>' in built.public["en/index.html"]
    assert '<a href="/about/">О центре</a>'.encode() in built.public["ky/index.html"]


def test_links_to_and_from_a_static_page(make_site: Maker) -> None:
    """A static page and a release link each other by id or title."""
    built = make_site(FILES).build()
    assert '<a href="/releases/meeting/">Встреча</a>'.encode() in built.public["about/index.html"]
    page = built.public["releases/meeting/index.html"].decode()
    assert '<a href="/about/">О центре</a> и\xa0<a href="/about/">здесь</a>' in page


def test_not_found(make_site: Maker) -> None:
    """404.html leads home in each language and exists once."""
    built = make_site(FILES).build()
    page = built.public["404.html"].decode()
    assert all(f'<a href="{home}">' in page for home in ("/", "/ky/", "/en/"))
    assert [path for path in built.public if path.endswith("404.html")] == ["404.html"]


@pytest.mark.parametrize(
    "address",
    ["/старый/адрес/", "/%D1%81%D1%82%D0%B0%D1%80%D1%8B%D0%B9/%d0%b0дрес/", "/а/", "/%D0%B0/"],
)
def test_both_spellings_of_an_old_address_are_served(address: str, make_site: Maker) -> None:
    """A web server finds the redirect, whether a browser writes letters or their codes."""
    site = make_site(FILES)
    assert site.build().result.published
    handler = partial(SimpleHTTPRequestHandler, directory=str(site.public))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}"
        with urlopen(host + quote(unquote(address)), timeout=10) as answer:  # noqa: S310  ours
            assert "url=/releases/meeting/" in answer.read().decode()
        server.shutdown()
