"""The site's cache folder `.mksite/`: parsed records and what was published.

Everything in it can be made again: it is safe to delete and may be carried to another machine. A
file that is damaged or of another version is taken for missing.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import TypeVar

import msgspec

from mksite.cache.pack import Place
from mksite.record.record import Record
from mksite.source.source import Stat

FOLDER = ".mksite"
PICTURES = "pictures"
VERSION = 2
T = TypeVar("T")


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A parsed source: its digest and stat, its encoded Record, and its body's place."""

    path: str
    digest: str
    stat: Stat
    record: msgspec.Raw
    body_digest: str
    place: Place


class FileEntry(msgspec.Struct, frozen=True, array_like=True):
    """An attachment or asset whose digest is known."""

    path: str
    digest: str
    stat: Stat


class Parsed(msgspec.Struct, frozen=True, array_like=True):
    """What the last build knew of the sources. `key` is the digest of what parsing rests on."""

    key: str
    entries: tuple[Entry, ...] = ()
    files: tuple[FileEntry, ...] = ()

    def places(self) -> dict[str, Place]:
        """Where the bodies lie, by their digest."""
        return {entry.body_digest: entry.place for entry in self.entries if entry.body_digest}


def read_record(raw: msgspec.Raw) -> Record:
    """The Record of an Entry."""
    return _RECORD.decode(raw)


def encode_record(record: Record) -> bytes:
    """The compact typed form of a Record."""
    return _ENCODER.encode(record)


_RECORD = msgspec.msgpack.Decoder(Record)
_ENCODER = msgspec.msgpack.Encoder()


def load(path: Path, model: type[T]) -> T | None:
    """The value in a cache file, or None where it is missing, damaged or of another version."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    head, _, payload = data.partition(b"\n")
    if head != _header(payload):
        return None
    try:
        return msgspec.msgpack.decode(payload, type=model)
    except msgspec.DecodeError:
        return None


def save(path: Path, value: object) -> None:
    """The cache file is replaced whole."""
    payload = _ENCODER.encode(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    with temporary.open("wb") as file:
        file.write(_header(payload) + b"\n")
        file.write(payload)
    temporary.replace(path)


def _header(payload: bytes) -> bytes:
    return b"mksite %d %08x" % (VERSION, zlib.crc32(payload))


def clear_leftovers(folder: Path) -> None:
    """No half-written file of a killed build is left."""
    for found in folder.glob("*.new"):
        found.unlink(missing_ok=True)


def discard(root: Path) -> None:
    """The next build starts from nothing but the published files. Left are the lock, which is held,
    and what was made of pictures and documents: each of those files checks itself.
    """
    for place, folders, files in os.walk(root / FOLDER):
        folders[:] = [name for name in folders if name != PICTURES]
        for name in files:
            if name != "lock":
                (Path(place) / name).unlink(missing_ok=True)
