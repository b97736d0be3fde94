"""What a template's closure is made of is found however Jinja lets it be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mksite.errors import UsageError
from mksite.render import closure
from tests import small_archive

if TYPE_CHECKING:
    from pathlib import Path

NAMED = [
    '{% include "_x.html" %}',
    "{% include'_x.html' %}",
    "{%include('_x.html')%}",
    '{% include "_x.html"%}',
    "{%- include '_x.html' ignore missing with context -%}",
    "{% include ['_x.html', '_y.html'] %}",
    "{% from '_x.html'import a %}",
    "{% import('_x.html')as x %}",
    "{% extends'_x.html' %}",
    "{% if true %}{% for a in [] %}{% include '_x.html' %}{% endfor %}{% endif %}",
    "{% block a %}{% include '_x.html' %}{% endblock %}",
]


@pytest.mark.parametrize("text", NAMED)
def test_templates_are_found(text: str) -> None:
    """Every legal way to name another template is one."""
    assert "_x.html" in closure.parse("a.html", text.encode()).templates


@pytest.mark.parametrize(
    "text",
    ["{{ asset ('x') }}", '{{ asset("x") }}', "{{asset('x')|upper}}", "{% set a = asset( 'x' ) %}"],
)
def test_assets_are_found(text: str) -> None:
    """Every legal way to name an asset."""
    assert closure.parse("a.html", text.encode()).assets == ("x",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n{% include name %}", "2"),
        ("{% include 'a' ~ view.x %}", "1"),
        ("{% extends view.base %}", "1"),
        ("\n\n{{ asset(view.name) }}", "3"),
        ("{% set a = asset %}", "1"),
        ("{{ ['x'] | map(asset) }}", "1"),
        ("{{ asset(name='x') }}", "1"),
    ],
)
def test_computed_names_are_refused(text: str, line: str) -> None:
    """A name that cannot be followed ends the build, with its line."""
    with pytest.raises(UsageError) as raised:
        closure.parse("a.html", text.encode())
    assert (raised.value.code, raised.value.values["line"]) == ("template-dynamic", line)


@pytest.mark.parametrize(
    "text", ["{# {% include name %} #}", "{% raw %}{% include name %}{% endraw %}"]
)
def test_comments_name_nothing(text: str) -> None:
    """What is a comment or raw text names no template."""
    assert closure.parse("a.html", text.encode()).templates == ()


@pytest.mark.parametrize("text", NAMED[:6])
def test_an_edit_of_an_included_template_is_seen(text: str, tmp_path: Path) -> None:
    """A page is rendered again when a template changes that it includes in whatever spelling."""
    site = small_archive.make(tmp_path / "site")
    release = site.root / "templates/release.html"
    before = release.read_text("utf-8")
    site.write({"templates/_x.html": "<i>один</i>", "templates/_y.html": ""})
    site.write({"templates/release.html": before.replace("<article>", f"<article>{text}")})
    assert b"\xd0\xbe\xd0\xb4\xd0\xb8\xd0\xbd" in site.build().public["releases/anchor/index.html"]
    site.write({"templates/_x.html": "<i>два</i>"})
    built = site.build()
    assert "два".encode() in built.public["releases/anchor/index.html"]
    assert set(built.result.rendered.values()) == {"template"}


def test_linked_files_are_refused(tmp_path: Path) -> None:
    """A link in assets/ or templates/ could publish any file of the machine."""
    site = small_archive.make(tmp_path / "site")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (site.root / "assets/photo.jpg").symlink_to(secret)
    (site.root / "assets/more").symlink_to(tmp_path, target_is_directory=True)
    (site.root / "templates/_z.html").symlink_to(secret)
    built = site.build()
    assert not built.result.published
    assert [(p.path, p.code) for p in built.result.problems if p.severity == "error"] == [
        ("assets/more", "symbolic-link"),
        ("assets/photo.jpg", "symbolic-link"),
        ("templates/_z.html", "symbolic-link"),
    ]
