"""Telephone numbers in a text as an editor wrote it, each with the address that dials it.

Addresses are those of RFC 3966: `tel:+996312660088;ext=101`. A short number after a full one is of
the same exchange: «+996 312 66-00-88, 66-00-89».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINT = r"[ \-–().\u00a0\u2009\u202f\u2011]{0,3}"
_NUMBER = re.compile(
    rf"\+?\(?\d(?:{_JOINT}\d){{4,}}"
    r"(?:,?[ \u00a0]*(?:доб(?:авочный|\.)?|внутр(?:енний|\.)?|вн\.|кошумча|ext(?:ension|\.)?)"
    r"[ \u00a0:№]*(?P<extension>\d{1,6}))?",
    re.IGNORECASE,
)
_LONGEST_SHORT = 7  # digits of a number within an exchange


class Piece(NamedTuple):
    """Words of a text; `address` is that of the number that they are, or ""."""

    words: str
    address: str


def pieces(text: str) -> Iterator[Piece]:
    """The text in pieces; together they are the whole of it."""
    end = 0
    exchange = ""
    for match in _NUMBER.finditer(text):
        if text[end : match.start()]:
            yield Piece(text[end : match.start()], "")
        end = match.end()
        number = match[0][: match.start("extension") - match.start()] if match[1] else match[0]
        digits = "".join(filter(str.isdecimal, number))
        if len(digits) <= _LONGEST_SHORT and exchange:
            digits = exchange[: -len(digits)] + digits
        else:
            digits = "+" * number.startswith("+") + digits
            exchange = digits if len(digits) > _LONGEST_SHORT else ""
        yield Piece(match[0], f"tel:{digits}" + (f";ext={match[1]}" if match[1] else ""))
    if text[end:]:
        yield Piece(text[end:], "")
