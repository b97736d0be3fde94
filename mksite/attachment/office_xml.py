"""Writes the XML of office documents anew, without what tells of their makers.

Prefixes and namespaces are kept as they were written: `mc:Ignorable="w14"` names a prefix, and
Word refuses a document in which it is not declared. No I/O here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable

_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_DATE = "1970-01-01T00:00:00Z"  # where the schema wants a time

# Elements that go with all that is in them, by their names without a prefix.
_DROPPED = frozenset(
    [
        "rsids",
        "rsid",
        "rsidRoot",
        "attachedTemplate",
        "docVars",
        "mailMerge",
        "absPath",
        "revisionPtr",
        "docId",
        "custData",
        "customProperties",
        "initial-creator",
        "printed-by",
        "print-date",
    ]
)
# Elements whose text goes: xl/comments*.xml, OpenDocument's notes and changes.
_EMPTIED = frozenset(["author", "creator", "creator-initials", "sender-initials", "date-string"])
_DATED = frozenset(["date"])  # dc:date of OpenDocument
# Attributes that name a person, an account or a session.
_BLANKED = frozenset(
    [
        "author",
        "initials",
        "userName",
        "displayName",
        "userId",
        "providerId",
        "lastModifiedBy",
        "sourceFile",
        "odcFile",
    ]
)
_LEFT_OUT = frozenset(
    [
        "rsid",
        "paragraph-rsid",
        "refreshedBy",
        "refreshedDate",
        "refreshedDateIso",
        "dT",
        "dateUtc",
        "dt",
    ]
)
_MARKS = frozenset(
    [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "comment",
        "cm",
        "threadedComment",
        "changed-region",
        "annotation",
    ]
)
# Where people keep their files: Windows, its shares, Linux and macOS, and macOS before its tenth.
_UNIX = r"/(?:home|Users|root|Volumes|private|media|mnt|tmp|var)/"
_OLD_MAC = r"[^\"/\\:]{0,64}\bHD:"
_PATH = re.compile(rf"file:/|(?:file:)?[A-Za-z]:[\\/]|\\\\|{_UNIX}|{_OLD_MAC}")
_FIELD_PATH = re.compile(
    rf"(?:file:/*)?(?:(?:[A-Za-z]:|\\\\)[\\/][^\"]*[\\/]|{_UNIX}(?:[^\"]*/)?|{_OLD_MAC}(?:[^\"]*:)?)"
)
_RELATION_DROPPED = re.compile(r"/(?:attachedTemplate|mailMergeSource|mailMergeHeaderSource)$")


class Filter:
    """Reads one XML part and writes it again.

    `drops` tells, by an element's name and attributes, whether it goes with all that is in it.
    `changes` is set once the part is found to show changes or comments.
    """

    def __init__(self, drops: Callable[[str, dict[str, str]], bool] | None = None) -> None:
        self.drops = drops or (lambda tag, _: tag in _DROPPED)
        self.changes = False
        self._made: list[str] = []
        self._open: list[str] = []
        self._dropping = 0
        self._is_begun = False

    def read(self, data: bytes) -> bytes:
        """The XML without what is dropped or blanked. Raises ValueError where it is none."""
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(data, True)  # noqa: FBT003  expat's own way to say that this is all
        except (expat.ExpatError, LookupError, UnicodeError) as error:
            raise ValueError from error
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return (head + "".join(self._made)).encode()

    def _start(self, tag: str, listed: list[str]) -> None:
        given = dict(zip(listed[::2], listed[1::2], strict=True))
        local = tag.rpartition(":")[2]
        if self._dropping or self.drops(local, given):
            self._dropping += 1
            return
        self.changes = self.changes or local in _MARKS
        self._close_start()
        self._open.append(tag)
        attributes = blanked(local, given)
        self._made.append(f"<{tag}")
        self._made += [f' {key}="{escape(value, _QUOTED)}"' for key, value in attributes.items()]
        self._is_begun = True

    def _end(self, tag: str) -> None:
        if self._dropping:
            self._dropping -= 1
            return
        self._open.pop()
        if self._is_begun:
            self._made.append("/>")
            self._is_begun = False
        else:
            self._made.append(f"</{tag}>")

    def _text(self, text: str) -> None:
        if self._dropping or not self._open:
            return
        kept = fitted(self._open[-1].rpartition(":")[2], text)
        if kept:
            self._close_start()
            self._made.append(escape(kept, {"\r": "&#13;"}))

    def _close_start(self) -> None:
        if self._is_begun:
            self._made.append(">")
            self._is_begun = False


def _refuse(*_: object) -> None:
    """Neither format allows a document type, which is where entities are declared."""
    raise ValueError


def blanked(tag: str, given: dict[str, str]) -> dict[str, str]:
    """The attributes of an element without persons, times of changes and paths."""
    made = {}
    for key, value in given.items():
        local = key.rpartition(":")[2]
        if key.startswith("xmlns"):
            made[key] = value
        elif local.startswith("rsid") or local in _LEFT_OUT:
            continue
        elif local in ("date", "created", "modified") and _has_author(given):
            if local != "date":  # the schema wants it
                made[key] = _DATE
        elif local in _BLANKED or (local == "name" and tag in ("cmAuthor", "author")):
            made[key] = ""
        elif local == "id" and tag == "pageSetup":  # its printer's settings are gone
            continue
        elif local in ("connection", "connectionString") and ("=" in value):
            made[key] = ""
        else:
            made[key] = _without_paths(key, value)
    return made


def _has_author(given: dict[str, str]) -> bool:
    return any(key.rpartition(":")[2] in ("author", "authorId") for key in given)


def _without_paths(key: str, value: str) -> str:
    if key == "xlink:href" and value.startswith("../"):  # out of an OpenDocument file
        return value.rpartition("/")[2]
    return _FIELD_PATH.sub("", value) if key.endswith(":instr") else without_path(value)


def without_path(value: str) -> str:
    """A path on somebody's disk without its folders, which may hold a person's name."""
    if not _PATH.match(value):
        return value
    return re.split(r"[\\/:]" if re.match(_OLD_MAC, value) else r"[\\/]", value)[-1]


def fitted(tag: str, text: str) -> str:
    """The text within an element, without authors and paths."""
    if tag in _EMPTIED:
        return ""
    if tag in _DATED and re.fullmatch(r"\s*\d{4}-\d\d-\d\dT[\d:.,Z+-]*\s*", text):
        return _DATE.rstrip("Z")
    if tag == "instrText":
        return _FIELD_PATH.sub("", text)
    return text


def is_relation_dropped(given: dict[str, str], is_gone: Callable[[str], bool]) -> bool:
    """Whether a relationship of OOXML leads to a part that is gone, or to somebody's template."""
    if _RELATION_DROPPED.search(given.get("Type", "")):
        return True
    return given.get("TargetMode") != "External" and is_gone(given.get("Target", ""))
