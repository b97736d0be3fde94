"""A command run as a whole process: its wall time, and the memory of all that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec

SAMPLE_SECONDS = 0.005
PROC = Path("/proc")


class Memory(msgspec.Struct, frozen=True):
    """Peaks in bytes.

    `together` is the sum of the proportional set sizes of all processes at one moment (a page
    that several share counts once), `largest` the resident set of one process.
    """

    together: int
    largest: int


class CommandFailed(Exception):  # noqa: N818  it is what happened
    """A generator did not build its site."""


def can_measure_memory() -> bool:
    """Whether this system tells the memory of processes: Linux does."""
    return (PROC / "self" / "smaps_rollup").exists()


def timed(command: list[str], folder: Path) -> float:
    """Seconds from start to end of a command in a folder.

    What was written before is on the disk by then, so that nobody pays for another's writing.
    """
    if hasattr(os, "sync"):
        os.sync()
    log = folder / "bench.log"
    with log.open("wb") as output:
        started = time.perf_counter()
        code = subprocess.call(command, cwd=folder, stdout=output, stderr=output)
        seconds = time.perf_counter() - started
    _check(code, command, log)
    return seconds


def weighed(command: list[str], folder: Path) -> Memory:
    """The peak memory of a command and of all processes below it, looked at every 5 ms.

    Looking costs time, so this run's time means nothing.
    """
    log = folder / "bench.log"
    together = largest = 0
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        while process.poll() is None:
            sizes = [found for pid in _tree(process.pid) if (found := _memory(pid))]
            together = max(together, sum(pss for pss, _ in sizes))
            largest = max(largest, *(rss for _, rss in sizes), 0)
            time.sleep(SAMPLE_SECONDS)
    _check(process.returncode, command, log)
    return Memory(together, largest)


def _check(code: int, command: list[str], log: Path) -> None:
    if code:
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise CommandFailed(f"{Path(command[0]).name} ended with {code}:\n{said}")


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        try:
            for task in (PROC / str(parent) / "task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:  # it has ended
            continue
    return found


def _memory(pid: int) -> tuple[int, int] | None:
    """Proportional set size now and the highest resident set size, in bytes."""
    try:
        rollup = (PROC / str(pid) / "smaps_rollup").read_text()
        status = (PROC / str(pid) / "status").read_text()
    except OSError:
        return None
    return _kilobytes(rollup, "Pss:"), _kilobytes(status, "VmHWM:")


def _kilobytes(text: str, key: str) -> int:
    for line in text.splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024
    return 0


def cores() -> int:
    """The cores that this process, and so its children, may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
