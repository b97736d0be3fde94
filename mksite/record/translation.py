"""Finds translations that are behind their originals, and writes the mark that tells.

A translation's front matter holds under `original` the digest of the title, summary and text that
were translated (`mksite.record.parsing.original_digest`). Where the original's digest is another
one now, the translation is outdated. mksite writes the mark; a person decides when it is due.
"""

from __future__ import annotations

import re
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

import msgspec

from mksite.cache import cache
from mksite.content.front_matter import document
from mksite.content.model import Release, StaticPage, Translation
from mksite.errors import UsageError
from mksite.record import reading
from mksite.record.parsed import Parsed, read_record
from mksite.record.record import is_outdated
from mksite.source import source
from mksite.source.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.content.config import Site
    from mksite.content.model import Key
    from mksite.record.record import Record
    from mksite.source.source import Source

State = Literal["outdated", "unmarked", "missing"]
STATES: tuple[State, ...] = ("outdated", "unmarked", "missing")

_FENCE = re.compile(rb"^---[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_MARK = re.compile(
    rb"""^(?P<key>original[ \t]*:)[ \t]*(?P<value>"[^"\r\n]*"|'[^'\r\n]*'|[^\s#'"|>][^\s#]*)?""",
    re.MULTILINE,
)
_NUMBER = re.compile(r"[0-9]+(?:e[0-9]+)?")


class Lag(msgspec.Struct, frozen=True, order=True):
    """A translation that does not keep up with its original.

    `path` is that of the translation, also where it is missing; `digest` that of the original now.
    """

    lang: str
    state: State
    path: str
    digest: str


def lags(records: Iterable[Record], languages: tuple[str, ...]) -> tuple[Lag, ...]:
    """All that does not keep up, by language, then as in `STATES`, then by path.

    An entity without a text has nothing to be translated: its names stand in its original.
    Records that could not be read are left out.
    """
    grouped: dict[Key, dict[str, Record]] = {}
    for record in records:
        if record.meta is not None:
            grouped.setdefault((record.kind, record.id), {})[record.lang] = record
    lags = []
    for group in grouped.values():
        original = group.get("")
        if original is not None:
            own = original.language(languages[0])
            others = (lang for lang in languages if lang != own)
            lags += [_lag(original, group.get(lang), lang) for lang in others]
    order = {lang: number for number, lang in enumerate(languages)}
    return tuple(
        sorted(
            (lag for lag in lags if lag is not None),
            key=lambda lag: (order[lag.lang], STATES.index(lag.state), lag.path),
        )
    )


def outdated_count(records: Iterable[Record]) -> int:
    """How many translations are outdated; as cheap as can be, for every build asks."""
    current: dict[Key, str] = {}
    marks: list[tuple[Key, str]] = []
    for record in records:
        key = (record.kind, record.id)
        if not record.lang:
            current[key] = record.original_digest
        elif isinstance(record.meta, Translation) and record.meta.original is not None:
            marks.append((key, record.meta.original))
    return sum(1 for key, seen in marks if current.get(key, seen) != seen)


def _lag(original: Record, translation: Record | None, lang: str) -> Lag | None:
    digest = original.original_digest
    if translation is None:
        if not original.body_digest and not isinstance(original.meta, Release | StaticPage):
            return None
        return Lag(lang, "missing", f"{original.path.removesuffix('.md')}.{lang}.md", digest)
    if not isinstance(translation.meta, Translation) or translation.meta.original is None:
        return Lag(lang, "unmarked", translation.path, digest)
    if is_outdated(digest, translation.meta):
        return Lag(lang, "outdated", translation.path, digest)
    return None


def read_records(root: Path, site: Site, engine: str) -> list[Record]:
    """The Records of all sources as of now, drafts too; those of known bytes from the cache."""
    known = cache.load(root / cache.FOLDER / "records", Parsed)
    key = reading.parse_key(site, engine)
    entries = {entry.path: entry for entry in known.entries} if known and known.key == key else {}
    stats = {entry.path: (entry.digest, entry.stat) for entry in entries.values()}
    scanned = source.scan(root, stats, now_ns=time.time_ns())
    fresh: list[Source] = []
    records = []
    for item in scanned.sources:
        entry = entries.get(item.path)
        if entry is not None and entry.digest == item.digest:
            records.append(read_record(entry.record))
        else:
            fresh.append(item)
    if fresh:
        from mksite.record import parsing  # noqa: PLC0415  Markdown is loaded only where it is needed

        read = source.reader(root)
        records += [parsing.parse(item, read(item.path), site)[0] for item in fresh]
    return records


def chosen(
    lags: tuple[Lag, ...], paths: tuple[Path, ...], root: Path, records: Iterable[Record]
) -> tuple[Lag, ...]:
    """The translations to be marked: those in `paths`, files or folders; else all unmarked ones.

    Raises UsageError for a path that holds no translation.
    """
    if not paths:
        return tuple(lag for lag in lags if lag.state == "unmarked")
    translations = {record.path for record in records if record.lang}
    lagging = {lag.path: lag for lag in lags if lag.state != "missing"}
    picked: dict[str, Lag] = {}
    for path in paths:
        inside = _within(path, root, translations)
        if not inside:
            raise UsageError("no-translation", path=str(path))
        picked |= {name: lagging[name] for name in inside if name in lagging}
    return tuple(picked[name] for name in sorted(picked))


def _within(path: Path, root: Path, translations: set[str]) -> list[str]:
    """The translations at or below a path, which is seen from here or from the site folder."""
    for full in (path.absolute(), root / path):
        try:
            seen = PurePosixPath(full.resolve().relative_to(root.resolve()).as_posix())
        except ValueError:
            continue
        inside = [t for t in translations if t == str(seen) or seen in PurePosixPath(t).parents]
        if inside:
            return sorted(inside)
    return []


def mark(root: Path, lag: Lag) -> bool:
    """The translation's file tells that it is of the original as it is now.

    False where that cannot be written without changing anything else: then nothing is.
    """
    path = root / lag.path
    data = path.read_bytes()
    made = marked(data, lag.digest)
    if made is None:
        return False
    if made != data:
        write_all({path: made})
    return True


def marked(data: bytes, digest: str) -> bytes | None:
    """A translation's bytes with that mark; everything else stays as it is, byte for byte.

    None where the front matter is written in such a way that this cannot be done.
    """
    try:
        before = document.read(data)
    except document.DocumentError:
        return None
    fences = list(_FENCE.finditer(data.removeprefix(b"\xef\xbb\xbf")))[:2]
    if len(fences) < 2:  # noqa: PLR2004  one at each end of the front matter
        return None
    offset = len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))
    start, end = fences[0].end() + offset, fences[1].start() + offset
    value = (f'"{digest}"' if _NUMBER.fullmatch(digest) else digest).encode()
    mark = _MARK.search(data, start, end)
    if mark and mark["value"] is not None:
        made = data[: mark.start("value")] + value + data[mark.end("value") :]
    elif mark:
        made = data[: mark.end("key")] + b" " + value + data[mark.end("key") :]
    else:
        line_end = fences[0][0].lstrip(b"- \t") or b"\n"
        made = data[:end] + b"original: " + value + line_end + data[end:]
    return made if _is_only_marked(before, made, digest) else None


def _is_only_marked(before: document.Document, made: bytes, digest: str) -> bool:
    """Whether the file now says the same as before, and the mark."""
    try:
        after = document.read(made)
    except document.DocumentError:
        return False
    return after.body == before.body and after.tree == {**before.tree, "original": digest}
