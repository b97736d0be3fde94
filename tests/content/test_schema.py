"""mksite.content.front_matter.schema: a tree of text against the typed model."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import inspect

from mksite.content.config import Site
from mksite.content.front_matter import schema
from mksite.content.model import KIND_SPECS, Organization, Place, Release, Translation

MODELS = (*[spec.struct for spec in KIND_SPECS.values()], Translation, Site)
SCALARS = st.sampled_from(
    ["", "a", "true", "No", "1", "-1.5", "nan", "1e400", "null", "other", "held", "iom", "ңү"]
)
JUNK = st.recursive(
    SCALARS | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "kind", "ru", "zz"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def trees(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """Trees that are a value of the type, or nearly."""
    return st.one_of(shaped(kind), shaped(kind), shaped(kind), JUNK)


def later(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """Trees of a type that may hold itself."""
    return st.deferred(lambda: trees(kind))


def shaped(kind: inspect.Type) -> st.SearchStrategy[Any]:  # noqa: PLR0911  one return a shape
    """Trees that have the shape of the type."""
    if isinstance(kind, inspect.StructType):
        fields = {field.encode_name: later(field.type) for field in kind.fields}
        required = {field.encode_name for field in kind.fields if field.required}
        known = st.fixed_dictionaries(
            {name: fields[name] for name in fields if name in required},
            optional={name: fields[name] for name in fields if name not in required},
        )
        extra = st.dictionaries(st.sampled_from(["kind", "titel", "x"]), JUNK, max_size=1)
        return known | st.builds(lambda a, b: a | b, known, extra)
    if isinstance(kind, inspect.UnionType):
        return st.one_of([shaped(member) for member in kind.types])
    if isinstance(kind, inspect.VarTupleType):
        return st.lists(trees(kind.item_type), max_size=2)
    if isinstance(kind, inspect.TupleType):
        return st.tuples(*map(trees, kind.item_types)).map(list)
    if isinstance(kind, inspect.DictType):
        return st.dictionaries(st.sampled_from(["ru", "ky", "wikidata"]), trees(kind.value_type))
    if isinstance(kind, inspect.LiteralType):
        return st.sampled_from(list(kind.values)) | SCALARS
    if isinstance(kind, inspect.NoneType):
        return st.none()
    return SCALARS


TREES = {model: trees(inspect.type_info(model)) for model in MODELS}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(st.data())
def test_decode_and_explain_agree(model: type[Any], data: st.DataObject) -> None:
    """One finds no fault exactly where the other decodes."""
    kind = inspect.type_info(model)
    tree = data.draw(TREES[model])
    value, faults = schema.decode(tree, model)
    if value is None:
        assert faults
    else:
        assert not faults
        pruned = schema._without_nulls(tree)  # noqa: SLF001  what explain is given
        assert not list(schema.explain(pruned, kind, ()))


def found(tree: object, model: type[Any]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Code and field of each fault."""
    return [(fault.code, fault.field) for fault in schema.decode(tree, model)[1]]


@pytest.mark.parametrize(
    ("tree", "model", "faults"),
    [
        ({"title": "A"}, Release, []),
        ({"title": "A", "venue": None, "event": {"start": None}}, Release, []),
        ({"title": "A", "draft": "TRUE"}, Release, []),
        ({"name": "A", "coordinates": "Null", "country": "null"}, Place, []),
        ({"title": "A", "draft": "null"}, Release, [("wrong-type", ("draft",))]),
        ({"name": {"ru": "А", "en": "A"}}, Organization, []),
        ({"name": "A", "coordinates": ["42.8", "74"]}, Place, []),
        ({}, Release, [("missing-key", ("title",))]),
        ({"title": None}, Release, [("missing-key", ("title",))]),
        ({"title": ["A"]}, Release, [("wrong-type", ("title",))]),
        ({"title": "A", "date": ["2016", "2017"]}, Release, [("date-unquoted", ("date",))]),
        ({"title": "A", "tags": "x"}, Release, [("wrong-type", ("tags",))]),
        ({"title": "A", "tags": ["x", {"y": "z"}]}, Release, [("wrong-type", ("tags", 1))]),
        ({"title": "A", "event": "held"}, Release, [("wrong-type", ("event",))]),
        ({"title": "A", "draft": "maybe"}, Release, [("wrong-type", ("draft",))]),
        ({"title": "A", "speakers": [{}]}, Release, [("missing-key", ("speakers", 0, "name"))]),
        (
            {"title": "A", "event": {"type": "x"}},
            Release,
            [("unknown-value-far", ("event", "type"))],
        ),
        ({"title": "A", "kind": "release"}, Release, [("unknown-key-far", ("kind",))]),
        ({"name": "A", "coordinates": ["1", "2", "3"]}, Place, [("wrong-type", ("coordinates",))]),
        ({"name": "A", "coordinates": ["x", "2"]}, Place, [("wrong-type", ("coordinates", 0))]),
        ({"name": {"ru": ["A"]}}, Organization, [("wrong-type", ("name", "ru"))]),
        ("text", Release, [("wrong-type", ())]),
        (
            {"titel": "A", "draft": "x", "event": {"ende": "2013"}},
            Release,
            [
                ("unknown-key", ("titel",)),
                ("wrong-type", ("draft",)),
                ("unknown-key", ("event", "ende")),
            ],
        ),
    ],
)
def test_faults(
    tree: object, model: type[Any], faults: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    """All faults of a tree are found at once, each under its field."""
    assert found(tree, model) == faults


@pytest.mark.parametrize(
    ("key", "model", "nearest"),
    [
        ("titel", Release, "title"),
        ("Title", Release, "title"),
        ("organizer", Release, "organizers"),
        ("organisers", Release, "organizers"),
        ("donors", Release, "funders"),
        ("project", Release, "programme"),
        ("tag", Release, "tags"),
        ("adress", Place, "address"),
        ("coordinate", Place, "coordinates"),
    ],
)
def test_unknown_key_has_a_suggestion(key: str, model: type[Any], nearest: str) -> None:
    """An unknown key that looks like a known one names that one."""
    _, faults = schema.decode({key: "x"}, model)
    assert faults[0].code == "unknown-key"
    assert dict(faults[0].values) == {"key": key, "nearest": nearest}


def test_far_key_lists_what_is_allowed() -> None:
    """An unknown key that looks like nothing is answered with all that may stand there."""
    _, faults = schema.decode({"zzzzz": "x"}, Translation)
    assert faults[0].code == "unknown-key-far"
    assert dict(faults[0].values)["allowed"] == "title, summary, original"


def test_unknown_value_names_the_nearest() -> None:
    """A word out of a closed list is answered with the nearest of the list."""
    _, faults = schema.decode({"title": "A", "event": {"type": "seminary"}}, Release)
    values = dict(faults[0].values)
    assert values["nearest"] == "seminar"
    assert "conference" in values["allowed"]


@pytest.mark.parametrize(
    ("tree", "model", "kept"),
    [
        ({"title": "A", "titel": "B", "date": "2013"}, Release, {"title": "A", "date": "2013"}),
        ({"date": "2013"}, Release, {"title": "x", "date": "2013"}),
        ({"title": ["A"], "venue": "v"}, Release, {"title": "x", "venue": "v"}),
        (
            {"title": "A", "event": {"typ": "x", "start": "2013"}},
            Release,
            {"event": {"start": "2013"}},
        ),
        ({"title": "A", "tags": ["a", ["b"]], "venue": "v"}, Release, {"tags": (), "venue": "v"}),
        ({"title": "A", "speakers": [{"name": "N"}, {}]}, Release, {"speakers": ()}),
        ({"name": {"ru": ["A"], "en": "B"}}, Organization, {"name": {"en": "B"}}),
    ],
)
def test_salvage(tree: dict[str, Any], model: type[Any], kept: dict[str, Any]) -> None:
    """What has no fault is kept where the rest is left out, and a name stands in for a title."""
    _, faults = schema.decode(tree, model)
    value = schema.salvage(tree, model, faults, "x")
    found = msgspec.to_builtins(value)
    assert {key: found.get(key, ()) for key in kept} == kept


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(st.data())
def test_salvage_gives_a_value(model: type[Any], data: st.DataObject) -> None:
    """Of every mapping something can be read; of one without faults, all of it."""
    tree = data.draw(TREES[model])
    assume(isinstance(tree, dict))
    value, faults = schema.decode(tree, model)
    salvaged = schema.salvage(tree, model, faults, "x")
    assert salvaged is not None
    assert value is None or repr(value) == repr(salvaged)  # "nan" is a number that no other equals
