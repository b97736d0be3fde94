"""The command line: a module a command."""

from __future__ import annotations

import click

from mksite.command.build import build
from mksite.command.check import check
from mksite.command.serve import serve
from mksite.command.translations import translations


@click.group()
@click.version_option(package_name="mksite")
def cli() -> None:
    """mksite: a static archive of press releases."""


for command in (build, check, serve, translations):
    cli.add_command(command)


@cli.command()
@_shared
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def mentions(site: Path, lang: str | None, form: str, file: Path | None) -> None:
    """List the names of the registry in a text file, or in all releases."""
    console = _console(site, lang)

    def work() -> int:
        from mksite.command.mentions import mentions as list_mentions  # noqa: PLC0415

        return list_mentions(console, site.absolute(), file, form)

    sys.exit(guarded(console, work))


def main() -> None:
    """The entry point: usage errors of click keep its own wording and exit code 2."""
    cli(prog_name="mksite")


if __name__ == "__main__":
    main()
