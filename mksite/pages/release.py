"""releases/<id>/: a page in each language that a release is written in; and releases/."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from mksite.catalogue import counting
from mksite.content.address import href, output_path
from mksite.content.role import ROLE_SPECS, ROLES
from mksite.pages import attached, event_type, index
from mksite.pages.calendar import calendar
from mksite.pages.citation import citation
from mksite.pages.data.recordfile import record_link
from mksite.pages.frame import LONG_LIST, Frame, year_counts
from mksite.record.record import is_outdated
from mksite.source.source import attachment_name
from mksite.view.overview import LanguageCount, ReleasesView
from mksite.view.page import Page
from mksite.view.part import (
    Capacity,
    Link,
    Party,
    RoleParties,
    SummarizedRow,
    Words,
    YearCount,
    YearRows,
)
from mksite.view.release import (
    ContactView,
    CorrectionView,
    NoteView,
    OriginView,
    ProgrammeStrip,
    ReleaseView,
    SpeakerView,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mksite.catalogue.catalogue import Card, Catalogue, Relation
    from mksite.catalogue.counting import YearTally
    from mksite.content.model import Key

NEWEST = 10
MOST_WAYS = 12  # topics or places that the list of releases leads to
# A sentence ends after a word of several letters or digits, or a closing bracket or quotation mark.
_SENTENCE = re.compile(r"(?<=[\w)»”]{2}[.!?…])\s+(?=[^\W\d_a-zа-яёңөү]|[«“(])")


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The pages of all releases, and the list of them, in each language."""
    strips = _Strips(catalogue)
    for frame in frames:
        path = output_path(frame.own_path("releases/"))
        yield Page(path, partial(_list, frame), frame.lang, "releases.html")
        parts = _Parts(frame, strips)
        for card in catalogue.releases.values():
            if frame.lang in card.titles:
                yield _page(parts, card)


def _list(frame: Frame) -> ReleasesView:
    catalogue = frame.catalogue
    releases = [(ident, ()) for ident in catalogue.releases]
    years: tuple[YearRows, ...]
    newest: tuple[SummarizedRow, ...] = ()
    if len(releases) <= LONG_LIST:
        years = frame.years(releases)
    else:
        newest = tuple(frame.summarized(ident) for ident in islice(catalogue.releases, NEWEST))
        years = tuple(
            YearRows(
                year,
                tally.count,
                (),
                frame.href(f"timeline/{year or 'undated'}/"),
                tally.uncertain,
            )
            for year, tally in counting.by_year(catalogue.releases.values()).items()
            if tally.count
        )
    return ReleasesView(
        head=frame.head("releases/", "", section="releases"),
        count=len(releases),
        newest=newest,
        years=years,
        types=event_type.counts(frame),
        tags=index.busiest(frame, "tag", MOST_WAYS),
        places=index.busiest(frame, "place", MOST_WAYS),
        languages=_languages(frame),
    )


def _languages(frame: Frame) -> tuple[LanguageCount, ...]:
    """The other languages that releases are written in."""
    cards = frame.catalogue.releases.values()
    counts = {lang: sum(lang in card.titles for card in cards) for lang in frame.others}
    return tuple(
        LanguageCount(lang, href(frame.site, lang, "releases/"), count)
        for lang, count in counts.items()
        if count
    )


class _Strips:
    """A programme's releases in time, made once for all of its pages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.position: dict[str, dict[str, int]] = {}
        self.tallies: dict[str, dict[int, YearTally]] = {}
        self.marked: dict[tuple[str, int], tuple[YearCount, ...]] = {}

    def around(self, programme: str, ident: str) -> tuple[str | None, str | None]:
        """The ids of the releases before and after one in a programme, where it is dated."""
        order = self.catalogue.in_programme[programme]
        if programme not in self.position:
            self.position[programme] = {release: i for i, release in enumerate(order)}
        here = self.position[programme][ident]
        if not self.catalogue.releases[ident].moment.year:
            return None, None
        before = order[here + 1] if here + 1 < len(order) else None
        if before is not None and not self.catalogue.releases[before].moment.year:
            before = None
        return before, order[here - 1] if here else None

    def years(self, programme: str, here: int) -> tuple[YearCount, ...]:
        """The programme's years with their counts, oldest first; unknown years left out."""
        years = self.marked.get((programme, here))
        if years is None:
            if programme not in self.tallies:
                releases = self.catalogue.releases
                order = self.catalogue.in_programme[programme]
                self.tallies[programme] = counting.by_year(releases[ident] for ident in order)
            years = year_counts(self.tallies[programme], here)[::-1]
            self.marked[programme, here] = years
        return years


class _Parts:
    """The parts that many release pages of one language share, each made once."""

    def __init__(self, frame: Frame, strips: _Strips) -> None:
        self.frame = frame
        self.strips = strips
        self.crumbs = (Link(frame.href("releases/"), ""),)
        self._parties: dict[Relation, Party] = {}

    def party(self, relation: Relation) -> Party:
        """Who has a role, under the name of today."""
        party = self._parties.get(relation)
        if party is None:
            frame = self.frame
            via = frame.link(("programme", relation.via)) if relation.via else None
            party = Party(frame.link(relation.key), relation.kind, via=via)
            self._parties[relation] = party
        return party


def _page(parts: _Parts, card: Card) -> Page:
    frame = parts.frame
    path = output_path(frame.own_path(f"releases/{card.id}/"))
    origins = (card.records[frame.lang].path,)
    return Page(path, partial(_view, parts, card), frame.lang, "release.html", origins=origins)


def _view(parts: _Parts, card: Card) -> ReleaseView:
    frame, release, lang = parts.frame, card.release, parts.frame.lang
    key: Key = ("release", card.id)
    record = card.records[lang]
    summary = card.summaries.get(lang, "")
    head = frame.head(
        f"releases/{card.id}/",
        card.titles[lang],
        description=summary,
        section="releases",
        languages=card.titles,
        crumbs=parts.crumbs,
    )
    place = frame.catalogue.entities["place", card.venue].meta if card.venue else None
    year = card.moment.year
    return ReleaseView(
        head=head,
        id=card.id,
        original_lang=card.lang,
        title=card.titles[lang],
        summary=summary,
        date=release.date or "",
        added=release.added or "",
        date_note=_note(frame, card),
        type=card.event.type if release.event else "",
        type_href=event_type.href(frame, card),
        start=card.event.start or "",
        end=card.event.end or "",
        status=frame.status(card),
        venue=frame.places_then(card),
        venue_now=_venue_now(frame, card),
        address=frame.words(getattr(place, "address", None)),
        roles=_roles(parts, card),
        programmes=tuple([_strip(parts, programme, card, year) for programme in card.programmes]),
        tags=tuple([frame.link(("tag", tag)) for tag in card.tags]),
        speakers=_speakers(frame, card) if release.speakers else (),
        mentioned_places=tuple(
            [frame.link_then(card, ("place", ident)) for ident in card.mentioned_places]
        ),
        mentioned_people=tuple(
            [frame.link_then(card, ("person", ident)) for ident in card.mentioned_people]
        ),
        origin=_origin(frame, card),
        contact=_contact(frame, card),
        corrections=tuple(
            [CorrectionView(c.date, frame.words(c.text) or Words("")) for c in release.corrections]
        ),
        photos=attached.photos(frame, card),
        files=attached.documents(frame, key, card.records),
        outdated=is_outdated(card.original.original_digest, record.meta),
        body=frame.body_ref(key, record, lang, card.links),
        downloads=citation.links(frame, card.id),
        record=record_link(frame.site, card.id),
        calendar=calendar.event_link(frame, card.id),
    )


def _note(frame: Frame, card: Card) -> NoteView | None:
    """The editor's word on the date, parted after its first sentence."""
    note = frame.words(card.release.date_note)
    if note is None:
        return None
    first, _, rest = _SENTENCE.sub("\0", note.text.strip(), count=1).partition("\0")
    return NoteView(first, rest, note.lang)


def _venue_now(frame: Frame, card: Card) -> Words | None:
    """Today's name of the innermost place of the event that bore another name then."""
    around = frame.catalogue.ancestors(("place", card.venue)) if card.venue else ()
    for ident in (card.venue, *around):
        if ("place", ident) in card.names_then:
            link = frame.link(("place", ident))
            return Words(link.text, link.lang)
    return None


def _strip(parts: _Parts, programme: str, card: Card, year: int) -> ProgrammeStrip:
    frame, strips = parts.frame, parts.strips
    before, after = strips.around(programme, card.id)
    held = [
        relation
        for relation in frame.catalogue.parties.get(programme, ())
        if ROLE_SPECS[relation.role].is_inherited
    ]
    held.sort(key=lambda relation: ROLES.index(relation.role))
    return ProgrammeStrip(
        frame.brief(programme),
        _grouped(parts, card, held),
        frame.row(before) if before else None,
        frame.row(after) if after else None,
        strips.years(programme, year),
    )


def _roles(parts: _Parts, card: Card) -> tuple[RoleParties, ...]:
    """Who has which role in the event; `card.relations` are in the order of roles."""
    return _grouped(parts, card, [relation for relation in card.relations if not relation.via])


def _grouped(parts: _Parts, card: Card, relations: Sequence[Relation]) -> tuple[RoleParties, ...]:
    """Relations that are in the order of roles, by role, under the names of the time."""
    groups: list[RoleParties] = []
    group: list[Party] = []
    role = ""
    for relation in relations:
        if relation.role != role:
            if group:
                groups.append(RoleParties(role, tuple(group)))
            role, group = relation.role, []
        party = parts.party(relation)
        if relation.key in card.names_then:
            party = msgspec.structs.replace(
                party,
                link=parts.frame.link_then(card, relation.key),
                now=Words(party.link.text, party.link.lang),
            )
        group.append(party)
    if group:
        groups.append(RoleParties(role, tuple(group)))
    return tuple(groups)


def _speakers(frame: Frame, card: Card) -> tuple[SpeakerView, ...]:
    """Who spoke, each once, in the order of the front matter; people by the names of the time."""
    spoken: dict[tuple[Words, Link | None], list[Capacity]] = {}
    for speaker, key, ident in zip(card.release.speakers, card.speakers, card.people, strict=True):
        organization = frame.link_then(card, key) if key else None
        person = frame.link_then(card, ("person", ident)) if ident else None
        name = Words(person.text, person.lang) if person else frame.words(speaker.name)
        capacity = Capacity(frame.words(speaker.role), organization)
        spoken.setdefault((name or Words(""), person), []).append(capacity)
    return tuple(
        SpeakerView(name, person, tuple(c for c in capacities if c.role or c.organization))
        for (name, person), capacities in spoken.items()
    )


def _origin(frame: Frame, card: Card) -> OriginView | None:
    origin = card.release.source
    if origin is None:
        return None
    file = ""
    if origin.file:
        file = frame.attachment_href(("release", card.id), attachment_name(origin.file, card.id))
    publisher = frame.link_then(card, card.publisher) if card.publisher else None
    return OriginView(
        frame.words(origin.title), origin.url or "", origin.archived or "", file, publisher
    )


def _contact(frame: Frame, card: Card) -> ContactView | None:
    contact = card.release.contact
    if contact is None:
        return None
    return ContactView(
        frame.words(contact.name),
        frame.words(contact.role),
        frame.link_then(card, card.contact) if card.contact else None,
        contact.email or "",
        contact.phone or "",
    )
