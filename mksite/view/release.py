"""The page of a release."""

from __future__ import annotations

from mksite.view.part import (
    BodyRef,
    Capacity,
    Head,
    ImageSource,
    Link,
    ProgrammeBrief,
    RoleParties,
    Row,
    View,
    Words,
    YearCount,
)


class SpeakerView(View, frozen=True):
    """A person who spoke, once, with all capacities; `person` leads to the page of one who has a
    file.
    """

    name: Words
    person: Link | None
    capacities: tuple[Capacity, ...]


class NoteView(View, frozen=True):
    """The editor's word on a date: its first sentence, and the rest or ""."""

    first: str
    rest: str
    lang: str

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.first} {self.rest}".rstrip()


class OriginView(View, frozen=True):
    """Where the archive has the release from."""

    title: Words | None
    url: str
    archived: str
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
    """A document beside the release: its title, else its name; `type` is its suffix in upper case,
    `pages` 0 if unknown.
    """

    href: str
    title: Words
    type: str
    size_bytes: int
    pages: int


class ProgrammeStrip(View, frozen=True):
    """Where a release stands in its programme: its neighbours in time and the years around it.

    `parties` fund or implement the programme; what they have to do with the event is not said.
    """

    programme: ProgrammeBrief
    parties: tuple[RoleParties, ...]
    before: Row | None
    after: Row | None
    years: tuple[YearCount, ...]


class ReleaseView(View, frozen=True):
    """releases/<id>/: one release in one language.

    `roles` are those in the event itself. `venue` are the places from the outermost in, by the
    names of the time; `venue_now` is today's name of the innermost that has another. `calendar` is
    the address of the event's file for a calendar, `record` that of all its data; or "".
    `original_lang` is the language of the original.
    """

    head: Head
    id: str
    original_lang: str
    title: str
    summary: str
    date: str
    added: str
    date_note: NoteView | None
    type: str
    type_href: str
    start: str
    end: str
    status: str
    venue: tuple[Link, ...]
    venue_now: Words | None
    address: Words | None
    roles: tuple[RoleParties, ...]
    programmes: tuple[ProgrammeStrip, ...]
    tags: tuple[Link, ...]
    speakers: tuple[SpeakerView, ...]
    mentioned_places: tuple[Link, ...]
    mentioned_people: tuple[Link, ...]
    origin: OriginView | None
    contact: ContactView | None
    corrections: tuple[CorrectionView, ...]
    photos: tuple[PhotoView, ...]
    files: tuple[FileView, ...]
    outdated: bool
    body: BodyRef
    downloads: tuple[Link, ...] = ()
    record: str = ""
    calendar: str = ""
