"""sitemap.xml (sitemaps.org, protocol 0.9, with the languages of each page) and robots.txt.

The sitemap holds every page that readers are meant to find: all HTML pages but 404.html and
redirects. `lastmod` stands only at releases whose last correction or, without one, whose
publication is known to the day: of no other page does the content say when it changed.

A sitemap may hold 50,000 addresses and 50 MB. A larger one is divided: sitemap.xml becomes an
index, and an address goes by a digest of its path into one of the parts, so that a new release
changes one part and not all.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote
from zlib import crc32

from mksite.content.address import absolute, entity_path, language_path
from mksite.pages import follow
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.catalogue.catalogue import Catalogue

MOST_URLS = 50_000
MOST_BYTES = 50_000_000
PART_URLS = 10_000  # aimed at, where a sitemap has to be divided
FILE = "sitemap.xml"
UNLISTED = ("404.html", "redirect.html", "withdrawn.html")

_MARKUP_BYTES = 80  # at most, around one address or one of its alternates


class Entry(View, frozen=True):
    """A page: its language-less path, the languages it exists in, its last change or ""."""

    path: str
    langs: tuple[str, ...]
    modified: str


class SitemapView(View, frozen=True):
    """A sitemap or a part of one.

    `roots` are the addresses of the languages' home pages, the default one's first.
    """

    roots: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


class SitemapIndexView(View, frozen=True):
    """The addresses of the parts of a sitemap."""

    parts: tuple[str, ...]


class RobotsView(View, frozen=True):
    """What crawlers are told: the path of the site, the address of its sitemap."""

    base: str
    sitemap: str


def with_sitemap(catalogue: Catalogue, pages: Iterable[Page]) -> Iterator[Page]:
    """All the pages, then the sitemap that lists them, and robots.txt."""
    site = catalogue.site
    prefixes = {lang: language_path(site, lang) for lang in site.languages}
    languages: dict[str, dict[str, None]] = {}
    for page in pages:
        yield page
        if page.path.endswith(".html") and page.template and page.template not in UNLISTED:
            path = page.path.removesuffix("index.html").removeprefix(prefixes[page.lang])
            languages.setdefault(path, {})[page.lang] = None
    yield from _sitemaps(catalogue, languages)
    robots_view = RobotsView(site.base_path, quoted(absolute(site, FILE)))
    yield Page("robots.txt", robots_view, site.default_language, producer=robots)


def _sitemaps(catalogue: Catalogue, languages: dict[str, dict[str, None]]) -> Iterator[Page]:
    """The sitemap of these paths with their languages; parts and an index where it is too large."""
    site, lang = catalogue.site, catalogue.site.default_language
    roots = tuple((x, quoted(absolute(site, language_path(site, x)))) for x in site.languages)
    if _is_surely_small(roots, languages):
        yield Page(FILE, partial(_whole, catalogue, roots, languages), lang, producer=sitemap)
        return
    parts = divided(roots, _entries(catalogue, languages))
    if len(parts) == 1:
        yield Page(FILE, SitemapView(roots, parts[0]), lang, producer=sitemap)
        return
    names = [f"sitemap-{number:03}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Page(name, SitemapView(roots, part), lang, producer=sitemap)
    index_view = SitemapIndexView(tuple(quoted(absolute(site, name)) for name in names))
    yield Page(FILE, index_view, lang, producer=index)


def _whole(
    catalogue: Catalogue, roots: tuple[tuple[str, str], ...], languages: dict[str, dict[str, None]]
) -> SitemapView:
    return SitemapView(roots, tuple(_entries(catalogue, languages)))


def _entries(catalogue: Catalogue, languages: dict[str, dict[str, None]]) -> list[Entry]:
    modified = {
        entity_path("release", card.id): follow.last_modified(card)
        for card in catalogue.releases.values()
    }
    return [
        Entry(path, tuple(languages[path]), modified.get(path, "")) for path in sorted(languages)
    ]


def _is_surely_small(
    roots: tuple[tuple[str, str], ...], languages: dict[str, dict[str, None]]
) -> bool:
    """Whether one file holds all, even if each address were as long as the longest."""
    urls = sum(map(len, languages.values()))
    longest = Entry(max(languages, key=len, default=""), tuple(lang for lang, _ in roots), "")
    bytes_of_each = _most_bytes(longest, max(len(root) for _, root in roots))
    return urls <= MOST_URLS and bytes_of_each * len(languages) <= MOST_BYTES


def divided(
    roots: tuple[tuple[str, str], ...], entries: list[Entry]
) -> tuple[tuple[Entry, ...], ...]:
    """The entries in as many parts as the protocol's limits ask for, each sorted by path."""
    longest = max(len(root) for _, root in roots)
    sizes = {entry.path: _most_bytes(entry, longest) for entry in entries}
    parts = [entries]
    count = 1
    while not all(_fits(part, sizes) for part in parts):
        count = 2 * count if count > 1 else _first_count(entries)
        parts = [[] for _ in range(count)]
        for entry in entries:
            parts[crc32(entry.path.encode()) % count].append(entry)
    return tuple(tuple(part) for part in parts)


def _fits(part: list[Entry], sizes: dict[str, int]) -> bool:
    urls = sum(len(entry.langs) for entry in part)
    return urls <= MOST_URLS and sum(sizes[entry.path] for entry in part) <= MOST_BYTES


def _first_count(entries: list[Entry]) -> int:
    """The power of two that makes parts of about PART_URLS; growth seldom changes it."""
    urls = sum(len(entry.langs) for entry in entries)
    return max(2, 1 << (urls // PART_URLS).bit_length())


def _most_bytes(entry: Entry, root: int) -> int:
    """A bound of what the entry takes in the file."""
    address = root + 3 * len(entry.path.encode()) + _MARKUP_BYTES
    languages = len(entry.langs)
    return languages * address * (languages + 2)


def quoted(url: str) -> str:
    """The address as RFC 3986 writes it."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


# Bytes


def sitemap(view: SitemapView, _renderer: object) -> bytes:
    """The addresses, each page's languages with it where it has several."""
    roots = dict(view.roots)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        ),
    ]
    for entry in view.entries:
        path = quote(entry.path)
        urls = [(lang, escape(roots[lang] + path)) for lang in entry.langs]
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>' for lang, url in urls
        )
        if entry.langs[0] == view.roots[0][0]:
            alternates += f'<xhtml:link rel="alternate" hreflang="x-default" href="{urls[0][1]}"/>'
        if len(urls) == 1:
            alternates = ""
        modified = f"<lastmod>{entry.modified}</lastmod>" if entry.modified else ""
        lines += [f"<url><loc>{url}</loc>{modified}{alternates}</url>" for _, url in urls]
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def index(view: SitemapIndexView, _renderer: object) -> bytes:
    """The list of the parts."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<sitemap><loc>{escape(part)}</loc></sitemap>" for part in view.parts),
        "</sitemapindex>\n",
    ]
    return "\n".join(lines).encode()


def robots(view: RobotsView, _renderer: object) -> bytes:
    """Crawlers may read everything (RFC 9309), and are told of the sitemap.

    They read this file only at the root of a host: where the site lives under a path, it says so.
    """
    lines = ["User-agent: *", f"Allow: {quoted(view.base)}", "", f"Sitemap: {view.sitemap}", ""]
    if view.base != "/":
        lines.insert(0, "# Crawlers look for this file at the root of the host: copy it there.")
    return "\n".join(lines).encode()
