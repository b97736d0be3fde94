"""Writes an Atom feed (RFC 4287); well-formed whatever stands in its texts."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from mksite.pages import follow

if TYPE_CHECKING:
    from mksite.pages.feed.feed import FeedEntry, FeedView
    from mksite.view.page import Renderer

_TAG = re.compile(  # that may refer to something; sanitised attributes stand in double quotes
    r'<(?:a|area|audio|blockquote|del|img|ins|q|source|track|video)\s[^<>"]*(?:"[^"]*"[^<>"]*)*>'
)
_REFERENCE = re.compile(r' (href|src|poster|cite|srcset)="([^"]*)"')
_SCHEMED = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_NO_IRI = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f-\xa0]')


def atom(view: FeedView, renderer: Renderer) -> bytes:
    """The feed as Atom."""
    site = view.origin
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<?xml-stylesheet type="text/css"{_attribute("href", view.style)}?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{_attribute("xml:lang", view.lang)}>',
        _element("id", view.id),
        _element("title", view.title),
        _element("subtitle", view.subtitle),
        _element("updated", view.updated),
        _link("self", _whole(site, view.href), type="application/atom+xml"),
        _link("alternate", _whole(site, view.page), type="text/html", hreflang=view.lang),
        *(
            _link("alternate", _whole(site, x.href), type="application/atom+xml", hreflang=x.lang)
            for x in view.others
        ),
        _person(view.author, _whole(site, view.author_href)),
        _element("rights", view.rights.text, lang=view.rights.lang) if view.rights else "",
        _element("generator", "mksite"),
    ]
    for entry in view.entries:
        lines += _entry_lines(view, entry, renderer)
    lines.append("</feed>\n")
    return "\n".join(filter(None, lines)).encode()


def _entry_lines(view: FeedView, entry: FeedEntry, renderer: Renderer) -> list[str]:
    site, lang = view.origin, entry.lang or view.lang
    address = _whole(site, entry.href)
    content = _content(entry, site, address, renderer)
    return [
        f"<entry{_attribute('xml:lang', entry.lang)}>",
        _element("id", entry.id),
        _element("title", entry.title),
        _element("published", entry.published),
        _element("updated", entry.updated),
        _link("alternate", address, type="text/html", hreflang=lang),
        *(
            _link("alternate", _whole(site, x.href), type="text/html", hreflang=x.lang)
            for x in entry.others
        ),
        _link("via", _iri(entry.via)) if entry.via.startswith(("https://", "http://")) else "",
        *(_person(author.text, _whole(site, author.href)) for author in entry.authors),
        *(
            f"<category{_attribute('term', c.term)}"
            f"{_attribute('scheme', _whole(site, c.scheme))}{_attribute('label', c.label)}/>"
            for c in entry.categories
        ),
        _element("summary", entry.summary),
        f'<content type="html">{escape(content, quote=False)}</content>',
        "</entry>",
    ]


def _content(entry: FeedEntry, origin: str, address: str, renderer: Renderer) -> str:
    """The release's text as HTML that stands anywhere; an inexact date is said first."""
    html = str(renderer.body(entry.body)) if entry.body.digest else ""
    html = whole_links(html, origin, address)
    if entry.when:
        note = ""
        if entry.note:
            lang = f' lang="{entry.note.lang}"' if entry.note.lang else ""
            note = f"<br><small{lang}>{escape(entry.note.text)}</small>"
        html = f"<p><strong>{escape(entry.when)}</strong>{note}</p>\n{html}"
    return follow.clean(html)


def whole_links(html: str, origin: str, address: str) -> str:
    """Sanitised HTML whose links and pictures are whole addresses, seen from the page's own."""

    def whole(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name == "srcset":
            sizes = [part.strip().partition(" ") for part in value.split(",")]
            urls = [f"{_joined(origin, address, url)} {size}".strip() for url, _, size in sizes]
            joined = ", ".join(urls)
        else:
            joined = _joined(origin, address, value)
        return f' {name}="{joined}"'

    return _TAG.sub(lambda tag: _REFERENCE.sub(whole, tag[0]), html)


def _joined(origin: str, address: str, target: str) -> str:
    if target.startswith("/") and not target.startswith("//"):
        return origin + target
    if _SCHEMED.match(target):
        return target
    try:
        return urljoin(address, target)
    except ValueError:
        return target


def _whole(origin: str, path: str) -> str:
    return _iri(origin + path)


def _iri(text: str) -> str:
    """The address without what no IRI may hold (RFC 3987)."""
    return _NO_IRI.sub(lambda sign: quote(sign[0]), text)


def _element(name: str, text: str, *, lang: str = "") -> str:
    """An element with a text, or nothing where there is none."""
    cleaned = follow.clean(text)
    if not cleaned.strip():
        return f"<{name}/>" if name == "title" else ""
    return f"<{name}{_attribute('xml:lang', lang)}>{escape(cleaned, quote=False)}</{name}>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(follow.clean(value))}"' if value else ""


def _link(rel: str, target: str, **values: str) -> str:
    given = "".join(_attribute(name, value) for name, value in values.items())
    return f'<link rel="{rel}"{given}{_attribute("href", target)}/>'


def _person(name: str, uri: str) -> str:
    named = _element("name", name) or _element("name", uri)
    return f"<author>{named}{_element('uri', uri)}</author>"
