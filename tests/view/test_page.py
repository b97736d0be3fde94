"""mksite.view.page: one page an address, whatever the file system thinks of letters and folders."""

from __future__ import annotations

import pytest

from mksite.view.page import Page, maker_of, plan, view_of
from mksite.view.part import Link

VIEW = Link("/", "a")


def page(path: str, origin: str = "") -> Page:
    """A page at a path, of a source or of none."""
    return Page(path, VIEW, "ru", "page.html", origins=(origin,) if origin else ())


def collisions(*pages: Page) -> list[tuple[str, str]]:
    """The paths of each two pages that claim one address."""
    return [(first.path, second.path) for first, second in plan(pages).collisions]


def test_no_collision() -> None:
    """Pages beside and within each other do not collide."""
    found = plan([page("a/index.html"), page("a/b/index.html"), page("a.html"), page("ab")])
    assert list(found.pages) == ["a/index.html", "a/b/index.html", "a.html", "ab"]
    assert found.collisions == ()


def test_the_first_keeps_its_address() -> None:
    """Of two pages at one address the first is planned, and both are named."""
    first, second = page("a/index.html", "x"), page("a/index.html", "y")
    found = plan([first, second])
    assert found.pages == {"a/index.html": first}
    assert found.collisions == ((first, second),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A/index.html", "a/index.html"),
        ("Ё/index.html", "ё/index.html"),
        ("a", "a/index.html"),
        ("a/index.html", "a"),
        ("a.html", "a.html/index.html"),
    ],
)
def test_collision(one: str, other: str) -> None:
    """Letters of another case are the same, and no file can stand where a folder does."""
    assert len(collisions(page(one, "x"), page(other, "y"))) == 1


def test_the_second_can_be_moved() -> None:
    """Where a page of no source is in the way of an editor's, the editor's is the one to move."""
    for pages in ([page("a"), page("a/b", "x")], [page("a/b", "x"), page("a")]):
        assert plan(pages).collisions[0][1].origins == ("x",)


def test_view_and_maker() -> None:
    """A View may be made later; a page is made by its template or by a function, each by name."""
    assert view_of(page("a")) is VIEW
    assert view_of(Page("a", lambda: VIEW, "ru")) is VIEW
    assert maker_of(page("a")) == "page.html"
    assert maker_of(Page("a", VIEW, "ru", producer=produce)) == "tests.view.test_page:produce"


def produce(_view: object, _renderer: object) -> bytes:
    """Nothing."""
    return b""
