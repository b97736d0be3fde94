"""Measures raster pictures and encodes their pixels without anything else; no I/O here.

Whatever a picture file tells besides its pixels (place, camera, owner, comments, thumbnails, a
film behind the photograph) may endanger the people in it. Nothing is removed from such a file: a
new one is made of the pixels alone, turned upright (EXIF 2.32, tag 0x0112) and converted to sRGB,
so that it needs neither EXIF nor a colour profile. The same bytes give the same bytes: one
thread, no clock.

Pillow is loaded where there is a picture, not before. Decoding costs tens of milliseconds, encoding
AVIF about a second a megapixel.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

SIZES = (480, 960, 1600)  # widths in pixels: a phone, a phone's dense screen, the whole column
MAX_PIXELS = 65_000_000  # telephones have sensors of 64 megapixels; decoded that is 260 MB
MAX_SCANS = 100  # of a JPEG; cameras and programs write ten, and each is decoded over the whole
_JPEG, _SCAN = b"\xff\xd8", b"\xff\xda"
MAX_SIDE = 16_000  # pixels; what AVIF and WebP can hold is not much more

# In bytes; JPEG is decoded in a smaller size where a small one is wanted, the others are not.
_MOST_DECODED = {"PNG": 110_000_000, "TIFF": 110_000_000, "BMP": 110_000_000}
_MOST_DECODED |= dict.fromkeys(("WEBP", "AVIF", "GIF"), 50_000_000)

_READABLE = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
_MOVING = ("PNG", "GIF", "WEBP", "TIFF")  # written with all frames; AVIF would write the time
_OPAQUE = ("JPEG", "BMP")
_SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"method": 4},
    "AVIF": {"speed": 6, "max_threads": 1, "autotiling": False},
    "TIFF": {"compression": "tiff_adobe_deflate"},
}
_QUALITY = {"JPEG": 80, "WEBP": 78, "AVIF": 55}
_QUALITY_WHOLE = {"JPEG": 90, "WEBP": 90, "AVIF": 75}
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # EXIF's number to Pillow's Transpose


class Unclean(Exception):  # noqa: N818  it says what the file is, not that the program failed
    """A file that cannot be freed of what it tells besides its content: the code says why."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Clean(msgspec.Struct, frozen=True, array_like=True):
    """A document as it is published.

    `pages` is 0 where their number is not known; `changes`: whether it shows changes or comments
    that its authors may not know of.
    """

    data: bytes
    pages: int
    changes: bool = False


class Size(msgspec.Struct, frozen=True):
    """An upright picture's width and height in pixels, and whether one can see through it."""

    width: int
    height: int
    transparent: bool


def measure(data: bytes) -> Size:
    """The size of a picture that can be decoded to its last pixel. Raises Unclean."""
    with _opened(data) as image:
        width, height = image.size
        if image.format in ("JPEG", "MPO"):
            image.draft(None, (max(width // 8, 1), max(height // 8, 1)))
        image.load()
        if image.format not in ("JPEG", "MPO"):
            width, height = image.size
        transparent = _see_through(image)
        if _orientation(image) in (5, 6, 7, 8):
            width, height = height, width
        for number in range(1, _frame_count(image)):
            image.seek(number)
            image.load()
    return Size(width, height, transparent)


def widths(width: int) -> tuple[int, ...]:
    """The widths in which a picture is offered, smallest first; never wider than it is."""
    top = min(width, SIZES[-1])
    return (*(size for size in SIZES if size <= 0.8 * top), top)


def scaled(width: int, height: int, target: int) -> int:
    """The height of a picture that is `target` wide."""
    return max(1, round(height * target / width))


def encode(data: bytes, form: str, width: int = 0) -> bytes:
    """The picture as `form` (a value of `PICTURE_FORMATS`), `width` wide; 0: in its own size.

    In its own size all frames and pages are kept, and the quality is higher. Raises Unclean.
    """
    with _opened(data) as image:
        several = not width and form in _MOVING and image.format in _MOVING
        frames = [_upright(image, form, width)]
        timing = [image.info.get("duration", 0)]
        loop = image.info.get("loop")
        for number in range(1, _frame_count(image) if several else 1):
            image.seek(number)
            frames.append(_upright(image, form, width))
            timing.append(image.info.get("duration", 0))
    options = dict(_SAVING.get(form, {}))
    quality = (_QUALITY if width else _QUALITY_WHOLE).get(form)
    if quality:
        options["quality"] = quality
    if form == "TIFF" and all(frame.mode == "1" for frame in frames):
        options["compression"] = "group4"
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:]}
        if form != "TIFF":
            options |= {"duration": timing}
            options |= {} if loop is None else {"loop": loop}
    made = BytesIO()
    frames[0].save(made, form, **options)
    return made.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    """The picture in the bytes, its size checked before a pixel is decoded. Raises Unclean.

    Pillow's warnings are kept from the editor: of what it warns, nothing is published.
    """
    from PIL import Image  # noqa: PLC0415  costs 50 ms, only where there is a picture

    if data.startswith(_JPEG) and data.count(_SCAN) > MAX_SCANS:
        raise Unclean("picture-scans", limit=str(MAX_SCANS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=_READABLE) as image:
                _check_size(image)
                yield image
        except (Unclean, MemoryError):
            raise
        except Image.DecompressionBombError:
            raise _too_large() from None
        except Exception as error:  # a damaged file makes Pillow raise almost anything
            raise Unclean("picture-unreadable") from error


def _check_size(image: Image) -> None:
    """Raises Unclean where the decoded picture would fill the memory."""
    width, height = image.size
    each = len(image.getbands()) * (4 if image.mode[0] in "IF" else 1)
    most = min(_MOST_DECODED.get(image.format or "", MAX_PIXELS * each) // each, MAX_PIXELS)
    if max(width, height) > MAX_SIDE or width * height > most:
        raise _too_large(most)


def _too_large(pixels: int = MAX_PIXELS) -> Unclean:
    return Unclean("picture-too-large", limit=str(pixels // 1_000_000))


def _frame_count(image: Image) -> int:
    """How many frames or pages there are; a photograph with a preview behind it has one."""
    if image.format not in _MOVING:
        return 1
    count = int(getattr(image, "n_frames", 1))
    most = 4 * MAX_PIXELS if image.format == "TIFF" else 2 * MAX_PIXELS  # pages, or a film
    if count * image.width * image.height > most:
        raise _too_large()
    return count


def _orientation(image: Image) -> int:
    """How the picture lies, after it was loaded (TIFF is turned by loading it)."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  damaged EXIF says nothing
        return 1


def _see_through(image: Image) -> bool:
    if not image.has_transparency_data:
        return False
    lowest, _ = _alpha(image).getextrema()
    return float(str(lowest)) < 255  # noqa: PLR2004  opaque


def _alpha(image: Image) -> Image:
    """How opaque each pixel is."""
    source = image if image.mode in ("RGBA", "LA") else image.convert("RGBA")
    return source.getchannel("A")


def _upright(image: Image, form: str, width: int) -> Image:
    """The frame as a new picture that holds pixels only."""
    from PIL.Image import Resampling, Transpose  # noqa: PLC0415

    full = image.size
    if width and image.format in ("JPEG", "MPO"):
        factor = 2 * width / min(full)
        image.draft(None, (int(full[0] * factor) + 1, int(full[1] * factor) + 1))
    image.load()
    if image.format not in ("JPEG", "MPO"):
        full = image.size
    orientation = _orientation(image)
    clean = _in_srgb(image, form, scaling=bool(width))
    if orientation in _TURNS:
        clean = clean.transpose(Transpose(_TURNS[orientation]))
        if orientation >= 5:  # noqa: PLR2004  it lies on its side
            full = full[1], full[0]
    if width and (width, scaled(*full, width)) != clean.size:
        size = (width, scaled(*full, width))
        clean = clean.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    if clean is image and image.format != "JPEG":  # of which nothing but the info is written again
        clean = image.copy()
    clean.info = {}
    return clean


def _in_srgb(image: Image, form: str, *, scaling: bool) -> Image:
    """The pixels in sRGB: RGB or RGBA; line art and grey stay what they are at their own size."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _eight_bits(image)
    if not scaling and not profile and not image.has_transparency_data:
        if image.mode in ("1", "L") and form not in ("AVIF", "WEBP"):
            return image
        if image.mode == "P" and form in ("PNG", "GIF", "TIFF"):
            return image
    alpha = _alpha(image) if _see_through(image) else None
    base = image
    if image.mode in ("LA", "La"):
        base = image.convert("L")
    elif image.mode not in ("L", "RGB", "CMYK", "LAB"):
        base = image.convert("RGB")
    colours = _by_profile(base, profile) if profile else None
    if colours is None:
        colours = base if base.mode == "RGB" else base.convert("RGB")
    return colours if alpha is None else _see_through_as(form, colours, alpha)


def _see_through_as(form: str, colours: Image, alpha: Image) -> Image:
    """The picture with its transparency, on white where the form has none; `colours` is left."""
    from PIL import Image  # noqa: PLC0415

    if form in _OPAQUE:
        paper = Image.new("RGB", colours.size, "white")
        paper.paste(colours, mask=alpha)
        return paper
    made = colours.copy()
    made.putalpha(alpha)
    return made


def _eight_bits(image: Image) -> Image:
    """Grey of 16 or 32 bits in 8; Pillow alone would cut the bright half off."""
    if image.mode != "F":
        image = image.convert("I")
    _, highest = image.getextrema()
    top = max(float(str(highest)), 1.0)
    scale = 255 / (65535 if image.mode == "I" and top <= 65535 else top)  # noqa: PLR2004
    return image.point(lambda value: value * scale).convert("L")


def _by_profile(image: Image, profile: bytes) -> Image | None:
    """The picture converted to sRGB; None where its profile is damaged or of another kind."""
    from PIL import ImageCms  # noqa: PLC0415

    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
