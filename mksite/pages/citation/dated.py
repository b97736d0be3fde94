"""What a citation may say of a date: what is certain of it, and its year with all doubt."""

from __future__ import annotations

from functools import lru_cache

from mksite.date import edtf
from mksite.date import wording as datetext
from mksite.language.languages import LANGUAGES
from mksite.pages.citation.line import clean


@lru_cache(maxsize=4096)
def sure(text: str) -> tuple[str, ...]:
    """What is certain of a date (EDTF), as digits: year, month, day, or the first of them.

    They hold for all that the date may mean, and are in nobody's doubt.
    """
    if not text:
        return ()
    known: tuple[str, ...] | None = None
    for span in edtf.parse(text).spans:
        for point in span:
            parts = _sure_parts(point) if point else ()
            known = parts if known is None else _common(known, parts)
    return known or ()


def _sure_parts(point: edtf.Point) -> tuple[str, ...]:
    parts: list[str] = []
    for part, mark in zip((point.year, point.month, point.day), point.marks, strict=True):
        # A season is numbered from 21 up.
        if mark or not part or "X" in part or (len(parts) == 1 and part > "12"):
            break
        parts.append(part)
    return tuple(parts)


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    same = 0
    while same < min(len(first), len(second)) and first[same] == second[same]:
        same += 1
    return first[:same]


def in_words(text: str, lang: str) -> str:
    """The date in words, with plain spaces."""
    return clean(datetext.format_date(edtf.parse(text), lang)) if text else ""


def has_year(text: str) -> bool:
    """Whether the date (EDTF) tells its year, be it a doubtful one or several."""
    return bool(text and edtf.years(edtf.parse(text)))


def year_in_words(text: str, lang: str) -> str:
    """The year of a date as it may be said in brackets: `2012?`, `2016 или 2017`; "" if unknown."""
    if not has_year(text):
        return ""
    date = edtf.parse(text)
    known = sure(text)
    if known:
        return known[0]
    years = edtf.years(date)
    if date.kind == "set" and len(years) == len(date.spans):
        *most, last = [str(year) for year in years]
        return clean(f"{', '.join(most)}{LANGUAGES[lang].dates.either.replace('_', ' ')}{last}")
    if len(years) > 1 or date.kind == "interval":
        return clean(datetext.format_date(date, lang, style="short"))
    if edtf.is_approximate(date):
        return LANGUAGES[lang].citation.about.format(years[0])
    return f"{years[0]}?"
