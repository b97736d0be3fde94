"""artifact.deploy and the ledger of addresses."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mksite.command import cli
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tests.site_builder import SmallSite

    Maker = Callable[[Mapping[str, str]], SmallSite]

FILE = "content/releases/meeting.md"
CONTENT = {"site.yaml": SITE_YAML, FILE: "---\ntitle: Встреча\ndate: 2013\n---\nТекст.\n"}


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, what was printed, what was said."""
    words = [*map(str, arguments), "--lang", "en"]
    ended = CliRunner().invoke(cli.cli, words, catch_exceptions=False)
    return ended.exit_code, ended.stdout, ended.stderr


def names(folder: Path) -> set[str]:
    """All files below a folder."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def built(make_site: Maker) -> SmallSite:
    """The site, built."""
    site = make_site(CONTENT)
    assert run("build", "--site", site.root)[0] == 0
    return site


def test_a_folder(make_site: Maker, tmp_path: Path) -> None:
    """Only what has changed is written; what is gone is removed, and nothing else of the folder."""
    site, target = built(make_site), tmp_path / "www"
    target.mkdir()
    (target / "foreign.html").write_text("not ours")
    code, printed, _ = run("deploy", "--site", site.root, target, "--dry-run")
    assert code == 0
    assert "+ index.html" in printed
    assert names(target) == {"foreign.html"}
    run("deploy", "--site", site.root, target, "--packed")
    packed = next(iter(target.rglob("*.gz")))
    whole = site.public / packed.relative_to(target).with_suffix("")
    assert gzip.decompress(packed.read_bytes()) == whole.read_bytes()
    said = run("deploy", "--site", site.root, target, "--packed")[2]
    assert "Files written: 0, removed: 0" in said
    (site.root / FILE).rename(site.root / "content/releases/other.md")
    run("build", "--site", site.root)
    run("deploy", "--site", site.root, target)
    assert not (target / "releases/meeting/index.html").exists()
    assert (target / "releases/other/index.html").exists()
    assert (target / "foreign.html").read_text() == "not ours"
    assert not packed.exists()


def test_a_forged_list_removes_nothing_outside(make_site: Maker, tmp_path: Path) -> None:
    """The list of what was brought is not believed where it leads out of the folder."""
    site, target = built(make_site), tmp_path / "www"
    target.mkdir()
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "a.txt").write_text("x")
    (target / "link").symlink_to(victim)
    forged = "\n".join(
        ["../victim/a.txt", str(victim / "a.txt"), "link/a.txt", "a/../../victim/a.txt"]
    )
    (target / ".mksite-deployed").write_text(forged)
    assert run("deploy", "--site", site.root, target)[0] == 0
    assert (victim / "a.txt").read_text() == "x"


def test_within_itself_is_refused(make_site: Maker) -> None:
    """The output is not brought into itself."""
    site = built(make_site)
    assert run("deploy", "--site", site.root, site.public / "www")[0] == 2
    assert run("deploy", "--site", site.root, site.root)[0] == 2


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_a_branch(make_site: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A branch of the site's repository holds the output; the work tree stays as it was."""
    site = built(make_site)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "E")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "e@example.kg")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(site.root), *words], check=True, capture_output=True, text=True
        )
        return done.stdout

    git("init", "-q", "-b", "main")
    before = git("status", "--short")
    assert run("deploy", "--site", site.root, "branch:pages")[0] == 0
    listed = set(git("ls-tree", "-r", "--name-only", "pages").split("\n")) - {""}
    assert listed == names(site.public) - {".mksite-output"}
    assert git("status", "--short") == before
    first = git("rev-parse", "pages")
    run("deploy", "--site", site.root, "branch:pages")
    assert git("rev-parse", "pages") == first


@pytest.fixture
def rsync_host(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A host that is reached by rsync: its address, and the folder behind it."""
    folder = tmp_path / "host"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = tmp_path / "rsyncd.conf"
    module = {"path": folder, "read only": "no", "uid": os.getuid(), "gid": os.getgid()}
    lines = ["use chroot = no", "[www]", *(f"{name} = {value}" for name, value in module.items())]
    settings.write_text("\n".join(lines))
    words = ["rsync", "--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}"]
    with subprocess.Popen([*words, f"--config={settings}"]) as daemon:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"rsync://127.0.0.1:{port}/www", folder
        daemon.terminate()


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not here")
def test_rsync(make_site: Maker, rsync_host: tuple[str, Path]) -> None:
    """A host gets the files that have changed, and loses only what a deployment has brought."""
    brought_and_gone(built(make_site), *rsync_host)


@pytest.mark.skipif(shutil.which("rclone") is None, reason="rclone is not here")
def test_rclone(make_site: Maker, tmp_path: Path) -> None:
    """So does a cloud storage; a folder is one to rclone."""
    folder = tmp_path / "bucket"
    folder.mkdir()
    brought_and_gone(built(make_site), f"rclone:{folder}", folder)


def brought_and_gone(site: SmallSite, target: str, folder: Path) -> None:
    """Brings a site, a changed one and a dry run to a target that holds files of others."""
    foreign = {"foreign.html", "releases/foreign/index.html"}
    for name in foreign:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("not ours")
    assert run("deploy", "--site", site.root, target, "--dry-run")[0] == 0
    assert names(folder) == foreign
    assert run("deploy", "--site", site.root, target)[0] == 0
    own = names(site.public) - {".mksite-output"}
    assert names(folder) == own | foreign | {".mksite-deployed"}
    forged = folder / ".mksite-deployed"
    forged.write_text(forged.read_text() + "../host2/x\n/etc/passwd\n")
    (site.root / FILE).rename(site.root / "content/releases/other.md")
    assert run("build", "--site", site.root)[0] == 0
    assert run("deploy", "--site", site.root, target, "--dry-run")[0] == 0
    assert (folder / "releases/meeting/index.html").exists()
    assert run("deploy", "--site", site.root, target)[0] == 0
    own = names(site.public) - {".mksite-output"}
    assert names(folder) == own | foreign | {".mksite-deployed"}
    for name in own:
        assert (folder / name).read_bytes() == (site.public / name).read_bytes()
    for name in foreign:
        assert (folder / name).read_text() == "not ours"


@pytest.mark.parametrize("target", ["host:www", "rclone:remote:www"])
def test_a_program_that_is_not_there(
    make_site: Maker, target: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its name is told."""
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, said = run("deploy", "--site", built(make_site).root, target)
    assert code == 2
    assert target.partition(":")[0].replace("host", "rsync") in said


def test_a_program_that_fails(
    make_site: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is removed after a step that failed, and its exit code is the command's."""
    program = tmp_path / "rsync"
    log = tmp_path / "log"
    program.write_text(f'#!/bin/sh\necho "$@" >> {log}\ncase "$*" in *delay*) exit 23;; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    code, _, _ = run("deploy", "--site", built(make_site).root, "host:www")
    assert code == 23
    assert "--delete" not in log.read_text()


def test_sums_are_those_of_another_folder(make_site: Maker, tmp_path: Path) -> None:
    """The sums are what sha256sum reads, and the same wherever the site lies."""
    site = built(make_site)
    _, printed, _ = run("deploy", "--site", site.root, "--sums")
    copy = tmp_path / "elsewhere"
    shutil.copytree(site.root, copy, ignore=shutil.ignore_patterns("public", ".mksite"))
    run("build", "--site", copy)
    assert run("deploy", "--site", copy, "--sums")[1] == printed
    digest, _, name = printed.split("\n")[0].partition("  ")
    assert hashlib.sha256((site.public / name).read_bytes()).hexdigest() == digest


# ---- addresses


def test_an_address_must_not_vanish(make_site: Maker) -> None:
    """The ledger has each published address; one that would lead nowhere is an error with its line,
    and the cure that is told mends it.
    """
    site = built(make_site)
    assert run("addresses", "--site", site.root, "--update")[0] == 0
    ledger = (site.root / "content/addresses.txt").read_text("utf-8").split()
    assert "/releases/meeting/" in ledger
    assert run("check", "--site", site.root)[0] == 0
    (site.root / FILE).rename(site.root / "content/releases/other.md")
    code, _, said = run("check", "--site", site.root)
    assert code == 1
    line = ledger.index("/releases/meeting/") + 1
    assert f"  {line}:1 error The address /releases/meeting/ is published" in said
    text = (site.root / "content/releases/other.md").read_text("utf-8")
    cured = text.replace("---\nТекст", "aliases: [/releases/meeting/]\n---\nТекст")
    (site.root / "content/releases/other.md").write_text(cured, "utf-8")
    assert run("check", "--site", site.root)[0] == 0
