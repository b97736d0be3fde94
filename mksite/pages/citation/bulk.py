"""citations.ris, .bib and .json: the citations of many releases in one file.

Of the whole archive beside the list of releases, and of every entity that has releases beside its
page; in each language of the site. A release that is not written in the language is cited in the
nearest that it has, as it is listed there. The order is that of the lists: newest first.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from mksite.content.address import entity_path
from mksite.content.model import ENTITY_KINDS, FOLDERS
from mksite.pages.by_digest import ByDigest, by_digest, digest_of
from mksite.pages.citation.citation import as_bibtex, as_ris, citation, csl_item
from mksite.pages.citation.citing import Citation
from mksite.view.page import Page
from mksite.view.part import Link, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.content.model import Key
    from mksite.pages.frame import Frame
    from mksite.view.page import Producer, Renderer

STEM = "citations"


class CitationList(View, frozen=True):
    """The citations of one file."""

    citations: ByDigest[tuple[Citation, ...]]


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The files of the archive and of each entity that has releases, in each language."""
    if not catalogue.site.features.citations or not catalogue.releases:
        return
    keys = (None, *(card.key for kind in ENTITY_KINDS for card in catalogue.of_kind(kind)))
    following = frames[0].following
    known = _Citations(frames)
    for key in keys:
        idents = tuple(following.releases(key))
        for frame in frames if idents else ():
            folder = frame.own_path(_folder(key))
            view = partial(citation_list, known, frame, idents)
            for suffix, _, producer in FORMATS:
                yield Page(f"{folder}{STEM}.{suffix}", view, frame.lang, producer=producer)


def links(frame: Frame, key: Key | None) -> tuple[Link, ...]:
    """The links to the files of an entity, or of the archive, by format, where they are made."""
    if not frame.site.features.citations or not frame.following.releases(key):
        return ()
    stem = frame.href(_folder(key)) + STEM
    return tuple([Link(f"{stem}.{suffix}", name) for suffix, name, _ in FORMATS])


def _folder(key: Key | None) -> str:
    return entity_path(*key) if key else f"{FOLDERS['release']}/"


class _Citations:
    """Makes each citation once, with its digest, for all the files that hold it."""

    def __init__(self, frames: tuple[Frame, ...]) -> None:
        self.frames = {frame.lang: frame for frame in frames}
        self.made: dict[tuple[str, str], tuple[Citation, str]] = {}
        self.last: tuple[object, CitationList] | None = None

    def of(self, frame: Frame, ident: str) -> tuple[Citation, str]:
        card = frame.catalogue.releases[ident]
        lang = frame.nearest(card.titles)[1]
        if (ident, lang) not in self.made:
            made = citation(self.frames[lang], card)
            self.made[ident, lang] = (made, digest_of(made))
        return self.made[ident, lang]


def citation_list(known: _Citations, frame: Frame, idents: tuple[str, ...]) -> CitationList:
    """The View of a file; the last is kept, since three files in a row hold it."""
    asked = (frame.lang, idents)
    if known.last is None or known.last[0] != asked:
        made = [known.of(frame, ident) for ident in idents]
        digests = tuple([digest for _, digest in made])
        sealed = by_digest(tuple([cited for cited, _ in made]), digests)
        known.last = (asked, CitationList(sealed))
    return known.last[1]


def ris(view: CitationList, renderer: Renderer) -> bytes:
    """All citations as RIS."""
    sites = renderer.setting.sites
    return "\r\n".join([as_ris(c, sites[c.lang]) for c in view.citations.value]).encode()


def bibtex(view: CitationList, renderer: Renderer) -> bytes:
    """All citations as BibTeX."""
    sites = renderer.setting.sites
    return "\n".join([as_bibtex(c, sites[c.lang]) for c in view.citations.value]).encode()


def csl(view: CitationList, renderer: Renderer) -> bytes:
    """All citations as CSL-JSON: one list."""
    sites = renderer.setting.sites
    items = [csl_item(c, sites[c.lang]) for c in view.citations.value]
    return msgspec.json.format(msgspec.json.encode(items), indent=1) + b"\n"


FORMATS: tuple[tuple[str, str, Producer], ...] = (
    ("ris", "RIS", ris),
    ("bib", "BibTeX", bibtex),
    ("json", "CSL-JSON", csl),
)
