"""CSV keeps every text, runs none as a formula, and opens right in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import example, given

from mksite.pages.data import csvfile
from mksite.pages.data.table import TABLES, CorrectionRow, PlaceRow, columns
from tests.rows_strategy import Recipe, recipes, tables_of, texts

if TYPE_CHECKING:
    from mksite.pages.data.table import Row

FORMULA = "=+-@\t\r\n＝＋－＠"


def cells(data: bytes, separator: str = ";") -> list[list[str]]:
    """All cells of a file, by a strict reader that knows nothing of ours."""
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def as_text(value: object) -> str:
    """A value as a cell shows it."""
    if isinstance(value, tuple):
        return "|".join(value)
    return "" if value is None else str(value)


def correction(text: str) -> CorrectionRow:
    """A row with a text."""
    return CorrectionRow("id-0", "2020", text, "", "")


@pytest.mark.parametrize("separator", [";", ","])
@given(recipe=recipes)
def test_every_value_comes_back(separator: str, recipe: Recipe) -> None:
    """What is read, one apostrophe taken off, is what was written, in every column."""
    for name, kind in TABLES.items():
        rows: tuple[Row, ...] = getattr(tables_of(recipe), name)
        data = csvfile.encode(rows, kind, separator)
        read = list(csvfile.decode(data, separator))
        names = [column.name for column in columns(kind)]
        assert cells(data, separator)[0] == names
        written = [map(as_text, msgspec.structs.astuple(row)) for row in rows]
        assert [list(row.values()) for row in read] == [list(row) for row in written]


@given(text=texts)
def test_no_text_begins_a_formula(text: str) -> None:
    """The first character that can be seen of a cell never is one that begins a formula."""
    cell = cells(csvfile.encode([correction(text)], CorrectionRow, ";"))[1][2]
    seen = [char for char in cell if char.isprintable() and not char.isspace()]
    assert not seen or seen[0] not in FORMULA
    assert cell[:1] not in FORMULA or not cell


@given(text=texts)
@example("'")
def test_a_mark_is_one_apostrophe(text: str) -> None:
    """A cell is the text itself or an apostrophe and the text; which one can be told from it."""
    cell = cells(csvfile.encode([correction(text)], CorrectionRow, ";"))[1][2]
    assert cell == ("'" + text if cell[:1] == "'" else text)


def test_plain_texts_are_not_marked() -> None:
    """Words, quotation marks and numbers that people write stay as they are."""
    plain = ("«Ала-Арча»", "(ТШЦП)", "12 + 3", "a=b", "2013-03-25", "…", "№ 5", "“x”")
    assert [text for text in plain if csvfile.is_marked(text)] == []


def test_negative_coordinates_stay_numbers() -> None:
    """A numeric column is written as a number, below zero too."""
    place = PlaceRow("x", "", "Лима", "", "", "", "PE", "", "", "", -12.0464, -77.0428)
    line = cells(csvfile.encode([place], PlaceRow, ";"))[1]
    assert line[-2:] == ["-12.0464", "-77.0428"]


def test_a_spreadsheet_recognizes_the_file() -> None:
    """It opens with the byte order mark and a header, and lines end as RFC 4180 has it."""
    data = csvfile.encode([correction("ңөү")], CorrectionRow, ";")
    assert data == (
        b"\xef\xbb\xbfrelease;date;text_ru;text_ky;text_en\r\n" + "id-0;2020;ңөү;;\r\n".encode()
    )


def test_the_separator_is_that_of_the_readers() -> None:
    """Where the decimal mark is a comma, cells are divided by semicolons."""
    assert [csvfile.delimiter(lang) for lang in ("ru", "ky", "en")] == [";", ";", ","]
