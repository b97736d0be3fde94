"""Flows say what their Views say and stay within their frame."""

from __future__ import annotations

import pytest

from mksite.render.drawing import flow
from mksite.render.drawing.lettering import width_px
from mksite.view.entity import Neighbour, ProgrammePayer
from mksite.view.part import Link, Party, ProgrammeBrief, RoleParties, YearRows

LONG = "Консолидация транснациональной сети неправительственных организаций, " * 4


def link(name: str) -> Link:
    """A link to an entity of that name."""
    return Link(f"/{name}/", name)


def test_neighbours_are_boxes_joined_to_the_organization() -> None:
    """A box for each neighbour, a ribbon each, wider for more; all within the picture."""
    payers = (Neighbour(link("Фонд"), 1),)
    partners = (Neighbour(link(LONG), 4), Neighbour(link("МОМ"), 2))
    picture = flow.neighbours("ТАЦ", payers, (), partners)
    assert picture is not None
    assert [box.name for box in picture.boxes] == ["Фонд", "ТАЦ", LONG, "МОМ"]
    assert [head.code for head in picture.heads] == ["payers", "partners"]
    widths = [ribbon.width for ribbon in picture.ribbons]
    assert widths[1] > widths[2] > widths[0]
    check_frame(picture)


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize("name", ["МОМ", LONG, "х" * 300, "Ң"])
def test_names_of_any_length_stay_in_their_boxes(name: str, count: int) -> None:
    """However long the names, no line is wider than its box and no box leaves."""
    around = tuple(Neighbour(link(name), n) for n in range(1, count + 1))
    for payers, partners in ((around, ()), ((), around), (around, around)):
        picture = flow.neighbours(name, payers, (), partners)
        assert picture is not None
        check_frame(picture)


def test_nobody_around_is_no_picture() -> None:
    """An organization without neighbours, a programme without parties."""
    assert flow.neighbours("ТАЦ", (), (), ()) is None
    assert flow.programme((), (YearRows(2012, 1, ()),)) is None


def test_of_many_neighbours_a_list_says_more() -> None:
    """More than six of either are no picture."""
    many = tuple(Neighbour(link(f"х{n}"), n) for n in range(1, 8))
    assert flow.neighbours("ТАЦ", (), (), many[:6])
    assert flow.neighbours("ТАЦ", (), (), many) is None
    assert flow.neighbours("ТАЦ", many, (), ()) is None
    parties = (RoleParties("funder", tuple(Party(n.link, "organization") for n in many)),)
    assert flow.programme(parties, ()) is None


def test_who_funds_a_programme_is_dashed() -> None:
    """The ribbon of a programme's funder is marked; who funds events too has one ribbon."""
    programme = ProgrammeBrief(link("БОМКА"), "", "")
    payers = (Neighbour(link("Фонд"), 1),)
    through = (ProgrammePayer(link("Фонд"), (programme,)), ProgrammePayer(link("ЕС"), (programme,)))
    picture = flow.neighbours("ТАЦ", payers, through, ())
    assert picture is not None
    assert [box.name for box in picture.boxes] == ["Фонд", "ЕС", "ТАЦ"]
    assert [box.href for box in picture.boxes] == ["/Фонд/", "/ЕС/", ""]
    assert [ribbon.inherited for ribbon in picture.ribbons] == [False, True]


def test_money_flows_through_implementers_to_the_years() -> None:
    """Years from the oldest, the unknown one last; that money reaches them is only possible."""
    parties = (
        RoleParties("funder", (Party(link("ЕС"), "organization"),)),
        RoleParties("implementer", (Party(link(LONG), "organization"),)),
        RoleParties("partner", (Party(link("МОМ"), "organization"),)),
    )
    years = (YearRows(2019, 1, ()), YearRows(2018, 3, (), "", 1), YearRows(0, 1, ()))
    picture = flow.programme(parties, years)
    assert picture is not None
    assert [box.name for box in picture.boxes] == ["ЕС", LONG]
    assert [bar.year for bar in picture.years] == [2018, 2019, 0]
    assert [ribbon.inherited for ribbon in picture.ribbons] == [*[False] * 3, *[True] * 3]
    assert [bar.unsure > 0 for bar in picture.years] == [True, False, True]
    assert picture.years[0].unsure < picture.years[0].width
    check_frame(picture)


@pytest.mark.parametrize("role", ["funder", "implementer"])
def test_a_flow_is_drawn_with_either_side_alone(role: str) -> None:
    """An empty box stands for funders or implementers whom the documents do not name."""
    parties = (RoleParties(role, (Party(link("ЕС"), "organization"),)),)
    picture = flow.programme(parties, tuple(YearRows(y, 1, ()) for y in range(2000, 2012)))
    assert picture is not None
    assert [head.code for head in picture.heads] == ["funder", "implementer", "records"]
    assert [box.name for box in picture.boxes] == (["ЕС", ""] if role == "funder" else ["", "ЕС"])
    check_frame(picture)


def check_frame(picture: flow.Flow) -> None:
    """Every box and year lies within the picture, and every line within its box."""
    for box in picture.boxes:
        assert box.x >= 0
        assert box.x + box.width <= picture.width
        assert box.y >= 0
        assert box.y + box.height <= picture.height
        assert bool(box.lines) == bool(box.name)
        assert all(width_px(line) <= box.width for line in box.lines)
    for bar in picture.years:
        assert 0 <= bar.y <= picture.height
        assert bar.x + 79 + bar.width <= picture.width
