"""Reads assets/: files that are published under a name that holds their digest.

A folder `NAME.js` is a script in parts: it is published as one file, a request less for each part.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mksite.content.problem import Problem
from mksite.digest import digest_bytes, file_digest
from mksite.face import ASSETS, find, layers
from mksite.source.source import Stat, stat_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PARTED = ".js"
"""The ending of a folder that is published as one file."""

_NAMED = re.compile(r"""url\(\s*["']?(?P<url>[^"')?#]+)|["'](?P<text>[^"'\s]+)["']""")


class Asset(msgspec.Struct, frozen=True):
    """A file of assets/: `name` is its path within the folder. One that is not `own` is of the
    face that mksite brings.
    """

    name: str
    path: str
    digest: str
    stat: Stat
    own: bool = True

    @property
    def output(self) -> str:
        """Where it is published: `assets/site.1a2b3c4d5e.css`, so that it may be kept for ever."""
        stem, dot, suffix = self.name.rpartition(".")
        if not dot:
            return f"{ASSETS}/{self.name}.{self.digest[:10]}"
        return f"{ASSETS}/{stem}.{self.digest[:10]}.{suffix}"


def unused(used: set[str], assets: Iterable[Asset]) -> list[Problem]:
    """A warning for each asset that nothing names."""
    return [
        Problem(asset.path, 1, 1, "unused-asset", severity="warning")
        for asset in assets
        if asset.name not in used
    ]


def named(
    assets: Iterable[Asset], in_templates: Iterable[str], root: Path, face: Path | None = None
) -> set[str]:
    """The names of the assets that a template, a style sheet or a script names."""
    names = set(in_templates)
    for asset in assets:
        if asset.name.endswith((".css", ".js")):
            text = content(find(asset.path, root, face)).decode("utf-8", "replace")
            folder = posixpath.dirname(asset.name)
            for match in _NAMED.finditer(text):
                names.add(posixpath.normpath(posixpath.join(folder, match["url"] or match["text"])))
    return names


def read(root: Path, face: Path | None = None) -> tuple[Asset, ...]:
    """All assets by name; those of `face` stand where the site has none of that name.

    Hidden files and links are left out.
    """
    files = {
        name: (path, place == root)
        for place in reversed(layers(root, face))
        for name, path in _within(place / ASSETS)
    }
    return tuple(_asset(name, path, own=own) for name, (path, own) in sorted(files.items()))


def content(path: Path) -> bytes:
    """The bytes of an asset: of a script in parts those of its files by name, one after another."""
    return b"".join([part.read_bytes() for part in _parts(path)])


def _parts(path: Path) -> list[Path]:
    """The files that an asset is put together from: itself, or those in its folder."""
    if not path.is_dir():
        return [path]
    inside = [part for part in path.iterdir() if part.suffix == PARTED]
    return sorted(part for part in inside if part.is_file() and not part.is_symlink())


def _within(top: Path) -> Iterator[tuple[str, Path]]:
    """The files of assets in a folder, by name, and the folders that are scripts in parts."""
    for place, folders, files in os.walk(top):
        parted = [name for name in folders if name.endswith(PARTED)]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in parted]
        for name in (*parted, *files):
            path = Path(place) / name
            is_ours = not name.startswith(".") and not path.is_symlink()
            if is_ours and (path.is_file() or path.is_dir()):
                yield path.relative_to(top).as_posix(), path


def _asset(name: str, path: Path, *, own: bool) -> Asset:
    """One asset. A script in parts has the newest time of its files."""
    newest = max((part.stat() for part in _parts(path)), key=lambda s: s.st_mtime_ns, default=None)
    digest = digest_bytes(content(path)) if path.is_dir() else file_digest(path)
    return Asset(name, f"{ASSETS}/{name}", digest, stat_of(newest or path.stat()), own)
