"""Brings a finished output to a host by rsync, or to a cloud storage by rclone.

These programs bring what has changed. They would also remove all that the output does not have, and
with it what others have put there; so they are only told to remove what a deployment has brought
and brings no longer. What has been brought is listed there, in `.mksite-deployed`.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from mksite.artifact.deploy import LIST, OWN, files_of, plain_names
from mksite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

CLOUD = "rclone:"
_PATTERN = re.compile(r"[*?\[\\]")  # signs of a pattern, which no name of ours has


class Program(NamedTuple):
    """The commands of a program for one target, in the order in which they are run.

    They bring the list here, bring a list there, bring what has changed, and remove what has gone,
    by a file whose lines `rules` gives for the names.
    """

    fetch: list[str]
    put: list[str]
    bring: list[str]
    remove: list[str]
    rules: Callable[[Iterable[str]], Iterable[str]]


def rsync(target: str, output: Path, listed: Path, gone: Path) -> Program:
    """To `host:path` or `rsync://…`."""
    there = f"{target.rstrip('/')}/"
    own = [f"--exclude=/{name}" for name in OWN]
    only = ["--delete", "--existing", "--ignore-existing", f"--filter=merge {gone}"]
    return Program(
        fetch=["rsync", "-q", f"{there}{LIST}", str(listed)],
        put=["rsync", "-q", str(listed), f"{there}{LIST}"],
        bring=["rsync", "-rltv", "--checksum", "--delay-updates", *own, f"{output}/", there],
        remove=["rsync", "-rv", *only, f"{output}/", there],
        rules=rules,
    )


def rules(names: Iterable[str]) -> Iterator[str]:
    """Rules for rsync under which nothing but the named files, and folders left empty, can go."""
    plain = [name for name in names if not _PATTERN.search(name)]
    folders = {str(folder) for name in plain for folder in PurePosixPath(name).parents}
    yield from (f"+ /{folder}/" for folder in sorted(folders - {"."}))
    yield from (f"+ /{name}" for name in sorted(plain))
    yield "- *"


def rclone(target: str, output: Path, listed: Path, gone: Path) -> Program:
    """To `remote:path`."""
    there = target.rstrip("/")
    own = [f"--exclude=/{name}" for name in OWN]
    return Program(
        fetch=["rclone", "copyto", "-q", f"{there}/{LIST}", str(listed)],
        put=["rclone", "copyto", "-q", str(listed), f"{there}/{LIST}"],
        bring=["rclone", "copy", "-v", "--checksum", *own, str(output), there],
        remove=["rclone", "delete", "-v", f"--files-from-raw={gone}", there],
        rules=sorted,
    )


def bring(output: Path, target: str, *, dry_run: bool) -> int:
    """The target holds the output, and what others have put there. The program's exit code."""
    make, there = rsync, target
    if target.startswith(CLOUD):
        make, there = rclone, target.removeprefix(CLOUD)
    with tempfile.TemporaryDirectory(prefix="mksite-") as folder:
        listed, names = Path(folder, LIST), Path(folder, "gone")
        program = make(there, output, listed, names)
        _run(program.fetch, in_silence=True)  # at first there is none
        wanted = files_of(output)
        gone = set(plain_names(listed)) - set(wanted)
        _write(names, program.rules(gone))
        steps = [program.bring, *([program.remove] if gone else [])]
        if dry_run:
            return _first_failure([*step, "--dry-run"] for step in steps)
        _write(
            listed, sorted((*wanted, *gone))
        )  # should this stop half-way, what it brought is known
        code = _first_failure([program.put, *steps])
        if code == 0:
            _write(listed, sorted(wanted))
            code = _run(program.put)
    return code


def _write(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


def _first_failure(steps: Iterable[Sequence[str]]) -> int:
    """The exit code of the first step that fails, after which none is taken; else 0."""
    return next(filter(None, map(_run, steps)), 0)


def _run(words: Sequence[str], *, in_silence: bool = False) -> int:
    said = subprocess.DEVNULL if in_silence else None
    try:
        return subprocess.run(words, check=False, stderr=said).returncode
    except FileNotFoundError:
        raise UsageError("deploy-no-program", name=words[0]) from None
