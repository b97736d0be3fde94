"""The case forms of Russian words, by the rules of declension.

Forms are folded (small letters, ё as е). A set of cases is a bit mask, so that the words of one
name can be held to one case.
"""

from __future__ import annotations

from functools import lru_cache

NOMINATIVE, GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL, PREPOSITIONAL = 1, 2, 4, 8, 16, 32
ANY = 63
_N, _G, _D, _A, _I, _P = (1, 2, 4, 8, 16, 32)
Forms = dict[str, int]

_HARD_BEFORE = "гкхжшщч"  # и, not ы, after these
_SIBILANTS = "жшщчц"
_VOWELS = "аеиоуыэюя"

# Ending of the nominative: (letters taken away, endings with their cases).
_ADJECTIVES: dict[str, tuple[tuple[str, int], ...]] = {
    "ый": (("ый", _N | _A), ("ого", _G | _A), ("ому", _D), ("ым", _I), ("ом", _P)),
    "ой": (("ой", _N | _A), ("ого", _G | _A), ("ому", _D), ("ым", _I), ("им", _I), ("ом", _P)),
    "ая": (
        ("ая", _N),
        ("ой", _G | _D | _I | _P),
        ("ою", _I),
        ("ую", _A),
        ("ей", _G | _D | _I | _P),
    ),
    "яя": (("яя", _N), ("ей", _G | _D | _I | _P), ("юю", _A)),
    "ое": (("ое", _N | _A), ("ого", _G), ("ому", _D), ("ым", _I), ("им", _I), ("ом", _P)),
    "ее": (("ее", _N | _A), ("его", _G), ("ему", _D), ("им", _I), ("ем", _P)),
    "ые": (("ые", _N | _A), ("ых", _G | _A | _P), ("ым", _D), ("ыми", _I)),
    "ие": (("ие", _N | _A), ("их", _G | _A | _P), ("им", _D), ("ими", _I)),
    "ий": (
        ("ий", _N | _A),
        ("ого", _G | _A),
        ("его", _G | _A),
        ("ому", _D),
        ("ему", _D),
        ("им", _I),
        ("ом", _P),
        ("ем", _P),
    ),
}
_NOUNS: dict[str, tuple[tuple[str, int], ...]] = {
    "ия": (("ия", _N), ("ии", _G | _D | _P), ("ию", _A), ("ией", _I)),
    "ие": (("ие", _N | _A), ("ия", _G), ("ию", _D), ("ием", _I), ("ии", _P)),
    "ий": (("ий", _N | _A), ("ия", _G | _A), ("ию", _D), ("ием", _I), ("ии", _P)),
    "й": (("й", _N | _A), ("я", _G | _A), ("ю", _D), ("ем", _I), ("е", _P)),
    "а": (
        ("а", _N),
        ("ы", _G),
        ("и", _G),
        ("е", _D | _P),
        ("у", _A),
        ("ой", _I),
        ("ою", _I),
        ("ей", _I),
    ),
    "я": (("я", _N), ("и", _G), ("е", _D | _P), ("ю", _A), ("ей", _I), ("ею", _I)),
    "ь": (
        ("ь", _N | _A),
        ("и", _G | _D | _P),
        ("ью", _I),
        ("я", _G | _A),
        ("ю", _D),
        ("ем", _I),
        ("е", _P),
    ),
    "о": (("о", _N | _A), ("а", _G), ("у", _D), ("ом", _I), ("е", _P)),
    "е": (("е", _N | _A), ("а", _G), ("я", _G), ("у", _D), ("ю", _D), ("ем", _I), ("е", _P)),
    "ы": (("ы", _N | _A), ("ов", _G | _A), ("", _G | _A), ("ам", _D), ("ами", _I), ("ах", _P)),
    "и": (
        ("и", _N | _A),
        ("ов", _G | _A),
        ("ей", _G | _A),
        ("", _G | _A),
        ("ам", _D),
        ("ям", _D),
        ("ами", _I),
        ("ями", _I),
        ("ах", _P),
        ("ях", _P),
    ),
}
_CONSONANT = (("", _N | _A), ("а", _G | _A), ("у", _D), ("ом", _I), ("ем", _I), ("е", _P))
_INDECLINABLE_ENDINGS = tuple("уюэёөү")
# Nouns that end as adjectives do.
_NOUN_ENDINGS = ("ние", "тие", "ствие", "вие", "сие", "дие", "рий", "мий", "тий", "лий", "ций")
_ADJECTIVE_ENDINGS = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")
_SHORT = 4
_FLEETING = {"ок": "к", "ек": "к", "ец": "ц", "ень": "н", "ел": "л"}


def is_adjective(word: str) -> bool:
    """Whether the word ends as an adjective in the nominative does."""
    return (
        len(word) >= _SHORT
        and word.endswith(_ADJECTIVE_ENDINGS)
        and not word.endswith(_NOUN_ENDINGS)
    )


def is_declined(word: str) -> bool:
    """Whether Russian declines the word: Жогорку, УВКБ and Latin words stay as they are."""
    return (
        not word.endswith(_INDECLINABLE_ENDINGS)
        and "а" <= word[-1:] <= "я"
        and any(letter in _VOWELS for letter in word)
    )


@lru_cache(1 << 14)
def adjective_forms(word: str) -> Forms:
    """The forms of an adjective with the cases that each may be."""
    stem, ending = word[:-2], word[-2:]
    return _formed(stem, _ADJECTIVES[ending], word)


@lru_cache(1 << 14)
def noun_forms(word: str) -> Forms:
    """The forms of a noun with the cases that each may be."""
    if not is_declined(word):
        return {word: ANY}
    for length in (2, 1):
        ending = word[-length:]
        if ending in _NOUNS:
            forms = _formed(word[:-length], _NOUNS[ending], word)
            break
    else:
        forms = _formed(word, _CONSONANT, word)
    for ending, short in _FLEETING.items():
        if len(word) >= _SHORT and word.endswith(ending):
            stem = word[: -len(ending)]
            if ending == "ец" and stem[-1:] in _VOWELS:
                short = "йц"  # noqa: PLW2901
            elif ending == "ец" and stem.endswith("л"):
                short = "ьц"  # noqa: PLW2901
            for form, cases in _formed(stem + short, _CONSONANT[1:], "").items():
                forms[form] = forms.get(form, 0) | cases
    return forms


def _formed(stem: str, endings: tuple[tuple[str, int], ...], word: str) -> Forms:
    forms: Forms = {word: _N} if word else {}
    last = stem[-1:]
    for given, cases in endings:
        ending = given
        if ending[:1] == "ы" and last in _HARD_BEFORE and last:
            ending = f"и{ending[1:]}"
        forms[stem + ending] = forms.get(stem + ending, 0) | cases
    return forms


@lru_cache(1 << 12)
def surname_forms(word: str) -> Forms:
    """The forms of a surname of a man or a woman as it is written in the nominative."""
    if word.endswith(("ов", "ев", "ин", "ын")):
        return _formed(word, (("", _N), ("а", _G | _A), ("у", _D), ("ым", _I), ("е", _P)), word)
    if word.endswith(("ова", "ева", "ина", "ына")):
        oblique = _G | _D | _I | _P
        return _formed(word[:-1], (("а", _N), ("ой", oblique), ("ою", _I), ("у", _A)), word)
    if word.endswith(("ский", "цкий", "ская", "цкая", "ой", "ый", "ая")):
        return adjective_forms(word)
    if word.endswith(("ко", "ых", "их", "уулу", "кызы")):
        return {word: ANY}
    forms = dict(noun_forms(word))
    if word[-1:] not in _VOWELS:
        forms[word] = ANY  # a woman's surname on a consonant is not declined
    return forms
