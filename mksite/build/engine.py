"""Digests the program itself: its files, and the versions of what it stands on."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def engine_digest() -> str:
    """Changes whenever a build by this program may give other bytes than before.

    Made of all files of the package, the names of the distributions on Python's path (which hold
    their versions), and Python's version. Costs a few milliseconds.
    """
    state = blake2b(digest_size=16)
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".pyo"):
            state.update(path.relative_to(package).as_posix().encode() + b"\0")
            state.update(path.read_bytes())
    state.update("\n".join(sorted(installed(sys.path))).encode())
    state.update(sys.version.encode())
    return state.hexdigest()


def installed(folders: Iterable[str]) -> set[str]:
    """The names of the distributions in these folders, each with its version."""
    names: set[str] = set()
    for folder in folders:
        with suppress(OSError), os.scandir(folder or ".") as entries:
            names.update(e.name for e in entries if e.name.endswith((".dist-info", ".egg-info")))
    return names
