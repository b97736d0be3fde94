"""Runs in a process of its own: checks a site and, where nothing is wrong, builds it.

`python -m tests.hostile.driver FOLDER` prints one line of JSON: the exit code, the codes of the
errors, and what it cost. Its processor time and memory are bounded by the system, so that a hang
ends with a signal, however busy the machine is.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from pathlib import Path

CPU_SECONDS = 6  # of one process; on a small machine an ordinary release takes one
MEMORY_BYTES = 800_000_000  # of one process


def run(*arguments: str) -> tuple[int, str]:
    """The exit code of a command, and what it printed."""
    from mksite.command.cli import main  # noqa: PLC0415  within the bounds

    sys.argv = ["mksite", *arguments]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0), printed.getvalue()
    return 0, printed.getvalue()


def spent() -> tuple[float, int]:
    """Seconds of the processor, with those of its children, and the most memory in bytes."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    status = Path("/proc/self/status").read_text("ascii")
    highest = next(line for line in status.split("\n") if line.startswith("VmHWM:"))
    return sum(item.ru_utime + item.ru_stime for item in used), int(highest.split()[1]) * 1024


def main(folder: str) -> None:
    """Prints how it went."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    given = ("--site", folder, "--lang", "en", "--now", "2026-11-20T12:00:00", "--jobs", "1")
    code, printed = run("check", *given, "--format", "json")
    problems = json.loads(printed) if code in (0, 1) else []
    errors = sorted({each["code"] for each in problems if each["severity"] == "error"})
    if code == 0:
        code, _ = run("build", *given)
    seconds, memory = spent()
    told = {"exit": code, "errors": errors, "seconds": seconds, "memory": memory}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
