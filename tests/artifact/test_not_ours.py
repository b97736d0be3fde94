"""Whatever lies about, a build deletes and changes nothing that mksite did not write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from mksite.artifact import manifest
from mksite.artifact.output import MARK, Output, are_safe, path_digest
from mksite.build.build import build, check, verify
from mksite.cache import cache
from mksite.errors import UsageError
from tests import small_archive
from tests.running import is_told, run
from tests.site_builder import tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import SmallSite

PAGE = "releases/anchor/index.html"


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small archive with all features, built."""
    made = small_archive.make_real(tmp_path / "site", features=True)
    assert made.build().result.published
    return made


def sources(site: SmallSite) -> dict[str, bytes]:
    """Everything that the editors own."""
    folders = ("content", "templates", "assets")
    return {
        f"{folder}/{path}": data
        for folder in folders
        for path, data in tree(site.root / folder).items()
    }


PATHS = (
    "./../content/",
    "../content/releases/2012/anchor.md",
    "../site.yaml",
    "releases/../../content/releases/2012/anchor.md",
    "a//../../site.yaml",
    "..\\site.yaml",
    "/etc/hostname",
    "C:/x",
    "",
)


@pytest.mark.parametrize("path", PATHS)
def test_forged_list(path: str, site: SmallSite) -> None:
    """No line of the output's mark, old or new form, leads anywhere."""
    before = sources(site)
    for name in (MARK, ".mksite-files"):
        (site.public / name).write_bytes(f"{path}\n{path_digest(path)}\n".encode())
    for _ in range(2):
        assert site.build(engine="newer").result.published
        assert sources(site) == before


@pytest.mark.parametrize("path", PATHS)
def test_forged_manifest(path: str, site: SmallSite) -> None:
    """A manifest that names a path outside the output is not believed."""
    before = sources(site)
    place = manifest.path_of(site.root, site.public)
    kept = manifest.load(place)
    entry = kept.entries[PAGE]
    for forged in (
        {**kept.entries, path: entry},
        {**kept.entries, PAGE: msgspec.structs.replace(entry, parts={path: entry.written})},
    ):
        cache.save(place, msgspec.structs.replace(kept, entries=forged))
        assert manifest.load(place) == manifest.EMPTY
        assert site.build().result.published
        assert sources(site) == before


def test_safe_paths() -> None:
    """Only relative paths with plain parts are safe."""
    assert are_safe([])
    assert are_safe(["index.html", "ky/releases/x/index.html", ".mksite-output", "a/..b"])
    assert [
        path for path in (*PATHS, "a/", "./a", "a/.", "a\0b", "x\n../y") if are_safe([path])
    ] == []


@pytest.mark.parametrize("name", ["releases", "releases/anchor", "search", ".mksite-new"])
def test_linked_folder_in_the_output(name: str, site: SmallSite, tmp_path: Path) -> None:
    """Nothing is written or deleted through a link in the output; it is named."""
    theirs = tmp_path / "elsewhere"
    theirs.mkdir()
    (theirs / "index.html").write_bytes(b"theirs")
    folder = site.public / name
    if folder.exists():
        folder.rename(tmp_path / "aside")
    folder.symlink_to(theirs, target_is_directory=True)
    with pytest.raises(UsageError, match="output-in-the-way"):
        site.build(force=True)
    assert tree(theirs) == {"index.html": b"theirs"}
    site.remove("content/releases/2012/anchor.en.md")
    ended = run(site)
    assert ended.code == 2
    assert is_told(ended.said, "output-in-the-way")
    assert tree(theirs) == {"index.html": b"theirs"}
    folder.unlink()
    assert site.build().result.published
    assert verify(site.options()).differing == ()


def test_removed_through_a_link(site: SmallSite, tmp_path: Path) -> None:
    """A page that is no longer needed is not deleted through a link either."""
    theirs = tmp_path / "elsewhere"
    (site.public / "en/releases/anchor").rename(theirs)
    (site.public / "en/releases/anchor").symlink_to(theirs, target_is_directory=True)
    before = tree(theirs)
    assert not Output(site.public).remove("en/releases/anchor/index.html")
    assert tree(theirs) == before


@pytest.mark.parametrize(
    "name", ["content", "content/new", "assets", "templates/x", ".mksite", "."]
)
def test_output_among_the_sources(name: str, site: SmallSite) -> None:
    """The site is never written among its sources, nor checked or compared there."""
    before = sources(site)
    options = site.options(output=site.root / name)
    for command in (build, verify, check):
        with pytest.raises(UsageError, match="output-in-sources"):
            command(options)
    assert sources(site) == before


def test_output_above_the_site(site: SmallSite) -> None:
    """Nor into a folder that the site lies in."""
    with pytest.raises(UsageError, match="output-in-sources"):
        build(site.options(output=site.root.parent))


@pytest.mark.parametrize("name", ["", "bodies", "templates", "locale", "pictures"])
def test_linked_cache(name: str, site: SmallSite) -> None:
    """A cache folder that leads elsewhere is refused, and nothing is emptied there."""
    before = sources(site)
    place = site.root / ".mksite" / name if name else site.root / ".mksite"
    if place.exists():
        place.rename(site.root / "aside")
    place.symlink_to(site.root / "content/releases/2012", target_is_directory=True)
    for _ in range(2):
        with pytest.raises(UsageError, match="cache-not-a-folder"):
            site.build(force=True)
    assert sources(site) == before
    ended = run(site)
    assert ended.code == 2
    assert is_told(ended.said, "cache-not-a-folder")
    assert sources(site) == before


def test_foreign_files_in_the_cache(site: SmallSite) -> None:
    """Only files with our own names are removed from the cache folder."""
    theirs = {"bodies/notes.md": b"x", "templates/a.html": b"y", "mine.new": b"z", "notes.md": b"n"}
    for path, data in theirs.items():
        (site.root / ".mksite" / path).parent.mkdir(exist_ok=True)
        (site.root / ".mksite" / path).write_bytes(data)
    site.build(force=True)
    cache.discard(site.root)
    assert {path: (site.root / ".mksite" / path).read_bytes() for path in theirs} == theirs


def test_foreign_file_where_a_page_comes(site: SmallSite) -> None:
    """A file of somebody else at the address of a new page is named, and stays as it is."""
    place = site.public / "releases/added/index.html"
    place.parent.mkdir()
    place.write_bytes(b"theirs")
    site.write({"content/releases/2013/added.md": small_archive.source({"title": "Новый"})})
    with pytest.raises(UsageError, match="output-in-the-way"):
        site.build()
    assert place.read_bytes() == b"theirs"
    place.unlink()
    assert site.build().result.published


@pytest.mark.parametrize("is_empty", [True, False])
def test_page_that_became_a_folder(is_empty: bool, site: SmallSite) -> None:  # noqa: FBT001
    """An empty folder in place of a page gives way; one with files in it is named."""
    page = site.public / PAGE
    page.unlink()
    page.mkdir()
    if is_empty:
        assert site.build().result.published
        assert page.is_file()
        return
    (page / "theirs.txt").write_bytes(b"theirs")
    with pytest.raises(UsageError, match="output-in-the-way"):
        site.build()
    assert (page / "theirs.txt").read_bytes() == b"theirs"


def test_foreign_files_in_a_bundle(site: SmallSite) -> None:
    """Somebody else's file beside the files of the search stays."""
    folders = [p for p in (site.public / "search").rglob("*") if p.is_dir()] or [
        site.public / "search"
    ]
    for folder in folders:
        (folder / "theirs.txt").write_bytes(b"theirs")
    text = (site.root / "content/releases/2012/anchor.md").read_text("utf-8")
    site.write({"content/releases/2012/anchor.md": text + "\nЕщё слово.\n"})
    assert site.build().result.published
    assert all((folder / "theirs.txt").read_bytes() == b"theirs" for folder in folders)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00garbage\n", b"\n" * 9, bytes(range(256))])
def test_damaged_mark(data: bytes, site: SmallSite) -> None:
    """A damaged mark is made anew, with and without the cache."""
    before = site.build().public
    (site.public / MARK).write_bytes(data)
    assert site.build().public == before
