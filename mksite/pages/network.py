"""Who works with whom and who pays for whose events, counted over all releases in one pass.

Only what documents say of the event itself counts: who funds a programme does not thereby pay for
its events.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from mksite.content.model import Key

if TYPE_CHECKING:
    from mksite.catalogue.catalogue import Catalogue

MOST = 24  # neighbours shown on a page
_ACTIVE = ("organizer", "partner", "support", "implementer", "funder")


class Network(msgspec.Struct, frozen=True):
    """For each entity: whom it stands with in releases, and who pays for the events that it
    organizes.
    """

    partners: dict[Key, tuple[tuple[Key, int], ...]]
    payers: dict[Key, tuple[tuple[Key, int], ...]]


def network(catalogue: Catalogue) -> Network:
    """The Network of all releases; the closest neighbours first, at most `MOST` of each.

    Cost: linear in the releases, quadratic in the parties of one release.
    """
    partners: dict[Key, Counter[Key]] = defaultdict(Counter)
    payers: dict[Key, Counter[Key]] = defaultdict(Counter)
    for card in catalogue.releases.values():
        active = {r.key: None for r in card.relations if r.role in _ACTIVE and not r.via}
        funders = {r.key: None for r in card.relations if r.role == "funder" and not r.via}
        doing = {r.key: None for r in card.relations if r.role == "organizer"}
        for key in active:
            counter = partners[key]
            for other in active:
                if other != key:
                    counter[other] += 1
        for key in doing:
            counter = payers[key]
            for funder in funders:
                if funder != key:
                    counter[funder] += 1
    return Network(_closest(partners), _closest(payers))


def _closest(counters: dict[Key, Counter[Key]]) -> dict[Key, tuple[tuple[Key, int], ...]]:
    return {
        key: tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:MOST])
        for key, counter in counters.items()
    }
