"""What columns mean: the codes that the interface words."""

from __future__ import annotations

# Columns that mean another thing in this table than in others.
_OWN_MEANINGS = frozenset(
    {
        ("names", "name"),
        ("relations", "name"),
        ("contacts", "name"),
        ("contacts", "role"),
        ("contacts", "entity"),
        ("speakers", "name"),
        ("speakers", "role"),
        ("speakers", "entity"),
        ("speakers", "person"),
        ("positions", "role"),
        ("positions", "entity"),
        ("positions", "start"),
        ("positions", "end"),
        ("positions", "person"),
        ("corrections", "date"),
        ("corrections", "text"),
        ("texts", "kind"),
        ("texts", "entity"),
        ("texts", "lang"),
        ("releases", "lang"),
    }
)


def meaning(table: str, stem: str) -> str:
    """The code under which the interface says what a column means."""
    return f"{table}.{stem}" if (table, stem) in _OWN_MEANINGS else stem
