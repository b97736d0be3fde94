"""Who has which role in a release or programme, as its front matter names them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from mksite.catalogue.catalogue import EntityCard, Relation
from mksite.catalogue.registry import PARTIES, PLACES, TAGS
from mksite.content.model import ROLES, Programme, Release, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.catalogue.resolver import Resolver
    from mksite.content.model import Key
    from mksite.content.problem import FieldPath
    from mksite.record.record import Record

ROLE_FIELDS: tuple[tuple[str, Role], ...] = (
    ("organizers", "organizer"),
    ("partners", "partner"),
    ("support", "support"),
    ("funders", "funder"),
    ("participants", "participant"),
)
PROGRAMME_ROLE_FIELDS: tuple[tuple[str, Role], ...] = (
    ("implementers", "implementer"),
    ("partners", "partner"),
    ("support", "support"),
    ("funders", "funder"),
)
INHERITED: tuple[Role, ...] = ("funder", "implementer")
relation = lru_cache(1 << 16)(Relation)  # equal ones are one value in memory
_ROLE_ORDER = {role: number for number, role in enumerate(ROLES)}


def of_programme(names: Resolver, card: EntityCard, default: str) -> tuple[Relation, ...]:
    """The programme's own roles, in the order written."""
    meta = cast("Programme", card.meta)
    record = card.records[default]
    when = meta.period.start if meta.period else None
    found: dict[Relation, None] = {}
    for field, role in PROGRAMME_ROLE_FIELDS:
        for index, name in enumerate(getattr(meta, field)):
            key = names.resolve(record, name, PARTIES, (field, index), when)
            if key is not None:
                found[relation(role, *key)] = None
    return tuple(found)


def programmes(
    names: Resolver, record: Record, release: Release, when: str | None
) -> tuple[str, ...]:
    """The ids of the programmes that a release belongs to."""
    named = release.programme
    found: dict[str, None] = {}
    for index, name in enumerate((named,) if isinstance(named, str) else named):
        key = names.resolve(record, name, ("programme",), ("programme", index), when)
        if key is not None:
            found[key[1]] = None
    return tuple(found)


def of_release(
    names: Resolver, record: Record, release: Release, when: str | None
) -> dict[Relation, None]:
    """The roles that the front matter gives, each once, in the order written."""
    found: dict[Relation, None] = {}
    for field, role in ROLE_FIELDS:
        for index, name in enumerate(getattr(release, field)):
            key = names.resolve(record, name, PARTIES, (field, index), when)
            if key is not None:
                found[relation(role, *key)] = None
    for index, speaker in enumerate(release.speakers):
        if speaker.organization:
            path: FieldPath = ("speakers", index, "organization")
            key = names.resolve(record, speaker.organization, PARTIES, path, when)
            if key is not None:
                found[relation("speaker", *key)] = None
    if release.source and release.source.publisher:
        path = ("source", "publisher")
        key = names.resolve(record, release.source.publisher, PARTIES, path, when)
        if key is not None:
            found[relation("publisher", *key)] = None
    if release.contact and release.contact.organization:
        path = ("contact", "organization")
        names.resolve(record, release.contact.organization, PARTIES, path, when)
    return found


def together(
    own: dict[Relation, None],
    linked: Iterable[Key],
    programmes: Iterable[tuple[str, Relation]],
) -> tuple[Relation, ...]:
    """All relations of a release in the order of roles: its own, those of entities that its text
    links to and that have no other, and the funders and implementers of its programmes.
    """
    found = dict(own)
    known = {held.key for held in own}
    for key in linked:
        if key not in known:
            found[relation("mentioned", *key)] = None
    for programme, held in programmes:
        direct = relation(held.role, *held.key)
        if held.role in INHERITED and direct not in found:
            found.pop(relation("mentioned", *held.key), None)
            found[relation(held.role, *held.key, programme)] = None
    return tuple(sorted(found, key=lambda held: _ROLE_ORDER[held.role]))


def venue(names: Resolver, record: Record, release: Release, when: str | None) -> str:
    """The id of the place where it happens, or ""."""
    if release.venue is None:
        return ""
    found = names.resolve(record, release.venue, PLACES, ("venue",), when)
    return found[1] if found else ""


def tags(names: Resolver, record: Record, release: Release) -> tuple[str, ...]:
    """An unknown tag is a warning: the page is shown without it."""
    found: dict[str, None] = {}
    for index, name in enumerate(release.tags):
        key = names.resolve(record, name, TAGS, ("tags", index), None)
        if key is not None:
            found[key[1]] = None
    return tuple(found)
