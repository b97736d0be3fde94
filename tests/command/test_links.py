"""Commands that write files write none outside of the site, whatever links lie in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mksite.command import cli
from tests.running import is_told
from tests.site_builder import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.site_builder import Content, SmallSite

    Maker = Callable[[Mapping[str, Content]], SmallSite]

RELEASE = "content/releases/2013/meeting.md"
# What is typed, and which path of the site is a link to the folder or file outside.
CASES: dict[str, tuple[list[str], str]] = {
    "new, its folder": (["new", "tag", "--title", "Тема"], "content/tags"),
    "new, the year": (
        ["new", "release", "--title", "А", "--date", "2014-01-01"],
        "content/releases/2014",
    ),
    "import, its folder": (["import", "TEXT"], "content/releases/undated"),
    "addresses, the ledger": (["addresses", "--update"], "content/addresses.txt"),
    "init, the templates": (["init", "--templates", "SITE"], "templates"),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_written_through_a_link(
    case: str, make_site: Maker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The command says which link is in its way; what it leads to stays as it was."""
    words, link = CASES[case]
    site = make_site({RELEASE: "---\ntitle: Встреча\n---\n"})
    outside = tmp_path_factory.mktemp("outside")
    text = tmp_path_factory.mktemp("texts") / "text.txt"
    text.write_text("Новый музей\n\nВчера в городе открылся новый музей.\n", encoding="utf-8")
    (outside / "own.md").write_text("чужое", encoding="utf-8")
    before = tree(outside)
    make_link(site.root / link, outside)
    typed = [str(text) if w == "TEXT" else str(site.root) if w == "SITE" else w for w in words]
    if words[0] != "init":
        typed += ["--site", str(site.root)]
    result = CliRunner().invoke(cli.cli, [*typed, "--lang", "en"])
    assert result.exit_code != 0
    assert is_told(result.output, "symbolic-link")
    assert tree(outside) == before


def make_link(path: Path, outside: Path) -> None:
    """The path leads to the folder outside, or to the file in it."""
    if path.is_dir():
        path.rename(path.with_name("moved"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside if not path.suffix else outside / "own.md")
