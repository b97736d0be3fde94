"""`mksite init`: a folder in which another archive can start, or the face copied out to change."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

import click

from mksite import face
from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.command import message, starting
from mksite.command.console import Console
from mksite.command.guard import guarded
from mksite.command.help import command
from mksite.command.language import program, spoken_language
from mksite.content import config
from mksite.errors import UsageError
from mksite.language.languages import LANGUAGES
from mksite.record import translation
from mksite.source.writing import write_new


@command()
@click.option("--lang", type=click.Choice(message.LANGUAGES), help="Language of messages.")
@click.option("--title", help="The title of the site.")
@click.option("--url", help="The address at which readers will find the site.")
@click.option("--languages", help="Its languages, the main one first: ru,ky,en.")
@click.option("--publisher", help="The organization that keeps the archive.")
@click.option("--templates", is_flag=True, help="Copy templates and assets into the site folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path, lang: str | None, *, templates: bool, **given: str | None) -> None:
    """Start an archive of one's own in an empty folder."""
    console = Console(lang or spoken_language(()))
    root = folder.absolute()

    def work() -> int:
        return _copy_face(console, root) if templates else _start(console, root, given)

    sys.exit(guarded(console, work))


def _start(console: Console, root: Path, given: dict[str, str | None]) -> int:
    """The folder holds the files of a new archive. Raises UsageError where it holds anything."""
    if root.is_dir() and any(root.iterdir()):
        raise UsageError("init-not-empty", path=str(root), program=program())
    asker = _Asker(console, is_asking=sys.stdin.isatty())
    start = starting.Start(
        title=asker.answer("title", given),
        url=asker.answer("url", given),
        languages=_listed(asker.answer("languages", given)),
        publisher=asker.answer("publisher", given),
        today=datetime.now().astimezone().date().isoformat(),
        version=metadata.version("mksite"),
    )
    for path, text in starting.files(start).items():
        write_new(root, {root / path: text.encode()})
        click.echo(path)
    _mark_translations(root)
    console.say("init-done", path=str(root), program=program())
    return 0


def _mark_translations(root: Path) -> None:
    """The examples' translations say which original they were made from."""
    site, _ = read_site(root)
    if site is not None:
        records = translation.read_records(root, site, engine_digest())
        for lag in translation.lags(records, site.languages):
            translation.mark(root, lag)


def _copy_face(console: Console, root: Path) -> int:
    """The site has all templates and assets as its own; what was there is left as it is."""
    if not (root / config.FILE).is_file():
        raise UsageError("no-site", path=str(root))
    copied = 0
    for name in face.FOLDERS:
        for path in sorted((face.standard() / name).rglob("*")):
            target = root / path.relative_to(face.standard())
            if path.is_file() and not target.exists():
                write_new(root, {target: path.read_bytes()})
                click.echo(target.relative_to(root).as_posix())
                copied += 1
    console.say("init-templates", count=copied)
    return 0


@dataclass(frozen=True)
class _Asker:
    """Asks in the person's language for what no option gives."""

    console: Console
    is_asking: bool

    def _question(self, name: str) -> str:
        return self.console.sentence(f"init-{name}")

    def answer(self, name: str, given: dict[str, str | None]) -> str:
        """The value of an option, else what the person types. Raises UsageError for neither, and
        for an option that cannot be used.
        """
        value = given[name]
        if value is not None:
            _check(name, value)
            return value.strip()
        if not self.is_asking:
            raise UsageError("init-missing", option=f"--{name}")
        while True:
            typed: str = click.prompt(self._question(name), err=True)
            try:
                _check(name, typed)
            except UsageError as error:
                self.console.error(error)
            else:
                return typed.strip()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _check(name: str, value: str) -> None:
    """Raises UsageError for a value that site.yaml could not have."""
    if not value.strip():
        raise UsageError("init-missing", option=f"--{name}")
    if name == "url" and (not config.is_web_address(value.strip()) or set(value) & set("?#")):
        raise UsageError("init-bad-url", value=value)
    listed = _listed(value)
    is_list = bool(listed) and set(listed) <= set(LANGUAGES) and len(set(listed)) == len(listed)
    if name == "languages" and not is_list:
        raise UsageError("init-bad-languages", value=value, allowed=", ".join(LANGUAGES))
