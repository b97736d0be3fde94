"""Finds the name under which an entity stands in a release: that of the time (DESIGN §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.model import FormerName, by_language
from mksite.date.span import day_range, last_day
from mksite.text.name import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

Names = dict[str, str]


def name_then(
    former: tuple[FormerName, ...], when: str | None, typed: Iterable[str], default: str
) -> Names:
    """The name, by language, that an entity bore at the time `when` (EDTF); none for today's.

    `former` are the names that it has left, `typed` the names by which the front matter calls it:
    a former name that is typed stands, whatever the date says. Of the names of one time the longest
    is taken, for whoever is named in short had a full name as well.
    """
    written = {fold(name) for name in typed}
    for left in former:
        if any(fold(name) in written for name in by_language(left.name, default).values()):
            return _full_names(former, left.until, default)
    until = _in_use(former, when)
    return _full_names(former, until, default) if until is not None else {}


def _full_names(former: tuple[FormerName, ...], until: str | None, default: str) -> Names:
    """The longest names of those that were left at one time, by language."""
    names: Names = {}
    for left in former:
        if left.until == until:
            for lang, name in by_language(left.name, default).items():
                names[lang] = max(names.get(lang, ""), name, key=len)
    return names


def _in_use(former: tuple[FormerName, ...], when: str | None) -> str | None:
    """Until when the name was in use that was borne on every day that the date may mean."""
    days = day_range(when)
    if days is None:
        return None
    ends = {left.until: last_day(left.until) for left in former if left.until}
    standing = [(end, until) for until, end in ends.items() if end and days[0] <= end]
    if not standing:
        return None
    end, until = min(standing)
    return until if days[1] <= end else None
