"""mksite.attachment.svg: a drawing that draws, and neither runs, loads nor tells."""

from __future__ import annotations

import base64
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.attachment import svg
from mksite.attachment.picture import Unclean
from tests.specimens import AUTHOR, leaks, photo

SVG = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def cleaned(inner: str, *, head: str = SVG) -> str:
    """The drawing around these elements, cleaned; without its outermost tags."""
    made = svg.clean(f"<svg {head} {XLINK}>{inner}</svg>".encode()).decode()
    made = made.replace(f"<svg {SVG} />", "")
    return made.removeprefix('<svg xmlns="http://www.w3.org/2000/svg">').removesuffix("</svg>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<path d="M0 0h9"/>', '<path d="M0 0h9" />'),
        ("<script>alert(1)</script>", ""),
        ('<g onclick="alert(1)" id="a"/>', '<g id="a" />'),
        ('<g onLoad="alert(1)"/>', "<g />"),
        ("<foreignObject><p>x</p></foreignObject>", ""),
        ('<image href="https://elsewhere.example/a.png"/>', "<image />"),
        ('<use href="#a"/>', '<use href="#a" />'),
        ('<use xlink:href="https://elsewhere.example/#a"/>', "<use />"),
        ('<a href="javascript:alert(1)"><path/></a>', "<a><path /></a>"),
        ('<a href="https://iom.int/"><path/></a>', '<a href="https://iom.int/"><path /></a>'),
        ('<a href="data:text/html,x"/>', "<a />"),
        ("<style>@import 'https://x.example';a{fill:red}</style>", "<style> a{fill:red}</style>"),
        (
            "<style>@imp@import;ort 'https://x.example'</style>",
            "<style>@imp ort 'https://x.example'</style>",
        ),
        ('<style>a{fill:image-set("https://x.example" 1x)}</style>', "<style />"),
        ("<g fill=\"url( '#a' )\"/>", "<g fill=\"url( '#a' )\" />"),
        ('<g style="fill:url(https://x.example/a"/>', '<g style="fill:none" />'),
        ('<a href="java&#9;script:alert(1)"/>', "<a />"),
        ('<a href="&#10;java&#10;script:alert(1)"/>', "<a />"),
        ('<g fill="url(#a)"/>', '<g fill="url(#a)" />'),
        ('<g style="fill:url(https://x.example/#a)"/>', '<g style="fill:none" />'),
        ('<animate attributeName="href" to="javascript:x"/>', ""),
        ("<text>до<script/> и после</text>", "<text>до и после</text>"),
        (f"<!-- {AUTHOR} --><g/>", "<g />"),
        (f'<g xmlns:i="urn:inkscape" i:path="/home/{AUTHOR}/"/>', "<g />"),
        (f'<i:view xmlns:i="urn:inkscape">{AUTHOR}</i:view>', ""),
        (f"<metadata>{AUTHOR}</metadata>", ""),
        (f'<g data-name="{AUTHOR}"/>', "<g />"),
    ],
)
def test_elements(before: str, after: str) -> None:
    """What draws is kept; what runs, loads from elsewhere or tells who drew it is gone."""
    assert cleaned(before) == after


def test_without_namespace() -> None:
    """A drawing without the namespace of SVG gets it, so that browsers draw it."""
    assert svg.clean(b"<svg><g/></svg>") == b'<svg xmlns="http://www.w3.org/2000/svg"><g /></svg>'


def test_picture_within() -> None:
    """A photograph within a drawing loses its metadata and stays."""
    data = base64.b64encode(photo(40, 30)).decode()
    element = ET.fromstring(cleaned(f'<image href="data:image/jpeg;base64,{data}"/>'))  # noqa: S314
    made = base64.b64decode(element.get("href", "").partition(",")[2])
    assert made.startswith(b"\xff\xd8")
    assert leaks(made) == set()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html/>",
        b"<svg>",
        b"\x89PNG",
        b'<svg xmlns="urn:other"/>',
        f'<svg {SVG}><image href="data:image/png;base64,AAAA"/></svg>'.encode(),
        f'<svg {SVG}><image href="data:image/jpeg;base64,/9j/"/></svg>'.encode(),
        b'<!DOCTYPE svg [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><svg>&c;</svg>',
    ],
)
def test_refused(data: bytes) -> None:
    """What is no drawing, or holds a damaged picture, is refused."""
    with pytest.raises(Unclean) as caught:
        svg.clean(data)
    assert caught.value.code == "picture-unreadable"


def test_entities_do_not_multiply() -> None:
    """A drawing whose entities stand for gigabytes is refused."""
    lines = '<!ENTITY a0 "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    with pytest.raises(Unclean):
        svg.clean(f"<!DOCTYPE svg [{lines}]><svg {SVG}><text>&a11;</text></svg>".encode())


def test_deep() -> None:
    """A drawing of very many groups within groups is cleaned or refused, without an error."""
    depth = 20_000
    try:
        made = svg.clean(b"<svg>" + b"<g>" * depth + b"</g>" * depth + b"</svg>")
    except Unclean:
        return
    assert made.count(b"<g") == depth


@given(st.binary(max_size=120) | st.binary(max_size=80).map(lambda b: b"<svg>" + b + b"</svg>"))
def test_garbage(data: bytes) -> None:
    """Whatever the bytes are, what is published is a drawing, or nothing is."""
    try:
        made = svg.clean(data)
    except Unclean:
        return
    assert ET.fromstring(made).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314  our own


def test_a_large_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing larger than anybody draws is refused before it is read."""
    monkeypatch.setattr(svg, "MAX_BYTES", 20)
    with pytest.raises(Unclean) as raised:
        svg.clean(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert raised.value.code == "drawing-too-large"
