"""The citation files beside a release, and what machines read in the built pages."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from lxml import html

from mksite.build import capabilities
from mksite.pages.citation import citing, line
from mksite.pages.citation.citing import Citation
from mksite.pages.frame import Frame
from mksite.text.typography import typeset_line
from mksite.view.page import view_of
from mksite.view.release import ReleaseView
from tests import small_archive, vocabulary
from tests.site_builder import SmallSite, catalogue_of, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

CHECKOUT = Path(__file__).parents[2]
SUFFIXES = ("ris", "bib", "json")
ADDED_BYTES = 1536  # compressed: what citations and machines may add to a release's page
ADDED = re.compile(
    rb'<meta (?:property|name)="(?:og|article|DC|citation)[^>]*>\n'
    rb'|<script type="application/ld\+json">.*?</script>\n'
    rb'|<section[^>]* aria-labelledby="cite">.*?</section>\n',
    re.DOTALL,
)
PAGE_BYTES = 14 * 1024
UNKIND = """\
---
title: "</script><b>{a}\\\\ \\"кавычки\\" %s & <!-- ]]> @misc{ 😀 \\u200f\\u2028"
date: 2020-02-03
organizers: [evil]
---
Текст.
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of this checkout, with one release more that says what breaks formats."""
    root = tmp_path_factory.mktemp("real")
    for part in ("content", "templates", "assets"):
        shutil.copytree(CHECKOUT / part, root / part)
    shutil.copy(CHECKOUT / "site.yaml", root)
    (root / "content/releases/evil-title.md").write_text(UNKIND, encoding="utf-8")
    evil = "---\nname: 'Фонд </script> {x} \\ & \"y\"'\n---\n"
    (root / "content/organizations/evil.md").write_text(evil, encoding="utf-8")
    return opened(root).build().public


def opened(root: Path) -> SmallSite:
    """A site folder that is there already."""
    site = object.__new__(SmallSite)
    site.root, site.public = root, root / "public"
    return site


def releases(public: Mapping[str, bytes]) -> dict[str, HtmlElement]:
    """The pages of releases, by the path of their folder."""
    return {
        path.removesuffix("index.html"): html.fromstring(data.decode())
        for path, data in public.items()
        if re.fullmatch(r"(?:[a-z]{2}/)?releases/[^/]+/index\.html", path)
    }


def said(page: HtmlElement, name: str) -> list[str]:
    """What the meta tags of a name say."""
    found = page.xpath("//head/meta[@name=$name or @property=$name]/@content", name=name)
    assert isinstance(found, list)
    return [str(text) for text in found]


def test_every_download_gives_back_the_release(public: Mapping[str, bytes]) -> None:
    """RIS, BibTeX and CSL-JSON say the title, the date and the authors that the page says."""
    pages = releases(public)
    assert len(pages) == 16
    for folder, page in pages.items():
        ident = folder.rstrip("/").rpartition("/")[2]
        (title,), authors = said(page, "citation_title"), said(page, "DC.creator")
        whole = [line.whole(name) for name in authors]
        assert said(page, "citation_author") == [f"{name}," for name in whole]
        dates = said(page, "citation_publication_date")
        links = page.xpath('//dd[@class="downloads"]/a/@href')
        assert links == [f"/{folder}{ident}.{suffix}" for suffix in SUFFIXES]
        ris, bib, csl = (public[f"{folder}{ident}.{suffix}"].decode() for suffix in SUFFIXES)
        (record,) = rispy.loads(ris)
        assert (record["title"], record.get("authors", [])) == (title, whole)
        assert ([record["date"].rstrip("/")] if "date" in record else []) == dates
        library = parse_string(bib)
        assert not library.failed_blocks
        (entry,) = library.entries
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        assert ([fields["date"].replace("-", "/")] if "date" in fields else []) == dates
        assert fields["url"] == said(page, "citation_public_url")[0]
        assert entry.key.isascii()
        if "evil" not in ident:
            assert fields["title"] == f"{{{title}}}"
            assert fields.get("author", "") == " and ".join(f"{{{name}}}" for name in authors)
        source = CiteProcJSON(json.loads(csl))
        assert str(source[entry.key]["title"]) == title
        assert [name["literal"] for name in json.loads(csl)[0].get("author", [])] == authors
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Cited([CitationItem(entry.key)]))
        (written,) = ("".join(map(str, entry)) for entry in bibliography.bibliography())
        assert title in written
        assert all(date[:4] in written for date in dates)


def test_keys_are_unique(public: Mapping[str, bytes]) -> None:
    """No two citations of the site, in whatever language, have one key."""
    one = re.compile(r"releases/([^/]+)/\1\.bib$").search
    files = [data for path, data in public.items() if one(path)]
    keys = {parse_string(data.decode()).entries[0].key for data in files}
    assert len(keys) == len(files) == 16


def test_the_whole_list_gives_back_every_release(public: Mapping[str, bytes]) -> None:
    """citations.ris, .bib and .json hold each release of a list once, in the list's order."""
    lists = {path for path in public if re.search(r"/citations\.\w+$", path)}
    for stem in sorted({path.rpartition(".")[0] for path in lists}):
        ris, bib, csl = (public[f"{stem}.{suffix}"].decode() for suffix in SUFFIXES)
        library = parse_string(bib)
        assert not library.failed_blocks
        keys = [entry.key for entry in library.entries]
        assert keys == [record["id"] for record in rispy.loads(ris)]
        assert keys == [item["id"] for item in json.loads(csl)]
        assert keys == list(dict.fromkeys(keys))
        page = html.fromstring(public[f"{stem.rpartition('/')[0]}/index.html"].decode())
        if not stem.endswith("releases/citations"):
            offered = [str(link) for link in page.xpath('//dd[@class="downloads"]/a/@href')]
            assert offered[-3:] == [f"/{stem}.{suffix}" for suffix in SUFFIXES]
    whole = json.loads(public["releases/citations.json"])
    ids = {path.split("/")[1] for path in public if re.match(r"releases/[^/]+/index", path)}
    assert {item["id"].partition("_")[0] for item in whole} == ids
    assert {"releases", "organizations", "places", "people", "tags"} <= {
        path.split("/")[0] for path in lists
    }


def test_every_block_of_json_is_json(public: Mapping[str, bytes]) -> None:
    """Each page but redirects and 404.html has one block, and schema.org allows what it says."""
    count = 0
    for path, data in public.items():
        if not path.endswith(".html"):
            continue
        page = html.fromstring(data.decode())
        blocks = page.xpath('//script[@type="application/ld+json"]/text()')
        if path == "404.html" or page.xpath('//meta[@http-equiv="refresh"]'):
            assert blocks == []
            continue
        (block,) = blocks
        assert vocabulary.mistakes(vocabulary.graph_of(json.loads(str(block)))) == [], path
        count += 1
    assert count > 150


def test_a_title_stays_within_its_place(public: Mapping[str, bytes]) -> None:
    """A title with markup is the same text on the page, in its tags and in its JSON."""
    page = releases(public)["releases/evil-title/"]
    (heading,) = page.xpath("//h1")
    title = '</script><b>{a}\\ "кавычки" %s & <!-- ]]> @misc{ 😀 \u200f'
    assert line.clean(heading.text_content()) == line.clean(typeset_line(title, "ru"))
    assert said(page, "og:title") == said(page, "DC.title") == [title]
    (block,) = page.xpath('//script[@type="application/ld+json"]/text()')
    assert json.loads(str(block))["@graph"][0]["headline"] == title
    assert page.xpath("//b") == []


def test_the_head_is_honest(public: Mapping[str, bytes]) -> None:
    """Messengers and Zotero get title, address and languages; a day only where it is sure."""
    pages = releases(public)
    sure = pages["en/releases/migrant-rights-practice/"]
    assert said(sure, "og:type") == ["article"]
    assert said(sure, "og:locale") == ["en_GB"]
    assert said(sure, "og:locale:alternate") == ["ru_RU", "ky_KG"]
    assert said(sure, "og:url") == sure.xpath("//link[@rel='canonical']/@href")
    assert said(sure, "article:published_time") == said(sure, "DC.date") == ["2013-03-25"]
    assert said(sure, "citation_author") == ["Tian Shan Policy Center,"]
    assert said(sure, "DC.type") == ["webpage"]
    assert "labour migration" in said(sure, "citation_keywords")[0].lower().split("; ")
    (picture,) = said(sure, "og:image")
    path = picture.removeprefix("https://migrant-rights.example.kg/")
    assert public[path] == (CHECKOUT / "assets/share.png").read_bytes()
    for name in ("citation_publication_date", "article:published_time"):
        assert said(pages["releases/integration-strategy-round-table/"], name) == []
    years = {
        "integration-strategy-round-table": "[2012?]",
        "migrants-day-conference": "[2016 или 2017]",
        "mbos-second-session": "[2023?]",
    }
    for ident, year in years.items():
        page = pages[f"releases/{ident}/"]
        assert said(page, "DC.date") == [year]
        (citation,) = page.xpath('//*[@class="citation"]')
        assert f" – {year}. – " in citation.text_content()


def test_the_page_stays_light(public: Mapping[str, bytes]) -> None:
    """What is added for machines and scholars is small, compressed, and so is the page."""
    for folder in releases(public):
        data = public[f"{folder}index.html"]
        bare = ADDED.sub(b"", data)
        assert len(bare) < len(data)
        assert len(gzip.compress(data)) <= PAGE_BYTES
        assert len(gzip.compress(data)) - len(gzip.compress(bare)) <= ADDED_BYTES


def test_files_and_pages_say_the_same() -> None:
    """The citation made for the files is that of the page."""
    site = site_of(small_archive.site_yaml(("citations",)))
    files = small_archive.files()
    content = {path: text for path, text in files.items() if path.startswith("content/")}
    catalogue, _ = catalogue_of(content, site)
    frames = tuple(Frame(catalogue, lang) for lang in site.languages)
    pages = [p for capability in capabilities.CAPABILITIES for p in capability(catalogue, frames)]
    views = [view_of(page) for page in pages]
    shown = [citing.cite(view) for view in views if isinstance(view, ReleaseView)]
    written = {view for view in views if isinstance(view, Citation)}
    assert len(shown) == 10
    assert written == set(shown)


def test_a_body_is_no_part_of_a_citation(tmp_path: Path) -> None:
    """An edited text renders no citation; an edited title those of its language."""
    site = small_archive.make(tmp_path / "site", ("citations",))
    site.build()
    path = site.root / "content/releases/2012/anchor.ky.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Биринчи билдирүү.", "Жаңы текст."), encoding="utf-8")
    rendered = site.build().result.rendered
    assert "ky/releases/anchor/index.html" in rendered
    assert not [name for name in rendered if name.endswith(SUFFIXES)]
    path.write_text(text.replace("Казык", "Мык"), encoding="utf-8")
    rendered = site.build().result.rendered
    made = [name for name in sorted(rendered) if name.endswith(SUFFIXES)]
    assert [name for name in made if "/citations." not in name] == [
        f"ky/releases/anchor/anchor.{suffix}" for suffix in sorted(SUFFIXES)
    ]
    assert "ky/releases/citations.ris" in made
    assert all(name.startswith("ky/") for name in made)


def test_citations_may_be_switched_off(tmp_path: Path) -> None:
    """Without the feature there are no files, no links to them and no citation on the page."""
    root = tmp_path / "site"
    site = small_archive.make(root, ("citations",))
    shutil.rmtree(root / "templates")
    for part in ("templates", "assets"):
        shutil.copytree(CHECKOUT / part, root / part, dirs_exist_ok=True)
    page = "releases/anchor/index.html"
    public = site.build().public
    assert b'class="citation"' in public[page]
    assert b"anchor.ris" in public[page]
    site.write({"site.yaml": small_archive.site_yaml()})
    public = site.build().public
    assert b'class="citation"' not in public[page]
    assert b"anchor.ris" not in public[page]
    assert not [name for name in public if name.endswith(SUFFIXES)]
