"""Pages to artifacts: Views made, compared, rendered and written, in several processes.

A page is rendered when the digest of its View, of its template's closure or of the engine differs
from the one in the manifest, or when its output is missing or touched (DESIGN §3).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mksite.artifact.manifest import Made, Manifest, Reason
from mksite.artifact.output import Output, Written
from mksite.artifact.shelf import Shelf, Shown
from mksite.cache.pack import PackWriter, Store
from mksite.digest import digest_bytes
from mksite.view.page import Bundle, Page, maker_of, view_of
from mksite.view.setting import Setting
from mksite.workers import Tick, in_parallel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mksite.render.closure import Templates
    from mksite.source.asset import Asset
    from mksite.view import View

_encode = msgspec.msgpack.Encoder().encode
_DIGEST = re.compile(rb"\xd9\x20([0-9a-f]{32})")  # as msgpack writes a text of 32 characters


class Keys:
    """What pages rest on besides their Views, as digests: closures of templates, assets, the
    site's own View, the engine.
    """

    def __init__(self, templates: Templates, assets: Iterable[Asset], setting: Setting) -> None:
        self._templates = templates
        self._assets = {found.name: found.digest for found in assets}
        self._sites = {lang: digest_bytes(_encode(view)) for lang, view in setting.sites.items()}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, page: Page) -> str:
        """The digest for a Page."""
        key = (maker_of(page), page.lang)
        found = self._known.get(key)
        if found is None:
            found = f"{key[0]} {self._sites[page.lang]}"
            if page.template:
                found += self._templates.closure(page.template, self._assets, page.lang)
            found = self._known[key] = digest_bytes(found.encode())
        return found


class Shop(msgspec.Struct, frozen=True):
    """What every process needs to make artifacts. `is_engine` says that the last build was by
    this very program; `first` is the number of the first pack for Views, in `packs`.
    """

    setting: Setting
    keys: Keys
    bodies: Store
    output: Output
    manifest: Manifest
    shelf: Shelf
    is_engine: bool
    packs: Path
    first: int


class Artifacts(msgspec.Struct, frozen=True, array_like=True):
    """What was made: the pages rendered, with the reason, and the Views for the shelf."""

    made: dict[str, Made]
    reasons: dict[str, Reason]
    shown: dict[str, Shown]


def make(pages: Sequence[Page], shop: Shop, jobs: int, tick: Tick) -> Artifacts:
    """All that is stale among the pages is rendered and written."""
    together = Artifacts({}, {}, {})
    for encoded in in_parallel(make_slice, of_one_view(pages), jobs, shop, tick=tick):
        part = msgspec.msgpack.decode(encoded, type=Artifacts)
        together.made.update(part.made)
        together.reasons.update(part.reasons)
        together.shown.update(part.shown)
    return together


def of_one_view(pages: Iterable[Page]) -> list[list[Page]]:
    """The pages in their order; neighbours that are given the same View are together.

    So one process makes them, and makes, encodes and digests their View once.
    """
    found: list[list[Page]] = []
    for page in pages:
        if found and found[-1][0].view is page.view:
            found[-1].append(page)
        else:
            found.append([page])
    return found


def make_slice(number: int, groups: Iterable[list[Page]], shop: Shop) -> bytes:
    """In one process: what is stale among its pages, as encoded Artifacts."""
    done = Artifacts({}, {}, {})
    renderer: Any = None
    writer = PackWriter(shop.packs, shop.first + number)
    for page, view, encoded, digest in _viewed(groups):
        path = page.path
        made = Made(shop.keys.of(page), digest, _NOTHING)
        last = shop.manifest.pages.get(path)
        if path not in shop.shelf.pages or last is None or last.view != made.view:
            bodies = _bodies(encoded, shop.bodies)
            if bodies:
                name, place = type_name(type(view)), writer.add(encoded)
                done.shown[path] = Shown(maker_of(page), page.lang, name, place, bodies)
        reason = _reason(path, last, made, shop)
        if reason is not None:
            if renderer is None:
                from mksite.render.renderer import Renderer  # noqa: PLC0415  Jinja only where it is needed

                renderer = Renderer(shop.setting, shop.bodies)
            data = renderer.render(msgspec.structs.replace(page, view=view))
            parts = None
            if isinstance(data, Bundle):
                parts = _write_parts(shop.output, page.folder, data.files, last)
                data = data.data
            written = _write(shop.output, path, data, last)
            done.made[path] = Made(made.template, made.view, written, parts)
            done.reasons[path] = reason
    writer.close()
    return _encode(done)


def _viewed(groups: Iterable[list[Page]]) -> Iterator[tuple[Page, View, bytes, str]]:
    """Each page with its View, that encoded, and the digest of it."""
    for group in groups:
        view = view_of(group[0])
        encoded = _encode(view)
        digest = digest_bytes(encoded)
        for page in group:
            yield page, view, encoded, digest


_NOTHING = Written("", -1, 0)


def _bodies(encoded: bytes, bodies: Store) -> tuple[str, ...]:
    """The digests of the bodies that an encoded View names."""
    found = [match.decode() for match in _DIGEST.findall(encoded)]
    return tuple([digest for digest in found if digest in bodies.places])


def _reason(path: str, last: Made | None, made: Made, shop: Shop) -> Reason | None:
    """Why a page is to be rendered; None where it stands as it should."""
    if last is None:
        return "new"
    if not shop.is_engine:
        return "engine"
    if last.template != made.template:
        return "template"
    if last.view != made.view:
        return "view"
    return None if last.is_intact(path, shop.output) else "output"


def _write(output: Output, path: str, data: bytes, last: Made | None) -> Written:
    """The file is these bytes; one that is so already is left alone."""
    return _write_file(output, path, data, last.written if last is not None else None)


def _write_file(output: Output, path: str, data: bytes, last: Written | None) -> Written:
    if last is not None and last.digest == digest_bytes(data) and output.is_intact(path, last):
        return last
    return output.write(path, data)


def _write_parts(
    output: Output, folder: str, files: dict[str, bytes], last: Made | None
) -> dict[str, Written]:
    """The files of a Bundle lie in its folder."""
    before = (last.parts if last is not None else None) or {}
    return {
        folder + name: _write_file(output, folder + name, data, before.get(folder + name))
        for name, data in files.items()
    }


def differing(pages: Sequence[Page], shop: Shop, jobs: int) -> tuple[set[str], set[str]]:
    """The paths whose published bytes are not what rendering gives now, and all paths."""
    found = in_parallel(verify_slice, pages, jobs, shop)
    return {path for part in found for path in part[0]}, {p for part in found for p in part[1]}


def verify_slice(_number: int, pages: Iterable[Page], shop: Shop) -> tuple[list[str], list[str]]:
    """In one process: the paths of its pages' files that differ, and those of all."""
    from mksite.render.renderer import Renderer  # noqa: PLC0415

    renderer = Renderer(shop.setting, shop.bodies)
    different: list[str] = []
    every: list[str] = []
    for page in pages:
        data = renderer.render(page)
        files = {page.path: data.data if isinstance(data, Bundle) else data}
        if isinstance(data, Bundle):
            files |= {page.folder + name: part for name, part in data.files.items()}
        different += [p for p, part in files.items() if shop.output.digest(p) != digest_bytes(part)]
        every += files
    return different, every


@cache
def type_name(found: type[View]) -> str:
    """The name by which a type of View is found again."""
    return f"{found.__module__}:{found.__qualname__}"
