"""`mksite check`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click
import msgspec

from mksite.build.build import check as check_site
from mksite.build.planning import place
from mksite.cache.lock import only_build
from mksite.command import report
from mksite.command.fixing import fix as fix_content
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import Building, build_options, console_for, options_of
from mksite.content.problem import has_errors, told
from mksite.errors import UsageError
from mksite.review.review import review, untranslated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.build.options import Options

READ = ("content", "templates", "assets", "site.yaml")


@command()
@build_options
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", *report.FORMS)),
    default="text",
    help="How to print: as text, or as JSON, GitHub, GitLab or SARIF.",
)
@click.option("--fix", is_flag=True, help="Mend what is safe, once you agree.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def check(
    site: Path, lang: str | None, *, form: str, fix: bool, yes: bool, **options: Unpack[Building]
) -> None:
    """Say what is wrong in the content, and publish nothing."""
    console = console_for(site, lang)

    def work() -> int:
        if yes and not fix:
            raise UsageError("yes-without-fix")
        chosen = options_of(site, **options)
        if fix:
            with only_build(chosen.root, lambda: console.say("waiting")):
                fix_content(console, chosen, agreed=yes)
        with _writable(chosen) as there, only_build(there.root, lambda: console.say("waiting")):
            result, ready = check_site(there)
            problems, missing = result.problems, 0
            if ready is not None and not has_errors(problems):
                catalogue = ready.computed.catalogue
                notes = place(there.root, review(catalogue, ready.bodies, there.now))
                problems, missing = tuple(told((*problems, *notes))), untranslated(catalogue)
        counts = Counter(problem.severity for problem in problems)
        is_good = not counts["error"] and not (chosen.strict and counts["warning"])
        if form == "text":
            if problems:
                console.show(report.text(problems, chosen.root, console.lang))
            console.say(
                "checked",
                errors=counts["error"],
                warnings=counts["warning"],
                notes=counts["note"],
            )
            if counts["warning"] and is_good:
                console.say("checked-strict")
            console.outdated(result)
            if missing:
                console.say("untranslated", count=missing)
        else:
            click.echo(report.FORMS[form](problems, console.lang))
        return 0 if is_good else 1

    sys.exit(guarded(console, work))


def may_write(folder: Path) -> bool:
    """Whether this person may write in a folder."""
    return os.access(folder, os.W_OK)


@contextmanager
def _writable(options: Options) -> Iterator[Options]:
    """The options, of a copy where the site's folder cannot be written."""
    if may_write(options.root):
        yield options
        return
    with tempfile.TemporaryDirectory(prefix="mksite-") as folder:
        copy = Path(folder)
        for name in READ:
            source = options.root / name
            if source.is_dir():
                shutil.copytree(source, copy / name, symlinks=True)
            elif source.exists():
                shutil.copy2(source, copy / name)
        yield msgspec.structs.replace(options, root=copy, output=copy / "public")
