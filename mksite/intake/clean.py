"""Cleans the text of a press release as it came: spaces, hyphens, scanners' slips, page furniture.

What is certain is mended; what is set apart is kept and told. Linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from mksite.intake.cue import LABEL

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SCANNED_OO = re.compile(
    r"(?<![\d.,])[0Oo]{2}(?=\s*[«\"“„])|(?<![\w.,])ОO(?=\s*[«\"“])|(?<![\w.,])OО(?=\s*[«\"“])"
)
_LIGHTBOX = re.compile(r"[\s#>*_]*[×✕✖✗xX⨯][\s*_]*")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|(?:стр|страница|page|бет)\.?\s*\d{1,3}(?:\s*(?:из|of|/)\s*\d{1,3})?)\s*",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"(?<=[а-яёңөүa-z])-\n(?=[а-яёңөүa-z])")
_ESCAPED = re.compile(r"\\+(?=[_*\[\]().#+!~-])")
_EMPTY_MARKS = re.compile(r"\*\*\s*\*\*|(?<!\w)_\s*_(?!\w)")
_BOLD_LINE = re.compile(r"\s*(?:\*\*|__)(?P<words>[^*_\n]{3,200}?)(?:\*\*|__)\s*:?\s*")
_HEADING = re.compile(r"\s*#{1,6}\s+(?P<words>.*?)\s*#*\s*")
_BULLET = re.compile(r"\s*[•·▪◦●■□‣⁃∙]\s*")
_LIST_OF_NUMBERS = re.compile(r"^\s*-\s+(?=\d{1,2}[.)]\s)")
_BOILERPLATE = re.compile(
    r"^\s*(?:Facebook|Twitter|Instagram|Website|Веб-?сайт|Tel(?:ephone)?|Тел(?:ефон)?|Fax|Факс|Поделиться"
    r"|Распечатать|Share|Print|Просмотров|Copyright|©|Unsubscribe|Отписаться)\b.{0,80}$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[.!?…]+[»”\")]*(?=\s+[«„“\"(—–-]?\s*[A-ZА-ЯЁҢӨҮ0-9])|\n{2,}|\n(?=[-*#>]|\d+[.)])"
)
_NO_END = re.compile(
    r"(?:(?<![A-Za-zА-Яа-яЁё])(?:[A-ZА-ЯЁ]|г|гг|с|ул|им|тыс|млн|млрд|др|пр|т|е|д|к|н|соц|экон|ист|юр|проф|обл|р|м|пр|руб|сом"
    r"|ж|кол|Mr|Mrs|Ms|Dr|St|No|vs|etc)\.)$"
)
LONGEST_QUOTATION = 400  # characters
FEW_LINES = 3
SHORTEST = 40  # characters: of a line that goes on in the next
_ITEM = re.compile(r"[-*+>#|]|\d{1,2}[.)]\s")
WRAPPED = range(45, 111)  # characters: lines of a text that was wrapped by hand or by e-mail


class Cleaned(NamedTuple):
    """The Markdown of the text, and lines that were set apart: page furniture, letterheads."""

    text: str
    apart: tuple[str, ...]


def clean(text: str) -> Cleaned:
    """The text as Markdown."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INVISIBLE.sub("", text).replace("\x0c", "\n\n")
    text = _HYPHENATED.sub("", text)
    text = _SCANNED_OO.sub("ОО", text)
    apart: list[str] = []
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _SPACES.sub(" ", raw).strip()
        line = _LIST_OF_NUMBERS.sub("", line)
        bullet = _BULLET.match(line)
        if bullet:
            line = f"- {line[bullet.end() :]}"
        line = _EMPTY_MARKS.sub("", line)
        if line and (_LIGHTBOX.fullmatch(line) or _PAGE_NUMBER.fullmatch(line)):
            apart.append(line)
            line = ""
        lines.append(_ESCAPED.sub("", line) if "\\" in line else line)
    lines = _joined(lines)
    made = "\n".join(lines)
    return Cleaned(re.sub(r"\n{3,}", "\n\n", made).strip() + "\n", tuple(apart))


def _joined(lines: list[str]) -> list[str]:
    """Lines with those of one paragraph on one line, where the text was wrapped; paragraphs that
    stand on lines of their own are parted by an empty one.
    """
    long_lines = [line for line in lines if len(line) > WRAPPED.start]
    fitting = sum(len(line) in WRAPPED for line in long_lines)
    is_wrapped = len(long_lines) > FEW_LINES and fitting >= 0.8 * len(long_lines)
    width = max(map(len, long_lines), default=0)
    made: list[str] = []
    last = ""  # the line before, as it stood
    for line in lines:
        before = made[-1] if made else ""
        is_item = bool(_ITEM.match(line))
        ends = len(last) < 0.75 * width and last[-1:] in ".!?:»”"
        if line and before and not is_item and is_wrapped and not ends and len(last) > SHORTEST:
            made[-1] = f"{before} {line}"
        elif line and before and (not is_item or not _ITEM.match(before)):
            made += ["", line]
        else:
            made.append(line)
        last = line
    return made


def plain(line: str) -> str:
    """A line without the marks of Markdown."""
    heading = _HEADING.fullmatch(line)
    line = heading["words"] if heading else line
    line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(
        r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|<(?=https?:|\w+@)|(?<=\w)>|(?<=/)>", "", line
    ).strip()


def is_heading(line: str) -> bool:
    """Whether a line is a heading, or all bold."""
    return bool(_HEADING.fullmatch(line) or _BOLD_LINE.fullmatch(line))


def is_label(line: str) -> bool:
    """Whether a line only says that this is a press release."""
    return bool(LABEL.fullmatch(plain(line)))


def is_boilerplate(line: str) -> bool:
    """Whether a line is furniture of a web page or a letterhead."""
    return bool(_BOILERPLATE.match(plain(line)))


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a text."""
    spans = []
    start = 0
    for match in _SENTENCE.finditer(text):
        if match[0][0] == "." and _NO_END.search(
            text[max(start, match.start() - 12) : match.start() + 1]
        ):
            continue
        if _is_quoted(text[start : match.end()]):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _is_quoted(text: str) -> bool:
    """Whether a quotation is open at the end of a text, and not so long that it must be a slip."""
    opened = text.rfind("«")
    return (
        text.count("«") > text.count("»")
        and "\n" not in text[opened:]
        and len(text) - opened < LONGEST_QUOTATION
    )
