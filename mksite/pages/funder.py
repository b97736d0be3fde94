"""funders/: who pays for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.address import output_path
from mksite.pages.index import sorted_cards
from mksite.view.overview import FunderRow, FundersView
from mksite.view.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.content.model import Key
    from mksite.pages.frame import Frame


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """One page a language: every entity that funds a programme or a release."""
    funders = {
        key
        for key in catalogue.entities
        if any(r.role == "funder" for r in catalogue.programme_roles.get(key, ()))
        or any(i.role == "funder" for i in catalogue.involved.get(key, ()))
    }
    for frame in frames:
        head = frame.head("funders/", "", section="funders")
        cards = sorted_cards(frame, [catalogue.entities[key] for key in funders])
        rows = tuple(_row(frame, card.key) for card in cards)
        view = FundersView(head, rows)
        yield Page(output_path(head.path), view, frame.lang, "funders.html")


def _row(frame: Frame, key: Key) -> FunderRow:
    catalogue = frame.catalogue
    paid = [i for i in catalogue.involved.get(key, ()) if i.role == "funder"]
    direct = {i.release for i in paid if not i.via}
    programmes = [r.id for r in catalogue.programme_roles.get(key, ()) if r.role == "funder"]
    within = {ident for p in programmes for ident in catalogue.in_programme.get(p, ())} - direct
    moments = [catalogue.releases[ident].moment for ident in direct | within]
    years = {moment.year for moment in moments} - {0}
    sure = {moment.year for moment in moments if not moment.is_year_doubtful}
    ends = {min(years), max(years)} if years else set()
    return FunderRow(
        link=frame.link(key),
        direct=len(direct),
        within=len(within),
        programmes=tuple(frame.brief(ident) for ident in programmes),
        first=min(years, default=0),
        last=max(years, default=0),
        is_doubtful=not ends <= sure,
    )
