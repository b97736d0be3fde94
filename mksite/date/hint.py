"""Suggests the valid form of a text that is no date."""

from __future__ import annotations

import re

from mksite.date import edtf

_YEAR_DIGITS = 4
_DAY_DIGITS = 2
_MONTHS = range(1, 13)
_SEPARATOR = re.compile(r"[\s.,/–—-]+")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
# The time of day behind a date, its seconds passed over; with a point only behind a space.
_CLOCK = re.compile(
    r"(?P<day>.*[^:0-9])(?P<hour>[0-9]{1,2})(?::|(?<=[\st,][0-9])\.|(?<=[\st,][0-9]{2})\.)"
    r"(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(?:(?P<utc>z|utc|gmt)|(?P<zone>[+-][0-9]{2}):?(?P<zone_minute>[0-9]{2}))?"
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2} [0-9]{1,2} [0-9]{2}")
_CENTURY_TURNS = 50  # a year of two digits below it is of the years from 2000
# The first three letters tell the months apart in Russian (also inflected), Kyrgyz and English.
_MONTH_STEMS = {
    "янв": "01", "jan": "01",
    "фев": "02", "feb": "02",
    "мар": "03", "mar": "03",
    "апр": "04", "apr": "04",
    "май": "05", "мая": "05", "мае": "05", "may": "05",
    "июн": "06", "jun": "06",
    "июл": "07", "jul": "07",
    "авг": "08", "aug": "08",
    "сен": "09", "sep": "09",
    "окт": "10", "oct": "10",
    "ноя": "11", "nov": "11",
    "дек": "12", "dec": "12",
}  # fmt: skip
_MARK_WORDS: dict[str, edtf.Mark] = {
    **dict.fromkeys(("около", "примерно", "ок", "about", "circa", "чамасында"), "~"),
    **dict.fromkeys(("предположительно", "вероятно", "probably", "болжолу"), "?"),
}
_FILLERS = frozenset(
    {"в", "г", "гг", "го", "е", "год", "года", "году", "числа", "саат", "ж", "жыл", "жылы"}
    | {"жылдын", "the", "of", "at", "on", "st", "nd", "rd", "th", "t"}
    | {"с", "по", "до", "from", "to", "till", "until"}
)


def suggest(text: str) -> str | None:
    """The valid form of what a person may have meant, day before month; None without a guess."""
    for guess in ("".join(text.split()), _from_swapped(text), _from_words(text)):
        if guess is not None and _is_valid(guess):
            return guess
    return None


def _is_valid(text: str) -> bool:
    try:
        edtf.parse(text)
    except edtf.EdtfError:
        return False
    return True


def _from_swapped(text: str) -> str | None:
    """`2013-25-03` with month and day exchanged."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip())
    return f"{match[1]}-{match[3]}-{match[2]}" if match else None


def _from_words(text: str) -> str | None:
    """`25.03.2013`, `6 марта`, `March 25, 2013`, `17–18 сентября 2019 г., 09:30` … as EDTF."""
    written = text.casefold().strip()
    bare = written.rstrip("?~% ")
    clock = _CLOCK.fullmatch(bare)
    day_text = clock["day"] if clock else bare
    tokens = _TOKEN.findall(day_text)
    words = [token for token in tokens if not token.isdecimal() and token not in _FILLERS]
    months = [_MONTH_STEMS[word[:3]] for word in words if word[:3] in _MONTH_STEMS]
    marks = [_MARK_WORDS[word] for word in words if word in _MARK_WORDS]
    # A guess that passes over a word or a sign might lose what the editor doubts.
    leaves_rest = _SEPARATOR.sub("", _TOKEN.sub("", day_text))
    if leaves_rest or len(months) + len(marks) != len(words) or len(months) > 1:
        return None
    date = _from_numbers([token for token in tokens if token.isdecimal()], "".join(months))
    time = _time_of(clock) if clock else ""
    mark = edtf.merged_mark("".join((*marks, written[len(bare) :])).strip())
    return "/".join(f"{part}{time}{mark}" for part in date.split("/")) if date else None


def _time_of(clock: re.Match[str]) -> str:
    """The time with its zone as EDTF has them; none for midnight, which programs put for none."""
    if int(clock["hour"]) == int(clock["minute"]) == 0:
        return ""
    zone = "Z" if clock["utc"] else ""
    zone = f"{clock['zone']}:{clock['zone_minute']}" if clock["zone"] else zone
    return f"T{clock['hour']:0>2}:{clock['minute']}{zone}"


def _from_numbers(numbers: list[str], month: str) -> str | None:
    """A date, or two of one month, of the numbers as they stand; `month` if it was a word."""
    if not month and _SHORT_YEAR.fullmatch(" ".join(numbers)):
        century = "20" if int(numbers[2]) < _CENTURY_TURNS else "19"
        numbers = [*numbers[:2], century + numbers[2]]
    stated_years = [number for number in numbers if len(number) == _YEAR_DIGITS]
    days = [f"{number:0>2}" for number in numbers if len(number) <= _DAY_DIGITS]
    if len(stated_years) + len(days) != len(numbers) or not (month or numbers[1:] or stated_years):
        return None
    if len(stated_years) > 1:
        return None if days or month else "/".join(stated_years)
    if days and not month:
        # The year written first has the month next; else the day stands before the month.
        month = days.pop(0 if numbers[0] in stated_years else -1)
        if days and int(month) not in _MONTHS:
            month, days = days[0], [month, *days[1:]]
    stem = "-".join(filter(None, (*(stated_years or ["XXXX"]), month)))
    return "/".join(f"{stem}-{day}" for day in days) if days else stem
