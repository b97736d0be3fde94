"""Splits the bytes of a file into front matter and body; no I/O here.

Front matter is YAML 1.1 by libyaml, read without implicit types: every scalar arrives as the text
that the editor typed, so `country: NO` stays `NO` and `date: 2013-03-25` is left to
`mksite.date.edtf`. The typed model (`mksite.content.model`) decides what is a number or a truth
value.
"""

from __future__ import annotations

import re
from typing import Any

import frontmatter
import msgspec
import yaml

from mksite.content.front_matter import signs, yaml_fault
from mksite.content.problem import Problem

Tree = str | list[Any] | dict[str, Any] | None

MAX_BYTES = 5_000_000
MAX_FRONT_MATTER_CHARS = 200_000
MAX_DEPTH = 64
MAX_ITEMS = 1_000  # of one list or mapping
MAX_VALUE_CHARS = 5_000  # of one value: names and titles are compared with each other
_CAPITAL_WITHIN = re.compile("[а-яё][А-ЯЁ]")
_NULLS = {"", "~", "null", "Null", "NULL"}
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NEARLY_FENCE = re.compile(r"^[-\u2010-\u2015\u2212]+[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"[A-Za-z_]+:(?:\s|$)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_TAB_INDENT = re.compile(r"^[ ]*\t", re.MULTILINE)
_DEEP_BLOCK = re.compile(rf"^[ \t?:-]{{{MAX_DEPTH},}}", re.MULTILINE)


class Document(msgspec.Struct, frozen=True):
    """A file's front matter as text and as a tree, and its body; lines count from 1.

    `front_line` and `body_line` are the lines of the file on which each begins.
    """

    front: str
    tree: dict[str, Any]
    body: str
    front_line: int
    body_line: int


class DocumentError(Exception):
    """The file cannot be read as a document: the one Problem that stands for it."""

    def __init__(
        self, code: str, line: int = 1, column: int = 1, *, field: str = "", **values: str
    ) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.column = column
        self.field = field
        self.values = tuple(sorted(values.items()))

    def problem(self, path: str) -> Problem:
        """The Problem of the file at `path`."""
        return Problem(
            path, self.line, self.column, self.code, field=self.field, values=self.values
        )


class FrontMatter(frontmatter.default_handlers.YAMLHandler):
    """python-frontmatter's splitting with our untyped, position-aware reading of the YAML.

    The boundary is a fence and its line only: the library's own takes the empty lines after it
    along, and every line below would be counted wrongly.
    """

    FM_BOUNDARY = _FENCE

    def load(self, fm: str, **_options: object) -> dict[str, Any]:
        """The front matter as a tree of text, lists and mappings."""
        tree = parse_yaml(fm)
        if tree is None:
            return {}
        if not isinstance(tree, dict):
            first = fm.count("\n", 0, len(fm) - len(fm.lstrip())) + 1
            seen = yaml_fault.cause(fm, first)
            if isinstance(tree, str) and seen and seen.code == "missing-space":
                raise _seen_error(fm, seen)
            raise DocumentError("front-matter-shape")
        return tree


_HANDLER = FrontMatter()


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, line ends made those of Unix.

    Raises DocumentError naming the encoding it seems to be in: UTF-16 by its mark or its zero
    bytes, cp1251 or koi8-r by which of the two gives more lower-case Russian letters.
    """
    if len(data) > MAX_BYTES:
        raise DocumentError("file-too-large", size=str(len(data)), limit=str(MAX_BYTES))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError("encoding", encoding="UTF-16")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        line_start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[line_start : error.start].decode()) + 1
        guess = guess_encoding(data)
        raise DocumentError("encoding", line, column, encoding=guess) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError("empty-file")
    control = _CONTROL.search(text)
    if control:
        line, column = line_and_column(text, control.start())
        if _is_wide(data):
            raise DocumentError("encoding", encoding="UTF-16")
        raise DocumentError("control-character", line, column, number=f"U+{ord(control[0]):04X}")
    return text


def guess_encoding(data: bytes) -> str:
    """The name of the 8-bit or 16-bit encoding that `data`, which is not UTF-8, seems to be in."""
    if _is_wide(data):
        return "UTF-16"
    readings = {name: data.decode(name, "replace") for name in ("cp1251", "koi8-r", "cp866")}
    score = {name: _russianness(text) for name, text in readings.items()}
    return max(score, key=lambda name: (score[name], name == "cp1251"))


def _russianness(text: str) -> int:
    """The letters that are common in Russian, and of their words those with a capital after a small
    letter against it: KOI8-R read as Windows-1251 has other letters, and small ones for capitals.
    """
    folded = text.lower()
    return sum(folded.count(c) for c in "оеаинтсрвлкмдпу") - 2 * len(_CAPITAL_WITHIN.findall(text))


def _is_wide(data: bytes) -> bool:
    """Whether every second byte or so is the upper half of a Latin (0) or Cyrillic (4) letter."""
    return data.count(0) + data.count(4) > len(data) // 3


def split(text: str) -> tuple[str, str, int, int]:
    """Front matter, body and the lines on which they begin. Raises DocumentError."""
    lead = len(text) - len(text.lstrip())
    fences = _FENCE.finditer(text, lead)
    first = next(fences, None)
    open_line = text.count("\n", 0, lead) + 1
    if first is None or first.start() != lead:
        _refuse_nearly_fence(text, _NEARLY_FENCE.match(text, lead))
        unopened = first is not None and _FIELD.match(text, lead)
        raise DocumentError(
            "front-matter-unopened" if unopened else "front-matter-missing", open_line
        )
    second = next(fences, None)
    if second is None:
        _refuse_nearly_fence(text, _NEARLY_FENCE.search(text, first.end()))
        raise DocumentError("front-matter-open", open_line)
    front, body = _HANDLER.split(text)
    front = front.removeprefix("\n")
    body_line = text.count("\n", 0, second.end()) + 2
    return front, body.removeprefix("\n"), open_line + 1, body_line


def _refuse_nearly_fence(text: str, fence: re.Match[str] | None) -> None:
    """Raises DocumentError where dashes stand in the place of a fence: word processors make them
    of hyphens.
    """
    if fence:
        line, column = line_and_column(text, fence.start())
        raise DocumentError("front-matter-fence", line, column, found=fence[0].strip())


def read(data: bytes) -> Document:
    """The document in a file's bytes. Raises DocumentError."""
    text = decode(data)
    front, body, front_line, body_line = split(text)
    if len(front) > MAX_FRONT_MATTER_CHARS:
        raise DocumentError("front-matter-too-large", front_line)
    try:
        tree = _HANDLER.load(front)
    except DocumentError as error:
        error.line += front_line - 1
        raise
    return Document(front, tree, body, front_line, body_line)


def parse_yaml(text: str) -> Tree:
    """The tree of a YAML text. Raises DocumentError with line and column within the text."""
    try:
        _check_depth(text)
        node = yaml.compose(signs.hide_hashes(text), Loader=yaml.CBaseLoader)
        taken = signs.taken(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        tab = _TAB_INDENT.search(text)
        if tab and text.count("\n", 0, tab.end()) <= line:
            line = text.count("\n", 0, tab.end()) + 1
            raise DocumentError("yaml-tab", line, tab.end() - tab.start()) from None
        raise _syntax_error(text, line, column, str(error.problem or error.context or "")) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise DocumentError("yaml-syntax", reason=str(error).partition("\n")[0]) from None
    if node is None:
        return None
    seen: set[int] | None = set() if "*" in text else None
    tree = _tree(node, "", seen)
    if taken:
        raise DocumentError("yaml-sign", taken[0], taken[1], nearest=taken[2])
    return tree


def _syntax_error(text: str, line: int, column: int, reason: str) -> DocumentError:
    """The error of a text that does not parse: its cause where that is seen, else the reason."""
    seen = yaml_fault.cause(text, line)
    if seen is None:
        return DocumentError("yaml-syntax", line, column, reason=reason)
    return _seen_error(text, seen)


def _seen_error(text: str, seen: yaml_fault.Cause) -> DocumentError:
    """The error of a cause that is seen."""
    if seen.code == "conflict-marker":
        return DocumentError("conflict-marker", seen.line, seen.column)
    if seen.code == "missing-space":
        written = text.split("\n")[seen.line - 1].strip()
        return DocumentError(
            "missing-space", seen.line, seen.column, written=written, nearest=seen.nearest
        )
    return DocumentError(seen.code, seen.line, seen.column, nearest=seen.nearest)


def _check_depth(text: str) -> None:
    """Raises DocumentError where values lie within values so deep that composing them, which
    recurses in C, could exhaust the stack. Costs nothing where the text cannot be that deep.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH and not _DEEP_BLOCK.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line, column = start_of(event)
                reason = f"more than {MAX_DEPTH} levels"
                raise DocumentError("yaml-syntax", line, column, reason=reason)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _check_length(node: yaml.Node, path: str) -> None:
    """Raises DocumentError where a value is longer than anybody writes one."""
    if isinstance(node, yaml.ScalarNode):
        code, limit = "value-too-long", MAX_VALUE_CHARS
    else:
        code, limit = "list-too-long", MAX_ITEMS
    if len(node.value) > limit:
        raise DocumentError(code, *start_of(node), field=path, limit=str(limit))


def _tree(node: yaml.Node, path: str, seen: set[int] | None) -> Tree:
    """The value of a node; `seen` holds the ids of visited nodes where aliases may occur."""
    if seen is not None:
        if id(node) in seen:
            raise DocumentError("yaml-alias", *start_of(node), field=path)
        seen.add(id(node))
    _check_length(node, path)
    if isinstance(node, yaml.ScalarNode):
        value: str = node.value
        if node.style == '"' and (control := _CONTROL.search(value)):
            number = f"U+{ord(control[0]):04X}"
            raise DocumentError("control-character", *start_of(node), field=path, number=number)
        if signs.HASH in value:
            value = signs.restored(value, path if not node.style else "text")
        return None if value in _NULLS and not node.style else value
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, f"{path}[{i}]", seen) for i, item in enumerate(node.value)]
    mapping: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise DocumentError("yaml-key", *start_of(key_node), field=path)
        key = key_node.value
        field = f"{path}.{key}" if path else key
        if key in mapping:
            raise DocumentError("duplicate-key", *start_of(key_node), field=field, key=key)
        mapping[key] = _tree(value_node, field, seen)
    return mapping


def start_of(part: yaml.Node | yaml.Event) -> tuple[int, int]:
    """Line and column, from 1, on which a node or event begins."""
    mark = part.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character offset."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
