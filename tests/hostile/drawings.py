"""Hostile drawings, and files of plain text."""

from __future__ import annotations

from tests.hostile.bodies import noise
from tests.hostile.case import Case, beside
from tests.hostile.pictures import MEGABYTE


def svg(inside: str) -> bytes:
    """A drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


def laughs(levels: int) -> bytes:
    """Entities of entities."""
    rows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE svg [<!ENTITY a0 "ha">{rows}]><svg>&a{levels - 1};</svg>'.encode()


def used(number: int) -> str:
    """A copy of a part of a drawing."""
    return f"<use href='#a{number}'/>"


def uses() -> bytes:
    """Groups of ten groups each."""
    groups = (f"<g id='a{n}'>{used(n - 1) * 10}</g>" for n in range(1, 40))
    return svg("<rect id='a0' width='9' height='9'/>" + "".join(groups))


DRAWINGS: dict[str, Case] = {
    "drawing of 40 megabytes": beside("a.svg", lambda: svg("<g/>" * 10 * MEGABYTE)),
    "drawing of elements": beside("a.svg", lambda: svg("<g/>" * 1_200_000)),
    "drawing within drawings": beside("a.svg", lambda: svg("<g>" * 400_000 + "</g>" * 400_000)),
    "drawing of entities": beside("a.svg", lambda: laughs(12)),
    "drawing of a long entity": beside(
        "a.svg",
        lambda: bytes(
            f'<!DOCTYPE svg [<!ENTITY a "{"a" * 400_000}">]><svg>{"&a;" * 9_000}</svg>',
            "ascii",
        ),
    ),
    "drawing of addresses": beside("a.svg", lambda: svg(f'<g style="{"url(" * 1_200_000}"/>')),
    "drawing of imports": beside("a.svg", lambda: svg(f"<style>{'@import ' * 600_000}</style>")),
    "drawing of spaces": beside("a.svg", lambda: svg(f'<g style="src{" " * 4_000_000}a"/>')),
    "drawing of image sets": beside("a.svg", lambda: svg(f'<g style="{"image-set " * 450_000}"/>')),
    "drawing of attributes": beside(
        "a.svg", lambda: svg("<g " + " ".join(f'a{n}="b"' for n in range(350_000)) + "/>")
    ),
    "drawing of names": beside("a.svg", lambda: svg("".join(f"<a{n}/>" for n in range(500_000)))),
    "drawing of spaces of names": beside(
        "a.svg", lambda: svg("".join(f'<g xmlns:a{n}="b"/>' for n in range(200_000)))
    ),
    "drawing of pictures": beside(
        "a.svg",
        lambda: svg('<image href="data:image/png;base64,iVBORw0KGgo="/>' * 90_000),
    ),
    "drawing of effects": beside("a.svg", lambda: svg(f"<fe{'A' * 4_000_000}/>")),
    "drawing of texts": beside("a.svg", lambda: svg("<b/>a" * 900_000)),
    "drawing of uses": beside("a.svg", uses),
    "drawing of zeros": beside("a.svg", lambda: bytes(4 * MEGABYTE)),
}
PLAIN: dict[str, Case] = {
    "table of 49 megabytes": beside("a.csv", lambda: b"a;b\n" * 12_000_000),
    "JSON within JSON": beside("a.json", lambda: b"[" * 10 * MEGABYTE),
    "calendar of lines": beside("a.ics", lambda: b"BEGIN:VEVENT\n" * 900_000),
    "an unknown file": beside("a.exe", lambda: noise(5 * MEGABYTE)),
    "a file of 51 megabytes": beside("a.pdf", lambda: bytes(51 * MEGABYTE)),
}
