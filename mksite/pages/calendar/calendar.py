"""Calendars (iCalendar, RFC 5545) of the site, of every entity and of each event, by language.

A calendar holds the newest events by their start, then id, as many as stay under 1 MB, above which
programs refuse or cut a calendar. Where it cannot hold all there is one more for each year beside
it (`calendar-2013.ics`). An event is in it where its days are certain: what is doubtful,
approximate or only partly known is left out and counted in the calendar's description and in
X-MKSITE-LEFT-OUT. An entity without a certain event has none.

STATUS: scheduled and held are CONFIRMED, postponed is TENTATIVE, cancelled is CANCELLED; without
a status there is none. The name of a cancelled event begins with the word for it, since many
programs show no STATUS. DTSTAMP is the instant that the release was last new, SEQUENCE the number
of its corrections: both come from the content, so that equal content gives equal bytes.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from functools import partial
from itertools import accumulate, groupby, product
from typing import TYPE_CHECKING, NamedTuple

from mksite.catalogue.time.newness import in_utc
from mksite.content.address import href, language_path
from mksite.content.model import ENTITY_KINDS
from mksite.language.languages import LANGUAGES
from mksite.pages import follow
from mksite.pages.calendar.ical import icalendar
from mksite.pages.calendar.timezone import Observance, Zone
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.content.model import Key
    from mksite.pages.follow import Following, Occasion
    from mksite.pages.frame import Frame

MOST_OCTETS = 900_000  # of a calendar's events, by `_octets`, which may be wrong by some of them
_EVENT_OCTETS = 700  # of an event without its texts: stamps, addresses, the place, the topics
STATUS = {
    "scheduled": "CONFIRMED",
    "held": "CONFIRMED",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}


class EventView(View, frozen=True):
    """An event. `start` and `end` are local ISO 8601, with a time where `is_timed`.

    The last day of an event without times is inclusive here; `end` may be "". `note` is the
    editor's word on the date. `stamp` is UTC.
    """

    uid: str
    lang: str
    title: str
    summary: str
    note: str
    start: str
    end: str
    is_timed: bool
    zone: str
    status: str
    stamp: str
    corrections: int
    location: str
    coordinates: tuple[float, float] | None
    categories: tuple[str, ...]
    url: str


class CalendarView(View, frozen=True):
    """A whole calendar; `url` is the page that it follows, `source` its own address.

    A file of one event, which nobody follows, has neither, nor a name.
    """

    lang: str
    name: str
    description: str
    url: str
    source: str
    zone: str
    observances: tuple[Observance, ...]
    left_out: int
    events: tuple[EventView, ...]


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The calendar of the site and of each entity that has events, in each language."""
    if not catalogue.site.features.calendars:
        return
    zone = Zone(catalogue.site.timezone)
    makers = tuple(_Maker(frame, frames[0].following, zone) for frame in frames)
    yield from _calendars(makers, None)
    for kind in ENTITY_KINDS:
        for card in catalogue.of_kind(kind):
            yield from _calendars(makers, card.key)
    for ident in catalogue.releases:
        yield from _single(makers, ident)


def _single(makers: tuple[_Maker, ...], ident: str) -> Iterator[Page]:
    """releases/<id>/<id>.ics: the event of a release, where its days are certain."""
    occasion = makers[0].following.occasion(ident)
    if occasion is None:
        return
    card = makers[0].frame.catalogue.releases[ident]
    for maker in makers:
        lang = maker.frame.lang
        if lang in card.titles:
            path = maker.frame.own_path(_event_path(ident))
            view = partial(event_file, maker, ident, occasion)
            origins = (card.records[lang].path,)
            yield Page(path, view, lang, producer=icalendar, origins=origins)


def _event_path(ident: str) -> str:
    return f"releases/{ident}/{ident}.ics"


def event_link(frame: Frame, ident: str) -> str:
    """The link to the file of a release's event, or "" where there is none."""
    if not frame.site.features.calendars or frame.following.occasion(ident) is None:
        return ""
    return frame.href(_event_path(ident))


def event_file(maker: _Maker, ident: str, occasion: Occasion) -> CalendarView:
    """The View of a calendar that holds one event."""
    event = maker.event(ident, occasion)
    years = {moment.year for moment in (occasion.start, occasion.end) if moment}
    return CalendarView(
        lang=event.lang,
        name="",
        description="",
        url="",
        source="",
        zone=event.zone,
        observances=maker.zone.observances(years),
        left_out=0,
        events=(event,),
    )


def _calendars(makers: tuple[_Maker, ...], key: Key | None) -> Iterator[Page]:
    """One calendar in each language; of an entity only where there is something in it."""
    following = makers[0].following
    cards = following.catalogue.releases
    happened = [ident for ident in following.releases(key) if cards[ident].release.event]
    certain: list[tuple[str, Occasion]] = []
    for ident in happened:
        occasion = following.occasion(ident)
        if occasion is not None:
            certain.append((ident, occasion))
    if not certain and key is not None:
        return
    certain.sort(key=lambda pair: pair[0])
    certain.sort(key=lambda pair: pair[1].start, reverse=True)
    main = follow.followed_path(key, follow.CALENDAR)
    sizes = [_octets(cards[ident]) for ident, _ in certain]
    files = [_file(main, certain, sizes, 0)._replace(left_out=len(happened) - len(certain))]
    if files[0].cut:
        numbered = groupby(range(len(certain)), lambda number: certain[number][1].start.year)
        for year, numbers in numbered:
            first, *later = numbers
            part = slice(first, first + 1 + len(later))
            files.append(_file(_of_year(main, year), certain[part], sizes[part], year))
    for maker, file in product(makers, files):
        path = language_path(maker.site, maker.frame.lang) + file.path
        view = partial(calendar, maker, key, file)
        yield Page(path, view, maker.frame.lang, producer=icalendar)


class _File(NamedTuple):
    """A calendar: its path without a language, what it holds, and the year that it is of or 0.

    `cut` events are certain and not in it, the first of them in the year `earlier`; `left_out` are
    not certain.
    """

    path: str
    events: list[tuple[str, Occasion]]
    year: int
    cut: int
    earlier: int
    left_out: int = 0


def _file(path: str, events: list[tuple[str, Occasion]], sizes: list[int], year: int) -> _File:
    """The first of the events, as many as a calendar can hold; at least one of them."""
    held = bisect_right(list(accumulate(sizes)), MOST_OCTETS)
    shown = events[: max(1, held)]
    cut = events[len(shown) :]
    return _File(path, shown, year, len(cut), cut[0][1].start.year if cut else 0)


def _of_year(path: str, year: int) -> str:
    stem, _, suffix = path.rpartition(".")
    return f"{stem}-{year}.{suffix}"


def calendar(maker: _Maker, key: Key | None, file: _File) -> CalendarView:
    """The View of a calendar."""
    return maker.calendar(key, file)


class _Maker:
    """Makes the calendars of one language; an event is made once for all that hold it."""

    def __init__(self, frame: Frame, following: Following, zone: Zone) -> None:
        self.frame = frame
        self.site = frame.site
        self.following = following
        self.zone = zone
        self._events: dict[str, EventView] = {}
        self._locations: dict[str, str] = {}

    def calendar(self, key: Key | None, file: _File) -> CalendarView:
        """The calendar of an entity, or of the site."""
        frame, site, lang = self.frame, self.site, self.frame.lang
        name = site.text(site.title, lang)[0]
        page = frame.href("")
        sentences = []
        if key is None:
            sentences.append(site.text(site.description, lang)[0])
        else:
            link = frame.link(key)
            name, page = f"{link.text} — {name}", link.href
        if file.year:
            name = f"{name}, {file.year}"
        words = LANGUAGES[lang]
        if file.left_out:
            sentences.append(words.calendar_leaves_out.format(count=file.left_out))
        if file.cut:
            sentences.append(words.calendar_is_cut.format(count=file.cut))
        if file.cut and not file.year:
            address = site.origin + frame.href(_of_year(file.path, file.earlier))
            sentences.append(words.calendar_by_year.format(address=address))
        years = {occasion.start.year for _, occasion in file.events}
        years |= {occasion.end.year for _, occasion in file.events if occasion.end}
        return CalendarView(
            lang=lang,
            name=name,
            description="\n".join(filter(None, sentences)),
            url=site.origin + page,
            source=site.origin + frame.href(file.path),
            zone=site.timezone,
            observances=self.zone.observances(years or {int(follow.SINCE)}),
            left_out=file.left_out,
            events=tuple([self.event(*pair) for pair in file.events]),
        )

    def event(self, ident: str, occasion: Occasion) -> EventView:
        """The event of a release."""
        event = self._events.get(ident)
        if event is None:
            event = self._event(self.frame.catalogue.releases[ident], occasion)
            self._events[ident] = event
        return event

    def _event(self, card: Card, occasion: Occasion) -> EventView:
        frame, site = self.frame, self.site
        title, lang = frame.nearest(card.titles)
        if card.event.status == "cancelled":
            title = LANGUAGES[lang].calendar_cancelled.format(title=title)
        moment = frame.catalogue.updated.get(card.id) or self._before_all(occasion)
        return EventView(
            uid=_uid(frame, card.id),
            lang=lang,
            title=title,
            summary=card.summaries.get(lang, ""),
            note=site.text(card.release.date_note, lang)[0],
            start=occasion.start.isoformat(timespec="seconds"),
            end=occasion.end.isoformat(timespec="seconds") if occasion.end else "",
            is_timed=occasion.is_timed,
            zone=site.timezone,
            status=STATUS.get(card.event.status or "", ""),
            stamp=in_utc(moment).replace(tzinfo=None).isoformat(timespec="seconds"),
            corrections=len(card.release.corrections),
            location=self._location(card.venue),
            coordinates=self._coordinates(card.venue),
            categories=tuple([frame.link(("tag", tag)).text for tag in card.tags]),
            url=site.origin + href(site, lang, f"releases/{card.id}/"),
        )

    def _before_all(self, occasion: Occasion) -> dt.datetime:
        """The stamp of an event of which nothing tells when it was new: never one to come."""
        start = occasion.start.replace(tzinfo=self.following.zone)
        return min(start, dt.datetime.fromisoformat(follow.BEGINNING))

    def _location(self, venue: str) -> str:
        """The venue with its address and the places around it, the innermost first."""
        if venue not in self._locations:
            self._locations[venue] = ", ".join(self._chain(venue)) if venue else ""
        return self._locations[venue]

    def _chain(self, venue: str) -> Iterator[str]:
        frame = self.frame
        key: Key = ("place", venue)
        yield frame.link(key).text
        address = frame.words(getattr(frame.catalogue.entities[key].meta, "address", None))
        if address:
            yield address.text
        for ident in frame.catalogue.ancestors(key):
            yield frame.link(("place", ident)).text

    def _coordinates(self, venue: str) -> tuple[float, float] | None:
        if not venue:
            return None
        return getattr(self.frame.catalogue.entities["place", venue].meta, "coordinates", None)


def _octets(card: Card) -> int:
    """About how many octets an event takes in the language that says most of it."""
    summaries = [card.summaries.get(lang, "") for lang in card.titles]
    texts = [
        len(title) + len(said) for title, said in zip(card.titles.values(), summaries, strict=True)
    ]
    return _EVENT_OCTETS + 2 * max(texts, default=0)  # two octets a Cyrillic letter


def _uid(frame: Frame, ident: str) -> str:
    """A permanent id of the event, the same in every language and calendar."""
    path = frame.site.base_path.strip("/")
    return f"releases/{ident}@{'/'.join(filter(None, (follow.host(frame.site), path)))}"
