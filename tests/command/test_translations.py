"""record.translation: what is behind its original is told, and marked without another change."""

from __future__ import annotations

import json
import re
import stat
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from mksite.command.cli import cli
from mksite.content.front_matter import document
from mksite.record import translation
from tests.site_builder import record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mksite.record.record import Record
    from tests.site_builder import SmallSite

    Make = Callable[[Mapping[str, str | bytes]], SmallSite]

LANGUAGES = ("ru", "ky", "en")
TABLE = "content/releases/2013/table"
DIGEST = "0123456789abcdef"


def original(title: str = "Круглый стол", body: str = "Текст.", more: str = "") -> str:
    """A release in the default language."""
    return f"---\ntitle: {title}\ndate: 2013-03-25\n{more}---\n{body}\n"


def translated(mark: str = "", body: str = "Text.") -> str:
    """A release's translation with its mark."""
    return f"---\ntitle: Round table\n{f'original: {mark}' if mark else ''}\n---\n{body}\n"


def digest_of(text: str) -> str:
    """The digest of an original."""
    return record_of(f"{TABLE}.md", text).original_digest


def records(files: Mapping[str, str]) -> list[Record]:
    """The Records of files under content/."""
    return [record_of(path, text) for path, text in files.items()]


def told(files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Language, state and path of all that is behind."""
    return [(x.lang, x.state, x.path) for x in translation.lags(records(files), LANGUAGES)]


def run(site: SmallSite, *arguments: str, code: int = 0) -> Result:
    """`mksite translations` as a person would run it, in English."""
    given = ["translations", "--site", str(site.root), "--lang", "en", *arguments]
    result = CliRunner().invoke(cli, given)
    assert result.exit_code == code, result.output
    return result


# ---- which are behind


def test_states() -> None:
    """A translation is outdated, unmarked, missing or up to date by its own mark."""
    text = original()
    assert told({f"{TABLE}.md": text}) == [
        ("ky", "missing", f"{TABLE}.ky.md"),
        ("en", "missing", f"{TABLE}.en.md"),
    ]
    assert told(
        {
            f"{TABLE}.md": text,
            f"{TABLE}.ky.md": translated(),
            f"{TABLE}.en.md": translated(DIGEST),
        }
    ) == [("ky", "unmarked", f"{TABLE}.ky.md"), ("en", "outdated", f"{TABLE}.en.md")]
    marked = translated(digest_of(text))
    assert told({f"{TABLE}.md": text, f"{TABLE}.ky.md": marked, f"{TABLE}.en.md": marked}) == []


@pytest.mark.parametrize(
    ("changed", "outdated"),
    [
        (original(title="Другой стол"), True),
        (original(body="Другой текст."), True),
        (original(more="summary: Кратко\n"), True),
        (original(more="tags: []\n"), False),
        (original(more="date_note: Оговорка\n"), False),
        (original(body="\n\nТекст.\n\n"), False),
    ],
)
def test_what_counts(changed: str, *, outdated: bool) -> None:
    """Only title, summary and text are translated: other fields make no translation outdated."""
    files = {f"{TABLE}.md": changed, f"{TABLE}.en.md": translated(digest_of(original()))}
    assert (("en", "outdated", f"{TABLE}.en.md") in told(files)) is outdated
    assert translation.outdated_count(records(files)) == outdated


def test_entities() -> None:
    """An entity's text is translated; one without a text has nothing to be translated."""
    iom = "content/organizations/iom"
    assert told({f"{iom}.md": "---\nname: МОМ\n---\n"}) == []
    assert told({f"{iom}.md": "---\nname: МОМ\n---\nТекст.\n"}) == [
        ("ky", "missing", f"{iom}.ky.md"),
        ("en", "missing", f"{iom}.en.md"),
    ]
    own = f"---\noriginal: {DIGEST}\n---\nText.\n"
    files = {f"{iom}.md": "---\nname: МОМ\n---\nТекст.\n", f"{iom}.en.md": own}
    assert ("en", "outdated", f"{iom}.en.md") in told(files)


def test_unreadable() -> None:
    """A source that cannot be read is left to `check`."""
    assert told({f"{TABLE}.md": "no front matter"}) == []
    assert told({f"{TABLE}.en.md": translated(DIGEST)}) == []


# ---- the mark in the file


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: A\n---\nB\n", "---\ntitle: A\noriginal: {}\n---\nB\n"),
        ("---\n---\nB\n", "---\noriginal: {}\n---\nB\n"),
        ("---\noriginal: old\ntitle: A\n---\nB", "---\noriginal: {}\ntitle: A\n---\nB"),
        ("---\noriginal: 'old' # why\n---\n", "---\noriginal: {} # why\n---\n"),
        ('---\noriginal:   "old"\n---\n', "---\noriginal:   {}\n---\n"),
        ("---\noriginal:\ntitle: A\n---\n", "---\noriginal: {}\ntitle: A\n---\n"),
        ("---\noriginal: # none\n---\n", "---\noriginal: {} # none\n---\n"),
        (
            "---\n# note\ntitle: A  # b\n---  \nB",
            "---\n# note\ntitle: A  # b\noriginal: {}\n---  \nB",
        ),
        (
            "---\r\ntitle: A\r\n---\r\nB\r\nC\n",
            "---\r\ntitle: A\r\noriginal: {}\r\n---\r\nB\r\nC\n",
        ),
        ("\ufeff---\ntitle: Я\n---\nБ\n", "\ufeff---\ntitle: Я\noriginal: {}\n---\nБ\n"),
        ("\n\n---\ntitle: A\n---\n", "\n\n---\ntitle: A\noriginal: {}\n---\n"),
        (
            "---\nsummary: >-\n  A\n  original: B\n---\noriginal: C\n",
            "---\nsummary: >-\n  A\n  original: B\noriginal: {}\n---\noriginal: C\n",
        ),
        ("---\ntitle: A\n---\n---\nB\n", "---\ntitle: A\noriginal: {}\n---\n---\nB\n"),
    ],
)
def test_marked(before: str, after: str) -> None:
    """The mark is written where it belongs; comments, order, line ends and BOM stay."""
    expected = after.format(DIGEST).encode()
    assert translation.marked(before.encode(), DIGEST) == expected
    assert translation.marked(expected, DIGEST) == expected


@pytest.mark.parametrize("digest", ["1234567890123456", "12345678901234e5"])
def test_marked_like_a_number(digest: str) -> None:
    """A digest that YAML could take for a number is put in quotation marks."""
    made = translation.marked(b"---\ntitle: A\n---\n", digest)
    assert made == f'---\ntitle: A\noriginal: "{digest}"\n---\n'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no front matter",
        b"---\ntitle: A\n",
        b"---\n{title: A}\n---\n",
        b"---\noriginal: >-\n  old\n---\n",
        b"---\n  title: A\n---\n",
        b"---\ntitle: 'A\n---\n",
        b"\xff\xfe---",
    ],
)
def test_cannot_be_marked(data: bytes) -> None:
    """Where the mark cannot be written without another change, none is."""
    assert translation.marked(data, DIGEST) is None


LINES = st.lists(
    st.sampled_from(
        [
            "---",
            "title: A",
            "original: x",
            "original:",
            "summary: >-",
            "  text",
            "# note",
            "",
            "'q': [1,",
            "2]",
            "ключ: 'значение'",
            "--- ",
        ]
    ),
    max_size=9,
)


@settings(max_examples=300)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_marking_changes_nothing_else(lines: list[str], end: str, bom: bool) -> None:  # noqa: FBT001
    """Whatever a file is, marking leaves it alone or adds the mark and nothing else."""
    data = (("\ufeff" if bom else "") + end.join(["---", *lines, "---", "body"])).encode()
    made = translation.marked(data, DIGEST)
    if made is None:
        return
    before, after = document.read(data), document.read(made)
    assert after.body == before.body
    assert after.tree == {**before.tree, "original": DIGEST}
    added = len(made) - len(data)
    assert added <= len(f"original: {DIGEST}") + 2
    assert translation.marked(made, DIGEST) == made


@given(st.binary(max_size=100))
def test_garbage(data: bytes) -> None:
    """Bytes that are no document are left alone."""
    made = translation.marked(data, DIGEST)
    assert made is None or DIGEST.encode() in made


# ---- the command


def site_of(make_site: Make) -> SmallSite:
    """A site with one translation up to date, one unmarked, one outdated, and missing ones."""
    text = original()
    return make_site(
        {
            f"{TABLE}.md": text,
            f"{TABLE}.ky.md": translated(digest_of(text)),
            f"{TABLE}.en.md": translated(),
            "content/pages/about.md": "---\ntitle: Об архиве\n---\nТекст.\n",
            "content/pages/about.en.md": translated(DIGEST),
        }
    )


def test_report(make_site: Make) -> None:
    """The report counts by language, names each file, changes none, and is no failure."""
    site = site_of(make_site)
    before = (site.root / f"{TABLE}.en.md").read_bytes()
    for _ in range(2):
        lines = run(site).stdout.splitlines()
        assert [re.findall(r"\d+", line) for line in lines if not line.startswith("  ")] == [
            ["0", "0", "1"],
            ["1", "1", "0"],
        ]
        assert [line.split()[-1] for line in lines if line.startswith("  ")] == [
            "content/pages/about.ky.md",
            "content/pages/about.en.md",
            f"{TABLE}.en.md",
        ]
        assert (site.root / f"{TABLE}.en.md").read_bytes() == before
        site.build()  # the second report is made from the cache


@pytest.mark.parametrize("lang", LANGUAGES)
def test_report_is_in_the_persons_language(make_site: Make, lang: str) -> None:
    """The report is worded in the language that is asked for."""
    site = site_of(make_site)
    said = CliRunner().invoke(cli, ["translations", "--site", str(site.root), "--lang", lang])
    word = {"ru": "устарел: ", "ky": "эскирген: ", "en": "outdated: "}[lang]
    assert f"  {word}content/pages/about.en.md" in said.stdout


def test_update_unmarked(make_site: Make) -> None:
    """Without paths only translations that have no mark get one; outdated ones stay outdated."""
    site = site_of(make_site)
    (site.root / f"{TABLE}.en.md").chmod(0o640)
    assert run(site, "--update").stdout.splitlines() == [f"{TABLE}.en.md"]
    assert digest_of(original()) in (site.root / f"{TABLE}.en.md").read_text("utf-8")
    assert stat.S_IMODE((site.root / f"{TABLE}.en.md").stat().st_mode) == 0o640
    assert DIGEST in (site.root / "content/pages/about.en.md").read_text("utf-8")
    assert run(site, "--update").stdout == ""


@pytest.mark.parametrize("absolute", [False, True])
def test_update_named(make_site: Make, *, absolute: bool) -> None:
    """A named file or folder is marked, outdated or not."""
    site = site_of(make_site)
    path = "content/pages"
    run(site, "--update", str(site.root / path) if absolute else path)
    assert DIGEST not in (site.root / "content/pages/about.en.md").read_text("utf-8")
    assert "original" not in (site.root / f"{TABLE}.en.md").read_text("utf-8")


@pytest.mark.parametrize("path", [f"{TABLE}.md", "content/none", "/etc"])
def test_update_of_nothing(make_site: Make, path: str) -> None:
    """A path without a translation is wrong usage, and nothing is written."""
    site = site_of(make_site)
    run(site, "--update", path, code=2)
    assert "original" not in (site.root / f"{TABLE}.en.md").read_text("utf-8")


def test_update_that_cannot_be(make_site: Make) -> None:
    """A file that cannot be marked is named and left as it is; the others are marked."""
    site = site_of(make_site)
    odd = "---\n{title: Round table}\n---\nText.\n"
    site.write({f"{TABLE}.ky.md": odd})
    said = run(site, "--update", code=1)
    assert f"{TABLE}.ky.md" in said.stderr
    assert (site.root / f"{TABLE}.ky.md").read_text("utf-8") == odd
    assert "original" in (site.root / f"{TABLE}.en.md").read_text("utf-8")


def test_build_tells(make_site: Make) -> None:
    """A build counts outdated translations, each time, and is no less good for them."""
    site = site_of(make_site)
    for _ in range(2):
        result = site.build(strict=True).result
        assert (result.published, result.outdated, result.problems) == (True, 1, ())


def test_page_tells(make_site: Make) -> None:
    """An edit of the original marks its translation's page, and marking takes that back; no
    other page is made anew but those that show the text.
    """
    site = site_of(make_site)
    notice = "{% if view.outdated %}OUTDATED{% endif %}"
    bare = site.root / "templates/release.html"
    bare.write_text(bare.read_text("utf-8").replace("<article>", f"{notice}<article>"), "utf-8")
    english, kyrgyz = "en/releases/table/index.html", "ky/releases/table/index.html"
    run(site, "--update")
    built = site.build()
    assert b"OUTDATED" not in built.public[english] + built.public[kyrgyz]
    site.write({f"{TABLE}.md": original(body="Исправлено.")})
    built = site.build()
    assert b"OUTDATED" in built.public[english]
    assert b"OUTDATED" in built.public[kyrgyz]
    pages = {path for path in built.result.rendered if path.endswith("table/index.html")}
    assert pages == {"releases/table/index.html", english, kyrgyz}
    run(site, "--update", f"{TABLE}.en.md")
    built = site.build()
    assert [path for path in built.result.rendered if path.endswith(".html")] == [english]
    assert b"OUTDATED" not in built.public[english]
    assert b"OUTDATED" in built.public[kyrgyz]


def test_entity_page_tells(make_site: Make) -> None:
    """The text of an organization is marked on its page in that language alone."""
    iom = "content/organizations/iom"
    site = make_site(
        {
            f"{iom}.md": "---\nname: МОМ\n---\nТекст.\n",
            f"{iom}.en.md": f"---\noriginal: {DIGEST}\n---\nText.\n",
        }
    )
    bare = site.root / "templates/organization.html"
    notice = "{% if view.body and view.body.outdated %}OUTDATED{% endif %}{% endblock %}"
    text = bare.read_text("utf-8")
    bare.write_text(notice.join(text.rsplit("{% endblock %}", 1)), "utf-8")
    public = site.build().public
    assert b"OUTDATED" in public["en/organizations/iom/index.html"]
    assert b"OUTDATED" not in public["organizations/iom/index.html"]
    assert b"OUTDATED" not in public["ky/organizations/iom/index.html"]


def test_stats_are_json(make_site: Make) -> None:
    """A build with outdated translations ends well and says how to list them."""
    site = site_of(make_site)
    figures = site.root / "figures.json"
    given = ["build", "--site", str(site.root), "--lang", "en", "--stats", str(figures)]
    result = CliRunner().invoke(cli, given)
    assert result.exit_code == 0, result.output
    assert "mksite translations" in result.stderr
    assert json.loads(figures.read_text("utf-8"))["rendered"] > 0
