"""The assets, published as they are under their fingerprinted names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.view.overview import FileCopy
from mksite.view.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.source.asset import Asset
    from mksite.view.page import Renderer


def assets(files: Iterable[Asset], lang: str) -> Iterator[Page]:
    """The assets under their fingerprinted names."""
    for asset in files:
        view = FileCopy(asset.path, asset.digest)
        yield Page(asset.output, view, lang, producer=copy, origins=(asset.path,))


def copy(view: FileCopy, renderer: Renderer) -> bytes:
    """The bytes of the file."""
    return renderer.file(view.path)
