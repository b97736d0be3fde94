"""Writes rows as an SQLite database with foreign keys and full-text search; no I/O here.

The tables are those of `mksite.pages.data.table` with what SQL does better: an id that may be of
several tables is a column for each of them, a list of ids is a table of its own, another list is a
JSON array; what is not known is NULL. Full-text search is FTS5 over the tables' own texts
(`content="…"`), which Datasette finds by itself. Its tokenizer takes ё for another letter than е;
so a table that is searched has one more column, `spellings`: its words with ё, ң, ө, ү as they are
written without these letters, and the shortest forms that the table has of its words, so that
«мигрант» finds «мигрантов».

The same rows give the same bytes with the same SQLite: everything is written once, in order, into
an empty database in memory, so that no page is free and none has to be moved; the library's
version is left out of the header (offset 96 of the file format).
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import msgspec

from mksite.errors import MachineError
from mksite.pages.data import wordform
from mksite.pages.data.table import KIND_OF, TABLES, TEXTS, Column, Row, TextRow, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

APPLICATION_ID = 0x6D6B7331  # “mks1”
SCHEMA_VERSION = 1
SEARCHED = {
    "releases": tuple(
        c.name for c in columns(TABLES["releases"]) if c.name.startswith(("title_", "summary_"))
    ),
    "names": ("name",),
    TEXTS: ("text",),
}
_SQL_TYPES = {"integer": "INTEGER", "year": "INTEGER", "decimal": "REAL"}
SPELLINGS = "spellings"
SEARCH_MODULE = "fts5"
# Letters that people write in two ways, or cannot type: a text is found by either.
_PLAIN = str.maketrans("ёңөүЁҢӨҮ", "еноуЕНОУ")
_LETTERS = "ёңөүЁҢӨҮ"
# Bytes of the index in memory before it is written: above any, so that it is written in one piece.
_ONE_PIECE = 1 << 30
_USUAL_PIECE = 1 << 20
_VERSION_OFFSET = 96


def encode(tables: Iterable[tuple[str, Iterable[Row]]], about: Mapping[str, str]) -> bytes:
    """The database file of these tables; `about` becomes a table of keys and values.

    References to tables that are not among them are not enforced. Raises sqlite3.IntegrityError
    where a reference leads nowhere, MachineError where the library has no FTS5.
    """
    given = list(tables)
    present = {name for name, _ in given}
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        run = connection.execute
        for pragma in (
            "page_size = 4096",
            "encoding = 'UTF-8'",
            f"application_id = {APPLICATION_ID}",
            f"user_version = {SCHEMA_VERSION}",
            "foreign_keys = ON",
        ):
            run(f"PRAGMA {pragma}")
        run("BEGIN")
        run("PRAGMA defer_foreign_keys = ON")
        run("CREATE TABLE about (key TEXT PRIMARY KEY NOT NULL, value TEXT) WITHOUT ROWID")
        connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        plans = [Plan(name, present) for name, _ in given]
        for plan in plans:
            for statement in plan.schema():
                _define(connection, statement)
        for plan, (_, rows) in zip(plans, given, strict=True):
            plan.fill(connection, rows)
        run("COMMIT")
        data = connection.serialize()
    finally:
        connection.close()
    version = slice(_VERSION_OFFSET, _VERSION_OFFSET + 4)
    return b"".join((data[: version.start], bytes(4), memoryview(data)[version.stop :]))


def _define(connection: sqlite3.Connection, statement: str) -> None:
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        if SEARCH_MODULE in str(error):
            raise MachineError("sqlite-without-search") from error
        raise


class Plan:
    """How the rows of one table lie in SQL."""

    def __init__(self, name: str, present: set[str]) -> None:
        self.name = name
        self.present = present
        self.columns = columns(TextRow if name == TEXTS else TABLES[name])
        self.lists = [
            (index, column)
            for index, column in enumerate(self.columns)
            if column.holds.type == "list" and column.holds.tables
        ]
        self.searched = SEARCHED.get(name, ())

    def schema(self) -> Iterator[str]:
        """The statements that make the table, the tables of its lists, and its index of words."""
        defined = [sql for column in self.columns for sql in self._defined(column)]
        if self.searched:
            defined.append(f'"{SPELLINGS}" TEXT')
        yield f'CREATE TABLE "{self.name}" ({", ".join(defined)})'
        for column in self.columns:
            for name, _ in self._references(column):
                yield f'CREATE INDEX "{self.name}_by_{name}" ON "{self.name}" ("{name}")'
        for _, column in self.lists:
            table = f"{self.name}_{column.name}"
            other = column.holds.tables[0]
            owner, member = KIND_OF[self.name], KIND_OF[other]
            yield (
                f'CREATE TABLE "{table}" ("{owner}" TEXT NOT NULL{self._to(self.name)},'
                f' "{member}" TEXT NOT NULL{self._to(other)}, "position" INTEGER NOT NULL,'
                f' PRIMARY KEY ("{owner}", "{member}")) WITHOUT ROWID'
            )
            yield f'CREATE INDEX "{table}_by_{member}" ON "{table}" ("{member}")'
        if self.searched:
            searched = ", ".join(f'"{name}"' for name in (*self.searched, SPELLINGS))
            yield (
                f'CREATE VIRTUAL TABLE "{self.name}_fts" USING {SEARCH_MODULE}({searched},'
                f' content="{self.name}", tokenize="unicode61 remove_diacritics 2")'
            )

    def _references(self, column: Column) -> Iterator[tuple[str, str]]:
        """The SQL columns of a reference, each with the table that it leads to."""
        holds = column.holds
        if holds.type == "reference":
            if len(holds.tables) == 1:
                yield column.name, holds.tables[0]
            else:
                yield from ((f"{column.name}_{KIND_OF[table]}", table) for table in holds.tables)

    def _to(self, table: str) -> str:
        return f' REFERENCES "{table}" ("id")' if table in self.present else ""

    def _defined(self, column: Column) -> Iterator[str]:
        holds = column.holds
        if holds.type == "reference":
            for name, table in self._references(column):
                yield f'"{name}" TEXT{self._to(table)}'
        elif holds.type == "id":
            yield f'"{column.name}" TEXT PRIMARY KEY NOT NULL'
        elif holds.type == "list":
            if not holds.tables:
                yield f'"{column.name}" TEXT'
        elif holds.codes:
            codes = ", ".join(f"'{code}'" for code in holds.codes)
            yield f'"{column.name}" TEXT CHECK ("{column.name}" IN ({codes}))'
        else:
            yield f'"{column.name}" {_SQL_TYPES.get(holds.type, "TEXT")}'

    def fill(self, connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
        """The rows are in, in their order."""
        values = [msgspec.structs.astuple(row) for row in rows]
        lines = [self._line(row) for row in values]
        if self.searched:
            self._index(connection, values, lines)
        _insert(connection, self.name, lines)
        for index, column in self.lists:
            pairs = [
                (row[0], member, position)
                for row in values
                for position, member in enumerate(row[index], 1)
            ]
            _insert(connection, f"{self.name}_{column.name}", pairs)

    def _line(self, row: tuple[Any, ...]) -> list[Any]:
        line: list[Any] = []
        kind = ""
        for column, value in zip(self.columns, row, strict=True):
            holds = column.holds
            if column.name == "kind":
                kind = value
            if holds.type == "list":
                if not holds.tables:
                    line.append(json.dumps(value, ensure_ascii=False) if value else None)
            elif len(holds.tables) > 1:
                line += [
                    value or None if KIND_OF[table] == kind else None for table in holds.tables
                ]
            else:
                line.append(None if value == "" else value)
        return line

    def _index(
        self,
        connection: sqlite3.Connection,
        rows: list[tuple[Any, ...]],
        lines: list[list[Any]],
    ) -> None:
        """The words are in the index, and each line has its other spellings and forms."""
        places = [n for n, column in enumerate(self.columns) if column.name in self.searched]
        table = f"{self.name}_fts"
        words = []
        searched = [[row[place] for place in places] for row in rows]
        distinct = [wordform.distinct(normalize("NFC", "\n".join(texts))) for texts in searched]
        forms = wordform.by_stem(distinct)
        for number, (texts, own, line) in enumerate(zip(searched, distinct, lines, strict=True), 1):
            written = spellings("\n".join(texts))
            line.append(" ".join([written, *wordform.others(own, forms)]).strip() or None)
            words.append((number, *texts, line[-1]))
        configure = f'INSERT INTO "{table}" ("{table}", rank) VALUES (\'hashsize\', ?)'  # noqa: S608  our own names
        connection.execute(configure, (_ONE_PIECE,))
        _insert(connection, table, words, ("rowid", *self.searched, SPELLINGS))
        connection.execute(configure, (_USUAL_PIECE,))


def _insert(
    connection: sqlite3.Connection,
    table: str,
    lines: Sequence[Sequence[Any]],
    names: tuple[str, ...] = (),
) -> None:
    if lines:
        into = f" ({', '.join(names)})" if names else ""
        marks = ", ".join("?" * len(lines[0]))
        connection.executemany(f'INSERT INTO "{table}"{into} VALUES ({marks})', lines)  # noqa: S608  our own names


def spellings(text: str) -> str:
    """The words of a text with ё, ң, ө, ү, each once, as they are written without these letters.

    And those that are not composed (Unicode NFC), composed.
    """
    composed = normalize("NFC", text)
    if composed == text and not any(letter in text for letter in _LETTERS):
        return ""
    plain = composed.translate(_PLAIN).split()
    if composed == text:
        return " ".join({b: None for a, b in zip(text.split(), plain, strict=True) if a != b})
    known = set(text.split())
    return " ".join({word: None for word in (*composed.split(), *plain) if word not in known})
