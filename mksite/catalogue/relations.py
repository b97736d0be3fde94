"""Reads from front matter who has which role in a release or programme."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import msgspec

from mksite.catalogue.catalogue import EntityCard, Relation
from mksite.catalogue.names.registry import PARTIES, PLACES, TAGS
from mksite.content.model import Key, Programme, Release, by_language
from mksite.content.role import ROLE_SPECS, ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.catalogue.names.resolver import Resolver
    from mksite.content.model import Person, Speaker
    from mksite.content.problem import FieldPath
    from mksite.record.record import Record

ROLE_FIELDS = tuple(
    (spec.release_field, role) for role, spec in ROLE_SPECS.items() if spec.release_field
)
PROGRAMME_ROLE_FIELDS = tuple(
    (spec.programme_field, role) for role, spec in ROLE_SPECS.items() if spec.programme_field
)
INHERITED = tuple(role for role, spec in ROLE_SPECS.items() if spec.is_inherited)
relation = lru_cache(1 << 16)(Relation)  # equal ones are one value in memory
_ROLE_ORDER = {role: number for number, role in enumerate(ROLES)}


def of_programme(names: Resolver, card: EntityCard) -> tuple[Relation, ...]:
    """The programme's own roles, in the order written."""
    meta = cast("Programme", card.meta)
    record = card.original
    when = meta.period.start if meta.period else None
    relations: dict[Relation, None] = {}
    for field, role in PROGRAMME_ROLE_FIELDS:
        for index, name in enumerate(getattr(meta, field)):
            key = names.resolve(record, name, PARTIES, (field, index), when)
            if key is not None:
                relations[relation(role, *key)] = None
    return tuple(relations)


def of_programmes(
    names: Resolver, entities: dict[Key, EntityCard]
) -> dict[Key, tuple[Relation, ...]]:
    """The roles of every programme."""
    return {
        key: of_programme(names, card) for key, card in entities.items() if key[0] == "programme"
    }


def programmes(
    names: Resolver, record: Record, release: Release, when: str | None
) -> tuple[str, ...]:
    """The ids of the programmes that a release belongs to."""
    named = release.programme
    idents: dict[str, None] = {}
    for index, name in enumerate((named,) if isinstance(named, str) else named):
        key = names.resolve(record, name, ("programme",), ("programme", index), when)
        if key is not None:
            idents[key[1]] = None
    return tuple(idents)


class Named(msgspec.Struct):
    """Whom a release's front matter names, resolved: the roles that it gives, each once, in the
    order written, the organizations of its speakers, publisher and contact, the ids of the people
    among the speakers ("" for one who has no file), and by which names each entity is called.
    """

    roles: dict[Relation, None] = {}
    speakers: tuple[Key | None, ...] = ()
    people: tuple[str, ...] = ()
    publisher: Key | None = None
    contact: Key | None = None
    typed: dict[Key, list[str]] = {}


def of_release(names: Resolver, record: Record, release: Release, when: str | None) -> Named:
    """Whom the front matter of a release names at its time."""
    named = Named()

    def party(name: str | None, path: FieldPath, role: Role | None) -> Key | None:
        key = names.resolve(record, name, PARTIES, path, when) if name else None
        if key is not None and name is not None:
            named.typed.setdefault(key, []).append(name)
            if role is not None:
                named.roles[relation(role, *key)] = None
        return key

    for field, role in ROLE_FIELDS:
        for index, name in enumerate(getattr(release, field)):
            party(name, (field, index), role)
    named.speakers = tuple(
        [
            party(speaker.organization, ("speakers", index, "organization"), "speaker")
            for index, speaker in enumerate(release.speakers)
        ]
    )
    named.people = tuple([_person(names, speaker, when) for speaker in release.speakers])
    for speaker, ident in zip(release.speakers, named.people, strict=True):
        if ident:
            written = named.typed.setdefault(("person", ident), [])
            written += by_language(speaker.name, "").values()
    if release.source:
        named.publisher = party(release.source.publisher, ("source", "publisher"), "publisher")
    if release.contact:
        named.contact = party(release.contact.organization, ("contact", "organization"), None)
    return named


def _person(names: Resolver, speaker: Speaker, when: str | None) -> str:
    """The id of the person that a speaker's name is a form of, in any of its languages, or ""."""
    found = (names.registry.person(name, when) for name in by_language(speaker.name, "").values())
    return next(filter(None, found), "")


def of_person(names: Resolver, card: EntityCard) -> tuple[Key | None, ...]:
    """The organization of each position of a person."""
    positions = cast("Person", card.meta).positions
    return tuple(
        [
            names.resolve(
                card.original,
                position.organization,
                PARTIES,
                ("positions", index, "organization"),
                position.since or position.until,
            )
            if position.organization
            else None
            for index, position in enumerate(positions)
        ]
    )


def of_people(
    names: Resolver, entities: dict[Key, EntityCard]
) -> dict[Key, tuple[Key | None, ...]]:
    """The organizations of the positions of every person."""
    return {key: of_person(names, card) for key, card in entities.items() if key[0] == "person"}


def together(
    own: dict[Relation, None],
    linked: Iterable[Key],
    programmes: Iterable[tuple[str, Relation]],
) -> tuple[Relation, ...]:
    """All relations of a release in the order of roles: its own, those of entities that its text
    links to and that have no other, and the funders and implementers of its programmes.
    """
    relations = dict(own)
    known = {held.key for held in own}
    for key in linked:
        if key not in known:
            relations[relation("mentioned", *key)] = None
    for programme, held in programmes:
        direct = relation(held.role, *held.key)
        if held.role in INHERITED and direct not in relations:
            relations.pop(relation("mentioned", *held.key), None)
            relations[relation(held.role, *held.key, programme)] = None
    return tuple(sorted(relations, key=lambda held: _ROLE_ORDER[held.role]))


def venue(names: Resolver, record: Record, release: Release, when: str | None) -> str:
    """The id of the place where it happens, or ""."""
    if release.venue is None:
        return ""
    place = names.resolve(record, release.venue, PLACES, ("venue",), when)
    return place[1] if place else ""


def tags(names: Resolver, record: Record, release: Release) -> tuple[str, ...]:
    """An unknown tag is a warning: the page is shown without it."""
    idents: dict[str, None] = {}
    for index, name in enumerate(release.tags):
        key = names.resolve(record, name, TAGS, ("tags", index), None)
        if key is not None:
            idents[key[1]] = None
    return tuple(idents)
