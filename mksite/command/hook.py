"""`mksite hook install`: a bare repository that builds and publishes what is pushed to it.

The post-receive hook builds the newest commit of a branch in a work folder of its own and publishes
it in one step. Whoever pushed reads in their terminal what is wrong; then the site stays as it
was. Pushes wait for one another, and each builds what is newest when its turn comes, so that an
older commit never wins.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mksite.cache.lock import only_build
from mksite.command import message
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for
from mksite.errors import UsageError

if TYPE_CHECKING:
    from mksite.command.console import Console

WORK = "mksite"  # the folder within the repository: the work tree, the cache, what is published
NOT_CONTENT = (".mksite", "public")
_SCRIPT = """#!/bin/sh
# Made by mksite hook install: builds and publishes what is pushed.
exec {run}
"""


@command()
@click.option("--lang", type=click.Choice(message.LANGUAGES), help="Language of messages.")
@click.option("--branch", default="main", show_default=True, help="The branch that is published.")
@click.option(
    "--target",
    type=click.Path(path_type=Path),
    help="Where the site is published; a link that the web server follows.",
)
@click.argument("action", type=click.Choice(("install", "run")))
@click.argument("repository", type=click.Path(path_type=Path, file_okay=False))
def hook(lang: str | None, branch: str, target: Path | None, action: str, repository: Path) -> None:
    """Make a bare git repository build and publish what is pushed to it."""
    console = console_for(repository, lang)
    place = repository.absolute()
    if target is None:
        target = place / WORK / "www"
    if action == "install":
        code = guarded(console, lambda: _install(console, place, target.absolute(), (branch, lang)))
    else:
        code = guarded(console, lambda: _run(console, place, target, (branch, lang)))
    sys.exit(code)


def _install(
    console: Console, repository: Path, target: Path, spoken: tuple[str, str | None]
) -> int:
    branch, lang = spoken
    if _git(repository, "rev-parse", "--is-bare-repository") != "true":
        raise UsageError("hook-not-bare", path=str(repository))
    script = repository / "hooks" / "post-receive"
    if script.exists() and "mksite hook install" not in script.read_text("utf-8", "replace"):
        raise UsageError("hook-taken", path=str(script))
    words = [sys.executable, "-m", "mksite", "hook", "run", str(repository)]
    words += ["--target", str(target), "--branch", branch, *(["--lang", lang] if lang else [])]
    script.parent.mkdir(exist_ok=True)
    script.write_text(_SCRIPT.format(run=shlex.join(words)), "utf-8")
    script.chmod(0o755)
    console.say("hook-installed", branch=branch, path=str(target))
    return 0


def _run(console: Console, repository: Path, target: Path, spoken: tuple[str, str | None]) -> int:
    """Builds and publishes the newest commit of the branch, unless that is published already."""
    branch, lang = spoken
    work = repository / WORK
    site = work / "site"
    site.mkdir(parents=True, exist_ok=True)
    done = work / "published"
    with only_build(work, lambda: console.say("hook-waiting")):
        commit = _git(repository, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")
        if not commit or (done.exists() and done.read_text("ascii") == commit):
            return 0
        tracked = _git(repository, "ls-tree", "--name-only", commit).split("\n")
        wrong = [name for name in NOT_CONTENT if name in tracked]
        if wrong:
            raise UsageError("hook-tracked", name=wrong[0])
        _check_out(repository, work, site, commit)
        build = [sys.executable, "-m", "mksite", "build", "--site", str(site)]
        build += ["--publish", str(target), *(["--lang", lang] if lang else [])]
        ended = subprocess.run(build, check=False, env=_environment(), cwd=site)
        if ended.returncode:
            console.say("hook-kept")
            return ended.returncode
        done.write_text(commit, "ascii")
    console.say("hook-published", commit=commit[:10])
    return 0


def _check_out(repository: Path, work: Path, site: Path, commit: str) -> None:
    """The work folder is the commit: only what differs is written, what is gone is removed."""
    environment = _environment() | {
        "GIT_DIR": str(repository),
        "GIT_WORK_TREE": str(site),
        "GIT_INDEX_FILE": str(work / "index"),
    }
    for words in (("read-tree", "--reset", "-u", commit), ("clean", "-fdq", "-e", ".mksite")):
        subprocess.run(
            ["git", *words], check=True, env=environment, cwd=site, stdout=subprocess.DEVNULL
        )


def _environment() -> dict[str, str]:
    """The environment without what git tells its hooks: it would lead commands astray."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def _git(repository: Path, *words: str) -> str:
    """What git prints, or "" where it fails. Raises UsageError where there is no git."""
    try:
        ended = subprocess.run(
            ["git", "-C", str(repository), *words],
            check=False,
            capture_output=True,
            text=True,
            env=_environment(),
        )
    except FileNotFoundError:
        raise UsageError("hook-no-git") from None
    return ended.stdout.strip() if ended.returncode == 0 else ""
