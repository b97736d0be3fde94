"""Takes out of office documents (OOXML, OpenDocument 1.3) what they tell of their makers.

Both are ZIP archives of XML parts, pictures and other files. Parts that are there to tell of the
makers are left out; in the others the names of authors, times of changes, ids of editing sessions
and paths on somebody's disk are blanked, wherever they stand, and pictures lose their metadata.
What cannot be looked into (macros, embedded films, OLE objects) is refused. The archive is
written anew in the same order, without times: the same bytes give the same bytes. No I/O here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from io import BytesIO

from mksite.attachment import svg
from mksite.attachment.embedded import strip
from mksite.attachment.office_xml import Filter, is_relation_dropped
from mksite.attachment.picture import Clean, Unclean

MAX_PARTS = 20_000
MAX_BYTES = 400_000_000  # of all parts together, unpacked

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what an encrypted document, too, is wrapped in
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that ZIP can tell
_MIMETYPE = "mimetype"
_TYPES = "[Content_Types].xml"
_MANIFEST = "META-INF/manifest.xml"

# Parts that only tell of the makers, their programs and printers; nothing in the text needs them.
_DROPPED_OOXML = re.compile(
    r"docProps/|customXml/|docMetadata/|_xmlsignatures/|userCustomization/|customUI/|"
    r"word/(?:glossary/)?people\.xml$|(?:word|xl|ppt)/documenttasks/|(?:xl|ppt)/printerSettings/|"
    r"xl/revisions/|xl/customProperty|ppt/changesInfos/|ppt/revisionInfo\.xml$"
)
_DROPPED_OPEN = re.compile(
    r"(?:[^/]+/)*(?:meta|settings)\.xml$|(?:meta|manifest)\.rdf$|layout-cache$|"
    r"Thumbnails/|Configurations2/|Basic/|Scripts/|Dialogs/|META-INF/(?!manifest\.xml$)"
)
_XML = re.compile(r"\.(?:xml|rels|vml|rdf)$", re.IGNORECASE)
_FONT = re.compile(r"\.(?:odttf|fntdata|ttf|otf)$", re.IGNORECASE)
_METAFILES = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00", b"VCLMTF")
_EMF_MARK = b" EMF"
_EMF_HEADER_BYTES = 88
_PAGES = (
    ("docProps/app.xml", re.compile(rb"<(?:\w+:)?Pages>(\d{1,5})<")),
    ("meta.xml", re.compile(rb'\bpage-count="(\d{1,5})"')),
)
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml$")
MAX_XML_BYTES = 12_000_000  # of all XML parts: a book has three, and reading takes time
_MAX_NESTING = 3  # documents within documents


def clean(data: bytes, *, depth: int = 0) -> Clean:
    """The document to be published.

    Raises Unclean where it is damaged, protected, or holds something that cannot be freed of
    metadata.
    """
    if data.startswith(_OLE):
        raise Unclean("document-protected")
    parts = _parts(data)
    if _TYPES not in parts and _MIMETYPE not in parts:
        raise Unclean("document-damaged")
    if b":encryption-data" in parts.get(_MANIFEST, b""):
        raise Unclean("document-protected")
    dropped = _DROPPED_OPEN if _MIMETYPE in parts else _DROPPED_OOXML
    gone = frozenset(name for name in parts if dropped.match(_owner(name)))
    changes = False
    made: dict[str, bytes] = {}
    for name, part in parts.items():
        if name not in gone:
            made[name], changed = _part(name, part, gone, depth)
            changes = changes or changed
    return Clean(_packed(made), _page_count(parts), changes)


def _owner(name: str) -> str:
    """The part whose relationships these are: `word/_rels/document.xml.rels` → that document."""
    if not name.endswith(".rels"):
        return name
    folder, _, file = name.rpartition("/")
    return f"{folder.removesuffix('_rels')}{file.removesuffix('.rels')}"


def _parts(data: bytes) -> dict[str, bytes]:
    """The files of the archive by name, in their order. Raises Unclean."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries)
            return {entry.filename: _unpacked(archive, entry) for entry in entries}
    except (Unclean, MemoryError):
        raise
    except Exception as error:  # a damaged archive makes zipfile raise almost anything
        raise Unclean("document-damaged") from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    """Raises Unclean before anything is unpacked that would fill the memory."""
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise Unclean("document-too-large", limit=str(MAX_BYTES // 1_000_000))
    xml = sum(entry.file_size for entry in entries if _XML.search(entry.filename))
    if xml > MAX_XML_BYTES:
        raise Unclean("document-too-long", limit=str(MAX_XML_BYTES // 1_000_000))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unclean("document-protected")
    if len({entry.filename for entry in entries}) != len(entries):
        raise Unclean("document-damaged")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a file that is no longer than it says it is."""
    with archive.open(entry) as file:
        part = file.read(entry.file_size + 1)
    if len(part) != entry.file_size:
        raise Unclean("document-damaged")
    return part


def _packed(parts: dict[str, bytes]) -> bytes:
    """The archive with these parts: no times, nobody's system."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            stored = name == _MIMETYPE
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, part, compresslevel=zlib.Z_DEFAULT_COMPRESSION)
    return made.getvalue()


def _part(name: str, part: bytes, gone: frozenset[str], depth: int) -> tuple[bytes, bool]:
    """A part as it is published, and whether it shows changes or comments. Raises Unclean."""
    if not part or name == _MIMETYPE or _FONT.search(name):
        return part, False
    if _XML.search(name) or part.lstrip()[:5] == b"<?xml":
        return _markup(name, part, gone)
    if part.startswith(b"PK\x03\x04") and depth < _MAX_NESTING:
        nested = clean(part, depth=depth + 1)
        return nested.data, nested.changes
    return _drawn(name, part), False


def _drawn(name: str, part: bytes) -> bytes:
    """A picture without metadata. Raises Unclean for anything else: it cannot be looked into."""
    try:
        stripped = svg.clean(part) if name.lower().endswith(".svg") else strip(part)
    except Unclean:
        stripped = None
    if stripped is None and part[40:44] == _EMF_MARK:
        return _without_description(part)
    if stripped is None and part.startswith(_METAFILES):
        return part
    if stripped is None:
        raise Unclean("document-embedded", part=name)
    return stripped


def _without_description(part: bytes) -> bytes:
    """An EMF drawing ([MS-EMF] 2.3.4.2) without the names of its program and file."""
    length, offset = (int.from_bytes(part[at : at + 4], "little") for at in (60, 64))
    end = offset + 2 * length
    if not length or end > len(part) or offset < _EMF_HEADER_BYTES:
        return part
    return part[:60] + bytes(8) + part[68:offset] + bytes(2 * length) + part[end:]


def _markup(name: str, part: bytes, gone: frozenset[str]) -> tuple[bytes, bool]:
    """An XML part without what tells of its makers. Raises Unclean."""
    folder = posixpath.dirname(_owner(name))

    def is_gone(target: str) -> bool:
        """Whether a part that is named from here is left out."""
        return posixpath.normpath(posixpath.join("/", folder, target))[1:] in gone

    def drops(tag: str, given: dict[str, str]) -> bool:
        if tag == "Relationship":
            return is_relation_dropped(given, is_gone)
        if tag == "Override":
            return given.get("PartName", "").lstrip("/") in gone
        return any(key.endswith("full-path") and path in gone for key, path in given.items())

    listing = name.endswith(".rels") or name in (_TYPES, _MANIFEST)
    reader = Filter(drops=drops if listing else None)
    try:
        return reader.read(part), reader.changes
    except ValueError:
        raise Unclean("document-damaged") from None


def _page_count(parts: dict[str, bytes]) -> int:
    """How many pages or slides the program counted when it last saved; 0 where it tells none."""
    slides = sum(1 for name in parts if _SLIDE.fullmatch(name))
    if slides:
        return slides
    for name, pattern in _PAGES:
        match = pattern.search(parts.get(name, b""))
        if match:
            return int(match[1])
    return 0
