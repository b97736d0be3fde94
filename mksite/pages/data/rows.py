"""Makes the rows of all tables from the Catalogue; no I/O here.

Every row is made once and shared by all files that hold it. Releases are newest first, as in the
Catalogue; entities are by id.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from mksite.content.address import absolute, entity_path, page_path
from mksite.content.code_list import IATI_TYPES
from mksite.content.model import (
    Organization,
    Person,
    Place,
    Programme,
    Text,
    alias_names,
    by_language,
)
from mksite.content.role import ROLES
from mksite.date import edtf
from mksite.pages.data.table import (
    LANGUAGES,
    ContactRow,
    CorrectionRow,
    InvolvementRow,
    Money,
    NameRow,
    NameUse,
    OrganizationRow,
    PersonRow,
    PhotoRow,
    PlaceRow,
    PositionRow,
    ProgrammeRoleRow,
    ProgrammeRow,
    RelationRow,
    ReleaseRow,
    SpeakerRow,
    Tables,
    TagRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.catalogue.catalogue import Card, Catalogue, EntityCard, Relation
    from mksite.content.config import Site
    from mksite.content.model import Key, Kind

Texts = tuple[str, str, str]  # in the order of LANGUAGES
Span = tuple[str, str, int | None]  # earliest day, latest day, year

_NO_TEXTS: Texts = ("", "", "")
_DAY = re.compile(r"(\d{4})-\d\d-\d\d").fullmatch


def tables(catalogue: Catalogue) -> Tables:
    """All tables. Linear in the releases and their relations."""
    site = catalogue.site
    releases = catalogue.releases.values()
    return Tables(
        releases=tuple([_release(catalogue, card) for card in releases]),
        organizations=tuple(_organizations(catalogue)),
        programmes=tuple(_programmes(catalogue)),
        places=tuple(_places(catalogue)),
        people=tuple(_people(catalogue)),
        tags=tuple(_tags(catalogue)),
        names=tuple(_names(catalogue)),
        relations=tuple(
            [
                RelationRow(
                    card.id,
                    held.kind,
                    held.id,
                    *_name_then(catalogue, card, held.key),
                    held.role,
                    _money(held),
                    held.via,
                )
                for card in releases
                for held in card.relations
            ]
        ),
        programme_roles=tuple(
            [
                ProgrammeRoleRow(
                    ident,
                    held.kind,
                    held.id,
                    *_by_language(catalogue.entities[held.key].names),
                    held.role,
                )
                for ident, relations in sorted(catalogue.parties.items())
                for held in relations
            ]
        ),
        speakers=tuple(_speakers(catalogue)),
        positions=tuple(_positions(catalogue)),
        corrections=tuple(
            CorrectionRow(card.id, correction.date, *_texts(correction.text, site.default_language))
            for card in releases
            for correction in card.release.corrections
        ),
        photos=tuple(_photos(releases, site.default_language)),
        contacts=tuple(_contacts(releases, site.default_language)),
    )


def involvements(catalogue: Catalogue, card: EntityCard) -> tuple[tuple[str, InvolvementRow], ...]:
    """The ids of the releases in which an entity stands, newest first, with its roles there.

    Of an organization or programme; a programme stands in all its releases, be it without a role.
    """
    roles: dict[str, dict[str, None]] = {}
    inherited: dict[str, dict[str, None]] = {}
    for involvement in catalogue.involved.get(card.key, ()):
        roles.setdefault(involvement.release, {})[involvement.role] = None
        if involvement.via:
            inherited.setdefault(involvement.release, {})[involvement.via] = None
    order: Iterable[str] = roles
    if card.kind == "programme":
        own = catalogue.in_programme.get(card.id, ())
        if roles.keys() - set(own):
            within = roles.keys() | set(own)
            order = [ident for ident in catalogue.releases if ident in within]
        else:
            order = own
    return tuple(
        [
            (ident, _involvement(tuple(roles.get(ident, ())), tuple(inherited.get(ident, ()))))
            for ident in order
        ]
    )


@lru_cache(maxsize=4096)
def _involvement(roles: tuple[str, ...], inherited: tuple[str, ...]) -> InvolvementRow:
    return InvolvementRow(tuple(role for role in ROLES if role in roles), inherited)


def _texts(text: Text | None, default: str) -> Texts:
    if text is None:
        return _NO_TEXTS
    return _by_language(by_language(text, default))


def _by_language(texts: dict[str, str]) -> Texts:
    get = texts.get
    return get("ru", ""), get("ky", ""), get("en", "")


def _page(site: Site, kind: Kind, ident: str, lang: str = "") -> str:
    """The address of a page, in the site's first language where none is given."""
    return absolute(site, page_path(site, lang or site.default_language, entity_path(kind, ident)))


@lru_cache(maxsize=65536)
def span(when: str) -> Span:
    """The first and last day that a date may be, and its year where that is one.

    ("", "", None) for no date, and where no year is known.
    """
    day = _DAY(when)
    if day:
        return when, when, int(day[1])
    if not when:
        return "", "", None
    date = edtf.parse(when)
    first, last = edtf.earliest(date), edtf.latest(date)
    return (
        first.isoformat() if first else "",
        last.isoformat() if last else "",
        edtf.year(date),
    )


def _event_span(start: str, end: str) -> Span:
    """The days from the first that the start may be to the last that the end may be."""
    first, last, year = span(start)
    return first, span(end)[1] if end else last, year


def _name_then(catalogue: Catalogue, card: Card, key: Key) -> Texts:
    """The name that an entity bore at the time of a release, by language."""
    return _by_language(card.names_then.get(key) or catalogue.entities[key].names)


def _money(relation: Relation) -> Money | Literal[""]:
    """What a funder gave to; "" of another role."""
    if relation.role != "funder":
        return ""
    return "programme" if relation.via else "event"


def _release(catalogue: Catalogue, card: Card) -> ReleaseRow:
    release, default = card.release, catalogue.site.default_language
    venue: Key = ("place", card.venue)
    event = release.event
    start = (event.start or "") if event else ""
    end = (event.end or "") if event else ""
    source = release.source
    return ReleaseRow(
        card.id,
        _page(catalogue.site, "release", card.id, card.lang),
        card.lang,
        *_by_language(card.titles),
        *_by_language(card.summaries),
        release.date or "",
        *span(release.date or ""),
        *_texts(release.date_note, default),
        release.added or "",
        event.type if event else "",
        (event.status or "") if event else "",
        start,
        end,
        *_event_span(start, end),
        card.venue,
        *(_name_then(catalogue, card, venue) if card.venue else _NO_TEXTS),
        card.programmes,
        card.tags,
        *(_texts(source.title, default) if source else _NO_TEXTS),
        (source.url or "") if source else "",
        (source.archived or "") if source else "",
    )


def _organizations(catalogue: Catalogue) -> Iterator[OrganizationRow]:
    for card in catalogue.of_kind("organization"):
        meta = card.meta
        if isinstance(meta, Organization):
            yield OrganizationRow(
                card.id,
                _page(catalogue.site, card.kind, card.id),
                *_by_language(card.names),
                *_by_language(card.shorts),
                meta.type,
                IATI_TYPES[meta.type],
                meta.country or "",
                catalogue.parents.get(card.key, ""),
                catalogue.successors.get(card.key, ("", ""))[1],
                meta.url or "",
                _identifiers(meta.identifiers),
            )


def _identifiers(identifiers: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{scheme}:{value}" for scheme, value in sorted(identifiers.items()))


def _programmes(catalogue: Catalogue) -> Iterator[ProgrammeRow]:
    for card in catalogue.of_kind("programme"):
        meta = card.meta
        if isinstance(meta, Programme):
            start = (meta.period.start or "") if meta.period else ""
            end = (meta.period.end or "") if meta.period else ""
            yield ProgrammeRow(
                card.id,
                _page(catalogue.site, card.kind, card.id),
                *_by_language(card.names),
                *_by_language(card.shorts),
                start,
                end,
                span(start)[2],
                span(end)[2],
                meta.countries,
                catalogue.parents.get(card.key, ""),
                meta.url or "",
                _identifiers(meta.identifiers),
            )


def _places(catalogue: Catalogue) -> Iterator[PlaceRow]:
    for card in catalogue.of_kind("place"):
        meta = card.meta
        if isinstance(meta, Place):
            latitude, longitude = meta.coordinates or (None, None)
            yield PlaceRow(
                card.id,
                _page(catalogue.site, card.kind, card.id),
                *_by_language(card.names),
                catalogue.parents.get(card.key, ""),
                meta.country or "",
                *_texts(meta.address, catalogue.site.default_language),
                latitude,
                longitude,
            )


def _people(catalogue: Catalogue) -> Iterator[PersonRow]:
    for card in catalogue.of_kind("person"):
        if isinstance(card.meta, Person):
            yield PersonRow(
                card.id,
                _page(catalogue.site, card.kind, card.id),
                *_by_language(card.names),
                card.meta.url or "",
                _identifiers(card.meta.identifiers),
            )


def _positions(catalogue: Catalogue) -> Iterator[PositionRow]:
    """The positions of all people, in the order written."""
    default = catalogue.site.default_language
    for card in catalogue.of_kind("person"):
        if isinstance(card.meta, Person):
            held = zip(card.meta.positions, catalogue.positions[card.key], strict=True)
            for position, key in held:
                role = _texts(position.role, default)
                ends = (position.since or "", position.until or "")
                kind, ident = key or ("", "")
                yield PositionRow(card.id, *role, kind, ident, *ends)


def _tags(catalogue: Catalogue) -> Iterator[TagRow]:
    for card in catalogue.of_kind("tag"):
        page = _page(catalogue.site, card.kind, card.id)
        parent = catalogue.parents.get(card.key, "")
        yield TagRow(card.id, page, *_by_language(card.names), parent)


def _names(catalogue: Catalogue) -> Iterator[NameRow]:
    """All names of all entities. The language of an alias is not known."""
    default = catalogue.site.default_language
    for card in catalogue.entities.values():

        def row(
            use: NameUse, lang: str, name: str, until: str = "", card: EntityCard = card
        ) -> NameRow:
            return NameRow(card.kind, card.id, use, lang, name, until)

        for lang in LANGUAGES:
            if card.names.get(lang):
                yield row("name", lang, card.names[lang])
            if card.shorts.get(lang):
                yield row("short", lang, card.shorts[lang])
        for alias in alias_names(card.meta.aliases):
            yield row("alias", "", alias)
        for former in card.meta.former:
            for lang, name in by_language(former.name, default).items():
                yield row("former", lang, name, former.until or "")


def _speakers(catalogue: Catalogue) -> Iterator[SpeakerRow]:
    for card in catalogue.releases.values():
        spoken = zip(card.release.speakers, card.speakers, card.people, strict=True)
        for speaker, key, person in spoken:
            kind, ident = key or ("", "")
            yield SpeakerRow(
                card.id,
                *_texts(speaker.name, catalogue.site.default_language),
                *_texts(speaker.role, catalogue.site.default_language),
                kind,
                ident,
                person,
            )


def _photos(cards: Iterable[Card], default: str) -> Iterator[PhotoRow]:
    for card in cards:
        for photo in card.release.photos:
            said = (photo.alt, photo.caption, photo.credit)
            words = [word for text in said for word in _texts(text, default)]
            yield PhotoRow(card.id, photo.file, *words)


def _contacts(cards: Iterable[Card], default: str) -> Iterator[ContactRow]:
    for card in cards:
        contact = card.release.contact
        if contact is not None:
            kind, ident = card.contact or ("", "")
            yield ContactRow(
                card.id,
                *_texts(contact.name, default),
                *_texts(contact.role, default),
                kind,
                ident,
                contact.email or "",
                contact.phone or "",
            )
