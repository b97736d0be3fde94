"""Who did what: the organizations and programmes beside the cues of a text, by field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mksite.intake import cue
from mksite.intake.clean import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mksite.mention.recognize import Mention

FAR = 70  # characters between a cue and its first name
WIDE = 220  # the same for participants, of whom most are no organizations of the registry
LONG = 45  # characters between two names of one list
LEAD = 1200  # characters at the beginning in which a subject organizes
_JOINS = re.compile(
    r"[,;]|(?<!\w)(?:и|а|также|со?|совместно|жана|менен|and|as|well|with)(?!\w)", re.IGNORECASE
)
_AFFILIATED = re.compile(
    r"^\s*(?:\(|при(?!\w)|в\s+составе|of\s+the\s*$|at\s+the\s*$|\S{0,2}\s*$)", re.IGNORECASE
)
_STOPS = re.compile(
    r"[.!?:](?:\s|$)|\n|(?<!\w)(?:что|чтобы|для|по\s+(?:теме|вопрос)|на\s+тему|in\s+order|on\s+the)(?!\w)",
    re.IGNORECASE,
)


class Given(msgspec.Struct, frozen=True):
    """An entity in a field of the front matter, and the words that it was read from."""

    field: str
    id: str
    words: str


def roles(text: str, mentions: Sequence[Mention]) -> tuple[Given, ...]:
    """Who has which role in the event, each once, in the order of the text."""
    given: dict[tuple[str, str], Given] = {}
    for start, end in sentences(text):
        parties = [
            m
            for m in mentions
            if start <= m.start < end and m.kind in ("organization", "programme")
        ]
        if not parties:
            continue
        for item in _of_sentence(text, start, end, parties, is_lead=start < LEAD):
            given.setdefault((item.field, item.id), item)
    return _each_once(given.values())


def _of_sentence(
    text: str, start: int, end: int, parties: list[Mention], *, is_lead: bool
) -> Iterable[Given]:
    hits = _longest(
        [
            (match.start(), match.end(), known)
            for known in cue.CUES
            for match in known.pattern.finditer(text, start, end)
            if not any(m.start <= match.start() < m.end for m in parties)
        ]
    )
    programme = cue.OF_PROGRAMME.search(text, start, end)
    about = (programme.start(), end) if programme else (end, end)
    back = cue.BACK_TO_EVENT.search(text, programme.end(), end) if programme else None
    if back:
        about = (about[0], back.start())
    for index, (at, after, known) in enumerate(hits):
        if not known.field or about[0] <= at < about[1]:
            continue
        if known.field == "organizers" and cue.NO_EVENT.search(text[start:at]):
            about = (at, end)  # a study, and who paid for that
            continue
        if known.side == "after":
            limit = next((h[0] for h in hits[index + 1 :]), end)
            reach = WIDE if known.field == "participants" else FAR
            named = _list_after(text, after, limit, parties, reach)
        else:
            limit = next((h[1] for h in reversed(hits[:index])), start)
            named = _list_before(text, at, limit, parties, is_kyrgyz=True)
        if named:
            first, last = min(m.start for m in named), max(m.end for m in named)
            words = " ".join(text[min(at, first) : max(after, last)].split())
            yield from (Given(known.field, m.id, words) for m in named)
    stops = [hit[0] for hit in hits if hit[2].field]
    yield from _subjects(text, (start, end), parties, about if is_lead else (start, end), stops)


def _subjects(
    text: str,
    span: tuple[int, int],
    parties: list[Mention],
    about: tuple[int, int],
    stops: list[int],
) -> Iterable[Given]:
    """Who holds the event, as the subject of a verb: before it with the event behind, or behind it
    where the event stands before: «Кампанию проводят …».
    """
    start, end = span
    verb = cue.HOLDS.search(text, start, end)
    if verb is None or about[0] <= verb.start() < about[1]:
        return
    named: list[Mention] = []
    if cue.EVENT_NOUN.search(text, verb.end(), min(end, verb.end() + 60)):
        named = _list_before(text, verb.start(), start, parties)
    if not named and cue.EVENT_NOUN.search(text, max(start, verb.start() - 60), verb.start()):
        limit = next((stop for stop in stops if stop > verb.start()), end)
        named = _list_after(text, verb.end(), limit, parties, FAR // 2)
    if named:
        first, last = min(m.start for m in named), max(m.end for m in named)
        words = " ".join(text[min(first, verb.start()) : max(last, verb.end())].split())
        yield from (Given("organizers", m.id, words) for m in named)


def _longest(hits: list[tuple[int, int, cue.Cue]]) -> list[tuple[int, int, cue.Cue]]:
    """The hits without those within another."""
    kept: list[tuple[int, int, cue.Cue]] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _list_after(
    text: str, start: int, limit: int, parties: list[Mention], far: int
) -> list[Mention]:
    """The names that follow a cue: the first near it, each next joined to the one before."""
    named: list[Mention] = []
    at, reach, is_outside = start, far, False
    for party in parties:
        if party.start < start or party.start >= limit:
            continue
        gap = text[at : party.start]
        if len(gap) > reach or _STOPS.search(gap):
            break
        is_outside = bool(cue.OUTSIDE.search(gap)) or (is_outside and bool(_JOINS.search(gap)))
        if is_outside:
            at = party.end
            continue
        if named and not _JOINS.search(gap):
            if not _AFFILIATED.match(gap) and party.id != named[-1].id:
                break
        elif not named and re.search(r"(?<!\w)при\s*$", gap):
            break
        elif party.id not in (m.id for m in named):
            named.append(party)
        at, reach = party.end, max(LONG, far - FAR)
    return named


def _list_before(
    text: str, end: int, limit: int, parties: list[Mention], *, is_kyrgyz: bool = False
) -> list[Mention]:
    """The names that stand before a cue or a verb, in their order."""
    chain: list[Mention] = []
    at, reach = end, FAR
    for party in reversed(parties):
        if party.end > end:
            continue
        gap = text[party.end : at]
        if party.start < limit or len(gap) > reach or _STOPS.search(gap):
            break
        if chain and not _JOINS.search(gap):
            if not _AFFILIATED.match(gap):
                break
            if is_kyrgyz:  # the subject stands beside the name that has «менен»
                chain.append(party)
                at = party.start
                continue
            chain.pop()  # the name before it is whose part it is
        if not cue.OUTSIDE.search(text[limit : party.start]):
            chain.append(party)
        at, reach = party.start, LONG
    return list(reversed(chain))


_WEIGHT = ("organizers", "partners", "funders", "support", "participants")


def _each_once(given: Iterable[Given]) -> tuple[Given, ...]:
    """Each entity in one role: who organizes is no participant of what it organizes."""
    kept: dict[str, Given] = {}
    for item in given:
        other = kept.get(item.id)
        if other is None or _WEIGHT.index(item.field) < _WEIGHT.index(other.field):
            kept[item.id] = item
    return tuple(sorted(kept.values(), key=lambda item: _WEIGHT.index(item.field)))


def programme(text: str, mentions: Sequence[Mention]) -> Given | None:
    """The programme that the event belongs to: the one named with «в рамках», else the only one."""
    named = [m for m in mentions if m.kind == "programme"]
    for mention in named:
        before = text[max(0, mention.start - 60) : mention.start]
        if re.search(
            r"в\s+рамках|алкагында|framework|as\s+part\s+of|under\s+the", before, re.IGNORECASE
        ) or re.match(
            r"\W{0,3}\w*\s*(?:долбоорунун\s+|программасынын\s+)?алкагында",
            text[mention.end : mention.end + 60],
        ):
            return Given(
                "programme",
                mention.id,
                " ".join(text[max(0, mention.start - 12) : mention.end].split()),
            )
    if len({m.id for m in named}) == 1:
        return Given("programme", named[0].id, " ".join(named[0].surface.split()))
    return None
