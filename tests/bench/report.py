"""What was measured, as text: a Markdown table with the machine that it was measured on."""

from __future__ import annotations

import importlib.metadata
import platform
import statistics
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import measure, process
from tests.bench.contest import SCENARIOS, Build, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.bench.process import Memory


EXPLANATION = (
    "{said}; a ratio is the time of the contestant's build through that of the peer's full build "
    "in the same pair, given as median (min–max). Memory is the peak of all processes together / "
    "of the largest one, in MB, from a build of its own."
)
HEAD = (
    "| releases | scenario | contestant | seconds | pages | memory | peer | seconds | pages "
    "| memory | time ratio | memory ratio |"
)


def text(rows: Sequence[Row], pairs: int, versions: Iterable[tuple[str, str]]) -> str:
    """The whole report of a run in Markdown."""
    parts = [f"{machine(versions)}.", table(rows, pairs)]
    if verdicts := measure.verdicts(rows):
        parts.append(promises(verdicts))
    return "\n\n".join([*parts, stages(rows)]) + "\n"


def promises(verdicts: Iterable[measure.Verdict]) -> str:
    """Each promise with what was measured, as a Markdown table."""
    lines = ["| promise | measured | limit | |", "|---|--:|--:|---|"]
    for found in verdicts:
        word = "kept" if found.is_kept else "**not kept**"
        lines.append(f"| {found.promise} | {found.measured:.3f} | {found.limit:g} | {word} |")
    return "\n".join(lines)


def machine(versions: Iterable[tuple[str, str]]) -> str:
    """The machine and the versions, without names and paths."""
    facts = [
        f"{date.today():%Y-%m-%d}",  # noqa: DTZ011  the day of who runs it
        f"{process.cores()} cores ({_processor()})",
        f"{_memory_gib()} GiB of memory",
        _system(),
        f"{platform.python_implementation()} {platform.python_version()}",
        f"mksite {importlib.metadata.version('mksite')}",
        *(f"{name} {version}" for name, version in versions),
    ]
    return ", ".join(facts)


def table(rows: Sequence[Row], pairs: int) -> str:
    """The rows as a Markdown table; ratios are min–median–max of the pairs."""
    said = f"Medians of {pairs} pairs on {process.cores()} cores"
    lines = [
        EXPLANATION.format(said=said),
        "",
        HEAD,
        "|--:|---|---|--:|--:|--:|---|--:|--:|--:|--:|--:|",
    ]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(row: Row) -> str:
    ratios = row.ratios
    low, high = f"{min(ratios):.3f}", f"{max(ratios):.3f}"
    cells = [
        str(row.size),
        SCENARIOS[row.scenario],
        row.contestant,
        f"{row.median_seconds:.3f}",
        str(row.builds[-1].pages),
        _megabytes(row.memory),
        row.peer,
        f"{_median(row.peer_builds):.3f}",
        str(row.peer_builds[-1].pages),
        _megabytes(row.peer_memory),
        f"**{statistics.median(ratios):.3f}** ({low}–{high})",
        _memory_ratio(row.memory, row.peer_memory),
    ]
    return f"| {' | '.join(cells)} |"


def stages(rows: Iterable[Row]) -> str:
    """Where mksite's time goes: medians of the seconds of each stage."""
    lines = []
    for row in rows:
        if row.peer != "Hugo":
            continue
        names = dict.fromkeys(name for build in row.builds for name in build.stages)
        spent = {
            name: statistics.median(build.stages.get(name, 0.0) for build in row.builds)
            for name in names
        }
        rest = row.median_seconds - sum(spent.values())
        told = ", ".join(f"{name} {seconds:.3f}" for name, seconds in spent.items())
        lines.append(
            f"- {row.size}, {SCENARIOS[row.scenario]}, {row.contestant}: {told}, "
            f"start and end of the process {rest:.3f}"
        )
    return "\n".join(lines)


def _median(builds: Iterable[Build]) -> float:
    return statistics.median(build.seconds for build in builds)


def _megabytes(memory: Memory | None) -> str:
    if memory is None:
        return "–"
    return f"{memory.together / 1e6:.0f} / {memory.largest / 1e6:.0f}"


def _memory_ratio(ours: Memory | None, theirs: Memory | None) -> str:
    if ours is None or theirs is None or not theirs.together:
        return "–"
    return f"{ours.together / theirs.together:.2f} / {ours.largest / theirs.largest:.2f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory_gib() -> int:
    try:
        text = Path("/proc/meminfo").read_text(encoding="utf-8")
    except OSError:
        return 0
    return round(int(text.split("MemTotal:")[1].split()[0]) / 2**20)


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError, AttributeError):
        name = platform.system()
    return f"{name}, kernel {platform.release().split('-')[0]}"
