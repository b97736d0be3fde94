"""Sources to Records: those of unchanged bytes from the cache, the others parsed in several
processes. A body goes from its process straight into a pack; only its digest travels.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mksite.cache import cache, pack
from mksite.source import source
from mksite.cache.cache import Entry, FileEntry, Parsed
from mksite.cache.pack import PackWriter, Place
from mksite.workers import Tick, in_parallel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.content.config import Site
    from mksite.build.inputs import Inputs
    from mksite.record.record import Record
    from mksite.source.source import Source


class Folders(msgspec.Struct, frozen=True):
    """The site folder, and that of the bodies' packs."""

    root: Path
    packs: Path


class Read(msgspec.Struct, frozen=True):
    """All sources parsed, in the order of their paths, and the paths of those that were not
    known.
    """

    parsed: Parsed
    changed: tuple[str, ...]

    def records(self) -> list[Record]:
        """All Records. Costs some microseconds each: they are decoded here."""
        return [cache.read_record(entry.record) for entry in self.parsed.entries]


def parse_key(site: Site, engine: str) -> str:
    """The digest of what parsing rests on besides the bytes."""
    return source.digest_bytes("\0".join((engine, *site.languages)).encode())


def read(inputs: Inputs, known: Parsed, folders: Folders, jobs: int, tick: Tick) -> Read:
    """All sources parsed, those that `known` holds by their bytes left as they are."""
    entries = {entry.path: entry for entry in known.entries}
    fresh: dict[str, Entry] = {}
    todo: list[Source] = []
    for found in inputs.scan.sources:
        entry = entries.get(found.path)
        if entry is None or entry.digest != found.digest:
            todo.append(found)
        elif entry.stat != found.stat:
            fresh[found.path] = msgspec.structs.replace(entry, stat=found.stat)
        else:
            fresh[found.path] = entry
    if todo:
        first = pack.next_number(folders.packs)
        made = in_parallel(parse_slice, todo, jobs, folders, first, inputs.site, tick=tick)
        for encoded in made:
            for entry in msgspec.msgpack.decode(encoded, type=list[Entry]):
                fresh[entry.path] = entry
    ordered = tuple([fresh[found.path] for found in inputs.scan.sources])
    files = tuple(FileEntry(a.path, a.digest, a.stat) for a in inputs.scan.attachments)
    return Read(Parsed(known.key, ordered, files), tuple([found.path for found in todo]))


def is_settled_by(inputs: Inputs, known: Parsed) -> bool:
    """Whether the scan has stats to be trusted where `known` has none: files that were young
    at the last scan need not be opened again once this one is remembered.
    """
    stats = {entry.path: entry.stat for entry in known.entries}
    stats.update((entry.path, entry.stat) for entry in known.files)
    found = [(item.path, item.stat) for item in inputs.scan.sources]
    found += [(item.path, item.stat) for item in inputs.scan.attachments]
    return any(stat not in (source.NEVER, stats.get(path)) for path, stat in found)


def parse_slice(
    number: int, sources: Iterable[Source], folders: Folders, first: int, site: Site
) -> bytes:
    """In one process: sources parsed, bodies in a pack of its own; the Entries, encoded."""
    from mksite.record import body, parsing  # noqa: PLC0415  Markdown is loaded only where it is needed

    converter = body.Converter()
    writer = PackWriter(folders.packs, first + number)
    read_bytes = source.reader(folders.root)
    entries = []
    for item in sources:
        data = read_bytes(item.path)
        digest = source.digest_bytes(data)
        stat = item.stat if digest == item.digest else source.NEVER  # saved again since the scan
        record, parsed_body = parsing.parse(item, data, site, converter)
        html = parsed_body.html.encode()
        place = writer.add(html) if record.body_digest else Place(0, 0, 0)
        raw = msgspec.Raw(cache.encode_record(record))
        entries.append(Entry(item.path, digest, stat, raw, record.body_digest, place))
    writer.close()
    return msgspec.msgpack.encode(entries)


def save(parsed: Parsed, folder: Path, packs: Path) -> Parsed:
    """What is known is in the cache folder, and packs that nothing names are gone."""
    places = parsed.places()
    moved = pack.compacted(packs, places)
    if moved is not None:
        entries = tuple(
            msgspec.structs.replace(entry, place=moved.get(entry.body_digest, entry.place))
            for entry in parsed.entries
        )
        parsed = Parsed(parsed.key, entries, parsed.files)
    cache.save(folder / "records", parsed)
    pack.remove_dead(packs, (entry.place for entry in parsed.entries if entry.body_digest))
    return parsed
