"""Work in several processes gives what one process gives, and fails as one process fails."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests import small_archive
from tests.running import FULL_DISK, KILL_THIS, at_change, command, is_told, run
from tests.site_builder import tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import SmallSite

RELEASES = 60
IN_CHILD = "import os; PARENT = os.getpid()\n"
ONLY_CHILD = "if os.getpid() != PARENT: "

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no hook in spawned processes")


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """An archive with enough sources and pages for several processes."""
    site = small_archive.make(tmp_path / "site")
    for number in range(RELEASES):
        for lang in ("", ".ky", ".en"):
            front: dict[str, object] = {"title": f"Сообщение {number}"}
            if not lang:
                front |= {"date": "2015-01-02", "organizers": ["centre"]}
            path = f"content/releases/2015/many-{number}{lang}.md"
            site.write({path: small_archive.source(front, "Текст. " * 50)})
    return site


def faulty(action: str) -> str:
    """The prelude that does something at the third change of the disk in a child process."""
    return IN_CHILD + at_change(3, ONLY_CHILD + action)


def test_jobs_give_the_same(site: SmallSite, tmp_path: Path) -> None:
    """One process or four: the same files."""
    trees = []
    for jobs in ("1", "2", "4"):
        output = tmp_path / jobs
        assert run(site, "--force", "--jobs", jobs, "--output", output).code == 0
        trees.append(tree(output))
    assert trees[0]
    assert trees[1] == trees[0]
    assert trees[2] == trees[0]


def test_killed_worker(site: SmallSite) -> None:
    """When a working process is killed the command says so, and the next build is right."""
    ended = run(site, "--jobs", "2", prelude=faulty(KILL_THIS))
    assert ended.code == 3
    assert is_told(ended.said, "worker-died")
    assert run(site, "--jobs", "2").code == 0
    incremental = tree(site.public)
    assert run(site, "--force", "--jobs", "1").code == 0
    assert tree(site.public) == incremental


def test_fault_in_a_worker(site: SmallSite) -> None:
    """A full disk in a working process is told as in the first one."""
    ended = run(site, "--jobs", "2", prelude=faulty(FULL_DISK))
    assert ended.code == 3
    assert is_told(ended.said, "disk-full")
    assert run(site, "--jobs", "2").code == 0


def test_interrupted(site: SmallSite) -> None:
    """Ctrl+C ends the command and all its processes, and the next build is right."""
    slow = "import time\n" + at_change(1, "time.sleep(0.02)")
    process = subprocess.Popen(
        command(site, "--jobs", "2", prelude=slow),
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    while not (site.public / ".mksite-output").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    deadline = time.monotonic() + 10
    while is_alive(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert run(site).code == 0
    after = tree(site.public)
    assert run(site, "--force").code == 0
    assert tree(site.public) == after


def is_alive(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
