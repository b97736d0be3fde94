"""Addresses in a body: what an editor has typed, and what it means."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from mksite.content.model import KINDS

ENTITY = "entity:"
ATTACHMENT = "attachment:"

_CONTROLS = re.compile(r"[\t\n\r]")
_SPACES_AND_CONTROLS = "".join(map(chr, range(0x21)))
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)
_HOST = re.compile(r"www\.[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SOURCE = re.compile(r"(?:[^/]*/)*(?P<stem>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.[a-z]{2,3})?\.md(?:#.*)?")


def meant_address(address: str) -> str:
    """An address as a browser reads it (WHATWG URL): without spaces and control characters at its
    ends, tabs and line ends anywhere, and with forward slashes.
    """
    plain = _CONTROLS.sub("", address).strip(_SPACES_AND_CONTROLS)
    scheme = plain.partition(":")[0].lower()
    is_special = scheme in ("http", "https", "ftp", "ws", "wss") or ":" not in plain
    return plain.replace("\\", "/") if is_special else plain


def link_target(address: str) -> str:
    """Where a link leads: to a site or address as it stands, `entity:…` for a page of the archive,
    `attachment:…` for a file beside the text.

    `www.iom.int` and `a@b.kg` are what they look like; `../2013/x.md`, which GitHub's preview
    follows, is the page of that source.
    """
    target = meant_address(address)
    if not target or _ELSEWHERE.match(target):
        return target
    if _HOST.fullmatch(target):
        return f"https://{target}"
    if _MAIL.fullmatch(target):
        return f"mailto:{target}"
    source = _SOURCE.fullmatch(unquote(target))
    if source:
        folders = [part for part in unquote(target).split("/")[:-1] if part in KINDS]
        name = f"{folders[-1]}/{source['stem']}" if folders else source["stem"]
        return ENTITY + quote(name, safe="")
    return ATTACHMENT + quote(unquote(target), safe="/")


def picture_target(address: str) -> str:
    """Where a picture lies: elsewhere as it stands, or `attachment:…`."""
    target = meant_address(address)
    if not target or _ELSEWHERE.match(target):
        return target
    return ATTACHMENT + quote(unquote(target), safe="/")
