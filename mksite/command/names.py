"""`mksite names`: what may be written where an organization, programme, place or tag is named."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.option import console_for, site_options
from mksite.content.model import FOLDERS, Entity, alias_names, by_language
from mksite.record.translation import read_records
from mksite.text.name import fold, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from mksite.command.console import Console


@command()
@site_options
@click.argument("word", required=False)
def names(site: Path, lang: str | None, word: str | None) -> None:
    """List the known names, or those like a word, to copy."""
    console = console_for(site, lang)
    sys.exit(guarded(console, lambda: _list(console, site.absolute(), word)))


def _list(console: Console, root: Path, word: str | None) -> int:
    site, problems = read_site(root)
    if site is None:
        console.problems(problems)
        return 1
    known: dict[tuple[str, str], list[str]] = {}
    for record in read_records(root, site, engine_digest()):
        meta = record.meta
        if not record.lang and isinstance(meta, Entity):
            texts = [by_language(text, site.default_language) for text in (meta.name, meta.short)]
            all_names = [*texts[1].values(), *texts[0].values(), *alias_names(meta.aliases)]
            known[FOLDERS[record.kind], record.id] = list(dict.fromkeys(all_names))
    chosen = known if word is None else _like(known, word)
    if not chosen:
        console.say("names-none", name=word or "")
        return 1
    for (folder, ident), own in sorted(chosen.items()):
        click.echo(f"{folder}/{ident}: {'; '.join(own)}")
    return 0


def _like(known: dict[tuple[str, str], list[str]], word: str) -> dict[tuple[str, str], list[str]]:
    """Those with a name that holds the word, else those whose names are nearest to it."""
    wanted = fold(word)
    holding = {
        key: own for key, own in known.items() if any(wanted in fold(n) for n in (key[1], *own))
    }
    if holding:
        return holding
    near = set(nearest(word, [name for key, own in known.items() for name in (key[1], *own)]))
    return {key: own for key, own in known.items() if near & {key[1], *own}}
