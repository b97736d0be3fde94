"""The front page of each language: the newest releases and the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.catalogue import counting
from mksite.content.address import output_path
from mksite.pages.frame import year_counts
from mksite.pages.index import entry
from mksite.text import collation
from mksite.view.overview import HomeView, IndexEntry
from mksite.view.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.content.model import Kind
    from mksite.pages.frame import Frame

NEWEST = 10
MOST_ENTRIES = 12


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """One front page a language."""
    tallies = counting.by_year(catalogue.releases.values())
    years = year_counts(tallies)
    for frame in frames:
        head = frame.head(
            "", "", description=frame.site.text(frame.site.description, frame.lang)[0]
        )
        newest = [ident for ident, card in catalogue.releases.items() if card.moment.year][:NEWEST]
        newest += catalogue.undated[: NEWEST - len(newest)]
        organizations = _busiest(frame, "organization")
        tags = _busiest(frame, "tag")
        programmes = sorted(
            (frame.brief(card.id) for card in catalogue.of_kind("programme")),
            key=lambda brief: collation.sort_key(brief.link.text, frame.lang),
        )
        view = HomeView(
            head=head,
            count=len(catalogue.releases),
            newest=tuple(frame.summarized(ident) for ident in newest),
            organizations=organizations,
            programmes=tuple(programmes[:MOST_ENTRIES]),
            tags=tags,
            years=years,
            undated_count=tallies[0].count if 0 in tallies else 0,
            about=frame.page_link("about"),
        )
        yield Page(output_path(head.path), view, frame.lang, "home.html")


def _busiest(frame: Frame, kind: Kind) -> tuple[IndexEntry, ...]:
    """The entities of a kind that most releases name."""
    entries = [
        entry(frame, card) for key, card in frame.catalogue.entities.items() if key[0] == kind
    ]
    entries.sort(key=lambda e: (-e.count, collation.sort_key(e.link.text, frame.lang)))
    return tuple(entries[:MOST_ENTRIES])
