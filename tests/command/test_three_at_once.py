"""Files with several mistakes at once: each is told, at its line, with a cure that works.

A mistake is a line as a tired editor types it, what `check` says of it, and the line that its hint
asks for. Sixty files have three of them each.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from mksite.command import message
from tests.command.test_bad_input import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.site_builder import Content, SmallSite

    Maker = Callable[[Mapping[str, Content]], SmallSite]

RELEASE = "content/releases/2013/meeting.md"
FILES = 60


class Slip(NamedTuple):
    """A line with a mistake: its code and column, what the hint suggests, and the right line."""

    field: str
    typed: str
    code: str
    column: int
    suggested: str
    right: str


FRONT = (
    Slip("date", "date: 25.03.2013", "date-form", 7, "2013-03-25", "date: 2013-03-25"),
    Slip("date", "date: 25 марта 2013 г.", "date-form", 7, "2013-03-25", "date: 2013-03-25"),
    Slip("date", "date: March 25, 2013", "date-form", 7, "2013-03-25", "date: 2013-03-25"),
    Slip("date", "дата: 2013-03-25", "unknown-key", 1, "date", "date: 2013-03-25"),
    Slip("date", "Date: 2013-03-25", "unknown-key", 1, "date", "date: 2013-03-25"),
    Slip("organizers", "organizers: МОМ", "wrong-type", 13, "[МОМ]", "organizers: [МОМ]"),
    Slip(
        "organizers",
        "organizers: МОМ, Красный Полумесяц",
        "wrong-type",
        13,
        "[МОМ, Красный Полумесяц]",
        "organizers: [МОМ, Красный Полумесяц]",
    ),
    Slip(
        "organizers", "organizers: [Красный Полумесец]", "unknown-organization", 14,
        "Красный Полумесяц", "organizers: [Красный Полумесяц]",
    ),
    Slip("organizers", "organisers: [МОМ]", "unknown-key", 1, "organizers", "organizers: [МОМ]"),
    Slip("venue", "venue: Бишкекк", "unknown-place", 8, "Бишкек", "venue: Бишкек"),
    Slip("venue", "venu: Бишкек", "unknown-key", 1, "venue", "venue: Бишкек"),
    Slip("venue", "место: Бишкек", "unknown-key", 1, "venue", "venue: Бишкек"),
    Slip("tags", "tags: Миграция", "wrong-type", 7, "[Миграция]", "tags: [Миграция]"),
    Slip("tags", "tags: [Мигрция]", "unknown-tag", 8, "Миграция", "tags: [Миграция]"),
    Slip("draft", "draft: нет", "wrong-type", 8, "draft: false", "draft: false"),
    Slip(
        "event", "event: {type: круглый стол}", "unknown-value", 15, "round-table",
        "event: {type: round-table}",
    ),
    Slip(
        "event", "event: {start: 26.03.2013}", "date-form", 16, "2013-03-26",
        "event: {start: 2013-03-26}",
    ),
    Slip("event", "event: семинар", "wrong-type", 8, "{type: seminar}", "event: {type: seminar}"),
    Slip(
        "contact", "contact: Айгуль", "wrong-type", 10, "{name: Айгуль}", "contact: {name: Айгуль}"
    ),
    Slip(
        "corrections", "corrections: уточнено", "wrong-type", 14, "{text: уточнено, date: …}",
        "corrections: [{text: уточнено, date: 2013-04-01}]",
    ),
    Slip(
        "speakers", "speakers: Иванов И. И.", "wrong-type", 11, "[{name: Иванов И. И.}]",
        "speakers: [{name: Иванов И. И.}]",
    ),
)  # fmt: skip
BODY = (
    Slip("link", "См. [[Бишкекк]].", "broken-link", 5, "Бишкек", "См. [[Бишкек]]."),
    Slip("open", "Об этом [[iom.", "open-link", 9, "", "Об этом [[iom]]."),
    Slip("mark", "<<<<<<< HEAD", "conflict-marker", 1, "", ""),
)
SINGLE = (*FRONT, *BODY)


def file_of(slips: tuple[Slip, ...], *, is_right: bool) -> str:
    """A release with these lines, as typed or as they should be."""
    lines = {slip: slip.right if is_right else slip.typed for slip in slips}
    front = [line for slip, line in lines.items() if slip in FRONT]
    body = [f"{line}\n" for slip, line in lines.items() if slip in BODY]
    return "\n".join(["---", "title: Встреча", *front, "---", "Начало.", "", *body])


def line_of(slips: tuple[Slip, ...], slip: Slip) -> int:
    """The line of the file on which a mistake stands."""
    return file_of(slips, is_right=False).split("\n").index(slip.typed) + 1


def triples() -> list[tuple[Slip, ...]]:
    """Sixty choices of three mistakes in different fields, the same in each run.

    The names in a draft are not judged yet, so no choice has one.
    """
    every = [
        slips
        for slips in combinations([slip for slip in SINGLE if slip.field != "draft"], 3)
        if len({slip.field for slip in slips}) == len(slips)
    ]
    return Random(13).sample(every, FILES)  # noqa: S311  any sixty will do


def codes(site: SmallSite) -> list[tuple[int, int, str]]:
    """What is told of the release as wrong: line, column and code."""
    problems = site.build().result.problems
    return [(p.line, p.column, p.code) for p in problems if p.path == RELEASE]


@pytest.mark.parametrize("slip", SINGLE, ids=lambda slip: slip.typed)
def test_one(make_site: Maker, slip: Slip) -> None:
    """The mistake is told with its suggestion in three languages, and the right line is right."""
    site = make_site({**GOOD, RELEASE: file_of((slip,), is_right=False)})
    [problem] = [p for p in site.build().result.problems if p.path == RELEASE]
    assert (problem.line, problem.column) == (line_of((slip,), slip), slip.column)
    assert problem.code == slip.code
    for lang in message.LANGUAGES:
        assert slip.suggested in message.of_problem(problem, lang).hint
    site.write({RELEASE: file_of((slip,), is_right=True)})
    assert codes(site) == []


@pytest.mark.parametrize("slips", triples(), ids=lambda slips: " + ".join(s.typed for s in slips))
def test_three_at_once(make_site: Maker, slips: tuple[Slip, ...]) -> None:
    """All three are told, each as if it stood alone; with one cured the others are told still."""
    site = make_site({**GOOD, RELEASE: file_of(slips, is_right=False)})
    told = sorted((line_of(slips, slip), slip.column, slip.code) for slip in slips)
    assert codes(site) == told
    site.write({RELEASE: file_of(slips, is_right=True)})
    assert codes(site) == []
    assert site.build().result.published
