"""What a command says to the person at the terminal, in one language."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from mksite.build.options import Progress, Result, quiet
from mksite.command import message
from mksite.command.language import has_colours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from mksite.content.problem import Problem
    from mksite.errors import MksiteError

LONG_BUILD = 500  # pages or sources: from here on a terminal is shown the progress


class Console:
    """Speaks to the person at the terminal, in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def sentence(self, code: str, **values: object) -> str:
        """A sentence in the person's language."""
        texts = {key: str(value) for key, value in values.items()}
        return message.sentence(code, texts, self.lang).message

    def say(self, code: str, **values: object) -> None:
        """A sentence on standard error."""
        click.echo(self.sentence(code, **values), err=True)

    def show(self, text: str) -> None:
        """A text with colours on standard error, where it may have any."""
        click.echo(text, err=True, color=None if has_colours() else False)

    def problems(self, problems: tuple[Problem, ...]) -> None:
        """Each Problem: on a terminal with its hint below, elsewhere on one line."""
        for problem in problems:
            if sys.stderr.isatty():
                self._problem(problem)
            else:
                click.echo(message.line(problem, self.lang), err=True)

    def _problem(self, problem: Problem) -> None:
        told = message.of_problem(problem, self.lang)
        colour = "red" if problem.severity == "error" else "yellow"
        place = click.style(f"{problem.path}:{problem.line}:{problem.column}", bold=True)
        field = f" {problem.field}" if problem.field else ""
        self.show(f"{place}{click.style(field, fg=colour)} [{problem.code}]")
        self.show(f"  {told.message}")
        if told.hint:
            self.show(click.style(f"  → {told.hint}", fg="cyan"))

    def error(self, error: MksiteError) -> None:
        """What ended the command."""
        told = message.of_error(error, self.lang)
        click.echo(f"{told.message} {told.hint}".strip(), err=True)

    def result(self, result: Result) -> None:
        """What a build did, in one line."""
        errors = sum(1 for p in result.problems if p.severity == "error")
        if not result.published:
            self.say("not-published", errors=errors, warnings=len(result.problems) - errors)
            return
        self.say(
            "published",
            rendered=len(result.rendered),
            unchanged=result.unchanged,
            removed=len(result.removed),
            seconds=f"{sum(result.seconds.values()):.2f}",
        )
        self.outdated(result)

    def outdated(self, result: Result) -> None:
        """How many translations do not keep up with their originals, and how many releases are
        held back, where there are some.
        """
        if result.outdated:
            self.say("outdated-translations", count=result.outdated)
        drafts, embargoed = result.held
        if drafts or embargoed:
            self.say("held-back", drafts=drafts, embargoed=embargoed)


@contextmanager
def progress(console: Console) -> Iterator[Progress]:
    """Progress on a terminal, for long builds only; quiet elsewhere."""
    if not sys.stderr.isatty():
        yield quiet
        return
    bars: Bars | None = None
    tasks: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int) -> None:
        nonlocal bars
        if total < LONG_BUILD:
            return
        if bars is None:
            from rich.console import Console as Terminal  # noqa: PLC0415  slow to load
            from rich.progress import Progress as Bars  # noqa: PLC0415

            bars = Bars(console=Terminal(stderr=True), auto_refresh=False, transient=True)
            bars.start()
        if stage not in tasks:
            title = message.sentence(f"stage-{stage}", {}, console.lang).message
            tasks[stage] = bars.add_task(title, total=total)
        bars.update(tasks[stage], completed=done, refresh=True)

    try:
        yield show
    finally:
        if bars is not None:
            bars.stop()
