"""What the last build knew of the sources, as it is kept in the cache folder."""

from __future__ import annotations

import msgspec

from mksite.cache.pack import Slot
from mksite.record.record import Record
from mksite.source.source import Stat


class ParsedSource(msgspec.Struct, frozen=True, array_like=True):
    """A parsed source: its digest and stat, its encoded Record, and its body's place."""

    path: str
    digest: str
    stat: Stat
    record: msgspec.Raw
    body_digest: str
    place: Slot


class KnownFile(msgspec.Struct, frozen=True, array_like=True):
    """An attachment or asset whose digest is known."""

    path: str
    digest: str
    stat: Stat


class Parsed(msgspec.Struct, frozen=True, array_like=True):
    """What the last build knew of the sources. `key` is the digest of what parsing rests on."""

    key: str
    entries: tuple[ParsedSource, ...] = ()
    files: tuple[KnownFile, ...] = ()

    def places(self) -> dict[str, Slot]:
        """Where the bodies lie, by their digest."""
        return {entry.body_digest: entry.place for entry in self.entries if entry.body_digest}


def read_record(raw: msgspec.Raw) -> Record:
    """The Record of a ParsedSource."""
    return _RECORD.decode(raw)


def encode_record(record: Record) -> bytes:
    """The compact typed form of a Record."""
    return _ENCODER.encode(record)


_ENCODER = msgspec.msgpack.Encoder()
_RECORD = msgspec.msgpack.Decoder(Record)
