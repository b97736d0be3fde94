"""How a release is cited: its citation in words, and the meta tags that programs read it from.

The author is who issued the document; where that is not known, who organized what it tells of. A
date is never surer than its editor: what is in doubt stands in square brackets with a question
mark in the Russian and Kyrgyz form, after “ca.” in the English one, and in no field that a program
would take at its word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from mksite.date import edtf
from mksite.date import wording as datetext
from mksite.language.languages import LANGUAGES
from mksite.view.overview import NotFoundView, RedirectView, WithdrawnView
from mksite.view.part import Head, Party, SiteView, View, Words
from mksite.view.release import NoteView, PhotoView, ReleaseView

MOST_NAMED = 4  # organizations; of more, the first three are named (ГОСТ Р 7.0.100, 5.2.6)
# The roles of those who issue a release, the first that anybody has.
ISSUERS = ("publisher", "organizer")

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Citation(View, frozen=True):
    """What a citation of one release in one language says, besides what the site says of itself.

    `date` is that of publication; `event` stands only where there is none. `note` is the editor's
    word on the date. Dates are EDTF or "".
    """

    id: str
    lang: str
    path: str
    title: str
    authors: tuple[str, ...]
    date: str
    event: str
    note: str
    summary: str
    keywords: tuple[str, ...]


class Reference(NamedTuple):
    """A citation in words, the title apart, which some styles print in italics."""

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return "".join(self)


class Tag(NamedTuple):
    """A meta tag: `attribute` is the one that holds its name."""

    attribute: str
    name: str
    content: str


# What is cited


def issuers(view: ReleaseView) -> tuple[Party, ...]:
    """Who issued the release: the publisher of the document, else the organizers."""
    parties = {entry.role: entry.parties for entry in view.roles}
    return next((parties[role] for role in ISSUERS if role in parties), ())


def cite(view: ReleaseView) -> Citation:
    """The citation of a release as its page shows it."""
    return Citation(
        id=view.id,
        lang=view.head.lang,
        path=view.head.path,
        title=clean(view.title),
        authors=tuple([clean(party.link.text) for party in issuers(view)]),
        date=view.date,
        event="" if view.date else view.start,
        note=doubt(view.date, view.date_note),
        summary=clean(view.summary),
        keywords=tuple([clean(tag.text) for tag in view.tags]),
    )


def doubt(date: str, note: NoteView | Words | None) -> str:
    """The editor's word on a date (EDTF) of which not even the year is sure."""
    return "" if note is None or sure(date) else clean(note.text)


def clean(text: str) -> str:
    """The text on one line, without what no format can hold.

    That is control characters, lone surrogates, non-characters. Spaces of all kinds become plain.
    """
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(_UNPRINTABLE.sub("", " ".join(text.split())).split())


def url(cited: Citation, site: SiteView) -> str:
    """The whole address of the page that is cited."""
    return f"{site.url}/{cited.path}"


def publisher(site: SiteView) -> str:
    """Who publishes the archive: its publisher, else the archive itself by its title."""
    return clean(site.publisher.text if site.publisher else site.title)


# Dates


@lru_cache(maxsize=4096)
def sure(text: str) -> tuple[str, ...]:
    """What is certain of a date (EDTF), as digits: year, month, day, or the first of them.

    They hold for all that the date may mean, and are in nobody's doubt.
    """
    if not text:
        return ()
    known: tuple[str, ...] | None = None
    for span in edtf.parse(text).spans:
        for point in span:
            parts = _sure_parts(point) if point else ()
            known = parts if known is None else _common(known, parts)
    return known or ()


def _sure_parts(point: edtf.Point) -> tuple[str, ...]:
    parts: list[str] = []
    for part, mark in zip((point.year, point.month, point.day), point.marks, strict=True):
        # A season is numbered from 21 up.
        if mark or not part or "X" in part or (len(parts) == 1 and part > "12"):
            break
        parts.append(part)
    return tuple(parts)


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    same = 0
    while same < min(len(first), len(second)) and first[same] == second[same]:
        same += 1
    return first[:same]


def in_words(text: str, lang: str) -> str:
    """The date in words, with plain spaces."""
    return clean(datetext.format_date(edtf.parse(text), lang)) if text else ""


def remark(cited: Citation) -> str:
    """What a program must not take for the date, in words; empty where there is nothing to say.

    A doubtful date, the event's own where no other is known, and the editor's word on it.
    """
    wording = LANGUAGES[cited.lang].citation
    said = []
    if cited.date and not sure(cited.date):
        said.append(wording.dated.format(in_words(cited.date, cited.lang)))
    if cited.event:
        said.append(wording.event.format(in_words(cited.event, cited.lang)))
    if cited.note:
        said.append(cited.note)
    return " ".join(_dotted(text) for text in said)


def _doubtful_year(text: str, lang: str) -> str:
    """The year of a date that is not sure, as it may be said in brackets; "" for an unknown."""
    date = edtf.parse(text) if text else None
    if date is None or not edtf.years(date):
        return ""
    year, *others = edtf.years(date)
    if others:
        return clean(datetext.format_date(date, lang, style="short"))
    if edtf.is_approximate(date):
        return LANGUAGES[lang].citation.about.format(year)
    return f"{year}?"


# In words


def reference(cited: Citation, site: SiteView) -> Reference:
    """The citation as it is usual among the language's readers: APA 7, or ГОСТ Р 7.0.100–2018."""
    style = LANGUAGES[cited.lang].citation_style
    return apa(cited, site) if style == "apa" else gost(cited, site)


def gost(cited: Citation, site: SiteView) -> Reference:
    """By ГОСТ Р 7.0.100–2018: a part of a website, the day of reading left to the reader."""
    wording = LANGUAGES[cited.lang].citation
    named = cited.authors
    if len(named) > MOST_NAMED:
        named = (*named[:2], f"{named[2]} [{wording.and_others}]")
    by = f" / {', '.join(named)}" if named else ""
    address = f"{url(cited, site)} ({wording.read_on}: {wording.reader_date})"
    areas = (
        f"{wording.electronic} // {clean(site.title)} : {wording.site}",
        *_gost_date(cited),
        f"URL: {address}.",
    )
    after = f" : {wording.press_release}{_dotted(by)} – {'. – '.join(areas)}"
    return Reference("", cited.title, after)


def _gost_date(cited: Citation) -> tuple[str, ...]:
    """The year and, apart, the day; a year in doubt in brackets."""
    parts = sure(cited.date)
    if not parts:
        doubtful = _doubtful_year(cited.date, cited.lang)
        return (f"[{doubtful or LANGUAGES[cited.lang].citation.no_year}]",)
    if len(parts) == 1:
        return parts
    day = datetext.format_date(edtf.parse("-".join(parts)), cited.lang, style="month-day")
    return (parts[0], clean(day))


def _dotted(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def apa(cited: Citation, site: SiteView) -> Reference:
    """By APA 7 (section 10.4, press releases): who issued it, when, what, where."""
    title, archive = clean(cited.title), clean(site.title)
    when = f"({_apa_date(cited)})."
    kind = f" [{LANGUAGES['en'].citation.press_release.capitalize()}]."
    source = "" if cited.authors == (archive,) else f" {_dotted(archive)}"
    where = f"{source} {url(cited, site)}"
    if not cited.authors:
        return Reference("", title, f"{kind} {when}{where}")
    *most, last = cited.authors
    by = f"{', '.join(most)}, & {last}" if most else last
    return Reference(f"{_dotted(by)} {when} ", title, f"{kind}{where}")


def _apa_date(cited: Citation) -> str:
    parts = sure(cited.date)
    if not parts:
        doubtful = _doubtful_year(cited.date, "en")
        if not doubtful:
            return LANGUAGES["en"].citation.no_year
        return f"ca. {doubtful[:-1]}" if doubtful.endswith("?") else doubtful
    if len(parts) == 1:
        return parts[0]
    month = _english_month(parts[1])
    return f"{parts[0]}, {month} {int(parts[2])}" if parts[2:] else f"{parts[0]}, {month}"


def _english_month(number: str) -> str:
    return datetext.format_date(edtf.parse(f"2000-{number}"), "en", style="month-day")


# In the head of a page


def head_tags(
    site: SiteView, view: View, title: str, address: str, picture: str = ""
) -> tuple[Tag, ...]:
    """The meta tags of a page under its title and whole address.

    Open Graph (ogp.me) and the kind of Twitter card on all; on a release Highwire Press and Dublin
    Core too, as Zotero and Google Scholar read them. None where the address is not the reader's to
    keep: on redirects and on the page for what does not exist. `picture` is the link to the one
    that is shown where the page has none of its own.
    """
    head: Head | None = getattr(view, "head", None)
    if head is None or isinstance(view, RedirectView | NotFoundView | WithdrawnView):
        return ()
    is_release = isinstance(view, ReleaseView)
    photos = view.photos if isinstance(view, ReleaseView) else ()
    properties = [
        ("og:type", "article" if is_release else "website"),
        ("og:site_name", site.title),
        ("og:title", title),
        ("og:description", head.description or site.description),
        ("og:url", address),
        ("og:locale", LANGUAGES[head.lang].locale),
        *[
            ("og:locale:alternate", LANGUAGES[other.lang].locale)
            for other in head.languages
            if other.href and other.lang != head.lang
        ],
    ]
    properties += _picture(photos, picture, site)
    properties.append(("twitter:card", "summary_large_image" if photos or picture else "summary"))
    if isinstance(view, ReleaseView):
        properties += _of_release(view, site)
    return tuple(
        [
            Tag(
                "property" if name.startswith(("og:", "article:")) else "name", name, clean(content)
            )
            for name, content in properties
            if content
        ]
    )


def head_html(site: SiteView, view: View, title: str, address: str, picture: str = "") -> Markup:
    """The meta tags of a page as lines of HTML, all of them escaped at once."""
    tags = head_tags(site, view, title, address, picture)
    # No content has a control sign in it after `clean`, so that one can stand between them.
    contents = str.split(escape("\0".join([tag.content for tag in tags])), "\0")
    lines = [
        f'<meta {tag.attribute}="{tag.name}" content="{content}">'
        for tag, content in zip(tags, contents, strict=False)
    ]
    return Markup("\n".join(lines))  # noqa: S704  escaped just above


def _of_release(view: ReleaseView, site: SiteView) -> list[tuple[str, str]]:
    cited = cite(view)
    parts = sure(cited.date)
    house, address = publisher(site), url(cited, site)
    is_day = bool(cited.date) and edtf.is_exact_day(edtf.parse(cited.date))
    return [
        ("article:published_time", "-".join(parts) if is_day else ""),
        ("citation_title", cited.title),
        *[("citation_author", name) for name in cited.authors],
        ("citation_publication_date", "/".join(parts)),
        ("citation_publisher", house),
        ("citation_language", cited.lang),
        ("citation_public_url", address),
        ("DC.title", cited.title),
        *[("DC.creator", name) for name in cited.authors],
        ("DC.date", "-".join(parts)),
        ("DC.publisher", house),
        ("DC.language", cited.lang),
        ("DC.identifier", address),
        ("DC.type", "Text"),
    ]


def _picture(photos: tuple[PhotoView, ...], other: str, site: SiteView) -> list[tuple[str, str]]:
    """The first photograph in its largest plain size, with what it shows; else the other one."""
    if not photos:
        return [("og:image", absolute(other, site) if other else "")]
    return [
        ("og:image", absolute(photos[0].plain[-1].href, site)),
        ("og:image:alt", photos[0].alt.text),
    ]


def absolute(href: str, site: SiteView) -> str:
    """The whole address of a link within the site."""
    return f"{site.url}/{href[len(site.base) :]}"
