"""command.report: Problems in the forms that people and programs read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from mksite.command import cli, report
from mksite.content.problem import Problem
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pytest

    from tests.site_builder import SmallSite

PATH = "content/releases/2013/a,b.md"
PROBLEMS = (
    Problem(PATH, 2, 7, "bad-url", "source.url", values=(("value", "x%y"),)),
    Problem(PATH, 3, 1, "duplicate-value", "tags[1]", "warning", (("value", "а"),)),
)


def test_text_shows_the_line(tmp_path: Path) -> None:
    """Each file once; the line, a mark under the fault, what to do."""
    file = tmp_path / PATH
    file.parent.mkdir(parents=True)
    file.write_text("---\n\turl: x%y\ntags: [а, а]\n", "utf-8")
    lines = click.unstyle(report.text(PROBLEMS, tmp_path, "en")).split("\n")
    assert lines.count(PATH) == 1
    at = lines.index("    2 |  url: x%y")
    assert lines[at + 1].index("^") == lines[at].index("x%y")


def test_a_long_line_is_cut_around_the_fault(tmp_path: Path) -> None:
    """Of a long line the part around the fault is shown, and the mark stands under it."""
    (tmp_path / "a.md").write_text("а" * 300 + "X" + "б" * 300, "utf-8")
    problem = Problem("a.md", 1, 301, "bad-url", values=(("value", "X"),))
    lines = click.unstyle(report.text([problem], tmp_path, "ru")).split("\n")
    marked = next(line for line in lines if line.endswith("^"))
    shown = lines[lines.index(marked) - 1]
    assert shown[marked.index("^")] == "X"
    assert len(shown) < 120


def test_forms_for_programs() -> None:
    """Each form holds each Problem with its place, and is what its reader parses."""
    made = {name: form(PROBLEMS, "en") for name, form in report.FORMS.items()}
    listed = json.loads(made["json"])
    assert [(p["line"], p["column"], p["code"]) for p in listed] == [
        (2, 7, "bad-url"),
        (3, 1, "duplicate-value"),
    ]
    github = made["github"].split("\n")
    assert github[0].startswith("::error file=content/releases/2013/a%2Cb.md,line=2,col=7,")
    assert "x%25y" in github[0]
    assert github[1].startswith("::warning ")
    gitlab = json.loads(made["gitlab"])
    assert len({entry["fingerprint"] for entry in gitlab}) == 2
    assert gitlab[0]["location"] == {"path": PATH, "lines": {"begin": 2}}
    (run,) = json.loads(made["sarif"])["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [p.code for p in PROBLEMS]
    region = run["results"][0]["locations"][0]["physicalLocation"]
    assert region["region"] == {"startLine": 2, "startColumn": 7}
    assert region["artifactLocation"]["uri"] == "content/releases/2013/a%2Cb.md"


def test_check_needs_no_write_access(
    make_site: Callable[[Mapping[str, str]], SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the site's folder cannot be written, it is checked all the same, and stays as it is."""
    site = make_site({"site.yaml": SITE_YAML, PATH.replace(",", "-"): "---\ntitle: [а\n---\n"})
    before = sorted(site.root.rglob("*"))
    monkeypatch.setattr("mksite.command.check.may_write", lambda _: False)
    ended = CliRunner().invoke(cli.cli, ["check", "--site", str(site.root), "--format", "json"])
    assert [problem["code"] for problem in json.loads(ended.stdout)] == ["yaml-bracket"]
    assert ended.exit_code == 1
    assert sorted(site.root.rglob("*")) == before


def test_the_rest_of_a_file_is_looked_at(
    make_site: Callable[[Mapping[str, str]], SmallSite],
) -> None:
    """Where the front matter does not parse, what else is wrong in it is told in the same run."""
    text = '---\ntitle: Встреча: итоги\nsummary: "Кратко\ndate: вчера\norganizer: x\n---\n'
    site = make_site({"site.yaml": SITE_YAML, "content/releases/a.md": text})
    ended = CliRunner().invoke(cli.cli, ["check", "--site", str(site.root), "--format", "json"])
    told = [(problem["line"], problem["code"]) for problem in json.loads(ended.stdout)]
    assert told == [(2, "yaml-colon"), (3, "yaml-quote"), (4, "edtf-syntax"), (5, "unknown-key")]
