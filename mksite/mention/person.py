"""The ways in which a person is written: full, with initials, with the surname alone."""

from __future__ import annotations

from typing import NamedTuple

from mksite.mention import russian

_PATRONYMICS = ("вич", "вна", "ична", "инична", "уулу", "кызы")
_SURNAMES = (
    *("ов", "ев", "ин", "ын", "ова", "ева", "ина", "ына", "ский", "ская", "цкий", "цкая"),
    *("ко", "дзе", "швили", "ян", "ых", "их", "чук", "ович"),
)
_TWO = 2


class Person(NamedTuple):
    """A name in its parts; the given names may be initials."""

    surname: str
    given: tuple[str, ...]


def parse(words: list[str]) -> Person | None:
    """The parts of a person's name, from its folded words in any usual order."""
    if len(words) < _TWO:
        return None
    last = words[-1]
    if len(last) == 1 or (len(words) > _TWO and last.endswith(_PATRONYMICS)):
        return Person(words[0], tuple(words[1:]))
    if len(words) == _TWO and words[0].endswith(_SURNAMES) and not last.endswith(_SURNAMES):
        return Person(words[0], (last,))
    return Person(last, tuple(words[:-1]))


def ways(person: Person) -> list[tuple[russian.Forms, ...]]:
    """Every way to write the person but the surname alone: a table of forms a word."""
    surname = russian.surname_forms(person.surname)
    given = [_given_forms(word) for word in person.given]
    initials = [_initial(word) for word in person.given]
    short = given[:1] if len(given[0]) > 1 else []
    made = []
    for names in (given, initials, initials[:1], short):
        if names:
            made += [(surname, *names), (*names, surname)]
    return made


def _given_forms(word: str) -> russian.Forms:
    if len(word) == 1:
        return _initial(word)
    forms = dict(russian.noun_forms(word))
    if not word.endswith(("а", "я", "й")):
        forms[word] = russian.ANY  # a woman's name: Айгуль, Нургуль
    return forms


def _initial(word: str) -> russian.Forms:
    return {word[0]: russian.ANY}
