"""`--publish DIR`: a finished build becomes the public site in one step."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests import small_archive
from tests.running import is_told, run
from tests.site_builder import tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import SmallSite

MARK = ".mksite-published"
PAGE = "releases/anchor/index.html"
TITLE = "content/releases/2012/anchor.en.md"
OTHER_DISK = """\
import errno, os, pathlib
link = os.link
def refuse(source, target, **options):
    if "/public.releases/" not in str(source):
        raise OSError(errno.EXDEV, "Invalid cross-device link", source, None, target)
    link(source, target, **options)
os.link = refuse
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small archive, bare."""
    return small_archive.make(tmp_path / "site")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the web server looks."""
    return tmp_path / "public"


def shelf(target: Path) -> list[str]:
    """The names of the publications that are kept."""
    return sorted(path.name for path in target.with_name("public.releases").iterdir())


def public(target: Path) -> dict[str, bytes]:
    """The public site without the mark of its publication."""
    return {path: data for path, data in tree(target.resolve()).items() if path != MARK}


def output(site: SmallSite) -> dict[str, bytes]:
    """The output without its mark, which is not published."""
    return {path: data for path, data in tree(site.public).items() if path != ".mksite-output"}


def edit(site: SmallSite, title: str) -> None:
    """The English title of the first release is another."""
    site.write({TITLE: small_archive.source({"title": title}, "The first one.")})


def test_first(site: SmallSite, target: Path) -> None:
    """The public site is a link to a folder that equals the output."""
    assert run(site, "--publish", target).code == 0
    assert target.is_symlink()
    assert public(target) == output(site)


def test_unchanged_files_are_linked(site: SmallSite, target: Path) -> None:
    """What did not change is the same file in both publications, and only the rest is new."""
    assert run(site, "--publish", target).code == 0
    before = {path: (target.resolve() / path).stat().st_ino for path in public(target)}
    old = tree(target.resolve())
    edit(site, "Mooring")
    assert run(site, "--publish", target).code == 0
    after = {path: (target.resolve() / path).stat().st_ino for path in public(target)}
    renewed = {path for path in after if after[path] != before.get(path)}
    changed = {path for path, data in public(target).items() if data != old.get(path)}
    assert changed
    assert renewed == changed
    assert "Mooring" in (target / "en" / PAGE).read_text(encoding="utf-8")


def test_nothing_new(site: SmallSite, target: Path) -> None:
    """A build that changed nothing publishes nothing."""
    assert run(site, "--publish", target).code == 0
    before = target.resolve()
    assert run(site, "--publish", target).code == 0
    assert target.resolve() == before
    assert len(shelf(target)) == 1


def test_no_earlier_publication_is_kept(site: SmallSite, target: Path) -> None:
    """What was public before stays nowhere: a text may have been withdrawn."""
    for title in ("One", "Two", "Three"):
        edit(site, title)
        assert run(site, "--publish", target).code == 0
    assert shelf(target) == [target.resolve().name]
    assert not [path for path, data in tree(target.parent).items() if b"Two" in data]


def test_foreign_folders_stay(site: SmallSite, target: Path) -> None:
    """A folder beside the publications that has no mark of ours is never removed."""
    theirs = target.with_name("public.releases") / "2013"
    theirs.mkdir(parents=True)
    (theirs / "photo.jpg").write_bytes(b"theirs")
    for title in ("One", "Two"):
        edit(site, title)
        assert run(site, "--publish", target).code == 0
    assert (theirs / "photo.jpg").read_bytes() == b"theirs"
    assert target.resolve().name == "002015"


def test_linked_folder_of_publications(site: SmallSite, target: Path) -> None:
    """The folder of publications is no link to elsewhere."""
    elsewhere = target.with_name("elsewhere")
    elsewhere.mkdir()
    target.with_name("public.releases").symlink_to(elsewhere, target_is_directory=True)
    ended = run(site, "--publish", target)
    assert ended.code == 2
    assert is_told(ended.said, "publish-not-ours")
    assert tree(elsewhere) == {}


def test_what_a_crash_left_is_removed(site: SmallSite, target: Path) -> None:
    """An unfinished publication goes with the next one."""
    assert run(site, "--publish", target).code == 0
    unfinished = target.with_name("public.releases") / "000007"
    unfinished.mkdir()
    (unfinished / MARK).touch()
    (unfinished / "index.html").write_text("half", encoding="utf-8")
    edit(site, "Mooring")
    assert run(site, "--publish", target).code == 0
    assert shelf(target) == ["000008"]


def test_problems_publish_nothing(site: SmallSite, target: Path) -> None:
    """A mistake in the content leaves the public site as it was, with exit code 1."""
    assert run(site, "--publish", target).code == 0
    before = target.resolve(), public(target)
    site.write({TITLE: "---\nunknown: 1\n---\n"})
    assert run(site, "--publish", target).code == 1
    assert (target.resolve(), public(target)) == before


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_foreign(kind: str, site: SmallSite, target: Path) -> None:
    """What mksite did not make is never replaced: exit code 2 and a sentence."""
    elsewhere = target.with_name("elsewhere")
    elsewhere.mkdir()
    (elsewhere / "theirs.html").write_text("theirs", encoding="utf-8")
    if kind == "folder":
        elsewhere.rename(target)
    elif kind == "file":
        target.write_text("theirs", encoding="utf-8")
    else:
        target.symlink_to(elsewhere, target_is_directory=True)
    before = tree(target.parent / "elsewhere"), tree(target), target.is_symlink()
    ended = run(site, "--publish", target)
    assert ended.code == 2
    assert is_told(ended.said, "publish-not-ours")
    assert (tree(target.parent / "elsewhere"), tree(target), target.is_symlink()) == before


def test_empty_folder(site: SmallSite, target: Path) -> None:
    """An empty folder gives way."""
    target.mkdir()
    assert run(site, "--publish", target).code == 0
    assert public(target) == output(site)


def test_other_disk(site: SmallSite, target: Path) -> None:
    """Where the output is on another disk, unchanged files are links to the last publication."""
    assert run(site, "--publish", target, prelude=OTHER_DISK).code == 0
    assert (target / PAGE).stat().st_nlink == 1
    first = (target / PAGE).stat().st_ino
    edit(site, "Mooring")
    assert run(site, "--publish", target, prelude=OTHER_DISK).code == 0
    assert public(target) == output(site)
    assert (target / PAGE).stat().st_ino == first
    assert (target / "en" / PAGE).stat().st_nlink == 1


def test_altered_publication_does_not_reach_the_output(site: SmallSite, target: Path) -> None:
    """A published page that somebody replaced is put right by the next publication."""
    assert run(site, "--publish", target).code == 0
    page = target / PAGE
    page.unlink()
    page.write_text("altered", encoding="utf-8")
    edit(site, "Mooring")
    assert run(site, "--publish", target).code == 0
    assert public(target) == output(site)
    assert b"altered" not in public(target)[PAGE]
