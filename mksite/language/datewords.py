"""The words in which dates are said in Russian, Kyrgyz and English."""

from __future__ import annotations

from functools import lru_cache

import msgspec


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language; `_` stands for a no-break space.

    `phrases` are keyed by shape, or by `shape:case` where the case makes a difference. In them d
    and d2 are days, m and m2 months on their own, of and of2 months after a day or a year, v the
    vowel of a Kyrgyz case ending, y and y2 years.
    """

    cldr: str
    phrases: dict[str, str]
    seasons: tuple[str, str, str, str]
    seasons_of: tuple[str, str, str, str]
    in_year: str
    in_year_case: str = "alone"
    in_year_short: str
    year_short: str
    probably: str
    about: str
    about_short: str
    roughly: str
    since: str
    since_second: str
    until: str
    start: str
    end: str
    no_start: str
    no_end: str
    no_date: str
    no_exact_date: str
    no_year: str
    no_month: str
    no_day: str
    no_month_and_day: str
    either: str
    either_year: str
    or_earlier: str
    or_later: str


RUSSIAN = Language(
    cldr="ru",
    phrases={
        "day": "{d}_{of}",
        "days": "{d}–{d2}_{of}",
        "days-months": "{d}_{of}_– {d2}_{of2}",
        "month": "{m}",
        "month:about": "{of}",
        "month:since": "{of}",
        "month:until": "{of}",
        "months": "{m}–{m2}",
        "year": "{y}_г.",
        "years": "{y}–{y2}_гг.",
        "decade": "{y}-е_гг.",
        "decade:about": "{y}-х_гг.",
        "decade:since": "{y}-х_гг.",
        "decade:until": "{y}-х_гг.",
    },
    seasons=("весна", "лето", "осень", "зима"),
    seasons_of=("весны", "лета", "осени", "зимы"),
    in_year="{part} {y}_г.",
    in_year_short="{part} {y}_г.",
    year_short="{y}_г.",
    probably="предположительно {}",
    about="около {}",
    about_short="ок._{}",
    roughly="примерно {}",
    since="с_{}",
    since_second="со_{}",
    until="до_{}",
    start="начало: {}",
    end="окончание: {}",
    no_start="начало неизвестно",
    no_end="окончание неизвестно",
    no_date="дата неизвестна",
    no_exact_date="точная дата неизвестна",
    no_year="год неизвестен",
    no_month="месяц неизвестен",
    no_day="число неизвестно",
    no_month_and_day="месяц и число неизвестны",
    either=" или ",
    either_year="{}_г.",
    or_earlier="{} или раньше",
    or_later="{} или позже",
)

KYRGYZ = Language(
    cldr="ky",
    phrases={
        "day": "{d}-{m}",
        "day:of": "{d}-{of}",
        "day:since": "{d}-{of}н{v}н",
        "day:until": "{d}-{of}н{v}",
        "days": "{d}–{d2}-{m}",
        "days:of": "{d}–{d2}-{of}",
        "days-months": "{d}-{m}_– {d2}-{m2}",
        "days-months:of": "{d}-{of}_– {d2}-{of2}",
        "month": "{m}",
        "month:of": "{of}",
        "month:since": "{of}н{v}н",
        "month:until": "{of}н{v}",
        "months": "{m}–{m2}",
        "months:of": "{of}–{of2}",
        "year": "{y}-жыл",
        "year:since": "{y}-жылдан",
        "year:until": "{y}-жылга",
        "years": "{y}–{y2}-жылдар",
        "decade": "{y}-жылдар",
        "decade:since": "{y}-жылдардан",
        "decade:until": "{y}-жылдарга",
    },
    seasons=("жаз", "жай", "күз", "кыш"),
    seasons_of=("жазы", "жайы", "күзү", "кышы"),
    in_year="{y}-жылдын {part}",
    in_year_case="of",
    in_year_short="{y}-ж. {part}",
    year_short="{y}-ж.",
    probably="болжолу {}",
    about="{} чамасында",
    about_short="{} чамасында",
    roughly="болжол менен {}",
    since="{}",
    since_second="{}",
    until="{} чейин",
    start="башталышы: {}",
    end="аягы: {}",
    no_start="башталышы белгисиз",
    no_end="аягы белгисиз",
    no_date="датасы белгисиз",
    no_exact_date="так датасы белгисиз",
    no_year="жылы белгисиз",
    no_month="айы белгисиз",
    no_day="күнү белгисиз",
    no_month_and_day="айы жана күнү белгисиз",
    either=" же ",
    either_year="{}-жыл",
    or_earlier="{} же андан мурун",
    or_later="{} же андан кийин",
)

ENGLISH = Language(
    cldr="en_GB",
    phrases={
        "day": "{d}_{of}",
        "days": "{d}–{d2}_{of}",
        "days-months": "{d}_{of}_– {d2}_{of2}",
        "month": "{m}",
        "months": "{m}–{m2}",
        "year": "{y}",
        "years": "{y}–{y2}",
        "decade": "{y}s",
        "decade:about": "the {y}s",
        "decade:since": "the {y}s",
        "decade:until": "the {y}s",
    },
    seasons=("spring", "summer", "autumn", "winter"),
    seasons_of=("spring", "summer", "autumn", "winter"),
    in_year="{part} {y}",
    in_year_short="{part} {y}",
    year_short="{y}",
    probably="probably {}",
    about="about {}",
    about_short="c._{}",
    roughly="roughly {}",
    since="since {}",
    since_second="since {}",
    until="until {}",
    start="start: {}",
    end="end: {}",
    no_start="start unknown",
    no_end="end unknown",
    no_date="date unknown",
    no_exact_date="exact date unknown",
    no_year="year unknown",
    no_month="month unknown",
    no_day="day unknown",
    no_month_and_day="month and day unknown",
    either=" or ",
    either_year="{}",
    or_earlier="{} or earlier",
    or_later="{} or later",
)

LANGUAGES = {"ru": RUSSIAN, "ky": KYRGYZ, "en": ENGLISH}

# The possessive of a month after «жылдын», by vowel harmony: CLDR has no such form.
_KYRGYZ_POSSESSIVES = ("ы", "ы", "ы", "и", "ы", "у", "у", "у", "ы", "ы", "ы", "ы")
_SEASON_MONTHS = ("21", "22", "23", "24")


@lru_cache
def months(cldr: str, *, is_short: bool) -> dict[str, tuple[str, str]]:
    """Each month and season as it stands alone, and as it stands after a day or a year."""
    # Babel is slow to load, and a command that prints no date need not wait for it.
    from babel.core import Locale  # noqa: PLC0415

    names = Locale.parse(cldr).months
    width = "abbreviated" if is_short else "wide"
    months_of = [names["format"][width][number] for number in range(1, 13)]
    # Kyrgyz CLDR capitalizes a month alone, as at the head of a calendar's page.
    form = "format" if cldr == "ky" else "stand-alone"
    months = [names[form][width][number] for number in range(1, 13)]
    if cldr == "ky" and not is_short:
        pairs = zip(months, _KYRGYZ_POSSESSIVES, strict=True)
        months_of = [month.removesuffix("ь") + ending for month, ending in pairs]
    language = LANGUAGES[cldr[:2]]
    keys = (*(f"{number:02}" for number in range(1, 13)), *_SEASON_MONTHS)
    alone = (*months, *language.seasons)
    return dict(zip(keys, zip(alone, (*months_of, *language.seasons_of), strict=True), strict=True))
