"""Rows that no editor should write, and some that one might: for properties of all formats."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mksite.pages.data.table import TABLES, TEXTS, Column, Row, Tables, TextRow, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

HOSTILE = (
    "=1+1",
    "+996 312 00 00 00",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    "＝１＋１",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "\u200b=1",
    "\u202e=1",
    "\ufeff=1",
    "'",
    "'=1",
    "''",
    '"',
    '""',
    "a;b,c|d\te",
    'He said "no"\r\nand left',
    "line\nline\rline\u2028line\x85line",
    "\x00\x01\x07\x1b[31m",
    "]]>&amp;<b>",
    "👩\u200d👧 🇰🇬",
    "\u202bاختبار\u202c",
    "Ёлка, өмүр, үй, таң",
    "и\u0306",
    "ы" * 10_000,
    "NULL",
    "0042",
    "2013-03",
    "ID",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
IDS = tuple(f"id-{number}" for number in range(4))
DATES = ("", "2013-03", "2012?", "XXXX-03-06", "2013-03-26T09:30")
DAYS = ("", "0001-01-01", "2013-03-25", "9999-12-31")


class Maker:
    """Makes rows of a few given texts; what else is in them is chance."""

    def __init__(self, pool: list[str], seed: int) -> None:
        self.pool = ["", *pool]
        self.chance = Random(seed)  # noqa: S311  reproducible, not secret

    def value(self, column: Column) -> object:
        """What may stand in a column; references lead to `IDS`."""
        holds, chance = column.holds, self.chance
        if holds.type == "list":
            several = IDS if holds.tables else holds.codes or self.without_bar()
            return tuple(chance.sample(several, chance.randrange(min(3, len(several)) + 1)))
        values: dict[str, Sequence[Any]] = {
            "reference": IDS,
            "edtf": DATES,
            "day": DAYS,
            "year": (None, 1, 2013),
            "integer": (0, 1 << 40),
            "decimal": (None, -12.0464, 0.0, 1e-7),
        }
        return chance.choice(values.get(holds.type) or holds.codes or self.pool)

    def without_bar(self) -> tuple[str, ...]:
        """Texts for a list, whose items are divided by a bar."""
        return tuple(dict.fromkeys(text.replace("|", "/") for text in self.pool if text))

    def rows(self, kind: type[Row]) -> tuple[Row, ...]:
        """Four rows; where a kind has ids, each once, so that every reference leads somewhere."""
        first, *others = columns(kind)
        return tuple(
            kind(
                ident if first.holds.type == "id" else self.value(first),
                *(self.value(column) for column in others),
            )
            for ident in IDS
        )


# Texts and a seed: what hypothesis shows of a failure stays short.
Recipe = tuple[list[str], int]
recipes = st.tuples(st.lists(texts, min_size=1, max_size=6), st.integers(0, 1 << 16))


def tables_of(recipe: Recipe) -> Tables:
    """All tables."""
    maker = Maker(*recipe)
    made: Any = {name: maker.rows(kind) for name, kind in TABLES.items()}
    return Tables(**made)


def texts_of(recipe: Recipe) -> tuple[Row, ...]:
    """The table of the texts."""
    return Maker(*recipe).rows(TextRow)


def all_of(found: Tables, more: tuple[Row, ...] = ()) -> list[tuple[str, tuple[Row, ...]]]:
    """The tables by name, that of the texts last."""
    return [*((name, getattr(found, name)) for name in TABLES), (TEXTS, more)]
