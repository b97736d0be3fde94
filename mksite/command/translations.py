"""`mksite translations`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.cache.lock import only_build
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, site_options

if TYPE_CHECKING:
    from mksite.command.console import Console
    from mksite.record.translation import Lag


@command()
@site_options
@click.option("--update", is_flag=True, help="Mark those named, or all that have no mark yet.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def translations(site: Path, lang: str | None, *, update: bool, paths: tuple[Path, ...]) -> None:
    """Say which translations are outdated, unmarked or missing."""
    console = console_for(site, lang)

    def work() -> int:
        from mksite.record import translation  # noqa: PLC0415

        root = site.absolute()
        configured, problems = read_site(root)
        if configured is None:
            console.problems(problems)
            return 1
        with only_build(root, lambda: console.say("waiting")):
            records = translation.read_records(root, configured, engine_digest())
            lags = translation.lags(records, configured.languages)
            if update:
                picked = translation.chosen(lags, paths, root, records)
                return _mark(console, root, picked)
        _report(console, lags, configured.languages)
        return 0

    sys.exit(guarded(console, work))


def _mark(console: Console, root: Path, picked: tuple[Lag, ...]) -> int:
    """Writes the marks, and says in which files; what cannot be marked is told."""
    from mksite.record import translation  # noqa: PLC0415

    written = 0
    for lag in picked:
        if translation.mark(root, lag):
            written += 1
            click.echo(lag.path)
        else:
            console.say("translation-not-marked", path=lag.path, digest=lag.digest)
    console.say("translations-marked", count=written)
    return 0 if written == len(picked) else 1


def _report(console: Console, lags: tuple[Lag, ...], languages: tuple[str, ...]) -> None:
    """The translations that do not keep up, language by language."""
    for lang in languages:
        own = [lag for lag in lags if lag.lang == lang]
        if lang == languages[0] and not own:
            continue  # all originals are in the site's first language
        counts = Counter(lag.state for lag in own)
        counted = console.sentence(
            "translations-language",
            language=lang,
            outdated=counts["outdated"],
            unmarked=counts["unmarked"],
            missing=counts["missing"],
        )
        click.echo(counted)
        for lag in own:
            click.echo(f"  {console.sentence(f'translation-{lag.state}', path=lag.path)}")
    if any(lag.state != "missing" for lag in lags):
        console.say("translations-hint")
