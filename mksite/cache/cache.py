"""Loads and saves values in the site's cache folder `.mksite/`.

Everything in it can be made again: it is safe to delete and may be carried to another machine. A
file that is damaged or of another version is taken for missing.
"""

from __future__ import annotations

import os
import re
import zlib
from typing import TYPE_CHECKING, TypeVar

import msgspec

from mksite.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".mksite"
PICTURES = "pictures"
SEARCH = "search"
FOLDERS = ("bodies", "locale", "templates", "words", PICTURES, SEARCH)
VERSION = 3
_HALF_WRITTEN = re.compile(r"[\w.-]+\.\d+\.new")
_MADE = re.compile(
    r"records|mentions|links|closures|manifest-[0-9a-f]{12}|\d+\.pack|[\w-]+\.(?:cache|mo)|[\w.-]+\.\d+\.new"
)
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


def check_folder(root: Path) -> None:
    """Raises UsageError where the cache folder, or a folder in it, is a link or a file."""
    folder = root / FOLDER
    places = [folder]
    if folder.is_dir() and not folder.is_symlink():
        places += [folder / name for name in FOLDERS]
    for place in places:
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise UsageError("cache-not-a-folder", path=str(place))


def clear_leftovers(root: Path) -> None:
    """No half-written file of a killed build is left in the cache folder itself."""
    for path in _own_files(root / FOLDER, _HALF_WRITTEN):
        path.unlink(missing_ok=True)


def discard(root: Path) -> None:
    """The next build starts from nothing but the published files.

    Only files of our own making are removed. Left are the lock, which is held, and what was made
    of pictures and documents: each of those files checks itself.
    """
    folder = root / FOLDER
    for place in (folder, *(folder / name for name in FOLDERS if name != PICTURES)):
        for path in _own_files(place, _MADE):
            path.unlink(missing_ok=True)


def _own_files(folder: Path, names: re.Pattern[str]) -> list[Path]:
    """The files in a folder of the cache that have one of our names."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if names.fullmatch(path.name) and not path.is_dir()]
