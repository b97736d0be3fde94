"""search/: the page to search on, and the index that its script reads.

The documents are divided into groups. Each group is indexed by itself and kept in the cache; the
files of the index are put together from all groups, by the beginnings of words. So an edit costs
the indexing of one group, and a reader loads the words that are asked for.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from mksite.cache import cache
from mksite.content.address import output_path
from mksite.content.model import ENTITY_KINDS, FOLDERS, Kind
from mksite.digest import digest_bytes
from mksite.pages.index import sorted_cards
from mksite.pages.search import index
from mksite.pages.search.document import Documents, GroupView
from mksite.text import collation, words
from mksite.view.page import Bundle, Page
from mksite.view.part import Head, Link, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.pages.frame import Frame
    from mksite.view.page import Renderer

FOLDER = "search/"
INDEX = "search/index/start.json"
TEXTS = "search/text/"


class LabelsView(View, frozen=True):
    """Names of entities in one language by kind and id."""

    labels: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class IndexView(View, frozen=True):
    """All documents."""

    groups: tuple[GroupView, ...]


class LetterView(View, frozen=True):
    """Links under one letter."""

    letter: str
    links: tuple[Link, ...]


class SectionView(View, frozen=True):
    """The entities of one section of the site, from A to Z."""

    section: str
    letters: tuple[LetterView, ...]


class SearchView(View, frozen=True):
    """search/: the form, and without a script the ways to everything. `base` is the address of the
    folder of the index.
    """

    head: Head
    base: str
    sections: tuple[SectionView, ...]
    years: tuple[Link, ...]


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The page in each language, the index, and what is shown of each document."""
    if not catalogue.site.features.search:
        return
    lang = catalogue.site.default_language
    documents = Documents(catalogue)
    yield Page(INDEX, partial(_index_view, documents), lang, producer=whole)
    for number in range(len(documents.keys)):
        path = f"{TEXTS}{number}/index.json"
        yield Page(path, partial(documents.group, number), lang, producer=texts)
    for frame in frames:
        path = f"search/labels.{frame.lang}.json"
        yield Page(path, _labels(frame), frame.lang, producer=labels)
    for frame in frames:
        view = _search_view(frame)
        yield Page(output_path(view.head.path), view, frame.lang, "search.html")


def _index_view(documents: Documents) -> IndexView:
    return IndexView(tuple([documents.group(number) for number in range(len(documents.keys))]))


def _search_view(frame: Frame) -> SearchView:
    catalogue = frame.catalogue
    kinds: tuple[Kind, ...] = ("organization", "programme", "tag")
    sections = [SectionView(FOLDERS[kind], tuple(_letters(frame, kind))) for kind in kinds]
    years = [Link(frame.href(f"timeline/{year}/"), str(year)) for year in catalogue.by_year]
    return SearchView(
        frame.head(FOLDER, "", section="search"),
        frame.site.base_path + FOLDER,
        tuple(sections),
        tuple(years),
    )


def _letters(frame: Frame, kind: Kind) -> Iterator[LetterView]:
    cards = sorted_cards(frame, list(frame.catalogue.of_kind(kind)))
    lettered = groupby(cards, key=lambda c: collation.first_letter(frame.name(c), frame.lang))
    for letter, group in lettered:
        yield LetterView(letter, tuple(frame.link(card.key) for card in group))


def _labels(frame: Frame) -> LabelsView:
    return LabelsView(
        tuple(
            (kind, tuple((card.id, frame.name(card)) for card in frame.catalogue.of_kind(kind)))
            for kind in ENTITY_KINDS
        )
    )


def labels(view: LabelsView, _renderer: Renderer) -> bytes:
    """The names as JSON."""
    return index.as_json({kind: dict(names) for kind, names in view.labels})


def texts(view: GroupView, renderer: Renderer) -> Bundle:
    """What is shown of a group's documents; the page itself lists their files."""
    files = {
        name: data
        for document in view.documents
        for name, data in index.shown(document, renderer.bodies)
    }
    return Bundle(index.as_json(sorted(files)), files)


def whole(view: IndexView, renderer: Renderer) -> Bundle:
    """The index: its own bytes are what a browser reads first, the rules of words with it."""
    start, files = index.files([_indexed(group, renderer) for group in _kept(view, renderer)])
    return Bundle(index.as_json({**start, "rules": words.as_read()}), files)


def _kept(view: IndexView, renderer: Renderer) -> list[tuple[GroupView, str]]:
    """The groups with the names of their cache files; those of other groups are removed."""
    folder = renderer.setting.cache / cache.SEARCH
    salt = f"{renderer.setting.engine} {' '.join(renderer.setting.sites)} ".encode()
    named = [
        (group, f"{digest_bytes(salt + msgspec.msgpack.encode(group))}.cache")
        for group in view.groups
    ]
    names = {name for _, name in named}
    for path in folder.glob("*.cache") if folder.is_dir() else ():
        if path.name not in names:
            path.unlink(missing_ok=True)
    return named


def _indexed(named: tuple[GroupView, str], renderer: Renderer) -> index.Postings:
    """The postings of a group, from the cache or made now."""
    group, name = named
    path = renderer.setting.cache / cache.SEARCH / name
    postings = cache.load(path, index.Postings)
    if postings is None:
        postings = index.index_group(group, renderer.bodies, tuple(renderer.setting.sites))
        cache.save(path, postings)
    return postings
