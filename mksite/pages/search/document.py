"""What the search finds: one document a release, entity or static page, in all its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from mksite.content.address import entity_path, href
from mksite.content.model import (
    Key,
    Kind,
    Person,
    Programme,
    Release,
    Text,
    alias_names,
    by_language,
)
from mksite.pages import attached
from mksite.pages.frame import Frame
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mksite.catalogue.catalogue import Card, Catalogue, EntityCard, PageCard
    from mksite.record.record import Record

PART = 80  # documents in a group at most, as a rule: an edit indexes so many
MOST_GROUPS = 128
FACETS = ("kind", "organization", "programme", "year", "place", "tag", "language")
_DAY = len("2013-03-25")


class TextView(View, frozen=True):
    """A document in one language. `facts` are all other texts of its page, `place` and `parties`
    are shown beside the date; `links` are the texts of links that the body leaves empty.
    """

    lang: str
    href: str
    title: str
    summary: str
    place: str
    parties: str
    facts: tuple[str, ...]
    body: str
    links: tuple[tuple[str, str], ...]


class DocumentView(View, frozen=True):
    """A release, entity or static page. `dates` are EDTF, the one that it stands under first.
    `names` are numbers of entities in the group's `names`: those it is about, or itself.
    """

    kind: str
    id: str
    sort: str
    dates: tuple[str, ...]
    texts: tuple[TextView, ...]
    names: tuple[int, ...]
    facets: tuple[tuple[str, ...], ...]


class GroupView(View, frozen=True):
    """Some of the documents, by key. `names` are all names of each entity that they are about, each
    after its language.
    The number of a document in the index is its place here times `count`, plus `number`.
    """

    number: int
    count: int
    documents: tuple[DocumentView, ...]
    names: tuple[tuple[tuple[str, str], ...], ...]


def divided(catalogue: Catalogue) -> tuple[tuple[Key, ...], ...]:
    """All documents in groups, by a digest of their keys: an edit touches the group that it is in.
    The number of groups is a power of two, so that it changes seldom.
    """
    pages: list[Key] = [("page", ident) for ident in catalogue.pages]
    releases: list[Key] = [("release", ident) for ident in catalogue.releases]
    keys = sorted([*releases, *catalogue.entities, *pages])
    count = 1
    while count < MOST_GROUPS and len(keys) > count * PART:
        count *= 2
    groups: list[list[Key]] = [[] for _ in range(count)]
    for key in keys:
        groups[crc32("/".join(key).encode()) % count].append(key)
    return tuple(tuple(group) for group in groups)


class Documents:
    """The groups of an archive, each made when it is first asked for in a process."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.keys = divided(catalogue)
        self._made: dict[int, GroupView] = {}

    def group(self, number: int) -> GroupView:
        """One group."""
        made = self._made.get(number)
        if made is None:
            maker = _Maker(self.catalogue)
            documents = tuple([maker.document(key) for key in self.keys[number]])
            made = GroupView(number, len(self.keys), documents, tuple(maker.names))
            self._made[number] = made
        return made


class _Maker:
    """What the documents of one group share."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.site = catalogue.site
        self.frames = {lang: Frame(catalogue, lang) for lang in self.site.languages}
        self.numbers: dict[Key, int] = {}
        self.names: list[tuple[tuple[str, str], ...]] = []

    def document(self, key: Key) -> DocumentView:
        kind, ident = key
        if kind == "release":
            return self.release(self.catalogue.releases[ident])
        if kind == "page":
            return self.page(self.catalogue.pages[ident])
        return self.entity(self.catalogue.entities[key])

    def number(self, key: Key) -> int:
        """The place of an entity among the names."""
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.names)
            self.names.append(_all_names(self.catalogue.entities[key], self.site.default_language))
        return number

    def chain(self, kind: Kind, idents: Iterable[str]) -> tuple[str, ...]:
        """Those entities and all around them."""
        around: dict[str, None] = {}
        for ident in idents:
            around[ident] = None
            around.update(dict.fromkeys(self.catalogue.ancestors((kind, ident))))
        return tuple(around)

    def release(self, card: Card) -> DocumentView:
        """A release in all its languages."""
        held = [r for r in card.relations if r.role != "mentioned"]
        programmes = (*card.programmes, *(r.id for r in held if r.kind == "programme"))
        facets = {
            "kind": ("release",),
            "language": tuple(card.titles),
            "organization": tuple(dict.fromkeys(r.id for r in held if r.kind != "programme")),
            "programme": self.chain("programme", programmes),
            "place": self.chain("place", (card.venue,) if card.venue else ()),
            "tag": self.chain("tag", card.tags),
            "year": tuple(str(year) for year in card.moment.years),
        }
        about = dict.fromkeys(r.key for r in card.relations)
        kinds: tuple[Kind, ...] = ("programme", "place", "tag")
        for kind in kinds:
            about.update(dict.fromkeys((kind, ident) for ident in facets[kind]))
        people = (*filter(None, card.people), *card.mentioned_people)
        about.update(dict.fromkeys(("person", ident) for ident in people))
        texts = tuple(
            self.text(
                ("release", card.id),
                (lang, card.titles[lang], card.summaries.get(lang, "")),
                _release_facts(frame, card),
                card.records.get(lang),
                card.links,
            )
            for lang, frame in self.frames.items()
            if lang in card.titles
        )
        event = card.release.event
        ends = (event.start, event.end) if event else ()
        dates = dict.fromkeys(when.partition("T")[0] for when in (card.when, *ends) if when)
        day = card.moment.sort[:_DAY] if card.moment.years else ""
        names = tuple(self.number(key) for key in about)
        return DocumentView("release", card.id, day, tuple(dates), texts, names, _row(facets))

    def entity(self, card: EntityCard) -> DocumentView:
        """An organization, programme, place, person or tag."""
        kind, ident = card.key
        facets: dict[str, tuple[str, ...]] = {
            "kind": (kind,),
            "language": tuple(card.names),
            kind: self.chain(kind, (ident,)),
        }
        period = card.meta.period if isinstance(card.meta, Programme) else None
        ends = (period.start, period.end) if period else ()
        texts = tuple(
            self.text(
                card.key,
                (lang, frame.name(card), ""),
                ("", "", _entity_facts(frame, card)),
                card.records.get(lang),
                card.links,
            )
            for lang, frame in self.frames.items()
        )
        dates = tuple(dict.fromkeys(when for when in ends if when))
        return DocumentView(kind, ident, "", dates, texts, (self.number(card.key),), _row(facets))

    def page(self, card: PageCard) -> DocumentView:
        """A static page."""
        texts = tuple(
            self.text(
                ("page", card.id),
                (lang, card.titles[lang], card.summaries.get(lang, "")),
                ("", "", ()),
                card.records.get(lang),
                card.links,
            )
            for lang in self.site.languages
            if lang in card.titles
        )
        facets = {"kind": ("page",), "language": tuple(card.titles)}
        return DocumentView("page", card.id, "", (), texts, (), _row(facets))

    def text(
        self,
        key: Key,
        said: tuple[str, str, str],
        known: tuple[str, str, tuple[str, ...]],
        record: Record | None,
        links: Mapping[str, Key],
    ) -> TextView:
        """One language; `said` is that language, title and summary, `known` are place, parties
        and facts.
        """
        lang, title, summary = said
        address, frame = href(self.site, lang, entity_path(*key)), self.frames[lang]
        body = record.body_digest if record else ""
        mentions = record.mentions if record else ()
        texts = tuple((name, frame.target(name, links.get(name)).text) for name in mentions)
        return TextView(lang, address, title, summary, *known, body, texts)


def _row(facets: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(facets.get(facet, ()) for facet in FACETS)


def _all_names(card: EntityCard, default: str) -> tuple[tuple[str, str], ...]:
    """Every name that an entity has or had, after its language; nobody says that of an alias."""
    meta = card.meta
    former = [name for one in meta.former for name in by_language(one.name, default).items()]
    aliases = [(default, alias) for alias in alias_names(meta.aliases)]
    return tuple(dict.fromkeys([*card.names.items(), *card.shorts.items(), *aliases, *former]))


def _texts(frame: Frame, *texts: Text | None) -> list[str]:
    """The texts of the front matter in a language, without those that are empty."""
    translated = [frame.site.text(text, frame.lang)[0] for text in texts if text]
    return [text for text in translated if text]


def _entity_facts(frame: Frame, card: EntityCard) -> tuple[str, ...]:
    """The address of a place; the positions of a person."""
    if not isinstance(card.meta, Person):
        return tuple(_texts(frame, getattr(card.meta, "address", None)))
    held = zip(card.meta.positions, frame.catalogue.positions[card.key], strict=True)
    facts = [
        ", ".join([*_texts(frame, position.role), *([frame.link(key).text] if key else ())])
        for position, key in held
    ]
    return tuple(filter(None, facts))


def _release_facts(frame: Frame, card: Card) -> tuple[str, str, tuple[str, ...]]:
    """Where a release is set, who organized it, and all else that its page says of it."""
    release: Release = card.release
    place = ", ".join(link.text for link in reversed(frame.places_then(card)))
    parties = {r.key: frame.link_then(card, r.key).text for r in card.relations}
    leading = {r.key for r in card.relations if r.role == "organizer"}
    organizers = ", ".join(name for key, name in parties.items() if key in leading)
    facts = [name for key, name in parties.items() if key not in leading]
    facts += [frame.link(("tag", tag)).text for tag in card.tags]
    for speaker, key, ident in zip(release.speakers, card.speakers, card.people, strict=True):
        name = frame.link_then(card, ("person", ident)).text if ident else ""
        own = [*([name] if name else _texts(frame, speaker.name)), *_texts(frame, speaker.role)]
        facts.append(", ".join([*own, *([frame.link_then(card, key).text] if key else ())]))
    if release.source:
        facts += _texts(frame, release.source.title, release.source.url)
    if release.contact:
        who = release.contact
        facts.append(", ".join(_texts(frame, who.name, who.role, who.email, who.phone)))
    for correction in release.corrections:
        facts += [correction.date, *_texts(frame, correction.text)]
    for photo in release.photos:
        facts += _texts(frame, photo.alt, photo.caption, photo.credit)
    facts += _texts(frame, release.date_note)
    if card.venue:
        venue = frame.catalogue.entities["place", card.venue].meta
        facts += _texts(frame, getattr(venue, "address", None))
    for file in attached.documents(frame, ("release", card.id), card.records):
        name = file.href.rpartition("/")[2]
        facts += [file.title.text, name] if file.title.text != name else [name]
    return place, organizers, tuple(fact for fact in facts if fact)
