"""content: Mending does what the hints say, loses nothing, and has no end twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.content.front_matter import document
from mksite.content.front_matter.mend import in_order, mended
from mksite.record import parsing
from tests.command.test_bad_input import ONE_FILE
from tests.site_builder import encoded, site_of, source_of

if TYPE_CHECKING:
    from mksite.content.problem import Problem

PATH = "content/releases/2013/meeting.md"
MENDED = {
    "yaml-quote",
    "yaml-colon",
    "yaml-bracket",
    "yaml-sign",
    "yaml-after-quote",
    "date-form",
    "date-unquoted",
    "unknown-value",
    "unknown-key",
    "missing-space",
    "hash-in-text",
}


def problems_of(text: str) -> tuple[Problem, ...]:
    """What is wrong in a release of that text."""
    return parsing.parse(source_of(PATH, text), text.encode(), site_of())[0].problems


def mend(text: str) -> str:
    """The text mended as a release."""
    return mended(text, problems_of, "release")


def release(*lines: str, body: str = "Текст.") -> str:
    """A release with these lines of front matter."""
    return "\n".join(["---", *lines, "---", body, ""])


CASES = {
    "the order of the model, notes with their fields": (
        release("# Первая", "tags: []", "# когда", "date: 2013-01-02", "title: А"),
        release("# Первая", "title: А", "# когда", "date: 2013-01-02", "tags: []"),
    ),
    "a key and its value at once": (
        release("title: А", "organizer: МОМ  # мы"),
        release("title: А", "organizers: [МОМ]  # мы"),
    ),
    "several faults in one file": (
        release("title: А: б", "date: 26.03.2013", 'summary: "Об итогах'),
        release('title: "А: б"', "date: 2013-03-26", 'summary: "Об итогах"'),
    ),
    "a value in braces": (
        release("title: А", "contact: {name: Айша, phone:66-00-88}"),
        release("title: А", "contact: {name: Айша, phone: 66-00-88}"),
    ),
    "zeros for letters": (
        release(
            "title: 00 «Центр»", body="О 00 «Центр» и 100 «штук», 0,00 «сом», тел. 26 10 00 «дом»."
        ),
        release(
            "title: ОО «Центр»", body="О ОО «Центр» и 100 «штук», 0,00 «сом», тел. 26 10 00 «дом»."
        ),
    ),
    "a note would be lost": (release("title: А: б  # так"), release("title: А: б  # так")),
    "nothing to mend": (release("title: А"), release("title: А")),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_mended(case: str) -> None:
    """What the hint says is done, and nothing else."""
    before, after = CASES[case]
    assert mend(before) == after
    assert mend(after) == after


@pytest.mark.parametrize(
    "case",
    [name for name, (_, _, _, code, nearest) in ONE_FILE.items() if code in MENDED and nearest],
)
def test_a_hint_followed_to_the_letter_mends(case: str) -> None:
    """What a message tells to write is right: written so, the mistake is gone."""
    text, _, _, code, nearest = ONE_FILE[case]
    written = encoded(text).decode()
    told = [problem.code for problem in problems_of(written)]
    assert code in told
    if "…" in nearest:
        assert mend(written) == written
    else:
        left = [problem.code for problem in problems_of(mend(written))]
        assert left.count(code) < told.count(code)


FIELDS = st.sampled_from(
    [
        "title: Встреча",
        "title: Встреча: итоги",
        'title: "Встреча',
        "date: 2013-03-26",
        "date: 26.03.2013",
        "date: когда-то",
        "organizer: МОМ",
        "organizers: [МОМ, ООН",
        "tags: [права]",
        "event: {type: круглый стол}",
        "event:\n  start: 26 марта 2013\n  # и заметка",
        "# заметка",
        "summary: Открытие #центра",
        "неизвестное: поле",
        "draft: да",
        "",
    ]
)
BODY = st.text("текст 0«»#:-\n[]*", max_size=40)


@given(lines=st.lists(FIELDS, max_size=7), body=BODY)
def test_nothing_is_lost(lines: list[str], body: str) -> None:
    """Every note and every line of the body stays, no Problem comes, and once is enough."""
    text = release(*lines, body=body)
    new = mend(text)
    assert mend(new) == new
    assert len(problems_of(new)) <= len(problems_of(text)) or "yaml" in str(problems_of(text))
    assert new.count("# ") >= text.count("# заметка") + text.count("  # и")
    zeros = text.partition("---\n")[2]
    assert new.endswith(body.replace("00 «", "ОО «") + "\n") or "00" in zeros or "ОО" in new


@given(order=st.permutations(["title: А", "date: 2013", "tags: [a]", "event: {type: other}"]))
def test_order_keeps_what_is_said(order: list[str]) -> None:
    """Fields in another order say the same."""
    text = release(*order)
    new = in_order(text, "release", translated=False)
    assert document.read(new.encode()).tree == document.read(text.encode()).tree
    assert new == release("title: А", "date: 2013", "event: {type: other}", "tags: [a]")
