"""An archive written to the disk in the form that each generator reads.

The three forms say the same: the same front matter under each generator's own keys, the same
Markdown but for links within the archive, which are `[[…]]` for mksite and plain for the others.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from tests.bench.archive import Archive, Entity, Mention, Release

HERE = Path(__file__).parent
URL = "https://archive.example"
TITLE = "Архив пресс-релизов"
SECTIONS = ("releases", "organizations", "programmes", "timeline")


class Form(msgspec.Struct, frozen=True):
    """How one generator wants its site: functions from (root, value) to files under the root.

    `start` writes all but releases and entities; `template` is the one that releases use.
    """

    name: str
    start: Callable[[Path, Archive], None]
    entity: Callable[[Path, str, Entity], None]
    release: Callable[[Path, Release], None]
    template: str


def write(form: Form, root: Path, archive: Archive, releases: Iterable[Release]) -> None:
    """The whole archive under `root`, which is made."""
    root.mkdir(parents=True)
    form.start(root, archive)
    for kind, entities in kinds(archive).items():
        for entity in entities:
            form.entity(root, kind, entity)
    for release in releases:
        form.release(root, release)


def kinds(archive: Archive) -> dict[str, tuple[Entity, ...]]:
    """The entities by folder."""
    return {
        "organizations": archive.organizations,
        "programmes": archive.programmes,
        "tags": archive.tags,
    }


def edit_template(form: Form, root: Path, edition: int) -> None:
    """The releases' template with another attribute on the element around the body."""
    name = "article" if edition == 0 else f'article data-edition="{edition}"'
    path = root / form.template
    before, _, rest = path.read_text(encoding="utf-8").partition("<article")
    path.write_text(f"{before}<{name}>{rest.partition('>')[2]}", encoding="utf-8")


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    """A string that YAML and TOML read alike."""
    return json.dumps(text, ensure_ascii=False)


def _list(items: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(item) for item in items) + "]"


def _plain(release: Release) -> str:
    """The body with plain links."""
    return "".join(
        f"[{part.text}](/{part.kind}/{part.id}/)" if isinstance(part, Mention) else part
        for part in release.body
    )


def _release_path(root: Path, release: Release) -> Path:
    return root / "content" / "releases" / str(release.date.year) / f"{release.id}.md"


# ---- mksite


def _start_mksite(root: Path, _archive: Archive) -> None:
    features = ("feeds", "calendars", "citations", "data", "search", "pictures", "mentions")
    off = ", ".join(f"{name}: false" for name in features)
    site = f"title: {TITLE}\nurl: {URL}\nlanguages: [ru]\nmenu: [{', '.join(SECTIONS)}]\n"
    _save(root / "site.yaml", site + f"features: {{{off}}}\n")
    shutil.copytree(HERE.parent / "bare", root / "templates")


def _mksite_entity(root: Path, kind: str, entity: Entity) -> None:
    front = f"name: {_quoted(entity.name)}\n"
    if entity.start:
        front += f"period: {{start: {entity.start}, end: {entity.end}}}\n"
    body = f"{entity.body}\n" if entity.body else ""
    _save(root / "content" / kind / f"{entity.id}.md", f"---\n{front}---\n{body}")


def _mksite_release(root: Path, release: Release) -> None:
    front = [
        f"title: {_quoted(release.title)}",
        f"date: {release.date}",
        f"organizers: {_list(release.organizers)}",
        f"programme: {release.programme}",
        f"tags: {_list(release.tags)}",
        f"summary: {_quoted(release.summary)}",
    ]
    body = "".join(
        f"[[{part.id}|{part.text}]]" if isinstance(part, Mention) else part for part in release.body
    )
    _save(_release_path(root, release), "---\n{}\n---\n{}".format("\n".join(front), body))


MKSITE = Form("mksite", _start_mksite, _mksite_entity, _mksite_release, "templates/release.html")


# ---- Hugo


def _start_hugo(root: Path, _archive: Archive) -> None:
    shutil.copytree(HERE / "hugo", root, dirs_exist_ok=True)
    for section in ("places", "funders"):
        _save(root / "content" / section / "_index.md", f"---\ntitle: {section}\n---\n")


def _hugo_entity(root: Path, kind: str, entity: Entity) -> None:
    front = f"title: {_quoted(entity.name)}\n"
    if entity.start:
        front += f"start: {entity.start}\nend: {entity.end}\n"
    body = f"{entity.body}\n" if entity.body else ""
    _save(root / "content" / kind / entity.id / "_index.md", f"---\n{front}---\n{body}")


def _hugo_release(root: Path, release: Release) -> None:
    front = [
        f"title: {_quoted(release.title)}",
        f"date: {release.date}",
        f"organizations: {_list(release.organizers)}",
        f"programmes: {_list([release.programme])}",
        f"tags: {_list(release.tags)}",
        f"timeline: {_list([str(release.date.year)])}",
        f"summary: {_quoted(release.summary)}",
    ]
    text = "---\n{}\n---\n{}".format("\n".join(front), _plain(release))
    _save(_release_path(root, release), text)


HUGO = Form("Hugo", _start_hugo, _hugo_entity, _hugo_release, "layouts/releases/page.html")


# ---- Pelican


def _start_pelican(root: Path, archive: Archive) -> None:
    shutil.copytree(HERE / "pelican", root, dirs_exist_ok=True)
    entities = {
        kind: {e.id: {"name": e.name, "body": e.body, "start": e.start, "end": e.end} for e in all_}
        for kind, all_ in kinds(archive).items()
    }
    _save(root / "entities.json", json.dumps(entities, ensure_ascii=False))


def _pelican_entity(_root: Path, _kind: str, _entity: Entity) -> None:
    """Pelican has no content for authors, categories and tags: they stand in entities.json."""


def _pelican_release(root: Path, release: Release) -> None:
    front = [
        f"Title: {release.title}",
        f"Date: {release.date}",
        f"Slug: {release.id}",
        f"Authors: {'; '.join(release.organizers)}",
        f"Category: {release.programme}",
        f"Tags: {', '.join(release.tags)}",
        f"Summary: {release.summary}",
    ]
    _save(_release_path(root, release), "{}\n\n{}".format("\n".join(front), _plain(release)))


PELICAN = Form(
    "Pelican", _start_pelican, _pelican_entity, _pelican_release, "theme/templates/article.html"
)
