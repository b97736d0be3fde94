"""source.source: where files lie, what their bytes are; a changed file is never overlooked."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from mksite.digest import digest_bytes
from mksite.source import source
from mksite.source.source import NEVER, RACY_NS, Stat, scan

if TYPE_CHECKING:
    from pathlib import Path

LATER_NS = 10 * RACY_NS


def write(root: Path, path: str, data: bytes = b"x") -> Path:
    """A file under content/."""
    target = root / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return target


def known(found: source.Scan) -> dict[str, tuple[str, Stat]]:
    """What a scan leaves for the next."""
    kept = {item.path: (item.digest, item.stat) for item in found.sources}
    return kept | {item.path: (item.digest, item.stat) for item in found.attachments}


def codes(found: source.Scan) -> list[tuple[str, str]]:
    """Path and code of each Problem."""
    return [(problem.path, problem.code) for problem in found.problems]


def test_scan(tmp_path: Path) -> None:
    """Kind, id and language come from a file's place and name; attachments from its folder's."""
    write(tmp_path, "releases/2013/meeting.md", b"a")
    write(tmp_path, "releases/2013/meeting.ky.md", b"b")
    write(tmp_path, "releases/2013/meeting/report.pdf", b"c")
    write(tmp_path, "releases/any/deep/folder/other-2.md", b"d")
    write(tmp_path, "tags/migration.md", b"e")
    found = scan(tmp_path, {}, now_ns=time.time_ns())
    assert found.problems == ()
    assert [(s.path, s.kind, s.id, s.lang, s.digest) for s in found.sources] == [
        ("content/releases/2013/meeting.ky.md", "release", "meeting", "ky", digest_bytes(b"b")),
        ("content/releases/2013/meeting.md", "release", "meeting", "", digest_bytes(b"a")),
        (
            "content/releases/any/deep/folder/other-2.md",
            "release",
            "other-2",
            "",
            digest_bytes(b"d"),
        ),
        ("content/tags/migration.md", "tag", "migration", "", digest_bytes(b"e")),
    ]
    assert [(a.kind, a.owner, a.name, a.digest) for a in found.attachments] == [
        ("release", "meeting", "report.pdf", digest_bytes(b"c"))
    ]


def test_nothing_there(tmp_path: Path) -> None:
    """A site without content has none, and no problem either."""
    assert scan(tmp_path, {}, now_ns=0) == source.Scan((), (), ())


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "Thumbs.db", "~$meeting.md", "meeting.md~", ".meeting.md.swp", "README.md"],
)
def test_left_behind(name: str, tmp_path: Path) -> None:
    """What operating systems and editors leave behind is nobody's mistake."""
    write(tmp_path, f"releases/{name}")
    assert scan(tmp_path, {}, now_ns=0) == source.Scan((), (), ())


def test_a_settled_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the stat is the same and was old at the last scan, its digest is taken over."""
    write(tmp_path, "tags/a.md")
    first = scan(tmp_path, {}, now_ns=time.time_ns() + LATER_NS)
    read: list[object] = []

    def file_digest(path: object) -> str:
        read.append(path)
        return "new"

    monkeypatch.setattr(source, "file_digest", file_digest)
    second = scan(tmp_path, known(first), now_ns=time.time_ns() + LATER_NS)
    assert (read, second) == ([], first)


def test_a_file_of_the_same_instant_is_read_again(tmp_path: Path) -> None:
    """A file that was as new as the scan may change without its stat: it is never trusted."""
    path = write(tmp_path, "tags/a.md", b"one")
    stat = path.stat()
    first = scan(tmp_path, {}, now_ns=stat.st_mtime_ns)
    assert first.sources[0].stat == NEVER
    path.write_bytes(b"two")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    second = scan(tmp_path, known(first), now_ns=stat.st_mtime_ns)
    assert second.sources[0].digest == digest_bytes(b"two")


@pytest.mark.parametrize("change", ["size", "mtime", "inode"])
def test_a_changed_stat_is_noticed(change: str, tmp_path: Path) -> None:
    """Size, time or inode: each is reason enough to read a file again."""
    path = write(tmp_path, "tags/a.md", b"one")
    first = scan(tmp_path, {}, now_ns=time.time_ns() + LATER_NS)
    stat = path.stat()
    if change == "size":
        path.write_bytes(b"longer")
    elif change == "mtime":
        path.write_bytes(b"two")
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000_000))
    else:
        other = write(tmp_path, "tags/b.md", b"two")
        other.replace(path)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + (change == "mtime") * 1_000_000_000))
    second = scan(tmp_path, known(first), now_ns=time.time_ns() + LATER_NS)
    assert second.sources[0].digest == digest_bytes(path.read_bytes())


def test_a_touched_file_keeps_its_digest(tmp_path: Path) -> None:
    """A file with another time and the same bytes is the same Source but for its stat."""
    path = write(tmp_path, "tags/a.md")
    first = scan(tmp_path, {}, now_ns=time.time_ns() + LATER_NS)
    os.utime(path, ns=(0, 0))
    second = scan(tmp_path, known(first), now_ns=time.time_ns() + LATER_NS)
    assert second.sources[0].digest == first.sources[0].digest
    assert second.sources[0].stat != first.sources[0].stat


def test_an_attachment_too_large(tmp_path: Path) -> None:
    """A file that no reader would wait for is refused without being read."""
    write(tmp_path, "releases/meeting.md")
    path = write(tmp_path, "releases/meeting/film.mp4")
    os.truncate(path, source.MAX_ATTACHMENT_BYTES + 1)
    found = scan(tmp_path, {}, now_ns=0)
    assert codes(found) == [("content/releases/meeting/film.mp4", "attachment-too-large")]
    os.truncate(path, source.MAX_ATTACHMENT_BYTES)
    assert codes(scan(tmp_path, {}, now_ns=0)) == []


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A name whose bytes are no UTF-8 is told with question marks instead of failing."""
    write(tmp_path, "tags/a.md")
    try:
        (tmp_path / "content/tags" / os.fsdecode(b"caf\xe9.md")).write_bytes(b"x")
    except OSError:
        return  # this file system has no such names
    assert codes(scan(tmp_path, {}, now_ns=0)) == [("content/tags/caf?.md", "bad-file-name")]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A folder named like a text is walked like any other folder."""
    write(tmp_path, "tags/a.md/b.md")
    assert [item.id for item in scan(tmp_path, {}, now_ns=0).sources] == ["b"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_pipes_are_told(tmp_path: Path) -> None:
    """A pipe where a file should be is told and never opened."""
    folder = tmp_path / "content/releases/a"
    folder.mkdir(parents=True)
    (tmp_path / "content/releases/a.md").write_text("x")
    for name in ("content/releases/b.md", "content/releases/a/b.pdf"):
        os.mkfifo(tmp_path / name)
    problems = source.scan(tmp_path, {}, now_ns=0).problems
    assert [(problem.path, problem.code) for problem in problems] == [
        ("content/releases/a/b.pdf", "special-file"),
        ("content/releases/b.md", "special-file"),
    ]
