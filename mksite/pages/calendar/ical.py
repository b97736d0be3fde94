"""Writes a calendar as iCalendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from mksite.pages.calendar.contentline import day, escaped, line, local, text_line, utc_offset
from mksite.pages.follow import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.pages.calendar.calendar import CalendarView, EventView

_NO_URI = re.compile(r"[^!#$%&'()*+,./:;=?@\[\]_~A-Za-z0-9-]")
_DAY = dt.timedelta(days=1)


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
