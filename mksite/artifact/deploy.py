"""Brings a finished output somewhere else: only what has changed, what is gone last.

At a target only files that a deployment has brought are ever removed: they are listed there in
`.mksite-deployed`. Hosts and cloud storages are the work of `mksite.artifact.remote`.
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
    before = plain_names(listed)
    written = []
    wanted = {}
    for name in files_of(output):
        data = (output / name).read_bytes()
        wanted[name] = data
        if packed and name.endswith(PACKED) and len(data) >= SMALL:
            wanted[f"{name}.gz"] = gzip.compress(data, 9, mtime=0)
    if not dry_run:  # should this stop half-way, what it brought is known
        _write(listed, "\n".join(sorted({*wanted, *before})).encode())
    for name, data in wanted.items():
        file = target / name
        if not (file.is_file() and file.read_bytes() == data):
            written.append(name)
            if not dry_run:
                _write(file, data)
    gone = [name for name in before if name not in wanted and not _is_linked(target, name)]
    if not dry_run:
        for name in gone:
            (target / name).unlink(missing_ok=True)
        _write(listed, "\n".join(sorted(wanted)).encode())
    return Deployment(tuple(written), tuple(gone))


def plain_names(listed: Path) -> list[str]:
    """The names in a list of what was brought, but those that lead elsewhere: it may be forged."""
    if not listed.is_file():
        return []
    return [name for name in listed.read_text("utf-8", "replace").split("\n") if is_plain(name)]


def is_plain(name: str) -> bool:
    """Whether a name is that of a file below the target."""
    return not {"", ".", ".."} & set(name.split("/")) and "\\" not in name


def _is_linked(target: Path, name: str) -> bool:
    """Whether the way to a file leads over a link."""
    parts = name.split("/")
    return any((target / "/".join(parts[:count])).is_symlink() for count in range(1, len(parts)))


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.mksite-new")
    fresh.write_bytes(data)
    fresh.replace(file)


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
