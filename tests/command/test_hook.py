"""command.hook: what is pushed with git is built and published, or the old site stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mksite.command import cli
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.site_builder import SmallSite

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not here"),
]
GOOD = "---\ntitle: Встреча {}\ndate: 2013\n---\nТекст.\n"
BAD = "---\ntitle: Встреча\ndate: вчера\n---\n"
FILE = "content/releases/meeting.md"


class Pushed:
    """A bare repository with the hook, and a clone of it with a site."""

    def __init__(self, root: Path, site: Path) -> None:
        self.clone, self.bare, self.www = site, root / "site.git", root / "www"
        self.git("init", "-q", "--bare", "-b", "main", str(self.bare), at=root)
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "origin", str(self.bare))
        words = ["hook", "install", str(self.bare), "--target", str(self.www), "--lang", "ru"]
        ended = CliRunner().invoke(cli.cli, words, catch_exceptions=False)
        assert ended.exit_code == 0, ended.stderr

    def git(self, *words: str, at: Path | None = None) -> str:
        """What git says, on both of its streams."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        for who in ("AUTHOR", "COMMITTER"):
            environment |= {f"GIT_{who}_NAME": "Editor", f"GIT_{who}_EMAIL": "e@example.kg"}
        ended = subprocess.run(
            ["git", *words],
            cwd=at or self.clone,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return ended.stdout

    def commit(self, text: str, name: str = FILE) -> None:
        """A commit with this text in a file."""
        file = self.clone / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        self.git("add", "-f", "-A")
        self.git("commit", "-q", "-m", "edit")

    def push(self, *words: str) -> str:
        """What whoever pushes reads."""
        return self.git("push", "-q", "origin", "main", *words)

    def shown(self) -> str:
        """The release as the site shows it now."""
        return (self.www / "releases/meeting/index.html").read_text("utf-8")


@pytest.fixture
def pushed(make_site: Callable[[Mapping[str, str]], SmallSite], tmp_path: Path) -> Pushed:
    """A site that is pushed."""
    site = make_site({"site.yaml": SITE_YAML, FILE: GOOD.format(1)})
    (site.root / ".gitignore").write_text(".mksite/\npublic/\n")
    made = Pushed(tmp_path, site.root)
    made.commit(GOOD.format(1))
    return made


def test_a_good_push_is_published_and_a_bad_one_is_told(pushed: Pushed) -> None:
    """The site follows good pushes; a mistake is told to who pushed, and the site stays."""
    assert "Сайт обновлён" in pushed.push()
    assert "Встреча 1" in pushed.shown()
    pushed.commit(BAD)
    said = pushed.push()
    assert f"{FILE}:3:7: ошибка[edtf-syntax]" in said.replace("remote: ", "")
    assert "Сайт не обновлён" in said
    assert "Встреча 1" in pushed.shown()
    pushed.commit(GOOD.format(2))
    pushed.push()
    assert "Встреча 2" in pushed.shown()


def test_a_forced_push_goes_back(pushed: Pushed) -> None:
    """What is newest on the branch is shown, also where the branch was set back; files that a
    commit no longer has are gone.
    """
    pushed.push()
    pushed.commit(GOOD.format(2), "content/releases/second.md")
    pushed.push()
    assert (pushed.www / "releases/second/index.html").exists()
    pushed.git("reset", "-q", "--hard", "HEAD~1")
    pushed.push("--force")
    assert not (pushed.www / "releases/second").exists()


def test_other_branches_are_left_alone(pushed: Pushed) -> None:
    """Only the branch that is published is built."""
    pushed.push()
    pushed.git("checkout", "-q", "-b", "draft")
    pushed.commit(GOOD.format(9))
    pushed.git("push", "-q", "origin", "draft")
    assert "Встреча 1" in pushed.shown()


@pytest.mark.parametrize("name", ["public/index.html", ".mksite/records"])
def test_a_tracked_cache_is_refused(name: str, pushed: Pushed) -> None:
    """A repository that holds an output or a cache is refused: they would be believed."""
    pushed.push()
    pushed.commit("x", name)
    pushed.commit(GOOD.format(2))
    said = pushed.push()
    assert f"git rm -r --cached {name.split('/', maxsplit=1)[0]}" in said
    assert "Встреча 1" in pushed.shown()


def test_two_pushes_at_once(pushed: Pushed) -> None:
    """Two hooks at once: each waits its turn, and the newest commit is what stays."""
    pushed.push()
    for number in (2, 3):
        pushed.commit(GOOD.format(number))
        pushed.git("push", "-q", "--no-verify", "origin", "main")
    words = [sys.executable, "-m", "mksite", "hook", "run", str(pushed.bare)]
    words += ["--target", str(pushed.www)]
    (pushed.bare / "mksite" / "published").unlink()
    runs = [subprocess.Popen(words) for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    assert "Встреча 3" in pushed.shown()


def test_a_killed_build_is_made_good(pushed: Pushed) -> None:
    """A hook that was killed leaves the old site; the next push publishes."""
    pushed.push()
    pushed.commit(GOOD.format(2))
    script = pushed.bare / "hooks/post-receive"
    kept = script.read_text("utf-8")
    script.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    pushed.push()
    script.write_text(kept, "utf-8")
    words = [sys.executable, "-m", "mksite", "hook", "run", str(pushed.bare)]
    with subprocess.Popen([*words, "--target", str(pushed.www)]) as run:
        try:
            run.wait(0.4)
        except subprocess.TimeoutExpired:
            run.kill()
    assert "Встреча" in pushed.shown()
    pushed.commit(GOOD.format(3))
    pushed.push()
    assert "Встреча 3" in pushed.shown()


def test_install_refuses(tmp_path: Path) -> None:
    """A folder that is no bare repository, and a hook of somebody else, stay as they are."""
    runner = CliRunner()
    assert runner.invoke(cli.cli, ["hook", "install", str(tmp_path)]).exit_code == 2
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "a.git")], check=True)
    script = tmp_path / "a.git/hooks/post-receive"
    script.write_text("#!/bin/sh\n")
    assert runner.invoke(cli.cli, ["hook", "install", str(tmp_path / "a.git")]).exit_code == 2
    assert script.read_text() == "#!/bin/sh\n"
