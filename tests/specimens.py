"""Files composed for the tests, each telling more of its makers than it should.

Every secret is one of `SECRETS`; whether something leaks is a search for bytes.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MAKER, NUMBER, AUTHOR, EMAIL, PLACE = (
    "SpyCamera",
    "SN-4815162342",
    "Aigul Secretova",
    "aigul@secret.example",
    "Safe House",
)
SECRETS = (MAKER, NUMBER, AUTHOR, EMAIL, PLACE)


def leaks(data: bytes) -> set[str]:
    """The secrets that stand in the bytes, in any of the encodings in use."""
    return {
        secret
        for secret in SECRETS
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if secret.encode(encoding) in data
    }


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    """A picture that does not compress to nothing: a blurred patchwork, the same each time."""
    small = Image.frombytes("RGB", (8, 8), Random(seed).randbytes(192))  # noqa: S311  no secret
    return small.resize((width, height), Image.Resampling.BICUBIC)


def exif() -> bytes:
    """EXIF with camera, owner, position, a maker's note and the order to turn the picture."""
    made = Image.Exif()
    made[0x010F] = MAKER
    made[0x0112] = 6  # turn clockwise
    made[0x013B] = AUTHOR
    made[0xA431] = NUMBER
    details = made.get_ifd(0x8769)
    details[0x927C] = f"{MAKER} note {NUMBER}".encode()
    details[0x9286] = b"ASCII\0\0\0" + PLACE.encode()
    position = made.get_ifd(0x8825)
    position[1] = "N"
    position[2] = (IFDRational(42), IFDRational(52), IFDRational(3074, 100))
    position[0x1B] = b"ASCII\0\0\0" + PLACE.encode()
    return made.tobytes()


def xmp() -> bytes:
    """An XMP packet that names an author."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{AUTHOR}"/></rdf:RDF>'
        "</x:xmpmeta>"
    ).encode()


def segment(marker: int, content: bytes) -> bytes:
    """A JPEG segment."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def photo(width: int = 800, height: int = 600, seed: int = 0, mode: str = "RGB") -> bytes:
    """A JPEG that tells everything.

    EXIF, XMP, IPTC, a comment, a colour profile, unknown segments, a second picture behind it.
    """
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile[:24] + bytes(12) + profile[36:]  # without the time at which it was made
    made = BytesIO()
    noise(width, height, seed).convert(mode).save(
        made,
        "JPEG",
        quality=85,
        exif=exif(),
        comment=f"taken at {PLACE}".encode(),
        icc_profile=profile if mode == "RGB" else None,
    )
    data = made.getvalue()
    iptc = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x20\x1c\x02\x50\0\x10" + AUTHOR.encode() + bytes(16)
    )
    extra = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp())
        + segment(0xED, iptc)
        + segment(0xE2, b"FPXR\0" + NUMBER.encode())
        + segment(0xEF, EMAIL.encode())
    )
    second = BytesIO()
    noise(64, 48, seed + 1).save(second, "JPEG", comment=AUTHOR.encode())
    return data[:2] + extra + data[2:] + second.getvalue() + f"film of {PLACE}".encode()


def png(*, transparent: bool = False) -> bytes:
    """A PNG with texts, a time and EXIF, and something after its end."""
    image = noise(300, 200)
    if transparent:
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    made = BytesIO()
    image.save(made, "PNG", exif=exif())
    chunks = chunk(b"tEXt", b"Author\0" + AUTHOR.encode()) + chunk(
        b"zTXt", b"Comment\0\0" + zlib.compress(PLACE.encode())
    )
    data = made.getvalue()
    return data[:33] + chunks + data[33:] + EMAIL.encode()


def chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk."""
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def pdf(pages: int = 3, *, password: str = "") -> bytes:
    """A PDF with authors everywhere: Info, XMP, an annotation, an attached file, a photograph."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    writer.add_metadata({"/Author": AUTHOR, "/Creator": MAKER, "/Title": PLACE})
    writer.add_attachment("source.txt", EMAIL.encode())
    packet = StreamObject()
    packet[NameObject("/Type")] = NameObject("/Metadata")
    packet.set_data(xmp())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)  # noqa: SLF001
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (10, 10, 20, 20)]),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Contents"): TextStringObject("A remark"),
        }
    )
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])  # noqa: SLF001
    shown = StreamObject()
    shown._data = photo(64, 48)  # noqa: SLF001  as it stands, already encoded
    for key, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/Filter", "/DCTDecode")):
        shown[NameObject(key)] = NameObject(value)
    resources = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/P"): writer._add_object(shown)})}  # noqa: SLF001
    )
    page[NameObject("/Resources")] = resources
    if password:
        writer.encrypt(password)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def relationships(*rows: tuple[str, str, str]) -> str:
    """A part of relationships: id, the last word of the type, target."""
    outside = ' TargetMode="External"'
    items = "".join(
        f'<Relationship Id="{ident}" Type="{_TYPE}/{kind}" Target="{target}"'
        f"{outside if ':' in target else ''}/>"
        for ident, kind, target in rows
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f'<?xml version="1.0"?>{head}{items}</Relationships>'


def docx_parts(*, changes: bool = True) -> dict[str, str | bytes]:
    """The parts of a Word document that names its author wherever Word does."""
    change = f'<w:ins w:id="1" w:author="{AUTHOR}" w:date="2020-01-01T00:00:00Z"/>'
    comment = f'<w:comment w:id="0" w:author="{AUTHOR}" w:initials="AS"><w:p/></w:comment>'
    types = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        for name, kind in (
            ("/word/document.xml", f"{_CT}.document.main+xml"),
            ("/word/comments.xml", f"{_CT}.comments+xml"),
            ("/word/people.xml", f"{_CT}.people+xml"),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        )
    )
    return {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns='
        '"http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
        f' ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", "metadata/core-properties", "docProps/core.xml"),
            ("rId3", "metadata/thumbnail", "docProps/thumbnail.jpeg"),
        ),
        "word/document.xml": f'<?xml version="1.0"?><w:document {_W} {_R} xmlns:mc="urn:mc"'
        f' xmlns:w14="urn:w14" mc:Ignorable="w14"><w:body><w:p w:rsidR="00AB12CD">'
        f"{change * changes}"
        '<w:r><w:t xml:space="preserve"> Решение &amp; итоги </w:t></w:r>'
        f'<w:drawing descr="C:\\Users\\{AUTHOR}\\photo.jpg"/></w:p></w:body></w:document>',
        "word/_rels/document.xml.rels": relationships(
            ("rId1", "comments", "comments.xml"),
            ("rId2", "people", "people.xml"),
            ("rId3", "image", "media/image1.jpeg"),
            ("rId4", "customXml", "../customXml/item1.xml"),
            ("rId5", "hyperlink", "https://iom.int/"),
        ),
        "word/comments.xml": f"<w:comments {_W}>{comment * changes}</w:comments>",
        "word/people.xml": f'<w15:people xmlns:w15="urn:w15"><w15:person w15:author="{AUTHOR}">'
        f'<w15:presenceInfo w15:userId="{EMAIL}"/></w15:person></w15:people>',
        "word/settings.xml": f'<?xml version="1.0"?><w:settings {_W} {_R}>'
        '<w:attachedTemplate r:id="rId1"/><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'
        '<w:zoom w:percent="100"/></w:settings>',
        "word/_rels/settings.xml.rels": relationships(
            ("rId1", "attachedTemplate", f"file:///C:/Users/{AUTHOR}/Normal.dotm")
        ),
        "word/media/image1.jpeg": photo(64, 48),
        "docProps/core.xml": f"<core><creator>{AUTHOR}</creator><title>{PLACE}</title></core>",
        "docProps/app.xml": f"<Properties><Pages>4</Pages><Company>{MAKER}</Company></Properties>",
        "docProps/thumbnail.jpeg": photo(32, 24),
        "customXml/item1.xml": f"<item owner='{EMAIL}'/>",
    }


def docx(*, changes: bool = True) -> bytes:
    """A Word document."""
    return packed(docx_parts(changes=changes))


def xlsx() -> bytes:
    """A workbook with its author, its path, a comment, a shared history and a printer."""
    return packed(
        {
            "[Content_Types].xml": "<Types><Override PartName='/xl/workbook.xml'/></Types>",
            "xl/workbook.xml": f'<workbook {_R} xmlns:x15ac="urn:x15ac"><fileSharing'
            f' userName="{AUTHOR}"/><x15ac:absPath url="C:\\Users\\{AUTHOR}\\"/><sheets/>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "usernames", "revisions/userNames.xml"),
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {_R}><sheetData/>"
            '<pageSetup orientation="portrait" r:id="rId1"/></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin")
            ),
            "xl/printerSettings/printerSettings1.bin": PLACE.encode("utf-16-le"),
            "xl/comments1.xml": f"<comments><authors><author>{AUTHOR}</author></authors>"
            '<commentList><comment authorId="0"/></commentList></comments>',
            "xl/persons/person.xml": f'<person displayName="{AUTHOR}" userId="{EMAIL}" id="1"/>',
            "xl/revisions/userNames.xml": f'<users><userInfo name="{AUTHOR}"/></users>',
            "docProps/core.xml": f"<c>{AUTHOR}</c>",
        }
    )


def pptx() -> bytes:
    """A presentation of two slides with a commenting author."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": "<p:presentation xmlns:p='urn:p'/>",
            "ppt/slides/slide1.xml": "<p:sld xmlns:p='urn:p'/>",
            "ppt/slides/slide2.xml": "<p:sld xmlns:p='urn:p'/>",
            "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="urn:p"><p:cmAuthor id="0"'
            f' name="{AUTHOR}" initials="AS" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>',
            "ppt/changesInfos/changesInfo1.xml": f"<c>{AUTHOR}</c>",
            "docProps/thumbnail.jpeg": photo(32, 24),
        }
    )


def odt(*, encrypted: bool = False) -> bytes:
    """An OpenDocument text with a remark and a photograph."""
    secret = "<manifest:encryption-data/>" * encrypted
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}">{secret}</manifest:file-entry>'
        for path in ("/", "content.xml", "meta.xml", "settings.xml", "Pictures/1.jpg")
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": '<?xml version="1.0"?><office:document-content xmlns:office="urn:o"'
            ' xmlns:dc="urn:dc" xmlns:o="urn:oo"><o:p o:paragraph-rsid="001234">Текст'
            f"<office:annotation><dc:creator>{AUTHOR}</dc:creator><dc:date>2020-01-01T10:00:00"
            "</dc:date></office:annotation></o:p></office:document-content>",
            "meta.xml": f'<m><creator>{AUTHOR}</creator><s meta:page-count="5"'
            ' xmlns:meta="urn:m"/></m>',
            "settings.xml": f"<s>{PLACE}</s>",
            "Pictures/1.jpg": photo(64, 48),
            "Thumbnails/thumbnail.png": png(),
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:manifest">'
            f"{entries}</manifest:manifest>",
        }
    )
