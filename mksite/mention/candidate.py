"""Names that a text has and the registry does not: quoted or in capitals, and often there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from mksite.text.name import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTED = re.compile(r"(?:\b(?:ОО|ОФ|НПО|КФ|ОЮЛ|МО|00) )?«([^«»\n]{3,80})»")
_CAPITALS = re.compile(r"(?<![\w-])[А-ЯЁҮӨҢA-Z]{3,8}(?![\w-])")
_OFTEN = 2


class Candidate(msgspec.Struct, frozen=True, order=True):
    """An unknown name, in how many texts it is, and one of their paths."""

    count: int
    name: str
    path: str


def unknown(texts: Iterable[tuple[str, str]], known: Iterable[str]) -> tuple[Candidate, ...]:
    """What stands in two texts or more and is no known name: the most frequent first.

    `texts` are (path, text); of a text each name counts once.
    """
    counts: Counter[str] = Counter()
    written: dict[str, tuple[str, str]] = {}
    ignored = {fold(name) for name in known}
    for path, text in texts:
        names = {match[0] for match in _QUOTED.finditer(text)}
        if not text.isupper():
            names |= {match[0] for match in _CAPITALS.finditer(text)}
        for name in sorted(names):
            key = fold(name)
            if key not in ignored:
                written.setdefault(key, (name, path))
                counts.update([key])
    candidates = [
        Candidate(count, *written[key]) for key, count in counts.items() if count >= _OFTEN
    ]
    return tuple(sorted(candidates, key=lambda item: (-item.count, item.name)))
