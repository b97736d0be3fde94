"""The sites whose pages the browser looks at: the real one, and a large one that is generated."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from mksite.build.build import build
from mksite.build.options import Options
from tests.bench import archive, forms

CHECKOUT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SIZE = 1000
CITIES = 12
FUNDERS = 9
REAL_URL = "https://migrant-rights.example.kg"
LARGE_URL = "https://archive.example/sub"
SITE_YAML = f"""\
title: {{ru: Архив пресс-релизов, ky: Пресс-релиздердин архиви, en: Press release archive}}
description: {{ru: Сгенерированный архив, ky: Түзүлгөн архив, en: A generated archive}}
url: {LARGE_URL}
languages: [ru, ky, en]
timezone: Asia/Bishkek
publisher: organization-0000
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}}
contact: {{name: Редакция, email: archive@example.org, phone: "+996 312 00 00 00"}}
menu: [releases, timeline, organizations, programmes, funders, places, tags]
features: {{calendars: false, data: false}}
"""
TYPES = ("round-table", "conference", "seminar", "meeting", "training")
DATES = ("{0:%Y-%m-%d}", "{0:%Y-%m}", "{0:%Y}", "{0:%Y-%m-%d}?", "{0:%Y}~", "XXXX-{0:%m-%d}")


def real(root: Path) -> Path:
    """The site of this checkout, built in a new folder `root`: the folder of its pages."""
    root.mkdir()
    for part in ("content", "templates", "assets"):
        shutil.copytree(CHECKOUT / part, root / part)
    shutil.copy(CHECKOUT / "site.yaml", root)
    return built(root)


def generated(root: Path, size: int = SIZE) -> Path:
    """A large archive in the checkout's templates, with places, money and doubtful dates."""
    made = archive.make(size)
    forms.write(forms.MKSITE, root, made, archive.releases(made))
    shutil.rmtree(root / "templates")
    for part in ("templates", "assets"):
        shutil.copytree(CHECKOUT / part, root / part)
    (root / "site.yaml").write_text(SITE_YAML, encoding="utf-8")
    content = root / "content"
    (content / "places").mkdir()
    for number in range(CITIES):
        within = f"within: city-{number - 1:02}\n" if number % 3 else ""
        place = f"---\nname: Город {number}\ncountry: KG\n{within}---\nОписание города.\n"
        (content / "places" / f"city-{number:02}.md").write_text(place, encoding="utf-8")
    for number, programme in enumerate(made.programmes):
        funders = f"funders: [organization-{number % FUNDERS:04}]\n"
        front = f"{funders}implementers: [organization-0001]\n"
        add(content / "programmes" / f"{programme.id}.md", front)
    for number in range(size):
        enrich(content, made, number)
    return built(root)


def enrich(content: Path, made: archive.Archive, number: int) -> None:
    """Gives a release what the benchmark's own has not: an event, a place, a doubtful date."""
    release = archive.release(made, number)
    path = content / "releases" / str(release.date.year) / f"{release.id}.md"
    date = DATES[number % 7 % len(DATES)].format(release.date)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"date: {release.date}", f'date: "{date}"'), encoding="utf-8")
    kind = TYPES[number % len(TYPES)]
    event = f"event: {{type: {kind}, start: {release.date}, status: held}}\n"
    funder = f"funders: [organization-{number % FUNDERS:04}]\n" if number % 5 == 0 else ""
    add(path, event * (number % 7 == 0) + f"venue: city-{number % CITIES:02}\n" + funder)


def add(path: Path, front: str) -> None:
    """More lines at the head of a file's front matter."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("---\n", f"---\n{front}", 1), encoding="utf-8")


def built(root: Path) -> Path:
    """The folder of pages of a site; fails where its content is not good."""
    public = root / "public"
    result = build(Options(root=root, output=public, now=NOW, engine="face"))
    assert not [problem for problem in result.problems if problem.severity == "error"]
    return public
