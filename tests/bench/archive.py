"""A deterministic archive of any size, as values; each release is made alone and at once."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import msgspec

from mksite.text.transliteration import slugify
from tests.bench import text

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = "mksite"
BODY_BYTES = 6500  # of UTF-8, on average
BODY_SPREAD = 1300
HALF_BLOCK_BYTES = 350
LISTED = "->1"  # how lists and quotations begin; of two in a row parsers make one or two
FIRST_DAY = date(2004, 1, 1)
DAYS = 20 * 365 + 5
RELEASES_PER_ORGANIZATION = 50
RELEASES_PER_PROGRAMME = 60


class Entity(msgspec.Struct, frozen=True):
    """An organization, programme or tag; `start` and `end` are a programme's years."""

    id: str
    name: str
    body: str = ""
    start: int = 0
    end: int = 0


class Mention(msgspec.Struct, frozen=True):
    """A link in a body to an entity or release: each form writes it in its own way."""

    kind: str
    id: str
    text: str


class Release(msgspec.Struct, frozen=True):
    """A release. `body` is Markdown in parts; a Mention stands where a link does."""

    id: str
    title: str
    date: date
    organizers: tuple[str, ...]
    programme: str
    tags: tuple[str, ...]
    summary: str
    body: tuple[str | Mention, ...]


class Archive(msgspec.Struct, frozen=True):
    """The entities of an archive and how many releases it has."""

    size: int
    organizations: tuple[Entity, ...]
    programmes: tuple[Entity, ...]
    tags: tuple[Entity, ...]


def make(size: int) -> Archive:
    """The archive of `size` releases, without the releases."""
    return Archive(
        size,
        tuple(_organization(n) for n in range(max(2, size // RELEASES_PER_ORGANIZATION))),
        tuple(_programme(n) for n in range(max(2, size // RELEASES_PER_PROGRAMME))),
        tuple(Entity(slugify(name), name[:1].upper() + name[1:]) for name in text.TAGS),
    )


def releases(archive: Archive) -> Iterator[Release]:
    """All releases of an archive."""
    return (release(archive, number) for number in range(archive.size))


def release(archive: Archive, number: int) -> Release:
    """One release. Costs about a millisecond, whatever the size of the archive."""
    chance = Random(f"{SEED} release {number}")  # noqa: S311  reproducible, not secret
    organizers = chance.sample(archive.organizations, chance.choice((1, 1, 1, 2)))
    return Release(
        id=release_id(number),
        title=text.title(chance),
        date=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
        organizers=tuple(entity.id for entity in organizers),
        programme=chance.choice(archive.programmes).id,
        tags=tuple(tag.id for tag in chance.sample(archive.tags, chance.choice((1, 1, 1, 2, 2)))),
        summary=text.sentence(chance),
        body=_body(chance, archive, organizers[0]),
    )


def release_id(number: int) -> str:
    """The id of a release by its number."""
    return f"release-{number:06}"


def _body(chance: Random, archive: Archive, organizer: Entity) -> tuple[str | Mention, ...]:
    """Paragraphs, headings, lists, quotations and links until the wanted length is reached.

    The links within the archive lead to the organizer and, in one of two, to another release.
    """
    wanted = chance.triangular(BODY_BYTES - BODY_SPREAD, BODY_BYTES + BODY_SPREAD)
    parts: list[str | Mention] = [f"{text.sentence(chance)} Организатор: "]
    parts.append(Mention("organizations", organizer.id, organizer.name))
    parts.append(f". {text.sentence(chance)}\n\n")
    if chance.random() < 0.5:
        other = chance.randrange(archive.size)
        parts += ["Об этом говорилось и ", Mention("releases", release_id(other), "раньше"), ". "]
    address = f"https://example.org/{chance.randrange(2000, 9999)}/"
    mail = "[info@example.org](mailto:info@example.org)"
    last = f"Подробности: [{chance.choice(text.TOPIC)}]({address}), {mail}.\n"
    headings = chance.sample(text.HEADINGS, len(text.HEADINGS))
    blocks = [text.paragraph(chance)]
    length = sum(_bytes(part if isinstance(part, str) else part.text) for part in parts)
    length += _bytes(blocks[0]) + _bytes(last)
    while length < wanted - HALF_BLOCK_BYTES:
        block = _block(chance, headings)
        if block[0] in LISTED and blocks[-1][0] in LISTED:
            block = text.paragraph(chance)
        blocks.append(block)
        length += _bytes(blocks[-1]) + 2
    return (*parts, "\n\n".join([*blocks, last]))


def _bytes(markdown: str) -> int:
    return len(markdown.encode())


def _block(chance: Random, headings: list[str]) -> str:
    shape = chance.random()
    if shape < 0.3 and headings:
        return f"## {headings.pop()}\n\n{text.paragraph(chance)}"
    if shape < 0.45:
        return text.listing(chance)
    if shape < 0.52:
        return f"> {text.sentence(chance)}"
    return text.paragraph(chance)


def _organization(number: int) -> Entity:
    chance = Random(f"{SEED} organization {number}")  # noqa: S311
    kinds, causes = len(text.BODY_KIND), len(text.BODY_CAUSE)
    name = f"{text.BODY_KIND[number % kinds]} {text.BODY_CAUSE[number // kinds % causes]}"
    if number >= kinds * causes:
        name += f" № {number // (kinds * causes) + 1}"
    return Entity(f"organization-{number:04}", name, _description(chance))


def _programme(number: int) -> Entity:
    chance = Random(f"{SEED} programme {number}")  # noqa: S311
    start = chance.randrange(2004, 2020)
    topic = text.TOPIC[number % len(text.TOPIC)]
    name = f"Программа «{topic[:1].upper()}{topic[1:]}», {number // len(text.TOPIC) + 1}-я очередь"
    return Entity(
        f"programme-{number:04}", name, _description(chance), start, start + chance.randrange(1, 5)
    )


def _description(chance: Random) -> str:
    """A plain paragraph without markup."""
    return " ".join(text.sentence(chance) for _ in range(3))
