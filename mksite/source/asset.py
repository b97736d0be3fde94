"""Reads assets/: files that are published under a name that holds their digest."""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mksite.content.problem import Problem
from mksite.digest import file_digest
from mksite.face import ASSETS, find, layers
from mksite.source.source import Stat, stat_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
            text = find(asset.path, root, face).read_text("utf-8", "replace")
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


def _within(top: Path) -> Iterator[tuple[str, Path]]:
    """The files of assets in a folder, by name."""
    for place, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            path = Path(place) / file
            if not file.startswith(".") and path.is_file() and not path.is_symlink():
                yield path.relative_to(top).as_posix(), path


def _asset(name: str, path: Path, *, own: bool) -> Asset:
    return Asset(name, f"{ASSETS}/{name}", file_digest(path), stat_of(path.stat()), own)
