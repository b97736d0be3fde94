"""Writes rows as JSON (RFC 8259), one object a line; unknown is null. No I/O here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mksite.pages.data.table import Row

_encode = msgspec.json.Encoder().encode


def object_of(*rows: Row) -> dict[str, Any]:
    """The columns of one row, or of several side by side, with their values."""
    return {
        name: None if value == "" else value
        for row in rows
        for name, value in zip(row.__struct_fields__, msgspec.structs.astuple(row), strict=True)
    }


def encode(
    head: Mapping[str, Any], tables: Iterable[tuple[str, Iterable[tuple[Row, ...]]]]
) -> bytes:
    """One object: the members of `head`, then each table as an array under its name."""
    parts = [b"{"]
    for name, value in head.items():
        parts += [b"\n" if len(parts) == 1 else b",\n", _encode(name), b":", _encode(value)]
    for name, rows in tables:
        parts += [b"\n" if len(parts) == 1 else b",\n", _encode(name), b":["]
        before = b"\n"
        for row in rows:
            parts += [before, _encode(object_of(*row))]
            before = b",\n"
        parts.append(b"]" if before == b"\n" else b"\n]")
    parts.append(b"\n}\n")
    return b"".join(parts)
