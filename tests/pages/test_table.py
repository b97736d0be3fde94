"""The model of the tables is whole: what columns hold, refer to and mean."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest

from mksite.language.languages import LANGUAGES as KNOWN
from mksite.pages.data.table import (
    KIND_OF,
    LANGUAGES,
    STANDARDS,
    TABLES,
    TEXTS,
    ColumnType,
    InvolvementRow,
    Row,
    TextRow,
    base,
    columns,
)

ALL: dict[str, type[Row]] = {**TABLES, TEXTS: TextRow, "": InvolvementRow}


def test_columns_are_those_of_every_site() -> None:
    """A text has a column for each language that a site may have."""
    assert tuple(KNOWN) == LANGUAGES


@pytest.mark.parametrize("table", ALL)
def test_every_column_says_what_it_holds(table: str) -> None:
    """A column's type and standard are known ones, and it refers to tables that have ids."""
    for column in columns(ALL[table]):
        assert column.holds.type in get_args(ColumnType)
        assert column.holds.standard in {"", *STANDARDS}
        for other in column.holds.tables:
            assert columns(TABLES[other])[0].holds.type == "id"
            assert other in KIND_OF


@pytest.mark.parametrize("table", ALL)
def test_texts_have_all_languages_or_none(table: str) -> None:
    """Columns of one text stand together, a language each, in the same order."""
    names = [column.name for column in columns(ALL[table])]
    for name in names:
        if base(name) != name:
            together = [f"{base(name)}_{lang}" for lang in LANGUAGES]
            first = names.index(together[0])
            assert names[first : first + len(together)] == together


@pytest.mark.parametrize("table", ALL)
def test_a_reference_to_several_tables_follows_its_kind(table: str) -> None:
    """Which of several tables an id is of is said by the column before it."""
    found = columns(ALL[table])
    for before, column in pairwise(found):
        if column.holds.type == "reference" and len(column.holds.tables) > 1:
            assert before.name == "kind"
            assert before.holds.codes == tuple(KIND_OF[other] for other in column.holds.tables)
