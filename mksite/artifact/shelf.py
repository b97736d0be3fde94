"""The Views of the last build that name bodies, kept so that an edited body needs no others.

A body's digest is opaque to everything between parsing and rendering: it stands in Views as it is,
and nothing is derived from it. So where the Records differ in nothing but the digests of bodies,
the Views differ in nothing but these: the kept ones are read back and the digests exchanged. No
Catalogue is assembled, and only the pages that show such a body are made.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

import msgspec

from mksite.cache import cache, pack
from mksite.cache.pack import Place, Store
from mksite.record.parsed import read_record
from mksite.view import SiteView, View
from mksite.view.page import Page, Producer

if TYPE_CHECKING:
    from pathlib import Path

    from mksite.artifact.manifest import Manifest
    from mksite.record.parsed import Entry, Parsed
    from mksite.record.record import Record

FOLDER = "views"


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """A page whose View names bodies: its maker (`mksite.view.page.maker_of`), its language, the
    type of its View, where that lies encoded, and the digests of the bodies.
    """

    maker: str
    lang: str
    view_type: str
    place: Place
    bodies: tuple[str, ...]


class Shelf(msgspec.Struct, frozen=True, array_like=True):
    """All such pages of one build, which `frame` and `sources` name as its manifest does, and
    the site's Views that they were made with.
    """

    frame: str
    sources: str
    sites: dict[str, SiteView]
    pages: dict[str, Shown]

    def is_of(self, manifest: Manifest) -> bool:
        """Whether the shelf and the manifest were left by the same build."""
        return (self.frame, self.sources) == (manifest.frame, manifest.sources)


EMPTY = Shelf("", "", {}, {})


def path_of(manifest_path: Path) -> Path:
    """The shelf beside a manifest."""
    return manifest_path.with_name(manifest_path.name.replace("manifest", "views"))


def load(manifest_path: Path, manifest: Manifest) -> Shelf:
    """The shelf of the build that left the manifest, or the empty one."""
    found = cache.load(path_of(manifest_path), Shelf)
    return found if found is not None and found.is_of(manifest) else EMPTY


def save(shelf: Shelf, manifest_path: Path, manifest: Manifest, packs: Path) -> None:
    """The shelf is in the cache folder, and packs that it does not name are gone."""
    places = {manifest.pages[path].view: shown.place for path, shown in shelf.pages.items()}
    moved = pack.compacted(packs, places)
    if moved is not None:
        pages = {
            path: msgspec.structs.replace(shown, place=moved[manifest.pages[path].view])
            for path, shown in shelf.pages.items()
        }
        shelf = Shelf(shelf.frame, shelf.sources, shelf.sites, pages)
    cache.save(path_of(manifest_path), shelf)
    pack.remove_dead(packs, (shown.place for shown in shelf.pages.values()))


def exchanged(before: Parsed, after: Parsed, changed: tuple[str, ...]) -> dict[str, str] | None:
    """The old digest of each edited body and its new one; None where more than bodies changed.

    `changed` are the paths whose bytes differ; the paths themselves are the same.
    """
    old = {entry.path: entry for entry in before.entries}
    new = {entry.path: entry for entry in after.entries}
    digests: dict[str, str] = {}
    for path in changed:
        first, second = read_record(old[path].record), read_record(new[path].record)
        if _face(first, new) != _face(second, new) or not (
            first.body_digest and second.body_digest
        ):
            return None
        digests[first.body_digest] = second.body_digest
    kept = [entry.body_digest for path, entry in old.items() if path not in set(changed)]
    if len(digests) != len(changed) or not digests.keys().isdisjoint(kept):
        return None  # a body that two sources share: which of them a View means is not known
    return digests


def _face(record: Record, entries: dict[str, Entry]) -> Record:
    """The Record without its body. The digest that translations are held against stays where
    there are translations.
    """
    stem, _, _ = record.path.rpartition("/")[2].partition(".")
    own = f"/{stem}."
    is_alone = all(own not in path or path == record.path for path in entries)
    original = "" if is_alone else record.original_digest
    return msgspec.structs.replace(record, body_digest="", original_digest=original)


def pages_with(
    digests: dict[str, str], shelf: Shelf, manifest: Manifest, packs: Path
) -> list[Page]:
    """The pages that show one of the bodies, their Views naming the new ones.

    Raises CacheDamaged where a kept View is not what it was.
    """
    found = {
        path: shown
        for path, shown in shelf.pages.items()
        if not digests.keys().isdisjoint(shown.bodies)
    }
    store = Store(packs, {manifest.pages[path].view: shown.place for path, shown in found.items()})
    pages = []
    for path, shown in found.items():
        encoded = store.data(manifest.pages[path].view)
        for old, new in digests.items():
            encoded = encoded.replace(old.encode(), new.encode())
        view = msgspec.msgpack.decode(encoded, type=cast("type[View]", _named(shown.view_type)))
        if ":" in shown.maker:
            producer = cast("Producer", _named(shown.maker))
            pages.append(Page(path, view, shown.lang, producer=producer))
        else:
            pages.append(Page(path, view, shown.lang, shown.maker))
    store.close()
    return pages


def _named(name: str) -> object:
    """The class or function that a name of the shelf stands for."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
