"""Describes the files of data for programs, as a Data Package; no I/O here.

datapackage.org, version 2.0. Each table's file has its columns with types, keys and codes, each
file its size and SHA-256.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from mksite.pages.data.csvfile import LIST_SEPARATOR
from mksite.pages.data.table import TABLES, Column, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
}
# To the types of Table Schema. EDTF is none of them, an id is a string.
_TYPES = {"integer": "integer", "year": "year", "decimal": "number", "day": "date", "list": "list"}


class Sum(msgspec.Struct, frozen=True, array_like=True):
    """What a file's bytes are known by."""

    size_bytes: int
    sha256: str


def sum_of(data: bytes) -> Sum:
    """The Sum of a file's bytes."""
    return Sum(len(data), sha256(data).hexdigest())


def encode(
    head: Mapping[str, Any], files: Iterable[tuple[str, Sum | None]], separator: str
) -> bytes:
    """datapackage.json: `head`, then a resource for each file, with its Sum where one is given."""
    resources = [_resource(path, total, separator) for path, total in files]
    package = {"$schema": SCHEMA, **head, "resources": resources}
    return msgspec.json.format(msgspec.json.encode(package)) + b"\n"


def _resource(path: str, total: Sum | None, separator: str) -> dict[str, Any]:
    name, _, suffix = path.rpartition(".")
    resource: dict[str, Any] = {
        "name": f"{name}-{suffix}" if name not in TABLES else name,
        "path": path,
        "format": suffix,
        "mediatype": MEDIA_TYPES[suffix],
    }
    if total is not None:
        resource |= {"bytes": total.size_bytes, "hash": f"sha256:{total.sha256}"}
    if name in TABLES:
        resource |= {
            "type": "table",
            "encoding": "utf-8",
            "dialect": {"delimiter": separator, "lineTerminator": "\r\n"},
            "schema": _schema(name),
        }
    return resource


def _schema(table: str) -> dict[str, Any]:
    described = columns(TABLES[table])
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in described],
        "missingValues": [""],
    }
    keys = [column.name for column in described if column.holds.type == "id"]
    if keys:
        schema["primaryKey"] = keys
    foreign = [_foreign_key(column, table) for column in described if _is_foreign_key(column)]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _field(column: Column) -> dict[str, Any]:
    holds = column.holds
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(holds.type, "string")}
    if holds.type == "url":
        field["format"] = "uri"
    if holds.type == "list":
        field |= {"delimiter": LIST_SEPARATOR, "itemType": "string"}
    elif holds.codes:
        field["constraints"] = {"enum": list(holds.codes)}
    if holds.type == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field


def _is_foreign_key(column: Column) -> bool:
    return column.holds.type == "reference" and len(column.holds.tables) == 1


def _foreign_key(column: Column, table: str) -> dict[str, Any]:
    """A reference to the table itself names no resource (Table Schema)."""
    other = column.holds.tables[0]
    reference: dict[str, Any] = {"fields": ["id"]}
    if other != table:
        reference["resource"] = other
    return {"fields": [column.name], "reference": reference}
