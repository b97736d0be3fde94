"""The facts that the text of a press release states, each with the words that it was read from.

What the text does not say stays empty: no year, no name and no role is made up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mksite.content.code_list import EventStatus, EventType
from mksite.intake import cue, people, role, when
from mksite.intake.clean import is_boilerplate, is_heading, is_label, plain, sentences
from mksite.intake.people import Person
from mksite.intake.role import Given
from mksite.mention.recognize import Mention, examine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mksite.mention.grammar.names import NameIndex

LONGEST_TITLE = 220  # characters
LEAD_CHARS = 900
_GREETING = re.compile(
    r"здравствуйте|добр\w+\s+(?:день|утро|вечер)|уважаем\w+|салам|урматтуу|dear|hello|good\s+(?:day|morning)",
    re.IGNORECASE,
)
SHORT = 12  # characters: a line that is no title
LONGEST_PLACE = 32  # characters beside the date of a dateline
_INLINE_DATELINE = re.compile(
    r"\W*(?:г\.\s*)?[A-ZА-ЯЁҢӨҮ][\w-]+(?:\s[A-ZА-ЯЁ][\w-]+)?,?\s+[\w\s.,-]{4,40}?(?:г\.|года|ж\.|\d|[а-яa-z])\s*[–—-]"
)
_QUOTED = re.compile(
    r"[«“„\"]([^«»“”„\"]{8,250}(?:[«“„\"][^«»“”„\"]{1,80}[»”\"][^«»“”„\"]{0,120})?)[»”\"]"
)
_TYPE_NAMES = {
    "round-table": "Круглый стол",
    "conference": "Конференция",
    "seminar": "Семинар",
    "meeting": "Встреча",
    "presentation": "Презентация",
    "training": "Тренинг",
    "campaign": "Кампания",
}


class Facts(msgspec.Struct, frozen=True):
    """What a text says; "" and () where it says nothing.

    `words` gives for a field what it was read from. `derived_title` stands in for a title that the
    text does not have. `lang` is ru, ky or en.
    """

    lang: str
    title: str = ""
    derived_title: str = ""
    date: str = ""
    event_type: EventType | None = None
    event_start: str = ""
    event_end: str = ""
    event_status: EventStatus | None = None
    venue: str = ""
    city: str = ""
    given: tuple[Given, ...] = ()
    programme: Given | None = None
    speakers: tuple[Person, ...] = ()
    contact: Person | None = None
    tags: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    words: dict[str, str] = {}

    def of_field(self, field: str) -> tuple[Given, ...]:
        """Who stands in a field of roles."""
        return tuple(item for item in self.given if item.field == field)


class Registry(NamedTuple):
    """What the site knows: the names of its entities, the places that are within others by id,
    and the names of its tags by id.
    """

    names: NameIndex
    within: dict[str, str]
    tags: dict[str, tuple[str, ...]]


def read(text: str, registry: Registry, *, title: str = "") -> Facts:
    """The Facts of a clean text; `title` is one that the file itself gives."""
    lang = language(text)
    lines = [line for line in text.split("\n") if line.strip()]
    found_title = _title(lines, title)
    dateline = _dateline(text)
    mentions = examine(text, registry.names).mentions
    found = [item for item in when.dates(text) if not item.start < dateline.end <= item.end]
    start, end, words = _event_time(text, found, dateline.date)
    kind = _type(text, found_title)
    venue, city = _place(text, mentions, registry, dateline.words, words)
    given = role.roles(text, mentions)
    programme = role.programme(text, mentions)
    if programme and any(item.id == programme.id and item.field != "organizers" for item in given):
        given = tuple(item for item in given if item.id != programme.id)
    return Facts(
        lang=lang,
        title=found_title,
        derived_title="" if found_title else _derived(text, kind),
        date=dateline.date,
        event_type=kind,
        event_start=start,
        event_end=end,
        event_status=_status(text, found_title),
        venue=venue or city,
        city=city,
        given=given,
        programme=programme,
        speakers=people.speakers(text, mentions, registry.names),
        contact=people.contact(text, mentions),
        tags=_tags(text, registry.tags),
        mentions=mentions,
        words={"date": dateline.words, "event": words},
    )


def language(text: str) -> str:
    """The language of a text by its letters: Kyrgyz has ң, ө, ү; Latin letters are English."""
    letters = [c for c in text.casefold() if c.isalpha()]
    latin = sum("a" <= c <= "z" for c in letters)
    if latin > len(letters) / 2:
        return "en"
    kyrgyz = sum(c in "ңөү" for c in letters)
    return "ky" if kyrgyz > len(letters) * 0.015 else "ru"


def _title(lines: list[str], given: str) -> str:
    """The first heading or short line without a full stop that is no label and no dateline."""
    looked_at = 0
    for line in lines[:8]:
        text = plain(line)
        is_title = not (is_label(line) or is_boilerplate(line) or _GREETING.match(text))
        if not is_title or _is_dateline(text) or len(text) < SHORT:
            continue
        looked_at += 1
        is_sentence = len(text) > LONGEST_TITLE or text.rstrip('»”"')[-1:] in ".;:,"
        if not is_sentence and (is_heading(line) or looked_at == 1):
            return text
        if not is_heading(line):
            break
    return "" if is_label(given) else given.strip()


def _is_dateline(text: str) -> bool:
    """Whether a line is hardly more than a date and a place."""
    found = when.dates(text)
    return (
        bool(found)
        and len(text) - (found[0].end - found[0].start) < LONGEST_PLACE
        and not cue.EVENT_NOUN.search(text)
        and not when.clock(text)
    )


class Dateline(NamedTuple):
    """Place and date of publication: the words, where they end in the text, the date."""

    words: str = ""
    end: int = 0
    date: str = ""


def _dateline(text: str) -> Dateline:
    """The line with place and date of publication, or such a beginning of the first paragraph."""
    at = 0
    for line in text.split("\n")[:16]:
        words = plain(line)
        found = when.dates(words[:80])
        if found and not found[0].last:
            is_start = _INLINE_DATELINE.match(words[: found[0].end + 12])
            if _is_dateline(words) or is_start:
                date = found[0].first
                end = at + line.find(words[found[0].start : found[0].start + 6]) + 1
                return Dateline(words[: found[0].end] if is_start else words, end, date)
        at += len(line) + 1
    return Dateline()


def _event_time(text: str, found: list[when.Found], dated: str) -> tuple[str, str, str]:
    """Start and end of the event, and the sentence that says so: the first date in the lead that
    stands in a sentence about an event, else the first date of the lead.
    """
    lead = [item for item in found if item.start < LEAD_CHARS and len(item.first) == 10]
    if not lead:
        return "", "", ""
    spans = sentences(text)

    def around(item: when.Found) -> tuple[int, int]:
        return next((span for span in spans if span[0] <= item.start < span[1]), (0, len(text)))

    chosen = next((i for i in lead if cue.EVENT_NOUN.search(text, *around(i))), lead[0])
    span = around(chosen)
    start = when.with_year(chosen.first, dated) if dated else chosen.first
    end = when.with_year(chosen.last, dated) if chosen.last and dated else chosen.last
    time = when.clock(text[chosen.end : min(chosen.end + 60, span[1])]) or when.clock(
        text[span[0] : span[1]]
    )
    if time and not end and not start.startswith("XXXX"):  # EDTF has no time without a year
        start = f"{start}T{time}"
    return start, end, " ".join(f"{text[chosen.start : chosen.end]} {time}".split())


def _type(text: str, title: str) -> EventType | None:
    """The type that the title names, else the lead: the first one named there."""
    for part in (title, text[:LEAD_CHARS]):
        hits = [
            (match.start(), number, kind)
            for number, (kind, pattern) in enumerate(cue.TYPES)
            for match in [re.search(pattern, part, re.IGNORECASE)]
            if match
        ]
        if hits:
            held = [
                hit
                for hit in hits
                if not re.search(r"презентац", part[hit[0] :][:12], re.IGNORECASE)
            ] or hits
            return min(held)[2]
    return None


def _status(text: str, title: str) -> EventStatus | None:
    """Whether it is announced or was held: the first verb of the title and lead that says so."""
    lead = f"{title}\n{text[:LEAD_CHARS]}"
    hits = [
        (match.start(), status)
        for status, pattern in cue.STATUSES
        for match in [re.search(rf"(?<!\w)(?:{pattern})", lead, re.IGNORECASE)]
        if match
    ]
    return min(hits)[1] or None if hits else None


def _place(
    text: str, mentions: Sequence[Mention], registry: Registry, dateline: str, event: str
) -> tuple[str, str]:
    """The venue and the city: places beside the event's date, else in the dateline, else in the
    first sentences.
    """
    spans = sentences(text)
    beside = [
        span for span in spans if event and event.split(" ", maxsplit=1)[0] in text[slice(*span)]
    ]
    first = [span for span in spans if text[slice(*span)].strip() not in dateline][:3]
    places = [m for m in mentions if m.kind == "place"]
    near = [m for m in places if any(a <= m.start < b for a, b in beside[:2])]
    early = [m for m in places if any(a <= m.start < b for a, b in first)]
    in_dateline = [m for m in places if dateline and text[m.start : m.end] in dateline]
    venue = next((m.id for m in (*near, *early) if _is_venue(m, registry)), "")
    cities = [m for m in (*near, *in_dateline, *early) if not _is_venue(m, registry)]
    city = registry.within.get(venue, "") or next((m.id for m in cities), "")
    return venue, city


def _is_venue(mention: Mention, registry: Registry) -> bool:
    """Whether a place is a house, and no town: it lies in one that lies nowhere else."""
    return (
        mention.id in registry.within
        and registry.within[mention.id] not in registry.within
        and bool(
            re.search(
                r"гостиниц|отел|зал|резиденц|центр|hotel|hall|конак|мейманкана|«",
                mention.surface,
                re.IGNORECASE,
            )
        )
    )


def _derived(text: str, kind: EventType | None) -> str:
    """A title for a text that has none: the event, and what it is called or is about."""
    if kind is None or kind == "other":
        return ""
    pattern = dict(cue.TYPES)[kind]
    for match in re.finditer(pattern, text[: LEAD_CHARS * 2], re.IGNORECASE):
        quoted = _QUOTED.match(text, text.find("«", match.end(), match.end() + 30))
        if quoted:
            return f"{_TYPE_NAMES[kind]} «{quoted[1]}»"
    return _TYPE_NAMES[kind]


def _tags(text: str, tags: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The topics whose names stand in the text, in any form of their words."""
    words = [word[: _stem(word)] for word in re.findall(r"\w+", text.casefold().replace("ё", "е"))]
    joined = f" {' '.join(words)} "
    counted = []
    for ident, names in tags.items():
        count = max((joined.count(f" {_stemmed(name)} ") for name in names), default=0)
        if count:
            counted.append((-count, ident))
    return tuple(ident for _, ident in sorted(counted)[:6])


def _stemmed(name: str) -> str:
    return " ".join(
        word[: _stem(word)] for word in re.findall(r"\w+", name.casefold().replace("ё", "е"))
    )


def _stem(word: str) -> int:
    """How many letters of a word its forms share, about."""
    return len(word) if len(word) < 4 else max(4, len(word) - 3)
