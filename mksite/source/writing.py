"""Writes sources: all of them, or none; never through a link, which may lead anywhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mksite.errors import UsageError

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
            beside = path.with_name(f".{path.name}.{os.getpid()}.new")
            with beside.open("xb") as opened:  # never a file, or a link, that was there
                made.append((beside, path))
                opened.write(data)
            beside.chmod(path.stat().st_mode & 0o777)
        for beside, path in made:
            beside.replace(path)
    finally:
        for beside, _ in made:
            beside.unlink(missing_ok=True)


def write_new(root: Path, files: Mapping[Path, bytes]) -> None:
    """The files are new ones of the site in the folder `root`; where they cannot all be stored,
    none is. Raises UsageError for a link on the way, OSError, FileExistsError too.
    """
    made: list[Path] = []
    try:
        for path, data in files.items():
            check_inside(root, path)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as opened:
                made.append(path)
                opened.write(data)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def check_inside(root: Path, path: Path) -> None:
    """Raises UsageError where a file of the site is a link, or in a folder that is one."""
    within = path.relative_to(root)
    for place in (within, *within.parents[:-1]):
        if (root / place).is_symlink():
            raise UsageError("symbolic-link", name=str(place))
