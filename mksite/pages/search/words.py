"""Texts to index words, by one table that the browser reads as well (`words.toml`).

A word is folded into plain Latin letters, so that ё is е, ң is н, and Latin typed for Cyrillic is
the same word; then its endings are taken off. Which endings, the language decides, and a query's
language is not known: so a text's words are indexed under every language that they may be asked
in, and a query is asked in one language after another. `assets/search.js` holds the same rules;
a test lets both speak.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

import msgspec

END = "q"
"""Ends every index word: the folded alphabet has no q, so a whole word can be asked for."""

_WORD = re.compile(r"[^\W_]+")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_LONGEST = 64
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-\u2010\u2011][^\W_]++)+")


class Spelling(msgspec.Struct, frozen=True, rename={"old": "from", "new": "to"}):
    """One of the ways in which people write, and the one that is kept."""

    old: str
    new: str


class Rules(msgspec.Struct, frozen=True):
    """The table as it is written; `stems` are endings by language."""

    shortest: int
    stop: str
    letters: dict[str, str]
    stems: dict[str, str]
    finals: dict[str, str]
    spellings: tuple[Spelling, ...]


@cache
def rules() -> Rules:
    """The table."""
    text = resources.files("mksite.pages.search").joinpath("words.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Rules)


def as_read() -> dict[str, object]:
    """The table as the browser reads it: the endings and stop words folded already."""
    table = rules()
    return {
        "shortest": table.shortest,
        "letters": table.letters,
        "spellings": [[one.old, one.new] for one in table.spellings],
        "finals": table.finals,
        "stop": sorted(_stop()),
        "endings": {lang: sorted(_endings(lang)[0]) for lang in table.stems},
    }


def runs(text: str) -> list[str]:
    """All runs of letters and digits in a text (NFC), in order."""
    return _WORD.findall(text)


def compounds(text: str) -> list[str]:
    """The words with a hyphen in a text (NFC), each written as one."""
    return [_HYPHEN.sub("", word) for word in _COMPOUND.findall(text)]


def fold(word: str) -> str:
    """A word in the letters a–z without q and digits; empty where it has none of them."""
    table = rules()
    lowered = unicodedata.normalize("NFC", word).lower()
    latin = "".join([table.letters.get(letter, letter) for letter in lowered])
    plain = _NOT_PLAIN.sub("", unicodedata.normalize("NFKD", latin))[:_LONGEST]
    for spelling in table.spellings:
        plain = plain.replace(spelling.old, spelling.new)
    return plain


@cache
def _stop() -> frozenset[str]:
    return frozenset(fold(word) for word in rules().stop.split())


def is_indexed(word: str) -> bool:
    """Whether a word has an index word: letters that fold, and something to say."""
    folded = fold(word)
    return bool(folded) and folded not in _stop()


@cache
def _endings(lang: str) -> tuple[frozenset[str], int]:
    """The folded endings of a language, and the length of the longest."""
    endings = frozenset(fold(ending) for ending in rules().stems[lang].split()) - {""}
    return endings, max(map(len, endings))


@lru_cache(maxsize=1 << 18)
def stem(word: str, lang: str) -> str:
    """The index word of a word taken for one of a language ("ru", "ky", "en")."""
    table = rules()
    endings, longest = _endings(lang)
    left = fold(word)
    if left.isalpha():
        size = longest
        while size:
            if len(left) - size >= table.shortest and left[-size:] in endings:
                left = left[:-size]
                size = longest
            else:
                size -= 1
        left = _DOUBLED.sub(r"\1", left)
        left = left[:-1] + table.finals.get(left[-1], left[-1])
    return left + END


def is_latin(word: str) -> bool:
    """Whether a word is written in Latin letters or digits."""
    return word[0] < "\u0250"


@lru_cache(maxsize=1 << 18)
def readings(word: str) -> tuple[str, ...]:
    """All index words under which a word of a text can be asked for; none for a stop word."""
    if not is_indexed(word):
        return ()
    if is_latin(word):
        return (stem(word, "en"),)
    return tuple(dict.fromkeys((stem(word, "ru"), stem(word, "ky"))))
