"""Mends slips of the keyboard in text that people read: spaces, ranges, the minus and the ellipsis.

Each mend is certain from the signs around it; a text without its sign costs one look for it. What
may be a telephone number, an address or the number of a law stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

NBSP = "\N{NO-BREAK SPACE}"
_CLOSING = '»”“’")'
_LETTER = r"[^\W\d_]"
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_SPACES = re.compile(r"  +")
# Each begins with its sign, and looks back behind it: so it is found at once.
_SPACE_BEFORE_COMMA = re.compile(rf" ,(?<=[\w{_CLOSING}] ,) ?(?={_LETTER})")
_SPACE_BEFORE_SIGN = re.compile(rf" ([,;:.?!])(?<=[а-яёңөүА-ЯЁҢӨҮ{_CLOSING}] .)(?= |$)")
_COMMA_WITHIN = re.compile(r",(?<=[а-яёңөү],)(?=[а-яёңөү])")
_NUMBER_SIGN = re.compile(r"№(?=\d)")
_DEGREE = re.compile(r"(?<=\d) ?° ?(?=[CС]\b)")
_MINUS = re.compile(r"(?<![^\s(\0])-(?=\d+(?:[.,]\d+)? ?°)")
_RANGE = re.compile(r"(?<![\w.,/=?&+-])(\d+) ?[-–] ?(\d+)(?![\w/-])(?![.,]\d)")
_BESIDE_DIGIT = re.compile(rf"[0-9](?:{_LETTER}| ?[-–] ?[0-9])")
_YEARS = range(1800, 2200)
_LONG = 4  # digits of numbers that are a range by themselves
_DAYS = 2


@cache
def _glued_unit(units: str) -> re.Pattern[str]:
    """A unit or «г.» that follows its number without a space."""
    return re.compile(rf"[0-9](?={units})")


@cache
def _unit(units: str) -> re.Pattern[str]:
    return re.compile(rf"[ {NBSP}\n]?(?:{units})")


def mended(text: str, units: str) -> str:
    """The text without its slips; `units` is what a language writes behind numbers."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if " ," in text:
        text = _SPACE_BEFORE_COMMA.sub(", ", text)
    text = _SPACE_BEFORE_SIGN.sub(r"\1", text)
    if "," in text:
        text = _COMMA_WITHIN.sub(", ", text)
    if "№" in text:
        text = _NUMBER_SIGN.sub(f"№{NBSP}", text)
    if "°" in text:
        text = _DEGREE.sub(f"{NBSP}°", _MINUS.sub("−", text))
    if _BESIDE_DIGIT.search(text):
        text = _glued_unit(units).sub(rf"\g<0>{NBSP}", text)
        text = _RANGE.sub(lambda found: _range(found, _unit(units)), text)
    return text


def _range(found: re.Match[str], unit: re.Pattern[str]) -> str:
    """Two numbers with a dash between them where they rise, and are years, long, or have a unit."""
    first, last = found[1], found[2]
    rises = int(first) < int(last)
    are_years = len(first) == len(last) == _LONG and int(first) in _YEARS and int(last) in _YEARS
    is_closed = " " not in found[0]
    are_long = is_closed and min(len(first), len(last)) >= _LONG and not first.startswith("0")
    has_unit = max(len(first), len(last)) <= _DAYS and unit.match(found.string, found.end())
    return f"{first}–{last}" if rises and (are_years or are_long or has_unit) else found[0]
