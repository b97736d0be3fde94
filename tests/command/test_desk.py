"""command: new, rename, names, schema and explain."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import msgspec
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from mksite.command import cli, message
from mksite.content.front_matter import schema as front_schema
from mksite.content.front_matter.document import parse_yaml, read
from mksite.content.meaning import meanings
from mksite.content.model import KIND_SPECS, Release, Translation
from mksite.content.rename import FIELDS, in_body, in_text, reference_fields, with_former_address
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.site_builder import SmallSite

    Maker = Callable[[Mapping[str, str]], SmallSite]

CONTENT = {
    "site.yaml": SITE_YAML + "publisher: iom\n",
    "content/organizations/iom.md": "---\nname: Организация по миграции # iom\nshort: МОМ\n---\n",
    "content/places/bishkek.md": "---\nname: Бишкек\n---\n",
    "content/releases/2013/a.md": "---\ntitle: Первая iom\norganizers: [iom, МОМ]\n---\n"
    "Текст [[iom]] и [[ iom |МОМ]], `iom`, [[МОМ]].\n",
    "content/releases/2013/a.en.md": "---\ntitle: First\noriginal: {}\n---\nText [[iom]].\n",
}


def run(*arguments: object, lang: str = "en") -> tuple[int, str, str]:
    """Exit code, what was printed, what was said."""
    typed = [*map(str, arguments), "--lang", lang]
    ended = CliRunner().invoke(cli.cli, typed, catch_exceptions=False)
    return ended.exit_code, ended.stdout, ended.stderr


# ---- new


def test_new_release(make_site: Maker) -> None:
    """The file passes check, its id is made of the title, what is known is filled in."""
    site = make_site({k: v for k, v in CONTENT.items() if not k.endswith("en.md")})
    code, printed, _ = run(
        "new", "release", "--site", site.root, "--title", "Тегерек стол: «Өнөктөштүк»",
        "--date", "6 марта 2013", "--type", "тегерек стол",
        "--organizer", "мом", "--venue", "БИШКЕК",
    )  # fmt: skip
    assert (code, printed) == (0, "content/releases/2013/tegerek-stol-onoktoshtuk.md\n")
    made = read((site.root / printed.strip()).read_bytes()).tree
    assert made["title"] == "Тегерек стол: «Өнөктөштүк»"
    assert made["event"] == {"type": "round-table", "start": "2013-03-06"}
    assert (made["organizers"], made["venue"]) == (["iom"], "bishkek")
    assert run("check", "--site", site.root)[0] == 0


@pytest.mark.parametrize("kind", KIND_SPECS)
@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_new_of_each_kind(kind: str, lang: str, make_site: Maker) -> None:
    """Each kind makes a file that passes check; every field that is left stands in a comment."""
    site = make_site({"site.yaml": SITE_YAML})
    code, printed, _ = run("new", kind, "--site", site.root, "--title", "Ок: да", lang=lang)
    assert code == 0
    text = (site.root / printed.strip()).read_text("utf-8")
    assert run("check", "--site", site.root)[0] == 0
    uncommented = "\n".join(line.removeprefix("# ") for line in text.split("\n"))
    assert isinstance(parse_yaml(uncommented.split("---")[1].replace("…", "x")), dict)


def test_new_overwrites_nothing(make_site: Maker) -> None:
    """An id that is taken, an unknown name, a date that is none: told, and nothing is written."""
    site = make_site({k: v for k, v in CONTENT.items() if not k.endswith("en.md")})
    before = {path: path.read_bytes() for path in site.root.rglob("*.md")}
    for arguments in (
        ("--title", "A"),
        ("--title", "Б", "--organizer", "ТШЦ"),
        ("--title", "Б", "--date", "вчера"),
        ("--title", "Б", "--type", "пикник"),
        (),
    ):
        assert run("new", "release", "--site", site.root, *arguments)[0] == 2
    assert {path: path.read_bytes() for path in site.root.rglob("*.md")} == before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_new_asks(make_site: Maker) -> None:
    """At a terminal it asks in the person's language, again where it does not understand, and
    opens the editor.
    """
    site = make_site({k: v for k, v in CONTENT.items() if not k.endswith("en.md")})
    main_end, far_end = pty.openpty()
    environment = os.environ | {"EDITOR": "touch -d 2001-01-01", "TERM": "dumb"}
    command = [
        sys.executable,
        "-m",
        "mksite",
        "new",
        "release",
        "--lang",
        "ru",
        "--site",
        str(site.root),
    ]
    with subprocess.Popen(
        command, stdin=far_end, stdout=far_end, stderr=far_end, env=environment
    ) as asked:
        os.close(far_end)
        for answer in ("Встреча", "вчера", "2014-05", "семинар", "МОММ", "МОМ", ""):
            time.sleep(0.05)
            os.write(main_end, f"{answer}\n".encode())
        said = b""
        while chunk := _read(main_end):
            said += chunk
    os.close(main_end)
    assert asked.returncode == 0
    words = said.decode()
    assert "заголовок" in words
    assert "«вчера» не похоже на дату" in words
    assert "«МОММ» архиву не известно" in words
    file = site.root / "content/releases/2014/vstrecha.md"
    assert read(file.read_bytes()).tree["organizers"] == ["iom"]
    assert time.localtime(file.stat().st_mtime).tm_year <= 2001


def _read(end: int) -> bytes:
    try:
        return os.read(end, 4096)
    except OSError:
        return b""


# ---- rename


def test_rename(make_site: Maker) -> None:
    """The id changes in every file that names it, and nowhere else; the old address leads to the
    new one; a translation that was up to date is so still.
    """
    site = make_site(CONTENT)
    run("translations", "--site", site.root, "--update", "content/releases/2013/a.en.md")
    assert run("rename", "organization", "iom", "un-iom", "--site", site.root)[0] == 0
    texts = {
        p.relative_to(site.root).as_posix(): p.read_text("utf-8") for p in site.root.rglob("*.md")
    }
    assert "content/organizations/iom.md" not in texts
    organization = texts["content/organizations/un-iom.md"]
    assert organization.startswith("---\nname: Организация по миграции # iom\n")
    assert (
        "addresses: [/organizations/iom/, /ky/organizations/iom/, /en/organizations/iom/]"
        in organization
    )
    release = texts["content/releases/2013/a.md"]
    assert "organizers: [un-iom, МОМ]" in release
    assert "title: Первая iom" in release
    assert "[[un-iom]] и [[ un-iom |МОМ]], `iom`, [[МОМ]]" in release
    assert "publisher: un-iom" in (site.root / "site.yaml").read_text("utf-8")
    assert "a.en.md" not in run("translations", "--site", site.root)[1]
    result = site.build().result
    assert not result.problems
    assert "un-iom" in (site.public / "ky/organizations/iom/index.html").read_text("utf-8")


def test_rename_a_release(make_site: Maker) -> None:
    """A release takes its translations and attachments along."""
    site = make_site({**CONTENT, "content/releases/2013/a/note.txt": "x"})
    (site.root / "content/releases/2013/a/note.txt").unlink()
    assert run("rename", "releases", "a", "b", "--site", site.root)[0] == 0
    assert sorted(p.name for p in (site.root / "content/releases/2013").iterdir()) == [
        "b",
        "b.en.md",
        "b.md",
    ]
    text = (site.root / "content/releases/2013/b.md").read_text("utf-8")
    assert "aliases: [/releases/a/, /ky/releases/a/, /en/releases/a/]" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("organisation", "iom", "b"), 2),
        (("organization", "iomm", "b"), 2),
        (("organization", "iom", "Б"), 2),
        (("place", "bishkek", "bishkek"), 2),
    ],
)
def test_rename_refuses(arguments: tuple[str, ...], code: int, make_site: Maker) -> None:
    """What cannot be renamed is told, and nothing is written."""
    site = make_site(CONTENT)
    before = {path: path.read_bytes() for path in site.root.rglob("*.md")}
    assert run("rename", *arguments, "--site", site.root)[0] == code
    assert {path: path.read_bytes() for path in site.root.rglob("*.md")} == before


def test_every_field_of_names_is_known() -> None:
    """No field of the model that holds a name is forgotten."""
    assert reference_fields() == set(FIELDS)


IDS = st.sampled_from(["iom", "osce", "un-women", "a"])


@settings(max_examples=200)
@given(
    organizers=st.lists(IDS, max_size=4),
    venue=st.none() | IDS,
    body=st.lists(st.sampled_from(["[[iom]]", "[[iom|x]]", "[[osce]]", "iom", "`[[iom]`", "\n"])),
    style=st.sampled_from([True, False, None]),
)
def test_rename_changes_the_id_alone(
    organizers: list[str], venue: str | None, body: list[str], *, style: bool | None
) -> None:
    """The tree after renaming is the tree with the id replaced; renaming back gives every byte."""
    fields = {"title": "iom", "organizers": organizers, **({"venue": venue} if venue else {})}
    front = yaml.safe_dump(fields, default_flow_style=style)
    text = f"---\n# iom\n{front}---\n{' '.join(body)}"
    made = in_text(text, "organization", "iom", "un-iom", of_kind="release")
    tree = read(made.encode()).tree
    assert tree["organizers"] == ["un-iom" if n == "iom" else n for n in organizers]
    assert (tree["title"], tree.get("venue")) == ("iom", venue)
    assert in_text(made, "organization", "un-iom", "iom", of_kind="release") == text
    assert in_body(" ".join(body), "none", "x") == " ".join(body)


@settings(max_examples=100)
@given(
    listed=st.lists(st.sampled_from(["/a/", "/b/c/"]), max_size=2, unique=True),
    style=st.sampled_from([True, False, None]),
)
def test_former_addresses(listed: list[str], *, style: bool | None) -> None:
    """The addresses are added to those that there are, in any style; the rest stays."""
    fields = {"title": "x", **({"aliases": listed} if listed else {}), "draft": "true"}
    text = f"---\n{yaml.safe_dump(fields, default_flow_style=style)}---\nТекст.\n"
    tree = read(with_former_address(text, "aliases", ["/new/"]).encode()).tree
    assert tree["aliases"] == [*dict.fromkeys([*listed]), "/new/"] or tree["aliases"] == [
        *listed,
        "/new/",
    ]
    assert (tree["title"], tree["draft"]) == ("x", "true")


# ---- names, schema, explain


def test_names(make_site: Maker) -> None:
    """All names, those that hold a word, the nearest; none is told."""
    site = make_site(CONTENT)
    assert "organizations/iom: МОМ; Организация по миграции" in run("names", "--site", site.root)[1]
    assert run("names", "мом", "--site", site.root)[1].startswith("organizations/iom")
    assert run("names", "Бишкекк", "--site", site.root)[1].startswith("places/bishkek")
    assert run("names", "зззззз", "--site", site.root)[0] == 1


@pytest.mark.parametrize("lang", message.LANGUAGES)
def test_schema(lang: str) -> None:
    """Each field of each kind is described in each language, and a good front matter is valid."""
    made = json.loads(run("schema", lang=lang)[1])
    assert set(made) == {*KIND_SPECS, "translation"}
    for described in made.values():
        for part in (described, *described["$defs"].values()):
            for name, field in part["properties"].items():
                assert field["description"], name
        assert described["additionalProperties"] is False
        assert "kind" not in described["properties"]
    names = {name for spec in KIND_SPECS.values() for name in spec.struct.__struct_fields__}
    assert names | set(Translation.__struct_fields__) <= set(meanings(lang))
    assert msgspec.json.decode(json.dumps(made["release"]["required"])) == ["title"]
    assert front_schema.decode({"title": "x"}, Release)[0] is not None


def test_explain() -> None:
    """Each code of the content is explained; an unknown one is told with the nearest."""
    listed = run("explain")[1]
    assert "yaml-colon: " in listed
    code, printed, _ = run("explain", "[yaml-colon]")
    assert code == 0
    assert "→ Write it so: …" in printed
    assert run("explain", "yaml-colom")[0] == 2
