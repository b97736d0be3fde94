"""command: init, and the face that mksite brings."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner

from mksite import face
from mksite.command import cli, message, starting
from mksite.content.model import FOLDERS
from mksite.language.languages import LANGUAGES
from tests.running import is_told
from tests.site_builder import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.testing import Result

CHECKOUT = Path(__file__).parents[2]
MAIN = "from mksite.command.cli import main; main()"
GIVEN = {
    "title": "Архив: «права»",
    "url": "https://archive.example/kg",
    "languages": "ky,ru",
    "publisher": "Центр «Права»",
}
WITHOUT_EXAMPLE = {"people"}  # a person has a file only as a public figure: none is made up


def run(*arguments: object) -> Result:
    """A command in English, within this process."""
    return CliRunner().invoke(cli.cli, [*map(str, arguments), "--lang", "en"])


def init(folder: Path, given: Mapping[str, str] = GIVEN) -> Result:
    """`mksite init` with options."""
    return run("init", folder, *(f"--{name}={value}" for name, value in given.items()))


def build(root: Path) -> dict[str, bytes]:
    """What a strict build publishes."""
    built = run("build", "--strict", "--site", root)
    assert built.exit_code == 0, built.output
    return tree(root / "public")


@pytest.mark.parametrize("languages", ["ru", "en,ky", "ky,ru,en"])
def test_new_archive_is_strictly_right(languages: str, tmp_path: Path) -> None:
    """What was begun passes check and build without a warning, in any languages."""
    root = tmp_path / "archive"
    begun = init(root, {**GIVEN, "languages": languages})
    assert begun.exit_code == 0, begun.output
    checked = run("check", "--strict", "--site", root)
    assert checked.exit_code == 0, checked.output
    assert "index.html" in build(root)
    settings = yaml.safe_load((root / "site.yaml").read_text("utf-8"))
    assert settings["title"] == GIVEN["title"]
    assert settings["languages"] == languages.split(",")


def test_one_example_of_each_kind_is_marked(tmp_path: Path) -> None:
    """Each kind has an example, and its file says that it is one."""
    init(tmp_path)
    for folder in set(FOLDERS.values()) - WITHOUT_EXAMPLE:
        originals = [
            path
            for path in (tmp_path / "content" / folder).rglob("*.md")
            if not path.stem.endswith(tuple(f".{lang}" for lang in LANGUAGES))
        ]
        assert len(originals) == 1, folder
        assert "Бул мисал" in originals[0].read_text("utf-8")


def test_translations_of_examples_keep_up(tmp_path: Path) -> None:
    """Nothing is left to be marked or translated."""
    init(tmp_path)
    assert "original:" in (tmp_path / "content/pages/about.ru.md").read_text("utf-8")
    told = run("translations", "--site", tmp_path)
    assert told.exit_code == 0
    assert ".md" not in told.output


@pytest.mark.parametrize("name", ["notes.txt", ".git/HEAD"])
def test_folder_with_anything_in_it_is_refused(name: str, tmp_path: Path) -> None:
    """Not one file is written where something is."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", "utf-8")
    refused = init(tmp_path)
    assert refused.exit_code == 2
    assert is_told(refused.output, "init-not-empty")
    assert tree(tmp_path) == {name: b"mine"}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("title", " ", "init-missing"),
        ("url", "archive", "init-bad-url"),
        ("url", "https://a.example/?x", "init-bad-url"),
        ("languages", "ru,de", "init-bad-languages"),
        ("languages", "ru,ru", "init-bad-languages"),
        ("languages", ",", "init-bad-languages"),
    ],
)
def test_option_that_cannot_be_used(name: str, value: str, code: str, tmp_path: Path) -> None:
    """A wrong option is told, and nothing is written."""
    refused = init(tmp_path, {**GIVEN, name: value})
    assert refused.exit_code == 2
    assert is_told(refused.output, code)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", GIVEN)
def test_option_that_is_needed(name: str, tmp_path: Path) -> None:
    """Where nobody can be asked, the option that is missing is named."""
    refused = init(tmp_path, {key: value for key, value in GIVEN.items() if key != name})
    assert refused.exit_code == 2
    assert f"--{name}" in refused.output
    assert tree(tmp_path) == {}


def test_asks_in_the_language_of_the_person(tmp_path: Path) -> None:
    """In a terminal each fact is asked for; an answer that cannot be used is asked for again."""
    ours, theirs = pty.openpty()
    answers = ["Архив", "archive", "https://a.example", "ru", "Центр"]
    os.write(ours, "".join(f"{line}\n" for line in answers).encode())
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, "init", str(tmp_path / "a"), "--lang", "ru"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as asking:
        said = asking.communicate(timeout=60)[0].decode()
    os.close(ours)
    os.close(theirs)
    assert asking.returncode == 0, said
    for name in GIVEN:
        assert message.sentences("ru")[f"init-{name}"]["message"] in said
    assert (tmp_path / "a/content/organizations/tsentr.md").is_file()


def test_own_files_stand_before_the_face_one_by_one(tmp_path: Path) -> None:
    """A template, a style sheet and a catalogue of the site's own; all others are the face's."""
    init(tmp_path)
    before = build(tmp_path)
    own = {
        "templates/404.html": "{# view: ErrorView #}\n<p>{{ _('Home') }} own</p>\n",
        "assets/site.css": "p { color: red }\n",
    }
    for path, text in own.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    after = build(tmp_path)
    assert b"own</p>" in after["404.html"]
    styles = [data for path, data in after.items() if path.startswith("assets/site.")]
    assert styles == [b"p { color: red }\n"]
    rest = [path for path in before if path.startswith("assets/") and "site." not in path]
    assert {path: after[path] for path in rest} == {path: before[path] for path in rest}
    for path in own:
        (tmp_path / path).unlink()
    assert build(tmp_path) == before


def test_copied_face_is_the_same_and_keeps_what_is_there(tmp_path: Path) -> None:
    """`--templates` copies all that is missing; pages are the same, and own files stay."""
    init(tmp_path)
    before = build(tmp_path)
    assert run("init", "--templates", tmp_path).exit_code == 0
    assert build(tmp_path) == before
    for name in face.FOLDERS:
        assert tree(tmp_path / name) == tree(CHECKOUT / name)
    (tmp_path / "assets/site.css").write_text("mine", "utf-8")
    (tmp_path / "assets/band.svg").unlink()
    again = run("init", "--templates", tmp_path)
    assert (tmp_path / "assets/site.css").read_text("utf-8") == "mine"
    assert "assets/band.svg" in again.output
    assert "site.css" not in again.output


def test_templates_need_a_site(tmp_path: Path) -> None:
    """Into a folder that is no site nothing is copied."""
    refused = run("init", "--templates", tmp_path)
    assert refused.exit_code == 2
    assert tree(tmp_path) == {}


def test_content_is_never_the_faces(tmp_path: Path) -> None:
    """What a site lacks under content/ is not taken from the checkout."""
    assert face.find("content/pages/about.md", tmp_path, CHECKOUT).is_relative_to(tmp_path)
    assert face.find("templates/404.html", tmp_path, CHECKOUT).is_relative_to(CHECKOUT)


def test_workflow_speaks_of_no_build_py() -> None:
    """The files of a new archive name mksite, for it has no build.py."""
    start = starting.Start("a", "https://a.example", ("ru",), "b", "2026-11-27", "1")
    assert not [path for path, text in starting.files(start).items() if "build.py" in text]


@pytest.mark.slow
def test_wheel_is_enough(tmp_path: Path) -> None:
    """The wheel in an empty environment, with its locked dependencies and an empty home."""
    pip = (sys.executable, "-m", "pip")
    wheels, home, root = tmp_path / "wheels", tmp_path / "home", tmp_path / "archive"
    home.mkdir()
    making = (*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", wheels, CHECKOUT)
    subprocess.run(making, check=True, timeout=300)
    (wheel,) = wheels.glob("mksite-*.whl")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True, timeout=120)
    binary = tmp_path / "venv/bin"
    install = (binary / "python", "-m", "pip", "install", "--quiet", "--no-input")
    locked = ("--retries", "1", "--require-hashes", "--requirement", CHECKOUT / "requirements.lock")
    got = subprocess.run(
        [*install, *locked], capture_output=True, text=True, check=False, timeout=500
    )
    if "Retrying" in got.stderr and "No matching distribution" in got.stderr:
        pytest.skip("no package index can be reached")
    assert got.returncode == 0, got.stderr
    subprocess.run([*install, "--no-deps", wheel], check=True, timeout=120)
    options = [f"--{name}={value}" for name, value in GIVEN.items()]
    for words in (["init", str(root), *options], ["check", "--strict"], ["build", "--strict"]):
        where = [] if words[0] == "init" else ["--site", str(root)]
        ended = subprocess.run(
            [binary / "mksite", *words, *where],
            cwd=home,
            env={"HOME": str(home), "PATH": str(binary), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ended.returncode == 0, ended.stderr
    assert (root / "public/index.html").is_file()
    assert list(root.glob("public/assets/site.*.css"))
    assert not list(home.iterdir())
