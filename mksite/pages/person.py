"""People: the positions that they held, and where they stand in an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mksite.catalogue.catalogue import moment_of
from mksite.content.model import Person, by_language
from mksite.text.name import fold
from mksite.view.entity import Officer, PositionView

if TYPE_CHECKING:
    from mksite.catalogue.catalogue import Card, EntityCard
    from mksite.content.model import Key, Position, Text
    from mksite.pages.frame import Frame


def positions(frame: Frame, card: EntityCard) -> tuple[PositionView, ...]:
    """The positions of a person, the latest first; those whose time is not known last."""
    held = cast("Person", card.meta).positions
    numbers = sorted(range(len(held)), key=lambda number: _when(held[number]), reverse=True)
    return tuple(_position(frame, card, number) for number in numbers)


def officers(frame: Frame, key: Key) -> tuple[Officer, ...]:
    """The people of an organization: who came last first."""
    cards = frame.catalogue.entities
    held = [(cards[person], number) for person, number in frame.catalogue.officers.get(key, ())]
    held.sort(key=lambda entry: _when(_of(*entry)), reverse=True)
    return tuple(
        Officer(frame.link(card.key), _position(frame, card, number)) for card, number in held
    )


def latest(frame: Frame, card: EntityCard) -> PositionView | None:
    """The position by which a person is known in an index."""
    return next(iter(positions(frame, card)), None)


def _of(card: EntityCard, number: int) -> Position:
    return cast("Person", card.meta).positions[number]


def _when(position: Position) -> str:
    """By what positions are ordered; "" where no time is known."""
    return moment_of(position.since or position.until or "").sort


def _position(frame: Frame, card: EntityCard, number: int) -> PositionView:
    position = _of(card, number)
    organization = frame.catalogue.positions[card.key][number]
    since, until = position.since or "", position.until or ""
    return PositionView(
        frame.link(organization) if organization else None,
        frame.words(position.role),
        since,
        until,
        () if since or until else _seen(frame, card, position, organization),
    )


def _seen(
    frame: Frame, card: EntityCard, position: Position, organization: Key | None
) -> tuple[str, ...]:
    """The dates of the first and the last release in which a person spoke in a position."""
    found = [
        release.when
        for release in map(frame.catalogue.releases.__getitem__, _spoke(frame, card))
        if release.when and _held(frame, release, card.id, (position.role, organization))
    ]
    return tuple(dict.fromkeys((found[-1], found[0]))) if found else ()


def _spoke(frame: Frame, card: EntityCard) -> list[str]:
    """The releases in which a person spoke, newest first."""
    involved = frame.catalogue.involved.get(card.key, ())
    return [entry.release for entry in involved if entry.role == "speaker"]


def _held(
    frame: Frame, release: Card, person: str, position: tuple[Text | None, Key | None]
) -> bool:
    """Whether the release says that the person spoke in the position."""
    role, organization = position
    spoken = zip(release.release.speakers, release.speakers, release.people, strict=True)
    return any(
        ident == person and key == organization and _same(frame, speaker.role, role)
        for speaker, key, ident in spoken
    )


def _same(frame: Frame, one: Text | None, other: Text | None) -> bool:
    """Whether two roles are worded alike in some language."""
    words, others = by_language(one, frame.default), by_language(other, frame.default)
    if not words or not others:
        return not words and not others
    return any(fold(words[lang]) == fold(others[lang]) for lang in words.keys() & others.keys())
