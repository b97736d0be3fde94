"""mksite.content.front_matter.document: front matter and body, and where something stands."""

from __future__ import annotations

from typing import Literal

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from mksite.content.front_matter import document, position
from mksite.content.problem import fault

LETTERS = "Съезд мигрантов обсудил вопросы жилья, труда и возвращения домой.\n"


@pytest.mark.parametrize(
    ("data", "front", "body", "front_line", "body_line"),
    [
        (b"---\na: b\n---\ntext\n", "a: b\n", "text\n", 2, 4),
        (b"---\n---\ntext", "", "text", 2, 3),
        (b"---\na: b\n---", "a: b\n", "", 2, 4),
        (b"\n\n---\na: b\n---\ntext", "a: b\n", "text", 4, 6),
        (b"---  \n\n\na: b\n---\t\n\n\ntext", "\n\na: b\n", "\n\ntext", 2, 6),
        (b"\xef\xbb\xbf---\r\na: b\r\n---\r\nt\r\nu\r\n", "a: b\n", "t\nu\n", 2, 4),
        (b"---\ra: b\r---\rt", "a: b\n", "t", 2, 4),
        (b"---\na: b\n---\nx\n---\ny\n", "a: b\n", "x\n---\ny\n", 2, 4),
        (b"---\na: |\n  ---\n---\ny\n", "a: |\n  ---\n", "y\n", 2, 5),
    ],
)
def test_read_splits(data: bytes, front: str, body: str, front_line: int, body_line: int) -> None:
    """Front matter and body are split at the first two fences; lines are those of the file."""
    read = document.read(data)
    assert (read.front, read.body) == (front, body)
    assert (read.front_line, read.body_line) == (front_line, body_line)


@given(
    st.lists(st.sampled_from(["", " ", "word", "# heading", "--", "----", "> q"]), max_size=8),
    st.lists(st.sampled_from(["", "a: 1", "# note"]), max_size=4, unique=True),
)
def test_lines_are_those_of_the_file(body_lines: list[str], front_lines: list[str]) -> None:
    """`front_line` and `body_line` lead back to the text, whatever empty lines stand around it."""
    text = "\n".join(["---", *front_lines, "---", *body_lines])
    read = document.read(text.encode())
    lines = text.split("\n")
    assert "\n".join(lines[read.body_line - 1 :]) == read.body
    assert "\n".join(lines[read.front_line - 1 :]).startswith(read.front)


@pytest.mark.parametrize(
    ("data", "code", "line", "column", "values"),
    [
        (b"", "empty-file", 1, 1, {}),
        (b" \r\n\t\n", "empty-file", 1, 1, {}),
        (b"\xef\xbb\xbf", "empty-file", 1, 1, {}),
        (b"text\n", "front-matter-missing", 1, 1, {}),
        (b"\n\n  ---\na: b\n---\n", "front-matter-missing", 3, 1, {}),
        (b"# x\n---\na: b\n---\n", "front-matter-missing", 1, 1, {}),
        (b"\n---\na: b\n\ntext\n", "front-matter-open", 2, 1, {}),
        (b"---\na: b\n ---\ntext\n", "front-matter-open", 1, 1, {}),
        (b"---\n- a\n---\n", "front-matter-shape", 2, 1, {}),
        (b"---\nword\n---\n", "front-matter-shape", 2, 1, {}),
        (b"---\na: b\x07\n---\n", "control-character", 2, 5, {"number": "U+0007"}),
        (b"---\na: b\n---\nab\x0cd", "control-character", 4, 3, {"number": "U+000C"}),
        (b'---\na: "b\\0"\n---\n', "control-character", 2, 4, {"number": "U+0000"}),
        ("---\na: б\x80\n---\n".encode(), "control-character", 2, 5, {"number": "U+0080"}),
        ("---\na: б\n---\n".encode("utf-16"), "encoding", 1, 1, {"encoding": "UTF-16"}),
        ("---\na: b\n---\n".encode("utf-16-le"), "encoding", 1, 1, {"encoding": "UTF-16"}),
        ("---\na: бв\n---\n".encode("utf-16-be"), "encoding", 1, 1, {"encoding": "UTF-16"}),
        (
            f"---\na: {LETTERS}---\n".encode("cp1251"),
            "encoding",
            2,
            4,
            {"encoding": "cp1251"},
        ),
        (f"---\na: {LETTERS}---\n".encode("koi8-r"), "encoding", 2, 4, {"encoding": "koi8-r"}),
        (f"---\na: {LETTERS}---\n".encode("cp866"), "encoding", 2, 4, {"encoding": "cp866"}),
        (
            b"---\na: b\n---\n" + b"x" * document.MAX_BYTES,
            "file-too-large",
            1,
            1,
            {"limit": "5000000", "size": "5000013"},
        ),
        (
            b"---\na: " + b"x" * document.MAX_FRONT_MATTER_CHARS + b"\n---\n",
            "front-matter-too-large",
            2,
            1,
            {},
        ),
    ],
)
def test_read_refuses(
    data: bytes, code: str, line: int, column: int, values: dict[str, str]
) -> None:
    """What cannot be read as a document is named with its place."""
    with pytest.raises(document.DocumentError) as caught:
        document.read(data)
    found = caught.value
    assert (found.code, found.line, found.column) == (code, line, column)
    assert dict(found.values) == values


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
@given(
    st.lists(
        st.sampled_from([*LETTERS.split(), "Кыргызстан", "соглашение", "БИШКЕК", "2013", "NGO"]),
        min_size=4,
    )
)
@example(["БИШКЕК"] * 5)
def test_guess_encoding_of_russian(encoding: str, words: list[str]) -> None:
    """A Russian sentence in an 8-bit encoding is named as in that encoding."""
    text = "Миграционная служба сообщила: " + " ".join(words)
    assert document.guess_encoding(text.encode(encoding)) == encoding


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: NO\nb: 2013-03-25\nc: 1_0\n", {"a": "NO", "b": "2013-03-25", "c": "1_0"}),
        ("a:\nb: ~\nc: null\nd: ''\n", {"a": None, "b": None, "c": None, "d": ""}),
        ("a: [x, 'null', ]\n", {"a": ["x", "null"]}),
        ("a: >-\n  x\n  y\n", {"a": "x y"}),
        ('a: "\\u04a3"\n', {"a": "ң"}),
        ("", None),
        ("# only a note\n", None),
    ],
)
def test_parse_yaml_keeps_text(text: str, tree: object) -> None:
    """Scalars stay the text that was typed; only a plain empty value is none."""
    assert document.parse_yaml(text) == tree


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "field"),
    [
        ("a: b: c\n", "yaml-colon", 1, 5, ""),
        ("a: 'b\n", "yaml-quote", 1, 4, ""),
        ("a: [b\nc: d\n", "yaml-bracket", 1, 4, ""),
        ("a: b\n\tc: d\n", "yaml-tab", 2, 1, ""),
        ("a:\n  b: c\n  \td: e\n", "yaml-tab", 3, 3, ""),
        ("a: b\nc: d\na: e\n", "duplicate-key", 3, 1, "a"),
        ("a:\n  - {b: 1, b: 2}\n", "duplicate-key", 2, 12, "a[0].b"),
        ("? [a]\n: b\n", "yaml-key", 1, 3, ""),
        ("a: &x b\nc: *x\n", "yaml-alias", 1, 4, "c"),
        ("a: &x [*x]\n", "yaml-alias", 1, 4, "a[0]"),
        ("a: *nobody\n", "yaml-syntax", 1, 4, ""),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", 2, 1, ""),
    ],
)
def test_parse_yaml_refuses(text: str, code: str, line: int, column: int, field: str) -> None:
    """YAML that cannot be taken is named with line, column and field."""
    with pytest.raises(document.DocumentError) as caught:
        document.parse_yaml(text)
    found = caught.value
    assert (found.code, found.line, found.column, found.field) == (code, line, column, field)


def test_alias_bomb_is_refused_before_it_grows() -> None:
    """The first repetition of an anchor ends the reading: nothing is multiplied."""
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 40)]
    with pytest.raises(document.DocumentError) as caught:
        document.parse_yaml("\n".join(["l0: &l0 ha", *levels]))
    assert caught.value.code == "yaml-alias"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[", "")],
    ids=["lists", "mappings", "dashes", "keys", "unclosed"],
)
@pytest.mark.parametrize("depth", [65, 1000, 60_000])
def test_deep_nesting_is_refused(opening: str, closing: str, depth: int) -> None:
    """Values nested beyond reason end in a sentence, not in the end of the process."""
    with pytest.raises(document.DocumentError) as caught:
        document.parse_yaml(f"{opening * depth}x{closing * depth}")
    assert caught.value.code == "yaml-syntax"


def test_nesting_up_to_the_limit_is_read() -> None:
    """As many levels as are allowed can be read, located and walked."""
    text = "[" * document.MAX_DEPTH + "x" + "]" * document.MAX_DEPTH
    assert document.parse_yaml(text) is not None
    path = (0,) * document.MAX_DEPTH
    [found] = position.place_in_front("x.yaml", text, 1, [fault("code", path)])
    assert (found.line, found.column) == (1, document.MAX_DEPTH + 1)


@given(st.text(max_size=60) | st.text("abк:-[]{}&*!|>'\"#%@, \n\t?", max_size=60))
def test_parse_yaml_always_answers(text: str) -> None:
    """Any text is a tree or one DocumentError within the text."""
    found: document.DocumentError | None = None
    try:
        document.parse_yaml(text)
    except document.DocumentError as error:
        found = error
    if found:
        assert 1 <= found.line <= len(text.splitlines()) + 1
        assert found.column >= 1


@given(st.binary(max_size=80) | st.binary(max_size=60).map(lambda b: b"---\n" + b + b"\n---\n"))
def test_read_always_answers(data: bytes) -> None:
    """Any bytes are a document or one DocumentError that makes a Problem."""
    try:
        assert isinstance(document.read(data).tree, dict)
    except document.DocumentError as error:
        found = error.problem("x.md")
        assert found.line >= 1
        assert found.column >= 1


FRONT = """\
title: Заголовок
event:
  start: 2013
  type:
tags: [a, b]
speakers:
  - name: А
    role: б
"""


@pytest.mark.parametrize(
    ("path", "at", "place"),
    [
        (("title",), "value", (1, 8)),
        (("title",), "key", (1, 1)),
        (("event", "start"), "value", (3, 10)),
        (("event", "start"), "key", (3, 3)),
        (("event", "type"), "value", (4, 3)),
        (("event", "end"), "value", (3, 3)),
        (("tags", 1), "value", (5, 11)),
        (("tags", 7), "value", (5, 7)),
        (("title", 0), "value", (1, 8)),
        (("speakers", 0, "role"), "value", (8, 11)),
        (("speakers", 0, "organization"), "value", (7, 5)),
        (("nothing",), "value", (1, 1)),
        ((), "value", (1, 1)),
    ],
)
def test_place_in_front(
    path: tuple[str | int, ...], at: Literal["key", "value"], place: tuple[int, int]
) -> None:
    """A field is found at its value or key; a missing one at what is nearest around it."""
    [found] = position.place_in_front("x.md", FRONT, 1, [fault("code", path, at=at)])
    assert (found.line, found.column) == place


def test_many_faults_of_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many faults a file has, its YAML is composed once."""
    composed = []
    compose = yaml.compose

    def counted(text: str, Loader: type[yaml.CBaseLoader]) -> object:  # noqa: N803  the library's
        composed.append(text)
        return compose(text, Loader)

    monkeypatch.setattr(yaml, "compose", counted)
    faults = [fault("code", ("tags", number)) for number in range(50)]
    assert len(position.place_in_front("x.md", FRONT, 1, faults)) == 50
    assert composed == [FRONT]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("[[", "МОМ"), (6, 5)),
        (("[[", "Центр поддержки"), (7, 1)),
        (("](", "файл.pdf"), (9, 3)),
        (("[[", "нигде"), (4, 1)),
        (("title",), (2, 8)),
    ],
)
def test_place(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    """A fault in front matter or body has its line and column in the file."""
    text = "---\ntitle: А\n---\n\n\nЕщё [[МОМ|офис]]\n[[Центр\n  поддержки]]\n[д](файл.pdf)\n"
    [found] = position.place("x.md", text.encode(), [fault("code", path)])
    assert (found.line, found.column) == place


@pytest.mark.parametrize(
    ("body", "field", "column"),
    [
        ("[[iom-kg]] и [[iom]]", ("[[", "iom"), 14),
        ("[[iom-kg|iom]] и [[ iom |МОМ]]", ("[[", "iom"), 18),
        ("![a](a.pdf) ![b](a%20b.pdf)", ("](", "a b.pdf"), 16),
        ("![a](<a b.pdf>)", ("](", "a b.pdf"), 4),
        ("[a](x/a.pdf) [b](./a.pdf)", ("](", "a.pdf"), 16),
        ("<img src='c.png' alt=''>", ("](", "c.png"), 6),
    ],
)
def test_places_in_a_body(body: str, field: tuple[str, str], column: int) -> None:
    """A fault of a link is placed at that link, and not at another that begins like it."""
    data = f"---\ntitle: А\n---\n\n{body}\n".encode()
    (problem,) = position.place("x.md", data, [fault("broken-link", field)])
    assert (problem.line, problem.column) == (5, column)


def test_columns_are_characters() -> None:
    """Before the first byte that is no UTF-8 columns are counted in characters."""
    with pytest.raises(document.DocumentError) as raised:
        document.decode("title: Иссык-".encode() + b"\xea\xfb")
    assert (raised.value.line, raised.value.column) == (1, 14)
