"""Calendars (iCalendar, RFC 5545) of the site, of every entity and of each event, by language.

A calendar holds the newest 1,000 events by their start, then id. An event is in it where its days
are certain: what is doubtful, approximate or only partly known is left out and counted in the
calendar's description and in X-MKSITE-LEFT-OUT. An entity without a certain event has none.

STATUS: scheduled and held are CONFIRMED, postponed is TENTATIVE, cancelled is CANCELLED; without
a status there is none. The name of a cancelled event begins with the word for it, since many
programs show no STATUS. DTSTAMP is the instant that the release was last new, SEQUENCE the number
of its corrections: both come from the content, so that equal content gives equal bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from mksite.catalogue.newness import in_utc
from mksite.content.address import href, language_path
from mksite.content.model import ENTITY_KINDS
from mksite.language.languages import LANGUAGES
from mksite.pages import follow
from mksite.pages.calendar.contentline import day, escaped, line, local, text_line, utc_offset
from mksite.pages.calendar.timezone import Observance, Zone
from mksite.pages.follow import clean
from mksite.view.page import Page
from mksite.view.part import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.content.model import Key
    from mksite.pages.follow import Following, Occasion
    from mksite.pages.frame import Frame

MOST_EVENTS = 1000
STATUS = {
    "scheduled": "CONFIRMED",
    "held": "CONFIRMED",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}

_NO_URI = re.compile(r"[^!#$%&'()*+,./:;=?@\[\]_~A-Za-z0-9-]")
_DAY = dt.timedelta(days=1)


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
    left_out = len(happened) - len(certain)
    certain.sort(key=lambda pair: pair[0])
    certain.sort(key=lambda pair: pair[1].start, reverse=True)
    for maker in makers:
        path = language_path(maker.site, maker.frame.lang)
        path += follow.followed_path(key, follow.CALENDAR)
        view = partial(calendar, maker, key, certain, left_out)
        yield Page(path, view, maker.frame.lang, producer=icalendar)


def calendar(
    maker: _Maker, key: Key | None, certain: list[tuple[str, Occasion]], left_out: int
) -> CalendarView:
    """The View of a calendar."""
    return maker.calendar(key, certain, left_out)


class _Maker:
    """Makes the calendars of one language; an event is made once for all that hold it."""

    def __init__(self, frame: Frame, following: Following, zone: Zone) -> None:
        self.frame = frame
        self.site = frame.site
        self.following = following
        self.zone = zone
        self._events: dict[str, EventView] = {}
        self._locations: dict[str, str] = {}

    def calendar(
        self, key: Key | None, certain: list[tuple[str, Occasion]], left_out: int
    ) -> CalendarView:
        """The calendar of an entity, or of the site."""
        frame, site, lang = self.frame, self.site, self.frame.lang
        shown = certain[:MOST_EVENTS]
        path = follow.followed_path(key, follow.CALENDAR)
        name = site.text(site.title, lang)[0]
        page = frame.href("")
        sentences = []
        if key is None:
            sentences.append(site.text(site.description, lang)[0])
        else:
            link = frame.link(key)
            name, page = f"{link.text} — {name}", link.href
        if left_out:
            sentences.append(LANGUAGES[lang].calendar_leaves_out.format(count=left_out))
        if len(certain) > len(shown):
            sentences.append(
                LANGUAGES[lang].calendar_is_cut.format(count=len(certain) - len(shown))
            )
        years = {occasion.start.year for _, occasion in shown}
        years |= {occasion.end.year for _, occasion in shown if occasion.end}
        return CalendarView(
            lang=lang,
            name=name,
            description="\n".join(filter(None, sentences)),
            url=site.origin + page,
            source=site.origin + frame.href(path),
            zone=site.timezone,
            observances=self.zone.observances(years or {int(follow.SINCE)}),
            left_out=left_out,
            events=tuple([self.event(*pair) for pair in shown]),
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


def _uid(frame: Frame, ident: str) -> str:
    """A permanent id of the event, the same in every language and calendar."""
    path = frame.site.base_path.strip("/")
    return f"releases/{ident}@{'/'.join(filter(None, (follow.host(frame.site), path)))}"


# Bytes


def icalendar(view: CalendarView, _renderer: object) -> bytes:
    """The calendar as iCalendar."""
    url, source = _uri(view.url), _uri(view.source)
    return b"".join(
        (
            line("BEGIN", "VCALENDAR"),
            line("VERSION", "2.0"),
            line("PRODID", "-//mksite//mksite//EN"),
            line("CALSCALE", "GREGORIAN"),
            line("METHOD", "PUBLISH"),
            text_line("NAME", view.name),
            text_line("X-WR-CALNAME", view.name),
            text_line("DESCRIPTION", view.description),
            text_line("X-WR-CALDESC", view.description),
            line("URL", url),
            line("SOURCE", source, value="URI"),
            line("REFRESH-INTERVAL", "P1D" if source else "", value="DURATION"),
            line("X-PUBLISHED-TTL", "P1D" if source else ""),
            line("X-WR-TIMEZONE", view.zone),
            line("X-MKSITE-LEFT-OUT", str(view.left_out) if source else ""),
            _timezone(view),
            *map(event_bytes, view.events),
            line("END", "VCALENDAR"),
        )
    )


def _timezone(view: CalendarView) -> bytes:
    lines = [line("BEGIN", "VTIMEZONE"), line("TZID", view.zone)]
    for observance in view.observances:
        kind = "DAYLIGHT" if observance.is_daylight else "STANDARD"
        lines += (
            line("BEGIN", kind),
            line("DTSTART", local(dt.datetime.fromisoformat(observance.start))),
            line("TZOFFSETFROM", utc_offset(observance.before)),
            line("TZOFFSETTO", utc_offset(observance.offset)),
            text_line("TZNAME", observance.name),
            line("END", kind),
        )
    return b"".join((*lines, line("END", "VTIMEZONE")))


@lru_cache(maxsize=2048)
def event_bytes(view: EventView) -> bytes:
    """One VEVENT; kept, since several calendars hold it."""
    url = _uri(view.url)
    description = "\n\n".join(filter(None, (clean(view.summary), clean(view.note), url)))
    stamp = local(dt.datetime.fromisoformat(view.stamp))
    return b"".join(
        (
            line("BEGIN", "VEVENT"),
            text_line("UID", view.uid),
            line("DTSTAMP", f"{stamp}Z"),
            *_bounds(view),
            text_line("SUMMARY", clean(view.title) or url, language=view.lang),
            text_line("DESCRIPTION", description, language=view.lang),
            line("STATUS", view.status),
            line("SEQUENCE", str(view.corrections) if view.corrections else ""),
            text_line("LOCATION", view.location),
            line("GEO", f"{view.coordinates[0]:.6f};{view.coordinates[1]:.6f}")
            if view.coordinates
            else b"",
            line("CATEGORIES", ",".join(filter(None, map(escaped, view.categories)))),
            line("TRANSP", "TRANSPARENT"),
            line("URL", url),
            line("END", "VEVENT"),
        )
    )


def _bounds(view: EventView) -> Iterator[bytes]:
    """DTSTART and DTEND: times in the zone, or days of which the last is exclusive."""
    start = dt.datetime.fromisoformat(view.start)
    end = dt.datetime.fromisoformat(view.end) if view.end else None
    if view.is_timed:
        yield line("DTSTART", local(start), tzid=view.zone)
        if end:
            yield line("DTEND", local(end), tzid=view.zone)
    else:
        yield line("DTSTART", day(start), value="DATE")
        if end and end.date() < dt.date.max:
            yield line("DTEND", day(end + _DAY), value="DATE")


def _uri(text: str) -> str:
    """The address in the characters of RFC 3986."""
    return _NO_URI.sub(lambda sign: quote(sign[0]), text)
