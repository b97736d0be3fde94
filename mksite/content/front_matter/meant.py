"""What an editor meant who wrote a value of a wrong type: how the field is to be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import inspect

from mksite.content.front_matter import words
from mksite.content.front_matter.empty import SAFEGUARDS

if TYPE_CHECKING:
    from mksite.content.problem import FieldPath

_NO = {"нет", "жок", "no", "n", "off", "ложь", "н", "null", ""}
_SPECIAL = re.compile(r"[,:\[\]{}#&*!|>'\"%@`]|^[-? ]|\s$")
_BY_LOOK = (
    ("url", re.compile(r"https?://|www\.")),
    ("email", re.compile(r"\S+@\S+")),
    ("file", re.compile(r"\S+\.(?:pdf|docx?|jpe?g|png|webp)", re.IGNORECASE)),
    ("start", re.compile(r"[\dX]{4}(?:-|$)|\d{1,2}[. ]")),
    ("date", re.compile(r"[\dX]{4}(?:-|$)|\d{1,2}[. ]")),
)
LANGUAGE_LETTERS = 2
# Between names that stand in one text; a word for “and” only between abbreviations.
_BETWEEN = re.compile(r"[,;]|(?<=[А-ЯӨҮҢA-Z]) (?:и|жана|and) (?=[А-ЯӨҮҢA-Z]{2})")
_PHONE = re.compile(r"\+?\d[\d\s()-]{5,}\d")
_EMAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
_PREFERRED = ("name", "title", "file", "text", "reason", "start", "type")


def meant(tree: object, kind: inspect.Type, path: FieldPath) -> str:
    """The field as it is to be written, such as `organizers: [МОМ]`."""
    safe = SAFEGUARDS.get(str(path[-1])) if path else None
    value = safe if safe and safe != "true" else _written(tree, kind)
    if path and isinstance(path[-1], str):
        return f"{path[-1]}: {value}"
    return f"- {value}" if path else value


def _written(tree: object, kind: inspect.Type) -> str:
    """A value of the type that says what `tree` says, as YAML."""
    kind = _plain(kind)
    if isinstance(kind, inspect.VarTupleType):
        items = tree if isinstance(tree, list) else _listed(tree, _plain(kind.item_type))
        return f"[{', '.join(_item(item, kind.item_type) for item in items)}]"
    if isinstance(kind, inspect.StructType):
        return _fields(tree, kind)
    if isinstance(kind, inspect.BoolType):
        return "false" if str(tree).strip().casefold() in _NO else "true"
    examples = {inspect.TupleType: "[42.87, 74.59]", inspect.FloatType: "42.87"}
    return examples.get(type(kind)) or _text(tree)


def _listed(tree: object, kind: inspect.Type) -> list[object]:
    """The items of what is one text: names with commas between them are several."""
    if not isinstance(tree, str) or not isinstance(kind, inspect.StrType | inspect.UnionType):
        return [tree]
    return [item for item in map(str.strip, _BETWEEN.split(tree)) if item] or [tree]


def _plain(kind: inspect.Type) -> inspect.Type:
    """The type without its notes; of several the first that is no None."""
    if isinstance(kind, inspect.Metadata):
        return _plain(kind.type)
    if isinstance(kind, inspect.UnionType):
        return _plain(next(t for t in kind.types if not isinstance(t, inspect.NoneType)))
    return kind


def _item(item: object, kind: inspect.Type) -> str:
    """An item of a list; a hyphen that was to begin it is no part of it."""
    if isinstance(item, str):
        item = item.lstrip("-–—• ")
    return _written(item, kind)


def _fields(tree: object, kind: inspect.StructType) -> str:
    """Fields in braces: those of a mapping, or a text under the field that it looks like."""
    names = [field.encode_name for field in kind.fields]
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{key}: {_text(value)}' for key, value in tree.items())}}}"
    if isinstance(tree, list):
        tree = tree[0] if tree else ""
        return _fields(tree, kind)
    text = str(tree).strip()
    if "phone" in names:
        return _contact(text)
    value = next(
        (words.value_of(text, _values(f.type)) for f in kind.fields if _values(f.type)), ""
    )
    if value:
        return f"{{type: {value}}}"
    by_look = next((n for n, look in _BY_LOOK if n in names and look.match(text)), "")
    name = by_look or next((n for n in _PREFERRED if n in names), names[0])
    others = [f"{f.encode_name}: …" for f in kind.fields if f.required and f.encode_name != name]
    return f"{{{', '.join((f'{name}: {_text(text)}', *others))}}}"


def _contact(text: str) -> str:
    """Whom to ask, with the address and the telephone in fields of their own."""
    parts = {"name": text}
    for name, look in (("email", _EMAIL), ("phone", _PHONE)):
        found = look.search(parts["name"])
        if found:
            parts[name] = found[0]
            parts["name"] = parts["name"].replace(found[0], "")
    parts["name"] = parts["name"].strip(" ,;:()-–—")
    written = {**parts, "phone": f'"{parts["phone"]}"'} if "phone" in parts else parts
    shown = (
        f"{key}: {value if key == 'phone' else _text(value)}"
        for key, value in written.items()
        if value
    )
    return f"{{{', '.join(shown)}}}"


def _values(kind: inspect.Type) -> tuple[str, ...]:
    """The values that a type allows; none where it allows any."""
    plain = _plain(kind)
    return tuple(map(str, plain.values)) if isinstance(plain, inspect.LiteralType) else ()


def _text(tree: object) -> str:
    """A text as YAML has it: in quotation marks where a sign in it would mean something."""
    if isinstance(tree, dict):
        languages = [value for key, value in tree.items() if len(key) == LANGUAGE_LETTERS]
        tree = languages[0] if languages else "; ".join(f"{k}: {v}" for k, v in tree.items())
    if isinstance(tree, list):
        tree = ", ".join(str(item) for item in tree)
    text = " ".join(str(tree or "").split()) or "…"
    if not _SPECIAL.search(text):
        return text
    return "'" + text.replace("'", "''") + "'" if '"' in text else f'"{text}"'
