"""What the pages of all kinds share: heads, links, rows and lists of releases.

A `Frame` is the Catalogue seen from one language; its small values are made once and shared by
all Views of that language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.catalogue.catalogue import Card, Catalogue, EntityCard, ancestors
from mksite.content.address import entity_path, href, language_path
from mksite.content.model import Key, Programme, Text
from mksite.pages import attached
from mksite.pages.follow import Following, site_links
from mksite.record.record import Record, is_outdated
from mksite.source.source import published_name
from mksite.view.entity import FormerView, NameView
from mksite.view.part import (
    BodyRef,
    Capacity,
    Head,
    LanguageLink,
    Link,
    ListedRelease,
    ProgrammeBrief,
    RoleBadge,
    Row,
    SummarizedRow,
    Words,
    YearCount,
    YearRows,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from mksite.catalogue.counting import YearTally

Listed = tuple[str, tuple[tuple[str, str], ...]]
"""A release, and the roles in it of the entity whose list it is: each with the id of the programme
that it is inherited from, or "".
"""
LONG_LIST = 60  # rows; a longer list is divided by year, one page each


class Frame:
    """The Catalogue in one language."""

    def __init__(self, catalogue: Catalogue, lang: str) -> None:
        self.catalogue = catalogue
        self.site = catalogue.site
        self.lang = lang
        self.default = self.site.default_language
        self.others = tuple(x for x in self.site.languages if x != lang)
        self._roots = tuple((x, href(self.site, x, "")) for x in self.site.languages)
        self._root = dict(self._roots)[lang]
        self._own = language_path(self.site, lang)
        self.following = Following(catalogue)
        self._feeds = site_links(self.site, lang)
        self._links: dict[Key, Link] = {}
        self._rows: dict[str, Row] = {}
        self._badges: dict[tuple[str, str], RoleBadge] = {}
        self._briefs: dict[str, ProgrammeBrief] = {}

    # ---- texts and links

    def nearest(self, texts: dict[str, str]) -> tuple[str, str]:
        """The text in this language, else in the default one, else in any: (text, language)."""
        for lang in (self.lang, self.default, *texts):
            if texts.get(lang):
                return texts[lang], lang
        return "", self.lang

    def words(self, text: Text | None) -> Words | None:
        """A text of the front matter with its language where that is another; None for none."""
        if text is None:
            return None
        words, lang = self.site.text(text, self.lang)
        return Words(words, "" if lang == self.lang else lang)

    def href(self, path: str) -> str:
        """The link to a language-less path in this language."""
        return self._root + path

    def own_path(self, path: str) -> str:
        """The address within the site, in this language, of a language-less path."""
        return self._own + path

    def link(self, key: Key) -> Link:
        """The link to an entity under its name in this language."""
        link = self._links.get(key)
        if link is None:
            card = self.catalogue.entities[key]
            name, lang = self.nearest(card.names)
            link = Link(self.href(entity_path(*key)), name, "" if lang == self.lang else lang)
            self._links[key] = link
        return link

    def link_then(self, release: Card, key: Key) -> Link:
        """The link to an entity under the name that it bore at the time of a release."""
        then = release.names_then.get(key)
        link = self.link(key)
        if not then:
            return link
        name, lang = self.nearest(then)
        return Link(link.href, name, "" if lang == self.lang else lang)

    def name(self, card: EntityCard) -> str:
        """The entity's name in this language or the nearest."""
        return self.nearest(card.names)[0]

    def short(self, card: EntityCard) -> str:
        """The short name in this language, or none."""
        return card.shorts.get(self.lang, "")

    # ---- releases in lists

    def row(self, ident: str) -> Row:
        """The release in a list of this language; it leads to the page in the row's language."""
        row = self._rows.get(ident)
        if row is None:
            card = self.catalogue.releases[ident]
            title, lang = self.nearest(card.titles)
            row = Row(
                href(self.site, lang, f"releases/{ident}/"),
                title,
                "" if lang == self.lang else lang,
                card.when,
                card.event.type if card.release.event else "",
                self.status(card),
                self._place(card) if card.venue else "",
                self._organizers(card),
            )
            self._rows[ident] = row
        return row

    def summarized(self, ident: str) -> SummarizedRow:
        """The release with its summary."""
        card, row = self.catalogue.releases[ident], self.row(ident)
        return SummarizedRow(row, card.summaries.get(row.lang or self.lang, ""))

    def status(self, card: Card) -> str:
        """The status of a release's event; “announced” where it was scheduled and is over."""
        if card.id in self.catalogue.elapsed:
            return "announced"
        return card.event.status or ""

    def _organizers(self, card: Card) -> str:
        """Who organized it, by the names of the time, in short where there is a short name."""
        keys = [held.key for held in card.relations if held.role == "organizer"]
        return ", ".join(self._short_then(card, key) for key in keys)

    def _short_then(self, card: Card, key: Key) -> str:
        own = "" if key in card.names_then else self.short(self.catalogue.entities[key])
        return own or self.link_then(card, key).text

    def _place(self, card: Card) -> str:
        """A venue and the place around it, by the names of the time: “Горы Азии, Бишкек”."""
        around = self.catalogue.parents.get(("place", card.venue))
        idents = [ident for ident in (card.venue, around) if ident]
        return ", ".join(self.link_then(card, ("place", ident)).text for ident in idents)

    def brief(self, ident: str) -> ProgrammeBrief:
        """A programme in a list."""
        brief = self._briefs.get(ident)
        if brief is None:
            meta = self.catalogue.entities["programme", ident].meta
            period = meta.period if isinstance(meta, Programme) else None
            start = (period.start or "") if period else ""
            end = (period.end or "") if period else ""
            brief = ProgrammeBrief(self.link(("programme", ident)), start, end)
            self._briefs[ident] = brief
        return brief

    def years(
        self, releases: Iterable[Listed], divided: str = "", person: str = ""
    ) -> tuple[YearRows, ...]:
        """Releases by year, newest first, those without a single year last under 0.

        `releases` gives each release with the roles of the entity whose list it is, newest first.
        With `divided`, the language-less path of an entity, the rows stand on a page a year. Those
        of a `person` say in which capacity they spoke.
        """
        groups: dict[int, list[Listed]] = {}
        for entry in releases:
            groups.setdefault(self.catalogue.releases[entry[0]].moment.year, []).append(entry)
        ordered = sorted(groups, key=lambda year: year or -1, reverse=True)
        return tuple(
            YearRows(
                year,
                len(groups[year]),
                () if divided else tuple([self._listed(entry, person) for entry in groups[year]]),
                self.href(year_path(divided, year)) if divided else "",
                self._doubtful_years(groups[year]) if year else 0,
            )
            for year in ordered
        )

    def _doubtful_years(self, releases: Iterable[Listed]) -> int:
        """How many of the releases are of their year by doubtful word."""
        cards = self.catalogue.releases
        return sum(cards[ident].moment.is_year_doubtful for ident, _ in releases)

    def capacities(self, card: Card, person: str) -> tuple[Capacity, ...]:
        """In which capacities a person spoke, by the names of the time."""
        spoken = zip(card.release.speakers, card.speakers, card.people, strict=True)
        held = [
            Capacity(self.words(speaker.role), self.link_then(card, key) if key else None)
            for speaker, key, ident in spoken
            if ident == person
        ]
        return tuple(capacity for capacity in held if capacity.role or capacity.organization)

    def _listed(self, entry: Listed, person: str) -> ListedRelease:
        ident, roles = entry
        held = self.capacities(self.catalogue.releases[ident], person) if person else ()
        return ListedRelease(self.row(ident), tuple([self._badge(*role) for role in roles]), held)

    def _badge(self, role: str, via: str) -> RoleBadge:
        badge = self._badges.get((role, via))
        if badge is None:
            badge = RoleBadge(role, self.link(("programme", via)) if via else None)
            self._badges[role, via] = badge
        return badge

    # ---- heads and bodies

    def head(  # noqa: PLR0913  one parameter for each part that a page may choose
        self,
        path: str,
        title: str,
        *,
        description: str = "",
        section: str = "",
        crumbs: tuple[Link, ...] = (),
        languages: Container[str] | None = None,
        feeds: tuple[Link, ...] | None = None,
    ) -> Head:
        """The frame of the page at a language-less path.

        `languages` are those that the page exists in; all of the site's where it is not given.
        `feeds` are the site's own where none are given.
        """
        exists = self.site.languages if languages is None else languages
        switch = tuple(
            [
                LanguageLink(lang, root + path if lang in exists else "")
                for lang, root in self._roots
            ]
        )
        own = self._own + path
        followed = self._feeds if feeds is None else feeds
        return Head(self.lang, own, title, description, section, switch, crumbs, followed)

    def around(self, key: Key) -> tuple[Link, ...]:
        """Links to the entities around one, the outermost first."""
        around = ancestors(self.catalogue.parents, key)
        return tuple(self.link((key[0], ident)) for ident in reversed(list(around)))

    def places_then(self, card: Card) -> tuple[Link, ...]:
        """The places around a release's venue and itself, the outermost first, by the names of
        the time; none where no venue is known.
        """
        if not card.venue:
            return ()
        key: Key = ("place", card.venue)
        idents = [*reversed(list(self.catalogue.ancestors(key))), card.venue]
        return tuple([self.link_then(card, ("place", ident)) for ident in idents])

    def within(self, key: Key) -> tuple[Link, ...]:
        """Links to the entities directly within one, by id."""
        return tuple(self.link((key[0], ident)) for ident in self.catalogue.children.get(key, ()))

    def body(
        self, key: Key, records: dict[str, Record], links: Mapping[str, Key]
    ) -> BodyRef | None:
        """The body in this language or, where that is missing, in the nearest; None for none."""
        for lang in (self.lang, self.default, *records):
            record = records.get(lang)
            if record is not None and record.body_digest:
                ref = self.body_ref(key, record, lang, links)
                original = next(iter(records.values()))
                if is_outdated(original.original_digest, record.meta):
                    return msgspec.structs.replace(ref, outdated=True)
                return ref
        return None

    def body_ref(self, key: Key, record: Record, lang: str, links: Mapping[str, Key]) -> BodyRef:
        """The body of one Record with what its links lead to."""
        release = self.catalogue.releases.get(key[1]) if key[0] == "release" else None
        return BodyRef(
            record.body_digest,
            "" if lang == self.lang else lang,
            record.headings,
            tuple(
                [(name, self.target(name, links.get(name), release)) for name in record.mentions]
            ),
            tuple(
                (
                    name,
                    self.attachment_href(key, name.removeprefix("./").removeprefix(f"{key[1]}/")),
                )
                for name in record.files
            ),
            attached.shown_pictures(self, key, record.files) if record.files else (),
            mentions=self._mentions(release, lang) if release is not None else (),
        )

    def _mentions(self, release: Card, lang: str) -> tuple[tuple[int, int, str], ...]:
        """The names in a release's text that become links."""
        return tuple(
            [
                (found.start, found.end, self.link((found.kind, found.id)).href)
                for found in release.found.get(lang, ())
            ]
        )

    def target(self, name: str, key: Key | None, release: Card | None = None) -> Link:
        """What `[[name]]` leads to, in a text of `release` by the name of its time; an empty href
        where there is no page to show.
        """
        if key is None:
            return Link("", name)
        kind, ident = key
        if kind == "release":
            if ident not in self.catalogue.releases:
                return Link("", name)
            row = self.row(ident)
            return Link(row.href, row.title, row.lang)
        if kind == "page":
            return self.page_link(ident) or Link("", name)
        if key in self.catalogue.unlisted:
            own, lang = self.nearest(self.catalogue.unlisted[key])
            return Link("", own, "" if lang == self.lang else lang)
        return self.link_then(release, key) if release is not None else self.link(key)

    def page_link(self, ident: str) -> Link | None:
        """The link to a static page under its title."""
        card = self.catalogue.pages.get(ident)
        if card is None:
            return None
        title, lang = self.nearest(card.titles)
        return Link(
            href(self.site, lang, entity_path("page", ident)),
            title,
            "" if lang == self.lang else lang,
        )

    def attachment_href(self, key: Key, name: str) -> str:
        """The link to a file beside a source: it lies once, with the default language's page."""
        return self.site.base_path + entity_path(*key) + (published_name(name) if name else "")

    def names(self, card: EntityCard) -> tuple[NameView, ...]:
        """The names in all languages, this one first."""
        ordered = (self.lang, *self.others)
        return tuple(
            NameView(lang, card.names.get(lang, ""), card.shorts.get(lang, ""))
            for lang in ordered
            if lang in card.names or lang in card.shorts
        )

    def former(self, card: EntityCard) -> tuple[FormerView, ...]:
        """The names that were left, as written."""
        return tuple(
            FormerView(self.words(former.name) or Words(""), former.until or "")
            for former in card.meta.former
        )


def year_counts(tallies: Mapping[int, YearTally], here: int = 0) -> tuple[YearCount, ...]:
    """The years with their counts, in the order given; `here` is the page's own."""
    return tuple(
        YearCount(year, tally.count, bool(here) and year == here, tally.uncertain, tally.possible)
        for year, tally in tallies.items()
        if year
    )


def year_path(path: str, year: int) -> str:
    """The language-less path of one year of an entity's long list."""
    return f"{path}{year or 'undated'}/"
