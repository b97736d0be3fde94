"""Sorts the Records into originals and translations, and collects their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from mksite.catalogue.names.registry import Known
from mksite.catalogue.names.resolver import Resolver
from mksite.content.config import Site
from mksite.content.model import Entity, Key, Release, StaticPage, Translation
from mksite.content.problem import fault
from mksite.mention.texts import Found
from mksite.record.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable


class Gathered(msgspec.Struct, frozen=True):
    """Originals by kind and id, translations by language, and all names, still to be asked for.

    `mentions` are the entities that texts mention, by the paths of their sources.
    """

    site: Site
    names: Resolver
    originals: dict[Key, Record]
    translations: dict[Key, dict[str, Record]]
    mentions: Mapping[str, tuple[Found, ...]] = {}

    @property
    def default(self) -> str:
        """The site's first language."""
        return self.site.default_language

    def records_of(self, key: Key) -> dict[str, Record]:
        """The Records of one thing by language, the original's first."""
        original = self.originals[key]
        return {original.language(self.default): original, **self.translations.get(key, {})}


def gather(
    records: Iterable[Record], site: Site, mentions: Mapping[str, tuple[Found, ...]]
) -> Gathered:
    """The Records in order; duplicates and translations of nothing are faults."""
    given = Gathered(site, Resolver(), {}, defaultdict(dict), mentions)
    ordered = sorted(records, key=lambda record: record.path)
    for record in ordered:
        if not record.lang:
            key: Key = (record.kind, record.id)
            first = given.originals.get(key)
            if first is not None:
                given.names.fault(record, fault("duplicate-id", id=record.id, other=first.path))
            else:
                given.originals[key] = record
    for record in ordered:
        if record.lang:
            _add_translation(given, record)
    for (kind, ident), record in given.originals.items():
        meta = record.meta
        if meta is None:
            given.names.unread.add((kind, ident))
        if isinstance(meta, Entity):
            given.names.registry.add_entity(kind, ident, meta, given.default)
        elif isinstance(meta, Release | StaticPage):
            given.names.registry.ids[kind].add(ident)
            given.names.registry.add_later(Known(kind, ident, meta.title))
    return given


def _add_translation(given: Gathered, record: Record) -> None:
    key: Key = (record.kind, record.id)
    original = given.originals.get(key)
    name = f"{record.id}.md"
    is_default = record.lang == given.default
    if record.lang not in given.site.languages:
        allowed = ", ".join(given.site.languages)
        given.names.fault(record, fault("unknown-language", value=record.lang, allowed=allowed))
    elif is_default and (original is None or original.language(given.default) == given.default):
        problem = fault("translation-into-default", lang=record.lang, name=name)
        given.names.fault(record, problem)
    elif original is None:
        problem = fault("translation-without-original", lang=record.lang, name=name)
        given.names.fault(record, problem)
    elif record.lang == original.language(given.default):
        problem = fault("translation-into-own", lang=record.lang, name=name)
        given.names.fault(record, problem)
    elif record.lang in given.translations[key]:
        other = given.translations[key][record.lang].path
        given.names.fault(record, fault("duplicate-id", id=record.id, other=other))
    elif isinstance(record.meta, Translation):
        titled = isinstance(original.meta, Release | StaticPage)
        told = any(problem.field == "title" for problem in record.problems)
        if titled and not record.meta.title and not told:
            given.names.fault(record, fault("missing-key", ("title",), key="title"))
        is_entity = isinstance(original.meta, Entity)
        if is_entity and (record.meta.title or record.meta.summary):
            key_name = "title" if record.meta.title else "summary"
            problem = fault("translation-of-entity", (key_name,), at="key", key=key_name)
            given.names.fault(record, problem)
        given.translations[key][record.lang] = record
