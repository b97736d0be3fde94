"""The interface texts of the pages: gettext catalogues beside the templates, one a language."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

from mksite.errors import UsageError
from mksite.templates import FOLDER, LOCALE


def catalogue_path(root: Path, lang: str) -> Path:
    """The catalogue of a language."""
    return root / FOLDER / LOCALE / f"{lang}.po"


def load(root: Path, lang: str, cache: Path, digest: str) -> gettext.NullTranslations:
    """The translations of a language; compiled once into `cache` under the catalogue's digest.

    Without a catalogue the texts stay as they are in the templates: English. Raises UsageError
    where the catalogue cannot be read.
    """
    path = catalogue_path(root, lang)
    if not digest:
        return gettext.NullTranslations()
    compiled = cache / f"{lang}-{digest}.mo"
    try:
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    except (OSError, ValueError, IndexError, UnicodeDecodeError):
        pass
    from babel.messages.mofile import write_mo  # noqa: PLC0415  only where it must be compiled
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    with path.open("rb") as file:
        try:
            messages = read_po(file, locale=lang, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise UsageError("catalogue-fault", name=path.name, reason=str(error)) from error
    buffer = io.BytesIO()
    write_mo(buffer, messages)
    cache.mkdir(parents=True, exist_ok=True)
    compiled.write_bytes(buffer.getvalue())
    return gettext.GNUTranslations(io.BytesIO(buffer.getvalue()))
