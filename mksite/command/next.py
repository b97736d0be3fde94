"""`mksite next`: when the next embargo ends, for whoever runs the builds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.catalogue.time.embargo import embargo_end
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, now_of, site_options
from mksite.content.model import Release
from mksite.record.translation import read_records

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mksite.command.console import Console


@command(name="next")
@site_options
@click.option("--now", metavar="ISO", help="Build as of this time (for embargoes).")
def next(site: Path, lang: str | None, now: str | None) -> None:  # noqa: A001  the command's name
    """Print when the next embargo ends; nothing where none is coming."""
    console = console_for(site, lang)
    root = site.absolute()
    sys.exit(guarded(console, lambda: _next(console, root, now_of(now, root))))


def _next(console: Console, root: Path, now: datetime) -> int:
    site, problems = read_site(root)
    if site is None:
        console.problems(problems)
        return 1
    zone = ZoneInfo(site.timezone)
    ends = [
        end
        for record in read_records(root, site, engine_digest())
        if isinstance(record.meta, Release) and record.meta.embargo and not record.meta.draft
        if (end := embargo_end(record.meta.embargo, zone)) is not None and end > now
    ]
    if ends:
        click.echo(min(ends).isoformat())
    return 0
