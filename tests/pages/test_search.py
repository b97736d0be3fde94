"""mksite.pages.search: one edit touches one shard, and a site without Pagefind is still a site."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, cast

import pytest

from mksite import indexing
from mksite.build.build import verify
from mksite.errors import MachineError
from mksite.pages import search
from tests.site_builder import SITE_YAML, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.site_builder import Built, SmallSite

    MakeSite = Callable[[Mapping[str, str | bytes]], SmallSite]

RELEASES = 24
COUNT = 8  # shards


def release(number: int, title: str = "Круглый стол", body: str = "Обсудили права.") -> str:
    """A release of IOM."""
    front = f"title: {title} {number}\ndate: 2013-03-{number + 1:02}\norganizers: [МОМ]\n"
    return f"---\n{front}---\n{body}\n"


def path_of(number: int) -> str:
    """Where a release lies."""
    return f"content/releases/2013/release-{number:02}.md"


FILES: dict[str, str] = {
    "content/organizations/iom.md": (
        "---\nname: {ru: Международная организация по миграции}\n"
        "short: {ru: МОМ, en: IOM}\ntype: multilateral\n---\nОписание.\n"
    ),
    "content/places/bishkek.md": "---\nname: Бишкек\ncountry: KG\n---\n",
    "content/pages/about.md": "---\ntitle: Об архиве\n---\nТекст.\n",
    **{path_of(number): release(number) for number in range(RELEASES)},
}


@pytest.fixture
def site(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """A site whose index has eight shards."""
    monkeypatch.setattr(search, "FULL_SHARD", 4)
    monkeypatch.setattr(search, "PART", 4)
    if indexing.executable() is None:
        pytest.skip("There is no Pagefind for this machine.")
    return make_site(FILES)


def shards_of(built: Built) -> list[str]:
    """The shards that a build indexed."""
    assert built.result.published, built.result.problems
    return sorted(path for path in built.result.rendered if path.startswith(f"{search.INDEX}/"))


def test_nothing_indexable_changed_nothing_is_indexed(site: SmallSite) -> None:
    """A build indexes all shards, the next one none, nor does an edit of a page that is no
    release and no entity.
    """
    assert len(shards_of(site.build())) == COUNT
    assert shards_of(site.build()) == []
    site.write({"content/pages/about.md": "---\ntitle: О нас\n---\nДругой текст.\n"})
    built = site.build()
    assert shards_of(built) == []
    assert built.result.rendered


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (path_of(5), release(5, body="Обсудили права и обязанности.")),
        (path_of(5), release(5, title="Семинар")),
        ("content/places/bishkek.md", "---\nname: Бишкек\ncountry: KG\n---\nСтолица.\n"),
    ],
)
def test_one_edit_indexes_one_shard(
    site: SmallSite, make_site: MakeSite, path: str, text: str
) -> None:
    """After an edit of one body, title or description one shard is indexed anew, and all files
    are those of a build from nothing.
    """
    site.build()
    site.write({path: text})
    built = site.build()
    assert len(shards_of(built)) == 1
    assert built.public == make_site({**FILES, path: text}).build().public


def test_a_new_release_indexes_one_shard(site: SmallSite, make_site: MakeSite) -> None:
    """An added release is indexed alone with its shard, and so is a removed one."""
    before = site.build().public
    extra = path_of(RELEASES)
    site.write({extra: release(RELEASES)})
    built = site.build()
    assert len(shards_of(built)) == 1
    assert built.public == make_site({**FILES, extra: release(RELEASES)}).build().public
    site.remove(extra)
    built = site.build()
    assert len(shards_of(built)) == 1
    assert built.public == before


def test_a_new_name_is_indexed_wherever_it_is_meant(site: SmallSite) -> None:
    """Another name of an organization reaches every release that it takes part in."""
    site.build()
    path = "content/organizations/iom.md"
    site.write({path: FILES[path].replace("type:", "aliases: [ИОМ]\ntype:")})
    assert len(shards_of(site.build())) == COUNT


def test_touched_parts_are_made_again(site: SmallSite) -> None:
    """A file of a shard that somebody deleted is there again after the next build."""
    before = site.build().public
    victim = next(path for path in before if path.endswith(".pf_index"))
    (site.public / victim).unlink()
    built = site.build()
    assert shards_of(built) == [
        f"{victim.partition('/index/')[0]}/index/{shard(victim)}/start.json"
    ]
    assert built.public == before


def shard(path: str) -> str:
    """The shard that a file belongs to."""
    return path.removeprefix(f"{search.INDEX}/").partition("/")[0]


def test_an_index_is_the_same_each_time(site: SmallSite, make_site: MakeSite) -> None:
    """Two builds from nothing give the same bytes; what others put beside them stays theirs."""
    built = site.build()
    assert make_site(FILES).build(jobs=2).public == built.public
    assert verify(site.options()).differing == ()
    stray = site.public / search.INDEX / "0" / "fragment" / "und_0000000.pf_fragment"
    stray.write_bytes(b"")
    assert verify(site.options()).differing == ()
    site.write({path_of(0): release(0) + "\nЕщё.\n"})
    assert site.build().public[stray.relative_to(site.public).as_posix()] == b""


def test_what_is_shown_is_the_original_text(site: SmallSite) -> None:
    """A fragment holds the texts as they were written, not their index words."""
    public = site.build().public
    fragments = [
        json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
        for path, data in public.items()
        if path.endswith(".pf_fragment")
    ]
    assert len(fragments) == RELEASES + 2
    texts = [one["texts"]["ru"] for one in fragments if one["kind"] == "release"]
    assert min(text[1] for text in texts) == "Круглый стол 0"
    assert {text[3] for text in texts} == {"Обсудили права."}


@pytest.mark.parametrize("line", ["draft: true", "embargo: 2099-01-01"])
def test_a_hidden_release_leaves_no_trace(line: str, site: SmallSite, make_site: MakeSite) -> None:
    """With a draft or a release under embargo the index is, to the byte, that without it."""
    secret = release(30, "Секретный", "Тайна.").replace("organizers", f"{line}\norganizers")
    open_site, with_secret = site.build(), make_site({**FILES, path_of(30): secret}).build()
    assert with_secret.result.published
    indexes = [
        {path: data for path, data in built.public.items() if path.startswith(search.INDEX)}
        for built in (open_site, with_secret)
    ]
    assert indexes[0]
    assert indexes[0] == indexes[1]


def test_search_may_be_switched_off(make_site: MakeSite) -> None:
    """Without the feature there is no page, no index and no script of it."""
    built = make_site({**FILES, "site.yaml": f"{SITE_YAML}features: {{search: false}}\n"}).build()
    assert not [path for path in built.public if path.startswith("search/")]


def test_a_site_without_pagefind_is_published(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no Pagefind the lists from A to Z are there, and a warning says what to
    do.
    """
    monkeypatch.setattr(indexing, "executable", lambda: None)
    built = make_site(FILES).build()
    assert built.result.published
    assert [(one.code, one.severity) for one in built.result.problems] == [
        ("search-unavailable", "warning")
    ]
    assert [path for path in built.public if path.startswith("search/")] == ["search/index.html"]
    assert "Международная организация по миграции" in built.public["search/index.html"].decode()


def test_a_failing_pagefind_is_the_machines_fault(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A Pagefind that ends without an answer, or cannot be started, stops the build."""
    mute = tmp_path / "pagefind"
    monkeypatch.setattr(indexing, "executable", lambda: mute)
    site = make_site(FILES)
    with pytest.raises(MachineError, match="search-engine-failed"):
        site.build()
    mute.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
    mute.chmod(0o755)
    with pytest.raises(MachineError, match="search-engine-failed"):
        site.build()


def test_the_number_of_shards_changes_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one shard as long as it is not full, then two, four and so on, each entry in the
    shard that its id says.
    """
    monkeypatch.setattr(search, "FULL_SHARD", 4)
    monkeypatch.setattr(search, "PART", 4)
    counts = {}
    for size in (1, 4, 5, 8, 9, 16, 17):
        files = {path_of(number): release(number).replace("[МОМ]", "[]") for number in range(size)}
        catalogue, problems = catalogue_of(files)
        assert not problems
        shards = search.divided(catalogue)
        assert sum(map(len, shards.values())) == size
        counts[size] = len(shards)
    assert counts == {1: 1, 4: 1, 5: 2, 8: 2, 9: 4, 16: 4, 17: 8}


def test_facets_hold_what_is_around(make_site: MakeSite) -> None:
    """The table beside an index holds, in the order of its fragments, dates and facets."""
    del make_site
    entries = [
        indexing.Entry(
            {"oneq": 1.0}, "2013-03-25", {"kind": ("release",), "tag": ("b", "a")}, b"1"
        ),
        indexing.Entry({"twoq": 12.5}, "", {"kind": ("tag",)}, b"2"),
    ]
    if indexing.executable() is None:
        pytest.skip("There is no Pagefind for this machine.")
    made = indexing.index(entries)
    packed = gzip.decompress(made.files[made.start["table"]]).removeprefix(b"pagefind_dcd")
    table = cast("dict[str, object]", json.loads(packed))
    assert table == {
        "dates": ["", "2013-03-25"],
        "ids": {"kind": ["release", "tag"], "tag": ["a", "b"]},
        "columns": {"kind": [[1], [0]], "tag": [[], [1, 0]]},
    }


def test_an_empty_archive_has_an_empty_index(make_site: MakeSite) -> None:
    """With nothing to find, the one shard names no files."""
    if indexing.executable() is None:
        pytest.skip("There is no Pagefind for this machine.")
    public = make_site({}).build().public
    assert public[f"{search.INDEX}/0/start.json"] == b"{}"
