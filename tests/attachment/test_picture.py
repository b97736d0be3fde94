"""mksite.attachment.picture and mksite.attachment.embedded: pixels, and nothing else."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from mksite.attachment import embedded, picture
from mksite.attachment.picture import Size, Unclean
from tests import specimens
from tests.specimens import chunk, leaks, noise, photo, png

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
MARKS = (
    b"Exif",
    b"ICC_PROFILE",
    b"iCCP",
    b"http://ns.adobe.com",
    b"8BIM",
    b"MPF\0",
    b"FPXR",
    b"x:xmpmeta",
)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The picture's file."""
    made = BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    """The picture in the bytes, decoded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def broken(data: bytes) -> Callable[[tuple[int, bytes]], bytes]:
    """A function that writes some bytes over others."""
    return lambda change: data[: change[0]] + change[1] + data[change[0] + len(change[1]) :]


SMALL = {
    "JPEG": photo(40, 30),
    "PNG": png(),
    **{form: saved(noise(40, 30), form) for form in WRITTEN if form not in ("JPEG", "PNG")},
}


def test_specimen_tells() -> None:
    """The photograph that the tests clean does hold every secret, so that they can fail."""
    assert leaks(photo()) == set(specimens.SECRETS)
    assert all(mark in photo() for mark in (b"Exif", b"ICC_PROFILE", b"8BIM", b"FPXR"))
    assert leaks(png()) == {
        specimens.AUTHOR,
        specimens.EMAIL,
        specimens.MAKER,
        specimens.NUMBER,
        specimens.PLACE,
    }


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("width", [0, 200])
def test_nothing_but_pixels(form: str, width: int) -> None:
    """No camera, owner, place, comment, profile or second picture is left, whole or in a size."""
    made = picture.encode(photo(), form, width)
    assert leaks(made) == set()
    assert [mark for mark in MARKS if mark in made] == []
    assert dict(opened(made).getexif()) == {} or form == "TIFF"
    assert opened(made).size == ((200, 267) if width else (600, 800))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "AVIF", "WEBP", "GIF"])
def test_same_bytes(form: str) -> None:
    """The same picture gives the same bytes."""
    assert picture.encode(photo(), form, 100) == picture.encode(photo(), form, 100)


def test_second_picture_of_mpo() -> None:
    """Of two pictures in a file, as telephones make them, only the first is published."""
    first, second = noise(80, 60), Image.new("RGB", (80, 60), "red")
    both = saved(first, "MPO", save_all=True, append_images=[second])
    assert getattr(Image.open(BytesIO(both)), "n_frames", 1) == 2
    made = picture.encode(both, "JPEG")
    assert made.count(b"\xff\xd8\xff") == 1
    assert getattr(Image.open(BytesIO(made)), "n_frames", 1) == 1
    assert picture.measure(both) == Size(80, 60, transparent=False)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_upright(orientation: int, form: str) -> None:
    """A picture that lies on its side or is mirrored is published as it was seen."""
    seen = Image.new("RGB", (64, 32), "white")
    seen.paste("red", (0, 0, 16, 16))
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = seen.transpose(turns[orientation]) if orientation > 1 else seen
    tags = Image.Exif()
    tags[0x0112] = orientation
    data = saved(stored, form, exif=tags.tobytes())
    assert picture.measure(data) == Size(64, 32, transparent=False)
    for width in (0, 32):
        made = opened(picture.encode(data, "PNG", width))
        assert made.size == ((32, 16) if width else (64, 32))
        corner = made.convert("RGB").getpixel((3, 3))
        assert isinstance(corner, tuple)
        assert corner[0] > 200
        assert corner[1] < 90


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1, (1,)),
        (480, (480,)),
        (590, (590,)),
        (600, (480, 600)),
        (1200, (480, 960, 1200)),
        (1600, (480, 960, 1600)),
        (9000, (480, 960, 1600)),
    ],
)
def test_widths(width: int, expected: tuple[int, ...]) -> None:
    """A picture is offered in sizes that differ, none wider than it is."""
    assert picture.widths(width) == expected


def test_transparent() -> None:
    """What can be seen through stays so, but for JPEG, where it lies on white."""
    data = png(transparent=True)
    assert picture.measure(data).transparent
    assert not picture.measure(png()).transparent
    for form in ("PNG", "AVIF", "WEBP"):
        assert picture.measure(picture.encode(data, form, 100)).transparent
    clear = saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")
    assert opened(picture.encode(clear, "JPEG", 10)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGBA"])
def test_modes(mode: str) -> None:
    """Grey, black and white, palettes and printers' colours are encoded in every size."""
    form = {"CMYK": "TIFF"}.get(mode, "PNG")
    image = noise(60, 40).convert("I" if mode == "I;16" else mode)
    data = saved(image.convert("I;16") if mode == "I;16" else image, form)
    for target in ("JPEG", "AVIF", "PNG"):
        for width in (0, 30):
            made = opened(picture.encode(data, target, width))
            assert made.size == ((30, 20) if width else (60, 40))


def test_sixteen_bits() -> None:
    """Bright grey of sixteen bits stays bright."""
    data = saved(Image.new("I;16", (8, 8), 60_000), "PNG")
    level = opened(picture.encode(data, "PNG", 4)).convert("L").getpixel((1, 1))
    assert isinstance(level, int)
    assert 225 < level < 240


def test_film() -> None:
    """A moving picture keeps its frames whole, and is a still one in a size."""
    frames = [noise(40, 30, seed) for seed in range(3)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=90)
    whole = Image.open(BytesIO(picture.encode(data, "GIF")))
    assert len(list(ImageSequence.Iterator(whole))) == 3
    assert getattr(opened(picture.encode(data, "PNG", 20)), "n_frames", 1) == 1


def header(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds next to nothing."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(100_000, 100_000), (16_001, 1), (60_000, 60_000), (9000, 9000)])
def test_bomb(size: tuple[int, int]) -> None:
    """A small file that would decode to gigabytes is refused before it is decoded."""
    for work in (picture.measure, lambda data: picture.encode(data, "JPEG", 100)):
        with pytest.raises(Unclean) as caught:
            work(header(*size))
        assert caught.value.code == "picture-too-large"


@pytest.mark.parametrize("form", SMALL)
def test_cut_short(form: str) -> None:
    """A file that ends too early is refused, and never published in part."""
    data = SMALL[form]
    for keep in (0, 1, 5, len(data) // 8):
        with pytest.raises(Unclean):
            picture.encode(data[:keep], "PNG", 20)
        with pytest.raises(Unclean):
            picture.measure(data[:keep])


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_garbage(data: bytes) -> None:
    """Bytes that are no picture are refused with a reason, whatever they are."""
    with pytest.raises(Unclean):
        picture.measure(data)
    with pytest.raises(Unclean):
        picture.encode(data, "JPEG", 10)


@settings(max_examples=120)
@given(
    st.sampled_from(sorted(SMALL)),
    st.lists(st.tuples(st.integers(0, 1200), st.binary(min_size=1, max_size=6)), max_size=3),
)
def test_damaged(form: str, changes: list[tuple[int, bytes]]) -> None:
    """A damaged picture is either made anew without its secrets or refused."""
    data = SMALL[form]
    for change in changes:
        data = broken(data)(change)
    for work in (picture.measure, lambda d: picture.encode(d, "JPEG", 20), embedded.strip):
        try:
            made = work(data)
        except Unclean:
            continue
        if isinstance(made, bytes) and work is not embedded.strip:
            assert leaks(made) == set()


def test_embedded_jpeg() -> None:
    """Within a document a JPEG keeps its pixels bit by bit, its orientation, and nothing else."""
    made = embedded.strip(photo(64, 48))
    assert made is not None
    assert leaks(made) == set()
    assert opened(made).tobytes() == opened(photo(64, 48)).tobytes()
    assert opened(made).getexif().get(0x0112) == 6
    assert len(made) < len(photo(64, 48)) / 2


def test_embedded_png() -> None:
    """Within a document a PNG keeps its pixels and loses texts, times and what follows its end."""
    made = embedded.strip(png(transparent=True))
    assert made is not None
    assert leaks(made) == set()
    assert opened(made).tobytes() == opened(png(transparent=True)).tobytes()


@pytest.mark.parametrize("form", ["GIF", "TIFF", "WEBP", "BMP"])
def test_embedded_others(form: str) -> None:
    """Other pictures within a document are made anew."""
    data = saved(noise(40, 30), form, exif=specimens.exif())
    made = embedded.strip(data)
    assert made is not None
    assert leaks(made) == set()
    assert opened(made).size == ((30, 40) if form in ("TIFF", "WEBP") else (40, 30))


def test_embedded_unknown() -> None:
    """What is no picture is told from one."""
    assert embedded.strip(b"%PDF-1.4") is None
    assert embedded.strip(b"RIFF\0\0\0\0WAVE") is None


@settings(max_examples=100)
@given(st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x0cjP  "]), st.binary())
def test_embedded_garbage(start: bytes, data: bytes) -> None:
    """Damaged pictures within a document are refused, or end where they end."""
    for work in (embedded.strip, embedded.strip_jpeg2000):
        try:
            work(start + data)
        except Unclean as reason:
            assert reason.code == "picture-unreadable"  # noqa: PT017  it may pass as well


def test_many_scans() -> None:
    """A JPEG of hundreds of scans is refused before it is decoded."""
    data = photo(64, 64)
    scan = data[data.index(b"\xff\xda") : -2]
    with pytest.raises(Unclean) as raised:
        picture.encode(data[:-2] + scan * 200 + data[-2:], "JPEG")
    assert raised.value.code == "picture-scans"
