"""The machine's faults: a clear sentence, exit code 3, the old site whole, the next build right."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mksite import face
from tests import small_archive
from tests.running import FULL_DISK, Ended, at_change, command, is_told, mounted, run
from tests.site_builder import tree

if TYPE_CHECKING:
    from tests.site_builder import SmallSite

FUND = "content/organizations/fund.md"
MARK = ".mksite-published"
DENIED = 'raise OSError(errno.EACCES, "Permission denied", str(arguments[0]))'
VANISH = """\
import os, sys
opened = 0
def vanish(event, arguments):
    global opened
    if event == "open" and str(arguments[0]).endswith("/NAME"):
        opened += 1
        if opened == NUMBER:
            os.unlink(PATH)
sys.addaudithook(vanish)
"""
FILL = """\
head -c 100M /dev/zero > "$0/fill" 2> /dev/null || true
truncate -s -{free} "$0/fill"
"""


def without_mark(output: dict[str, bytes]) -> dict[str, bytes]:
    """An output without its mark, which is not published."""
    return {path: data for path, data in output.items() if path != ".mksite-output"}


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small archive, bare, in a folder that may become a disk of its own."""
    (tmp_path / "disk").mkdir()
    return small_archive.make(tmp_path / "disk" / "site")


def rename_fund(site: SmallSite) -> None:
    """An organization has another name: many pages change."""
    front = {"name": small_archive.named("Казна", "Казына", "Treasury"), "type": "foundation"}
    former = [{"name": "Старый фонд", "until": "2012"}]
    site.write({FUND: small_archive.source({**front, "former": former})})


def clean(site: SmallSite) -> dict[str, bytes]:
    """What a clean build of the site publishes."""
    copied = small_archive.copy_of(site, site.root.parent.parent / "clean")
    published = copied.build(face=face.standard()).public  # as the command line has it
    shutil.rmtree(copied.root)
    return published


def halves(found: dict[str, bytes], *whole: dict[str, bytes]) -> list[str]:
    """The pages that are neither of one site nor of the other."""
    pages = {path: data for path, data in found.items() if path.endswith(".html")}
    return [path for path, data in pages.items() if data not in [site.get(path) for site in whole]]


def changes(site: SmallSite, target: Path) -> int:
    """How many changes of the disk a build makes that publishes; all is as before then."""
    count = at_change(1, "print(end='#', file=sys.stderr)")
    with tempfile.TemporaryDirectory() as folder:
        before = shutil.copytree(target.parent, Path(folder) / "before", symlinks=True)
        said = run(site, "--publish", target, prelude=count).said
        shutil.rmtree(target.parent)
        shutil.copytree(before, target.parent, symlinks=True)
    return said.count("#")


@pytest.mark.parametrize(
    ("part", "action", "code"),
    [
        (0.0, FULL_DISK, "disk-full"),
        (0.3, FULL_DISK, "disk-full"),
        (0.9, FULL_DISK, "disk-full"),
        (1.0, FULL_DISK, "disk-full"),
        (0.6, DENIED, "no-permission"),
    ],
)
def test_fault_at_a_change(
    part: float, action: str, code: str, site: SmallSite, tmp_path: Path
) -> None:
    """From some change on, the disk takes nothing: files and public site are whole, it is told.

    Once there is room again the build is right.
    """
    target = tmp_path / "public"
    assert run(site, "--publish", target).code == 0
    old = tree(site.public)
    rename_fund(site)
    total = changes(site, target)
    number = max(1, round(part * total))
    ended = run(site, "--publish", target, prelude=at_change(number, action))
    assert ended.code == 3
    assert is_told(ended.said, code)
    new = clean(site)
    assert halves(tree(site.public), old, new) == []
    public = {path: data for path, data in tree(target.resolve()).items() if path != MARK}
    assert public in (without_mark(old), without_mark(new))
    assert run(site, "--publish", target).code == 0
    assert tree(site.public) == new


@pytest.mark.parametrize("free", [0, 6000])
def test_full_disk(free: int, site: SmallSite, tmp_path: Path) -> None:
    """On a full disk, with output and cache on it, the build says so and leaves whole files.

    With room again it is right.
    """
    build, disk = command(site), tmp_path / "disk"
    rename_fund(site)
    renamed = (site.root / FUND).read_bytes()
    new = clean(site)
    site.write({FUND: small_archive.ENTITIES[FUND]})
    old = clean(site)
    (tmp_path / "renamed.md").write_bytes(renamed)
    script = (
        'cp -a "$0" "$1/safe"; mount -t tmpfs -o size=8m disk "$0"; cp -a "$1/safe/." "$0"\n'
        '"$@" >&2\n'.replace('"$@"', 'evidence="$1"; shift; "$@"')
        + f'cp "$evidence/renamed.md" "$0/site/{FUND}"\n'
        + FILL.format(free=free)
        + 'code=0; "$@" 2> "$evidence/said" || code=$?; echo $code\n'
        'cp -a "$0/site/public" "$evidence/during"; rm "$0/fill"\n'
        '"$@" >&2; cp -a "$0/site/public" "$evidence/after"\n'
    )
    ended = mounted(script, disk, tmp_path, *build)
    assert ended.returncode == 0, ended.stderr
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert ended.stdout.split() == ["3"]
    assert is_told(said, "disk-full")
    during = tree(tmp_path / "during")
    assert halves(during, old, new) == []
    assert free or during == old
    assert tree(tmp_path / "after") == new


@pytest.mark.parametrize("folder", ["public", ".mksite"])
def test_read_only(folder: str, site: SmallSite, tmp_path: Path) -> None:
    """On a disk that may not be written to, the build says so and the old site stands."""
    assert run(site).code == 0
    old = tree(site.public)
    rename_fund(site)
    script = (
        'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"\n'
        'code=0; said="$1"; shift; "$@" 2> "$said" || code=$?; echo $code\n'
    )
    ended = mounted(script, site.root / folder, tmp_path / "said", *command(site))
    assert ended.stdout.split() == ["3"]
    assert is_told((tmp_path / "said").read_text(encoding="utf-8"), "read-only")
    assert tree(site.public) == old
    assert run(site).code == 0
    assert tree(site.public) == clean(site)


def test_read_only_sources(site: SmallSite, tmp_path: Path) -> None:
    """Sources that may not be written to are no obstacle."""
    script = 'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"; shift 0; exec "$@"\n'
    output = tmp_path / "output"
    (site.root / ".mksite").mkdir()
    ended = mounted(script, site.root / "content", *command(site, "--output", output))
    assert ended.returncode == 0, ended.stderr
    assert tree(output) == clean(site)


def vanishing(site: SmallSite, path: str, number: int) -> Ended:
    """A build in which a file is gone just before it is opened for the `number`th time."""
    prelude = VANISH.replace("NAME", path.rpartition("/")[2]).replace("NUMBER", str(number))
    return run(site, prelude=prelude.replace("PATH", repr(str(site.root / path))))


@pytest.mark.parametrize(
    "path",
    ["content/releases/2016/gone.md", "content/releases/2013/table/list.csv", "assets/site.css"],
)
def test_vanished(path: str, site: SmallSite) -> None:
    """A file that is gone when it is opened ends the build with a sentence; the old site stands."""
    assert run(site).code == 0
    old = tree(site.public)
    site.write({path: small_archive.source({"title": "Исчезнет"}) if path.endswith("md") else "x"})
    ended = vanishing(site, path, 1)
    assert ended.code == 3
    assert is_told(ended.said, "source-vanished")
    assert tree(site.public) == old
    if not path.endswith("md"):
        site.write({path: "x"})
    assert run(site).code == 0
    assert tree(site.public) == clean(site)


def test_vanished_between_scan_and_parsing(site: SmallSite) -> None:
    """A source deleted after it was scanned was read already or ends the build with a sentence."""
    path = "content/releases/2016/gone.md"
    assert run(site).code == 0
    old = tree(site.public)
    site.write({path: small_archive.source({"title": "Исчезнет"})})
    new = clean(site)
    ended = vanishing(site, path, 2)
    assert "Traceback" not in ended.said
    if ended.code:
        assert ended.code == 3
        assert is_told(ended.said, "source-vanished")
        assert tree(site.public) == old
    else:
        assert tree(site.public) == new
    (site.root / path).unlink(missing_ok=True)
    assert run(site).code == 0
    assert tree(site.public) == clean(site)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such rights")
def test_output_is_a_file(site: SmallSite) -> None:
    """Where the output should be lies a file: it stays, and nobody sees a traceback."""
    site.public.write_bytes(b"theirs")
    ended = run(site)
    assert ended.code in (2, 3)
    assert "Traceback" not in ended.said
    assert site.public.read_bytes() == b"theirs"


def test_large_file_limit(site: SmallSite) -> None:
    """A limit on the size of files, the nearest to a full disk, ends a build the same way."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    assert run(site).code == 0
    old = tree(site.public)
    rename_fund(site)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))"
    ended = run(site, prelude=limit)
    assert ended.code == 3
    assert "Traceback" not in ended.said
    assert tree(site.public) == old
    assert run(site).code == 0
    assert tree(site.public) == clean(site)
