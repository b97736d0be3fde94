"""The names in the texts of all releases, known from the last build as far as they still hold.

What is recognized in a text depends on its HTML, on the Circumstance of its release and on the
names of the registry. Of a text whose first two are as they were, and whose words have nothing of
a name that has changed since, the mentions are as they were: it is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from mksite.cache import cache, pack
from mksite.cache.pack import PackReader, PackWriter, Slot
from mksite.content.model import Kind
from mksite.digest import digest_bytes
from mksite.mention.circumstance import Circumstance, releases
from mksite.mention.grammar.pattern import Bearer, Name, patterns
from mksite.mention.registry import names_of
from mksite.text.name import fold
from mksite.workers import in_parallel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mksite.content.config import Features
    from mksite.mention.grammar.names import NameIndex
    from mksite.mention.visible import Visible
    from mksite.record.record import Record

FILE = "mentions"
WORDS = "words"


class Found(msgspec.Struct, frozen=True, array_like=True):
    """An entity that a text mentions, and where in its HTML the first link to it may stand.

    `end` is 0 where it is mentioned in headings alone, or across the tags of a paragraph.
    """

    kind: Kind
    id: str
    start: int = 0
    end: int = 0


class ReadText(msgspec.Struct, frozen=True, array_like=True):
    """What was recognized in a text. `key` is the digest of what that depends on besides names.

    The words of the text are in a pack, at `place`, once they are saved; before, they are here.
    """

    key: str
    found: tuple[Found, ...] = ()
    words_digest: str = ""
    place: Slot = Slot(0, 0, 0)
    words: bytes = b""


class ReadTexts(msgspec.Struct, frozen=True, array_like=True):
    """All texts as they were read, by the path of their source, by an engine for these names."""

    engine: str
    names: tuple[Name, ...] = ()
    texts: dict[str, ReadText] = {}

    def found(self) -> dict[str, tuple[Found, ...]]:
        """The mentions by path."""
        return {path: text.found for path, text in self.texts.items()}


class Reading(msgspec.Struct, frozen=True):
    """All texts, and the paths of those that were read for it."""

    texts: ReadTexts
    read: tuple[str, ...]


class Bodies(Protocol):
    """The bodies of all Records."""

    def html(self, digest: str) -> str:
        """The safe HTML of a body."""


class Unread(msgspec.Struct, frozen=True):
    """A text to be read."""

    path: str
    key: str
    body_digest: str
    known: tuple[str, ...]
    circumstance: Circumstance


# ---- what is known


def load(root: Path, engine: str) -> ReadTexts:
    """What the last build read; nothing where that was another engine."""
    known = cache.load(root / cache.FOLDER / FILE, ReadTexts)
    return known if known is not None and known.engine == engine else ReadTexts(engine)


def save(root: Path, texts: ReadTexts) -> ReadTexts:
    """What was read is in the cache folder; the words of texts that are gone are not."""
    folder = root / cache.FOLDER / WORDS
    writer = PackWriter(folder, pack.next_number(folder))
    kept = {path: _stored(text, writer) for path, text in texts.texts.items()}
    writer.close()
    moved = pack.compacted(
        folder, {text.words_digest: text.place for text in kept.values() if text.words_digest}
    )
    if moved is not None:
        kept = {
            path: msgspec.structs.replace(text, place=moved.get(text.words_digest, text.place))
            for path, text in kept.items()
        }
    saved = ReadTexts(texts.engine, texts.names, kept)
    cache.save(root / cache.FOLDER / FILE, saved)
    pack.remove_dead(folder, (text.place for text in kept.values() if text.words_digest))
    return saved


def _stored(text: ReadText, writer: PackWriter) -> ReadText:
    if not text.words:
        return text
    return msgspec.structs.replace(text, place=writer.add(text.words), words=b"")


# ---- reading


def names_in(records: Iterable[Record], features: Features) -> tuple[Name, ...]:
    """The names to be recognized on a site; none where it switches them off."""
    return tuple(names_of(records, people=features.people)) if features.mentions else ()


def read(  # noqa: PLR0913  all that mentions follow from
    records: Iterable[Record],
    names: tuple[Name, ...],
    bodies: Bodies,
    known: ReadTexts,
    *,
    root: Path,
    jobs: int = 1,
) -> Reading:
    """The mentions in all texts; read are those that are new or may hold a name that changed."""
    if not names:
        return Reading(ReadTexts(known.engine), ())
    touched = _touched(known, names, root)
    kept: dict[str, ReadText] = {}
    todo: list[Unread] = []
    bearers = None
    for record, circumstance in releases(records):
        if not record.body_digest or not circumstance.is_read:
            continue
        path = record.path
        key = digest_bytes(msgspec.msgpack.encode((record.body_digest, circumstance)))
        before = known.texts.get(path)
        if before is not None and before.key == key and path not in touched:
            kept[path] = before
            continue
        if bearers is None:
            bearers = _bearers(names)
        ids = _known(circumstance, bearers)
        todo.append(Unread(path, key, record.body_digest, ids, circumstance))
    if todo:
        from mksite.mention.grammar.names import NameIndex  # noqa: PLC0415  dear to make, and rarely needed

        for encoded in in_parallel(read_slice, todo, jobs, bodies, NameIndex(names)):
            kept |= msgspec.msgpack.decode(encoded, type=dict[str, ReadText])
    texts = {path: kept[path] for path in sorted(kept)}
    return Reading(ReadTexts(known.engine, names, texts), tuple(text.path for text in todo))


def _touched(known: ReadTexts, names: tuple[Name, ...], root: Path) -> set[str]:
    """The paths of the texts that may hold a name of an entity whose names have changed."""
    if names == known.names or not known.texts:
        return set()
    from mksite.mention.word import may_hold, slots_of  # noqa: PLC0415  as above

    changed = set(names) ^ set(known.names)
    entities = {name.key for name in changed}
    both = dict.fromkeys((*known.names, *names))
    wanted = [slots_of(p) for name in both if name.key in entities for p in patterns(name)]
    places = {text.words_digest: text.place for text in known.texts.values() if not text.words}
    reader = PackReader(root / cache.FOLDER / WORDS, places)
    touched = set()
    for path, text in known.texts.items():
        words = text.words or reader.data(text.words_digest)
        if may_hold(words.decode(), wanted):
            touched.add(path)
    reader.close()
    return touched


def _bearers(names: Iterable[Name]) -> dict[str, set[str]]:
    """The ids of all that bear a name, by the name folded."""
    bearers: dict[str, set[str]] = {}
    for name in names:
        bearers.setdefault(fold(name.text), set()).add(name.id)
    return bearers


def _known(circumstance: Circumstance, bearers: dict[str, set[str]]) -> tuple[str, ...]:
    """The ids that front matter names, by themselves or by any name."""
    ids = {name.rpartition("/")[2] for name in circumstance.named}
    for name in circumstance.named:
        ids |= bearers.get(fold(name), set())
    return tuple(sorted(ids))


def known_ids(circumstance: Circumstance, names: Iterable[Name]) -> tuple[str, ...]:
    """The ids that the front matter of one release names."""
    return _known(circumstance, _bearers(names))


def read_slice(_number: int, texts: Iterable[Unread], bodies: Bodies, index: NameIndex) -> bytes:
    """In one process: texts read; the ReadTexts by path, encoded."""
    made = {text.path: read_one(text, bodies.html(text.body_digest), index) for text in texts}
    return msgspec.msgpack.encode(made)


def read_one(text: Unread, html: str, index: NameIndex) -> ReadText:
    """One text, read."""
    from mksite.mention.recognize import Circumstances, examine_words  # noqa: PLC0415
    from mksite.mention.token import tokenize  # noqa: PLC0415
    from mksite.mention.visible import of_html  # noqa: PLC0415
    from mksite.mention.word import words_of  # noqa: PLC0415

    visible = of_html(html)
    tokens = tokenize(visible.text)
    given = Circumstances(text.known, text.circumstance.day)
    found: dict[Bearer, Found] = {}
    for mention in examine_words(visible.text, visible, tokens, index, given).mentions:
        key = (mention.kind, mention.id)
        if key in found and found[key].end:
            continue
        is_linkable = _is_linkable(html, mention.start, mention.end, visible)
        span = (mention.start, mention.end) if is_linkable else (0, 0)
        found[key] = msgspec.convert((*key, *span), Found)
    words = words_of(tokens).encode()
    return ReadText(text.key, tuple(found.values()), digest_bytes(words), words=words)


def _is_linkable(html: str, start: int, end: int, visible: Visible) -> bool:
    """Whether a link may stand there: outside headings, and around whole elements."""
    return "<" not in html[start:end] and not any(
        first <= start < last for first, last in visible.headings
    )
