"""Scans content/: where each file lies, what its bytes are, and which names are wrong.

The first of the two stages that touch the disk. A file's digest is taken from the last scan as
long as its stat is the same and was already old then (git calls the other case racy): a file
changed in the same instant as the last scan is read again.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

import msgspec

from mksite.content.address import MAX_NAME_BYTES
from mksite.content.model import KINDS, Kind
from mksite.content.problem import Problem
from mksite.digest import file_digest
from mksite.errors import MachineError
from mksite.text.transliteration import slugify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONTENT = "content"
LEDGER = "addresses.txt"
"""In content/: every address that was ever published, one a line (`mksite addresses`)."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_ON_WINDOWS = frozenset('<>:"|?*\\')
ATTACHMENT_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
RACY_NS = 2_000_000_000  # the coarsest time stamps in use (FAT) are two seconds apart
MAX_ATTACHMENT_BYTES = 50_000_000
_IGNORED = re.compile(r"^(?:\..*|.*~|Thumbs\.db|desktop\.ini|~\$.*|README\.md)$", re.IGNORECASE)


class Stat(msgspec.Struct, frozen=True, array_like=True):
    """What the file system says of a file without opening it; times in nanoseconds."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


NEVER = Stat(-1, 0, 0, 0)


class Source(msgspec.Struct, frozen=True, array_like=True):
    """One Markdown file of content/.

    `path` is relative to the site folder, with forward slashes. `lang` is empty for an original.
    `digest` is the blake2b-128 of the bytes in hex. `stat` is `NEVER` where it must not be
    trusted at the next scan.
    """

    path: str
    kind: Kind
    id: str
    lang: str
    digest: str
    stat: Stat


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What is known of an attachment as it is published.

    `width` and `height` of an upright picture in pixels, 0 of what is none; `pages` of a document,
    0 where that is not known; `size_bytes` of what is published under the attachment's own name.
    """

    width: int = 0
    height: int = 0
    transparent: bool = False
    pages: int = 0
    size_bytes: int = 0


class Attachment(msgspec.Struct, frozen=True, array_like=True):
    """A file in the folder of a source: `content/releases/2013/x/photo.jpg` belongs to x.

    `name` is that of the file (NFC), which texts name; on the site it has its `published_name`.
    `facts` are empty until `mksite.attachment.measuring` has measured it.
    """

    path: str
    kind: Kind
    owner: str
    name: str
    digest: str
    stat: Stat
    facts: Facts = Facts()


class Scan(msgspec.Struct, frozen=True):
    """All that content/ holds, sorted by path."""

    sources: tuple[Source, ...]
    attachments: tuple[Attachment, ...]
    problems: tuple[Problem, ...]


def stat_of(status: os.stat_result) -> Stat:
    """The part of a stat result that is compared."""
    return Stat(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def scan(root: Path, known: dict[str, tuple[str, Stat]], *, now_ns: int) -> Scan:
    """Everything under `root`/content as of now.

    `known` gives digest and stat by path from the last scan; only files that differ are read.
    """
    walk = _Walk(str(root), known, now_ns)
    top = os.path.join(walk.root, CONTENT)
    if os.path.islink(top):
        walk.problem(top, "symbolic-link", name=CONTENT)
    elif os.path.isdir(top):
        for entry in _entries(top):
            walk.kind_folder(entry)
    sources = tuple(sorted(walk.sources, key=lambda s: s.path))
    attachments = tuple(sorted(walk.attachments, key=lambda a: a.path))
    return Scan(sources, attachments, tuple(sorted(walk.problems)))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """A folder's entries by name, without what operating systems and editors leave behind."""
    with os.scandir(folder) as entries:
        return sorted(
            (e for e in entries if not _IGNORED.match(e.name)),
            key=lambda e: e.name,
        )


class _Walk:
    """One walk through content/: it only collects."""

    def __init__(self, root: str, known: dict[str, tuple[str, Stat]], now_ns: int) -> None:
        self.root = root
        self.known = known
        self.racy_ns = now_ns - RACY_NS
        self.sources: list[Source] = []
        self.attachments: list[Attachment] = []
        self.problems: list[Problem] = []

    def problem(self, path: str, code: str, **values: str) -> None:
        shown = tuple(sorted((key, _printable(value)) for key, value in values.items()))
        self.problems.append(Problem(_printable(self.relative(path)), 1, 1, code, values=shown))

    def relative(self, path: str) -> str:
        return path[len(self.root) + 1 :].replace(os.sep, "/")

    def kind_folder(self, entry: os.DirEntry[str]) -> None:
        if self.leads_out(entry):
            return
        if entry.name == LEDGER and entry.is_file(follow_symlinks=False):
            return
        if not entry.is_dir(follow_symlinks=False) or entry.name not in KINDS:
            self.problem(entry.path, "unknown-folder", name=entry.name, allowed=", ".join(KINDS))
            return
        self.folder(entry.path, KINDS[entry.name])

    def leads_out(self, entry: os.DirEntry[str]) -> bool:
        """Links are never followed: they may lead out of the site."""
        if entry.is_symlink():
            self.problem(entry.path, "symbolic-link", name=entry.name)
            return True
        return False

    def folder(self, folder: str, kind: Kind) -> None:
        entries = [entry for entry in _entries(folder) if not self.leads_out(entry)]
        files = [e for e in entries if not e.is_dir(follow_symlinks=False)]
        stems = {e.name.split(".")[0] for e in files if e.name.endswith(".md")}
        for entry in files:
            if self.is_regular(entry):
                self.file(entry, kind)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if _printable(entry.name) != entry.name:
                    self.problem(entry.path, "bad-file-name", **_renamed(entry.name, entry.name))
                elif entry.name in stems:
                    self.attachment_folder(entry.path, kind, entry.name)
                else:
                    self.folder(entry.path, kind)

    def file(self, entry: os.DirEntry[str], kind: Kind) -> None:
        stem, dot, suffix = entry.name.partition(".")
        if suffix.lower() == "md" or re.fullmatch(r"[A-Za-z]{2,3}\.md", suffix, re.IGNORECASE):
            lang = suffix[:-3] if suffix.lower() != "md" else ""
            if not SLUG.fullmatch(stem) or suffix != suffix.lower():
                self.problem(entry.path, "bad-file-name", **_renamed(entry.name, stem, suffix))
                return
            self.add_source(entry, kind, stem, lang)
        elif entry.name.lower().endswith(".md"):
            base = entry.name[:-3]
            self.problem(entry.path, "bad-file-name", **_renamed(entry.name, base, "md"))
        else:
            self.problem(entry.path, "stray-file", name=entry.name, suffix=dot + suffix)

    def is_regular(self, entry: os.DirEntry[str]) -> bool:
        """Whether an entry is a file: reading a pipe or a device might never end."""
        if entry.is_file(follow_symlinks=False):
            return True
        self.problem(entry.path, "special-file", name=entry.name)
        return False

    def is_long(self, entry: os.DirEntry[str], stem: str) -> bool:
        """Whether a name leaves no room for what the site adds to it."""
        if len(stem.encode()) <= MAX_NAME_BYTES:
            return False
        self.problem(entry.path, "name-too-long", name=stem, limit=str(MAX_NAME_BYTES))
        return True

    def add_source(self, entry: os.DirEntry[str], kind: Kind, stem: str, lang: str) -> None:
        if self.is_long(entry, stem):
            return
        path = self.relative(entry.path)
        digest, stat = self.digest(entry, path)
        self.sources.append(Source(path, kind, stem, lang, digest, stat))

    def attachment_folder(self, folder: str, kind: Kind, owner: str) -> None:
        taken: set[str] = set()
        for entry in _entries(folder):
            if self.leads_out(entry):
                continue
            if not entry.is_dir(follow_symlinks=False) and not self.is_regular(entry):
                continue
            if entry.is_dir(follow_symlinks=False):
                self.problem(entry.path, "nested-attachment", name=entry.name, owner=owner)
            elif not _is_writable(entry.name) or published_name(entry.name) in taken:
                stem, suffix = os.path.splitext(entry.name)
                stem = f"{stem}-{len(taken) + 1}"
                self.problem(entry.path, "bad-file-name", **_renamed(entry.name, stem, suffix[1:]))
            elif entry.stat(follow_symlinks=False).st_size > MAX_ATTACHMENT_BYTES:
                limit = str(MAX_ATTACHMENT_BYTES // 1_000_000)
                self.problem(entry.path, "attachment-too-large", name=entry.name, limit=limit)
            elif not self.is_long(entry, entry.name):
                path = self.relative(entry.path)
                digest, stat = self.digest(entry, path)
                name = unicodedata.normalize("NFC", entry.name)
                taken.add(published_name(name))
                self.attachments.append(Attachment(path, kind, owner, name, digest, stat))

    def digest(self, entry: os.DirEntry[str], path: str) -> tuple[str, Stat]:
        """The digest, from the last scan where its stat may be trusted, and the stat to keep."""
        status = entry.stat(follow_symlinks=False)
        stat = Stat(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        last = self.known.get(path)
        if last is not None and last[1] == stat:
            return last[0], stat
        settled = max(stat.mtime_ns, stat.ctime_ns) < self.racy_ns
        return file_digest(entry.path), stat if settled else NEVER


def _renamed(name: str, stem: str, suffix: str = "") -> dict[str, str]:
    """The name as it is and as it should be; a folder has no suffix."""
    parts = [slugify(stem) or "file", *(slugify(part) for part in suffix.split("."))]
    return {"name": name, "nearest": ".".join(filter(None, parts))}


def _is_writable(name: str) -> bool:
    """Whether every system that editors use can have a file of this name."""
    return name.isprintable() and not _NOT_ON_WINDOWS.intersection(name)


def _printable(name: str) -> str:
    """The name, with a question mark for each byte that is not of its file system's encoding."""
    return name.encode("utf-8", "replace").decode()


def links(root: Path, folder: str) -> list[Problem]:
    """A Problem for every link in a folder of the site: it may lead to any file of the machine."""
    walk, top = _Walk(str(root), {}, 0), root / folder
    for place in [top] if top.is_symlink() else sorted(top.rglob("*")):
        if place.is_symlink():
            walk.problem(str(place), "symbolic-link", name=place.name)
    return walk.problems


def reader(root: Path) -> Callable[[str], bytes]:
    """A function from a Source's path to its bytes. Raises MachineError where it has vanished."""

    def read(path: str) -> bytes:
        try:
            return (root / path).read_bytes()
        except FileNotFoundError as error:
            raise MachineError("source-vanished", path=path) from error

    return read


def published_name(name: str) -> str:
    """The name of an attachment on the site, part of an address: small Latin letters, digits,
    dots, hyphens. `IMG 0001.JPG` is published as `img-0001.jpg`.
    """
    if ATTACHMENT_NAME.fullmatch(name):
        return name
    stem, suffix = os.path.splitext(unicodedata.normalize("NFC", name))
    return _renamed(name, stem, suffix[1:])["nearest"]


def attachment_name(name: str, owner: str) -> str:
    """The name within the owner's folder: editors may write `x/photo.jpg` or `photo.jpg`."""
    return name.removeprefix("./").removeprefix(f"{owner}/")
