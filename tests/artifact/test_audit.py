"""artifact.audit, and what hides releases: drafts, embargoes, withdrawals."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from mksite.command import cli
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.site_builder import SmallSite

    Maker = Callable[[Mapping[str, str]], SmallSite]

UNSEEN = "Комиссия тайно одобрила выплаты семьям уехавших работников «Надежды» ещё осенью."
SHOWN = "Встреча в Бишкеке собрала экспертов по правам трудовых мигрантов и их семей."
NOW = "2026-01-01T00:00"


def release(title: str, body: str, *lines: str) -> str:
    """A release with these lines in its front matter."""
    return "\n".join(["---", f"title: {title}", "date: 2020-05-01", *lines, "---", body, ""])


CONTENT = {
    "site.yaml": SITE_YAML,
    "content/releases/open.md": release("Открытая встреча", SHOWN),
    "content/releases/draft.md": release("Тайный черновик", f"{SHOWN}\n\n{UNSEEN}", "draft: true"),
    "content/releases/later.md": release("Позднее эмбарго", UNSEEN, "embargo: 2026-03-01T09:00"),
    "content/releases/gone.md": release(
        "Отозванная весть", UNSEEN, "withdrawn: {date: 2025-12-01, reason: По просьбе участников}"
    ),
    "content/releases/gone.en.md": "---\ntitle: Withdrawn news item\n---\n"
    "The commission agreed in secret to pay the families.\n",
}


def run(*arguments: object) -> tuple[int, str]:
    """Exit code and what was printed."""
    ended = CliRunner().invoke(cli.cli, [*map(str, arguments)], catch_exceptions=False)
    return ended.exit_code, ended.stdout


def built(make_site: Maker) -> SmallSite:
    """The site with all features, as of the first of January."""
    site = make_site(CONTENT)
    assert run("build", "--site", site.root, "--now", NOW)[0] == 0
    return site


def test_hidden_releases_leave_no_trace(make_site: Maker) -> None:
    """Neither words nor addresses of drafts, embargoed and withdrawn releases are in any file."""
    site = built(make_site)
    assert run("audit", "--site", site.root, "--now", NOW, site.public) == (0, "")
    assert not (site.public / "releases/draft").exists()


def test_a_withdrawn_release_says_when_and_why(make_site: Maker) -> None:
    """Its address says that it was withdrawn, in each language, and stands in no list."""
    site = built(make_site)
    for path in ("releases/gone/index.html", "en/releases/gone/index.html"):
        page = (site.public / path).read_text("utf-8")
        assert "По просьбе участников" in page
        assert "2025" in page
        assert "noindex" in page
        assert "Отозванная весть" not in page
        assert "Withdrawn news item" not in page
    others = [p for p in site.public.rglob("*") if p.is_file() and p.parent.name != "gone"]
    assert not [p for p in others if b"/releases/gone/" in p.read_bytes()]


def test_embargo_ends(make_site: Maker) -> None:
    """`next` tells the next end of an embargo; then the release is published and is no leak."""
    site = built(make_site)
    assert run("next", "--site", site.root, "--now", NOW)[1] == "2026-03-01T09:00:00+06:00\n"
    assert run("next", "--site", site.root, "--now", "2026-04-01")[1] == ""
    assert run("build", "--site", site.root, "--now", "2026-04-01")[0] == 0
    assert (site.public / "releases/later/index.html").exists()
    code, leaks = run("audit", "--site", site.root, "--now", NOW, site.public)
    assert code == 1
    assert "releases/later/index.html\tcontent/releases/later.md" in leaks


def _zipped(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return made.getvalue()


PLANTED: dict[str, Callable[[str], bytes]] = {
    "page.html": lambda text: f"<p>{text.upper().replace(' ', '<b> </b>')}</p>".encode(),
    "data.json": lambda text: json.dumps({"body": text}).encode(),
    "data.json.gz": lambda text: gzip.compress(text.encode()),
    "paper.docx": _zipped,
    "link.html": lambda text: f'<a href="?q={quote(text)}">'.encode(),
}


@pytest.mark.parametrize("name", [*PLANTED, "data.sqlite"])
def test_planted_leaks_are_found(name: str, make_site: Maker) -> None:
    """Six hidden words in any form of file are told, with the file and the source."""
    site = built(make_site)
    file = site.public / name
    if name == "data.sqlite":
        _database(file)
    else:
        file.write_bytes(PLANTED[name](UNSEEN))
    code, leaks = run("audit", "--site", site.root, "--now", NOW, site.public)
    assert code == 1
    assert leaks.startswith(f"{name}\tcontent/releases/")


def _database(file: Path) -> None:
    database = sqlite3.connect(file)
    with database:
        database.execute("CREATE TABLE texts (body)")
        database.execute("INSERT INTO texts VALUES (?)", (UNSEEN,))
    database.close()
