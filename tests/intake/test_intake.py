"""intake: what a press release says, from whatever file it comes."""

from __future__ import annotations

import json
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner
from pypdf import PdfWriter

from mksite.command import cli
from mksite.intake import clean, draft, formats, when
from mksite.intake.formats import Unreadable, take
from mksite.intake.intake import examine
from tests import specimens
from tests.intake import scoring

if TYPE_CHECKING:
    from collections.abc import Callable

    from mksite.intake.facts import Facts, Registry
    from tests.site_builder import SmallSite

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MAIL = """From: press@example.kg
To: list@example.kg
Subject: =?utf-8?b?0KHQtdC80LjQvdCw0YAg0L4g0L/RgNCw0LLQsNGF?=
MIME-Version: 1.0
Content-Type: text/plain; charset=koi8-r
Content-Transfer-Encoding: 8bit

"""
TITLE = "Семинар о правах трудовых мигрантов"
LEAD = "14 мая 2015 года в Бишкеке МОМ провела семинар о правах трудовых мигрантов и их семей."
TEXT = f"{TITLE}\n\n{LEAD}\n"
OTHER = "Другая встреча\n\n6 марта МОМ провела встречу в Бишкеке с теми, кто вернулся.\n"


@cache
def registry() -> Registry:
    """The names of the real content."""
    return scoring.registry()


def facts(text: str) -> Facts:
    """What a text says."""
    return examine("release.txt", text.encode(), registry()).facts


def word(*paragraphs: str, bold: int = -1) -> bytes:
    """A Word file of these paragraphs; one of them may be all bold."""
    made = ""
    for number, text in enumerate(paragraphs):
        run = "<w:rPr><w:b/></w:rPr>" if number == bold else ""
        made += f"<w:p><w:r>{run}<w:t>{escape(text)}</w:t></w:r></w:p>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = specimens.docx_parts(changes=False)
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?><w:document {space}><w:body>{made}</w:body></w:document>'
    )
    return specimens.packed(parts)


def test_own_releases() -> None:
    """Of the releases composed for this, every field is right or empty, and no role is wrong."""
    score = scoring.total(tell=False)
    assert score.misplaced == 0
    assert score.right >= 0.97 * score.fields
    assert score.wrong <= 0.02 * score.fields


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the press releases of the seeds are not here")
def test_seeds() -> None:
    """Of the five press releases, every organization in a role is one that they give it."""
    ids = {"tspc-migrant-rights": "migrant-rights-kg"}
    for name, said in json.loads((SEEDS / "facts.json").read_text("utf-8")).items():
        read = examine(name, (SEEDS / name).read_bytes(), registry()).facts
        named = {
            "organizers": said["organizers"],
            "partners": said["partners"],
            "support": [*said["partners"], *said["funders_event"]],
            "funders": said["funders_event"],
            "participants": [*said["participants_orgs"], *said.get("speakers", [])],
        }
        for field, listed in named.items():
            allowed = {item.get("id") or item.get("org") for item in listed}
            assert {item.id for item in read.of_field(field)} <= allowed, (name, field)
        assert {item.id for item in read.of_field("organizers")} == {
            item["id"] for item in said["organizers"]
        }
        assert read.programme is not None
        assert read.programme.id == ids.get(said["programme"]["id"], said["programme"]["id"])
        assert read.date == (said["date_published"] or "")
        start = (said["event"]["date"] or "").replace("--", "XXXX-", 1)
        assert read.event_start == start
        assert read.event_type == said["event"]["type"]
        assert read.title == (said["title"] or "")


@pytest.mark.parametrize(
    "text", [text for text, _ in scoring.cases() if not re.search(r"(?:19|20)\d\d", text)]
)
def test_no_year_is_made_up(text: str) -> None:
    """A text without a year gives dates without one."""
    read = facts(text)
    assert not re.search(r"(?:19|20)\d\d", json.dumps(draft.fields(read)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("25 марта 2013г.", "2013-03-25", ""),
        ("17–18 сентября", "XXXX-09-17", "XXXX-09-18"),
        ("с 28 мая по 2 июня 2018 года", "2018-05-28", "2018-06-02"),
        ("2013-жылдын 26-мартында", "2013-03-26", ""),
        ("12-мартта", "XXXX-03-12", ""),
        ("March 25, 2013", "2013-03-25", ""),
        ("3-5 April 2018", "2018-04-03", "2018-04-05"),
        ("22.10.2019", "2019-10-22", ""),
        ("в январе 2013 года", "2013-01", ""),
    ],
)
def test_dates(text: str, first: str, last: str) -> None:
    """A date in words of three languages."""
    found = when.dates(f"Встреча: {text}")
    assert [(item.first, item.last) for item in found] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["в 2010 г.", "маршрут 5", "5 марш", "40,1 миллионов", "версия 1.2.2013.4"]
)
def test_no_dates(text: str) -> None:
    """What is no day of a month is none."""
    assert when.dates(text) == []


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("в 9.30, в зале", "09:30"),
        ("14:00", "14:00"),
        ("саат 15:00дө", "15:00"),
        ("at 2 pm", "14:00"),
        ("рост на 9.30 %", ""),
    ],
)
def test_clock(text: str, time: str) -> None:
    """A time of day; a number with a dot is none without a word that says so."""
    assert when.clock(text) == time


def test_clean() -> None:
    """Double spaces, hyphenation, a scanner's zeros, lightbox marks and page numbers."""
    made = clean.clean("ООН  Женщины и 00 «Центр»\n## ×\nмежстра-\nнового\n- 3 -\n•\tпункт\n")
    assert "ООН Женщины и ОО «Центр»" in made.text
    assert "межстранового" in made.text
    assert "- пункт" in made.text
    assert made.apart == ("## ×", "- 3 -")


FORMATS: dict[str, bytes] = {
    "release.txt": TEXT.encode(),
    "cp1251.txt": TEXT.encode("cp1251"),
    "koi8.txt": TEXT.encode("koi8-r"),
    "utf16.txt": TEXT.encode("utf-16"),
    "release.md": f"# {TEXT}".encode(),
    "release.docx": word("Пресс-релиз", TITLE, LEAD, bold=1),
    "renamed.txt": word(TITLE, LEAD),
    "page.html": (
        "<html><head><title>Семинар | Сайт</title><style>p {}</style></head><body><nav>Меню</nav>"
        f"<article><h1>{TITLE}</h1><p>{LEAD}</p></article>"
        "<script>alert(1)</script></body></html>"
    ).encode(),
    "letter.eml": MAIL.encode("ascii") + TEXT.encode("koi8-r"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats(name: str) -> None:
    """The same release in each form and encoding says the same."""
    read = examine(name, FORMATS[name], registry()).facts
    assert read.title == "Семинар о правах трудовых мигрантов"
    assert (read.event_type, read.event_start) == ("seminar", "2015-05-14")
    assert [item.id for item in read.of_field("organizers")] == ["iom"]
    assert read.city == "bishkek"


def blank_pdf() -> bytes:
    """A PDF of pages without text, as a scan is."""
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(300, 400)
    writer.write(made)
    return made.getvalue()


def bomb() -> bytes:
    """A Word file that would take 300 MB."""
    parts: dict[str, Any] = specimens.docx_parts()
    parts["word/media/large.bin"] = b"\0" * 300_000_000
    return specimens.packed(parts)


BROKEN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "import-empty": ("a.docx", lambda: b" \n"),
    "import-damaged": ("a.docx", lambda: word("Текст" * 50)[:300]),
    "import-no-document": ("a.docx", lambda: specimens.packed({"a.txt": "x"})),
    "import-encrypted": ("a.pdf", lambda: specimens.pdf(password="x")),  # noqa: S106
    "import-scanned": ("a.pdf", blank_pdf),
    "import-old-word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "import-picture": ("a.txt", lambda: specimens.photo(8, 8)),
    "import-no-text": ("a.txt", lambda: b"123 456 ... abc"),
    "import-too-large": ("a.docx", bomb),
}


@pytest.mark.parametrize("code", BROKEN)
def test_broken_files(code: str) -> None:
    """What cannot be read is told why."""
    name, make = BROKEN[code]
    with pytest.raises(Unreadable) as raised:
        take(name, make())
    assert raised.value.code == code


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its libraries the command says how to install them."""
    monkeypatch.setitem(__import__("sys").modules, "mammoth", None)
    with pytest.raises(Unreadable) as raised:
        take("a.docx", word("Текст " * 20))
    assert (raised.value.code, raised.value.values) == ("import-extra", {"library": "mammoth"})


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, what was printed, what was said."""
    ended = CliRunner().invoke(cli.cli, [*map(str, arguments)], catch_exceptions=False)
    return ended.exit_code, ended.stdout, ended.stderr


REGISTRY = {
    "content/organizations/iom.md": "---\nname: Международная организация\nshort: МОМ\n---\n",
    "content/places/bishkek.md": "---\nname: Бишкек\n---\n",
}


def test_a_draft_is_written(
    make_site: Callable[[dict[str, Any]], SmallSite], tmp_path: Path
) -> None:
    """A folder becomes drafts that pass check, with the original beside; nothing is published, a
    broken file hinders no other, and a second time they are told as there already.
    """
    site = make_site(REGISTRY)
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.docx").write_bytes(word(TITLE, LEAD))
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "c.txt").write_text(OTHER, "utf-8")
    code, _, said = run("import", "--site", site.root, "--lang", "en", folder)
    assert code == 1
    assert "b.pdf: the file is damaged" in said
    made = sorted(site.root.glob("content/releases/*/*.md"))
    assert [path.parent.name for path in made] == ["2015", "undated"]
    text = made[0].read_text("utf-8")
    assert 'title: "Семинар о правах трудовых мигрантов"\nadded: ' in text
    assert "organizers: [iom]" in text
    assert "draft: true" in text
    assert "source:\n  file: a.docx" in text
    assert (made[0].with_suffix("") / "a.docx").read_bytes() == (folder / "a.docx").read_bytes()
    assert "start: XXXX-03-06" in made[1].read_text("utf-8")
    assert run("check", "--site", site.root, "--lang", "en")[0] == 0
    before = {path: path.read_bytes() for path in site.root.rglob("*.md")}
    _, _, said = run("import", "--site", site.root, "--lang", "en", folder / "a.docx")
    assert "there is such a release already" in said
    assert {path: path.read_bytes() for path in site.root.rglob("*.md")} == before


def test_json_writes_nothing(
    make_site: Callable[[dict[str, Any]], SmallSite], tmp_path: Path
) -> None:
    """With --json the fields are printed under the names of the front matter."""
    site = make_site(REGISTRY)
    before = sorted(site.root.rglob("*"))
    letter = tmp_path / "letter.txt"
    letter.write_text(TEXT, "utf-8")
    code, printed, _ = run("import", "--site", site.root, "--json", letter)
    assert code == 0
    read = json.loads(printed)
    assert read["event"] == {"type": "seminar", "start": "2015-05-14", "status": "held"}
    assert (read["organizers"], read["venue"]) == (["iom"], "bishkek")
    assert "date" not in read
    assert [path for path in sorted(site.root.rglob("*")) if ".mksite" not in path.parts] == [
        path for path in before if ".mksite" not in path.parts
    ]
    assert formats.SUFFIXES
