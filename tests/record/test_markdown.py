"""Markdown to safe HTML, as GitHub's preview shows it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mksite.record.markdown.convert import render
from mksite.record.markdown.plain import plain_text
from mksite.record.record import Heading

PIECES = st.sampled_from(
    [
        *("слово", "Word", "1", "7.", "2013-2014", " ", "  ", "\n", "\n\n", "    ", "\t"),
        *("*", "**", "_", "__", "***", "#", "## ", "- ", "* ", "+ ", "1. ", "> ", "---", "==="),
        *("|", "| a | b |\n", "|---|---|\n", ":", "!", "[", "]", "(", ")", "[[iom]]", "[[А|б]]"),
        *("[а](b.pdf)", "[а](https://a.kg)", "[[", "]]", "a_b_c", "«", "»", "—", "’", '"', "'"),
    ]
)
RARE = st.sampled_from(["`", "\\*", "<b>", "&amp;", "&", "<http://a.kg>", "![а](b.png)", "  \n"])


@given(st.text(max_size=200) | st.lists(PIECES | RARE, max_size=40).map("".join))
@settings(max_examples=300)
def test_html_is_safe(text: str) -> None:
    """Whatever is written, no script, handler or style comes out."""
    html = render(text).html.casefold()
    for bad in ("<script", "<style", "<iframe", "javascript:", "<object"):
        assert bad not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "<a href=' javascript:alert(1)'>a</a>",
        "<iframe src=https://a.kg></iframe>",
        "<p style='position:fixed'>a</p>",
        "<svg onload=alert(1)>",
        "![a](data:text/html;base64,PHNjcmlwdD4=)",
        "<form action=/x><input></form>",
        "<a href='data:text/html,x'>a</a>",
    ],
)
def test_attack(text: str) -> None:
    """Known ways to run something on a reader's machine are taken out."""
    html = render(text).html.casefold()
    for bad in ("script", "onerror", "onload", "iframe", "style", "data:", "<form", "<svg"):
        assert bad not in html.replace("alert(1)", "")


def test_links() -> None:
    """Names are left for the page to fill in, once each, in order; an id takes the name later."""
    found = render("[[iom]], [[ МОМ |Организация]], [[Горы  Азии]] и [[iom]]")
    assert found.mentions == ("iom", "МОМ", "Горы Азии")
    assert '<a href="entity:iom"></a>' in found.html
    assert ">Организация</a>" in found.html
    assert ">Горы Азии</a>" in found.html


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("[а](b.pdf)", ("b.pdf",)),
        ("[а](./x/b.pdf)", ("./x/b.pdf",)),
        ("![а](Фото 1.jpg)", ("Фото 1.jpg",)),
        ("![а](<Фото 1.jpg>)", ("Фото 1.jpg",)),
        ("![а](b%20c.png)", ("b c.png",)),
        ("[а](https://a.kg/b.pdf) [б](/b.pdf) [в](#s-b) [г](mailto:a@b.kg) [д](//a.kg)", ()),
        ("[а](b.pdf) ![а](b.pdf)", ("b.pdf",)),
    ],
)
def test_files(text: str, files: tuple[str, ...]) -> None:
    """Relative links name attachments; addresses, anchors and mail do not."""
    assert render(text).files == files


def test_headings() -> None:
    """Headings begin below the page's own and get an id each, none twice."""
    found = render("# Итоги\n\n## Итоги\n\n### Что *дальше*?\n\n## 中\n")
    assert found.headings == (
        Heading(2, "s-itogi", "Итоги"),
        Heading(2, "s-itogi-2", "Итоги"),
        Heading(3, "s-chto-dalshe", "Что дальше?"),
        Heading(2, "s-section", "中"),
    )
    assert "<h1" not in found.html


def test_headings_do_not_jump() -> None:
    """Each is one level below the one that it stands under; those of one size are of one level."""
    html = render("## А\n\n#### Б\n\n#### В\n\n### Г\n\n##### Д\n\n## Е\n").html
    assert re.findall(r"<h(\d)", html) == ["2", "3", "3", "3", "4", "2"]


def test_heading_with_html() -> None:
    """HTML in a heading leaves no trace in its id, wherever the heading stands."""
    found = render("<b>а</b>\n\n## Что <i>дальше</i> \\*\n")
    assert found.headings == (Heading(2, "s-chto-dalshe", "Что дальше *"),)


def test_language_of_a_word() -> None:
    """A word in another language can be marked."""
    html = render('the film <span lang="ru">«Путь»</span>').html
    assert '<span lang="ru">«Путь»</span>' in html


@pytest.mark.parametrize("text", ["", " ", "\n\t\n"])
def test_empty(text: str) -> None:
    """A body without words is none."""
    assert render(text).html == ""


def test_plain_text() -> None:
    """The text of a body: a line a block, without markup, entities resolved."""
    html = render(
        "## А & Б\n\nОдна *строка*\nи  ещё\n\n- в\n- г\n\n| д | е |\n|---|---|\n| ж | з |",
    )
    assert plain_text(html.html) == "А & Б\nОдна строка и ещё\nв\nг\nд\nе\nж\nз"
