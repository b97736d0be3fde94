"""Converts Markdown to safe HTML; no I/O here.

pulldown-cmark (by pyromark) converts, in the dialect of DESIGN §6: CommonMark with tables,
footnotes and strike-through. nh3 sanitizes whatever it gives, always. Then the archive's own is put
in: `[[links]]`, bare addresses as links, ids of headings and footnotes.

Links that need the rest of the archive are left as `href="entity:…"` and `href="attachment:…"`;
`mksite.render` fills them in with the addresses that stand in the page's View.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import msgspec
import pyromark

from mksite.record.markdown import definition, limit, sanitize
from mksite.record.markdown.address import (
    ATTACHMENT,
    ENTITY,
    link_target,
    meant_address,
    picture_target,
)
from mksite.record.markdown.plain import plain_text
from mksite.record.markdown.prepare import Remark, make_remark, prepare
from mksite.record.record import Heading
from mksite.text.name import fold
from mksite.text.transliteration import slugify
from mksite.text.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

SWITCH = "!"  # before the name in `[[!name]]`

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
_WIKI = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_STRAY = re.compile(r"(?<!\*)\*\*(?!\*)[^\s<>*&]*")
_TOKEN = re.compile("\ue000(\\d+)\ue001")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_ATTRIBUTE = re.compile(r' (href|src)="([^"]*)"')
_BARE = re.compile(
    r"(?<![\w/@.-])(?:(?P<web>https?://|www\.)[^\s<>\"«»„“”‘’]+"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+))"
)
_TRAILING = "?!.,:;*_~'\"…»)]"
_LINK_TARGET = re.compile(r'(?:href|src)="(entity|attachment):([^"]*)"')
_BARE_LINK = re.compile(r'<a href="entity:([^"]*)"[^>]*>([^<]*)</a>')
_HEADING = re.compile(r'<h([23]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_ANY_HEADING = re.compile(r'<(h[2-6])((?:[^<>"]|"[^"]*")*)>(.*?)</\1>', re.DOTALL)
_ACTIVE = ("<a", "</a", "<code", "</code", "<pre", "</pre", "<kbd", "</kbd", "<img")
_FOOTNOTE_LABEL = re.compile(
    r'<div class="footnote-definition" id="([^"]*)">'
    r'<sup class="footnote-definition-label">(\d+)</sup>'
)
_FOOTNOTE_REFERENCE = re.compile(
    r'<sup class="footnote-reference"><a href="#([^"]*)">(\d+)</a></sup>'
)
_PATH = re.compile(r'<a href="(/[^"#?]*)')
_ANCHOR = re.compile(r'<a href="#([^"]*)"')


class Body(msgspec.Struct, frozen=True, array_like=True):
    """A body: safe HTML, its headings, and the targets that its links name.

    `mentions` are names or ids as written in `[[…]]`, `files` the attachments that it names,
    `paths` the addresses within the site; each once, in the order of their first use. `bare` are
    the mentions without words of their own: readers see the name, or what the id stands for.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    mentions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def render(markdown: str, lang: str = "") -> Body:
    """The Body of a Markdown text, set by the rules of its language. Linear in its length.

    Raises TooMuch for a text with more elements, or deeper ones, than anybody types.
    """
    if not markdown.strip():
        return Body("")
    limit.check_text(markdown)
    prepared, remarks = prepare(markdown)
    links: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        links.append(match[1])
        return f"\ue000{len(links) - 1}\ue001"

    prepared = definition.as_text(_WIKI.sub(put_aside, prepared))
    raw = pyromark.html(prepared, options=_OPTIONS)
    limit.check_html(raw, markdown)
    removed = tuple(sanitize.removed(raw, markdown)) if "<" in markdown else ()
    html = publish(raw, links, lang)
    mentions: dict[str, None] = {}
    files: dict[str, None] = {}
    for scheme, target in _LINK_TARGET.findall(html):
        if target.startswith(quote(SWITCH, safe="")):
            continue
        (mentions if scheme == "entity" else files)[unquote(unescape(target))] = None
    limit.check_links(len(mentions) + len(files))
    bare = {
        name: None
        for target, words in _BARE_LINK.findall(html)
        if not target.startswith(quote(SWITCH, safe=""))
        and fold(unescape(words)) in ("", fold(name := unquote(unescape(target))))
    }
    headings = tuple(
        Heading(int(level), slug, plain_text(inner).replace("\n", " "))
        for level, slug, inner in _HEADING.findall(html)
    )
    paths = dict.fromkeys(unquote(unescape(path)) for path in _PATH.findall(html))
    limit.check_links(len(paths))
    return Body(
        html,
        headings,
        tuple(mentions),
        tuple(files),
        tuple(bare),
        tuple(path for path in paths if not path.startswith("//")),
        (*remarks, *removed, *_stray(html, markdown)),
    )


def _stray(html: str, markdown: str) -> Iterator[Remark]:
    """A warning where asterisks for bold print are left as they were typed."""
    if "**" not in html:
        return
    left = _STRAY.search(_CODE.sub("", html))
    if left:
        at = max(markdown.find(left[0]), markdown.find("**"), 0)
        line = markdown.count("\n", 0, at) + 1
        yield make_remark(line, at - markdown.rfind("\n", 0, at), "stray-asterisks")


def publish(raw: str, links: list[str], lang: str) -> str:
    """What a converter gave as it stands on the page: safe, set, with the archive's own put in."""
    raw = raw.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return typeset(_finished(sanitize.clean(raw), links).strip(), lang)


def _finished(html: str, links: list[str]) -> str:
    """Sanitised HTML with the archive's own put in; `links` are those that were put aside."""
    if "footnote-" in html:
        html = _FOOTNOTE_LABEL.sub(r'<div class="footnote" id="fn-\2"><sup>\2</sup>', html)
        html = _FOOTNOTE_REFERENCE.sub(r'<sup id="fnref-\2"><a href="#fn-\2">\2</a></sup>', html)
    parts = _TAG.split(html)
    _put_in_links(parts, links)
    made, anchors = _with_ids("".join(parts))
    return _ANCHOR.sub(lambda m: _anchored(m, anchors), made) if 'href="#' in made else made


def _put_in_links(parts: list[str], links: list[str]) -> None:
    """Links stand where a link can, else their words. At odd places of `parts` are the tags."""
    verbatim = linked = 0
    for index, part in enumerate(parts):
        if index % 2 == 0:
            if part:
                parts[index] = _text(part, links, is_code=verbatim > 0, is_link=linked > 0)
            continue
        if not part.startswith(_ACTIVE) and "\ue000" not in part:
            continue
        tag, step = _tag_of(part)
        if tag in ("code", "pre", "kbd"):
            verbatim += step
        elif tag == "a":
            linked += step
        if "\ue000" in part:
            parts[index] = _TOKEN.sub(lambda m: escape(_label(links[int(m[1])])), part)
        if tag in ("a", "img") and step > 0:
            parts[index] = _ATTRIBUTE.sub(_resolved, parts[index])


def _with_ids(html: str) -> tuple[str, dict[str, str]]:
    """HTML whose headings have ids; the anchors that GitHub would give them, and these ids.

    A heading is one level below the one that it stands under, whatever its size was: who listens
    to a page goes by levels, and one that is missing sounds like a lost part (WCAG, G141).
    """
    taken: dict[str, int] = {}
    anchors: dict[str, str] = {}

    around: list[int] = []  # the levels as written, of the headings that the next may be under

    def identified(match: re.Match[str]) -> str:
        level = int(match[1][1])
        while around and around[-1] >= level:
            around.pop()
        around.append(level)
        name = f"h{1 + len(around)}"
        words = plain_text(match[3]).replace("\n", " ")
        ident = _heading_id(words, taken)
        anchors[_github_anchor(words)] = ident
        return f'<{name}{match[2]} id="{ident}">{match[3]}</{name}>'

    return (_ANY_HEADING.sub(identified, html) if "<h" in html else html), anchors


def _tag_of(part: str) -> tuple[str, int]:
    """The name of a tag, and 1 where it opens, -1 where it closes an element."""
    name = _TAG_NAME.match(part)
    return (name[1] if name else ""), -1 if part.startswith("</") else 1


def _resolved(match: re.Match[str]) -> str:
    """An attribute with the address that it means."""
    address = unescape(match[2])
    target = link_target(address) if match[1] == "href" else picture_target(address)
    return f' {match[1]}="{escape(target)}"'


def _anchored(match: re.Match[str], anchors: dict[str, str]) -> str:
    """A link within the text leads to the heading that GitHub's preview would lead to."""
    wanted = unquote(unescape(match[1]))
    return f'<a href="#{escape(anchors.get(wanted, wanted))}"'


def _github_anchor(words: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def _text(text: str, links: list[str], *, is_code: bool, is_link: bool) -> str:
    """A text between tags, with `[[links]]` and bare addresses made links."""
    if is_code:
        return _TOKEN.sub(lambda m: escape(f"[[{links[int(m[1])]}]]", quote=False), text)
    if is_link:
        return _TOKEN.sub(lambda m: escape(_label(links[int(m[1])]), quote=False), text)
    if "://" in text or "www." in text or "@" in text:
        text = _BARE.sub(_linked, text)
    return _TOKEN.sub(lambda m: _wiki(links[int(m[1])]), text) if "\ue000" in text else text


def _linked(match: re.Match[str]) -> str:
    """A bare address as a link, without the marks that end a sentence (GFM, 6.9)."""
    end = len(match[0])
    unclosed = match[0].count(")") - match[0].count("(")
    while end and match[0][end - 1] in _TRAILING:
        if match[0][end - 1] == ")":
            if unclosed <= 0:
                break
            unclosed -= 1
        end -= 1
    address = match[0][:end]
    rest = match[0][len(address) :]
    if match["mail"]:
        return f'<a href="mailto:{address}">{address}</a>{rest}'
    if "." not in address.partition("://")[2] and match["web"] != "www.":
        return match[0]
    scheme = "https://" if match["web"] == "www." else ""
    return f'<a href="{scheme}{address}">{address}</a>{rest}'


def _wiki(written: str) -> str:
    """`name` or `name|text` as a link; a bare id gets the entity's name as its text later.

    `!name` is no link: its target leads nowhere, and tells that the name is switched off.
    """
    name, _, label = written.partition("|")
    name = " ".join(name.split())
    if name.startswith(SWITCH):
        label = label.strip() or name.removeprefix(SWITCH).strip()
    words = label.strip() or ("" if _ID.fullmatch(name) else name)
    return f'<a href="{ENTITY}{quote(name, safe="")}">{escape(words, quote=False)}</a>'


def _label(written: str) -> str:
    """The words of a link where no link can stand."""
    name, _, label = written.partition("|")
    return label.strip() or " ".join(name.split()).removeprefix(SWITCH).strip()


def _heading_id(words: str, taken: dict[str, int]) -> str:
    """A slug of the heading that no heading before it has; `s-` keeps it apart from the page's."""
    base = f"s-{slugify(words) or 'section'}"
    number = taken.get(base, 0) + 1
    taken[base] = number
    slug = base if number == 1 else f"{base}-{number}"
    while number > 1 and slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken[base] = number
    taken.setdefault(slug, 1)
    return slug


__all__ = [
    "ATTACHMENT",
    "ENTITY",
    "Body",
    "meant_address",
    "plain_text",
    "publish",
    "render",
]
