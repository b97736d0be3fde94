"""attachment.bounded: what goes beyond its bounds is told, and harms nothing else."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time

import pytest

from mksite.attachment import bounded

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the system knows no bounds of memory"
)


def _attack(item: str, mark: str) -> str:
    """What a library may do with a file."""
    if item == "hang":
        while True:
            pass
    if item == "drown":
        return str(len(bytearray(2 * bounded.MEMORY_BYTES)))
    if item == "die":
        os._exit(1)
    if item == "fail":
        raise ValueError(item)
    return item + mark


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "CPU_SECONDS", 0.2)


@pytest.mark.parametrize("jobs", [1, 2, 9])
def test_beyond_the_bounds(jobs: int) -> None:
    """None stands for a file that hangs, drowns or kills its process; the others are made."""
    items = ["a", "hang", "b", "drown", "c", "die", "d"]
    expected = ["a!", None, "b!", None, "c!", None, "d!"]
    assert bounded.each(_attack, items, jobs, "!") == expected


def test_each_file_has_its_own_time() -> None:
    """Together they may take longer than one may."""
    assert bounded.each(_some_time, list(range(5)), 1) == list(range(5))


def _some_time(item: int) -> int:
    start = time.process_time()
    while time.process_time() - start < 0.1:
        pass
    return item


def test_what_is_raised() -> None:
    """A fault within the work is raised, as if it had been done here."""
    with pytest.raises(ValueError, match="fail"):
        bounded.each(_attack, ["a", "fail"], 2, "!")
    assert multiprocessing.active_children() == []


def test_nothing_is_left() -> None:
    """Processes end with the one that has started them, even where that is killed."""
    code = (
        "import os, time\n"
        "from mksite.attachment import bounded\n"
        "bounded._ORPHAN_SECONDS = 0.05\n"
        "def work(item):\n"
        "    os.write(1, b'%d\\n' % os.getpid())\n"
        "    if item: os.kill(os.getppid(), 9)\n"
        "    return 1\n"
        "bounded.each(work, [0, 0, 1], 2)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == -9
    # Its output ends only where no process holds the pipe any more: none is left.
    assert len(ended.stdout.split()) == 3
