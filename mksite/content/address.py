"""Addresses: where a page lies in the output and how it is linked (DESIGN §5).

The default language is at the root, others under their code. Every page is a folder with
`index.html`. Links are root-relative and include the path under which the site lives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from mksite.content.model import FOLDERS, Kind

if TYPE_CHECKING:
    from mksite.content.config import Site


def language_path(site: Site, lang: str) -> str:
    """`""` for the default language, `"en/"` for another."""
    return "" if lang == site.languages[0] else f"{lang}/"


def page_path(site: Site, lang: str, path: str) -> str:
    """The address within the site of a page given by its language-less path."""
    return language_path(site, lang) + path


def entity_path(kind: Kind, ident: str) -> str:
    """The language-less path of an entity, release or static page: `organizations/iom/`."""
    return f"{ident}/" if kind == "page" else f"{FOLDERS[kind]}/{ident}/"


def href(site: Site, lang: str, path: str) -> str:
    """The root-relative link to a page given by its language-less path."""
    return site.base_path + page_path(site, lang, path)


def file_href(site: Site, path: str) -> str:
    """The root-relative link to a file of the output."""
    return site.base_path + quote(path)


def absolute(site: Site, path: str) -> str:
    """The whole address of a path within the site."""
    return f"{site.url.rstrip('/')}/{path}"


def former_path(alias: str) -> str:
    """The path of a page at an address that an editor gives in `aliases`."""
    path = alias.lstrip("/")
    return path if path.endswith((".html", "/")) else f"{path}/"


def output_path(path: str) -> str:
    """The output file of a page's path: `en/tags/` → `en/tags/index.html`."""
    return f"{path}index.html" if path.endswith("/") or not path else path
