"""Hostile PDFs: objects that lead in circles, nest, and unpack to more than they seem."""

from __future__ import annotations

from tests.hostile.bodies import noise
from tests.hostile.case import Case, beside
from tests.hostile.pictures import MEGABYTE, zeros
from tests.specimens import pdf

ROOT = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /A 4 0 R>>"


def portable(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the root."""
    made = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer <</Root 1 0 R /Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def with_object(*objects: bytes) -> bytes:
    """A PDF of one page that leads to the object 4."""
    return portable(ROOT, PAGES, PAGE, *objects)


def stream(data: bytes, *keys: bytes) -> bytes:
    """A stream of a PDF."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (b" ".join(keys), len(data), data)


PORTABLE: dict[str, Case] = {
    "PDF of 3000 pages": beside("a.pdf", lambda: pdf(3_000)),
    "PDF of pages within pages": beside(
        "a.pdf",
        lambda: portable(
            ROOT,
            *[
                b"<</Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R>>" % (n + 1, n - 1)
                for n in range(2, 3_000)
            ],
            b"<</Type /Page /Parent 2999 0 R /MediaBox [0 0 9 9]>>",
        ),
    ),
    "PDF whose pages lead back": beside(
        "a.pdf", lambda: portable(ROOT, b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 9>>")
    ),
    "PDF that says many pages": beside(
        "a.pdf", lambda: portable(ROOT, PAGES.replace(b"Count 1", b"Count 999999999"), PAGE)
    ),
    "PDF of lists within lists": beside(
        "a.pdf", lambda: with_object(b"[" * 90_000 + b"]" * 90_000)
    ),
    "PDF of mappings within mappings": beside(
        "a.pdf", lambda: with_object(b"<</A " * 50_000 + b">>" * 50_000)
    ),
    "PDF of open lists": beside("a.pdf", lambda: with_object(b"[" * 500_000)),
    "PDF of a chain": beside(
        "a.pdf",
        lambda: with_object(*[b"<</A %d 0 R>>" % n for n in range(5, 20_000)], b"<<>>"),
    ),
    "PDF of an endless chain": beside("a.pdf", lambda: with_object(b"4 0 R")),
    "PDF of objects": beside(
        "a.pdf",
        lambda: with_object(
            b"[" + b" ".join(b"%d 0 R" % n for n in range(5, 40_000)) + b"]",
            *[b"<</A 1>>"] * 39_995,
        ),
    ),
    "PDF of references to one object": beside(
        "a.pdf", lambda: with_object(b"[" + b"5 0 R " * 500_000 + b"]", b"<</A 1>>")
    ),
    "PDF of a packed stream": beside(
        "a.pdf",
        lambda: with_object(stream(zeros(900 * MEGABYTE), b"/Filter /FlateDecode")),
    ),
    "PDF of a packed picture": beside(
        "a.pdf",
        lambda: with_object(
            stream(zeros(900 * MEGABYTE), b"/Subtype /Image /Filter [/FlateDecode /DCTDecode]")
        ),
    ),
    "PDF of many packings": beside(
        "a.pdf",
        lambda: with_object(
            stream(zeros(MEGABYTE), b"/Filter [" + b"/FlateDecode " * 5_000 + b"]")
        ),
    ),
    "PDF of packed objects": beside(
        "a.pdf",
        lambda: (
            b"%PDF-1.5\n1 0 obj\n"
            + stream(
                zeros(400 * MEGABYTE),
                b"/Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode",
            )
            + b"\nendobj\nstartxref\n9\n%%EOF"
        ),
    ),
    "PDF without its table": beside("a.pdf", lambda: pdf(300).partition(b"xref")[0] + b"%%EOF"),
    "PDF of a table that leads back": beside(
        "a.pdf",
        lambda: pdf(3).replace(b"trailer\n<<", b"trailer\n<< /Prev 9 "),
    ),
    "PDF of spaces": beside("a.pdf", lambda: b"%PDF-1.7\n" + b" " * 20 * MEGABYTE + b"%%EOF"),
    "PDF of brackets": beside("a.pdf", lambda: b"%PDF-1.7\n" + b"<<" * 2 * MEGABYTE + b"%%EOF"),
    "PDF of strings": beside("a.pdf", lambda: with_object(b"(" * 2 * MEGABYTE)),
    "PDF of a long string": beside(
        "a.pdf", lambda: with_object(b"(" + b"\\n" * 5 * MEGABYTE + b")")
    ),
    "PDF of a long number": beside("a.pdf", lambda: with_object(b"1" * 2 * MEGABYTE)),
    "PDF of a long name": beside("a.pdf", lambda: with_object(b"/" + b"#41" * MEGABYTE)),
    "PDF of a long hexadecimal": beside(
        "a.pdf", lambda: with_object(b"<" + b"41" * MEGABYTE + b">")
    ),
    "PDF of comments": beside("a.pdf", lambda: with_object(b"%\n" * 3 * MEGABYTE + b"1")),
    "PDF of noise": beside("a.pdf", lambda: b"%PDF-1.7\n" + noise(20 * MEGABYTE)),
    "PDF of ends": beside("a.pdf", lambda: b"%PDF-1.7\n" + b"%%EOF\n" * 3 * MEGABYTE),
    "PDF of object marks": beside("a.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 2 * MEGABYTE),
}
