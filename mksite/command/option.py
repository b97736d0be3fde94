"""What several commands share: their options, and the languages that people are spoken to in.

This is the one place that asks for the clock, the environment and the number of cores.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict
from zoneinfo import ZoneInfo

import click

from mksite import face
from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.build.options import Options
from mksite.command import message
from mksite.command.console import Console
from mksite.command.language import of_environment
from mksite.content import config
from mksite.errors import MksiteError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack


def console_for(root: Path, lang: str | None) -> Console:
    """The asked language, else the one that the environment names, else the site's own, else
    Russian.
    """
    wanted = lang or of_environment()
    if not wanted:
        wanted = "ru"
        try:
            site, _ = read_site(root)
        except (MksiteError, OSError):
            site = None
        if site is not None and site.default_language in message.LANGUAGES:
            wanted = site.default_language
    return Console(wanted)


def now_of(text: str | None, root: Path) -> datetime:
    """The time to build for: given, in the site's time zone where it names none, or the clock's."""
    if text is None:
        return datetime.now().astimezone()
    try:
        given = datetime.fromisoformat(text)
        if given.tzinfo is None:
            site, _ = config.parse((root / config.FILE).read_bytes())
            given = given.replace(tzinfo=ZoneInfo(site.timezone) if site else UTC)
        return given.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError("bad-now", value=text) from None


def site_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command has."""
    for option in (
        click.option("--lang", type=click.Choice(message.LANGUAGES), help="Language of messages."),
        click.option(
            "--site",
            type=click.Path(path_type=Path, file_okay=False),
            default=".",
            show_default=True,
            help="The site folder, where site.yaml is.",
        ),
    ):
        command = option(command)
    return command


def build_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that build."""
    for option in (
        click.option("--now", metavar="ISO", help="Build as of this time (for embargoes)."),
        click.option("--drafts", is_flag=True, help="Show drafts and embargoed releases too."),
        click.option("--strict", is_flag=True, help="Publish nothing where there are warnings."),
        click.option("--force", is_flag=True, help="Build everything anew."),
        click.option("--jobs", type=click.IntRange(1, 64), help="Processes; default: one a core."),
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            help="Where to write; default: public in the site folder.",
        ),
    ):
        command = option(command)
    return site_options(command)


class Building(TypedDict):
    """What `build_options` gives a command."""

    output: Path | None
    jobs: int | None
    now: str | None
    force: bool
    strict: bool
    drafts: bool


def options_of(site: Path, **asked: Unpack[Building]) -> Options:
    """The Options of a build. Raises UsageError where there is no site."""
    root, output = site.absolute(), asked["output"]
    if not (root / config.FILE).exists():  # before a lock is taken in a folder that is no site
        raise UsageError("no-site", path=str(root))
    return Options(
        root=root,
        output=(output or root / "public").absolute(),
        now=now_of(asked["now"], root),
        engine=engine_digest(),
        face=face.standard(),
        jobs=asked["jobs"] or _cores(),
        force=asked["force"],
        strict=asked["strict"],
        drafts=asked["drafts"],
    )


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
