"""`_headers`, which Netlify, Cloudflare Pages and others read. For nginx, Caddy and Apache the same
stands in docs/hosting.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.pages.policy import ENCLOSED, HEADERS, SANDBOX, UNCHANGING, WITH_ADMIN
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.pages.frame import Frame
    from mksite.view.page import Renderer

FILE = "_headers"


class HeadersView(View, frozen=True):
    """The path under which the site lives, and whether it has an editing page: that one loads
    more than others, and opens a window to sign in.
    """

    base: str
    has_admin: bool


def pages(catalogue: Catalogue, _frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The one file."""
    site = catalogue.site
    yield Page(
        FILE,
        HeadersView(site.base_path, site.admin is not None),
        site.default_language,
        producer=headers,
    )


def headers(view: HeadersView, _renderer: Renderer) -> bytes:
    """Rules by path: a path, then a header a line."""
    rules: list[tuple[str, tuple[tuple[str, str], ...]]] = [
        (f"{view.base}*", tuple((HEADERS | WITH_ADMIN if view.has_admin else HEADERS).items())),
        (f"{view.base}assets/*", (("Cache-Control", UNCHANGING),)),
    ]
    for suffix in ENCLOSED:
        enclosed = [("Content-Security-Policy", SANDBOX)]
        if suffix != "svg":
            enclosed.append(("Content-Disposition", "attachment"))
        if suffix == "svg":  # drawings of the site itself are shown in its pages
            rules.append((f"{view.base}releases/*.svg", tuple(enclosed)))
        else:
            rules.append((f"{view.base}*.{suffix}", tuple(enclosed)))
    lines = []
    for path, sent in rules:
        lines += [path, *(f"  {name}: {value}" for name, value in sent)]
    return "\n".join((*lines, "")).encode()
