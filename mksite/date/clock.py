"""Says the time of a day, with the offset from UTC where one was written."""

from __future__ import annotations


def times_text(start: str, end: str) -> str:
    """From one time of a day to another, saying once what they share."""
    if not start or not end or start == end:
        return clock_text(start or end)
    if _offset(start) == _offset(end):
        return f"{start[:5]}–{clock_text(end)}"
    return f"{clock_text(start)}–{clock_text(end)}"


def clock_text(time: str) -> str:
    """Hours and minutes, and the offset if one was written: 09:30 UTC+6."""
    offset = _offset(time)
    if not offset:
        return time[:5]
    if offset in {"Z", "+00:00", "-00:00"}:
        return f"{time[:5]}_UTC"
    sign = "−" if offset[0] == "-" else "+"
    minutes = "" if offset.endswith(":00") else offset[3:]
    return f"{time[:5]}_UTC{sign}{int(offset[1:3])}{minutes}"


def _offset(time: str) -> str:
    return time[8:] if time[5:6] == ":" else time[5:]
