"""The language in which a person is spoken to, before anything else is known."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mksite.command import message

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGE_VARIABLES = ("MKSITE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
PROGRAM_VARIABLE = "MKSITE_PROGRAM"


def of_environment() -> str:
    """The language that the environment names, or "" where it names none that mksite speaks."""
    named = (os.environ.get(name, "")[:2] for name in LANGUAGE_VARIABLES)
    return next((name for name in named if name in message.LANGUAGES), "")


def spoken_language(arguments: Sequence[str]) -> str:
    """The language that is asked for on the command line, else the environment's, else Russian."""
    for index, argument in enumerate(arguments):
        name, given, value = argument.partition("=")
        if name == "--lang":
            wanted = value if given else "".join(arguments[index + 1 : index + 2])
            if wanted in message.LANGUAGES:
                return wanted
    return of_environment() or "ru"


def program() -> str:
    """The program as the person types it: build.py tells it, where that has started mksite."""
    return os.environ.get(PROGRAM_VARIABLE, "mksite")


def has_colours() -> bool:
    """Whether the terminal may be shown colours (no-color.org; a dumb terminal knows none)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
