"""The Record: what one Source says, typed. Its body is kept apart.

Only the value is here, so that a build with nothing to parse loads no parser: a Source becomes a
Record in `mksite.record.parsing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.content.model import Kind, Meta, Translation
from mksite.content.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable


class Heading(msgspec.Struct, frozen=True, array_like=True):
    """A heading of a body: its level (2 or 3), its id within the page, its text."""

    level: int
    id: str
    text: str


def outline_of(headings: Iterable[Heading]) -> str:
    """Headings as one text, a line each: all Records are in memory at once, and this is small."""
    return "\n".join(f"{heading.level} {heading.id} {heading.text}" for heading in headings)


class Record(msgspec.Struct, frozen=True, array_like=True):
    """One parsed Source without its body, which is kept apart under `body_digest`.

    `meta` is None where the source could not be read; `problems` then say why. `personal` are the
    numbers and addresses of people in it, each as the Problem that it is unless it is public.
    """

    path: str
    kind: Kind
    id: str
    lang: str
    meta: Meta | None
    original_digest: str
    body_digest: str
    outline: str
    mentions: tuple[str, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    bare_mentions: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    personal: tuple[Problem, ...] = ()

    def language(self, default: str) -> str:
        """The language of the text: that of a translation, that which an original says it is in,
        else the site's first.
        """
        return self.lang or getattr(self.meta, "lang", None) or default

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the body, from its outline."""
        if not self.outline:
            return ()
        lines = (line.split(" ", 2) for line in self.outline.split("\n"))
        return tuple([Heading(int(level), ident, text) for level, ident, text in lines])


def is_outdated(original_digest: str, meta: object) -> bool:
    """Whether the original has changed since it was translated, where that is recorded."""
    return (
        isinstance(meta, Translation)
        and meta.original is not None
        and meta.original != original_digest
    )
