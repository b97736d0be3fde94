"""Keeps definitions of links (`[label]: address`) that no link uses as text.

CommonMark shows nothing of a definition. A line such as «[Источник]: АКИпресс» looks like one, and
would vanish.
"""

from __future__ import annotations

import re
from typing import Any, cast

import pyromark

MOST_ROUNDS = 8  # an escaped definition may bring another one to light

_BY_LABEL = {"Reference", "Collapsed", "Shortcut"}
_LINE = re.compile(r"^[ \t]*(\[([^\[\]^\n][^\[\]\n]*)\]:)", re.MULTILINE)


def as_text(markdown: str) -> str:
    """The Markdown with a backslash before definitions that no link uses, or that repeat one."""
    for _ in range(MOST_ROUNDS):
        if "]:" not in markdown:
            return markdown
        definitions = pyromark.reference_definitions(markdown)
        used = _used(markdown)
        starts = [
            definition["span"]["start"]
            for label, definition in definitions.items()
            if _folded(label) not in used
        ]
        if not starts:
            break
        markdown = _escaped(markdown, starts)
    return _without_repeated(markdown)


def _used(markdown: str) -> set[str]:
    """The labels of the definitions that links and pictures of the text use; in code none does."""
    used = set()
    for event in cast("list[Any]", pyromark.events(markdown)):
        start = event.get("Start") if isinstance(event, dict) else None
        link = start.get("Link") or start.get("Image") if isinstance(start, dict) else None
        if link and link["link_type"] in _BY_LABEL:
            used.add(_folded(link["id"]))
    return used


def _folded(label: str) -> str:
    """A label as CommonMark compares it."""
    return " ".join(label.split()).casefold()


def _escaped(markdown: str, starts: list[int]) -> str:
    """A backslash stands before the first bracket from each start, a byte offset, on."""
    data = markdown.encode()
    pieces, last = [], 0
    for start in sorted(starts):
        at = data.find(b"[", max(start, last))
        pieces += [data[last:at], b"\\"]
        last = at
    return b"".join((*pieces, data[last:])).decode()


def _without_repeated(markdown: str) -> str:
    """Of several definitions of one label only the first counts: the others are text."""
    seen: set[str] = set()

    def again(match: re.Match[str]) -> str:
        label = _folded(match[2])
        if label in seen:
            return match[0].replace("[", "\\[", 1)
        seen.add(label)
        return match[0]

    return _LINE.sub(again, markdown)
