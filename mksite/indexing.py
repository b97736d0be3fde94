"""Index words to a Pagefind bundle: its files by name, the same bytes for the same records.

Pagefind's own program does the work, spoken to over its pipes: messages are JSON in base64 with a
comma after each (https://pagefind.app/docs/py-api/ describes them; its Python client waits a tenth
of a second for every answer). Pagefind is given words that are folded and stemmed already, under a
language that it does not stem, so that one index serves all languages. What a reader is shown
stands in the fragments: they are written here, each under the name that Pagefind gave it. Facets
and dates stand in a table beside the index: Pagefind's own filters lie in another order each time,
and cannot be counted over several searches.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import threading
import zlib
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from mksite.digest import digest_bytes
from mksite.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LANGUAGE = "und"  # a language that Pagefind has no stemmer for: ISO 639-2, undetermined
WASM = "wasm.unknown.pagefind"
_PAGE = re.compile(rb"und_[0-9a-f]+")  # the name of a fragment
_SIGNATURE = b"pagefind_dcd"
_GZIP = 16 + zlib.MAX_WBITS
_URL_BYTES = 100
_WEIGHTS = (0.5, 1.0, 2.0, 4.0, 10.0)  # Pagefind has none above 10


class Entry(msgspec.Struct, frozen=True):
    """What is found as one: its words and what each weighs, its date to sort by, its facets (ids
    by the name of the facet), and what is shown of it (JSON).
    """

    words: dict[str, float]
    date: str
    facets: dict[str, tuple[str, ...]]
    shown: bytes


class Index(msgspec.Struct, frozen=True):
    """A bundle: the names of the two files that are read first, and all files by name."""

    start: dict[str, str]
    files: dict[str, bytes]


class Engine(msgspec.Struct, frozen=True):
    """What a browser needs to search in any bundle."""

    script: bytes
    wasm: bytes


@cache
def executable() -> Path | None:
    """Pagefind's program; None where there is none for this machine."""
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415  a wheel for some systems only
    except ImportError:
        return None
    found = Path(get_executable())
    return found if found.is_file() else None


def index(entries: Iterable[Entry]) -> Index:
    """The bundle of these entries. Raises MachineError."""
    placed: dict[str, Entry] = {}
    records: list[dict[str, Any]] = []
    for number, entry in enumerate(sorted(entries, key=lambda entry: entry.date)):
        url = f"{number}-{digest_bytes(entry.shown)}"
        placed[url] = entry
        records.append(
            {
                "type": "AddRecord",
                "index_id": 0,
                "url": url,
                "content": " ".join(_weighted(entry.words)),
                "language": LANGUAGE,
                "meta": {},
                "filters": {},
                "sort": {},
            }
        )
    if not records:
        return Index({}, {})
    start: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    found: dict[str, Entry] = {}
    for path, data in sorted(_files(records).items()):
        if path.startswith("fragment/"):
            name = path.removeprefix("fragment/").removesuffix(".pf_fragment")
            found[name] = placed[_url(data)]
            kept[path] = _packed(found[name].shown)
        elif path.endswith(".pf_meta"):
            start["meta"] = path.removeprefix("pagefind.").removesuffix(".pf_meta")
            kept[path] = data
        elif path.startswith("index/"):
            kept[path] = data
    order = dict.fromkeys(_PAGE.findall(gzip.decompress(kept[f"pagefind.{start['meta']}.pf_meta"])))
    table = _packed(_table([found[name.decode()] for name in order if name.decode() in found]))
    start["table"] = f"table.{digest_bytes(table)[:10]}.pf_table"
    kept[start["table"]] = table
    return Index(start, kept)


def engine() -> Engine:
    """Pagefind's script and program for browsers. Of the script the class of one index is left,
    which `search.js` asks shard by shard. Raises MachineError.
    """
    entry = {"type": "AddRecord", "index_id": 0, "url": "x", "content": "x", "language": LANGUAGE}
    files = _files([{**entry, "meta": {}, "filters": {}, "sort": {}}])
    script = files["pagefind.js"].decode()
    head, instance, rest = script.partition("var PagefindInstance=class")
    body, wrapper, _ = rest.partition("var Pagefind=class")
    if not (instance and wrapper and "load_wasm" in body):
        raise MachineError("search-engine-changed")
    script = f"{head}{instance}{body}export{{PagefindInstance}};\n"
    return Engine(script.encode(), files[WASM])


def _weighted(words: Mapping[str, float]) -> Iterator[str]:
    """The words as Pagefind reads weights, each word once and in the same order for each entry:
    so they take half the room.
    """
    groups: dict[float, list[str]] = {}
    for word, weight in words.items():
        groups.setdefault(_step(weight), []).append(word)
    for group in sorted(groups, reverse=True):
        yield f"___PAGEFIND_WEIGHT___{group:g}"
        yield from sorted(groups[group])
        yield "___END_PAGEFIND_WEIGHT___"


@lru_cache(maxsize=1024)
def _step(weight: float) -> float:
    """The nearest of Pagefind's weights that is no greater, or the least."""
    return max((step for step in _WEIGHTS if step <= weight), default=_WEIGHTS[0])


def _url(fragment: bytes) -> str:
    """The address that a fragment of Pagefind's begins with."""
    start = zlib.decompressobj(_GZIP).decompress(fragment, _URL_BYTES)
    return start.split(b'"', 4)[3].decode().strip("/")


def _packed(data: bytes) -> bytes:
    """Bytes as Pagefind's script unpacks them, with no time in them."""
    return gzip.compress(_SIGNATURE + data, 6, mtime=0)


def _table(entries: Sequence[Entry]) -> bytes:
    """The dates and the facets of the entries, in the order in which Pagefind's first file names
    their fragments, as JSON: the ids stand once, and the columns hold their places.
    """
    facets = sorted({facet for entry in entries for facet in entry.facets})
    ids = {
        facet: sorted({one for entry in entries for one in entry.facets.get(facet, ())})
        for facet in facets
    }
    places = {facet: {one: n for n, one in enumerate(ids[facet])} for facet in facets}
    columns = {
        facet: [[places[facet][one] for one in entry.facets.get(facet, ())] for entry in entries]
        for facet in facets
    }
    table = {"dates": [entry.date for entry in entries], "ids": ids, "columns": columns}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()


def _files(records: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """All files that Pagefind makes of an index of these records."""
    program = executable()
    if program is None:
        raise MachineError("search-engine-missing")
    try:
        with subprocess.Popen(
            [program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            if process.stdin is None or process.stdout is None:
                raise MachineError("search-engine-failed", reason="pipe")
            made = _converse(records, process.stdin, process.stdout)
            process.kill()
    except OSError as error:
        raise MachineError("search-engine-failed", reason=str(error)) from error
    return {file["path"]: base64.b64decode(file["content"]) for file in made}


def _converse(
    records: Iterable[Mapping[str, Any]], stdin: IO[bytes], stdout: IO[bytes]
) -> list[dict[str, str]]:
    """Sends all requests while the answers are read; gives the files of the last one."""
    requests = [{"type": "NewIndex", "config": {"keep_index_url": True}}, *records]
    requests.append({"type": "GetFiles", "index_id": 0})

    def send() -> None:
        try:
            for number, request in enumerate(requests):
                message = json.dumps({"message_id": number, "payload": request}).encode()
                stdin.write(base64.b64encode(message) + b",")
            stdin.flush()
        except OSError:
            pass  # the reader sees the end of the answers

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    for message in _answers(stdout):
        payload = message["payload"]
        if payload["type"] == "Error":
            raise MachineError("search-engine-failed", reason=payload["message"])
        if payload["type"] == "GetFiles":
            return list(payload["files"])
    raise MachineError("search-engine-failed", reason="end of answers")


def _answers(stdout: IO[bytes]) -> Iterator[dict[str, Any]]:
    waiting = b""
    while block := stdout.read1(1 << 20):  # type: ignore[attr-defined]
        *whole, waiting = (waiting + block).split(b",") if b"," in block else (waiting + block,)
        for message in whole:
            yield json.loads(base64.b64decode(message))
