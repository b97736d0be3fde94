"""Proves that a finished output holds nothing of what is hidden.

The words of hidden sources are looked for in every file of the output, whatever its form: pages
without their tags, compressed files and the parts of archives unpacked, PDFs as their text. Six
words in a row that no shown source has are a leak, and so is the address of a hidden page.
"""

from __future__ import annotations

import gzip
import html
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

IN_A_ROW = 6  # words: as many are not in two texts by chance
MAX_BYTES = 200_000_000  # of one file, unpacked
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"\[\[[^\[\]|\n]+\|")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_WORD = re.compile(r"\w+")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class Leak(msgspec.Struct, frozen=True, order=True):
    """A file of the output that holds words of a hidden source."""

    path: str
    source: str
    words: str


class Secrets:
    """What must not be in the output: rows of words, each with the source that has it."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, ...], str] = {}
        self.lengths: set[int] = set()

    def add(self, source: str, text: str) -> None:
        """The rows of a hidden text; a shorter text is one row, if it has two words at least."""
        for part in _ADDRESS.split(text):
            words = words_of(part)
            length = min(IN_A_ROW, len(words))
            if length > 1:
                self.lengths.add(length)
                for row in _rows(words, length):
                    self.rows.setdefault(row, source)

    def allow(self, text: str) -> None:
        """Takes out what stands in a text that is shown."""
        words = words_of(text)
        for length in self.lengths:
            for row in _rows(words, length):
                self.rows.pop(row, None)

    def allow_names(self, names: Iterable[Iterable[str]]) -> None:
        """Takes out rows that are only names of one entity: they say nothing of a release.
        `names` are those of each entity.
        """
        bearers: dict[str, set[int]] = {}
        for number, own in enumerate(names):
            for word in {word for name in own for word in words_of(name)}:
                bearers.setdefault(word, set()).add(number)
        for row in list(self.rows):
            if set.intersection(*(bearers.get(word, set()) for word in row)):
                del self.rows[row]

    def found_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Each hidden source with the first of its rows that stands in a text."""
        told: set[str] = set()
        readings = [words_of(text)]
        if "<" in text:  # what stands in attributes is said as well
            readings.append(words_of(text.replace("<", " ").replace(">", " ")))
        for words in readings:
            for length in sorted(self.lengths):
                for row in _rows(words, length):
                    source = self.rows.get(row)
                    if source is not None and source not in told:
                        told.add(source)
                        yield source, " ".join(row)


def words_of(text: str) -> list[str]:
    """The words of a text without tags, targets of links, entities and marks, in small letters."""
    plain = _LINK.sub("", text) if "[[" in text else text
    plain = html.unescape(_TAG.sub(" ", plain)).replace("\u00ad", "").replace("ё", "е")
    return _WORD.findall(plain.casefold().replace("_", " "))


def _rows(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - length + 1):
        yield tuple(words[at : at + length])


def audit(folder: Path, secrets: Secrets, addresses: dict[str, str]) -> list[Leak]:
    """Every leak in the files of a folder. `addresses` gives the source of a hidden address."""
    leaks: list[Leak] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        leaks += [
            Leak(name, source, address)
            for address, source in addresses.items()
            if f"/{name}".startswith(address)
        ]
        for text in _texts(path.name, path.read_bytes()):
            leaks += [Leak(name, source, words) for source, words in secrets.found_in(text)]
            leaks += [
                Leak(name, source, address)
                for address, source in addresses.items()
                if address in text
            ]
    return sorted(set(leaks))


def _texts(name: str, data: bytes, depth: int = 0) -> Iterator[str]:
    """The texts in a file, unpacked."""
    if data[:2] == b"\x1f\x8b":
        yield from _inner(name.removesuffix(".gz"), _gunzipped(data), depth)
    elif data[:4] == b"PK\x03\x04":
        yield from _of_archive(data, depth)
    elif data[:5] == b"%PDF-":
        yield _of_pdf(data)
    yield _decoded(data)
    if b"%D0" in data or b"%d0" in data:
        yield _decoded(unquote_to_bytes(data))


def _inner(name: str, data: bytes, depth: int) -> Iterator[str]:
    if data and depth < 3:  # noqa: PLR2004  a file within a file within a file
        yield from _texts(name, data, depth + 1)


def _decoded(data: bytes) -> str:
    """The letters of a file; those that JSON has as numbers are letters too."""
    text = data.decode("utf-8", "ignore")
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "\\u" in text else text


def _gunzipped(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            return packed.read(MAX_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""


def _of_archive(data: bytes, depth: int) -> Iterator[str]:
    """The parts of an archive or Office file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.file_size <= MAX_BYTES:
                    yield info.filename
                    yield from _inner(info.filename, archive.read(info), depth)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return


def _of_pdf(data: bytes) -> str:
    """The text of a PDF."""
    from pypdf import PdfReader  # noqa: PLC0415  only where there is a PDF
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except (PyPdfError, ValueError, KeyError, RecursionError):
        return ""
