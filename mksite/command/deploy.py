"""`mksite deploy TARGET`: the finished site somewhere else."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mksite.artifact import deploy as deploying
from mksite.artifact import remote
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, site_options
from mksite.errors import UsageError

if TYPE_CHECKING:
    from mksite.command.console import Console

_BY_PROGRAM = re.compile(r"rclone:|rsync://|[\w.-]+@?[\w.-]*:(?!\\)")


@command()
@site_options
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write; default: public in the site folder.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--packed", is_flag=True, help="A .gz beside each text, for hosts that serve them.")
@click.option("--sums", is_flag=True, help="Only print the SHA-256 of each file.")
@click.argument("target", required=False)
def deploy(
    site: Path, lang: str | None, output: Path | None, target: str | None, **flags: bool
) -> None:
    """Bring the finished site to a folder, a host, a branch or a cloud storage."""
    console = console_for(site, lang)
    root = site.absolute()
    folder = (output or root / "public").absolute()
    sys.exit(guarded(console, lambda: _deploy(console, root, folder, (target, flags))))


def _deploy(
    console: Console, root: Path, output: Path, asked: tuple[str | None, dict[str, bool]]
) -> int:
    target, flags = asked
    if not (output / "index.html").is_file():
        raise UsageError("audit-no-folder", path=str(output))
    if flags["sums"]:
        for line in deploying.sums(output):
            click.echo(line)
        return 0
    if not target:
        raise UsageError("deploy-no-target")
    dry_run = flags["dry_run"]
    if target.startswith("branch:"):
        commit = deploying.to_branch(output, root, target.removeprefix("branch:"), dry_run=dry_run)
        console.say("deployed-branch", commit=commit[:10] or "—")
        return 0
    if _BY_PROGRAM.match(target):
        return remote.bring(output, target, dry_run=dry_run)
    done = deploying.to_folder(
        output, Path(target).absolute(), packed=flags["packed"], dry_run=dry_run
    )
    if dry_run:
        for name in done.written:
            click.echo(f"+ {name}")
        for name in done.removed:
            click.echo(f"- {name}")
    console.say("deployed", written=len(done.written), removed=len(done.removed))
    return 0
