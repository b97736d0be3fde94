"""A text cut into words with offsets, folded so that spelling does not matter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0301"
_WORD = re.compile(rf"[^\W_]+(?:[{_INVISIBLE}\u0306\u0308]+[^\W_]*)*")
_REMOVED = dict.fromkeys(map(ord, _INVISIBLE))
_COMPOSED = (("и\u0306", "й"), ("е\u0308", "е"))
_LOOK_ALIKE = str.maketrans("abcehkmoptxyñ", "авсенкмортхун")
_LATIN_CAPITALS = frozenset("ABCEHKMOPTXY")
_QUOTES = "«»‹›„“”‟\"‚‘’‛'`´′″ʼ"
_JOINED = re.compile(rf"[\s{_QUOTES}*_\-\u2010-\u2015\u2212]*")


class Token(NamedTuple):
    """A word of a text: where it stands, as written, folded, and what stands before it.

    `gap` is " " where only spaces, quotation marks, emphasis or hyphens divide it from the word
    before, "," where a comma or colon is among them, "." where a dot is, "" where a
    new part of the text begins.
    """

    start: int
    end: int
    text: str
    folded: str
    gap: str


@lru_cache(1 << 14)
def fold_word(word: str) -> str:
    """A word in the form in which spelling makes no difference.

    Latin letters that look like Cyrillic ones are these in a word that has Cyrillic letters, or
    that is an abbreviation of such letters alone. `00` is `оо`.
    """
    folded = word.translate(_REMOVED).lower().replace("ё", "е")
    if "\u0306" in folded or "\u0308" in folded:
        for pair, letter in _COMPOSED:
            folded = folded.replace(pair, letter)
    if folded == "00":
        return "оо"
    if folded.isascii():
        is_abbreviation = len(word) > 1 and _LATIN_CAPITALS.issuperset(word)
        return folded.translate(_LOOK_ALIKE) if is_abbreviation else folded
    has_latin = any("a" <= letter <= "z" for letter in folded)
    return folded.translate(_LOOK_ALIKE) if has_latin and is_cyrillic(folded) else folded


def is_cyrillic(word: str) -> bool:
    """Whether a Cyrillic letter is in the word."""
    return any("\u0400" <= letter <= "\u04ff" for letter in word)


def tokenize(text: str) -> list[Token]:
    """The words of the text, in their order."""
    tokens = []
    end = 0
    for match in _WORD.finditer(text):
        start, stop = match.span()
        between = text[end:start]
        word = match[0]
        gap = " " if between == " " else _gap(between)
        tokens.append(Token(start, stop, word, fold_word(word), gap))
        end = stop
    return tokens


@lru_cache(1 << 10)
def _gap(between: str) -> str:
    if between.count("\n") > 1:
        return ""
    for mark in ",:;.":
        if between.count(mark) == 1:
            if not _JOINED.fullmatch(between.replace(mark, "")):
                return ""
            return "." if mark == "." else ","
    return " " if _JOINED.fullmatch(between) else ""
