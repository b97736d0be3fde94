"""mksite.serve: what the preview answers, without a server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest
from watchfiles import Change

from mksite.build.build import build
from mksite.serve.overlay import Notice
from mksite.serve.serve import Preview, is_local
from mksite.serve.standing import Standing
from mksite.serve.watching import OfTheSite
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from mksite.build.options import Options
    from mksite.content.problem import Problem
    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
MEETING = "content/releases/meeting.md"
FILES = {
    "site.yaml": SITE_YAML,
    MEETING: "---\ntitle: Встреча\norganizers: [tspc]\ndate: 2013\n---\nПервый текст.\n",
    "content/releases/second.md": "---\ntitle: Вторая\ntags: [law]\n---\n[[tspc]]\n",
    "content/releases/second.en.md": "---\ntitle: Second\n---\nText.\n",
    "content/organizations/tspc.md": "---\nname: Центр\n---\nО нём.\n",
    "content/tags/law.md": "---\nname: право\n---\n",
}


class Telling:
    """Keeps what was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def problems(self, problems: tuple[Problem, ...]) -> tuple[Notice, ...]:
        """The errors by their codes."""
        errors = [problem for problem in problems if problem.severity == "error"]
        return tuple(Notice(p.path, "", p.code, "") for p in errors)

    def error(self, error: Exception) -> Notice:
        """The error as it is."""
        self.told.append(repr(error))
        return Notice("", "", repr(error), "")

    def shown(self, seconds: float) -> None:
        """Nobody asks."""

    def title(self) -> str:
        """A word."""
        return "mend"

    def ribbon(self, reason: str) -> str:
        """The reason marked."""
        return f"preview-{reason}"


def standing(site: SmallSite, options: Options | None = None) -> Standing:
    """The site in memory, not yet read."""
    options = options or site.options()
    return Standing(options, lambda: options.now, lambda: None)


def assert_as_built(shown: Standing) -> None:
    """Every file that a build writes is answered with the same bytes."""
    options = msgspec.structs.replace(shown.options, force=True)
    assert build(options).published
    files = [path for path in options.output.rglob("*") if path.is_file()]
    paths = {path.relative_to(options.output).as_posix() for path in files} - {".mksite-output"}
    assert len(paths) > 30
    for path in paths:
        data = shown.data(path)
        assert data == (options.output / path).read_bytes(), path


def test_every_page_is_as_built(make_site: Maker) -> None:
    """At first, after edits of texts, and after files came and went."""
    site = make_site(FILES)
    shown = standing(site)
    assert not [p for p in shown.update() if p.severity == "error"]
    assert_as_built(shown)
    site.write(
        {
            MEETING: "---\ntitle: Съезд\norganizers: [tspc]\n---\nВторой текст, [[second]].\n",
            "content/organizations/tspc.md": "---\nname: Другой центр\n---\nО нём.\n",
        }
    )
    shown.update({MEETING, "content/organizations/tspc.md"})
    assert b"\xd0\xa1\xd1\x8a\xd0\xb5\xd0\xb7\xd0\xb4" in (shown.data("index.html") or b"")
    assert_as_built(shown)
    site.write({"content/releases/third.md": "---\ntitle: Третья\n---\nТекст.\n"})
    site.remove("content/releases/second.md")
    site.remove("content/releases/second.en.md")
    site.write({MEETING: "---\ntitle: Съезд\n---\nТретий текст.\n"})
    gone = {"content/releases/second.md", "content/releases/second.en.md"}
    shown.update({MEETING, "content/releases/third.md", *gone})
    assert_as_built(shown)


@pytest.mark.parametrize("folder", ["words", "bodies"])
def test_texts_that_are_gone_are_read_again(folder: str, make_site: Maker) -> None:
    """Where somebody takes the cache away, the next edit of a name finds all texts again."""
    site = make_site(FILES)
    shown = standing(site)
    shown.update()
    shutil.rmtree(site.root / ".mksite" / folder)
    site.write({"content/organizations/tspc.md": "---\nname: Другой центр\n---\nО нём.\n"})
    assert not [p for p in shown.update({"content/organizations/tspc.md"}) if p.severity == "error"]
    assert_as_built(shown)


def test_problems_stand_over_the_last_good_page_and_vanish(make_site: Maker) -> None:
    """A mistake, a template that fails and a folder that is gone leave the page as it was."""
    site = make_site(FILES)
    preview = Preview(standing(site), Telling())
    preview.update()
    path = "releases/meeting/index.html"
    good = preview.answer(path)
    template = site.root / "templates/release.html"
    text = template.read_text("utf-8")
    for name, wrong, right in (
        (MEETING, "---\ntitle: [\n---\n", FILES[MEETING]),
        ("templates/release.html", text + "{% if %}", text),
        ("templates/release.html", text.replace("<article", "{{ nothing }}<article"), text),
        ("site.yaml", "", FILES["site.yaml"]),
    ):
        site.write({name: wrong})
        preview.update({name})
        status, page = preview.answer(path)
        assert (status, b"mksite-problems" in page) == (200, True), wrong
        assert "Первый текст.".encode() in page
        site.write({name: right})
        preview.update({name})
        assert preview.answer(path) == good


def test_hidden_releases_carry_a_ribbon(make_site: Maker) -> None:
    """Drafts and embargoed releases, where they are asked for; an embargo's end is waited for."""
    embargoed = "---\ntitle: Позже\nembargo: 2030-01-01T09:00\n---\nТекст.\n"
    draft = "---\ntitle: Черновик\ndraft: true\n---\nТекст.\n"
    extra = {"content/releases/later.md": embargoed, "content/releases/draft.md": draft}
    site = make_site({**FILES, **extra})
    options = msgspec.structs.replace(site.options(), now=datetime(2029, 12, 31, tzinfo=UTC))
    preview = Preview(standing(site, msgspec.structs.replace(options, drafts=True)), Telling())
    preview.update()
    for ident, word in (("later", b"preview-embargo"), ("draft", b"preview-draft")):
        page = preview.answer(f"releases/{ident}/index.html")[1]
        assert word in page
        assert b'<meta name="robots" content="noindex">' in page
    assert b"mksite-ribbon" not in preview.answer("releases/meeting/index.html")[1]
    plain = standing(site, options)
    plain.update()
    assert plain.data("releases/later/index.html") is None
    assert plain.seconds_to_embargo() == 27 * 3600


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example:8000", False),
        ("192.0.2.1", False),
        ("", False),
    ],
)
def test_only_local_hosts_are_answered(name: str, *, local: bool) -> None:
    """A page elsewhere may lead its own name to this computer."""
    assert is_local(name, "127.0.0.1") is local


@pytest.mark.parametrize(
    "path", ["../site.yaml", "../../etc/passwd", "/etc/passwd", "content/releases/meeting.md", ""]
)
def test_no_path_leads_out(path: str, make_site: Maker) -> None:
    """Only what a build would publish is answered."""
    preview = Preview(standing(make_site(FILES)), Telling())
    preview.update()
    assert preview.answer(path)[0] == 404


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("site.yaml", True),
        (MEETING, True),
        ("content/releases/meeting/photo.jpg", True),
        ("templates/base.html", True),
        ("public/index.html", False),
        (".mksite/records", False),
        ("content/releases/.meeting.md.swp", False),
        ("content/releases/meeting.md~", False),
        ("content/releases/~$meeting.docx", False),
    ],
)
def test_what_counts_as_a_change(path: str, *, counts: bool) -> None:
    """What editors leave for themselves is no edit."""
    assert OfTheSite("/site")(Change.modified, f"/site/{path}") is counts
