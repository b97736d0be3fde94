"""Kyrgyz endings: what may follow a stem, by vowel harmony and the assimilation of consonants.

A word is stem + plural + possessive + case, each of which may be absent. Loan words and
abbreviations do not keep strictly to harmony of rounding, so only front and back are held apart,
and for abbreviations not even these.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BACK_VOWELS = "аоуыяёю"
_FRONT_VOWELS = "еэиөү"
_BACK = {"A": "[ао]", "I": "[ыу]"}
_FRONT = {"A": "[еө]", "I": "[иү]"}
_ANY = {"A": "[аоеө]", "I": "[ыуиү]"}
_PLURAL = "(?:[лдт]Aр)?"
_POSSESSIVE = "(?:с?I|I?бIз|I?м|I?ң|I?ңIз)?"
_CASE = (
    "(?:[ндт]Iн|[гкн]A|A|[ндт]I|н|(?:[дт]|нд)A|(?:[дтн]|нд)Aн"
    "|(?:[дт]|нд)AгI(?:лAр)?|[ндт]IкI|[дт]Aй)?"
)
_WIDE = re.compile("[" + _BACK_VOWELS + _FRONT_VOWELS + "]")
_LETTERS = re.compile(r"[үөңҮӨҢ]")
_SMALL_WORDS = frozenset(
    {"жана", "менен", "боюнча", "бул", "эмес", "болуп", "болгон", "ошол", "кийин", "аркылуу"}
    | {"тарабынан", "деп", "бар", "жок", "учун", "дагы", "катары", "чейин"}
)
# Endings of Kyrgyz words that no Russian word has.
_ENDINGS = (
    *("нын", "нун", "дун", "дын", "тын", "ышты", "ишти", "ышат", "ишет", "ылды", "илди"),
    *("ларды", "лерди", "лардын", "лердин", "гандар", "гендер"),
)
_VOICELESS = "пткфсшчщцх"
_AFTER_VOICELESS, _AFTER_VOICED = "дгл", "тк"


def _compiled(vowels: dict[str, str]) -> re.Pattern[str]:
    pattern = _PLURAL + _POSSESSIVE + _CASE
    for letter, choice in vowels.items():
        pattern = pattern.replace(letter, choice)
    return re.compile(pattern)


_BY_HARMONY = {"back": _compiled(_BACK), "front": _compiled(_FRONT), "any": _compiled(_ANY)}
_VOICED = {"б": "п", "г": "к"}


@lru_cache(1 << 14)
def is_ending(stem: str, ending: str, *, strict: bool = True) -> bool:
    """Whether a Kyrgyz word may be this stem with this ending; both folded.

    `strict` holds it to the harmony of the stem's last vowel and to its last consonant.
    """
    vowels = _WIDE.findall(stem) if strict else []
    harmony = "any" if not vowels else "back" if vowels[-1] in _BACK_VOWELS else "front"
    if strict and ending[0] in (_AFTER_VOICELESS if stem[-1] in _VOICELESS else _AFTER_VOICED):
        return False
    return _BY_HARMONY[harmony].fullmatch(ending) is not None


def stems(word: str, shortest: int = 2) -> list[tuple[str, str]]:
    """What the word may be made of: (stem, ending), the longest stem first.

    A stem on п or к has б or г before a vowel: Бишкеги is Бишкек. A soft sign is lost: Казанга.
    """
    made = []
    for length in range(len(word) - 1, shortest - 1, -1):
        stem, ending = word[:length], word[length:]
        made += [(stem, ending), (f"{stem}ь", ending)]
        voiced = _VOICED.get(stem[-1])
        if voiced and ending[0] in _BACK_VOWELS + _FRONT_VOWELS + "ы":
            made.append((stem[:-1] + voiced, ending))
    return made


def is_kyrgyz(text: str, words: Iterable[str]) -> bool:
    """Whether the text has letters, small words or endings that Russian has not; words folded."""
    if _LETTERS.search(text) is not None:
        return True
    known = set(words)
    return not _SMALL_WORDS.isdisjoint(known) or any(word.endswith(_ENDINGS) for word in known)
