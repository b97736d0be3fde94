"""mksite.pages.index: every entity of a kind, by name, by number of releases and by country."""

from __future__ import annotations

from mksite.content.model import ENTITY_KINDS
from mksite.pages import index
from mksite.pages.frame import Frame
from mksite.view.overview import IndexView
from mksite.view.page import view_of
from tests import small_archive
from tests.site_builder import catalogue_of

FILES: dict[str, dict[str, object]] = {
    "content/organizations/bank.md": {"name": "Банк", "country": "KG"},
    "content/organizations/office.md": {"name": "Агентство", "country": "RU"},
    "content/organizations/union.md": {"name": "Союз", "type": "multilateral", "country": "CH"},
    "content/organizations/guest.md": {"name": "Гость"},
    "content/programmes/help.md": {"name": "Помощь", "period": {"start": "2014"}},
    "content/programmes/care.md": {"name": "Забота", "period": {"start": "2012"}},
    "content/places/moscow.md": {"name": "Москва", "country": "RU"},
    "content/places/bishkek.md": {"name": "Бишкек", "country": "KG"},
    "content/places/hall.md": {"name": "Зал", "within": "bishkek"},
    "content/places/camp.md": {"name": "Лагерь"},
    "content/releases/one.md": {"title": "Один", "organizers": ["guest", "office"]},
    "content/releases/two.md": {"title": "Два", "organizers": ["guest"], "venue": "hall"},
    "content/releases/three.md": {"title": "Три", "venue": "moscow"},
}
BODIES = {"content/releases/three.md": "[[union]]"}


def indexes() -> dict[str, IndexView]:
    """The indexes by address."""
    files: dict[str, str | bytes] = {
        path: small_archive.source(front, BODIES.get(path, "")) for path, front in FILES.items()
    }
    catalogue = catalogue_of(files)[0]
    frames = tuple(Frame(catalogue, lang) for lang in catalogue.site.languages)
    found = {}
    for page in index.pages(catalogue, frames):
        view = view_of(page)
        assert isinstance(view, IndexView)
        found[page.path.removesuffix("index.html")] = view
    return found


def entries(view: IndexView) -> list[tuple[str, list[str]]]:
    """The headings, each with the names under it."""
    return [(group.heading, [e.link.text for e in group.entries]) for group in view.groups]


def test_each_order_holds_every_entity_once() -> None:
    """And leads to the others, which are there."""
    found = indexes()
    for view in found.values():
        listed = [e.link.href for group in view.groups for e in group.entries]
        assert len(listed) == len(set(listed)) == view.count
        assert view.order in {order.order for order in view.orders}
        assert {order.href.removeprefix("/") for order in view.orders} <= found.keys()
    assert {view.kind for view in found.values()} == set(ENTITY_KINDS)


def test_by_number_the_busiest_come_first() -> None:
    """Then those that are only named, then by name."""
    assert entries(indexes()["organizations/by-number/"]) == [
        ("", ["Гость", "Агентство", "Союз", "Банк"])
    ]
    assert entries(indexes()["programmes/"]) == [("", ["Забота", "Помощь"])]


def test_by_country_under_the_names_of_countries() -> None:
    """What is between governments is of none; whose country is not known comes last."""
    found = indexes()
    assert entries(found["organizations/by-country/"]) == [
        ("KG", ["Банк"]),
        ("RU", ["Агентство"]),
        ("none", ["Союз"]),
        ("", ["Гость"]),
    ]
    assert entries(found["places/by-country/"]) == [
        ("KG", ["Бишкек", "Зал"]),
        ("RU", ["Москва"]),
        ("", ["Лагерь"]),
    ]
