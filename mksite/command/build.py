"""`mksite build`."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from mksite.artifact.publish import content_digest, publish
from mksite.build.build import build as build_site
from mksite.build.build import verify
from mksite.cache.lock import only_build
from mksite.command.console import Console, progress
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import Building, build_options, console_for, options_of

if TYPE_CHECKING:
    from mksite.build.options import Options, Result


@command()
@build_options
@click.option("--explain", is_flag=True, help="Say for each rendered page why.")
@click.option("--stats", type=click.Path(path_type=Path, dir_okay=False), help="Write figures.")
@click.option("--verify", "compare", is_flag=True, help="Rebuild in memory and compare only.")
@click.option(
    "--publish",
    "target",
    type=click.Path(path_type=Path),
    help="Switch the finished site in at this place, in one step.",
)
def build(  # noqa: PLR0913  one parameter an option
    site: Path,
    lang: str | None,
    *,
    explain: bool,
    stats: Path | None,
    compare: bool,
    target: Path | None,
    **options: Unpack[Building],
) -> None:
    """Build the site."""
    console = console_for(site, lang)

    def work() -> int:
        chosen = options_of(site, **options)
        gc.disable()  # a build ends soon; collecting garbage would cost a tenth of it
        with only_build(chosen.root, lambda: console.say("waiting")):
            if compare:
                return _compare(console, chosen)
            with progress(console) as told:
                result = build_site(chosen, told)
            if target is not None and result.published:
                digest = content_digest(result.digests.items())
                publish(chosen.output, target.absolute(), result.digests, digest)
        console.problems(result.problems)
        if explain:
            for path, reason in sorted(result.rendered.items()):
                click.echo(f"{reason}\t{path}")
        console.result(result)
        if stats is not None:
            stats.write_text(json.dumps(_stats(result), indent=1) + "\n", encoding="utf-8")
        return 0 if result.published else 1

    sys.exit(guarded(console, work))


def _compare(console: Console, options: Options) -> int:
    """Says which published files are not what a build from nothing gives."""
    result = verify(options)
    console.problems(result.problems)
    for path in result.differing:
        click.echo(path)
    console.say("compared", differing=len(result.differing))
    return 1 if result.differing or not result.published else 0


def _stats(result: Result) -> dict[str, object]:
    return {
        "rendered": len(result.rendered),
        "unchanged": result.unchanged,
        "removed": len(result.removed),
        "parsed": result.parsed,
        "seconds": {stage: round(spent, 4) for stage, spent in result.seconds.items()},
        "peak_rss_bytes": _peak_rss_bytes(),
    }


def _peak_rss_bytes() -> int:
    """The largest process of this command, in bytes; 0 where the platform does not tell."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(w).ru_maxrss for w in who) * unit
