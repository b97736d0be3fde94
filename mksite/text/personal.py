"""Finds what may endanger a person if it is published: telephone, passport, personal and card
numbers, and addresses of private mail boxes.

A number counts by its shape or by a word before it; dates, times, sums of money, numbers of laws
and what stands in a web address are none. Personal numbers (ПИН) are those of Kyrgyzstan: sex, day
of birth as DDMMYYYY, five digits. Card numbers satisfy the check digit of ISO/IEC 7812-1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PersonalKind = Literal["phone", "passport", "card", "email"]

_JOINT = r"[ \-–().\u00a0\u2009\u202f\u2011]{0,3}"
_NUMBER = re.compile(rf"\d(?:{_JOINT}\d){{4,}}(?!\w)")
_BOX = re.compile(r"[\w.+-]+$")
_DOMAIN = re.compile(r"@([\w-]+(?:\.[\w-]+)+)")
_PRIVATE_BOXES = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|gmx|proton|protonmail"
    r"|zoho|yandex|ya|mail|inbox|list|bk|internet|rambler|lenta|ro|autorambler|myrambler|ukr|i)"
    r"\.(?:com|net|org|me|ru|kg|kz|uz|ua|de|fr|co\.uk|by)",
    re.IGNORECASE,
)
_PHONE_WORD = re.compile(
    r"(?:тел|телефон\w*|факс\w*|моб|мобильн\w*|сот|сотов\w*|тлф|whats ?app|ватсап\w*|вотсап\w*"
    r"|viber|вайбер\w*|telegram|телеграм\w*|номер\w* телефона|phone|telephone|tel|fax|mobile|cell"
    r"|call|звоните|чалыңыз)\b[^\n\d]{0,20}$",
    re.IGNORECASE,
)
_PASSPORT_WORD = re.compile(
    r"(?:паспорт\w*|passport\w*|удостоверени\w*|серия|серии|ID-карт\w*|күбөлү\w*)\b[^\n\d]{0,25}$",
    re.IGNORECASE,
)
_PERSONAL_WORD = re.compile(r"(?:\bПИН|персональн\w+ (?:номер|код)\w*|\bPIN)\b[^\n\d]{0,20}$")
_SERIES = re.compile(r"(?<!\w)(?:AN|AC|ID|PE|PD|АН|АС)[ \u00a0]?(?:№[ \u00a0]?)?$")
_IS_NUMBERED = re.compile(r"(?:№|#|\bN|\bNo\.?|\bст\.|\bстать\w+|\bп\.|§)[ \u00a0]?$|^original: $")
_IN_ADDRESS = re.compile(r"(?:://|www\.|\]\(/|[=/?&])\S*$")
_NO_NUMBER = re.compile(
    r"\d{1,2}[.:]\d\d[ –\-]{1,3}\d{1,2}[.:]\d\d"  # times
    r"|\d{1,2}\.\d{1,2}\.(?:\d\d){1,2}(?:[ –\-]{1,3}\d{1,2}\.\d{1,2}\.(?:\d\d){1,2})?"
    r"|\d{4}-\d\d-\d\d(?:[ –\-]{1,3}\d{1,2})?|(?:19|20)\d\d[ –\-]{1,3}(?:19|20)\d\d"
    r"|\d{1,3}(?:[ \u00a0]\d{3})+|\d+\.\d+"  # thousands, decimals
)
_NATIONAL = re.compile(
    rf"0{_JOINT}\d{{3}}{_JOINT}(?:\d{{6}}|\d\d{_JOINT}\d\d{_JOINT}\d\d|\d{{3}}{_JOINT}\d{{3}})"
    rf"|\(?0\d{{3}}{_JOINT}(?:\d{{6}}|\d\d{_JOINT}\d\d{_JOINT}\d\d|\d{{3}}{_JOINT}\d{{3}})"
    rf"|996{_JOINT}\d{{3}}{_JOINT}(?:\d{{6}}|\d\d{_JOINT}\d\d{_JOINT}\d\d|\d{{3}}{_JOINT}\d{{3}})"
    r"|\(\d{3,4}\)[ \u00a0]?\d{2,3}[ \-]\d\d[ \-]\d\d"
    rf"|[78]{_JOINT}\d{{3}}{_JOINT}\d{{3}}{_JOINT}\d\d{_JOINT}\d\d"
)
_PIN = re.compile(r"[12](?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{7}")
_CARD = re.compile(
    r"[2-6]\d{3}(?:[ \-\u00a0]?\d{4}){2}[ \-\u00a0]?\d{4}(?:\d{3})?|3[47]\d{2}[ -]?\d{6}[ -]?\d{5}"
)
_LONGEST_PHONE, _SHORTEST_PHONE = 15, 5  # digits (ITU-T E.164), and those of a small exchange
_SHORTEST_ABROAD = 10  # with the country's code; «+10 000» is a sum
_LONGEST_BOX = 64  # characters before the @ (RFC 5321, 4.5.3.1.1)
_SHORTEST_PASSPORT, _LONGEST_PASSPORT = 6, 10
_ANOTHER = re.compile(r"[ \u00a0]?(?:[,;/]|и|или|же|жана|or|and)[ \u00a0]?")
_BEFORE = 60  # characters looked at before a number
_SAME = 9  # last digits that make two ways to write one telephone number equal


class Personal(NamedTuple):
    """What may endanger a person: what it is, as written, and where it begins."""

    kind: PersonalKind
    written: str
    start: int


def personal(text: str) -> Iterator[Personal]:
    """All of it in a text, in its order within each kind."""
    for domain in _DOMAIN.finditer(text):
        at = domain.start()
        box = _BOX.search(text[max(0, at - _LONGEST_BOX) : at])
        if box is not None and _PRIVATE_BOXES.fullmatch(domain[1]):
            yield Personal("email", box[0] + domain[0], at - len(box[0]))
    last: tuple[int, int] = (0, 0)  # where the last telephone number ended, and its length
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        start -= text[start - 1 : start] == "("
        number = text[start:end]
        before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
        length = len(digits_of(number))
        is_another = length == last[1] and _ANOTHER.fullmatch(text, last[0], start) is not None
        kind = _kind_of(number, before, is_another=is_another)
        if kind is None:
            continue
        if kind == "phone":
            last = (end, length)
        signed = start - before.endswith("+")
        if ")" not in number:
            signed += number.startswith("(")
        yield Personal(kind, text[signed:end], signed)


def _kind_of(written: str, before: str, *, is_another: bool) -> PersonalKind | None:
    """What a number is; `is_another` says that it follows a telephone number of its length."""
    digits = digits_of(written)
    if _IN_ADDRESS.search(before) and not before.endswith(("tel:", "tel:+")):
        return None
    if before[-1:].isalpha() and not _SERIES.search(before):
        return None
    if _is_passport(digits, before):
        return "passport"
    if _CARD.fullmatch(written) and _has_check_digit(digits):
        return "card"
    return "phone" if _is_phone(written, digits, before) or is_another else None


def _is_phone(written: str, digits: str, before: str) -> bool:
    if not _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE:
        return False
    if before.endswith("+") and len(digits) >= _SHORTEST_ABROAD:
        return True
    if _IS_NUMBERED.search(before) or _NO_NUMBER.fullmatch(written):
        return False
    return _NATIONAL.fullmatch(written) is not None or _PHONE_WORD.search(before) is not None


def _is_passport(digits: str, before: str) -> bool:
    """Whether it is the number of a passport, or the one that a state gives a person."""
    is_pin = len(digits) == 14 and _PERSONAL_WORD.search(before) is not None  # noqa: PLR2004
    if is_pin or _PIN.fullmatch(digits):
        return True
    if len(digits) == 7 and _SERIES.search(before):  # noqa: PLR2004
        return True
    return _SHORTEST_PASSPORT <= len(digits) <= _LONGEST_PASSPORT and (
        _PASSPORT_WORD.search(before) is not None
    )


def _has_check_digit(digits: str) -> bool:
    """Luhn's formula (ISO/IEC 7812-1, annex B)."""
    total = 0
    for number, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + number % 2)
        total += value - 9 * (value > 9)  # noqa: PLR2004
    return total % 10 == 0


def digits_of(written: str) -> str:
    """The digits alone."""
    return "".join(filter(str.isdecimal, written))


def same_as(written: str) -> str:
    """What two ways to write one address or number have in common."""
    if "@" in written:
        return written.strip().casefold()
    return digits_of(written)[-_SAME:]
