"""Makes the bytes of an attachment that are published, once, and keeps them in the cache.

Nothing but plain text is published in its own bytes: a picture is made anew, whole or in a size, a
document loses what it tells of its authors. What is made is kept in the cache folder by the digest
of the bytes that it was made from and of the rooms and libraries that made it, so that neither a
rebuilt page nor an emptied output nor `--force` makes it again.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Literal

from mksite.attachment import picture
from mksite.attachment.picture import Clean, Unclean
from mksite.content.code_list import PICTURE_FORMATS
from mksite.digest import digest_bytes

Form = Literal["picture", "drawing", "portable", "office", "plain"]

_FORMS: dict[str, Form] = {
    **{suffix: "picture" for suffix, form in PICTURE_FORMATS.items() if form},
    "svg": "drawing",
    "pdf": "portable",
    **dict.fromkeys(("docx", "dotx", "xlsx", "xltx", "pptx", "ppsx", "potx"), "office"),
    **dict.fromkeys(("odt", "ott", "ods", "ots", "odp", "otp", "odg"), "office"),
    **dict.fromkeys(("txt", "csv", "tsv", "json", "geojson", "ics", "bib", "ris"), "plain"),
}
_LEGACY = {"doc", "dot", "xls", "xlt", "ppt", "pps", "pot", "rtf", "docm", "xlsm", "pptm", "wps"}
_LEGACY |= {"pages", "numbers", "key"}

# The rooms and the library that make what is published of each form: another recipe, other bytes.
RECIPES: dict[Form, tuple[tuple[str, ...], str]] = {
    "picture": (("picture",), "pillow"),
    "drawing": (("svg", "embedded"), "pillow"),
    "portable": (("pdf", "embedded", "office_xml"), "pypdf"),
    "office": (("office", "embedded", "office_xml", "svg"), "pillow"),
}


def suffix_of(name: str) -> str:
    """The part of a file's name that says what it is."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def form_of(name: str) -> Form | None:
    """By which room a file is cleaned; None for those that cannot be."""
    return _FORMS.get(suffix_of(name))


def is_picture(name: str) -> bool:
    """Whether the file is shown rather than listed, as far as its name tells."""
    return form_of(name) in ("picture", "drawing")


def keep(store: CleanedFiles, name: str, data: bytes) -> Clean:
    """What is published of a file in its own size, made anew and kept. Raises Unclean."""
    made = clean(name, data)
    form = form_of(name)
    if form in RECIPES:
        store.put(form, digest_bytes(data), _whole(name), made.data)
    return made


def whole(store: CleanedFiles, name: str, data: bytes) -> bytes:
    """What is published of a file in its own size, from what is kept. Raises Unclean."""
    form = form_of(name)
    kept = store.get(form, digest_bytes(data), _whole(name)) if form in RECIPES else None
    return keep(store, name, data).data if kept is None else kept


def _whole(name: str) -> str:
    return f"whole-{suffix_of(name)}"


def sized(store: CleanedFiles, data: bytes, form: str, width: int) -> bytes:
    """The picture as AVIF, JPEG or PNG, `width` pixels wide. Raises Unclean."""
    digest, name = digest_bytes(data), f"{width}-{form.lower()}"
    encoded = store.get("picture", digest, name)
    if encoded is None:
        encoded = picture.encode(data, form, width)
        store.put("picture", digest, name, encoded)
    return encoded


def clean(name: str, data: bytes) -> Clean:
    """What is published of a file in its own size; nothing is kept. Raises Unclean."""
    form = form_of(name)
    if form == "picture":
        return Clean(picture.encode(data, PICTURE_FORMATS[suffix_of(name)]), 0)
    if form == "drawing":
        from mksite.attachment import svg  # noqa: PLC0415  XML is loaded only where there is a drawing

        return Clean(svg.clean(data), 0)
    if form == "portable":
        from mksite.attachment import pdf  # noqa: PLC0415

        return pdf.clean(data)
    if form == "office":
        from mksite.attachment import office  # noqa: PLC0415

        return office.clean(data)
    if form is None:
        raise _refused(suffix_of(name))
    return Clean(data, 0)


def _refused(suffix: str) -> Unclean:
    """Why files of this kind are not published."""
    if suffix in PICTURE_FORMATS:
        return Unclean("picture-heic")
    if suffix in _LEGACY:
        return Unclean("document-legacy", suffix=suffix)
    return Unclean("attachment-unknown", suffix=suffix)


_KEPT = re.compile(r"[\w-]+\.[0-9a-f]{12}(?:\.\d+\.new)?")


class CleanedFiles:
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
        if path.parent.is_symlink() or path.parent.parent.is_symlink():
            return  # it would be kept elsewhere; it is made again next time
        temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
        temporary.write_bytes(digest_bytes(made).encode() + b"\n" + made)
        temporary.replace(path)

    def digests(self) -> list[str]:
        """The digests of all bytes that something was made from."""
        return sorted(path.name for path in self.folder.glob("??/*") if path.is_dir())

    def remove(self, digest: str) -> None:
        """Nothing that was made of these bytes is left."""
        folder = self.folder / digest[:2] / digest
        for path in self._own_files(digest):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # somebody else's file may lie there
            folder.rmdir()

    def remove_old(self, digest: str) -> None:
        """Nothing is left that other recipes than today's have made of these bytes."""
        recipes = {recipe(form) for form in RECIPES}
        for path in self._own_files(digest):
            if path.name.rpartition(".")[2] not in recipes:
                path.unlink(missing_ok=True)

    def _own_files(self, digest: str) -> list[Path]:
        """The files that were made of these bytes, by the form of their names."""
        folder = self.folder / digest[:2] / digest
        if folder.is_symlink() or folder.parent.is_symlink():
            return []
        return [path for path in folder.glob("*") if _KEPT.fullmatch(path.name)]

    def _path(self, form: Form, digest: str, name: str) -> Path:
        return self.folder / digest[:2] / digest / f"{name}.{recipe(form)}"


@lru_cache(maxsize=8)
def recipe(form: Form | None) -> str:
    """The digest of what makes the published bytes of a form; "" where nothing does."""
    if form is None or form not in RECIPES:
        return ""
    from importlib import metadata  # noqa: PLC0415  only where there are attachments

    rooms, library = RECIPES[form]
    folder = Path(__file__).parent
    parts = [(folder / f"{room}.py").read_bytes() for room in rooms]
    return digest_bytes(b"\0".join((*parts, metadata.version(library).encode())))[:12]
