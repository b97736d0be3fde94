"""The configuration of the editing page: which fields each kind has, from the content model.

The page is Sveltia CMS (https://sveltiacms.app/en/docs): a kind is one of its collections, and a
translation a file beside the original. Bodies are edited as the Markdown that they are, since an
editor of rich text would write `[[links]]` anew. What is not asked for here stays as it is in the
file, so a field that is rarely needed, or whose absence means something, is better left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from msgspec import inspect

from mksite.content.meaning import meanings
from mksite.content.model import FOLDERS, KIND_SPECS, Kind
from mksite.content.rename import FIELDS
from mksite.source.source import CONTENT

if TYPE_CHECKING:
    from collections.abc import Iterable

Field = dict[str, Any]
TRANSLATED = ("title", "summary")  # what a translation has besides its body
LEFT_OUT = {"mention", "mentions", "withdrawn", "public", "addresses", "identifiers"}
LONG = {"summary", "date_note", "text", "caption", "reason"}
FILES = {"photos": "image", "documents": "file"}
SEVERAL = {"tags", "programme"}  # of which a release may have more than one
DATES = "2013-03-25 · 2013-03 · 2013 · 2013? · XXXX-03-25"


def collections(languages: tuple[str, ...], lang: str) -> list[dict[str, Any]]:
    """The collections of all kinds, with labels in `lang`."""
    return [_Collection(languages, lang).of(kind) for kind in KIND_SPECS]


class _Collection:
    """One kind as a form."""

    def __init__(self, languages: tuple[str, ...], lang: str) -> None:
        self.languages = languages
        self.meanings = meanings(lang)

    def of(self, kind: Kind) -> dict[str, Any]:
        """The collection of a kind: a folder of files, each with its translations beside it."""
        spec = KIND_SPECS[kind]
        struct = cast("inspect.StructType", inspect.type_info(spec.struct))
        is_titled = "title" in spec.struct.__struct_fields__
        called = "title" if is_titled else f"name.{self.languages[0]}"
        made: dict[str, Any] = {
            "name": FOLDERS[kind],
            "label": self.meanings[f"kind-{kind}"],
            "folder": f"{CONTENT}/{FOLDERS[kind]}",
            "extension": "md",
            "format": "yaml-frontmatter",
            "identifier_field": called,
            "summary": f"{{{{{called}}}}}",
            "slug": {"template": f"{{{{{called}}}}}", "editable": True},
            "media_folder": "{{slug}}",
            "public_folder": "",
            "i18n": True,
            "fields": [*self._fields(struct.fields), self._body()],
        }
        if kind == "release":
            made["path"] = "{{year}}/{{slug}}"
        return made

    def _body(self) -> Field:
        label = self.meanings["text"]
        raw = {"widget": "markdown", "modes": ["raw"]}
        return {"name": "body", "label": label, **raw, "required": False, "i18n": True}

    def _fields(self, fields: Iterable[inspect.Field], within: str = "") -> list[Field]:
        """The fields of a struct; `within` is the field that holds it."""
        return [
            self._field(field.encode_name, field.type, within)
            for field in fields
            if field.encode_name not in LEFT_OUT
        ]

    def _field(self, name: str, kind: inspect.Type, within: str) -> Field:
        label, _, hint = self.meanings.get(name, name).partition(": ")
        made: Field = {
            "name": name,
            "label": label,
            "required": name in ("title", "name") and not within,
        }
        if hint:
            made["hint"] = hint
        if name in TRANSLATED and not within:
            made["i18n"] = True
        if name == "lang":
            return made | {"widget": "select", "options": list(self.languages)}
        if name == "file" and within in FILES:
            return made | {"widget": FILES[within]}
        return made | self._widget(name, kind)

    def _widget(self, name: str, kind: inspect.Type) -> Field:  # noqa: PLR0911  one for each kind of value
        """What a value of a type is edited with."""
        match kind:
            case inspect.Metadata(extra_json_schema={"format": "edtf"}):
                return {"widget": "string", "hint": DATES}
            case inspect.Metadata():
                return self._widget(name, kind.type)
            case inspect.UnionType():
                return self._first(name, kind)
            case inspect.StructType():
                return self._parts("object", name, kind)
            case inspect.VarTupleType(item_type=inspect.StructType() as item):
                return self._parts("list", name, item)
        kinds = FIELDS.get(name, ())
        if len(kinds) == 1:
            return self._relation(kinds[0], several=name in SEVERAL)
        return _plain(name, kind)

    def _parts(self, widget: str, name: str, kind: inspect.StructType) -> Field:
        return {"widget": widget, "collapsed": True, "fields": self._fields(kind.fields, name)}

    def _relation(self, kind: Kind, *, several: bool) -> Field:
        """A choice among the entities of a kind."""
        slug = "{{slug}}"
        called = f"name.{self.languages[0]}"
        return {
            "widget": "relation",
            "collection": FOLDERS[kind],
            "value_field": slug,
            "display_fields": [called, slug],
            "search_fields": [called, slug],
            "multiple": several,
        }

    def _first(self, name: str, kind: inspect.UnionType) -> Field:
        """A value that may be left out; a text in several languages has a line for each."""
        members = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
        if any(isinstance(one, inspect.DictType) for one in members):
            lines = [
                {"name": lang, "label": lang, "widget": "text" if name in LONG else "string"}
                for lang in self.languages
            ]
            return {"widget": "object", "fields": [line | {"required": False} for line in lines]}
        return self._widget(name, members[0])


def _plain(name: str, kind: inspect.Type) -> Field:
    """What a value without parts that have names is edited with."""
    match kind:
        case inspect.LiteralType():
            return {"widget": "select", "options": list(kind.values)}
        case inspect.TupleType():
            number = {"name": "number", "widget": "number", "value_type": "float"}
            return {"widget": "list", "field": number}
        case inspect.VarTupleType():
            return {"widget": "list"}
        case inspect.DictType():
            return {"widget": "keyvalue"}
        case inspect.BoolType():
            return {"widget": "boolean"}
    return {"widget": "text" if name in LONG else "string"}
