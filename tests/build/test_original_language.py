"""A release, a page or an entity whose original is not in the site's first language."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import html5lib
import pytest

from mksite.build.build import verify
from tests import small_archive
from tests.build.test_site import identifiers, references, resolve
from tests.site_builder import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.site_builder import Content, SmallSite

    Maker = Callable[[Mapping[str, Content]], SmallSite]

KYRGYZ = "releases/chogulush/index.html"
ENGLISH = "releases/notice/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """The small archive with all features, published."""
    made = small_archive.make_real(tmp_path_factory.mktemp("languages") / "site", features=True)
    made.build()
    return made


@pytest.fixture(scope="module")
def files(site: SmallSite) -> dict[str, bytes]:
    """What is published."""
    return tree(site.public)


def page(files: Mapping[str, bytes], path: str) -> Element:
    """A published page."""
    parsed: Element = html5lib.parse(files[path], namespaceHTMLElements=False)
    return parsed


def linked_data(files: Mapping[str, bytes], path: str) -> dict[str, object]:
    """The article in a page's JSON-LD."""
    for script in page(files, path).iter("script"):
        if script.get("type") == "application/ld+json":
            graph = json.loads(script.text or "")["@graph"]
            article: dict[str, object] = next(n for n in graph if n["@type"] == "NewsArticle")
            return article
    raise AssertionError(path)


def test_pages_are_only_in_the_languages_that_are_written(files: Mapping[str, bytes]) -> None:
    """The Kyrgyz original has a Kyrgyz page and the translation's, the English one stands alone."""
    assert {lang for lang in ("", "ky/", "en/") if lang + KYRGYZ in files} == {"", "ky/"}
    assert {lang for lang in ("", "ky/", "en/") if lang + ENGLISH in files} == {"en/"}
    assert {lang for lang in ("", "ky/", "en/") if f"{lang}help/index.html" in files} == {"ky/"}


def test_the_page_says_its_language(files: Mapping[str, bytes]) -> None:
    """To browsers, and in structured data, where the translation names its original."""
    assert page(files, f"ky/{KYRGYZ}").get("lang") == "ky"
    assert page(files, f"en/{ENGLISH}").get("lang") == "en"
    original = linked_data(files, f"ky/{KYRGYZ}")
    translation = linked_data(files, KYRGYZ)
    assert original["inLanguage"] == "ky"
    assert "translationOfWork" not in original
    assert translation["inLanguage"] == "ru"
    told = translation["translationOfWork"]
    assert isinstance(told, dict)
    assert told["@id"] == original["@id"]


def test_texts_of_the_front_matter_are_in_the_language_of_the_file(
    files: Mapping[str, bytes],
) -> None:
    """On the Russian page what is not translated is marked as Kyrgyz; on the Kyrgyz one not."""
    for word in ("уюштуруучу", "Күнү такталды."):
        marked = [e for e in page(files, KYRGYZ).iter() if e.get("lang") == "ky"]
        assert any(word in "".join(e.itertext()) for e in marked), word
        others = [e for e in page(files, f"ky/{KYRGYZ}").iter() if e.get("lang") == "ky"]
        assert [e.tag for e in others if word in "".join(e.itertext())] == ["html"], word


def test_lists_show_it_marked(files: Mapping[str, bytes]) -> None:
    """A list leads to the page that there is, and says its language where that is another."""
    for path, href, lang in (
        ("releases/index.html", "/en/releases/notice/", "en"),
        ("ky/releases/index.html", "/ky/releases/chogulush/", None),
        ("en/tags/town/index.html", "/releases/chogulush/", "ru"),
    ):
        found = [e for e in page(files, path).iter("a") if e.get("href") == href]
        assert [e.get("lang") for e in found][:1] == [lang], path
    marks = [e for e in page(files, "releases/index.html").iter("small") if e.get("lang") == "en"]
    assert [mark.text for mark in marks] == ["English"]


def test_every_link_and_anchor_resolves(files: Mapping[str, bytes]) -> None:
    """Nothing leads to a page in a language that is not there."""
    pages = {path: page(files, path) for path in files if path.endswith(".html")}
    anchors = {path: identifiers(one) for path, one in pages.items()}
    archive = "https://archive.example"
    for path, one in pages.items():
        for reference in references(one):
            target = resolve(reference.replace(archive, ""), path)
            if target is None:
                continue
            file, anchor = target
            assert file in files, (path, reference)
            assert not anchor or anchor in anchors.get(file, {anchor}), (path, reference)


def test_files_for_programs_say_it(files: Mapping[str, bytes]) -> None:
    """The data, the sitemap, the feeds and citations."""
    text = files["data/releases.csv"].decode("utf-8-sig")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    row = next(row for row in rows if row["id"] == "chogulush")
    assert (row["lang"], row["page"]) == ("ky", "https://archive.example/ky/releases/chogulush/")
    assert (row["title_ru"], row["title_ky"]) == ("Собрание", "Чогулуш")
    sitemap = files["sitemap.xml"].decode()
    assert "<loc>https://archive.example/en/releases/notice/</loc>" in sitemap
    assert "<loc>https://archive.example/releases/notice/</loc>" not in sitemap
    feed = files["feed.xml"].decode()
    assert 'href="https://archive.example/en/releases/notice/"' in feed
    assert "releases/notice/notice.ris" not in files
    citation = json.loads(files["ky/releases/chogulush/chogulush.json"])
    assert "ky" in json.dumps(citation)


def test_nothing_is_stale(tmp_path: Path) -> None:
    """Another language of the original moves its page, and a build from nothing says the same."""
    site = small_archive.make_real(tmp_path / "site", features=True)
    site.build()
    path = "content/releases/2014/notice.md"
    text = (site.root / path).read_text("utf-8")
    site.write({path: text.replace('"en"', '"ky"')})
    site.build()
    assert not (site.public / "en" / ENGLISH).exists()
    assert (site.public / "ky" / ENGLISH).exists()
    assert verify(site.options()).differing == ()
