"""Finds texts that are nearly the same, in time linear in their number.

Each text is reduced to a sketch: the smallest hashes of its shingles, which are runs of words
(Broder 1997, bottom-k). Two sketches tell how much of the texts is shared.
"""

from __future__ import annotations

import re
from heapq import nsmallest
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORDS = 4  # of a shingle
SKETCH = 48  # hashes of a text
LEAST = 20  # shingles; shorter texts say too little
NEAR = 0.7  # of the shingles shared, from which on two texts are one
MOST_COMPARED = 4  # texts with a shingle that another is compared with: a formula is in many

_WORD = re.compile(r"\w+")


def pairs(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Of (id, text): each id whose text is nearly that of an earlier one, and that one's id."""
    with_shingle: dict[int, list[str]] = {}
    sketches: dict[str, list[int]] = {}
    for ident, text in texts:
        made = sketch(text)
        if not made:
            continue
        candidates: dict[str, None] = {}
        for shingle in made:
            bearers = with_shingle.setdefault(shingle, [])
            candidates.update(dict.fromkeys(bearers))
            if len(bearers) < MOST_COMPARED:
                bearers.append(ident)
        sketches[ident] = made
        other = max(candidates, key=lambda near: share(made, sketches[near]), default=None)
        if other is not None and share(made, sketches[other]) >= NEAR:
            yield ident, other


def sketch(text: str) -> list[int]:
    """The smallest hashes of a text's shingles, sorted; none of a very short text."""
    words = _WORD.findall(text.casefold())
    shingles = {
        crc32(" ".join(words[at : at + WORDS]).encode()) for at in range(len(words) - WORDS + 1)
    }
    return nsmallest(SKETCH, shingles) if len(shingles) >= LEAST else []


def share(first: list[int], second: list[int]) -> float:
    """The part of their shingles that two texts share, estimated from their sketches."""
    smallest = nsmallest(SKETCH, {*first, *second})
    return len(set(smallest) & set(first) & set(second)) / len(smallest)
