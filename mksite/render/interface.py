"""Loads the interface texts of the pages: gettext catalogues beside the templates."""

from __future__ import annotations

import gettext
import io
from typing import TYPE_CHECKING

from mksite.cache import cache
from mksite.errors import UsageError
from mksite.face import TEMPLATES, find
from mksite.render.closure import LOCALE

if TYPE_CHECKING:
    from pathlib import Path


def catalogue_path(root: Path, lang: str, face: Path | None = None) -> Path:
    """The catalogue of a language: the site's, else that of `face`."""
    return find(f"{TEMPLATES}/{LOCALE}/{lang}.po", root, face)


def load(path: Path, lang: str, folder: Path, digest: str) -> gettext.NullTranslations:
    """The translations in the catalogue at `path`; compiled once into `folder` under its digest.

    Without a catalogue the texts stay as they are in the templates: English. Raises UsageError
    where the catalogue cannot be read.
    """
    if not digest:
        return gettext.NullTranslations()
    compiled = folder / f"{lang}-{digest}.mo"
    known = cache.load(compiled, bytes)
    if known is not None:
        return gettext.GNUTranslations(io.BytesIO(known))
    from babel.messages.mofile import write_mo  # noqa: PLC0415  only where it must be compiled
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    with path.open("rb") as file:
        try:
            messages = read_po(file, locale=lang, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise UsageError("catalogue-fault", name=path.name, reason=str(error)) from error
    buffer = io.BytesIO()
    write_mo(buffer, messages)
    cache.save(compiled, buffer.getvalue())
    return gettext.GNUTranslations(io.BytesIO(buffer.getvalue()))
