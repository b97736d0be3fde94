"""The days that an EDTF text may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.date import edtf

if TYPE_CHECKING:
    from datetime import date


def day_range(when: str | None) -> tuple[date, date] | None:
    """The first and the last day that an EDTF text may mean; None where either is not known."""
    if not when:
        return None
    try:
        moment = edtf.parse(when)
    except edtf.EdtfError:  # its Record says that it is wrong
        return None
    first, last = edtf.earliest(moment), edtf.latest(moment)
    return (first, last) if first is not None and last is not None else None


def last_day(until: str | None) -> date | None:
    """The last day on which a name was in use, where that is known."""
    if until is None:
        return None
    try:
        return edtf.latest(edtf.parse(until))
    except edtf.EdtfError:
        return None
