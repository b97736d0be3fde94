"""mksite.artifact.make: which pages go to a process together."""

from __future__ import annotations

from mksite.artifact.make import of_one_view
from mksite.view.page import Page
from mksite.view.part import View


class Text(View, frozen=True):
    """A View of one text."""

    text: str


def test_neighbours_with_one_view_are_together() -> None:
    """Pages keep their order; neighbours are a group by the very same View, not by an equal one."""
    first, equal, last = Text("a"), Text("a"), Text("b")
    views = [first, first, equal, last, last, first]
    pages = [Page(f"{number}.html", view, "ru") for number, view in enumerate(views)]
    groups = of_one_view(pages)
    assert [[page.path[0] for page in group] for group in groups] == [
        ["0", "1"],
        ["2"],
        ["3", "4"],
        ["5"],
    ]
    assert of_one_view([]) == []
