"""The command line: a module a command."""

from __future__ import annotations

import click

from mksite.command.build import build
from mksite.command.check import check
from mksite.command.mentions import mentions
from mksite.command.serve import serve
from mksite.command.translations import translations


@click.group()
@click.version_option(package_name="mksite")
def cli() -> None:
    """mksite: a static archive of press releases."""


for command in (build, check, serve, translations, mentions):
    cli.add_command(command)


def main() -> None:
    """The entry point: usage errors of click keep its own wording and exit code 2."""
    cli(prog_name="mksite")


if __name__ == "__main__":
    main()
