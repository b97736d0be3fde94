"""attachment.office and mksite.attachment.office_xml: office documents without their makers."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mksite.attachment import office, office_xml
from mksite.attachment.picture import Clean, Unclean
from tests import specimens
from tests.specimens import AUTHOR, EMAIL, docx_parts, leaks, packed, photo

SPECIMENS = {
    "docx": specimens.docx(),
    "xlsx": specimens.xlsx(),
    "pptx": specimens.pptx(),
    "odt": specimens.odt(),
}
XML = '<?xml version="1.0"?>'


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of an archive by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(data: bytes) -> set[str]:
    """The secrets in the parts of an archive and in their names."""
    parts = unpacked(data)
    return leaks(b"".join((*parts.values(), *(name.encode() for name in parts))))


def with_part(name: str, part: str | bytes) -> bytes:
    """A Word document that holds one part more."""
    return packed({**docx_parts(), name: part})


@pytest.mark.parametrize("kind", SPECIMENS)
def test_no_makers(kind: str) -> None:
    """No author, company, account, disk or camera is named in any part, where some were."""
    assert AUTHOR in told(SPECIMENS[kind])
    assert told(office.clean(SPECIMENS[kind]).data) == set()


@pytest.mark.parametrize("kind", SPECIMENS)
def test_same_bytes(kind: str) -> None:
    """The same document gives the same bytes, and cleaning what is clean changes nothing."""
    made = office.clean(SPECIMENS[kind]).data
    assert office.clean(SPECIMENS[kind]).data == made
    assert office.clean(made).data == made


@pytest.mark.parametrize(
    ("kind", "pages", "changes"),
    [("docx", 4, True), ("xlsx", 0, True), ("pptx", 2, False), ("odt", 5, True)],
)
def test_facts(kind: str, pages: int, *, changes: bool) -> None:
    """Pages are those that the program counted, and changes and comments are found."""
    made = office.clean(SPECIMENS[kind])
    assert (made.pages, made.changes) == (pages, changes)


def test_no_changes() -> None:
    """A document without changes and comments is not said to show any."""
    assert not office.clean(specimens.docx(changes=False)).changes


def test_text_stays() -> None:
    """The text, its spaces, its language's letters and its pictures' pixels are what they were."""
    parts = unpacked(office.clean(SPECIMENS["docx"]).data)
    text = "".join(ET.fromstring(parts["word/document.xml"]).itertext())  # noqa: S314  our own
    assert text == " Решение & итоги "
    before = Image.open(BytesIO(photo(64, 48))).tobytes()
    assert Image.open(BytesIO(parts["word/media/image1.jpeg"])).tobytes() == before
    assert b"https://iom.int/" in parts["word/_rels/document.xml.rels"]


def test_prefixes_stay() -> None:
    """A prefix that only an attribute's value names is still declared."""
    document = unpacked(office.clean(SPECIMENS["docx"]).data)["word/document.xml"]
    assert b'xmlns:w14="urn:w14" mc:Ignorable="w14"' in document


@pytest.mark.parametrize("kind", SPECIMENS)
def test_whole(kind: str) -> None:
    """Every part that is named, by a relationship, a type or a manifest, is there."""
    parts = unpacked(office.clean(SPECIMENS[kind]).data)
    for name, part in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        folder = name.rpartition("/")[0].removesuffix("_rels")
        for element in ET.fromstring(part).iter():  # noqa: S314  our own
            target = element.get("Target", "")
            if target and element.get("TargetMode") != "External":
                assert folder + target in parts, (name, target)
            if element.tag.endswith("Override"):
                assert element.get("PartName", "/")[1:] in parts
            path = element.get("{urn:oasis:manifest}full-path", "/")
            assert path == "/" or path in parts


def test_archive_tells_nothing() -> None:
    """The archive itself has no times, no system, no comments; OpenDocument's type comes first."""
    for data in SPECIMENS.values():
        with zipfile.ZipFile(BytesIO(office.clean(data).data)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {entry.create_system for entry in archive.infolist()} == {0}
            assert archive.comment == b""
    first = zipfile.ZipFile(BytesIO(office.clean(SPECIMENS["odt"]).data)).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_document_within() -> None:
    """A document within a document loses its makers too."""
    made = office.clean(with_part("word/embeddings/table.xlsx", SPECIMENS["xlsx"]))
    inner = unpacked(made.data)["word/embeddings/table.xlsx"]
    assert told(inner) == set()


def test_metafile() -> None:
    """A drawing of Windows loses the names of its program and file, and nothing else."""
    name = AUTHOR.encode("utf-16-le")
    head = struct.pack("<II", 1, 88 + len(name)) + bytes(32) + b" EMF" + bytes(16)
    head += struct.pack("<II", len(name) // 2, 88)
    drawing = head + bytes(88 - len(head)) + name + b"drawn"
    made = unpacked(office.clean(with_part("word/media/i.emf", drawing)).data)["word/media/i.emf"]
    assert leaks(made) == set()
    assert made.endswith(b"drawn")
    assert len(made) == len(drawing)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1macro"),
        ("word/media/film.mp4", b"\0\0\0\x18ftypmp42"),
        ("word/media/i.emz", b"\x1f\x8b\x08packed"),
        ("word/media/i.jpg", b"\xff\xd8\xff"),
        ("word/media/i.svg", b"<html/>"),
    ],
)
def test_embedded(name: str, part: bytes) -> None:
    """What cannot be looked into is refused, and the reason names it."""
    with pytest.raises(Unclean) as caught:
        office.clean(with_part(name, part))
    assert (caught.value.code, caught.value.values) == ("document-embedded", {"part": name})


def nested(depth: int) -> bytes:
    """A document in a document in a document, so many times."""
    data = SPECIMENS["xlsx"]
    for _ in range(depth):
        data = with_part("word/embeddings/inner.docx", data)
    return data


def test_nested() -> None:
    """Documents within documents are looked into, but not for ever."""
    assert isinstance(office.clean(nested(2)), Clean)
    with pytest.raises(Unclean):
        office.clean(nested(5))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document-damaged"),
        (b"PK\x03\x04", "document-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "document-protected"),
        (SPECIMENS["docx"][:-30], "document-damaged"),
        (specimens.odt(encrypted=True), "document-protected"),
        (packed({"a.txt": "no office document"}), "document-damaged"),
        (with_part("word/more.xml", "<open>"), "document-damaged"),
        (
            with_part("word/more.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
            "document-damaged",
        ),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    """Damaged, encrypted and other files are refused with their own reason."""
    with pytest.raises(Unclean) as caught:
        office.clean(data)
    assert caught.value.code == code


def test_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that would unpack to more than there is room for is refused before it is."""
    monkeypatch.setattr(office, "MAX_BYTES", 1_000_000)
    with pytest.raises(Unclean) as caught:
        office.clean(with_part("word/media/i.bmp", bytes(1_000_001)))
    assert caught.value.code == "document-too-large"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<w:p w:rsidR="00A" w:rsidRDefault="00B"/>', "<w:p/>"),
        ('<w:rPrChange w:author="Я" w:date="2020-01-01T00:00:00Z"/>', '<w:rPrChange w:author=""/>'),
        ("<w:rsids><w:rsid w:val='1'/></w:rsids>", ""),
        ("<w:i>C:\\Users\\Aigul\\a.doc</w:i>", "<w:i>C:\\Users\\Aigul\\a.doc</w:i>"),
        (
            '<w:instrText>INCLUDEPICTURE "C:\\\\Users\\\\Aigul\\\\a.jpg"</w:instrText>',
            '<w:instrText>INCLUDEPICTURE "a.jpg"</w:instrText>',
        ),
        ('<w:x descr="file:///C:/Users/Aigul/a.jpg"/>', '<w:x descr="a.jpg"/>'),
        ('<w:x descr="/home/aigul/Документы/a.jpg"/>', '<w:x descr="a.jpg"/>'),
        ('<w:x descr="/Users/aigul/Desktop/a.jpg"/>', '<w:x descr="a.jpg"/>'),
        ('<w:x descr="Macintosh HD:Users:aigul:a.jpg"/>', '<w:x descr="a.jpg"/>'),
        (
            '<w:instrText> INCLUDEPICTURE "/Users/aigul/a.jpg" </w:instrText>',
            '<w:instrText> INCLUDEPICTURE "a.jpg" </w:instrText>',
        ),
        (
            '<w:instrText> INCLUDEPICTURE "Macintosh HD:aigul:a.jpg" </w:instrText>',
            '<w:instrText> INCLUDEPICTURE "a.jpg" </w:instrText>',
        ),
        ('<w:x descr="/word/media/a.jpg"/>', '<w:x descr="/word/media/a.jpg"/>'),
        ('<w:x descr="\\\\server\\Aigul\\a.jpg"/>', '<w:x descr="a.jpg"/>'),
        ('<a xlink:href="../../Aigul/b.odt"/>', '<a xlink:href="b.odt"/>'),
        ('<w:x descr="и/или: «да»"/>', '<w:x descr="и/или: «да»"/>'),
        ('<w:x w:date="2020-01-01"/>', '<w:x w:date="2020-01-01"/>'),
        ("<w:x> &lt;&amp;&gt; </w:x>", "<w:x> &lt;&amp;&gt; </w:x>"),
        ('<w:x a="&quot;&#10;"/>', '<w:x a="&quot;&#10;"/>'),
        ("<w:x/><!-- Aigul --><?aigul?>", "<w:x/>"),
        ("<w:x></w:x>", "<w:x/>"),
    ],
)
def test_markup(before: str, after: str) -> None:
    """Makers are blanked where they stand; everything else is written as it was."""
    made = office_xml.Filter().read(f"{XML}<r xmlns:w='urn:w'>{before}</r>".encode())
    head, _, body = made.decode().partition("\n")
    assert head.startswith("<?xml")
    assert body == (f'<r xmlns:w="urn:w">{after}</r>' if after else '<r xmlns:w="urn:w"/>')


def test_markup_in_another_encoding() -> None:
    """A part in UTF-16 is read as what it says."""
    part = '<?xml version="1.0" encoding="UTF-16"?><r>Ы</r>'.encode("utf-16")
    assert office_xml.Filter().read(part).decode().endswith("<r>Ы</r>")


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@given(TEXT, st.dictionaries(st.from_regex(r"[a-z]{3,8}", fullmatch=True), TEXT, max_size=4))
def test_markup_keeps_text(text: str, attributes: dict[str, str]) -> None:
    """Text and attributes that name nobody survive reading and writing."""
    element = ET.Element("x")
    element.text = text
    kept = {k: v for k, v in attributes.items() if office_xml.blanked("x", {k: v}) == {k: v}}
    for key, value in kept.items():
        element.set(key, value)
    made = ET.fromstring(office_xml.Filter().read(ET.tostring(element)))  # noqa: S314  our own
    assert (made.text or "") == text
    assert made.attrib == kept


@settings(max_examples=80)
@given(
    st.sampled_from(sorted(SPECIMENS)),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=8)), max_size=3),
)
def test_garbage(kind: str, changes: list[tuple[int, bytes]]) -> None:
    """A damaged document is either refused or published without its secrets."""
    data = SPECIMENS[kind]
    for at, other in changes:
        data = data[:at] + other + data[at + len(other) :]
    try:
        made = office.clean(data)
    except Unclean:
        return
    assert told(made.data) <= {EMAIL} & told(data)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_garbage_part(part: bytes) -> None:
    """Whatever lies in a document, it is refused or published; nothing else happens."""
    try:
        office.clean(with_part("word/media/image9.bin", part))
    except Unclean as reason:
        assert reason.code.startswith("document-")  # noqa: PT017  it may pass as well


def test_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document with more text than anybody writes is refused before it is read."""
    monkeypatch.setattr(office, "MAX_XML_BYTES", 100)
    with pytest.raises(Unclean) as raised:
        office.clean(specimens.docx())
    assert raised.value.code == "document-too-long"
