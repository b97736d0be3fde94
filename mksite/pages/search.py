"""search/: the page to search on, and the index that its script reads.

The index is divided into shards by a digest of the id, so that an edit touches one of them; each is
one Page whose Bundle holds Pagefind's files. All kinds and languages stand in the same shards: a
release is found once, whatever the language it was asked in, and how rare a word is holds for all.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import partial
from html import escape, unescape
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote
from zlib import crc32

from mksite import indexing
from mksite.catalogue.catalogue import Card, Catalogue, EntityCard, Placed
from mksite.catalogue.registry import PARTIES
from mksite.content.address import entity_path, href, output_path
from mksite.content.model import ENTITY_KINDS, FOLDERS, Key, Kind, by_language
from mksite.content.problem import fault
from mksite.pages.frame import Frame
from mksite.pages.index import sorted_cards
from mksite.text import collation
from mksite.view.page import Bundle, Page
from mksite.view.part import Head, Link, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mksite.record.record import Record
    from mksite.view.page import Renderer

FOLDER = "search/"
INDEX = "search/index"
FULL_SHARD = 1300  # releases and entities that still make one shard: the least to load
PART = 500  # of a larger archive, in each of its shards: indexing as many takes half a second
MOST_SHARDS = 32
_DAY = len("2013-03-25")
_MOST_SHOWN = 600  # characters of a body in all languages: what comes later is found, not quoted

_EMPTY_LINK = re.compile(r'<a href="entity:([^"]*)"></a>')
_BREAK = re.compile(r"<(?:br|/(?:p|li|h[1-6]|td|th|tr|dt|dd|blockquote|figcaption))\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


class TextView(View, frozen=True):
    """What is found in one language: `links` are the texts of links that the body leaves empty."""

    lang: str
    href: str
    title: str
    summary: str
    body: str
    links: tuple[tuple[str, str], ...]


class FindView(View, frozen=True):
    """A release or an entity, as it is indexed. `names` are numbers of entities in the shard's
    `names`: those that it is about, or itself. `when` is EDTF or "".
    """

    kind: str
    when: str
    sort: str
    texts: tuple[TextView, ...]
    names: tuple[int, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...]


class ShardView(View, frozen=True):
    """A part of the index. `names` are all names of each entity; the first `parties` of them are
    looked for in texts.
    """

    finds: tuple[FindView, ...]
    names: tuple[tuple[str, ...], ...]
    parties: int


class LabelsView(View, frozen=True):
    """Names of entities in one language by kind and id."""

    labels: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class EngineView(View, frozen=True):
    """What the browser searches with has no other input than Pagefind itself."""


class RulesView(View, frozen=True):
    """The rules of words have no other input than their table."""


class LetterView(View, frozen=True):
    """Links under one letter."""

    letter: str
    links: tuple[Link, ...]


class SectionView(View, frozen=True):
    """The entities of one section of the site, from A to Z."""

    section: str
    letters: tuple[LetterView, ...]


class SearchView(View, frozen=True):
    """search/: the form, and without a script the ways to everything. `shards` are the folders of
    the index, none where there is none.
    """

    head: Head
    shards: tuple[str, ...]
    engine: str
    wasm: str
    rules: str
    labels: str
    sections: tuple[SectionView, ...]
    years: tuple[Link, ...]


def faults(catalogue: Catalogue) -> Iterator[Placed]:
    """What keeps the site from being searched: a warning, for everything else is published."""
    if catalogue.site.features.search and indexing.executable() is None:
        yield Placed("site.yaml", fault("search-unavailable", ("features",), severity="warning"))


def pages(catalogue: Catalogue, frames: tuple[Frame, ...]) -> Iterator[Page]:
    """The page in each language, and the index once."""
    if not catalogue.site.features.search:
        return
    shards: dict[str, tuple[Key, ...]] = {}
    if indexing.executable() is not None:
        shards = divided(catalogue)
        lang = catalogue.site.default_language
        for name, keys in shards.items():
            made = partial(shard, catalogue, keys)
            path = f"{INDEX}/{name}/start.json"
            yield Page(path, made, lang, producer=bundle)
        yield Page(_ENGINE, EngineView(), lang, producer=engine)
        yield Page(_RULES, RulesView(), lang, producer=rules)
        for frame in frames:
            yield Page(_labels_path(frame.lang), _labels(frame), frame.lang, producer=labels)
    for frame in frames:
        view = _search_view(frame, tuple(shards))
        yield Page(output_path(view.head.path), view, frame.lang, "search.html")


_ENGINE = "search/engine/pagefind.js"
_RULES = "search/rules.json"


def _labels_path(lang: str) -> str:
    return f"search/labels.{lang}.json"


# ---- the page


def _search_view(frame: Frame, shards: tuple[str, ...]) -> SearchView:
    catalogue, base = frame.catalogue, frame.site.base_path
    kinds: tuple[Kind, ...] = ("organization", "programme", "tag")
    sections = [SectionView(FOLDERS[kind], tuple(_letters(frame, kind))) for kind in kinds]
    years = [Link(frame.href(f"timeline/{year}/"), str(year)) for year in catalogue.by_year]
    return SearchView(
        frame.head(FOLDER, "", section="search"),
        tuple(f"{base}{INDEX}/{name}/" for name in shards),
        base + _ENGINE,
        f"{base}search/engine/{indexing.WASM}",
        base + _RULES,
        base + _labels_path(frame.lang),
        tuple(sections),
        tuple(years),
    )


def _letters(frame: Frame, kind: Kind) -> Iterator[LetterView]:
    cards = sorted_cards(frame, list(frame.catalogue.of_kind(kind)))
    lettered = groupby(cards, key=lambda c: collation.first_letter(frame.name(c), frame.lang))
    for letter, found in lettered:
        yield LetterView(letter, tuple(frame.link(card.key) for card in found))


def _labels(frame: Frame) -> LabelsView:
    return LabelsView(
        tuple(
            (kind, tuple((card.id, frame.name(card)) for card in frame.catalogue.of_kind(kind)))
            for kind in ENTITY_KINDS
        )
    )


def labels(view: LabelsView, _renderer: Renderer) -> bytes:
    """The names as JSON."""
    return _json({kind: dict(found) for kind, found in view.labels})


def rules(_view: RulesView, _renderer: Renderer) -> bytes:
    """The rules of words as JSON."""
    from mksite import searching  # noqa: PLC0415

    return _json(searching.as_read())


def engine(_view: EngineView, _renderer: Renderer) -> Bundle:
    """Pagefind for the browser."""
    made = indexing.engine()
    return Bundle(made.script, {indexing.WASM: made.wasm})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# ---- shards


def divided(catalogue: Catalogue) -> dict[str, tuple[Key, ...]]:
    """The releases and entities of each shard by its name. There are as few shards as keep one
    small; their number is a power of two, so that it changes seldom.
    """
    keys = sorted([*(("release", ident) for ident in catalogue.releases), *catalogue.entities])
    count = 1
    most = FULL_SHARD if len(keys) <= FULL_SHARD else PART
    while count < MOST_SHARDS and len(keys) > count * most:
        count *= 2
    found: dict[str, list[Key]] = {str(number): [] for number in range(count)}
    for key in keys:
        found[str(crc32("/".join(key).encode()) % count)].append(key)
    return {name: tuple(shard_keys) for name, shard_keys in found.items()}


def shard(catalogue: Catalogue, keys: tuple[Key, ...]) -> ShardView:
    """The View of one shard."""
    maker = _Maker(catalogue)
    finds = [
        maker.release(catalogue.releases[key[1]])
        if key[0] == "release"
        else maker.entity(catalogue.entities[key])
        for key in keys
    ]
    return ShardView(tuple(finds), tuple(maker.names), maker.parties)


class _Maker:
    """What the finds of one shard share."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.site = catalogue.site
        self.frames = {lang: Frame(catalogue, lang) for lang in self.site.languages}
        self.numbers: dict[Key, int] = {}
        self.names: list[tuple[str, ...]] = []
        for key in sorted(catalogue.entities):
            if key[0] in PARTIES:
                self.number(key)
        self.parties = len(self.names)

    def number(self, key: Key) -> int:
        """The place of an entity among the names."""
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(self.names)
            self.names.append(_all_names(self.catalogue.entities[key], self.site.default_language))
        return found

    def chain(self, kind: Kind, idents: Iterable[str]) -> tuple[str, ...]:
        """Those entities and all around them."""
        found: dict[str, None] = {}
        for ident in idents:
            found[ident] = None
            found.update(dict.fromkeys(self.catalogue.ancestors((kind, ident))))
        return tuple(found)

    def release(self, card: Card) -> FindView:
        """A release in all its languages."""
        related = [r for r in card.relations if r.role != "mentioned"]
        facets = {
            "kind": ("release",),
            "language": tuple(card.titles),
            "organization": tuple(dict.fromkeys(r.id for r in related if r.kind != "programme")),
            "programme": self.chain(
                "programme",
                (*card.programmes, *(r.id for r in related if r.kind == "programme")),
            ),
            "place": self.chain("place", (card.venue,) if card.venue else ()),
            "tag": self.chain("tag", card.tags),
            "year": tuple(str(year) for year in card.moment.years),
        }
        about = dict.fromkeys(r.key for r in card.relations)
        for kind in ("programme", "place", "tag"):
            about.update(dict.fromkeys((kind, ident) for ident in facets[kind]))
        texts = tuple(
            self.text(
                ("release", card.id),
                (lang, card.titles[lang], card.summaries.get(lang, "")),
                card.records.get(lang),
                card.links,
            )
            for lang in self.site.languages
            if lang in card.titles
        )
        names = tuple(self.number(key) for key in about)
        day = card.moment.sort[:_DAY] if card.moment.years else ""
        return FindView("release", card.when, day, texts, names, _listed(facets))

    def entity(self, card: EntityCard) -> FindView:
        """An organization, programme, place or tag."""
        kind, ident = card.key
        facets: dict[str, tuple[str, ...]] = {
            "kind": (kind,),
            "language": tuple(card.names),
            kind: self.chain(kind, (ident,)),
        }
        texts = tuple(
            self.text(card.key, (lang, frame.name(card), ""), card.records.get(lang), card.links)
            for lang, frame in self.frames.items()
        )
        return FindView(kind, "", "", texts, (self.number(card.key),), _listed(facets))

    def text(
        self,
        key: Key,
        said: tuple[str, str, str],
        record: Record | None,
        links: dict[str, Key] | None = None,
    ) -> TextView:
        """What is found in one language; `said` is that language, title and summary."""
        lang, title, summary = said
        address, frame = href(self.site, lang, entity_path(*key)), self.frames[lang]
        if record is None:
            return TextView(lang, address, title, summary, "", ())
        known = links or {}
        texts = tuple((name, frame.target(name, known.get(name)).text) for name in record.mentions)
        return TextView(lang, address, title, summary, record.body_digest, texts)


def _listed(facets: dict[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, found) for name, found in facets.items() if found)


def _all_names(card: EntityCard, default: str) -> tuple[str, ...]:
    """Every name that an entity has or had, in every language."""
    meta = card.meta
    former = [words for one in meta.former for words in by_language(one.name, default).values()]
    found = (*card.names.values(), *card.shorts.values(), *meta.aliases, *former)
    return tuple(dict.fromkeys(found))


# ---- the index


def bundle(view: ShardView, renderer: Renderer) -> Bundle:
    """The shard's index: its own bytes name the files that a browser reads first."""
    made = indexing.index(_entries(view, renderer))
    return Bundle(_json(made.start), made.files)


def _entries(view: ShardView, renderer: Renderer) -> Iterator[indexing.Entry]:
    from mksite import searching  # noqa: PLC0415

    known = searching.Names(
        (number, name) for number in range(view.parties) for name in view.names[number]
    )
    langs = tuple(renderer.setting.sites)
    lexicons = {lang: searching.Lexicon(lang) for lang in langs}
    for find in view.finds:
        shown: dict[str, list[str]] = {}
        weights: dict[str, float] = {}
        about = set(find.names)
        for text in find.texts:
            lexicon = lexicons[text.lang]
            body = _plain(renderer.bodies.html(text.body), dict(text.links))
            fields = [normalize("NFC", one) for one in (text.title, text.summary, body)]
            for weight, words in zip(_WEIGHTS, map(searching.words, fields), strict=True):
                reading = lexicon.reading
                about |= known.among(words, [reading[word] for word in words])
                _add(weights, words, weight, lexicon.readings)
            shown[text.lang] = [text.href, *fields[:2], fields[2][: _MOST_SHOWN // len(find.texts)]]
        names = {word for n in about for name in view.names[n] for word in searching.words(name)}
        own: dict[str, float] = {}
        _add(own, names, _SYNONYM if find.kind == "release" else _NAME, lexicons[langs[0]].readings)
        for word, weight in own.items():
            if find.kind != "release" or word not in weights:
                weights[word] = weights.get(word, 0.0) + weight
        date = {lang: _date(find.when, lang) for lang in langs} if find.when else {}
        facts = {"kind": find.kind, "date": date, "texts": shown}
        yield indexing.Entry(weights, find.sort, dict(find.facets), _json(facts))


def _add(
    weights: dict[str, float],
    words: Iterable[str],
    weight: float,
    readings: Mapping[str, tuple[str, ...]],
) -> None:
    """Each word weighs as much more, under all index words that it may be asked for by."""
    for word, count in Counter(words).items():
        for one in readings[word]:
            weights[one] = weights.get(one, 0.0) + weight * count


_WEIGHTS = (6.0, 2.0, 1.0)  # title, summary, body
_NAME = 6.0  # an entity's own
_SYNONYM = 0.5  # a name of what a release is about, not written there


def _date(when: str, lang: str) -> str:
    from mksite.date import edtf, wording  # noqa: PLC0415

    return wording.format_date(edtf.parse(when), lang, style="long")


def _plain(html: str, links: dict[str, str]) -> str:
    """A body's text, its blocks parted by a space."""

    def named(match: re.Match[str]) -> str:
        name = unquote(unescape(match[1]))
        return escape(links.get(name, name))

    spaced = _BREAK.sub(" ", _EMPTY_LINK.sub(named, html))
    return _SPACE.sub(" ", unescape(_TAG.sub("", spaced))).strip()
