"""A build that is killed leaves no half file, no half site, and nothing that the next one trusts.

Whole-tree atomicity is what `--publish` gives. A build into a folder replaces each file whole, so
between two files a reader may see a page of the new site and one of the old.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from random import Random
from typing import TYPE_CHECKING

import pytest

from mksite.artifact.output import NEW
from tests import small_archive
from tests.running import KILL, at_change, command, run
from tests.site_builder import tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import SmallSite

KILLS = int(os.environ.get("MKSITE_KILLS", "20"))  # half of them in each mode
RELEASES = 50
MARK = ".mksite-published"
JOBS = ("--jobs", "2")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


def put(site: SmallSite, version: int) -> None:
    """One of two versions of the site: they share no page, and each has pages of its own."""
    first, last = (0, RELEASES) if version == 0 else (10, RELEASES + 10)
    for number in range(RELEASES + 10):
        for lang in ("", ".ky", ".en"):
            path = f"content/releases/2015/many-{number}{lang}.md"
            if not first <= number < last:
                (site.root / path).unlink(missing_ok=True)
                continue
            front: dict[str, object] = {"title": f"Сообщение {number}, издание {version}"}
            if not lang:
                front |= {"date": "2015-01-02", "organizers": ["centre"]}
            site.write({path: small_archive.source(front, f"Текст {version}. " * 50)})
    site.write({"site.yaml": small_archive.site_yaml(title=f"Архив {version}")})


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """An archive with enough pages for two processes."""
    return small_archive.make(tmp_path / "site")


@pytest.fixture
def versions(site: SmallSite, tmp_path: Path) -> tuple[dict[str, bytes], ...]:
    """What a clean build of each version publishes."""
    found = []
    for version in (0, 1):
        put(site, version)
        copied = small_archive.copy_of(site, tmp_path / f"clean-{version}")
        assert run(copied, *JOBS).code == 0
        found.append(tree(copied.public))
    return tuple(found)


def seen(folder: Path) -> dict[str, bytes]:
    """What a reader sees while others may still be writing."""
    found = {}
    for path in folder.rglob("*"):
        try:
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            continue
    return found


def published(target: Path) -> dict[str, bytes]:
    """The public site without the mark of its publication; nothing where there is none yet."""
    return {path: data for path, data in seen(target.resolve()).items() if path != MARK}


def output(site: SmallSite) -> dict[str, bytes]:
    """The output without its mark, which is not published."""
    return without_mark(tree(site.public))


def without_mark(found: dict[str, bytes]) -> dict[str, bytes]:
    """The files without the mark of the output."""
    return {path: data for path, data in found.items() if path != ".mksite-output"}


def halves(found: dict[str, bytes], *whole: dict[str, bytes]) -> list[str]:
    """The pages of an output that are neither of one version nor of the other."""
    return [
        path
        for path, data in found.items()
        if path.endswith(".html") and data not in [version.get(path) for version in whole]
    ]


def killed(line: list[str], seconds: float, *, group: bool) -> bool:
    """Starts a command and kills it, with all its processes or alone; whether it still ran."""
    process = subprocess.Popen(
        line, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    return process.wait() == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["output", "publish"])
def test_killed_at_random_moments(
    mode: str, site: SmallSite, versions: tuple[dict[str, bytes], ...], tmp_path: Path
) -> None:
    """Killed at any moment, a build leaves whole files and a whole public site.

    The next build gives what a clean one gives.
    """
    chance = Random(time.time_ns())  # noqa: S311  any moment will do
    target = tmp_path / "public"
    options = [*JOBS, "--publish", str(target)] if mode == "publish" else [*JOBS]
    put(site, 0)
    started = time.perf_counter()
    assert run(site, *options).code == 0
    longest = time.perf_counter() - started
    hits = rounds = 0
    while hits < KILLS // 2:
        rounds += 1
        old, new = versions[(rounds + 1) % 2], versions[rounds % 2]
        put(site, rounds % 2)
        hit = killed(
            command(site, *options), chance.uniform(0, longest), group=chance.random() < 0.5
        )
        hits += hit
        longest *= 1.0 if hit else 0.9
        assert halves(seen(site.public), old, new) == []
        if mode == "publish":
            assert published(target) in map(without_mark, (old, new))
        assert run(site, *options).code == 0
        assert tree(site.public) == new
        if mode == "publish":
            assert published(target) == without_mark(new)
            shelf = list(target.resolve().parent.iterdir())
            assert len(shelf) <= 3  # killed after the switch, it could not tidy up


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["output", "publish"])
def test_killed_at_a_change_of_the_disk(
    mode: str, site: SmallSite, versions: tuple[dict[str, bytes], ...], tmp_path: Path
) -> None:
    """Killed just before any change of the disk, a build leaves the same."""
    chance = Random(time.time_ns())  # noqa: S311
    target = tmp_path / "public"
    options = ["--jobs", "1"] + (["--publish", str(target)] if mode == "publish" else [])
    put(site, 0)
    assert run(site, *options).code == 0
    for number in range(1, KILLS // 4 + 1):
        old, new = versions[(number + 1) % 2], versions[number % 2]
        put(site, number % 2)
        at = int(1000 ** chance.random())  # the first changes and the last ones matter most
        ended = run(site, *options, prelude=at_change(at, KILL))
        assert ended.code in (0, -signal.SIGKILL)
        assert halves(seen(site.public), old, new) == []
        if mode == "publish":
            assert published(target) in map(without_mark, (old, new))
        assert run(site, *options).code == 0
        assert tree(site.public) == new
        if mode == "publish":
            assert published(target) == without_mark(new)


def test_killed_and_taken_back(site: SmallSite) -> None:
    """An edit whose build was killed while it wrote a page, and that was then taken back, leaves
    nothing: the build that finds all as it was clears away the half-written file too.
    """
    put(site, 0)
    assert run(site).code == 0
    before = tree(site.public)
    left = 0
    for at in (9, 11, 16, 40, 41, 42):
        put(site, 1)
        assert run(site, "--jobs", "1", prelude=at_change(at, KILL)).code == -signal.SIGKILL
        left += any((site.public / NEW).iterdir()) if (site.public / NEW).exists() else 0
        put(site, 0)
        assert run(site).code == 0
        assert tree(site.public) == before
        assert not (site.public / NEW).exists()
    assert left


def test_killed_before_anything_is_published(site: SmallSite) -> None:
    """Killed at one of its first changes of the disk, a build leaves a folder that is still its own
    to write to.
    """
    for at in range(4, 24, 2):
        assert run(site, "--jobs", "1", prelude=at_change(at, KILL)).code == -signal.SIGKILL
    assert run(site).code == 0
    assert "index.html" in tree(site.public)


def test_killed_in_the_first_publication(site: SmallSite, tmp_path: Path) -> None:
    """Before the first publication is whole there is none; the next build makes it."""
    target = tmp_path / "public"
    put(site, 0)
    total = 0
    for at in (1, 30, 200, 500, 640):
        ended = run(site, "--publish", target, prelude=at_change(at, KILL))
        total += ended.code == -signal.SIGKILL
        if ended.code:
            assert not target.exists()
    assert total
    assert run(site, "--publish", target).code == 0
    assert published(target) == output(site)
