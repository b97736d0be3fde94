"""The site's cache folder `.mksite/`: parsed records, bodies, and what was published.

Everything in it can be made again: it is safe to delete and may be carried to another machine. A
file that is damaged or of another version is taken for missing.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from mksite.errors import CacheDamaged
from mksite.record import Record
from mksite.source import Stat, digest_bytes

FOLDER = ".mksite"
VERSION = 1
T = TypeVar("T")

_MAX_PACKS = 24


class BodyPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where a body's HTML lies: the number of its pack, offset and size in bytes."""

    pack: int
    offset: int
    size: int


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A parsed source: its digest and stat, its encoded Record, and its body's place."""

    path: str
    digest: str
    stat: Stat
    record: msgspec.Raw
    body_digest: str
    place: BodyPlace


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
    temporary = path.with_name(f"{path.name}.new")
    with open(temporary, "wb") as file:
        file.write(_header(payload) + b"\n")
        file.write(payload)
    os.replace(temporary, path)


def _header(payload: bytes) -> bytes:
    return b"mksite %d %08x" % (VERSION, zlib.crc32(payload))


class PackWriter:
    """Appends bodies to a new pack file of one process."""

    def __init__(self, folder: Path, number: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.number = number
        self.offset = 0
        self._file = open(pack_path(folder, number), "wb", buffering=1 << 20)  # noqa: SIM115

    def add(self, html: str) -> BodyPlace:
        """Appends a body and gives its place."""
        data = html.encode()
        self._file.write(data)
        place = BodyPlace(self.number, self.offset, len(data))
        self.offset += len(data)
        return place

    def close(self) -> None:
        """Everything is in the file."""
        self._file.close()


def pack_path(folder: Path, number: int) -> Path:
    """The file of a pack."""
    return folder / f"{number}.pack"


class Bodies:
    """Bodies by digest, read from their packs when asked for."""

    def __init__(self, folder: Path, places: dict[str, BodyPlace]) -> None:
        self.folder = folder
        self.places = places
        self._open: dict[int, int] = {}

    def html(self, digest: str) -> str:
        """The body with that digest, or "" for the digest "". Raises CacheDamaged."""
        if not digest:
            return ""
        place = self.places[digest]
        try:
            descriptor = self._open.get(place.pack)
            if descriptor is None:
                flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
                descriptor = os.open(pack_path(self.folder, place.pack), flags)
                self._open[place.pack] = descriptor
            data = _read_at(descriptor, place)
        except FileNotFoundError as error:
            raise CacheDamaged("cache-damaged") from error
        if digest_bytes(data) != digest:
            raise CacheDamaged("cache-damaged")
        return data.decode()

    def __getstate__(self) -> dict[str, object]:
        """Another process opens the packs itself."""
        return {"folder": self.folder, "places": self.places, "_open": {}}

    def close(self) -> None:
        """No pack is open."""
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()


def _read_at(descriptor: int, place: BodyPlace) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, place.size, place.offset)
    os.lseek(descriptor, place.offset, os.SEEK_SET)
    return os.read(descriptor, place.size)


def next_pack(folder: Path) -> int:
    """A pack number above all that are there, whoever made them."""
    if not folder.is_dir():
        return 0
    numbers = [int(found.stem) for found in folder.glob("*.pack") if found.stem.isdecimal()]
    return max(numbers, default=-1) + 1


def needs_compacting(folder: Path, entries: Iterable[Entry]) -> bool:
    """Whether the packs are many, or hold more dead bytes than living ones."""
    living: dict[int, int] = {}
    for entry in entries:
        if entry.place.size:
            living[entry.place.pack] = living.get(entry.place.pack, 0) + entry.place.size
    if len(living) > _MAX_PACKS:
        return True
    stored = sum(_size(pack_path(folder, number)) for number in living)
    return stored > 2 * sum(living.values()) + (1 << 20)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def compact(folder: Path, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries with all their bodies in one new pack."""
    bodies = Bodies(folder, {entry.body_digest: entry.place for entry in entries})
    writer = PackWriter(folder, next_pack(folder))
    moved = []
    places: dict[str, BodyPlace] = {}
    for entry in entries:
        place = entry.place
        if entry.body_digest:
            known = places.get(entry.body_digest)
            place = known or writer.add(bodies.html(entry.body_digest))
            places[entry.body_digest] = place
        moved.append(msgspec.structs.replace(entry, place=place))
    writer.close()
    bodies.close()
    return tuple(moved)


def remove_dead_packs(folder: Path, entries: Iterable[Entry]) -> None:
    """Only packs that entries name are left."""
    living = {f"{entry.place.pack}.pack" for entry in entries if entry.place.size}
    if folder.is_dir():
        for found in folder.iterdir():
            if found.name not in living:
                found.unlink(missing_ok=True)
