"""command.cli: exit codes, options, languages; what it says to people and what to programs."""

from __future__ import annotations

import gc
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner

from mksite.command import cli as command_line
from mksite.command import language, message
from mksite.command.console import LONG_BUILD, Console, progress
from mksite.command.guard import machine_error
from mksite.errors import MachineError
from tests.site_builder import SITE_YAML, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
PLAIN = (
    SITE_YAML
    + "features: {search: false, feeds: false, data: false, calendars: false, citations: false}\n"
)
GOOD = {
    "site.yaml": PLAIN,
    "content/releases/meeting.md": "---\ntitle: Встреча\ndate: 2013\n---\nТекст.\n",
}
BAD = {"content/releases/meeting.md": "---\ntitle: Встреча\ndate: вчера\n---\n"}
DOUBTFUL = {"content/releases/meeting.md": "---\ntitle: Встреча\ntags: [нет]\n---\n"}
LINE = re.compile(r"content/releases/meeting\.md:3:\d+: [\w-]+\[[a-z-]+\] \w+(\[\d\])?: .+")


class Ended(NamedTuple):
    """How a command ended, what it printed for programs, and what it said to people."""

    code: int
    printed: str
    said: str


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """A build switches the collection of garbage off: it ends soon, these tests do not."""
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names no language unless a test does."""
    for name in language.LANGUAGE_VARIABLES:
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str | Path) -> Ended:
    """One command in this process."""
    found = CliRunner().invoke(command_line.cli, [*map(str, arguments)], catch_exceptions=False)
    return Ended(found.exit_code, found.stdout, found.stderr)


def build(site: SmallSite, *arguments: str | Path) -> Ended:
    """One build of a site, in English."""
    return run("build", "--site", site.root, "--jobs", "1", "--lang", "en", *arguments)


# ---- exit codes


def test_a_good_site(make_site: Maker) -> None:
    """A good site is published: exit code 0, nothing printed, one sentence said."""
    site = make_site(GOOD)
    ended = build(site)
    assert ended.code == 0
    assert ended.printed == ""
    assert len(ended.said.splitlines()) == 1
    assert (site.public / "releases/meeting/index.html").is_file()


def test_a_mistake_in_the_content(make_site: Maker) -> None:
    """Problems in the content: exit code 1, each on a line that tools can parse, no site."""
    site = make_site(BAD)
    ended = build(site)
    assert ended.code == 1
    problem, summary = ended.said.splitlines()
    assert LINE.fullmatch(problem)
    assert problem.startswith("content/releases/meeting.md:3:7: error[edtf-syntax] date: ")
    assert "1" in summary
    assert not site.public.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--now", "tomorrow"),
        ("--now", "2026-02-30"),
        ("--jobs", "0"),
        ("--jobs", "many"),
        ("--lang", "kg"),
        ("--no-such-option",),
        ("no-such-argument",),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], make_site: Maker) -> None:
    """A command that cannot work: exit code 2, and nothing is written."""
    site = make_site(GOOD)
    ended = build(site, *arguments)
    assert ended.code == 2
    assert ended.said
    assert not site.public.exists()


def test_no_such_command() -> None:
    """An unknown command is wrong usage."""
    assert run("bild").code == 2


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_that_is_no_site(command: str, tmp_path: Path) -> None:
    """Without site.yaml: exit code 2, and the folder stays as it was."""
    ended = run(command, "--site", tmp_path, "--lang", "en")
    assert ended.code == 2
    assert str(tmp_path) in ended.said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["thesis.doc", ".hidden", "index.html"])
def test_a_folder_of_somebody_else(name: str, make_site: Maker, tmp_path: Path) -> None:
    """A folder that holds what mksite did not write is refused and stays as it is."""
    output = tmp_path / "documents"
    output.mkdir()
    (output / name).write_text("mine")
    ended = build(make_site(GOOD), "--output", output)
    assert ended.code == 2
    assert str(output) in ended.said
    assert tree(output) == {name: b"mine"}


def test_an_empty_folder_is_taken(make_site: Maker, tmp_path: Path) -> None:
    """An empty folder, or one that does not exist yet, is written into."""
    output = tmp_path / "new" / "site"
    assert build(make_site(GOOD), "--output", output).code == 0
    assert (output / "index.html").is_file()


def test_a_fault_of_the_machine(make_site: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the disk or the system does not allow: exit code 3 and a sentence."""

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/srv/public")

    monkeypatch.setattr("mksite.command.build.build_site", fail)
    ended = build(make_site(GOOD))
    assert ended.code == 3
    assert "/srv/public" in ended.said


def test_interrupted(make_site: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C ends a build with a sentence and the exit code that shells expect."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mksite.command.build.build_site", interrupt)
    ended = build(make_site(GOOD))
    assert ended.code == 130
    assert "Traceback" not in ended.said


# ---- options


def test_strict(make_site: Maker) -> None:
    """A warning publishes, but not with --strict."""
    site = make_site(DOUBTFUL)
    strict = build(site, "--strict")
    assert (strict.code, site.public.exists()) == (1, False)
    assert "warning[unknown-tag-far]" in strict.said
    relaxed = build(site)
    assert (relaxed.code, site.public.exists()) == (0, True)
    assert "warning[unknown-tag-far]" in relaxed.said


def test_check(make_site: Maker) -> None:
    """`check` tells the problems and publishes nothing; --strict counts warnings."""
    for files, strict, code in ((GOOD, (), 0), (BAD, (), 1), (DOUBTFUL, (), 0)):
        site = make_site(files)
        assert run("check", "--site", site.root, *strict).code == code
        assert not site.public.exists()
    assert run("check", "--site", make_site(DOUBTFUL).root, "--strict").code == 1


def test_drafts_and_now(make_site: Maker) -> None:
    """--drafts shows what is not yet to be seen; --now is read in the site's own time zone."""
    site = make_site(
        {
            "content/releases/draft.md": "---\ntitle: А\ndraft: true\n---\n",
            "content/releases/later.md": "---\ntitle: Б\nembargo: 2026-12-18T09:00\n---\n",
        }
    )

    def shown(*arguments: str) -> set[str]:
        assert build(site, *arguments).code == 0
        folders = (site.public / "releases").iterdir()
        return {folder.name for folder in folders if folder.is_dir()}

    assert shown("--now", "2026-12-18T08:59") == set()
    assert shown("--now", "2026-12-18T09:00") == {"later"}
    assert shown("--now", "2026-12-18T02:59Z") == set()
    assert shown("--now", "2026-12-18T03:00Z") == {"later"}
    assert shown("--now", "2026-12-17", "--drafts") == {"draft", "later"}
    assert shown("--now", "2026-12-17") == set()


def test_explain(make_site: Maker) -> None:
    """--explain prints, for each rendered page, why and which, and nothing for the others."""
    site = make_site(GOOD)
    first = build(site, "--explain").printed.splitlines()
    assert "new\treleases/meeting/index.html" in first
    assert len(first) == len(tree(site.public)) - 1  # the list of the files is no page
    assert build(site, "--explain").printed == ""
    site.write({"content/releases/meeting.md": "---\ntitle: Встреча\ndate: 2013\n---\nИначе.\n"})
    assert build(site, "--explain").printed == "view\treleases/meeting/index.html\n"


def test_stats(make_site: Maker, tmp_path: Path) -> None:
    """--stats writes how much was rendered, what it cost, and where the time went."""
    site = make_site(GOOD)
    path = tmp_path / "stats.json"
    build(site, "--stats", path)
    first = json.loads(path.read_text())
    assert {"rendered", "unchanged", "removed", "seconds", "peak_rss_bytes"} <= set(first)
    assert first["rendered"] == len(tree(site.public)) - 1
    assert (first["unchanged"], first["removed"]) == (0, 0)
    assert first["seconds"]
    assert all(spent >= 0 for spent in first["seconds"].values())
    if sys.platform != "win32":
        assert first["peak_rss_bytes"] > 10_000_000
    site.remove("content/releases/meeting.md")
    build(site, "--stats", path)
    second = json.loads(path.read_text())
    assert second["removed"] > 0
    assert second["rendered"] + second["unchanged"] == len(tree(site.public)) - 1


def test_stats_of_a_failed_build(make_site: Maker, tmp_path: Path) -> None:
    """Figures are written for a build with problems, too."""
    path = tmp_path / "stats.json"
    build(make_site(BAD), "--stats", path)
    assert json.loads(path.read_text())["rendered"] == 0


def test_force(make_site: Maker) -> None:
    """--force renders every page again and leaves the same bytes."""
    site = make_site(GOOD)
    build(site)
    before = tree(site.public)
    again = build(site, "--force", "--explain").printed.splitlines()
    assert len(again) == len(before) - 1
    assert tree(site.public) == before


def test_compare(make_site: Maker) -> None:
    """`build --verify` names what is not as a new build would give it, and mends nothing."""
    site = make_site(GOOD)
    build(site)
    assert build(site, "--verify").code == 0
    (site.public / "index.html").write_text("spoilt")
    ended = build(site, "--verify")
    assert ended.code == 1
    assert ended.printed == "index.html\n"
    assert (site.public / "index.html").read_text() == "spoilt"


def test_help_names_every_option() -> None:
    """The options of the design are there."""
    told = run("build", "--help").printed
    options = "site output jobs force strict drafts now explain stats"
    assert all(f"--{option}" in told for option in options.split())


# ---- languages


def said_in(lang: str) -> str:
    """The beginning of the sentence that ends a good build."""
    return message.sentences(lang)["published"]["message"].partition("{")[0]


@pytest.mark.parametrize(
    ("arguments", "variables", "lang"),
    [
        ((), {}, "ru"),
        (("--lang", "ky"), {"MKSITE_LANG": "en", "LANG": "ru_RU.UTF-8"}, "ky"),
        ((), {"MKSITE_LANG": "en", "LC_ALL": "ru_RU.UTF-8"}, "en"),
        ((), {"LC_ALL": "ky_KG.UTF-8", "LANG": "en_US.UTF-8"}, "ky"),
        ((), {"LC_MESSAGES": "en_GB"}, "en"),
        ((), {"LANG": "en_US.UTF-8"}, "en"),
        ((), {"LANG": "C.UTF-8"}, "ru"),
        ((), {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "ru"),
    ],
)
def test_language(
    arguments: tuple[str, ...],
    variables: dict[str, str],
    lang: str,
    make_site: Maker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sentences are in the language asked for, else the environment's, else the site's."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ended = run("build", "--site", make_site(GOOD).root, "--jobs", "1", *arguments)
    assert ended.said.startswith(said_in(lang))


def test_language_of_the_site(make_site: Maker) -> None:
    """A site whose first language is Kyrgyz is built in Kyrgyz."""
    text = SITE_YAML.replace("[ru, ky, en]", "[ky, ru, en]")
    ended = run("build", "--site", make_site({**GOOD, "site.yaml": text}).root, "--jobs", "1")
    assert ended.said.startswith(said_in("ky"))


def test_language_where_the_configuration_is_wrong(make_site: Maker) -> None:
    """Where site.yaml cannot be read its mistakes are told in Russian."""
    ended = run("build", "--site", make_site({"site.yaml": "title: А\n"}).root)
    assert ended.code == 1
    assert "ошибка[missing-key]" in ended.said


# ---- terminals


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_problems_on_a_terminal(make_site: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person sees the place, the sentence and below it what to do."""
    console = Console("en")
    terminal = Terminal()
    problems = make_site(BAD).build().result.problems
    monkeypatch.setattr(sys, "stderr", terminal)
    console.problems(problems)
    place, sentence, hint = terminal.getvalue().splitlines()
    assert "content/releases/meeting.md:3:7" in place
    assert "вчера" in sentence
    assert "→" in hint


def test_progress_of_a_long_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long stage shows its progress on a terminal; afterwards the terminal is as it was."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress(Console("en")) as show:
        show("parse", 300, 600)
        show("render", 1, 2)
    text = terminal.getvalue()
    assert message.sentences("en")["stage-parse"]["message"] in text
    assert message.sentences("en")["stage-render"]["message"] not in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")


def test_progress_ends_with_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor is given back also where the build fails."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")

    def fail() -> None:
        with progress(Console("en")) as show:
            show("parse", 300, 600)
            raise MachineError("disk-full")

    with pytest.raises(MachineError):
        fail()
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


@pytest.mark.parametrize("total", [1, LONG_BUILD - 1])
def test_no_progress_of_a_short_build(total: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done at once is not shown."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress(Console("en")) as show:
        show("render", 0, total)
        show("render", total, total)
    assert terminal.getvalue() == ""


def test_no_progress_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal, nothing but problems and the result is written."""
    with progress(Console("en")) as show:
        show("render", 10_000, 100_000)
    assert capsys.readouterr() == ("", "")


def test_every_error_number_has_a_sentence() -> None:
    """Whatever the system reports is told in a sentence that names the file."""
    for number in range(1, 134):
        error = machine_error(OSError(number, os.strerror(number), "/x"))
        assert message.of_error(error, "ru").message
