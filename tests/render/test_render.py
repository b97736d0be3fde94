"""render.renderer: Views to bytes; links filled in; a template's mistake told by its line."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from mksite.errors import MachineError, UsageError
from mksite.render.renderer import fill, rooted
from mksite.view.part import BodyRef, Link
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
REF = BodyRef(
    "",
    "",
    links=(
        ("iom", Link("/organizations/iom/", "МОМ")),
        ("Кеңеш & <b>", Link("/organizations/council/", "Кеңеш & <b>", "ky")),
        ("hidden", Link("", "hidden")),
    ),
    files=(("Отчёт 1.pdf", "/releases/a/report.pdf"), ("a&b.pdf", "/releases/a/a&b.pdf")),
)


@pytest.mark.parametrize(
    ("html", "filled"),
    [
        ("<p>А</p>", "<p>А</p>"),
        ('<a href="entity:iom">она</a>', '<a href="/organizations/iom/">она</a>'),
        ('<a href="entity:iom"></a>', '<a href="/organizations/iom/">МОМ</a>'),
        (
            '<a href="entity:%D0%9A%D0%B5%D2%A3%D0%B5%D1%88%20%26%20%3Cb%3E"></a>',
            '<a href="/organizations/council/" lang="ky">Кеңеш &amp; &lt;b&gt;</a>',
        ),
        ('А <a href="entity:hidden"><em>это</em> вот</a>.', "А <em>это</em> вот."),
        (
            '<a href="entity:hidden">а</a> <a href="entity:iom">б</a>',
            'а <a href="/organizations/iom/">б</a>',
        ),
        (
            '<a href="attachment:%D0%9E%D1%82%D1%87%D1%91%D1%82%201.pdf">а</a>',
            '<a href="/releases/a/report.pdf">а</a>',
        ),
        ('<a href="attachment:a%26b.pdf">а</a>', '<a href="/releases/a/a&amp;b.pdf">а</a>'),
        ('<a href="https://a.kg/entity:iom">а</a>', '<a href="https://a.kg/entity:iom">а</a>'),
    ],
)
def test_fill(html: str, filled: str) -> None:
    """Links get their addresses and names; one that leads nowhere keeps its words alone."""
    assert fill(html, REF) == filled


RELEASE: dict[str, Content] = {
    "site.yaml": SITE_YAML + "features: {search: false}\n",
    "content/releases/a.md": "---\ntitle: А\n---\n",
}


@pytest.mark.parametrize(
    ("template", "name", "line", "reason"),
    [
        ("<p>\n{% if %}\n", "release.html", "2", "Expected an expression"),
        ("{{ view.nothing }}\n", "release.html", "1", "nothing"),
        ("\n\n{{ nothing }}\n", "release.html", "3", "nothing"),
        ("{{ view.title | nothing }}", "release.html", "1", "nothing"),
        ("\n{{ asset('nothing.css') }}", "release.html", "2", "nothing.css"),
        ("\n{{ 1 / 0 }}", "release.html", "2", "ZeroDivisionError"),
        ("{% import '_lists.html' as lists %}\n{{ lists.row(1) }}", "_lists.html", "2", "when"),
    ],
)
def test_a_mistake_in_a_template(
    template: str, name: str, line: str, reason: str, make_site: Maker
) -> None:
    """It is told by file and line, and nothing of the site is changed."""
    site = make_site(RELEASE)
    good = site.build().public
    site.write({"templates/release.html": template})
    with pytest.raises(UsageError) as raised:
        site.build()
    assert raised.value.code == "template-fault"
    values = raised.value.values
    assert (values["name"], values["line"], reason in values["reason"]) == (name, line, True)
    found = (site.public / "releases/a/index.html").read_bytes()
    assert found == good["releases/a/index.html"]


def test_a_template_in_another_encoding(make_site: Maker) -> None:
    """A template that is no UTF-8 is told by its line, too."""
    site = make_site(RELEASE)
    site.write({"templates/release.html": "<p>\nТекст".encode("cp1251")})
    with pytest.raises(UsageError) as raised:
        site.build()
    assert raised.value.values == {"name": "release.html", "line": "2", "reason": "UTF-8"}


@pytest.mark.parametrize("kind", [UsageError, MachineError])
def test_errors_cross_processes(kind: type[UsageError | MachineError]) -> None:
    """What a process of a build raises arrives in the other with its code and values."""
    sent = kind("template-fault", name="a.html", line="1", reason="r")
    found = pickle.loads(pickle.dumps(sent))  # noqa: S301  our own
    assert (type(found), found.code, found.values) == (kind, sent.code, sent.values)


def test_output_is_escaped(make_site: Maker) -> None:
    """What an editor writes is text, not markup."""
    text = '---\ntitle: "<script>alert(1)</script> & Co"\nsummary: "<b>"\n---\n'
    page = make_site({**RELEASE, "content/releases/a.md": text}).build().public
    found = page["releases/a/index.html"].decode()
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/timeline/">а</a>', '<a href="/in/a/timeline/">а</a>'),
        ('<img alt="" src="/assets/a.png">', '<img alt="" src="/in/a/assets/a.png">'),
        ('<a href="/in/a/timeline/">а</a>', '<a href="/in/a/timeline/">а</a>'),
        ('<a href="//a.kg/">а</a>', '<a href="//a.kg/">а</a>'),
        ('<a href="https://a.kg/">/b</a>', '<a href="https://a.kg/">/b</a>'),
    ],
)
def test_addresses_within_the_site(html: str, expected: str) -> None:
    """They include the path under which the site lives; others stay."""
    assert rooted(html, "/in/a/") == expected
    assert rooted(html, "/") == html
