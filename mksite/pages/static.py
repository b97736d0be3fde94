"""Static pages such as about/, the page for addresses that do not exist, redirects, and what
stands where a release was taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.address import entity_path, former_path, href, output_path
from mksite.record.record import is_outdated
from mksite.view.overview import NotFoundView, RedirectView, StaticView, WithdrawnView
from mksite.view.page import Page
from mksite.view.part import Link, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.content.model import Withdrawal
    from mksite.pages.frame import Frame


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """Static pages in each language they are written in, 404.html, and redirects."""
    for frame in frames:
        for card in catalogue.pages.values():
            if frame.lang not in card.titles:
                continue
            path = entity_path("page", card.id)
            summary = card.summaries.get(frame.lang, "")
            title = card.titles[frame.lang]
            head = frame.head(
                path, title, description=summary, section=card.id, languages=card.titles
            )
            record = card.records[frame.lang]
            body = frame.body_ref(("page", card.id), record, frame.lang, card.links)
            outdated = is_outdated(card.original.original_digest, record.meta)
            view = StaticView(head, title, summary, outdated, body)
            yield Page(
                output_path(head.path),
                view,
                frame.lang,
                "static.html",
                origins=(record.path,),
                is_claim=True,
            )
    for frame in frames:
        for ident, withdrawal in catalogue.withdrawn.items():
            yield _withdrawn(frame, ident, withdrawal)
    yield _not_found(frames[0])
    yield from _redirects(catalogue, frames[0])


def _not_found(frame: Frame) -> Page:
    site = frame.site
    homes = tuple(Link(href(site, lang, ""), lang, lang) for lang in site.languages)
    head = frame.head("404.html", "", languages=(frame.lang,))
    return Page("404.html", NotFoundView(head, homes), frame.lang, "404.html")


def _withdrawn(frame: Frame, ident: str, withdrawal: Withdrawal) -> Page:
    """What stands at the address of a release that was taken back."""
    head = frame.head(entity_path("release", ident), "", section="releases")
    reason = frame.words(withdrawal.reason) or Words("", "")
    view = WithdrawnView(head, withdrawal.date, reason)
    return Page(output_path(head.path), view, frame.lang, "withdrawn.html")


def _redirects(catalogue: Catalogue, frame: Frame) -> Iterator[Page]:
    """A page at each address that a release, an entity or a static page has left."""
    for release in catalogue.releases.values():
        if not release.release.aliases:
            continue
        row = frame.row(release.id)
        target = Link(row.href, row.title, row.lang)
        origin = release.original.path
        for alias in release.release.aliases:
            yield _redirect(frame, alias, target, origin)
    for entity in catalogue.entities.values():
        for address in entity.meta.addresses:
            origin = entity.original.path
            yield _redirect(frame, address, frame.link(entity.key), origin)
    for card in catalogue.pages.values():
        link = frame.page_link(card.id)
        if link is not None:
            for alias in card.meta.aliases:
                yield _redirect(frame, alias, link, card.original.path)


def _redirect(frame: Frame, alias: str, target: Link, origin: str) -> Page:
    path = former_path(alias)
    head = frame.head(path, target.text, languages=(frame.lang,))
    view = RedirectView(head, target)
    return Page(
        output_path(path), view, frame.lang, "redirect.html", origins=(origin,), is_claim=True
    )
