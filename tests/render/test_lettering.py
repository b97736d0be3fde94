"""mksite.render.drawing.lettering: lines within a width."""

from __future__ import annotations

import pytest

from mksite.render.drawing.lettering import wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("МОМ", ("МОМ",)),
        ("", ()),
        ("один два три четыре", ("один два", "три чет…")),
        ("четырнадцатилетие", ("четырна…",)),
    ],
)
def test_text_is_wrapped_and_what_is_left_out_is_marked(text: str, lines: tuple[str, ...]) -> None:
    """At most so many lines; the last ends with … where more follows."""
    assert wrapped(text, 70, 2) == lines
