"""The tables of the archive's data as typed rows, and what their columns are.

One definition serves CSV, JSON, SQLite, the data package and the data dictionary. Texts that have
languages are one column a language, so that the files are the same whatever the reader's language
is. An empty text, an empty list or None says that the archive does not know.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

import msgspec

from mksite.content.code_list import IATI_TYPES, EventStatus, EventType, OrganizationType
from mksite.content.model import ENTITY_KINDS, FOLDERS, PARTY_KINDS, Kind
from mksite.content.role import ROLES
from mksite.language import languages

LANGUAGES = ("ru", "ky", "en")  # of columns, which are the same for every site

ColumnType = Literal[
    "text", "id", "reference", "list", "code", "edtf", "day", "year", "integer", "decimal", "url"
]
STANDARDS = {
    "edtf": ("EDTF", "https://www.loc.gov/standards/datetime/"),
    "iso-8601": ("ISO 8601", "https://www.iso.org/iso-8601-date-and-time-format.html"),
    "iso-3166-1": ("ISO 3166-1 alpha-2", "https://www.iso.org/iso-3166-country-codes.html"),
    "bcp-47": ("BCP 47", "https://www.rfc-editor.org/info/bcp47"),
    "iati": (
        "IATI OrganisationType",
        "https://iatistandard.org/en/iati-standard/203/codelists/organisationtype/",
    ),
    "wgs-84": ("WGS 84", "https://epsg.io/4326"),
    "rfc-3986": ("RFC 3986", "https://www.rfc-editor.org/rfc/rfc3986"),
}
NameUse = Literal["name", "short", "alias", "former"]
Money = Literal["event", "programme"]


class Is(msgspec.Struct, frozen=True):
    """What a column holds.

    `tables` are those that it refers to, `codes` the only values that it may have, which the
    interface words in the context `label`; `standard` is one of `STANDARDS`.
    """

    type: ColumnType
    tables: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    label: str = ""
    standard: str = ""


Id = Annotated[str, Is("id")]
Url = Annotated[str, Is("url", standard="rfc-3986")]
Edtf = Annotated[str, Is("edtf", standard="edtf")]
Day = Annotated[str, Is("day", standard="iso-8601")]
Year = Annotated[int | None, Is("year")]
Country = Annotated[str, Is("code", standard="iso-3166-1")]
Countries = Annotated[tuple[str, ...], Is("list", standard="iso-3166-1")]
Language = Annotated[
    str, Is("code", codes=tuple(languages.LANGUAGES), label="language", standard="bcp-47")
]
Degrees = Annotated[float | None, Is("decimal", standard="wgs-84")]
List = Annotated[tuple[str, ...], Is("list")]
ReleaseId = Annotated[str, Is("reference", ("releases",))]
OrganizationId = Annotated[str, Is("reference", ("organizations",))]
ProgrammeId = Annotated[str, Is("reference", ("programmes",))]
PlaceId = Annotated[str, Is("reference", ("places",))]
TagId = Annotated[str, Is("reference", ("tags",))]
PersonId = Annotated[str, Is("reference", ("people",))]
ProgrammeIds = Annotated[tuple[str, ...], Is("list", ("programmes",))]
TagIds = Annotated[tuple[str, ...], Is("list", ("tags",))]
PartyId = Annotated[str, Is("reference", ("organizations", "programmes"))]
ENTITY_TABLES = ("organizations", "programmes", "places", "people", "tags")
EntityId = Annotated[str, Is("reference", ENTITY_TABLES)]
AnyId = Annotated[str, Is("reference", ("releases", *ENTITY_TABLES))]
PartyKind = Annotated[str, Is("code", codes=PARTY_KINDS, label="kind")]
EntityKind = Annotated[str, Is("code", codes=ENTITY_KINDS, label="kind")]
AnyKind = Annotated[
    str,
    Is("code", codes=("release", *ENTITY_KINDS), label="kind"),
]
RoleCode = Annotated[str, Is("code", codes=ROLES, label="role")]
EventTypeCode = Annotated[str, Is("code", codes=get_args(EventType), label="event-type")]
StatusCode = Annotated[str, Is("code", codes=get_args(EventStatus), label="status")]
OrganizationTypeCode = Annotated[
    str, Is("code", codes=get_args(OrganizationType), label="organization-type")
]
IatiType = Annotated[str, Is("code", codes=tuple(IATI_TYPES.values()), standard="iati")]
MoneyCode = Annotated[str, Is("code", codes=get_args(Money))]
NameUseCode = Annotated[str, Is("code", codes=get_args(NameUse), label="name-use")]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A row of a table; its fields are the columns in order."""


class ReleaseRow(Row, frozen=True):
    """A press release and its event."""

    id: Id
    page: Url
    lang: Language
    title_ru: str
    title_ky: str
    title_en: str
    summary_ru: str
    summary_ky: str
    summary_en: str
    date: Edtf
    date_earliest: Day
    date_latest: Day
    year: Year
    date_note_ru: str
    date_note_ky: str
    date_note_en: str
    added: Edtf
    event_type: EventTypeCode
    event_status: StatusCode
    event_start: Edtf
    event_end: Edtf
    event_earliest: Day
    event_latest: Day
    event_year: Year
    venue: PlaceId
    venue_name_ru: str
    venue_name_ky: str
    venue_name_en: str
    programmes: ProgrammeIds
    tags: TagIds
    source_title_ru: str
    source_title_ky: str
    source_title_en: str
    source_url: Url
    source_archived: Url


class OrganizationRow(Row, frozen=True):
    """An organization."""

    id: Id
    page: Url
    name_ru: str
    name_ky: str
    name_en: str
    short_ru: str
    short_ky: str
    short_en: str
    type: OrganizationTypeCode
    type_iati: IatiType
    country: Country
    parent: OrganizationId
    successor: OrganizationId
    url: Url
    identifiers: List


class ProgrammeRow(Row, frozen=True):
    """A programme or project."""

    id: Id
    page: Url
    name_ru: str
    name_ky: str
    name_en: str
    short_ru: str
    short_ky: str
    short_en: str
    start: Edtf
    end: Edtf
    start_year: Year
    end_year: Year
    countries: Countries
    parent: ProgrammeId
    url: Url
    identifiers: List


class PlaceRow(Row, frozen=True):
    """A venue, a city or a region."""

    id: Id
    page: Url
    name_ru: str
    name_ky: str
    name_en: str
    within: PlaceId
    country: Country
    address_ru: str
    address_ky: str
    address_en: str
    latitude: Degrees
    longitude: Degrees


class PersonRow(Row, frozen=True):
    """A public figure."""

    id: Id
    page: Url
    name_ru: str
    name_ky: str
    name_en: str
    url: Url
    identifiers: List


class PositionRow(Row, frozen=True):
    """What a person was, where and when."""

    person: PersonId
    role_ru: str
    role_ky: str
    role_en: str
    kind: PartyKind
    entity: PartyId
    start: Edtf
    end: Edtf


class TagRow(Row, frozen=True):
    """A topic."""

    id: Id
    page: Url
    name_ru: str
    name_ky: str
    name_en: str
    broader: TagId


class NameRow(Row, frozen=True):
    """A name under which the archive knows an entity."""

    kind: EntityKind
    entity: EntityId
    use: NameUseCode
    lang: Language
    name: str
    until: Edtf


class RelationRow(Row, frozen=True):
    """An organization or programme in a role of a release, under its name of that time.

    `money` says of a funder what it gave to: the event itself, or a programme that it belongs to.
    """

    release: ReleaseId
    kind: PartyKind
    entity: PartyId
    name_ru: str
    name_ky: str
    name_en: str
    role: RoleCode
    money: MoneyCode
    inherited: ProgrammeId


class ProgrammeRoleRow(Row, frozen=True):
    """An organization or programme in a role of a programme."""

    programme: ProgrammeId
    kind: PartyKind
    entity: PartyId
    name_ru: str
    name_ky: str
    name_en: str
    role: RoleCode


class SpeakerRow(Row, frozen=True):
    """A person who spoke."""

    release: ReleaseId
    name_ru: str
    name_ky: str
    name_en: str
    role_ru: str
    role_ky: str
    role_en: str
    kind: PartyKind
    entity: PartyId
    person: PersonId


class PhotoRow(Row, frozen=True):
    """A photograph of a release."""

    release: ReleaseId
    file: str
    alt_ru: str
    alt_ky: str
    alt_en: str
    caption_ru: str
    caption_ky: str
    caption_en: str
    credit_ru: str
    credit_ky: str
    credit_en: str


class ContactRow(Row, frozen=True):
    """Whom a release names for further information."""

    release: ReleaseId
    name_ru: str
    name_ky: str
    name_en: str
    role_ru: str
    role_ky: str
    role_en: str
    kind: PartyKind
    entity: PartyId
    email: str
    phone: str


class CorrectionRow(Row, frozen=True):
    """What was mended in a release after publication."""

    release: ReleaseId
    date: Edtf
    text_ru: str
    text_ky: str
    text_en: str


class InvolvementRow(Row, frozen=True):
    """What stands before a release's own columns in the file of one organization or programme."""

    roles: Annotated[tuple[str, ...], Is("list", codes=ROLES, label="role")]
    inherited: ProgrammeIds


class TextRow(Row, frozen=True):
    """The body of a source as plain text; too long for a cell of CSV."""

    kind: AnyKind
    entity: AnyId
    lang: Language
    text: str


class Tables(msgspec.Struct, frozen=True, array_like=True):
    """All tables but that of the texts, which are made only when they are written."""

    releases: tuple[ReleaseRow, ...]
    organizations: tuple[OrganizationRow, ...]
    programmes: tuple[ProgrammeRow, ...]
    places: tuple[PlaceRow, ...]
    people: tuple[PersonRow, ...]
    tags: tuple[TagRow, ...]
    names: tuple[NameRow, ...]
    relations: tuple[RelationRow, ...]
    programme_roles: tuple[ProgrammeRoleRow, ...]
    speakers: tuple[SpeakerRow, ...]
    positions: tuple[PositionRow, ...]
    corrections: tuple[CorrectionRow, ...]
    photos: tuple[PhotoRow, ...]
    contacts: tuple[ContactRow, ...]


TEXTS = "texts"
TABLES: dict[str, type[Row]] = {
    name: get_args(hint)[0] for name, hint in get_type_hints(Tables).items()
}
TABLE_OF: dict[Kind, str] = {kind: f for kind, f in FOLDERS.items() if f in TABLES}
KIND_OF = {table: kind for kind, table in TABLE_OF.items()}


class Column(msgspec.Struct, frozen=True):
    """A column of a table."""

    name: str
    holds: Is


@cache
def columns(row: type[Row]) -> tuple[Column, ...]:
    """The columns of a row type in order."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(Column(name, _holds(hints[name])) for name in row.__struct_fields__)


def _holds(hint: object) -> Is:
    if get_origin(hint) is Annotated:
        return next(extra for extra in get_args(hint) if isinstance(extra, Is))
    return Is("text")


def base(name: str) -> str:
    """A column's name without its language: `title_ru` → `title`."""
    stem, _, lang = name.rpartition("_")
    return stem if stem and lang in LANGUAGES else name
