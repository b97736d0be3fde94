"""Whatever is typed becomes a Record and Problems with sentences: nothing is raised.

`MKSITE_FUZZ=10000` tries as many of each with `--hypothesis-profile=explore`.
"""

from __future__ import annotations

import os
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mksite.build.capabilities import pages
from mksite.command import message
from mksite.content.model import KIND_SPECS, Translation
from mksite.view.page import view_of
from tests.site_builder import catalogue_of

EXAMPLES = int(os.environ.get("MKSITE_FUZZ", "200"))

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
WORDS = st.sampled_from(
    [
        *("", "~", "null", "NO", "0", "-1", "1e999", "nan", "2013", "2013-02-30", "[2016,2017]"),
        *("2013?", "XXXX-03-06", "2013-03-25T99:99", "9999-12-31", "0000", "ru", "zz", "/", "//"),
        *("/a/", "../a", "https://a.kg", "http://[", "javascript:a", "a@b", "a", "b", "a.jpg"),
        *("[[a]]", "<b>", "&amp;", "«а»", '"', "'", "\u200b", "\ufdfa", "İ", "ß", "👩\u200d👧"),
    ]
)
SCALARS = st.one_of(WORDS, TEXTS)
KEYS = sorted(
    {field for spec in KIND_SPECS.values() for field in spec.struct.__struct_fields__}
    | set(Translation.__struct_fields__)
    | {"name", "role", "until", "file", "alt", "start", "end", "text", "reason", "ru", "en"}
)
TREES = st.recursive(
    st.one_of(st.none(), SCALARS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), TEXTS), inner, max_size=4),
    ),
    max_leaves=12,
)
FRONTS = st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8)
MARKS = st.sampled_from(
    [
        *("\n", "\n\n", "    ", "\t", "# ", "## ", "> ", "- ", "1. ", "2013. ", "* ", "• ", "– "),
        *("|", "|-|\n", "---\n", "===\n", "```\n", "~~~ a\n", "`", "**", "*", "_", "~~", "\\"),
        *("[", "](", ")", "[[", "]]", "[[a|", "![", "[^1]", "[^1]: ", "[a]: b\n", "<", ">", "</"),
        *("<!--", "-->", "<![CDATA[", "]]>", "<?", "<a href='", "<svg>", "<script>", "<table>"),
        *("&", "&#0;", "&#x110000;", "http://", "www.a.b", "a@b.c", ":", "\u00a0", "\u00ad"),
        *("\u0301", "\ue000", "\ue0001\ue001", "\u2028", '"', "'", "«", "»", "№ 5", "5 % ", "%"),
    ]
)
BODIES = st.lists(st.one_of(MARKS, MARKS, TEXTS), max_size=40).map("".join)
PATHS = st.sampled_from([f"content/{spec.folder}/a.md" for spec in KIND_SPECS.values()])
LANGS = st.sampled_from(["", "", ".ky", ".en"])


def told(files: dict[str, str | bytes]) -> None:
    """Every View is made, and each Problem has a sentence."""
    made, problems = catalogue_of(files)
    assert all(view_of(page) is not None for page in pages(made, ()))
    for problem in problems:
        assert problem.line > 0
        for lang in message.LANGUAGES:
            assert message.line(problem, lang).startswith(f"{problem.path}:{problem.line}:")


@given(PATHS, LANGS, FRONTS, BODIES)
@settings(max_examples=EXAMPLES)
def test_any_front_matter(path: str, lang: str, front: dict[str, Any], body: str) -> None:
    """Fields of any kind with any values, beside a good page."""
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
    files: dict[str, str | bytes] = {"content/releases/b.md": "---\ntitle: Б\n---\n"}
    if lang:
        files[path] = "---\ntitle: А\nname: А\n---\n"
    files[path.replace(".md", f"{lang}.md")] = f"---\n{written}---\n{body}".encode()
    told(files)


@given(st.lists(st.one_of(MARKS, SCALARS, st.sampled_from(KEYS).map("{}: ".format))), BODIES)
@settings(max_examples=EXAMPLES)
def test_any_text_between_fences(pieces: list[str], body: str) -> None:
    """Front matter that need not be YAML."""
    told({"content/releases/a.md": f"---\ntitle: А\n{''.join(pieces)}\n---\n{body}".encode()})


@given(BODIES)
@settings(max_examples=EXAMPLES)
def test_any_body(body: str) -> None:
    """A body of anything, in a page that is good otherwise."""
    told({"content/releases/a.md": f"---\ntitle: А\ndate: 2013\n---\n{body}".encode()})


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=EXAMPLES)
def test_any_bytes(data: bytes, fenced: bool) -> None:  # noqa: FBT001  hypothesis gives it
    """A file of any bytes."""
    told({"content/releases/a.md": b"---\ntitle: " + data + b"\n---\n" if fenced else data})
