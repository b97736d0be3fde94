"""Finds the links of sources to other sites, and tells of those that lead nowhere."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from mksite.content.front_matter import document, position
from mksite.content.model import Organization, Person, Programme, Release
from mksite.content.problem import Fault, Problem, fault
from mksite.record.markdown import convert
from mksite.record.markdown.limit import TooMuch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mksite.content.problem import FieldPath, Severity
    from mksite.record.record import Record
    from mksite.review.visit import State, Visit

_HREF = re.compile(r'<a [^>]*?href="(https?://[^"]+)"', re.IGNORECASE)
_MAY_HOLD = ("http", "www.", "HTTP", "WWW.")


class Link(NamedTuple):
    """An address as a source has it: `field` says where, as in a Fault; `archived` is its copy."""

    path: str
    address: str
    field: FieldPath
    archived: str = ""


def links_of(records: Iterable[Record], read: Callable[[str], bytes]) -> Iterator[Link]:
    """All links of the sources to other sites, each once a source; `read` gives a source's bytes.

    A source that cannot be read has none: `check` tells of it.
    """
    for record in records:
        if isinstance(record.meta, Release) and record.meta.source:
            origin = record.meta.source
            if origin.url:
                yield Link(record.path, origin.url, ("source", "url"), origin.archived or "")
            if origin.archived:
                yield Link(record.path, origin.archived, ("source", "archived"))
        elif isinstance(record.meta, Organization | Programme | Person) and record.meta.url:
            yield Link(record.path, record.meta.url, ("url",))
        yield from _of_body(record, read(record.path))


def _of_body(record: Record, data: bytes) -> Iterator[Link]:
    try:
        body = document.read(data).body
        if not any(sign in body for sign in _MAY_HOLD):
            return
        html = convert.render(body, record.lang).html
    except (document.DocumentError, TooMuch):
        return
    for address in dict.fromkeys(unescape(found) for found in _HREF.findall(html)):
        yield Link(record.path, address, ("](", _as_written(address, body)))


def _as_written(address: str, body: str) -> str:
    """The address as the body has it: perhaps not encoded, and without a scheme."""
    bare = address.partition("://")[2]
    forms = (address, unquote(address), bare, unquote(bare))
    return next((form for form in forms if form in body), address)


def problems(
    links: Iterable[Link], visits: Mapping[str, Visit], read: Callable[[str], bytes]
) -> list[Problem]:
    """A Problem for each link that did not lead where it should, with its line and column."""
    by_path: dict[str, list[Link]] = {}
    for link in links:
        if link.address in visits and visits[link.address].state != "good":
            by_path.setdefault(link.path, []).append(link)
    listed = []
    for path, own in by_path.items():
        faults = [_fault(link, visits[link.address]) for link in own]
        listed += position.place(path, read(path), faults)
    return sorted(listed)


# Dead for readers; what is not named here may be a passing trouble.
_SEVERITY: dict[State, Severity] = {
    "gone": "warning",
    "no-host": "warning",
    "private": "warning",
    "too-many-redirects": "warning",
}


def _fault(link: Link, visit: Visit) -> Fault:
    """What to tell of a link; where it is gone, whether readers are shown a copy."""
    code, severity = f"link-{visit.state}", _SEVERITY.get(visit.state, "note")
    if visit.state in ("gone", "no-host"):
        if link.archived:
            code, severity = f"{code}-kept", "note"
        elif link.field == ("source", "url"):
            code = f"{code}-source"
    return fault(
        code,
        link.field,
        severity=severity,
        address=link.address,
        status=str(visit.status),
        nearest=visit.location,
    )
