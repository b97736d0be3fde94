"""How a release is cited: what a citation says, and its words by APA or ГОСТ.

The author is who issued the document; where that is not known, who organized what it tells of. A
date is never surer than its editor: what is in doubt stands in square brackets with a question
mark in the Russian and Kyrgyz form, after “ca.” in the English one. Where no year of publication
is known the event's stands so, and its day is said beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mksite.date import edtf
from mksite.date import wording as datetext
from mksite.language.languages import LANGUAGES
from mksite.pages.citation.dated import has_year, in_words, sure, year_in_words
from mksite.pages.citation.line import clean
from mksite.view.part import Party, SiteView, View, Words

if TYPE_CHECKING:
    from mksite.view.release import NoteView, ReleaseView

MOST_NAMED = 4  # organizations; of more, the first three are named (ГОСТ Р 7.0.100, 5.2.6)
# The roles of those who issue a release, the first that anybody has.
ISSUERS = ("publisher", "organizer")


class Citation(View, frozen=True):
    """What a citation of one release in one language says, besides what the site says of itself.

    `date` is that of publication; `event` stands only where that tells no year. `note` is the
    editor's word on the date. Dates are EDTF or "". `genre` is the kind of document by its source,
    or "" for a press release.
    """

    id: str
    lang: str
    path: str
    title: str
    authors: tuple[str, ...]
    date: str
    event: str
    note: str
    genre: str
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
        event="" if has_year(view.date) else view.start,
        note=doubt(view.date, view.date_note),
        genre=genre_of(view.origin.title if view.origin else None, view.head.lang),
        summary=clean(view.summary),
        keywords=tuple([clean(tag.text) for tag in view.tags]),
    )


def doubt(date: str, note: NoteView | Words | None) -> str:
    """The editor's word on a date (EDTF) of which not even the year is sure."""
    return "" if note is None or sure(date) else clean(note.text)


def genre_of(title: Words | None, lang: str) -> str:
    """The kind of document that a source's title, in the language of the page, names; else ""."""
    if title is None or title.lang not in ("", lang):
        return ""
    text = clean(title.text)
    spaced = f" {text.casefold()} "
    kinds = [f" {kind} " for kind in LANGUAGES[lang].citation.kinds]
    # The noun begins a Russian or English title, and ends a Kyrgyz one.
    if not any(spaced.startswith(kind) or spaced.endswith(kind) for kind in kinds):
        return ""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def genre(cited: Citation) -> str:
    """The kind of document, in the language of the page."""
    return cited.genre or LANGUAGES[cited.lang].citation.press_release


def publisher_apart(site: SiteView) -> str:
    """The publisher, where it is not the site itself, which a citation names already."""
    name = publisher(site)
    return "" if name == clean(site.title) else name


def url(cited: Citation, site: SiteView) -> str:
    """The whole address of the page that is cited."""
    return f"{site.url}/{cited.path}"


def publisher(site: SiteView) -> str:
    """Who publishes the archive: its publisher, else the archive itself by its title."""
    return clean(site.publisher.text if site.publisher else site.title)


# Dates


def remark(cited: Citation) -> str:
    """What a program must not take for the date, in words; empty where there is nothing to say.

    A doubtful date, the event's own where no other is known, and the editor's word on it.
    """
    wording = LANGUAGES[cited.lang].citation
    said = []
    if cited.date and not sure(cited.date):
        said.append(wording.dated.format(in_words(cited.date, cited.lang)))
    if cited.event:
        said.append(event_in_words(cited))
    if cited.note:
        said.append(cited.note)
    return " ".join(_dotted(text) for text in said)


def event_in_words(cited: Citation) -> str:
    """The day of the event in a sentence, where the year of publication is not known; else ""."""
    if not cited.event:
        return ""
    wording = LANGUAGES[cited.lang].citation
    return wording.event.format(in_words(cited.event, cited.lang))


def bracketed_year(cited: Citation) -> str:
    """The year that is not sure, in brackets: `[2012?]`; the event's, where no other is known."""
    year = year_in_words(cited.date, cited.lang) or year_in_words(cited.event, cited.lang)
    return f"[{year or LANGUAGES[cited.lang].citation.no_year}]"


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
    after = f" : {genre(cited)}{_dotted(by)} – {'. – '.join(areas)}"
    return Reference("", cited.title, after)


def _gost_date(cited: Citation) -> tuple[str, ...]:
    """The year and, apart, the day. A year in doubt, or that of the event, stands in brackets."""
    parts = sure(cited.date)
    if not parts:
        event = event_in_words(cited).removesuffix(".")
        return (bracketed_year(cited), event) if event else (bracketed_year(cited),)
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
    event = event_in_words(cited)
    about = f"; {event[:1].lower()}{event[1:]}" if event else ""
    kind = f" [{genre(cited)[:1].upper()}{genre(cited)[1:]}{about}]."
    source = "" if cited.authors == (archive,) else f" {_dotted(archive)}"
    where = f"{source} {url(cited, site)}"
    if not cited.authors:
        return Reference("", title, f"{kind} {when}{where}")
    *most, last = cited.authors
    comma = "," if most[1:] else ""  # none between two groups
    by = f"{', '.join(most)}{comma} & {last}" if most else last
    return Reference(f"{_dotted(by)} {when} ", title, f"{kind}{where}")


def _apa_date(cited: Citation) -> str:
    parts = sure(cited.date)
    if not parts:
        year = year_in_words(cited.date, "en") or year_in_words(cited.event, "en")
        if not year:
            return LANGUAGES["en"].citation.no_year
        return f"ca. {year.removesuffix('?')}" if year.removesuffix("?").isdecimal() else year
    if len(parts) == 1:
        return parts[0]
    month = _english_month(parts[1])
    return f"{parts[0]}, {month} {int(parts[2])}" if parts[2:] else f"{parts[0]}, {month}"


def _english_month(number: str) -> str:
    return datetext.format_date(edtf.parse(f"2000-{number}"), "en", style="month-day")
