"""mksite.date.wording: dates in words, no surer and no finer than they were written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.date.edtf import Edtf, is_approximate, is_uncertain, parse
from mksite.date.wording import Style, format_date, format_period, format_range, machine_date
from mksite.language.languages import LANGUAGES

STYLES: tuple[Style, ...] = ("long", "short", "month-day")


def shown(text: str) -> str:
    """The text with its no-break spaces made visible, as the tables below write them."""
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("text", "ru", "ky", "en"),
    [
        ("2013", "2013_г.", "2013-жыл", "2013"),
        ("2013-03", "март 2013_г.", "2013-жылдын марты", "March 2013"),
        ("2013-03-05", "5_марта 2013_г.", "2013-жылдын 5-марты", "5_March 2013"),
        (
            "2013-03-26T09:30",
            "26_марта 2013_г., 09:30",
            "2013-жылдын 26-марты, 09:30",
            "26_March 2013, 09:30",
        ),
        (
            "2013-03-26T09:30:15+06:00",
            "26_марта 2013_г., 09:30_UTC+6",
            "2013-жылдын 26-марты, 09:30_UTC+6",
            "26_March 2013, 09:30_UTC+6",
        ),
        (
            "2013-03-26T09:30-03:30",
            "26_марта 2013_г., 09:30_UTC−3:30",
            "2013-жылдын 26-марты, 09:30_UTC−3:30",
            "26_March 2013, 09:30_UTC−3:30",
        ),
        (
            "2013-03-26T09:30Z",
            "26_марта 2013_г., 09:30_UTC",
            "2013-жылдын 26-марты, 09:30_UTC",
            "26_March 2013, 09:30_UTC",
        ),
        ("2012?", "предположительно 2012_г.", "кыязы, 2012-жыл", "probably 2012"),
        ("2016~", "около 2016_г.", "2016-жыл чамасында", "about 2016"),
        (
            "2016%",
            "предположительно около 2016_г.",
            "кыязы, 2016-жыл чамасында",
            "probably about 2016",
        ),
        (
            "2012-03-06?",
            "6_марта, предположительно 2012_г.",
            "6-март, кыязы, 2012-жыл",
            "6_March, probably 2012",
        ),
        (
            "2012?-03-06",
            "6_марта, предположительно 2012_г.",
            "6-март, кыязы, 2012-жыл",
            "6_March, probably 2012",
        ),
        (
            "2012~-03-06",
            "6_марта, около 2012_г.",
            "6-март, 2012-жыл чамасында",
            "6_March, about 2012",
        ),
        (
            "2012-03?",
            "март, предположительно 2012_г.",
            "март, кыязы, 2012-жыл",
            "March, probably 2012",
        ),
        (
            "2012-03-?06",
            "предположительно 6_марта 2012_г.",
            "кыязы, 2012-жылдын 6-марты",
            "probably 6_March 2012",
        ),
        (
            "2012-03-06~",
            "около 6_марта 2012_г.",
            "2012-жылдын 6-марты чамасында",
            "about 6_March 2012",
        ),
        ("2012-03~", "около марта 2012_г.", "2012-жылдын марты чамасында", "about March 2012"),
        (
            "2012-?03-~06",
            "предположительно около 6_марта 2012_г.",
            "кыязы, 2012-жылдын 6-марты чамасында",
            "probably about 6_March 2012",
        ),
        ("XXXX-03-06", "6_марта, год неизвестен", "6-март, жылы белгисиз", "6_March, year unknown"),
        ("XXXX-03", "март, год неизвестен", "март, жылы белгисиз", "March, year unknown"),
        ("XXXX", "дата неизвестна", "датасы белгисиз", "date unknown"),
        (
            "XXXX-03-06?",
            "предположительно 6_марта, год неизвестен",
            "кыязы, 6-март, жылы белгисиз",
            "probably 6_March, year unknown",
        ),
        ("201X", "2010-е_гг.", "2010-жылдар", "2010s"),
        ("201X~", "около 2010-х_гг.", "2010-жылдар чамасында", "about the 2010s"),
        (
            "200X",
            "2000–2009_гг., год неизвестен",
            "2000–2009-жылдар, жылы белгисиз",
            "2000–2009, year unknown",
        ),
        (
            "20XX",
            "2000–2099_гг., год неизвестен",
            "2000–2099-жылдар, жылы белгисиз",
            "2000–2099, year unknown",
        ),
        ("201X-03-06", "6_марта, 2010-е_гг.", "6-март, 2010-жылдар", "6_March, 2010s"),
        ("2013-XX", "2013_г., месяц неизвестен", "2013-жыл, айы белгисиз", "2013, month unknown"),
        (
            "2013-XX-XX",
            "2013_г., месяц и число неизвестны",
            "2013-жыл, айы жана күнү белгисиз",
            "2013, month and day unknown",
        ),
        (
            "2013-03-XX",
            "март 2013_г., число неизвестно",
            "2013-жылдын марты, күнү белгисиз",
            "March 2013, day unknown",
        ),
        ("2012-21", "весна 2012_г.", "2012-жылдын жазы", "spring 2012"),
        ("2012-24~", "около зимы 2012_г.", "2012-жылдын кышы чамасында", "about winter 2012"),
        ("0800", "800_г.", "800-жыл", "800"),
    ],
)
def test_dates(text: str, ru: str, ky: str, en: str) -> None:
    """A date is said in full, with its doubt and with what is not known."""
    date = parse(text)
    assert [shown(format_date(date, lang)) for lang in ("ru", "ky", "en")] == [ru, ky, en]


@pytest.mark.parametrize(
    ("text", "ru", "ky", "en"),
    [
        ("[2016,2017]", "2016 или 2017_г.", "2016 же 2017-жыл", "2016 or 2017"),
        (
            "[2015,2016,2017]",
            "2015, 2016 или 2017_г.",
            "2015, 2016 же 2017-жыл",
            "2015, 2016 or 2017",
        ),
        (
            "[2016-12,2017-12]",
            "декабрь 2016 или 2017_г.",
            "2016 же 2017-жылдын декабры",
            "December 2016 or 2017",
        ),
        (
            "[2016~,2018]",
            "около 2016_г. или 2018_г.",
            "2016-жыл чамасында же 2018-жыл",
            "about 2016 or 2018",
        ),
        (
            "[2016..2018]",
            "2016–2018_гг., год неизвестен",
            "2016–2018-жылдар, жылы белгисиз",
            "2016–2018, year unknown",
        ),
        (
            "[2012,2016..2018]",
            "2012_г. или 2016–2018_гг.",
            "2012-жыл же 2016–2018-жылдар",
            "2012 or 2016–2018",
        ),
        (
            "[2016-03..2016-05]",
            "март–май 2016_г., точная дата неизвестна",
            "2016-жылдын марты–майы, так датасы белгисиз",
            "March–May 2016, exact date unknown",
        ),
        ("[..2016]", "2016_г. или раньше", "2016-жыл же андан мурун", "2016 or earlier"),
        ("[2016..]", "2016_г. или позже", "2016-жыл же андан кийин", "2016 or later"),
        ("[2016]", "2016_г.", "2016-жыл", "2016"),
    ],
)
def test_sets(text: str, ru: str, ky: str, en: str) -> None:
    """A set says that one of its members holds."""
    date = parse(text)
    assert [shown(format_date(date, lang)) for lang in ("ru", "ky", "en")] == [ru, ky, en]


@pytest.mark.parametrize(
    ("text", "ru", "ky", "en"),
    [
        ("2012/2014", "2012–2014_гг.", "2012–2014-жылдар", "2012–2014"),
        (
            "2012-09/2013-01",
            "сентябрь 2012_г._– январь 2013_г.",
            "2012-жылдын сентябры_– 2013-жылдын январы",
            "September 2012_– January 2013",
        ),
        ("2013-03/2013-05", "март–май 2013_г.", "2013-жылдын марты–майы", "March–May 2013"),
        (
            "2019-09-17/2019-09-18",
            "17–18_сентября 2019_г.",
            "2019-жылдын 17–18-сентябры",
            "17–18_September 2019",
        ),
        (
            "2019-08-29/2019-09-02",
            "29_августа_– 2_сентября 2019_г.",
            "2019-жылдын 29-августу_– 2-сентябры",
            "29_August_– 2_September 2019",
        ),
        (
            "2019-12-29/2020-01-02",
            "29_декабря 2019_г._– 2_января 2020_г.",
            "2019-жылдын 29-декабры_– 2020-жылдын 2-январы",
            "29_December 2019_– 2_January 2020",
        ),
        (
            "2013-03-26T09:30/2013-03-26T17:00",
            "26_марта 2013_г., 09:30–17:00",
            "2013-жылдын 26-марты, 09:30–17:00",
            "26_March 2013, 09:30–17:00",
        ),
        (
            "2013-03-26T09:30+06:00/2013-03-26T17:00+06:00",
            "26_марта 2013_г., 09:30–17:00_UTC+6",
            "2013-жылдын 26-марты, 09:30–17:00_UTC+6",
            "26_March 2013, 09:30–17:00_UTC+6",
        ),
        (
            "2013-03-26T09:30/2013-03-27T17:00",
            "26_марта 2013_г., 09:30_– 27_марта 2013_г., 17:00",
            "2013-жылдын 26-марты, 09:30_– 2013-жылдын 27-марты, 17:00",
            "26_March 2013, 09:30_– 27_March 2013, 17:00",
        ),
        (
            "XXXX-03-06/XXXX-03-07",
            "6–7_марта, год неизвестен",
            "6–7-март, жылы белгисиз",
            "6–7_March, year unknown",
        ),
        (
            "2012?/2014~",
            "предположительно 2012_г._– около 2014_г.",
            "кыязы, 2012-жыл_– 2014-жыл чамасында",
            "probably 2012_– about 2014",
        ),
        ("2003/..", "с_2003_г.", "2003-жылдан бери", "since 2003"),
        (
            "2012/",
            "с_2012_г., окончание неизвестно",
            "2012-жылдан бери, аягы белгисиз",
            "since 2012, end unknown",
        ),
        ("../2014", "до_2014_г.", "2014-жылга чейин", "until 2014"),
        (
            "/2014",
            "до_2014_г., начало неизвестно",
            "2014-жылга чейин, башталышы белгисиз",
            "until 2014, start unknown",
        ),
        (
            "2012-04/..",
            "с_апреля 2012_г.",
            "2012-жылдын апрелинен бери",
            "since April 2012",
        ),
        (
            "../2012-06",
            "до_июня 2012_г.",
            "2012-жылдын июнуна чейин",
            "until June 2012",
        ),
        (
            "2013-03-02/..",
            "со_2_марта 2013_г.",
            "2013-жылдын 2-мартынан бери",
            "since 2_March 2013",
        ),
        ("2012-23/..", "с_осени 2012_г.", "2012-жылдын күзүнөн бери", "since autumn 2012"),
        ("201X/..", "с_2010-х_гг.", "2010-жылдардан бери", "since the 2010s"),
        (
            "2012?/..",
            "предположительно с_2012_г.",
            "кыязы, 2012-жылдан бери",
            "probably since 2012",
        ),
        ("2016~/..", "примерно с_2016_г.", "болжол менен 2016-жылдан бери", "roughly since 2016"),
        (
            "XXXX-03-06/..",
            "начало: 6_марта, год неизвестен",
            "башталышы: 6-март, жылы белгисиз",
            "start: 6_March, year unknown",
        ),
    ],
)
def test_intervals(text: str, ru: str, ky: str, en: str) -> None:
    """An interval says once what its ends share, and which end is open or unknown."""
    date = parse(text)
    assert [shown(format_date(date, lang)) for lang in ("ru", "ky", "en")] == [ru, ky, en]


@pytest.mark.parametrize(
    ("lang", "months"),
    [
        (
            "ru",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        ),
        (
            "ky",
            "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры",
        ),
        (
            "en",
            "January February March April May June July August September October November December",
        ),
    ],
)
def test_months_of_a_day(lang: str, months: str) -> None:
    """Every month takes the form that its language gives it next to a day and a year."""
    dates = [format_date(parse(f"2013-{month:02}-07"), lang) for month in range(1, 13)]
    forms = [re.findall(r"[^\W\d]+", re.sub("жылдын|г\\.$", "", date))[0] for date in dates]
    assert forms == months.split()


@pytest.mark.parametrize(
    ("text", "ru", "ky", "en"),
    [
        ("2013-03-25", "25_марта 2013_г.", "2013-ж. 25-мар.", "25_Mar 2013"),
        ("2013-03", "март 2013_г.", "2013-ж. мар.", "Mar 2013"),
        ("2013", "2013_г.", "2013-ж.", "2013"),
        ("2013-03-26T09:30", "26_марта 2013_г.", "2013-ж. 26-мар.", "26_Mar 2013"),
        ("2012-03-06?", "6_марта, 2012 (?)", "6-мар., 2012 (?)", "6_Mar, 2012 (?)"),
        ("2016~", "ок._2016_г.", "2016-ж. чамасында", "c._2016"),
        ("2016%", "ок._2016_г. (?)", "2016-ж. чамасында (?)", "c._2016 (?)"),
        ("XXXX-03-06", "6_марта, год неизвестен", "6-мар., жылы белгисиз", "6_Mar, year unknown"),
        (
            "2019-09-17/2019-09-18",
            "17–18_сентября 2019_г.",
            "2019-ж. 17–18-сен.",
            "17–18_Sept 2019",
        ),
        (
            "[2016-12,2017-12]",
            "декабрь 2016 или 2017_г.",
            "2016 же 2017-ж. дек.",
            "Dec 2016 or 2017",
        ),
    ],
)
def test_short(text: str, ru: str, ky: str, en: str) -> None:
    """In lists times are left out; doubt is not, and stands beside the part that is doubtful."""
    date = parse(text)
    short = [shown(format_date(date, lang, style="short")) for lang in ("ru", "ky", "en")]
    assert short == [ru, ky, en]


@pytest.mark.parametrize(
    ("text", "ru", "ky", "en"),
    [
        ("2013-03-25", "25_марта", "25-март", "25_March"),
        ("2013-03-26T09:30", "26_марта", "26-март", "26_March"),
        ("2013-03", "март", "март", "March"),
        ("2013", "", "", ""),
        ("2013?", "год под вопросом", "жылы күмөндүү", "year in doubt"),
        ("2016~", "год указан приблизительно", "жылы болжолдуу", "year approximate"),
        (
            "2012-03-06?",
            "6_марта, год под вопросом",
            "6-март, жылы күмөндүү",
            "6_March, year in doubt",
        ),
        ("2012-03-?06", "6_марта (?)", "6-март (?)", "6_March (?)"),
        ("2012-03-06~", "около 6_марта", "6-март чамасында", "about 6_March"),
        ("2019-09-17/2019-09-18", "17–18_сентября", "17–18-сентябрь", "17–18_September"),
        (
            "2019-12-29/2020-01-02",
            "29_декабря 2019_г._– 2_января 2020_г.",
            "2019-жылдын 29-декабры_– 2020-жылдын 2-январы",
            "29_December 2019_– 2_January 2020",
        ),
        ("[2016,2017]", "2016 или 2017_г.", "2016 же 2017-жыл", "2016 or 2017"),
        ("2012/2014", "2012–2014_гг.", "2012–2014-жылдар", "2012–2014"),
    ],
)
def test_month_day(text: str, ru: str, ky: str, en: str) -> None:
    """Under a year's heading the year is left out, unless the date reaches beyond that year."""
    date = parse(text)
    short = [shown(format_date(date, lang, style="month-day")) for lang in ("ru", "ky", "en")]
    assert short == [ru, ky, en]


@pytest.mark.parametrize(
    ("start", "end", "event", "period"),
    [
        ("2012", "2014", "2012–2014_гг.", "2012–2014_гг."),
        ("2003", None, "2003_г.", "с_2003_г."),
        (None, "2014", "до_2014_г.", "до_2014_г."),
        (None, None, "", ""),
        ("2012", "2012", "2012_г.", "2012_г."),
        (
            "2013-03-26T09:30",
            "2013-03-26T17:00",
            "26_марта 2013_г., 09:30–17:00",
            "26_марта 2013_г., 09:30–17:00",
        ),
        (
            "2013-03-26T09:30",
            "2013-03-26",
            "26_марта 2013_г., 09:30",
            "26_марта 2013_г., 09:30",
        ),
        ("2013-03-26T09:30", None, "26_марта 2013_г., 09:30", "с_26_марта 2013_г."),
        ("2019-09-17", "2019-09-18", "17–18_сентября 2019_г.", "17–18_сентября 2019_г."),
        ("[2012,2013]", "2014", "2012 или 2013_г._– 2014_г.", "2012 или 2013_г._– 2014_г."),
        ("[2012,2013]", None, "2012 или 2013_г.", "начало: 2012 или 2013_г."),
    ],
)
def test_range_and_period(start: str | None, end: str | None, event: str, period: str) -> None:
    """An event with a start alone took place then; a programme with a start alone goes on."""
    dates = [parse(text) if text else None for text in (start, end)]
    assert shown(format_range(dates[0], dates[1], "ru")) == event
    assert shown(format_period(dates[0], dates[1], "ru")) == period


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2013", "2013"),
        ("2013-03", "2013-03"),
        ("2013-03-25", "2013-03-25"),
        ("2013-03-26T09:30", "2013-03-26T09:30"),
        ("2013-03-26T09:30+06:00", "2013-03-26T09:30+06:00"),
        ("2013-XX", "2013"),
        ("2013-03-XX", "2013-03"),
        ("XXXX-03-06", "03-06"),
        ("201X-03-06", "03-06"),
        ("2012?-03-06", "03-06"),
        ("2012-03-06?", ""),
        ("2012-03-?06", ""),
        ("2016~", ""),
        ("201X", ""),
        ("XXXX-03", ""),
        ("2012-21", ""),
        ("2012/2014", ""),
        ("[2016,2017]", ""),
        ("../2014", ""),
    ],
)
def test_machine_date(text: str, value: str) -> None:
    """HTML is told what is certain, in a form it knows, or nothing."""
    assert machine_date(parse(text)) == value


dates = st.one_of(
    st.builds(
        "{:04}-{:02}-{:02}{}".format,
        st.integers(1, 9999),
        st.integers(1, 12),
        st.integers(1, 28),
        st.sampled_from(["", "?", "~", "%"]),
    ),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["2012", "201X", "200X", "19XX", "XXXX"]),
        st.sampled_from(["", "-03", "-XX", "-22", "-03-XX", "-11-30", "-XX-XX"]),
        st.sampled_from(["", "?", "~", "%"]),
    ),
).map(parse)
languages = st.sampled_from(sorted(LANGUAGES))


@given(dates, languages, st.sampled_from(STYLES[:2]))
def test_doubt_is_said(date: Edtf, lang: str, style: Style) -> None:
    """A doubtful or approximate date never reads as the certain one does."""
    certain = parse(date.text.rstrip("?~%"))
    is_doubted = is_uncertain(date) or is_approximate(date)
    texts = (format_date(date, lang, style=style), format_date(certain, lang, style=style))
    assert (texts[0] != texts[1]) is is_doubted


@given(dates, languages, st.sampled_from(STYLES))
def test_no_digit_is_made_up(date: Edtf, lang: str, style: Style) -> None:
    """The numbers of the text are numbers of the date; only unspecified digits are filled."""
    text = format_date(date, lang, style=style)
    point = date.spans[0][0]
    assert point is not None
    years = {point.year.replace("X", digit).lstrip("0") for digit in "09"}
    assert set(re.findall("[0-9]+", text)) <= years | {point.day.lstrip("0")}


@given(dates, dates, languages)
def test_texts_are_clean(start: Edtf, end: Edtf, lang: str) -> None:
    """No placeholder, double space or dangling comma is left in any text."""
    for text in (
        *(format_date(start, lang, style=style) for style in STYLES),
        format_range(start, end, lang),
        format_period(start, end, lang),
        format_period(start, None, lang),
        format_period(None, start, lang),
    ):
        assert not re.search(r"[{}_X]|  |, ,|^[ ,]|[ ,]$|^\s|\s$", text)
