"""What one edit renders again: exactly the pages that show what was edited.

The sets are derived from the rendered sites, before and after, and know nothing of Views.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pytest

from mksite.artifact import manifest
from mksite.artifact.output import MARK
from tests import small_archive

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import SmallSite

LANGUAGES = {"": "", "ky": "ky/", "en": "en/"}
ANCHOR = "content/releases/2012/anchor{}.md"
PAGE = "releases/anchor/index.html"
TITLES = {"": "Якорь", "ky": "Казык", "en": "Anchor"}


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small archive without features, built: its templates show all that Views hold."""
    made = small_archive.make_real(tmp_path / "bare")
    assert made.build().result.published
    return made


@pytest.fixture
def full(tmp_path: Path) -> SmallSite:
    """The small archive with all features, built."""
    made = small_archive.make_real(tmp_path / "full", features=True)
    assert made.build().result.published
    return made


def replace(site: SmallSite, path: str, old: str, new: str) -> None:
    """A file of the site says something else."""
    text = (site.root / path).read_text(encoding="utf-8")
    assert old in text
    site.write({path: text.replace(old, new)})


def showing(public: dict[str, bytes], text: str) -> set[str]:
    """The pages whose HTML contains a text, its spaces typeset or not."""
    wanted, tied = escape(text).encode(), "\N{NO-BREAK SPACE}".encode()
    pages = {path: data for path, data in public.items() if path.endswith(".html")}
    return {path for path, data in pages.items() if wanted in data.replace(tied, b" ")}


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The paths whose bytes are others, without the list of what is published."""
    paths = {path for path in before | after if before.get(path) != after.get(path)}
    return paths - {MARK}


def source_path(lang: str) -> str:
    """Where the first release lies in a language."""
    return ANCHOR.format(f".{lang}" if lang else "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_title(lang: str, site: SmallSite) -> None:
    """A title edit renders exactly the pages that show the title, in whatever language."""
    before = site.build().public
    expected = showing(before, TITLES[lang])
    replace(site, source_path(lang), TITLES[lang], "Причал «&»")
    built = site.build()
    assert len(expected) > 3
    assert set(built.result.rendered) == expected
    assert differing(before, built.public) == expected
    assert showing(built.public, "Причал «&»") == expected


def test_title_of_one_in_a_long_list(tmp_path: Path) -> None:
    """Where lists are divided by year, the pages of other years are left alone."""
    site = small_archive.make_real(tmp_path / "long")
    for number in range(450):
        year = 2004 + number % 9
        front = {"title": f"Сообщение {number}-е", "date": f"{year}-05-01", "organizers": ["union"]}
        path = f"content/releases/{year}/many-{number}.md"
        site.write({path: small_archive.source(front, "Текст.")})
    before = site.build().public
    expected = showing(before, "Сообщение 100-е")
    replace(site, "content/releases/2005/many-100.md", "Сообщение 100-е", "Другое")
    built = site.build()
    assert set(built.result.rendered) == expected
    assert 3 < len(expected) < 15


@pytest.mark.parametrize("lang", LANGUAGES)
def test_body(lang: str, site: SmallSite) -> None:
    """A body edit renders one page: the release in the language of the body."""
    before = site.build().public
    site.write({source_path(lang): (site.root / source_path(lang)).read_bytes() + b"\nMore.\n"})
    built = site.build()
    assert set(built.result.rendered) == {LANGUAGES[lang] + PAGE}
    assert differing(before, built.public) == {LANGUAGES[lang] + PAGE}


def test_emptied_body(site: SmallSite) -> None:
    """A release whose body is emptied is a page without a text."""
    path = source_path("")
    text = (site.root / path).read_text(encoding="utf-8")
    site.write({path: text[: text.rindex("---") + 4]})
    assert PAGE in site.build().result.rendered


TEXTS = ("один", "два", "три", "четыре")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((0, 1), (1, 2)),
        ((0, 1), (1, 0)),
        ((0, 1, 2), (1, 2, 0)),
        ((0, 1, 2, 3), (1, 2, 3, 0)),
        ((0, 1), (1, 1)),
        ((0, 0), (0, 1)),
        ((0, 1, 2), (2, 2, 2)),
    ],
    ids=["chain", "swap", "ring", "ring of four", "made equal", "made different", "all equal"],
)
def test_bodies_exchanged_at_once(
    before: tuple[int, ...], after: tuple[int, ...], full: SmallSite, tmp_path: Path
) -> None:
    """However texts move between releases in one edit, every page holds its own text."""

    def releases(texts: tuple[int, ...]) -> dict[str, str]:
        return {
            f"content/releases/2013/b{number}.md": small_archive.source(
                {"title": f"Заголовок {number}", "date": "2013-05-05"}, f"Текст {TEXTS[text]}."
            )
            for number, text in enumerate(texts)
        }

    full.write(releases(before))
    full.build()
    full.write(releases(after))
    built = full.build()
    clean = small_archive.copy_of(full, tmp_path / "clean")
    assert differing(built.public, clean.build().public) == set()
    for number, text in enumerate(after):
        page = built.public[f"releases/b{number}/index.html"].decode()
        assert [word for word in TEXTS if f"Текст {word}." in page] == [TEXTS[text]]


def test_body_of_an_entity(site: SmallSite) -> None:
    """A description appears in each language that has none of its own: those pages, no other."""
    path = "content/organizations/union.md"
    before = site.build().public
    expected = showing(before, "Часть центра.")
    replace(site, path, "Часть центра.", "Отделение центра.")
    assert set(site.build().result.rendered) == expected
    assert expected == {f"{lang}organizations/union/index.html" for lang in ("", "en/")}


def test_summary(site: SmallSite) -> None:
    """A summary edit renders the pages that show the summary."""
    old = "На него ссылаются другие."
    expected = showing(site.build().public, old)
    replace(site, source_path(""), old, "Иное краткое изложение.")
    assert set(site.build().result.rendered) == expected
    assert expected


def test_renamed_organization(site: SmallSite) -> None:
    """An organization renamed in one language renders the pages that show its name in it."""
    before = site.build().public
    expected = showing(before, "Centre")
    replace(site, "content/organizations/centre.md", "Centre", "Bureau")
    built = site.build()
    assert differing(before, built.public) == expected
    # What a producer makes may say who publishes the site.
    assert set(built.result.rendered) == expected | {"en/site.webmanifest"}
    assert expected


def test_template(site: SmallSite) -> None:
    """A template edit renders the pages that use it, an edit of the frame all pages."""
    before = site.build().public
    releases = {path for path in before if re.fullmatch(r"(..?/)?releases/.+/index\.html", path)}
    replace(site, "templates/release.html", "<article>", '<article class="new">')
    assert set(site.build().result.rendered) == releases
    replace(site, "templates/base.html", "</main>", "</main><p>new</p>")
    pages = {path for path in before if path.endswith(".html")}
    assert set(site.build().result.rendered) == pages


def test_interface(site: SmallSite) -> None:
    """A word of one language's interface renders that language's pages."""
    before = site.build().public
    site.write({"templates/locale/ky.po": small_archive.interface("ky", "Кампа")})
    built = site.build()
    assert differing(before, built.public) == {
        path for path in built.public if path[:3] == "ky/" and path.endswith(".html")
    }
    assert set(built.result.rendered) == differing(before, built.public)


def test_move_between_years(site: SmallSite) -> None:
    """The folder of a year is for the editors' eyes only: nothing is rendered."""
    site.build()
    (site.root / "content/releases/1999").mkdir()
    for lang in LANGUAGES:
        old = site.root / source_path(lang)
        old.rename(site.root / "content/releases/1999" / old.name)
    built = site.build()
    assert built.result.rendered == {}
    assert built.result.published


def test_no_change(full: SmallSite) -> None:
    """A build after nothing changed renders nothing, with all features."""
    first = full.build()
    again = full.build()
    assert again.result.rendered == {}
    assert again.result.unchanged == first.result.unchanged > 100
    assert again.public == first.public


def bundled(site: SmallSite, paths: set[str]) -> set[str]:
    """Those of the paths that lie in a folder which is rendered as a whole, as one page."""
    entries = manifest.load(manifest.path_of(site.root, site.public)).entries
    folders = [path.rpartition("/")[0] + "/" for path, entry in entries.items() if entry.parts]
    return {path for path in paths if path.startswith(tuple(folders))}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (source_path(""), "Первое сообщение", "Самое первое сообщение"),
        (source_path("ky"), "Биринчи", "Эң биринчи"),
        (source_path(""), "Якорь", "Причал"),
        (source_path("en"), "Anchor", "Mooring"),
        (source_path(""), "На него ссылаются другие.", "Другое."),
        ("content/releases/2013/table.md", "2013-03-26T09:30", "2013-03-26T10:00"),
        ("content/organizations/fund.md", "Fund", "Treasury"),
        ("content/releases/2013/table/list.csv", "Ош", "Баткен"),
    ],
    ids=["body", "ky body", "title", "en title", "summary", "event", "name", "attachment"],
)
def test_with_all_features(path: str, old: str, new: str, full: SmallSite) -> None:
    """With feeds, exports, search and the rest an edit renders exactly what it changes."""
    before = full.build().public
    replace(full, path, old, new)
    built = full.build()
    made = set(built.result.rendered) | set(built.result.removed)
    expected = differing(before, built.public)
    parts, expected_parts = bundled(full, made), bundled(full, expected)
    assert made - parts == expected - expected_parts
    assert bool(parts) == bool(expected_parts)
