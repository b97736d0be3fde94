"""What a release says besides its text that decides on names: whom it names, and when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.content.model import Release
from mksite.date.span import day_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mksite.record.record import Record


class Circumstance(msgspec.Struct, frozen=True, array_like=True):
    """The names and ids in the front matter of a release, its date (EDTF or ""), and whether
    names are to be recognized in its text.
    """

    named: tuple[str, ...]
    when: str
    is_read: bool

    @property
    def day(self) -> date | None:
        """The last day that the date may mean."""
        days = day_range(self.when)
        return days[1] if days else None


def circumstance_of(release: Release) -> Circumstance:
    """The Circumstance of a release; it holds for its translations as well."""
    event = release.event
    when = (event.start if event else None) or release.date or (event.end if event else None)
    return Circumstance(tuple(_named(release)), when or "", release.mentions)


def releases(records: Iterable[Record]) -> Iterator[tuple[Record, Circumstance]]:
    """The Records of all texts of releases, translations too, each with its Circumstance."""
    texts = [record for record in records if record.kind == "release"]
    of_originals = {
        record.id: circumstance_of(record.meta)
        for record in texts
        if isinstance(record.meta, Release)
    }
    for record in texts:
        if record.id in of_originals and record.meta is not None:
            yield record, of_originals[record.id]


def _named(release: Release) -> Iterator[str]:
    programme = release.programme
    yield from (programme,) if isinstance(programme, str) else programme
    yield from release.organizers
    yield from release.partners
    yield from release.support
    yield from release.funders
    yield from release.participants
    if release.venue:
        yield release.venue
    for speaker in release.speakers:
        yield from (name for name in (speaker.name, speaker.organization) if isinstance(name, str))
    if release.source and release.source.publisher:
        yield release.source.publisher
    if release.contact and release.contact.organization:
        yield release.contact.organization
