"""Sentences for people: the message and the hint of each code, in their language.

One file a language, `messages/<lang>.toml`: a table a code with `message` and, where there
is something to do, `hint`. `{…}` are filled with the values of the Problem or error. A test holds
the languages together.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mksite.content.problem import Problem
    from mksite.errors import MksiteError

LANGUAGES = ("ru", "ky", "en")


class Sentence(NamedTuple):
    """What is wrong, and what to do next; the hint may be empty."""

    message: str
    hint: str


@lru_cache(maxsize=len(LANGUAGES))
def sentences(lang: str) -> dict[str, dict[str, str]]:
    """All sentences of a language by code."""
    text = resources.files("mksite.command").joinpath("messages", f"{lang}.toml").read_text("utf-8")
    return tomllib.loads(text)


def sentence(code: str, values: dict[str, str], lang: str) -> Sentence:
    """The sentence for a code; words such as `list` are put into the language as well."""
    table = sentences(lang)
    words = table.get("words", {})
    filled = {
        key: _worded(value, words) if key in ("expected", "found", "severity") else value
        for key, value in values.items()
    }
    entry = table.get(code)
    if entry is None:
        listed = ", ".join(f"{key}: {value}" for key, value in sorted(values.items()))
        return Sentence(f"{code} ({listed})" if listed else code, "")
    return Sentence(entry["message"].format_map(filled), entry.get("hint", "").format_map(filled))


def _worded(value: str, words: dict[str, str]) -> str:
    return f" {words.get('or', '/')} ".join(words.get(part, part) for part in value.split("/"))


def of_problem(problem: Problem, lang: str) -> Sentence:
    """The sentence of a Problem."""
    return sentence(problem.code, {"field": problem.field, **dict(problem.values)}, lang)


def of_error(error: MksiteError, lang: str) -> Sentence:
    """The sentence of an error."""
    return sentence(error.code, error.values, lang)


def line(problem: Problem, lang: str) -> str:
    """A Problem on one line, as tools parse it: `path:line:column: error[code] field: message`."""
    word = sentences(lang).get("words", {}).get(problem.severity, problem.severity)
    place = f"{problem.path}:{problem.line}:{problem.column}"
    field = f" {problem.field}:" if problem.field else ""
    told = of_problem(problem, lang)
    hint = f" {told.hint}" if told.hint else ""
    return f"{place}: {word}[{problem.code}]{field} {told.message}{hint}"
