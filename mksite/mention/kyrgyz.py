"""Kyrgyz endings: what may follow a stem, by vowel harmony and the assimilation of consonants.

A word is stem + plural + possessive + case, each of which may be absent. Loan words and
abbreviations do not keep strictly to harmony of rounding, so only front and back are held apart,
and for abbreviations not even these.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
_MARKS = re.compile(
    r"[үөңҮӨҢ]|\b(?:жана|менен|боюнча|бул|эмес|болуп|болгон|ошол|кийин|аркылуу|тарабынан|деп"
    r"|(?:[а-я]{3,}(?:нын|нин|нун|дын|дин|тын|тин|лар|лер|дар|дер|тар|уу|ып|ип|уп|ган|ген|гон|ылды|илди))"
    r"(?=\W+[а-я]{2,}(?:ды|ди|ты|ти|ду|ту|т)\b))\b"
)


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

    `strict` holds it to the harmony of the stem's last vowel.
    """
    vowels = _WIDE.findall(stem) if strict else []
    harmony = "any" if not vowels else "back" if vowels[-1] in _BACK_VOWELS else "front"
    return _BY_HARMONY[harmony].fullmatch(ending) is not None


def stems(word: str, shortest: int = 2) -> list[tuple[str, str]]:
    """What the word may be made of: (stem, ending), the longest stem first.

    A stem on п or к has б or г before a vowel: Бишкеги is Бишкек.
    """
    made = []
    for length in range(len(word) - 1, shortest - 1, -1):
        stem, ending = word[:length], word[length:]
        made.append((stem, ending))
        voiced = _VOICED.get(stem[-1])
        if voiced and ending[0] in _BACK_VOWELS + _FRONT_VOWELS + "ы":
            made.append((stem[:-1] + voiced, ending))
    return made


def is_kyrgyz(text: str) -> bool:
    """Whether the text has letters or small words that Kyrgyz has and Russian has not."""
    return _MARKS.search(text) is not None
