"""Texts to index words, by one table that the browser reads as well (`words.toml`).

A word is folded into plain Latin letters, so that ё is е, ң is н, and Latin typed for Cyrillic is
the same word; then its endings are taken off. Which endings, the language decides. The last letter
of an index word says of which language it is, so that a Kyrgyz ending never finds a Russian word
(«Путин» is not «пути»). A text is indexed in its own language, a name in all that it may be read
in; a query is asked in every language. An abbreviation is an index word of its own, without
endings: «НАТО» finds no other word. The script of the search page holds the same rules; a test
lets both speak.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

import msgspec

ENDS = {"ru": "q", "ky": "w", "en": "y"}
ABBREVIATION = "x"
"""The last letters of index words: the folded alphabet has none of them, so that a whole word of
one language can be asked for.
"""
CYRILLIC = ("ru", "ky")
"""The languages that a word in Cyrillic letters may be of."""

_WORD = re.compile(r"[^\W_]+")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DOUBLED = re.compile(r"([^aeiou\d])\1+")
_NUMBER = re.compile(r"\+\d[\d \u00a0()-]{7,20}\d")
_NO_DIGIT = re.compile(r"\D+")
_LONGEST = 64
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_CAPITALS = re.compile(r"[A-ZА-ЯЁҢӨҮ]{2,8}(?=[a-zа-яёңөү]{0,6}$)")
_SOFT = re.compile(r"(?<=[^\W_]{3})(?:[аяие]ть(?:ся)?|ьми)$")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-\u2010\u2011][^\W_]++)+")


class Spelling(msgspec.Struct, frozen=True, rename={"old": "from", "new": "to"}):
    """One of the ways in which people write, and the one that is kept."""

    old: str
    new: str


class Rules(msgspec.Struct, frozen=True):
    """The table as it is written; `stems` are endings by language, `tails` what the end of a stem
    is written as.
    """

    shortest: int
    stop: str
    irregular: dict[str, str]
    tails: dict[str, dict[str, str]]
    letters: dict[str, str]
    stems: dict[str, str]
    finals: dict[str, str]
    spellings: tuple[Spelling, ...]


@cache
def rules() -> Rules:
    """The table."""
    text = resources.files("mksite.text").joinpath("words.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Rules)


def as_read() -> dict[str, object]:
    """The table as the browser reads it: the endings and stop words folded already."""
    table = rules()
    return {
        "shortest": table.shortest,
        "letters": table.letters,
        "spellings": [[one.old, one.new] for one in table.spellings],
        "finals": table.finals,
        "irregular": _irregular(),
        "tails": table.tails,
        "stop": sorted(_stop()),
        "endings": {lang: sorted(_endings(lang)[0]) for lang in table.stems},
    }


def runs(text: str) -> list[str]:
    """All runs of letters and digits in a text (NFC), in order."""
    return _WORD.findall(text)


def compounds(text: str) -> list[str]:
    """The words with a hyphen and the telephone numbers in a text (NFC), each written as one."""
    numbers = [_NO_DIGIT.sub("", number) for number in _NUMBER.findall(text)]
    return [*(_HYPHEN.sub("", word) for word in _COMPOUND.findall(text)), *numbers]


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


@cache
def _irregular() -> dict[str, str]:
    """By a folded form that endings do not explain the folded word that it is a form of."""
    return {
        fold(form): fold(base)
        for base, forms in rules().irregular.items()
        for form in forms.split()
    }


@lru_cache(maxsize=1 << 18)
def stem(word: str, lang: str) -> str:
    """The index word of a word taken for one of a language ("ru", "ky", "en")."""
    table = rules()
    endings, longest = _endings(lang)
    left = fold(_SOFT.sub("", word.lower()))
    left = _irregular().get(left, left)
    if left.isalpha():
        size = longest
        while size:
            if len(left) - size >= table.shortest and left[-size:] in endings:
                left = left[:-size]
                size = longest
            else:
                size -= 1
        left = _DOUBLED.sub(r"\1", left)
        for tail, kept in table.tails.get(lang, {}).items():
            if left.endswith(tail) and len(left) > table.shortest:
                left = left[: -len(tail)] + kept
        left = left[:-1] + table.finals.get(left[-1], left[-1])
    return left + ENDS[lang]


def is_latin(word: str) -> bool:
    """Whether a word is written in Latin letters or digits."""
    return word[0] < "\u0250"


def capitals(word: str) -> str:
    """The abbreviation that a word is, without its endings («БОМКАнын»); empty if it is none."""
    match = _CAPITALS.match(word)
    return match[0] if match else ""


@lru_cache(maxsize=1 << 18)
def readings(word: str, langs: tuple[str, ...] = CYRILLIC) -> tuple[str, ...]:
    """The index words of a word of a text; none for a stop word. `langs` are the languages that it
    may be of where its letters are Cyrillic; Latin letters are English.
    """
    if not is_indexed(word):
        return ()
    short = capitals(word)
    read = ("en",) if is_latin(word) else langs
    stems = [stem(short or word, lang) for lang in read]
    return tuple(dict.fromkeys([*stems, fold(short) + ABBREVIATION] if short else stems))


def languages_of(lang: str) -> tuple[str, ...]:
    """The languages that a Cyrillic word in a text of a language may be of."""
    return (lang,) if lang in CYRILLIC else CYRILLIC
