"""The interface is complete: every text of the templates and every code has its words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from mksite.content.code_list import EventStatus, EventType, OrganizationType, Stage
from mksite.content.config import SECTIONS
from mksite.content.model import Kind
from mksite.content.role import ROLE_SPECS, Role
from mksite.language.languages import LANGUAGES as KNOWN
from mksite.pages.data.meaning import meaning
from mksite.pages.data.table import (
    TABLES,
    TEXTS,
    ColumnType,
    InvolvementRow,
    NameUse,
    Row,
    TextRow,
    base,
    columns,
)
from mksite.view.overview import Order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel.messages.catalog import Catalog, Message

TEMPLATES = Path(__file__).parents[2] / "templates"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
LANGUAGES = ("ru", "ky", "en")

TABULAR: dict[str, type[Row]] = {**TABLES, TEXTS: TextRow, "": InvolvementRow}

# Every code that a template or a filter gives to `label`, by context.
CODES: dict[str, tuple[str, ...]] = {
    "role": get_args(Role),
    "roles": get_args(Role),
    "as-role": get_args(Role),
    "event-type": get_args(EventType),
    "event-types": get_args(EventType),
    "status": (*get_args(EventStatus), "announced"),
    "of-programme": tuple(role for role, spec in ROLE_SPECS.items() if spec.is_inherited),
    "organization-type": get_args(OrganizationType),
    "order": get_args(Order),
    "stage": get_args(Stage),
    "section": (*SECTIONS, "search", "data"),
    "language": tuple(KNOWN),
    "endonym": tuple(KNOWN),
    "kind": get_args(Kind),
    "identifier": ("wikidata", "ror", "iati", "dac", "isni", "viaf"),
    "column": tuple(
        {meaning(name, base(column.name)) for name in TABULAR for column in columns(TABULAR[name])}
    ),
    "column-type": get_args(ColumnType),
    "table": (*TABLES, TEXTS),
    "name-use": get_args(NameUse),
    "unit": ("megabyte", "kilobyte", "byte"),
}

# A text: its context ("" for none) and its msgid, the singular one.
Text = tuple[str, str]


def catalogue(lang: str) -> Catalog:
    """The catalogue of a language."""
    with (TEMPLATES / "locale" / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang, abort_invalid=True)


def entries(lang: str) -> dict[Text, Message]:
    """The entries of a catalogue by context and msgid, its header left out."""
    return {(entry.context or "", _first(entry.id)): entry for entry in catalogue(lang) if entry.id}


def _first(ids: str | Iterable[str]) -> str:
    return ids if isinstance(ids, str) else next(iter(ids))


def wordings(entry: Message) -> tuple[str, ...]:
    """The translation in each of its plural forms."""
    said = entry.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def of_templates() -> set[Text]:
    """Every text that the templates name."""
    found: set[Text] = set()
    for path in sorted((*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.css"))):
        with path.open("rb") as file:
            method = "jinja2.ext:babel_extract"
            for message in extract(method, file, keywords=KEYWORDS, options=OPTIONS):
                _, msgid, _, context = message
                found.add((context or "", _first(msgid)))
    return found


def of_codes() -> set[Text]:
    """Every code with its context."""
    return {(context, code) for context, codes in CODES.items() for code in codes}


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_no_text_is_missing_or_left_over(lang: str) -> None:
    """A catalogue has the texts of the templates and the codes, and nothing else."""
    assert set(entries(lang)) == of_templates() | of_codes()


def test_english_words_every_code() -> None:
    """English has words for codes; its other texts are the msgids themselves."""
    assert of_codes() <= set(entries("en")) <= of_templates() | of_codes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_is_translated(lang: str) -> None:
    """No entry is empty in any of its plural forms, fuzzy or obsolete."""
    forms = catalogue(lang).num_plurals
    for text, entry in entries(lang).items():
        words = wordings(entry)
        assert all(words), text
        assert not entry.fuzzy, text
        assert len(words) == (forms if entry.pluralizable else 1), text
    assert not catalogue(lang).obsolete


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_placeholder_is_kept(lang: str) -> None:
    """A translation names the same values as its msgid."""
    for text, entry in entries(lang).items():
        for word in wordings(entry):
            assert placeholders(word) == placeholders(text[1]), text


def placeholders(text: str) -> set[str]:
    """The names between `%(` and `)s`."""
    return {part.partition(")s")[0] for part in text.split("%(")[1:]}


def test_no_constant_is_worded_by_a_filter() -> None:
    """Jinja folds a filter of a constant when it compiles, whatever language comes next."""
    for path in sorted((*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.css"))):
        text = path.read_text("utf-8")
        assert "' | label(" not in text, path.name
        assert '" | label(' not in text, path.name
