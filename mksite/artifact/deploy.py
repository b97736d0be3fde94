"""Brings a finished output somewhere else: only what has changed, what is gone last.

A folder is filled by mksite itself; rsync and rclone, where they are named, do their own work. At
a target only files that a deployment has brought are ever removed: they are listed there in
`.mksite-deployed`.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from mksite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LIST = ".mksite-deployed"
OWN = (".mksite-output", LIST)
PACKED = (".html", ".css", ".js", ".json", ".xml", ".svg", ".csv", ".ics", ".txt", ".webmanifest")
SMALL = 1_000  # bytes: of less, packing saves nothing


class Deployment(NamedTuple):
    """What was written and removed, by path within the target."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def files_of(output: Path) -> list[str]:
    """The files of an output, pages last: what they name is there before them."""
    names = [p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file()]
    return sorted((n for n in names if n not in OWN), key=lambda n: (n.endswith(".html"), n))


def sums(output: Path) -> Iterator[str]:
    """The lines of a SHA256SUMS of an output, as `sha256sum -c` reads them."""
    for name in sorted(files_of(output)):
        digest = hashlib.sha256((output / name).read_bytes()).hexdigest()
        yield f"{digest}  {name}"


def to_folder(output: Path, target: Path, *, packed: bool, dry_run: bool) -> Deployment:
    """The target holds the output. Each file is replaced whole, by a rename."""
    if target.resolve().is_relative_to(output.resolve()) or output.resolve().is_relative_to(
        target.resolve()
    ):
        raise UsageError("deploy-within", path=str(target))
    listed = target / LIST
    before = listed.read_text("utf-8").split("\n") if listed.exists() else []
    written = []
    wanted = {}
    for name in files_of(output):
        data = (output / name).read_bytes()
        wanted[name] = data
        if packed and name.endswith(PACKED) and len(data) >= SMALL:
            wanted[f"{name}.gz"] = gzip.compress(data, 9, mtime=0)
    for name, data in wanted.items():
        file = target / name
        if not (file.is_file() and file.read_bytes() == data):
            written.append(name)
            if not dry_run:
                _write(file, data)
    gone = [n for n in before if n and n not in wanted and _is_within(target, n)]
    if not dry_run:
        target.mkdir(parents=True, exist_ok=True)
        _write(listed, "\n".join(sorted(wanted)).encode())
        for name in gone:
            (target / name).unlink(missing_ok=True)
    return Deployment(tuple(written), tuple(gone))


def _is_within(target: Path, name: str) -> bool:
    """Whether a listed name is a plain path below the target: the list may have been forged."""
    parts = name.split("/")
    is_plain = not {"", ".", ".."} & set(parts) and "\\" not in name
    above = [target / "/".join(parts[:count]) for count in range(1, len(parts))]
    return is_plain and not any(folder.is_symlink() for folder in above)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.mksite-new")
    fresh.write_bytes(data)
    fresh.replace(file)


def by_program(output: Path, target: str, *, dry_run: bool) -> int:
    """Rsync to `host:path` or `rsync://…`, rclone to `rclone:remote:path`. The exit code."""
    if target.startswith("rclone:"):
        words = ["rclone", "sync", "--checksum", "--delete-after", str(output)]
        words += [target.removeprefix("rclone:"), *(f"--exclude=/{name}" for name in OWN)]
    else:
        words = ["rsync", "-rlt", "--checksum", "--delay-updates", "--delete-after", "-v"]
        words += [*(f"--exclude=/{name}" for name in OWN), f"{output}/", target]
    if dry_run:
        words.insert(1 if words[0] == "rsync" else 2, "--dry-run")
    return _run(words)


def to_branch(output: Path, root: Path, branch: str, *, dry_run: bool) -> str:
    """A commit of the output on a branch of the site's own repository; its id, or "" where nothing
    has changed. The work tree and its index stay as they are.
    """
    index = root / ".mksite" / "deploy-index"
    environment = os.environ | {"GIT_INDEX_FILE": str(index)}
    index.unlink(missing_ok=True)
    git = ["git", "-C", str(root), f"--work-tree={output}"]
    _output([*git, "add", "-f", "-A", "."], environment)
    _output([*git, "rm", "-q", "--cached", "--ignore-unmatch", ".mksite-output"], environment)
    tree = _output([*git, "write-tree"], environment)
    index.unlink(missing_ok=True)
    parent = _output([*git, "rev-parse", "-q", "--verify", f"refs/heads/{branch}"], may_fail=True)
    if parent and _output([*git, "rev-parse", f"{parent}^{{tree}}"]) == tree:
        return ""
    if dry_run:
        return tree
    parents = ["-p", parent] if parent else []
    commit = _output([*git, "commit-tree", tree, *parents, "-m", "Site"])
    _output([*git, "update-ref", f"refs/heads/{branch}", commit, *([parent] if parent else [])])
    return commit


def _output(
    words: Sequence[str], environment: dict[str, str] | None = None, *, may_fail: bool = False
) -> str:
    try:
        ended = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
    except FileNotFoundError:
        raise UsageError("deploy-no-program", name=words[0]) from None
    if ended.returncode and not may_fail:
        raise UsageError("deploy-failed", name=" ".join(words[:1]), reason=ended.stderr.strip())
    return ended.stdout.strip()


def _run(words: Sequence[str]) -> int:
    try:
        return subprocess.run(words, check=False).returncode
    except FileNotFoundError:
        raise UsageError("deploy-no-program", name=words[0]) from None
