"""Finds where in a file something stands that is wrong: Faults become Problems; no I/O here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import yaml

from mksite.content.front_matter import document
from mksite.content.front_matter.document import line_and_column, start_of
from mksite.content.problem import Fault, FieldPath, Problem, field_text

if TYPE_CHECKING:
    from collections.abc import Iterable

# The target of a link or picture, in Markdown (in angle brackets, or plain) or in HTML.
_TARGET = re.compile(
    r"""\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]+))|\b(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_WIKI_NAME = re.compile(r"\[\[([^\[\]|]*+)(?=\||\]\])")


def _locate(node: yaml.Node, path: FieldPath, *, at: str = "value") -> tuple[int, int]:
    """Line and column within a composed YAML text of a field's key or value. Where the field is
    missing, the place of the nearest mapping around it is given.
    """
    place = (1, 1)
    for part in path:
        step = _child(node, part)
        if step is None:
            break
        key_node, node = step
        empty = isinstance(node, yaml.ScalarNode) and not node.value and not node.style
        place = start_of(key_node if at == "key" or empty else node)
    return place


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key's node and the value's node of one step of a field path."""
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.ScalarNode) and part == 0:  # a single value where a list may stand
        return node, node
    return None


def place_in_front(
    path: str, front: str, front_line: int, faults: Iterable[Fault]
) -> list[Problem]:
    """The Faults as Problems of the file at `path`, with their lines and columns.

    The YAML is composed anew, once: this costs only where there is a problem.
    """
    faults = list(faults)
    root = yaml.compose(front, Loader=yaml.CBaseLoader) if faults else None
    problems = []
    for fault in faults:
        line, column = _locate(root, fault.field, at=fault.at) if root else (1, 1)
        field = field_text(fault.field)
        problems.append(fault.problem(path, line + front_line - 1, column, field))
    return problems


def place(path: str, data: bytes, faults: Iterable[Fault]) -> list[Problem]:
    """The Faults as Problems of the file with these bytes, with their lines and columns.

    A fault whose field begins with `[[` or `](` is a link in the body to the name that follows.
    """
    faults = list(faults)
    try:
        text = document.decode(data)
        if path.endswith(".yaml"):
            return place_in_front(path, text, 1, faults)
        parts = document.read(data)
    except document.DocumentError:
        return [fault.problem(path, 1, 1) for fault in faults]
    in_front = []
    problems = []
    links = _Links(parts.body) if any(map(_is_of_link, faults)) else None
    for fault in faults:
        if links and _is_of_link(fault):
            line, column = links.place(str(fault.field[0]), str(fault.field[1]))
            problems.append(fault.problem(path, line + parts.body_line - 1, column))
        else:
            in_front.append(fault)
    return problems + place_in_front(path, parts.front, parts.front_line, in_front)


def _is_of_link(fault: Fault) -> bool:
    """Whether a fault is of a link or picture in the body."""
    return bool(fault.field) and fault.field[0] in ("[[", "](")


class _Links:
    """Where the links of a Markdown text stand; the text is read once."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.offsets: dict[tuple[str, str], int] = {}
        for match in _WIKI_NAME.finditer(body):
            self.offsets.setdefault(("[[", " ".join(match[1].split())), match.start())
        for match in _TARGET.finditer(body):
            written = next(filter(None, match.groups()), "")
            for name in (unquote(written), written, unquote(written).removeprefix("./")):
                self.offsets.setdefault(("](", name), match.start())

    def place(self, mark: str, name: str) -> tuple[int, int]:
        """Line and column of the first link with the mark to the name; 1, 1 where there is none."""
        wanted = " ".join(name.split()) if mark == "[[" else name
        offset = self.offsets.get((mark, wanted))
        if offset is None:
            offset = 0 if mark == "[[" else max(self.body.find(name), 0)
        return line_and_column(self.body, offset)
