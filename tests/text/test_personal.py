"""text: What may endanger a person is found by its shape or by the word before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.text.personal import personal, same_as

FOUND = {
    "Звоните: 0555 12 34 56": ["0555 12 34 56"],
    "+996 (312) 66-00-88, факс 66-00-89": ["+996 (312) 66-00-88", "66-00-89"],
    "тел.: (0312) 660088 с 9.00-18.00": ["(0312) 660088"],
    "Телефон 26-10-00, 26-10-07 и 26-10-08": ["26-10-00", "26-10-07", "26-10-08"],
    "8 (495) 123-45-67 или +7\u00a0926\u00a0123-45-67": [
        "8 (495) 123-45-67",
        "+7\u00a0926\u00a0123-45-67",
    ],
    "WhatsApp: 0700-123-456": ["0700-123-456"],
    "[позвоните](tel:+996312660088)": ["+996312660088"],
    "паспорт AN1234567": ["1234567"],
    "паспорт серии AN № 2345678": ["2345678"],
    "ПИН 20105199012345": ["20105199012345"],
    "карта 4111 1111 1111 1111": ["4111 1111 1111 1111"],
    "asan_b@mail.ru, asan@gmail.com": ["asan_b@mail.ru", "asan@gmail.com"],
}
NOTHING = (
    "закон № 1234567890 от 17 июля 2000 года",
    "бюджет 8 000 000 000 сомов, 1 000 000-2 000 000",
    "12 345 678 человек, +10 000 сомов, +5-7 градусов",
    "25.03.2013-26.03.2013, 2013-03-25, 2012 - 2014, в 2010-2011-2012 годах",
    "с 10.00 до 18.00, 9:30-18:00, 25 марта 2013",
    "счёт 4111 1111 1111 1112",
    "https://news.example/0312660088/ и news.example/?id=0555123456",
    "office@organization.example",
    "ISBN 978-5-02-013850-6, 720040, Бишкек",
    "координаты 42.8746, 74.5698; 0.123456789; 192.168.100.200",
    "тел. 112",
    "original: 0123456789abcdef",
    "original: 0312660088123456",
    "файл a0312660088.pdf",
)


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found(text: str) -> None:
    """Numbers and addresses as they are written, each where it stands."""
    found = list(personal(text))
    assert [item.written for item in found] == FOUND[text]
    assert all(text.startswith(item.written, item.start) for item in found)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_number_of_a_person(text: str) -> None:
    """Sums, dates, times, laws, accounts, books, places and addresses of the web."""
    assert not list(personal(text))


def test_ways_to_write_one_number() -> None:
    """The code of the country and the signs between digits make no difference."""
    assert same_as("+996 (312) 66-00-88") == same_as("0312 660088")
    assert same_as("Asan@Mail.ru") == same_as("asan@mail.ru")


@given(st.text("0123456789 +()-–.,@аяAN№телmail.ru", max_size=60))
def test_what_is_found_is_in_the_text(text: str) -> None:
    """Whatever stands in a text, what is told of it can be pointed at."""
    for item in personal(text):
        assert item.written
        assert text.startswith(item.written, item.start)
