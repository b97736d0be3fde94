"""Writes an SVG anew with only what draws: nothing runs, loads or names its author. No I/O here.

Opened by itself an SVG is a page of the site and its scripts would run there. Only elements of
SVG 2 that draw are kept, with attributes that neither run nor load; what drawing programs add for
themselves (file names with the user's name in them) lies in other namespaces and goes.
"""

from __future__ import annotations

import base64
import binascii
import re
from xml.etree import ElementTree as ET

import msgspec

from mksite.attachment.embedded import strip
from mksite.attachment.picture import Unclean

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "image",
        "marker",
        "clipPath",
        "mask",
        "pattern",
        "linearGradient",
        "radialGradient",
        "stop",
        "filter",
        "switch",
        "style",
        "a",
        "view",
        "animate",
        "animateTransform",
        "animateMotion",
        "mpath",
    ]
)
_EFFECT = re.compile(r"fe[A-Z][A-Za-z]*")
_ACTIVE = re.compile(
    r"javascript:|vbscript:|(?:expression|image-set|\bsrc)\s*+\(|\\", re.IGNORECASE
)
_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
_URL = re.compile(
    # What the text leaves open a browser closes at its end.
    r"""url\(\s*+(?!["']?+\s*+#)(?!["']?+data:(?:font|application/font))[^)]*+(?:\)|\Z)""",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_LINK = re.compile(r"https?://|#|/(?!/)|[a-z0-9]", re.IGNORECASE)
_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class _Keeping(msgspec.Struct, frozen=True):
    """An element that is kept and its name."""

    element: ET.Element
    name: str


MAX_BYTES = 5_000_000  # a drawing is text: what is larger holds a photograph, or nobody's hand


def clean(data: bytes) -> bytes:
    """The drawing alone. Raises Unclean where the bytes are no SVG."""
    if len(data) > MAX_BYTES:
        raise Unclean("drawing-too-large", limit=str(MAX_BYTES // 1_000_000))
    try:
        root = ET.fromstring(data)  # noqa: S314  expat ≥ 2.4.1 stops entity bombs, and loads none
    except (ET.ParseError, ValueError, LookupError, RecursionError):
        raise Unclean("picture-unreadable") from None
    if _name(root) != "svg":
        raise Unclean("picture-unreadable")
    made = _made(_Keeping(root, "svg"))
    made.set("xmlns", _SVG)
    try:
        return bytes(ET.tostring(made, encoding="utf-8", xml_declaration=False))
    except RecursionError:  # the library writes elements within elements that way
        raise Unclean("picture-unreadable") from None


def _name(element: ET.Element) -> str:
    """The name of an element of SVG, or ""; a drawing without any namespace is taken for SVG."""
    space, _, name = str(element.tag).rpartition("}")
    return name if space in ("", "{" + _SVG) else ""


def _made(keeping: _Keeping) -> ET.Element:
    """The element and what draws within it, without recursion: drawings may be nested deeply."""
    top = _copy(keeping)
    todo = [(keeping.element, top)]
    while todo:
        source, target = todo.pop()
        for child in source:
            name = _name(child)
            if name not in _ELEMENTS and not _EFFECT.fullmatch(name):
                _append_text(target, child.tail)
                continue
            if name.startswith("animate") and "href" in child.get("attributeName", ""):
                continue
            copied = _copy(_Keeping(child, name))
            copied.tail = child.tail
            target.append(copied)
            todo.append((child, copied))
    return top


def _append_text(element: ET.Element, text: str | None) -> None:
    """What stood behind an element that is left out."""
    if text and text.strip():
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text


def _copy(keeping: _Keeping) -> ET.Element:
    element = keeping.element
    copied = ET.Element(keeping.name)
    copied.text = _style(element.text or "") if keeping.name == "style" else element.text
    for key, value in element.items():
        if key in ("href", _XLINK):
            # Browsers read an address as if no space, tab or line's end stood within it.
            target = _target("".join(value.split()), keeping.name)
            if target:
                copied.set("href", target)
        elif key in (_XML + "lang", _XML + "space"):
            copied.set(key, value)
        elif "}" not in key and not key.lower().startswith(("on", "data-")) and key != "xmlns":
            styled = _style(value)
            if styled:
                copied.set(key, styled)
    return copied


def _style(text: str) -> str:
    """CSS or another value that loads nothing; "" where it could run something."""
    return "" if _ACTIVE.search(text) else _URL.sub("none", _IMPORT.sub(" ", text))


def _target(value: str, name: str) -> str:
    """The address that an element may name: a part of the drawing, a page, a picture within it."""
    picture = _PICTURE.match(value)
    if picture and name in ("image", "feImage"):
        try:
            pixels = strip(base64.b64decode(value[picture.end() :]))
        except (binascii.Error, ValueError):
            raise Unclean("picture-unreadable") from None
        if pixels is None:
            raise Unclean("picture-unreadable")
        return picture[0].lower() + base64.b64encode(pixels).decode()
    if value.startswith("#"):
        return value
    return value if name == "a" and _LINK.match(value) and not _SCHEME.match(value) else ""
