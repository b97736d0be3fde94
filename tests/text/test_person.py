"""One name of a person in the forms that people write."""

from __future__ import annotations

import pytest

from mksite.text.person import family_first, forms, written


@pytest.mark.parametrize(
    "name",
    [
        "С. Н. Баштовенко",
        "С.Н. Баштовенко",
        "С.Н.Баштовенко",
        "Баштовенко С.Н.",
        "Баштовенко С. Н.",
        "БАШТОВЕНКО С Н",
    ],
)
def test_initials_stand_on_either_side(name: str) -> None:
    """Dots, spaces, case and the order make no difference."""
    assert written(name) in forms("С. Н. Баштовенко")


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Алтынай Сейитовна Омурова", "Омурова Алтынай Сейитовна"),
        ("Алтынай Сейитовна Омурова", "А. С. Омурова"),
        ("Алтынай Сейитовна Омурова", "Омурова Алтынай"),
        ("Азиз уулу Талант", "Талант Азиз уулу"),
        ("Zhanna Asanova", "Asanova Zh."),
        ("Zhanna Asanova", "Zh. Asanova"),
        ("Юлия Ким", "Ю. Ким"),
        ("V. Yu. Ledeneva", "Ledeneva V. Yu."),
    ],
)
def test_a_full_name_is_known_by_less(known: str, typed: str) -> None:
    """In the other order, without the patronymic, with initials."""
    assert written(typed) in forms(known)


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("А. С. Омурова", "Алтынай Сейитовна Омурова"),
        ("А. С. Омурова", "А. Омурова"),
        ("А. С. Омурова", "Омурова"),
        ("А. С. Омурова", "А. С. Омуров"),
        ("Алтынай Омурова", "Айгуль Омурова"),
    ],
)
def test_initials_are_not_known_by_more(known: str, typed: str) -> None:
    """Another person may have them; a surname alone is nobody's."""
    assert written(typed) not in forms(known)


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("С. Н. Баштовенко", "Баштовенко С. Н."),
        ("Баштовенко С. Н.", "Баштовенко С. Н."),
        ("V. Yu. Ledeneva", "Ledeneva V. Yu."),
        ("Алтынай Сейитовна Омурова", "Омурова Алтынай Сейитовна"),
        ("Омурова Алтынай", "Омурова Алтынай"),
        ("Айгуль", "Айгуль"),
    ],
)
def test_the_family_name_comes_first_in_an_index(name: str, sorted_as: str) -> None:
    """As written otherwise."""
    assert family_first(name) == sorted_as


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("S. N. Bashtovenko", "Bashtovenko, S. N."),
        ("Bashtovenko S.N.", "Bashtovenko, S.N."),
        ("Bashtovenko, Svetlana", "Bashtovenko, Svetlana"),
        ("Aigul", "Aigul"),
    ],
)
def test_a_sign_parts_the_family_name_from_the_others(name: str, sorted_as: str) -> None:
    """Where the language has one, and only once."""
    assert family_first(name, ",") == sorted_as
