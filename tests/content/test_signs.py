"""No word of front matter is lost to a sign that YAML keeps for itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields

from mksite.content import config, model
from mksite.content.front_matter import document, signs
from mksite.content.model import Release
from mksite.record.silent import passed_over


def values(front: str) -> object:
    """The tree of a front matter."""
    return document.parse_yaml(front)


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("title: Открытие #центра в Оше", {"title": "Открытие #центра в Оше"}),
        ("title: #ЗаПрава", {"title": "#ЗаПрава"}),
        ("summary: Дом\n  и дом #5", {"summary": "Дом и дом #5"}),
        ("speakers: [{name: Ася #1, role: {ru: врач #2}}]", None),
        ("title: Ош # примечание", {"title": "Ош"}),
        ("# title: x\ntitle: Ош", {"title": "Ош"}),
        ("date: 2013 #проверить", {"date": "2013"}),
        ("date: #проверить", {"date": None}),
        ("tags: [a, b #c\n]", {"tags": ["a", "b"]}),
        ("url: 'https://a.kg/ #x'", {"url": "https://a.kg/ #x"}),
        ("date_note: |\n  день #5", {"date_note": "день #5"}),
    ],
)
def test_a_hash_before_a_word_is_text_where_text_stands(front: str, wanted: object) -> None:
    """In fields of text it stays; elsewhere, and before a space, it begins a note."""
    if wanted is None:
        wanted = {"speakers": [{"name": "Ася #1", "role": {"ru": "врач #2"}}]}
    assert values(front) == wanted


def test_the_fields_of_text_are_those_of_the_model() -> None:
    """A field that the model gives languages, and titles and summaries, hold text."""
    structs = [
        kind
        for module in (model, config)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Struct)
    ]
    texts = (model.Text, model.Text | None)
    found = {f.encode_name for kind in structs for f in fields(kind) if f.type in texts}
    assert found | {"title", "summary"} == signs.TEXT_FIELDS


def test_each_guess_is_told_at_its_hash() -> None:
    """Line, column and the value in quotation marks; nothing of what no guess was needed for."""
    front = "title: Итог #5 и #6\ndate: 2013 #x\nsummary: 'а #б'\ndate_note: |\n  день #5\n"
    read = document.read(f"---\n{front}---\n".encode())
    told = [(p.line, p.column, p.code, dict(p.values)) for p in passed_over("a", read, Release)]
    assert told == [(2, 13, "hash-in-text", {"nearest": '"Итог #5 и #6"'})]


@pytest.mark.parametrize(
    "body",
    [
        "Обсудили: права\n---\n",
        "date: 5 марта\nи текст",
        "\\date: 2013\n",
        "nothing: 1\n",
        "- item\n---\n",
        "",
        "Текст.\n\ntitle: x\n",
    ],
)
def test_a_text_is_no_front_matter(body: str) -> None:
    """Only lines that are all YAML's, with a field that there is, are taken for fields."""
    read = document.read(f"---\ntitle: a\n---\n{body}".encode())
    assert list(passed_over("a", read, Release)) == []


@given(st.text(alphabet="a #б5-", max_size=30))
def test_no_word_of_a_title_is_lost(text: str) -> None:
    """What a plain title holds is its value, up to a hash between a space and no word."""
    tree = values(f"title: a{text}")
    assert tree == {"title": re.split(r" +#(?!\w)", f"a{text}")[0].rstrip()}
