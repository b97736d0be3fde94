"""The dates and times that a text names. A year that it does not name is never filled in."""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTH_WORDS = {
    1: "январ[яьеи]?|янв|january|jan|үчтүн айы",
    2: "феврал[яьеи]?|фев|february|feb",
    3: "март[аеы]?|мар|march|mar",
    4: "апрел[яьеи]?|апр|april|apr",
    5: "ма[йяе]|may",
    6: "июн[яьеи]?|june|jun",
    7: "июл[яьеи]?|july|jul",
    8: "август[аеы]?|авг|august|aug",
    9: "сентябр[яьеи]?|сент?|september|sept?",
    10: "октябр[яьеи]?|окт|october|oct",
    11: "ноябр[яьеи]?|ноя|november|nov",
    12: "декабр[яьеи]?|дек|december|dec",
}
# Kyrgyz month names are the Russian ones with Kyrgyz endings: мартта, мартында, сентябрында.
_KYRGYZ = r"(?:[ыиуү]?н?[дт][ае]|[ыиуү]?нан|[ыиуү]?на|[ыи]|[ыи]нын|га|ге)?"
_MONTH = "|".join(f"(?P<m{number}>(?:{words}){_KYRGYZ})" for number, words in _MONTH_WORDS.items())
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_G = r"(?:\s*-?\s*(?:г(?:ода|оду|од)?|года|ж(?:ылы|ылдын|\.)?|жылдын|жылы)\.?)?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_TO = r"(?:\s*(?:[-–—]|и|по|жана|to|and)\s*(?P<day2>0?[1-9]|[12]\d|3[01])(?!\d))?"
_DAY_MONTH = re.compile(
    rf"(?<![\d.,:/-]){_DAY}(?:-?(?:го|е|st|nd|rd|th))?{_TO}[\s-]+(?:of\s+)?(?:{_MONTH})(?![а-яёa-z])\.?"
    rf"(?:,?\s*{_YEAR}(?!\d){_G})?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?:{_MONTH})(?![а-яёa-z])\.?\s+{_DAY}(?:st|nd|rd|th)?(?:\s*[-–—]\s*(?P<day2>\d\d?))?(?!\d)(?:,?\s+{_YEAR}(?!\d))?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d){_YEAR}\s*-?\s*(?:жылдын|жылы|ж\.)\s+{_DAY}{_TO}[\s-]+(?:{_MONTH})(?![а-яёa-z])",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<day>0?[1-9]|[12]\d|3[01])\s?[./-]\s?(?P<month>0?[1-9]|1[0-2])\s?[./-]\s?(?P<year>(?:19|20)\d\d)(?!\d|[.]\d)"
)
_ISO = re.compile(
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_MONTH_YEAR = re.compile(
    rf"(?<!\w)(?:{_MONTH})(?![а-яёa-z])\.?,?\s+{_YEAR}(?!\d){_G}", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?:(?<!\w)(?:в|с|at|from|начало\s*(?:в|:|–|-)|время\s*:|саат)\s*)(?P<hour>[01]?\d|2[0-3])\s?[.:](?P<minute>[0-5]\d)(?![\d.]|\s*(?:млн|тыс|%|процент))"
    r"|(?<![\d.,:])(?P<hour2>[01]?\d|2[0-3]):(?P<minute2>[0-5]\d)(?![\d:])"
    r"|(?<!\w)(?:at|from)\s+(?P<hour3>1[0-2]|[1-9])(?:[.:](?P<minute3>[0-5]\d))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)"
    r"|(?<!\w)в\s+(?P<hour4>[01]?\d|2[0-3])\s+час(?:ов|а)?(?!\w)",
    re.IGNORECASE,
)


_UNTIL = re.compile(r"\s*(?:[-–—]|по|до|to|until)\s*")


class Found(NamedTuple):
    """A date in a text: its place, its first day and, of a range, its last, as EDTF; the year is
    `XXXX` where the text gives none.
    """

    start: int
    end: int
    first: str
    last: str = ""

    @property
    def has_year(self) -> bool:
        """Whether the text gives the year."""
        return not self.first.startswith("XXXX")


def dates(text: str) -> list[Found]:
    """All dates with a day in a text, in their order; months with a year where no day stands."""
    taken: list[Found] = []
    for pattern in (_ISO, _NUMERIC, _YEAR_FIRST, _DAY_MONTH, _MONTH_DAY, _MONTH_YEAR):
        for match in pattern.finditer(text):
            if all(match.end() <= other.start or match.start() >= other.end for other in taken):
                made = _date(match)
                if made is not None:
                    taken.append(made)
    return _ranges(sorted(taken), text)


def _ranges(found: list[Found], text: str) -> list[Found]:
    """The dates with those that are the two ends of one: «с 28 мая по 2 июня 2016 года»."""
    made: list[Found] = []
    for date in found:
        before = made[-1] if made else None
        if (
            before is not None
            and not before.last
            and _UNTIL.fullmatch(text[before.end : date.start])
        ):
            first = date.first[:4] + before.first[4:] if not before.has_year else before.first
            last = date.last or date.first
            if len(first) == len(last) and last > first:
                made[-1] = Found(before.start, date.end, first, last)
                continue
        made.append(date)
    return made


def _date(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _month(parts)
    year = parts.get("year") or "XXXX"
    if not month:
        return None
    stem = f"{year}-{month:02}"
    if not parts.get("day"):
        return Found(match.start(), match.end(), stem)
    first = f"{stem}-{int(parts['day']):02}"
    last = f"{stem}-{int(parts['day2']):02}" if parts.get("day2") else ""
    return Found(match.start(), match.end(), first, last if last > first else "")


def _month(parts: dict[str, str | None]) -> int:
    return next((number for number in _MONTH_WORDS if parts.get(f"m{number}")), 0)


def clock(text: str) -> str:
    """The first time of day in a text as hh:mm, or ""."""
    match = _CLOCK.search(text)
    if match is None:
        return ""
    parts = match.groupdict()
    hour = int(next(parts[name] for name in ("hour", "hour2", "hour3", "hour4") if parts[name]))
    minute = int(
        next((parts[name] for name in ("minute", "minute2", "minute3") if parts[name]), "0")
    )
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].lower().startswith("p") else 0)
    return f"{hour:02}:{minute:02}"


def with_year(date: str, other: str) -> str:
    """`date`, of which the text gives no year beside it, with that of `other` where both are so
    near to one another that no other year is possible to mean; else as it is.
    """
    if not date.startswith("XXXX-") or other.startswith("XXXX"):
        return date
    months = [int(value[5:7] or 0) for value in (date, other)]
    near = 0 not in months and abs(months[0] - months[1]) <= 2
    return f"{other[:4]}{date[4:]}" if near else date
