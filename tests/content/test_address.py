"""mksite.content.address: where a page lies and how it is linked."""

from __future__ import annotations

import pytest

from mksite.content import address
from tests.site_builder import SITE_YAML, site_of

ROOT = site_of()
UNDER = site_of(SITE_YAML.replace("archive.example", "archive.example/news/"))


@pytest.mark.parametrize(
    ("lang", "path", "link", "under"),
    [
        ("ru", "", "/", "/news/"),
        ("ru", "tags/", "/tags/", "/news/tags/"),
        ("ky", "", "/ky/", "/news/ky/"),
        ("en", "tags/a/", "/en/tags/a/", "/news/en/tags/a/"),
    ],
)
def test_href(lang: str, path: str, link: str, under: str) -> None:
    """The default language is at the root, others under their code, all under the site's path."""
    assert address.href(ROOT, lang, path) == link
    assert address.href(UNDER, lang, path) == under


def test_paths_of_kinds() -> None:
    """An address has its kind's folder and no year; a static page stands at the root."""
    assert address.entity_path("release", "meeting") == "releases/meeting/"
    assert address.entity_path("organization", "iom") == "organizations/iom/"
    assert address.entity_path("page", "about") == "about/"


@pytest.mark.parametrize(
    ("path", "output"),
    [
        ("", "index.html"),
        ("tags/", "tags/index.html"),
        ("404.html", "404.html"),
        ("en/", "en/index.html"),
    ],
)
def test_output_path(path: str, output: str) -> None:
    """Every page is a folder with index.html; a file is itself."""
    assert address.output_path(path) == output


def test_whole_address() -> None:
    """The whole address has the site's path once and no doubled slash."""
    assert address.absolute(ROOT, "tags/") == "https://archive.example/tags/"
    assert address.absolute(UNDER, "tags/") == "https://archive.example/news/tags/"


def test_file() -> None:
    """The name of a file is made fit for an address."""
    assert address.file_href(UNDER, "assets/a b.css") == "/news/assets/a%20b.css"
