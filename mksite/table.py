"""The tables of the archive's data as typed rows, and what their columns are.

One definition serves CSV, JSON, SQLite and the data dictionary. Texts that have languages are one
column a language, so that the files are the same whatever the reader's language is. An empty text
or None says that the archive does not know.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

import msgspec

from mksite.model import IATI_TYPES, EventStatus, EventType, Kind, OrganizationType, Role

LANGUAGES = ("ru", "ky", "en")  # the columns are the same for every site: those of config

ColumnType = Literal[
    "text", "id", "reference", "list", "code", "edtf", "day", "year", "integer", "decimal", "url"
]
Standard = Literal[
    "", "edtf", "iso-8601", "iso-3166-1", "rfc-5646", "iati-organisation-type", "wgs-84", "rfc-3986"
]
NameUse = Literal["name", "short", "alias", "former"]


class Is(msgspec.Struct, frozen=True):
    """What a column holds: `tables` that it refers to, the `codes` that it may hold with the
    context in which the interface words them, the `standard` that its values follow."""

    type: ColumnType
    tables: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    label: str = ""
    standard: Standard = ""


Id = Annotated[str, Is("id")]
Url = Annotated[str, Is("url", standard="rfc-3986")]
Edtf = Annotated[str, Is("edtf", standard="edtf")]
Day = Annotated[str, Is("day", standard="iso-8601")]
Year = Annotated[int | None, Is("year")]
Country = Annotated[str, Is("code", standard="iso-3166-1")]
Countries = Annotated[tuple[str, ...], Is("list", standard="iso-3166-1")]
Language = Annotated[str, Is("code", codes=LANGUAGES, label="language", standard="rfc-5646")]
Degrees = Annotated[float | None, Is("decimal", standard="wgs-84")]
List = Annotated[tuple[str, ...], Is("list")]
ReleaseId = Annotated[str, Is("reference", ("releases",))]
OrganizationId = Annotated[str, Is("reference", ("organizations",))]
ProgrammeId = Annotated[str, Is("reference", ("programmes",))]
PlaceId = Annotated[str, Is("reference", ("places",))]
TagId = Annotated[str, Is("reference", ("tags",))]
ProgrammeIds = Annotated[tuple[str, ...], Is("list", ("programmes",))]
TagIds = Annotated[tuple[str, ...], Is("list", ("tags",))]
PartyId = Annotated[str, Is("reference", ("organizations", "programmes"))]
EntityId = Annotated[str, Is("reference", ("organizations", "programmes", "places", "tags"))]
PartyKind = Annotated[str, Is("code", codes=("organization", "programme"), label="kind")]
EntityKind = Annotated[
    str, Is("code", codes=("organization", "programme", "place", "tag"), label="kind")
]
RoleCode = Annotated[str, Is("code", codes=get_args(Role), label="role")]
EventTypeCode = Annotated[str, Is("code", codes=get_args(EventType), label="event-type")]
StatusCode = Annotated[str, Is("code", codes=get_args(EventStatus), label="status")]
OrganizationTypeCode = Annotated[
    str, Is("code", codes=get_args(OrganizationType), label="organization-type")
]
IatiType = Annotated[
    str, Is("code", codes=tuple(IATI_TYPES.values()), standard="iati-organisation-type")
]
NameUseCode = Annotated[str, Is("code", codes=get_args(NameUse), label="name-use")]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A row of a table; its fields are the columns in order."""


class ReleaseRow(Row, frozen=True):
    """A press release and its event."""

    id: Id
    page: Url
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
    event_type: EventTypeCode
    event_status: StatusCode
    event_start: Edtf
    event_end: Edtf
    event_earliest: Day
    event_latest: Day
    event_year: Year
    venue: PlaceId
    programmes: ProgrammeIds
    tags: TagIds
    source_title_ru: str
    source_title_ky: str
    source_title_en: str
    source_url: Url


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
    """An organization or programme in a role of a release."""

    release: ReleaseId
    kind: PartyKind
    entity: PartyId
    role: RoleCode
    inherited: ProgrammeId


class ProgrammeRoleRow(Row, frozen=True):
    """An organization or programme in a role of a programme."""

    programme: ProgrammeId
    kind: PartyKind
    entity: PartyId
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


class FileRow(Row, frozen=True):
    """A file beside a release."""

    release: ReleaseId
    name: str
    url: Url
    size_bytes: Annotated[int, Is("integer")]


class InvolvementRow(Row, frozen=True):
    """What stands before a release's own columns in the file of one organization or programme."""

    roles: Annotated[
        tuple[str, ...], Is("list", codes=(*get_args(Role), "programme"), label="role")
    ]
    inherited: List


TABLES: dict[str, type[Row]] = {
    "releases": ReleaseRow,
    "organizations": OrganizationRow,
    "programmes": ProgrammeRow,
    "places": PlaceRow,
    "tags": TagRow,
    "names": NameRow,
    "relations": RelationRow,
    "programme_roles": ProgrammeRoleRow,
    "speakers": SpeakerRow,
    "contacts": ContactRow,
    "corrections": CorrectionRow,
    "files": FileRow,
}
TABLE_OF: dict[Kind, str] = {
    "release": "releases",
    "organization": "organizations",
    "programme": "programmes",
    "place": "places",
    "tag": "tags",
}
KIND_OF = {table: kind for kind, table in TABLE_OF.items()}
INVOLVEMENT = "involvement"
TEXTS = tuple(f"text_{lang}" for lang in LANGUAGES)  # of entities; in JSON and SQLite, not in CSV


class Column(msgspec.Struct, frozen=True):
    """A column of a table."""

    name: str
    holds: Is


@lru_cache(maxsize=None)
def columns(row: type[Row]) -> tuple[Column, ...]:
    """The columns of a row type in order."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(Column(name, _holds(hints[name])) for name in row.__struct_fields__)


def _holds(hint: object) -> Is:
    if get_origin(hint) is Annotated:
        return next(extra for extra in get_args(hint) if isinstance(extra, Is))
    return Is("text")


def base(name: str) -> tuple[str, str]:
    """A column's name without its language, and the language: `title_ru` → (`title`, `ru`)."""
    stem, _, lang = name.rpartition("_")
    return (stem, lang) if stem and lang in LANGUAGES else (name, "")
