"""Names that were left: who stands in a release under the name of its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.catalogue.registry import PARTIES, Miss
from mksite.content.model import Key, by_language

if TYPE_CHECKING:
    from mksite.catalogue.catalogue import Card
    from mksite.content.model import FormerName
    from mksite.pages.frame import Frame


def all_names(frame: Frame) -> frozenset[str]:
    """Every name that was left, in all languages."""
    return frozenset(
        words
        for card in frame.catalogue.entities.values()
        for former in card.meta.former
        for words in by_language(former.name, frame.default).values()
    )


def names_then(frame: Frame, known: frozenset[str], card: Card) -> dict[Key, str]:
    """Whom the front matter calls by a former name, and that name in full, in this language.

    `known` are `all_names`.
    """
    found: dict[Key, str] = {}
    release = card.release
    when = card.event.start or release.date
    entities = frame.catalogue.entities
    lists = (release.organizers, release.partners, release.support, release.funders)
    named = {name for names in (*lists, release.participants) for name in names}
    if release.source and release.source.publisher:
        named.add(release.source.publisher)
    for name in sorted(named & known):
        key = frame.catalogue.registry.resolve(name, PARTIES, when)
        if isinstance(key, Miss) or key not in entities or not entities[key].meta.former:
            continue
        left = entities[key].meta.former
        for former in left:
            if name in by_language(former.name, frame.default).values():
                found[key] = _full_name(frame, [x for x in left if x.until == former.until])
    return found


def _full_name(frame: Frame, names: list[FormerName]) -> str:
    """The longest of the names of one time: whoever is named in short had a full name as well."""
    return max((frame.nearest(by_language(x.name, frame.default))[0] for x in names), key=len)
