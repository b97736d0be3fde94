"""Finds what feeds, calendars and the sitemap hold, and when each of it was new.

Everything here comes from the content; no clock is read. A date is never given precision that its
editor did not write: where a format wants an instant and the content has only a day or less, the
rules are those of `published` and of `mksite.catalogue.time.newness`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from mksite.catalogue.time.newness import NOON, exact_day, in_utc, instant, iso_day, parsed
from mksite.content.address import absolute, entity_path, href, language_path
from mksite.view.part import Link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.content.config import Site
    from mksite.content.model import Event, Key
    from mksite.date import edtf

SINCE = "2026"  # the date in every tag URI (RFC 4151): the year these ids were first given out
BEGINNING = "2026-01-01T00:00:00Z"  # of a site's feed or calendar in which nothing stands yet
FEED = "feed.xml"
CALENDAR = "calendar.ics"

_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Occasion(msgspec.Struct, frozen=True):
    """An event whose days are known for certain.

    With `is_timed`, start and end are local to the site's time zone; else they are midnights of
    the first and of the last day. `end` is None where the content does not say when it ended.
    """

    start: dt.datetime
    end: dt.datetime | None
    is_timed: bool


def site_links(site: Site, lang: str) -> tuple[Link, ...]:
    """The links to the feed and to the calendar of the whole site, which are always there."""
    offered = site.features
    return _links(site, lang, None, "", (offered.feeds, offered.calendars))


def _links(
    site: Site, lang: str, key: Key | None, name: str, has: tuple[bool, bool]
) -> tuple[Link, ...]:
    files = [file for file, is_there in zip((FEED, CALENDAR), has, strict=True) if is_there]
    return tuple([Link(href(site, lang, followed_path(key, file)), name) for file in files])


class Following:
    """The releases behind everything that can be followed, from one Catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.site = catalogue.site
        self.zone = ZoneInfo(catalogue.site.timezone)
        self._order: dict[str, int] = {}
        self._occasions: dict[str, Occasion | None] = {}
        self._has: dict[Key, tuple[bool, bool]] = {}
        self._new: dict[str, float] = {}

    def releases(self, key: Key | None) -> Collection[str]:
        """The ids of the releases of an entity, or of the site, newest first, each once.

        An organization has those in which it has any role, a programme those within it and those
        it organizes, a place and a tag those within or under it.
        """
        if key is None:
            return self.catalogue.releases
        kind, ident = key
        if kind == "place":
            return self.catalogue.in_place.get(ident, ())
        if kind == "tag":
            return self.catalogue.with_tag.get(ident, ())
        involved = dict.fromkeys([i.release for i in self.catalogue.involved.get(key, ())])
        within = self.catalogue.in_programme.get(ident, ()) if kind == "programme" else ()
        if not involved or not within:
            return within or involved
        if not self._order:
            self._order = {release: i for i, release in enumerate(self.catalogue.releases)}
        return sorted({*within, *involved}, key=self._order.__getitem__)

    def newest(self, idents: Iterable[str]) -> list[str]:
        """The releases that were last new first; equals keep their order."""
        return sorted(idents, key=self._newness, reverse=True)

    def _newness(self, ident: str) -> float:
        if ident not in self._new:
            moment = self.catalogue.updated.get(ident)
            self._new[ident] = in_utc(moment).timestamp() if moment else float("-inf")
        return self._new[ident]

    def occasion(self, ident: str) -> Occasion | None:
        """When the release's event certainly takes place, or None."""
        event = self.catalogue.releases[ident].release.event
        if event is None:
            return None
        if ident not in self._occasions:
            self._occasions[ident] = occasion_of(event, self.zone)
        return self._occasions[ident]

    def links(self, key: Key, lang: str, name: str) -> tuple[Link, ...]:
        """The links to an entity's feed and calendar under its name, where it has them."""
        if key not in self._has:
            followed, offered = self.releases(key), self.site.features
            self._has[key] = (
                offered.feeds and any(ident in self.catalogue.updated for ident in followed),
                offered.calendars and any(self.occasion(ident) for ident in followed),
            )
        return _links(self.site, lang, key, name, self._has[key])


# When


def published(card: Card, zone: ZoneInfo) -> str:
    """When the release was published (RFC 3339), or "" where its day is not exactly known.

    A day without a time stands as its noon in the site's zone, so that it is the same day for
    readers from Lisbon to Vladivostok.
    """
    point = exact_day(card.release.date)
    return written(instant(point, NOON, zone)) if point else ""


def last_modified(card: Card) -> str:
    """The day (ISO 8601) since which the release stands as it is, or "" where it is not known.

    That of the last correction, else of publication; each only where it is exactly known.
    """
    if card.release.corrections:
        days = [exact_day(c.date) for c in card.release.corrections]
    else:
        days = [exact_day(card.release.date)]
    known = [iso_day(point) for point in days if point]
    return max(known) if known and len(known) == len(days) else ""


def occasion_of(event: Event, zone: ZoneInfo) -> Occasion | None:
    """The event's time where start and, if written, end are exact and in order; else None.

    Where only one of them has a time of day, the days are certain and the time is left out; of an
    event within one day that is written so, the start is kept.
    """
    date = parsed(event.start)
    span = date.spans[0] if date is not None and date.kind == "interval" else None
    start = _exact(span[0]) if span else exact_day(event.start)
    end = exact_day(event.end)
    if span and not event.end:
        end = _exact(span[1])
    if start is None or (end is None and (event.end or span)):
        return None
    first = _local(start, zone)
    last = _local(end, zone) if end else None
    if last is not None and end is not None and bool(start.time) != bool(end.time):
        if start.time and first.date() == last.date():
            return Occasion(first, None, is_timed=True)
        first, last = _midnight(first), _midnight(last)
        return Occasion(first, last, is_timed=False) if first <= last else None
    if last is not None and last < first:
        return None
    return Occasion(first, None if last == first else last, bool(start.time))


def _exact(point: edtf.Point | None) -> edtf.Point | None:
    """A bound of an interval where it is a day without doubt."""
    text = f"{point.year}-{point.month}-{point.day}" if point else ""
    return point if point and not any(point.marks) and exact_day(text) else None


def _local(point: edtf.Point, zone: ZoneInfo) -> dt.datetime:
    """A day's midnight, or a time of it in the site's zone, without the zone."""
    day = iso_day(point)
    if not point.time:
        return dt.datetime.fromisoformat(day)
    moment = dt.datetime.fromisoformat(f"{day}T{point.time}")
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(zone).replace(tzinfo=None)
        except OverflowError:
            moment = moment.replace(tzinfo=None)
    return moment


def _midnight(moment: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(moment.date(), dt.time())


def written(moment: dt.datetime) -> str:
    """An instant as RFC 3339 and W3C write it, with the offset then in force.

    RFC 3339 has no seconds in an offset, as local mean time had: such an instant is in UTC.
    """
    offset = moment.utcoffset() or dt.timedelta()
    if offset % dt.timedelta(minutes=1):
        moment = in_utc(moment)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


# Names


def tag_uri(site: Site, specific: str) -> str:
    """A permanent id (RFC 4151) of the site's host; another language or title keeps it."""
    path = site.base_path.strip("/")
    return f"tag:{host(site)},{SINCE}:{f'{path}/' if path else ''}{specific}"


def host(site: Site) -> str:
    """The site's host in ASCII, without a port."""
    name = site.origin.partition("://")[2].rpartition("@")[2].partition(":")[0]
    try:
        return name.encode("idna").decode() if not name.isascii() else name.lower()
    except UnicodeError:
        return "localhost"


def followed_path(key: Key | None, name: str) -> str:
    """The language-less path of a feed or calendar: `organizations/iom/feed.xml`."""
    return (entity_path(*key) if key else "") + name


def address(site: Site, lang: str, path: str) -> str:
    """The whole address of a language-less path in a language."""
    return absolute(site, language_path(site, lang) + path)


def clean(text: str) -> str:
    """The text without the characters that XML and iCalendar cannot carry."""
    if text.isprintable() or text.replace("\n", "").replace("\xa0", "").isprintable():
        return text  # what is left out below is not printable; the search takes longer than this
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
