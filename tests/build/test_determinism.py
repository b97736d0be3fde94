"""The same content gives the same bytes, wherever and however it is built."""

from __future__ import annotations

import random
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from tests import small_archive
from tests.running import run
from tests.site_builder import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site_builder import SmallSite

REAL = ("content", "templates", "assets")
BACKWARDS = """\
import os
scandir, listdir = os.scandir, os.listdir
class Backwards:
    def __init__(self, path="."):
        with scandir(path) as entries:
            self.entries = sorted(entries, key=lambda e: e.name, reverse=True)
    def __iter__(self): return iter(self.entries)
    def __next__(self):
        if not self.entries:
            raise StopIteration
        return self.entries.pop(0)
    def __enter__(self): return self
    def __exit__(self, *error): self.close()
    def close(self): pass
os.scandir = Backwards
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
"""


def real_site(root: Path, *, shuffled: bool = False) -> SmallSite:
    """The repository's own content, templates and configuration in a new folder."""
    files = [path for name in REAL for path in (small_archive.CHECKOUT / name).rglob("*")]
    files.append(small_archive.CHECKOUT / "site.yaml")
    if shuffled:
        random.Random(root.name).shuffle(files)  # noqa: S311  the same order each time
    for path in files:
        if path.is_file():
            target = root / path.relative_to(small_archive.CHECKOUT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return small_archive.twin(root)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder for the builds that several tests compare with."""
    made = Path(mkdtemp(prefix="mksite-determinism-"))
    yield made
    shutil.rmtree(made)


@cache
def reference(folder: Path) -> dict[str, bytes]:
    """The small archive with all features, built in the plain way."""
    site = small_archive.make_real(folder / "reference", features=True)
    environment = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    assert run(site, "--jobs", "1", environment=environment).code == 0
    return tree(site.public)


@pytest.mark.parametrize(
    ("jobs", "environment", "prelude"),
    [
        ("2", {}, ""),
        ("1", {"TZ": "Pacific/Kiritimati"}, ""),
        ("1", {"TZ": "America/Anchorage", "LC_ALL": "C"}, ""),
        ("1", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}, ""),
        ("1", {"PYTHONHASHSEED": "1"}, ""),
        ("1", {"PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"}, ""),
        ("1", {}, BACKWARDS),
    ],
    ids=["jobs", "east", "west", "locale", "hash seed 1", "hash seed 4242", "directory order"],
)
def test_one_thing_is_another(
    jobs: str, environment: dict[str, str], prelude: str, folder: Path, tmp_path: Path
) -> None:
    """Whatever one thing is another, every file is the same."""
    site = small_archive.make_real(tmp_path / "another", features=True)
    assert run(site, "--jobs", jobs, environment=environment, prelude=prelude).code == 0
    found = tree(site.public)
    assert sorted(found) == sorted(reference(folder))
    assert [path for path in found if found[path] != reference(folder)[path]] == []


@pytest.mark.slow
def test_everything_is_another(tmp_path: Path) -> None:
    """The repository's own site is the same to the byte when all of these are others at once."""
    here = real_site(tmp_path / "here")
    there = real_site(tmp_path / "a longer path" / "там", shuffled=True)
    first = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    second = {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "ru_RU.UTF-8"}
    assert run(here, "--jobs", "1", environment=first).code == 0
    assert run(there, "--jobs", "3", environment=second, prelude=BACKWARDS).code == 0
    ours, theirs = tree(here.public), tree(there.public)
    assert len(ours) > 100
    assert sorted(ours) == sorted(theirs)
    assert [path for path in ours if ours[path] != theirs[path]] == []


def test_no_path_of_the_machine(tmp_path: Path) -> None:
    """No file of the output names the folder that it was built in."""
    site = small_archive.make_real(tmp_path / "a-folder-of-its-own", features=True)
    assert run(site).code == 0
    told = [path for path, data in tree(site.public).items() if b"a-folder-of-its-own" in data]
    assert told == []
