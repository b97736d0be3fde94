"""Attachments as they are published: freed of metadata, measured, made once.

What lies beside a source in content/ is never published in its own bytes, but for plain text. A
picture is published in sizes (`SizedPicture` names one), or whole where a text links to it; a
document without what it tells of its authors. What is made is kept in the cache folder by the
digest of the attachment's bytes and of the rooms and libraries that made it, so that neither a
rebuilt page nor an emptied output nor `--force` makes it again.

`measure` runs between scan and catalogue: it gives each attachment its Facts, which Views need.
"""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from mksite import cache, picture
from mksite.catalogue import attachment_name
from mksite.model import Release
from mksite.picture import Unclean
from mksite.problem import Problem
from mksite.source import Attachment, Facts, digest_bytes, reader
from mksite.workers import in_parallel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.record import Record
    from mksite.registry import Key

Form = Literal["picture", "drawing", "portable", "office", "plain"]

KEPT_SECONDS = 30 * 24 * 3600  # what was made of bytes that are gone is kept for their return
PLAIN = frozenset(["txt", "csv", "tsv", "json", "geojson", "ics", "bib", "ris"])
OFFICE = frozenset(
    [
        "docx",
        "dotx",
        "xlsx",
        "xltx",
        "pptx",
        "ppsx",
        "potx",
        "odt",
        "ott",
        "ods",
        "ots",
        "odp",
        "otp",
        "odg",
    ],
)
LEGACY = frozenset(
    [
        "doc",
        "dot",
        "xls",
        "xlt",
        "ppt",
        "pps",
        "pot",
        "rtf",
        "docm",
        "xlsm",
        "pptm",
        "pages",
        "numbers",
        "key",
        "wps",
    ]
)

# The rooms and the library that make what is published of each form: another recipe, other bytes.
_RECIPES: dict[Form, tuple[tuple[str, ...], str]] = {
    "picture": (("picture",), "pillow"),
    "drawing": (("vector", "embedded"), "pillow"),
    "portable": (("portable", "embedded", "markup"), "pypdf"),
    "office": (("office", "embedded", "markup", "vector"), "pillow"),
}
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


class Measured(msgspec.Struct, frozen=True):
    """The attachments with their Facts, and what cannot be published, sorted by place."""

    attachments: tuple[Attachment, ...]
    problems: tuple[Problem, ...]


class _Task(msgspec.Struct, frozen=True, array_like=True):
    """An attachment to be measured; `whole` where it is published in its own size too."""

    key: str
    path: str
    name: str
    digest: str
    whole: bool


def suffix_of(name: str) -> str:
    """The part of a file's name that says what it is."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def form_of(name: str) -> Form | None:
    """By which room a file is cleaned; None for those that cannot be."""
    suffix = suffix_of(name)
    if picture.FORMATS.get(suffix):
        return "picture"
    if suffix == "svg":
        return "drawing"
    if suffix == "pdf":
        return "portable"
    if suffix in OFFICE:
        return "office"
    return "plain" if suffix in PLAIN else None


def is_picture(name: str) -> bool:
    """Whether the file is shown rather than listed, as far as its name tells."""
    return form_of(name) in ("picture", "drawing")


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


# ---- what is published


def whole(store: Store, name: str, digest: str, data: bytes) -> bytes:
    """The file as it is published in its own size. Raises Unclean."""
    form = form_of(name)
    if form is None or form == "plain":
        return _clean(name, data)[0]
    found = store.get(form, digest, f"whole-{suffix_of(name)}")
    if found is None:
        found = _clean(name, data)[0]
        store.put(form, digest, f"whole-{suffix_of(name)}", found)
    return found


def sized(store: Store, digest: str, data: bytes, form: str, width: int) -> bytes:
    """The picture as AVIF, JPEG or PNG, `width` pixels wide. Raises Unclean."""
    name = f"{width}-{form.lower()}"
    found = store.get("picture", digest, name)
    if found is None:
        found = picture.encode(data, form, width)
        store.put("picture", digest, name, found)
    return found


def _clean(name: str, data: bytes) -> tuple[bytes, int, bool]:
    """The bytes to publish, how many pages they have, and whether they show changes.

    Raises Unclean.
    """
    form = form_of(name)
    if form == "picture":
        return picture.encode(data, picture.FORMATS[suffix_of(name)]), 0, False
    if form == "drawing":
        from mksite import vector  # noqa: PLC0415  XML is loaded only where there is a drawing

        return vector.clean(data), 0, False
    if form == "portable":
        from mksite import portable  # noqa: PLC0415

        found = portable.clean(data)
        return found.data, found.pages, found.changes
    if form == "office":
        from mksite import office  # noqa: PLC0415

        found = office.clean(data)
        return found.data, found.pages, found.changes
    if form == "plain":
        return data, 0, False
    suffix = suffix_of(name)
    if suffix in picture.FORMATS:
        raise Unclean("picture-heic")
    if suffix in LEGACY:
        raise Unclean("document-legacy", suffix=suffix)
    raise Unclean("attachment-unknown", suffix=suffix)


class Store:
    """What was made of attachments, in the cache folder.

    A folder for the bytes it was made from, a file for each form of it; every file carries the
    digest of what it holds.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pictures"

    def get(self, form: Form, digest: str, name: str) -> bytes | None:
        """What was made, or None where it is missing or damaged."""
        try:
            data = self._path(form, digest, name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        head, _, made = data.partition(b"\n")
        return made if head == digest_bytes(made).encode() else None

    def put(self, form: Form, digest: str, name: str, made: bytes) -> None:
        """What was made is kept."""
        path = self._path(form, digest, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.new")
        temporary.write_bytes(digest_bytes(made).encode() + b"\n" + made)
        temporary.replace(path)

    def digests(self) -> list[str]:
        """The digests of all bytes that something was made from."""
        return sorted(found.name for found in self.folder.glob("??/*") if found.is_dir())

    def remove(self, digest: str) -> None:
        """Nothing that was made of these bytes is left."""
        folder = self.folder / digest[:2] / digest
        for found in folder.glob("*"):
            found.unlink(missing_ok=True)
        folder.rmdir()

    def remove_old(self, digest: str) -> None:
        """Nothing is left that other recipes than today's have made of these bytes."""
        recipes = {recipe(form) for form in _RECIPES}
        for found in (self.folder / digest[:2] / digest).glob("*"):
            if found.name.rpartition(".")[2] not in recipes:
                found.unlink(missing_ok=True)

    def _path(self, form: Form, digest: str, name: str) -> Path:
        return self.folder / digest[:2] / digest / f"{name}.{recipe(form)}"


@lru_cache(maxsize=len(_RECIPES))
def recipe(form: Form) -> str:
    """The digest of what makes the published bytes of a form, besides the attachment's."""
    from importlib import metadata  # noqa: PLC0415  only where there are attachments

    rooms, library = _RECIPES[form]
    folder = Path(__file__).parent
    parts = [(folder / f"{room}.py").read_bytes() for room in rooms]
    return digest_bytes(b"\0".join((*parts, metadata.version(library).encode())))[:12]


# ---- measuring


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
        for part in in_parallel(_measure_slice, todo, jobs, root):
            known.update(msgspec.msgpack.decode(part, type=dict[str, Known]))
    _remember(folder, memory, known, {item.digest for item in attachments})
    found = []
    problems = []
    for item, task in zip(attachments, tasks, strict=True):
        entry = known[task.key]
        found.append(msgspec.structs.replace(item, facts=entry.facts))
        if entry.code:
            problem = Problem(
                item.path, 1, 1, entry.code, severity=entry.severity, values=entry.values
            )
            problems.append(problem)
    return Measured(tuple(found), tuple(sorted(problems)))


def _tasks(
    attachments: tuple[Attachment, ...], records: Iterable[Record], *, sizes: bool
) -> list[_Task]:
    """What has to be known of each attachment, in their order."""
    owners = {(item.kind, item.owner) for item in attachments}
    grouped: dict[Key, list[Record]] = {owner: [] for owner in owners}
    for record in records:
        if (record.kind, record.id) in owners:
            grouped[record.kind, record.id].append(record)
    used = {key: uses(key[1], found) for key, found in grouped.items()}
    tasks = []
    for item in attachments:
        entire = is_published_whole(used[item.kind, item.owner], item.name, sizes=sizes)
        form = form_of(item.name)
        made_by = recipe(form) if form in _RECIPES else ""
        word = "whole" if entire else "sizes"
        key = f"{item.digest}.{suffix_of(item.name)}.{word}.{made_by}"
        tasks.append(_Task(key, item.path, item.name, item.digest, entire))
    return tasks


def _measure_slice(_number: int, tasks: list[_Task], root: Path) -> bytes:
    """In one process: what was found, by key, encoded."""
    store = Store(root / cache.FOLDER)
    read = reader(root)
    return msgspec.msgpack.encode(
        {task.key: _measured(task, read(task.path), store) for task in tasks}
    )


def _measured(task: _Task, data: bytes, store: Store) -> Known:
    """What there is to know of an attachment; what is published whole is made and kept."""
    form = form_of(task.name)
    facts = Facts()
    changes = False
    try:
        if form == "picture":
            facts = picture_facts(data)
        if task.whole:
            made, pages, changes = _clean(task.name, data)
            if form in _RECIPES:
                store.put(form, digest_bytes(data), f"whole-{suffix_of(task.name)}", made)
            facts = msgspec.structs.replace(facts, pages=pages, size_bytes=len(made))
    except Unclean as reason:
        return Known(Facts(), reason.code, "error", tuple(sorted(reason.values.items())))
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
    store = Store(folder)
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
