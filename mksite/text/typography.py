"""Sets quotation marks, dashes and no-break spaces by the rules of the text's language.

Two passes of compiled patterns over a body: Python-Markdown's `smarty` doubles the cost of one.
Only text is touched, never tags, attributes, code or addresses, and a text that is set already
stays as it is: `typeset(typeset(x)) == typeset(x)`.

What a language asks for stands in `mksite.language`. In all of them a number stays with its unit
or month, № and § with their number, initials with the name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from mksite.language.languages import LANGUAGES

NBSP = "\N{NO-BREAK SPACE}"
DASH = "—"

_TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_VERBATIM = re.compile(r"<(/?)(?:code|pre|kbd)\b")
_CUT = "\0"  # stands where a tag was
_HIDDEN = "\1"  # stands for a text that is left alone
_QUOTE = re.compile('["«»„“”]')
_BLOCK_END = re.compile(rf"({_CUT}\n+{_CUT})")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_RUN = re.compile(r"\S+")
_SIGNS_OF_ADDRESS = ("://", "@", "www.")
_BESIDE_DASH = rf'[^\s{_CUT}"]'  # beside a dash that takes its spaces, a straight mark could turn
_HYPHEN_BETWEEN = re.compile(
    rf"(?<={_BESIDE_DASH})[ \n{NBSP}](?:-{{1,2}}|–)[ \n](?={_BESIDE_DASH})"
)
_LOOSE_DASHES = ("–", "- ", "-\n")
_BEFORE = rf" («„“\n{_CUT}{NBSP};"  # what may stand before a word
_OPENING = frozenset(" \n([{«„“—–/" + NBSP + _CUT)


class Rules(msgspec.Struct, frozen=True):
    """What a language asks for: the spaces that must not break, its quotation marks, its dash.

    `spaces` are two patterns, for a space and for a line's end: a pattern that begins with one
    letter is searched several times faster than one that begins with a choice.
    """

    spaces: tuple[re.Pattern[str], re.Pattern[str]]
    outer: tuple[str, str]
    inner: tuple[str, str]
    dash: str
    apostrophe: bool = False


def _spaces(
    units: str, after: tuple[str, ...] = (), before: str = "", abbreviation: str = ""
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The spaces after a number, sign or initial, `after` these words and `before` these.

    Each choice begins with a look at one letter, so that it fails cheaply.
    """
    number = rf"(?<=\d.)(?:\d{{3}}(?!\d)|[%‰€$]|{units})"
    sign = r"(?<=[№§].)[\dIVXLC]"
    initial = rf"(?<=[{_BEFORE}][A-ZА-ЯЁҢӨҮ]\..)[A-ZА-ЯЁҢӨҮ][\w.]"
    short = rf"(?<=[{_BEFORE}][гт]\..)(?:{abbreviation})" if abbreviation else ""
    marked = "|".join(filter(None, (number, sign, initial, short)))
    words = [rf"(?<=[{_BEFORE}](?:{group}).)" for group in after]
    ahead = [before] if before else []
    tail = "|".join((*words, *ahead, rf"(?<=[\d№§.].)(?={marked})"))
    return re.compile(f" (?:{tail})", re.DOTALL), re.compile(f"\n(?:{tail})", re.DOTALL)


@cache
def _rules(lang: str) -> Rules | None:
    """The compiled rules of a language; None for one that mksite does not know."""
    language = LANGUAGES.get(lang)
    if language is None:
        return None
    asked = language.typography
    return Rules(
        _spaces(asked.units, asked.words_after, asked.particles, asked.abbreviated),
        asked.outer_quotes,
        asked.inner_quotes,
        asked.dash,
        asked.apostrophe,
    )


def typeset(html: str, lang: str) -> str:
    """Sanitised HTML with its texts set by the rules of a language; other languages as they are.

    Cost: linear, about as much as nh3 takes for the same text.
    """
    rules = _rules(lang)
    if rules is None or _CUT in html or _HIDDEN in html:
        return html
    parts = _TAG.split(html)
    texts = parts[::2]
    hidden = _hide(parts, texts) if _VERBATIM.search(html) else []
    set_texts = _set(_CUT.join(texts), rules).split(_CUT)
    for index, text in hidden:
        set_texts[index] = text
    parts[::2] = set_texts
    return "".join(parts)


@lru_cache(maxsize=8192)
def typeset_line(text: str, lang: str) -> str:
    """A title, name or other plain text, set by the rules of a language."""
    rules = _rules(lang)
    return text if rules is None or _CUT in text or _HIDDEN in text else _set(text, rules)


def _hide(parts: list[str], texts: list[str]) -> list[tuple[int, str]]:
    """The texts within code, by their place; a mark stands for each of them in `texts`."""
    hidden = []
    depth = 0
    for index in range(1, len(texts)):
        tag = _VERBATIM.match(parts[2 * index - 1])
        if tag:
            depth += -1 if tag[1] else 1
        if depth > 0:
            hidden.append((index, texts[index]))
            texts[index] = _HIDDEN
    return hidden


def _set(text: str, rules: Rules) -> str:
    """Text in which a mark stands for each tag, set by the rules."""
    text = _CUT + text
    if '"' in text:
        text = "".join(_quoted(block, rules) for block in _BLOCK_END.split(text))
    if rules.apostrophe and "'" in text:
        text = _outside_addresses(text)
    if any(dash in text for dash in _LOOSE_DASHES):
        text = _HYPHEN_BETWEEN.sub(lambda hyphen: _dash(hyphen, rules), text)
    space, line_end = rules.spaces
    text = space.sub(NBSP, text)
    return (line_end.sub(NBSP, text) if "\n" in text else text)[1:]


def _dash(hyphen: re.Match[str], rules: Rules) -> str:
    """A dash for a hyphen between words; between numbers it may be a range or a sum."""
    start, end, text = hyphen.start(), hyphen.end(), hyphen.string
    if text[start - 1].isdigit() and text[end].isdigit():
        return hyphen[0]
    return rules.dash


def _quoted(block: str, rules: Rules) -> str:
    """A paragraph with its straight quotation marks turned; all of them or none.

    A mark opens after a space or an opening bracket and before a word; it closes what is open.
    Where one can be neither (an inch, a slip), the whole paragraph keeps its marks: had the others
    been turned, a second pass would count the open ones otherwise, for ’ is an apostrophe too.
    """
    pairs = (rules.outer, rules.inner)
    opening = {pair[0] for pair in pairs}
    pieces = []
    depth = last = 0
    for quote in _QUOTE.finditer(block):
        mark, start = quote[0], quote.start()
        if mark != '"':
            depth = depth + 1 if mark in opening else max(depth - 1, 0)
            continue
        before, after = _around(block, start, quote.end())
        opens = before in _OPENING and not (after.isspace() or after == _CUT)
        if not opens and (depth == 0 or before.isspace()):
            return block
        depth -= 0 if opens else 1
        pieces += [block[last:start], pairs[min(depth, 1)][0 if opens else 1]]
        depth += 1 if opens else 0
        last = quote.end()
    return "".join((*pieces, block[last:]))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and after a mark, tags left out; a tag's mark at an end of the text."""
    while start > 0 and text[start - 1] == _CUT:
        start -= 1
    while end < len(text) and text[end] == _CUT:
        end += 1
    return text[start - 1] if start else _CUT, text[end] if end < len(text) else _CUT


def _outside_addresses(text: str) -> str:
    """The text with its apostrophes turned, but for those in web and mail addresses."""
    return _RUN.sub(lambda run: run[0] if _is_address(run[0]) else _turned(run[0]), text)


def _is_address(run: str) -> bool:
    """Whether something without a space in it is a web or mail address."""
    return any(sign in run for sign in _SIGNS_OF_ADDRESS)


def _turned(run: str) -> str:
    """A word with its apostrophes turned."""
    return _APOSTROPHE.sub("’", run) if "'" in run else run
