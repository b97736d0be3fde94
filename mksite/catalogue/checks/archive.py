"""Checks what only the whole archive shows: files, links to hidden pages, site.yaml."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mksite.catalogue.catalogue import Card, EntityCard, PageCard, Placed
from mksite.catalogue.names.registry import Miss
from mksite.catalogue.names.resolver import missed
from mksite.content.config import SECTIONS
from mksite.content.model import Key, Release
from mksite.content.problem import FieldPath, fault
from mksite.source.source import attachment_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.catalogue.gathered import Gathered
    from mksite.record.record import Record
    from mksite.source.source import Attachment


def owned_attachments(
    given: Gathered, attachments: tuple[Attachment, ...]
) -> dict[Key, dict[str, Attachment]]:
    """The attachments by their owner and name; a file that a text names must be there."""
    owned: dict[Key, dict[str, Attachment]] = defaultdict(dict)
    for attachment in attachments:
        owned[attachment.kind, attachment.owner][attachment.name] = attachment
    for key, record in given.originals.items():
        files = owned.get(key, {})
        for translated in (record, *given.translations.get(key, {}).values()):
            _check_files(given, translated, files)
    return owned


def _check_files(given: Gathered, record: Record, files: dict[str, Attachment]) -> None:
    named: list[tuple[FieldPath, str]] = [
        (("](", name), attachment_name(name, record.id)) for name in record.files
    ]
    meta = record.meta
    if isinstance(meta, Release):
        if meta.source and meta.source.file:
            named.append((("source", "file"), attachment_name(meta.source.file, record.id)))
        for index, photo in enumerate(meta.photos):
            file = attachment_name(photo.file, record.id)
            named.append((("photos", index, "file"), file))
        for index, document in enumerate(meta.documents):
            file = attachment_name(document.file, record.id)
            named.append((("documents", index, "file"), file))
    for field, name in named:
        if name not in files:
            near = ", ".join(sorted(files)) if files else f"{record.id}/"
            given.names.fault(record, fault("broken-attachment", field, name=name, nearest=near))


def check_hidden(
    given: Gathered,
    releases: Iterable[Card],
    entities: dict[Key, EntityCard],
    pages: dict[str, PageCard],
    hidden: frozenset[str],
) -> None:
    """A text that readers see must not name a page that they are not to see yet.

    A link with words of its own is only these words until the page is shown.
    """
    shown = [card for card in releases if card.id not in hidden]
    drafts = given.originals.keys() - {("page", ident) for ident in pages}
    cards: list[Card | EntityCard | PageCard] = [*shown, *entities.values(), *pages.values()]
    for card in cards:
        for record in card.records.values():
            for name in record.bare_mentions:
                key = card.links.get(name)
                if key is None:
                    continue
                kind, ident = key
                if (kind == "release" and ident in hidden) or (kind == "page" and key in drafts):
                    given.names.fault(record, fault("link-to-hidden", ("[[", name), name=name))


def publisher_of(given: Gathered) -> Key | None:
    """The organization that site.yaml names as publisher; it must exist."""
    name = given.site.publisher
    if not name:
        return None
    answer = given.names.registry.resolve(name, ("organization",))
    if isinstance(answer, Miss):
        wrong = missed(answer, name, ("organization",), ("publisher",))
        given.names.faults.append(Placed("site.yaml", wrong))
        return None
    return answer


def check_menu(given: Gathered, pages: dict[str, PageCard]) -> None:
    """What the menu names must exist."""
    features = given.site.features
    for index, entry in enumerate(given.site.menu):
        where = ("menu", index)
        if entry in SECTIONS:
            if not getattr(features, entry, True):
                wrong = fault("menu-entry-off", where, value=entry)
                given.names.faults.append(Placed("site.yaml", wrong))
        elif entry not in pages:
            allowed = ", ".join((*SECTIONS, *pages))
            wrong = fault("unknown-menu-entry", where, value=entry, allowed=allowed)
            given.names.faults.append(Placed("site.yaml", wrong))
