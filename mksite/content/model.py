"""The content model: what an editor may write in the front matter of each kind of source.

DESIGN: ids are ASCII slugs, unique within a kind and permanent. Dates are EDTF text (see
`mksite.date.edtf`); they stay text here and are never given more precision than was written. Text
that has languages is a string (in the site's default language) or a mapping by language.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Text = str | dict[str, str]
DateText = Annotated[str, msgspec.Meta(extra_json_schema={"format": "edtf"})]
Name = Annotated[str, msgspec.Meta(description="a known name or an id")]

Kind = Literal["release", "organization", "programme", "place", "tag", "page"]
KINDS: dict[str, Kind] = {
    "releases": "release",
    "organizations": "organization",
    "programmes": "programme",
    "places": "place",
    "tags": "tag",
    "pages": "page",
}
FOLDERS: dict[Kind, str] = {kind: folder for folder, kind in KINDS.items()}

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

# Roles of an entity in a release or programme. IATI: 1 funding, 4 implementing; the others are
# schema.org's organizer, contributor (partner), sponsor (support), attendee, performer, mentions.
Role = Literal[
    "organizer",
    "partner",
    "support",
    "funder",
    "implementer",
    "participant",
    "speaker",
    "mentioned",
    "publisher",
]
ROLES: tuple[Role, ...] = (
    "organizer",
    "partner",
    "support",
    "funder",
    "implementer",
    "participant",
    "speaker",
    "publisher",
    "mentioned",
)


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the front matter: frozen, unknown keys forbidden."""


class Event(Struct, frozen=True, omit_defaults=True):
    """What happened: `start` and `end` are a date, a date-time or another EDTF value."""

    type: EventType = "other"
    start: DateText | None = None
    end: DateText | None = None
    status: EventStatus | None = None


class Speaker(Struct, frozen=True, omit_defaults=True):
    """A person who spoke, for which organization, in which capacity."""

    name: Text
    role: Text | None = None
    organization: Name | None = None


class Origin(Struct, frozen=True, omit_defaults=True):
    """Where the archive has the release from."""

    title: Text | None = None
    url: str | None = None
    file: str | None = None
    publisher: Name | None = None


class Contact(Struct, frozen=True, omit_defaults=True):
    """Whom the release names for further information."""

    name: Text | None = None
    role: Text | None = None
    organization: Name | None = None
    email: str | None = None
    phone: str | None = None


class Correction(Struct, frozen=True):
    """What was mended after publication, and when."""

    date: DateText
    text: Text


class Photo(Struct, frozen=True, omit_defaults=True):
    """A picture in the release's folder; `alt` says what it shows to who cannot see it."""

    file: str
    alt: Text
    caption: Text | None = None
    credit: Text | None = None


class Release(Struct, frozen=True, omit_defaults=True, tag="release", tag_field="kind"):
    """A press release."""

    title: str
    date: DateText | None = None
    event: Event | None = None
    venue: Name | None = None
    date_note: Text | None = None
    organizers: tuple[Name, ...] = ()
    partners: tuple[Name, ...] = ()
    support: tuple[Name, ...] = ()
    funders: tuple[Name, ...] = ()
    programme: Name | tuple[Name, ...] = ()
    participants: tuple[Name, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    tags: tuple[Name, ...] = ()
    summary: str | None = None
    source: Origin | None = None
    contact: Contact | None = None
    photos: tuple[Photo, ...] = ()
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    draft: bool = False
    embargo: str | None = None


class FormerName(Struct, frozen=True, omit_defaults=True):
    """A name that was left; `until` is the last time it was in use."""

    name: Text
    until: DateText | None = None


class Organization(Struct, frozen=True, omit_defaults=True, tag="organization", tag_field="kind"):
    """Whoever organizes, pays, takes part or is named."""

    name: Text
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    type: OrganizationType = "other"
    country: str | None = None
    parent: Name | None = None
    successor: Name | None = None
    url: str | None = None
    identifiers: dict[str, str] = {}


class Period(Struct, frozen=True, omit_defaults=True):
    """From when to when; an end that is left out is unknown or open."""

    start: DateText | None = None
    end: DateText | None = None


class Programme(Struct, frozen=True, omit_defaults=True, tag="programme", tag_field="kind"):
    """A programme or project: it may organize, and its funders reach its releases."""

    name: Text
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    period: Period | None = None
    implementers: tuple[Name, ...] = ()
    partners: tuple[Name, ...] = ()
    support: tuple[Name, ...] = ()
    funders: tuple[Name, ...] = ()
    countries: tuple[str, ...] = ()
    parent: Name | None = None
    url: str | None = None
    identifiers: dict[str, str] = {}


class Place(Struct, frozen=True, omit_defaults=True, tag="place", tag_field="kind"):
    """A venue, a city or a region; `within` is the place around it."""

    name: Text
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    within: Name | None = None
    country: str | None = None
    address: Text | None = None
    coordinates: tuple[float, float] | None = None


class Tag(Struct, frozen=True, omit_defaults=True, tag="tag", tag_field="kind"):
    """A topic; `broader` is the topic around it (SKOS broader)."""

    name: Text
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    broader: Name | None = None


class StaticPage(Struct, frozen=True, omit_defaults=True, tag="page", tag_field="kind"):
    """A page that is neither release nor entity, such as “about”."""

    title: str
    summary: str | None = None
    aliases: tuple[str, ...] = ()
    draft: bool = False


class Translation(Struct, frozen=True, omit_defaults=True, tag="translation", tag_field="kind"):
    """A translation carries only what is translated.

    `original` is the digest of the original's text that was translated; mksite maintains it and
    marks the translation as outdated when the original has changed since.
    """

    title: str | None = None
    summary: str | None = None
    original: str | None = None


Entity = Organization | Programme | Place | Tag
Original = Release | Organization | Programme | Place | Tag | StaticPage
Meta = Original | Translation

SCHEMAS: dict[Kind, type[Original]] = {
    "release": Release,
    "organization": Organization,
    "programme": Programme,
    "place": Place,
    "tag": Tag,
    "page": StaticPage,
}


def by_language(text: Text | None, default: str) -> dict[str, str]:
    """The languages that a text has; a plain string is in the default language."""
    if text is None:
        return {}
    return {default: text} if isinstance(text, str) else text


def in_language(text: Text | None, lang: str, default: str) -> tuple[str, str]:
    """The text in `lang`, else in the default language, else in any: (text, its language)."""
    known = by_language(text, default)
    for candidate in (lang, default, *known):
        if known.get(candidate):
            return known[candidate], candidate
    return "", lang


Key = tuple[Kind, str]

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
