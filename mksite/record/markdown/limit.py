"""How much a body may hold: more is nobody's text, and would take too long to convert."""

from __future__ import annotations

import re

MOST_DEEP = 60  # elements within elements: deeper ones are nobody's text, and slow to sanitize
MOST_TAGS = 60_000
MOST_LINKS = 1_000  # different ones of a text
MOST_ATTRIBUTES = 500  # words within a tag of HTML
LONGEST_WORD = 2_000  # without a space or a sign: no part of an address is longer
MOST_MARKS = 30  # upon one letter (UAX 15, 13, Stream-Safe Text Format): more are slow to sort
MOST_REMOVED = 100  # kinds of elements that no site shows: HTML has no more

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0711-\u074a"
    f"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{{{MOST_MARKS + 1}}}"
)
# Letters, or the signs of Base64; only where such a run begins, which keeps the search linear.
_LONG_WORD = re.compile(rf"(?<![\w+/=-])[\w+/=-]{{{LONGEST_WORD + 1}}}")
_WRITTEN_TAG = re.compile(
    r"""<[a-z](?:[^<>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+""", re.IGNORECASE
)


class TooMuch(Exception):  # noqa: N818  it becomes a Problem, by its code
    """A body that no person has typed, and that would take too long to convert.

    `line` of the body, from 1, is where that begins.
    """

    def __init__(self, code: str, *, line: int = 1, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.values = tuple(sorted(values.items()))


def check_text(markdown: str) -> None:
    """Raises TooMuch for a text that is not even to be given to a converter."""
    if markdown.count("\n") - markdown.count("\n\n") > MOST_TAGS:
        raise TooMuch("body-too-large")
    marks = _MARKS.search(markdown)
    if marks:
        line = markdown.count("\n", 0, marks.start()) + 1
        raise TooMuch("too-many-marks", line=line, limit=str(MOST_MARKS))


def check_html(raw: str, markdown: str) -> None:
    """Raises TooMuch for what a converter has made of the text, before it is sanitized.

    The depth is that of blocks, which sanitizers and browsers recurse into.
    """
    if raw.count("<") > MOST_TAGS:
        raise TooMuch("body-too-large")
    depth = deepest = 0
    for match in re.finditer(r"<(/?)(?:blockquote|ul|ol|div|table|b|i|em|strong|span|s|u)\b", raw):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
        if deepest > MOST_DEEP:
            raise TooMuch("body-too-deep")
    word = _LONG_WORD.search(markdown)
    if word:
        line = markdown.count("\n", 0, word.start()) + 1
        raise TooMuch("word-too-long", line=line, limit=str(LONGEST_WORD))
    for match in _WRITTEN_TAG.finditer(raw) if "<" in markdown else ():
        if len(match[0]) > MOST_ATTRIBUTES and len(match[0].split()) > MOST_ATTRIBUTES:
            raise TooMuch("body-too-large")


def check_links(number: int) -> None:
    """Raises TooMuch for more different links than a text has."""
    if number > MOST_LINKS:
        raise TooMuch("too-many-links", limit=str(MOST_LINKS))
