"""Gives an entity, release or page another id in the texts that name it; no I/O here.

Only what is the id as such is replaced: a name that an editor typed stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from msgspec import inspect

from mksite.content.front_matter import document
from mksite.content.model import KIND_SPECS, KINDS, Kind
from mksite.content.role import FIELDS_OF_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

# The fields whose names are those of entities, with the kinds that they may name.
PARTIES: tuple[Kind, ...] = ("organization", "programme")
FIELDS: dict[str, tuple[Kind, ...]] = {
    **dict.fromkeys(FIELDS_OF_ROLES, PARTIES),
    "programme": ("programme",),
    "venue": ("place",),
    "within": ("place",),
    "tags": ("tag",),
    "broader": ("tag",),
    "organization": ("organization",),
    "publisher": ("organization",),
    "successor": ("organization",),
    "parent": ("organization", "programme"),
}


def in_text(text: str, kind: Kind, old: str, new: str, *, of_kind: Kind | None) -> str:
    """A source's text with the id `new` wherever it names `old`; `of_kind` is the source's own
    kind, None for site.yaml.
    """
    if of_kind is None:
        return _in_yaml(text, kind, old, new)
    try:
        front, body, _, _ = document.split(text)
    except document.DocumentError:
        return text
    fields = front if front not in text else _in_yaml(front, kind, old, new)
    at = text.index(front)
    rest = text[at + len(front) :]
    if body and rest.endswith(body):
        rest = rest[: len(rest) - len(body)] + in_body(body, old, new)
    return text[:at] + fields + rest


def in_body(body: str, old: str, new: str) -> str:
    """A Markdown text whose `[[old]]` lead to `new`."""
    return re.sub(rf"\[\[(\s*){re.escape(old)}(\s*)(?=\||\]\])", rf"[[\g<1>{new}\2", body)


def _in_yaml(text: str, kind: Kind, old: str, new: str) -> str:
    """YAML with the new id; every other byte as it was."""
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return text
    spans = sorted(_named(root, kind, old), reverse=True) if root is not None else []
    for start, end in spans:
        text = text[:start] + new + text[end:]
    return text


def _named(node: yaml.Node, kind: Kind, old: str, field: str = "") -> Iterator[tuple[int, int]]:
    """Start and end of each scalar that is the id, in a field that may name its kind."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _named(value, kind, old, str(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _named(item, kind, old, field)
    elif node.value == old and kind in FIELDS.get(field, ()):
        yield node.start_mark.index, node.end_mark.index


def with_former_address(text: str, field: str, addresses: list[str]) -> str:
    """A source's text whose front matter has the addresses that it has left, in `field`."""
    front, _, _, _ = document.split(text)
    tree: Any = document.parse_yaml(front)
    at = text.index(front) if front else text.index("---") + 4
    if not isinstance(tree, dict) or field not in tree:
        end = at + len(front)
        if front.rstrip().endswith("}"):  # all fields in braces
            end = at + front.rstrip().rindex("}")
            return f"{text[:end]}, {field}: [{', '.join(addresses)}]{text[end:]}"
        lead = "" if not front or front.endswith("\n") else "\n"
        return f"{text[:end]}{lead}{field}: [{', '.join(addresses)}]\n{text[end:].lstrip(chr(10))}"
    root = yaml.compose(front, Loader=yaml.CBaseLoader)
    listed_nodes = root.value if root is not None else []
    node = next(value for key, value in listed_nodes if key.value == field)
    start, end = at + node.start_mark.index, at + node.end_mark.index
    listed = [*(tree[field] or []), *addresses]
    written = "[" + ", ".join(dict.fromkeys(listed)) + "]"
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return text[:start] + written + text[end:]
    indent = " " * node.start_mark.column
    added = "".join(f"{indent}- {address}\n" for address in addresses)
    block_end = start + len(text[start:end].rstrip()) + 1
    return text[:block_end] + added + text[block_end:]


def kind_of(word: str) -> Kind | None:
    """The kind that a word names: itself, or its folder."""
    if word in KIND_SPECS:
        return word
    return KINDS.get(word)


def reference_fields() -> set[str]:
    """Every field of the model that is described as a known name, for a test."""
    found: set[str] = set()
    for spec in KIND_SPECS.values():
        _collect(inspect.type_info(spec.struct), "", found)
    return found


def _collect(kind: inspect.Type, name: str, found: set[str]) -> None:
    if isinstance(kind, inspect.StructType):
        for field in kind.fields:
            _collect(field.type, field.encode_name, found)
    elif isinstance(kind, inspect.UnionType):
        for member in kind.types:
            _collect(member, name, found)
    elif isinstance(kind, inspect.VarTupleType):
        _collect(kind.item_type, name, found)
    elif isinstance(kind, inspect.Metadata) and _is_name(kind):
        found.add(name)


def _is_name(kind: inspect.Metadata) -> bool:
    """Whether the type is `mksite.content.model.Name`."""
    return (kind.extra_json_schema or {}).get("description") == "a known name or an id"
