"""The capabilities of the site, in one list: each takes the Catalogue and gives Pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.address import href
from mksite.content.config import SECTIONS
from mksite.pages import (
    attached,
    entity,
    event_type,
    file,
    funder,
    home,
    hosting,
    icon,
    index,
    opensearch,
    release,
    sitemap,
    static,
    timeline,
)
from mksite.pages.admin import admin
from mksite.pages.calendar import calendar
from mksite.pages.citation import bulk, citation
from mksite.pages.data import data
from mksite.pages.feed import feed
from mksite.pages.frame import Frame
from mksite.pages.search import search
from mksite.view.part import Link, SiteView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.source.asset import Asset
    from mksite.view.page import Page

CAPABILITIES = (
    home.pages,
    release.pages,
    event_type.pages,
    entity.pages,
    index.pages,
    funder.pages,
    timeline.pages,
    static.pages,
    citation.pages,
    bulk.pages,
    feed.pages,
    calendar.pages,
    hosting.pages,
    data.pages,
    search.pages,
)


def pages(catalogue: Catalogue, assets: Iterable[Asset]) -> Iterator[Page]:
    """All pages of the site."""
    assets = tuple(assets)
    frames = tuple(Frame(catalogue, lang) for lang in catalogue.site.languages)
    made = (page for capability in CAPABILITIES for page in capability(catalogue, frames))
    yield from sitemap.with_sitemap(catalogue, made)
    yield from attached.pages(catalogue)
    yield from icon.pages(catalogue, frames, assets)
    favicon = any(asset.name == icon.FAVICON for asset in assets)
    yield from opensearch.pages(catalogue, frames, image=icon.FAVICON if favicon else "")
    yield from admin.pages(catalogue, assets)
    yield from file.assets(assets, catalogue.site.default_language)


def site_views(catalogue: Catalogue) -> dict[str, SiteView]:
    """What every page of a language knows of the site."""
    return {lang: _site_view(Frame(catalogue, lang)) for lang in catalogue.site.languages}


def _site_view(frame: Frame) -> SiteView:
    site, lang = frame.site, frame.lang
    publisher = frame.catalogue.publisher
    contact = site.contact
    menu = []
    for entry in site.menu:
        page = frame.page_link(entry) if entry not in SECTIONS else None
        menu.append(page or Link(href(site, lang, f"{entry}/"), ""))
    return SiteView(
        lang=lang,
        title=site.text(site.title, lang)[0],
        description=site.text(site.description, lang)[0],
        url=site.url.rstrip("/"),
        base=site.base_path,
        home=href(site, lang, ""),
        publisher=frame.link(publisher) if publisher else None,
        licence=frame.words(site.licence.name) if site.licence else None,
        licence_url=(site.licence.url or "") if site.licence else "",
        contact_name=site.text(contact.name, lang)[0] if contact else "",
        contact_email=(contact.email or "") if contact else "",
        contact_phone=(contact.phone or "") if contact else "",
        contact_address=site.text(contact.address, lang)[0] if contact else "",
        menu_keys=site.menu,
        menu=tuple(menu),
        data=data.home(site, lang),
        citations=bulk.links(frame, None),
        description_of_search=href(site, lang, opensearch.FILE) if site.features.search else "",
    )
