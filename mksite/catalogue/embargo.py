"""Finds what readers must not see yet: drafts, and releases under an embargo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from mksite.content.model import Release

if TYPE_CHECKING:
    from mksite.catalogue.gathered import Gathered


class Hidden(msgspec.Struct, frozen=True):
    """The ids of the hidden releases, and between which moments that holds.

    `since` is the last end of an embargo that has passed and `until` the next one, in seconds
    since the epoch; 0 for none.
    """

    ids: frozenset[str]
    since: int
    until: int


def hidden_releases(given: Gathered, now: datetime, *, drafts: bool) -> Hidden:
    """What is hidden at a time; nothing where `drafts` are asked for."""
    if drafts:
        return Hidden(frozenset(), 0, 0)
    zone = ZoneInfo(given.site.timezone)
    ids: set[str] = set()
    ended: list[int] = []
    coming: list[int] = []
    for (_, ident), record in given.originals.items():
        release = record.meta
        if not isinstance(release, Release):
            continue
        if release.draft:
            ids.add(ident)
        elif release.embargo is not None:
            end = embargo_end(release.embargo, zone)
            if end is not None and end <= now:
                ended.append(int(end.timestamp()))
                continue
            ids.add(ident)
            if end is not None:
                coming.append(int(end.timestamp()))
    return Hidden(frozenset(ids), max(ended, default=0), min(coming, default=0))


def embargo_end(text: str, zone: ZoneInfo) -> datetime | None:
    """When an embargo ends, in the site's time zone; None of a text that its Record calls wrong."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError:
        return None
