"""The names in a text: the longest at each place, and why others do not count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from mksite.content.model import Kind
from mksite.mention.grammar import kyrgyz
from mksite.mention.grammar.pattern import Bearer, Name, Pattern, is_capitals
from mksite.mention.token import Token, tokenize
from mksite.mention.visible import Visible, of_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mksite.mention.grammar.names import NameIndex

Reason = Literal["ambiguous", "no-support", "common-noun", "surname-alone", "switched-off"]

_PERIOD = re.compile(r"[.,]?\s*\(?\d{4}\s*[-–—]\s*\d{4}\s*(?:гг?\.?|жж?\.?)?\)?(?=[»”\"])")
_OPENING, _CLOSING = "«„“‹", "»”›"
_STRAIGHT = '"'
_SENTENCE_END = ".!?…\n:"
_SEVERAL, _LONG = 2, 3


class Mention(msgspec.Struct, frozen=True, order=True):
    """A name in a text, by characters: `text[start:end] == surface`."""

    start: int
    end: int
    surface: str
    id: str
    kind: Kind | str


class Refused(msgspec.Struct, frozen=True, order=True):
    """A name in a text that does not count, whose it may be, and why."""

    start: int
    end: int
    surface: str
    ids: tuple[str, ...]
    reason: Reason


class Examined(msgspec.Struct, frozen=True):
    """All names of a text, those that count and those that do not."""

    mentions: tuple[Mention, ...]
    refused: tuple[Refused, ...]


class Circumstances(NamedTuple):
    """What decides on names besides a text: the ids that its front matter names, and its date."""

    known: Iterable[str] = ()
    when: date | None = None


class _Match(msgspec.Struct, frozen=True):
    """The longest patterns at a place, and the characters that they take."""

    start: int
    end: int
    patterns: tuple[Pattern, ...]


def recognize(
    text: str, index: NameIndex, *, known: Iterable[str] = (), when: date | None = None
) -> tuple[Mention, ...]:
    """The mentions in a text, in their order, none within another.

    `known` are the ids that the front matter names: they support abbreviations of two letters.
    `when` is the date of the text: it decides between bearers of a former name.
    """
    return examine(text, index, known=known, when=when).mentions


def examine(
    text: str, index: NameIndex, *, known: Iterable[str] = (), when: date | None = None
) -> Examined:
    """The mentions in a plain text or Markdown, and what was refused."""
    visible = of_markdown(text)
    return examine_words(text, visible, tokenize(visible.text), index, Circumstances(known, when))


def examine_words(
    text: str, visible: Visible, tokens: list[Token], index: NameIndex, given: Circumstances
) -> Examined:
    """The mentions in a text of which `visible` is read; `tokens` are the words of that."""
    matches = _matches(text, tokens, index)
    supported: set[str | Bearer] = set(given.known)
    for match in matches:
        keys = {p.name.key for p in match.patterns}
        if len(keys) == 1 and any(not p.need for p in match.patterns):
            supported |= keys
    off = _switched_off(visible.off, index)
    mentions: list[Mention] = []
    refused: list[Refused] = []
    for match in matches:
        surface = text[match.start : match.end]
        bearers = _bearers(match.patterns, supported, given.when)
        reason = _refusal(text, match, bearers, supported)
        if reason is None and off and _is_off(match, surface, off):
            reason = "switched-off"
        if reason is None:
            kind, ident = bearers[0]
            mentions.append(Mention(match.start, match.end, surface, ident, kind))
        else:
            ids = tuple(dict.fromkeys(ident for _, ident in bearers))
            refused.append(Refused(match.start, match.end, surface, ids, reason))
    return Examined(tuple(mentions), tuple(refused))


def _switched_off(words: tuple[str, ...], index: NameIndex) -> set[str | Name]:
    """The words that are switched off, and the names that they are: in every form."""
    off: set[str | Name] = set()
    for word in words:
        tokens = tokenize(word)
        off.update(token.folded for token in tokens)
        if tokens:
            for end, pattern in index.matches(tokens, 0, kyrgyz_text=True):
                if end == len(tokens):
                    off.add(pattern.name)
    return off


def _is_off(match: _Match, surface: str, off: set[str | Name]) -> bool:
    return all(pattern.name in off for pattern in match.patterns) or all(
        token.folded in off for token in tokenize(surface)
    )


def _matches(text: str, tokens: list[Token], index: NameIndex) -> list[_Match]:
    kyrgyz_text = kyrgyz.is_kyrgyz(text, (token.folded for token in tokens))
    matches = []
    at = 0
    first, single, starts = index.first, index.single, index.starts
    while at < len(tokens):
        token = tokens[at]
        folded = token.folded
        if folded not in first and not (
            token.text[0].isupper() and (folded in single or folded[:2] in starts)
        ):
            at += 1
            continue
        fitting = [
            (end, pattern)
            for end, pattern in index.matches(tokens, at, kyrgyz_text=kyrgyz_text)
            if _is_written_as_name(text, tokens[at:end], pattern)
            and not _are_several(tokens, at, end, pattern, index)
        ]
        if not fitting:
            at += 1
            continue
        longest = max(end for end, _ in fitting)
        patterns = tuple(pattern for end, pattern in fitting if end == longest)
        end = tokens[longest - 1].end
        if patterns[0].is_abbreviation:
            end = _hyphened_ending(tokens, longest, end, text)
        start = _with_opening(text, tokens[at].start, end)
        if patterns[0].name.kind == "person" and len(tokens[longest - 1].text) == 1:
            end += text[end : end + 1] == "."
        matches.append(_Match(start, _widened(text, start, end), patterns))
        at = longest
        while at < len(tokens) and tokens[at].start < matches[-1].end:
            at += 1
    return matches


def _are_several(
    tokens: list[Token], at: int, end: int, pattern: Pattern, index: NameIndex
) -> bool:
    """Whether a name of abbreviations is names of several, one beside the other: ТАЦ АУЦА."""
    if not pattern.is_abbreviation or end - at < _SEVERAL:
        return False
    keys = [{p.name.key for p in index.single.get(t.folded, ())} for t in tokens[at:end]]
    return all(keys) and len(set().union(*keys)) >= _SEVERAL


def _is_written_as_name(text: str, tokens: list[Token], pattern: Pattern) -> bool:
    """Whether capital letters show a name, as far as it needs them."""
    start, end = tokens[0].start, tokens[-1].end
    if len(tokens) == 1 and _is_in_compound(text, start, end):
        return False
    if pattern.is_abbreviation:
        return all(is_capitals(token.text) for token in tokens)
    is_capital = tokens[0].text[:1].isupper()
    if pattern.is_description and not is_capital:
        return False
    if len(tokens) == 1 or pattern.name.kind == "person":
        return is_capital and all(t.text[:1].isupper() for t in tokens if len(t.text) > _SEVERAL)
    if is_capital or text[start - 1 : start] in (*_OPENING, _STRAIGHT):
        return True
    has_capital = any(
        i in pattern.capitals and t.text[:1].isupper() for i, t in enumerate(tokens) if i
    )
    return has_capital or (len(tokens) >= _LONG and pattern.name.kind == "organization")


def _is_in_compound(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins the word to another name: ООН-Хабитат is not ООН."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isalpha() and len(before) > 1) or (
        after[:1] == "-" and after[1:].isupper()
    )


def _hyphened_ending(tokens: list[Token], at: int, end: int, text: str) -> int:
    """The end of an abbreviation with an ending after a hyphen or apostrophe: МОМ-дун."""
    if at < len(tokens) and text[end : tokens[at].start] in ("-", "'", "’"):
        token = tokens[at]
        if token.text.islower() and kyrgyz.is_ending("", token.folded, strict=False):
            return token.end
    return end


def _with_opening(text: str, start: int, end: int) -> int:
    """The start with the opening mark of a quotation that closes within."""
    before = text[start - 1 : start]
    within = text[start:end]
    closed = sum(mark in _CLOSING for mark in within) > sum(mark in _OPENING for mark in within)
    if before and (
        (before in _OPENING and closed) or (before == _STRAIGHT and within.count(before) % 2)
    ):
        return start - 1
    return start


def _widened(text: str, start: int, end: int) -> int:
    """The end with the closing mark of a quotation that opens within, or the period of a title."""
    within = text[start:end]
    opened = sum(mark in _OPENING for mark in within) > sum(mark in _CLOSING for mark in within)
    if opened or within.count(_STRAIGHT) % 2:
        if text[end : end + 1] in (*_CLOSING, "“", _STRAIGHT):
            return end + 1
        return end
    if text[start - 1 : start] in (*_OPENING, _STRAIGHT):
        period = _PERIOD.match(text, end)
        if period is not None:
            return period.end()
    return end


def _bearers(
    patterns: tuple[Pattern, ...], supported: set[str | Bearer], when: date | None
) -> tuple[Bearer, ...]:
    """Whose the name is: of names in the registry's own words before derived ones, by date."""
    own = [p for p in patterns if not p.derived] or list(patterns)
    keys = {p.name.key for p in own}
    if len(keys) > 1 and when is not None:
        standing = {
            p.name.key for p in own if p.name.former and p.name.until and when <= p.name.until
        }
        present = {p.name.key for p in own if not p.name.former}
        keys = standing or present or keys
    if len(keys) > 1 and all(p.need == "context" for p in own):
        near = {key for key in keys if _is_supported(key, supported)}
        keys = near if len(near) == 1 else keys
    return tuple(sorted(keys))


def _is_supported(key: Bearer, supported: set[str | Bearer]) -> bool:
    return key in supported or key[1] in supported


def _refusal(
    text: str, match: _Match, keys: tuple[Bearer, ...], supported: set[str | Bearer]
) -> Reason | None:
    if len(keys) > 1:
        return "ambiguous"
    needs = {p.need for p in match.patterns if p.name.key == keys[0]}
    if "" in needs or _is_supported(keys[0], supported):
        return None
    if "support" in needs:
        return "no-support"
    if "context" in needs:
        return "surname-alone"
    return None if _is_marked(text, match.start, match.end) else "common-noun"


def _is_marked(text: str, start: int, end: int) -> bool:
    """Whether a word is shown to be a name: in quotation marks alone, or with a capital letter
    where no sentence begins.
    """
    before, after = text[:start].rstrip(" \t"), text[end : end + 1]
    if before[-1:] in (*_OPENING, _STRAIGHT) and after in (*_CLOSING, "“", _STRAIGHT):
        return True
    if before[-1:] in (*_OPENING, _STRAIGHT):
        return False
    return bool(before) and before[-1] not in _SENTENCE_END and not text[start:end].isupper()
