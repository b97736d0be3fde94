"""Nodes of JSON-LD: things under one address in all languages, without what is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mksite import edtf
from mksite.citing import absolute, clean, sure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mksite.view import Link, Party, SiteView

    Label = Callable[[str, str], str]

Node = dict[str, Any]


class Around:
    """What the nodes of one page share: the site, and the words for sections and roles.

    `label(context, code)` words a code of the interface.
    """

    def __init__(self, site: SiteView, label: Label) -> None:
        self.site = site
        self.label = label

    def address(self, href: str) -> str:
        """The whole address of a link within the site."""
        return absolute(href, self.site)

    def this(self, href: str) -> str:
        """The identity of what a page is about: the same in all languages of the page."""
        site = self.site
        inner = href[len(site.home) :] if href.startswith(site.home) else href[len(site.base) :]
        return f"{site.url}/{inner}#this"

    def node(self, type_: str, link: Link) -> Node:
        """A thing that has a page of its own."""
        return {"@type": type_, "@id": self.this(link.href), "name": clean(link.text)}

    def party(self, party: Party) -> Node:
        """Who has a role."""
        return self.node("Project" if party.kind == "programme" else "Organization", party.link)

    def parties(self, found: Iterable[Party]) -> list[Node]:
        """All who have one role."""
        return [self.party(party) for party in found]


def without_empty(node: Node) -> Node:
    """The node with the properties that have a value."""
    return {name: value for name, value in node.items() if value not in ("", [], None)}


def nested(type_: str, within: str, links: Sequence[Link], around: Around) -> Node | None:
    """The last of the links within the one before it, and so on outwards."""
    found: Node | None = None
    for link in links:
        node = around.node(type_, link)
        if found is not None:
            node[within] = found
        found = node
    return found


def date_of(text: str) -> str:
    """What is certain of a date (EDTF) in ISO 8601, the hour included; "" for nothing.

    An hour without an offset is local to the place of the event, as the editor wrote it.
    """
    if not text:
        return ""
    date = edtf.parse(text)
    day = "-".join(sure(text))
    point = date.spans[0][0]
    if point is not None and point.time and edtf.is_exact_day(date):
        return f"{day}T{point.time}"
    return day
