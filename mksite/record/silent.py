"""What a hurried hand does to front matter that YAML would pass over in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mksite.content.front_matter import signs
from mksite.content.front_matter.yaml_fault import quoted
from mksite.content.problem import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.content.front_matter.document import Document
    from mksite.content.problem import Problem

_FIELD = re.compile(r"([A-Za-z_]+):(?:\s|$)")
_OF_YAML = re.compile(r"[A-Za-z_]+:(?:\s|$)|- |\s+\S|#")


def passed_over(path: str, read: Document, model: type[Any]) -> Iterator[Problem]:
    """Hashes that were taken for text by a guess; fields that stand below the front matter."""
    for line, column, value in signs.guessed(read.front):
        told = fault("hash-in-text", severity="warning", nearest=quoted(value))
        yield told.problem(path, read.front_line + line - 1, column)
    below = _field_below(read.body, model.__struct_encode_fields__)
    if below:
        line, text = below
        yield fault("field-in-body", written=text).problem(path, read.body_line + line - 1, 1)


def _field_below(body: str, fields: tuple[str, ...]) -> tuple[int, str] | None:
    """Line, from 1, and text of a field of front matter with which a body begins: its `---` stands
    too high, or a third one in it. All lines up to an empty one or that `---` look like YAML.
    """
    found = None
    for number, line in enumerate(body.lstrip("\n").split("\n"), body.find(body.lstrip("\n")) + 1):
        if not line.strip() or line.startswith("---"):
            break
        if not _OF_YAML.match(line):
            return None
        field = _FIELD.match(line)
        if found is None and field and field[1] in fields:
            found = number, line.rstrip()
    return found
