"""The output folder: files are replaced whole, and nothing is touched that mksite did not write.

The file `.mksite-output` marks a folder of ours. It holds, a line each, the digest of every path
that mksite has written there. It names no path: what is ours is found by walking the folder, so a
forged mark can claim nothing outside it. A line is added before its file is written; so whatever a
crash leaves is known to be ours.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from typing import TYPE_CHECKING

import msgspec

from mksite.digest import digest_bytes, file_digest
from mksite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

MARK = ".mksite-output"
NEW = ".mksite-new"  # the folder where files are written before they take their places
_UNSAFE = re.compile(r"^/|//|/$|^$|(?:^|/)\.{1,2}(?:/|$)|[\\\0]|^[A-Za-z]:", re.MULTILINE)


class Written(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was written: its digest, its size in bytes and its modification time."""

    digest: str
    size: int
    mtime_ns: int


NOTHING = Written("", -1, 0)


def are_safe(paths: Iterable[str]) -> bool:
    """Whether all paths are relative, with forward slashes, and lead nowhere else."""
    listed = list(paths)
    return not listed or not _UNSAFE.search("\n".join(listed))


def path_digest(path: str) -> str:
    """How the mark names a path."""
    return digest_bytes(path.encode())


class Output:
    """One output folder."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._folders: set[str] = set()
        self._claimed: set[str] | None = None

    def open(self) -> None:
        """Whatever a killed build was writing is gone.

        Raises UsageError where the folder is somebody else's: it holds files and no mark of ours.
        """
        new = os.path.join(self.root, NEW)
        if os.path.isdir(new) and not os.path.islink(new):
            shutil.rmtree(new, ignore_errors=True)
        if os.path.lexists(os.path.join(self.root, MARK)):
            return
        try:
            with os.scandir(self.root) as entries:
                is_empty = not any(True for _ in entries)
        except FileNotFoundError:
            return
        except NotADirectoryError:
            is_empty = False
        if not is_empty:
            raise UsageError("output-not-ours", path=self.root)

    # ---- what is ours

    def mark(self) -> Written:
        """The mark as it is now."""
        now = self.written(MARK) or NOTHING
        return Written(self.digest(MARK), now.size, now.mtime_ns)

    def owned(self, known: Collection[str], mark: Written) -> set[str]:
        """The paths of all files here that mksite wrote.

        `known` are those that the last build knew of, `mark` is the mark that it left. Where the
        mark is another, the folder is searched for what the mark holds.
        """
        if self.mark() == mark:
            return set(known)
        claimed = self._claims()
        owned: set[str] = set()
        for folder, _, names in os.walk(self.root):
            inside = os.path.relpath(folder, self.root).replace(os.sep, "/")
            prefix = "" if inside == "." else f"{inside}/"
            owned.update(p for name in names if path_digest(p := prefix + name) in claimed)
        return owned

    def keep(self, paths: Collection[str]) -> None:
        """The mark holds exactly these paths."""
        lines = "".join(f"{digest}\n" for digest in sorted(map(path_digest, paths)))
        if self.digest(MARK) != digest_bytes(lines.encode()):
            self.replace(MARK, lines.encode())
        self._claimed = None

    def _claims(self) -> set[str]:
        """What the mark holds."""
        if self._claimed is None:
            try:
                with open(os.path.join(self.root, MARK), "rb") as file:
                    lines = file.read().decode("ascii", "replace").split("\n")
            except OSError:
                lines = []
            self._claimed = {line for line in lines if line}
        return self._claimed

    def _claim(self, path: str) -> None:
        """The mark holds the path. Raises UsageError where somebody else's file lies there."""
        digest = path_digest(path)
        if os.path.lexists(f"{self.root}/{path}") and digest not in self._claims():
            raise UsageError("output-in-the-way", path=f"{self.root}/{path}")
        self._append_to_mark(f"{digest}\n".encode())

    def _append_to_mark(self, line: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(f"{self.root}/{MARK}", flags | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)

    # ---- what lies there

    def written(self, path: str) -> Written | None:
        """What lies at a path now, without its digest; None where no file does."""
        try:
            status = os.lstat(f"{self.root}/{path}")
        except OSError:
            return None
        return Written("", status.st_size, status.st_mtime_ns)

    def is_intact(self, path: str, expected: Written) -> bool:
        """Whether the file is as it was written; where only its stat differs, by its digest."""
        now = self.written(path)
        if now is None:
            return False
        if now.size == expected.size and now.mtime_ns == expected.mtime_ns:
            return True
        return now.size == expected.size and self.digest(path) == expected.digest

    def digest(self, path: str) -> str:
        """The digest of a published file, or "" where it cannot be read or is a link."""
        place = f"{self.root}/{path}"
        try:
            return "" if os.path.islink(place) else file_digest(place)
        except OSError:
            return ""

    # ---- what is written and removed

    def write(self, path: str, data: bytes, *, is_known: bool) -> Written:
        """The file at `path` is `data`: first whole in `NEW`, then in its place.

        `is_known` says that the last build wrote this path. Raises UsageError where a link or
        somebody else's file stands in the way.
        """
        self._make_folder(path.rpartition("/")[0])
        if not is_known:
            self._claim(path)
        mtime_ns = self.replace(path, data)
        return Written(digest_bytes(data), len(data), mtime_ns)

    def replace(self, path: str, data: bytes) -> int:
        """Replaces a file whole and gives its modification time in nanoseconds."""
        target = f"{self.root}/{path}"
        self._make_folder(NEW)
        temporary = f"{self.root}/{NEW}/{os.getpid()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            mtime_ns = os.fstat(descriptor).st_mtime_ns
        except BaseException:
            os.close(descriptor)
            os.unlink(temporary)
            raise
        os.close(descriptor)
        try:
            os.replace(temporary, target)
        except OSError:
            if not _is_folder(target):
                raise
            self._remove_empty(target)
            os.replace(temporary, target)
        return mtime_ns

    def _make_folder(self, folder: str) -> None:
        """The folder and all above it are there, and none of them is a link."""
        if folder in self._folders:
            return
        if not folder:
            os.makedirs(self.root, exist_ok=True)
            self._append_to_mark(b"")  # before anything else: a crash leaves a folder of ours
            self._folders.add(folder)
            return
        self._make_folder(folder.rpartition("/")[0])
        place = f"{self.root}/{folder}"
        try:
            mode = os.lstat(place).st_mode
        except FileNotFoundError:
            os.makedirs(place, exist_ok=True)
            mode = os.lstat(place).st_mode
        if stat.S_ISREG(mode) and path_digest(folder) in self._claims():
            os.unlink(place)  # a page of ours that is a folder now
            os.makedirs(place, exist_ok=True)
        elif not stat.S_ISDIR(mode):
            raise UsageError("output-in-the-way", path=place)
        self._folders.add(folder)

    def _remove_empty(self, place: str) -> None:
        """A folder that stands where a file belongs is gone, if nothing is in it."""
        for folder, _, _ in os.walk(place, topdown=False):
            try:
                os.rmdir(folder)
            except OSError:
                raise UsageError("output-in-the-way", path=place) from None

    def remove(self, path: str) -> bool:
        """The file is gone, and folders that it leaves empty; whether there was one."""
        folder = path.rpartition("/")[0]
        if not are_safe([path]) or not self._is_real(folder):
            return False
        try:
            os.unlink(f"{self.root}/{path}")
            was_there = True
        except FileNotFoundError:
            was_there = False
        except (IsADirectoryError, PermissionError):
            if not _is_folder(f"{self.root}/{path}"):
                raise
            return False
        while folder:
            try:
                os.rmdir(f"{self.root}/{folder}")
            except OSError:
                break
            self._folders.discard(folder)
            folder = folder.rpartition("/")[0]
        return was_there

    def _is_real(self, folder: str) -> bool:
        """Whether a folder is there and neither it nor one above it is a link."""
        while folder:
            if not _is_folder(f"{self.root}/{folder}"):
                return False
            folder = folder.rpartition("/")[0]
        return True

    def close(self) -> None:
        """No half-written file of this build is left."""
        self._folders.discard(NEW)
        shutil.rmtree(os.path.join(self.root, NEW), ignore_errors=True)


def _is_folder(place: str) -> bool:
    """Whether a folder stands there, and not a link to one."""
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return False
