"""Hostile office documents: what unpacks to more than it seems, nests and repeats."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from tests.hostile.bodies import noise
from tests.hostile.case import Case, beside
from tests.hostile.drawings import laughs, svg
from tests.hostile.pictures import MEGABYTE, frames, picture
from tests.specimens import docx_parts, odt, segment


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return made.getvalue()


def docx(**parts: bytes) -> bytes:
    """A Word document with more parts; `__` in a name stands for a slash, `_` for a dot."""
    whole = {
        name: text.encode() if isinstance(text, str) else text
        for name, text in docx_parts(changes=False).items()
    }
    more = {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}
    return archive({**whole, **more})


def xml(inside: bytes) -> bytes:
    """The text of a Word document."""
    return b'<w:document xmlns:w="urn:w"><w:body>' + inside + b"</w:body></w:document>"


def lying(data: bytes, size: int) -> bytes:
    """An archive whose last entry says that it is so large."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def nested(levels: int) -> bytes:
    """Documents within documents."""
    data = docx()
    for _ in range(levels):
        data = docx(word__embeddings__a_docx=data)
    return data


DOCUMENTS: dict[str, Case] = {
    "Word of 100 megabytes of XML": beside(
        "a.docx", lambda: docx(word__document_xml=xml(b"<w:p/>" * 17 * MEGABYTE))
    ),
    "Word of 11 megabytes of XML": beside(
        "a.docx", lambda: docx(word__document_xml=xml(b"<w:p/>" * 1_800_000))
    ),
    "Word of attributes": beside(
        "a.docx", lambda: docx(word__document_xml=xml(b'<w:p w:a="b" w:c="d"/>' * 200_000))
    ),
    "Word of one long attribute": beside(
        "a.docx",
        lambda: docx(word__document_xml=xml(b'<w:p w:a="' + b"&amp;" * 2_200_000 + b'"/>')),
    ),
    "Word of many attributes": beside(
        "a.docx",
        lambda: docx(
            word__document_xml=xml(
                b"<w:p " + b" ".join(b'a%d="b"' % n for n in range(300_000)) + b"/>"
            )
        ),
    ),
    "Word of paths": beside(
        "a.docx",
        lambda: docx(
            word__document_xml=xml(b"<w:instrText>" + b"C:\\a" * 2_500_000 + b"</w:instrText>")
        ),
    ),
    "Word of paths without end": beside(
        "a.docx",
        lambda: docx(
            word__document_xml=xml(b"<w:instrText>" + b"/home/" * 1_500_000 + b"</w:instrText>")
        ),
    ),
    "Word of old paths": beside(
        "a.docx",
        lambda: docx(
            word__document_xml=xml(b"<w:instrText>" + b"HD " * 3_000_000 + b"</w:instrText>")
        ),
    ),
    "Word of deep elements": beside(
        "a.docx", lambda: docx(word__document_xml=xml(b"<w:p>" * 900_000))
    ),
    "Word of deep closed elements": beside(
        "a.docx",
        lambda: docx(word__document_xml=xml(b"<w:p>" * 900_000 + b"</w:p>" * 900_000)),
    ),
    "Word of entities": beside("a.docx", lambda: docx(word__document_xml=laughs(12))),
    "Word of parts": beside(
        "a.docx", lambda: docx(**{f"word__media__a{n}_png": b"" for n in range(19_000)})
    ),
    "Word of relations": beside(
        "a.docx",
        lambda: docx(
            word___rels__document_xml_rels=b"<Relationships>"
            + b'<Relationship Id="a" Type="b" Target="c"/>' * 250_000
            + b"</Relationships>"
        ),
    ),
    "Word of 390 megabytes of zeros": beside(
        "a.docx", lambda: docx(word__media__a_bmp=b"BM" + bytes(390 * MEGABYTE))
    ),
    "Word of a large font": beside(
        "a.docx", lambda: docx(word__fonts__a_odttf=bytes(390 * MEGABYTE))
    ),
    "Word of ten large fonts": beside(
        "a.docx",
        lambda: docx(**{f"word__fonts__a{n}_odttf": bytes(39 * MEGABYTE) for n in range(10)}),
    ),
    "Word of pictures of 60 megapixels": beside(
        "a.docx",
        lambda: docx(
            **{
                f"word__media__a{n}_tiff": picture(
                    "TIFF", (7_700, 7_700), compression="tiff_adobe_deflate"
                )
                for n in range(9)
            }
        ),
    ),
    "Word of films": beside(
        "a.docx",
        lambda: docx(**{f"word__media__a{n}_gif": frames("GIF", 60, (900, 900)) for n in range(9)}),
    ),
    "Word of drawings": beside(
        "a.docx",
        lambda: docx(**{f"word__media__a{n}_svg": svg("<g>" * 90_000) for n in range(20)}),
    ),
    "Word of bars in a JPEG": beside(
        "a.docx",
        lambda: docx(word__media__a_jpg=b"\xff\xd8" + segment(0xFE, b"") * 5 * MEGABYTE),
    ),
    "Word within Word": beside("a.docx", lambda: nested(3)),
    "Word within Word many times": beside("a.docx", lambda: nested(12)),
    "Word of packed Words": beside(
        "a.docx",
        lambda: docx(
            **{
                f"word__embeddings__a{n}_docx": docx(word__document_xml=xml(b"<w:p/>" * 1_800_000))
                for n in range(20)
            }
        ),
    ),
    "Word that says a smaller size": beside("a.docx", lambda: lying(docx(), 3)),
    "Word that says a larger size": beside("a.docx", lambda: lying(docx(), 390 * MEGABYTE)),
    "Word of noise": beside("a.docx", lambda: b"PK\x03\x04" + noise(5 * MEGABYTE)),
    "Word packed otherwise": beside(
        "a.docx",
        lambda: archive({"[Content_Types].xml": bytes(300 * MEGABYTE)}, method=zipfile.ZIP_LZMA),
    ),
    "Word packed by bzip2": beside(
        "a.docx",
        lambda: archive(
            {"[Content_Types].xml": b"<a/>", "a.ttf": bytes(390 * MEGABYTE)},
            method=zipfile.ZIP_BZIP2,
        ),
    ),
    "a workbook of cells": beside(
        "a.xlsx",
        lambda: archive(
            {
                "[Content_Types].xml": b"<Types/>",
                "xl/worksheets/sheet1.xml": b"<w>" + b"<c><v>1</v></c>" * 750_000 + b"</w>",
            }
        ),
    ),
    "an OpenDocument of elements": beside(
        "a.odt",
        lambda: archive(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<a>" + b"<b/>" * 2_500_000 + b"</a>",
            }
        ),
    ),
    "an OpenDocument that is cut": beside("a.odt", lambda: odt()[:-300]),
}
