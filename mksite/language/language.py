"""What a language is to mksite: one value that holds everything that depends on it."""

from __future__ import annotations

from typing import Literal

import msgspec

Script = Literal["Cyrillic", "Latin"]
CitationStyle = Literal["gost", "apa"]


class DateWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words in which dates are said; `_` stands for a no-break space.

    `phrases` are keyed by shape, or by `shape:case` where the case makes a difference. In them d
    and d2 are days, m and m2 months on their own, of and of2 months after a day or a year, v the
    vowel of a case ending, y and y2 years.

    `months_in_full` is for a language that does not abbreviate months in lists. `year_in_doubt`
    and `year_estimated` stand in a list under that year.

    Months are those of `cldr`, in the form in which CLDR writes them alone (`months_alone`).
    `month_endings` are what a month takes after a year, where CLDR has no such form. `vowels` are
    those of case endings after a month or season, by its EDTF number; `vowel` is for the rest.
    """

    cldr: str
    phrases: dict[str, str]
    seasons: tuple[str, str, str, str]
    seasons_of: tuple[str, str, str, str]
    months_in_full: bool = False
    months_alone: Literal["format", "stand-alone"] = "stand-alone"
    month_endings: tuple[str, ...] = ()
    vowels: dict[str, str] = {}
    vowel: str = ""
    in_year: str
    in_year_case: str = "alone"
    in_year_short: str
    year_short: str
    probably: str
    year_in_doubt: str
    year_estimated: str
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


class TypographyRules(msgspec.Struct, frozen=True, kw_only=True):
    """Quotation marks, the dash, and the words between which a line must not break.

    All but the marks are regular expressions: `units` stay with the number before them,
    `words_after` (groups of equal length) with the next word, `particles` with the last word,
    `abbreviated` are what follows «т.» and «г.».
    """

    outer_quotes: tuple[str, str]
    inner_quotes: tuple[str, str]
    dash: str
    units: str
    words_after: tuple[str, ...] = ()
    particles: str = ""
    abbreviated: str = ""
    apostrophe: bool = False


class CitationWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a citation says. `reader_date` stands for the day of reading.

    `kinds` are how names of kinds of documents begin, in lower case.
    """

    press_release: str
    kinds: tuple[str, ...]
    electronic: str
    site: str
    read_on: str
    reader_date: str
    and_others: str
    no_year: str
    about: str
    dated: str
    event: str


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that depends on a language.

    `code` is the BCP 47 tag that addresses and front matter use, `locale` the language with its
    country as Open Graph writes it, `biblatex` the name that biblatex knows. In lists the names of
    `script` come first. `countries` are the names that differ from CLDR's;
    `after_surname` stands between a surname and the given names after it. In the sentences of
    feeds and calendars `{count}` is a number of records,
    `{title}` the title of an event.
    """

    code: str
    locale: str
    biblatex: str
    script: Script
    decimal_comma: bool
    citation_style: CitationStyle
    dates: DateWords
    typography: TypographyRules
    citation: CitationWords
    feed_leaves_out: str
    calendar_leaves_out: str
    calendar_is_cut: str
    calendar_by_year: str
    calendar_cancelled: str
    countries: dict[str, str] = {}
    after_surname: str = ""
