"""A strict reader of iCalendar (RFC 5545), written against the standard and not against a writer.

It knows what mksite's calendars may hold and refuses everything else: wrong line ends, lines over
75 octets, letters cut in two, properties twice or unknown, a TZID without its VTIMEZONE.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

LINE_OCTETS = 75
NAME = r"[A-Za-z0-9-]+"
VALUE = r'(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
LINE = re.compile(rf"({NAME})((?:;{NAME}={VALUE}(?:,{VALUE})*)*):([^\x00-\x08\x0a-\x1f\x7f]*)")
PARAMETER = re.compile(rf";({NAME})=({VALUE}(?:,{VALUE})*)")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-Z\[\]_a-z~%]+")
ONCE = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SUMMARY"},
}
AT_MOST_ONCE = {
    "VCALENDAR": {
        "CALSCALE",
        "METHOD",
        "NAME",
        "DESCRIPTION",
        "URL",
        "SOURCE",
        "REFRESH-INTERVAL",
        "X-WR-CALNAME",
        "X-WR-CALDESC",
        "X-WR-TIMEZONE",
        "X-PUBLISHED-TTL",
        "X-MKSITE-LEFT-OUT",
    },
    "VTIMEZONE": set(),
    "STANDARD": {"TZNAME"},
    "DAYLIGHT": {"TZNAME"},
    "VEVENT": {
        "DTEND",
        "DESCRIPTION",
        "LOCATION",
        "GEO",
        "STATUS",
        "SEQUENCE",
        "CATEGORIES",
        "TRANSP",
        "URL",
    },
}
WITHIN = {
    "": {"VCALENDAR"},
    "VCALENDAR": {"VTIMEZONE", "VEVENT"},
    "VTIMEZONE": {"STANDARD", "DAYLIGHT"},
}


class Property(NamedTuple):
    """A content line: its parameters by name, its value as written."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value of a TEXT, unescaped."""
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", self.value), self.value
        return unescaped(self.value)

    @property
    def texts(self) -> list[str]:
        """The values of a list of TEXTs."""
        parts = re.findall(r"((?:\\.|[^\\,])+)", self.value)
        return [unescaped(part) for part in parts]


class Component(NamedTuple):
    """A component with its properties and the components in it."""

    kind: str
    properties: dict[str, Property]
    children: list[Component]

    def of_kind(self, *kinds: str) -> list[Component]:
        """The components directly within it."""
        return [child for child in self.children if child.kind in kinds]


class Event(NamedTuple):
    """What a calendar says of one event; `end` is exclusive for days, None where there is none."""

    uid: str
    start: date
    end: date | None
    summary: str
    status: str


def read(data: bytes) -> Component:
    """The VCALENDAR in the bytes. Raises AssertionError for anything that RFC 5545 forbids."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    unfolded: list[str] = []
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= LINE_OCTETS, line
        text = line.decode()  # a letter must not be cut
        if text.startswith((" ", "\t")):
            unfolded[-1] += text[1:]
        else:
            unfolded.append(text)
    stack = [Component("", {}, [])]
    for text in unfolded:
        match = LINE.fullmatch(text)
        assert match, text
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name == "BEGIN":
            assert value in WITHIN.get(stack[-1].kind, set()), value
            stack.append(Component(value, {}, []))
        elif name == "END":
            closed = stack.pop()
            assert closed.kind == value
            missing = ONCE[value] - closed.properties.keys()
            assert not missing, missing
            stack[-1].children.append(closed)
        else:
            component = stack[-1]
            assert name in ONCE[component.kind] | AT_MOST_ONCE[component.kind], name
            assert name not in component.properties, name
            given = {key: words.strip('"') for key, words in PARAMETER.findall(parameters)}
            component.properties[name] = Property(given, value)
    [calendar] = stack[0].children
    check(calendar)
    return calendar


def check(calendar: Component) -> None:
    """What holds across the lines of a calendar."""
    assert calendar.properties["VERSION"].value == "2.0"
    assert calendar.children  # a calendar needs a component
    zones = {zone.properties["TZID"].value for zone in calendar.of_kind("VTIMEZONE")}
    assert all(zone.children for zone in calendar.of_kind("VTIMEZONE"))
    events = calendar.of_kind("VEVENT")
    assert len({event.properties["UID"].text for event in events}) == len(events)
    for event in events:
        found = event.properties
        assert found["DTSTAMP"].value.endswith("Z")
        moment(found["DTSTAMP"])
        assert found.get("STATUS", Property({}, "CONFIRMED")).value in (
            "CONFIRMED",
            "TENTATIVE",
            "CANCELLED",
        )
        start = moment(found["DTSTART"])
        for name in ("DTSTART", "DTEND"):
            assert {found[name].parameters["TZID"]} <= zones if _is_zoned(found, name) else True
        if "DTEND" in found:
            end = moment(found["DTEND"])
            assert type(end) is type(start)
            assert found["DTEND"].parameters == found["DTSTART"].parameters
            assert end > start
    for component in (calendar, *events):
        for name in ("URL", "SOURCE"):
            if name in component.properties:
                assert URI.fullmatch(component.properties[name].value)


def _is_zoned(found: dict[str, Property], name: str) -> bool:
    return name in found and "TZID" in found[name].parameters


def moment(found: Property) -> date:
    """A day, a local time, or an instant."""
    if found.parameters.get("VALUE") == "DATE":
        assert re.fullmatch(r"\d{8}", found.value)
        return date.fromisoformat(found.value)
    assert re.fullmatch(r"\d{8}T\d{6}Z?", found.value)
    local = datetime.strptime(found.value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    return local.replace(tzinfo=UTC) if found.value.endswith("Z") else local


def events(calendar: Component) -> list[Event]:
    """The events in the order written."""
    return [
        Event(
            found["UID"].text,
            moment(found["DTSTART"]),
            moment(found["DTEND"]) if "DTEND" in found else None,
            found["SUMMARY"].text,
            found["STATUS"].value if "STATUS" in found else "",
        )
        for found in (event.properties for event in calendar.of_kind("VEVENT"))
    ]


def offset_at(calendar: Component, local: datetime) -> timedelta:
    """The offset from UTC that the calendar's VTIMEZONE gives to a local time."""
    [zone] = calendar.of_kind("VTIMEZONE")
    onsets = sorted(
        (moment(part.properties["DTSTART"]), offset(part.properties["TZOFFSETTO"].value))
        for part in zone.of_kind("STANDARD", "DAYLIGHT")
    )
    return [found for onset, found in onsets if onset <= local][-1]


def offset(text: str) -> timedelta:
    """A UTC-OFFSET such as +0600."""
    match = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text)
    assert match, text
    found = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -found if match[1] == "-" else found


def unescaped(text: str) -> str:
    """A TEXT without its backslashes."""
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,nN])*", text), text
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), text)
