"""`mksite check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Unpack

from mksite.build.build import check as check_site
from mksite.cache.lock import only_build
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import Building, build_options, console_for, options_of

if TYPE_CHECKING:
    from pathlib import Path


@command()
@build_options
def check(site: Path, lang: str | None, **options: Unpack[Building]) -> None:
    """Say what is wrong in the content, and publish nothing."""
    console = console_for(site, lang)

    def work() -> int:
        chosen = options_of(site, **options)
        with only_build(chosen.root, lambda: console.say("waiting")):
            result = check_site(chosen)
        console.problems(result.problems)
        errors = sum(1 for p in result.problems if p.severity == "error")
        console.say("checked", errors=errors, warnings=len(result.problems) - errors)
        console.outdated(result)
        return 1 if errors or (chosen.strict and result.problems) else 0

    sys.exit(guarded(console, work))
