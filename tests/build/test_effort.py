"""What one edit costs does not grow with the archive: counted at two sizes, never timed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests import small_archive
from tests.build.test_rebuild import replace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import Content, SmallSite

FEATURES = ("feeds", "calendars")  # the others have files that tell of the archive as a whole
SIZES = (420, 1260)  # from the first size on lists are divided
GROUP = 14  # releases of an organization, and of a year
RELEASE = "content/releases/2000/r7.md"
EDITS = {
    "body": ("Текст о 7.", "Другой текст."),
    "title": ("Сообщение 7", "Иное сообщение"),
    "summary": ("Кратко о 7.", "Короче."),
}


class Effort(NamedTuple):
    """What a build parsed and rendered, and how many bytes that were."""

    parsed: int
    rendered: int
    written: int


def archive(root: Path, size: int) -> SmallSite:
    """An archive of groups, each of its own organization and year, published."""
    site = small_archive.make_real(root, features=FEATURES)
    files: dict[str, Content] = {}
    for group in range(size // GROUP):
        organization = {"name": f"Организация {group}", "type": "other"}
        files[f"content/organizations/o{group}.md"] = small_archive.source(organization)
    for number in range(size):
        group = number // GROUP
        front = {
            "title": f"Сообщение {number}",
            "date": f"{2019 - group}-05-{number % GROUP + 1:02}",
            "added": f"{2020 - group // 12}-{group % 12 + 1:02}-01",
            "organizers": [f"o{group}"],
            "summary": f"Кратко о {number}.",
        }
        path = f"content/releases/2000/r{number}.md"
        files[path] = small_archive.source(front, f"Текст о {number}.")
    site.write(files)
    assert site.build().result.problems == ()
    return site


def effort(site: SmallSite, old: str, new: str) -> Effort:
    """What the edit of one release costs."""
    replace(site, RELEASE, old, new)
    built = site.build()
    rendered = built.result.rendered
    written = sum(len(built.public[path]) for path in rendered)
    return Effort(built.result.parsed, len(rendered), written)


@pytest.mark.slow
def test_an_edit_costs_the_same_in_a_larger_archive(tmp_path: Path) -> None:
    """Three times as many releases: as many files are read and written, and hardly more bytes."""
    small, large = (archive(tmp_path / str(size), size) for size in SIZES)
    for edit, (old, new) in EDITS.items():
        before, after = effort(small, old, new), effort(large, old, new)
        assert after.parsed == before.parsed == 1, edit
        assert after.rendered == before.rendered, edit
        assert after.written < 1.5 * before.written, edit
