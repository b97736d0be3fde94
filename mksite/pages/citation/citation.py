"""releases/<id>/<id>.ris, .bib and .json: a release's citation for reference managers.

RIS, BibTeX (also read by biblatex) and CSL-JSON (citationstyles.org), in each language that the
release is written in. What is certain of a date stands in the fields for dates; a doubtful year
stands in brackets in that for the year (`[2012?]`), in CSL, which knows doubt, as `circa`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from mksite.date import edtf
from mksite.language.languages import LANGUAGES
from mksite.pages.citation.citing import (
    ISSUERS,
    Citation,
    bracketed_year,
    doubt,
    genre,
    genre_of,
    publisher_apart,
    remark,
    url,
)
from mksite.pages.citation.dated import has_year, sure
from mksite.pages.citation.line import clean, whole
from mksite.view.page import Page
from mksite.view.part import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.content.model import Key
    from mksite.pages.frame import Frame
    from mksite.view.page import Producer, Renderer
    from mksite.view.part import SiteView


# What BibTeX or LaTeX would take for a command. A brace is spelled out, for BibTeX counts braces
# even where they are escaped.
_LIGATURE = re.compile(r"(?<=')(?=')|(?<=[`!?])(?=`)|(?<=-)(?=-)")  # between its parts
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#_$"},
}
_COMMAND = re.compile(r"[\\{}~^%&#_$]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def links(frame: Frame, ident: str) -> tuple[Link, ...]:
    """The links to a release's citation files, by format."""
    if not frame.site.features.citations:
        return ()
    folder = frame.href(f"releases/{ident}/")
    return tuple([Link(f"{folder}{ident}.{suffix}", name) for suffix, name, _ in FORMATS])


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The citation files of all releases."""
    if not catalogue.site.features.citations:
        return
    for frame in frames:
        citations = _Citations(frame)
        for card in catalogue.releases.values():
            if frame.lang in card.titles:
                folder = frame.own_path(f"releases/{card.id}/")
                view = partial(_citation, citations, card)
                origins = (card.records[frame.lang].path,)
                for suffix, _, producer in FORMATS:
                    path = f"{folder}{card.id}.{suffix}"
                    yield Page(path, view, frame.lang, producer=producer, origins=origins)


class _Citations:
    """The citations of one language; the last is kept, since three files in a row say it."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.last: Citation | None = None


def _citation(citations: _Citations, card: Card) -> Citation:
    last = citations.last
    if last is None or last.id != card.id:
        last = citations.last = citation(citations.frame, card)
    return last


def citation(frame: Frame, card: Card) -> Citation:
    """The citation of a release, the same as `citing.cite` makes of its page."""
    release = card.release
    issuers: dict[str, list[Key]] = {}
    for relation in card.relations:
        issuers.setdefault(relation.role, []).append(relation.key)
    keys = next((issuers[role] for role in ISSUERS if role in issuers), [])
    return Citation(
        id=card.id,
        lang=frame.lang,
        path=frame.own_path(f"releases/{card.id}/"),
        title=clean(card.titles[frame.lang]),
        authors=tuple([clean(frame.link_then(card, key).text) for key in keys]),
        date=release.date or "",
        event="" if has_year(release.date or "") else card.event.start or "",
        note=doubt(release.date or "", frame.words(release.date_note)),
        genre=genre_of(frame.words(release.source.title) if release.source else None, frame.lang),
        summary=clean(card.summaries.get(frame.lang, "")),
        keywords=tuple([clean(frame.link(("tag", tag)).text) for tag in card.tags]),
    )


def ris(cited: Citation, renderer: Renderer) -> bytes:
    """The citation as RIS."""
    return as_ris(cited, renderer.setting.sites[cited.lang]).encode()


def bibtex(cited: Citation, renderer: Renderer) -> bytes:
    """The citation as BibTeX."""
    return as_bibtex(cited, renderer.setting.sites[cited.lang]).encode()


def csl(cited: Citation, renderer: Renderer) -> bytes:
    """The citation as CSL-JSON."""
    return as_csl(cited, renderer.setting.sites[cited.lang])


FORMATS: tuple[tuple[str, str, Producer], ...] = (
    ("ris", "RIS", ris),
    ("bib", "BibTeX", bibtex),
    ("json", "CSL-JSON", csl),
)


def key(cited: Citation) -> str:
    """The key of the citation: the release's id, with its language where that is no default.

    Both are permanent; a year may be mended, so it is no part of the key.
    """
    is_original = cited.path.startswith("releases/")
    return cited.id if is_original else f"{cited.id}_{cited.lang}"


def as_ris(cited: Citation, site: SiteView) -> str:
    """RIS: a tag a line, CRLF. A web page (ELEC), since few readers know PRESS."""
    parts = sure(cited.date)
    day = "/".join((*parts, "", "", "")[:3]) + "/" if parts else ""
    fields = [
        ("TY", "ELEC"),
        ("ID", key(cited)),
        ("TI", cited.title),
        *[("AU", whole(name)) for name in cited.authors],
        ("PY", parts[0] if parts else _doubtful_year(cited)),
        ("DA", day),
        ("T2", clean(site.title)),
        ("PB", publisher_apart(site)),
        ("M3", genre(cited)),
        ("LA", cited.lang),
        ("AB", cited.summary),
        *[("KW", word) for word in cited.keywords],
        ("N1", remark(cited)),
        ("UR", url(cited, site)),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join((*lines, "ER  - ", ""))


def as_bibtex(cited: Citation, site: SiteView) -> str:
    """One @misc entry, UTF-8, its key ASCII.

    Names stand in braces of their own: they are of organizations, and have no last name.
    """
    parts = sure(cited.date)
    fields = [
        ("title", "{" + _latex(cited.title) + "}"),
        ("author", " and ".join("{" + _latex(name) + "}" for name in cited.authors)),
        ("date", "-".join(parts)),
        ("year", parts[0] if parts else _doubtful_year(cited)),
        ("month", _MONTHS[int(parts[1]) - 1] if parts[1:] else ""),
        ("howpublished", _latex(clean(site.title))),
        ("publisher", _latex(publisher_apart(site))),
        ("type", _latex(genre(cited))),
        ("langid", LANGUAGES[cited.lang].biblatex),
        ("abstract", _latex(cited.summary)),
        ("keywords", ", ".join(_latex(word).replace(",", ";") for word in cited.keywords)),
        ("note", _latex(remark(cited))),
        ("url", url(cited, site)),
    ]
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields
        if value
    ]
    return f"@misc{{{key(cited)},\n" + ",\n".join(lines) + "\n}\n"


def _latex(text: str) -> str:
    """The text with nothing in it that LaTeX reads as a command or draws as one sign."""
    return _LIGATURE.sub("{}", _COMMAND.sub(lambda match: _LATEX[match[0]], text))


def as_csl(cited: Citation, site: SiteView) -> bytes:
    """CSL-JSON 1.0: a list of one item."""
    items = [csl_item(cited, site)]
    return msgspec.json.format(msgspec.json.encode(items), indent=1) + b"\n"


def csl_item(cited: Citation, site: SiteView) -> dict[str, Any]:
    """An item of CSL-JSON, without what is not known."""
    item = {
        "id": key(cited),
        "type": "webpage",
        "genre": genre(cited),
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "issued": _csl_date(cited.date) or _about(_csl_date(cited.event)),
        "event-date": _csl_date(cited.event),
        "container-title": clean(site.title),
        "publisher": publisher_apart(site),
        "language": cited.lang,
        "abstract": cited.summary,
        "keyword": ", ".join(cited.keywords),
        "note": remark(cited),
        "URL": url(cited, site),
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(text: str) -> dict[str, Any]:
    """A date variable: what is certain, else the likely years as `circa`, else nothing."""
    parts = sure(text)
    if parts:
        return {"date-parts": [[int(part) for part in parts]]}
    date = edtf.parse(text) if text else None
    years = edtf.years(date) if date else ()
    if not years:
        return {}
    return {"date-parts": [[year] for year in sorted({years[0], years[-1]})], "circa": True}


def _about(date: dict[str, Any]) -> dict[str, Any]:
    """The years of an event as the likely ones of what tells of it."""
    if not date:
        return {}
    return {"date-parts": [parts[:1] for parts in date["date-parts"]], "circa": True}


def _doubtful_year(cited: Citation) -> str:
    """A year in brackets, as the fields for years take it; "" where none is known."""
    known = has_year(cited.date) or has_year(cited.event)
    return bracketed_year(cited) if known else ""
