"""Finds the mistakes among keys without a value.

`venue:` left empty means that the venue is not known. A key that the model does not know is a
mistake whether it has a value or not, and a field that keeps a page from readers must never be
left empty: the page would be published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import inspect

from mksite.content.front_matter import words
from mksite.content.problem import Fault, FieldPath, fault
from mksite.text.name import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

SAFEGUARDS = {
    "draft": "true",
    "embargo": "2026-12-18T09:00",
    "withdrawn": "{date: 2026-12-18, reason: …}",
}
"""The fields on which it depends whether readers see a page, each with an example."""

_GLUED = re.compile(r"([A-Za-z_]+):(?=\S)(.*)", re.DOTALL)


def faults(tree: object, model: type[Any]) -> Iterator[Fault]:
    """What is wrong with the keys of a tree that have no value."""
    if _has_empty(tree):
        yield from _walk(tree, inspect.type_info(model), ())


def _has_empty(tree: object) -> bool:
    if isinstance(tree, dict):
        return any(value is None or _has_empty(value) for value in tree.values())
    return isinstance(tree, list) and any(map(_has_empty, tree))


def _walk(tree: object, kind: inspect.Type, path: FieldPath) -> Iterator[Fault]:
    if isinstance(kind, inspect.Metadata):
        yield from _walk(tree, kind.type, path)
    elif isinstance(kind, inspect.UnionType):
        for member in kind.types:
            yield from _walk(tree, member, path)
    elif isinstance(kind, inspect.VarTupleType) and isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _walk(item, kind.item_type, (*path, index))
    elif isinstance(kind, inspect.StructType) and isinstance(tree, dict):
        fields = {field.encode_name: field.type for field in kind.fields}
        for key, value in tree.items():
            if value is None:
                yield from _without_value(key, fields, path)
            elif key in fields:
                yield from _walk(value, fields[key], (*path, key))


def _without_value(key: str, fields: Collection[str], path: FieldPath) -> Iterator[Fault]:
    """What is wrong with one key that has no value.

    Within braces an unknown key is what a missing space (`{start:2013}`) or a missing name of a
    field (`{name: …, директор}`) comes to.
    """
    if key in fields:
        if key in SAFEGUARDS:
            meant = f"{key}: {SAFEGUARDS[key]}"
            yield fault("empty-safeguard", (*path, key), key=key, nearest=meant)
        return
    glued = _GLUED.fullmatch(key)
    if glued and glued[1] in fields:
        meant = f"{glued[1]}: {glued[2]}"
        yield fault("missing-space", (*path, key), at="key", written=key, nearest=meant)
        return
    unknown = unknown_key(key, fields, path)
    if not path or unknown.code == "unknown-key":
        yield unknown
        return
    meant = f"{'role' if 'role' in fields else next(iter(fields))}: {key}"
    allowed = ", ".join(fields)
    yield fault(
        "value-without-key", (*path, key), at="key", value=key, nearest=meant, allowed=allowed
    )


def unknown_key(key: str, fields: Iterable[str], path: FieldPath) -> Fault:
    """The fault of a key that is none of the fields, with the nearest of them."""
    known = tuple(fields)
    if "\u00a0" in key:
        meant = " ".join(key.split())
        return fault("yaml-nbsp", (*path, key), at="key", nearest=f"  {meant}: …")
    word = words.field_of(key, known)
    guess = (word,) if word else nearest(key, known, limit=1)
    if guess:
        return fault("unknown-key", (*path, key), at="key", key=key, nearest=str(guess[0]))
    return fault("unknown-key-far", (*path, key), at="key", key=key, allowed=", ".join(known))
