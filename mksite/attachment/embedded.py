"""Cuts the metadata out of pictures inside documents; their pixels stay. No I/O here.

A document's layout rests on its pictures, so they are not made anew as `mksite.attachment.picture`
does: JPEG (ITU T.81) loses its segments, PNG (W3C) its chunks, JPEG 2000 (ISO 15444-1) its boxes.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from io import BytesIO

from mksite.attachment.picture import Unclean, encode

_SOS, _EOI, _APP0, _APP14, _APP15, _COM = 0xDA, 0xD9, 0xE0, 0xEE, 0xEF, 0xFE
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT pHYs bKGD hIST sPLT acTL fcTL fdAT".split()
)
_JP2_DROPPED = frozenset((b"xml ", b"uuid", b"uinf"))
_JP2 = b"\x00\x00\x00\x0cjP  "


def strip(data: bytes, *, keep_orientation: bool = True) -> bytes | None:
    """The picture without metadata, or None where the bytes are of no known kind of picture.

    Raises Unclean where they are damaged.
    """
    if data.startswith(b"\xff\xd8"):
        return strip_jpeg(data, keep_orientation=keep_orientation)
    if data.startswith(_PNG):
        return strip_png(data)
    for mark, form in (
        (b"GIF8", "GIF"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"RIFF", "WEBP"),
        (b"BM", "BMP"),
    ):
        if data.startswith(mark) and (form != "WEBP" or data[8:12] == b"WEBP"):
            return encode(data, form)
    return None


def strip_jpeg(data: bytes, *, keep_orientation: bool = False) -> bytes:
    """The JPEG up to its end mark, without APPn and comments but JFIF's and Adobe's (colours)."""
    parts = [b"\xff\xd8"]
    if keep_orientation and (orientation := _orientation(data)) > 1:
        parts.append(_orientation_segment(orientation))
    at = 2
    while match := _MARKER.search(data, at):
        marker = match[1][0]
        if marker == _EOI:
            return b"".join((*parts, b"\xff\xd9"))
        start, end = match.end(), match.end() + _length(data, match.end())
        segment = data[start + 2 : end]
        at = end
        if marker == _APP0 and segment.startswith(b"JFIF\0"):
            parts.append(_segment(marker, segment[:12] + b"\0\0"))  # the thumbnail's size is none
        elif (marker == _APP14 and segment.startswith(b"Adobe")) or not (
            _APP0 <= marker <= _APP15 or marker == _COM
        ):
            parts.append(_segment(marker, segment))
        if marker == _SOS:
            following = _MARKER.search(data, at)
            at = following.start() if following else len(data)
            parts.append(data[end:at])
    raise Unclean("picture-unreadable")


def _length(data: bytes, at: int) -> int:
    if at + 2 > len(data):
        raise Unclean("picture-unreadable")
    return max(2, int.from_bytes(data[at : at + 2], "big"))


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def _orientation_segment(orientation: int) -> bytes:
    """EXIF that tells how the picture lies, and nothing else."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return _segment(0xE1, b"Exif\0\0" + tiff)


def _orientation(data: bytes) -> int:
    from PIL import Image  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=("JPEG",)) as image:
                orientation = int(image.getexif().get(0x0112, 1))
        except Exception:  # noqa: BLE001  damaged EXIF says nothing
            return 1
    return orientation if 1 <= orientation <= 8 else 1  # noqa: PLR2004  EXIF's eight


def strip_png(data: bytes) -> bytes:
    """The PNG with the chunks that make its pixels, up to its end."""
    parts = [_PNG]
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(
            data[end - 4 : end], "big"
        ):
            break
        if kind in _PNG_KEPT:
            parts.append(data[at:end])
        if kind == b"IEND":
            return b"".join(parts)
        at = end
    raise Unclean("picture-unreadable")


def strip_jpeg2000(data: bytes) -> bytes:
    """The JPEG 2000 file without the boxes that hold XML and other metadata."""
    if not data.startswith(_JP2):
        return data  # a bare codestream
    parts: list[bytes] = []
    at = 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        end = at + length if length else len(data)
        if end <= at or end > len(data):
            raise Unclean("picture-unreadable")
        if kind not in _JP2_DROPPED:
            parts.append(data[at:end])
        at = end
    return b"".join(parts)
