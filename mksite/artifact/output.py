"""The output folder: files replaced whole, nothing deleted that mksite did not write.

`.mksite-files` in the output lists, a path a line, all that mksite has written there. It is
extended before the first new file is written and shortened after the last old one is removed, so
that whatever a crash leaves is known to be ours.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import msgspec

from mksite.digest import digest_bytes, file_digest
from mksite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIST = ".mksite-files"
NEW = ".mksite-new"  # the folder where files are written before they take their places


class Written(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was written: its digest and what its stat says."""

    digest: str
    size: int
    mtime_ns: int


class Output:
    """One output folder."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._folders: set[str] = set()
        self._listed = ""

    def owned(self) -> set[str]:
        """The paths that mksite has written. Raises UsageError where the folder is somebody
        else's: it holds files and no list of ours. Of a folder that is listed, all files.
        """
        try:
            with open(os.path.join(self.root, LIST), encoding="utf-8") as file:
                self._listed = file.read()
                listed = set(self._listed.split("\n")) - {""}
                folders = [path for path in listed if path.endswith("/")]
                return listed.difference(folders).union(*map(self.within, folders))
        except FileNotFoundError:
            pass
        except NotADirectoryError:
            raise UsageError("output-not-ours", path=self.root) from None
        if os.path.isdir(self.root):
            with os.scandir(self.root) as entries:
                if any(True for _ in entries):
                    raise UsageError("output-not-ours", path=self.root)
        return set()

    def within(self, folder: str) -> list[str]:
        """The paths of all files in a folder and below it."""
        return [
            f"{os.path.relpath(place, self.root)}/{name}".replace(os.sep, "/")
            for place, _, names in os.walk(os.path.join(self.root, folder))
            for name in names
        ]

    def own(self, paths: Iterable[str]) -> None:
        """The list names exactly these paths; one that ends in a slash is a folder of ours."""
        listed = "".join(f"{path}\n" for path in sorted(paths))
        if listed != self._listed:
            self.replace(LIST, listed.encode())
            self._listed = listed

    def written(self, path: str) -> Written | None:
        """What lies at a path now, without its digest; None where no file does."""
        try:
            found = os.lstat(f"{self.root}/{path}")
        except OSError:
            return None
        return Written("", found.st_size, found.st_mtime_ns)

    def listed(self) -> Written:
        """The list as it is now."""
        found = self.written(LIST) or Written("", -1, 0)
        return Written(self.digest(LIST), found.size, found.mtime_ns)

    def is_intact(self, path: str, expected: Written) -> bool:
        """Whether the file is as it was written; where only its stat differs, by its digest."""
        found = self.written(path)
        if found is None:
            return False
        if found.size == expected.size and found.mtime_ns == expected.mtime_ns:
            return True
        return found.size == expected.size and self.digest(path) == expected.digest

    def digest(self, path: str) -> str:
        """The digest of a published file, or "" where it cannot be read."""
        try:
            return file_digest(f"{self.root}/{path}")
        except OSError:
            return ""

    def write(self, path: str, data: bytes) -> Written:
        """The file at `path` is `data`: first whole in `NEW`, then in its place."""
        mtime_ns = self.replace(path, data)
        return Written(digest_bytes(data), len(data), mtime_ns)

    def replace(self, path: str, data: bytes) -> int:
        """Replaces a file whole and gives its modification time in nanoseconds."""
        target = f"{self.root}/{path}"
        temporary = f"{self.root}/{NEW}/{os.getpid()}"
        for folder in (f"{self.root}/{NEW}", target.rpartition("/")[0]):
            if folder not in self._folders:
                os.makedirs(folder, exist_ok=True)
                self._folders.add(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o644)
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
        os.replace(temporary, target)
        return mtime_ns

    def remove(self, path: str) -> bool:
        """The file is gone, and folders that it leaves empty; whether there was one."""
        target = os.path.join(self.root, path)
        try:
            os.unlink(target)
            removed = True
        except (FileNotFoundError, NotADirectoryError):
            removed = False
        except IsADirectoryError:
            return False
        folder = os.path.dirname(target)
        while len(folder) > len(self.root):
            try:
                os.rmdir(folder)
            except OSError:
                break
            folder = os.path.dirname(folder)
        return removed

    def clear_leftovers(self) -> None:
        """No half-written file of a killed build is left."""
        shutil.rmtree(os.path.join(self.root, NEW), ignore_errors=True)
