"""`mksite mentions`: the names of a file as JSON, and of the content as a list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from mksite.command.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.site_builder import SmallSite

    Make = Callable[[Mapping[str, str | bytes]], SmallSite]

CONTENT = {
    "content/organizations/iom.md": "---\nname: Международная организация по миграции\n"
    "short: МОМ\n---\n",
    "content/organizations/eu.md": "---\nname: Европейский союз\nshort: ЕС\n---\n",
    "content/releases/2013/one.md": "---\ntitle: Один\ndate: 2013-03-25\norganizers: [eu]\n---\n"
    "Семинар МОМ и ЕС в НПО.\n",
    "content/releases/2013/two.md": "---\ntitle: Два\ndate: 2013-03-26\n---\nОтчёт ЕС для НПО.\n",
}


def run(site: SmallSite, *arguments: str) -> str:
    """What the command prints, in English."""
    given = ["mentions", "--site", str(site.root), "--lang", "en", *arguments]
    result = CliRunner().invoke(cli, given)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_file_outside_the_content_gives_spans(make_site: Make, tmp_path: Path) -> None:
    """Offsets are characters of the decoded file, whatever its encoding."""
    site = make_site(CONTENT)
    text = "Встреча с Международной Организацией по Миграции."
    for encoding in ("utf-8", "cp1251", "utf-16"):
        file = tmp_path / "press.txt"
        file.write_bytes(text.encode(encoding))
        spans = json.loads(run(site, "--format", "json", str(file)))
        surface = "Международной Организацией по Миграции"
        assert spans == [{"start": 10, "end": 48, "surface": surface, "id": "iom"}]


def test_the_content_is_listed_with_refusals_and_candidates(make_site: Make) -> None:
    """Each release, why a name does not count, and names that the registry lacks."""
    said = run(make_site(CONTENT))
    assert "organizations/iom ×1: МОМ" in said
    assert "organizations/eu ×1: ЕС" in said  # the front matter of the first names it
    assert "“ЕС” (eu) does not count" in said  # that of the second does not
    assert "НПО: not in the registry, in 2 texts" in said
    assert "content/organizations/npo.md" in said
