"""Compares names as people write them: which are the same, and which are near.

Latin and Cyrillic letters that look alike stay different: `IOM` is not «ІОМ».
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTES = "«»‹›„“”‟\"‚‘’‛'`´′″ʼ"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"

_FOLDED = str.maketrans(
    {"ё": "е", **dict.fromkeys(_QUOTES + _INVISIBLE, ""), **dict.fromkeys(_HYPHENS, " ")}
)
# Small words that acronyms pass over: МОМ is Международная организация по миграции.
_SMALL_WORDS = frozenset(
    {"а", "в", "во", "для", "и", "из", "к", "на", "о", "об", "от", "по", "при", "с", "у"}
    | {"and", "for", "in", "of", "on", "the", "to"}
)

_SIMILAR = 0.6
_ACRONYM = 0.95
_PREFIX = 0.9
_WITHIN = 0.8
_PREFIX_LENGTH = 3


@lru_cache(1 << 16)
def fold(name: str) -> str:
    """The form in which equal names are equal; folding it again changes nothing.

    Case, ё, quotation marks, kinds and runs of spaces and hyphens, invisible characters and dots
    at the end make no difference.
    """
    folded = _folded_once(name)
    # Unicode's foldings are not closed under each other; nearly every name is stable at once.
    return folded if folded == name else fold(folded)


def _folded_once(name: str) -> str:
    # NFKC would make a space and an accent of the acute that people type for an apostrophe.
    unaccented = name.replace("´", "'")
    folded = unicodedata.normalize("NFKC", unaccented).casefold().translate(_FOLDED)
    return " ".join(folded.split()).rstrip(". ")


def nearest(name: str, candidates: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The candidates that the name may be a slip of, the likeliest first, at most `limit`.

    Near are names with few different letters, the beginning or some whole words of a candidate,
    its acronym, or what it is the acronym of. The order of the candidates makes no difference.
    """
    wanted = fold(name)
    if not wanted:
        return ()
    scored = [(_nearness(wanted, fold(each)), each) for each in set(candidates)]
    near = sorted((-score, each) for score, each in scored if score >= _SIMILAR)
    return tuple(each for _, each in near[:limit])


def _nearness(wanted: str, candidate: str) -> float:
    """0 to 1: how likely `wanted` is a slip of `candidate`, both folded."""
    if wanted == candidate:
        return 1.0
    if wanted == _acronym(candidate) or candidate == _acronym(wanted):
        return _ACRONYM
    from rapidfuzz.distance import Indel  # noqa: PLC0415  only where something is misspelt

    similarity = Indel.normalized_similarity(wanted, candidate, score_cutoff=_SIMILAR)
    if min(len(wanted), len(candidate)) < _PREFIX_LENGTH:
        return similarity
    if candidate.startswith(wanted) or wanted.startswith(candidate):
        return max(similarity, _PREFIX)
    if _has_words(candidate, wanted) or _has_words(wanted, candidate):
        return max(similarity, _WITHIN)
    return similarity


def _has_words(text: str, words: str) -> bool:
    """Whether all the words stand in the text, whole and one after another."""
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


@lru_cache(1 << 16)
def _acronym(folded: str) -> str:
    """The initials of two words or more; else nothing."""
    words = [word for word in folded.split() if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
