"""What rendering needs besides the Pages, as one value that can be handed to a process."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mksite.view.part import SiteView


class Setting(msgspec.Struct, frozen=True):
    """`sites` are the site's Views by language, `assets` addresses by name, `catalogues` digests
    of the interface catalogues by language. `root` is the site folder, `cache` its cache,
    `engine` the digest of the program, `face` the folder with the templates and assets of which a
    site need not have its own.
    """

    root: Path
    cache: Path
    sites: dict[str, SiteView]
    assets: dict[str, str]
    catalogues: dict[str, str]
    engine: str
    face: Path | None = None
