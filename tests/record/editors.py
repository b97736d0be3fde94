"""The corpus of editors' texts; `python -m tests.record.editors > page.html` shows each one beside
what mksite and a CommonMark converter make of it.
"""

from __future__ import annotations

import sys
import tomllib
from html import escape
from pathlib import Path

import msgspec

from mksite.record.markdown.convert import render
from tests.record.reference import as_page, commonmark, normal


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text as an editor types it, and what the page must show of it."""

    name: str  # with its language in front: `ky: …`
    markdown: str
    html: str
    remarks: tuple[str, ...] = ()  # the codes of what the editor is told
    differs: str = ""  # why a CommonMark converter shows something else

    @property
    def lang(self) -> str:
        """The language that the text is in."""
        return self.name.partition(":")[0]


def texts() -> tuple[Text, ...]:
    """All texts of the corpus."""
    data = tomllib.loads((Path(__file__).parent / "editors.toml").read_text("utf-8"))
    return msgspec.convert(data["text"], tuple[Text, ...])


def shown_by_mksite(text: Text) -> str:
    """The HTML that mksite makes of a text."""
    return normal(render(text.markdown, text.lang).html)


def shown_by_commonmark(text: Text) -> str:
    """The HTML that the reference makes of a text, brought to the page's form."""
    return as_page(commonmark(text.markdown), text.lang)


def page() -> str:
    """All texts with both results side by side, for a person to look at."""
    rows = "".join(
        f"<tr><th>{escape(text.name)}<br><small>{escape(text.differs)}</small>"
        f"<td><pre>{escape(text.markdown)}</pre><td>{shown_by_mksite(text)}"
        f"<td>{shown_by_commonmark(text)}"
        for text in texts()
    )
    style = "<style>table{table-layout:fixed}pre{white-space:pre-wrap}td{overflow:auto}</style>"
    head = "<tr><th>Name<th>Typed<th>mksite<th>CommonMark"
    return f'<!doctype html><meta charset="utf-8">{style}<table width="100%">{head}{rows}</table>'


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
