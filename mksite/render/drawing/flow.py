"""Draws flows of money, as geometry: who pays, who does, what came of it.

A flow has a fixed width, in px of its own viewBox, and is shown where there is room for it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from mksite.render.drawing.geometry import Picture, rounded
from mksite.render.drawing.lettering import wrapped
from mksite.view.part import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mksite.view.entity import Neighbour, ProgrammePayer
    from mksite.view.part import RoleParties, YearRows

FLOW_WIDTH = 880
_LINE = 17
_PADDING = 9
_GAP = 8
_HEAD = 26
_MOST = 6  # names in a column; of more a list says more than a picture
_MOST_YEARS = 12


class Box(Picture, frozen=True):
    """A name in a frame, its lines wrapped to the width, and the page that it leads to.

    `name` is the whole of it, "" where the documents name nobody.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    name: str
    href: str = ""
    here: bool = False


class Ribbon(Picture, frozen=True):
    """A curve from one box to another: SVG path data, its width, whether it is by inheritance."""

    path: str
    width: float
    inherited: bool = False


class Head(Picture, frozen=True):
    """What a column of boxes is: a code that the template words."""

    x: float
    code: str


class YearBar(Picture, frozen=True):
    """A year of a programme, with a bar as long as its count; year 0 is unknown.

    `unsure` is the width of the part whose year is in doubt.
    """

    x: float
    y: float
    year: int
    count: int
    width: float
    unsure: float = 0


class Flow(Picture, frozen=True):
    """Columns of boxes and the ribbons between them."""

    width: int
    height: int
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    years: tuple[YearBar, ...] = ()


def neighbours(
    name: str,
    payers: Sequence[Neighbour],
    programme_payers: Sequence[ProgrammePayer],
    partners: Sequence[Neighbour],
) -> Flow | None:
    """Those who pay at the left, the organization in the middle, whom it works with at the right.

    A ribbon is as wide as the releases in common are many; that of who funds only its programmes
    is marked as inherited. None where it has no neighbours, or so many that a list is clearer.
    """
    direct = {payer.link for payer in payers}
    others = [payer for payer in programme_payers if payer.link not in direct]
    paying = [*(n.link for n in payers), *(p.link for p in others)]
    if not (len(paying) + len(partners) > 0 and max(len(paying), len(partners)) <= _MOST):
        return None
    place = _Place(0, 296) if paying and partners else _Place(0, 520)
    middle = _Place(350, 180)
    if not paying:
        middle, place = _Place(0, 240), _Place(360, 520)
    elif not partners:
        middle = _Place(640, 240)
    left = _stack(paying, place if paying else None, 2)
    side = _Place(FLOW_WIDTH - place.width, place.width)
    right = _stack([n.link for n in partners], side if partners else None, 2)
    own = _stack([Link("", name)], middle, 5)
    height = max(_bottom(left), _bottom(right), _bottom(own))
    left, right = _centred(left, height), _centred(right, height)
    own_box = msgspec.structs.replace(_centred(own, height)[0], here=True)
    counts = [*(n.count for n in payers), *(0 for _ in others)]
    most = max((n.count for n in (*payers, *partners)), default=1)
    ribbons = [
        *_ribbons(left, own_box, counts, most),
        *_ribbons(right, own_box, [n.count for n in partners], most),
    ]
    heads = [Head(left[0].x, "payers")] if left else []
    heads += [Head(right[0].x, "partners")] if right else []
    return Flow(
        FLOW_WIDTH, math.ceil(height), tuple(heads), (*left, own_box, *right), tuple(ribbons)
    )


def programme(parties: Sequence[RoleParties], years: Sequence[YearRows]) -> Flow | None:
    """Funders, implementers and the years' events of a programme, joined through it.

    What leads to the years is marked as inherited: nobody says that the money reached each event.
    Where only funders or implementers are named, an empty box says so; None where neither are, or
    where there are so many names or years that lists are clearer.
    """
    by_role = {entry.role: entry.parties for entry in parties}
    funders, doers = by_role.get("funder", ()), by_role.get("implementer", ())
    if not funders and not doers:
        return None
    if max(len(funders), len(doers)) > _MOST or len(years) > _MOST_YEARS:
        return None
    left = _named([party.link for party in funders], _Place(0, 260))
    middle = _named([party.link for party in doers], _Place(350, 250))
    rows = sorted(years, key=lambda group: group.year or 9999)
    height = max(_bottom(left), _bottom(middle), _HEAD + 24 * len(rows) + _GAP, _HEAD + 60)
    left, middle = _centred(left, height), _centred(middle, height)
    centre = (height + _HEAD) / 2
    bars = _year_bars(rows, centre)
    ribbons = [Ribbon(_curve(box.x + box.width, _middle(box), 305, centre), 2.5) for box in left]
    for box in middle:
        ribbons.append(Ribbon(_curve(305, centre, box.x, _middle(box)), 2.5))
        ribbons.append(Ribbon(_curve(box.x + box.width, _middle(box), 645, centre), 2.5))
    most = max((b.count for b in bars), default=1)
    ribbons += [
        Ribbon(_curve(645, centre, b.x - 8, b.y), _thickness(b.count, most), inherited=True)
        for b in bars
    ]
    heads = [Head(0, "funder"), Head(350, "implementer")]
    heads += [Head(700, "records")] if bars else []
    return Flow(FLOW_WIDTH, math.ceil(height), tuple(heads), (*left, *middle), tuple(ribbons), bars)


class _Place(Picture, frozen=True):
    """Where a column of boxes stands."""

    x: float
    width: float


def _year_bars(rows: Sequence[YearRows], centre: float) -> tuple[YearBar, ...]:
    most = max((group.count for group in rows), default=1)
    top = centre - 12 * (len(rows) - 1)
    return tuple(
        YearBar(
            700,
            rounded(top + 24 * index),
            group.year,
            group.count,
            _length(group.count, most),
            _length(group.uncertain if group.year else group.count, most),
        )
        for index, group in enumerate(rows)
    )


def _length(count: int, most: int) -> float:
    """The length of a bar; 0 for nothing."""
    return rounded(max(70 * count / most, 3)) if count else 0


def _stack(links: Sequence[Link], place: _Place | None, most_lines: int) -> tuple[Box, ...]:
    """Boxes one beneath the other, from under the heading."""
    if place is None:
        return ()
    boxes = []
    y = float(_HEAD)
    for link in links:
        lines = wrapped(link.text, place.width - 2 * _PADDING, most_lines)
        height = len(lines) * _LINE + 2 * _PADDING - 3
        boxes.append(Box(place.x, y, place.width, height, lines, link.text, link.href))
        y += height + _GAP
    return tuple(boxes)


def _named(links: Sequence[Link], place: _Place) -> tuple[Box, ...]:
    """Boxes of the names, or the one that says that nobody is named."""
    if links:
        return _stack(links, place, 3)
    return (Box(place.x, float(_HEAD), place.width, _LINE + 2 * _PADDING - 3, (), ""),)


def _bottom(boxes: Sequence[Box]) -> float:
    return boxes[-1].y + boxes[-1].height + 2 if boxes else 0


def _centred(boxes: tuple[Box, ...], height: float) -> tuple[Box, ...]:
    """The boxes moved down so that they stand in the middle of the height."""
    down = rounded(max(height - _bottom(boxes), 0) / 2)
    return tuple(msgspec.structs.replace(box, y=rounded(box.y + down)) for box in boxes)


def _middle(box: Box) -> float:
    return rounded(box.y + box.height / 2)


def _ribbons(boxes: Sequence[Box], own: Box, counts: Sequence[int], most: int) -> list[Ribbon]:
    """A curve between each box and the organization's own; they land there side by side.

    Of a box with no releases in common it is marked as inherited.
    """
    ribbons = []
    for index, (box, count) in enumerate(zip(boxes, counts, strict=True)):
        landing = own.y + own.height * (index + 1) / (len(boxes) + 1)
        if box.x > own.x:
            path = _curve(own.x + own.width, landing, box.x, _middle(box))
        else:
            path = _curve(box.x + box.width, _middle(box), own.x, landing)
        ribbons.append(Ribbon(path, _thickness(count, most), not count))
    return ribbons


def _thickness(count: int, most: int) -> float:
    """The width of a ribbon; where nothing is counted twice, all are alike."""
    return rounded(1.5 + 6.5 * count / most) if most > 1 and count else 2.5


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """A curve that leaves and arrives level."""
    half = (x + to_x) / 2
    points = (x, y, half, y, half, to_y, to_x, to_y)
    a, b, c, d, e, f, g, h = (format(round(point, 1), "g") for point in points)
    return f"M{a} {b}C{c} {d} {e} {f} {g} {h}"
