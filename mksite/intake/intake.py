"""One file to the facts and the text of a draft release; no disk here."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec

from mksite.content.model import Place, Release, Tag, alias_names, by_language
from mksite.intake import clean, facts, formats
from mksite.intake.facts import Facts, Registry
from mksite.intake.formats import Picture
from mksite.mention import candidate
from mksite.mention.grammar.names import NameIndex
from mksite.mention.registry import names_of
from mksite.text.name import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mksite.record.record import Record

SHINGLE = 4  # words
LIKE = 0.5  # of the shingles of the shorter text: from here on it is told as a duplicate


class Imported(msgspec.Struct, frozen=True):
    """What was read from a file: its facts, its text as Markdown, lines that were set apart, its
    pictures, names that the registry does not know, and the digest of its bytes (SHA-256).
    """

    facts: Facts
    text: str
    apart: tuple[str, ...]
    pictures: tuple[Picture, ...]
    unknown: tuple[str, ...]
    digest: str


def registry_of(records: Iterable[Record], default: str) -> Registry:
    """What the Records say of names, places and tags."""
    listed = list(records)
    originals = [record for record in listed if not record.lang]
    return Registry(
        NameIndex(tuple(names_of(listed))),
        {r.id: r.meta.within for r in originals if isinstance(r.meta, Place) and r.meta.within},
        {
            r.id: (*by_language(r.meta.name, default).values(), *alias_names(r.meta.aliases))
            for r in originals
            if isinstance(r.meta, Tag)
        },
    )


def examine(name: str, data: bytes, registry: Registry) -> Imported:
    """What a file says. Raises Unreadable."""
    taken = formats.take(name, data)
    cleaned = clean.clean(taken.text)
    read = facts.read(cleaned.text, registry, title=taken.title)
    return Imported(
        read,
        cleaned.text,
        cleaned.apart,
        taken.pictures,
        _unknown(cleaned.text, read),
        hashlib.sha256(data).hexdigest(),
    )


_LEGAL = re.compile(
    r"(?:ОО|ОФ|ОЮЛ|НПО|Общественн\w+\s+(?:фонд\w*|объединени\w+)|Фонд\w*|Центр\w*|Институт\w*|Ассоциаци\w+"
    r"|Коомдук\s+\w+)\s*[«\"“][^«»\"”\n]{3,80}[»\"”]"
)


def _unknown(text: str, read: Facts) -> tuple[str, ...]:
    """Names of organizations in the text that the registry does not know, each once."""
    known = [(m.start, m.end) for m in read.mentions]
    found = [
        " ".join(match[0].split())
        for match in _LEGAL.finditer(text)
        if not any(a < match.end() and match.start() < b for a, b in known)
    ]
    found += [
        name.name for name in candidate.unknown([("", text), ("", text)], ()) if name.name in found
    ]
    return tuple(dict.fromkeys(found))


def duplicate(text: str, title: str, others: Sequence[tuple[str, str, str]]) -> str:
    """The path of the release that has the same title or about the same text, or "".

    `others` are path, title and text of the releases that there are.
    """
    own = _shingles(text)
    for path, other_title, other_text in others:
        if title and fold(title) == fold(other_title):
            return path
        shingles = _shingles(other_text)
        shorter = min(len(own), len(shingles))
        if shorter and len(own & shingles) >= LIKE * shorter:
            return path
    return ""


def _shingles(text: str) -> set[int]:
    words = re.findall(r"\w+", text.casefold())
    return {hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}


def texts_of(records: Iterable[Record]) -> list[tuple[str, str]]:
    """Path and title of every release."""
    return [
        (record.path, record.meta.title) for record in records if isinstance(record.meta, Release)
    ]
