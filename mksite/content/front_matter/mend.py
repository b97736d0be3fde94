"""Mends in a source's text what its Problems say how to write; no I/O here.

Each mend is tried: it stays where its Problem is gone, no other has come, and the rest of the front
matter says what it said. All else keeps every byte: comments, order, the body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from mksite.content.front_matter import document
from mksite.content.model import KIND_SPECS, Kind, Translation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mksite.content.problem import Problem

    Problems = Callable[[str], Sequence[Problem]]
    Edit = tuple[int, int, str]

# What the hint of each code shows: the whole field, its value, or its key.
OF_FIELD = {"yaml-quote", "yaml-colon", "yaml-bracket", "yaml-sign", "yaml-after-quote"}
OF_VALUE = {"date-form", "date-unquoted", "unknown-value", "wrong-type", "hash-in-text"}
OF_KEY = {"unknown-key"}
OF_LINE = {"yaml-nbsp", "missing-space"}
MOST_MENDS = 200  # of one file; one that has more is not a source that was nearly right

_KEY = re.compile(r"\s*(?:- )?(?=[\w-]+:)")
_NOTE = re.compile(r"(?:^|\s)#")
_ZEROS = re.compile(r"(?<![\w.,])(?<!\d[ \u00a0\-])00(?= ?[«„])")
_KEPT_BY_YAML = re.compile(r"(?:^|[\s:\[{,-])[&*]\w", re.MULTILINE)


def mended(text: str, problems_of: Problems, kind: Kind, *, translated: bool = False) -> str:
    """The text with all that can be mended; mending it again changes nothing."""
    for _ in range(MOST_MENDS):
        better = next(_better(text, problems_of), None)
        if better is None:
            break
        text = better
    text = _without_zeros(text, problems_of)
    return in_order(text, kind, translated=translated)


def _better(text: str, problems_of: Problems) -> Iterator[str]:
    """The text with one Problem less, in every way there is."""
    before = problems_of(text)
    for problem in before:
        for start, end, new in _edits(text, problem):
            changed = text[:start] + new + text[end:]
            if changed == text:
                continue
            if _is_better(problem, before, problems_of(changed)):
                yield changed


def _is_better(mend: Problem, before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    """Whether a Problem is gone and no other has come, but those that it had hidden."""
    told_before = [_what(problem) for problem in before]
    told_after = [_what(problem) for problem in after]
    if told_after.count(_what(mend)) >= told_before.count(_what(mend)):
        return False
    if mend.code in OF_KEY:  # under its right name a value may be found amiss
        is_double = "duplicate-key" in {problem.code for problem in after}
        return len(after) <= len(before) and not is_double
    if mend.code in OF_FIELD | OF_LINE:  # it kept the rest from being read
        return all(problem.line > mend.line or problem.field for problem in after)
    return all(told_after.count(what) <= told_before.count(what) for what in told_after)


def _what(problem: Problem) -> tuple[str, str, object]:
    return problem.code, problem.field, problem.values


def _edits(text: str, problem: Problem) -> Iterator[Edit]:
    """The places of a text that a Problem is about, each with what is to be written there."""
    nearest = dict(problem.values).get("nearest", "")
    if problem.code in OF_VALUE:
        nearest = nearest.removeprefix(f"{problem.field.rpartition('.')[2]}: ")
    if not nearest or "…" in nearest:
        return
    lines = text.split("\n")
    if problem.line > len(lines):
        return
    line = lines[problem.line - 1]
    start = sum(len(before) + 1 for before in lines[: problem.line - 1])
    if problem.code in OF_FIELD:
        key = _KEY.match(line)
        if key is not None and not _NOTE.search(line):
            yield start + key.end(), start + len(line), nearest
    elif problem.code in OF_LINE:
        glued = nearest.replace(": ", ":", 1)
        if problem.code == "yaml-nbsp":
            yield start, start + len(line), nearest
        elif line.count(glued) == 1:
            at = start + line.index(glued)
            yield at, at + len(glued), nearest
    elif problem.code in OF_VALUE | OF_KEY:
        yield from _of_node(text, start + problem.column - 1, problem.code in OF_KEY, nearest)


def _of_node(text: str, place: int, is_key: bool, nearest: str) -> Iterator[Edit]:  # noqa: FBT001
    """The value or key that begins at a place of the front matter, where it stands in one piece."""
    at, front = front_of(text)
    try:
        root = yaml.compose(front, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return
    for key, node in _nodes(root):
        wanted = key if is_key else node
        start, end = at + wanted.start_mark.index, at + wanted.end_mark.index
        if start <= place < end and (wanted is key or _is_in_one_piece(wanted)):
            yield start, end, nearest


def front_of(text: str) -> tuple[int, str]:
    """Where the front matter begins, and it; "" where it is not in the text as such."""
    try:
        front, _, _, _ = document.split(text)
    except document.DocumentError:
        return 0, ""
    return (text.index(front), front) if front and front in text else (0, "")


def _nodes(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Each key with its value, and each item with itself, the innermost first."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value)
            yield key, value
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _nodes(item)
            yield item, item


def _is_in_one_piece(node: yaml.Node) -> bool:
    """Whether a value is written on one line, or between brackets or quotation marks."""
    if isinstance(node, yaml.ScalarNode):
        return node.style not in ("|", ">")
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _without_zeros(text: str, problems_of: Problems) -> str:
    """`00 «Центр»` as `ОО «Центр»`: a reader of scans took the letters for digits."""
    changed = _ZEROS.sub("ОО", text)
    if changed == text:
        return text
    return changed if len(problems_of(changed)) <= len(problems_of(text)) else text


def in_order(text: str, kind: Kind, *, translated: bool) -> str:
    """The fields in the order of the model, each with the notes above it; a note at the top stays
    there. A field that the model does not have stays last.
    """
    at, front = front_of(text)
    if _read(front) is None or _KEPT_BY_YAML.search(front):
        return text
    root = yaml.compose(front, Loader=yaml.CBaseLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style or len(root.value) < 2:  # noqa: PLR2004
        return text
    names = (Translation if translated else KIND_SPECS[kind].struct).__struct_encode_fields__
    order = {name: number for number, name in enumerate(names)}
    head, parts = _parts(front, root)
    ordered = sorted(parts, key=lambda part: order.get(part[0], len(order)))
    if ordered == parts:
        return text
    made = head + "".join(part if part.endswith("\n") else f"{part}\n" for _, part in ordered)
    if not front.endswith("\n"):
        made = made.removesuffix("\n")
    same = _read(front) is not None and _read(made) == _read(front)
    return text[:at] + made + text[at + len(front) :] if same else text


def _parts(front: str, root: yaml.MappingNode) -> tuple[str, list[tuple[str, str]]]:
    """What stands above the first field, and each field with its lines and the notes above it."""
    lines = front.splitlines(keepends=True)
    starts = [key.start_mark.line for key, _ in root.value]
    for number in range(1, len(starts)):
        while starts[number] > starts[number - 1] + 1 and lines[starts[number] - 1].startswith("#"):
            starts[number] -= 1
    ends = [*starts[1:], len(lines)]
    keys = [str(key.value) for key, _ in root.value]
    parts = ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    return "".join(lines[: starts[0]]), list(zip(keys, parts, strict=True))


def _read(front: str) -> Any:  # noqa: ANN401  a YAML tree
    try:
        return document.parse_yaml(front)
    except document.DocumentError:
        return None
