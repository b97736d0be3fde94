"""Counts releases by year, each once; what is only possible is counted apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.catalogue.catalogue import Card


class YearTally(msgspec.Struct):
    """How many releases stand under a year, how many of these by doubtful word, and how many
    others may belong to it: those stand under year 0.
    """

    count: int = 0
    uncertain: int = 0
    possible: int = 0


def by_year(cards: Iterable[Card]) -> dict[int, YearTally]:
    """The tally of each year, the latest first; 0 is that of the releases of no known year."""
    tallies: dict[int, YearTally] = {}
    for card in cards:
        moment = card.moment
        tally = tallies.setdefault(moment.year, YearTally())
        tally.count += 1
        if moment.year:
            tally.uncertain += moment.is_year_doubtful
            continue
        for year in moment.years:
            tallies.setdefault(year, YearTally()).possible += 1
    return {
        year: tallies[year] for year in sorted(tallies, key=lambda year: year or -1, reverse=True)
    }
