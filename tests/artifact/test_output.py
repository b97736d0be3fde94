"""The output folder: files replaced whole, nothing deleted that mksite did not write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mksite.build.build import verify
from mksite.errors import UsageError
from tests import small_archive
from tests.running import is_told, run
from tests.site_builder import tree

if TYPE_CHECKING:
    from tests.site_builder import SmallSite

PAGE = "releases/anchor/index.html"
SOURCES = ("", ".ky", ".en")


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small archive, bare."""
    return small_archive.make(tmp_path / "site")


def delete_anchor(site: SmallSite) -> None:
    """The release that others link is gone, and so are the links."""
    site.remove(*(f"content/releases/2012/anchor{lang}.md" for lang in SOURCES))
    for path in ("content/releases/2013/table.md", "content/releases/2013/table.en.md"):
        text = (site.root / path).read_text(encoding="utf-8")
        site.write({path: text.replace("[[anchor]]", "")})


def test_foreign_files_stay(site: SmallSite) -> None:
    """Somebody else's files stay, even in a folder of which every page is removed."""
    site.build()
    (site.public / "releases/anchor/theirs.txt").write_bytes(b"theirs")
    (site.public / "theirs").mkdir()
    (site.public / "theirs/index.html").write_bytes(b"theirs")
    delete_anchor(site)
    built = site.build()
    assert PAGE in built.result.removed
    assert PAGE not in built.public
    assert built.public["releases/anchor/theirs.txt"] == b"theirs"
    assert built.public["theirs/index.html"] == b"theirs"


def test_removed_pages_take_their_folders(site: SmallSite) -> None:
    """A folder that held only our page goes with it."""
    site.build()
    delete_anchor(site)
    built = site.build()
    assert set(built.result.removed) >= {f"{lang}{PAGE}" for lang in ("", "ky/", "en/")}
    assert not (site.public / "releases/anchor").exists()


def test_foreign_folder_is_refused(site: SmallSite) -> None:
    """A folder with files and without our list is somebody else's: nothing is written there."""
    site.write({"public/theirs.html": "theirs"})
    with pytest.raises(UsageError, match="output-not-ours"):
        site.build()
    assert tree(site.public) == {"theirs.html": b"theirs"}


def test_foreign_folder_is_told(site: SmallSite) -> None:
    """The command ends with exit code 2 and says what to do."""
    site.write({"public/theirs.html": "theirs"})
    ended = run(site)
    assert ended.code == 2
    assert is_told(ended.said, "output-not-ours")


def test_files_are_replaced_not_changed(site: SmallSite) -> None:
    """Who has an old page open reads it to its end: a new page is a new file."""
    site.build()
    with (site.public / PAGE).open("rb") as reader:
        before = (site.public / PAGE).read_bytes()
        site.write({"content/releases/2012/anchor.md": small_archive.source({"title": "Другой"})})
        after = site.build().public[PAGE]
        assert reader.read() == before
    assert after != before


def test_unchanged_files_are_left_alone(site: SmallSite) -> None:
    """What is rendered again to the same bytes is not written again."""
    site.build()
    before = {path: (site.public / path).stat().st_mtime_ns for path in tree(site.public)}
    built = site.build(engine="newer")
    assert built.result.rendered
    assert {path: (site.public / path).stat().st_mtime_ns for path in built.public} == before


def test_two_outputs(site: SmallSite, tmp_path: Path) -> None:
    """Each output folder is fresh by itself."""
    first = site.build()
    second = site.build(output=tmp_path / "second")
    assert second.public == first.public
    delete_anchor(site)
    assert site.build(output=tmp_path / "second").public == site.build().public
    assert not site.build(output=tmp_path / "second").result.rendered


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda page: page.write_bytes(page.read_bytes().replace(b"<", b"(", 1)), [PAGE]),
        (lambda page: page.unlink(), [PAGE]),
        (lambda page: page.with_name("extra.html").write_bytes(b"theirs"), []),
        (Path.exists, []),
    ],
    ids=["altered", "missing", "foreign", "none"],
)
def test_verify(change: object, expected: list[str], site: SmallSite) -> None:
    """An altered byte and a missing file are found; a foreign file is nobody's business."""
    site.build()
    assert callable(change)
    change(site.public / PAGE)
    assert list(verify(site.options()).differing) == expected


def test_verify_finds_what_should_be_gone(site: SmallSite) -> None:
    """A page that the content no longer has is reported until it is removed."""
    site.build()
    delete_anchor(site)
    assert PAGE in verify(site.options()).differing
    site.build()
    assert verify(site.options()).differing == ()


def test_verify_does_not_believe_the_cache(site: SmallSite) -> None:
    """A page is compared with what the sources give, even where size, time and cache agree."""
    site.build()
    page = site.public / PAGE
    times = page.stat()
    page.write_bytes(page.read_bytes().replace(b"<h1>", b"<h2>"))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert list(verify(site.options()).differing) == [PAGE]


def test_check_is_told(site: SmallSite) -> None:
    """`build --verify` names the differing paths, ends with 1 and repairs nothing; else with 0."""
    assert run(site).code == 0
    assert run(site, "--verify").code == 0
    (site.public / PAGE).write_bytes(b"altered")
    assert run(site, "--verify").code == 1
    assert (site.public / PAGE).read_bytes() == b"altered"
    assert run(site).code == 0
    assert run(site, "--verify").code == 0
