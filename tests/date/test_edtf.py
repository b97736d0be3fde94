"""mksite.date.edtf: what a date means, and that it never means more than was written."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.date import edtf, order
from mksite.date.edtf import EdtfError, parse

DAY = dt.date.fromisoformat
MARKS = ("", "?", "~", "%")


days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
marks = st.sampled_from(MARKS)
year_texts = st.one_of(
    st.integers(1, 9999).map("{:04}".format),
    st.integers(0, 999).map("{:03}X".format),
    st.integers(0, 99).map("{:02}XX".format),
    st.just("XXXX"),
)
month_texts = st.builds(
    "{}-{}{}".format, year_texts, st.sampled_from(["01", "02", "12", "XX", "21", "24"]), marks
)
date_texts = st.one_of(
    st.builds("{}{}".format, days, marks),
    st.builds("{}{}".format, year_texts, marks),
    month_texts,
    st.builds("{}-{:02}-{:02}{}".format, year_texts, st.integers(1, 12), st.integers(1, 28), marks),
    st.builds("{}-{:02}-XX{}".format, year_texts, st.integers(1, 12), marks),
    st.datetimes(dt.datetime(1, 1, 1)).map(lambda moment: moment.isoformat(timespec="minutes")),  # noqa: DTZ001 - a time as its town has it
)
interval_texts = st.one_of(
    st.tuples(days, days).map(lambda pair: "/".join(day.isoformat() for day in sorted(pair))),
    st.builds("{}/{}".format, date_texts, st.sampled_from(["", ".."])),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), date_texts),
)
set_texts = st.lists(date_texts, min_size=1, max_size=4).map(lambda each: f"[{','.join(each)}]")
texts = st.one_of(date_texts, interval_texts, set_texts)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "year", "years", "precision"),
    [
        ("2013", "2013-01-01", "2013-12-31", 2013, (2013,), "year"),
        ("2013-03", "2013-03-01", "2013-03-31", 2013, (2013,), "month"),
        ("2012-02", "2012-02-01", "2012-02-29", 2012, (2012,), "month"),
        ("2013-03-25", "2013-03-25", "2013-03-25", 2013, (2013,), "day"),
        ("2013-03-26T09:30", "2013-03-26", "2013-03-26", 2013, (2013,), "time"),
        ("2013-03-26T09:30:15+06:00", "2013-03-26", "2013-03-26", 2013, (2013,), "time"),
        ("2012-03-06?", "2012-03-06", "2012-03-06", 2012, (2012,), "day"),
        ("2012?-03-06", "2012-03-06", "2012-03-06", 2012, (2012,), "day"),
        ("?2012-03-06", "2012-03-06", "2012-03-06", 2012, (2012,), "day"),
        ("2016~", "2016-01-01", "2016-12-31", 2016, (2016,), "year"),
        ("201X", "2010-01-01", "2019-12-31", None, tuple(range(2010, 2020)), "decade"),
        ("20XX", "2000-01-01", "2099-12-31", None, tuple(range(2000, 2100)), "century"),
        ("2XXX", "2000-01-01", "2999-12-31", None, tuple(range(2000, 2200)), "millennium"),
        ("000X", "0001-01-01", "0009-12-31", None, tuple(range(1, 10)), "decade"),
        ("201X-03-06", "2010-03-06", "2019-03-06", None, tuple(range(2010, 2020)), "decade"),
        ("201X-02-29", "2012-02-29", "2016-02-29", None, tuple(range(2010, 2020)), "decade"),
        ("XXXX-03-06", None, None, None, (), "unknown"),
        ("XXXX", None, None, None, (), "unknown"),
        ("2013-XX", "2013-01-01", "2013-12-31", 2013, (2013,), "year"),
        ("2013-XX-XX", "2013-01-01", "2013-12-31", 2013, (2013,), "year"),
        ("2013-02-XX", "2013-02-01", "2013-02-28", 2013, (2013,), "month"),
        ("2012-21", "2012-03-01", "2012-05-31", 2012, (2012,), "season"),
        ("2012-23", "2012-09-01", "2012-11-30", 2012, (2012,), "season"),
        ("2012-24", "2012-01-01", "2012-12-31", 2012, (2012,), "season"),
        ("[2016,2017]", "2016-01-01", "2017-12-31", None, (2016, 2017), "year"),
        ("[2016-12,2017-12]", "2016-12-01", "2017-12-31", None, (2016, 2017), "month"),
        ("[2016-03,2016-05]", "2016-03-01", "2016-05-31", 2016, (2016,), "month"),
        ("[2016..2018]", "2016-01-01", "2018-12-31", None, (2016, 2017, 2018), "year"),
        ("[2012,2016..]", "2012-01-01", None, None, (2012, 2016), "year"),
        ("[..2016]", None, "2016-12-31", None, (2016,), "year"),
        ("2012/2014", "2012-01-01", "2014-12-31", 2012, (2012, 2013, 2014), "year"),
        ("2012-09/2013-01-15", "2012-09-01", "2013-01-15", 2012, (2012, 2013), "month"),
        ("2012-09/..", "2012-09-01", None, 2012, (2012,), "month"),
        ("2012/", "2012-01-01", None, 2012, (2012,), "year"),
        ("../2014", None, "2014-12-31", None, (2014,), "year"),
        ("/2014", None, "2014-12-31", None, (2014,), "year"),
    ],
)
def test_bounds_and_years(  # noqa: PLR0913, PLR0917 - a row of the table
    text: str,
    earliest: str | None,
    latest: str | None,
    year: int | None,
    years: tuple[int, ...],
    precision: str,
) -> None:
    """A date is bounded by the first and last day that fit what is written, and by nothing else."""
    date = parse(text)
    assert edtf.earliest(date) == (DAY(earliest) if earliest else None)
    assert edtf.latest(date) == (DAY(latest) if latest else None)
    assert edtf.year(date) == year
    assert edtf.years(date) == years
    assert edtf.precision(date) == precision


@pytest.mark.parametrize(
    ("text", "is_uncertain", "is_approximate", "is_exact_day"),
    [
        ("2013-03-25", False, False, True),
        ("2013-03-26T09:30", False, False, True),
        ("2013-03", False, False, False),
        ("2012-03-06?", True, False, False),
        ("2012-03-06~", False, True, False),
        ("2012-03-06%", True, True, False),
        ("2012?-03-06", True, False, False),
        ("2012-03-?06", True, False, False),
        ("2012-~03-06", False, True, False),
        ("XXXX-03-06", False, False, False),
        ("2012-03-XX", False, False, False),
        ("2012-03-06/2012-03-07", False, False, False),
        ("2012?/2014~", True, True, False),
        ("2013-03-26T09:30/..", False, False, False),
        ("[2012-03-06]", False, False, False),
    ],
)
def test_what_is_known(
    text: str,
    is_uncertain: bool,  # noqa: FBT001 - a column of the table
    is_approximate: bool,  # noqa: FBT001
    is_exact_day: bool,  # noqa: FBT001
) -> None:
    """Marks anywhere make a date doubtful or approximate, and no such date is an exact day."""
    date = parse(text)
    assert edtf.is_uncertain(date) is is_uncertain
    assert edtf.is_approximate(date) is is_approximate
    assert edtf.is_exact_day(date) is is_exact_day


@pytest.mark.parametrize(
    ("text", "spread"),
    [
        ("2012-03-06?", ("?", "?", "?")),
        ("2012-03?-06", ("?", "?", "")),
        ("2012-?03-06", ("", "?", "")),
        ("?2012-03-06~", ("%", "~", "~")),
        ("2012-03-~06", ("", "", "~")),
        ("2012%", ("%", "", "")),
    ],
)
def test_marks_spread_to_the_left(text: str, spread: tuple[str, str, str]) -> None:
    """A mark on the right holds for all before it, a mark on the left for one component."""
    point = parse(text).spans[0][0]
    assert point is not None
    written = (True, bool(point.month), bool(point.day))
    assert point.marks == spread
    assert all(here or not mark for mark, here in zip(point.marks, written, strict=True))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "edtf-syntax"),
        ("hello", "edtf-syntax"),
        ("20X3", "edtf-syntax"),
        ("201", "edtf-syntax"),
        ("2013-03-26T09:30?", "edtf-syntax"),
        ("2013-XX-05", "edtf-syntax"),
        ("../..", "edtf-syntax"),
        ("/", "edtf-syntax"),
        ("[]", "edtf-syntax"),
        ("[2016", "edtf-syntax"),
        ("2012/2013/2014", "edtf-syntax"),
        ("٢٠١٣", "edtf-syntax"),
        ("0000", "edtf-impossible"),
        ("2013-00", "edtf-impossible"),
        ("2013-13", "edtf-impossible"),
        ("2013-20", "edtf-impossible"),
        ("2013-25", "edtf-impossible"),
        ("2013-21-05", "edtf-impossible"),
        ("2013-02-30", "edtf-impossible"),
        ("1900-02-29", "edtf-impossible"),
        ("XXXX-02-30", "edtf-impossible"),
        ("2013-03-26T24:00", "edtf-impossible"),
        ("2013-03-26T09:60", "edtf-impossible"),
        ("2013-03-26T09:30+30:00", "edtf-impossible"),
        ("2014/2012", "edtf-reversed"),
        ("2013-03/2013-02-28", "edtf-reversed"),
        ("2013-03-26T17:00/2013-03-26T09:30", "edtf-reversed"),
        ("[2018..2016]", "edtf-reversed"),
    ],
)
def test_faults(text: str, code: str) -> None:
    """What is no date is refused, with the reason as a code."""
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.text) == (code, text)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2012", "2013", True),
        ("2013", "2012", False),
        ("2012", "2012-05", False),
        ("2013-03-25", "2013-03-26", True),
        ("2013-03-25", "2013-03-25", False),
        ("2012?", "2015", False),
        ("2012", "2015~", False),
        ("2012", "XXXX-03-06", False),
        ("2010/2011", "[2012,2014]", True),
        ("2010/..", "2014", False),
        ("../2011", "2012/..", True),
        ("[2010,2013]", "2012", False),
        ("2013-03-26T09:30", "2013-03-26T17:00", True),
        ("2013-03-26T17:00", "2013-03-26T09:30", False),
        ("2013-03-26T09:30", "2013-03-26", False),
        ("2013-03-25T20:00Z", "2013-03-26T01:00+06:00", False),
        ("2013-03-26T01:00+06:00", "2013-03-25T20:00Z", True),
        ("2013-03-25T23:00Z", "2013-03-26T01:00", False),
        ("2013-03-24T23:00Z", "2013-03-26T01:00", True),
    ],
)
def test_is_before(a: str, b: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """One date is before another only where that is certain whatever day each of them means."""
    assert edtf.is_before(parse(a), parse(b)) is expected


@pytest.mark.parametrize(
    "ordered",
    [
        ("2013/..", "2013/2014", "2013", "2013-01", "2013-01-01", "2013-01-01T09:30"),
        ("2013-01-01T09:30", "2013-01-01T17:00", "2013-01-02"),
        ("2013-02-28", "2013-03", "2013-03-01", "2013-03-01?"),
        ("2013-03-25", "../2013-03-26", "2013-03-27"),
        ("9999", "XXXX-03-06", "XXXX-12", None),
    ],
)
def test_sort_key(ordered: tuple[str | None, ...]) -> None:
    """Dates sort by their first day, longer periods first, then by time; the undated come last."""
    keys = [order.sort_key(parse(text) if text else None) for text in ordered]
    assert keys == sorted(set(keys))


@given(texts)
def test_text_round_trips(text: str) -> None:
    """A date keeps the text that was written, and that text gives the same date."""
    date = parse(text)
    assert date.text == text
    assert parse(f" {date.text.lower().replace('t', 'T').replace('z', 'Z')}\n") == date


@given(texts)
def test_bounds_are_in_order(text: str) -> None:
    """No date ends before it begins, and its years are those of its bounds."""
    date = parse(text)
    first, last = edtf.earliest(date), edtf.latest(date)
    if first and last:
        assert first <= last
        years = edtf.years(date)
        assert years[0] == first.year or "-02-29" in text
        assert len(years) == edtf.YEARS_LIMIT or years[-1] == last.year or "-02-29" in text
    only = edtf.year(date)
    assert only is None or only in edtf.years(date) or date.kind == "interval"


@given(days, marks)
def test_precision_is_never_gained(day: dt.date, mark: str) -> None:
    """Leaving out or unspecifying a part of a date widens its bounds and coarsens its precision."""
    year, month, number = f"{day:%Y}".zfill(4), f"{day:%m}", f"{day:%d}"
    steps = [
        f"{year}-{month}-{number}",
        f"{year}-{month}-XX",
        f"{year}-{month}",
        f"{year}-XX-XX",
        f"{year}",
        f"{year[:3]}X",
        f"{year[:2]}XX",
        f"{year[:1]}XXX",
    ]
    dates = [parse(f"{text}{mark}") for text in steps]
    for finer, coarser in pairwise(dates):
        assert _first(coarser) <= _first(finer) <= _last(finer) <= _last(coarser)
        fineness = edtf.COARSENESS.index
        assert fineness(edtf.precision(finer)) <= fineness(edtf.precision(coarser))


@given(texts)
def test_marks_leave_the_bounds(text: str) -> None:
    """A date has the bounds of the same date without its marks: they doubt, they do not narrow."""
    date, bare = parse(text), parse(text.translate({ord(mark): "" for mark in "?~%"}))
    assert (edtf.earliest(date), edtf.latest(date)) == (edtf.earliest(bare), edtf.latest(bare))
    assert edtf.precision(date) == edtf.precision(bare)


@given(texts, texts)
def test_sort_key_follows_earliest(a: str, b: str) -> None:
    """Keys are ASCII, differ where the texts do, and never contradict the first days."""
    keys = [order.sort_key(parse(text)) for text in (a, b)]
    assert all(key.isascii() for key in keys)
    assert (keys[0] == keys[1]) == (a == b)
    first_days = [edtf.earliest(parse(text)) for text in (a, b)]
    if first_days[0] and first_days[1] and first_days[0] < first_days[1]:
        assert keys[0] < keys[1]


@given(texts, texts)
def test_is_before_is_a_strict_order(a: str, b: str) -> None:
    """Two dates are never both before each other, and no date is before itself."""
    one, other = parse(a), parse(b)
    assert not (edtf.is_before(one, other) and edtf.is_before(other, one))
    assert not edtf.is_before(one, one)


@given(st.text(alphabet="0123456789X-/.[],?~%T:+Z маярйюль", max_size=24))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    """Whatever is typed either is a date or raises EdtfError."""
    with suppress(EdtfError):
        parse(text)


def _first(date: edtf.Edtf) -> dt.date:
    return edtf.earliest(date) or dt.date.min


def _last(date: edtf.Edtf) -> dt.date:
    return edtf.latest(date) or dt.date.max


# Against PyPI's edtf


@pytest.fixture(scope="module")
def oracle() -> Any:  # noqa: ANN401 - the package has no types
    """The reference implementation in Python, where it is installed."""
    return pytest.importorskip("edtf")


@pytest.mark.parametrize(
    "text",
    [
        *("2013", "2013-03", "2013-03-25", "2013-03-26T09:30:15+06:00", "2013-03-26T09:30:15Z"),
        *("2012-03-06?", "2012-03~", "2012%", "2012?-03-06", "?2012-03-06", "2012-03-~06"),
        *("201X", "20XX", "2013-XX", "2013-02-XX", "2012-XX-XX", "201X-03-06"),
        *("[2016,2017]", "[2016-12,2017-12]", "[2016..2018]", "2012-21", "2012-22", "2012-23"),
        *("2012/2014", "2012-09/2013-01-15", "2012?/2014~"),
    ],
)
def test_oracle_bounds(oracle: Any, text: str) -> None:  # noqa: ANN401
    """Dates that the reference reads have its strict bounds."""
    theirs, ours = oracle.parse_edtf(text), parse(text)
    assert dt.date(*theirs.lower_strict()[:3]) == edtf.earliest(ours)
    assert dt.date(*theirs.upper_strict()[:3]) == edtf.latest(ours)


@pytest.mark.parametrize(
    "text",
    [
        *("hello", "", "2013-3-5", "25.03.2013", "2013-02-30", "2013-13-01", "2013/", "2013-03-2"),
        *("2012/..", "../2014", "/2014", "XXXX-03-06", "XXXX", "[..2016]", "[2016..]", "[2016"),
        *("2013-20", "2013-21-05", "2XXX", "2013-03-26T09:30?", "[]", "20133"),
    ],
)
def test_oracle_syntax(oracle: Any, text: str) -> None:  # noqa: ANN401
    """What the reference refuses is refused here, and what it reads is read."""
    assert _is_read(parse, text, EdtfError) == _is_read(
        oracle.parse_edtf, text, oracle.EDTFParseException
    )


def _is_read(read: Any, text: str, refusal: type[Exception]) -> bool:  # noqa: ANN401
    try:
        read(text)
    except refusal:
        return False
    return True


@given(days)
def test_plain_days_are_known_as_parsed_ones(day: dt.date) -> None:
    """The short way of a plain day gives what parsing gives."""
    text = day.isoformat()
    assert order.plain_day(text) == edtf.earliest(edtf.parse(text)) == day
    assert order.day_sort_key(day) == order.sort_key(edtf.parse(text))


@pytest.mark.parametrize(
    "text", ["", "2013", "2013-03-05?", "2013-02-30", "20130305ab", "2013-W10-1", "২০13-03-05"]
)
def test_other_dates_are_no_plain_days(text: str) -> None:
    """What is not one certain day takes the long way."""
    assert order.plain_day(text) is None
