"""What mksite promises of its speed, and what a run of the benchmark says of it."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

import msgspec

from tests.bench.contest import OURS, SCENARIOS, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AGAINST_HUGO = {"cold": 0.70, "no-op": 0.04, "body": 0.06, "title": 0.10}  # of its full build
MEASURED_SIZE = 10_000
COLD_SIZES = (1_000, MEASURED_SIZE)
MEMORY_TOGETHER = 0.35  # of Hugo's
MEMORY_LARGEST = 0.25
LARGE = 100_000
GROWTH = 11.0  # times the seconds of a tenth of the archive
LARGE_BYTES = 1.5e9


class Verdict(msgspec.Struct, frozen=True):
    """A promise, what was measured, and the limit that it should not pass."""

    promise: str
    measured: float
    limit: float

    @property
    def is_kept(self) -> bool:
        """Whether the limit was not passed."""
        return self.measured <= self.limit


def verdicts(rows: Iterable[Row]) -> list[Verdict]:
    """A Verdict for each promise that the run measured; medians of the pairs."""
    ours = [row for row in rows if row.contestant == OURS and row.peer == "Hugo"]
    found = [verdict for row in ours for verdict in _against_hugo(row)]
    for row in ours:
        if row.size == LARGE:
            found += _large(row, ours)
    return found


def _against_hugo(row: Row) -> list[Verdict]:
    found = []
    limit = AGAINST_HUGO.get(row.scenario)
    sizes = COLD_SIZES if row.scenario == "cold" else (MEASURED_SIZE,)
    name = f"{row.size}, {SCENARIOS[row.scenario]}"
    if limit is not None and row.size in sizes:
        found.append(Verdict(f"{name}: time, of Hugo's", statistics.median(row.ratios), limit))
    ours, theirs = row.memory, row.peer_memory
    if row.scenario == "cold" and row.size == MEASURED_SIZE and ours and theirs:
        together, largest = ours.together / theirs.together, ours.largest / theirs.largest
        found.append(Verdict(f"{name}: memory together, of Hugo's", together, MEMORY_TOGETHER))
        found.append(Verdict(f"{name}: largest process, of Hugo's", largest, MEMORY_LARGEST))
    return found


def _large(row: Row, ours: Sequence[Row]) -> list[Verdict]:
    found = []
    name = f"{LARGE}, {SCENARIOS[row.scenario]}"
    tenth = [r for r in ours if r.size == LARGE // 10 and r.scenario == row.scenario]
    if tenth and row.scenario in ("cold", "no-op"):
        times = row.median_seconds / tenth[0].median_seconds
        found.append(Verdict(f"{name}: time, of {LARGE // 10}'s", times, GROWTH))
    if row.scenario == "cold" and row.memory:
        gigabytes = row.memory.together / 1e9
        found.append(Verdict(f"{name}: memory together, GB", gigabytes, LARGE_BYTES / 1e9))
    return found
