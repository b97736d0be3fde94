"""record.parsing: a Source's bytes to a Record; what is wrong never reaches the stages after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.content.model import Organization, Release, Translation
from mksite.content.problem import has_errors
from mksite.date import edtf
from mksite.record import parsing
from mksite.record.markdown import convert
from mksite.record.record import Heading, Record
from tests.site_builder import places, record_of, site_of, source_of

RELEASE = "content/releases/meeting.md"
SITE = site_of()

PATH = "content/releases/2013/meeting.md"


def release_of(record: Record) -> Release:
    """The typed front matter of a release."""
    assert isinstance(record.meta, Release)
    return record.meta


def test_record() -> None:
    """Front matter becomes typed values, the body headings, links and a digest."""
    found = record_of(
        RELEASE,
        "---\ntitle: Встреча\ndate: 2013-03-25\ntags: [a]\n---\n## Итоги\n\n[[iom]] [б](b.pdf)\n",
    )
    assert release_of(found) == Release(title="Встреча", date="2013-03-25", tags=("a",))
    assert (found.kind, found.id, found.lang, found.problems) == ("release", "meeting", "", ())
    assert found.headings == (Heading(2, "s-itogi", "Итоги"),)
    assert (found.mentions, found.files) == (("iom",), ("b.pdf",))
    assert found.body_digest


def test_without_a_body() -> None:
    """A release may have no text."""
    assert record_of(RELEASE, "---\ntitle: А\n---\n").body_digest == ""


def test_kinds() -> None:
    """The folder says what a file is; a language makes it a translation."""
    text = "---\nname: МОМ\n---\n"
    assert isinstance(record_of("content/organizations/iom.md", text).meta, Organization)
    translated = record_of("content/releases/a.en.md", "---\ntitle: A\n---\n")
    assert translated.meta == Translation(title="A")


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        ("---\ntitle: А\nsummary: Б\ndate: 2014\ntags: [в]\n---\nТекст\n", True),
        ("---\ntitle: А\nsummary: Б\n---\n\nТекст\n\n", True),
        ("---\ntitle: А!\nsummary: Б\n---\nТекст\n", False),
        ("---\ntitle: А\nsummary: Б!\n---\nТекст\n", False),
        ("---\ntitle: А\nsummary: Б\n---\nТекст!\n", False),
    ],
)
def test_original_digest(changed: str, *, is_same: bool) -> None:
    """What a translator translates is title, summary and body; the rest changes nothing."""
    first = record_of(RELEASE, "---\ntitle: А\nsummary: Б\ndate: 2013\n---\nТекст\n")
    assert (record_of(RELEASE, changed).original_digest == first.original_digest) is is_same


def test_what_is_wrong_is_left_out() -> None:
    """A value that is wrong is told and gone; the others stay."""
    found = record_of(
        RELEASE,
        "---\ntitle: А\ndate: вчера\nvenue: bishkek\nevent: {start: 2013-02-30, type: seminar}\n"
        "source: {url: нет, title: Б}\n---\n",
    )
    assert [problem.field for problem in found.problems] == ["date", "event.start", "source.url"]
    release = release_of(found)
    assert (release.date, release.venue) == (None, "bishkek")
    assert release.event
    assert (release.event.start, release.event.type) == (None, "seminar")


def test_a_warning_leaves_the_value() -> None:
    """What is only doubtful stays as it was written."""
    found = record_of(RELEASE, "---\ntitle: А\ntags: [a, a]\n---\n")
    assert [problem.code for problem in found.problems] == ["duplicate-value"]
    assert release_of(found).tags == ("a", "a")


VALUES = st.sampled_from(
    [
        "",
        "А",
        "2013",
        "2013-02-30",
        "[a, b]",
        "{ru: а}",
        "[]",
        "{}",
        '""',
        "нет",
        "[{name: а}]",
        "true",
    ]
)
LINES = st.lists(st.tuples(st.sampled_from(Release.__struct_fields__), VALUES), max_size=6)


@given(LINES)
def test_nothing_wrong_is_handed_on(lines: list[tuple[str, str]]) -> None:
    """Whatever the front matter says, there is a Record, and the dates in it are dates."""
    text = "\n".join(["---", *(f"{key}: {value}" for key, value in dict(lines).items()), "---", ""])
    found, _ = parsing.parse(source_of(RELEASE, text), text.encode(), SITE)
    release = release_of(found)
    assert release.title.strip() or not has_errors(found.problems)
    start = release.event.start if release.event else None
    for when in (release.date, start, *(c.date for c in release.corrections)):
        if when:
            edtf.parse(when)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Whatever the bytes are, there is a Record, with a problem or without, and no failure."""
    found, body = parsing.parse(source_of(RELEASE, data), data, SITE)
    assert found.meta is not None or has_errors(found.problems)
    assert bool(found.body_digest) == bool(body.html)


@given(st.text(alphabet="---\n :[]{}&*!|>'\"#%@`абtitle0123456789\t", max_size=120))
def test_any_text(text: str) -> None:
    """So it is with what looks like YAML."""
    data = f"---\n{text}\n---\n".encode()
    found, _ = parsing.parse(source_of(RELEASE, data), data, SITE)
    assert found.meta is not None or has_errors(found.problems)
    for problem in found.problems:
        assert 1 <= problem.line <= data.count(b"\n") + 1
        assert problem.column >= 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- " * 500 + "а", "body-too-deep"),
        ("> " * 3000 + "а", "body-too-deep"),
        ("<b>" * 5000, "body-too-deep"),
        ("*а* " * 100_000, "body-too-large"),
    ],
)
def test_a_body_that_nobody_types(text: str, code: str) -> None:
    """It is refused, and harms no other text."""
    record = record_of(PATH, f"---\ntitle: А\n---\n{text}\n")
    assert places(record.problems) == [(PATH, 4, 1, code)]
    assert record.meta is None


@pytest.mark.parametrize(
    "address",
    [
        "/\\\\host/p.png",
        "\\\\\\\\host/p.png",
        "/&#9;/host/p.png",
        "&#10;//host/p.png",
        "&#x1;https://host/p.png",
        "ht&#9;tps://host/p.png",
        "https:\\\\\\\\host/p.png",
        "https:host/p.png",
        "//host/p.png",
        "file:///p.png",
    ],
)
@pytest.mark.parametrize("form", ["![a]({})", '<img src="{}" alt="a">', "![a](<{}>)"])
def test_pictures_from_elsewhere(address: str, form: str) -> None:
    """However it is written, a picture that a browser would load from elsewhere is none of ours."""
    html = form.format(address)
    if form.startswith("<img"):
        html = html.replace("\\\\", "\\")
    record = record_of(PATH, f"---\ntitle: А\n---\nТекст {html}\n")
    rendered = convert.render(f"Текст {html}\n", "ru").html
    # A name beside the text that no file has is told later; `%5C` is no slash to a browser.
    is_local = any(f'src="{start}' in rendered for start in (convert.ATTACHMENT, "/%"))
    assert is_local or [p.code for p in record.problems] in (["remote-picture"], ["html-picture"])
