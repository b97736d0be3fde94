"""The names of the registry as Records have them, for recognition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.model import Alias, Entity, Tag, alias_names, by_language
from mksite.date.span import last_day
from mksite.mention.grammar.pattern import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.record.record import Record

_LANGUAGE = "ru"


def names_of(records: Iterable[Record], *, people: bool = True) -> Iterator[Name]:
    """All names of the organizations, programmes, places and, with `people`, of people, but those
    that are not to be recognized; tags are no names.
    """
    for record in records:
        meta = record.meta
        if record.lang or not isinstance(meta, Entity) or isinstance(meta, Tag) or not meta.mention:
            continue
        if record.kind == "person" and not people:
            continue
        present = [*by_language(meta.name, _LANGUAGE).values()]
        present += by_language(meta.short, _LANGUAGE).values()
        several = [alias for alias in meta.aliases if isinstance(alias, Alias)]
        off = {alias.name for alias in several if not alias.mention}
        for text in dict.fromkeys([*present, *alias_names(meta.aliases)]):
            if text not in off:
                yield Name(text, record.id, record.kind)
        for former in filter(lambda former: former.mention, meta.former):
            for text in by_language(former.name, _LANGUAGE).values():
                yield Name(text, record.id, record.kind, former=True, until=last_day(former.until))
