"""data/metadata.json: how Datasette shows archive.sqlite, with names in place of bare ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mksite.pages.data.datafile import Imprint
from mksite.pages.data.table import TABLES, columns
from mksite.view.part import View

if TYPE_CHECKING:
    from mksite.view.page import Renderer

METADATA = "metadata.json"
DATABASE = "archive"  # by the name of the file archive.sqlite
_LABELS = ("title", "name")  # what a row is called by, the first that a table has


class MetadataFile(View, frozen=True):
    """data/metadata.json: what the archive says of itself."""

    imprint: Imprint


def datasette_json(view: MetadataFile, _renderer: Renderer) -> bytes:
    """The metadata in the form of `datasette archive.sqlite --metadata metadata.json`."""
    imprint = view.imprint
    default = imprint.languages[0]
    head: dict[str, Any] = {
        "title": dict(imprint.title).get(default, ""),
        "description": dict(imprint.description).get(default, ""),
        "license": dict(imprint.licence).get(default, ""),
        "license_url": imprint.licence_url,
        "source_url": imprint.url,
        "about_url": imprint.dictionary,
    }
    said = {name: value for name, value in head.items() if value}
    tables = {name: _table(name, default) for name in TABLES}
    said["databases"] = {DATABASE: {"tables": tables}}
    return msgspec.json.format(msgspec.json.encode(said)) + b"\n"


def _table(name: str, lang: str) -> dict[str, Any]:
    """A row's label, which Datasette prints beside each id that leads to it, and the facets."""
    described = columns(TABLES[name])
    names = {column.name for column in described}
    table: dict[str, Any] = {}
    if "id" in names:
        label = next((f"{stem}_{lang}" for stem in _LABELS if f"{stem}_{lang}" in names), "")
        if label:
            table["label_column"] = label
    facets = [c.name for c in described if c.holds.codes and c.holds.type != "list"]
    if facets:
        table["facets"] = facets
    return table
