"""A file of any common encoding to its text."""

from __future__ import annotations

import codecs

from mksite.content.document import guess_encoding

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
