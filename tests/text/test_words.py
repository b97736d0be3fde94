"""mksite.text.words: the forms of a word become one index word."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.text import words

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
    "трудящиеся трудящихся трудящимся трудящимися трудящийся",
    "вернувшиеся вернувшихся вернувшегося вернувшемуся вернувшаяся",
    "Москва Москвы Москве Москву",
    "рынок рынка рынке рынком рынки",
    "день дня дню дней днями",
    "гражданин граждане граждан гражданами",
    "люди людей людям людьми",
    "защитить защита защиты",
)
KYRGYZ = (
    "мигрант мигранттар мигранттардын мигранттарга мигранттардан",
    "укук укугу укуктары укуктарын укуктарынын",
    "уюм уюмдар уюмдардын уюмдарга",
    "министрлик министрлиги министрликтин",
    "Бишкек Бишкекте Бишкектеги Бишкектен",
    "кеңеш кеңеши кеңештин кеңештер",
    "мектеп мектеби мектептер",
    "бала балдар балдары балдардын",
)
ENGLISH = (
    "right rights",
    "agency agencies",
    "country countries",
    "meeting meetings",
    "policy policies",
    "migrate migrated migrating",
)


def indexed(text: str) -> list[str]:
    """The words of a text that have an index word."""
    return [
        word for word in words.runs(unicodedata.normalize("NFC", text)) if words.is_indexed(word)
    ]


@pytest.mark.parametrize(
    ("lang", "forms"),
    [("ru", one) for one in RUSSIAN]
    + [("ky", one) for one in KYRGYZ]
    + [("en", one) for one in ENGLISH],
)
def test_the_forms_of_a_word_are_one_index_word(lang: str, forms: str) -> None:
    """Declined, plural and possessive forms end in the same stem."""
    assert len({words.stem(form, lang) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("ru", "миграция", "мигрант"),
        ("ru", "право", "правительство"),
        ("ru", "труд", "трудность"),
        ("ru", "комитет", "ком"),
        ("ru", "Путин", "пути"),
        ("ky", "коом", "ком"),
        ("ky", "укук", "уюм"),
        ("ky", "кеңеш", "кесип"),
        ("en", "migrant", "migration"),
    ],
)
def test_other_words_stay_other_words(lang: str, first: str, second: str) -> None:
    """Words of different meanings keep different stems."""
    assert words.stem(first, lang) != words.stem(second, lang)


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
        ("Кыргызстан", "Киргизия"),
        ("Евразия", "Yevraziya"),
    ],
)
def test_a_word_is_found_however_it_is_typed(written: str, typed: str) -> None:
    """Missing letters and Latin for Cyrillic fold into the same stems."""
    pairs = zip(indexed(written), indexed(typed), strict=True)
    assert all(words.stem(one, "ru") == words.stem(two, "ru") for one, two in pairs)


@pytest.mark.parametrize("word", ["БОМКА", "БОМКАнын", "МОМ", "МОМа", "РАНдын", "UNDP", "ООН"])
def test_an_abbreviation_is_a_word_of_its_own(word: str) -> None:
    """Capitals are an index word as they are, whatever ending is written after them."""
    capitals = "".join(letter for letter in word if letter.isupper())
    assert words.fold(capitals) + words.ABBREVIATION in words.readings(word)


@pytest.mark.parametrize("word", ["Мом", "семинар", "А", "МакДональд", "КОНФЕРЕНЦИЯ", "2013"])
def test_other_words_are_no_abbreviations(word: str) -> None:
    """One capital, many of them, or digits are no abbreviation."""
    assert words.capitals(word) == ""


def test_a_word_is_read_in_the_language_of_its_text() -> None:
    """A Russian word is no Kyrgyz one; one of an English text may be either."""
    assert words.readings("права", words.languages_of("ru")) == ("pravq",)
    assert words.readings("права", words.languages_of("ky")) == ("pravaw",)
    assert words.readings("права", words.languages_of("en")) == ("pravq", "pravaw")
    assert words.readings("rights", words.languages_of("ru")) == ("righty",)


def test_a_telephone_number_is_also_one_word() -> None:
    """A number is found however its digits are grouped."""
    assert words.compounds("тел. +996 312 26 10 00, факс") == ["996312261000"]


def test_words_of_every_text_are_left_out() -> None:
    """Function words and what has no letter or digit are not words to be indexed."""
    assert indexed("В Бишкеке и на Иссык-Куле — № 5, the end") == [
        "Бишкеке",
        "Иссык",
        "Куле",
        "5",
        "end",
    ]


@given(st.text(max_size=40), st.sampled_from(["ru", "ky", "en"]))
def test_an_index_word_is_plain(text: str, lang: str) -> None:
    """Whatever the text, an index word is letters and digits, and only its last letter says of
    which language it is: no index word is the beginning of another.
    """
    for word in indexed(text):
        assert re.fullmatch(rf"[a-pr-vz0-9]+{words.ENDS[lang]}", words.stem(word, lang))


@given(st.text(alphabet="абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя", min_size=1, max_size=15))
def test_case_and_composition_do_not_matter(word: str) -> None:
    """A word in capitals, or written with combining marks, is the same word."""
    forms = {word, word.upper(), unicodedata.normalize("NFD", word)}
    assert len({words.fold(form) for form in forms}) == 1


def test_a_word_with_a_hyphen_is_also_one_word() -> None:
    """Нур-Султан is found as нурсултан; a dash between spaces joins nothing."""
    assert words.compounds("Нур-Султан — город, 2003–2019, Кыргызско\u2011Российский") == [
        "НурСултан",
        "КыргызскоРоссийский",
    ]
