"""mksite.searching: the forms of a word become one index word, and names are known in texts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite import searching

RUSSIAN = (
    "право права правам правами правах",
    "мигрант мигранты мигрантов мигрантами мигранту",
    "организация организации организаций организациями организацию",
    "миграция миграции миграцией миграцию",
    "Кыргызстан Кыргызстана Кыргызстане Кыргызстаном",
    "женщина женщины женщин женщинам",
    "трудовой трудового трудовым трудовые трудовых",
    "семинар семинара семинары семинарах",
    "советский советского советские советских",
    "Москва Москвы Москве Москву",
)
KYRGYZ = (
    "мигрант мигранттар мигранттардын мигранттарга мигранттардан",
    "укук укугу укуктары укуктарын укуктарынын",
    "уюм уюмдар уюмдардын уюмдарга",
    "министрлик министрлиги министрликтин",
    "Бишкек Бишкекте Бишкектеги Бишкектен",
    "кеңеш кеңеши кеңештин кеңештер",
    "мектеп мектеби мектептер",
)
ENGLISH = (
    "right rights",
    "agency agencies",
    "country countries",
    "meeting meetings",
    "policy policies",
    "migrate migrated migrating",
)


@pytest.mark.parametrize(
    ("lang", "forms"),
    [("ru", one) for one in RUSSIAN]
    + [("ky", one) for one in KYRGYZ]
    + [("en", one) for one in ENGLISH],
)
def test_the_forms_of_a_word_are_one_index_word(lang: str, forms: str) -> None:
    """Declined, plural and possessive forms end in the same stem."""
    assert len({searching.stem(form, lang) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("ru", "миграция", "мигрант"),
        ("ru", "право", "правительство"),
        ("ru", "труд", "трудность"),
        ("ky", "укук", "уюм"),
        ("ky", "кеңеш", "кесип"),
        ("en", "migrant", "migration"),
    ],
)
def test_other_words_stay_other_words(lang: str, first: str, second: str) -> None:
    """Words of different meanings keep different stems."""
    assert searching.stem(first, lang) != searching.stem(second, lang)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ёлка", "елка"),
        ("кеңеш", "кенеш"),
        ("өлкө", "олко"),
        ("күнү", "куну"),
        ("мигранты", "migranty"),
        ("Хроника", "khronika"),
        ("Хроника", "hronika"),
        ("Жогорку Кеңеш", "Zhogorku Kenesh"),
        ("Жогорку Кеңеш", "Jogorku Kenesh"),
        ("Джалал-Абад", "Jalal-Abad"),
        ("Жалал-Абад", "Dzhalal-Abad"),
        ("защита", "zashchita"),
        ("защита", "zaschita"),
        ("советский", "sovetskiy"),
        ("советский", "sovetsky"),
        ("организация", "organizatsiya"),
        ("Кыргызстан", "Kyrgyzstan"),
        ("Евразия", "Yevraziya"),
    ],
)
def test_a_word_is_found_however_it_is_typed(written: str, typed: str) -> None:
    """Missing letters and Latin for Cyrillic fold into the same stems."""
    pairs = zip(searching.words(written), searching.words(typed), strict=True)
    assert all(searching.stem(one, "ru") == searching.stem(two, "ru") for one, two in pairs)


def test_words_of_every_text_are_left_out() -> None:
    """Function words and what has no letter or digit are not words to be indexed."""
    assert searching.words("В Бишкеке и на Иссык-Куле — № 5, the end") == [
        "Бишкеке",
        "Иссык",
        "Куле",
        "5",
        "end",
    ]


@given(st.text(max_size=40), st.sampled_from(["ru", "ky", "en"]))
def test_an_index_word_is_plain(text: str, lang: str) -> None:
    """Whatever the text, an index word is letters and digits, and its only q is the last letter:
    no index word is the beginning of another.
    """
    for word in searching.words(text):
        assert re.fullmatch(r"[a-pr-z0-9]+q", searching.stem(word, lang))


@given(st.text(alphabet="абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя", min_size=1, max_size=15))
def test_case_and_composition_do_not_matter(word: str) -> None:
    """A word in capitals, or written with combining marks, is the same word."""
    import unicodedata  # noqa: PLC0415

    forms = {word, word.upper(), unicodedata.normalize("NFD", word)}
    assert len({searching.fold(form) for form in forms}) == 1


def found(text: str, *names: tuple[int, str], lang: str = "ru") -> set[int]:
    """The numbers of the names that stand in a text."""
    written = searching.words(text)
    read = [searching.reading(word, lang) for word in written]
    return searching.Names(names).among(written, read)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Встреча Международной организации по миграции в Оше", {1}),
        ("МОМ провела встречу", {1}),
        ("у мом есть дети", set()),
        ("эксперты ОБСЕ приехали", {2}),
        ("организация по миграции", set()),
        ("Международная организация труда", set()),
    ],
)
def test_names_are_known_in_texts(text: str, numbers: set[int]) -> None:
    """Declined names and abbreviations are known; an abbreviation in small letters is a word."""
    names = ((1, "Международная организация по миграции"), (1, "МОМ"), (2, "ОБСЕ"))
    assert found(text, *names) == numbers


def test_names_are_known_in_kyrgyz() -> None:
    """A Kyrgyz name is known with the endings that it takes."""
    names = ((7, "Миграция боюнча эл аралык уюм"),)
    assert found("Миграция боюнча эл аралык уюмдун өкүлү", *names, lang="ky") == {7}
