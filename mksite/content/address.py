"""Addresses: where a page lies in the output and how it is linked (DESIGN §5).

The default language is at the root, others under their code. Every page is a folder with
`index.html`. Links are root-relative and include the path under which the site lives.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mksite.content.model import FOLDERS, Kind

if TYPE_CHECKING:
    from mksite.content.config import Site


MAX_NAME_BYTES = 200  # of one part of a path: file systems take 255, and suffixes come on top
MAX_PATH_BYTES = 1_000
_PART = re.compile(r"[\w~%-][\w.,~%@+=!$&'()-]*")


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
    """The path of a page at an address that an editor gives in `aliases`.

    An address copied from a browser may be in percent-encoding: the folder is named by what that
    stands for, since a web server decodes an address before it looks for the file.
    """
    path = unicodedata.normalize("NFC", unquote(alias)).lstrip("/")
    return path if path.endswith((".html", "/")) else f"{path}/"


def is_path(path: str) -> bool:
    """Whether a path within the site can be a file's: plain parts, none of them too long."""
    parts = path.removesuffix("/").split("/")
    return len(path.encode()) <= MAX_PATH_BYTES and all(
        _PART.fullmatch(part) and len(part.encode()) <= MAX_NAME_BYTES for part in parts
    )


def output_path(path: str) -> str:
    """The output file of a page's path: `en/tags/` → `en/tags/index.html`."""
    return f"{path}index.html" if path.endswith("/") or not path else path
