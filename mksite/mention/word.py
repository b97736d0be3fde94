"""An index of the words of texts: which of them may hold a name that was added, left or changed.

The words of a text are one string, each word folded and between line ends, so that a look-up is a
search for a substring. It may say yes to a text that does not hold the name, never no to one that
does (a property test holds that).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mksite.mention.grammar import kyrgyz
from mksite.mention.grammar.names import RUSSIAN_ENDINGS
from mksite.mention.grammar.pattern import may_be_left_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.mention.grammar.pattern import Pattern
    from mksite.mention.token import Token

_SHORTEST = 2  # letters; shorter words are in every text
_ALTERED = {"п": "б", "к": "г"}  # a stem's last consonant before a vowel


class Slot(NamedTuple):
    """The forms of one word of a pattern; the last word may have a Kyrgyz ending too."""

    forms: tuple[str, ...]
    is_last: bool


def words_of(tokens: Iterable[Token]) -> str:
    """The words of a text, each once, in order, between line ends."""
    words = sorted({token.folded for token in tokens if len(token.folded) >= _SHORTEST})
    return "\n".join(["", *words, ""])


def slots_of(pattern: Pattern) -> tuple[Slot, ...]:
    """What a text that holds the pattern must have."""
    last = len(pattern.slots) - 1
    return tuple(
        Slot(tuple(slot), number == last)
        for number, slot in enumerate(pattern.slots)
        if not may_be_left_out(slot) and all(len(form) >= _SHORTEST for form in slot)
    )


def may_hold(words: str, wanted: Iterable[tuple[Slot, ...]]) -> bool:
    """Whether a text of these words may hold one of the patterns."""
    return any(all(_has(words, slot) for slot in slots) for slots in wanted)


def _has(words: str, slot: Slot) -> bool:
    if any(f"\n{form}\n" in words for form in slot.forms):
        return True
    return slot.is_last and any(_has_with_ending(words, form) for form in slot.forms)


def _has_with_ending(words: str, form: str) -> bool:
    """Whether the form is there with an ending, its last consonant altered or its ь lost."""
    for stem in {form, form.removesuffix("ь"), form[:-1] + _ALTERED.get(form[-1], form[-1])}:
        if f"\n{stem}" in words:
            for match in re.finditer(rf"\n{re.escape(stem)}([^\n]+)", words):
                ending = match[1]
                if ending in RUSSIAN_ENDINGS or kyrgyz.is_ending(stem, ending, strict=False):
                    return True
    return False
