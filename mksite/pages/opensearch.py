"""opensearch.xml in each language (OpenSearch 1.1): browsers offer the archive's own search."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mksite.content.address import language_path
from mksite.pages import follow
from mksite.pages.sitemap import quoted
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.pages.frame import Frame

FILE = "opensearch.xml"
MOST_SHORT = 16  # characters, by the specification
MOST_LONG = 48
MOST_DESCRIPTION = 1024


class OpenSearchView(View, frozen=True):
    """A description document; `search` is the address of the search page, `image` of the icon."""

    lang: str
    short: str
    long: str
    description: str
    search: str
    own: str
    image: str


def pages(catalogue: Catalogue, frames: tuple[Frame, ...], *, image: str = "") -> Iterator[Page]:
    """One description a language, where the site has a search; `image` is a path or ""."""
    if not catalogue.site.features.search:
        return
    for frame in frames:
        site, lang = frame.site, frame.lang
        title = site.text(site.title, lang)[0]
        view = OpenSearchView(
            lang=lang,
            short=shortened(_short_title(frame) or title, MOST_SHORT),
            long=shortened(title, MOST_LONG),
            description=shortened(site.text(site.description, lang)[0] or title, MOST_DESCRIPTION),
            search=quoted(site.origin + frame.href("search/")),
            own=quoted(site.origin + frame.href(FILE)),
            image=quoted(site.origin + site.base_path + image) if image else "",
        )
        yield Page(language_path(site, lang) + FILE, view, lang, producer=description)


def _short_title(frame: Frame) -> str:
    """The short name of who publishes the site."""
    key = frame.catalogue.publisher
    return frame.short(frame.catalogue.entities[key]) if key else ""


def shortened(text: str, most: int) -> str:
    """The text on one line, cut after a word where it is longer than `most` characters."""
    words = " ".join(follow.clean(text).split())
    if len(words) <= most:
        return words
    cut = words[: most - 1].rpartition(" ")[0] if words[most - 1] != " " else words[: most - 1]
    return (cut or words[: most - 1]) + "…"


def _image(view: OpenSearchView) -> str:
    """The icon, in the size that a browser's list of searches shows."""
    size = 'width="16" height="16" type="image/x-icon"'
    return f"<Image {size}>{escape(view.image)}</Image>"


def description(view: OpenSearchView, _renderer: object) -> bytes:
    """The description as XML."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(view.short)}</ShortName>",
        f"<Description>{escape(view.description)}</Description>",
        f"<LongName>{escape(view.long)}</LongName>",
        f'<Url type="text/html" template="{escape(view.search)}?q={{searchTerms}}"/>',
        (
            '<Url type="application/opensearchdescription+xml" rel="self"'
            f' template="{escape(view.own)}"/>'
        ),
        *([_image(view)] if view.image else []),
        f"<Language>{view.lang}</Language>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>\n",
    ]
    return "\n".join(lines).encode()
