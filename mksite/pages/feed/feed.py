"""Atom feeds (RFC 4287) of the site and of every entity, in each language.

A feed holds the 50 releases that the archive got or corrected last, each in the language of the
feed or the nearest, with its whole text; of those that came on one day the newest by their own date
stand first. An entity without a release that can be placed in time has no feed.

`published` is there only where the day is exactly known; `updated`, which Atom requires, follows
`mksite.catalogue.time.newness`, and a text with an inexact date opens with that date in words.
Neither is ever still to come. A release that does not say when it was added, nor its year, and was
never corrected has no honest `updated`: it is left out, and the feed's subtitle counts those.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mksite.content.address import href, language_path
from mksite.content.model import ENTITY_KINDS, FOLDERS, Key
from mksite.date import edtf, wording
from mksite.language.languages import LANGUAGES
from mksite.pages import follow
from mksite.pages.feed.atom import atom
from mksite.view.page import Page
from mksite.view.part import BodyRef, LanguageLink, Link, View, Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.pages.follow import Following
    from mksite.pages.frame import Frame

MOST_ENTRIES = 50
STYLE = "feed.css"


class Category(View, frozen=True):
    """What a release is about: the id of a tag or programme, their index, the name."""

    term: str
    scheme: str
    label: str


class FeedEntry(View, frozen=True):
    """A release in a feed. `lang` is set where it is not the feed's language.

    `when` is the date in words where it is not exactly known, `note` the editor's word on it;
    `others` lead to the release in other languages; `published` may be empty.
    """

    id: str
    href: str
    lang: str
    title: str
    summary: str
    published: str
    updated: str
    when: str
    note: Words | None
    authors: tuple[Link, ...]
    categories: tuple[Category, ...]
    others: tuple[LanguageLink, ...]
    via: str
    body: BodyRef


class FeedStyleView(View, frozen=True):
    """feed.css: how a browser shows the feeds of a language; `page` is the address of its home
    page.
    """

    page: str


class FeedView(View, frozen=True):
    """A whole feed. `origin` is scheme and host; hrefs are root-relative. `style` is the sheet by
    which a browser shows it.

    `others` are the same feed in other languages; `page` is what the feed follows.
    """

    id: str
    lang: str
    origin: str
    href: str
    style: str
    page: str
    title: str
    subtitle: str
    updated: str
    author: str
    author_href: str
    rights: Words | None
    others: tuple[LanguageLink, ...]
    entries: tuple[FeedEntry, ...]


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The feed of the site and of each entity that has releases, in each language, and the sheet
    by which browsers show them.
    """
    if not catalogue.site.features.feeds:
        return
    for frame in frames:
        style = FeedStyleView(frame.site.origin + frame.href(""))
        yield Page(frame.own_path(STYLE), style, frame.lang, STYLE)
    makers = tuple(_Maker(frame, frames[0].following) for frame in frames)
    yield from _feeds(makers, None)
    for kind in ENTITY_KINDS:
        for card in catalogue.of_kind(kind):
            yield from _feeds(makers, card.key)


def _feeds(makers: tuple[_Maker, ...], key: Key | None) -> Iterator[Page]:
    """One feed in each language; of an entity only where there is something to follow."""
    following = makers[0].following
    releases = following.releases(key)
    known = following.catalogue.updated
    placed = following.newest(ident for ident in releases if ident in known)
    if placed or key is None:
        for maker in makers:
            path = language_path(maker.site, maker.frame.lang)
            path += follow.followed_path(key, follow.FEED)
            view = partial(feed, maker, key, placed[:MOST_ENTRIES], len(releases) - len(placed))
            yield Page(path, view, maker.frame.lang, producer=atom)


def feed(maker: _Maker, key: Key | None, idents: list[str], left_out: int) -> FeedView:
    """The View of a feed."""
    return maker.feed(key, idents, left_out)


class _Maker:
    """Makes the feeds of one language; an entry is made once for all the feeds that hold it."""

    def __init__(self, frame: Frame, following: Following) -> None:
        self.frame = frame
        self.site = frame.site
        self.following = following
        self.zone = following.zone
        self._entries: dict[str, tuple[dt.datetime, FeedEntry] | None] = {}
        self._categories: dict[Key, Category] = {}

    def feed(self, key: Key | None, idents: list[str], left_out: int) -> FeedView:
        """The feed of an entity, or of the site."""
        frame, site, lang = self.frame, self.site, self.frame.lang
        made = [entry for ident in idents if (entry := self.entry(ident))]
        path = follow.followed_path(key, follow.FEED)
        title = site.text(site.title, lang)[0]
        if key is None:
            subtitle = site.text(site.description, lang)[0]
            page = frame.href("")
        else:
            link = frame.link(key)
            title, subtitle, page = f"{link.text} — {title}", "", link.href
        if left_out:
            subtitle = (
                f"{subtitle} {LANGUAGES[lang].feed_leaves_out.format(count=left_out)}".strip()
            )
        publisher = self.publisher()
        return FeedView(
            id=follow.tag_uri(site, f"{lang}/{path}"),
            lang=lang,
            origin=site.origin,
            href=frame.href(path),
            style=frame.href(STYLE),
            page=page,
            title=title,
            subtitle=subtitle,
            updated=follow.written(max(m for m, _ in made)) if made else follow.BEGINNING,
            author=publisher.text if publisher else site.text(site.title, lang)[0],
            author_href=publisher.href if publisher else frame.href(""),
            rights=frame.words(site.licence.name) if site.licence else None,
            others=tuple(LanguageLink(x, href(site, x, path)) for x in frame.others),
            entries=tuple([entry for _, entry in made]),
        )

    def publisher(self) -> Link | None:
        """Who publishes the site."""
        key = self.frame.catalogue.publisher
        return self.frame.link(key) if key else None

    def entry(self, ident: str) -> tuple[dt.datetime, FeedEntry] | None:
        """A release with the instant that it was last new, or None where nothing tells that."""
        if ident not in self._entries:
            card = self.frame.catalogue.releases[ident]
            moment = self.frame.catalogue.updated.get(ident)
            self._entries[ident] = None if moment is None else (moment, self._entry(card, moment))
        return self._entries[ident]

    def _entry(self, card: Card, moment: dt.datetime) -> FeedEntry:
        frame, site = self.frame, self.site
        title, lang = frame.nearest(card.titles)
        path = f"releases/{card.id}/"
        is_coming = card.id in frame.catalogue.coming
        published = "" if is_coming else follow.published(card, self.zone)
        source = card.release.source
        return FeedEntry(
            id=follow.tag_uri(site, f"releases/{card.id}"),
            href=href(site, lang, path),
            lang="" if lang == frame.lang else lang,
            title=title,
            summary=card.summaries.get(lang, ""),
            published=published,
            updated=follow.written(moment),
            when="" if published else worded(card.when, lang),
            note=None if published else self._note(card, lang),
            authors=self._authors(card),
            categories=tuple(
                [self._category(("programme", p)) for p in card.programmes]
                + [self._category(("tag", t)) for t in card.tags]
            ),
            others=tuple(
                [
                    LanguageLink(x, href(site, x, path))
                    for x in site.languages
                    if x != lang and x in card.titles
                ]
            ),
            via=(source.url or "") if source else "",
            body=frame.body_ref(("release", card.id), card.records[lang], lang, card.links),
        )

    def _note(self, card: Card, lang: str) -> Words | None:
        """The editor's word on the date, in the language of the entry where there is one."""
        text, written_in = self.site.text(card.release.date_note, lang)
        return Words(text, "" if written_in == lang else written_in) if text else None

    def _authors(self, card: Card) -> tuple[Link, ...]:
        """Who published the release, else who organized what it tells of; perhaps nobody."""
        for role in ("publisher", "organizer"):
            authors = [self.frame.link_then(card, r.key) for r in card.relations if r.role == role]
            if authors:
                return tuple(authors)
        return ()

    def _category(self, key: Key) -> Category:
        category = self._categories.get(key)
        if category is None:
            scheme = self.frame.href(f"{FOLDERS[key[0]]}/")
            category = Category(key[1], scheme, self.frame.link(key).text)
            self._categories[key] = category
        return category


def worded(when: str, lang: str) -> str:
    """An EDTF date in words with all its doubt; "" of none."""
    return wording.format_date(edtf.parse(when), lang) if when else ""
