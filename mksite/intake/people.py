"""Who spoke, and whom to ask: persons in a text, with their posts and organizations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mksite.intake import cue
from mksite.intake.clean import sentences
from mksite.mention.recognize import recognize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mksite.mention.grammar.names import NameIndex
    from mksite.mention.recognize import Mention

_SURNAME = r"[А-ЯЁҢӨҮ][а-яёңөү]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIAL = r"[А-ЯЁA-Z]\."
_PERSON = re.compile(
    rf"(?<![\w.])(?:(?:{_INITIAL}\s?){{1,2}}\s?{_SURNAME}"
    rf"|{_SURNAME}\s(?:{_INITIAL}\s?){{1,2}}(?!\s?{_INITIAL}|\s?{_SURNAME})"
    rf"|{_SURNAME}\s{_SURNAME}(?=\s*(?:[,.;:)—–-]|$|\s(?:и|жана)\s|\s(?:{cue.SPEECH.pattern}))))"
    r"|(?<![\w.])[A-Z][a-z]+\s(?:[A-Z]\.\s)?[A-Z][a-z]+(?=\s*(?:[,.;:)—–-]|$|\s[a-z]))",
    re.MULTILINE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+?\(?\d[\d\s()/-]{7,18}\d)(?:\s*(?:доб\.?|ext\.?)\s*\d{1,5})?")
_MINISTER = re.compile(r"министр(?:а|ом|у)?(?=\s)", re.IGNORECASE)
_NAME = re.compile(rf"(?:{_SURNAME}|[A-Z][a-z]+)\s(?:{_SURNAME}|[A-Z][a-z]+)")
_ENDS_OF_ROLE = re.compile(r"\s*[,—–:(-]*\s*$")
_INSTRUMENTAL = (
    ("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"), ("иной", "ина"), ("ыной", "ына"),
    ("ской", "ская"),
    ("овым", "ов"), ("евым", "ев"), ("иным", "ин"), ("ыным", "ын"), ("ским", "ский"),
)  # fmt: skip
NEAR = 160  # characters between a post and its person


class Person(msgspec.Struct, frozen=True):
    """A person as the text names them, with post, organization's id, and the words around."""

    name: str
    role: str = ""
    organization: str = ""
    email: str = ""
    phone: str = ""
    words: str = ""


def speakers(text: str, mentions: Sequence[Mention], index: NameIndex) -> tuple[Person, ...]:
    """Who spoke at the event, each with the first post that is given."""
    known: dict[str, Person] = {}
    for start, end in sentences(text):
        if not cue.SPEECH.search(text, start, end):
            continue
        for person in _with_posts(text, start, end, mentions):
            known.setdefault(_key(person.name), _of_ministry(person, index))
    return tuple(known.values())


def _of_ministry(person: Person, index: NameIndex) -> Person:
    """«заместитель министра труда» is of the Ministry of labour, if the registry knows it."""
    match = None if person.organization else _MINISTER.search(person.role)
    if match is None:
        return person
    named = f"Министерство {person.role[match.end() :].strip()}"
    ministry = next((m for m in recognize(named, index) if m.start == 0), None)
    if ministry is None:
        return person
    return msgspec.structs.replace(
        person, role=person.role[: match.end()].strip(), organization=ministry.id
    )


def _key(name: str) -> str:
    return "".join(sorted(re.findall(r"\w{3,}", name.casefold())))


def _with_posts(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Iterator[Person]:
    """The persons of a sentence; the post stands before the name, or after it and a comma."""
    last = start
    for match in _PERSON.finditer(text, start, end):
        if any(m.start <= match.start() < m.end and m.kind != "person" for m in mentions):
            continue
        window = max(last, match.start() - NEAR)
        post = _last_post(text, window, match.start())
        stop = match.start()
        if post is None and text[match.end() : match.end() + 2] in (", ", " —", " –", " (", " -"):
            after = cue.POST.search(text, match.end(), min(end, match.end() + 25))
            if after:
                post, stop = after.start(), min(end, match.end() + NEAR)
        last = match.end()
        if post is None:
            continue
        role, organization = _post(text, post, stop, mentions)
        words = " ".join(text[min(post, match.start()) : max(stop, match.end())].split())
        yield Person(_spaced(match[0]), role, organization, words=words)


def _last_post(text: str, start: int, end: int) -> int | None:
    """Where the post before a name begins: after the last comma, dash or «и» that parts persons."""
    posts = [m.start() for m in cue.POST.finditer(text, start, end)]
    if not posts:
        return None
    begin = posts[0]
    for post in posts[1:]:
        between = text[begin:post]
        if re.search(r"[.;]\s*$|,\s*$|(?<!\w)и\s*$", between):
            begin = post
    return begin


def _post(text: str, start: int, end: int, mentions: Sequence[Mention]) -> tuple[str, str]:
    """The words of a post up to its organization, and the organization."""
    within = [m for m in mentions if start <= m.start and m.end <= end and m.kind == "organization"]
    stop = min((m.start for m in within), default=end)
    role = text[start:stop]
    role = re.split(r"\s[—–-]\s|[;(]|,\s(?=[А-ЯЁA-Z])", role)[0]
    role = _ENDS_OF_ROLE.sub("", " ".join(role.split()))
    role = re.sub(r"\s+(?:ОО|ОФ|ОЮЛ|НПО|в|при|of|the|at)$", "", role)
    role = re.sub(rf"\s+{_SURNAME}(?:\s+{_SURNAME})?$", "", role) if len(role.split()) > 4 else role
    return role.strip(" ,.:"), within[0].id if within else ""


def _spaced(name: str) -> str:
    return " ".join(name.split())


def contact(text: str, mentions: Sequence[Mention]) -> Person | None:
    """Whom the release names for questions: the e-mail address near the words that say so."""
    for start, end in _paragraphs(text):
        block = text[start:end]
        asked = cue.CONTACT.search(block)
        email = _EMAIL.search(block)
        if not asked or not (email or _PHONE.search(block)):
            continue
        phone = _PHONE.search(block, asked.start())
        tail = block[asked.end() :]
        name = next(
            (
                m[0]
                for m in _NAME.finditer(tail)
                if not _is_mention(start + asked.end() + m.start(), mentions)
            ),
            "",
        )
        role = ""
        if name:
            at = start + asked.end() + tail.index(name)
            post = cue.POST.search(text, at, min(end, at + NEAR))
            if post:
                cut = re.split(
                    r"\s+(?:по\s+адресу|по\s+тел)|[–—:;@<(\[]|,\s|\s-\s", text[post.start() : end]
                )[0]
                role = _nominative_post(" ".join(cut.split()))
        return Person(
            _nominative(name),
            role,
            email=email[0] if email else "",
            phone=" ".join(phone[0].split())
            if phone and not (email and email.start() <= phone.start() < email.end())
            else "",
            words=" ".join(block.split())[:200],
        )
    return None


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs from the last to the first, alone, then each with the one after it."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"(?:[^\n]+\n?)+", text)]
    for index in range(len(spans) - 1, -1, -1):
        yield spans[index]
    for index in range(len(spans) - 2, -1, -1):
        yield spans[index][0], spans[min(index + 2, len(spans) - 1)][1]


def _is_mention(at: int, mentions: Sequence[Mention]) -> bool:
    return any(m.start <= at < m.end and m.kind != "person" for m in mentions)


def _nominative(name: str) -> str:
    """A name in the instrumental («свяжитесь с Айнурой …») as it is called; others as they are."""
    words = name.split()
    if len(words) != 2:
        return name
    first, last = words
    for ending, own in _INSTRUMENTAL:
        if last.endswith(ending):
            last = last[: -len(ending)] + own
            if own.endswith("а") or own == "ская":
                first = re.sub(r"(?:ой|ою)$", "а", first)
                first = re.sub(r"(?:ей|ею)$", "я", first)
            else:
                first = re.sub(r"ом$", "", first)
                first = re.sub(r"(?<=[иея])ем$", "й", first)
            return f"{first} {last}"
    return name


def _nominative_post(role: str) -> str:
    """The first words of a post in the instrumental as they are called."""
    words = role.split()
    for index, word in enumerate(words):
        if re.search(r"(?:ным|ским|ым)$", word):
            words[index] = re.sub(r"(?:ым)$", "ый", re.sub(r"ским$", "ский", word))
        elif re.search(r"(?:ером|ором|ентом|истом|ником)$", word):
            words[index] = word[:-2]
            break
        else:
            break
    return " ".join(words)
