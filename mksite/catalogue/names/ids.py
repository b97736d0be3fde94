"""Writes ids for names in a source's text; no I/O here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from mksite.catalogue.catalogue import decisive_date
from mksite.catalogue.names.registry import Miss
from mksite.content.front_matter.mend import front_of
from mksite.content.model import FOLDERS, Release
from mksite.content.rename import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.names.registry import Registry
    from mksite.content.model import Meta

_BARE = (None, '"', "'", "")


def named_by_ids(text: str, meta: Meta, registry: Registry) -> str:
    """A source's text in which the fields of its front matter name by id what they named by name,
    at the time of the release. A name that leads nowhere, or to several, stays.
    """
    at, front = front_of(text)
    if not front:
        return text
    when = decisive_date(meta) if isinstance(meta, Release) else None
    root = yaml.compose(front, Loader=yaml.CBaseLoader)
    for field, node in sorted(_names(root), key=lambda found: -found[1].start_mark.index):
        kinds = FIELDS[field]
        found = registry.resolve(node.value, kinds, when)
        if isinstance(found, Miss) or node.value in (found[1], f"{FOLDERS[found[0]]}/{found[1]}"):
            continue
        if registry.resolve(found[1], kinds, when) == found and node.style in _BARE:
            start, end = at + node.start_mark.index, at + node.end_mark.index
            text = text[:start] + found[1] + text[end:]
    return text


def _names(node: yaml.Node | None, field: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    """The values of fields that name an entity, each with its field."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _names(value, str(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _names(item, field)
    elif isinstance(node, yaml.ScalarNode) and field in FIELDS and node.value:
        yield field, node
