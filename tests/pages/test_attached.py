"""mksite.pages.attached: what lies beside a release is listed by its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests import small_archive

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = """\
    ---
    title: Встреча
    source: {title: Письмо, file: letter.csv}
    documents:
      - {file: list.csv, title: {ru: Участники, en: Participants}}
      - {file: meeting/plan.csv, title: План}
    ---
    Текст.
    """
NAMES = ("letter", "list", "plan", "plain")


def test_a_document_is_listed_by_its_title(tmp_path: Path) -> None:
    """In the reader's language where there is one; without a title by the name of its file."""
    site = small_archive.make_real(tmp_path, features=("search",))
    site.write({"content/releases/2013/meeting.md": RELEASE})
    site.write({"content/releases/2013/meeting.en.md": "---\ntitle: Meeting\n---\nText.\n"})
    site.write({f"content/releases/2013/meeting/{name}.csv": "1,2\n" for name in NAMES})
    made = site.build()
    assert made.result.problems == ()
    listed = {
        lang: re.findall(
            r'<li><a href="/releases/meeting/(\w+)\.csv"[^>]*>(?:<span lang="(..)">)?([^<]+)',
            made.public[f"{lang}releases/meeting/index.html"].decode(),
        )
        for lang in ("", "en/")
    }
    assert listed[""] == [
        ("letter", "", "Письмо"),
        ("list", "", "Участники"),
        ("plain", "", "plain.csv"),
        ("plan", "", "План"),
    ]
    assert listed["en/"] == [
        ("letter", "ru", "Письмо"),
        ("list", "", "Participants"),
        ("plain", "", "plain.csv"),
        ("plan", "ru", "План"),
    ]
