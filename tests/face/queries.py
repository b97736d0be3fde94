"""Readers' queries in groups, from the table beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

P = "releases/migrant-rights-practice"
S = "releases/reintegration-seminar-bomca"
T = "releases/integration-strategy-round-table"
B = "releases/mbos-second-session"
C = "releases/migrants-day-conference"
_SHORT = {"P": P, "S": S, "T": T, "B": B, "C": C}

NOWHERE = "not in the archive"
LEAST = {"typo": 0.9}
"""The share of a group that must be right; of another group 0.95."""


class Query(NamedTuple):
    """What is asked for, the page that must be among the first three (none where nothing may be
    found), and the pages that must not be found.
    """

    text: str
    wanted: str
    unwanted: tuple[str, ...]


def table() -> dict[str, list[Query]]:
    """All queries by group."""
    groups: dict[str, list[Query]] = {}
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("## "):
            group = groups.setdefault(line.removeprefix("## "), [])
        elif line and not line.startswith("# "):
            text, *pages = line.split(" | ")
            unwanted = [page.removeprefix("not ") for page in pages[1:]]
            wanted = _page(pages[0]) if pages else ""
            group.append(Query(text, wanted, tuple(map(_page, unwanted))))
    return groups


def _page(written: str) -> str:
    return _SHORT.get(written, written)
