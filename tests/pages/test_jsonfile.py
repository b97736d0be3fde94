"""JSON keeps every value, and says null for what is not known."""

from __future__ import annotations

import json

import msgspec
from hypothesis import given

from mksite.pages.data import jsonfile
from mksite.pages.data.table import TextRow, columns
from tests.rows_strategy import Recipe, all_of, recipes, tables_of, texts_of


def known(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, tuple):
        return list(value)
    return None if value == "" else value


@given(recipe=recipes)
def test_every_value_comes_back(recipe: Recipe) -> None:
    """Another reader sees the members in order, and in each row all columns with their values."""
    given_tables = all_of(tables_of(recipe), texts_of(recipe))
    data = jsonfile.encode(
        {"title": {"ru": "“\u2028"}},
        [(name, [(row,) for row in rows]) for name, rows in given_tables],
    )
    read = json.loads(data)
    assert list(read) == ["title", *(name for name, _ in given_tables)]
    for name, rows in given_tables:
        expected = [
            dict(zip(row.__struct_fields__, map(known, msgspec.structs.astuple(row)), strict=True))
            for row in rows
        ]
        assert read[name] == expected


def test_rows_side_by_side_are_one_object() -> None:
    """The columns of two rows stand in one object."""
    rows = (TextRow("release", "x", "ru", "а"), TextRow("tag", "y", "ky", ""))
    assert list(jsonfile.object_of(rows[0])) == [column.name for column in columns(TextRow)]
    assert jsonfile.object_of(rows[1])["text"] is None
