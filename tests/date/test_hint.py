"""mksite.date.hint: a date as people type it is answered with the form that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.date import edtf
from mksite.date.edtf import EdtfError, parse
from mksite.date.hint import suggest

if TYPE_CHECKING:
    import datetime as dt


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("25.03.2013", "2013-03-25"),
        ("25/03/2013", "2013-03-25"),
        ("25-03-2013", "2013-03-25"),
        ("03/04/2013", "2013-04-03"),
        ("04/25/2013", "2013-04-25"),
        ("2013.3.5", "2013-03-05"),
        ("2013-3-5", "2013-03-05"),
        ("2013-25-03", "2013-03-25"),
        ("2013-3", "2013-03"),
        ("03.2013", "2013-03"),
        ("2013 г.", "2013"),
        ("25 марта 2013", "2013-03-25"),
        ("25 марта 2013 г.", "2013-03-25"),
        ("25-го марта 2013 года", "2013-03-25"),
        ("25-март 2013", "2013-03-25"),
        ("2013-жылдын 25-марты", "2013-03-25"),
        ("March 25, 2013", "2013-03-25"),
        ("25th of March 2013", "2013-03-25"),
        ("6 марта", "XXXX-03-06"),
        ("март 2013", "2013-03"),
        ("5 мая 2014", "2014-05-05"),
        ("5 июля 2014", "2014-07-05"),
        ("17–18 сентября 2019 г.", "2019-09-17/2019-09-18"),
        ("17-18.09.2019", "2019-09-17/2019-09-18"),
        ("2012–2014", "2012/2014"),
        ("2012 - 2014 гг.", "2012/2014"),
        ("2012 / 2014", "2012/2014"),
        ("[2016, 2017]", "[2016,2017]"),
        ("25.03.2013?", "2013-03-25?"),
        ("2012-03-06 ?", "2012-03-06?"),
        ("около 2016", "2016~"),
        ("предположительно 6 марта 2012 г.", "2012-03-06?"),
        ("2013-03-26 09:30", "2013-03-26T09:30"),
        ("26.03.2013 в 9:30", "2013-03-26T09:30"),
        ("2013-03-26 9.30", "2013-03-26T09:30"),
        ("26 марта 2013 г. в 9.30", "2013-03-26T09:30"),
        ("2013-03-26T00:00:00.000Z", "2013-03-26"),
        ("2013-03-26T09:30:00.000Z", "2013-03-26T09:30Z"),
        ("2013-03-26 09:30:00 +0600", "2013-03-26T09:30+06:00"),
        ("26.03.13", "2013-03-26"),
        ("6/3/98", "1998-03-06"),
        ("с 5 по 7 марта 2013", "2013-03-05/2013-03-07"),
        ("2013-02-30", None),
        ("30.02.2013", None),
        ("12.13.14.15", None),
        ("возможно, 25 марта 2013", None),
        ("не раньше 2013", None),
        ("12", None),
        ("вчера", None),
        ("", None),
    ],
)
def test_suggestions(text: str, suggestion: str | None) -> None:
    """A human date is answered with the EDTF that says the same, or with nothing."""
    with pytest.raises(EdtfError):
        parse(text)
    assert suggest(text) == suggestion


@given(st.text(alphabet="0123456789X-/.[],?~%T:+Z маярйюль", max_size=24))
def test_a_suggestion_is_a_date(text: str) -> None:
    """Whatever is typed, what is suggested is a date."""
    found = suggest(text)
    if found is not None:
        parse(found)


@given(
    st.dates(),
    st.sampled_from(["{d}.{m}.{y:04}", "{d}/{m}/{y:04}", "{y:04}.{m}.{d}", "{y:04}-{m}-{d}"]),
)
def test_numeric_dates_are_understood(day: dt.date, form: str) -> None:
    """Every day written day first or year first is suggested, or already is, the day meant."""
    text = form.format(d=day.day, m=day.month, y=day.year)
    try:
        date = parse(text)
    except EdtfError:
        date = parse(suggest(text) or "XXXX")
    assert edtf.earliest(date) == edtf.latest(date) == day
