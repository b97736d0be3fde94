"""Says which files of the site have changed, a few milliseconds after they have.

watchfiles hears it from the system, and looks by itself where the system tells nothing.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import BaseFilter, Change, awatch

from mksite import face
from mksite.content import config
from mksite.source import source

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDERS = (source.CONTENT, *face.FOLDERS)
_STEP_MS = 5  # silence that ends a group of changes
_GROUP_MS = 400  # a longer group is told in parts
_ENDINGS = ("~", ".swp", ".swx", ".swo", ".tmp", ".part", ".bak", ".orig")
_BEGINNINGS = (".", "~$", "#")


class OfTheSite(BaseFilter):
    """Lets through what a page can depend on; what editors and systems leave is no part of it."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root = root

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change of this file is one of the site."""
        del change
        parts = os.path.relpath(path, self.root).replace(os.sep, "/").split("/")
        if parts[0] != config.FILE and parts[0] not in FOLDERS:
            return False
        return not any(part.startswith(_BEGINNINGS) or part.endswith(_ENDINGS) for part in parts)


def _folders(root: str) -> list[str]:
    """The folders of the site that are there."""
    return [str(place) for name in FOLDERS if (place := Path(root, name)).is_dir()]


async def watch(root: Path, changed: Callable[[set[str]], None]) -> None:
    """Tells the paths within the site folder that changed, again and again, until cancelled.

    A folder that appears or goes is watched from then on, or no more.
    """
    real = str(root.resolve())  # noqa: ASYNC240  the server waits for it

    def tell(changes: set[tuple[Change, str]]) -> set[str]:
        paths = {os.path.relpath(path, real).replace(os.sep, "/") for _, path in changes}
        if paths:
            changed(paths)
        return paths

    def look(*places: str, recursive: bool) -> object:
        return awatch(
            *places,
            watch_filter=OfTheSite(real),
            debounce=_GROUP_MS,
            step=_STEP_MS,
            recursive=recursive,
            ignore_permission_denied=True,
        )

    async def within() -> None:
        places = _folders(real)
        if not places:
            await asyncio.Event().wait()
        async for changes in look(*places, recursive=True):  # type: ignore[attr-defined]
            tell(changes)

    folders = asyncio.create_task(within())
    try:
        async for changes in look(real, recursive=False):  # type: ignore[attr-defined]
            if not tell(changes).isdisjoint(FOLDERS):
                folders.cancel()
                await asyncio.gather(folders, return_exceptions=True)
                folders = asyncio.create_task(within())
    finally:
        folders.cancel()
        await asyncio.gather(folders, return_exceptions=True)
