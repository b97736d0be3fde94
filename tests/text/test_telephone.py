"""text: Each telephone number of a text is dialled by an address of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.text.telephone import pieces

CASES = {
    "+996 (312) 66-00-88": ["tel:+996312660088"],
    "0312 66-00-88": ["tel:0312660088"],
    "+996 312 66-00-88, 66-00-89": ["tel:+996312660088", "tel:+996312660089"],
    "+996 312 66 00 88 доб. 101": ["tel:+996312660088;ext=101"],
    "(0312) 66-00-88, 65-43-21 доб. 7": ["tel:0312660088", "tel:0312654321;ext=7"],
    "тел. 66-00-88; факс 66-00-89": ["tel:660088", "tel:660089"],
    "+996 555 123456 (Айгуль), +996 700 123456": ["tel:+996555123456", "tel:+996700123456"],
    "+44 20 7946 0018 ext. 12": ["tel:+442079460018;ext=12"],
    "по рабочим дням": [],
}


@pytest.mark.parametrize("text", CASES)
def test_addresses(text: str) -> None:
    """One address a number, as RFC 3966 writes it."""
    assert [piece.address for piece in pieces(text) if piece.address] == CASES[text]


@given(st.text("0123456789+() -.,доб ext", max_size=40))
def test_the_pieces_are_the_text(text: str) -> None:
    """No character is lost or added."""
    assert "".join(piece.words for piece in pieces(text)) == text
