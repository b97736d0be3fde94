"""The names of the registry as Records have them, for recognition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.model import Entity, Tag, by_language
from mksite.date.span import last_day
from mksite.mention.pattern import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.record.record import Record

_LANGUAGE = "ru"


def names_of(records: Iterable[Record]) -> Iterator[Name]:
    """All names of the organizations, programmes, places and people; tags are no names."""
    for record in records:
        meta = record.meta
        if record.lang or not isinstance(meta, Entity) or isinstance(meta, Tag):
            continue
        present = [*by_language(meta.name, _LANGUAGE).values()]
        present += by_language(meta.short, _LANGUAGE).values()
        for text in dict.fromkeys([*present, *meta.aliases]):
            yield Name(text, record.id, record.kind)
        for former in meta.former:
            for text in by_language(former.name, _LANGUAGE).values():
                yield Name(text, record.id, record.kind, former=True, until=last_day(former.until))
