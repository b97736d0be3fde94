"""Pictures say what their Views say, stay within their frame and never fill what is in doubt."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mksite import drawing
from mksite.view import (
    FunderRow,
    Link,
    MonthCount,
    Neighbour,
    Party,
    ProgrammeBrief,
    ProgrammeStrip,
    RoleParties,
    YearCount,
    YearMonths,
    YearRows,
)

LONG = "Консолидация транснациональной сети неправительственных организаций, " * 4


def link(name: str) -> Link:
    """A link to an entity of that name."""
    return Link(f"/{name}/", name)


def brief(name: str, start: str = "", end: str = "") -> ProgrammeBrief:
    """A programme in a list."""
    return ProgrammeBrief(link(name), start, end)


def bars(over: drawing.Axis, start: str, end: str) -> list[tuple[float, float, bool]]:
    """The segments of a bar as tuples."""
    return [(s.x, s.width, s.sure) for s in drawing.bar(over, start, end)]


def test_an_axis_without_years_has_no_ticks() -> None:
    """The unknown year 0 is none."""
    assert drawing.axis([0]).ticks == ()


@pytest.mark.parametrize("years", [[2013], [2012, 2014], [2003, 2023], [1950, 2026], [1, 2026]])
def test_labels_stand_apart(years: list[int]) -> None:
    """No two labels touch at 240 px, and none leaves the picture."""
    ends = []
    for tick in drawing.axis(years).ticks:
        shift = {"start": 0, "middle": -0.5, "end": -1}[tick.anchor]
        ends.append(tick.x + shift * 12)
    assert ends == sorted(ends)
    assert all(later - earlier >= 12 for earlier, later in pairwise(ends))
    assert ends[0] >= 0
    assert ends[-1] <= 100 - 12 + 0.01


def test_a_known_period_is_one_sure_segment() -> None:
    """Two years of four are half of the axis."""
    (only,) = drawing.bar(drawing.axis([2012, 2015]), "2012", "2013")
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
    over = drawing.axis([2010, 2016])
    assert [segment[2] for segment in bars(over, start, end)] == sure


def test_bars_stay_within_the_axis() -> None:
    """A period that begins before the axis begins at its edge."""
    for x, width, _ in bars(drawing.axis([2010, 2012]), "1999", "2030"):
        assert 0 <= x <= x + width <= 100


def test_the_timeline_marks_certain_and_doubtful_releases_apart() -> None:
    """A disc for the certain, a ring around all where some are in doubt, month 0 last."""
    years = (
        YearMonths(2013, "", 4, 1, (MonthCount(0, 1, 1), MonthCount(3, 3, 0))),
        YearMonths(2012, "", 2, 1, (MonthCount(12, 2, 1),)),
    )
    chart = drawing.timeline(years, (brief("p", "2003"), brief("q")))
    marks = {(mark.year, mark.row): mark for mark in chart.marks}
    assert set(marks) == {(2013, 13), (2013, 3), (2012, 12)}
    assert marks[2013, 13].inner == 0 < marks[2013, 13].outer
    assert marks[2013, 3].outer == 0 < marks[2013, 3].inner
    assert 0 < marks[2012, 12].inner <= marks[2012, 12].outer
    assert chart.axis.first == 2003
    assert len(chart.bars) == 2


def test_the_timeline_of_an_empty_archive_is_empty() -> None:
    """No years, no marks, no ticks."""
    chart = drawing.timeline((), ())
    assert (chart.marks, chart.bars, chart.axis.ticks) == ((), (), ())


def test_a_strip_marks_the_year_of_the_release() -> None:
    """Columns are as high as their counts; the page's own year is the marked one."""
    strip = ProgrammeStrip(
        brief("p"), None, None, (YearCount(2012, 2), YearCount(2014, 4, here=True))
    )
    chart = drawing.strip(strip)
    assert chart.others == "M14.67 100v-50h4v50z"
    assert chart.here == "M81.33 100v-100h4v100z"
    assert chart.words == "2012: 2, 2014: 4"


def test_periods_have_a_bar_for_the_programme_and_for_each_part() -> None:
    """A programme of which no year is known has no axis."""
    parts = (brief("a", "2015", "2019"), brief("b"))
    chart = drawing.periods("2003", "", parts, (YearRows(2019, 3, ()), YearRows(0, 1, ())))
    assert [bool(segments) for segments in chart.bars] == [True, True, False]
    assert [dot.year for dot in chart.counts] == [2019]
    assert drawing.periods("", "", (), ()).axis.ticks == ()


def test_neighbours_are_boxes_joined_to_the_organization() -> None:
    """A box for each neighbour, a ribbon each, wider for more; all within the picture."""
    payers = (Neighbour(link("Фонд"), 1),)
    partners = (Neighbour(link(LONG), 4), Neighbour(link("МОМ"), 2))
    picture = drawing.neighbours("ТАЦ", payers, partners)
    assert picture is not None
    assert [box.name for box in picture.boxes] == ["Фонд", "ТАЦ", LONG, "МОМ"]
    assert [head.code for head in picture.heads] == ["payers", "partners"]
    widths = [ribbon.width for ribbon in picture.ribbons]
    assert widths[1] > widths[2] > widths[0]
    check_frame(picture)


@pytest.mark.parametrize("count", [1, 12, 24])
@pytest.mark.parametrize("name", ["МОМ", LONG, "х" * 300, "Ң"])
def test_names_of_any_length_stay_in_their_boxes(name: str, count: int) -> None:
    """However long or many the names, no line is wider than its box and no box leaves."""
    around = tuple(Neighbour(link(name), n) for n in range(1, count + 1))
    for payers, partners in ((around, ()), ((), around), (around, around)):
        picture = drawing.neighbours(name, payers, partners)
        assert picture is not None
        check_frame(picture)


def test_nobody_around_is_no_picture() -> None:
    """An organization without neighbours, a programme without parties."""
    assert drawing.neighbours("ТАЦ", (), ()) is None
    assert drawing.flow((), (YearRows(2012, 1, ()),)) is None


def test_money_flows_through_implementers_to_the_years() -> None:
    """Years from the oldest, the unknown one last; what is inherited is marked."""
    parties = (
        RoleParties("funder", (Party(link("ЕС"), "organization", via=link("БОМКА")),)),
        RoleParties("implementer", (Party(link(LONG), "organization"),)),
        RoleParties("partner", (Party(link("МОМ"), "organization"),)),
    )
    years = (YearRows(2019, 1, ()), YearRows(2018, 3, ()), YearRows(0, 1, ()))
    picture = drawing.flow(parties, years)
    assert picture is not None
    assert [box.name for box in picture.boxes] == ["ЕС", LONG]
    assert [bar.year for bar in picture.years] == [2018, 2019, 0]
    assert [ribbon.inherited for ribbon in picture.ribbons] == [True, *[False] * 5]
    check_frame(picture)


@pytest.mark.parametrize("role", ["funder", "implementer"])
def test_a_flow_is_drawn_with_either_side_alone(role: str) -> None:
    """An empty box stands for funders or implementers whom the documents do not name."""
    parties = (RoleParties(role, (Party(link("ЕС"), "organization"),)),)
    picture = drawing.flow(parties, tuple(YearRows(y, 1, ()) for y in range(1990, 2020)))
    assert picture is not None
    assert [head.code for head in picture.heads] == ["funder", "implementer", "records"]
    assert [box.name for box in picture.boxes] == (["ЕС", ""] if role == "funder" else ["", "ЕС"])
    check_frame(picture)


def check_frame(picture: drawing.Flow) -> None:
    """Every box and year lies within the picture, and every line within its box."""
    for box in picture.boxes:
        assert box.x >= 0
        assert box.x + box.width <= picture.width
        assert box.y >= 0
        assert box.y + box.height <= picture.height
        assert bool(box.lines) == bool(box.name)
        assert all(drawing.width_px(line) <= box.width for line in box.lines)
    for bar in picture.years:
        assert 0 <= bar.y <= picture.height
        assert bar.x + 79 + bar.width <= picture.width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("МОМ", ("МОМ",)),
        ("", ()),
        ("один два три четыре", ("один два", "три чет…")),
        ("четырнадцатилетие", ("четырна…",)),
    ],
)
def test_text_is_wrapped_and_what_is_left_out_is_marked(text: str, lines: tuple[str, ...]) -> None:
    """At most so many lines; the last ends with … where more follows."""
    assert drawing.wrapped(text, 70, 2) == lines


def test_the_matrix_has_a_row_for_each_funder() -> None:
    """True where the funder pays for the programme of that column."""
    programmes = (brief("a"), brief("b"))
    funders = (
        FunderRow(link("x"), programmes[1:], 0, 1, ()),
        FunderRow(link("y"), programmes, 2, 0, ()),
        FunderRow(link("z"), (), 1, 0, ()),
    )
    assert drawing.matrix(funders, programmes) == ((False, True), (True, True), (False, False))
