"""Measures attachments between the scan and the catalogue: each is given its Facts.

What lies beside a source is published in sizes where pages show it, whole where they lead to it.
Whatever is published whole is made here, since its size stands in Views
(`mksite.attachment.cleaning`); sizes are made where they are rendered. What was found is kept in
the cache folder by the digest of the attachment's bytes: a later build opens only bytes that it has
not seen.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import msgspec

from mksite.attachment import bounded, cleaning, picture
from mksite.attachment.cleaning import CleanedFiles, form_of, suffix_of
from mksite.attachment.picture import Unclean
from mksite.cache import cache
from mksite.content.model import Release
from mksite.content.problem import Problem
from mksite.errors import MksiteError
from mksite.source.source import Attachment, Facts, attachment_name, reader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mksite.content.model import Key
    from mksite.record.record import Record

KEPT_SECONDS = 30 * 24 * 3600  # what was made of bytes that are gone is kept for their return
_FACTS = "attachments"


class Uses(msgspec.Struct, frozen=True):
    """How one source uses its attachments, by their names: as `photos`, and `named` in texts."""

    photos: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What was found in an attachment: Facts, or why it cannot be published."""

    facts: Facts
    code: str = ""
    severity: Literal["error", "warning"] = "error"
    values: tuple[tuple[str, str], ...] = ()


class Memory(msgspec.Struct, frozen=True, array_like=True):
    """What earlier builds found, by `_Task.key`.

    `gone`: the digests of bytes that are no longer there, and since when, in seconds since the
    epoch.
    """

    known: dict[str, Known] = {}
    gone: dict[str, int] = {}


_HEAVY = Known(Facts(), "attachment-too-heavy")


class Measured(msgspec.Struct, frozen=True):
    """The attachments with their Facts, and what cannot be published, sorted by place."""

    attachments: tuple[Attachment, ...]
    problems: tuple[Problem, ...]


class _Task(msgspec.Struct, frozen=True, array_like=True):
    """An attachment to be measured; `whole` where it is published in its own size too."""

    key: str
    path: str
    name: str
    whole: bool


def uses(ident: str, records: Iterable[Record]) -> Uses:
    """How a source, with its translations, uses its attachments."""
    photos: set[str] = set()
    named: set[str] = set()
    for record in records:
        named.update(attachment_name(file, ident) for file in record.files)
        if isinstance(record.meta, Release):
            photos.update(attachment_name(photo.file, ident) for photo in record.meta.photos)
            if record.meta.source and record.meta.source.file:
                named.add(attachment_name(record.meta.source.file, ident))
    return Uses(frozenset(photos), frozenset(named))


def is_published_whole(used: Uses, name: str, *, sizes: bool) -> bool:
    """Whether the file has an address of its own; photographs are published in sizes alone."""
    return not sizes or name not in used.photos or name in used.named


def is_published_in_sizes(used: Uses, attachment: Attachment, *, sizes: bool) -> bool:
    """Whether pages show the picture, so that it is published in sizes."""
    shown = attachment.name in used.photos or attachment.name in used.named
    return sizes and shown and form_of(attachment.name) == "picture" and attachment.facts.width > 0


def measure(
    root: Path,
    attachments: tuple[Attachment, ...],
    records: Iterable[Record],
    *,
    sizes: bool,
    jobs: int,
) -> Measured:
    """The attachments with their Facts. `sizes`: whether the site shows pictures in sizes.

    Only bytes that no build has seen before are opened. Costs tens of milliseconds for a picture
    and for a document, more where it is published whole.
    """
    if not attachments and not (root / cache.FOLDER / _FACTS).exists():
        return Measured((), ())
    tasks = _tasks(attachments, records, sizes=sizes)
    folder = root / cache.FOLDER
    memory = cache.load(folder / _FACTS, Memory) or Memory()
    known = {task.key: memory.known[task.key] for task in tasks if task.key in memory.known}
    todo = list({task.key: task for task in tasks if task.key not in known}.values())
    if todo:
        found = bounded.each(_measured, todo, jobs, root)
        known.update({task.key: entry or _HEAVY for task, entry in zip(todo, found, strict=True)})
    _remember(folder, memory, known, {item.digest for item in attachments})
    measured = []
    problems = []
    for item, task in zip(attachments, tasks, strict=True):
        entry = known[task.key]
        measured.append(msgspec.structs.replace(item, facts=entry.facts))
        if entry.code:
            problem = Problem(
                item.path, 1, 1, entry.code, severity=entry.severity, values=entry.values
            )
            problems.append(problem)
    return Measured(tuple(measured), tuple(sorted(problems)))


def _tasks(
    attachments: tuple[Attachment, ...], records: Iterable[Record], *, sizes: bool
) -> list[_Task]:
    """What has to be known of each attachment, in their order."""
    owners = {(item.kind, item.owner) for item in attachments}
    grouped: dict[Key, list[Record]] = {owner: [] for owner in owners}
    for record in records:
        if (record.kind, record.id) in owners:
            grouped[record.kind, record.id].append(record)
    used = {key: uses(key[1], group) for key, group in grouped.items()}
    tasks = []
    for item in attachments:
        entire = is_published_whole(used[item.kind, item.owner], item.name, sizes=sizes)
        word = "whole" if entire else "sizes"
        recipe = cleaning.recipe(form_of(item.name))
        key = f"{item.digest}.{suffix_of(item.name)}.{word}.{recipe}"
        tasks.append(_Task(key, item.path, item.name, entire))
    return tasks


def _measured(task: _Task, root: Path) -> Known:
    """What there is to know of an attachment; what is published whole is made and kept.

    In a process of its own: see `mksite.attachment.bounded`.
    """
    store = CleanedFiles(root / cache.FOLDER)
    data = reader(root)(task.path)
    form = form_of(task.name)
    facts = Facts()
    changes = False
    try:
        if form == "picture":
            facts = picture_facts(data)
        if task.whole:
            made = cleaning.keep(store, task.name, data)
            changes = made.changes
            size_bytes = len(made.data)
            facts = msgspec.structs.replace(facts, pages=made.pages, size_bytes=size_bytes)
    except Unclean as reason:
        return Known(Facts(), reason.code, "error", tuple(sorted(reason.values.items())))
    except (MemoryError, MksiteError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:  # of the disk: libraries' own have no number
            raise
        return _HEAVY
    return Known(facts, "document-changes", "warning") if changes else Known(facts)


def picture_facts(data: bytes) -> Facts:
    """The Facts of a picture's pixels. Raises Unclean."""
    size = picture.measure(data)
    return Facts(size.width, size.height, size.transparent)


def _remember(folder: Path, memory: Memory, known: dict[str, Known], present: set[str]) -> None:
    """The next build knows what this one does, and what nobody needs any more is removed.

    That is what was made of bytes that are long gone, or by other recipes. The folder is looked
    through only where something has changed.
    """
    if known == memory.known and not memory.gone:
        return
    now = int(time.time())
    store = CleanedFiles(folder)
    gone: dict[str, int] = {}
    for digest in store.digests():
        if digest in present:
            if known != memory.known:
                store.remove_old(digest)
            continue
        since = memory.gone.get(digest, now)
        if now - since >= KEPT_SECONDS:
            store.remove(digest)
        else:
            gone[digest] = since
    made = Memory(known, gone)
    if made != memory:
        cache.save(folder / _FACTS, made)
