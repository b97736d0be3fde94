"""The interface texts of the pages: gettext catalogues beside the templates, one a language."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

from mksite.templates import FOLDER, LOCALE


def catalogue_path(root: Path, lang: str) -> Path:
    """The catalogue of a language."""
    return root / FOLDER / LOCALE / f"{lang}.po"


def load(root: Path, lang: str, cache: Path, digest: str) -> gettext.NullTranslations:
    """The translations of a language; compiled once into `cache` under the catalogue's digest.

    Without a catalogue the texts stay as they are in the templates: English.
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
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    buffer = io.BytesIO()
    write_mo(buffer, messages)
    cache.mkdir(parents=True, exist_ok=True)
    compiled.write_bytes(buffer.getvalue())
    return gettext.GNUTranslations(io.BytesIO(buffer.getvalue()))
