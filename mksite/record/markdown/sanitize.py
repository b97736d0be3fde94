"""Which elements and attributes of HTML a body keeps on the page, and a warning for the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nh3

from mksite.record.markdown.limit import MOST_REMOVED, TooMuch
from mksite.record.markdown.prepare import Remark, make_remark

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_TAG_NAMES = (
    "a abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure h2 h3 h4 h5"
    " h6 hr i img ins kbd li mark ol p pre q s small span strong sub sup table tbody td tfoot th"
    " thead tr u ul"
)
_TAGS = set(_TAG_NAMES.split())
_KNOWN = _TAGS | {"h1"}
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start"},
    "div": {"id"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes={
        "div": {"footnote-definition"},
        "sup": {"footnote-definition-label", "footnote-reference"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_SILENT = {"html", "head", "body", "tt", "font", "center", "big", "strike", "section", "article"}


def clean(html: str) -> str:
    """The HTML without whatever a body may not bring to a page."""
    return _CLEANER.clean(html)


def removed(raw: str, markdown: str) -> Iterator[Remark]:
    """A warning for each kind of element that sanitizing will take out."""
    names = dict.fromkeys([*_NAME.findall(raw.lower()), *re.findall(r"<(!--)", raw)])
    lost = [name for name in names if name not in _KNOWN and name not in _SILENT]
    if len(lost) > MOST_REMOVED:
        raise TooMuch("body-too-large")
    lowered = markdown.lower()
    if raw.count("<table") > raw.count("</table"):
        line, column = _place_of("<table", lowered, markdown)
        yield make_remark(line, column, "table-unclosed")
    for name in lost:
        line, column = _place_of(f"<{name}", lowered, markdown)
        if name == "!--":
            yield make_remark(line, column, "comment-removed")
        else:
            yield make_remark(line, column, "element-removed", name=name)


def _place_of(tag: str, lowered: str, markdown: str) -> tuple[int, int]:
    """Line and column of the first such tag in a text; 1, 1 where it is not found."""
    at = lowered.find(tag)
    if at < 0:
        return 1, 1
    return markdown.count("\n", 0, at) + 1, at - markdown.rfind("\n", 0, at)
