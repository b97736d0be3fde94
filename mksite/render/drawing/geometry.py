"""What all pictures of the archive share; no I/O here.

A picture is geometry: from values of a View to where shapes stand (`mksite.render.drawing.chart`,
`mksite.render.drawing.flow`). Templates draw the shapes as inline SVG (`templates/_drawing.html`)
and say the same in words.
"""

from __future__ import annotations

import msgspec


class Picture(msgspec.Struct, frozen=True):
    """A part of a picture."""


def rounded(value: float) -> float:
    """Two digits after the point, and none where there is nothing after it: so equal Views give
    equal bytes.
    """
    return round(value, 2) if value % 1 else int(value)
