"""The database is whole, its references lead somewhere, its texts are found."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings

from mksite.errors import MachineError
from mksite.pages.data import sqlitefile
from mksite.pages.data.table import KIND_OF, TEXTS, Row, TextRow, columns
from tests.rows_strategy import HOSTILE, Recipe, all_of, recipes, tables_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ABOUT = {"title": "Архив", "url": "https://archive.example/"}


def opened(data: bytes) -> closing[sqlite3.Connection]:
    """The database in memory."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return closing(connection)


def text(ident: str, words: str, lang: str = "ru") -> TextRow:
    """The text of a release."""
    return TextRow("release", ident, lang, words)


def found(rows: tuple[TextRow, ...], query: str) -> list[str]:
    """The releases whose text a query finds."""
    with opened(sqlitefile.encode([(TEXTS, rows)], ABOUT)) as connection:
        return [
            ident
            for (ident,) in connection.execute(
                "SELECT entity_release FROM texts_fts JOIN texts ON texts.rowid = texts_fts.rowid"
                " WHERE texts_fts MATCH ? ORDER BY texts.rowid",
                (query,),
            )
        ]


def stored(row: Row) -> Iterator[tuple[str, Any]]:
    """What the columns of a row are in SQL, by name."""
    kind = getattr(row, "kind", "")
    for column, value in zip(columns(type(row)), msgspec.structs.astuple(row), strict=True):
        holds = column.holds
        if len(holds.tables) > 1:
            for table in holds.tables:
                yield f"{column.name}_{KIND_OF[table]}", value if KIND_OF[table] == kind else None
        elif holds.type == "list":
            if not holds.tables:
                yield column.name, list(value) or None
        else:
            yield column.name, None if value == "" else value


@settings(max_examples=30)
@given(recipe=recipes)
def test_every_value_comes_back(recipe: Recipe) -> None:
    """Each row is there in its order, lists of ids as rows of their own, NULL for the unknown."""
    whole = all_of(tables_of(recipe), texts_of(recipe))
    with opened(sqlitefile.encode(whole, ABOUT)) as connection:
        connection.row_factory = sqlite3.Row
        for name, rows in whole:
            query = f'SELECT * FROM "{name}" ORDER BY rowid'  # noqa: S608  our own names
            lines = connection.execute(query).fetchall()
            assert len(lines) == len(rows)
            for line, row in zip(lines, rows, strict=True):
                for column, value in stored(row):
                    read = line[column]
                    assert (json.loads(read) if isinstance(value, list) else read) == value
        for release in tables_of(recipe).releases:
            lines = connection.execute(
                "SELECT tag FROM releases_tags WHERE release = ? ORDER BY position", (release.id,)
            ).fetchall()
            assert tuple(line["tag"] for line in lines) == release.tags


@settings(max_examples=30)
@given(recipe=recipes)
def test_the_file_is_whole(recipe: Recipe) -> None:
    """SQLite finds no damage, no reference that leads nowhere, and no index out of step."""
    with opened(
        sqlitefile.encode(all_of(tables_of(recipe), texts_of(recipe)), ABOUT)
    ) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in sqlitefile.SEARCHED:
            # With rank 1 FTS5 compares the index with the table; it raises where they differ.
            index = f"{table}_fts"
            check = f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
            connection.execute(check)


@settings(max_examples=10)
@given(recipe=recipes)
def test_the_same_rows_give_the_same_bytes(recipe: Recipe) -> None:
    """Nothing of the time, the machine or the library's version is in the file."""
    first, second = (
        sqlitefile.encode(all_of(tables_of(recipe), texts_of(recipe)), ABOUT) for _ in range(2)
    )
    assert first == second
    assert first[96:100] == bytes(4)


def test_no_page_is_free_and_the_file_says_whose_it_is() -> None:
    """The file has no unused page; its header has our numbers; `about` tells of the archive."""
    rows = tuple(text(f"r-{n}", " ".join(f"слово{n * k}" for k in range(500))) for n in range(200))
    with opened(sqlitefile.encode([(TEXTS, rows)], ABOUT)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        number = connection.execute("PRAGMA application_id").fetchone()
        assert number == (sqlitefile.APPLICATION_ID,)
        assert dict(connection.execute("SELECT key, value FROM about")) == ABOUT


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    """A bug that loses a row does not come out as a file."""
    whole = all_of(msgspec.structs.replace(tables_of((["x"], 0)), places=()))
    with pytest.raises(sqlite3.IntegrityError):
        sqlitefile.encode(whole, ABOUT)


def test_a_library_without_search_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite was built without FTS5 the user is told so."""
    monkeypatch.setattr(sqlitefile, "SEARCH_MODULE", "fts5_that_is_not_there")
    with pytest.raises(MachineError, match="sqlite-without-search"):
        sqlitefile.encode([(TEXTS, (text("x", "а"),))], ABOUT)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("приём", ["yo", "ye"]),
        ("прием", ["yo", "ye"]),
        ("ПРИЕМ", ["yo", "ye"]),
        ("өмүр", ["ky"]),
        ("омур", ["ky"]),
        ("таң", ["ky"]),
        ("й*", ["short"]),
        ("трудовых NEAR мигрантов", []),
        ('"трудовой миграции"', ["ye"]),
    ],
)
def test_words_are_found(query: str, ids: list[str]) -> None:
    """Words are found whatever their case, with е for ё and without the Kyrgyz letters."""
    rows = (
        text("yo", "Приём граждан"),
        text("ye", "Прием по трудовой миграции"),
        text("ky", "Өмүр бою, таң атканча", "ky"),
        text("short", "Йод и\u0306од"),
    )
    assert found(rows, query) == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("мигрант", ["ru", "also"]),
        ("мигрантов", ["ru", "also"]),
        ("мигрантами", ["ru", "also"]),
        ("реинтеграция", ["ru", "also"]),
        ("натурал", []),
        ("министр", ["also"]),
        ("женщина", ["also"]),
        ("мигрант семинар", ["ru"]),
        ("мектеп", ["ky", "ky-also"]),
        ("укук", ["ky"]),
        ("agency", ["en", "en-also"]),
    ],
)
def test_full_text_finds_the_forms_of_a_word(query: str, ids: list[str]) -> None:
    """A text is found by the shortest forms that the archive has of its words, and by its own."""
    rows = (
        text("ru", "Семинар мигрантов, реинтеграции"),
        text(
            "also",
            "Мигранту с мигрантами: реинтеграцией, министру, женщин",
        ),
        text("ky", "Мектепте укуктары", "ky"),
        text("ky-also", "Жаңы мектеп", "ky"),
        text("en", "Agencies", "en"),
        text("en-also", "An agency", "en"),
    )
    assert found(rows, query) == ids


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_texts_have_spellings(words: str) -> None:
    """Other spellings are words without the letters that they replace, and only where needed."""
    said = sqlitefile.spellings(words)
    assert not set(said) & set("ёңөүЁҢӨҮ")
    assert bool(said) == bool(set(words) & set("ёңөүЁҢӨҮ\u0306"))
