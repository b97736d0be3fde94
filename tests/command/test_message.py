"""command.message: every code has its sentences, alike in all languages, and they can be filled."""

from __future__ import annotations

import ast
import errno
import re
import string
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import click
import pytest

import mksite
from mksite.command import cli, message
from mksite.command import help as help_texts
from mksite.command.guard import machine_error
from mksite.content.problem import Problem
from mksite.date.edtf import FaultCode
from mksite.errors import MksiteError, UsageError
from mksite.mention.recognize import Reason
from mksite.record.translation import STATES
from mksite.review.visit import State
from mksite.text.personal import PersonalKind

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(mksite.__file__).parent
CODE_AT = {"fault": 0, "Fault": 0, "DocumentError": 0, "say": 0, "sentence": 0, "Unclean": 0}
CODE_AT |= {"problem": 1, "Problem": 3, "make_remark": 2, "TooMuch": 0, "Unreadable": 0}
CONSOLE = {"say", "sentence"}  # these show the message alone
SETTINGS = {"at", "severity", "field", "line", "column", "code", "path"}
EXPANDED = {"_renamed": {"name", "nearest"}}
WORDS = {"text", "list", "mapping", "pair", "number", "truth", "or", "error", "warning", "note"}
ENTITIES = ("organization", "programme", "place", "tag")

# Where a code is not written out at its call: (module, function) → the codes that it may be.
# Those without codes hand on what another place has written out.
COMPOSED: dict[tuple[str, str], set[str]] = {
    ("measuring", "measure"): {"document-changes", "attachment-too-heavy"},
    ("document", "_check_length"): {"value-too-long", "list-too-long"},
    ("importing", "_import"): set(),
    ("planning", "_vanished"): set(),
    ("problem", "told"): set(),
    ("silent", "passed_over"): set(),
    ("init", "_question"): {f"init-{name}" for name in ("title", "url", "languages", "publisher")},
    ("new", "_again"): {"new-date", "new-type"},
    ("resolver", "missed_link"): {"broken-link", "broken-link-far", "ambiguous-link"},
    ("resolver", "missed"): {
        code
        for kind in ENTITIES
        for code in (f"unknown-{kind}", f"unknown-{kind}-far", f"ambiguous-{kind}")
    },
    ("guard", "machine_error"): {machine_error(OSError(n, "")).code for n in errno.errorcode},
    ("links", "_fault"): {
        *(f"link-{state}" for state in get_args(State) if state != "good"),
        *(f"link-{state}-{more}" for state in ("gone", "no-host") for more in ("kept", "source")),
    },
    ("mentions", "_show"): {f"mention-{reason}" for reason in get_args(Reason)},
    ("translations", "_report"): {f"translation-{state}" for state in STATES},
    ("console", "say"): set(),
    ("console", "sentence"): set(),
    ("console", "show"): {"stage-parse", "stage-render", "stage-links"},
    ("document", "_seen_error"): {
        f"yaml-{cause}"
        for cause in ("nbsp", "quote", "after-quote", "bracket", "sign", "colon", "indent", "dash")
    },
    ("position", "place"): set(),
    ("position", "place_in_front"): set(),
    ("document", "problem"): set(),
    ("message", "of_error"): set(),
    ("message", "of_problem"): set(),
    ("parsing", "parse"): set(),
    ("parsing", "_remarked"): set(),
    ("parsing", "_personal"): set(),
    ("parsing", "_endangering"): {f"personal-{kind}" for kind in get_args(PersonalKind)},
    ("problem", "fault"): set(),
    ("problem", "problem"): set(),
    ("parsing", "_date"): set(get_args(FaultCode)),
    ("source", "problem"): set(),
}


class Site(NamedTuple):
    """One call that uses codes: those written out, the names of its values, and who calls what."""

    codes: frozenset[str]
    values: frozenset[str]
    callee: str
    place: tuple[str, str]


def errors_of(tree: type[MksiteError]) -> Iterator[str]:
    """The names of an error and of all below it."""
    yield tree.__name__
    for below in tree.__subclasses__():
        yield from errors_of(below)


def calls(node: ast.AST, function: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Every call below a node, with the name of the function around it."""
    if isinstance(node, ast.FunctionDef):
        function = node.name
    if isinstance(node, ast.Call):
        yield function, node
    for child in ast.iter_child_nodes(node):
        yield from calls(child, function)


def callee_of(call: ast.Call) -> str:
    """The last part of the name that is called; nothing for `self.fault`, which takes a Fault."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    if isinstance(call.func, ast.Attribute) and call.func.attr != "fault":
        return call.func.attr
    return ""


def literals(node: ast.expr | None) -> Iterator[str]:
    """The strings that an expression may be, where they stand in it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def values_of(call: ast.Call, callee: str) -> Iterator[str]:
    """The names of the values that a call gives to its sentence."""
    if callee in CODE_AT and callee not in CONSOLE:
        yield "name" if callee == "Unreadable" else "field"  # the file's
    settings = (
        SETTINGS
        if callee in {"Problem", "fault", "Fault", "DocumentError", "make_remark"}
        else set()
    )
    for keyword in call.keywords:
        if keyword.arg is None and isinstance(keyword.value, ast.Name):
            continue  # handed on
        if keyword.arg is None:
            assert isinstance(keyword.value, ast.Call), ast.unparse(call)
            yield from EXPANDED[callee_of(keyword.value)]
        elif keyword.arg not in settings:
            yield keyword.arg


def code_node(call: ast.Call, position: int) -> ast.expr | None:
    """The argument that is the code: by its place, else by its name; None where there is none."""
    if len(call.args) > position:
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.arg == "code"), None)


@lru_cache(maxsize=1)
def sites() -> tuple[Site, ...]:
    """Every use of a code in the package."""
    code_at = CODE_AT | dict.fromkeys(errors_of(MksiteError), 0)
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.stem
        for function, call in calls(ast.parse(path.read_text("utf-8"))):
            callee = callee_of(call)
            if callee not in code_at:
                continue
            node = code_node(call, code_at[callee])
            if node is None and callee == "problem":  # DocumentError.problem takes a path
                continue
            written = frozenset(literals(node))
            values = frozenset(values_of(call, callee))
            found.append(Site(written, values, callee, (module, function)))
    return tuple(found)


@lru_cache(maxsize=1)
def codes() -> dict[str, frozenset[str]]:
    """Each code, and the values that it is given wherever it is used."""
    found: dict[str, frozenset[str]] = {}
    for site in sites():
        for code in site.codes or COMPOSED.get(site.place, set()):
            found[code] = found.get(code, site.values) & site.values
    return found


def entries(lang: str) -> dict[str, dict[str, str]]:
    """The sentences of a language, without the words that fill them."""
    return {
        code: entry
        for code, entry in message.sentences(lang).items()
        if code not in ("words", "help")
    }


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_composed_codes_are_listed() -> None:
    """A call whose code is not written out stands in COMPOSED, and nothing else does."""
    assert {site.place for site in sites() if not site.codes} == set(COMPOSED)


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_each_code_has_a_sentence(lang: str) -> None:
    """No code lacks its sentence."""
    assert set(codes()) - set(entries(lang)) == set()


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_each_sentence_has_a_code(lang: str) -> None:
    """No sentence is left over from a code that is gone."""
    assert set(entries(lang)) - set(codes()) == set()


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_shape(lang: str) -> None:
    """An entry is a message and perhaps a hint, each of one line, without spaces at its ends."""
    for code, entry in entries(lang).items():
        assert {"message"} <= set(entry) <= {"message", "hint"}, code
        for text in entry.values():
            assert text, code
            assert text == " ".join(text.split()), code


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_same_placeholders(lang: str) -> None:
    """The languages say the same: a hint in all or in none, and the same values in each text."""

    def outline(of: str) -> dict[str, dict[str, set[str]]]:
        return {
            code: {part: placeholders(text) for part, text in entry.items()}
            for code, entry in entries(of).items()
        }

    assert outline(lang) == outline(message.LANGUAGES[0])


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_placeholders_are_given(lang: str) -> None:
    """Every call that uses a code gives all the values that its sentences name."""
    for code, given in codes().items():
        named = set[str]().union(*map(placeholders, entries(lang)[code].values()))
        assert named <= given, code


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_filled(lang: str) -> None:
    """A filled sentence holds no brace and none of the words that stand for its values."""
    for code, given in codes().items():
        found = message.sentence(code, dict.fromkeys(given, "7"), lang)
        assert found.message, code
        assert not re.search(r"\{\w*\}", found.message + found.hint), code


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_console_sentences_have_no_hint(lang: str) -> None:
    """What the console says by its message alone has no hint that nobody would see."""
    said = set[str]().union(
        *(site.codes or COMPOSED[site.place] for site in sites() if site.callee in CONSOLE)
    )
    assert {code for code in said if "hint" in entries(lang)[code]} == set()


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_words(lang: str) -> None:
    """Each word that may be put in place of a value is known."""
    words = message.sentences(lang)["words"]
    assert set(words) == WORDS
    assert all(words.values())


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_help_is_translated(lang: str) -> None:
    """Each sentence of the help has its translation, and none is there for nothing."""
    written = set(cli.COMMANDS.values()) | {cli.cli.help}
    written |= {
        help_texts.USAGE,
        help_texts.OPTIONS,
        help_texts.COMMANDS,
        help_texts.SHOW_HELP,
        help_texts.DEFAULT,
    }
    context = click.Context(cli.cli)
    commands = [cli.cli.get_command(context, name) for name in cli.COMMANDS]
    for command in (cli.cli, *commands):
        assert command is not None
        written |= {option.help for option in command.params if isinstance(option, click.Option)}
    for name, command in zip(cli.COMMANDS, commands, strict=True):
        assert command is not None
        assert (command.help or "").partition("\n")[0] == cli.COMMANDS[name]
    assert set(message.sentences(lang)["help"]) == written - {None}


def test_languages_differ() -> None:
    """No sentence was left in another language."""
    for code, entry in entries("en").items():
        assert not re.search("[а-яё]", "".join(entry.values()).casefold()), code
        in_two = [entries(lang)[code]["message"] for lang in ("ru", "ky")]
        assert in_two[0] != in_two[1], code
        assert all(re.search("[а-яё]", text.casefold()) for text in in_two), code


def test_sentence_words_its_values() -> None:
    """Kinds of values are named in the language of the sentence."""
    values = {"expected": "text/list", "found": "mapping", "field": "programme", "nearest": ""}
    found = message.sentence("wrong-type", values, "ru")
    assert "текст или список" in found.message
    assert "вложенные поля" in found.message


def test_sentence_of_unknown_code() -> None:
    """A code without a sentence is shown with its values rather than failing."""
    assert message.sentence("no-such-code", {"b": "2", "a": "1"}, "ky") == (
        "no-such-code (a: 1, b: 2)",
        "",
    )


def test_values_are_not_formatted() -> None:
    """Braces that an editor typed are shown as they are."""
    found = message.sentence("broken-link", {"name": "{x}", "nearest": "{0}"}, "en")
    assert "[[{x}]]" in found.message


def test_line() -> None:
    """A Problem on one line: place, severity with code, field, sentence and hint."""
    problem = Problem(
        "content/tags/x.md", 2, 1, "missing-key", field="name", values=(("key", "name"),)
    )
    text = message.line(problem, "ru")
    assert text.startswith("content/tags/x.md:2:1: ошибка[missing-key] name: ")
    assert "\n" not in text


def test_of_error() -> None:
    """An error's values fill its sentence."""
    assert "/srv/x" in message.of_error(UsageError("no-site", path="/srv/x"), "en").message


@pytest.mark.parametrize("code", ["open-link", "missing-space"])
def test_what_was_typed_is_told_as_it_was(code: str) -> None:
    """A slash in it is no choice between two words."""
    typed = "[[iom и <b>/</b>"
    told = message.sentence(code, {"written": typed, "nearest": "a: b"}, "ru")
    assert typed in told.message
