"""The editing page under /admin/, where site.yaml has a section `admin`: Sveltia CMS.

Its script is a file of the npm package `@sveltia/cms` that the site's editors put into assets/;
only the very file that `DIGEST` tells is published. It comes with the site, asks the host of the
repository for the sources, and brings its own words and letters from unpkg.com and jsdelivr.net.
Nothing of it is on a page for readers.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

import msgspec

from mksite.content.address import file_href
from mksite.content.config import Admin
from mksite.content.problem import fault
from mksite.pages.admin.config import collections
from mksite.source.source import CONTENT
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.content.config import Site
    from mksite.content.problem import Fault
    from mksite.source.asset import Asset
    from mksite.view.page import Renderer

SCRIPT = "sveltia-cms.js"  # in assets/
PACKAGE = "@sveltia/cms"
VERSION = "0.221.1"
DIGEST = "ae8b8c1ed2177c358c0fcb12ea2e27e5"  # of dist/sveltia-cms.js in the package
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: https:; media-src 'self' data: blob: https:; "
    "font-src 'self' data: https://cdn.jsdelivr.net; connect-src 'self' data: blob: https:; "
    "worker-src 'self' blob:; frame-src blob:; form-action 'self'; base-uri 'none'"
)


class AdminView(View, frozen=True):
    """admin/: the page; `script` is the address of its script, `path` that of the file."""

    lang: str
    title: str
    script: str
    path: str
    digest: str


class ConfigView(View, frozen=True):
    """admin/config.json."""

    admin: Admin
    languages: tuple[str, ...]


def pages(catalogue: Catalogue, assets: Iterable[Asset]) -> Iterator[Page]:
    """The page and its configuration, where the site has an editing page."""
    site, script = catalogue.site, script_of(assets)
    if site.admin is None or script is None:
        return
    lang = site.default_language
    title = site.text(site.title, lang)[0]
    href = file_href(site, script.output)
    view = AdminView(lang, title, href, script.path, script.digest)
    yield Page("admin/index.html", view, lang, producer=page)
    settings = ConfigView(site.admin, site.languages)
    yield Page("admin/config.json", settings, lang, producer=configuration)


def script_of(assets: Iterable[Asset]) -> Asset | None:
    """The script among the assets, where it is the one that it should be."""
    return next((one for one in assets if one.name == SCRIPT and one.digest == DIGEST), None)


def missing(site: Site, assets: Iterable[Asset]) -> Iterator[Fault]:
    """The fault of a site that wants an editing page and has not got its script."""
    if site.admin is not None and script_of(assets) is None:
        archive = f"{PACKAGE.removeprefix('@').replace('/', '-')}-{VERSION}.tgz"
        yield fault(
            "admin-script", ("admin",), at="key", package=f"{PACKAGE}@{VERSION}", name=archive
        )


def page(view: AdminView, renderer: Renderer) -> bytes:
    """The page: nothing but the script."""
    sum_ = base64.b64encode(hashlib.sha384(renderer.file(view.path)).digest()).decode()
    return f"""<!doctype html>
<html lang="{view.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>{escape(view.title)}</title>
<link rel="cms-config-url" type="application/json" href="config.json">
</head>
<body>
<script src="{escape(view.script)}" integrity="sha384-{sum_}"></script>
</body>
</html>
""".encode()


def configuration(view: ConfigView, _renderer: object) -> bytes:
    """The configuration as JSON."""
    admin, languages = view.admin, view.languages
    known = {"name": admin.backend, "repo": admin.repo, "branch": admin.branch}
    known["base_url"] = admin.base_url
    made = {
        "backend": {name: value for name, value in known.items() if value},
        "media_folder": CONTENT,
        "public_folder": "",
        "i18n": {
            "structure": "multiple_files",
            "locales": list(languages),
            "default_locale": languages[0],
            "initial_locales": [languages[0]],
            "omit_default_locale_from_file_path": True,
        },
        "output": {"omit_empty_optional_fields": True},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": collections(languages, languages[0]),
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=1)
