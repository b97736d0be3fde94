"""mksite.text.collation: the order of names in lists and the headings above them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.text.collation import DIGITS_HEADING, OTHER_HEADING, first_letter, sort_key

LANGS = ("ru", "ky", "en")
names = st.text(
    alphabet=st.one_of(
        st.sampled_from("абеёжийнңоөуүьяАЕЁҢӨҮabcxyzABCéøæıß0129 -–«»\"'.,\u0308\u00a0қә№"),
        st.characters(),
    ),
    max_size=12,
)
langs = st.sampled_from(LANGS)


@pytest.mark.parametrize(
    ("lang", "ordered"),
    [
        ("ru", "Дом Ель Енот Ёлка Ёрш Жук"),
        ("ru", "иод йод код"),
        ("ru", "Шум щука ъ Ы ь эхо Юг яма"),
        ("ky", "Нарын Нурлан Ңгу Ош Оштук Өзгөн Панфилов"),
        ("ky", "Талас Ууз Учкун Үч Фергана"),
        ("ky", "Казак Кочкор Қазақ Лейлек"),
        ("ru", "8-март Азия Яна Asia IOM"),
        ("ky", "8-март Азия Яна Asia IOM"),
        ("en", "8-март Asia IOM Азия Яна"),
        ("en", "Ångström Ara Éa Eb Øst Ota"),
    ],
)
def test_alphabets(lang: str, ordered: str) -> None:
    """Every language follows its own alphabet; digits come first, its own script second."""
    expected = ordered.split()
    backwards = expected[::-1]
    assert sorted(backwards, key=lambda name: sort_key(name, lang)) == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "ordered",
    [
        ("Бел", "«Бирюза»", "БИРЮЗА ЛТД", "Бишкек", "“Бишкек”"),
        ("Ала Арча", "Ала-Арча", "Ала Тоо", "Алаарча"),
        ("Ала\u00a0—\u00a0Арча", "Ала-Арча и Ко"),
        ("А", "а", "а.", "Аб"),
        ("Е", "Е\u0308лка", "Ёлки"),
    ],
)
def test_punctuation_and_case(ordered: tuple[str, ...], lang: str) -> None:
    """Quotes and dots are passed over, a hyphen is a space, and case only breaks ties."""
    backwards = ordered[::-1]
    assert tuple(sorted(backwards, key=lambda name: sort_key(name, lang))) == ordered


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("«Бирюза»", "Б"),
        ("ёлка", "Ё"),
        ("Е\u0308лка", "Ё"),
        ("өзгөн", "Ө"),
        ("қазақ", "Қ"),
        ("éa", "E"),
        ("8-март", DIGITS_HEADING),
        ("…", OTHER_HEADING),
        ("", OTHER_HEADING),
    ],
)
def test_first_letter(name: str, letter: str) -> None:
    """A name is listed under its first letter as a capital without quotes and accents."""
    assert [first_letter(name, lang) for lang in LANGS] == [letter] * len(LANGS)


@given(st.lists(names, unique=True), langs)
def test_total_order(texts: list[str], lang: str) -> None:
    """Different names have different keys, so the order of input is irrelevant."""
    assert len({sort_key(text, lang) for text in texts}) == len(texts)
    ordered = sorted(texts, key=lambda text: sort_key(text, lang))
    backwards = texts[::-1]
    assert ordered == sorted(backwards, key=lambda text: sort_key(text, lang))


@given(st.lists(names), langs)
def test_headings_are_in_one_place(texts: list[str], lang: str) -> None:
    """In a sorted list all names of one heading stand together."""
    ordered = sorted(texts, key=lambda text: sort_key(text, lang))
    headings = [
        heading for heading, _ in itertools.groupby(ordered, lambda t: first_letter(t, lang))
    ]
    assert len(headings) == len(set(headings))


@given(names, langs)
def test_case_only_breaks_ties(text: str, lang: str) -> None:
    """A name and its lower case have nothing but each other's variants between them."""
    keys = [sort_key(each, lang).partition("\0")[0] for each in (text, text.casefold())]
    assert keys[0] == keys[1]
