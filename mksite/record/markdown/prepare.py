"""Mends Markdown before conversion: what Word or a hurried hand gives is read as it was meant.

CommonMark reads some of it against every intent: a first-line indent is code, «•» is no bullet, a
number with a dot begins a list. Where the meaning is certain the Markdown is mended; where it is
not, the text stays and a Remark says so. Code in fences is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import msgspec

from mksite.content.problem import Severity, most_of

if TYPE_CHECKING:
    from collections.abc import Iterator


LONG_LINE = 200  # characters: a paragraph from Word that stands on one line
CODE_INDENT = 4  # columns, from which on CommonMark takes a line for code
MOST_ITEMS = 99  # of a list: a larger number that stands alone is a year
FAR_LINES = 3  # between two items of a list, empty ones among them


class Remark(msgspec.Struct, frozen=True, array_like=True):
    """What an editor is told of one line of a body; lines and columns count from 1."""

    line: int
    column: int
    code: str
    severity: Severity = "warning"
    values: tuple[tuple[str, str], ...] = ()


def make_remark(
    line: int, column: int, code: str, *, severity: Severity = "warning", **values: str
) -> Remark:
    """A Remark with its message values given by name."""
    return Remark(line, column, code, severity, tuple(sorted(values.items())))


_INVISIBLE_SIGNS = "\u00ad\u200b\u2060\ufeff\ue000\ue001"
_INVISIBLE = str.maketrans(dict.fromkeys(_INVISIBLE_SIGNS))
_FENCE = re.compile(r" {0,3}(`{3,}+(?!.*`)|~{3,}+)")
# A fence has nothing behind it, or the name of a language; with words behind it, it is none: the
# page would not show them. Backticks with others behind them on the line are code within it.
_NO_FENCE = re.compile(r"^([\s>*+.)\d-]*)(`{3,}+(?!.*`)|~{3,}+)(?!\s*[A-Za-z0-9+#_-]*\s*$)")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)")
_INDENT = re.compile(r"[ \t\u00a0]+")
_INDENTED = re.compile(r"\n[ \t\u00a0]")
# How a line begins of which no part before its words is ever mended: most lines do.
_PLAIN_START = re.compile(
    r"(?![oüvqØ]\t|[^\W\d_][.)] )(?:[-+*] |#{1,6} )?(?:\*\*|[«„“\"(])?[^\W\d_]"
)
_LATIN_SENTENCE = re.compile(
    r"\s*[\"“(]?[A-Z][a-z’']*,?(?: [\w’'“”\"(),;:%–—-]+){2,}[.!?…]?[”\")]?\s*"
)
_CYRILLIC = re.compile("[А-Яа-яЁёҢңӨөҮү]")
# Word's bullets are signs of its fonts Symbol and Wingdings, or the letters that these stand on,
# which have a tab behind them.
_BULLET = re.compile(
    r"(?P<indent>[ \t\u00a0]*)(?P<mark>[•·▪▫◦●○■□◆◇‣⁃∙►▸➢➤❖✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8]"
    r"|[o§üvqØ](?=\t))[ \t\u00a0]*(?=\S)"
)
_SECOND_LEVEL = "◦o"
_DASH = re.compile(r"[ \t\u00a0]*[–—][ \t\u00a0]+(?=\S)")
_LETTERED = re.compile(r"[ \t\u00a0]*[а-яa-zөүң]\)[ \t\u00a0]+\S", re.IGNORECASE)
_FIELD = re.compile(r"[A-Za-z_]+:(?:\s|$)")
_HASHES = re.compile(r" {0,3}#{2,6}[^#\s]")
_HYPHEN = re.compile(r"[ \t\u00a0]*-(?=[^\W\d_])")
_NUMBERED = re.compile(r" {0,3}(?P<number>\d{1,9})(?P<dot>[.)])(?:[ \t]+|$)")
_MONTH = re.compile(
    "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр", re.IGNORECASE
)
_RULE = re.compile(r" {0,3}-{3,}[ \t]*")
_SENTENCE_END = re.compile(r"[.!?:;…»“”)]\s*$")
_SENTENCE_START = re.compile(r"\s*[«„“\"(—–]?\s*[A-ZА-ЯЁҢӨҮ0-9]")
# A declaration of HTML or XML, which nobody types, or words that no tag has in it unquoted.
_NO_TAG = re.compile(r"(?<!\\)<(?=\?|!(?!--)|/?[A-Za-z][^<>\"'\n]*[^\W\d_A-Za-z])")
# A tag at the start of a block that ends before its bracket closes: no browser shows the block.
_OPEN_TAG = re.compile(
    r"^ {0,3}(?=</?[A-Za-z][^<>\n]*(?:\n(?![ \t]*\n)[^<>\n]*)*(?:\n[ \t]*\n|<(?![A-Za-z/])|\n?\Z))",
    re.MULTILINE,
)
_MULTIPLIED = re.compile(r"\*(?<=\d\*)(?=\d)")  # begins with its sign: found at once
_CONFLICT_STARTS = ("<", ">", "|", "=")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
_PLAIN_TARGET = re.compile(r"\]\((?P<target>[^()<>\n\"]*+)\)")
_SUFFIX = re.compile(r"\.\w{2,5}$")
_SPACE_WITHIN = re.compile(r"\S[ \u00a0]")
_BROKEN_LINK = re.compile(r"\[\[([^\[\]\n]+)\n[ \t]*([^\[\]\n]+)\]\]")
_WIKI_START = re.compile(r"\[\[")
_WIKI = re.compile(r"\[\[[^\[\]\n]+\]\]")
_TABLE_ROW = re.compile(r" {0,3}\|.*\|[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_TABLE_HEAD = re.compile(r" {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")


def prepare(text: str) -> tuple[str, tuple[Remark, ...]]:
    """The Markdown that was meant, and what to tell the editor. Linear in the text."""
    text = unicodedata.normalize("NFC", text)
    if any(sign in text for sign in _INVISIBLE_SIGNS):
        text = text.translate(_INVISIBLE)
    if "[[" in text:
        text = _joined_links(text)
    lines = text.split("\n")
    has_fence = "```" in text or "~~~" in text
    in_code = _fenced(lines) if has_fence else [False] * len(lines)
    below_item = _below_items(lines) if _INDENTED.search("\n" + text) else in_code
    remarks = list(most_of(_remarks(lines, in_code)))
    for index in _open_tags(text) if "<" in text else ():
        if not in_code[index]:
            lines[index] = lines[index].replace("<", "\\<", 1)
    made: list[str] = []
    for index, line in enumerate(lines):
        if not line or in_code[index]:
            made.append(line)
            continue
        before = lines[index - 1] if index else ""
        if len(before) <= LONG_LINE and _PLAIN_START.match(line):
            made.append(_inline(line))
            continue
        after = lines[index + 1] if index + 1 < len(lines) else ""
        new = _without_indent(line, is_below_item=below_item[index])
        new = _bulleted(new, before, after, is_below_item=below_item[index])
        new = _numbered(new, lines, index)
        new = _inline(_NO_FENCE.sub(r"\1\\\2", new))
        if _is_apart(before, line, lines, index) or _begins_numbers(before, line, after):
            made.append("")
        elif before.strip() and _is_lettered(before, line, after):
            made[-1] += "  "
        made.append(new)
    return "\n".join(made), tuple(remarks)


def _inline(line: str) -> str:
    """A line whose signs in running text are what the editor meant by them."""
    if "<" in line and "`" not in line:
        line = _NO_TAG.sub(r"\\<", line)
    if "*" in line:
        line = _MULTIPLIED.sub(r"\\*", line)
    return _PLAIN_TARGET.sub(_enclosed, line) if "](" in line else line


def _enclosed(match: re.Match[str]) -> str:
    """The target of a link in angle brackets where it is a file whose name has spaces."""
    target = match["target"]
    suffix = _SUFFIX.search(target[-8:])
    if suffix is None:
        return match[0]
    end = len(target) - len(suffix[0])
    return f"](<{target}>)" if _SPACE_WITHIN.search(target, 0, end) else match[0]


def _open_tags(text: str) -> Iterator[int]:
    """The lines, from 0, that begin with a tag which nobody closed."""
    line = last = 0
    for match in _OPEN_TAG.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        yield line


def _fenced(lines: list[str]) -> list[bool]:
    """For each line whether it stands within a code fence or is one."""
    within, fence, is_indented = [], "", False
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            within.append(True)
            if match and match[1].startswith(fence) and not line[match.end() :].strip():
                fence = ""
        else:
            is_fence = match and not _NO_FENCE.match(line)
            fence = match[1] if match and is_fence else ""
            is_indented = line.startswith(" ")
            within.append(bool(fence))
    # One that nobody closed is code to the end; in an item of a list, to the item's end.
    return [False] * len(lines) if fence and is_indented else within


def _joined_links(text: str) -> str:
    """`[[links]]` that were broken over two lines stand on one; the line ends after them."""
    return _BROKEN_LINK.sub(lambda m: f"[[{m[1].rstrip()} {m[2]}]]\n", text)


def _below_items(lines: list[str]) -> list[bool]:
    """For each line whether an indent there belongs to an item of a list above it."""
    below, is_below = [], False
    for line in lines:
        below.append(is_below)
        if _ITEM.match(line) or _BULLET.match(line) or _DASH.match(line):
            is_below = True
        elif line.strip() and not _INDENT.match(line):
            is_below = False
    return below


def _without_indent(line: str, *, is_below_item: bool) -> str:
    """A line without the indent that Word puts before a paragraph; CommonMark would take it for
    code. Below an item of a list an indent belongs to the item.
    """
    indent = _INDENT.match(line)
    if indent is None or not line.strip() or _ITEM.match(line) or _BULLET.match(line):
        return line
    width = len(indent[0].expandtabs(4))
    if width < CODE_INDENT and "\u00a0" not in indent[0]:
        return line
    if is_below_item:
        return line
    is_text = _CYRILLIC.search(line) or _LATIN_SENTENCE.fullmatch(line)
    return line[indent.end() :] if is_text else line


def _bulleted(line: str, before: str, after: str, *, is_below_item: bool) -> str:
    """A line with a hyphen for a bullet that was typed as a character."""
    bullet = _BULLET.match(line)
    if bullet:
        is_nested = is_below_item and bullet["indent"] and bullet["mark"] in _SECOND_LEVEL
        return f"{'  ' if is_nested else ''}- {line[bullet.end() :]}"
    for mark in (_DASH, _HYPHEN):
        match = mark.match(line)
        if match and (mark.match(before) or mark.match(after)):
            return f"- {line[match.end() :]}"
    return line


def _numbered(line: str, lines: list[str], index: int) -> str:
    """A line that begins with a year or a day is no item of a list."""
    match = _NUMBERED.match(line)
    if match is None:
        return line
    number = int(match["number"])
    neighbours = (_number_of(lines, index, -1), _number_of(lines, index, 1))
    is_item = number - 1 == neighbours[0] or number + 1 == neighbours[1]
    is_day = match["dot"] == "." and bool(_MONTH.match(line, match.end()))
    if not is_item and (number > MOST_ITEMS or is_day):
        return line[: match.end("number")] + "\\" + line[match.end("number") :]
    return line


def _number_of(lines: list[str], index: int, step: int) -> int:
    """The number that the next line with text before or after one begins with; -1 for none."""
    at = index + step
    while 0 <= at < len(lines) and abs(at - index) <= FAR_LINES:
        if lines[at].strip():
            match = _NUMBERED.match(lines[at])
            return int(match["number"]) if match else -1
        at += step
    return -1


def _begins_numbers(before: str, line: str, after: str) -> bool:
    """Whether a numbered list that does not begin at 1 stands right under its introduction."""
    first, second = _NUMBERED.match(line), _NUMBERED.match(after)
    if first is None or second is None or not _SENTENCE_END.search(before):
        return False
    return int(second["number"]) == int(first["number"]) + 1


def _is_lettered(before: str, line: str, after: str) -> bool:
    """Whether a line begins «а)», and so does the one before or after it: it stays a line."""
    return bool(_LETTERED.match(line) and (_LETTERED.match(before) or _LETTERED.match(after)))


def _is_apart(before: str, line: str, lines: list[str], index: int) -> bool:
    """Whether a line begins a paragraph or a rule of its own, though no empty line parts them."""
    if not before.strip() or not line.strip():
        return False
    if _RULE.fullmatch(line):
        return _is_text_above(before, lines, index) and not before.lstrip().startswith(("#", "|"))
    return (
        len(before) > LONG_LINE
        and bool(_SENTENCE_END.search(before))
        and bool(_SENTENCE_START.match(line))
        and not _ITEM.match(line)
        and not before.lstrip().startswith(("|", ">"))
    )


def _is_text_above(before: str, lines: list[str], index: int) -> bool:
    """Whether the line above a rule is running text: the end of a sentence or of a paragraph."""
    above = lines[index - 2] if index > 1 else ""
    is_second = (
        lines[index] == "---" and above.strip() and not above.lstrip().startswith(("#", "|", ">"))
    )
    return bool(_SENTENCE_END.search(before) or (is_second and not _ITEM.match(above)))


def _remarks(lines: list[str], in_code: list[bool]) -> Iterator[Remark]:
    """What is to be told of single lines."""
    is_in_conflict = False
    for index, line in enumerate(lines):
        number = index + 1
        is_in_conflict = is_in_conflict or line.startswith("<<<<<<<")
        if (
            line[:1] in _CONFLICT_STARTS
            and _CONFLICT.match(line)
            and (line[0] != "=" or is_in_conflict)
        ):
            yield make_remark(number, 1, "conflict-marker", severity="error")
        if in_code[index]:
            continue
        if line.lstrip().startswith("##") and _HASHES.match(line):
            yield make_remark(number, 1, "heading-space", nearest=_spaced(line))
        if line == "---" and index and _is_underlined(lines, index):
            words = " ".join(lines[index - 1].split())
            yield make_remark(number, 1, "heading-underlined", nearest=f"## {words}")
        for match in _WIKI_START.finditer(line) if "[[" in line else ():
            if not _WIKI.match(line, match.start()):
                column, written = match.start() + 1, line[match.start() :][:40].strip()
                yield make_remark(number, column, "open-link", severity="error", written=written)
        if "|" in line and _TABLE_ROW.fullmatch(line) and _is_headless(lines, index):
            yield make_remark(number, 1, "table-without-head")
        if "|" in line and _TABLE_HEAD.fullmatch(line) and _is_second_row(lines, index):
            yield from _beyond_columns(lines, index)


def _spaced(line: str) -> str:
    """A heading with a space behind its hashes."""
    words = line.strip()
    hashes = len(words) - len(words.lstrip("#"))
    return f"{words[:hashes]} {words[hashes:]}"


def _is_underlined(lines: list[str], index: int) -> bool:
    """Whether the hyphens of a line make a heading of the line above, which may be but a text."""
    before = lines[index - 1]
    return bool(
        before.strip()
        and not before.startswith(("#", "|", ">", " ", "\t", "---"))
        and not _ITEM.match(before)
        and not _FIELD.match(before)
        and not _is_apart(before, lines[index], lines, index)
    )


def _is_second_row(lines: list[str], index: int) -> bool:
    """Whether one row with bars stands above a line, and no other above that."""
    above = lines[max(index - 2, 0) : index]
    return bool(above) and "|" in above[-1] and (len(above) == 1 or "|" not in above[0])


def _beyond_columns(lines: list[str], index: int) -> Iterator[Remark]:
    """What a table whose row of dashes this is will not show: cells without a column."""
    columns = len(_cells(lines[index]))
    for number, row in enumerate(lines[index + 1 :], index + 2):
        if "|" not in row:
            return
        words = " ".join(" ".join(_cells(row)[columns:]).split())
        if words:
            yield make_remark(number, 1, "table-extra-cell", words=words, columns=str(columns))


def _cells(row: str) -> list[str]:
    """The cells of a table's row; the bar of a link of ours parts none."""
    inner = _WIKI.sub(lambda m: m[0].replace("|", " "), row).strip().removeprefix("|")
    return _BAR.split(inner.removesuffix("|"))


def _is_headless(lines: list[str], index: int) -> bool:
    """Whether a row with bars begins a table that has no row of dashes below its first row."""
    before = lines[index - 1] if index else ""
    after = lines[index + 1] if index + 1 < len(lines) else ""
    is_first = not before.strip() or "|" not in before
    return is_first and bool(_TABLE_ROW.fullmatch(after)) and not _TABLE_HEAD.fullmatch(after)
