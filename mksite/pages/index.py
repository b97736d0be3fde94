"""organizations/, programmes/, places/, people/ and tags/: every entity of a kind.

Organizations and people stand under letters of the language's own alphabet, people by their family
names; programmes by their beginning; places and tags as trees. Each kind has a page by the number
of releases as well, and organizations and places one by country.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, get_args

from mksite.catalogue.catalogue import EntityCard, moment_of
from mksite.content.address import output_path
from mksite.content.code_list import OrganizationType
from mksite.content.model import ENTITY_KINDS, FOLDERS, KIND_SPECS, Kind, Organization, Place
from mksite.language.languages import LANGUAGES
from mksite.pages import person, records
from mksite.text import collation
from mksite.text.country import country_name
from mksite.text.person import family_first
from mksite.view.overview import (
    NO_COUNTRY,
    IndexEntry,
    IndexGroup,
    IndexOrder,
    IndexView,
    TypeCount,
)
from mksite.view.page import Page
from mksite.view.part import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.pages.frame import Frame
    from mksite.view.overview import Order

# A word or two before a name in quotation marks.
_FORM = re.compile(r"^[^«“„\"]{1,24}[«“„\"](?=[^«“„\"]+[»”“\"]$)")


def orders(kind: Kind) -> tuple[Order, ...]:
    """In which orders the entities of a kind can be read; the first is that of the index itself.

    They follow from what the model knows of the kind: a period, a country.
    """
    fields = KIND_SPECS[kind].struct.__struct_fields__
    if "period" in fields:
        return ("time", "number")
    return ("name", "number", "country") if "country" in fields else ("name", "number")


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The indexes of each kind in each language."""
    for frame in frames:
        for kind in ENTITY_KINDS:
            if kind == "person" and not catalogue.site.features.people:
                continue
            for order in orders(kind):
                path = output_path(frame.own_path(_path(kind, order)))
                yield Page(path, partial(_view, frame, kind, order), frame.lang, "index.html")


def _path(kind: Kind, order: Order) -> str:
    return f"{FOLDERS[kind]}/" + ("" if order == orders(kind)[0] else f"by-{order}/")


def _view(frame: Frame, kind: Kind, order: Order) -> IndexView:
    folder = FOLDERS[kind]
    cards = list(frame.catalogue.of_kind(kind))
    is_first = order == orders(kind)[0]
    crumbs = () if is_first else (Link(frame.href(f"{folder}/"), ""),)
    head = frame.head(_path(kind, order), "", section=folder, crumbs=crumbs)
    ways = tuple(IndexOrder(other, frame.href(_path(kind, other))) for other in orders(kind))
    groups = _groups(frame, kind, order, cards)
    return IndexView(head, kind, order, ways, len(cards), groups, _types(cards))


def _groups(
    frame: Frame, kind: Kind, order: Order, cards: list[EntityCard]
) -> tuple[IndexGroup, ...]:
    if order == "number":
        return (IndexGroup("", _by_number(frame, cards)),)
    if order == "country":
        return tuple(_by_country(frame, cards))
    if order == "time":
        entries = [entry(frame, card) for card in cards]
        entries.sort(key=lambda e: collation.sort_key(e.link.text, frame.lang))
        entries.sort(key=lambda e: _start_key(e.fact))
        return (IndexGroup("", tuple(entries)),)
    if kind in ("organization", "person"):
        return _by_letter(frame, cards)
    return (IndexGroup("", tuple(_tree(frame, _roots(frame, cards)))),)


def _by_number(frame: Frame, cards: list[EntityCard]) -> tuple[IndexEntry, ...]:
    """Those with most releases first, then those that most releases name."""
    entries = [entry(frame, card) for card in sorted_cards(frame, cards)]
    entries.sort(key=lambda e: (e.count, e.mentions), reverse=True)
    return tuple(entries)


def _by_country(frame: Frame, cards: list[EntityCard]) -> Iterator[IndexGroup]:
    """Under the names of countries; places with those within them, where the outermost lies. Those
    of no country and those whose country is not known come last.
    """
    groups: dict[str, list[EntityCard]] = {}
    for card in sorted_cards(frame, _roots(frame, cards) if _are_places(cards) else cards):
        groups.setdefault(_country(card), []).append(card)
    for code in sorted(groups, key=lambda code: _country_key(code, frame.lang)):
        within = groups[code]
        entries = _tree(frame, within) if _are_places(cards) else (entry(frame, c) for c in within)
        yield IndexGroup(code, tuple(entries))


def _are_places(cards: list[EntityCard]) -> bool:
    return all(isinstance(card.meta, Place) for card in cards)


def _country(card: EntityCard) -> str:
    """The code of the country that an entity is of: an intergovernmental organization is of none,
    wherever its seat is; "" where none is given.
    """
    if isinstance(card.meta, Organization) and card.meta.type == "multilateral":
        return NO_COUNTRY
    return getattr(card.meta, "country", None) or ""


def _country_key(code: str, lang: str) -> tuple[int, object]:
    if code in ("", NO_COUNTRY):
        return (1 if code else 2), collation.sort_key("", lang)
    return 0, collation.sort_key(country_name(code, lang), lang)


def _types(cards: list[EntityCard]) -> tuple[TypeCount, ...]:
    """The types of the organizations among the entities, in the order of the model."""
    counts = Counter(card.meta.type for card in cards if isinstance(card.meta, Organization))
    return tuple(
        TypeCount(code, counts[code]) for code in get_args(OrganizationType) if code in counts
    )


def _start_key(start: str) -> tuple[bool, str]:
    """Programmes by their beginning, those without a known one last."""
    return (not start, moment_of(start).sort)


def own_name(name: str) -> str:
    """The name without the legal form before it: ОО «Ресурсный центр» is sorted by its name."""
    return _FORM.sub("", name)


def _sort_name(frame: Frame, card: EntityCard) -> str:
    """The name by which an entity is sorted."""
    name = frame.name(card)
    return family_first(name) if card.kind == "person" else own_name(name)


def sorted_cards(frame: Frame, cards: list[EntityCard]) -> list[EntityCard]:
    """Entities by name, in the alphabet of the page's language."""
    return sorted(cards, key=lambda c: (collation.sort_key(_sort_name(frame, c), frame.lang), c.id))


def _by_letter(frame: Frame, cards: list[EntityCard]) -> tuple[IndexGroup, ...]:
    groups: dict[str, list[IndexEntry]] = {}
    for card in sorted_cards(frame, cards):
        letter = collation.first_letter(_sort_name(frame, card), frame.lang)
        groups.setdefault(letter, []).append(entry(frame, card))
    return tuple(IndexGroup(letter, tuple(entries)) for letter, entries in groups.items())


def _roots(frame: Frame, cards: list[EntityCard]) -> list[EntityCard]:
    """Those that nothing is around."""
    return [card for card in cards if card.key not in frame.catalogue.parents]


def _tree(frame: Frame, roots: list[EntityCard]) -> Iterator[IndexEntry]:
    """Entities below the one around them, by name on each level."""
    catalogue = frame.catalogue
    stack = [(card, 0) for card in reversed(sorted_cards(frame, roots))]
    while stack:
        card, depth = stack.pop()
        yield entry(frame, card, depth)
        below = [catalogue.entities[card.kind, i] for i in catalogue.children.get(card.key, ())]
        stack += [(child, depth + 1) for child in reversed(sorted_cards(frame, below))]


def entry(frame: Frame, card: EntityCard, depth: int = 0) -> IndexEntry:
    """An entity in an index."""
    fact = other = ""
    if isinstance(card.meta, Organization):
        fact, other = card.meta.type, card.meta.country or ""
    elif isinstance(card.meta, Place):
        other = card.meta.country or ""
    elif card.kind == "programme":
        brief = frame.brief(card.id)
        fact, other = brief.start, brief.end
    elif card.kind == "person":
        fact, other = _known_as(frame, card)
    found = records.involved(frame.catalogue, card)
    count = len(found.releases) - found.mentions
    link, short = frame.link(card.key), frame.short(card)
    if card.kind == "person":
        written_in = LANGUAGES[link.lang or frame.lang]
        link = Link(link.href, family_first(link.text, written_in.after_surname), link.lang)
    return IndexEntry(link, short, count, found.mentions, fact, other, depth)


def _known_as(frame: Frame, card: EntityCard) -> tuple[str, str]:
    """The latest position of a person and its organization; no words of another language."""
    position = person.latest(frame, card)
    if position is None:
        return "", ""
    role, organization = position.role, position.organization
    return (
        role.text if role and not role.lang else "",
        organization.text if organization and not organization.lang else "",
    )


def busiest(frame: Frame, kind: Kind, most: int) -> tuple[IndexEntry, ...]:
    """The entities of a kind that have a part in most releases; mentions do not count."""
    entries = [entry(frame, card) for card in frame.catalogue.of_kind(kind)]
    entries.sort(key=lambda e: (-e.count, collation.sort_key(e.link.text, frame.lang)))
    return tuple(found for found in entries[:most] if found.count)
