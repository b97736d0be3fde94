"""A draft release: the front matter with the words that each field was read from, and the text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from mksite.intake.clean import is_heading, is_label, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mksite.intake.facts import Facts
    from mksite.intake.people import Person

ROLE_FIELDS = ("organizers", "partners", "support", "funders", "participants")


def fields(facts: Facts) -> dict[str, Any]:
    """The fields under the names of the front matter; those of which nothing is known are left
    out.
    """
    event: dict[str, Any] = {
        "type": facts.event_type,
        "start": facts.event_start,
        "end": facts.event_end,
        "status": facts.event_status,
    }
    contact = facts.contact
    made: dict[str, Any] = {
        "title": facts.title,
        "lang": facts.lang,
        "date": facts.date,
        "event": _filled(event),
        "venue": facts.venue,
        **{field: [item.id for item in facts.of_field(field)] for field in ROLE_FIELDS},
        "programme": facts.programme.id if facts.programme else "",
        "speakers": [_speaker(person) for person in facts.speakers],
        "tags": list(facts.tags),
        "contact": _filled(
            {
                "name": contact.name,
                "role": contact.role,
                "email": contact.email,
                "phone": contact.phone,
            }
        )
        if contact
        else {},
    }
    return _filled(made)


def _speaker(person: Person) -> dict[str, Any]:
    return _filled({"name": person.name, "role": person.role, "organization": person.organization})


def _filled(fields_: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields_.items() if value}


def write(  # noqa: PLR0913  one parameter a part of the file
    facts: Facts,
    text: str,
    *,
    title: str,
    added: str,
    original: str,
    notes: Iterable[str],
    says_language: bool,
) -> str:
    """The file of a draft release. `original` is the name of the file that it was read from;
    a text that is not in the site's first language says in which it is.
    """
    known = {"title": title} | fields(facts) | {"title": title}
    if not says_language:
        known.pop("lang", None)
    words = _words(facts)
    lines = ["---", *(f"# {_one_line(note)}" for note in notes)]
    for name, value in known.items():
        if words.get(name):
            lines.append(f"# {name}: «{_one_line(words[name])}»")
        lines.append(_yaml({name: value}))
        if name == "date" or (name == "title" and "date" not in known):
            lines.append(f"added: {added}")
    if original:
        lines.append(_yaml({"source": {"file": original}}))
    lines += ["draft: true", "---", "", body(text, title)]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _words(facts: Facts) -> dict[str, str]:
    """For each field the words of the text that it was read from."""
    words = dict(facts.words)
    for field in ROLE_FIELDS:
        words[field] = "; ".join(dict.fromkeys(item.words for item in facts.of_field(field)))
    if facts.programme:
        words["programme"] = facts.programme.words
    words["speakers"] = "; ".join(person.words for person in facts.speakers)
    if facts.contact:
        words["contact"] = facts.contact.words
    return words


def _yaml(value: dict[str, Any]) -> str:
    """One field as YAML, lists of names on one line."""
    ((name, content),) = value.items()
    if isinstance(content, list) and all(isinstance(item, str) for item in content):
        return f"{name}: [{', '.join(content)}]"
    if isinstance(content, str) and re.fullmatch(r"[\d-]{4,10}(?:T[\d:]+)?|[a-z-]+", content):
        return f"{name}: {content}"
    if isinstance(content, str):
        return f"{name}: {json.dumps(content, ensure_ascii=False)}"
    made: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    return re.sub(r"'([\dX-]{4,10}(?:T[\d:]+)?)'", r"\1", made.rstrip("\n"))


def body(text: str, title: str) -> str:
    """The text without the label and the title, which stand in the front matter; headings that
    Word had as bold lines are headings.
    """
    lines = text.split("\n")
    made: list[str] = []
    is_before = True
    for line in lines:
        if is_before and line.strip():
            if is_label(line) or plain(line) == title:
                continue
            is_before = False
        if is_heading(line):
            made.append(f"## {plain(line).rstrip(':')}")
        else:
            made.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(made)).strip() + "\n"
