"""mksite.source.asset: what is read of assets/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.digest import digest_bytes
from mksite.face import find
from mksite.source import asset

if TYPE_CHECKING:
    from pathlib import Path


def write(root: Path, files: dict[str, str]) -> None:
    """Files below assets/."""
    for name, text in files.items():
        path = root / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_script_in_parts_is_one_asset(tmp_path: Path) -> None:
    """The parts are joined in the order of their names; nothing else in the folder is taken, and a
    changed part changes the asset's name.
    """
    files = {"a.css": "p {}", "x.js/2-b.js": "b\n", "x.js/1-a.js": "a\n", "x.js/note.md": "no"}
    write(tmp_path, files)
    style, script = asset.read(tmp_path)
    assert (style.name, script.name) == ("a.css", "x.js")
    assert asset.content(tmp_path / script.path) == b"a\nb\n"
    assert script.digest == digest_bytes(b"a\nb\n")
    assert script.output == f"assets/x.{script.digest[:10]}.js"
    write(tmp_path, {"x.js/2-b.js": "c\n"})
    assert asset.read(tmp_path)[1].output != script.output


def test_a_script_of_ones_own_stands_before_the_parts_of_the_face(tmp_path: Path) -> None:
    """A site's file, or its folder, of a name replaces the script that mksite brings."""
    face = tmp_path / "face"
    write(face, {"x.js/1-a.js": "a", "y.js/1-a.js": "a"})
    site = tmp_path / "site"
    write(site, {"x.js": "own", "y.js/1-b.js": "own"})
    for one in asset.read(site, face):
        assert one.own
        assert asset.content(find(one.path, site, face)) == b"own"
