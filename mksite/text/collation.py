"""Orders names in lists: Russian and Kyrgyz by their alphabets, Latin by its own.

One alphabet of Cyrillic serves both languages, for the Kyrgyz one is the Russian with ң, ө and ү
let in; it has room for the letters of the neighbours too, after the letters they are made from.
Digits come first. The script of the list's language comes before the other. Case, accents and
punctuation count only between names that are otherwise the same.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from mksite.language.languages import LANGUAGES

CYRILLIC = "аәбвгґғҕдђеєёжҗзиіїйӣкқҡлмнңҥоөпрстуӯүұўфхҳһцчҷҹшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
DIGITS_HEADING = "0–9"
OTHER_HEADING = "#"

# Printable, in ascending order and below every letter that the alphabets leave out.
_FIRST_WEIGHT = 0x21
# The blocks of Latin, Greek and Cyrillic; of punctuation and symbols; of emoji.
_TRANSLATED = (range(0x0530), range(0x2000, 0x2C00), range(0x1F000, 0x1FB00))
# Letters that Unicode neither decomposes nor names after the letter they stand beside.
_BASES = {"æ": "a", "ð": "d", "ı": "i", "œ": "o", "þ": "t"}
_SEPARATORS = frozenset("-/_\u2010\u2011\u2012\u2013\u2014\u2015\u2212")


def sort_key(text: str, lang: str) -> str:
    """A string that compares as the text sorts in a list for readers of `lang`.

    The keys of different texts differ (capitals first), so the order does not depend on input.
    """
    # NUL is below every weight, so a name stands before its continuations.
    return f"{_weights(text, lang)}\0{text}"


def first_letter(text: str, lang: str) -> str:
    """The capital under which an index of `lang` lists the text.

    DIGITS_HEADING for a text that begins with a digit, OTHER_HEADING where there is nothing to
    sort by. Texts in the order of `sort_key` have equal headings next to one another.
    """
    weights = _weights(text, lang)
    if not weights:
        return OTHER_HEADING
    letter = _letters(lang).get(weights[0], weights[0])
    return DIGITS_HEADING if letter in DIGITS else letter.upper()


def _weights(text: str, lang: str) -> str:
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(composed.translate(_table(lang)).split())


def _alphabet(lang: str) -> str:
    language = LANGUAGES.get(lang)
    if language is not None and language.script == "Latin":
        return DIGITS + LATIN + CYRILLIC
    return DIGITS + CYRILLIC + LATIN


@lru_cache
def _letters(lang: str) -> dict[str, str]:
    """The letter of each weight."""
    return {chr(_FIRST_WEIGHT + place): letter for place, letter in enumerate(_alphabet(lang))}


@lru_cache
def _table(lang: str) -> dict[int, str]:
    """What `str.translate` makes of a character: a weight, a space, or nothing."""
    weights = {letter: weight for weight, letter in _letters(lang).items()}
    return {code: _weight(chr(code), weights) for characters in _TRANSLATED for code in characters}


def _weight(character: str, weights: dict[str, str]) -> str:
    if character in weights:
        return weights[character]
    if character.isspace() or character in _SEPARATORS:
        return " "
    base = _base(character)
    if base in weights:
        return weights[base]
    return character if character.isalnum() else ""


def _base(character: str) -> str:
    """The letter without its accents, strokes and tails, by decomposition or by its name."""
    decomposed = unicodedata.normalize("NFKD", character)[0]
    if decomposed != character:
        return decomposed
    if character in _BASES:
        return _BASES[character]
    plain_name = unicodedata.name(character, "").partition(" WITH ")[0]
    try:
        return unicodedata.lookup(plain_name).casefold()
    except KeyError:
        return character
