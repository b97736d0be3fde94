"""The ways in which a person is written: full, with initials, with the surname alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.mention.grammar import russian

if TYPE_CHECKING:
    from mksite.text.person import Person


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
