"""The other forms of words, so that a full text without stems finds «мигрантов» by «мигрант»."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mksite.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_FORMS = 4
"""The shortest forms of a word: those that one looks for are among them, the nominative mostly."""

_SHORTEST = 3
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def distinct(text: str) -> frozenset[str]:
    """The words of letters in a text (NFC), in lower case."""
    return frozenset(_LETTERS.findall(text.lower()))


def by_stem(rows: Iterable[frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """By index word what one looks for it by: its shortest forms in the rows, and its likely
    nominatives.
    """
    forms: dict[str, list[str]] = defaultdict(list)
    for word in sorted(frozenset().union(*rows), key=lambda word: (len(word), word)):
        for stem in words.readings(word):
            forms[stem].append(word)
    return {
        stem: tuple({*held[:MOST_FORMS], *_nominatives(held[0])}) for stem, held in forms.items()
    }


def _nominatives(word: str) -> Iterator[str]:
    """What a Cyrillic word may be without its endings: мигрантов – мигрант, женщин – женщина,
    укуктары – укук.
    """
    if words.is_latin(word):
        return
    for lang in words.CYRILLIC:
        stem = words.stem(word, lang)
        beginnings = (word[:size] for size in range(_SHORTEST, len(word) + 1))
        bare = next(beginning for beginning in beginnings if words.stem(beginning, lang) == stem)
        yield bare
        if lang == "ru" and bare[-1] in _CONSONANTS:
            yield bare + ("ия" if bare[-1] == "ц" else "а")


def others(row: frozenset[str], forms: dict[str, tuple[str, ...]]) -> Sequence[str]:
    """The forms of a row's words that it does not have itself, sorted."""
    known = {form for word in row for stem in words.readings(word) for form in forms.get(stem, ())}
    return sorted(known - row)
