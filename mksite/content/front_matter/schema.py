"""Decodes front matter into the typed model, or reports every fault at once.

`decode` takes msgspec's fast way; only where that fails does `explain` walk the tree along the
type and collect all faults. A property test holds the two together: one finds no fault exactly
where the other decodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import inspect

from mksite.content.front_matter import empty, words
from mksite.content.front_matter.meant import meant
from mksite.content.problem import Fault, FieldPath, fault
from mksite.text.name import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T", bound=msgspec.Struct)

MOST_ROUNDS = 8  # each leaves out what the one before it has brought to light


def decode(tree: object, model: type[T]) -> tuple[T | None, tuple[Fault, ...]]:
    """The typed value and no faults, or no value and all faults."""
    about_empty = tuple(empty.faults(tree, model))
    pruned = _without_nulls(tree)
    if not about_empty and isinstance(pruned, dict) and "kind" not in pruned:
        try:
            return msgspec.convert(pruned, model, strict=False), ()
        except msgspec.ValidationError:
            pass
    return None, (*about_empty, *explain(pruned, inspect.type_info(model), ()))


def salvage(tree: object, model: type[T], faults: tuple[Fault, ...], stand_in: str) -> T | None:
    """What can be read of a tree with these faults, so that the rest may be checked in the same
    run. Fields with a fault are left out; `stand_in` takes the place of a required text.
    """
    kept = _without_nulls(tree)
    if not isinstance(kept, dict):
        return None
    for _ in range(MOST_ROUNDS):
        for fault_ in faults:
            _leave_out(kept, fault_, stand_in)
        value, faults = decode(kept, model)
        if value is not None:
            return value
    return None


def _leave_out(tree: dict[str, Any], wrong: Fault, stand_in: str) -> None:
    """The field of the fault is gone; where a list has it, the list is, so that no number in a
    path changes.
    """
    path = wrong.field
    if wrong.code == "missing-key":
        if len(path) == 1:
            tree[str(path[0])] = stand_in
            return
        path = path[:-1]
    while isinstance(path[-1], int):
        path = path[:-1]
    around: Any = tree
    for part in path[:-1]:
        if isinstance(around, dict):
            around = around.get(str(part))
        elif isinstance(around, list) and isinstance(part, int) and part < len(around):
            around = around[part]
        else:  # already left out with what is around it
            return
    if isinstance(around, dict):
        around.pop(str(path[-1]), None)
    if path[0] in empty.SAFEGUARDS:  # unreadable, it hides the page
        tree["draft"] = "true"


def text_faults(
    value: msgspec.Struct, path: FieldPath, languages: tuple[str, ...]
) -> Iterator[Fault]:
    """Faults of every text by language within a value: a language that the site does not have,
    or no text.
    """
    for field in value.__struct_fields__:
        item = getattr(value, field)
        if not item or isinstance(item, str) or field == "identifiers":
            continue
        here = (*path, field)
        if isinstance(item, dict):
            yield from _language_faults(item, here, languages)
        elif isinstance(item, msgspec.Struct):
            yield from text_faults(item, here, languages)
        elif isinstance(item, tuple) and isinstance(item[0], msgspec.Struct):
            for index, member in enumerate(item):
                yield from text_faults(member, (*here, index), languages)


def _language_faults(
    text: dict[str, str], path: FieldPath, languages: tuple[str, ...]
) -> Iterator[Fault]:
    for lang, written in text.items():
        if lang not in languages:
            allowed = ", ".join(languages)
            yield fault("unknown-language", (*path, lang), at="key", value=lang, allowed=allowed)
        elif not written.strip():
            yield fault("empty-value", (*path, lang), key=lang)


def _without_nulls(tree: object) -> object:
    """The tree without keys that have no value: `venue:` left empty means it is not known."""
    if isinstance(tree, dict):
        return {key: _without_nulls(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return ["" if item is None else _without_nulls(item) for item in tree]
    return tree


def explain(tree: object, kind: inspect.Type, path: FieldPath) -> Iterator[Fault]:
    """Every fault of `tree` as a value of the type `kind`, in the order of the type's fields."""
    if isinstance(kind, inspect.StructType):
        yield from _explain_struct(tree, kind, path)
    elif isinstance(kind, inspect.UnionType):
        yield from _explain_union(tree, kind, path)
    elif isinstance(kind, inspect.VarTupleType):
        yield from _explain_list(tree, kind, path)
    elif isinstance(kind, inspect.TupleType):
        yield from _explain_tuple(tree, kind, path)
    elif isinstance(kind, inspect.DictType):
        yield from _explain_mapping(tree, kind, path)
    elif isinstance(kind, inspect.Metadata):
        yield from explain(tree, kind.type, path)
    else:
        yield from _explain_scalar(tree, kind, path)


def _explain_struct(tree: object, kind: inspect.StructType, path: FieldPath) -> Iterator[Fault]:
    if not isinstance(tree, dict):
        yield _wrong(tree, kind, path, "mapping")
        return
    fields = {field.encode_name: field for field in kind.fields}
    meant_keys = set()
    for key, value in tree.items():
        if key in fields:
            yield from explain(value, fields[key].type, (*path, key))
            continue
        unknown = empty.unknown_key(key, fields, path)
        meant_keys.add(dict(unknown.values).get("nearest"))
        yield unknown
    for name, field in fields.items():
        if field.required and name not in tree and name not in meant_keys:
            yield fault("missing-key", (*path, name), key=name)


def _explain_union(tree: object, kind: inspect.UnionType, path: FieldPath) -> Iterator[Fault]:
    """The faults of the member whose shape fits; where none fits, that."""
    shapes: list[inspect.Type] = [t for t in kind.types if not isinstance(t, inspect.NoneType)]
    if _is_null(tree) and len(shapes) < len(kind.types) and not any(map(_is_text, shapes)):
        return
    fitting = [member for member in shapes if _fits(tree, member)]
    if fitting:
        yield from explain(tree, fitting[0], path)
    elif isinstance(tree, list) and any(_is_date(member) for member in shapes):
        listed = ",".join(item for item in tree if isinstance(item, str))
        yield fault("date-unquoted", path, nearest=f'"[{listed}]"')
    else:
        expected = "/".join(dict.fromkeys(_expected(member) for member in shapes))
        yield _wrong(tree, shapes[0], path, expected)


def _explain_list(tree: object, kind: inspect.VarTupleType, path: FieldPath) -> Iterator[Fault]:
    if not isinstance(tree, list):
        yield _wrong(tree, kind, path, "list")
        return
    bad = next((index for index, item in enumerate(tree) if not _fits(item, kind.item_type)), None)
    if bad is not None and isinstance(kind.item_type, inspect.StructType):
        shape = _shape(tree[bad])
        written = meant(tree, kind, path)
        yield fault("wrong-type", (*path, bad), expected="mapping", found=shape, nearest=written)
        return
    for index, item in enumerate(tree):
        yield from explain(item, kind.item_type, (*path, index))


def _explain_mapping(tree: object, kind: inspect.DictType, path: FieldPath) -> Iterator[Fault]:
    if not isinstance(tree, dict):
        yield _wrong(tree, kind, path, "mapping")
        return
    for key, value in tree.items():
        yield from explain(value, kind.value_type, (*path, key))


def _explain_tuple(tree: object, kind: inspect.TupleType, path: FieldPath) -> Iterator[Fault]:
    if not isinstance(tree, list) or len(tree) != len(kind.item_types):
        yield _wrong(tree, kind, path, "pair")
        return
    for index, (item, item_type) in enumerate(zip(tree, kind.item_types, strict=True)):
        yield from explain(item, item_type, (*path, index))


def _explain_scalar(tree: object, kind: inspect.Type, path: FieldPath) -> Iterator[Fault]:
    if not isinstance(tree, str):
        yield _wrong(tree, kind, path, _expected(kind))
    elif isinstance(kind, inspect.LiteralType):
        allowed = [str(value) for value in kind.values]
        if tree not in allowed:
            word = words.value_of(tree, tuple(allowed))
            guess = (word,) if word else nearest(tree, allowed, limit=1)
            listed = ", ".join(allowed)
            if guess:
                yield fault("unknown-value", path, value=tree, nearest=guess[0], allowed=listed)
            else:
                yield fault("unknown-value-far", path, value=tree, allowed=listed)
    elif isinstance(kind, inspect.BoolType | inspect.FloatType | inspect.IntType):
        model = {inspect.BoolType: bool, inspect.FloatType: float, inspect.IntType: int}[type(kind)]
        try:
            msgspec.convert(tree, model, strict=False)
        except msgspec.ValidationError:
            yield _wrong(tree, kind, path, _expected(kind))


def _wrong(tree: object, kind: inspect.Type, path: FieldPath, expected: str) -> Fault:
    """The fault of a value of another type, with how the field is to be written."""
    written = meant(tree, kind, path)
    return fault("wrong-type", path, expected=expected, found=_shape(tree), nearest=written)


def _is_null(tree: object) -> bool:
    """Whether msgspec takes it for no value, where there may be none and no text."""
    return isinstance(tree, str) and tree.lower() == "null"


def _is_text(kind: inspect.Type) -> bool:
    return isinstance(kind.type if isinstance(kind, inspect.Metadata) else kind, inspect.StrType)


def _is_date(kind: inspect.Type) -> bool:
    """Whether the type is `mksite.content.model.DateText`."""
    return (
        isinstance(kind, inspect.Metadata)
        and (kind.extra_json_schema or {}).get("format") == "edtf"
    )


def _fits(tree: object, kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.StructType | inspect.DictType):
        return isinstance(tree, dict)
    if isinstance(kind, inspect.VarTupleType | inspect.TupleType):
        return isinstance(tree, list)
    return isinstance(tree, str)


def _expected(kind: inspect.Type) -> str:
    """A word for a type, translated by the messages."""
    if isinstance(kind, inspect.Metadata):
        return _expected(kind.type)
    if isinstance(kind, inspect.StructType | inspect.DictType):
        return "mapping"
    if isinstance(kind, inspect.VarTupleType):
        return "list"
    if isinstance(kind, inspect.TupleType):
        return "pair"
    if isinstance(kind, inspect.BoolType):
        return "truth"
    return "number" if isinstance(kind, inspect.FloatType | inspect.IntType) else "text"


def _shape(tree: object) -> str:
    """A word for what was found."""
    if isinstance(tree, dict):
        return "mapping"
    return "list" if isinstance(tree, list) else "text"
