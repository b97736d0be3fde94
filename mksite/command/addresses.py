"""`mksite addresses`: the ledger of published addresses, which must lead somewhere for ever."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Unpack

import click

from mksite.build.build import addresses as addresses_of
from mksite.cache.lock import only_build
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import Building, build_options, console_for, options_of
from mksite.source.source import CONTENT, LEDGER
from mksite.source.writing import check_inside

if TYPE_CHECKING:
    from pathlib import Path

    from mksite.command.console import Console


@command()
@build_options
@click.option("--update", is_flag=True, help="Add the new ones to content/addresses.txt.")
def addresses(site: Path, lang: str | None, *, update: bool, **options: Unpack[Building]) -> None:
    """List the addresses of the site, or keep them in content/addresses.txt."""
    console = console_for(site, lang)

    def work() -> int:
        chosen = options_of(site, **options)
        with only_build(chosen.root, lambda: console.say("waiting")):
            now = addresses_of(chosen)
        if update:
            return _update(console, chosen.root, now)
        for address in now:
            click.echo(address)
        return 0

    sys.exit(guarded(console, work))


def _update(console: Console, root: Path, now: tuple[str, ...]) -> int:
    """The ledger has the new addresses too; those that it had stay."""
    ledger = root / CONTENT / LEDGER
    check_inside(root, ledger)
    kept = ledger.read_text("utf-8").split() if ledger.exists() else []
    listed = sorted({*kept, *now})
    ledger.write_text("".join(f"{address}\n" for address in listed), "utf-8", newline="\n")
    console.say("addresses-kept", count=len(listed), added=len(listed) - len(kept))
    return 0
