"""The command line as a process of its own, and faults of the machine put in its way."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from mksite.command import message
from tests.site_builder import NOW, SmallSite

if TYPE_CHECKING:
    from pathlib import Path

# What is run before mksite: a hook that hears of each change of the disk before it happens. What
# it raises, the call raises. A process that is forked later goes on counting by itself.
HOOK = """\
import errno, os, signal, sys
MAIN = os.getpid()
CHANGES = {"os.rename", "os.remove", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate"}
done = 0
def hook(event, arguments):
    global done
    if event == "open":
        path, mode, flags = arguments
        if not isinstance(path, str) or not flags & (os.O_WRONLY | os.O_RDWR):
            return
        if "__pycache__" in path or path.startswith("/dev/"):
            return
    elif event not in CHANGES or "__pycache__" in str(arguments[0]):
        return
    done += 1
    if done >= WANTED:
        ACTION
sys.addaudithook(hook)
"""
MAIN = "from mksite.command.cli import main; main()"
FULL_DISK = 'raise OSError(errno.ENOSPC, "No space left on device", str(arguments[0]))'
KILL = "os.kill(MAIN, signal.SIGKILL)"  # whichever of its processes makes the change
KILL_THIS = "os.kill(os.getpid(), signal.SIGKILL)"


class Ended(NamedTuple):
    """How a command ended and what it said to people."""

    code: int
    said: str


def command(site: SmallSite, *arguments: str | Path, prelude: str = "") -> list[str]:
    """The command that builds a site as of `NOW`; `prelude` is run in its process before."""
    given = ["build", "--site", str(site.root), "--now", NOW.isoformat(), "--lang", "en"]
    return [sys.executable, "-c", f"{prelude}\n{MAIN}", *given, *map(str, arguments)]


def run(
    site: SmallSite,
    *arguments: str | Path,
    prelude: str = "",
    environment: dict[str, str] | None = None,
) -> Ended:
    """A build by the command line; a minute is for machines that do other things too."""
    ended = subprocess.run(
        command(site, *arguments, prelude=prelude),
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ended(ended.returncode, ended.stderr)


def at_change(number: int, action: str) -> str:
    """The prelude that does something at each change of the disk from the `number`th on."""
    return HOOK.replace("WANTED", str(number)).replace("ACTION", action)


def is_told(said: str, code: str) -> bool:
    """Whether a person was told that, and how to go on, and was shown no traceback."""
    sentences = message.sentences("en")[code]
    opening = sentences["message"].partition("{")[0]
    return (
        opening in said and sentences["hint"].partition("{")[0] in said and "Traceback" not in said
    )


@lru_cache(maxsize=1)
def namespace() -> tuple[str, ...]:
    """The start of a command that may mount file systems of its own; nothing where none may."""
    for start in (("unshare", "--mount"), ("unshare", "--map-root-user", "--mount")):
        try:
            ended = subprocess.run(
                [*start, "sh", "-c", "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False
            )
        except FileNotFoundError:
            break
        if ended.returncode == 0:
            return start
    return ()


def mounted(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A shell script in a mount namespace of its own; $0, $1 … are the arguments."""
    start = namespace()
    if not start:
        pytest.skip("this system lets nobody mount a file system of their own")
    return subprocess.run(
        [*start, "sh", "-euc", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
