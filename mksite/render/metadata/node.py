"""Makes nodes of JSON-LD: one address in all languages, nothing empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mksite.content.model import KIND_SPECS
from mksite.date import edtf
from mksite.pages.citation.dated import sure
from mksite.pages.citation.head import absolute
from mksite.pages.citation.line import clean
from mksite.view.part import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mksite.view.entity import FormerView, NameView
    from mksite.view.part import Head, Party, SiteView
    from mksite.view.release import CorrectionView, PhotoView

    Label = Callable[[str, str], str]

Node = dict[str, Any]

# IATI's organisation types by what schema.org has for them; the others are an Organization.
ORGANIZATION_TYPES = {
    "government": "GovernmentOrganization",
    "public-sector": "GovernmentOrganization",
    "international-ngo": "NGO",
    "national-ngo": "NGO",
    "regional-ngo": "NGO",
    "private-sector": "Corporation",
    "academic": "EducationalOrganization",
}


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
        return self.node(KIND_SPECS[party.kind].schema_type, party.link)

    def parties(self, parties: Iterable[Party]) -> list[Node]:
        """All who have one role."""
        return [self.party(party) for party in parties]


def without_empty(node: Node) -> Node:
    """The node with the properties that have a value."""
    return {name: value for name, value in node.items() if value not in ("", [], None)}


def picture(photo: PhotoView, around: Around) -> Node:
    """A photograph in its largest plain size, in pixels."""
    largest = photo.plain[-1]
    node = {
        "@type": "ImageObject",
        "contentUrl": around.address(largest.href),
        "width": _pixels(largest.width),
        "height": _pixels(round(photo.height * largest.width / photo.width)),
        "caption": clean((photo.caption or photo.alt).text),
        "creditText": clean(photo.credit.text) if photo.credit else "",
    }
    return without_empty(node)


def _pixels(count: int) -> Node:
    """A length in pixels, whose code is E37 (UN/CEFACT Recommendation 20)."""
    return {"@type": "QuantitativeValue", "value": count, "unitCode": "E37"}


def correction(mended: CorrectionView) -> Node:
    """What was mended after publication, and when."""
    node = {
        "@type": "CorrectionComment",
        "text": clean(mended.text.text),
        "datePublished": date_of(mended.date),
    }
    return without_empty(node)


def nested(type_: str, within: str, links: Sequence[Link], around: Around) -> Node | None:
    """The last of the links within the one before it, and so on outwards."""
    innermost: Node | None = None
    for link in links:
        node = around.node(type_, link)
        if innermost is not None:
            node[within] = innermost
        innermost = node
    return innermost


def other_names(
    own: str,
    names: Iterable[NameView],
    former: Iterable[FormerView],
    aliases: Iterable[str],
) -> list[str]:
    """All names but its own, each once: in every language, short, as written, former."""
    all_names = [text for name in names for text in (name.name, name.short)]
    all_names += aliases
    all_names += [left.name.text for left in former]
    kept = dict.fromkeys(clean(text) for text in all_names if text)
    kept.pop(clean(own), None)
    return list(kept)


def identified(url: str, identifiers: Iterable[tuple[str, str]]) -> Node:
    """The entity's website, its identifiers, and the pages of those that have one."""
    pages = {
        "wikidata": "https://www.wikidata.org/entity/{}",
        "ror": "https://ror.org/{}",
        "isni": "https://isni.org/isni/{}",
        "viaf": "https://viaf.org/viaf/{}",
    }
    cleaned = [(scheme, clean(value)) for scheme, value in identifiers]
    return {
        "url": url,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            for scheme, value in cleaned
        ],
        "sameAs": [
            pages[scheme].format(value.rpartition("/")[2].replace(" ", ""))
            for scheme, value in cleaned
            if scheme in pages
        ],
    }


def breadcrumbs(head: Head, around: Around) -> Node:
    """The way from the home page, the page itself left out: its subject stands beside."""
    home = Link(around.site.home, around.site.title)
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": clean(crumb.text or around.label("section", head.section)),
            "item": {"@id": around.address(crumb.href)},
        }
        for position, crumb in enumerate((home, *head.crumbs), start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


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
