"""What may be better about one release: said once, never in the way of publishing it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mksite.attachment.measuring import uses
from mksite.content.code_list import PICTURE_FORMATS
from mksite.content.model import Key, Programme
from mksite.content.problem import Fault, fault
from mksite.date.span import day_range
from mksite.intake import when
from mksite.text.name import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from mksite.catalogue.catalogue import Card, Catalogue

LONGEST_TITLE = 200  # characters: more is cut by every search engine and messenger
LEAST_CAPITALS, LEAST_WORDS = 15, 3  # of a title in capitals: an abbreviation is none
DAYS_OVER = 60  # since an announced event, from which on somebody may know whether it was
OWN_ROLES = ("organizer", "partner", "support", "funder", "participant")
MOST_ROLES = 2  # of one organization in one release


def remarks(catalogue: Catalogue, card: Card, text: str, now: datetime) -> Iterator[Fault]:
    """The notes on one release, of which `text` is the plain body."""
    yield from _on_words(card, text)
    yield from _on_dates(catalogue, card, text, now)
    yield from _on_roles(card)
    yield from _on_pictures(catalogue, card)


def _on_words(card: Card, text: str) -> Iterator[Fault]:
    title = card.titles[card.lang]
    letters = [letter for letter in title if letter.isalpha()]
    if len(title) > LONGEST_TITLE:
        length, limit = str(len(title)), str(LONGEST_TITLE)
        yield fault("title-long", ("title",), severity="note", length=length, limit=limit)
    if title.isupper() and len(letters) >= LEAST_CAPITALS and len(title.split()) >= LEAST_WORDS:
        yield fault("title-capitals", ("title",), severity="note")
    if not card.summaries.get(card.lang):
        yield fault("no-summary", ("summary",), severity="note")
    if text and fold(text.strip().partition("\n")[0]) == fold(title):
        yield fault("title-repeated", ("title",), severity="note")
    if not text:
        yield fault("empty-body", severity="note")


def _on_dates(catalogue: Catalogue, card: Card, text: str, now: datetime) -> Iterator[Fault]:
    event, note = card.event, card.release.date_note
    if not card.when and not note:
        dated = next((found for found in when.dates(text) if found.has_year), None)
        if dated is not None:
            words = " ".join(text[dated.start : dated.end].split())
            yield fault("date-in-text", ("event",), severity="note", words=words)
    days = day_range(event.end or event.start)
    if days is None:
        return
    if event.status == "scheduled" and (now.date() - days[1]).days > DAYS_OVER:
        value = event.end or event.start or ""
        yield fault("scheduled-past", ("event", "status"), severity="note", value=value)
    for ident in () if note else card.programmes:
        period = _period(catalogue, ident)
        if period and ((period[1] and days[0] > period[1]) or (period[0] and days[1] < period[0])):
            where = ("event", "start")
            yield fault("outside-programme", where, severity="note", name=ident)


def _period(catalogue: Catalogue, ident: str) -> tuple[date | None, date | None] | None:
    """The first and the last day of a programme, each None where it is not known."""
    programme = catalogue.entities.get(("programme", ident))
    meta = programme.meta if programme else None
    if not isinstance(meta, Programme) or meta.period is None:
        return None
    start, end = day_range(meta.period.start), day_range(meta.period.end)
    return (start[0] if start else None, end[1] if end else None)


def _on_roles(card: Card) -> Iterator[Fault]:
    own = {
        (relation.key, relation.role)
        for relation in card.relations
        if not relation.via and relation.role in OWN_ROLES
    }
    if not any(role == "organizer" for _, role in own):
        yield fault("no-organizer", ("organizers",), severity="note")
    counts: Counter[Key] = Counter(key for key, _ in own)
    for key, count in sorted(counts.items()):
        if count > MOST_ROLES:
            roles = ", ".join(role for role in OWN_ROLES if (key, role) in own)
            yield fault("many-roles", severity="note", name=key[1], roles=roles)


def _on_pictures(catalogue: Catalogue, card: Card) -> Iterator[Fault]:
    for index, photo in enumerate(card.release.photos):
        if not photo.credit:
            yield fault("photo-no-credit", ("photos", index), severity="note", file=photo.file)
    used = uses(card.id, card.records.values())
    for name in catalogue.attachments.get(("release", card.id), {}):
        is_picture = name.rpartition(".")[2].lower() in PICTURE_FORMATS
        if is_picture and name not in used.photos and name not in used.named:
            yield fault("picture-unused", ("photos",), severity="note", file=name)
