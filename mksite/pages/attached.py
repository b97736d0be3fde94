"""Puts attachments into Views and under addresses: pictures in sizes, documents with their size.

A picture's sizes carry the digest of the photograph they were made from in their names, so that
they may be kept for ever: `releases/x/photo.1a2b3c4d5e.960.avif`. What is published whole keeps
its name, which is its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.attachment import cleaning, measuring, picture
from mksite.attachment.cleaning import CleanedFiles
from mksite.content.address import entity_path
from mksite.content.model import Release
from mksite.source.source import attachment_name, published_name
from mksite.view.page import Page
from mksite.view.part import ImageSource, PictureView, View, Words
from mksite.view.release import FileView, PhotoView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mksite.catalogue.catalogue import Card, Catalogue
    from mksite.content.model import Key, Text
    from mksite.pages.frame import Frame
    from mksite.record.record import Record
    from mksite.source.source import Attachment
    from mksite.view.page import Renderer

MODERN = "AVIF"
MODERN_TYPE = "image/avif"
_SUFFIXES = {"AVIF": "avif", "JPEG": "jpg", "PNG": "png"}


class WholeFile(View, frozen=True):
    """An attachment as it is published in its own size."""

    path: str
    name: str
    digest: str


class SizedPicture(View, frozen=True):
    """A picture in one size: `width` in pixels, `form` as Pillow names it."""

    path: str
    digest: str
    form: str
    width: int


# ---- files


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The attachments of everything that has a page."""
    lang = catalogue.site.default_language
    sizes = catalogue.site.features.pictures
    for key, files in catalogue.attachments.items():
        records = _records(catalogue, key)
        if records is None:
            continue
        used = measuring.uses(key[1], records.values())
        folder = entity_path(*key)
        made: set[str] = set()
        for name, attachment in files.items():
            origins = (attachment.path,)
            if measuring.is_published_whole(used, name, sizes=sizes):
                view = WholeFile(attachment.path, name, attachment.digest)
                path = folder + published_name(name)
                yield Page(path, view, lang, producer=whole, origins=origins)
            if measuring.is_published_in_sizes(used, attachment, sizes=sizes):
                for form, width in _variants(attachment):
                    path = folder + _sized_name(attachment, form, width)
                    if path not in made:  # the same photograph may lie there twice
                        made.add(path)
                        shown = SizedPicture(attachment.path, attachment.digest, form, width)
                        yield Page(path, shown, lang, producer=sized, origins=origins)


def _records(catalogue: Catalogue, key: Key) -> dict[str, Record] | None:
    """The Records of what has a page, by language; None for what has none."""
    kind, ident = key
    if kind == "release":
        release = catalogue.releases.get(ident)
        return release.records if release else None
    if kind == "page":
        page = catalogue.pages.get(ident)
        return page.records if page else None
    entity = catalogue.entities.get(key)
    return entity.records if entity else None


def whole(view: WholeFile, renderer: Renderer) -> bytes:
    """The file in its own size, without metadata."""
    data = renderer.file(view.path)
    store = CleanedFiles(renderer.setting.cache)
    return cleaning.whole(store, view.name, data)


def sized(view: SizedPicture, renderer: Renderer) -> bytes:
    """The picture in one size, without metadata."""
    data = renderer.file(view.path)
    store = CleanedFiles(renderer.setting.cache)
    return cleaning.sized(store, data, view.form, view.width)


def _variants(attachment: Attachment) -> Iterator[tuple[str, int]]:
    """Form and width of each size in which a picture is published."""
    for form in (MODERN, _plain_form(attachment)):
        for width in picture.widths(attachment.facts.width):
            yield form, width


def _plain_form(attachment: Attachment) -> str:
    return "PNG" if attachment.facts.transparent else "JPEG"


def _sized_name(attachment: Attachment, form: str, width: int) -> str:
    stem = published_name(attachment.name).rpartition(".")[0]
    return f"{stem}.{attachment.digest[:10]}.{width}.{_SUFFIXES[form]}"


# ---- Views


def picture_view(frame: Frame, key: Key, attachment: Attachment) -> PictureView:
    """A picture with the addresses of its sizes, or of itself where the site makes no sizes."""
    facts = attachment.facts
    folder = frame.attachment_href(key, "")
    if not frame.site.features.pictures:
        source = ImageSource(folder + published_name(attachment.name), facts.width)
        return PictureView((), "", (source,), facts.width, facts.height)
    widths = picture.widths(facts.width)

    def sources(form: str) -> tuple[ImageSource, ...]:
        return tuple(
            ImageSource(folder + _sized_name(attachment, form, width), width) for width in widths
        )

    return PictureView(
        modern=sources(MODERN),
        modern_type=MODERN_TYPE,
        plain=sources(_plain_form(attachment)),
        width=widths[-1],
        height=picture.scaled(facts.width, facts.height, widths[-1]),
    )


def shown_pictures(
    frame: Frame, key: Key, names: Iterable[str]
) -> tuple[tuple[str, PictureView], ...]:
    """The pictures among the files that a body names, by their names as written."""
    files = frame.catalogue.attachments.get(key, {})
    pictures = []
    for written in names:
        attachment = files.get(attachment_name(written, key[1]))
        if attachment and attachment.facts.width and cleaning.is_picture(attachment.name):
            pictures.append((written, picture_view(frame, key, attachment)))
    return tuple(pictures)


def photos(frame: Frame, card: Card) -> tuple[PhotoView, ...]:
    """The photographs beside a release, in the order of its front matter."""
    key: Key = ("release", card.id)
    files = frame.catalogue.attachments.get(key, {})
    photos = []
    for photo in card.release.photos:
        attachment = files.get(attachment_name(photo.file, card.id))
        alt = frame.words(photo.alt)
        if attachment is None or alt is None or not attachment.facts.width:
            continue  # its problem is told elsewhere
        shown = picture_view(frame, key, attachment)
        caption, credit = frame.words(photo.caption), frame.words(photo.credit)
        photos.append(
            PhotoView(
                shown.modern,
                shown.modern_type,
                shown.plain,
                shown.width,
                shown.height,
                alt,
                caption,
                credit,
            )
        )
    return tuple(photos)


def _titles(frame: Frame, record: Record | None) -> dict[str, Words]:
    """What the documents beside a release are called, by the names of their files."""
    if record is None or not isinstance(record.meta, Release):
        return {}
    meta = record.meta
    given: list[tuple[str, Text | None]] = [(one.file, one.title) for one in meta.documents]
    if meta.source and meta.source.file:
        given.insert(0, (meta.source.file, meta.source.title))
    named = ((file, frame.words(title)) for file, title in given)
    return {attachment_name(file, record.id): title for file, title in named if title}


def documents(frame: Frame, key: Key, records: Mapping[str, Record]) -> tuple[FileView, ...]:
    """What lies beside a source and is not shown, by name: documents, and unused pictures."""
    files = frame.catalogue.attachments.get(key)
    if not files:
        return ()
    used = measuring.uses(key[1], records.values())
    titles = _titles(frame, next(iter(records.values()), None))
    shown = used.photos | {name for name in used.named if cleaning.is_picture(name)}
    return tuple(
        FileView(
            frame.attachment_href(key, name),
            titles.get(name, Words(name)),
            cleaning.suffix_of(name).upper(),
            attachment.facts.size_bytes,
            attachment.facts.pages,
        )
        for name, attachment in sorted(files.items())
        if name not in shown
    )
