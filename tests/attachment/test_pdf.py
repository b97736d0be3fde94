"""mksite.attachment.pdf: a PDF that shows what it showed, and no longer tells of its makers."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from mksite.attachment import pdf as portable
from mksite.attachment.picture import Unclean
from tests import specimens
from tests.specimens import leaks, pdf, photo

SPECIMEN = pdf()


def everything(data: bytes) -> bytes:
    """The file, all its objects, and its streams unpacked, so that nothing hides in them."""
    found = [data]
    reader = PdfReader(BytesIO(data))
    for number in sorted({*reader.xref.get(0, {}), *reader.xref_objStm} - {0}):
        value = reader.get_object(number)
        found.append(str(value).encode())  # strings may be written in octal
        if isinstance(value, StreamObject):
            try:
                found.append(value.get_data())
            except Exception:  # noqa: BLE001  a picture's stream is no text
                found.append(value._data)  # noqa: SLF001
    return b"".join(found)


def with_page(**entries: Any) -> bytes:  # noqa: ANN401  any object of PDF
    """A PDF whose one page has these entries more."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    for key, value in entries.items():
        page[NameObject(f"/{key}")] = writer._add_object(value)  # noqa: SLF001
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def test_specimen_tells() -> None:
    """The PDF that the tests clean does hold every secret, so that they can fail."""
    assert leaks(everything(SPECIMEN)) == set(specimens.SECRETS)


def test_no_authors() -> None:
    """Info, XMP, authors of remarks, attached files and the camera of a picture are gone."""
    made = portable.clean(SPECIMEN)
    assert leaks(everything(made.data)) == set()
    reader = PdfReader(BytesIO(made.data))
    assert reader.metadata is None
    assert reader.xmp_metadata is None
    assert dict(reader.attachments) == {}
    assert b"/ID" not in made.data


def test_content_stays() -> None:
    """Pages, their sizes, remarks and pictures are what they were."""
    made = portable.clean(SPECIMEN)
    reader = PdfReader(BytesIO(made.data))
    assert made.pages == len(reader.pages) == 3
    assert [tuple(page.mediabox) for page in reader.pages] == [(0, 0, 300, 400)] * 3
    page: Any = reader.pages[0]
    (note,) = page["/Annots"]
    assert note.get_object()["/Contents"] == "A remark"
    shown = page["/Resources"]["/XObject"]["/P"]._data  # noqa: SLF001
    assert shown.startswith(b"\xff\xd8")
    assert shown.endswith(b"\xff\xd9")


def test_same_bytes() -> None:
    """The same PDF gives the same bytes."""
    assert portable.clean(SPECIMEN) == portable.clean(SPECIMEN)


def test_earlier_versions() -> None:
    """What an earlier version of the file said is gone."""
    old = SPECIMEN
    writer = PdfWriter(BytesIO(old), incremental=True)
    writer.add_metadata({"/Author": "Nobody"})
    made = BytesIO()
    writer.write(made)
    assert made.getvalue().startswith(old[:100])
    assert leaks(everything(portable.clean(made.getvalue()).data)) == set()


def test_scripts_and_signatures() -> None:
    """What would run when the PDF is opened, and who has signed it, is gone."""
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Name"): TextStringObject(specimens.AUTHOR),
        }
    )
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
            NameObject("/V"): signature,
        }
    )
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(f"app.alert('{specimens.PLACE}')"),
        }
    )
    made = portable.clean(with_page(Annots=ArrayObject([field]), AA=action)).data
    assert leaks(everything(made)) == set()
    assert b"/JS" not in made


def test_paths() -> None:
    """Where a link, a picture's description or a figure names somebody's disk, the path is gone;
    other links stay.
    """
    actions = ArrayObject(
        DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(v)})
        for kind, key, v in (
            ("/URI", "/URI", f"file:///C:/Users/{specimens.AUTHOR}/a.pdf"),
            ("/URI", "/URI", "https://iom.int/"),
            ("/GoToR", "/F", f"C:\\Users\\{specimens.AUTHOR}\\b.pdf"),
            ("/Figure", "/Alt", f"C:\\Users\\{specimens.AUTHOR}\\c.jpg"),
            ("/Figure", "/PTEX.FileName", f"./{specimens.AUTHOR}/d.pdf"),
        )
    )
    made = portable.clean(with_page(Links=actions)).data
    assert leaks(everything(made)) == set()
    assert b"https://iom.int/" in everything(made)
    assert b"c.jpg" in everything(made)


def test_packed_picture() -> None:
    """A JPEG that was deflated once more loses its metadata as well."""
    stream = StreamObject()
    stream._data = zlib.compress(photo(40, 30))  # noqa: SLF001
    stream[NameObject("/Filter")] = ArrayObject(
        [NameObject("/FlateDecode"), NameObject("/DCTDecode")]
    )
    made = portable.clean(with_page(Thumbnail=stream)).data
    assert leaks(everything(made)) == set()
    assert b"\xff\xd8" in made


def test_bomb() -> None:
    """A picture that would inflate to hundreds of megabytes is refused."""
    stream = StreamObject()
    stream._data = zlib.compress(bytes(portable.MAX_PICTURE_BYTES + 1))  # noqa: SLF001
    stream[NameObject("/Filter")] = ArrayObject(
        [NameObject("/FlateDecode"), NameObject("/DCTDecode")]
    )
    with pytest.raises(Unclean) as caught:
        portable.clean(with_page(Thumbnail=stream))
    assert caught.value.code == "document-too-large"


def test_protected() -> None:
    """A PDF with a password is refused, and the reason says so."""
    with pytest.raises(Unclean) as caught:
        portable.clean(pdf(password="Совершенно секретно"))  # noqa: S106  it protects nothing
    assert caught.value.code == "document-protected"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", SPECIMEN[:200], b"PK\x03\x04", bytes(5000)])
def test_damaged(data: bytes) -> None:
    """What cannot be read as a PDF is refused, and the reason says so."""
    with pytest.raises(Unclean) as caught:
        portable.clean(data)
    assert caught.value.code == "document-damaged"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(SPECIMEN)), st.binary(max_size=8)), max_size=4))
def test_garbage(changes: list[tuple[int, bytes]]) -> None:
    """A damaged PDF is either refused or published with its pages; nothing else happens."""
    data = SPECIMEN
    for at, other in changes:
        data = data[:at] + other + data[at + len(other) :]
    try:
        made = portable.clean(data)
    except Unclean:
        return
    assert made.pages == len(PdfReader(BytesIO(made.data)).pages) > 0


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("https://iom.int/", True),
        ("HTTP://iom.int/a:b", True),
        ("mailto:press@example.kg", True),
        ("tel:+996312000000", True),
        ("../report.pdf", True),
        ("javascript:alert(1)", False),
        (" java\tscript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("vbscript:x", False),
        ("data:text/html,x", False),
    ],
)
def test_links_that_would_run(address: str, is_kept: bool) -> None:  # noqa: FBT001
    """A link to a site stays; one that a browser would run is gone."""
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)}
    )
    made = everything(portable.clean(with_page(Made=action)).data)
    assert (address.strip().encode() in made) is is_kept
