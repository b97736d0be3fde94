"""Problem: what is wrong in a source, as a value.

Problems are collected, sorted by place and reported together. The sentences for them stand in
`mksite/command/messages/*.toml`, one file a language, under the problem's code.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Severity = Literal["error", "warning", "note"]
"""An error keeps the site from being published, a warning does with --strict, a note never."""

FieldPath = tuple[str | int, ...]

MOST_TOLD = 100  # errors of one file, and as many warnings: who mends these sees the others next


class Problem(msgspec.Struct, frozen=True, order=True):
    """One mistake at one place.

    `path` is relative to the site folder, with forward slashes. `line` and `column` count from 1
    in characters, as editors do; `field` is a path into the front matter such as
    `speakers[0].name`, or empty. `values` fill the placeholders of the message and the hint.
    """

    path: str
    line: int
    column: int
    code: str
    field: str = ""
    severity: Severity = "error"
    values: tuple[tuple[str, str], ...] = ()


class Fault(msgspec.Struct, frozen=True):
    """A problem that still needs its place: it names a field, not a line.

    `at` says which token of the field is meant: its key or its value.
    """

    code: str
    field: FieldPath = ()
    at: Literal["key", "value"] = "value"
    severity: Severity = "error"
    values: tuple[tuple[str, str], ...] = ()

    def problem(self, path: str, line: int, column: int, field: str = "") -> Problem:
        """The Problem at a place of a file; `field` as an editor writes it."""
        return Problem(path, line, column, self.code, field, self.severity, self.values)


def fault(
    code: str,
    field: FieldPath = (),
    *,
    at: Literal["key", "value"] = "value",
    severity: Severity = "error",
    **values: str,
) -> Fault:
    """A Fault with its message values given by name."""
    return Fault(code, field, at, severity, tuple(sorted(values.items())))


def field_text(path: FieldPath) -> str:
    """`('speakers', 0, 'name')` as an editor writes it: `speakers[0].name`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """Whether any of the problems keeps the site from being published."""
    return any(problem.severity == "error" for problem in problems)


class _Severe(Protocol):
    @property
    def severity(self) -> Severity: ...


T = TypeVar("T", bound=_Severe)


def most_of(items: Iterable[T]) -> Iterator[T]:
    """What is wrong in one file, no more of each severity than one above what is told."""
    counts: Counter[Severity] = Counter()
    for item in items:
        counts[item.severity] += 1
        if counts[item.severity] <= MOST_TOLD + 1:
            yield item


def told(problems: Iterable[Problem]) -> list[Problem]:
    """The Problems to be told, sorted; for those that are too many for one file one stands."""
    counts: Counter[tuple[str, Severity]] = Counter()
    kept = []
    for problem in sorted(set(problems)):
        counts[problem.path, problem.severity] += 1
        count = counts[problem.path, problem.severity]
        if count <= MOST_TOLD:
            kept.append(problem)
        elif count == MOST_TOLD + 1:
            rest = fault("many-problems", severity=problem.severity, limit=str(MOST_TOLD))
            kept.append(rest.problem(problem.path, problem.line, problem.column))
    return kept
