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
from mksite.source.source import Stat, stat_of

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "assets"
_NAMED = re.compile(r"""url\(\s*["']?(?P<url>[^"')?#]+)|["'](?P<text>[^"'\s]+)["']""")


class Asset(msgspec.Struct, frozen=True):
    """A file of assets/: `name` is its path within the folder."""

    name: str
    path: str
    digest: str
    stat: Stat

    @property
    def output(self) -> str:
        """Where it is published: `assets/site.1a2b3c4d5e.css`, so that it may be kept for ever."""
        stem, dot, suffix = self.name.rpartition(".")
        if not dot:
            return f"{FOLDER}/{self.name}.{self.digest[:10]}"
        return f"{FOLDER}/{stem}.{self.digest[:10]}.{suffix}"


def unused(root: Path, assets: tuple[Asset, ...], in_templates: Iterable[str]) -> list[Problem]:
    """A warning for each asset that no template, style sheet or script names."""
    named = set(in_templates)
    for asset in assets:
        if asset.name.endswith((".css", ".js")):
            text = (root / asset.path).read_text("utf-8", "replace")
            folder = posixpath.dirname(asset.name)
            for match in _NAMED.finditer(text):
                named.add(posixpath.normpath(posixpath.join(folder, match["url"] or match["text"])))
    return [
        Problem(asset.path, 1, 1, "unused-asset", severity="warning")
        for asset in assets
        if asset.name not in named
    ]


def read(root: Path) -> tuple[Asset, ...]:
    """All assets by name; hidden files and links are left out."""
    folder = root / FOLDER
    assets = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            path = Path(place) / file
            if not file.startswith(".") and path.is_file() and not path.is_symlink():
                name = path.relative_to(folder).as_posix()
                assets.append(
                    Asset(name, f"{FOLDER}/{name}", file_digest(path), stat_of(path.stat()))
                )
    return tuple(sorted(assets, key=lambda asset: asset.name))
