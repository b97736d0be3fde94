"""releases/<id>/record.json: everything that the tables say of one release, with its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.address import entity_path, file_href
from mksite.pages.data import jsonfile
from mksite.pages.data.datafile import Imprint, TextRef, head_of, text_rows
from mksite.pages.data.table import TABLES, TEXTS, ReleaseRow, Row, Tables, columns
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.content.config import Site
    from mksite.view.page import Renderer

RECORD = "record.json"
# The tables whose rows are of a release, by their first column.
_OF_RELEASES = tuple(name for name, kind in TABLES.items() if columns(kind)[0].name == "release")


class RecordFile(View, frozen=True):
    """A release's own row, its rows of other tables by their names, and its texts."""

    imprint: Imprint
    release: ReleaseRow
    tables: tuple[tuple[str, tuple[Row, ...]], ...]
    texts: tuple[TextRef, ...]


def record_pages(
    site: Site, imprint: Imprint, tables: Tables, texts: Iterable[TextRef]
) -> Iterator[Page]:
    """The file of each release. Linear in the rows."""
    own: dict[str, dict[str, list[Row]]] = {row.id: {} for row in tables.releases}
    for name in _OF_RELEASES:
        for row in getattr(tables, name):
            own[row.release].setdefault(name, []).append(row)
    written: dict[str, list[TextRef]] = {}
    for text in texts:
        if text.kind == "release":
            written.setdefault(text.id, []).append(text)
    for row in tables.releases:
        held = tuple((name, tuple(own[row.id].get(name, ()))) for name in _OF_RELEASES)
        view = RecordFile(imprint, row, held, tuple(written.get(row.id, ())))
        path = entity_path("release", row.id) + RECORD
        yield Page(path, view, site.default_language, producer=record_json)


def record_link(site: Site, ident: str) -> str:
    """The link to a release's file, or "" where the site does not offer it."""
    if not site.features.data:
        return ""
    return file_href(site, entity_path("release", ident) + RECORD)


def record_json(view: RecordFile, renderer: Renderer) -> bytes:
    """releases/<id>/record.json."""
    head = head_of(view.imprint) | {"release": jsonfile.object_of(view.release)}
    held = [*view.tables, (TEXTS, text_rows(view.texts, renderer))]
    return jsonfile.encode(head, [(name, [(row,) for row in rows]) for name, rows in held])
