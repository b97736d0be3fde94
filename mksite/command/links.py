"""`mksite links`: whether the links to other sites still lead somewhere."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click
import msgspec

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.cache import cache
from mksite.cache.lock import only_build
from mksite.command import report
from mksite.command.console import Console, progress
from mksite.command.guard import INTERRUPTED, guarded
from mksite.command.help import command
from mksite.command.option import console_for, now_of, site_options
from mksite.errors import MachineError
from mksite.record.translation import read_records
from mksite.review.links import links_of, problems
from mksite.review.visit import Manners, Visit, visit_all
from mksite.source import source

if TYPE_CHECKING:
    from pathlib import Path

KEPT = "links"  # in the cache folder
GOOD_FOR = timedelta(days=7)  # an address that was good is not asked again before
MANNERS = Manners()


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """What a visit has shown, and when."""

    visit: Visit
    at: datetime


@command()
@site_options
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", *report.FORMS)),
    default="text",
    help="How to print: as text, or as JSON, GitHub, GitLab or SARIF.",
)
@click.option("--fresh", is_flag=True, help="Visit also what was good in the last seven days.")
@click.option("--private", is_flag=True, help="Visit this machine and private networks too.")
@click.option("--strict", is_flag=True, help="End with exit code 1 where a link is dead.")
@click.option("--now", metavar="ISO", help="Build as of this time (for embargoes).")
def links(  # noqa: PLR0913  each is an option
    site: Path,
    lang: str | None,
    now: str | None,
    *,
    form: str,
    fresh: bool,
    private: bool,
    strict: bool,
) -> None:
    """Visit the links to other sites, and say which lead nowhere."""
    console = console_for(site, lang)
    root = site.absolute()
    manners = msgspec.structs.replace(MANNERS, is_private_allowed=private)

    def work() -> int:
        at = now_of(now, root)
        ready, faults = read_site(root)
        if ready is None:
            console.problems(faults)
            return 1
        read = source.reader(root)
        found = tuple(links_of(read_records(root, ready, engine_digest()), read))
        known = {} if fresh else _recent(root, at)
        addresses = {link.address for link in found}
        visits, is_whole = _visit(console, sorted(addresses - known.keys()), manners)
        seen = known | {address: Seen(visit, at) for address, visit in visits.items()}
        _keep(console, root, seen)
        shown = {address: one.visit for address, one in seen.items()}
        listed = problems(found, shown, read)
        counts = Counter(problem.severity for problem in listed)
        if form != "text":
            click.echo(report.FORMS[form](listed, console.lang))
        elif listed:
            console.show(report.text(listed, root, console.lang))
        console.say(
            "links-visited",
            links=len(addresses),
            visited=len(visits),
            dead=counts["warning"],
            doubtful=counts["note"],
        )
        if not is_whole:
            return INTERRUPTED
        return 1 if strict and counts["warning"] else 0

    sys.exit(guarded(console, work))


def _recent(root: Path, now: datetime) -> dict[str, Seen]:
    """The addresses that were good not long ago."""
    seen = cache.load(root / cache.FOLDER / KEPT, dict[str, Seen]) or {}
    return {address: one for address, one in seen.items() if now - one.at < GOOD_FOR}


def _keep(console: Console, root: Path, seen: dict[str, Seen]) -> None:
    """What was good is not asked again for a while."""
    good = {a: one for a, one in seen.items() if one.visit.state in ("good", "moved")}
    with only_build(root, lambda: console.say("waiting")):
        cache.save(root / cache.FOLDER / KEPT, good)


def _visit(
    console: Console, addresses: list[str], manners: Manners
) -> tuple[dict[str, Visit], bool]:
    """What the visits have shown, and whether all were made: Ctrl-C ends them.

    Raises MachineError where no host at all is found.
    """
    visits: dict[str, Visit] = {}
    with progress(console) as tick:

        def tell(address: str, visit: Visit) -> None:
            visits[address] = visit
            tick("links", len(visits), len(addresses))

        try:
            visit_all(addresses, manners, tell)
        except KeyboardInterrupt:
            return visits, False
    if len(visits) > 1 and all(visit.state == "no-host" for visit in visits.values()):
        raise MachineError("no-network")
    return visits, True
