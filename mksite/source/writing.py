"""Writes sources: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_all(texts: Mapping[Path, bytes]) -> None:
    """Each file has its new bytes; where they cannot all be stored, each keeps its own.

    They are on the disk, beside their files, before the first of these is replaced. Raises OSError.
    """
    made: list[tuple[Path, Path]] = []
    try:
        for path, data in texts.items():
            beside = path.with_name(f".{path.name}.new")
            made.append((beside, path))
            beside.write_bytes(data)
            beside.chmod(path.stat().st_mode & 0o777)
        for beside, path in made:
            beside.replace(path)
    finally:
        for beside, _ in made:
            beside.unlink(missing_ok=True)
