"""favicon.ico, and site.webmanifest in each language: the site's sign in tabs and on phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.content.address import href, language_path
from mksite.pages.file import copy
from mksite.view.overview import FileCopy
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.pages.frame import Frame
    from mksite.source.asset import Asset

FAVICON = "favicon.ico"
MANIFEST = "site.webmanifest"
# The assets that a manifest names, with their sizes and types.
ICONS = {
    "emblem.svg": ("any", "image/svg+xml"),
    "icon-192.png": ("192x192", "image/png"),
}


class IconView(View, frozen=True):
    """A picture of the site's sign."""

    src: str
    sizes: str
    type: str


class ManifestView(View, frozen=True):
    """A web application manifest (W3C): what a phone shows of the site on its home screen."""

    lang: str
    name: str
    short_name: str
    description: str
    start_url: str
    scope: str
    icons: tuple[IconView, ...]


def pages(
    catalogue: Catalogue, frames: tuple[Frame, ...], assets: Iterable[Asset]
) -> Iterator[Page]:
    """/favicon.ico, which programs ask for unasked, where there is one, and the manifests."""
    by_name = {asset.name: asset for asset in assets}
    site = catalogue.site
    favicon = by_name.get(FAVICON)
    if favicon is not None:
        view = FileCopy(favicon.path, favicon.digest)
        yield Page(FAVICON, view, site.default_language, producer=copy, origins=(favicon.path,))
    icons = tuple(
        IconView(site.base_path + by_name[name].output, sizes, type_)
        for name, (sizes, type_) in ICONS.items()
        if name in by_name
    )
    for frame in frames:
        path = language_path(site, frame.lang) + MANIFEST
        yield Page(path, _manifest(frame, icons), frame.lang, producer=manifest)


def _manifest(frame: Frame, icons: tuple[IconView, ...]) -> ManifestView:
    site, lang = frame.site, frame.lang
    title = site.text(site.title, lang)[0]
    publisher = frame.catalogue.publisher
    short = frame.short(frame.catalogue.entities[publisher]) if publisher else ""
    return ManifestView(
        lang=lang,
        name=title,
        short_name=short or title,
        description=site.text(site.description, lang)[0],
        start_url=href(site, lang, ""),
        scope=site.base_path,
        icons=icons,
    )


def manifest(view: ManifestView, _renderer: object) -> bytes:
    """The manifest as JSON. `browser`: the site stays a page with its address shown."""
    members = msgspec.structs.asdict(view)
    members["icons"] = [msgspec.structs.asdict(picture) for picture in view.icons]
    members["display"] = "browser"
    return msgspec.json.format(msgspec.json.encode(members), indent=1) + b"\n"
