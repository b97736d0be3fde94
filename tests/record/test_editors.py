"""Texts of editors are shown as they meant them, and none of their words is lost."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import markdown as python_markdown

from mksite.record.markdown.convert import render
from mksite.record.markdown.plain import plain_text
from tests.record.editors import Text, page, shown_by_commonmark, shown_by_mksite, texts
from tests.record.reference import as_page, commonmark, normal, without_typography

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TEXTS = texts()
REMOVED = re.compile(r"<!--.*?-->|<iframe.*?</iframe>", re.DOTALL)  # told by their kind
WORD = re.compile(r"[^\W\d_]{2,}|\d{4}")  # the number of an item may be counted anew


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_shown_as_meant(text: Text) -> None:
    """The page shows each text as the corpus says; typography has tests of its own."""
    assert without_typography(shown_by_mksite(text)) == without_typography(normal(text.html))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_told(text: Text) -> None:
    """The editor is told what the corpus says, and nothing else."""
    assert tuple(remark.code for remark in render(text.markdown).remarks) == text.remarks


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_beside_commonmark(text: Text) -> None:
    """A CommonMark converter shows the same, but where the corpus says why not."""
    is_equal = shown_by_mksite(text) == shown_by_commonmark(text)
    assert is_equal is not bool(text.differs)


def test_corpus() -> None:
    """The corpus holds texts in all languages, each under a name of its own."""
    assert len({text.name for text in TEXTS}) == len(TEXTS) >= 120
    assert {text.lang for text in TEXTS} == {"ru", "ky", "en"}
    assert page().count("</pre><td>") >= len(TEXTS)


def lost(markdown: str) -> list[str]:
    """The words of a body that are neither on the page nor told to the editor."""
    made = render(markdown)
    told = " ".join(value for remark in made.remarks for _, value in remark.values)
    seen = plain_text(made.html) + unquote(made.html) + told
    source = re.sub(r"\]\(.*?\)", "] ", REMOVED.sub(" ", markdown))  # addresses
    source = re.sub("[\u00ad\u200b\ufeff]", "", unicodedata.normalize("NFC", source))
    if any(remark.code == "element-removed" for remark in made.remarks):
        source = re.sub(r"<[\w.@:/-]+>", " ", source)  # within HTML an address is an element
    source = re.sub(r"&\w+;|(?<=<)o:p|(?:style|class)=\"[^\"]*\"|<[a-z/]\w*", " ", source)
    return [word for word in WORD.findall(source) if word not in seen]


GLUE = st.sampled_from(["\n", "\n\n", " ", "\n\n\n", "\n    ", "\n> ", "\n- "])


def joined(pieces: SearchStrategy[str], most: int) -> SearchStrategy[str]:
    """Several pieces with what an editor may leave between them."""
    return st.lists(st.tuples(pieces, GLUE), max_size=most).map(
        lambda pairs: "".join(piece + glue for piece, glue in pairs)
    )


@given(joined(st.sampled_from([text.markdown for text in TEXTS]), 6))
@settings(max_examples=400)
def test_no_word_of_editors_is_lost(markdown: str) -> None:
    """Texts one after another, however they are parted: every word is shown or told."""
    assert lost(markdown) == []


WORDS = st.sampled_from(
    ["права", "жильё", "өмүр", "Бишкек", "rights", "2013", "«Путь»", "и", "the"]
)
PHRASE = st.lists(
    WORDS
    | st.builds("**{}**".format, WORDS)
    | st.builds("*{}*".format, WORDS)
    | st.builds("`{}`".format, WORDS)
    | st.builds("[{}](https://a.kg/b)".format, WORDS)
    | st.just("<https://a.kg>"),
    min_size=1,
    max_size=6,
).map(lambda words: "слово " + " ".join(words))
LINES = st.lists(PHRASE, min_size=1, max_size=3)
BLOCKS = st.one_of(
    LINES.map("\n".join),
    PHRASE.map("## {}".format),
    PHRASE.map("### {}".format),
    LINES.map(lambda lines: "\n".join(f"> {line}" for line in lines) + "\n\nи"),
    LINES.map(lambda lines: "\n".join(f"- {line}" for line in lines) + "\n\nслово"),
    LINES.map(lambda lines: "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)) + "\n\nи"),
    LINES.map(lambda lines: "| а | б |\n|---|---|\n" + "\n".join(f"| {x} | в |" for x in lines)),
    st.just("---"),
)
COMMON_CORE = st.lists(BLOCKS, max_size=6).map("\n\n".join)


@given(COMMON_CORE)
@example("слово **права** `и`\n\n- слово\n- слово\n\nслово")
@settings(max_examples=300)
def test_converters_agree(markdown: str) -> None:
    """In the common core Python-Markdown, markdown-it and ours give the same page."""
    ours = normal(render(markdown).html)
    assert ours == as_page(python_markdown(markdown, extensions=["tables", "sane_lists"]))
    assert ours == as_page(commonmark(markdown))
