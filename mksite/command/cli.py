"""The command line: a module a command, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from mksite.command.help import Group
from mksite.command.language import program

COMMANDS = {
    "build": "Build the site.",
    "check": "Say what is wrong in the content, and publish nothing.",
    "serve": "Show the site on this computer, and follow every change.",
    "init": "Start an archive of one's own in an empty folder.",
    "new": "Make the file of a new release, organization or other source.",
    "rename": "Give a release, organization or other source another id, everywhere.",
    "names": "List the known names, or those like a word, to copy.",
    "translations": "Say which translations are outdated, unmarked or missing.",
    "mentions": "List the names of the registry in a text file, or in all releases.",
    "import": "Turn press releases in Word, PDF, e-mail, HTML or text into drafts.",
    "links": "Visit the links to other sites, and say which lead nowhere.",
    "addresses": "List the addresses of the site, or keep them in content/addresses.txt.",
    "deploy": "Bring the finished site to a folder, a host, a branch or a cloud storage.",
    "next": "Print when the next embargo ends; nothing where none is coming.",
    "audit": "Prove that nothing of drafts, embargoed or withdrawn releases is in a finished site.",
    "hook": "Make a bare git repository build and publish what is pushed to it.",
    "explain": "Say what a message means, by the code in its brackets.",
    "schema": "Print JSON Schema of the front matter, for VS Code and other editors.",
}
"""The commands in the order of the help; each is a function and a module of that name."""


class Commands(Group):
    """All commands; only the one that is asked for is loaded."""

    sentences = COMMANDS

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Their names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name; None for none."""
        if name not in COMMANDS:
            return None
        module = import_module(f"mksite.command.{MODULES.get(name, name)}")
        command: click.Command = getattr(module, MODULES.get(name, name))
        return command


MODULES = {"import": "importing"}
"""The modules of commands whose names Python does not allow for one."""


@click.group(cls=Commands)
@click.version_option(package_name="mksite", help="Show the version and exit.")
def cli() -> None:
    """mksite: a static archive of press releases."""


def main() -> None:
    """The entry point."""
    cli(prog_name=program())


if __name__ == "__main__":
    main()
