"""Keeps many small byte strings, by digest, in a few files of the cache folder (packs).

A pack is written once, by one process, and never changed; what it holds is found by the Slot that
was given for it. Bodies are kept this way.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from mksite.digest import digest_bytes
from mksite.errors import CacheDamaged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MOST = 24  # packs; more are made into one
_SLACK_BYTES = 1 << 20


class Slot(msgspec.Struct, frozen=True, array_like=True):
    """Where bytes lie: the number of their pack, offset and size."""

    pack: int
    offset: int
    size: int


class PackWriter:
    """Appends to a new pack of one process; the file is made with the first bytes."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder = folder
        self.number = number
        self.offset = 0
        self._file: int | None = None
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    def add(self, data: bytes) -> Slot:
        """Appends and gives the place."""
        place = Slot(self.number, self.offset, len(data))
        self.offset += len(data)
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if self._waiting_bytes > 1 << 20:
            self._flush()
        return place

    def close(self) -> None:
        """Everything is in the file."""
        if self._waiting:
            self._flush()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _flush(self) -> None:
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            self._file = os.open(_path(self.folder, self.number), flags, 0o644)
        rest = memoryview(b"".join(self._waiting))
        while rest:
            rest = rest[os.write(self._file, rest) :]
        self._waiting = []
        self._waiting_bytes = 0


class PackReader:
    """Bytes by digest, read from their packs when asked for."""

    def __init__(self, folder: Path, places: dict[str, Slot]) -> None:
        self.folder = folder
        self.places = places
        self._open: dict[int, int] = {}

    def data(self, digest: str) -> bytes:
        """The bytes with that digest. Raises CacheDamaged where they are not what they were."""
        place = self.places[digest]
        try:
            descriptor = self._open.get(place.pack)
            if descriptor is None:
                flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
                descriptor = os.open(_path(self.folder, place.pack), flags)
                self._open[place.pack] = descriptor
            data = _read_at(descriptor, place)
        except FileNotFoundError as error:
            raise CacheDamaged("cache-damaged") from error
        if digest_bytes(data) != digest:
            raise CacheDamaged("cache-damaged")
        return data

    def html(self, digest: str) -> str:
        """The body with that digest, or "" for the digest ""."""
        return self.data(digest).decode() if digest else ""

    def __getstate__(self) -> dict[str, object]:
        """Another process opens the packs itself."""
        return {"folder": self.folder, "places": self.places, "_open": {}}

    def close(self) -> None:
        """No pack is open."""
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()


def _read_at(descriptor: int, place: Slot) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, place.size, place.offset)
    os.lseek(descriptor, place.offset, os.SEEK_SET)
    return os.read(descriptor, place.size)


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number}.pack"


def next_number(folder: Path) -> int:
    """A pack number above all that are there, whoever made them."""
    if not folder.is_dir():
        return 0
    numbers = [int(path.stem) for path in folder.glob("*.pack") if path.stem.isdecimal()]
    return max(numbers, default=-1) + 1


def compacted(folder: Path, places: dict[str, Slot]) -> dict[str, Slot] | None:
    """The new places after all that lives was copied into one pack; None where that is not due:
    the packs are few, and hold no more dead bytes than living ones.
    """
    living: dict[int, int] = {}
    for place in places.values():
        living[place.pack] = living.get(place.pack, 0) + place.size
    stored = sum(_size(_path(folder, number)) for number in living)
    if len(living) <= _MOST and stored <= 2 * sum(living.values()) + _SLACK_BYTES:
        return None
    store = PackReader(folder, places)
    writer = PackWriter(folder, next_number(folder))
    moved = {digest: writer.add(store.data(digest)) for digest in places}
    writer.close()
    store.close()
    return moved


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def remove_dead(folder: Path, places: Iterable[Slot]) -> None:
    """Only packs that the places name are left."""
    living = {f"{place.pack}.pack" for place in places}
    if folder.is_dir() and not folder.is_symlink():
        for path in folder.glob("*.pack"):
            if path.name not in living and path.stem.isdecimal():
                path.unlink(missing_ok=True)
