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
from mksite.text.slips import NBSP, mended

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
    units: str
    apostrophe: bool = False

    @property
    def turned(self) -> str:
        """The marks that are turned into the language's own: those of others, but for guillemets,
        which are everybody's.
        """
        return '"' if self.outer[0] == "“" else '"„“”'


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
        asked.units,
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
    text = mended(_CUT + text, rules.units)
    if any(mark in text for mark in rules.turned):
        text = "".join(_quoted_surely(block, rules) for block in _BLOCK_END.split(text))
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


def _quoted_surely(block: str, rules: Rules) -> str:
    """A paragraph with its quotation marks turned; as it was, where its marks are such a tangle
    that what was turned would be read otherwise.
    """
    turned = _quoted(block, rules)
    return turned if turned == block or _quoted(turned, rules) == turned else block


def _quoted(block: str, rules: Rules) -> str:
    """A paragraph whose quotation marks that have a partner are turned; others stay as they are.

    A mark opens after a space or an opening bracket and before a word; it closes what is open.
    One that can be neither (an inch, a slip) has no partner.
    """
    quotes = list(_QUOTE.finditer(block))
    pairs = _pairs(block, quotes, rules.turned)
    turned: dict[int, str] = {}
    enclosing: list[int] = []  # where the pairs end that are open
    for opening, closing in sorted(pairs.items()):
        while enclosing and enclosing[-1] < opening:
            enclosing.pop()
        marks = rules.inner if enclosing else rules.outer
        enclosing.append(closing)
        turned |= zip((opening, closing), marks, strict=True)
    pieces = []
    last = 0
    for index, mark in sorted(turned.items()):
        if quotes[index][0] in rules.turned:
            pieces += [block[last : quotes[index].start()], mark]
            last = quotes[index].end()
    return "".join((*pieces, block[last:]))


def _pairs(block: str, quotes: list[re.Match[str]], turned: str) -> dict[int, int]:
    """The marks that have a partner, by their indices: the opening one to the closing one.

    Both of a pair are turned, or neither.
    """
    pairs: dict[int, int] = {}
    open_marks: list[int] = []
    opened = set()
    for index, quote in enumerate(quotes):
        is_beside = index > 0 and not block[quotes[index - 1].end() : quote.start()].strip(_CUT)
        if _opens(block, quote, beside=(index - 1 in opened) if is_beside else None):
            open_marks.append(index)
            opened.add(index)
            continue
        partner = _partner(quote[0], [(i, quotes[i][0]) for i in reversed(open_marks)], turned)
        if partner is None and quote[0] not in turned:
            open_marks.clear()  # it would close one of them, were that turned
        if partner is not None:
            if not (is_beside and partner == index - 1):  # nothing is quoted there
                pairs[partner] = index
            del open_marks[open_marks.index(partner) :]
    return pairs


def _partner(mark: str, open_marks: list[tuple[int, str]], turned: str) -> int | None:
    """The index of the mark that a closing one closes, the last that is open of its kind.

    What is turned does not reach beyond an open mark that is not: it would close that one, read
    again.
    """
    for index, other in open_marks:
        if (other in turned) == (mark in turned):
            return index
        if mark in turned:
            return None
    return None


def _opens(block: str, quote: re.Match[str], *, beside: bool | None) -> bool:
    """Whether a mark opens a quotation; `beside` says it of a mark directly before it."""
    if quote[0] in "«„»”":
        return quote[0] in "«„"
    before, after = _around(block, quote.start(), quote.end())
    is_after_opening = before in _OPENING if beside is None else beside
    return is_after_opening and not (after.isspace() or after == _CUT)


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
