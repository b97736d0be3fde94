"""Documents to the files of the index: the same bytes for the same documents.

`words/<beginning>.json` holds the index words with a beginning: for each a list of groups
`[group, place, weight, place, weight, …]`, every place but the first as the distance from the one
before. `phrases/` holds their positions: `[group, place, [position, …], …]`, every
position but the first as the distance from the one before. Beginnings
are as long as keeps a file small. `words.json` is a
written form of each index word, to find the nearest of a word that is nowhere.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from html import escape, unescape
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

import msgspec

from mksite.date import edtf, wording
from mksite.digest import digest_bytes
from mksite.pages.search.document import FACETS
from mksite.record.markdown.plain import plain_text
from mksite.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mksite.pages.search.document import DocumentView, GroupView, TextView
    from mksite.view.page import Bodies

FULL_FILE = 20_000  # characters of postings: 5 to 7 KB compressed
MOST_LETTERS = (
    3  # of a file's name: so many letters the Russian and the Kyrgyz stem of a word share
)
TITLE, SUMMARY, FACT, DATE, BODY = 8, 3, 3, 4, 1  # what a word weighs where it stands
SYNONYM = 2  # a name of what a release is about, not written there
OWN_NAME = 30  # and the number of words in the name: an entity's own name is known by all of them
_MOST_WEIGHT = 99
_FIELD_GAP = 10  # positions between two texts: no phrase reaches from one into the next
_SHORTEST_FORM = 3

_EMPTY_LINK = re.compile(r'<a href="entity:([^"]*)"></a>')


class Postings(msgspec.Struct, array_like=True):
    """A group, indexed: JSON of the postings and of the positions by index word, a written form of
    each index word, and the group's rows of the table of documents.
    """

    weights: dict[str, str]
    positions: dict[str, str]
    forms: dict[str, str]
    rows: str


def index_group(group: GroupView, bodies: Bodies, langs: Sequence[str]) -> Postings:
    """The postings of one group."""
    weights: dict[str, list[str]] = defaultdict(list)
    positions: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = defaultdict(int)
    forms: dict[str, str] = {}
    for place, document in enumerate(group.documents):
        own = _Words(forms)
        for text in document.texts:
            _add_text(own, text, plain(bodies.html(text.body), dict(text.links)))
        for when in document.dates:
            for lang in langs:
                written = wording.format_date(edtf.parse(when), lang, style="long")
                own.add(written, DATE, words.languages_of(lang))
            own.add(when, DATE)
        for number in document.names:
            own.add_names(group.names[number], is_synonym=document.kind == "release")
        for word, weight in own.weights.items():
            step = place - last[word]
            last[word] = place
            weights[word].append(f"{step},{min(_MOST_WEIGHT, weight)}")
            if word in own.positions:
                held = ",".join(map(str, _steps(own.positions[word])))
                positions[word].append(f"{place},[{held}]")
    head = group.number
    return Postings(
        {word: f"[{head},{','.join(held)}]" for word, held in weights.items()},
        {word: f"[{head},{','.join(held)}]" for word, held in positions.items()},
        forms,
        _rows(group.documents),
    )


def _steps(positions: Sequence[int]) -> Iterator[int]:
    """Each number but the first as the distance from the one before."""
    last = 0
    for position in positions:
        yield position - last
        last = position


class _Words:
    """The index words of one document: what they weigh and where they stand."""

    def __init__(self, forms: dict[str, str]) -> None:
        self.weights: dict[str, int] = defaultdict(int)
        self.positions: dict[str, list[int]] = defaultdict(list)
        self.forms = forms
        self.next = 0

    def add(self, text: str, weight: int, langs: tuple[str, ...] = words.CYRILLIC) -> None:
        """The words of a text of one of these languages, each as often as it stands there."""
        text = normalize("NFC", text)
        runs = words.runs(text)
        for position, run in enumerate(runs, self.next):
            for word in words.readings(run, langs):
                self.weights[word] += weight
                self.positions[word].append(position)
                self._spell(word, run)
        self.next += len(runs) + _FIELD_GAP
        for compound in words.compounds(text):
            for word in words.readings(compound, langs):
                self.weights[word] += weight

    def add_names(self, names: Iterable[tuple[str, str]], *, is_synonym: bool) -> None:
        """The words of names after their languages, each once: an entity's by its shortest name
        that has the word, those of what a release is about where they are not in its texts.
        """
        if not is_synonym:
            self.weights.update({w: min(held, OWN_NAME) for w, held in self.weights.items()})
        shortest: dict[str, int] = {}
        for lang, name in names:
            text, langs = normalize("NFC", name), words.languages_of(lang)
            runs = [run for run in words.runs(text) if words.is_indexed(run)]
            for run in (*runs, *words.compounds(text)):
                for word in words.readings(run, langs):
                    shortest[word] = min(shortest.get(word, _MOST_WEIGHT), len(runs))
                    self._spell(word, run)
        for word, count in shortest.items():
            if not is_synonym:
                self.weights[word] = OWN_NAME + count
            elif word not in self.weights:
                self.weights[word] = SYNONYM

    def _spell(self, word: str, run: str) -> None:
        form, run = self.forms.get(word), run.lower()
        if form is None or (len(run), run) < (len(form), form):
            self.forms[word] = run


def _add_text(own: _Words, text: TextView, body: str) -> None:
    langs = words.languages_of(text.lang)
    own.add(text.title, TITLE, langs)
    own.add(text.summary, SUMMARY, langs)
    for fact in (text.place, text.parties, *text.facts):
        own.add(fact, FACT, langs)
    own.add(body, BODY, langs)


def plain(html: str, links: Mapping[str, str]) -> str:
    """A body's text, its blocks parted by a space. `links` are texts of links left empty."""

    def named(match: re.Match[str]) -> str:
        name = unquote(unescape(match[1]))
        return escape(links.get(name, name))

    return plain_text(_EMPTY_LINK.sub(named, html)).replace("\n", " ")


def _rows(documents: Iterable[DocumentView]) -> str:
    """The table of documents: kind and id, day, and the facets in their order."""
    rows = [
        [f"{document.kind}/{document.id}", document.sort, *document.facets[1:]]
        for document in documents
    ]
    return as_json(rows).decode()


def files(groups: Sequence[Postings]) -> tuple[dict[str, object], dict[str, bytes]]:
    """What a browser must know first, and the files of the index by name."""
    weights = _merged(group.weights for group in groups)
    positions = _merged(group.positions for group in groups)
    made: dict[str, bytes] = {}
    beginnings = []
    for beginning, chosen in divided(sorted(weights), {w: len(t) for w, t in weights.items()}):
        beginnings.append(beginning)
        made[f"words/{beginning}.json"] = _file(weights, chosen)
        made[f"phrases/{beginning}.json"] = _file(positions, chosen)
    forms = {
        form
        for group in groups
        for form in group.forms.values()
        if len(form) >= _SHORTEST_FORM and form.isalpha()
    }
    made["words.json"] = as_json(" ".join(sorted(forms)))
    version = digest_bytes(b"".join(data for _, data in sorted(made.items())))[:10]
    start: dict[str, object] = {
        "version": version,
        "groups": len(groups),
        "facets": FACETS,
        "words": " ".join(beginnings),
        "documents": [msgspec.json.decode(group.rows) for group in groups],
    }
    return start, made


def _merged(groups: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """By index word what all groups say of it."""
    merged: dict[str, list[str]] = {}
    for group in groups:
        for word, text in group.items():
            merged.setdefault(word, []).append(text)
    return {word: ",".join(texts) for word, texts in merged.items()}


def _file(postings: Mapping[str, str], chosen: Iterable[str]) -> bytes:
    lines = [f'"{word}":[{postings[word]}]' for word in chosen if word in postings]
    return ("{" + ",\n".join(lines) + "}").encode()


def divided(
    ordered: Sequence[str], sizes: Mapping[str, int], depth: int = 1
) -> Iterator[tuple[str, Sequence[str]]]:
    """Sorted index words by beginning: one letter, and one more wherever a file would be too
    large, up to three. So an edit moves few words to another file, and a reader who asks for a word
    in whichever language loads one file.
    """
    start = 0
    while start < len(ordered):
        beginning = ordered[start][:depth]
        end = start
        while end < len(ordered) and ordered[end].startswith(beginning):
            end += 1
        chosen = ordered[start:end]
        if depth < MOST_LETTERS and sum(sizes[word] for word in chosen) > FULL_FILE:
            yield from divided(chosen, sizes, depth + 1)
        else:
            yield beginning, chosen
        start = end


def shown(document: DocumentView, bodies: Bodies) -> Iterator[tuple[str, bytes]]:
    """What is shown of a document, by file name: one file a language."""
    links = {text.lang: text.href for text in document.texts}
    for text in document.texts:
        body = plain(bodies.html(text.body), dict(text.links))
        date = ""
        if document.dates and document.kind == "release":
            date = wording.format_date(edtf.parse(document.dates[0]), text.lang, style="long")
        facts = {
            "links": links,
            "title": text.title,
            "facts": [fact for fact in (date, text.place, text.parties) if fact],
            "texts": [part for part in (text.summary, body, *text.facts) if part],
        }
        yield f"{document.kind}-{document.id}.{text.lang}.json", as_json(facts)


def as_json(value: object) -> bytes:
    """A value as JSON, without needless spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
