"""Finds what readers must not see: drafts, releases under an embargo, and those taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from mksite.content.model import Release, Withdrawal

if TYPE_CHECKING:
    from mksite.catalogue.gathered import Gathered


class Hidden(msgspec.Struct, frozen=True):
    """The ids of the hidden releases, and between which moments that holds; of those that were
    taken back, when and why.

    `since` is the last end of an embargo that has passed and `until` the next one, in seconds
    since the epoch; 0 for none.
    """

    ids: frozenset[str]
    since: int
    until: int
    withdrawn: dict[str, Withdrawal] = {}


def hidden_releases(given: Gathered, now: datetime, *, drafts: bool) -> Hidden:
    """What is hidden at a time; nothing where `drafts` are asked for."""
    zone = ZoneInfo(given.site.timezone)
    ids: set[str] = set()
    ended: list[int] = []
    coming: list[int] = []
    withdrawn: dict[str, Withdrawal] = {}
    for (_, ident), record in given.originals.items():
        release = record.meta
        if not isinstance(release, Release):
            continue
        if release.draft:
            if not drafts:
                ids.add(ident)
        elif release.withdrawn is not None:
            ids.add(ident)
            withdrawn[ident] = release.withdrawn
        elif release.embargo is not None and not drafts:
            end = embargo_end(release.embargo, zone)
            if end is not None and end <= now:
                ended.append(int(end.timestamp()))
                continue
            ids.add(ident)
            if end is not None:
                coming.append(int(end.timestamp()))
    return Hidden(frozenset(ids), max(ended, default=0), min(coming, default=0), withdrawn)


def embargo_end(text: str, zone: ZoneInfo) -> datetime | None:
    """When an embargo ends, in the site's time zone; None of a text that its Record calls wrong."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError:
        return None
