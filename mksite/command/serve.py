"""`mksite serve`."""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Unpack

import click

from mksite.command import message, report
from mksite.command.guard import failed, guarded
from mksite.command.help import command
from mksite.command.option import Building, build_options, console_for, options_of

if TYPE_CHECKING:
    from pathlib import Path

    from mksite.build.options import Options
    from mksite.command.console import Console
    from mksite.content.problem import Problem
    from mksite.serve.overlay import Notice


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
    """Show the site on this computer, and follow every change."""
    console = console_for(site, lang)

    def work() -> int:
        from mksite.serve.serve import serve as serve_site  # noqa: PLC0415  livereload is slow
        from mksite.serve.standing import Standing  # noqa: PLC0415

        chosen = options_of(site, **options)

        def now() -> datetime:
            return chosen.now if options["now"] else datetime.now().astimezone()

        def ready(base: str) -> None:
            gc.freeze()  # what stands is not looked through again at every edit
            console.say("serving", address=f"http://{host}:{port}{base}")

        standing = Standing(chosen, now, partial(console.say, "waiting"))
        serve_site(standing, Telling(console, chosen), host=host, port=port, ready=ready)
        return 0

    sys.exit(guarded(console, work))


class Telling:
    """Tells the person at the terminal, and finds the words for the browser."""

    def __init__(self, console: Console, options: Options) -> None:
        self.console = console
        self.options = options

    def problems(self, problems: tuple[Problem, ...]) -> tuple[Notice, ...]:
        """Tells the Problems; those that keep the edit from browsers as Notices."""
        self.console.problems(problems)
        errors = [problem for problem in problems if problem.severity == "error"]
        kept_back = list(problems) if self.options.strict else errors
        if kept_back:
            self.console.say("preview-problems")
        return tuple(self._notice(problem) for problem in kept_back)

    def _notice(self, problem: Problem) -> Notice:
        from mksite.serve.overlay import Notice  # noqa: PLC0415

        told = message.of_problem(problem, self.console.lang)
        place = f"{problem.path}:{problem.line}:{problem.column}"
        line = "\n".join(report.shown_line(problem, self.options.root))
        return Notice(place, line, told.message, told.hint)

    def error(self, error: Exception) -> Notice:
        """Tells what went wrong besides the content."""
        from mksite.serve.overlay import Notice  # noqa: PLC0415

        told = failed(self.console, error)
        return Notice("", "", told.message, told.hint)

    def shown(self, seconds: float) -> None:
        """Tells that browsers have the last edit."""
        self.console.say("preview-shown", seconds=f"{seconds:.2f}")

    def title(self) -> str:
        """Above the Notices."""
        return self.console.sentence("preview-problems")

    def ribbon(self, reason: str) -> str:
        """Across a page that readers are not shown: a draft, or one under embargo."""
        if reason == "draft":
            return self.console.sentence("preview-draft")
        return self.console.sentence("preview-embargo")
