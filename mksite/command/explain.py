"""`mksite explain CODE`: what a message means and what to do."""

from __future__ import annotations

import re
import sys

import click

from mksite.command import message
from mksite.command.console import Console
from mksite.command.help import command
from mksite.command.language import spoken_language
from mksite.text.name import nearest

NOT_EXPLAINED = {"words", "help"}


@command()
@click.option("--lang", type=click.Choice(message.LANGUAGES), help="Language of messages.")
@click.argument("code", required=False)
def explain(lang: str | None, code: str | None) -> None:
    """Say what a message means, by the code in its brackets."""
    spoken = lang or spoken_language([])
    sentences = message.sentences(spoken)
    codes = sorted(name for name, entry in sentences.items() if "hint" in entry)
    if code is None:
        for name in codes:
            click.echo(f"{name}: {_open(sentences[name]['message'])}")
        sys.exit(0)
    code = code.strip("[]")
    if code in NOT_EXPLAINED or code not in sentences:
        near = ", ".join(nearest(code, codes)) or "—"
        Console(spoken).say("explain-unknown", name=code, nearest=near)
        sys.exit(2)
    entry = sentences[code]
    click.echo(f"{code}\n\n{_open(entry['message'])}")
    if entry.get("hint"):
        click.echo(f"\n→ {_open(entry['hint'])}")


def _open(text: str) -> str:
    """A sentence with dots where a case of it has its own words."""
    return re.sub(r"\{\w+\}", "…", text)
