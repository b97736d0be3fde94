"""Reduces HTML and Markdown to plain text."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

MOST_SIGNS = 300  # that may be Markdown in a line; each makes Python-Markdown look at the whole

_BREAKS = re.compile(r"<(?:/p|/h\d|/li|/tr|br|/blockquote|/td|/th|/div)\b[^>]*>")
_MARKUP = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\n\xa0]+")
_SIGNS = re.compile(r"[\[\]()<*_`!\\&]")
_MARKED = re.compile(r"\*\S|`\S|\]\(|(?<!\w)_\S|\\[^\w\s]")


def plain_text(html: str) -> str:
    """The text of sanitised HTML: a line a block, entities resolved."""
    text = _MARKUP.sub("", _BREAKS.sub("\n", _SPACES.sub(" ", html)))
    if "&" in text:
        text = unescape(text)
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)


@lru_cache(maxsize=1024)
def plain_line(text: str) -> str:
    """A title or summary without the Markdown that its editor may have typed.

    Python-Markdown reads it: here emphasis, code and links may stand, nothing else.
    """
    if not _MARKED.search(text) or len(_SIGNS.findall(text)) > MOST_SIGNS:
        return text
    from markdown import markdown  # noqa: PLC0415  only where there is markup

    html = markdown(text.replace("<", "&lt;"), output_format="html")
    return plain_text(html).replace("\n", " ") or text
