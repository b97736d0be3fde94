"""Charts say what their Views say, and never fill what is in doubt."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mksite.render.drawing import chart
from mksite.view.overview import MonthCount, YearMonths
from mksite.view.part import Link, ProgrammeBrief, YearCount, YearRows


def brief(name: str, start: str = "", end: str = "") -> ProgrammeBrief:
    """A programme in a list."""
    return ProgrammeBrief(Link(f"/{name}/", name), start, end)


def bars(over: chart.Axis, start: str, end: str) -> list[tuple[float, float, bool]]:
    """The segments of a bar as tuples."""
    return [(s.x, s.width, s.sure) for s in chart.bar(over, start, end)]


def test_an_axis_without_years_has_no_ticks() -> None:
    """The unknown year 0 is none."""
    assert chart.axis([0]).ticks == ()


@pytest.mark.parametrize("years", [[2013], [2012, 2014], [2003, 2023], [1950, 2026], [1, 2026]])
def test_labels_stand_apart(years: list[int]) -> None:
    """No two labels touch at 240 px, and none leaves the picture."""
    ends = []
    for tick in chart.axis(years).ticks:
        shift = {"start": 0, "middle": -0.5, "end": -1}[tick.anchor]
        ends.append(tick.x + shift * 12)
    assert ends == sorted(ends)
    assert all(later - earlier >= 12 for earlier, later in pairwise(ends))
    assert ends[0] >= 0
    assert ends[-1] <= 100 - 12 + 0.01


def test_a_known_period_is_one_sure_segment() -> None:
    """Two years of four are half of the axis."""
    (only,) = chart.bar(chart.axis([2012, 2015]), "2012", "2013")
    assert (only.x, only.sure) == (0, True)
    assert only.width == pytest.approx(50, abs=0.2)


@pytest.mark.parametrize(
    ("start", "end", "sure"),
    [
        ("2012?", "2014", [False, True]),
        ("2012", "2014~", [True, False]),
        ("2012?", "2014?", [False, True, False]),
        ("2012", "", [True, False]),
        ("", "2014", [False, True]),
        ("2012?", "", [False]),
        ("", "", []),
        ("[2012,2013]", "2014", [False, True]),
        ("201X", "", [False]),
        ("../2010", "2014", [False, True]),
    ],
)
def test_doubt_is_never_filled(start: str, end: str, sure: list[bool]) -> None:
    """A doubtful or unknown bound gives a segment that is only possible."""
    over = chart.axis([2010, 2016])
    assert [segment[2] for segment in bars(over, start, end)] == sure


def test_bars_stay_within_the_axis() -> None:
    """A period that begins before the axis begins at its edge."""
    for x, width, _ in bars(chart.axis([2010, 2012]), "1999", "2030"):
        assert 0 <= x <= x + width <= 100


def test_the_timeline_marks_certain_and_doubtful_releases_apart() -> None:
    """A disc for the certain, a ring around all where some are in doubt, month 0 last."""
    years = (
        YearMonths(2013, "", 4, 1, 0, (MonthCount(0, 1, 1), MonthCount(3, 3, 0))),
        YearMonths(2012, "", 2, 1, 1, (MonthCount(12, 2, 1), MonthCount(11, 0, 0, 1))),
    )
    drawn = chart.timeline(years, (brief("p", "2003"), brief("q")))
    marks = {(mark.year, mark.row): mark for mark in drawn.marks}
    assert set(marks) == {(2013, 13), (2013, 3), (2012, 12), (2012, 11)}
    assert marks[2012, 11].inner == 0 < marks[2012, 11].outer
    assert marks[2013, 13].inner == 0 < marks[2013, 13].outer
    assert marks[2013, 3].outer == 0 < marks[2013, 3].inner
    assert 0 < marks[2012, 12].inner <= marks[2012, 12].outer
    assert drawn.axis.first == 2003
    assert len(drawn.bars) == 2


def test_the_timeline_of_an_empty_archive_is_empty() -> None:
    """No years, no marks, no ticks."""
    drawn = chart.timeline((), ())
    assert (drawn.marks, drawn.bars, drawn.axis.ticks) == ((), (), ())


def test_a_strip_marks_the_year_of_the_release() -> None:
    """Columns are as high as their counts; the page's own year is the marked one."""
    drawn = chart.columns((YearCount(2012, 2), YearCount(2014, 4, here=True)))
    assert drawn.others == "M14.67 100v-50h4v50z"
    assert drawn.here == "M81.33 100v-100h4v100z"
    assert drawn.words == "2012: 2, 2014: 4"
    assert drawn.unsure == ""


def test_a_column_is_filled_as_far_as_the_year_is_sure() -> None:
    """What is doubtful or only possible stands above the sure part, and is not filled."""
    years = (
        YearCount(2012, 1, uncertain=1),
        YearCount(2013, 4, uncertain=1, possible=1),
        YearCount(2014, 0, possible=1),
    )
    drawn = chart.columns(years)
    assert drawn.others.count("M") == 1
    assert "v-60h" in drawn.others
    assert drawn.unsure.count("M") == 3
    assert "v-40h" in drawn.unsure
    assert drawn.words == "2012: 1 (?), 2013: 4 (?), 2014: 0 (?)"


def test_periods_have_a_bar_for_the_programme_and_for_each_part() -> None:
    """A programme of which no year is known has no axis."""
    parts = (brief("a", "2015", "2019"), brief("b"))
    drawn = chart.periods("2003", "", parts, (YearRows(2019, 3, (), "", 1), YearRows(0, 1, ())))
    assert [dot.href for dot in drawn.counts] == ["#y-2019"]
    assert [bool(segments) for segments in drawn.bars] == [True, True, False]
    assert [dot.year for dot in drawn.counts] == [2019]
    assert 0 < drawn.counts[0].inner < drawn.counts[0].outer
    assert chart.periods("", "", (), ()).axis.ticks == ()
