"""`--publish DIR`: a finished build becomes the public site in one step.

DIR is a symbolic link to a folder in `DIR.releases/`, one folder a publication. The new folder is
filled with hard links to the output (which replaces files and never changes them), then the link
is swapped by one rename, so a reader sees the old site or the new one. Once the swap is on the
disk the publication before is removed: what was withdrawn must not stay there.

Every folder of ours holds `.mksite-published` from its first moment on; only such folders are
removed. While a publication is being filled the file is empty.
"""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

from mksite.artifact.output import are_safe
from mksite.digest import digest_bytes
from mksite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MARK = ".mksite-published"  # holds the digest of a whole publication


def publish(output: Path, target: Path, paths: Iterable[str], digest: str) -> bool:
    """The files of `output` named by `paths` are public at `target`; whether that was new.

    `digest` is that of all the files: where it is already public, nothing is done. Raises
    UsageError where `target` is something that mksite did not make.
    """
    paths = list(paths)
    if not are_safe(paths):
        raise UsageError("publish-not-ours", path=str(target))
    folder = target.with_name(f"{target.name}.releases")
    current = _current(target, folder)
    folder.mkdir(parents=True, exist_ok=True)
    if current is not None and _mark_of(current) == digest:
        _remove_others(folder, current)
        return False
    fresh = folder / f"{_next_number(folder):06d}"
    fresh.mkdir()
    (fresh / MARK).touch()
    _fill(fresh, output, paths, current)
    (fresh / MARK).write_text(digest, encoding="ascii")
    _sync()  # a power cut after the swap must not find empty files
    _swap(target, fresh)
    _sync()  # nor may it find the old link, and what that leads to removed
    _remove_others(folder, fresh)
    return True


def content_digest(digests: Iterable[tuple[str, str]]) -> str:
    """The digest of a site from its files' paths and digests."""
    return digest_bytes("".join(f"{path}\0{d}\n" for path, d in sorted(digests)).encode())


def _sync() -> None:
    if hasattr(os, "sync"):
        os.sync()


def _current(target: Path, folder: Path) -> Path | None:
    """The folder that is public now, or None for nothing yet."""
    if folder.is_symlink():
        raise UsageError("publish-not-ours", path=str(folder))
    if target.is_symlink():
        current = target.parent / os.readlink(target)
        if current.parent != folder:
            raise UsageError("publish-not-ours", path=str(target))
        return current if current.is_dir() else None
    if target.is_dir():
        if (target / MARK).exists():
            return target
        if any(target.iterdir()):
            raise UsageError("publish-not-ours", path=str(target))
        target.rmdir()
    elif target.exists():
        raise UsageError("publish-not-ours", path=str(target))
    return None


def _mark_of(folder: Path) -> str:
    try:
        return (folder / MARK).read_text(encoding="ascii")
    except OSError:
        return ""


def _remove_others(folder: Path, current: Path) -> None:
    """All publications of ours but the current one are gone, and what a crash left of others."""
    for path in folder.iterdir():
        if path == current or path.is_symlink() or not path.name.isdecimal():
            continue
        if (path / MARK).is_file():
            shutil.rmtree(path)


def _next_number(folder: Path) -> int:
    """One above every number that is taken, by whomever."""
    return (
        max((int(path.name) for path in folder.iterdir() if path.name.isdecimal()), default=0) + 1
    )


def _fill(fresh: Path, output: Path, paths: list[str], current: Path | None) -> None:
    """Links every file; where the output is on another disk, links what is unchanged to the
    publication before and copies the rest.
    """
    made: set[str] = set()
    root, source = str(fresh), str(output)
    for path in paths:
        folder = f"{root}/{path}".rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        try:
            os.link(f"{source}/{path}", f"{root}/{path}")
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
                raise
            _copy(f"{source}/{path}", f"{root}/{path}", f"{current}/{path}" if current else "")


def _copy(source: str, target: str, before: str) -> None:
    """A copy with its times, or a link to an equal file of the publication before."""
    wanted = os.stat(source)
    try:
        former = os.stat(before) if before else None
        if former and (former.st_size, former.st_mtime_ns) == (wanted.st_size, wanted.st_mtime_ns):
            os.link(before, target)
            return
    except OSError:
        pass
    shutil.copy2(source, target)


def _swap(target: Path, fresh: Path) -> None:
    """`target` leads to `fresh`: one rename; where links are not allowed, two."""
    link = target.with_name(f".{target.name}.new")
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(os.path.relpath(fresh, target.parent), target_is_directory=True)
    except OSError:  # Windows without the right to make links
        old = fresh.parent / "old"
        if target.exists():
            target.rename(old)
        fresh.rename(target)
        shutil.rmtree(old, ignore_errors=True)
        return
    os.replace(link, target)
