"""The cache folder: damaged, foreign, old or missing, it never changes what is published."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from tests import small_archive
from tests.editor import carry, damage
from tests.site_builder import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.site_builder import SmallSite

ANCHOR = "content/releases/2012/anchor.md"
LATER_NS = 10_000_000_000
opened: list[str] = []
listening: list[bool] = []


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small archive, bare."""
    return small_archive.make(tmp_path / "site")


def cached(site: SmallSite) -> list[Path]:
    """The files of the cache."""
    found = (site.root / ".mksite").rglob("*")
    return sorted(path for path in found if path.is_file() and path.name != "lock")


@pytest.mark.slow
@pytest.mark.parametrize("manner", ["missing", "empty", "cut", "flipped", "longer"])
def test_damaged(manner: str, site: SmallSite) -> None:
    """Whichever file of the cache is damaged, everything is rendered right from it or without."""
    expected = site.build().public
    names = [path.relative_to(site.root) for path in cached(site)]
    assert len(names) > 3
    for number, name in enumerate(names):
        for place in (number, 40, -9):
            damage(site.root / name, manner, place)
            built = site.build(engine=f"{number} {place}")
            assert built.public == expected, name
            site.build(force=True)


def test_text_in_place_of_bytes(site: SmallSite) -> None:
    """Files of another program under our names are taken for missing."""
    expected = site.build().public
    for path in cached(site):
        path.write_text("theirs\n" * 100, encoding="utf-8")
    assert site.build().public == expected


def test_deleted(site: SmallSite) -> None:
    """Without the cache the site is built again and stays the same."""
    expected = site.build().public
    shutil.rmtree(site.root / ".mksite")
    assert site.build().public == expected


def test_portable(site: SmallSite, tmp_path: Path) -> None:
    """Elsewhere, with files of another time, cache and output hold: nothing is made again."""
    site.build()
    there = tmp_path / "elsewhere"
    shutil.copytree(site.root, there)
    for path in there.rglob("*"):
        if path.is_file() and not path.is_relative_to(there / "public"):
            os.utime(path, (1_700_000_000, 1_700_000_000))
    built = small_archive.twin(there).build()
    assert built.result.parsed == 0
    assert built.result.rendered == {}
    assert built.result.published


def test_older_cache(site: SmallSite, tmp_path: Path) -> None:
    """An older cache beside a newer output: what the older knew nothing of is removed, even what
    no other page shows.
    """
    expected = site.build().public
    carry(site.root / ".mksite", tmp_path / "kept")
    text = (site.root / ANCHOR).read_text(encoding="utf-8")
    site.write({ANCHOR: text.replace("title:", 'aliases: ["/old/anchor/"]\ntitle:', 1)})
    assert "old/anchor/index.html" in site.build().public
    carry(tmp_path / "kept", site.root / ".mksite")
    site.write({ANCHOR: text})
    assert site.build().public == expected


def test_older_output(site: SmallSite, tmp_path: Path) -> None:
    """An older output beside a newer cache: what is missing or other is written again."""
    site.build()
    carry(site.public, tmp_path / "kept")
    site.write({"content/releases/2016/added.md": small_archive.source({"title": "Добавлено"})})
    expected = site.build().public
    carry(tmp_path / "kept", site.public)
    assert site.build().public == expected


def test_output_of_another_time(site: SmallSite) -> None:
    """Published files whose time alone is another, as after a download, are not rendered again."""
    site.build()
    for path in site.public.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert site.build().result.rendered == {}


def test_another_engine_parses_again(site: SmallSite) -> None:
    """What another version parsed is not believed."""
    assert site.build().result.parsed > 10
    assert site.build().result.parsed == 0
    assert site.build(engine="newer").result.parsed > 10


def test_only_what_changed_is_parsed(site: SmallSite) -> None:
    """After one edit one source is parsed; after the same bytes are saved again, none."""
    site.build()
    data = (site.root / ANCHOR).read_bytes()
    site.write({ANCHOR: data + "Ещё.\n".encode()})
    assert site.build().result.parsed == 1
    site.write({ANCHOR: data + "Ещё.\n".encode()})
    assert site.build().result.parsed == 0


def test_edits_do_not_fill_the_disk(site: SmallSite) -> None:
    """Hundreds of edits leave a cache that is not much larger than a new one, and no leftovers."""
    site.build()
    before = sum(path.stat().st_size for path in cached(site))
    count = len(cached(site))
    for number in range(150):
        text = f"{number} " + "Длинный текст. " * 100
        site.write({ANCHOR: small_archive.source({"title": "Якорь", "tags": ["rights"]}, text)})
        site.build()
    assert sum(path.stat().st_size for path in cached(site)) < 3 * before + 1_500_000
    assert len(cached(site)) < count + 40


def listen(event: str, arguments: tuple[object, ...]) -> None:
    """Notes the files that are opened while somebody listens."""
    if listening and event == "open" and isinstance(arguments[0], str):
        opened.append(arguments[0])


@pytest.fixture
def files_opened() -> Iterator[list[str]]:
    """The paths of the files that are opened within the test."""
    if listen not in HOOKED:
        sys.addaudithook(listen)  # for ever: there is no way to take a hook back
        HOOKED.append(listen)
    opened.clear()
    listening.append(True)
    yield opened
    listening.clear()


HOOKED: list[object] = []


def test_settled_sources_are_not_read(site: SmallSite, files_opened: list[str]) -> None:
    """Once files are older than the clock's doubt, a build with nothing to do opens no source."""
    now = time.time_ns
    with mock.patch("time.time_ns", side_effect=lambda: now() + LATER_NS):
        site.build()
        site.write({ANCHOR: (site.root / ANCHOR).read_bytes() + b"\n"})
        site.build()
        files_opened.clear()
        built = small_archive.twin(site.root)
        result = built.build().result
    assert result.rendered == {}
    read = [path for path in files_opened if str(site.root / "content") in path]
    assert read == []


@pytest.mark.parametrize("where", ["content/releases/2012/anchor.md", "assets/site.css"])
def test_same_instant(where: str, site: SmallSite) -> None:
    """A file that changes right after the scan, with the same size and time, is seen."""
    for number in range(30):
        text = (site.root / where).read_text(encoding="utf-8")
        site.build()
        before = (site.root / where).stat().st_mtime_ns
        letters = "абвгд" if where.endswith("md") else "tuvwx"
        if number == 0:
            text += letters[0]
        changed = text[:-1] + letters[(letters.index(text[-1]) + 1) % 5]
        (site.root / where).write_bytes(changed.encode())
        os.utime(site.root / where, ns=(before, before))
        assert site.build().result.rendered
    assert tree(site.public) == site.build(force=True).public
