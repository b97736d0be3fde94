"""`mksite links` as an editor runs it, against a server that misbehaves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from mksite.command import links
from mksite.command.cli import cli
from tests import small_archive
from tests.review.test_visit import HURRIED, Badly, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tests.site_builder import Content, SmallSite

    Maker = Callable[[Mapping[str, Content]], SmallSite]

RELEASE = "content/releases/2013/table.md"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a second between two visits here."""
    monkeypatch.setattr(links, "MANNERS", HURRIED)


@pytest.fixture
def server() -> Iterator[Badly]:
    """A server that misbehaves."""
    with serving() as there:
        yield there


def run(site: SmallSite, *arguments: str, code: int = 0) -> Result:
    """`mksite links`, to this machine too."""
    given = ["links", "--site", str(site.root), "--lang", "ru", "--private", *arguments]
    result = CliRunner().invoke(cli, given)
    assert result.exit_code == code, result.output
    return result


def listed(site: SmallSite, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    """What it prints for programs."""
    found: list[dict[str, Any]] = json.loads(
        run(site, "--format", "json", *arguments, code=code).stdout
    )
    return found


def source_of(server: Badly, front: str = "") -> str:
    """A release with links in its text and its front matter."""
    return (
        f"---\ntitle: Стол\ndate: 2013-03-25\n{front}---\n"
        f"Отчёт [здесь]({server.address('/status/404')}), "
        f"новое: {server.address('/to/301//new')}.\n\n"
        f"<{server.address('/good')}>, а это [своё](mailto:a@example.org).\n"
    )


def test_each_link_is_told_where_it_stands(make_site: Maker, server: Badly) -> None:
    """A dead link and one that has moved are told with their place and cure, the good one not."""
    site = make_site({RELEASE: source_of(server)})
    gone, moved = listed(site)
    assert (gone["path"], gone["line"], gone["code"]) == (RELEASE, 5, "link-gone")
    assert gone["severity"] == "warning"
    assert gone["column"] == len("Отчёт [здесь") + 1
    assert "web.archive.org" in gone["hint"]
    assert (moved["line"], moved["code"]) == (5, "link-moved")
    assert moved["nearest"] == server.address("/new")
    text = run(site).stderr
    assert "Страницы" in text
    assert "посещено сейчас: 1" in text  # the dead one is asked again, the others are known


def test_what_was_good_is_not_asked_again(make_site: Maker, server: Badly) -> None:
    """For seven days, unless that is asked for."""
    site = make_site({RELEASE: source_of(server)})
    run(site, "--now", "2026-01-01")
    run(site, "--now", "2026-01-05")
    assert server.asked["HEAD", "/good"] == 1
    run(site, "--now", "2026-01-05", "--fresh")
    assert server.asked["HEAD", "/good"] == 2
    run(site, "--now", "2026-01-20")
    assert server.asked["HEAD", "/good"] == 3
    (site.root / ".mksite/links").write_bytes(b"garbage")
    run(site, "--now", "2026-01-20")
    assert server.asked["HEAD", "/good"] == 4


def test_only_strict_fails(make_site: Maker, server: Badly) -> None:
    """A dead link is no mistake of the site, unless somebody wants that."""
    site = make_site({RELEASE: source_of(server)})
    run(site, code=0)
    run(site, "--strict", code=1)


def test_an_archived_copy(make_site: Maker, server: Badly) -> None:
    """The source's page is gone: without a copy its address is asked for, with one all is well."""
    gone, copy = server.address("/status/410"), server.address("/copy")
    site = make_site({RELEASE: f"---\ntitle: Стол\ndate: 2013\nsource: {{url: '{gone}'}}\n---\n"})
    [told] = listed(site)
    assert (told["code"], told["field"]) == ("link-gone-source", "source.url")
    assert "archived:" in told["hint"]
    kept = f"---\ntitle: Стол\ndate: 2013\nsource: {{url: '{gone}', archived: '{copy}'}}\n---\n"
    site.write({RELEASE: kept})
    [told] = listed(site, "--strict")
    assert (told["code"], told["severity"]) == ("link-gone-kept", "note")


def test_the_copy_is_on_the_page(tmp_path: Path) -> None:
    """Readers get to the archived copy."""
    copy = "https://web.archive.org/web/2013/http://example.org/"
    front = f"source: {{title: Сайт, url: 'http://example.org/', archived: '{copy}'}}"
    site = small_archive.make_real(tmp_path / "site")
    site.write({RELEASE: f"---\ntitle: Стол\ndate: 2013\n{front}\n---\nТекст.\n"})
    assert CliRunner().invoke(cli, ["build", "--site", str(site.root)]).exit_code == 0
    assert f'href="{copy}"' in (site.public / "releases/table/index.html").read_text("utf-8")


def test_a_copy_that_is_no_address(make_site: Maker) -> None:
    """`archived` is an address, as `url` is."""
    front = "source: {url: 'http://example.org/', archived: есть}"
    site = make_site({RELEASE: f"---\ntitle: Стол\ndate: 2013\n{front}\n---\nТекст.\n"})
    told = CliRunner().invoke(cli, ["check", "--site", str(site.root), "--format", "json"])
    assert [(x["code"], x["field"]) for x in json.loads(told.stdout)][:1] == [
        ("bad-url", "source.archived")
    ]


def test_no_network(make_site: Maker) -> None:
    """Where no host at all is found, nothing is said of the links."""
    text = "---\ntitle: Стол\ndate: 2013\n---\nhttp://a.invalid/ и http://b.invalid/\n"
    result = run(make_site({RELEASE: text}), code=3)
    assert "интернет" in result.stderr
    assert "a.invalid" not in result.output
