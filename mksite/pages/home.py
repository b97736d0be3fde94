"""The front page of each language: what was added lately and the ways in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

from mksite.catalogue import counting
from mksite.content.address import output_path
from mksite.content.code_list import Stage
from mksite.pages import index
from mksite.pages.frame import year_counts
from mksite.text import collation
from mksite.view.overview import HomeView, ProgrammesOfStage
from mksite.view.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.pages.frame import Frame
    from mksite.view.part import ProgrammeBrief

NEWEST = 10
MOST_ENTRIES = 12


def pages(_catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """One front page a language."""
    for frame in frames:
        path = output_path(frame.own_path(""))
        yield Page(path, partial(_view, frame), frame.lang, "home.html")


def _view(frame: Frame) -> HomeView:
    releases = frame.catalogue.releases.values()
    tallies = counting.by_year(releases)
    description = frame.site.text(frame.site.description, frame.lang)[0]
    newest = sorted(releases, key=lambda card: card.release.added or "", reverse=True)[:NEWEST]
    return HomeView(
        head=frame.head("", "", description=description),
        count=len(releases),
        newest=tuple(frame.summarized(card.id) for card in newest),
        organizations=index.busiest(frame, "organization", MOST_ENTRIES),
        programmes=_programmes(frame),
        tags=index.busiest(frame, "tag", MOST_ENTRIES),
        years=year_counts(tallies),
        undated_count=tallies[0].count if 0 in tallies else 0,
        about=frame.page_link("about"),
    )


def _programmes(frame: Frame) -> tuple[ProgrammesOfStage, ...]:
    """The programmes with the most releases by stage, those that have not ended first; in each
    stage the busiest first, then by name.
    """
    catalogue = frame.catalogue
    ordered = sorted(
        catalogue.of_kind("programme"),
        key=lambda card: (
            -len(catalogue.in_programme.get(card.id, ())),
            collation.sort_key(frame.name(card), frame.lang),
        ),
    )
    groups: dict[Stage, list[ProgrammeBrief]] = {}
    for card in ordered[:MOST_ENTRIES]:
        groups.setdefault(catalogue.stages[card.id], []).append(frame.brief(card.id))
    return tuple(
        ProgrammesOfStage(stage, tuple(groups[stage]))
        for stage in get_args(Stage)
        if stage in groups
    )
