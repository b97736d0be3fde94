"""Content lines of iCalendar (RFC 5545, 3.1): folded in octets, texts escaped.

Written here and not by the package `icalendar`, which takes 0.25 ms an event, more than a whole
page, and 80 ms to load; it reads every calendar in the tests instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.pages.follow import clean

if TYPE_CHECKING:
    import datetime as dt

LINE_OCTETS = 75

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTINUATION = 0b1000_0000  # what the two highest bits of a UTF-8 octet within a letter are
_HIGHEST_BITS = 0b1100_0000


def line(name: str, value: str, /, **parameters: str) -> bytes:
    """A property with its value as it is to be written; nothing where there is no value."""
    if not value:
        return b""
    given = "".join([f";{key.upper()}={word}" for key, word in parameters.items()])
    return folded(f"{name}{given}:{value}".encode())


def text_line(name: str, text: str, /, **parameters: str) -> bytes:
    """A property whose value is a text; nothing where there is none."""
    return line(name, escaped(text), **parameters)


def escaped(text: str) -> str:
    """A text as a value of type TEXT, without the characters that it cannot hold."""
    return clean(text).translate(_ESCAPES)


def folded(data: bytes) -> bytes:
    """The line with its end, broken where it is longer than 75 octets, never within a letter."""
    if len(data) <= LINE_OCTETS:
        return data + b"\r\n"
    parts = []
    start, size = 0, LINE_OCTETS
    while start < len(data):
        end = start + size
        while end < len(data) and data[end] & _HIGHEST_BITS == _CONTINUATION:
            end -= 1
        parts.append(data[start:end])
        start, size = end, LINE_OCTETS - 1
    return b"\r\n ".join(parts) + b"\r\n"


def day(moment: dt.date) -> str:
    """A value of type DATE."""
    return f"{moment.year:04}{moment.month:02}{moment.day:02}"


def local(moment: dt.datetime) -> str:
    """A value of type DATE-TIME, without a zone."""
    return f"{day(moment)}T{moment.hour:02}{moment.minute:02}{moment.second:02}"


def utc_offset(seconds: int) -> str:
    """A value of type UTC-OFFSET: `+0600`, with seconds where there are some."""
    minutes, rest = divmod(abs(seconds), 60)
    written = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
    return f"{written}{rest:02}" if rest else written
