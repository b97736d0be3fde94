"""Takes out of a PDF what it tells of its makers, and what would run; no I/O here.

A copy is made of what the document's root leads to (ISO 32000-1, 7.7.2), which leaves out earlier
versions of the file, its Info dictionary and its identifiers. From what remains go XMP, drawing
programs' private data, thumbnails, authors and times of annotations, attached files, scripts,
signatures (they hold the signer's certificate and would be broken anyway), and the metadata of
pictures. The same bytes give the same bytes.

pypdf is loaded where there is a PDF, not before. Costs some milliseconds a page.
"""

from __future__ import annotations

import logging
import zlib
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mksite.attachment.embedded import strip_jpeg, strip_jpeg2000
from mksite.attachment.office_xml import without_path
from mksite.attachment.picture import Clean, Unclean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, StreamObject

MAX_PICTURE_BYTES = 100_000_000  # of one picture as it stands in the PDF

_EVERYWHERE = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Thumb",
    "/AA",
    "/AF",
    "/EF",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/XFA",
    "/Collection",
    "/Perms",
    "/DSS",
    "/CreatorInfo",
    "/SpiderInfo",
    "/CreationDate",
    "/ModDate",
)
_OF_NOTES = ("/T", "/M", "/NM", "/Subj", "/FS", "/Popup")
_LEADING_OUT = ("/Launch", "/GoToR", "/GoToE", "/Thread", "/SubmitForm", "/ImportData")
_OF_LAUNCHING = ("/F", "/Win", "/Mac", "/Unix")


def clean(data: bytes) -> Clean:
    """The PDF to be published. Raises Unclean where it is damaged or encrypted."""
    from pypdf import PdfWriter  # noqa: PLC0415  costs 100 ms, only where there is a PDF

    with _silent():
        try:
            reader = _reader(data)
            writer = PdfWriter()
            writer.clone_reader_document_root(reader)
            writer.pdf_header = reader.pdf_header
            _scrub(writer)
            made = BytesIO()
            writer.write(made)
            pages = len(writer.pages)
        except (Unclean, MemoryError):
            raise
        except Exception as error:  # a damaged file makes pypdf raise almost anything
            raise Unclean("document-damaged") from error
    if not pages:
        raise Unclean("document-damaged")
    return Clean(made.getvalue(), pages)


def _reader(data: bytes) -> PdfReader:
    """The PDF. Raises Unclean where a password is asked for reading or changing it."""
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        raise Unclean("document-protected")
    return reader


@contextmanager
def _silent() -> Iterator[None]:
    """Within the block pypdf's remarks on sloppy files, which are not for editors, are kept."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _scrub(writer: PdfWriter) -> None:
    """Everything that the root leads to is scrubbed, everything else is gone."""
    from pypdf.generic import (  # noqa: PLC0415
        ArrayObject,
        DictionaryObject,
        IndirectObject,
        StreamObject,
    )

    reached: set[int] = set()
    todo: list[Any] = [writer.root_object.indirect_reference]
    while todo:
        item = todo.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in reached:
                continue
            reached.add(item.idnum)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            _scrub_dictionary(item)
            if isinstance(item, StreamObject):
                _scrub_picture(item)
            todo += item.values()
        elif isinstance(item, ArrayObject):
            todo += item
    objects = writer._objects  # noqa: SLF001  pypdf removes but objects that no other names
    for number in range(len(objects)):
        if number + 1 not in reached:
            objects[number] = None


def _scrub_dictionary(item: DictionaryObject) -> None:
    """What the dictionary tells of its makers is gone; what it leads to comes in its turn."""
    for key in _EVERYWHERE:
        item.pop(key, None)
    kind = item.get("/Subtype")
    is_note = "/Rect" in item or item.get("/Type") == "/Annot"
    if kind is not None and is_note and kind not in ("/Widget", "/Link"):
        for key in _OF_NOTES:
            item.pop(key, None)
    if "/Rect" in item:
        item.pop("/M", None)
    if item.get("/FT") == "/Sig":
        item.pop("/V", None)
    if item.get("/Type") in ("/Sig", "/DocTimeStamp") or "/ByteRange" in item:
        item.clear()
    _scrub_paths(item)


def _scrub_paths(item: DictionaryObject) -> None:
    """Where something leads to or comes from on somebody's disk is no longer told."""
    from pypdf.generic import NameObject, TextStringObject  # noqa: PLC0415

    if item.get("/S") in _LEADING_OUT:
        for key in _OF_LAUNCHING:
            item.pop(key, None)
    for key in [key for key in item if key.startswith("/PTEX.")]:  # of figures that TeX put in
        item.pop(key)
    address = item.get("/URI")
    if isinstance(address, str) and not _leads_to_a_site(address):
        item.pop("/URI")
    for key in ("/URI", "/Alt"):
        told = item.get(key)
        if isinstance(told, str) and without_path(told) != told:
            item[NameObject(key)] = TextStringObject(without_path(told))


def _leads_to_a_site(address: str) -> bool:
    """Whether a link is a plain address: a browser may run what others stand for."""
    plain = "".join(sign for sign in address if sign > " ").lower()
    scheme, colon, _ = plain.partition(":")
    if not colon or "/" in scheme or without_path(address) != address:
        return True  # relative, or a path that is made shorter
    return scheme in ("http", "https", "mailto", "tel", "ftp")


def _scrub_picture(item: StreamObject) -> None:
    """The metadata of a picture that stands in the PDF as a file of its own."""
    from pypdf.generic import NameObject  # noqa: PLC0415

    written = item.get("/Filter")
    written = written.get_object() if written is not None else None
    filters = [str(name) for name in written] if isinstance(written, list) else [str(written)]
    if filters[-1] not in ("/DCTDecode", "/DCT", "/JPXDecode"):
        return
    data = item._data  # noqa: SLF001  as it is stored: get_data would decode it
    if len(filters) > 1:
        if filters[:-1] not in (["/FlateDecode"], ["/Fl"]):
            raise Unclean("document-embedded", part=" ".join(filters))
        data = _inflated(data)
        item[NameObject("/Filter")] = NameObject(filters[-1])
        item.pop("/DecodeParms", None)
    item._data = strip_jpeg2000(data) if filters[-1] == "/JPXDecode" else strip_jpeg(data)  # noqa: SLF001


def _inflated(data: bytes) -> bytes:
    """The bytes that were deflated, as long as they are no bomb. Raises Unclean."""
    reader = zlib.decompressobj()
    inflated = reader.decompress(data, MAX_PICTURE_BYTES)
    if reader.unconsumed_tail:
        raise Unclean("document-too-large", limit=str(MAX_PICTURE_BYTES // 1_000_000))
    return inflated
