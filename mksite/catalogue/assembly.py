"""All Records to the Catalogue, and all that only the whole archive can show to be wrong; no I/O.

The order of the Records does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from mksite.catalogue import listing, relations
from mksite.catalogue.catalogue import (
    Card,
    Catalogue,
    EntityCard,
    PageCard,
    Placed,
    Relation,
    decisive_date,
    moment_of,
)
from mksite.catalogue.naming import name_then
from mksite.catalogue.registry import PARTIES, Known, Miss
from mksite.catalogue.resolver import Resolver, missed
from mksite.content.config import SECTIONS, Site
from mksite.content.model import (
    KIND_SPECS,
    Entity,
    Event,
    Key,
    Organization,
    Release,
    StaticPage,
    Translation,
    by_language,
)
from mksite.content.problem import FieldPath, fault
from mksite.source.source import attachment_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.record.record import Record
    from mksite.source.source import Attachment

_NO_EVENT = Event()


def assemble(
    records: Iterable[Record],
    attachments: Iterable[Attachment],
    site: Site,
    *,
    now: datetime,
    drafts: bool = False,
) -> tuple[Catalogue, tuple[Placed, ...]]:
    """The Catalogue of all Records and what is wrong among them. Linear in their number.

    Records without a value are left out: their own problems stand in them.
    """
    return _Assembly(site, now, drafts=drafts).run(tuple(records), tuple(attachments))


class _Assembly:
    """The work of one `assemble`."""

    def __init__(self, site: Site, now: datetime, *, drafts: bool) -> None:
        self.site = site
        self.default = site.default_language
        self.now = now
        self.drafts = drafts
        self.zone = ZoneInfo(site.timezone)
        self.names = Resolver()
        self.originals: dict[Key, Record] = {}
        self.translations: dict[Key, dict[str, Record]] = defaultdict(dict)
        self.since = 0
        self.until = 0

    def run(
        self, records: tuple[Record, ...], attachments: tuple[Attachment, ...]
    ) -> tuple[Catalogue, tuple[Placed, ...]]:
        self._sort_records(sorted(records, key=lambda r: r.path))
        hidden = self._register()
        entities = {
            key: self._entity(key, record)
            for key, record in sorted(self.originals.items())
            if isinstance(record.meta, Entity)
        }
        parents = self._parents(entities)
        successors = self._successors(entities)
        programme_roles = {
            key: relations.of_programme(self.names, card, self.default)
            for key, card in entities.items()
            if key[0] == "programme"
        }
        renamed = tuple(card for card in entities.values() if card.meta.former)
        cards = [
            self._release(key[1], record, programme_roles, renamed)
            for key, record in self.originals.items()
            if isinstance(record.meta, Release) and (self.drafts or not record.meta.draft)
        ]  # those under embargo too: what is wrong in them must not come out on the day it ends
        shown = [card for card in cards if card.id not in hidden]
        releases = {card.id: card for card in listing.newest_first(shown)}
        pages = {
            key[1]: self._page(key, record)
            for key, record in sorted(self.originals.items())
            if isinstance(record.meta, StaticPage) and (self.drafts or not record.meta.draft)
        }
        owned = self._attachments(attachments)
        self._check_hidden(cards, entities, pages, hidden)
        publisher = self._publisher()
        self._check_menu(pages)
        roles_of: dict[Key, list[Relation]] = defaultdict(list)
        for key, held in programme_roles.items():
            for relation in held:
                roles_of[relation.key].append(Relation(relation.role, "programme", key[1]))
        catalogue = Catalogue(
            site=self.site,
            publisher=publisher,
            releases=releases,
            entities=entities,
            pages=pages,
            attachments=owned,
            involved=listing.involved(releases),
            programme_roles={key: tuple(found) for key, found in roles_of.items()},
            parties={key[1]: held for key, held in programme_roles.items()},
            successors=successors,
            predecessors=listing.inverted(successors),
            parents=parents,
            children=listing.children(parents),
            by_year=listing.by_year(releases),
            undated=tuple(card.id for card in releases.values() if not card.moment.years),
            in_programme=listing.closure(releases, parents, "programme"),
            in_place=listing.closure(releases, parents, "place"),
            with_tag=listing.closure(releases, parents, "tag"),
            since=self.since,
            until=self.until,
        )
        self.names.report_shared(self.originals)
        return catalogue, tuple(self.names.faults)

    def _sort_records(self, records: list[Record]) -> None:
        """Originals by kind and id, translations by language; duplicates are faults."""
        for record in records:
            if not record.lang:
                key: Key = (record.kind, record.id)
                first = self.originals.get(key)
                if first is not None:
                    self.names.fault(record, fault("duplicate-id", id=record.id, other=first.path))
                else:
                    self.originals[key] = record
        for record in records:
            if record.lang:
                self._sort_translation(record)

    def _sort_translation(self, record: Record) -> None:
        key: Key = (record.kind, record.id)
        original = self.originals.get(key)
        if record.lang == self.default:
            found = fault("translation-into-default", lang=record.lang, name=f"{record.id}.md")
            self.names.fault(record, found)
        elif record.lang not in self.site.languages:
            allowed = ", ".join(self.site.languages)
            self.names.fault(record, fault("unknown-language", value=record.lang, allowed=allowed))
        elif original is None:
            name = f"{record.id}.md"
            self.names.fault(record, fault("translation-without-original", name=name))
        elif record.lang in self.translations[key]:
            other = self.translations[key][record.lang].path
            self.names.fault(record, fault("duplicate-id", id=record.id, other=other))
        elif isinstance(record.meta, Translation):
            titled = isinstance(original.meta, Release | StaticPage)
            told = any(problem.field == "title" for problem in record.problems)
            if titled and not record.meta.title and not told:
                self.names.fault(record, fault("missing-key", ("title",), key="title"))
            is_entity = isinstance(original.meta, Entity)
            if is_entity and (record.meta.title or record.meta.summary):
                key_name = "title" if record.meta.title else "summary"
                found = fault("translation-of-entity", (key_name,), at="key", key=key_name)
                self.names.fault(record, found)
            self.translations[key][record.lang] = record

    def _register(self) -> set[str]:
        """Makes all names known; the ids of the releases that are not to be shown yet."""
        hidden: set[str] = set()
        for (kind, ident), record in self.originals.items():
            meta = record.meta
            if meta is None:
                self.names.unread.add((kind, ident))
            if isinstance(meta, Entity):
                self.names.registry.add_entity(kind, ident, meta, self.default)
            elif isinstance(meta, Release | StaticPage):
                self.names.registry.ids[kind].add(ident)
                self.names.registry.add_later(Known(kind, ident, meta.title))
            if isinstance(meta, Release) and not self.drafts and self._is_hidden(meta):
                hidden.add(ident)
        return hidden

    def _is_hidden(self, release: Release) -> bool:
        if release.draft:
            return True
        if release.embargo is None:
            return False
        try:
            ends = datetime.fromisoformat(release.embargo).replace(tzinfo=self.zone)
        except ValueError:
            return True
        seconds = int(ends.timestamp())
        if ends <= self.now:
            self.since = max(self.since, seconds)
            return False
        self.until = min(self.until, seconds) if self.until else seconds
        return True

    def _entity(self, key: Key, record: Record) -> EntityCard:
        meta = cast("Entity", record.meta)
        names = by_language(meta.name, self.default)
        shorts = by_language(meta.short, self.default)
        records = {self.default: record, **self.translations.get(key, {})}
        return EntityCard(key[0], key[1], names, shorts, meta, records, self._links(records))

    def _page(self, key: Key, record: Record) -> PageCard:
        meta = cast("StaticPage", record.meta)
        records = {self.default: record, **self.translations.get(key, {})}
        titles, summaries = _words(meta.title, meta.summary, records, self.default)
        return PageCard(key[1], titles, summaries, meta, records, self._links(records))

    def _links(self, records: dict[str, Record], when: str | None = None) -> dict[str, Key]:
        """What the links in the texts of all languages lead to."""
        links: dict[str, Key] = {}
        for record in records.values():
            links.update(self.names.links(record, when))
        return links

    def _parents(self, entities: dict[Key, EntityCard]) -> dict[Key, str]:
        """The entity around each, without cycles: a cycle is a fault and is cut."""
        parents: dict[Key, str] = {}
        for key, card in entities.items():
            field, name = _parent_field(card.meta)
            if name is None:
                continue
            record = card.records[self.default]
            found = self.names.resolve(record, name, (key[0],), (field,), None)
            if found is not None:
                parents[key] = found[1]
        for key in sorted(parents):
            chain = [key]
            while (up := parents.get(chain[-1])) is not None:
                step: Key = (key[0], up)
                if step in chain:
                    ring = chain[chain.index(step) :]
                    turns = ring.index(min(ring))
                    ring = [*ring[turns:], *ring[:turns], min(ring)]
                    field, _ = _parent_field(entities[ring[0]].meta)
                    circle = " → ".join(ident for _, ident in ring)
                    record = entities[ring[0]].records[self.default]
                    self.names.fault(record, fault("parent-cycle", (field,), circle=circle))
                    del parents[chain[-1]]
                    break
                chain.append(step)
        return parents

    def _successors(self, entities: dict[Key, EntityCard]) -> dict[Key, Key]:
        """Organization → the one that took its place."""
        successors: dict[Key, Key] = {}
        for key, card in entities.items():
            if isinstance(card.meta, Organization) and card.meta.successor:
                record, name = card.records[self.default], card.meta.successor
                later = self.names.resolve(record, name, ("organization",), ("successor",), None)
                if later is not None:
                    successors[key] = later
        return successors

    def _release(
        self,
        ident: str,
        record: Record,
        programme_roles: dict[Key, tuple[Relation, ...]],
        renamed: tuple[EntityCard, ...],
    ) -> Card:
        release = cast("Release", record.meta)
        event = release.event or _NO_EVENT
        when = release.date or event.start or ""
        decisive = decisive_date(release)
        records = {self.default: record, **self.translations.get(("release", ident), {})}
        programmes = relations.programmes(self.names, record, release, decisive)
        links = self._links(records, decisive)
        linked = [key for key in links.values() if key[0] in PARTIES]
        own = relations.of_release(self.names, record, release, decisive)
        place = relations.venue(self.names, record, release, decisive)
        if place and release.venue:
            own.typed[("place", place)] = [release.venue]
        inherited = [
            (programme, relation)
            for programme in programmes
            for relation in programme_roles.get(("programme", programme), ())
        ]
        titles, summaries = _words(release.title, release.summary, records, self.default)
        return Card(
            id=ident,
            titles=titles,
            summaries=summaries,
            when=when,
            moment=moment_of(when),
            event=event,
            venue=place,
            programmes=programmes,
            relations=relations.together(own.roles, linked, inherited),
            tags=relations.tags(self.names, record, release),
            release=release,
            records=records,
            speakers=own.speakers,
            publisher=own.publisher,
            contact=own.contact,
            links=links,
            names_then=self._names_then(renamed, own.typed, decisive),
        )

    def _names_then(
        self, renamed: tuple[EntityCard, ...], typed: dict[Key, list[str]], when: str | None
    ) -> dict[Key, dict[str, str]]:
        """The names of the time, of those entities that have borne others."""
        names: dict[Key, dict[str, str]] = {}
        for card in renamed:
            then = name_then(card.meta.former, when, typed.get(card.key, ()), self.default)
            if then:
                names[card.key] = then
        return names

    def _check_hidden(
        self,
        releases: Iterable[Card],
        entities: dict[Key, EntityCard],
        pages: dict[str, PageCard],
        hidden: set[str],
    ) -> None:
        """A text that readers see must not name a page that they are not to see yet.

        A link with words of its own is only these words until the page is shown.
        """
        shown = [card for card in releases if card.id not in hidden]
        drafts = self.originals.keys() - {("page", ident) for ident in pages}
        cards: list[Card | EntityCard | PageCard] = [*shown, *entities.values(), *pages.values()]
        for card in cards:
            for record in card.records.values():
                for name in record.bare_mentions:
                    key = card.links.get(name)
                    if key is None:
                        continue
                    kind, ident = key
                    if (kind == "release" and ident in hidden) or (
                        kind == "page" and key in drafts
                    ):
                        self.names.fault(record, fault("link-to-hidden", ("[[", name), name=name))

    def _attachments(self, attachments: tuple[Attachment, ...]) -> dict[Key, dict[str, Attachment]]:
        owned: dict[Key, dict[str, Attachment]] = defaultdict(dict)
        for attachment in attachments:
            owned[attachment.kind, attachment.owner][attachment.name] = attachment
        for key, record in self.originals.items():
            files = owned.get(key, {})
            for translated in (record, *self.translations.get(key, {}).values()):
                self._check_files(translated, files)
        return owned

    def _check_files(self, record: Record, files: dict[str, Attachment]) -> None:
        named: list[tuple[FieldPath, str]] = [
            (("](", name), attachment_name(name, record.id)) for name in record.files
        ]
        meta = record.meta
        if isinstance(meta, Release):
            if meta.source and meta.source.file:
                named.append((("source", "file"), attachment_name(meta.source.file, record.id)))
            for index, photo in enumerate(meta.photos):
                file = attachment_name(photo.file, record.id)
                named.append((("photos", index, "file"), file))
        for field, name in named:
            if name not in files:
                near = ", ".join(sorted(files)) if files else f"{record.id}/"
                self.names.fault(record, fault("broken-attachment", field, name=name, nearest=near))

    def _publisher(self) -> Key | None:
        """The organization that site.yaml names as publisher; it must exist."""
        name = self.site.publisher
        if not name:
            return None
        answer = self.names.registry.resolve(name, ("organization",))
        if isinstance(answer, Miss):
            wrong = missed(answer, name, ("organization",), ("publisher",))
            self.names.faults.append(Placed("site.yaml", wrong))
            return None
        return answer

    def _check_menu(self, pages: dict[str, PageCard]) -> None:
        """What the menu names must exist."""
        features = self.site.features
        for index, entry in enumerate(self.site.menu):
            where = ("menu", index)
            if entry in SECTIONS:
                if not getattr(features, entry, True):
                    wrong = fault("menu-entry-off", where, value=entry)
                    self.names.faults.append(Placed("site.yaml", wrong))
            elif entry not in pages:
                allowed = ", ".join((*SECTIONS, *pages))
                wrong = fault("unknown-menu-entry", where, value=entry, allowed=allowed)
                self.names.faults.append(Placed("site.yaml", wrong))


def _parent_field(meta: Entity) -> tuple[str, str | None]:
    """The field that names the entity around one, and that name."""
    field = next(spec.around for spec in KIND_SPECS.values() if isinstance(meta, spec.struct))
    return field, getattr(meta, field, None)


def _words(
    title: str, summary: str | None, records: dict[str, Record], default: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Titles and summaries by language."""
    titles = {default: title}
    summaries = {default: summary} if summary else {}
    for lang, record in records.items():
        if lang != default and isinstance(record.meta, Translation):
            if record.meta.title:
                titles[lang] = record.meta.title
            if record.meta.summary:
                summaries[lang] = record.meta.summary
    return titles, summaries
