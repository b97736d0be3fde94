"""All patterns of all names, under the forms of their first word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mksite.mention.grammar import kyrgyz, russian
from mksite.mention.grammar.pattern import Name, Pattern, is_capitals, may_be_left_out, patterns
from mksite.mention.token import Token, fold_word, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

_KYRGYZ_START = 2


class NameIndex:
    """Made once for a set of names, then only read.

    `first` has the patterns of several words by each form of their first word, `single` those of
    one word by each of its forms, `starts` the first letters of all words of `single`.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self.first: dict[str, list[Pattern]] = {}
        self.single: dict[str, list[Pattern]] = {}
        self.starts: set[str] = set()
        several = []
        for name in names:
            for pattern in patterns(name):
                if len(pattern.slots) > 1 and name.kind != "person":
                    several.append(pattern)
                else:
                    self._add(pattern)
        by_length = sorted(several, key=lambda pattern: len(pattern.slots))
        for pattern in by_length:
            if not self._is_described(pattern):
                self._add(pattern)
            elif not _may_describe(pattern.name.text):
                self._add(msgspec.structs.replace(pattern, is_description=True))

    def _add(self, pattern: Pattern) -> None:
        table = self.first if len(pattern.slots) > 1 else self.single
        for form in pattern.slots[0]:
            table.setdefault(form, []).append(pattern)
            if table is self.single:
                self.starts.add(form[:_KYRGYZ_START])

    def _is_described(self, pattern: Pattern) -> bool:
        """Whether the name only describes another name of the entity that it ends with.

        A text that has it has the other name: «программа БОМКА», «группа по созданию Совета».
        """
        tokens = tokenize(pattern.name.text)
        for number in range(1, len(tokens)):
            before = pattern.name.text[tokens[number - 1].end : tokens[number].start]
            if before.strip(" -"):
                continue
            for end, matched in self.matches(tokens, number, kyrgyz_text=False):
                if end == len(tokens) and matched.name.key == pattern.name.key:
                    return True
        return False

    def matches(
        self, tokens: list[Token], at: int, *, kyrgyz_text: bool
    ) -> list[tuple[int, Pattern]]:
        """All patterns that the tokens have at a place, with the number of the token after."""
        token = tokens[at]
        made = []
        following = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        for pattern in self.first.get(token.folded, ()):
            if pattern.is_decided_by_second and following not in pattern.slots[1]:
                continue
            end = match(pattern, tokens, at)
            if end:
                made.append((end, pattern))
        if not token.text[0].isupper():  # a name of one word has its capital
            return made
        made += [
            (at + 1, pattern)
            for pattern in self.single.get(token.folded, ())
            if not pattern.is_abbreviation or is_capitals(token.text)
        ]
        if token.folded[:_KYRGYZ_START] in self.starts:
            made += [(at + 1, pattern) for pattern in self._with_ending(token, kyrgyz_text)]
        return made

    def _with_ending(self, token: Token, kyrgyz_text: bool) -> list[Pattern]:  # noqa: FBT001
        """Patterns of one word with an ending: МОМдун, МИДом, Бишкекке."""
        if is_capitals(token.text):
            return self._abbreviation_with_ending(token)
        if not kyrgyz_text:
            return []
        made = []
        for stem, ending in kyrgyz.stems(token.folded):
            for pattern in self.single.get(stem, ()):
                # Only the word as the registry has it takes Kyrgyz endings, no Russian case form.
                is_base = pattern.slots[0][stem] & russian.NOMINATIVE
                if not pattern.is_abbreviation and is_base and kyrgyz.is_ending(stem, ending):
                    made.append(pattern)
        return made

    def _abbreviation_with_ending(self, token: Token) -> list[Pattern]:
        length = len(token.text)
        while length and token.text[length - 1].islower():
            length -= 1
        stem, ending = fold_word(token.text[:length]), fold_word(token.text[length:])
        if not ending or len(stem) < _KYRGYZ_START:
            return []
        if not (ending in RUSSIAN_ENDINGS or kyrgyz.is_ending(stem, ending, strict=False)):
            return []
        return [p for p in self.single.get(stem, ()) if p.is_abbreviation]


RUSSIAN_ENDINGS = frozenset({"а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах", "и", "ей", "ю"})


_PREPOSITIONS = re.compile(r"\S+ \S.*\b(?:по|при|для|о|об)\s+\w+\s+[А-ЯЁ]")


def _may_describe(name: str) -> bool:
    return name[:1].islower() or _PREPOSITIONS.match(name) is not None


def match(pattern: Pattern, tokens: list[Token], at: int) -> int:
    """The number of the token after the pattern, 0 where the tokens at `at` are not it."""
    cases = russian.ANY
    slots = pattern.slots
    number = at
    last = len(slots) - 1
    for index, slot in enumerate(slots):
        if number >= len(tokens):
            return 0
        token = tokens[number]
        if index and not _is_joined(pattern, index, token, tokens[number - 1]):
            return 0
        ending = slot.get(token.folded)
        if ending is None:
            if last > index > 0 and len(slots) > _KYRGYZ_START and may_be_left_out(slot):
                continue
            if index == last:
                return number + 1 if _has_ending(slot, token) else 0
            return 0
        if index < pattern.agreeing:
            cases &= ending
            if not cases:
                return 0
        number += 1
    return number


def _is_joined(pattern: Pattern, index: int, token: Token, before: Token) -> bool:
    if token.gap == " ":
        return True
    if token.gap == ",":
        return index in pattern.commas
    # Initials have dots, and one more may stand before the surname.
    return token.gap == "." and (len(before.folded) == 1 or len(before.folded) == _KYRGYZ_START)


def _has_ending(slot: russian.Forms, token: Token) -> bool:
    for stem, ending in kyrgyz.stems(token.folded):
        if slot.get(stem, 0) & russian.NOMINATIVE and kyrgyz.is_ending(
            stem, ending, strict=not is_capitals(token.text)
        ):
            return True
    return False
