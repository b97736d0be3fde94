"""The site's sign: an icon at the root, a manifest in each language, links to them on each page."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html
from PIL import Image

from mksite.pages import icon
from mksite.pages.frame import Frame
from tests.real_archive import published
from tests.site_builder import catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

ORIGIN = "https://migrant-rights.example.kg"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of this checkout."""
    root: Path = tmp_path_factory.mktemp("real")
    return published(root, "citations", "calendars", "search")


def test_the_icon_at_the_root_has_the_sizes_of_tabs(real: dict[str, bytes]) -> None:
    """Programs ask for /favicon.ico without a link; a search in the browser shows it too."""
    with Image.open(BytesIO(real["favicon.ico"])) as picture:
        assert picture.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    for folder in ("", "ky/", "en/"):
        root = etree.fromstring(real[f"{folder}opensearch.xml"])
        images = [child.text for child in root if etree.QName(child).localname == "Image"]
        assert images == [f"{ORIGIN}/favicon.ico"]


@pytest.mark.parametrize("folder", ["", "ky/", "en/"])
def test_a_manifest_names_pictures_of_the_sizes_that_it_says(
    real: dict[str, bytes], folder: str
) -> None:
    """Each page leads to its language's manifest, and that to files that are there."""
    page = html.fromstring(real[f"{folder}index.html"])
    (link,) = page.xpath("//link[@rel='manifest']/@href")
    manifest = json.loads(real[str(link).lstrip("/")])
    assert manifest["start_url"] == f"/{folder}"
    assert manifest["lang"] == (folder.rstrip("/") or "ru")
    assert manifest["name"] in str(page.findtext(".//title"))
    assert [shown["sizes"] for shown in manifest["icons"]] == ["any", "192x192"]
    with Image.open(BytesIO(real[manifest["icons"][1]["src"].lstrip("/")])) as picture:
        assert picture.size == (192, 192)
    (touch,) = page.xpath("//link[@rel='apple-touch-icon']/@href")
    with Image.open(BytesIO(real[str(touch).lstrip("/")])) as picture:
        assert picture.size == (180, 180)
        assert picture.mode in {"P", "RGB"}  # a phone paints black where a picture is transparent


def test_a_site_without_pictures_has_a_manifest_without_them() -> None:
    """No icon is promised that is not there."""
    made, _ = catalogue_of({})
    pages = list(icon.pages(made, (Frame(made, "ru"),), ()))
    assert [page.path for page in pages] == ["site.webmanifest"]


def test_a_release_leads_programs_to_its_citations_and_its_event(real: dict[str, bytes]) -> None:
    """`rel=alternate` with each file's type, which is there."""
    page = html.fromstring(real["en/releases/migrant-rights-practice/index.html"])
    folder = "/en/releases/migrant-rights-practice/migrant-rights-practice"
    links = {
        str(link.get("type")): str(link.get("href"))
        for link in page.xpath("//link[@rel='alternate'][@type]")
        if str(link.get("href")).startswith(folder)
    }
    assert links == {
        "application/x-research-info-systems": f"{folder}.ris",
        "application/x-bibtex": f"{folder}.bib",
        "application/vnd.citationstyles.csl+json": f"{folder}.json",
    }
    assert all(link.lstrip("/") in real for link in links.values())
    assert f"{folder}.ics".lstrip("/") in real
    assert page.xpath("//dd/a/@href[contains(., '.ics')]") == [f"{folder}.ics"]
    doubtful = html.fromstring(real["releases/mbos-second-session/index.html"])
    assert doubtful.xpath("//@href[contains(., 'session.ics')]") == []
