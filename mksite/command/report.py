"""Problems in the forms that people and programs read.

`text` shows them file by file, with the line and a mark under the fault. `json` is a list of
objects; `github` are workflow commands, `gitlab` is Code Climate's form, `sarif` SARIF 2.1.0.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
import msgspec

from mksite.command import message
from mksite.digest import digest_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mksite.content.problem import Problem

COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
LONGEST_LINE = 100  # characters of a line that are shown around the fault
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def text(problems: Sequence[Problem], root: Path, lang: str) -> str:
    """Problems file by file, each with its line, a mark under the fault, and what to do."""
    pieces = []
    for path, own in groupby(sorted(problems), key=lambda problem: problem.path):
        pieces.append(click.style(path, bold=True))
        lines = _lines(root / path)
        for problem in own:
            pieces += [*_of_problem(problem, lines, lang), ""]
    return "\n".join(pieces)


def _lines(path: Path) -> list[str]:
    """The lines of a file; none where it cannot be read."""
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _of_problem(problem: Problem, lines: list[str], lang: str) -> Iterator[str]:
    told = message.of_problem(problem, lang)
    word = message.sentences(lang)["words"][problem.severity]
    colour = COLOURS[problem.severity]
    field = f" {problem.field}:" if problem.field else ""
    yield f"  {problem.line}:{problem.column} {click.style(word, fg=colour)}{field} {told.message}"
    if problem.line <= len(lines) and lines[problem.line - 1].strip():
        yield from _marked(lines[problem.line - 1], problem)
    if told.hint:
        yield click.style(f"    → {told.hint}", fg="cyan")
    yield click.style(f"      [{problem.code}]", dim=True)


def shown_line(problem: Problem, root: Path) -> list[str]:
    """The line of a Problem with a mark under the fault; nothing where there is none."""
    lines = _lines(root / problem.path)
    if problem.line > len(lines) or not lines[problem.line - 1].strip():
        return []
    return [line.removeprefix("    ") for line in _marked(lines[problem.line - 1], problem)]


def _marked(line: str, problem: Problem) -> Iterator[str]:
    """The line, and below it a mark under the fault; of a long line the part around it."""
    at = min(problem.column - 1, len(line))
    start = max(0, at - LONGEST_LINE // 2) if len(line) > LONGEST_LINE else 0
    shown = line[start : start + LONGEST_LINE].replace("\t", " ")
    head = f"    {problem.line} | "
    yield f"{head}{'…' if start else ''}{shown}{'…' if start + LONGEST_LINE < len(line) else ''}"
    yield f"{' ' * (len(head) - 2)}| {' ' * (at - start + bool(start))}^"


def _as_json(problems: Sequence[Problem], lang: str) -> str:
    """A list of objects: path, line, column, severity, code, field, message, hint."""
    listed = []
    for problem in problems:
        told = message.of_problem(problem, lang)
        listed.append(
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "severity": problem.severity,
                "code": problem.code,
                "field": problem.field,
                "message": told.message,
                "hint": told.hint,
                "nearest": dict(problem.values).get("nearest", ""),
            }
        )
    return _encoded(listed)


def _as_github(problems: Sequence[Problem], lang: str) -> str:
    """Workflow commands of GitHub Actions, which shows them beside the changed lines."""
    commands = {"error": "error", "warning": "warning", "note": "notice"}
    return "\n".join(
        f"::{commands[problem.severity]} file={_escaped(problem.path, in_property=True)},"
        f"line={problem.line},col={problem.column},title={problem.code}"
        f"::{_escaped(_sentence(problem, lang))}"
        for problem in problems
    )


def _escaped(value: str, *, in_property: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if in_property else value


def _as_gitlab(problems: Sequence[Problem], lang: str) -> str:
    """Code Climate's report, which GitLab shows beside the changed lines."""
    severities = {"error": "major", "warning": "minor", "note": "info"}
    listed = [
        {
            "description": _sentence(problem, lang),
            "check_name": problem.code,
            "fingerprint": digest_bytes(msgspec.json.encode(problem)),
            "severity": severities[problem.severity],
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem in problems
    ]
    return _encoded(listed)


def _as_sarif(problems: Sequence[Problem], lang: str) -> str:
    """SARIF 2.1.0 (OASIS), for code scanning and editors."""
    codes = sorted({problem.code for problem in problems})
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": problem.severity,
            "message": {"text": _sentence(problem, lang)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(problem.path)},
                        "region": {"startLine": problem.line, "startColumn": problem.column},
                    }
                }
            ],
        }
        for problem in problems
    ]
    driver = {"name": "mksite", "rules": [{"id": code} for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _encoded({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _uri(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415  only where this form is asked for

    return quote(path)


def _sentence(problem: Problem, lang: str) -> str:
    told = message.of_problem(problem, lang)
    return f"{told.message} {told.hint}".strip()


def _encoded(value: Any) -> str:  # noqa: ANN401  what JSON holds
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()


FORMS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "json": _as_json,
    "github": _as_github,
    "gitlab": _as_gitlab,
    "sarif": _as_sarif,
}
"""The forms for programs; `text` is for people."""
