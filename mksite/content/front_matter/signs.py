"""Signs with which YAML would take words from a text in silence: `#`, `!` and `&`.

A hash behind a space begins a note in YAML. Directly before a letter or digit it is a hashtag or a
number to a person (`title: Открытие #центра`), so in the fields of text it stays, and is told.
An exclamation mark or an ampersand before a value names a type or an anchor, which no front matter
has a use for: the word behind it would be gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

# Stands for such a hash while the YAML is read: one character for one, so that places stay.
HASH = "\ue000"
_HASH = re.compile(r"(?<=\S)([ \t]+)#(?=\w)")
_BEFORE_VALUE = re.compile(r"(?:^|[:,\[{-])[ \t]*[!&]", re.MULTILINE)
_FLOW_END = re.compile(r"\s*[,\]}]")
# The fields of the model that hold a text, plain or by language.
TEXT_FIELDS = frozenset(
    {"address", "alt", "caption", "credit", "date_note", "description", "name", "reason", "role"}
    | {"short", "summary", "text", "title"}
)
_INDEX = re.compile(r"\[\d+\]")
_LANGUAGE = re.compile(r"[a-z]{2}")


def hide_hashes(text: str) -> str:
    """The YAML text with HASH for each hash that may belong to a text."""
    if "#" not in text or HASH in text:
        return text
    return _HASH.sub(rf"\1{HASH}", text)


def restored(value: str, field: str) -> str:
    """A value as it was meant: in a field of text with its hashes, in another without the note."""
    if is_of_text(field):
        return value.replace(HASH, "#")
    return value.partition(HASH)[0].rstrip()


def is_of_text(field: str) -> bool:
    """Whether a field such as `speakers[0].role.ru` holds a text."""
    steps = _INDEX.sub("", field).split(".")
    return (steps[-2] if _LANGUAGE.fullmatch(steps[-1]) and steps[1:] else steps[-1]) in TEXT_FIELDS


def guessed(front: str) -> list[tuple[int, int, str]]:
    """Line and column, from 1, of the first hash of each plain value of front matter in which one
    was read as text, and the value.
    """
    if HASH not in (hidden := hide_hashes(front)):
        return []
    root = yaml.compose(hidden, Loader=yaml.CBaseLoader)
    places = []
    for field, node in _scalars(root, ""):
        if HASH in node.value and not node.style and is_of_text(field):
            offset = hidden.index(HASH, node.start_mark.index)
            line_start = hidden.rfind("\n", 0, offset) + 1
            line, column = hidden.count("\n", 0, offset) + 1, offset - line_start + 1
            places.append((line, column, node.value.replace(HASH, "#")))
    return places


def _scalars(node: yaml.Node | None, field: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """The plain values below a node, each with its field."""
    if isinstance(node, yaml.ScalarNode):
        yield field, node
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _scalars(item, f"{field}[{index}]")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, f"{field}.{key.value}" if field else key.value)


def taken(text: str) -> tuple[int, int, str] | None:
    """Line and column, from 1, of the first sign that takes a word of a value, and the line as it
    is to be written; None where there is none. Raises yaml.YAMLError.
    """
    if not _BEFORE_VALUE.search(text):
        return None
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.AliasEvent):
            continue
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            mark = event.start_mark
            row, column = (mark.line, mark.column) if mark else (0, 0)
            line = text.split("\n")[row]
            return row + 1, column + 1, _in_quotation_marks(line, column)
    return None


def _in_quotation_marks(line: str, column: int) -> str:
    """The line with the value from the column on in quotation marks."""
    before, value, after = line[:column], line[column:].rstrip(), ""
    if "{" in before or "[" in before:
        end = _FLOW_END.search(value)
        value, after = (value[: end.start()], value[end.start() :]) if end else (value, "")
    value = value.replace('"', "")
    return f'{before.lstrip()}"{value}"{after}'
