"""The archive to take away: data/, and files beside the pages of organizations and programmes.

All tables as CSV, JSON and SQLite, and a page that says what their columns mean; one typed model
(`mksite.pages.data.table`) makes all of them. Rows are made once and shared by the Views; the texts
of bodies stand in Views by digest, so that an edited body makes only the files anew that hold it.
An archive of many texts keeps them in a file a year: one file of them all would be made anew on
each edit, and be too large to take away on a slow line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mksite.content.address import absolute, entity_path, file_href, href, output_path
from mksite.content.model import PARTY_KINDS, by_language
from mksite.pages.by_digest import by_digest
from mksite.pages.data import csvfile, rows
from mksite.pages.data.datafile import (
    ArchiveFile,
    EntityCsv,
    EntityJson,
    Imprint,
    LargeArchiveFile,
    TableFile,
    TextRef,
    TextsFile,
    archive_json,
    archive_sqlite,
    entity_csv,
    entity_json,
    package_json,
    row_digests,
    seals,
    table_csv,
    texts_json,
    texts_sqlite,
)
from mksite.pages.data.meaning import meaning
from mksite.pages.data.metadata import METADATA, MetadataFile, datasette_json
from mksite.pages.data.recordfile import record_pages
from mksite.pages.data.table import (
    STANDARDS,
    TABLES,
    TEXTS,
    InvolvementRow,
    NameRow,
    OrganizationRow,
    ProgrammeRow,
    Row,
    Tables,
    TextRow,
    base,
    columns,
)
from mksite.view.page import Page
from mksite.view.part import Head, Link, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mksite.catalogue.catalogue import Card, Catalogue, EntityCard
    from mksite.content.config import Site
    from mksite.content.model import Key, Text
    from mksite.pages.frame import Frame
    from mksite.record.record import Record

FOLDER = "data/"
TOGETHER = 1000  # texts; an archive of more has them in files by year
_LOOKS_LIKE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch


class ColumnView(View, frozen=True):
    """A column, or one text in several languages.

    `meaning` is worded by the interface (`label('column')`), `codes` by their own context `label`.
    """

    names: tuple[str, ...]
    meaning: str
    type: str
    tables: tuple[str, ...]
    codes: tuple[str, ...]
    label: str
    standard: Link | None


class TableView(View, frozen=True):
    """A table: how many rows it has, and its CSV file, which a table of texts has not."""

    name: str
    count: int
    csv: str
    columns: tuple[ColumnView, ...]


class YearFiles(View, frozen=True):
    """The files of the texts of one year, 0 for those without one."""

    year: int
    count: int
    json: str
    sqlite: str


class DataView(View, frozen=True):
    """data/: what there is to take away and what its columns mean.

    `involvement` are the columns that stand before those of a release in the file of an
    organization or programme.
    """

    head: Head
    delimiter: str
    json: str
    sqlite: str
    package: str
    metadata: str
    tables: tuple[TableView, ...]
    involvement: tuple[ColumnView, ...]
    years: tuple[YearFiles, ...]


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """data/ in every language, its files, and those of organizations and programmes."""
    site = catalogue.site
    if not site.features.data:
        return
    lang = site.default_language
    imprint = _imprint(site)
    separator = csvfile.delimiter(lang)
    tables = rows.tables(catalogue)
    texts = _texts(catalogue, frames)
    years = _years(catalogue, texts) if len(texts) > TOGETHER else {}

    def file(path: str, view: View, producer: Callable[[Any, Any], bytes]) -> Page:
        return Page(path, view, lang, producer=producer)

    digests = row_digests(tables)
    each = seals(tables, digests)
    for name, sealed in each.items():
        yield file(f"{FOLDER}{name}.csv", TableFile(name, separator, sealed), table_csv)
    archive: View = ArchiveFile(imprint, separator, tables, texts)
    if years:
        stems = tuple(_stem(year) for year in years)
        sealed_tables = by_digest(tables, tuple(each.values()))
        archive = LargeArchiveFile(imprint, separator, sealed_tables, stems)
    yield file(f"{FOLDER}archive.json", archive, archive_json)
    yield file(f"{FOLDER}archive.sqlite", archive, archive_sqlite)
    yield file(f"{FOLDER}datapackage.json", archive, package_json)
    yield file(f"{FOLDER}{METADATA}", MetadataFile(imprint), datasette_json)
    for year, refs in years.items():
        stem = FOLDER + _stem(year)
        both = TextsFile(imprint, refs)
        yield file(f"{stem}.json", both, texts_json)
        yield file(f"{stem}.sqlite", both, texts_sqlite)
    yield from _entity_pages(catalogue, tables, digests, (imprint, separator))
    yield from record_pages(site, imprint, tables, texts)
    for frame in frames:
        yield _data_page(frame, tables, separator, len(texts), years)


def home(site: Site, lang: str) -> str:
    """The link to data/, or "" where the site does not offer it."""
    return href(site, lang, FOLDER) if site.features.data else ""


def downloads(catalogue: Catalogue, card: EntityCard) -> tuple[Link, ...]:
    """The files of an organization or programme, where it stands in a release."""
    if not catalogue.site.features.data or not _has_files(catalogue, card):
        return ()
    path = f"{entity_path(*card.key)}{card.id}"
    return tuple(
        Link(file_href(catalogue.site, f"{path}.{suffix}"), suffix.upper())
        for suffix in ("csv", "json")
    )


def _has_files(catalogue: Catalogue, card: EntityCard) -> bool:
    if card.kind not in PARTY_KINDS:
        return False
    return card.key in catalogue.involved or (
        card.kind == "programme" and card.id in catalogue.in_programme
    )


def _imprint(site: Site) -> Imprint:
    default = site.default_language

    def texts(text: Text | None) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(by_language(text, default).items()))

    licence = site.licence
    return Imprint(
        title=texts(site.title),
        description=texts(site.description),
        url=absolute(site, ""),
        dictionary=absolute(site, FOLDER),
        licence=texts(licence.name) if licence else (),
        licence_url=(licence.url or "") if licence else "",
        languages=site.languages,
    )


def _entity_pages(
    catalogue: Catalogue, tables: Tables, digests: dict[str, str], said: tuple[Imprint, str]
) -> Iterator[Page]:
    """The files of organizations and programmes. Linear in the relations: rows are shared.

    `digests` are those of the releases' rows; `said` is what the files say of themselves, and what
    divides cells.
    """
    imprint, separator = said
    releases = {row.id: row for row in tables.releases}
    entities: dict[Key, OrganizationRow | ProgrammeRow] = {
        **{("organization", row.id): row for row in tables.organizations},
        **{("programme", row.id): row for row in tables.programmes},
    }
    names: dict[tuple[str, str], list[NameRow]] = {}
    for name in tables.names:
        if name.kind in PARTY_KINDS:
            names.setdefault((name.kind, name.entity), []).append(name)
    lang = catalogue.site.default_language
    for key, entity in entities.items():
        card = catalogue.entities[key]
        if _has_files(catalogue, card):
            involved = rows.involvements(catalogue, card)
            involving = by_digest(
                tuple([(role, releases[ident]) for ident, role in involved]),
                tuple([(role, digests[ident]) for ident, role in involved]),
            )
            stem = f"{entity_path(*key)}{card.id}"
            table = EntityCsv(separator, involving)
            yield Page(f"{stem}.csv", table, lang, producer=entity_csv)
            whole = EntityJson(imprint, card.kind, entity, tuple(names.get(key, ())), involving)
            yield Page(f"{stem}.json", whole, lang, producer=entity_json)


# ---- texts


def _texts(catalogue: Catalogue, frames: tuple[Frame, ...]) -> tuple[TextRef, ...]:
    """All bodies of releases, in the order of the releases, and of entities, by id."""
    by_language = {frame.lang: frame for frame in frames}
    texts: list[TextRef] = []
    cards: Iterable[tuple[Key, Card | EntityCard]] = (
        *((("release", ident), card) for ident, card in catalogue.releases.items()),
        *catalogue.entities.items(),
    )
    for key, card in cards:
        for lang, record in card.records.items():
            if record.body_digest:
                frame = by_language[lang]
                linked = _link_texts(frame, record, card.links) if record.mentions else ()
                texts.append(TextRef(*key, lang, record.body_digest, linked))
    return tuple(texts)


def _link_texts(frame: Frame, record: Record, links: dict[str, Key]) -> tuple[tuple[str, str], ...]:
    """The texts of a body's links that are written as an id alone."""
    return tuple(
        [
            (name, frame.target(name, links.get(name)).text)
            for name in record.mentions
            if _LOOKS_LIKE_ID(name)
        ]
    )


def _years(catalogue: Catalogue, texts: tuple[TextRef, ...]) -> dict[int, tuple[TextRef, ...]]:
    """The texts of releases by year, newest first, then those without a year and of entities."""
    years: dict[int, list[TextRef]] = {}
    for text in texts:
        year = catalogue.releases[text.id].moment.year if text.kind == "release" else 0
        years.setdefault(year, []).append(text)
    return {year: tuple(years[year]) for year in sorted(years, reverse=True)}


def _stem(year: int) -> str:
    """The name, without a suffix, of the files of a year's texts; 0 for those without one."""
    return f"{TEXTS}-{year or 'undated'}"


# ---- the page


def _data_page(
    frame: Frame, tables: Tables, separator: str, texts: int, years: dict[int, tuple[TextRef, ...]]
) -> Page:
    site = frame.site

    def link(name: str) -> str:
        return file_href(site, FOLDER + name)

    head = frame.head(FOLDER, "", section="data")
    view = DataView(
        head=head,
        delimiter=separator,
        json=link("archive.json"),
        sqlite=link("archive.sqlite"),
        package=link("datapackage.json"),
        metadata=link(METADATA),
        tables=(
            *(
                TableView(
                    name, len(getattr(tables, name)), link(f"{name}.csv"), described(name, kind)
                )
                for name, kind in TABLES.items()
            ),
            TableView(TEXTS, texts, "", described(TEXTS, TextRow)),
        ),
        involvement=described("", InvolvementRow),
        years=tuple(
            YearFiles(
                year,
                len(refs),
                link(f"{_stem(year)}.json"),
                link(f"{_stem(year)}.sqlite"),
            )
            for year, refs in years.items()
        ),
    )
    return Page(output_path(head.path), view, frame.lang, "data.html")


def described(table: str, kind: type[Row]) -> tuple[ColumnView, ...]:
    """The columns of a table for a reader; those of one text in several languages together."""
    names: dict[str, list[str]] = {}
    for column in columns(kind):
        names.setdefault(base(column.name), []).append(column.name)
    holds = {base(column.name): column.holds for column in columns(kind)}
    return tuple(
        ColumnView(
            names=tuple(names[stem]),
            meaning=meaning(table, stem),
            type=held.type,
            tables=held.tables,
            codes=held.codes,
            label=held.label,
            standard=Link(*reversed(STANDARDS[held.standard])) if held.standard else None,
        )
        for stem, held in holds.items()
    )
