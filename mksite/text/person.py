"""The parts of a person's name, and the forms in which one name is written.

«Баштовенко С.Н.», «С. Н. Баштовенко» and «БАШТОВЕНКО С Н» are one name; a name in full is known by
its initials as well, but initials are not known by any name in full that has them.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from mksite.text.name import fold

_PATRONYMICS = ("вич", "вна", "ична", "инична", "уулу", "кызы")
_SURNAMES = (
    *("ов", "ев", "ин", "ын", "ова", "ева", "ина", "ына", "ский", "ская", "цкий", "цкая"),
    *("ко", "дзе", "швили", "ян", "ых", "их", "чук", "ович"),
)
# Two letters of an initial that Latin letters need for one: Zh., Yu.
_DIGRAPHS = frozenset({"zh", "kh", "ts", "ch", "sh", "yu", "ya", "yo", "ye"})
_TWO = 2


class Person(NamedTuple):
    """A name in its parts; the given names may be initials."""

    surname: str
    given: tuple[str, ...]


def parse(words: list[str]) -> Person | None:
    """The parts of a person's name, from its folded words in any usual order."""
    at = _surname(words)
    if at is None:
        return None
    return Person(words[at], (*words[:at], *words[at + 1 :]))


def _surname(words: list[str]) -> int | None:
    """Which word is the surname: the first or the last."""
    if len(words) < _TWO:
        return None
    last = words[-1]
    if _is_initial(last) or (len(words) > _TWO and last.endswith(_PATRONYMICS)):
        return 0
    if len(words) == _TWO and words[0].endswith(_SURNAMES) and not last.endswith(_SURNAMES):
        return 0
    return len(words) - 1


def _is_initial(word: str) -> bool:
    """Whether a word is one letter, perhaps written in two, or several that no space parts."""
    letters = word.replace(".", " ").split()
    return bool(letters) and all(len(one) == 1 or one in _DIGRAPHS for one in letters)


def _initials(word: str) -> tuple[str, ...]:
    """The initials that a given name may be written with."""
    if _is_initial(word):
        return (word,)
    return (word[0], word[:2]) if word[:2] in _DIGRAPHS else (word[0],)


def family_first(name: str, after_surname: str = "") -> str:
    """The name with the surname before the given names, as an index has it; `after_surname` is the
    sign between them.
    """
    words = name.split()
    folded = [fold(word) for word in words]
    at = _surname(folded) if all(folded) else None
    if at is None or "," in name:
        return name
    return " ".join((words[at] + after_surname, *words[:at], *words[at + 1 :]))


def written(name: str) -> str:
    """The form in which equal names are equal, whatever the order of their words."""
    words = fold(name).replace(".", " ").split()
    person = parse(words)
    return " ".join((person.surname, *person.given) if person else words)


def forms(name: str) -> tuple[str, ...]:
    """The forms (`written`) by which the bearer of a name is known: the name itself, with the
    first given name alone, with initials.
    """
    person = parse(fold(name).replace(".", " ").split())
    if person is None:
        return (written(name),)
    known = [person.given, *product(*map(_initials, person.given))]
    if not _is_initial(person.given[0]):
        known.append(person.given[:1])
    return tuple(dict.fromkeys(" ".join((person.surname, *given)) for given in known))
