"""site.yaml, decoded once into nested frozen types; no I/O here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mksite.content.front_matter import document, position, schema
from mksite.content.model import Name, Struct, Text, in_language
from mksite.content.problem import Problem, fault
from mksite.language.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.content.problem import Fault

FILE = "site.yaml"
_MENU_ENTRY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SECTIONS = (
    "releases",
    "organizations",
    "programmes",
    "funders",
    "places",
    "people",
    "tags",
    "timeline",
    "data",
)
STAND_IN = "https://example.org"  # for what is missing, while the rest is checked


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


class Admin(Struct, frozen=True, omit_defaults=True):
    """Where the sources lie that the page /admin/ edits; `test-repo` keeps them in the browser.

    `base_url` is the address of the service that signs editors in, where it is not the host's own.
    """

    backend: Literal["github", "gitlab", "gitea", "test-repo"]
    repo: str = ""
    branch: str = ""
    base_url: str = ""


class Features(Struct, frozen=True, omit_defaults=True):
    """What the site offers besides its pages; each may be switched off."""

    feeds: bool = True
    calendars: bool = True
    citations: bool = True
    data: bool = True
    search: bool = True
    pictures: bool = True
    people: bool = True
    mentions: bool = True


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
    admin: Admin | None = None

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
    tree = tree if tree is not None else {}
    site, faults = schema.decode(tree, Site)
    wrong = tuple(fault_.field for fault_ in faults)
    rest = site or schema.salvage(tree, Site, faults, STAND_IN)
    if rest is not None:
        faults += tuple(
            fault_
            for fault_ in _check(rest)
            if not any(fault_.field[: len(field)] == field for field in wrong)
        )
    problems = tuple(sorted(position.place_in_front(FILE, text, 1, faults)))
    return (None if problems else site), problems


def _check(site: Site) -> Iterator[Fault]:
    """What the types cannot say."""
    if not is_web_address(site.url) or "?" in site.url or "#" in site.url:
        yield fault("bad-url", ("url",), value=site.url)
    if not (site.title.strip() if isinstance(site.title, str) else site.title):
        yield fault("empty-value", ("title",), key="title")
    yield from _languages(site.languages)
    try:
        ZoneInfo(site.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield fault("unknown-timezone", ("timezone",), value=site.timezone)
    for index, entry in enumerate(site.menu):
        if not _MENU_ENTRY.fullmatch(entry):
            yield fault("unknown-menu-entry", ("menu", index), value=entry)
    if site.contact and site.contact.email and not EMAIL.fullmatch(site.contact.email):
        yield fault("bad-email", ("contact", "email"), value=site.contact.email)
    if site.licence and site.licence.url and not is_web_address(site.licence.url):
        yield fault("bad-url", ("licence", "url"), value=site.licence.url)
    if site.admin is not None:
        yield from _admin(site.admin)
    # A language that is not one of the site's may be one of those that are wrong above.
    known = tuple(lang for lang in tuple(LANGUAGES) if lang in site.languages)
    yield from schema.text_faults(site, (), known or tuple(LANGUAGES))


def _admin(admin: Admin) -> Iterator[Fault]:
    if admin.backend != "test-repo" and not admin.repo.strip():
        yield fault("missing-key", ("admin", "repo"), key="repo")
    if admin.base_url and not is_web_address(admin.base_url):
        yield fault("bad-url", ("admin", "base_url"), value=admin.base_url)


def _languages(languages: tuple[str, ...]) -> Iterator[Fault]:
    if not languages:
        yield fault("no-languages", ("languages",))
    for index, lang in enumerate(languages):
        if lang not in tuple(LANGUAGES):
            listed = ", ".join(tuple(LANGUAGES))
            yield fault("unknown-language", ("languages", index), value=lang, allowed=listed)
        elif lang in languages[:index]:
            yield fault("duplicate-value", ("languages", index), value=lang)


def is_web_address(url: str) -> bool:
    """Whether the text can stand where a reader follows a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in url
