"""Two builds at once on one site: the second waits and says so."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from mksite.cache.lock import only_build
from mksite.command import message
from tests import small_archive
from tests.running import command, run
from tests.site_builder import tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import SmallSite


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small archive, bare."""
    return small_archive.make(tmp_path / "site")


def quiet() -> None:
    """Nobody has to wait here."""
    raise AssertionError


def test_the_second_waits_and_says_so(site: SmallSite) -> None:
    """While another command has the site, a build waits, says so, and writes nothing."""
    with only_build(site.root, quiet):
        waiting = subprocess.Popen(
            command(site), stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert waiting.stderr is not None
        told = waiting.stderr.readline().strip()
        assert told == message.sentences("en")["waiting"]["message"]
        assert not site.public.exists()
    _, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, said
    assert site.public.exists()


def test_two_at_once(site: SmallSite) -> None:
    """Builds started together all succeed, and the site is what one build would have made."""
    started = [subprocess.Popen(command(site), stderr=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    together = tree(site.public)
    assert run(site, "--force").code == 0
    assert tree(site.public) == together


def test_a_lock_does_not_outlive_its_owner(site: SmallSite) -> None:
    """What a dead process has locked is free again."""
    holder = "import sys,os; from pathlib import Path; from mksite.cache.lock import only_build\n"
    holder += "with only_build(Path(sys.argv[1]), lambda: None): os.kill(os.getpid(), 9)"
    assert run(site, prelude=holder.replace("sys.argv[1]", repr(str(site.root)))).code == -9
    with only_build(site.root, quiet):
        pass
