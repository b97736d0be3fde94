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
    funded = sorted(
        {
            relation.id
            for key in funders
            for relation in catalogue.programme_roles.get(key, ())
            if relation.role == "funder"
        }
    )
    for frame in frames:
        head = frame.head("funders/", "", section="funders")
        cards = sorted_cards(frame, [catalogue.entities[key] for key in funders])
        rows = tuple(_row(frame, card.key) for card in cards)
        view = FundersView(head, rows, tuple(frame.brief(ident) for ident in funded))
        yield Page(output_path(head.path), view, frame.lang, "funders.html")


def _row(frame: Frame, key: Key) -> FunderRow:
    catalogue = frame.catalogue
    paid = [i for i in catalogue.involved.get(key, ()) if i.role == "funder"]
    programmes = [r.id for r in catalogue.programme_roles.get(key, ()) if r.role == "funder"]
    implementers = dict.fromkeys(
        relation.key
        for ident in programmes
        for relation in catalogue.parties.get(ident, ())
        if relation.role == "implementer"
    )
    return FunderRow(
        link=frame.link(key),
        programmes=tuple(frame.brief(ident) for ident in programmes),
        direct=sum(1 for i in paid if not i.via),
        inherited=sum(1 for i in paid if i.via),
        implementers=tuple(frame.link(implementer) for implementer in implementers),
    )
