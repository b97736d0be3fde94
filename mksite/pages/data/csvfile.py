"""Writes and reads rows as CSV that opens right in a spreadsheet; no I/O here.

RFC 4180 with a header, in UTF-8 behind a byte order mark: without it Excel takes Cyrillic for
another encoding. Excel divides by the list separator of its own system, a semicolon where the
decimal mark is a comma, so the separator is the site's choice (`delimiter`). A first line `sep=`
would help only Excel, make it ignore the mark, and be data to everyone else.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, and so does one
that begins with an apostrophe: who reads a file takes one leading apostrophe off (`restored`) and
has every text as it was. Numbers are written as numbers and never marked.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec

from mksite.language.languages import LANGUAGES
from mksite.pages.data.table import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.pages.data.table import Row

BOM = "\ufeff"
LIST_SEPARATOR = "|"
_MARK = "'"
# OWASP, “CSV Injection”: these begin a formula, the full-width ones in East Asian locales.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def delimiter(lang: str) -> str:
    """What divides cells for the readers of a site whose first language this is."""
    language = LANGUAGES.get(lang)
    return ";" if language is not None and language.decimal_comma else ","


def encode(rows: Iterable[Row], kind: type[Row], separator: str) -> bytes:
    """The file of one table."""
    return encode_joined(((row,) for row in rows), (kind,), separator)


def encode_joined(
    rows: Iterable[tuple[Row, ...]], kinds: tuple[type[Row], ...], separator: str
) -> bytes:
    """A file whose lines are several rows side by side."""
    buffer = io.StringIO()
    buffer.write(BOM)
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow([column.name for kind in kinds for column in columns(kind)])
    astuple = msgspec.structs.astuple
    texts = _Cells()
    for parts in rows:
        writer.writerow(
            [
                texts[value] if value.__class__ is str else _cell(value)
                for part in parts
                for value in astuple(part)
            ]
        )
    return buffer.getvalue().encode()


class _Cells(dict[str, object]):
    """The cells of texts, each made once: ids and empty texts are most of a table."""

    def __missing__(self, text: str) -> object:
        cell = self[text] = _cell(text)
        return cell


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        value = LIST_SEPARATOR.join([_escaped(item) for item in value])
    return _MARK + value if isinstance(value, str) and is_marked(value) else value


def _escaped(item: str) -> str:
    """An item of a list without the character that divides items."""
    return item.replace("%", "%25").replace("|", "%7C") if "|" in item else item


def is_marked(text: str) -> bool:
    """Whether a text gets an apostrophe.

    It does where a spreadsheet may take it for a formula, be it behind spaces or characters that
    cannot be seen; and where it begins with an apostrophe of its own.
    """
    first = text[:1]
    if first in _FORMULA:
        return bool(first)
    if first == _MARK:
        return True
    if first.isalnum() or (first.isprintable() and not first.isspace()):
        return False
    seen = next((char for char in text if char.isprintable() and not char.isspace()), "")
    return seen in _FORMULA and bool(seen)


def restored(cell: str) -> str:
    """The text of a cell as it was before it was marked."""
    return cell.removeprefix(_MARK)


def decode(data: bytes, separator: str) -> Iterator[dict[str, str]]:
    """The rows of a file as texts by column, their marks taken off; strict."""
    text = data.decode().removeprefix(BOM)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for row in reader:
        yield {name: restored(cell) for name, cell in row.items()}
