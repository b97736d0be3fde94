"""Says dates in words, for people who read Russian, Kyrgyz or English.

A date is printed with the precision and the doubt that it was written with. The names of months
are CLDR's. So is the order of the parts, British for English, but for Kyrgyz: CLDR abbreviates
(«2013-ж., 25-март») what prose writes out («2013-жылдын 25-марты»). No-break spaces keep together
what must not be torn apart: a day and its month, a number and «г.».
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from mksite.date import month
from mksite.date.clock import clock_text, times_text
from mksite.date.edtf import Edtf, Mark, Point, Span
from mksite.date.shape import (
    has_unspecified,
    mark_of,
    number,
    shape_of,
    without_time,
    without_unspecified,
    year_shape_of,
)
from mksite.language.language import Language
from mksite.language.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeGuard


Style = Literal["long", "short", "month-day"]
# The place of a phrase: on its own, after «около», as the start or the end of an open period.
Case = Literal["alone", "about", "since", "until"]
OpenCase = Literal["since", "until"]
Dates = tuple[Point, Point]
_YEAR_SHAPES = {"year", "decade", "years"}


class Voice(msgspec.Struct, frozen=True):
    """The language and the style in which one date is said."""

    language: Language
    style: Style


# What is printed


def format_date(date: Edtf, lang: str, *, style: Style = "long") -> str:
    """The date in words.

    `short` abbreviates months and leaves times out, for lists; `month-day` leaves the year out as
    well, for lists under a year, and is empty where neither month nor day is known. An interval
    across years and a set say their years in every style. `lang` is a key of LANGUAGES.
    """
    voice = Voice(LANGUAGES[lang], style)
    if date.kind == "set":
        return _spaced(_set_text(date.spans, voice))
    start, end = date.spans[0]
    if start and end:
        return _spaced(_range_text((start, end), voice))
    return _spaced(_open_text(date, voice.language))


def format_range(start: Edtf | None, end: Edtf | None, lang: str, *, style: Style = "long") -> str:
    """When an event took place: from `start` to `end`; a start alone is simply the date."""
    if start is None or end is None:
        return format_date(start, lang, style=style) if start else format_period(None, end, lang)
    first, last = start.spans[0][0], end.spans[0][1]
    if start.kind == "date" and end.kind == "date" and first and last:
        return _spaced(_range_text((first, last), Voice(LANGUAGES[lang], style)))
    dates = (format_date(start, lang, style=style), format_date(end, lang, style=style))
    return _spaced(_joined(dates))


def format_period(start: Edtf | None, end: Edtf | None, lang: str) -> str:
    """How long something went on: «2012–2014 гг.», «с 2003 г.», «до 2014 г.»; empty for None."""
    if start and end:
        return format_range(start, end, lang)
    if start:
        return _spaced(_bound_text(start, lang, "since"))
    return _spaced(_bound_text(end, lang, "until")) if end else ""


def machine_date(date: Edtf) -> str:
    """The value of HTML's `<time datetime>`; empty where HTML has no word for such a date.

    HTML cannot say doubt, estimate, interval or season, so those are empty, rather than surer than
    the editor was. A day whose year alone is unknown or in doubt is a yearless date: `03-06`.
    """
    point = date.spans[0][0]
    if date.kind != "date" or point is None or any(point.marks[1:]):
        return ""
    written = without_unspecified(point)
    if "X" in point.year or point.marks[0]:
        return f"{written.month}-{written.day}" if written.day else ""
    if point.month in month.SEASONS:
        return ""
    day = "-".join(filter(None, (written.year, written.month, written.day)))
    return f"{day}T{point.time}" if point.time else day


def _spaced(text: str) -> str:
    return text.replace("_", "\u00a0")


def _joined(texts: Iterable[str]) -> str:
    """The two ends of a period, or what both of them say."""
    return "_– ".join(dict.fromkeys(filter(None, texts)))


# Sets


def _set_text(spans: tuple[Span, ...], voice: Voice) -> str:
    language = voice.language
    bare_years = [start.year for start, end in spans if start == end and _is_bare_year(start)]
    if len(bare_years) == len(spans) > 1:
        *most, last = bare_years
        return language.dates.either_year.format(f"{', '.join(most)}{language.dates.either}{last}")
    # A list under one year cannot show a member of another.
    member_voice = Voice(language, "short" if voice.style == "short" else "long")
    shared = _same_day_text(spans, member_voice)
    if shared:
        return shared
    *most, last = (_member_text(span, member_voice) for span in spans)
    if most:
        return f"{', '.join(most)}{language.dates.either}{last}"
    start, end = spans[0]
    if start is None or end is None or start == end:
        return last
    is_of_years = _range_shape((start, end)) == "years"
    return f"{last}, {language.dates.no_year if is_of_years else language.dates.no_exact_date}"


def _same_day_text(spans: tuple[Span, ...], voice: Voice) -> str:
    """One day or month of several years, said once: «декабрь 2016 или 2017 г.»; else empty."""
    points = [start for start, end in spans if start is not None and start == end]
    days = {(point.month, point.day) for point in points}
    plain = all(
        shape_of(point) in {"day", "month"} and not mark_of(point) and "X" not in str(point)
        for point in points
    )
    if len(points) != len(spans) or len(points) == 1 or len(days) != 1 or not plain:
        return ""
    *most, last = (number(point.year) for point in points)
    years = f"{', '.join(most)}{voice.language.dates.either}{last}"
    return _in_year(voice, shape_of(points[0]), (points[0], points[0]), years)


def _is_bare_year(point: Point | None) -> TypeGuard[Point]:
    return (
        point is not None and shape_of(point) == "year" and not mark_of(point) and not point.month
    )


def _member_text(span: Span, voice: Voice) -> str:
    start, end = span
    if start and end:
        return _range_text((start, end), voice)
    bound = start or end
    text = _point_text(bound, voice) if bound else voice.language.dates.no_date
    return (voice.language.dates.or_later if start else voice.language.dates.or_earlier).format(
        text
    )


# Open periods


def _open_text(date: Edtf, language: Language) -> str:
    """An interval without one of its bounds: «с 2003 г.», and whether the other is unknown."""
    start, end = date.spans[0]
    if start:
        text = _open_point_text(start, language, "since")
        return f"{text}, {language.dates.no_end}" if date.text.endswith("/") else text
    text = _open_point_text(end, language, "until") if end else language.dates.no_date
    return f"{text}, {language.dates.no_start}" if date.text.startswith("/") else text


def _bound_text(date: Edtf, lang: str, case: OpenCase) -> str:
    point = date.spans[0][0]
    if date.kind == "date" and point:
        return _open_point_text(point, LANGUAGES[lang], case)
    return _labelled(format_date(date, lang), LANGUAGES[lang], case)


def _open_point_text(point: Point, language: Language, case: OpenCase) -> str:
    if year_shape_of(point.year) == "years" or ("X" in point.year and shape_of(point) != "decade"):
        return _labelled(_point_text(point, Voice(language, "long")), language, case)
    text = _plain_text(point, Voice(language, "long"), case)
    if case == "until":
        text = language.dates.until.format(text)
    else:
        # «со 2 марта», for it is said «со второго».
        text = (
            language.dates.since_second if text.startswith("2_") else language.dates.since
        ).format(text)
    mark = mark_of(point)
    text = language.dates.roughly.format(text) if mark in {"~", "%"} else text
    return language.dates.probably.format(text) if mark in {"?", "%"} else text


def _labelled(text: str, language: Language, case: OpenCase) -> str:
    """A phrase of several parts, which takes no preposition: «начало: 6 марта, год неизвестен»."""
    return (language.dates.start if case == "since" else language.dates.end).format(text)


# From one date to another


def _range_text(dates: Dates, voice: Voice) -> str:
    """From one date to the other, saying once what they share."""
    start, end = dates if voice.style == "long" else (without_time(date) for date in dates)
    if start == end:
        return _point_text(start, voice)
    shape = _range_shape((start, end))
    if shape == "day":
        times = times_text(start.time, end.time)
        return ", ".join(filter(None, (_point_text(without_time(start), voice), times)))
    if shape == "years":
        return _phrase(voice, shape, (start, end))
    if shape:
        return _with_year(voice, shape, (start, end))
    if voice.style == "month-day" and start.year != end.year:
        voice = Voice(voice.language, "long")
    return _joined((_point_text(start, voice), _point_text(end, voice)))


def _range_shape(dates: Dates) -> str:
    """The shape in which both dates are said as one; empty where they must be said apart."""
    start, end = dates
    shape = shape_of(start)
    if shape != shape_of(end) or any(mark_of(date) or has_unspecified(date) for date in dates):
        return ""
    if shape == "year":
        return "years"
    if start.year != end.year or shape not in {"day", "month"}:
        return ""
    return "months" if shape == "month" else _days_shape(start, end)


def _days_shape(start: Point, end: Point) -> str:
    """The shape of two days in one year."""
    if (start.month, start.day) == (end.month, end.day):
        return "day"
    if start.time or end.time:
        return ""
    return "days" if start.month == end.month else "days-months"


# One date


def _point_text(point: Point, voice: Voice) -> str:
    if _is_year_in_doubt(point):
        part = _phrase(voice, shape_of(point), (point, point))
        year = Point(point.year, marks=(point.marks[0], "", ""))
        text = f"{part}, {_point_text(year, voice)}"
    elif voice.style == "month-day" and shape_of(point) in _YEAR_SHAPES:
        text = _doubted_year_text(mark_of(point), voice.language)
    else:
        mark = mark_of(point)
        case: Case = "about" if mark in {"~", "%"} else "alone"
        text = _qualified(_plain_text(point, voice, case), mark, voice)
    if voice.style == "month-day":
        return text
    clock = clock_text(point.time) if voice.style == "long" else ""
    return ", ".join(filter(None, (text, _unspecified_text(point, voice.language), clock)))


def _doubted_year_text(mark: Mark, language: Language) -> str:
    """What a list under a year says of a date whose year is doubtful; "" where it is not."""
    if mark in {"?", "%"}:
        return language.dates.year_in_doubt
    return language.dates.year_estimated if mark else ""


def _is_year_in_doubt(point: Point) -> bool:
    """Whether the doubt is said of the year: it alone is marked, or `?` stands at the end.

    Who writes `2012-03-06?` has «6 марта» from a paper and its year from elsewhere.
    """
    if shape_of(point) not in {"day", "month"} or point.year == "XXXX":
        return False
    year_mark, *other_marks = point.marks[: 3 if point.day else 2]
    if not any(other_marks):
        return bool(year_mark)
    return {year_mark, *other_marks} == {"?"}


def _qualified(text: str, mark: Mark, voice: Voice) -> str:
    language, is_short = voice.language, voice.style == "short"
    if not text:
        return ""
    if mark in {"~", "%"}:
        text = (language.dates.about_short if is_short else language.dates.about).format(text)
    if mark in {"?", "%"}:
        text = language.dates.probably.format(text) if voice.style == "long" else f"{text} (?)"
    return text


def _plain_text(point: Point, voice: Voice, case: Case) -> str:
    """The date without its marks, its time and the words for what is unspecified in its year."""
    shape = shape_of(point)
    if shape in {"day", "month"}:
        return _with_year(voice, shape, (point, point), case=case)
    return "" if voice.style == "month-day" else _year_text(point, voice, case)


def _with_year(voice: Voice, shape: str, dates: Dates, *, case: Case = "alone") -> str:
    """Days or months, and their year unless the style leaves it out."""
    year = dates[0].year
    if voice.style == "month-day":
        return _phrase(voice, shape, dates, case=case)
    if "X" in year:
        return f"{_phrase(voice, shape, dates, case=case)}, {_year_text(dates[0], voice)}"
    return _in_year(voice, shape, dates, number(year), case=case)


def _in_year(voice: Voice, shape: str, dates: Dates, year: str, *, case: Case = "alone") -> str:
    """Days or months with their year, or with the words for several."""
    language = voice.language
    if voice.style == "short":
        part = _phrase(voice, shape, dates, case=case)
        return language.dates.in_year_short.format(part=part, y=year)
    in_year_case = (
        case if f"{shape}:{case}" in language.dates.phrases else language.dates.in_year_case
    )
    part = _phrase(voice, shape, dates, case=in_year_case)
    return language.dates.in_year.format(part=part, y=year)


def _year_text(point: Point, voice: Voice, case: Case = "alone") -> str:
    language, shape = voice.language, year_shape_of(point.year)
    if shape == "unknown":
        return (
            language.dates.no_year
            if shape_of(point) in {"day", "month"}
            else language.dates.no_date
        )
    if shape == "year" and voice.style == "short":
        if mark_of(point) == "?" and not point.month:
            return number(point.year)
        return language.dates.year_short.format(y=number(point.year))
    # The calendar has no year 0: `000X` begins with 1.
    first, last = (max("0001", point.year.replace("X", digit)) for digit in "09")
    text = _phrase(voice, shape, (Point(first), Point(last)), case=case)
    return f"{text}, {language.dates.no_year}" if shape == "years" else text


def _unspecified_text(point: Point, language: Language) -> str:
    if point.year == "XXXX" and shape_of(point) == "unknown":
        return ""
    if point.month == "XX":
        return language.dates.no_month_and_day if point.day else language.dates.no_month
    return language.dates.no_day if point.day == "XX" else ""


# Phrases


def _phrase(voice: Voice, shape: str, dates: Dates, *, case: str = "alone") -> str:
    phrases = voice.language.dates.phrases
    start, end = dates
    words = voice.language.dates
    names = month.names(voice.language.code, is_short=voice.style == "short")
    start_month, start_month_of = names.get(start.month, ("", ""))
    end_month, end_month_of = names.get(end.month, ("", ""))
    return (phrases.get(f"{shape}:{case}") or phrases[shape]).format(
        d=number(start.day),
        d2=number(end.day),
        m=start_month,
        m2=end_month,
        of=start_month_of,
        of2=end_month_of,
        v=words.vowels.get(start.month, words.vowel),
        y=number(start.year),
        y2=number(end.year),
    )
