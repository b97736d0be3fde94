"""Texts on one line, as every format can hold them."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


_LOW_COMMA = "\N{SINGLE LOW-9 QUOTATION MARK}"


def whole(name: str) -> str:
    """A name of an organization that readers do not cut at a comma into last and first name.

    RIS and Highwire tags have no other sign for it: the comma becomes one that looks the same.
    """
    return name.replace(",", _LOW_COMMA)


def clean(text: str) -> str:
    """The text on one line, without what no format can hold.

    That is control characters, lone surrogates, non-characters. Spaces of all kinds become plain.
    """
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(_UNPRINTABLE.sub("", " ".join(text.split())).split())
