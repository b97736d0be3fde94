"""Views: frozen values that hold everything one page's template may read.

A template names its View in its first line. Two equal Views give equal pages, so a View's
canonical encoding decides whether a page is rendered again (DESIGN §3). Bodies stand in a View
by digest and are loaded only to render. Texts are in the page's language unless a `lang` says
otherwise; dates are EDTF text and are worded by the template (`| date`); codes such as a role or
an event type are worded by the interface catalogues (`| label('role')`).
"""

from __future__ import annotations

import msgspec

from mksite.record import Heading


class View(msgspec.Struct, frozen=True, array_like=True):
    """A part of a page. Encoded as an array: a View's canonical form is its fields in order."""


class Link(View, frozen=True):
    """A link within the archive. `lang` is set where the text is not in the page's language."""

    href: str
    text: str
    lang: str = ""


class Words(View, frozen=True):
    """A text that may be in another language than the page."""

    text: str
    lang: str = ""


class LanguageLink(View, frozen=True):
    """This page in another language; `href` is empty where it does not exist in it."""

    lang: str
    href: str


class Head(View, frozen=True):
    """What the frame around every page reads.

    `path` is the page's address within the site ("" for the home page, "en/tags/" …),
    `languages` has one entry per language of the site, this one included.
    `section` is the menu entry that the page belongs to, or "".
    """

    lang: str
    path: str
    title: str
    description: str
    section: str
    languages: tuple[LanguageLink, ...]
    crumbs: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()


class SiteView(View, frozen=True):
    """What every page of one language knows of the site. `menu` texts of static pages are titles;
    of sections they are empty and worded by the template from `menu_keys`.
    `description_of_search` is the address of the OpenSearch description, `data` that of data/, or
    "" where the site has none."""

    lang: str
    title: str
    description: str
    url: str
    base: str
    home: str
    publisher: Link | None
    licence: Words | None
    licence_url: str
    contact_name: str
    contact_email: str
    contact_phone: str
    contact_address: str
    menu_keys: tuple[str, ...]
    menu: tuple[Link, ...]
    description_of_search: str = ""
    data: str = ""


class ImageSource(View, frozen=True):
    """One size of a picture: its address and its width in pixels."""

    href: str
    width: int


class PictureView(View, frozen=True):
    """A picture in its sizes, smallest first; `modern` are AVIF, `plain` JPEG or PNG. `width` and
    `height` are those of the largest, in pixels."""

    modern: tuple[ImageSource, ...]
    modern_type: str
    plain: tuple[ImageSource, ...]
    width: int
    height: int


class BodyRef(View, frozen=True):
    """A body by digest, and what its links lead to: name as written → Link.

    A target that has no page (a hidden release) has an empty href. `files` maps attachments to
    their addresses, `pictures` those that are shown to their sizes. `outdated` marks the text of
    an entity whose original has changed since it was translated.
    """

    digest: str
    lang: str
    headings: tuple[Heading, ...] = ()
    links: tuple[tuple[str, Link], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, PictureView], ...] = ()
    outdated: bool = False


class Row(View, frozen=True):
    """A release in a list. `when` is the date it stands under (EDTF or "")."""

    href: str
    title: str
    lang: str
    when: str
    type: str
    status: str
    place: str


class RoleRow(View, frozen=True):
    """A release in an entity's list; `via` is the programme it is inherited from."""

    row: Row
    via: Link | None = None


class YearRows(View, frozen=True):
    """The releases of one year, newest first; `year` is 0 for those whose year is unknown.

    `more` is set instead of `rows` where the list is divided: the address of the year's page.
    """

    year: int
    count: int
    rows: tuple[RoleRow, ...]
    more: str = ""


class RoleList(View, frozen=True):
    """All releases in which an entity has one role. `inherited`: how many of them by way of a
    programme."""

    role: str
    count: int
    inherited: int
    years: tuple[YearRows, ...]


class Party(View, frozen=True):
    """An entity in a role; `via` is the programme that it is inherited from.

    `kind` is "organization" or "programme". `then` is the name in use at the release's time
    where that is another than today's.
    """

    link: Link
    kind: str
    then: str = ""
    via: Link | None = None


class RoleParties(View, frozen=True):
    """All who have one role."""

    role: str
    parties: tuple[Party, ...]


class ProgrammeBrief(View, frozen=True):
    """A programme in a list; start and end are EDTF or ""."""

    link: Link
    start: str
    end: str


class SpeakerView(View, frozen=True):
    """A person who spoke."""

    name: Words
    role: Words | None
    organization: Link | None


class OriginView(View, frozen=True):
    """Where the archive has the release from."""

    title: Words | None
    url: str
    file: str
    publisher: Link | None


class ContactView(View, frozen=True):
    """Whom the release names."""

    name: Words | None
    role: Words | None
    organization: Link | None
    email: str
    phone: str


class CorrectionView(View, frozen=True):
    """What was mended, and when (EDTF)."""

    date: str
    text: Words


class PhotoView(View, frozen=True):
    """A picture with its sizes, smallest first; `modern` are AVIF or WebP, `plain` JPEG or PNG."""

    modern: tuple[ImageSource, ...]
    modern_type: str
    plain: tuple[ImageSource, ...]
    width: int
    height: int
    alt: Words
    caption: Words | None
    credit: Words | None


class FileView(View, frozen=True):
    """A document beside the release; `type` is its suffix in upper case, `pages` 0 if unknown."""

    href: str
    name: str
    type: str
    size_bytes: int
    pages: int


class YearCount(View, frozen=True):
    """How many releases a year has; `here` marks the page's own."""

    year: int
    count: int
    here: bool = False


class ProgrammeStrip(View, frozen=True):
    """Where a release stands in its programme: its neighbours in time and the years around it."""

    programme: ProgrammeBrief
    before: Row | None
    after: Row | None
    years: tuple[YearCount, ...]


class ReleaseView(View, frozen=True):
    """releases/<id>/: one release in one language."""

    head: Head
    id: str
    title: str
    summary: str
    date: str
    date_note: Words | None
    type: str
    start: str
    end: str
    status: str
    venue: tuple[Link, ...]
    address: Words | None
    roles: tuple[RoleParties, ...]
    programmes: tuple[ProgrammeStrip, ...]
    tags: tuple[Link, ...]
    speakers: tuple[SpeakerView, ...]
    origin: OriginView | None
    contact: ContactView | None
    corrections: tuple[CorrectionView, ...]
    photos: tuple[PhotoView, ...]
    files: tuple[FileView, ...]
    outdated: bool
    body: BodyRef
    downloads: tuple[Link, ...] = ()


class NameView(View, frozen=True):
    """A name in a language; `short` may be empty."""

    lang: str
    name: str
    short: str


class FormerView(View, frozen=True):
    """A name that was left; `until` is EDTF or ""."""

    name: Words
    until: str


class Neighbour(View, frozen=True):
    """An organization met in the same releases, and in how many."""

    link: Link
    count: int


class ProgrammeRole(View, frozen=True):
    """A role in programmes."""

    role: str
    programmes: tuple[ProgrammeBrief, ...]


class OrganizationView(View, frozen=True):
    """organizations/<id>/. `partners` and `payers` are the closest, at most 24 of each; payers
    are the funders of the releases that the organization organized or implemented."""

    head: Head
    id: str
    name: str
    short: str
    names: tuple[NameView, ...]
    former: tuple[FormerView, ...]
    aliases: tuple[str, ...]
    type: str
    country: str
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    successor: Link | None
    predecessors: tuple[Link, ...]
    url: str
    identifiers: tuple[tuple[str, str], ...]
    body: BodyRef | None
    roles: tuple[RoleList, ...]
    programmes: tuple[ProgrammeRole, ...]
    partners: tuple[Neighbour, ...]
    payers: tuple[Neighbour, ...]
    downloads: tuple[Link, ...] = ()


class ProgrammeView(View, frozen=True):
    """programmes/<id>/. `parties` are its own roles, `organized` the releases it organizes,
    `years` all its releases, those of its parts included."""

    head: Head
    id: str
    name: str
    short: str
    names: tuple[NameView, ...]
    former: tuple[FormerView, ...]
    aliases: tuple[str, ...]
    start: str
    end: str
    countries: tuple[str, ...]
    parents: tuple[ProgrammeBrief, ...]
    children: tuple[ProgrammeBrief, ...]
    url: str
    identifiers: tuple[tuple[str, str], ...]
    body: BodyRef | None
    parties: tuple[RoleParties, ...]
    count: int
    years: tuple[YearRows, ...]
    roles: tuple[RoleList, ...]
    downloads: tuple[Link, ...] = ()


class PlaceView(View, frozen=True):
    """places/<id>/. `years` are the releases of the place and of all places within it."""

    head: Head
    id: str
    name: str
    names: tuple[NameView, ...]
    former: tuple[FormerView, ...]
    aliases: tuple[str, ...]
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    country: str
    address: Words | None
    coordinates: tuple[float, float] | None
    body: BodyRef | None
    count: int
    years: tuple[YearRows, ...]


class TagView(View, frozen=True):
    """tags/<id>/. `years` are the releases under the tag and under all narrower ones."""

    head: Head
    id: str
    name: str
    names: tuple[NameView, ...]
    aliases: tuple[str, ...]
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    body: BodyRef | None
    count: int
    years: tuple[YearRows, ...]


class EntityYearView(View, frozen=True):
    """<entity>/<year>/: one year of a long list. Rows are by role for an organization; other
    kinds have one list whose role is ""."""

    head: Head
    entity: Link
    kind: str
    year: int
    lists: tuple[RoleList, ...]
    before: Link | None
    after: Link | None


class IndexEntry(View, frozen=True):
    """An entity in an index: its name, the short one, how many releases name it, and two small
    facts: its type or period start, its country or period end."""

    link: Link
    short: str
    count: int
    fact: str
    other: str
    depth: int = 0


class IndexGroup(View, frozen=True):
    """Entries under one letter; "" where the index is not divided by letters."""

    letter: str
    entries: tuple[IndexEntry, ...]


class IndexView(View, frozen=True):
    """organizations/, programmes/, places/ and tags/. `kind` names the kind of the entries."""

    head: Head
    kind: str
    count: int
    groups: tuple[IndexGroup, ...]


class MonthCount(View, frozen=True):
    """How many releases a month has; month 0 counts those of which only the year is known.

    `uncertain` counts those whose date is doubtful or is one of several.
    """

    month: int
    count: int
    uncertain: int


class YearMonths(View, frozen=True):
    """A year of the timeline, with its page."""

    year: int
    href: str
    count: int
    uncertain: int
    months: tuple[MonthCount, ...]


class TimelineView(View, frozen=True):
    """timeline/ (programmes oldest first; years newest first, those without releases left out).

    `undated` is the page of releases whose year is unknown, where there are any.
    """

    head: Head
    years: tuple[YearMonths, ...]
    programmes: tuple[ProgrammeBrief, ...]
    undated: Link | None
    undated_count: int


class MonthRows(View, frozen=True):
    """Releases of a month, newest first; month 0: the month is not known."""

    month: int
    rows: tuple[Row, ...]


class YearView(View, frozen=True):
    """timeline/<year>/, or timeline/undated/ with year 0. `candidates` may belong to this year
    or to another."""

    head: Head
    year: int
    count: int
    months: tuple[MonthRows, ...]
    candidates: tuple[Row, ...]
    before: Link | None
    after: Link | None


class ReleasesView(View, frozen=True):
    """releases/: all years; `years` hold rows as long as the archive is small."""

    head: Head
    count: int
    years: tuple[YearRows, ...]


class FunderRow(View, frozen=True):
    """What one funder pays for: programmes, and releases directly or through programmes."""

    link: Link
    programmes: tuple[ProgrammeBrief, ...]
    direct: int
    inherited: int
    implementers: tuple[Link, ...]


class FundersView(View, frozen=True):
    """funders/: who pays for what."""

    head: Head
    funders: tuple[FunderRow, ...]
    programmes: tuple[ProgrammeBrief, ...]


class HomeView(View, frozen=True):
    """The front page: the newest releases, and the ways in."""

    head: Head
    count: int
    newest: tuple[Row, ...]
    organizations: tuple[IndexEntry, ...]
    programmes: tuple[ProgrammeBrief, ...]
    tags: tuple[IndexEntry, ...]
    years: tuple[YearCount, ...]
    about: Link | None


class StaticView(View, frozen=True):
    """A static page such as about/. `files` as for a release."""

    head: Head
    title: str
    summary: str
    outdated: bool
    body: BodyRef


class NotFoundView(View, frozen=True):
    """404.html, in the default language with a line in each other one; `homes` lead home."""

    head: Head
    homes: tuple[Link, ...]


class RedirectView(View, frozen=True):
    """An address that was left, leading to the new one."""

    head: Head
    target: Link


class FileCopy(View, frozen=True):
    """A file of the site published as it is."""

    path: str
    digest: str
