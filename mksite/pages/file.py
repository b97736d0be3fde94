"""Files published as they are: the assets, and what lies beside releases and other sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mksite.address import entity_path
from mksite.asset import Asset
from mksite.catalogue import Catalogue
from mksite.page import Page
from mksite.view import FileCopy

if TYPE_CHECKING:
    from mksite.render import Renderer


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The attachments of everything that has a page."""
    lang = catalogue.site.default_language
    shown = {
        *(("release", ident) for ident in catalogue.releases),
        *(("page", ident) for ident in catalogue.pages),
        *catalogue.entities,
    }
    for key, files in catalogue.attachments.items():
        if key in shown:
            for name, attachment in files.items():
                view = FileCopy(attachment.path, attachment.digest)
                path = entity_path(*key) + name
                yield Page(path, view, lang, producer=copy, origins=(attachment.path,))


def assets(found: Iterable[Asset], lang: str) -> Iterator[Page]:
    """The assets under their fingerprinted names."""
    for asset in found:
        view = FileCopy(asset.path, asset.digest)
        yield Page(asset.output, view, lang, producer=copy, origins=(asset.path,))


def copy(view: FileCopy, renderer: Renderer) -> bytes:
    """The bytes of the file."""
    return renderer.file(view.path)
