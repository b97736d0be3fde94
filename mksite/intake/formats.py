"""Files to Markdown: Word, PDF, e-mail, web pages and plain text.

A file that cannot be read raises Unreadable with a code for a sentence. Word, PDF and web pages
need the extra `mksite[import]`. Nothing is run, fetched or unpacked onto the disk.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import msgspec

from mksite.mention.reading import decode

if TYPE_CHECKING:
    from email.message import EmailMessage

MAX_BYTES = 50_000_000
MAX_UNPACKED = 200_000_000  # of a Word file
MAX_PAGES = 400
MAX_TEXT = 1_000_000  # characters
SUFFIXES = (".docx", ".pdf", ".txt", ".html", ".htm", ".eml", ".md")
_OLE = b"\xd0\xcf\x11\xe0"
_PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
_MIN_LETTERS = 40
_ENCRYPTED = "Encrypt".encode("utf-16-le")  # of an Office file with a password


class Unreadable(Exception):  # noqa: N818  it says what the file is, not that the program failed
    """A file of which no text can be had: the code says why."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Picture(msgspec.Struct, frozen=True):
    """A picture that stood in the file."""

    name: str
    data: bytes


class Taken(msgspec.Struct, frozen=True):
    """The text of a file as Markdown, the title that the file gives itself, and its pictures."""

    text: str
    title: str = ""
    pictures: tuple[Picture, ...] = ()


def take(name: str, data: bytes) -> Taken:
    """The text of a file, by what its bytes are, whatever its name says. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("import-empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("import-too-large", limit=str(MAX_BYTES // 1_000_000))
    taken = _by_content(name, data)
    if sum(c.isalpha() for c in taken.text) < _MIN_LETTERS:
        raise Unreadable("import-no-text")
    return msgspec.structs.replace(taken, text=taken.text[:MAX_TEXT])


def _by_content(name: str, data: bytes) -> Taken:
    suffix = PurePath(name).suffix.lower()
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_OLE):
        raise Unreadable(
            "import-encrypted"
            if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data[:200_000]
            else "import-old-word"
        )
    if data.startswith(b"PK\x03\x04"):
        return _word(data)
    if b"%PDF-" in data[:1024]:
        return _pdf(data)
    if data.startswith(b"{\\rtf"):
        raise Unreadable("import-old-word")
    if data.startswith(
        (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM")
    ):
        raise Unreadable("import-picture")
    if re.match(
        rb"(?i)<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<!doctype html", start
    ) or suffix in (".html", ".htm"):
        return _html(_decoded_html(data))
    if suffix == ".eml" or re.match(
        rb"(?i)(?:return-path|received|from|date|subject|message-id|mime-version):\s", start
    ):
        return _mail(data)
    if suffix in (".docx", ".pdf"):
        raise Unreadable("import-damaged")
    if (
        b"\x00" in data[:4096]
        and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
        and data.count(0) < len(data) // 4
    ):
        raise Unreadable("import-damaged")
    return Taken(decode(data))


def _word(data: bytes) -> Taken:
    """A Word file: its headings, lists, tables, links and pictures."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            if sum(info.file_size for info in infos) > MAX_UNPACKED or len(infos) > 5000:
                raise Unreadable("import-too-large", limit=str(MAX_UNPACKED // 1_000_000))
            if any(info.flag_bits & 1 for info in infos):
                raise Unreadable("import-encrypted")
            if "word/document.xml" not in names:
                raise Unreadable("import-no-document")
            largest = archive.getinfo("word/document.xml").file_size
            if largest > MAX_UNPACKED // 10:
                raise Unreadable("import-too-large", limit=str(MAX_UNPACKED // 10_000_000))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("import-damaged") from None
    mammoth = _library("mammoth")
    pictures: list[Picture] = []

    def keep(image: object) -> dict[str, str]:
        kind = _PICTURES.get(getattr(image, "content_type", ""), "")
        if not kind:
            return {"src": ""}
        with image.open() as opened:  # type: ignore[attr-defined]
            pictures.append(Picture(f"picture-{len(pictures) + 1}.{kind}", opened.read()))
        return {"src": pictures[-1].name}

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(keep)
        )
    except Exception:  # noqa: BLE001  whatever a damaged file makes the library raise
        raise Unreadable("import-damaged") from None
    text = _markdown(made.value)
    return Taken(re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text), "", tuple(pictures))


def _pdf(data: bytes) -> Taken:
    """The text of a PDF, page by page."""
    pdfium = _library("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        raise Unreadable("import-encrypted" if is_locked else "import-damaged") from None
    try:
        pages = []
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            text_page = page.get_textpage()
            pages.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
            if sum(map(len, pages)) > MAX_TEXT:
                break
        title = str(document.get_metadata_value("Title") or "")
    except pdfium.PdfiumError:
        raise Unreadable("import-damaged") from None
    finally:
        document.close()
    text = (
        "\n\n".join(pages)
        .replace("\r\n", "\n")
        .replace("\ufffe\n", "")
        .replace("\x02\n", "")
        .replace("\ufffe", "")
        .replace("\x02", "")
    )
    if sum(c.isalpha() for c in text) < _MIN_LETTERS:
        raise Unreadable("import-scanned")
    is_in_text = len(title) > 0 and " ".join(title.split()) in " ".join(text.split())
    return Taken(text, title if is_in_text else "")


def _decoded_html(data: bytes) -> str:
    declared = re.search(rb"charset=[\"']?\s*([\w-]+)", data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _html(text: str) -> Taken:
    """A web page: its main part, without scripts and navigation."""
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    _library("markdownify")
    from bs4 import BeautifulSoup  # noqa: PLC0415  markdownify brings it

    page = BeautifulSoup(text, "html.parser")
    for element in page(
        [
            "script",
            "style",
            "nav",
            "header",
            "footer",
            "aside",
            "form",
            "noscript",
            "svg",
            "iframe",
            "button",
            "template",
            "head",
        ]
    ):
        element.decompose()
    parts = page.find_all("article") or page.find_all("main") or [page.body or page]
    main = max(parts, key=lambda part: len(part.get_text()))
    made = _markdown(str(main))
    plain = (
        re.sub(r"\s+", " ", BeautifulSoup(title[1], "html.parser").get_text()).strip()
        if title
        else ""
    )
    return Taken(re.sub(r"!\[[^\]]*\]\([^)]*\)", "", made), re.split(r"\s[|–—-]\s", plain)[0])


def _mail(data: bytes) -> Taken:
    """An e-mail: its text, or the Word or PDF file attached where it has hardly any."""
    message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        body = str(part.get_content()) if part is not None else ""
        is_html = part is not None and part.get_content_subtype() == "html"
        subject = str(message["subject"] or "")
    except (LookupError, ValueError, KeyError, UnicodeError):
        raise Unreadable("import-damaged") from None
    taken = _html(body) if is_html else Taken(_without_quotes(body))
    if sum(c.isalpha() for c in taken.text) < 10 * _MIN_LETTERS:
        for attached in message.iter_attachments():
            name = attached.get_filename() or ""
            content = attached.get_payload(decode=True)
            if name.lower().endswith((".docx", ".pdf")) and isinstance(content, bytes):
                return take(name, content)
    subject = re.sub(r"^(?:(?:re|fw|fwd|нa|пересл)\s*:\s*)+", "", subject, flags=re.IGNORECASE)
    subject = re.sub(
        r"^пресс-?\s?релиз\w*\s*[:.–—-]+\s*|^press release\s*[:–—-]+\s*",
        "",
        subject,
        flags=re.IGNORECASE,
    )
    return Taken(taken.text, subject.strip(), taken.pictures)


def _without_quotes(body: str) -> str:
    """A mail without the lines that it quotes, and without its signature."""
    body = re.split(r"\n-- \n", body.replace("\r\n", "\n"))[0]
    return "\n".join(line for line in body.split("\n") if not line.startswith(">"))


def _markdown(html: str) -> str:
    """HTML as Markdown."""
    markdownify = _library("markdownify")
    try:
        made: str = markdownify.markdownify(
            html, heading_style="ATX", bullets="-", escape_underscores=False, escape_asterisks=False
        )
    except RecursionError:
        raise Unreadable("import-damaged") from None
    return made


def _library(name: str) -> Any:  # noqa: ANN401  a module of another's
    """A library of the extra. Raises Unreadable where it is not installed."""
    try:
        return __import__(name)
    except ImportError:
        raise Unreadable("import-extra", library=name) from None
