"""`python -m mksite` is the command line."""

from mksite.command.cli import main

main()
