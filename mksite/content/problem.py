"""Problem: what is wrong in a source, as a value.

Problems are collected, sorted by place and reported together. The sentences for them stand in
`mksite/command/messages/*.toml`, one file a language, under the problem's code.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]
FieldPath = tuple[str | int, ...]


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
