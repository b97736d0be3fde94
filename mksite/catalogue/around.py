"""Finds the entity around each entity, and the one that took its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.model import KIND_SPECS, Entity, Key, Organization
from mksite.content.problem import fault

if TYPE_CHECKING:
    from mksite.catalogue.catalogue import EntityCard
    from mksite.catalogue.gathered import Gathered


MOST_LEVELS = 20  # within each other: a page tells of all that is around it


def parents_of(given: Gathered, entities: dict[Key, EntityCard]) -> dict[Key, str]:
    """The entity around each, without cycles: a cycle is a fault and is cut."""
    parents: dict[Key, str] = {}
    for key, card in entities.items():
        field, name = parent_field(card.meta)
        if name is None:
            continue
        record = card.original
        outer = given.names.resolve(record, name, (key[0],), (field,), None)
        if outer is not None:
            parents[key] = outer[1]
    _cut_cycles(given, entities, parents)
    _cut_towers(given, entities, parents)
    return parents


def _cut_cycles(given: Gathered, entities: dict[Key, EntityCard], parents: dict[Key, str]) -> None:
    """Takes one step out of every circle, and reports it."""
    settled: set[Key] = set()
    for key in sorted(parents):
        chain = {key: None}
        last = key
        while last not in settled and (up := parents.get(last)) is not None:
            step: Key = (key[0], up)
            if step in chain:
                walked = list(chain)
                ring = walked[walked.index(step) :]
                turns = ring.index(min(ring))
                ring = [*ring[turns:], *ring[:turns], min(ring)]
                field, _ = parent_field(entities[ring[0]].meta)
                circle = " → ".join(ident for _, ident in ring)
                record = entities[ring[0]].original
                given.names.fault(record, fault("parent-cycle", (field,), circle=circle))
                del parents[last]
                break
            chain[step] = None
            last = step
        settled.update(chain)


def _cut_towers(given: Gathered, entities: dict[Key, EntityCard], parents: dict[Key, str]) -> None:
    """Takes out every step that would be one too many, from the top, and reports it."""
    levels: dict[Key, int] = {}
    for key in sorted(parents):
        above = [key]
        while above[-1] not in levels and (up := parents.get(above[-1])) is not None:
            above.append((key[0], up))
        level = levels.get(above[-1], 0)
        for each in reversed(above):
            if each not in levels:
                level = level + 1 if each in parents else 0
                if level >= MOST_LEVELS:
                    field, _ = parent_field(entities[each].meta)
                    record = entities[each].original
                    told = fault("parents-too-many", (field,), limit=str(MOST_LEVELS))
                    given.names.fault(record, told)
                    del parents[each]
                    level = 0
                levels[each] = level
            else:
                level = levels[each]


def successors_of(given: Gathered, entities: dict[Key, EntityCard]) -> dict[Key, Key]:
    """Organization → the one that took its place."""
    successors: dict[Key, Key] = {}
    for key, card in entities.items():
        if isinstance(card.meta, Organization) and card.meta.successor:
            record, name = card.original, card.meta.successor
            later = given.names.resolve(record, name, ("organization",), ("successor",), None)
            if later is not None:
                successors[key] = later
    return successors


def parent_field(meta: Entity) -> tuple[str, str | None]:
    """The field that names the entity around one, and that name."""
    field = next(spec.around for spec in KIND_SPECS.values() if isinstance(meta, spec.struct))
    return field, getattr(meta, field, None)
