"""What another converter shows of a text, brought to the page's form for comparison."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from mksite.record.markdown.convert import publish

_BETWEEN = re.compile(
    r"\s*(</?(?:p|[uo]l|li|blockquote|pre|h\d|hr|br|table|thead|tbody|t[rhd])\b[^>]*>)\s*"
)
_REFERENCE = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
_DELETED = re.compile(r"<(/?)s>")
_TYPED = str.maketrans("–—‑’‘“”„«»", '---\'\'"""""')


def commonmark(markdown: str) -> str:
    """The HTML that markdown-it-py makes: CommonMark with tables, footnotes and strike-through."""
    html: str = _REFERENCE.render(markdown)
    return _DELETED.sub(r"<\1del>", html)


def as_page(html: str, lang: str = "") -> str:
    """The HTML of another converter as it would stand on the page."""
    return normal(publish(html, [], lang))


def normal(html: str) -> str:
    """HTML without the white space that no browser shows."""
    return _BETWEEN.sub(r"\1", html.replace("\n</code></pre>", "</code></pre>")).strip()


def without_typography(html: str) -> str:
    """HTML whose spaces, dashes, apostrophes and quotation marks are those of a keyboard."""
    return " ".join(html.replace("&nbsp;", " ").split()).translate(_TYPED)
