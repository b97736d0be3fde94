"""`mksite check --fix`: shown first, written once agreed, nothing else changed."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mksite.command import cli, fixing
from mksite.source.writing import write_all
from tests.site_builder import SITE_YAML, SmallSite, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.site_builder import Content

    Maker = Callable[[Mapping[str, Content]], SmallSite]

IOM = "content/organizations/iom.md"
BROKEN = "content/releases/2013/broken.md"
NAMED = "content/releases/2013/named.md"
FORMER = "content/releases/2013/former.md"
WINDOWS = "content/releases/2013/windows.md"
MISNAMED = "content/releases/2013/Встреча_Б.md"
FILES: dict[str, Content] = {
    IOM: "---\nname: Миссия\naliases: [МОМ]\nformer: [{name: Комитет, until: 2015}]\n---\n",
    BROKEN: "---\ndate: 26.03.2013\ntitle: Итоги: два\n---\nТекст.\n",
    NAMED: "---\ntitle: Б\norganizers: ['МОМ']  # мы\n---\nО [[МОМ]].\n",
    FORMER: "---\ntitle: В\ndate: 2013-01-01\norganizers: [Комитет]\n---\n",
    WINDOWS: "\ufeff---\r\ntitle: Г\r\norganizers: [МОМ]\r\n---\r\n\r\n".encode(),
    MISNAMED: "---\ntitle: Д\n---\n",
}


def fix(site: SmallSite, *arguments: str, keys: str | None = None) -> tuple[int, str]:
    """The exit code, and what a person reads."""
    given = ["check", "--fix", "--site", str(site.root), "--lang", "en", *arguments]
    result = CliRunner().invoke(cli.cli, given, input=keys)
    return result.exit_code, result.output


def content(site: SmallSite) -> dict[str, bytes]:
    """The files of the content."""
    return tree(site.root / "content")


def test_what_would_change_is_shown_first(make_site: Maker) -> None:
    """Without a yes nothing is written; the difference is there to be read."""
    site = make_site(FILES)
    before = content(site)
    code, said = fix(site)
    assert code == 1
    assert "-date: 26.03.2013" in said
    assert '+title: "Итоги: два"' in said
    assert f"{MISNAMED} → vstrecha-b.md" in said
    assert "check --fix --yes" in said
    assert content(site) == before


def test_what_is_written(make_site: Maker) -> None:
    """Faults are mended and names are ids, notes, line ends and bodies stay; once is enough."""
    site = make_site(FILES)
    code, _ = fix(site, "--yes")
    assert code == 0
    found = content(site)
    assert found["releases/2013/broken.md"].decode() == (
        '---\ntitle: "Итоги: два"\ndate: 2013-03-26\n---\nТекст.\n'
    )
    assert found["releases/2013/named.md"].decode() == (
        "---\ntitle: Б\norganizers: [iom]  # мы\n---\nО [[МОМ]].\n"
    )
    assert found["releases/2013/windows.md"] == bytes(FILES[WINDOWS]).replace(  # type: ignore[arg-type]
        "МОМ".encode(), b"iom"
    )
    assert found["releases/2013/vstrecha-b.md"].decode() == FILES[MISNAMED]
    _, said = fix(site, "--yes")
    assert "There is nothing to mend." in said
    assert content(site) == found


def test_a_name_of_the_time_stays(make_site: Maker) -> None:
    """A name that the page would show otherwise is no mistake."""
    site = make_site(FILES)
    page = "releases/former/index.html"
    site.remove(MISNAMED)
    site.remove(BROKEN)
    before = site.build().public[page]
    fix(site, "--yes")
    assert site.build().public[page] == before


def test_a_file_of_another_encoding_is_left_alone(make_site: Maker) -> None:
    """What could not be given back byte by byte is not touched."""
    site = make_site({BROKEN: "---\ndate: 26.03.2013\ntitle: Итоги\n---\n".encode("cp1251")})
    before = content(site)
    fix(site, "--yes")
    assert content(site) == before


def test_all_or_none(make_site: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full at the second file, the first keeps its text too."""
    site = make_site(FILES)
    before = content(site)
    opened = Path.open
    written: list[Path] = []

    def filling(path: Path, *arguments: object, **named: object) -> object:
        if (
            path.name.endswith(".new")
            and path.name.startswith(".")
            and path.parent.name != ".mksite"
        ):
            written.append(path)
            if len(written) > 1:
                raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return opened(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", filling)
    code, _ = fix(site, "--yes")
    assert code == 3
    assert content(site) == before
    written.clear()
    site.write({"site.yaml": SITE_YAML})
    given = ["rename", "organization", "iom", "mom", "--site", str(site.root), "--lang", "en"]
    site.write({NAMED: "---\ntitle: Б\norganizers: [iom]\npartners: [iom]\n---\n"})
    site.write({FORMER: "---\ntitle: В\norganizers: [iom]\n---\n"})
    before = content(site)
    assert CliRunner().invoke(cli.cli, given).exit_code == 3
    assert content(site) == before


def test_what_lies_beside_is_not_touched(tmp_path: Path) -> None:
    """A file or a link that has the name of ours before it is in place is left as it was."""
    path, outside = tmp_path / "a.md", tmp_path / "outside"
    path.write_bytes(b"a")
    outside.write_bytes(b"theirs")
    beside = tmp_path / f".a.md.{os.getpid()}.new"
    beside.symlink_to(outside)
    with pytest.raises(FileExistsError):
        write_all({path: b"b"})
    assert (path.read_bytes(), outside.read_bytes()) == (b"a", b"theirs")
    assert beside.is_symlink()


def test_a_text_that_is_saved_meanwhile_is_kept(
    make_site: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who saves the file before the answer keeps what was typed; it is looked at again."""
    site = make_site({IOM: FILES[IOM], BROKEN: FILES[BROKEN]})
    saved: list[str] = []

    def agrees(_console: object) -> bool:
        if not saved:
            saved.append("---\ndate: 26.03.2013\ntitle: Итоги: три\n---\nНовый текст.\n")
            site.write({BROKEN: saved[0]})
        return True

    monkeypatch.setattr(fixing, "_agrees", agrees)
    fix(site)
    assert (site.root / BROKEN).read_text(encoding="utf-8") == (
        '---\ntitle: "Итоги: три"\ndate: 2013-03-26\n---\nНовый текст.\n'
    )


def test_a_folder_goes_with_its_record(make_site: Maker) -> None:
    """The files beside a record whose name was not allowed are still beside it."""
    folder = MISNAMED.removesuffix(".md")
    site = make_site({MISNAMED: FILES[MISNAMED], f"{folder}/list.csv": "a,b\n"})
    fix(site, "--yes")
    assert set(content(site)) == {
        "releases/2013/vstrecha-b.md",
        "releases/2013/vstrecha-b/list.csv",
    }


def test_rename_follows_no_link(make_site: Maker, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file that a link leads to is not the archive's: it is not written."""
    site = make_site({IOM: "---\nname: МОМ\n---\n"})
    outside = tmp_path_factory.mktemp("outside") / "other.md"
    outside.write_text("---\ntitle: Б\norganizers: [iom]\n---\n", encoding="utf-8")
    before = outside.read_bytes()
    (site.root / "content/releases").mkdir(parents=True)
    (site.root / "content/releases/link.md").symlink_to(outside)
    (site.root / "content/releases/2013").symlink_to(outside.parent)
    given = ["rename", "organization", "iom", "mom", "--site", str(site.root), "--lang", "en"]
    assert CliRunner().invoke(cli.cli, given).exit_code == 0
    assert outside.read_bytes() == before


def test_files_keep_their_permissions(tmp_path: Path) -> None:
    """A file that only its owner may read stays so."""
    path = tmp_path / "a.md"
    path.write_bytes(b"a")
    path.chmod(0o600)
    write_all({path: b"b"})
    assert path.read_bytes() == b"b"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_yes_to_nothing(make_site: Maker) -> None:
    """`--yes` without `--fix` is a slip: it is said, and nothing is written."""
    site = make_site(FILES)
    before = content(site)
    given = ["check", "--yes", "--site", str(site.root), "--lang", "en"]
    result = CliRunner().invoke(cli.cli, given)
    assert result.exit_code == 2
    assert "--fix --yes" in result.output
    assert content(site) == before
