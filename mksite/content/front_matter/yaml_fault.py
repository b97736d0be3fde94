"""Why front matter does not parse as YAML: the line at fault, and how it is to be written.

The parser says where it gave up, which is often below the mistake. The lines up to there are looked
at for what editors really write; only where nothing is found does its own reason stand.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CONFLICT = re.compile(r"<{7}(?: |$)|={7}$|>{7}(?: |$)")
_FIELD = re.compile(r"(?P<indent>\s*(?:- )?)(?P<key>[\w-]+)(?P<colon>:)(?P<space>\s*)(?P<value>.*)")
_GLUED = re.compile(r"\s*(?:- )?(?P<key>[A-Za-z_]+):(?P<value>[^\s/:][^:]*)")
_SIGN = re.compile(r"[@`%]|[&*](?!\w+(?:$|\s))|!(?![A-Za-z])")
_NO_SPACE = re.compile(r"\s*-[^\s\d-]")  # an item of a list
_SET_OFF = re.compile(r" +[\w-]+:(?: |$)")
_WITH_VALUE = re.compile(r"[\w-]+: +[^\s#|>\[{\"'&*!]")
_PAIRS = {"[": "]", "{": "}"}


class Cause(NamedTuple):
    """What is wrong: a code, its line and column from 1, the line as it is to be written."""

    code: str
    line: int
    column: int
    nearest: str = ""


def cause(text: str, line: int) -> Cause | None:
    """The cause in the lines up to the one, counted from 1, at which the parser gave up."""
    lines = text.split("\n")
    for index in range(min(line, len(lines)) - 1, -1, -1):
        found = _of_indent(lines, index) or _of_line(lines[index])
        if found is not None:
            code, column, nearest = found
            return Cause(code, index + 1, column, nearest)
    return None


def _of_indent(lines: list[str], index: int) -> tuple[str, int, str] | None:
    """Code, column and cure of a field that is set off from one that it is not part of."""
    line = lines[index]
    above = next((lines[i] for i in range(index - 1, -1, -1) if lines[i].strip()), "")
    if _SET_OFF.match(line) and _WITH_VALUE.match(above):
        return "yaml-indent", 1, line.strip()
    return None


def _of_line(line: str) -> tuple[str, int, str] | None:
    """Code, column and cure of one line; None where it is as it should be."""
    if _CONFLICT.match(line):
        return "conflict-marker", 1, ""
    if _NO_SPACE.match(line):
        at = line.index("-") + 1
        return "yaml-dash", at, f"- {line[at:]}"
    if _is_nbsp_at_fault(line):
        return "yaml-nbsp", line.index("\u00a0") + 1, line.replace("\u00a0", " ").rstrip()
    glued = _GLUED.fullmatch(line)
    if glued and not line.lstrip().startswith(("http:", "https:", "#")):
        start = glued.start("value")
        return "missing-space", start + 1, f"{line[:start]} {line[start:]}".strip()
    field = _FIELD.fullmatch(line)
    found = _of_value(field["value"].rstrip()) if field else None
    if field is None or found is None:
        return None
    code, offset, written = found
    return code, field.start("value") + offset + 1, f"{field['key']}: {written}"


def _is_nbsp_at_fault(line: str) -> bool:
    """Whether a no-break space stands where YAML wants a common one."""
    return bool(re.match(r"\s*\u00a0|[\w-]+:\u00a0|\s*-\u00a0", line))


def _of_value(value: str) -> tuple[str, int, str] | None:
    """Code, offset and cure of a value."""
    first = value[:1]
    if first in ('"', "'"):
        return _of_quotation(value, first)
    if first in _PAIRS:
        missing = value.count(first) - value.count(_PAIRS[first])
        return ("yaml-bracket", 0, value + _PAIRS[first] * missing) if missing > 0 else None
    if _SIGN.match(value):
        return "yaml-sign", 0, quoted(value)
    colon = re.search(r":(?=\s|$)", value)
    return ("yaml-colon", colon.start(), quoted(value)) if colon else None


def _of_quotation(value: str, mark: str) -> tuple[str, int, str] | None:
    """What is wrong with a value that begins with a quotation mark."""
    end = value.find(mark, 1)
    if end < 0:
        return "yaml-quote", 0, f"{value}{mark}"
    rest = value[end + 1 :].strip()
    if rest and not rest.startswith("#"):
        return "yaml-after-quote", end + 1, _requoted(value, mark)
    return None


def _requoted(value: str, mark: str) -> str:
    """The value in one pair of quotation marks; those within it are «such»."""
    if mark != '"' or value.count(mark) % 2:
        return quoted(value.replace(mark, ""))
    inner = value[1:-1] if value.endswith(mark) and value.count(mark) > 2 else value  # noqa: PLR2004
    parts = inner.split(mark)
    marks = "«»" * len(parts)
    return quoted("".join(f"{part}{sign}" for part, sign in zip(parts, marks, strict=False))[:-1])


def quoted(value: str) -> str:
    """The value in quotation marks."""
    if '"' not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"
