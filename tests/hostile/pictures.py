"""Hostile pictures: large, many in one, or of parts that repeat."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.hostile.bodies import noise
from tests.hostile.case import Case, beside, photo
from tests.specimens import chunk, segment

MEGABYTE = 1_000_000


def picture(
    form: str, size: tuple[int, int], mode: str = "RGB", **options: str | bool | int
) -> bytes:
    """A picture of one colour."""
    made = BytesIO()
    Image.new(mode, size).save(made, form, **options)
    return made.getvalue()


def grain(
    form: str, size: tuple[int, int], mode: str = "RGB", **options: str | bool | int
) -> bytes:
    """A picture of noise."""
    depth = {"L": 1, "RGB": 3, "RGBA": 4}[mode]
    made = BytesIO()
    image = Image.frombytes(mode, size, noise(size[0] * size[1] * depth))
    image.save(made, form, **options)
    return made.getvalue()


def frames(form: str, count: int, size: tuple[int, int], **options: str | bool | int) -> bytes:
    """A film."""
    films = [Image.new("P", size, n % 256) for n in range(count)]
    made = BytesIO()
    films[0].save(made, form, save_all=True, append_images=films[1:], **options)
    return made.getvalue()


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG of these chunks; its size need not be that of its data."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IEND", b"")


def scans(count: int, size: tuple[int, int] = (2_000, 2_000)) -> bytes:
    """A progressive JPEG whose last scan is repeated."""
    data = picture("JPEG", size, progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * count + data[-2:]


def zeros(count: int) -> bytes:
    """Zeros, deflated."""
    return zlib.compress(bytes(count), 9)


PICTURES: dict[str, Case] = {
    "JPEG of 90 scans": photo("a.jpg", lambda: scans(90)),
    "JPEG of 400 scans": photo("a.jpg", lambda: scans(400)),
    "JPEG of 3000 scans": beside("a.jpg", lambda: scans(3_000, (500, 500))),
    "JPEG of 64 megapixels": beside("a.jpg", lambda: picture("JPEG", (8_000, 8_000))),
    "JPEG of 64 megapixels in sizes": photo("a.jpg", lambda: picture("JPEG", (8_000, 8_000))),
    "progressive JPEG of 64 megapixels": photo(
        "a.jpg", lambda: picture("JPEG", (8_000, 8_000), progressive=True)
    ),
    "JPEG of 16 megapixels of noise": beside("a.jpg", lambda: grain("JPEG", (4_000, 4_000))),
    "JPEG of the longest side": photo("a.jpg", lambda: picture("JPEG", (16_000, 9))),
    "JPEG of a longer side": photo("a.jpg", lambda: picture("JPEG", (60_000, 9))),
    "JPEG of one pixel in height": photo("a.jpg", lambda: picture("JPEG", (1, 15_000))),
    "JPEG that is cut": photo("a.jpg", lambda: picture("JPEG", (900, 900))[:-99]),
    "JPEG that says a larger size": photo(
        "a.jpg",
        lambda: picture("JPEG", (90, 90)).replace(b"\0Z\0Z", b"\xff\xff\xff\xff"),
    ),
    "JPEG of comments": beside(
        "a.jpg",
        lambda: (
            picture("JPEG", (9, 9))[:2]
            + segment(0xFE, b"a" * 65_000) * 700
            + picture("JPEG", (9, 9))[2:]
        ),
    ),
    "JPEG of small segments": beside(
        "a.jpg",
        lambda: (
            picture("JPEG", (9, 9))[:2]
            + segment(0xE5, b"") * 5 * MEGABYTE
            + picture("JPEG", (9, 9))[2:]
        ),
    ),
    "JPEG of profile parts": beside(
        "a.jpg",
        lambda: (
            picture("JPEG", (9, 9))[:2]
            + b"".join(
                segment(0xE2, b"ICC_PROFILE\0" + bytes((n, 255)) + noise(60_000))
                for n in range(255)
            )
            + picture("JPEG", (9, 9))[2:]
        ),
    ),
    "PNG of 64 megapixels": beside("a.png", lambda: picture("PNG", (8_000, 8_000))),
    "PNG of 64 megapixels in sizes": photo("a.png", lambda: picture("PNG", (8_000, 8_000))),
    "PNG of 64 transparent megapixels": photo(
        "a.png", lambda: picture("PNG", (8_000, 8_000), "RGBA")
    ),
    "PNG of a billion pixels": photo(
        "a.png", lambda: png(32_000, 32_000, chunk(b"IDAT", zeros(MEGABYTE)))
    ),
    "PNG that unpacks to more than it says": photo(
        "a.png", lambda: png(9, 9, chunk(b"IDAT", zeros(900 * MEGABYTE)))
    ),
    "PNG of texts": beside(
        "a.png",
        lambda: png(9, 9, *[chunk(b"tEXt", b"a\0b")] * 400_000, chunk(b"IDAT", zeros(252))),
    ),
    "PNG of packed texts": beside(
        "a.png",
        lambda: png(
            9, 9, *[chunk(b"zTXt", b"a\0\0" + zeros(900_000))] * 200, chunk(b"IDAT", zeros(252))
        ),
    ),
    "PNG of a packed profile": beside(
        "a.png",
        lambda: png(
            9, 9, chunk(b"iCCP", b"a\0\0" + zeros(400 * MEGABYTE)), chunk(b"IDAT", zeros(252))
        ),
    ),
    "PNG of empty data": beside("a.png", lambda: png(9, 9, *[chunk(b"IDAT", b"")] * 900_000)),
    "PNG of 16 bits": beside(
        "a.png",
        lambda: png(8_000, 8_000, chunk(b"IDAT", zeros(8_000 * 16_001)), depth=16, colour=0),
    ),
    "film of a thousand frames in PNG": beside("a.png", lambda: frames("PNG", 1_000, (300, 300))),
    "GIF of 250 frames": beside("a.gif", lambda: frames("GIF", 250, (900, 900))),
    "GIF of 20,000 frames": beside("a.gif", lambda: frames("GIF", 20_000, (9, 9))),
    "GIF of a large screen": photo(
        "a.gif",
        lambda: frames("GIF", 3, (9, 9)).replace(b"GIF89a\x09\0\x09\0", b"GIF89a\x80\x3e\x80\x3e"),
    ),
    "GIF of 60 large frames": photo("a.gif", lambda: frames("GIF", 60, (2_000, 2_000))),
    "WebP of 300 frames": beside("a.webp", lambda: frames("WEBP", 300, (300, 300))),
    "WebP of noise": beside("a.webp", lambda: grain("WEBP", (3_000, 3_000))),
    "WebP of 64 megapixels": photo("a.webp", lambda: picture("WEBP", (8_000, 8_000))),
    "AVIF of 16 megapixels": beside("a.avif", lambda: picture("AVIF", (4_000, 4_000), speed=10)),
    "AVIF of noise": beside("a.avif", lambda: grain("AVIF", (1_500, 1_500), speed=10)),
    "TIFF of 500 pages": beside("a.tiff", lambda: frames("TIFF", 500, (300, 300))),
    "TIFF of 64 megapixels": beside(
        "a.tiff", lambda: picture("TIFF", (8_000, 8_000), compression="tiff_adobe_deflate")
    ),
    "TIFF that leads back": beside(
        "a.tiff", lambda: b"II*\0\x08\0\0\0" + b"\0\0" + struct.pack("<I", 8)
    ),
    "TIFF of a long directory": beside(
        "a.tiff",
        lambda: b"II*\0\x08\0\0\0\xff\xff" + struct.pack("<HHII", 270, 2, 9, 8) * 65_535 + bytes(4),
    ),
    "BMP of a large size": beside(
        "a.bmp",
        lambda: picture("BMP", (9, 9)).replace(b"\x09\0\0\0\x09\0\0\0", b"\xff\xff\0\0" * 2),
    ),
    "BMP of 49 megabytes": beside("a.bmp", lambda: picture("BMP", (4_000, 4_000))),
    "a picture of noise": photo("a.jpg", lambda: noise(20 * MEGABYTE)),
    "an empty picture": photo("a.png", lambda: b""),
    "a JPEG of marks": beside("a.jpg", lambda: b"\xff\xd8" + b"\xff" * 20 * MEGABYTE),
}
