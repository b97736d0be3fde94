"""A file of any common encoding to its text, whole or without its front matter."""

from __future__ import annotations

import codecs

from mksite.content.front_matter.document import DocumentError, guess_encoding, split

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """The text without a byte order mark. What no encoding explains is read as �."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(guess_encoding(data))
        except (UnicodeDecodeError, LookupError):
            return data.decode("utf-8", errors="replace")


def body_of(data: bytes) -> str:
    """The text below the front matter; all of it where that cannot be told apart."""
    text = decode(data)
    try:
        return split(text)[1]
    except DocumentError:
        return text
