"""A template that reaches behind its values is refused, when it is compiled or when it is read."""

from __future__ import annotations

import pytest
from jinja2 import TemplateError

from mksite.render.sandbox import Sandbox


def made() -> Sandbox:
    """An environment as the renderer's, without files."""
    return Sandbox(autoescape=True)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''['__cl' ~ 'ass__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ [view]|map(attribute='__class__')|list }}",
        "{{ [view]|map(attribute='a.__class__')|list }}",
        "{{ [view]|map('attr', '__class__')|list }}",
        "{{ [view]|groupby('__class__') }}",
        "{{ '{0.__class__}'.format(view) }}",
        "{{ '{a.__class__}'['format_map'](view) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{% set x = lipsum.__globals__ %}{{ x }}",
        "{{ view.keys.__self__ }}",
        "{% for x in range(10 ** 9) %}{% endfor %}",
    ],
)
def test_nothing_leads_out(template: str) -> None:
    """Written out, computed, by a filter or by a format: it is refused."""
    with pytest.raises((TemplateError, OverflowError)):
        made().from_string(template).render(view={"a": 1})


def test_values_are_read_as_ever() -> None:
    """Keys, attributes, methods and filters of what a template is given."""
    template = "{{ view.a }}{{ view['b'] }}{{ view.items()|list|length }}{{ 'x'.upper() }}"
    assert made().from_string(template).render(view={"a": 1, "b": "<"}) == "1&lt;2X"
