"""Templates are typed: each takes its View and no other, reads all of it and nothing more."""

from __future__ import annotations

import ast
import types
from pathlib import Path
from typing import Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup

from mksite.build import capabilities
from mksite.content.code_list import OrganizationType
from mksite.content.role import ROLE_SPECS
from mksite.pages.citation import citing, head
from mksite.render import closure as templates
from mksite.render.drawing import chart, flow
from mksite.render.metadata import json_ld
from mksite.render.renderer import environment
from mksite.view.part import SiteView, View
from mksite.view.setting import Setting

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "templates"
TYPED = sorted(
    path.name for path in FOLDER.glob("*.html") if path.read_text("utf-8").startswith("{# view: ")
)
# What the frame around the content and the functions that templates call read of a View.
READERS = (chart, citing, flow, head, json_ld)
TEXTS = {
    **dict.fromkeys(
        ("date", "start", "end", "when", "since", "until", "seen", "added"), "2012-03-06?"
    ),
    "country": "KG",
    "role": "organizer",
    "status": "postponed",
    "section": "releases",
    "kind": "organization",
    "other": "KG",
    "countries": "KG",
    "email": "a@b.example",
    "href": "/a/",
    "url": "https://a.example",
    "base": "/",
    "home": "/",
    "lang": "ky",
    "headings": "a",
    "menu_keys": "releases",
    "path": "a/b/",
    "homes": "/",
}
Part = TypeVar("Part", bound=msgspec.Struct)
NUMBERS = {"year": 2013, "month": 3, "level": 3}


def views() -> dict[str, type[View]]:
    """Every View by name."""
    assert capabilities.CAPABILITIES
    found: dict[str, type[View]] = {}
    waiting = [View]
    while waiting:
        view = waiting.pop()
        found[view.__name__] = view
        waiting += view.__subclasses__()
    return found


def view_of(name: str) -> type[View]:
    """The View that a template names in its first line."""
    line = (FOLDER / name).read_text("utf-8").partition("\n")[0]
    return views()[line.removeprefix("{# view: ").removesuffix(" #}")]


def sample(hint: object, field: str, *, full: bool) -> object:
    """A value of a type: the emptiest, or one in which nothing is left out."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        chosen = next(kind for kind in inner if kind is not type(None))
        return sample(chosen, field, full=full) if full else None
    if origin is Literal:
        return TEXTS.get(field, inner[0])
    if origin is tuple and inner[-1] is Ellipsis:
        is_there = full or field == "languages"  # a page is always in some language
        return (sample(inner[0], field, full=True),) * 2 if is_there else ()
    if origin is tuple:
        return tuple(sample(kind, field, full=full) for kind in inner)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return filled(hint, full=full)
    word = TEXTS.get(field, "слово") if full or field in {"lang", "kind"} else ""
    number = NUMBERS.get(field, 2) if full else 0
    plain: dict[object, object] = {str: word, bool: full, int: number, float: number}
    return plain[hint]


def filled(view: type[Part], *, full: bool) -> Part:
    """A View whose every part is there, or none that may be absent."""
    hints = get_type_hints(view)
    return view(**{name: sample(hints[name], name, full=full) for name in view.__struct_fields__})


@pytest.fixture(scope="module")
def jinja(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The environment of the checkout's templates, in which every asset has an address."""
    names = [path.name for path in (CHECKOUT / "assets").iterdir()]
    sites = {"ky": filled(SiteView, full=True)}
    assets = {name: f"/assets/{name}" for name in names}
    digests = templates.read(CHECKOUT).catalogues
    setting = Setting(CHECKOUT, tmp_path_factory.mktemp("cache"), sites, assets, digests, "engine")
    return environment(setting, "ky")


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("name", TYPED)
def test_a_template_renders_its_view(jinja: Environment, name: str, *, full: bool) -> None:
    """With everything that a View may hold, and with nothing: no field is missing."""
    site = filled(SiteView, full=full)
    view = filled(view_of(name), full=full)
    html = jinja.get_template(name).render(view=view, site=site, body=Markup("<p>body</p>"))
    assert html.startswith("<!DOCTYPE html>")
    assert html.rstrip().endswith("</html>")
    assert "None" not in html


def closure(name: str) -> list[nodes.Template]:
    """The syntax of a template and of all that it extends, includes or imports."""
    known = templates.read(CHECKOUT)
    parse = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse
    return [parse((FOLDER / found).read_text("utf-8")) for found in known.reachable(name)]


def read_of_view(trees: list[nodes.Template]) -> set[str]:
    """The fields X of which a template says `view.X`."""
    return {
        found.attr
        for tree in trees
        for found in tree.find_all(nodes.Getattr)
        if isinstance(found.node, nodes.Name) and found.node.name == "view"
    }


def read_by_functions() -> set[str]:
    """The attributes that the functions which templates call read."""
    return {
        found.attr
        for module in READERS
        for found in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
        if isinstance(found, ast.Attribute)
    }


@pytest.mark.parametrize("name", TYPED)
def test_a_template_reads_its_whole_view(name: str) -> None:
    """No field of a View is there for nothing, and none is read that it has not."""
    fields = set(view_of(name).__struct_fields__)
    said = read_of_view(closure(name))
    assert said <= fields
    assert fields - said <= read_by_functions()


def test_every_page_has_a_typed_template() -> None:
    """Of the templates only parts, whose names begin with `_`, and the frame name no View."""
    untyped = {path.name for path in FOLDER.glob("*.html")} - set(TYPED)
    assert {name for name in untyped if not name.startswith("_")} == {"base.html"}


def test_every_role_filters_the_lists() -> None:
    """The style sheet knows the anchor of each role, by itself and through a programme."""
    style = (CHECKOUT / "assets" / "site.css").read_text("utf-8")
    names = [f"as-{role}" for role in ROLE_SPECS]
    names += [f"as-{role}-through" for role, spec in ROLE_SPECS.items() if spec.is_inherited]
    for name in names:
        assert f"#{name}:target ~ .listed .row:not(.{name})" in style
        assert f"#{name}:target ~ .filter [href$={name}]" in style
    for code in get_args(OrganizationType):
        assert f"#type-{code}:target ~ .letter li:not(.type-{code})" in style
