"""site.yaml, decoded once into nested frozen types; no I/O here."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from mksite import document, schema
from mksite.model import Name, Struct, Text, in_language
from mksite.problem import Fault, Problem, fault

FILE = "site.yaml"
SECTIONS = ("releases", "organizations", "programmes", "funders", "places", "tags", "timeline")
KNOWN_LANGUAGES = ("ru", "ky", "en")


class SiteContact(Struct, frozen=True, omit_defaults=True):
    """How readers reach the archive."""

    name: Text | None = None
    email: str | None = None
    phone: str | None = None
    address: Text | None = None


class Licence(Struct, frozen=True, omit_defaults=True):
    """Under which terms the texts and the data may be used."""

    name: Text
    url: str | None = None


class Features(Struct, frozen=True, omit_defaults=True):
    """What the site offers besides its pages; each may be switched off."""

    feeds: bool = True
    calendars: bool = True
    citations: bool = True
    data: bool = True
    search: bool = True
    pictures: bool = True


class Site(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The whole configuration. `languages` begins with the default one."""

    title: Text
    description: Text | None = None
    url: str
    languages: tuple[str, ...] = ("ru",)
    timezone: str = "Asia/Bishkek"
    publisher: Name | None = None
    contact: SiteContact | None = None
    menu: tuple[str, ...] = ("releases", "organizations", "programmes", "timeline")
    licence: Licence | None = None
    features: Features = Features()

    @property
    def default_language(self) -> str:
        """The language at the root of the site."""
        return self.languages[0]

    @property
    def base_path(self) -> str:
        """The path under which the site lives: `/` or `/archive/`."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    @property
    def origin(self) -> str:
        """Scheme and host of the site, without a path."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def text(self, text: Text | None, lang: str) -> tuple[str, str]:
        """A text of the content in the wanted language or the nearest: (text, its language)."""
        return in_language(text, lang, self.default_language)


def parse(data: bytes) -> tuple[Site | None, tuple[Problem, ...]]:
    """The configuration, or all that is wrong in it."""
    try:
        text = document.decode(data)
        tree = document.parse_yaml(text)
    except document.DocumentError as error:
        return None, (error.problem(FILE),)
    site, faults = schema.decode(tree if tree is not None else {}, Site)
    if site is not None:
        faults = tuple(_check(site))
    problems = tuple(sorted(document.place_fault(FILE, text, 1, found) for found in faults))
    return (None if problems else site), problems


def _check(site: Site) -> list[Fault]:
    """What the types cannot say."""
    faults: list[Fault] = []
    try:
        parts = urlsplit(site.url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        faults.append(fault("bad-url", ("url",), value=site.url))
    if not site.languages:
        faults.append(fault("no-languages", ("languages",)))
    for index, lang in enumerate(site.languages):
        if lang not in KNOWN_LANGUAGES:
            listed = ", ".join(KNOWN_LANGUAGES)
            faults.append(
                fault("unknown-language", ("languages", index), value=lang, allowed=listed)
            )
        elif lang in site.languages[:index]:
            faults.append(fault("duplicate-value", ("languages", index), value=lang))
    try:
        ZoneInfo(site.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        faults.append(fault("unknown-timezone", ("timezone",), value=site.timezone))
    if isinstance(site.title, str) and not site.title.strip():
        faults.append(fault("empty-value", ("title",), key="title"))
    for index, entry in enumerate(site.menu):
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", entry):
            faults.append(fault("unknown-menu-entry", ("menu", index), value=entry))
    faults += text_faults(site, ("title", "description"), site.languages)
    return faults


def text_faults(value: msgspec.Struct, fields: tuple[str, ...], languages: Any) -> list[Fault]:
    """Faults of texts by language: a language that the site does not have, or no text."""
    faults = []
    for field in fields:
        text = getattr(value, field)
        if isinstance(text, dict):
            if not text:
                faults.append(fault("empty-value", (field,), key=field))
            for lang, words in text.items():
                if lang not in languages:
                    listed = ", ".join(languages)
                    faults.append(
                        fault(
                            "unknown-language",
                            (field, lang),
                            at="key",
                            value=lang,
                            allowed=listed,
                        )
                    )
                elif not words.strip():
                    faults.append(fault("empty-value", (field, lang), key=f"{field}.{lang}"))
    return faults
