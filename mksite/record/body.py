"""Markdown to safe HTML and plain text; no I/O here.

A lean Python-Markdown: tables, headings with ids, `[[links]]`, and guards that keep its patterns
away from text in which they can find nothing, which is most of a press release. A body without
rare markup goes to a converter without the patterns for it; a property test holds the two
converters together. Whatever they give is sanitised by nh3 afterwards, always.

Links that need the rest of the archive are left as `href="entity:…"` and `href="attachment:…"`;
`mksite.render.renderer` fills them in with the addresses that stand in the page's view.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

import msgspec
import nh3
from markdown import Markdown
from markdown.blockprocessors import (
    HashHeaderProcessor,
    ParagraphProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from mksite.record.record import Heading
from mksite.text.name import fold
from mksite.text.transliteration import slugify
from mksite.text.typography import typeset

ENTITY = "entity:"
ATTACHMENT = "attachment:"

_LINE_NOT_WORD = re.compile(r"\n(?![^\W\d_])").search
_RARE_MARKUP = re.compile(r"[`\\<&\t\x02\x03]|!\[|\]:|\] ?\n?\[(?!\[)|  \n").search
_RARE_PATTERNS = (
    "backtick",
    "escape",
    "reference",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "linebreak",
    "html",
    "entity",
)
_INLINE_SPECIAL = re.compile(r"[`\\\[<&*_\x02]|  \n").search
_LINK_TARGET = re.compile(r'(?:href|src)="(entity|attachment):([^"]*)"')
_BARE_LINK = re.compile(r'<a href="entity:([^"]*)"[^>]*>([^<]*)</a>')
_HEADING = re.compile(r'<h([23]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_BREAKS = re.compile(r"<(?:/p|/h\d|/li|/tr|br|/blockquote|/td|/th)\b[^>]*>")
_MARKUP = re.compile(r"<[^>]*>")
_SET_ASIDE = re.compile("\x02[^\x02\x03]*\x03")
_SPACES = re.compile(r"[ \t\n\xa0]+")
_CONTROLS = re.compile(r"[\t\n\r]")
_SPACES_AND_CONTROLS = "".join(map(chr, range(0x21)))
_REMOTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)

_TAG_NAMES = (
    "a abbr b blockquote br caption cite code dd del dfn dl dt em figcaption figure h2 h3 h4 h5 h6"
    " hr i img ins kbd li mark ol p pre q s small span strong sub sup table tbody td tfoot th thead"
    " tr u ul"
)
_TAGS = set(_TAG_NAMES.split())
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel", "entity", "attachment"},
    link_rel=None,
)


class Body(msgspec.Struct, frozen=True, array_like=True):
    """A body: safe HTML, its headings, and the targets that its links name.

    `mentions` are names or ids as written in `[[…]]`, `files` the attachments that it names;
    each once, in the order of their first use. `bare` are the mentions without words of their own:
    readers see the name itself, or what the id stands for.
    """

    html: str
    headings: tuple[Heading, ...]
    mentions: tuple[str, ...]
    files: tuple[str, ...]
    bare: tuple[str, ...] = ()


class _SkipPlainText(Treeprocessor):
    """Marks text without any inline markup as finished, before the inline patterns run."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            text = element.text
            if text and not _INLINE_SPECIAL(text):
                element.text = AtomicString(text)


class _PlainParagraph(ParagraphProcessor):
    """Takes a block that can be nothing but a paragraph, before other processors look at it:
    each of its lines begins with a letter, and it has no table's bar.
    """

    def test(self, _parent: Element, block: str) -> bool:
        return (
            block[:1].isalpha()
            and "|" not in block
            and ("\n" not in block or not _LINE_NOT_WORD(block))
        )


class _HashHeader(HashHeaderProcessor):
    """Looks for a heading only where there is a `#`."""

    def test(self, parent: Element, block: str) -> bool:
        return "#" in block and super().test(parent, block)


class _SetextHeader(SetextHeaderProcessor):
    """Looks for an underlined heading only where something is underlined."""

    def test(self, parent: Element, block: str) -> bool:
        return ("\n=" in block or "\n-" in block) and super().test(parent, block)


class _WikiLink(InlineProcessor):
    """`[[name]]` and `[[name|text]]`; a bare id gets the entity's name as its text later."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  the library's name
        self, m: re.Match[str], _data: str
    ) -> tuple[Element, int, int]:
        name, _, label = m[1].partition("|")
        name = " ".join(name.split())
        link = Element("a", href=ENTITY + quote(name, safe=""))
        is_id = re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)
        link.text = AtomicString(label.strip() or ("" if is_id else name))
        return link, m.start(0), m.end(0)


class _Finish(Treeprocessor):
    """Gives headings levels below the page's own and ids, and marks links to attachments."""

    def run(self, root: Element) -> None:
        taken: set[str] = set()
        for element in root.iter():
            tag = element.tag
            if tag == "a":
                _mark_attachment(element, "href")
            elif tag == "img":
                _mark_attachment(element, "src")
            elif tag in _HEADINGS:
                if tag == "h1":
                    element.tag = "h2"
                element.set("id", _heading_id("".join(element.itertext()), taken))


def meant_address(address: str) -> str:
    """An address as a browser reads it (WHATWG URL): without spaces and control characters at its
    ends, tabs and line ends anywhere, and with forward slashes.
    """
    plain = _CONTROLS.sub("", address).strip(_SPACES_AND_CONTROLS)
    scheme = plain.partition(":")[0].lower()
    is_special = scheme in ("http", "https", "ftp", "ws", "wss") or ":" not in plain
    return plain.replace("\\", "/") if is_special else plain


def _mark_attachment(element: Element, attribute: str) -> None:
    target = meant_address(element.get(attribute, ""))
    if target and not _REMOTE.match(target):
        target = ATTACHMENT + quote(unquote(target), safe="/")
    element.set(attribute, target)


def _heading_id(text: str, taken: set[str]) -> str:
    """A slug of the heading that no heading before it has; `s-` keeps it apart from the page's.

    What the library has put aside (HTML, escapes) says nothing and would change with what is above.
    """
    base = f"s-{slugify(_SET_ASIDE.sub('', text)) or 'section'}"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


class _Archive(Extension):
    """The archive's own additions to Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.parser.blockprocessors.register(_PlainParagraph(md.parser), "plain-paragraph", 200)
        md.parser.blockprocessors.register(_HashHeader(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_SetextHeader(md.parser), "setextheader", 60)
        md.inlinePatterns.register(_WikiLink(r"\[\[([^\[\]\n]+)\]\]", md), "wikilink", 175)
        md.treeprocessors.register(_SkipPlainText(md), "plain-text", 25)
        md.treeprocessors.register(_Finish(md), "finish", 15)


class Converter:
    """Markdown to HTML. Made once for many bodies: making one costs milliseconds."""

    def __init__(self) -> None:
        self._make()

    def _make(self) -> None:
        self.full = _markdown()
        self.lean = _markdown()
        for name in _RARE_PATTERNS:
            self.lean.inlinePatterns.deregister(name)
        self.lean.preprocessors.deregister("html_block")
        self.lean.postprocessors.deregister("raw_html")

    def convert(self, markdown: str) -> str:
        """The HTML of a Markdown text, not yet sanitised."""
        engine = self.full if _RARE_MARKUP(markdown) else self.lean
        try:
            html: str = engine.reset().convert(markdown)
        except Exception:
            # Its parser keeps what it was in the middle of, and would read the next text so.
            self._make()
            raise
        return html


def _markdown() -> Markdown:
    return Markdown(extensions=[TableExtension(), _Archive()], output_format="html")


def render(markdown: str, converter: Converter, lang: str = "") -> Body:
    """The Body of a Markdown text, set by the rules of its language. Linear in its length."""
    if not markdown.strip():
        return Body("", (), (), ())
    html = typeset(_CLEANER.clean(converter.convert(markdown)), lang)
    mentions: dict[str, None] = {}
    files: dict[str, None] = {}
    for scheme, target in _LINK_TARGET.findall(html):
        (mentions if scheme == "entity" else files)[unquote(unescape(target))] = None
    headings = tuple(
        Heading(int(level), slug, plain_text(inner).replace("\n", " "))
        for level, slug, inner in _HEADING.findall(html)
    )
    bare = {
        name: None
        for target, words in _BARE_LINK.findall(html)
        if fold(unescape(words)) in ("", fold(name := unquote(unescape(target))))
    }
    return Body(html, headings, tuple(mentions), tuple(files), tuple(bare))


def plain_text(html: str) -> str:
    """The text of sanitised HTML: a line a block, entities resolved."""
    text = _MARKUP.sub("", _BREAKS.sub("\n", _SPACES.sub(" ", html)))
    if "&" in text:
        text = unescape(text)
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)
