"""Code lists: the words that some fields of the front matter, and names of files, choose from."""

from __future__ import annotations

from typing import Literal

EventType = Literal[
    "round-table",
    "conference",
    "seminar",
    "meeting",
    "presentation",
    "training",
    "campaign",
    "other",
]
EventStatus = Literal["scheduled", "held", "postponed", "cancelled"]

Stage = Literal["running", "ended", "unknown"]
"""What is known of a programme's end at the time of a build."""

# IATI Organisation Type codelist, by word; "other" is ours.
OrganizationType = Literal[
    "government",
    "public-sector",
    "international-ngo",
    "national-ngo",
    "regional-ngo",
    "multilateral",
    "foundation",
    "private-sector",
    "academic",
    "other",
]
IATI_TYPES: dict[str, str] = {
    "government": "10",
    "public-sector": "15",
    "international-ngo": "21",
    "national-ngo": "22",
    "regional-ngo": "23",
    "multilateral": "40",
    "foundation": "60",
    "private-sector": "70",
    "academic": "80",
    "other": "90",
}

# What an attachment's suffix promises; HEIC cannot be read and is named to be refused with advice.
PICTURE_FORMATS: dict[str, str] = {
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "jpe": "JPEG",
    "jfif": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "tif": "TIFF",
    "tiff": "TIFF",
    "bmp": "BMP",
    "avif": "AVIF",
    "heic": "",
    "heif": "",
}
