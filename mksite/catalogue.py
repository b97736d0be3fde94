"""All Cards, indexed: who is related to what, in which role; no I/O here.

The Catalogue is rebuilt in memory on every build from all Records, in an order that does not
depend on the order of input. Its problems are those that only the whole archive can show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from mksite import edtf
from mksite.config import SECTIONS, Site
from mksite.model import (
    FOLDERS,
    ROLES,
    Entity,
    Event,
    Kind,
    Organization,
    Place,
    Programme,
    Release,
    Role,
    StaticPage,
    Tag,
    Translation,
    by_language,
)
from mksite.problem import Fault, FieldPath, fault
from mksite.record import Record
from mksite.registry import LINKED, PARTIES, PLACES, TAGS, Key, Known, Miss, Registry
from mksite.source import Attachment

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
_ROLE_ORDER = {role: number for number, role in enumerate(ROLES)}
_NO_EVENT = Event()


class Relation(msgspec.Struct, frozen=True, array_like=True):
    """An entity in a role. `via` is the id of the programme that it is inherited from, or ''."""

    role: Role
    kind: Kind
    id: str
    via: str = ""

    @property
    def key(self) -> Key:
        """The entity."""
        return self.kind, self.id


class Moment(msgspec.Struct, frozen=True):
    """What lists need of a date.

    `years` are the calendar years that it may be in, none where the year is unknown; `year` is
    the one that it is listed under, or 0 for several or none; `month` likewise.
    """

    sort: str = ""
    years: tuple[int, ...] = ()
    year: int = 0
    month: int = 0
    is_doubtful: bool = True


class Card(msgspec.Struct, frozen=True):
    """A release as other pages may show it. Changing a body leaves its Card equal.

    `titles` and `summaries` are by language. `when` is the date it stands under: that of
    publication or, where only the event's is known, that (EDTF), or ''. `records` are its Records
    by language.
    """

    id: str
    titles: dict[str, str]
    summaries: dict[str, str]
    when: str
    moment: Moment
    event: Event
    venue: str
    programmes: tuple[str, ...]
    relations: tuple[Relation, ...]
    tags: tuple[str, ...]
    release: Release
    records: dict[str, Record]


class EntityCard(msgspec.Struct, frozen=True):
    """An organization, programme, place or tag as other pages may show it."""

    kind: Kind
    id: str
    names: dict[str, str]
    shorts: dict[str, str]
    meta: Entity
    records: dict[str, Record]

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id


class PageCard(msgspec.Struct, frozen=True):
    """A static page."""

    id: str
    titles: dict[str, str]
    summaries: dict[str, str]
    meta: StaticPage
    records: dict[str, Record]


class Placed(msgspec.Struct, frozen=True):
    """A Fault and the path of the source that it is in."""

    path: str
    fault: Fault


class Involvement(msgspec.Struct, frozen=True, array_like=True):
    """A release in which an entity has a role, perhaps inherited from a programme."""

    role: Role
    release: str
    via: str = ""


class Catalogue(msgspec.Struct, frozen=True):
    """Everything known, indexed. Releases are newest first everywhere, undated ones last.

    `involved`: entity → the releases that name it, by role. `programme_roles`: organization →
    its roles in programmes; `parties`: programme → who has a role in it. `parents`:
    any entity → the one around it (an organization's parent, a programme's, a place's, a tag's
    broader). `since` and `until`: the moments, as seconds
    since the epoch, between which no embargo ends; 0 for none.
    """

    site: Site
    registry: Registry
    releases: dict[str, Card]
    entities: dict[Key, EntityCard]
    pages: dict[str, PageCard]
    attachments: dict[Key, dict[str, Attachment]]
    involved: dict[Key, tuple[Involvement, ...]]
    programme_roles: dict[Key, tuple[Relation, ...]]
    parties: dict[str, tuple[Relation, ...]]
    predecessors: dict[Key, tuple[Key, ...]]
    parents: dict[Key, str]
    children: dict[Key, tuple[str, ...]]
    by_year: dict[int, tuple[str, ...]]
    undated: tuple[str, ...]
    in_programme: dict[str, tuple[str, ...]]
    in_place: dict[str, tuple[str, ...]]
    with_tag: dict[str, tuple[str, ...]]
    hidden: frozenset[str]
    since: int
    until: int

    def of_kind(self, kind: Kind) -> Iterator[EntityCard]:
        """The entities of a kind, by id."""
        return (card for key, card in self.entities.items() if key[0] == kind)

    def ancestors(self, key: Key) -> Iterator[str]:
        """The ids around an entity, from the nearest outwards."""
        return ancestors(self.parents, key)


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
        self.registry = Registry()
        self.faults: list[Placed] = []
        self.originals: dict[Key, Record] = {}
        self.unread: set[Key] = set()
        self.translations: dict[Key, dict[str, Record]] = defaultdict(dict)
        self.since = 0
        self.until = 0

    def fault(self, record: Record, found: Fault) -> None:
        self.faults.append(Placed(record.path, found))

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
        programme_roles = {
            key: self._programme_relations(card)
            for key, card in entities.items()
            if key[0] == "programme"
        }
        cards = [
            self._release(key[1], record, programme_roles)
            for key, record in self.originals.items()
            if isinstance(record.meta, Release) and (self.drafts or not record.meta.draft)
        ]  # those under embargo too: what is wrong in them must not come out on the day it ends
        shown = [card for card in cards if card.id not in hidden]
        releases = {card.id: card for card in _newest_first(shown)}
        pages = {
            key[1]: self._page(key, record)
            for key, record in sorted(self.originals.items())
            if isinstance(record.meta, StaticPage) and (self.drafts or not record.meta.draft)
        }
        owned = self._attachments(attachments)
        self._check_publisher(pages)
        roles_of: dict[Key, list[Relation]] = defaultdict(list)
        for key, relations in programme_roles.items():
            for relation in relations:
                roles_of[relation.key].append(Relation(relation.role, "programme", key[1]))
        catalogue = Catalogue(
            site=self.site,
            registry=self.registry,
            releases=releases,
            entities=entities,
            pages=pages,
            attachments=owned,
            involved=_involved(releases),
            programme_roles={key: tuple(found) for key, found in roles_of.items()},
            parties={key[1]: relations for key, relations in programme_roles.items()},
            predecessors=self._predecessors(entities),
            parents=parents,
            children=_children(parents),
            by_year=_by_year(releases),
            undated=tuple(card.id for card in releases.values() if not card.moment.years),
            in_programme=_closure(releases, parents, "programme"),
            in_place=_closure(releases, parents, "place"),
            with_tag=_closure(releases, parents, "tag"),
            hidden=frozenset(hidden),
            since=self.since,
            until=self.until,
        )
        return catalogue, tuple(self.faults)

    def _sort_records(self, records: list[Record]) -> None:
        """Originals by kind and id, translations by language; duplicates are faults."""
        for record in records:
            if not record.lang:
                key: Key = (record.kind, record.id)
                first = self.originals.get(key)
                if first is not None:
                    self.fault(record, fault("duplicate-id", id=record.id, other=first.path))
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
            self.fault(record, found)
        elif record.lang not in self.site.languages:
            allowed = ", ".join(self.site.languages)
            self.fault(record, fault("unknown-language", value=record.lang, allowed=allowed))
        elif original is None:
            name = f"{record.id}.md"
            self.fault(record, fault("translation-without-original", name=name))
        elif record.lang in self.translations[key]:
            other = self.translations[key][record.lang].path
            self.fault(record, fault("duplicate-id", id=record.id, other=other))
        elif isinstance(record.meta, Translation):
            titled = isinstance(original.meta, Release | StaticPage)
            told = any(problem.field == "title" for problem in record.problems)
            if titled and not record.meta.title and not told:
                self.fault(record, fault("missing-key", ("title",), key="title"))
            is_entity = isinstance(original.meta, Entity)
            if is_entity and (record.meta.title or record.meta.summary):
                key_name = "title" if record.meta.title else "summary"
                found = fault("translation-of-entity", (key_name,), at="key", key=key_name)
                self.fault(record, found)
            self.translations[key][record.lang] = record

    def _register(self) -> set[str]:
        """Makes all names known; the ids of the releases that are not to be shown yet."""
        hidden: set[str] = set()
        for (kind, ident), record in self.originals.items():
            meta = record.meta
            if meta is None:
                self.unread.add((kind, ident))
            if isinstance(meta, Entity):
                self.registry.add_entity(kind, ident, meta, self.default)
            elif isinstance(meta, Release | StaticPage):
                self.registry.ids[kind].add(ident)
                self.registry.add_later(Known(kind, ident, meta.title))
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
        for translated in records.values():
            self._check_links(translated)
        return EntityCard(key[0], key[1], names, shorts, meta, records)

    def _page(self, key: Key, record: Record) -> PageCard:
        meta = cast("StaticPage", record.meta)
        records = {self.default: record, **self.translations.get(key, {})}
        for translated in records.values():
            self._check_links(translated)
        titles, summaries = _words(meta.title, meta.summary, records, self.default)
        return PageCard(key[1], titles, summaries, meta, records)

    def _parents(self, entities: dict[Key, EntityCard]) -> dict[Key, str]:
        """The entity around each, without cycles: a cycle is a fault and is cut."""
        parents: dict[Key, str] = {}
        for key, card in entities.items():
            field, name = _parent_field(card.meta)
            if name is None:
                continue
            record = card.records[self.default]
            found = self._resolve(record, name, (key[0],), (field,), None)
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
                    self.fault(record, fault("parent-cycle", (field,), circle=circle))
                    del parents[chain[-1]]
                    break
                chain.append(step)
        return parents

    def _predecessors(self, entities: dict[Key, EntityCard]) -> dict[Key, tuple[Key, ...]]:
        """Organization → those that name it as their successor."""
        found: dict[Key, list[Key]] = defaultdict(list)
        for key, card in entities.items():
            if isinstance(card.meta, Organization) and card.meta.successor:
                record, name = card.records[self.default], card.meta.successor
                later = self._resolve(record, name, ("organization",), ("successor",), None)
                if later is not None:
                    found[later].append(key)
        return {key: tuple(keys) for key, keys in found.items()}

    def _programme_relations(self, card: EntityCard) -> tuple[Relation, ...]:
        meta = cast("Programme", card.meta)
        record = card.records[self.default]
        when = meta.period.start if meta.period else None
        relations: dict[Relation, None] = {}
        for field, role in PROGRAMME_ROLE_FIELDS:
            for index, name in enumerate(getattr(meta, field)):
                found = self._resolve(record, name, PARTIES, (field, index), when)
                if found is not None:
                    relations[Relation(role, *found)] = None
        return tuple(relations)

    def _release(
        self, ident: str, record: Record, programme_roles: dict[Key, tuple[Relation, ...]]
    ) -> Card:
        release = cast("Release", record.meta)
        event = release.event or _NO_EVENT
        when = release.date or event.start or ""
        decisive = decisive_date(release)
        key: Key = ("release", ident)
        records = {self.default: record, **self.translations.get(key, {})}
        programmes = self._programmes(record, release, decisive)
        relations = self._relations(record, release, decisive)
        for translated in records.values():
            for found in self._check_links(translated, decisive):
                if found[0] in PARTIES and not any(r.key == found for r in relations):
                    relations[Relation("mentioned", *found)] = None
        for programme in programmes:
            for relation in programme_roles.get(("programme", programme), ()):
                own = Relation(relation.role, relation.kind, relation.id)
                if relation.role in INHERITED and own not in relations:
                    inherited = Relation(relation.role, relation.kind, relation.id, programme)
                    relations.pop(Relation("mentioned", relation.kind, relation.id), None)
                    relations[inherited] = None
        titles, summaries = _words(release.title, release.summary, records, self.default)
        return Card(
            id=ident,
            titles=titles,
            summaries=summaries,
            when=when,
            moment=moment_of(when),
            event=event,
            venue=self._venue(record, release, decisive),
            programmes=programmes,
            relations=tuple(sorted(relations, key=lambda r: _ROLE_ORDER[r.role])),
            tags=self._tags(record, release),
            release=release,
            records=records,
        )

    def _programmes(self, record: Record, release: Release, when: str | None) -> tuple[str, ...]:
        named = release.programme
        names = (named,) if isinstance(named, str) else named
        found: dict[str, None] = {}
        for index, name in enumerate(names):
            key = self._resolve(record, name, ("programme",), ("programme", index), when)
            if key is not None:
                found[key[1]] = None
        return tuple(found)

    def _relations(
        self, record: Record, release: Release, when: str | None
    ) -> dict[Relation, None]:
        """The roles that the front matter gives, each once, in the order written."""
        relations: dict[Relation, None] = {}
        for field, role in ROLE_FIELDS:
            for index, name in enumerate(getattr(release, field)):
                found = self._resolve(record, name, PARTIES, (field, index), when)
                if found is not None:
                    relations[Relation(role, *found)] = None
        for index, speaker in enumerate(release.speakers):
            if speaker.organization:
                path: FieldPath = ("speakers", index, "organization")
                found = self._resolve(record, speaker.organization, PARTIES, path, when)
                if found is not None:
                    relations[Relation("speaker", *found)] = None
        if release.source and release.source.publisher:
            path = ("source", "publisher")
            found = self._resolve(record, release.source.publisher, PARTIES, path, when)
            if found is not None:
                relations[Relation("publisher", *found)] = None
        if release.contact and release.contact.organization:
            path = ("contact", "organization")
            self._resolve(record, release.contact.organization, PARTIES, path, when)
        return relations

    def _venue(self, record: Record, release: Release, when: str | None) -> str:
        if release.venue is None:
            return ""
        found = self._resolve(record, release.venue, PLACES, ("venue",), when)
        return found[1] if found else ""

    def _tags(self, record: Record, release: Release) -> tuple[str, ...]:
        """An unknown tag is a warning: the page is shown without it."""
        found: dict[str, None] = {}
        for index, name in enumerate(release.tags):
            key = self._resolve(record, name, TAGS, ("tags", index), None)
            if key is not None:
                found[key[1]] = None
        return tuple(found)

    def _resolve(
        self,
        record: Record,
        name: str,
        kinds: tuple[Kind, ...],
        field: FieldPath,
        when: str | None,
    ) -> Key | None:
        found = self.registry.resolve(name, kinds, when)
        if isinstance(found, Miss):
            if name.strip() and not self._is_unread(name, kinds):
                self.fault(record, _missed(found, name, kinds, field))
            return None
        return found

    def _is_unread(self, name: str, kinds: tuple[Kind, ...]) -> bool:
        """Whether the name is the id of a source that is there and cannot be read: then it is
        that source that is wrong, not those that name it.
        """
        ident = name.rpartition("/")[2]
        return any((kind, ident) in self.unread for kind in kinds)

    def _check_links(self, record: Record, when: str | None = None) -> list[Key]:
        """The entities that a body links to; a link that leads nowhere is a fault."""
        keys: list[Key] = []
        for name in record.mentions:
            found = self.registry.resolve(name, LINKED, when)
            if isinstance(found, Miss):
                if not self._is_unread(name, LINKED):
                    self.fault(record, _missed_link(found, name))
            else:
                keys.append(found)
        return keys

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
                self.fault(record, fault("broken-attachment", field, name=name, nearest=near))

    def _check_publisher(self, pages: dict[str, PageCard]) -> None:
        """What site.yaml names must exist."""
        name = self.site.publisher
        if name:
            found = self.registry.resolve(name, ("organization",))
            if isinstance(found, Miss):
                missed = _missed(found, name, ("organization",), ("publisher",))
                self.faults.append(Placed("site.yaml", missed))
        for index, entry in enumerate(self.site.menu):
            if entry not in SECTIONS and entry not in pages:
                allowed = ", ".join((*SECTIONS, *pages))
                found_fault = fault(
                    "unknown-menu-entry", ("menu", index), value=entry, allowed=allowed
                )
                self.faults.append(Placed("site.yaml", found_fault))


def decisive_date(release: Release) -> str | None:
    """The date by which the names in a release are understood: the event's, else its own."""
    return (release.event.start if release.event else None) or release.date


def attachment_name(name: str, owner: str) -> str:
    """The name within the owner's folder: editors may write `x/photo.jpg` or `photo.jpg`."""
    return name.removeprefix("./").removeprefix(f"{owner}/")


def _missed(miss: Miss, name: str, kinds: tuple[Kind, ...], field: FieldPath) -> Fault:
    """The Fault of a name that does not lead to one entity."""
    kind = kinds[0]
    severity = "warning" if kinds == TAGS and miss.code == "unknown" else "error"
    code = f"{miss.code}-{kind}"
    if miss.code == "unknown" and not miss.candidates:
        code += "-far"
    near = ", ".join(miss.candidates)
    return fault(code, field, severity=severity, name=name, nearest=near, folder=FOLDERS[kind])


def _missed_link(miss: Miss, name: str) -> Fault:
    """The Fault of a `[[name]]` that does not lead to one page."""
    code = "broken-link" if miss.code == "unknown" else "ambiguous-link"
    if not miss.candidates:
        code += "-far"
    return fault(code, ("[[", name), name=name, nearest=", ".join(miss.candidates))


def _parent_field(meta: Entity) -> tuple[str, str | None]:
    if isinstance(meta, Place):
        return "within", meta.within
    if isinstance(meta, Tag):
        return "broader", meta.broader
    return "parent", meta.parent


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


def _parsed(when: str | None) -> edtf.Edtf | None:
    """The date, or None where there is none or its Record already says that it is wrong."""
    if not when:
        return None
    try:
        return edtf.parse(when)
    except edtf.EdtfError:
        return None


@lru_cache(maxsize=65536)
def moment_of(when: str) -> Moment:
    """The Moment of an EDTF text; of "" or a text that does not parse, the empty one."""
    day = edtf.plain_day(when)
    if day is not None:
        return Moment(edtf.day_sort_key(day), (day.year,), day.year, day.month, is_doubtful=False)
    date = _parsed(when)
    if date is None:
        return Moment()
    year = edtf.year(date) or 0
    first, last = edtf.earliest(date), edtf.latest(date)
    month = 0
    if year and first and last and (first.year, first.month) == (last.year, last.month):
        month = first.month
    doubtful = edtf.is_uncertain(date) or edtf.is_approximate(date) or not year
    return Moment(edtf.sort_key(date), edtf.years(date), year, month, doubtful)


def _newest_first(cards: list[Card]) -> list[Card]:
    """Dated releases from the newest, then undated ones; equal dates by id."""
    dated = [card for card in cards if card.moment.years]
    undated = [card for card in cards if not card.moment.years]
    dated.sort(key=lambda card: card.id)
    dated.sort(key=lambda card: card.moment.sort, reverse=True)
    undated.sort(key=lambda card: (card.moment.sort, card.id))
    return dated + undated


def _involved(releases: dict[str, Card]) -> dict[Key, tuple[Involvement, ...]]:
    involved: dict[Key, list[Involvement]] = defaultdict(list)
    for ident, card in releases.items():
        for relation in card.relations:
            involved[relation.kind, relation.id].append(
                Involvement(relation.role, ident, relation.via)
            )
    return {key: tuple(found) for key, found in involved.items()}


def _by_year(releases: dict[str, Card]) -> dict[int, tuple[str, ...]]:
    years: dict[int, list[str]] = defaultdict(list)
    for ident, card in releases.items():
        for year in card.moment.years:
            years[year].append(ident)
    return {year: tuple(years[year]) for year in sorted(years, reverse=True)}


def _children(parents: dict[Key, str]) -> dict[Key, tuple[str, ...]]:
    children: dict[Key, list[str]] = defaultdict(list)
    for key in sorted(parents):
        children[key[0], parents[key]].append(key[1])
    return {key: tuple(found) for key, found in children.items()}


def ancestors(parents: dict[Key, str], key: Key) -> Iterator[str]:
    """The ids around an entity, from the nearest outwards."""
    up = parents.get(key)
    while up is not None:
        yield up
        up = parents.get((key[0], up))


def _closure(
    releases: dict[str, Card], parents: dict[Key, str], kind: Kind
) -> dict[str, tuple[str, ...]]:
    """Entity → its releases and those of all entities within it, newest first."""
    within: dict[str, list[str]] = defaultdict(list)
    chains: dict[str, tuple[str, ...]] = {}
    for ident, card in releases.items():
        named = (
            card.programmes
            if kind == "programme"
            else card.tags
            if kind == "tag"
            else (card.venue,)
            if card.venue
            else ()
        )
        around: dict[str, None] = {}
        for name in named:
            if name not in chains:
                chains[name] = (name, *ancestors(parents, (kind, name)))
            around.update(dict.fromkeys(chains[name]))
        for name in around:
            within[name].append(ident)
    return {name: tuple(found) for name, found in within.items()}
