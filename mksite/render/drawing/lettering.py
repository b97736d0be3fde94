"""Estimates the width of a text, and breaks it into lines that keep within a width."""

from __future__ import annotations

_FONT = 13.5  # px
_NARROW = frozenset("iljtfrІіїЇ.,:;!|'’‘()[]/-·«»\"")
_BROAD = frozenset("щшжюмфыЖШЩЮМФЫДmwMW—")


def width_px(text: str) -> float:
    """An upper estimate of a text's width in a flow, for the common sans-serif fonts."""
    return _FONT * sum(map(_width, text))


def _width(letter: str) -> float:
    if letter in {" ", "\u00a0"}:
        return 0.3
    if letter in _NARROW:
        return 0.38
    if letter in _BROAD:
        return 0.92
    return 0.74 if letter.isupper() else 0.6


def wrapped(text: str, width: float, most_lines: int) -> tuple[str, ...]:
    """The text in lines no wider than `width`; the last ends with … where more follows.

    A word wider than a line is cut.
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most_lines:
        line = words.pop(0)
        while words and width_px(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line if width_px(line) <= width else _cut(line, width))
    if words and lines:
        lines[-1] = _cut(f"{lines[-1]} {words[0]}", width)
    return tuple(lines)


def _cut(line: str, width: float) -> str:
    """As much of the line as fits with … after it."""
    while line and width_px(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip(' ,;:.«(—-')}…"
