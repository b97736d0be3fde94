"""The part of a text in which names are recognized, character for character in its place."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

# Where no name is recognized, and the sign that a text must have for such a place to be there.
_MARKUP = re.compile(
    r"^(?:```|~~~).*?(?:^(?:```|~~~)|\Z)|``[^`\n]+``|`[^`\n]+`"
    r"|\[\[!(?P<word>[^\[\]\n]+)\]\]"
    r"|\[\[[^\[\]\n]{0,300}\]\]|!?\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)"
    r"|\{#[^{}\n]*\}|^\[[^\[\]\n]+\]:[^\n]*"
    r"|<(?:https?:|mailto:|/?[a-zA-Z])[^<>\n]*>",
    re.MULTILINE | re.DOTALL,
)
_MARKUP_SIGN = re.compile(r"[`\[<{~]")
_ADDRESSES = (
    ("://", re.compile(r"(?:https?|ftp)://[^\s<>«»]+")),
    ("www.", re.compile(r"www\.[^\s<>«»]+")),
    ("@", re.compile(r"(?<![\w.+\-\\])[\w.+\-\\]+@[\w\-]+(?:\.[\w\-]+)+")),
    (".", re.compile(r"(?<=\w)\.(?:kg|com|org|net|ru|int|info|eu)\b(?:/[^\s<>«»,;)]*)?")),
)
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>')
_OFF = re.compile(r'href="entity:%21([^"]*)"')
_ENTITY = re.compile(r"&#?\w+;")
_UNREAD = frozenset({"a", "code", "pre", "kbd"})
_INLINE = frozenset(
    {"abbr", "b", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "u"}
)
_HEADING = re.compile(r"h[2-6]")
_MARK = "\x00"


class Visible(NamedTuple):
    """A text as long as the one that it is made of, with marks where nothing is recognized.

    `off` are the words that an editor has switched off, `headings` the places of headings.
    """

    text: str
    off: tuple[str, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


def of_markdown(text: str) -> Visible:
    """What a plain text or Markdown shows, without code, links and addresses."""
    off = []

    def mask(match: re.Match[str]) -> str:
        if match["word"]:
            off.append(match["word"].partition("|")[0])
        return _MARK * len(match[0])

    visible = _MARKUP.sub(mask, text) if _MARKUP_SIGN.search(text) else text
    return Visible(_without_addresses(visible), tuple(off))


def of_html(html: str) -> Visible:
    """What sanitised HTML shows, without code, links and addresses.

    A tag between words is spaces, one that begins or ends a part of the text is lines' ends.
    """
    parts: list[str] = []
    off: list[str] = []
    headings: list[tuple[int, int]] = []
    position = opened = unread = 0
    for tag in _TAG.finditer(html):
        start, end = tag.span()
        text = html[position:start]
        parts.append(_MARK * len(text) if unread else text)
        position = end
        closing, name, attributes = tag.groups()
        if name in _UNREAD:
            unread += -1 if closing else 1
            switch = _OFF.search(attributes) if name == "a" else None
            if switch is not None:
                off.append(unquote(unescape(switch[1])))
        elif closing and _HEADING.fullmatch(name):
            headings.append((opened, start))
        else:
            opened = end
        parts.append(_shown(name, end - start))
    parts.append(html[position:])
    visible = "".join(parts).replace("\xa0", " ")
    if "&" in visible:
        visible = _ENTITY.sub(_unescaped, visible)
    return Visible(_without_addresses(visible), tuple(off), tuple(headings))


def _shown(name: str, length: int) -> str:
    """What stands for a tag."""
    if name == "br":
        return f"\n{' ' * (length - 1)}"
    if name in _UNREAD:
        return _MARK * length
    return (" " if name in _INLINE else "\n") * length


def _unescaped(entity: re.Match[str]) -> str:
    """The character of an entity, at its full length."""
    character = unescape(entity[0])
    if character == "\xa0":
        return " " * len(entity[0])
    return character[:1] + _MARK * (len(entity[0]) - 1)


def _without_addresses(visible: str) -> str:
    for sign, pattern in _ADDRESSES:
        if sign in visible:
            visible = pattern.sub(lambda match: _MARK * len(match[0]), visible)
    return visible
