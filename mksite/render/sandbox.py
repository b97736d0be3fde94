"""Templates reach what they are given, and nothing behind it: no module, no file, no process.

Jinja's own sandbox looks at each attribute as it is read, which makes a page a third dearer. The
names that a template writes are known when it is compiled, so they are looked at there, once; only
those that it computes are looked at as they are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateRuntimeError, TemplateSyntaxError, nodes, sandbox

if TYPE_CHECKING:
    from jinja2.nodes import Template

# What leads from a value to the program that made it; `format` reads attributes that a text names.
_BEHIND = (
    frozenset({"format", "format_map", "mro"})
    | sandbox.UNSAFE_FUNCTION_ATTRIBUTES
    | sandbox.UNSAFE_METHOD_ATTRIBUTES
    | sandbox.UNSAFE_GENERATOR_ATTRIBUTES
    | sandbox.UNSAFE_COROUTINE_ATTRIBUTES
    | sandbox.UNSAFE_ASYNC_GENERATOR_ATTRIBUTES
)


class Sandbox(Environment):
    """An environment whose templates are refused an attribute that leads out of the values."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        del self.filters["attr"]  # reads attributes past the look at them
        self.globals["range"] = sandbox.safe_range

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        """The tree of a template. Raises TemplateSyntaxError where it names such an attribute."""
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Getattr):
            if leads_out(node.attr):
                raise TemplateSyntaxError(_refusal(node.attr), node.lineno, name, filename)
        return tree

    def getitem(self, obj: object, argument: object) -> object:
        """What `obj[argument]` and the filters' `attribute=` give."""
        if isinstance(argument, str) and leads_out(argument):
            raise TemplateRuntimeError(_refusal(argument))
        return super().getitem(obj, argument)


def leads_out(name: str) -> bool:
    """Whether an attribute of this name is none of a template's business."""
    return name.startswith("_") or name in _BEHIND


def _refusal(name: str) -> str:
    return f"a template may not read {name!r}"
