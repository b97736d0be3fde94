"""What the preview adds to a page: the overlay of Problems, and the ribbon of what is hidden."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mksite.content.problem import Problem

_HEAD, _END = b"</head>", b"</body>"
_POLICY = b'http-equiv="Content-Security-Policy"'
_NO_POLICY = b'data-equiv="Content-Security-Policy"'
_NO_INDEX = b'<meta name="robots" content="noindex">'
_BOX = (
    "position:fixed;inset:auto 0 0 0;max-height:70vh;overflow:auto;z-index:2147483647;"
    "box-sizing:border-box;padding:1rem 1.5rem;background:#fff;color:#1a1a1a;"
    "border-top:.4rem solid #b3001b;font:1rem/1.5 system-ui,sans-serif;"
    "box-shadow:0 0 2rem rgba(0,0,0,.4)"
)
_LINE = (
    "margin:.3rem 0;padding:.4rem .6rem;background:#f3f3f3;color:#1a1a1a;white-space:pre-wrap;"
    "overflow-wrap:anywhere;font:.9rem/1.5 ui-monospace,monospace"
)
_RIBBON = (
    "position:fixed;top:1rem;right:0;z-index:2147483646;padding:.3rem 1rem;background:#8a4b00;"
    "color:#fff;font:bold 1rem/1.5 system-ui,sans-serif"
)


class Notice(msgspec.Struct, frozen=True):
    """One thing that is wrong, in the words of the person: where, the line itself, what, the cure.

    `place` is `path:line:column`, and like `line` empty where no file is at fault.
    """

    place: str
    line: str
    message: str
    hint: str


class Teller(Protocol):
    """Speaks to the person at the terminal and finds the words for the browser."""

    def problems(self, problems: tuple[Problem, ...]) -> tuple[Notice, ...]:
        """Tells the Problems; the errors, or all that keep the site back, as Notices."""

    def error(self, error: Exception) -> Notice:
        """Tells what went wrong besides the content."""

    def shown(self, seconds: float) -> None:
        """Tells that browsers have the last edit."""

    def title(self) -> str:
        """Above the Notices."""

    def ribbon(self, reason: str) -> str:
        """Across a page that readers are not shown."""


def dressed(html: bytes, notices: Sequence[Notice], title: str, ribbon: str) -> bytes:
    """A page with its overlay and ribbon; livereload's script may run in it, which the page's own
    policy would forbid.
    """
    html = html.replace(_POLICY, _NO_POLICY, 1)
    added = _ribbon(ribbon) if ribbon else ""
    if ribbon:
        html = html.replace(_HEAD, _NO_INDEX + _HEAD, 1)
    if notices:
        added += overlay(notices, title)
    if not added:
        return html
    before, end, after = html.rpartition(_END)
    if not end:
        return html + added.encode()
    return before + added.encode() + end + after


def page(notices: Sequence[Notice], title: str) -> bytes:
    """A page with nothing but the overlay, where no good one is known."""
    head = f"<!doctype html><html><head><meta charset=utf-8><title>{escape(title)}</title></head>"
    return f"{head}<body>{overlay(notices, title)}</body></html>".encode()


def overlay(notices: Sequence[Notice], title: str) -> str:
    """The Notices above the page."""
    pieces = [f'<h2 style="margin:0;font-size:1.2rem">{escape(title)}</h2>']
    for notice in notices:
        if notice.place:
            pieces.append(f'<p style="margin:.8rem 0 0"><b>{escape(notice.place)}</b></p>')
        if notice.line:
            pieces.append(f'<pre style="{_LINE}">{escape(notice.line)}</pre>')
        pieces.append(f'<p style="margin:0">{escape(notice.message)}</p>')
        if notice.hint:
            pieces.append(f'<p style="margin:0;color:#00507a">→ {escape(notice.hint)}</p>')
    return f'<div id="mksite-problems" role="alert" style="{_BOX}">{"".join(pieces)}</div>'


def _ribbon(words: str) -> str:
    return f'<div id="mksite-ribbon" style="{_RIBBON}">{escape(words)}</div>'
