"""The text of a new source: what is known filled in, the rest as comments to be filled.

What each field means is given by the caller, in the editor's language.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, cast

from msgspec import inspect

from mksite.content.model import KIND_SPECS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mksite.content.model import Kind

Value = str | list[str] | dict[str, str]

EXAMPLES = {
    "lang": "ky",
    "date": "2013-03-26",
    "event": "{type: round-table, start: 2013-03-26, status: held}",
    "speakers": "[{name: …, role: …, organization: …}]",
    "source": "{title: …, url: …, publisher: …}",
    "contact": "{name: …, email: …}",
    "photos": "[{file: …, alt: …, credit: …}]",
    "documents": "[{file: …, title: …}]",
    "corrections": "[{date: …, text: …}]",
    "embargo": "2026-12-18T09:00",
    "former": "[{name: …, until: 2013}]",
    "positions": "[{organization: …, role: …, from: 2019, until: 2023}]",
    "period": "{start: 2012, end: 2014}",
    "coordinates": "[42.87, 74.59]",
    "identifiers": "{wikidata: …}",
    "aliases": "[…]",
    "country": "KG",
}
LEFT_OUT = {
    "draft",
    "public",
    "mention",
    "mentions",
    "withdrawn",
    "addresses",
    "corrections",
    "identifiers",
}
_PLAIN = re.compile(r"[\w«][^:#\[\]{},&*!|>'\"%@`]*")


def source(kind: Kind, known: Mapping[str, Value], meanings: Mapping[str, str]) -> str:
    """The text of a source. Fields stand in the order of the model."""
    struct = cast("inspect.StructType", inspect.type_info(KIND_SPECS[kind].struct))
    lines = ["---"]
    for field in struct.fields:
        name = field.encode_name
        if name in known:
            lines.append(f"{name}: {_written(known[name])}")
        elif name not in LEFT_OUT:
            meaning = meanings.get(name, "")
            example = EXAMPLES.get(name, "[…]" if _is_list(field.type) else "…")
            lines.append(f"# {name}: {example}{'   # ' + meaning if meaning else ''}")
    return "\n".join((*lines, "---", "", ""))


def _written(value: Value) -> str:
    """A value as YAML on one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(text)}' for key, text in value.items())}}}"
    plain = _PLAIN.fullmatch(value) and not value.endswith(" ")
    return value if plain else json.dumps(value, ensure_ascii=False)


def _is_list(kind: inspect.Type) -> bool:
    return isinstance(kind, inspect.VarTupleType)
