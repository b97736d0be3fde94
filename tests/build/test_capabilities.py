"""build.capabilities: no page, and not all of them together, is quadratic in the archive's size."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from mksite.build.capabilities import pages
from mksite.view.page import view_of
from mksite.view.part import Row
from tests.site_builder import catalogue_of

if TYPE_CHECKING:
    from tests.site_builder import Content

ORGANIZATIONS, PROGRAMMES, TAGS = 20, 16, 40
HALF, WHOLE = 500, 1000
LINEAR = 2.3  # twice as many releases; the rest is for what does not divide evenly


class Size(NamedTuple):
    """A page's View: how many values it holds, and how many rows of releases."""

    values: int
    rows: int


def archive(releases: int) -> dict[str, Content]:
    """An archive of so many releases about the same organizations, programmes and tags."""
    files: dict[str, Content] = {}
    for number in range(ORGANIZATIONS):
        files[f"content/organizations/o{number}.md"] = f"---\nname: Организация {number}\n---\n"
    for number in range(PROGRAMMES):
        roles = f"funders: [o{number}]\nimplementers: [o{(number + 1) % ORGANIZATIONS}]"
        files[f"content/programmes/p{number}.md"] = f"---\nname: Программа {number}\n{roles}\n---\n"
    for number in range(TAGS):
        files[f"content/tags/t{number}.md"] = f"---\nname: Тема {number}\n---\n"
    for number in range(releases):
        year, month, day = 2004 + number % 20, 1 + number % 12, 1 + number % 28
        organizer, partner = number % ORGANIZATIONS, (number * 7 + 3) % ORGANIZATIONS
        tag, other = number % TAGS, (number * 3 + 1) % TAGS
        files[f"content/releases/r{number}.md"] = (
            f"---\ntitle: Сообщение {number}\ndate: {year}-{month:02}-{day:02}\n"
            f"organizers: [o{organizer}]\npartners: [o{partner}]\n"
            f"programme: p{number * 5 % PROGRAMMES}\ntags: [t{tag}, t{other}]\n---\n"
            f"[[r{number * 11 % releases}]]\n"
        )
    return files


def size(value: object) -> Size:
    """How much there is in a value, all levels counted."""
    if isinstance(value, msgspec.Struct):
        parts = [size(getattr(value, field)) for field in value.__struct_fields__]
        rows = int(isinstance(value, Row))
    elif isinstance(value, dict):
        parts = [size(part) for item in value.items() for part in item]
        rows = 0
    elif isinstance(value, tuple | list):
        parts = [size(part) for part in value]
        rows = 0
    else:
        return Size(1, 0)
    return Size(1 + sum(p.values for p in parts), rows + sum(p.rows for p in parts))


@lru_cache(maxsize=2)
def sizes(releases: int) -> dict[str, Size]:
    """The sizes of all Views by path."""
    made, problems = catalogue_of(archive(releases))
    assert problems == ()
    assert len(made.releases) == releases
    return {page.path: size(view_of(page)) for page in pages(made, ())}


@pytest.mark.slow
def test_each_page_grows_no_faster_than_the_archive() -> None:
    """A page of twice as many releases holds at most about twice as much."""
    half, whole = sizes(HALF), sizes(WHOLE)
    small = 400  # values: what is less than that is not large, however it grows
    grown = {
        path: (half[path], whole[path])
        for path in half.keys() & whole.keys()
        if whole[path].values > max(LINEAR * half[path].values, small)
    }
    assert grown == {}


@pytest.mark.slow
def test_all_pages_together_grow_no_faster_than_the_archive() -> None:
    """Twice as many releases make at most about twice as many pages, values and rows."""
    half, whole = sizes(HALF), sizes(WHOLE)
    assert len(whole) <= LINEAR * len(half)
    for field in Size._fields:
        sums = [sum(getattr(found, field) for found in each.values()) for each in (half, whole)]
        assert 0 < sums[1] <= LINEAR * sums[0], field


@pytest.mark.slow
def test_no_page_lists_everything_but_the_exports() -> None:
    """A page for people shows a part of the archive, or links to the parts."""
    for path, found in sizes(WHOLE).items():
        if path.endswith(".html"):
            assert found.rows < WHOLE // 2, path


@pytest.mark.slow
def test_the_page_of_a_release_does_not_grow() -> None:
    """What a release's page shows does not depend on how many others there are."""
    half, whole = sizes(HALF), sizes(WHOLE)
    for number in range(HALF):
        path = f"releases/r{number}/index.html"
        assert whole[path].values <= half[path].values + 40, path
