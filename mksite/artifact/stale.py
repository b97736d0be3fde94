"""Decides which pages are stale.

A page is rendered again when the digest of its View, of its template's closure or of the engine
differs from the one in the manifest, or when its output is missing or touched (DESIGN §3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from mksite.digest import digest_bytes
from mksite.view.page import maker_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.artifact.manifest import ManifestEntry
    from mksite.artifact.output import Output
    from mksite.render.closure import Templates
    from mksite.source.asset import Asset
    from mksite.view.page import Page
    from mksite.view.setting import Setting

Reason = Literal["new", "view", "template", "engine", "output"]


class TemplateDigests:
    """For each page the digest of all that it rests on besides its View: its maker, the closure
    of its template with the assets named there, and the site's own View.
    """

    def __init__(self, templates: Templates, assets: Iterable[Asset], setting: Setting) -> None:
        self._templates = templates
        self._assets = {asset.name: asset.digest for asset in assets}
        encode = msgspec.msgpack.encode
        self._sites = {lang: digest_bytes(encode(view)) for lang, view in setting.sites.items()}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, page: Page) -> str:
        """The digest for a Page."""
        key = (maker_of(page), page.lang)
        digest = self._known.get(key)
        if digest is None:
            text = f"{key[0]} {self._sites[page.lang]}"
            if page.template:
                text += self._templates.closure(page.template, self._assets, page.lang)
            digest = self._known[key] = digest_bytes(text.encode())
        return digest


def reason(
    path: str, last: ManifestEntry | None, now: ManifestEntry, output: Output, *, same_engine: bool
) -> Reason | None:
    """Why a page is to be rendered; None where it stands as it should.

    `last` is what the last build recorded, `now` holds the digests of this one. `same_engine` says
    that the last build was by this very program.
    """
    if last is None:
        return "new"
    if not same_engine:
        return "engine"
    if last.template_digest != now.template_digest:
        return "template"
    if last.view_digest != now.view_digest:
        return "view"
    return None if last.is_intact(path, output) else "output"
