"""Splits the bytes of a file into front matter and body, and finds places in them; no I/O here.

Front matter is YAML 1.1 by libyaml, read without implicit types: every scalar arrives as the text
that the editor typed, so `country: NO` stays `NO` and `date: 2013-03-25` is left to
`mksite.date.edtf`. The typed model (`mksite.content.model`) decides what is a number or a truth
value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import frontmatter
import msgspec
import yaml

from mksite.content import signs, yaml_fault
from mksite.content.problem import Fault, FieldPath, Problem, field_text

if TYPE_CHECKING:
    from collections.abc import Iterable

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
# The target of a link or picture, in Markdown (in angle brackets, or plain) or in HTML.
_TARGET = re.compile(
    r"""\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]+))|\b(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_WIKI_NAME = re.compile(r"\[\[([^\[\]|]*+)(?=\||\]\])")
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
        line, column = _place(text, control.start())
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
        line, column = _place(text, fence.start())
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
                line, column = _start(event)
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
        raise DocumentError(code, *_start(node), field=path, limit=str(limit))


def _tree(node: yaml.Node, path: str, seen: set[int] | None) -> Tree:
    """The value of a node; `seen` holds the ids of visited nodes where aliases may occur."""
    if seen is not None:
        if id(node) in seen:
            raise DocumentError("yaml-alias", *_start(node), field=path)
        seen.add(id(node))
    _check_length(node, path)
    if isinstance(node, yaml.ScalarNode):
        value: str = node.value
        if node.style == '"' and (control := _CONTROL.search(value)):
            number = f"U+{ord(control[0]):04X}"
            raise DocumentError("control-character", *_start(node), field=path, number=number)
        if signs.HASH in value:
            value = signs.restored(value, path if not node.style else "text")
        return None if value in _NULLS and not node.style else value
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, f"{path}[{i}]", seen) for i, item in enumerate(node.value)]
    mapping: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise DocumentError("yaml-key", *_start(key_node), field=path)
        key = key_node.value
        field = f"{path}.{key}" if path else key
        if key in mapping:
            raise DocumentError("duplicate-key", *_start(key_node), field=field, key=key)
        mapping[key] = _tree(value_node, field, seen)
    return mapping


def _start(part: yaml.Node | yaml.Event) -> tuple[int, int]:
    """Line and column, from 1, on which a node or event begins."""
    mark = part.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character offset."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _locate(node: yaml.Node, path: FieldPath, *, at: str = "value") -> tuple[int, int]:
    """Line and column within a composed YAML text of a field's key or value. Where the field is
    missing, the place of the nearest mapping around it is given.
    """
    place = (1, 1)
    for part in path:
        step = _child(node, part)
        if step is None:
            break
        key_node, node = step
        empty = isinstance(node, yaml.ScalarNode) and not node.value and not node.style
        place = _start(key_node if at == "key" or empty else node)
    return place


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key's node and the value's node of one step of a field path."""
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.ScalarNode) and part == 0:  # a single value where a list may stand
        return node, node
    return None


def place_in_front(
    path: str, front: str, front_line: int, faults: Iterable[Fault]
) -> list[Problem]:
    """The Faults as Problems of the file at `path`, with their lines and columns.

    The YAML is composed anew, once: this costs only where there is a problem.
    """
    faults = list(faults)
    root = yaml.compose(front, Loader=yaml.CBaseLoader) if faults else None
    problems = []
    for fault in faults:
        line, column = _locate(root, fault.field, at=fault.at) if root else (1, 1)
        field = field_text(fault.field)
        problems.append(fault.problem(path, line + front_line - 1, column, field))
    return problems


def place(path: str, data: bytes, faults: Iterable[Fault]) -> list[Problem]:
    """The Faults as Problems of the file with these bytes, with their lines and columns.

    A fault whose field begins with `[[` or `](` is a link in the body to the name that follows.
    """
    faults = list(faults)
    try:
        text = decode(data)
        if path.endswith(".yaml"):
            return place_in_front(path, text, 1, faults)
        read_document = read(data)
    except DocumentError:
        return [fault.problem(path, 1, 1) for fault in faults]
    in_front = []
    problems = []
    links = _Links(read_document.body) if any(map(_is_of_link, faults)) else None
    for fault in faults:
        if links and _is_of_link(fault):
            line, column = links.place(str(fault.field[0]), str(fault.field[1]))
            problems.append(fault.problem(path, line + read_document.body_line - 1, column))
        else:
            in_front.append(fault)
    return problems + place_in_front(path, read_document.front, read_document.front_line, in_front)


def _is_of_link(fault: Fault) -> bool:
    """Whether a fault is of a link or picture in the body."""
    return bool(fault.field) and fault.field[0] in ("[[", "](")


class _Links:
    """Where the links of a Markdown text stand; the text is read once."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.offsets: dict[tuple[str, str], int] = {}
        for match in _WIKI_NAME.finditer(body):
            self.offsets.setdefault(("[[", " ".join(match[1].split())), match.start())
        for match in _TARGET.finditer(body):
            written = next(filter(None, match.groups()), "")
            for name in (unquote(written), written, unquote(written).removeprefix("./")):
                self.offsets.setdefault(("](", name), match.start())

    def place(self, mark: str, name: str) -> tuple[int, int]:
        """Line and column of the first link with the mark to the name; 1, 1 where there is none."""
        wanted = " ".join(name.split()) if mark == "[[" else name
        offset = self.offsets.get((mark, wanted))
        if offset is None:
            offset = 0 if mark == "[[" else max(self.body.find(name), 0)
        return _place(self.body, offset)
