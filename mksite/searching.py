"""Texts to index words, by one table that the browser reads as well (`searching.toml`).

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
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

END = "q"
"""Ends every index word: the folded alphabet has no q, so a whole word can be asked for."""

_WORD = re.compile(r"[^\W_]+")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_LONGEST = 64


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
    text = resources.files("mksite").joinpath("searching.toml").read_text("utf-8")
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


def words(text: str) -> list[str]:
    """The words of a text that are indexed, in order: runs of letters and digits."""
    is_kept = _is_indexed()
    return [w for w in _WORD.findall(unicodedata.normalize("NFC", text)) if is_kept[w]]


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
def _is_indexed() -> dict[str, Any]:
    return _Known(is_indexed)


@cache
def _endings(lang: str) -> tuple[frozenset[str], int]:
    """The folded endings of a language, and the length of the longest."""
    found = frozenset(fold(ending) for ending in rules().stems[lang].split()) - {""}
    return found, max(map(len, found))


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


def reading(word: str, lang: str) -> str:
    """The index word of a word in a text of a language: Latin letters are English there, and
    Cyrillic ones in an English text Russian.
    """
    if is_latin(word):
        return stem(word, "en")
    return stem(word, "ky" if lang == "ky" else "ru")


def readings(word: str) -> tuple[str, ...]:
    """All index words under which a word can be asked for."""
    if is_latin(word):
        return (stem(word, "en"),)
    return tuple(dict.fromkeys((stem(word, "ru"), stem(word, "ky"))))


class Lexicon:
    """The words of one language's texts, each read once: an archive has few of them, many times."""

    def __init__(self, lang: str) -> None:
        self.reading = _Known(lambda word: reading(word, lang))
        self.readings = _Known(readings)


class _Known(dict[str, Any]):
    """A function of a word, called once a word."""

    def __init__(self, function: Callable[[str], object]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> object:
        found = self[word] = self._function(word)
        return found


class Names:
    """All names of the archive's entities, to be found in texts by their words."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """`names`: the number of an entity and a name of it."""
        self._by_first: dict[str, dict[tuple[str, ...], set[int]]] = {}
        self._exact: dict[tuple[int, str], str] = {}
        for number, name in names:
            written = words(name)
            for lang in ("ru", "ky"):
                key = tuple([reading(word, lang) for word in written])
                if key:
                    self._by_first.setdefault(key[0], {}).setdefault(key, set()).add(number)
            if len(written) == 1 and _is_short(name):
                self._exact[number, reading(written[0], "ru")] = written[0]

    def among(self, written: list[str], read: list[str]) -> set[int]:
        """The numbers of the entities named in a text, given by its words and index words. A
        short name in capitals must stand as it is written: ОСЕ is not a wasp's dative.
        """
        found: set[int] = set()
        known = self._by_first
        for place in [place for place, first in enumerate(read) if first in known]:
            first = read[place]
            for key, numbers in known[first].items():
                if tuple(read[place : place + len(key)]) != key:
                    continue
                for number in numbers:
                    exact = self._exact.get((number, first)) if len(key) == 1 else None
                    if exact is None or written[place].startswith(exact):
                        found.add(number)
        return found


def _is_short(name: str) -> bool:
    return name.isupper() and len(name) <= 6  # noqa: PLR2004  as abbreviations are
