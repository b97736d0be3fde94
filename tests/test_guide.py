"""docs/: the commands that the guides tell to type, their options and pictures are there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from mksite.command import cli

DOCS = Path(__file__).parents[1] / "docs"
GUIDES = sorted(path.name for path in DOCS.glob("guide.*.md"))


@pytest.mark.parametrize("name", GUIDES)
def test_commands_and_pictures(name: str) -> None:
    """Each command is known and knows its options; each picture lies where it is looked for."""
    text = (DOCS / name).read_text(encoding="utf-8")
    typed = re.findall(r"`python build\.py ([^`]+)`", text)
    assert len(typed) > 10
    context = click.Context(cli.cli)
    for line in typed:
        command = cli.cli.get_command(context, line.split()[0])
        assert command is not None, line
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z]+", line)) <= known, line
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert pictures
    assert all((DOCS / picture).is_file() for picture in pictures)


def test_the_guides_say_the_same() -> None:
    """Every language has the same parts and the same commands."""
    texts = [(DOCS / name).read_text(encoding="utf-8") for name in GUIDES]
    assert len({text.count("\n## ") for text in texts}) == 1
    assert len({len(re.findall(r"python build\.py \w+", text)) for text in texts}) == 1
