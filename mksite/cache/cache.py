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

FOLDER = ".mksite"
PICTURES = "pictures"
VERSION = 2
T = TypeVar("T")


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
