"""The parts that pages of several kinds share."""

from __future__ import annotations

import msgspec

from mksite.content.model import Kind
from mksite.record.record import Heading


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
    """The page in another language; `href` is empty where it does not exist in it."""

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
    "" where the site has none; `citations` are the files that cite the whole archive.
    """

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
    citations: tuple[Link, ...] = ()
    data: str = ""


class ImageSource(View, frozen=True):
    """One size of a picture: its address and its width in pixels."""

    href: str
    width: int


class PictureView(View, frozen=True):
    """A picture in its sizes, smallest first; `modern` are AVIF, `plain` JPEG or PNG. `width` and
    `height` are those of the largest, in pixels.
    """

    modern: tuple[ImageSource, ...]
    modern_type: str
    plain: tuple[ImageSource, ...]
    width: int
    height: int


class BodyRef(View, frozen=True):
    """A body by digest, and what its links lead to: name as written → Link.

    A target that has no page (a hidden release) has an empty href. `files` maps attachments to
    their addresses, `pictures` those that are shown to their sizes. `outdated` marks the text of
    an entity whose original has changed since it was translated. `mentions` are recognized names
    that become links: where they begin and end in the HTML, and their addresses, in order.
    """

    digest: str
    lang: str
    headings: tuple[Heading, ...] = ()
    links: tuple[tuple[str, Link], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, PictureView], ...] = ()
    outdated: bool = False
    mentions: tuple[tuple[int, int, str], ...] = ()


class Row(View, frozen=True):
    """A release in a list. `when` is the date it stands under (EDTF or "")."""

    href: str
    title: str
    lang: str
    when: str
    type: str
    status: str
    place: str
    organizers: str


class SummarizedRow(View, frozen=True):
    """A release in a list that has room for its summary, which is in the language of the title."""

    row: Row
    summary: str


class RoleBadge(View, frozen=True):
    """A role of an entity in a release; `via` is the programme it is inherited from."""

    role: str
    via: Link | None = None


class Capacity(View, frozen=True):
    """In which capacity somebody spoke, and for whom."""

    role: Words | None
    organization: Link | None


class ListedRelease(View, frozen=True):
    """A release in an entity's list, with the roles that the entity has in it and, where it is a
    person, the capacities.
    """

    row: Row
    roles: tuple[RoleBadge, ...] = ()
    capacities: tuple[Capacity, ...] = ()


class YearRows(View, frozen=True):
    """The releases of one year, newest first; `year` is 0 for those whose year is unknown.
    `uncertain` of them are of that year by doubtful word.

    `more` is set instead of `rows` where the list is divided: the address of the year's page.
    """

    year: int
    count: int
    rows: tuple[ListedRelease, ...]
    more: str = ""
    uncertain: int = 0


class RoleCount(View, frozen=True):
    """In how many releases an entity has a role, itself or `through` a programme.

    `years` are links to the pages of a list that is divided by year, with their counts.
    """

    role: str
    through: bool
    count: int
    years: tuple[YearRows, ...]


class RecordList(View, frozen=True):
    """All releases of an entity, each once. `mentions` of them only name it and are not part of
    `count`.
    """

    count: int
    mentions: int
    roles: tuple[RoleCount, ...]
    years: tuple[YearRows, ...]


class Party(View, frozen=True):
    """An entity in a role, under the name of the release's time; `via` is the programme that it
    is inherited from.

    `kind` is "organization" or "programme". `now` is today's name where that is another.
    """

    link: Link
    kind: Kind
    now: Words | None = None
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


class YearCount(View, frozen=True):
    """How many releases a year has; `here` marks the page's own.

    `uncertain` of them are of that year by doubtful word; `possible` others may be of it.
    """

    year: int
    count: int
    here: bool = False
    uncertain: int = 0
    possible: int = 0
