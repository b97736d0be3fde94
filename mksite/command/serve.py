"""`mksite serve`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Unpack

import click

from mksite.build.build import build
from mksite.cache.lock import only_build
from mksite.command.guard import INTERRUPTED, guarded
from mksite.command.help import command
from mksite.command.option import Building, build_options, console_for, options_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mksite.command.console import Console


@command()
@build_options
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port on this computer.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
def serve(site: Path, lang: str | None, port: int, host: str, **options: Unpack[Building]) -> None:
    """Build, serve on localhost, and rebuild on every change."""
    console = console_for(site, lang)

    def work() -> int:
        from mksite.serve.serve import base_path  # noqa: PLC0415  livereload is slow to load
        from mksite.serve.serve import serve as serve_site  # noqa: PLC0415

        def rebuild() -> bool:
            chosen = options_of(site, **options)
            with only_build(chosen.root, lambda: console.say("waiting")):
                result = build(chosen)
            console.problems(result.problems)
            console.result(result)
            return result.published

        chosen = options_of(site, **options)
        rebuild_guarded = _guarded_rebuild(console, rebuild)
        address = f"http://{host}:{port}{base_path(chosen.root)}"
        console.say("serving", address=address)
        serve_site(chosen.root, chosen.output, rebuild_guarded, host=host, port=port)
        return 0

    sys.exit(guarded(console, work))


def _guarded_rebuild(console: Console, rebuild: Callable[[], bool]) -> Callable[[], bool]:
    """A rebuild that tells what went wrong and leaves the last good site standing."""

    def run() -> bool:
        published = False

        def work() -> int:
            nonlocal published
            published = rebuild()
            return 0

        if guarded(console, work) == INTERRUPTED:
            raise KeyboardInterrupt
        return published

    return run
