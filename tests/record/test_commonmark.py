"""The examples of the CommonMark specification are shown as it says, but for those listed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml.html import fragment_fromstring

from mksite.record.markdown.convert import render
from mksite.record.markdown.plain import plain_text
from tests.record.reference import as_page, normal

EXAMPLES = json.loads((Path(__file__).parent / "commonmark.json").read_text("utf-8"))["examples"]
NUMBERED = list(enumerate(EXAMPLES, 1))

FENCE = "words behind a fence would not be shown: the line is text"
UNUSED = "a definition that no link uses, or that repeats one, is text that an editor wanted"
DECLARATION = "a declaration of HTML or XML would vanish: it is text"
OPEN_TAG = "a tag that nobody closed would hide the words after it: it is text"
WIKI = "two brackets are a link of the archive"
TWO_LINES = "two lines of text above three hyphens are a paragraph and a rule"
DIFFERING: dict[int, str] = {
    **dict.fromkeys((24, 34, 143, 144, 146), FENCE),
    **dict.fromkeys((180, 181, 182, 627, 628, 629), DECLARATION),
    **dict.fromkeys((204, 207, 208, 210, 317, 536, 537, 538, 544, 545, 563, 565), UNUSED),
    **dict.fromkeys((567, 571, 592), UNUSED),
    **dict.fromkeys((548, 559, 590), WIKI),
    **dict.fromkeys((156, 157, 158), OPEN_TAG),
    **dict.fromkeys((95, 96), TWO_LINES),
    265: "a number that stands alone and is larger than a list's is a year",
    356: "an asterisk between digits multiplies them",
}


@pytest.mark.parametrize(("number", "example"), NUMBERED, ids=range(1, len(NUMBERED) + 1))
def test_example(number: int, example: tuple[str, str]) -> None:
    """Each example is shown as the specification says; the list of the others holds no more."""
    markdown, html = example
    is_equal = normal(render(markdown).html) == as_page(html)
    assert is_equal is (number not in DIFFERING), DIFFERING.get(number)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(NUMBERED) + 1))
def test_no_text_lost(example: tuple[str, str]) -> None:
    """Every word that the specification shows is on the page, or its element is warned about."""
    markdown, html = example
    made = render(markdown)
    seen = (plain_text(made.html) + unquote(made.html)).replace("*", "")
    text = fragment_fromstring(f"<br>{html}", create_parent=True).text_content()
    lost = [word for word in re.findall(r"\w+", text) if word not in seen]
    removed = ("element-removed", "comment-removed")
    assert not lost or any(remark.code in removed for remark in made.remarks)


def test_all_are_there() -> None:
    """The specification has so many examples."""
    assert len(EXAMPLES) == 652
