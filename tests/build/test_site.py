"""The archive itself: links resolve, pages are whole, and nothing that content/ says is lost.

It is built once; what should be there is counted against content/ without the Catalogue.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import frontmatter
import html5lib
import pytest

from mksite.build.build import build
from mksite.build.options import Options
from tests.site_builder import ENGINE, tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
ORIGIN = "https://migrant-rights.example.kg"
LANGUAGES = ("ru", "ky", "en")
KINDS = ("organizations", "programmes", "places", "tags")
ROLE_FIELDS = {
    "organizers": "organizer",
    "partners": "partner",
    "support": "support",
    "funders": "funder",
    "participants": "participant",
}
NOT_LINKED = {"404.html"}
_WIKILINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_OWN = re.compile(rf"[\"'>]({re.escape(ORIGIN)}[^\"'<\s]*)")
_REFERENCES = ("href", "src", "action", "poster", "data", "{http://www.w3.org/1999/xlink}href")
_CYRILLIC = re.compile(r"[А-Яа-яЁёӨөҮүҢң]{2}")  # a single letter may be spoken of
_KYRGYZ_ONLY = re.compile(r"\w[ӨөҮүҢң]|[ӨөҮүҢң]\w")


class Published(NamedTuple):
    """The output by path, its pages parsed, and the mistakes that parsing found."""

    files: dict[str, bytes]
    pages: dict[str, Element]
    mistakes: dict[str, list[str]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The whole archive as a build from nothing publishes it."""
    root = tmp_path_factory.mktemp("archive")
    for name in ("content", "templates", "assets"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.yaml", root)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    result = build(Options(root=root, output=root / "public", now=now, engine=ENGINE))
    assert result.problems == ()
    files = tree(root / "public")
    pages, mistakes = {}, {}
    for path, data in files.items():
        if path.endswith(".html"):
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            pages[path] = parser.parse(data, transport_encoding="utf-8")
            mistakes[path] = [code for _, code, _ in parser.errors]
    return Published(files, pages, mistakes)


def address(path: str) -> str:
    """The address of an output file within the site: `/tags/` of `tags/index.html`."""
    return "/" + path.removesuffix("index.html")


def language_of(path: str) -> str:
    """The language that a page's address says it is in."""
    first = path.partition("/")[0]
    return first if first in LANGUAGES[1:] else LANGUAGES[0]


def references(page: Element) -> Iterator[str]:
    """Everything that a page names by address."""
    for element in page.iter():
        for attribute in _REFERENCES:
            if attribute in element.attrib:
                yield element.attrib[attribute]
        for candidate in element.get("srcset", "").split(","):
            if candidate.strip():
                yield candidate.split()[0]
        yield from _URL.findall(element.get("style", ""))
        if element.tag == "style":
            yield from _URL.findall(element.text or "")
        if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield element.get("content", "").partition("url=")[2]


def resolve(reference: str, path: str) -> tuple[str, str] | None:
    """The output file and the anchor that a reference leads to; None where it leads elsewhere."""
    whole = urlsplit(urljoin(ORIGIN + address(path), reference.strip()))
    if f"{whole.scheme}://{whole.netloc}" != ORIGIN:
        return None
    target = unquote(whole.path).lstrip("/")
    return (f"{target}index.html" if target.endswith("/") or not target else target), whole.fragment


def identifiers(page: Element) -> set[str]:
    """All anchors of a page."""
    return {element.attrib["id"] for element in page.iter() if "id" in element.attrib}


def text_of(element: Element) -> str:
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


# ---- links


def test_every_link_and_anchor_resolves(published: Published) -> None:
    """What any page names by address is published, and the anchor is on that page."""
    anchors = {path: identifiers(page) for path, page in published.pages.items()}
    broken = []
    for path, page in published.pages.items():
        for reference in references(page):
            target = resolve(reference, path)
            if target is None:
                continue
            file, anchor = target
            if file not in published.files or (
                anchor and anchor not in anchors.get(file, {anchor})
            ):
                broken.append((path, reference))
    assert broken == []


def test_links_of_styles_and_drawings_resolve(published: Published) -> None:
    """What a style sheet or an SVG file names is published, or is an anchor in itself."""
    broken = []
    for path, data in published.files.items():
        if path.endswith((".css", ".svg")):
            text = data.decode()
            found = _URL.findall(text) + re.findall(r'href="([^"]*)"', text)
            for reference in found:
                target = resolve(reference, path)
                if reference.startswith("#"):
                    broken += [] if f'id="{reference[1:]}"' in text else [(path, reference)]
                elif target and target[0] not in published.files:
                    broken.append((path, reference))
    assert broken == []


def test_whole_addresses_resolve(published: Published) -> None:
    """The site's own addresses in feeds, sitemaps, calendars and exports lead to what is there."""
    broken = set()
    for path, data in published.files.items():
        if path.endswith((".xml", ".txt", ".json", ".html")):
            for reference in _OWN.findall(data.decode()):
                target = resolve(reference.partition("?")[0], path)
                if target and target[0] not in published.files:
                    broken.add((path, reference))
    assert broken == set()


def test_every_page_is_reached_from_home(published: Published) -> None:
    """From the front page one comes by links to every other page, in whatever language."""
    seen: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in published.pages:
            continue
        seen.add(path)
        for link in published.pages[path].iter("a"):
            target = resolve(link.get("href", ""), path)
            if target:
                waiting.append(target[0])
    assert set(published.pages) - seen == NOT_LINKED


# ---- every page


def test_no_page_has_a_parse_error(published: Published) -> None:
    """A strict HTML5 parser finds nothing to mend."""
    assert {path: found for path, found in published.mistakes.items() if found} == {}


def test_identifiers_are_unique(published: Published) -> None:
    """No page has an anchor twice."""
    for path, page in published.pages.items():
        found = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
        assert len(found) == len(set(found)), path


def test_every_page_has_one_heading(published: Published) -> None:
    """A page has one h1 that says something, and a title of its own within its language."""
    titles: dict[str, str] = {}
    for path, page in published.pages.items():
        (heading,) = page.iter("h1")
        assert text_of(heading), path
        title = text_of(next(page.iter("title")))
        same = f"{language_of(path)} {title}"
        assert same not in titles, (path, titles.get(same))
        titles[same] = path


def test_language_and_canonical_address(published: Published) -> None:
    """A page says which language it is in, and its own address."""
    for path, page in published.pages.items():
        assert page.get("lang") == language_of(path), path
        (canonical,) = [e.get("href") for e in page.iter("link") if e.get("rel") == "canonical"]
        assert canonical == ORIGIN + address(path), path


def alternates(page: Element) -> dict[str, str]:
    """The addresses of a page by language."""
    return {
        link.attrib["hreflang"]: link.attrib["href"]
        for link in page.iter("link")
        if link.get("rel") == "alternate" and "hreflang" in link.attrib
    }


def test_alternates_are_reciprocal(published: Published) -> None:
    """A page in several languages names all of them, itself included; each names the same."""
    for path, page in published.pages.items():
        if path in NOT_LINKED:
            continue
        found = alternates(page)
        bare = path.removeprefix("ky/").removeprefix("en/")
        exists = {lang: ("" if lang == "ru" else f"{lang}/") + bare for lang in LANGUAGES}
        expected = {
            lang: ORIGIN + address(other)
            for lang, other in exists.items()
            if other in published.pages
        }
        if "ru" in expected:
            expected["x-default"] = expected["ru"]
        assert found == expected, path


def spoken(element: Element, lang: str) -> Iterator[tuple[str, str]]:
    """Every text below an element with the language that it is said to be in."""
    lang = element.get("lang", lang)
    if element.tag in ("script", "style"):
        return
    if element.text:
        yield lang, element.text
    for attribute in ("alt", "title", "aria-label"):
        if attribute in element.attrib:
            yield lang, element.attrib[attribute]
    for child in element:
        yield from spoken(child, lang)
        if child.tail:
            yield lang, child.tail


def test_texts_are_in_the_language_that_they_are_said_to_be_in(published: Published) -> None:
    """No Russian or Kyrgyz words are passed off as English, no Kyrgyz ones as Russian."""
    wrong = {
        (path, text.strip())
        for path, page in published.pages.items()
        for lang, text in spoken(next(page.iter("body")), page.get("lang", ""))
        if (lang == "en" and _CYRILLIC.search(text)) or (lang == "ru" and _KYRGYZ_ONLY.search(text))
    }
    assert wrong == set()


# ---- nothing is lost


class Source(NamedTuple):
    """A file of content/ as python-frontmatter reads it."""

    id: str
    lang: str
    meta: dict[str, Any]
    body: str


def sources(folder: str) -> list[Source]:
    """All files of a kind."""
    found = []
    for path in sorted((CONTENT / folder).rglob("*.md")):
        ident, _, lang = path.stem.partition(".")
        post = frontmatter.load(str(path))
        found.append(Source(ident, lang, post.metadata, post.content))
    return found


def originals(folder: str) -> dict[str, dict[str, Any]]:
    """Front matter by id."""
    return {source.id: source.meta for source in sources(folder) if not source.lang}


def spellings(meta: dict[str, Any]) -> Iterator[str]:
    """All names under which an entity is known."""
    former = [left["name"] for left in meta.get("former", ())]
    for name in (meta["name"], meta.get("short"), *meta.get("aliases", ()), *former):
        yield from name.values() if isinstance(name, dict) else [name] if name else []


def plain(name: str) -> str:
    """A name without what does not matter in it."""
    bare = re.sub(r"[«»“”\"„]", "", name.casefold().replace("ё", "е").replace("-", " "))
    return " ".join(bare.split())


def parties() -> dict[str, tuple[str, str]]:
    """Name or id → kind and id of every organization and programme."""
    found = {}
    for folder in ("programmes", "organizations"):
        for ident, meta in originals(folder).items():
            for name in (ident, f"{folder}/{ident}", *spellings(meta)):
                found[plain(name)] = (folder, ident)
    return found


def named(value: str | list[str] | None) -> list[str]:
    """One name or a list of them."""
    return [value] if isinstance(value, str) else list(value or ())


def roles_in_content() -> dict[tuple[str, str], dict[str, set[str]]]:
    """Organization or programme → role → the releases in which content/ gives it that role."""
    known = parties()
    programmes = originals("programmes")
    links: dict[str, list[str]] = defaultdict(list)
    for source in sources("releases"):
        links[source.id] += _WIKILINK.findall(source.body)
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for ident, meta in originals("releases").items():
        roles: set[tuple[tuple[str, str], str]] = set()
        for field, role in ROLE_FIELDS.items():
            roles |= {(known[plain(name)], role) for name in named(meta.get(field))}
        speakers = [speaker.get("organization") for speaker in meta.get("speakers", ())]
        roles |= {(known[plain(name)], "speaker") for name in speakers if name}
        publisher = meta.get("source", {}).get("publisher")
        roles |= {(known[plain(name)], "publisher") for name in named(publisher)}
        for name in named(meta.get("programme")):
            programme = programmes[known[plain(name)][1]]
            for field, role in (("funders", "funder"), ("implementers", "implementer")):
                roles |= {(known[plain(name)], role) for name in named(programme.get(field))}
        active = {key for key, _ in roles}
        mentioned = {known[plain(name)] for name in links[ident] if plain(name) in known}
        roles |= {(key, "mentioned") for key in mentioned - active}
        for key, role in roles:
            found[key][role].add(ident)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_role_leads_to_every_release(published: Published, lang: str) -> None:
    """From a party's page one reaches every release that names it, under its role, and no other."""
    expected = roles_in_content()
    assert len(expected) >= 30
    for folder in ("organizations", "programmes"):
        for ident in originals(folder):
            path = f"{'' if lang == 'ru' else lang + '/'}{folder}/{ident}/index.html"
            shown: dict[str, set[str]] = {}
            for row in published.pages[path].iter("li"):
                targets = [link.get("href", "") for link in row.iter("a")]
                ids = [re.search(r"/releases/([^/]+)/$", target) for target in targets]
                for held in re.findall(r"as-(\w+)", row.get("class", "")):
                    shown.setdefault(held, set()).update(match[1] for match in ids if match)
            assert shown == expected.get((folder, ident), {}), path


def test_every_release_in_each_language_it_is_written_in(published: Published) -> None:
    """A release has a page in each language of its files and in no other, under its own title."""
    written: dict[str, str] = {}
    for source in sources("releases"):
        start = f"{source.lang}/" if source.lang else ""
        written[f"{start}releases/{source.id}/index.html"] = source.meta["title"]
    shown = {
        path: text_of(next(page.iter("h1")))
        for path, page in published.pages.items()
        if re.fullmatch(r"(?:\w\w/)?releases/[^/]+/index\.html", path)
    }
    assert len(written) == 15
    assert {path: plain(title) for path, title in shown.items()} == {
        path: plain(title) for path, title in written.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", KINDS)
def test_every_entity_in_each_language(published: Published, folder: str, lang: str) -> None:
    """An entity has a page in each language, under its name in it, and stands in its index."""
    start = "" if lang == "ru" else f"{lang}/"
    index = published.pages[f"{start}{folder}/index.html"]
    listed = {link.get("href") for link in index.iter("a")}
    for ident, meta in originals(folder).items():
        name = meta["name"] if isinstance(meta["name"], str) else meta["name"].get(lang)
        page = published.pages[f"{start}{folder}/{ident}/index.html"]
        assert name is None or plain(name) in plain(text_of(next(page.iter("h1"))))
        assert f"/{start}{folder}/{ident}/" in listed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_release_leads_to_all_that_it_names(published: Published, lang: str) -> None:
    """A release's page links its programme, venue, tags and everyone with a role in it."""
    start = "" if lang == "ru" else f"{lang}/"
    known = parties()
    roles = roles_in_content()
    for ident, meta in originals("releases").items():
        path = f"{start}releases/{ident}/index.html"
        if path not in published.pages:
            continue
        linked = {link.get("href") for link in published.pages[path].iter("a")}
        wanted = {f"tags/{tag}" for tag in named(meta.get("tags"))}
        wanted |= {f"places/{place}" for place in named(meta.get("venue"))}
        wanted |= {"/".join(known[plain(name)]) for name in named(meta.get("programme"))}
        wanted |= {
            f"{folder}/{party}"
            for (folder, party), found in roles.items()
            if any(ident in releases for releases in found.values())
        }
        assert {f"/{start}{target}/" for target in wanted} - linked == set(), path


def around(folder: str, field: str) -> dict[str, set[str]]:
    """Entity → itself and all that it lies in."""
    metas = originals(folder)
    chains = {}
    for ident in metas:
        chain = [ident]
        while metas[chain[-1]].get(field):
            chain.append(metas[chain[-1]][field])
        chains[ident] = set(chain)
    return chains


@pytest.mark.parametrize(
    ("folder", "named_in", "outer"),
    [
        ("places", "venue", "within"),
        ("tags", "tags", "broader"),
        ("programmes", "programme", "parent"),
    ],
)
def test_a_place_tag_or_programme_leads_to_its_releases(
    published: Published, folder: str, named_in: str, outer: str
) -> None:
    """So does the page of a place, tag or programme, with what lies within it."""
    chains = around(folder, outer)
    expected = defaultdict(set)
    for ident, meta in originals("releases").items():
        for name in named(meta.get(named_in)):
            for place in chains[name]:
                expected[place].add(ident)
    assert expected
    for ident in originals(folder):
        page = published.pages[f"{folder}/{ident}/index.html"]
        targets = [link.get("href", "") for link in next(page.iter("main")).iter("a")]
        found = {match[1] for t in targets if (match := re.fullmatch(r"/releases/([^/]+)/", t))}
        assert expected[ident] <= found, ident
        mentions = {
            match[1]
            for row in page.iter("li")
            if "as-mentioned" in row.get("class", "")
            for link in row.iter("a")
            if (match := re.fullmatch(r"/releases/([^/]+)/", link.get("href", "")))
        }
        if folder != "programmes":
            assert found - mentions == expected[ident], ident


def test_every_release_stands_in_time(published: Published) -> None:
    """The list of releases and the timeline together lead to every release."""
    ids = set(originals("releases"))
    for start in ("releases/", "timeline/"):
        found = {
            match[1]
            for path, page in published.pages.items()
            if path.startswith(start) and (start == "timeline/" or path == "releases/index.html")
            for link in page.iter("a")
            if (match := re.fullmatch(r"/releases/([^/]+)/", link.get("href", "")))
        }
        assert found == ids


def test_two_builds_give_the_same_bytes(
    published: Published, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another folder, another time, another order of files: the same archive byte for byte."""
    root = tmp_path_factory.mktemp("again")
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.yaml", root)
    for path in sorted(CONTENT.rglob("*.md"), reverse=True):
        target = root / "content" / path.relative_to(CONTENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    now = datetime(2031, 1, 2, tzinfo=UTC)
    build(Options(root=root, output=root / "public", now=now, engine=ENGINE, jobs=2))
    again = tree(root / "public")
    assert {path for path in again if again[path] != published.files.get(path)} == set()
    assert again.keys() == published.files.keys()
