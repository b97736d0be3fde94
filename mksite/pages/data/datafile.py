"""The files of data/ and of organizations and programmes: their Views and producers.

The sums of files in data/datapackage.json are known only once the files are made: it makes them
again where no file of the same View was made in its process before.
"""

from __future__ import annotations

import re
from functools import wraps
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from mksite.pages.by_digest import ByDigest, by_digest, digest_of
from mksite.pages.data import csvfile, datapackage, jsonfile
from mksite.pages.data.datapackage import Sum, sum_of
from mksite.pages.data.table import (
    TABLES,
    TEXTS,
    InvolvementRow,
    NameRow,
    OrganizationRow,
    ProgrammeRow,
    ReleaseRow,
    Row,
    Tables,
    TextRow,
)
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mksite.view.page import Renderer

V = TypeVar("V", bound=View)
Involved = tuple[tuple[InvolvementRow, ReleaseRow], ...]


class Imprint(View, frozen=True):
    """What every file says of itself; texts by language."""

    title: tuple[tuple[str, str], ...]
    description: tuple[tuple[str, str], ...]
    url: str
    dictionary: str
    licence: tuple[tuple[str, str], ...]
    licence_url: str
    languages: tuple[str, ...]


class TextRef(View, frozen=True):
    """A body by digest, whose it is, and the names of what it links to only by id."""

    kind: str
    id: str
    lang: str
    digest: str
    names: tuple[tuple[str, str], ...] = ()


class TableFile(View, frozen=True):
    """data/<table>.csv."""

    name: str
    delimiter: str
    rows: ByDigest[tuple[Row, ...]]


class ArchiveFile(View, frozen=True):
    """data/archive.json, data/archive.sqlite, and data/datapackage.json, which is about all files.

    `texts` are all texts; they name bodies, which are loaded only to render.
    """

    imprint: Imprint
    delimiter: str
    tables: Tables
    texts: tuple[TextRef, ...]


class LargeArchiveFile(View, frozen=True):
    """The same without texts, which are divided by year; `stems` are the names of their files."""

    imprint: Imprint
    delimiter: str
    tables: ByDigest[Tables]
    stems: tuple[str, ...]


AnyArchive = ArchiveFile | LargeArchiveFile


class TextsFile(View, frozen=True):
    """data/texts-<year>.json and .sqlite: the texts of the releases of a year."""

    imprint: Imprint
    texts: tuple[TextRef, ...]


class EntityCsv(View, frozen=True):
    """organizations/<id>/<id>.csv: the releases in which it stands."""

    delimiter: str
    rows: ByDigest[Involved]


class EntityJson(View, frozen=True):
    """organizations/<id>/<id>.json: the same with what is known of it."""

    imprint: Imprint
    kind: str
    entity: OrganizationRow | ProgrammeRow
    names: tuple[NameRow, ...]
    rows: ByDigest[Involved]


TEXT_FORMATS = ("json", "sqlite")  # of the texts of a year

_EMPTY_LINK = re.compile(r'<a href="entity:([^"]*)"></a>')


def text_rows(refs: Iterable[TextRef], renderer: Renderer) -> list[TextRow]:
    """The texts themselves."""
    from mksite.record.markdown.plain import plain_text  # noqa: PLC0415  only where a file of texts is made

    rows = []
    for ref in refs:
        html = renderer.bodies.html(ref.digest)
        if "></a>" in html:
            html = _named(html, dict(ref.names))
        rows.append(TextRow(ref.kind, ref.id, ref.lang, plain_text(html)))
    return rows


def _rows_of_year(view: TextsFile, renderer: Renderer) -> list[TextRow]:
    """The same, kept for the other file of this View, which is often made next."""
    last = renderer.known.get(TEXTS)
    if last is None or last[0] != view:
        last = renderer.known[TEXTS] = (view, text_rows(view.texts, renderer))
    rows: list[TextRow] = last[1]
    return rows


def _named(html: str, names: dict[str, str]) -> str:
    """The HTML with the names of what is linked by its id alone."""

    def name(match: re.Match[str]) -> str:
        target = unquote(match[1])
        return escape(names.get(target, target))

    return _EMPTY_LINK.sub(name, html)


def summed(producer: Callable[[V, Renderer], bytes]) -> Callable[[V, Renderer], bytes]:
    """The producer; the sum of what it makes is kept for the data package."""

    @wraps(producer)
    def made(view: V, renderer: Renderer) -> bytes:
        data = producer(view, renderer)
        renderer.known[_key(producer.__name__, view)] = sum_of(data)
        return data

    return made


def _key(name: str, view: View) -> str:
    return digest_of((name, view))


def _sum(producer: Callable[[V, Renderer], bytes], view: V, renderer: Renderer) -> Sum:
    """The Sum of the file that the producer makes of a View."""
    key = _key(producer.__name__, view)
    if key not in renderer.known:
        producer(view, renderer)
    made: Sum = renderer.known[key]
    return made


@summed
def table_csv(view: TableFile, _renderer: Renderer) -> bytes:
    """data/<table>.csv."""
    return csvfile.encode(view.rows.value, TABLES[view.name], view.delimiter)


@summed
def archive_json(view: AnyArchive, renderer: Renderer) -> bytes:
    """data/archive.json."""
    return jsonfile.encode(
        head_of(view.imprint),
        ((name, [(row,) for row in rows]) for name, rows in _all(view, renderer)),
    )


@summed
def archive_sqlite(view: AnyArchive, renderer: Renderer) -> bytes:
    """data/archive.sqlite."""
    from mksite.pages.data import sqlitefile  # noqa: PLC0415  SQLite is loaded only where a file is made

    return sqlitefile.encode(_all(view, renderer), _about(view.imprint))


def texts_json(view: TextsFile, renderer: Renderer) -> bytes:
    """data/texts-<year>.json."""
    rows = [(row,) for row in _rows_of_year(view, renderer)]
    return jsonfile.encode(head_of(view.imprint), [(TEXTS, rows)])


def texts_sqlite(view: TextsFile, renderer: Renderer) -> bytes:
    """data/texts-<year>.sqlite."""
    from mksite.pages.data import sqlitefile  # noqa: PLC0415

    return sqlitefile.encode([(TEXTS, _rows_of_year(view, renderer))], _about(view.imprint))


def package_json(view: AnyArchive, renderer: Renderer) -> bytes:
    """data/datapackage.json. It knows no sums of texts by year: an edited body makes only these."""
    files: list[tuple[str, Sum | None]] = []
    tables = _tables(view)
    for name, sealed in seals(tables, row_digests(tables)).items():
        table = TableFile(name, view.delimiter, sealed)
        files.append((f"{name}.csv", _sum(table_csv, table, renderer)))
    files.append(("archive.json", _sum(archive_json, view, renderer)))
    files.append(("archive.sqlite", _sum(archive_sqlite, view, renderer)))
    if isinstance(view, LargeArchiveFile):
        files += [(f"{stem}.{suffix}", None) for stem in view.stems for suffix in TEXT_FORMATS]
    imprint = view.imprint
    head: dict[str, Any] = {
        "name": "archive",
        "title": _first(imprint, imprint.title),
        "homepage": imprint.dictionary,
    }
    if imprint.description:
        head["description"] = _first(imprint, imprint.description)
    if imprint.licence:
        licence = {"title": _first(imprint, imprint.licence)}
        if imprint.licence_url:
            licence["path"] = imprint.licence_url
        head["licenses"] = [licence]
    return datapackage.encode(head, files, view.delimiter)


def entity_csv(view: EntityCsv, _renderer: Renderer) -> bytes:
    """The CSV file of an organization or programme."""
    return csvfile.encode_joined(view.rows.value, (InvolvementRow, ReleaseRow), view.delimiter)


def entity_json(view: EntityJson, _renderer: Renderer) -> bytes:
    """The JSON file of an organization or programme."""
    head = head_of(view.imprint) | {view.kind: jsonfile.object_of(view.entity)}
    names = [(row,) for row in view.names]
    return jsonfile.encode(head, [("names", names), ("releases", view.rows.value)])


def row_digests(tables: Tables) -> dict[str, str]:
    """The digests of the rows of releases by id: many files hold them."""
    return {row.id: digest_of(row) for row in tables.releases}


def seals(tables: Tables, digests: dict[str, str]) -> dict[str, ByDigest[tuple[Row, ...]]]:
    """Each table by_digest; `digests` are those of the releases' rows."""
    return {
        name: by_digest(getattr(tables, name), digests if name == "releases" else None)
        for name in TABLES
    }


def _tables(view: AnyArchive) -> Tables:
    return view.tables if isinstance(view, ArchiveFile) else view.tables.value


def _all(view: AnyArchive, renderer: Renderer) -> list[tuple[str, Iterable[Row]]]:
    """All tables; that of the texts where they stand together."""
    tables = _tables(view)
    tables_: list[tuple[str, Iterable[Row]]] = [(name, getattr(tables, name)) for name in TABLES]
    if isinstance(view, ArchiveFile):
        tables_.append((TEXTS, text_rows(view.texts, renderer)))
    return tables_


def head_of(imprint: Imprint) -> dict[str, Any]:
    """What a JSON file says of itself."""
    licence = {"name": dict(imprint.licence), "url": imprint.licence_url or None}
    return {
        "title": dict(imprint.title),
        "url": imprint.url,
        "dictionary": imprint.dictionary,
        "licence": licence if imprint.licence else None,
        "languages": imprint.languages,
    }


def _about(imprint: Imprint) -> dict[str, str]:
    """What a database says of itself."""
    return {
        "title": _first(imprint, imprint.title),
        "url": imprint.url,
        "dictionary": imprint.dictionary,
        "licence": _first(imprint, imprint.licence),
        "licence_url": imprint.licence_url,
    }


def _first(imprint: Imprint, texts: tuple[tuple[str, str], ...]) -> str:
    """The text in the first of the site's languages that it has."""
    known = dict(texts)
    return next((known[lang] for lang in imprint.languages if known.get(lang)), "")
