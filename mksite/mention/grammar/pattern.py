"""One name as patterns: for each of its words the forms in which a text may have it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import msgspec

from mksite.content.model import Kind
from mksite.mention.grammar import person, russian
from mksite.mention.grammar.russian import Forms
from mksite.mention.token import Token, is_cyrillic, tokenize
from mksite.text.person import parse

_TWO = 2
_LEGAL = frozenset(
    {"оо", "оф", "нпо", "ко", "мо", "осоо", "зао", "оао", "ао", "оюл", "кф", "ку", "бф"}
)
_LEGAL_WORDS = frozenset(
    {"общественное", "общественный", "фонд", "объединение", "коомдук", "бирикмеси"}
)
_OPTIONAL = frozenset({"в", "во"})
_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_OPENING, _CLOSING = "«„“‹", "»”›"

_KG_GENITIVE = ("Кыргызской Республики", "КР", "Кыргызстана", "Киргизии")
_KG_PREPOSITIONAL = ("Кыргызской Республике", "КР", "Кыргызстане")
_KG_KYRGYZ = ("Кыргыз Республикасынын", "КР", "КРдин", "КРнын", "Кыргызстандын")
_RU_GENITIVE = ("Российской Федерации", "РФ", "России")
_COUNTRIES = (_KG_GENITIVE, _KG_PREPOSITIONAL, _KG_KYRGYZ, _RU_GENITIVE)
_TAIL = re.compile(
    r"(?: (?:Кыргызской Республики|КР|Кыргызстана)| в (?:Кыргызской Республике|КР|Кыргызстане))$"
)
_TAIL_LEAVES = 3
_SHORTEST_GENITIVE = 4
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"


Bearer = tuple[str, str]
"""Kind and id of an entity."""


class Name(msgspec.Struct, frozen=True):
    """A name of an entity; `until` is the last day of a name that was left."""

    text: str
    id: str
    kind: Kind | str
    former: bool = False
    until: date | None = None

    @property
    def key(self) -> Bearer:
        """The entity."""
        return self.kind, self.id


class Pattern(msgspec.Struct, frozen=True, eq=False):
    """What a text has where it has the name.

    `slots` are the forms of each word, folded; the first `agreeing` of them stand in one case.
    `commas` are the slots before which a comma may stand; `capitals` those that the name has with a
    capital letter. `need`: "" for a name that is enough by itself, "support" for one that counts
    only beside another name of the entity, "quotes" for a word that is also a common noun,
    "context" for a surname alone. `derived` ones give way to names as the registry has them. A
    pattern `is_decided_by_second` where that word is neither the last nor one that may be left out.
    One that `is_description` is a noun before another name of the entity: it needs its capital.
    """

    name: Name
    slots: tuple[Forms, ...]
    agreeing: int
    commas: frozenset[int]
    capitals: frozenset[int]
    is_abbreviation: bool
    need: str = ""
    derived: bool = False
    is_decided_by_second: bool = False
    is_description: bool = False


def patterns(name: Name) -> list[Pattern]:
    """All patterns of a name; none where it has no letters."""
    if name.kind == "person":
        return _person_patterns(name)
    made = []
    seen: set[tuple[str, ...]] = set()
    for text, derived in _variants(name.text):
        tokens = tokenize(text)
        key = tuple(token.folded for token in tokens)
        if tokens and key not in seen:
            seen.add(key)
            made.append(_pattern(name, text, tokens, derived=derived))
    return made


@lru_cache(1 << 14)
def is_capitals(word: str) -> bool:
    """Whether the word is written as an abbreviation is: two capital letters or more."""
    return sum(letter.isupper() for letter in word) >= _TWO


def _variants(text: str) -> list[tuple[str, bool]]:
    plain = _PARENTHESES.sub("", text).strip() or text
    made = [(plain, False)]
    tail = _TAIL.search(plain)
    if tail is not None and len(plain[: tail.start()].split()) >= _TAIL_LEAVES:
        made.append((plain[: tail.start()], True))
    for country in _COUNTRIES:
        for known in country:
            match = re.search(rf"(?<!\w){known}(?!\w)", plain)
            if match is not None and match[0] != plain:
                before, after = plain[: match.start()], plain[match.end() :]
                made += [(before + other + after, True) for other in country if other != known]
                break
    bare = _without_form(plain)
    if bare:
        made.append((bare, True))
    return made


def _without_form(text: str) -> str:
    """The quoted part of a name that is a legal form and a quotation; else nothing."""
    match = re.fullmatch(r"([^«\"“„]+)[«\"“„](.+)[»\"”“]", text)
    if match is None:
        return ""
    form = match[1].casefold().split()
    is_form = all(word in _LEGAL or word in _LEGAL_WORDS for word in form)
    return match[2] if is_form else ""


def _pattern(name: Name, text: str, tokens: list[Token], *, derived: bool) -> Pattern:
    slots, agreeing = _slots(text, tokens)
    is_abbreviation = all(is_capitals(token.text) for token in tokens)
    need = ""
    if len(tokens) == 1:
        if is_abbreviation and len(tokens[0].folded) <= _TWO:
            need = "support"
        elif not is_abbreviation and name.kind in ("organization", "programme"):
            need = "quotes"
    return Pattern(
        name,
        slots,
        agreeing,
        frozenset(i for i, token in enumerate(tokens) if token.gap == ","),
        frozenset(i for i, token in enumerate(tokens) if token.text[:1].isupper()),
        is_abbreviation,
        need,
        derived,
        len(slots) > _TWO and not may_be_left_out(slots[1]),
    )


def _slots(text: str, tokens: list[Token]) -> tuple[tuple[Forms, ...], int]:
    """The forms of each word: adjectives and their noun in every case, the rest as it stands."""
    slots: list[Forms] = []
    head = -1
    quoted = 0
    position = 0
    for number, token in enumerate(tokens):
        between = text[position : token.start]
        quoted += sum(mark in _OPENING for mark in between) - sum(m in _CLOSING for m in between)
        position = token.end
        word = token.folded
        is_joined = text[token.end : token.end + 1] == "-" and number + 1 < len(tokens)
        if is_capitals(token.text) or not is_cyrillic(word):
            if head < 0 and is_capitals(token.text):
                head = number
            slots.append({word: russian.ANY})
        elif head >= 0 or (is_joined and not russian.is_adjective(word)):
            is_apposition = head == number - 1 >= 0 and token.text[:1].isupper() and not quoted
            is_proper = token.text[:1].isupper()
            slots.append(_apposition(word) if is_apposition else _fixed(word, is_proper=is_proper))
        elif quoted > 0 and number:
            head = number
            slots.append({word: russian.ANY})
        elif russian.is_adjective(word):
            slots.append(russian.adjective_forms(word))
        elif russian.is_declined(word):
            head = number
            slots.append(russian.noun_forms(word))
        else:
            slots.append({word: russian.ANY})
    return tuple(slots), (head + 1 if head >= 0 else len(tokens))


def _apposition(word: str) -> Forms:
    """The forms of a proper noun after the noun: Каритас Франция, Каритаса Франции."""
    return dict.fromkeys(russian.noun_forms(word), russian.ANY)


def _fixed(word: str, *, is_proper: bool) -> Forms:
    """A word after the noun. A proper noun may stand in another case: города Бишкек, Бишкека."""
    forms = {word: russian.ANY}
    if is_proper and word[-1] in _CONSONANTS:
        return _apposition(word)
    if is_proper and word.endswith("а") and len(word) > _SHORTEST_GENITIVE:
        forms[word[:-1]] = russian.ANY
    return forms


def _person_patterns(name: Name) -> list[Pattern]:
    parts = parse([token.folded for token in tokenize(name.text)])
    if parts is None:
        return []
    made = []
    for slots in person.ways(parts):
        capitals = frozenset(range(len(slots)))
        made.append(Pattern(name, slots, len(slots), frozenset(), capitals, is_abbreviation=False))
    surname = (russian.surname_forms(parts.surname),)
    made.append(
        Pattern(
            name, surname, 1, frozenset(), frozenset({0}), is_abbreviation=False, need="context"
        )
    )
    return made


def may_be_left_out(slot: Forms) -> bool:
    """Whether the word is a preposition that scans lose."""
    return len(slot) == 1 and next(iter(slot)) in _OPTIONAL
