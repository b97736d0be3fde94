"""The content model: what an editor may write in the front matter of each kind of source.

DESIGN: ids are ASCII slugs, unique within a kind and permanent. Dates are EDTF text (see
`mksite.date.edtf`); they stay text here and are never given more precision than was written. Text
that has languages is a string (in the language of the file) or a mapping by language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import msgspec

from mksite.content.code_list import EventStatus, EventType, OrganizationType

if TYPE_CHECKING:
    from collections.abc import Iterable

Text = str | dict[str, str]
S = TypeVar("S", bound=msgspec.Struct)
DateText = Annotated[str, msgspec.Meta(extra_json_schema={"format": "edtf"})]
Name = Annotated[str, msgspec.Meta(description="a known name or an id")]

Kind = Literal["release", "organization", "programme", "place", "person", "tag", "page"]
Key = tuple[Kind, str]


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
    """Where the archive has the release from; `archived` is a copy of the page at `url`."""

    title: Text | None = None
    url: str | None = None
    archived: str | None = None
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


class Withdrawal(Struct, frozen=True):
    """A release was taken back: its address says when and why, and nothing else of it is left."""

    date: DateText
    reason: Text


class Photo(Struct, frozen=True, omit_defaults=True):
    """A picture in the release's folder; `alt` says what it shows to who cannot see it."""

    file: str
    alt: Text
    caption: Text | None = None
    credit: Text | None = None


class Attached(Struct, frozen=True):
    """A document in the release's folder, and what it is called."""

    file: str
    title: Text


class Release(Struct, frozen=True, omit_defaults=True, tag="release", tag_field="kind"):
    """A press release."""

    title: str
    lang: str | None = None
    date: DateText | None = None
    added: DateText | None = None
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
    documents: tuple[Attached, ...] = ()
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    draft: bool = False
    embargo: str | None = None
    mentions: bool = True
    withdrawn: Withdrawal | None = None


class FormerName(Struct, frozen=True, omit_defaults=True):
    """A name that was left; `until` is the last time it was in use."""

    name: Text
    until: DateText | None = None
    mention: bool = True


class Alias(Struct, frozen=True, omit_defaults=True):
    """Another name, of which more is to be said: `mention` whether it is recognized in texts."""

    name: str
    mention: bool = True


class Organization(Struct, frozen=True, omit_defaults=True, tag="organization", tag_field="kind"):
    """Whoever organizes, pays, takes part or is named."""

    name: Text
    lang: str | None = None
    short: Text | None = None
    aliases: tuple[str | Alias, ...] = ()
    former: tuple[FormerName, ...] = ()
    mention: bool = True
    type: OrganizationType = "other"
    country: str | None = None
    parent: Name | None = None
    successor: Name | None = None
    url: str | None = None
    identifiers: dict[str, str] = {}
    addresses: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


class Period(Struct, frozen=True, omit_defaults=True):
    """From when to when; an end that is left out is unknown or open."""

    start: DateText | None = None
    end: DateText | None = None


class Programme(Struct, frozen=True, omit_defaults=True, tag="programme", tag_field="kind"):
    """A programme or project: it may organize, and its funders reach its releases."""

    name: Text
    lang: str | None = None
    short: Text | None = None
    aliases: tuple[str | Alias, ...] = ()
    former: tuple[FormerName, ...] = ()
    mention: bool = True
    period: Period | None = None
    implementers: tuple[Name, ...] = ()
    partners: tuple[Name, ...] = ()
    support: tuple[Name, ...] = ()
    funders: tuple[Name, ...] = ()
    countries: tuple[str, ...] = ()
    parent: Name | None = None
    url: str | None = None
    identifiers: dict[str, str] = {}
    addresses: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


class Place(Struct, frozen=True, omit_defaults=True, tag="place", tag_field="kind"):
    """A venue, a city or a region; `within` is the place around it."""

    name: Text
    lang: str | None = None
    short: Text | None = None
    aliases: tuple[str | Alias, ...] = ()
    former: tuple[FormerName, ...] = ()
    mention: bool = True
    within: Name | None = None
    country: str | None = None
    address: Text | None = None
    coordinates: tuple[float, float] | None = None
    addresses: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


class Position(Struct, frozen=True, omit_defaults=True):
    """What a person was, where, and from when to when; an end that is left out is unknown."""

    organization: Name | None = None
    role: Text | None = None
    since: DateText | None = msgspec.field(default=None, name="from")
    until: DateText | None = None


class Person(Struct, frozen=True, omit_defaults=True, tag="person", tag_field="kind"):
    """A public figure in a public role: only who has a file has a page."""

    name: Text
    lang: str | None = None
    short: Text | None = None
    aliases: tuple[str | Alias, ...] = ()
    former: tuple[FormerName, ...] = ()
    mention: bool = True
    positions: tuple[Position, ...] = ()
    url: str | None = None
    identifiers: dict[str, str] = {}
    addresses: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


class Tag(Struct, frozen=True, omit_defaults=True, tag="tag", tag_field="kind"):
    """A topic; `broader` is the topic around it (SKOS broader)."""

    name: Text
    lang: str | None = None
    short: Text | None = None
    aliases: tuple[str | Alias, ...] = ()
    former: tuple[FormerName, ...] = ()
    broader: Name | None = None
    addresses: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


class StaticPage(Struct, frozen=True, omit_defaults=True, tag="page", tag_field="kind"):
    """A page that is neither release nor entity, such as “about”."""

    title: str
    lang: str | None = None
    summary: str | None = None
    aliases: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    draft: bool = False


class Translation(Struct, frozen=True, omit_defaults=True, tag="translation", tag_field="kind"):
    """A translation carries only what is translated.

    `original` is the digest of the original's text that was translated; mksite maintains it and
    marks the translation as outdated when the original has changed since.
    """

    title: str | None = None
    summary: str | None = None
    original: str | None = None


Entity = Organization | Programme | Place | Person | Tag
Original = Release | Organization | Programme | Place | Person | Tag | StaticPage
Meta = Original | Translation


class KindSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What the site knows of a kind besides its fields.

    `folder` is that of content/ and of the addresses. A party may have roles in releases. `around`
    is the field that names the entity around one; `schema_type` is schema.org's type.
    """

    folder: str
    struct: type[Original]
    is_entity: bool = True
    is_party: bool = False
    around: str = ""
    schema_type: str = ""


KIND_SPECS: dict[Kind, KindSpec] = {
    "release": KindSpec(folder="releases", struct=Release, is_entity=False),
    "organization": KindSpec(
        folder="organizations",
        struct=Organization,
        is_party=True,
        around="parent",
        schema_type="Organization",
    ),
    "programme": KindSpec(
        folder="programmes",
        struct=Programme,
        is_party=True,
        around="parent",
        schema_type="Project",
    ),
    "place": KindSpec(folder="places", struct=Place, around="within", schema_type="Place"),
    "person": KindSpec(folder="people", struct=Person, schema_type="Person"),
    "tag": KindSpec(folder="tags", struct=Tag, around="broader", schema_type="DefinedTerm"),
    "page": KindSpec(folder="pages", struct=StaticPage, is_entity=False),
}
"""All kinds. A new one is a struct, its name in `Kind` and its union, and a line here."""

KINDS: dict[str, Kind] = {spec.folder: kind for kind, spec in KIND_SPECS.items()}
FOLDERS: dict[Kind, str] = {kind: spec.folder for kind, spec in KIND_SPECS.items()}
ENTITY_KINDS: tuple[Kind, ...] = tuple(k for k, spec in KIND_SPECS.items() if spec.is_entity)
PARTY_KINDS: tuple[Kind, ...] = tuple(k for k, spec in KIND_SPECS.items() if spec.is_party)


def alias_names(aliases: Iterable[str | Alias]) -> tuple[str, ...]:
    """The names among the aliases of an entity."""
    return tuple([alias if isinstance(alias, str) else alias.name for alias in aliases])


def with_languages(value: S, lang: str) -> S:
    """The value with each text of it, which names no language, said to be in `lang`."""
    changed: dict[str, object] = {}
    for name, is_text in _fields(type(value)):
        item = getattr(value, name)
        if isinstance(item, str) and is_text and item:
            changed[name] = {lang: item}
        elif isinstance(item, msgspec.Struct):
            changed[name] = with_languages(item, lang)
        elif isinstance(item, tuple) and item and isinstance(item[0], msgspec.Struct):
            changed[name] = tuple([with_languages(part, lang) for part in item])
    return msgspec.structs.replace(value, **changed)


@cache
def _fields(struct: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    """The names of a struct's fields, and whether each is a Text."""
    fields = msgspec.structs.fields(struct)
    return tuple((field.name, field.type in (Text, Text | None)) for field in fields)


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
