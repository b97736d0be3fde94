"""Parses the bytes of a Source into a Record: typed values, safe HTML, and all Problems.

No I/O here: the same bytes and configuration give the same Record, whichever process parses them.
What needs other sources (names, links, parents) is checked by `mksite.catalogue.catalogue`.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec

from mksite.content.address import former_path, is_path
from mksite.content.code_list import PICTURE_FORMATS
from mksite.content.config import EMAIL, is_web_address
from mksite.content.front_matter import document, position, schema
from mksite.content.model import (
    KIND_SPECS,
    Entity,
    Event,
    Meta,
    Organization,
    Origin,
    Person,
    Photo,
    Place,
    Programme,
    Release,
    StaticPage,
    Translation,
    with_languages,
)
from mksite.content.problem import Fault, FieldPath, Problem, fault
from mksite.content.role import ROLE_SPECS
from mksite.date import edtf, hint
from mksite.digest import digest_bytes
from mksite.record.markdown import convert
from mksite.record.markdown.address import ATTACHMENT, meant_address
from mksite.record.markdown.convert import Body
from mksite.record.markdown.limit import TooMuch
from mksite.record.markdown.plain import plain_line
from mksite.record.record import Record, outline_of
from mksite.record.silent import passed_over
from mksite.text.personal import Personal, personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.content.config import Site
    from mksite.record.markdown.prepare import Remark
    from mksite.source.source import Source

MOST_LATITUDE, MOST_LONGITUDE = 90, 180  # degrees from the equator and from Greenwich
# Codes whose line may be left out to see what else is wrong.
OF_A_LINE = {"missing-space", "yaml-syntax"} | {
    f"yaml-{cause}"
    for cause in (
        "nbsp",
        "quote",
        "after-quote",
        "bracket",
        "sign",
        "colon",
        "tab",
        "indent",
        "dash",
    )
}
MOST_LINES = 400  # of a file that is read again without the lines at fault
TRANSLATED_ONLY = ("title", "summary", "original")
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_ELSEWHERE = re.compile(r"//|(?!attachment:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")
_EMBARGO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?")


def parse(source: Source, data: bytes, site: Site) -> tuple[Record, Body]:
    """The Record of a Source and its Body."""
    try:
        read = document.read(data)
    except document.DocumentError as error:
        return _broken(source, (error.problem(source.path), *_rest(source, data, site, error)))
    model: type[Any] = Translation if source.lang else KIND_SPECS[source.kind].struct
    meta, faults = schema.decode(read.tree, model)
    wrong = tuple(fault_.field for fault_ in faults)
    if meta is None:
        meta = schema.salvage(read.tree, model, faults, source.id)
    if meta is not None:
        faults += tuple(
            fault_
            for fault_ in check(meta, read.tree, site)
            if not any(fault_.field[: len(field)] == field for field in wrong)
        )
    errors = tuple(fault_ for fault_ in faults if fault_.severity == "error")
    if errors:  # nothing after this stage meets a date that is none, or an address
        meta = schema.salvage(read.tree, model, errors, source.id)
    if source.lang:
        faults = tuple(map(_forbidden_in_translation, faults))
    lang = source.lang or getattr(meta, "lang", None) or site.default_language
    try:
        body = convert.render(read.body, lang)
    except TooMuch as error:
        line = read.body_line + error.line - 1
        told = Problem(source.path, line, 1, error.code, values=error.values)
        return _broken(source, (told,))
    if lang != site.default_language and meta is not None and not source.lang:
        meta = with_languages(meta, lang)
    digest = original_digest(meta, read.body)
    meta = _plain(meta)
    problems = position.place_in_front(source.path, read.front, read.front_line, faults)
    problems += [_remarked(source.path, read.body_line, remark) for remark in body.remarks]
    problems += passed_over(source.path, read, model)
    if "<img" in body.html:
        problems += position.place(source.path, data, shown(body.html))
    record = Record(
        path=source.path,
        kind=source.kind,
        id=source.id,
        lang=source.lang,
        meta=meta,
        original_digest=digest,
        body_digest=digest_bytes(body.html.encode()) if body.html else "",
        outline=outline_of(body.headings),
        mentions=body.mentions,
        files=body.files,
        problems=tuple(sorted(problems)),
        bare_mentions=body.bare,
        paths=body.paths,
        personal=tuple(p for p in _personal(source, read) if p.line not in _told(problems)),
    )
    return record, body


def _told(problems: Iterable[Problem]) -> set[int]:
    """The lines of a contact that is to be written otherwise: its number has a place there."""
    return {problem.line for problem in problems if problem.field == "contact"}


def _personal(source: Source, read: document.Document) -> Iterator[Problem]:
    """The numbers and addresses of people in a file, each as the Problem that it may be."""
    for text, first_line in ((read.front, read.front_line), (read.body, read.body_line)):
        for found in personal(text):
            line = first_line + text.count("\n", 0, found.start)
            column = found.start - text.rfind("\n", 0, found.start)
            yield _endangering(source, found).problem(source.path, line, column)


def _endangering(source: Source, found: Personal) -> Fault:
    return fault(f"personal-{found.kind}", value=found.written, name=f"{source.id}.md")


def _rest(
    source: Source, data: bytes, site: Site, error: document.DocumentError
) -> tuple[Problem, ...]:
    """What else is wrong in a file whose front matter does not parse: what is found without the
    line at fault, of whose field nothing is said.
    """
    lines = data.split(b"\n")
    if error.code not in OF_A_LINE or data.count(b"\n") > MOST_LINES:
        return ()
    line = lines[error.line - 1]
    if not line.strip() or line.strip() == b"---":
        return ()
    below = lines[error.line] if error.line < len(lines) else b""
    if below.startswith(b" "):  # it goes on there
        return ()
    lines[error.line - 1] = b""
    key = line.partition(b":")[0].strip().decode(errors="replace")
    record, _ = parse(source, b"\n".join(lines), site)
    return tuple(
        problem
        for problem in record.problems
        if problem.code not in ("missing-key", "end-without-start") or problem.field != key
    )


def _broken(source: Source, problems: tuple[Problem, ...]) -> tuple[Record, Body]:
    record = Record(
        source.path, source.kind, source.id, source.lang, None, "", "", "", (), (), problems
    )
    return record, Body("")


def _remarked(path: str, first_line: int, remark: Remark) -> Problem:
    """What is to be told of a line of the body, as a Problem of the file."""
    line = first_line + remark.line - 1
    return Problem(path, line, remark.column, remark.code, "", remark.severity, remark.values)


def _forbidden_in_translation(given: Fault) -> Fault:
    """An unknown key of a translation is one that belongs to the original."""
    if given.code in ("unknown-key", "unknown-key-far") and len(given.field) == 1:
        key = str(given.field[0])
        allowed = ", ".join(TRANSLATED_ONLY[:2])
        return fault("translation-key", given.field, at="key", key=key, allowed=allowed)
    return given


def shown(html: str) -> Iterator[Fault]:
    """What is wrong with the pictures in a sanitised body.

    They need words for who cannot see them, and must not lie elsewhere: that place would be told
    who reads the page.
    """
    for match in _IMAGE.finditer(html):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        source = meant_address(unescape(attributes.get("src", "")))
        name = unquote(source.removeprefix(ATTACHMENT))
        if _ELSEWHERE.match(source):
            yield fault("remote-picture", ("](", name), address=name)
        elif not source.startswith((ATTACHMENT, "/")):
            yield fault("html-picture", ("](", name), file=name)
        elif not attributes.get("alt", "").strip():
            yield fault("photo-without-alt", ("](", name), file=name)


def _plain(meta: Meta | None) -> Meta | None:
    """The front matter with a title and a summary of plain words, whatever markup was typed."""
    if not isinstance(meta, Release | StaticPage | Translation):
        return meta
    return msgspec.structs.replace(
        meta,
        title=plain_line(meta.title) if meta.title else meta.title,
        summary=plain_line(meta.summary) if meta.summary else meta.summary,
    )


def original_digest(meta: Meta | None, text: str) -> str:
    """The digest of what a translator translates: title, summary and body. 16 hex digits."""
    title = getattr(meta, "title", None) or ""
    summary = getattr(meta, "summary", None) or ""
    return digest_bytes(f"{title}\x00{summary}\x00{text.strip()}".encode())[:16]


def check(meta: Meta, tree: dict[str, Any], site: Site) -> Iterator[Fault]:
    """What the types cannot say: empty titles, dates, languages, addresses."""
    yield from schema.text_faults(meta, (), site.languages)
    lang = getattr(meta, "lang", None)
    if lang is not None and lang not in site.languages:
        allowed = ", ".join(site.languages)
        yield fault("unknown-language", ("lang",), value=lang, allowed=allowed)
    if isinstance(meta, Release):
        yield from _release(meta, tree)
    elif isinstance(meta, Entity):
        yield from _entity(meta)
    elif isinstance(meta, StaticPage):
        yield from _title(meta.title)
        yield from _aliases(meta.aliases)
    elif "title" in tree:
        yield from _title(meta.title or "")


def _title(title: str) -> Iterator[Fault]:
    if not title.strip():
        yield fault("empty-value", ("title",), key="title")


def _origin(origin: Origin) -> Iterator[Fault]:
    for field, address in (("url", origin.url), ("archived", origin.archived)):
        if address:
            yield from _url(address, ("source", field))


def _release(release: Release, tree: dict[str, Any]) -> Iterator[Fault]:
    yield from _title(release.title)
    yield from _date(release.date, ("date",))
    yield from _date(release.added, ("added",))
    if release.event:
        yield from _event(release.event, tree.get("event"))
    for index, correction in enumerate(release.corrections):
        yield from _date(correction.date, ("corrections", index, "date"))
    if release.withdrawn is not None:
        yield from _date(release.withdrawn.date, ("withdrawn", "date"))
    if release.embargo is not None:
        yield from _embargo(release.embargo)
    if release.source:
        yield from _origin(release.source)
    if release.contact and release.contact.email and not EMAIL.fullmatch(release.contact.email):
        yield fault("bad-email", ("contact", "email"), value=release.contact.email)
    yield from _photos(release.photos)
    yield from _aliases(release.aliases)
    fields = [spec.release_field for spec in ROLE_SPECS.values() if spec.release_field]
    for field in (*fields, "tags"):
        yield from _names(getattr(release, field), (field,))
    if isinstance(release.programme, tuple):
        yield from _names(release.programme, ("programme",))
    elif not release.programme.strip():
        yield fault("empty-value", ("programme",), key="programme")


def _event(event: Event, written: object) -> Iterator[Fault]:
    """`written` is the event as the editor wrote it: its start may be there and be wrong."""
    yield from _date(event.start, ("event", "start"))
    yield from _date(event.end, ("event", "end"))
    yield from _order(event.start, event.end, ("event", "end"))
    if event.end and isinstance(written, dict) and written.get("start") is None:
        yield fault("end-without-start", ("event", "end"), value=event.end)


def _photos(photos: tuple[Photo, ...]) -> Iterator[Fault]:
    for index, photo in enumerate(photos):
        if not photo.alt or (isinstance(photo.alt, str) and not photo.alt.strip()):
            yield fault("photo-without-alt", ("photos", index), file=photo.file)
        if photo.file.rpartition(".")[2].lower() not in PICTURE_FORMATS:
            yield fault("photo-kind", ("photos", index, "file"), file=photo.file)


def _names(names: tuple[str, ...], path: FieldPath) -> Iterator[Fault]:
    """A list of names: none empty, none twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if not name.strip():
            yield fault("empty-value", (*path, index), key=str(path[-1]))
        elif name in seen:
            yield fault("duplicate-value", (*path, index), severity="warning", value=name)
        seen.add(name)


def _entity(entity: Entity) -> Iterator[Fault]:
    if not entity.name or (isinstance(entity.name, str) and not entity.name.strip()):
        yield fault("empty-value", ("name",), key="name")
    for index, former in enumerate(entity.former):
        yield from _date(former.until, ("former", index, "until"))
    yield from _aliases(entity.addresses, "addresses")
    if isinstance(entity, Programme):
        yield from _programme(entity)
    if isinstance(entity, Organization | Place) and entity.country is not None:
        yield from _country(entity.country, ("country",))
    if isinstance(entity, Person):
        yield from _positions(entity)
    if isinstance(entity, Organization | Programme | Person) and entity.url:
        yield from _url(entity.url, ("url",))
    if isinstance(entity, Place) and entity.coordinates:
        latitude, longitude = entity.coordinates
        if not (abs(latitude) <= MOST_LATITUDE and abs(longitude) <= MOST_LONGITUDE):
            value = f"{latitude}, {longitude}"
            yield fault("bad-coordinates", ("coordinates",), value=value)


def _programme(programme: Programme) -> Iterator[Fault]:
    if programme.period:
        yield from _date(programme.period.start, ("period", "start"))
        yield from _date(programme.period.end, ("period", "end"))
        yield from _order(programme.period.start, programme.period.end, ("period", "end"))
    for index, country in enumerate(programme.countries):
        yield from _country(country, ("countries", index))
    for field in [spec.programme_field for spec in ROLE_SPECS.values() if spec.programme_field]:
        yield from _names(getattr(programme, field), (field,))


def _positions(person: Person) -> Iterator[Fault]:
    """A position is somewhere or something, and ends after it began."""
    for index, held in enumerate(person.positions):
        path = ("positions", index)
        if not (held.organization or held.role):
            yield fault("empty-value", path, key="positions")
        yield from _date(held.since, (*path, "from"))
        yield from _date(held.until, (*path, "until"))
        yield from _order(held.since, held.until, (*path, "until"))


def _date(text: str | None, path: FieldPath) -> Iterator[Fault]:
    if text is None:
        return
    if not text.strip():
        yield fault("empty-value", path, key=str(path[-1]))
        return
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        meant = hint.suggest(text)
        if meant:
            yield fault("date-form", path, value=text, nearest=meant)
        else:
            yield fault(error.code, path, value=text)


def _order(start: str | None, end: str | None, path: FieldPath) -> Iterator[Fault]:
    if start is None or end is None:
        return
    try:
        reversed_dates = edtf.is_before(edtf.parse(end), edtf.parse(start))
    except edtf.EdtfError:
        return
    if reversed_dates:
        yield fault("reversed-dates", path, start=start, end=end)


def _embargo(text: str) -> Iterator[Fault]:
    bad = fault("bad-embargo", ("embargo",), value=text)
    if not _EMBARGO.fullmatch(text):
        yield bad
        return
    try:
        datetime.fromisoformat(text)
    except ValueError:
        yield bad


def _url(url: str, path: FieldPath) -> Iterator[Fault]:
    if not is_web_address(url):
        yield fault("bad-url", path, value=url)


def _aliases(aliases: tuple[str, ...], field: str = "aliases") -> Iterator[Fault]:
    for index, alias in enumerate(aliases):
        # A page is a folder with index.html, so that no folder can be named so.
        path = former_path(alias)
        if not alias.startswith("/") or not is_path(path) or "index.html/" in path:
            yield fault("bad-alias", (field, index), value=alias)


def _country(code: str, path: FieldPath) -> Iterator[Fault]:
    if not _COUNTRY.fullmatch(code) or code not in _territories():
        yield fault("unknown-country", path, value=code)


@lru_cache(maxsize=1)
def _territories() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes that CLDR can name."""
    from babel import Locale  # noqa: PLC0415  costs 30 ms, only where a country is named

    return frozenset(Locale("en").territories)
