"""Small sites written inline: files in, problems and published bytes out."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

from mksite.build.build import build
from mksite.build.options import Options, Result
from mksite.catalogue import assembly
from mksite.content import config
from mksite.content.front_matter import position
from mksite.content.model import KINDS
from mksite.digest import digest_bytes
from mksite.record import parsing
from mksite.source.source import NEVER, Attachment, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mksite.catalogue.catalogue import Catalogue
    from mksite.content.problem import Problem
    from mksite.record.record import Record

BARE = Path(__file__).parent / "bare"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ENGINE = "test"
SITE_YAML = """\
title: {ru: Архив, ky: Архив, en: Archive}
url: https://archive.example
languages: [ru, ky, en]
menu: [releases]
"""

Content = str | bytes


class Built(NamedTuple):
    """What a build said, and what it published by path."""

    result: Result
    public: dict[str, bytes]


def encoded(content: Content) -> bytes:
    """A file's bytes; text may be indented as the test is, bytes stand as they are."""
    return dedent(content).encode() if isinstance(content, str) else content


class SmallSite:
    """A site folder with the bare templates."""

    def __init__(self, root: Path, files: Mapping[str, Content]) -> None:
        self.root = root
        self.public = root / "public"
        shutil.copytree(BARE, root / "templates")
        self.write({"site.yaml": SITE_YAML, **files})

    def write(self, files: Mapping[str, Content]) -> None:
        """The files are there, whole folders with them."""
        for path, content in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(encoded(content))

    def remove(self, *paths: str) -> None:
        """The files are gone."""
        for path in paths:
            (self.root / path).unlink()

    def options(self, **chosen: object) -> Options:
        """Options of a build by one process, as of `NOW`."""
        given = {"root": self.root, "output": self.public, "now": NOW, "engine": ENGINE, **chosen}
        return Options(**given)  # type: ignore[arg-type]

    def build(self, **chosen: object) -> Built:
        """The Result of a build and all files of its output."""
        options = self.options(**chosen)
        return Built(build(options), tree(options.output))


def tree(folder: Path) -> dict[str, bytes]:
    """All files under a folder by their path in it; none where there is no folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, str]]:
    """Path, line, column and code of each Problem."""
    return [(found.path, found.line, found.column, found.code) for found in problems]


def site_of(text: str = SITE_YAML) -> config.Site:
    """The configuration in a text that has no mistakes."""
    site, problems = config.parse(encoded(text))
    assert site, problems
    return site


def source_of(path: str, content: Content) -> Source:
    """The Source of a file under content/."""
    _, folder, *_, name = path.split("/")
    stem, *lang, _ = name.split(".")
    digest = digest_bytes(encoded(content))
    return Source(path, KINDS[folder], stem, "".join(lang), digest, NEVER)


def record_of(path: str, content: Content, site: config.Site | None = None) -> Record:
    """The Record of a file under content/."""
    found, _ = parsing.parse(source_of(path, content), encoded(content), site or site_of())
    return found


def catalogue_of(
    files: Mapping[str, Content],
    site: config.Site | None = None,
    *,
    now: datetime = NOW,
    drafts: bool = False,
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The Catalogue of files under content/ and all that is wrong in them, without a disk.

    What is not Markdown is an attachment of the source whose folder it lies in.
    """
    chosen = site or site_of()
    sources = {path: text for path, text in files.items() if path.endswith(".md")}
    records = [record_of(path, text, chosen) for path, text in sources.items()]
    attachments = [attachment_of(path, files[path]) for path in files if path not in sources]
    made, placed = assembly.assemble(records, attachments, chosen, now=now, drafts=drafts)
    texts = {"site.yaml": encoded(SITE_YAML), **{p: encoded(text) for p, text in files.items()}}
    problems = [problem for found in records for problem in found.problems]
    for found in placed:
        problems += position.place(found.path, texts[found.path], [found.fault])
    return made, tuple(sorted(set(problems)))


def attachment_of(path: str, content: Content) -> Attachment:
    """The Attachment of a file in the folder of a source."""
    _, folder, *_, owner, name = path.split("/")
    digest = digest_bytes(encoded(content))
    return Attachment(path, KINDS[folder], owner, name, digest, NEVER)
