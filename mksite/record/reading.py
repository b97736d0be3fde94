"""Parses the sources whose bytes have changed, in several processes.

The others come from the cache. A body goes straight into a pack; only its digest travels.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mksite.cache import cache, pack
from mksite.cache.pack import PackWriter, Slot
from mksite.content.config import Site
from mksite.digest import digest_bytes
from mksite.record.parsed import KnownFile, Parsed, ParsedSource, encode_record, read_record
from mksite.source import source
from mksite.workers import Tick, in_parallel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.record.record import Record
    from mksite.source.source import Scan, Source


class ParseContext(msgspec.Struct, frozen=True):
    """What parsing needs besides the sources: the site folder, the folder of the bodies' packs,
    and the configuration.
    """

    root: Path
    packs: Path
    site: Site


class Read(msgspec.Struct, frozen=True):
    """All sources parsed, in the order of their paths, and the paths of those that were not
    known.
    """

    parsed: Parsed
    changed: tuple[str, ...]

    def records(self) -> list[Record]:
        """All Records. Costs some microseconds each: they are decoded here."""
        return [read_record(entry.record) for entry in self.parsed.entries]


def parse_key(site: Site, engine: str) -> str:
    """The digest of what parsing rests on besides the bytes."""
    return digest_bytes("\0".join((engine, *site.languages)).encode())


def read(scan: Scan, known: Parsed, context: ParseContext, jobs: int, tick: Tick) -> Read:
    """All sources parsed, those that `known` holds by their bytes left as they are."""
    entries = {entry.path: entry for entry in known.entries}
    fresh: dict[str, ParsedSource] = {}
    todo: list[Source] = []
    for item in scan.sources:
        entry = entries.get(item.path)
        if entry is None or entry.digest != item.digest:
            todo.append(item)
        elif entry.stat != item.stat:
            fresh[item.path] = msgspec.structs.replace(entry, stat=item.stat)
        else:
            fresh[item.path] = entry
    if todo:
        first = pack.next_number(context.packs)
        made = in_parallel(parse_slice, todo, jobs, context, first, tick=tick)
        for encoded in made:
            for entry in msgspec.msgpack.decode(encoded, type=list[ParsedSource]):
                fresh[entry.path] = entry
    ordered = tuple([fresh[item.path] for item in scan.sources])
    files = tuple(KnownFile(a.path, a.digest, a.stat) for a in scan.attachments)
    return Read(Parsed(known.key, ordered, files), tuple([item.path for item in todo]))


def is_settled_by(scan: Scan, known: Parsed) -> bool:
    """Whether the scan has stats to be trusted where `known` has none: files that were young
    at the last scan need not be opened again once this one is remembered.
    """
    stats = {entry.path: entry.stat for entry in known.entries}
    stats.update((entry.path, entry.stat) for entry in known.files)
    young = [(item.path, item.stat) for item in scan.sources]
    young += [(item.path, item.stat) for item in scan.attachments]
    return any(stat not in (source.NEVER, stats.get(path)) for path, stat in young)


def parse_slice(number: int, sources: Iterable[Source], context: ParseContext, first: int) -> bytes:
    """In one process: sources parsed, bodies in a pack of its own; the Entries, encoded."""
    from mksite.record import parsing  # noqa: PLC0415  Markdown is loaded only where it is needed

    writer = PackWriter(context.packs, first + number)
    read_bytes = source.reader(context.root)
    entries = []
    for item in sources:
        data = read_bytes(item.path)
        digest = digest_bytes(data)
        stat = item.stat if digest == item.digest else source.NEVER  # saved again since the scan
        record, parsed_body = parsing.parse(item, data, context.site)
        html = parsed_body.html.encode()
        place = writer.add(html) if record.body_digest else Slot(0, 0, 0)
        raw = msgspec.Raw(encode_record(record))
        entries.append(ParsedSource(item.path, digest, stat, raw, record.body_digest, place))
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
