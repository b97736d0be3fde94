"""Renders and writes the pages that are stale, in several processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.artifact.manifest import Manifest, ManifestEntry
from mksite.artifact.output import NOTHING, Output, Written
from mksite.artifact.stale import Reason, TemplateDigests, reason
from mksite.cache.pack import PackReader
from mksite.digest import digest_bytes
from mksite.view.page import Bundle, Page, view_of
from mksite.view.setting import Setting
from mksite.workers import Tick, in_parallel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mksite.view.part import View

_encode = msgspec.msgpack.Encoder().encode


class MakeContext(msgspec.Struct, frozen=True):
    """What every process needs to make artifacts. `last` is the manifest of the last build, and
    `same_engine` says that it was left by this very program.
    """

    setting: Setting
    digests: TemplateDigests
    bodies: PackReader
    output: Output
    last: Manifest
    same_engine: bool


class Artifacts(msgspec.Struct, frozen=True, array_like=True):
    """The pages that were rendered, by path, and why."""

    entries: dict[str, ManifestEntry]
    reasons: dict[str, Reason]


def make(pages: Sequence[Page], context: MakeContext, jobs: int, tick: Tick) -> Artifacts:
    """All that is stale among the pages is rendered and written."""
    together = Artifacts({}, {})
    for encoded in in_parallel(make_slice, of_one_view(pages), jobs, context, tick=tick):
        part = msgspec.msgpack.decode(encoded, type=Artifacts)
        together.entries.update(part.entries)
        together.reasons.update(part.reasons)
    return together


def of_one_view(pages: Iterable[Page]) -> list[list[Page]]:
    """The pages in their order; neighbours that are given the same View are together.

    So one process makes them, and makes, encodes and digests their View once.
    """
    groups: list[list[Page]] = []
    for page in pages:
        if groups and groups[-1][0].view is page.view:
            groups[-1].append(page)
        else:
            groups.append([page])
    return groups


def make_slice(_number: int, groups: Iterable[list[Page]], context: MakeContext) -> bytes:
    """In one process: what is stale among its pages is written; encoded Artifacts."""
    done = Artifacts({}, {})
    renderer = None
    for page, view, view_digest in _viewed(groups):
        path = page.path
        last = context.last.entries.get(path)
        now = ManifestEntry(context.digests.of(page), view_digest, NOTHING)
        why = reason(path, last, now, context.output, same_engine=context.same_engine)
        if why is None:
            continue
        if renderer is None:
            from mksite.render.renderer import Renderer  # noqa: PLC0415  Jinja is slow to load

            renderer = Renderer(context.setting, context.bodies)
        data = renderer.render(msgspec.structs.replace(page, view=view))
        parts = None
        if isinstance(data, Bundle):
            parts = _write_parts(context.output, page.folder, data.files, last)
            data = data.data
        written = _write(context.output, path, data, last.written if last else None)
        done.entries[path] = msgspec.structs.replace(now, written=written, parts=parts)
        done.reasons[path] = why
    return _encode(done)


def _viewed(groups: Iterable[list[Page]]) -> Iterator[tuple[Page, View, str]]:
    """Each page with its View and the View's digest."""
    for group in groups:
        view = view_of(group[0])
        digest = digest_bytes(_encode(view))
        for page in group:
            yield page, view, digest


def _write(output: Output, path: str, data: bytes, last: Written | None) -> Written:
    """The file is these bytes; one that is so already is left alone."""
    if last is not None and last.digest == digest_bytes(data) and output.is_intact(path, last):
        return last
    return output.write(path, data, is_known=last is not None)


def _write_parts(
    output: Output, folder: str, files: dict[str, bytes], last: ManifestEntry | None
) -> dict[str, Written]:
    """The other files of a Bundle lie in its folder."""
    before = (last.parts if last is not None else None) or {}
    return {
        folder + name: _write(output, folder + name, data, before.get(folder + name))
        for name, data in files.items()
    }


def differing(pages: Sequence[Page], context: MakeContext, jobs: int) -> tuple[set[str], set[str]]:
    """The paths whose published bytes are not what rendering gives now, and all paths."""
    parts = list(in_parallel(verify_slice, pages, jobs, context))
    return {path for part in parts for path in part[0]}, {p for part in parts for p in part[1]}


def verify_slice(
    _number: int, pages: Iterable[Page], context: MakeContext
) -> tuple[list[str], list[str]]:
    """In one process: the paths of its pages' files that differ, and those of all."""
    from mksite.render.renderer import Renderer  # noqa: PLC0415

    renderer = Renderer(context.setting, context.bodies)
    different: list[str] = []
    every: list[str] = []
    for page in pages:
        data = renderer.render(page)
        files = {page.path: data.data if isinstance(data, Bundle) else data}
        if isinstance(data, Bundle):
            files |= {page.folder + name: part for name, part in data.files.items()}
        different += [
            path
            for path, part in files.items()
            if context.output.digest(path) != digest_bytes(part)
        ]
        every += files
    return different, every
