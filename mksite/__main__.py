"""`python -m mksite` is the command line."""

from mksite.cli import main

main()
