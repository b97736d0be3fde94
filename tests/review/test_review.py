"""review: what passes in silence is told by `mksite check`, and never keeps a site from readers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mksite.command import cli
from tests.command.test_bad_input import PNG
from tests.site_builder import NOW, SITE_YAML, places

if TYPE_CHECKING:
    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
Told = list[tuple[str, int, int, str]]

RELEASE = "content/releases/meeting.md"
TEXT = "Участники встречи обсудили, как помочь тем, кто вернулся домой."
WHOLE = {
    "title": "Встреча",
    "event": "{start: 2013-03-26, status: held}",
    "organizers": "[iom]",
    "summary": "Кратко.",
}
BESIDE: dict[str, Content] = {
    "site.yaml": SITE_YAML + "publisher: iom\n",
    "content/organizations/iom.md": "---\nname: Организация\n---\n",
}


def release(body: str = TEXT, **fields: str | None) -> str:
    """A release about which there is nothing to say, but for these fields; None leaves one out."""
    front = {name: value for name, value in {**WHOLE, **fields}.items() if value is not None}
    return "\n".join(["---", *(f"{key}: {value}" for key, value in front.items()), "---", body])


def check(site: SmallSite, *options: str) -> tuple[int, Told, set[str]]:
    """Exit code, what is told and with which severities."""
    typed = ["check", "--site", str(site.root), "--format", "json", "--now", NOW.isoformat()]
    ended = CliRunner().invoke(cli.cli, [*typed, *options], catch_exceptions=False)
    found = json.loads(ended.stdout)
    told = [(one["path"], one["line"], one["column"], one["code"]) for one in found]
    return ended.exit_code, told, {one["severity"] for one in found}


WARNINGS: dict[str, tuple[dict[str, str | None], int, int, str]] = {
    "year ahead": ({"event": "{start: 3013-03-26}"}, 3, 16, "year-unlikely"),
    "year ahead of the end": ({"event": "{start: 2013, end: 2130}"}, 3, 27, "year-unlikely"),
    "year long past": ({"event": None, "date": "1013-03-26"}, 5, 7, "year-unlikely"),
    "years of a choice": ({"event": "{start: '[3016,3017]'}"}, 3, 16, "year-unlikely"),
    "years apart": ({"date": "2015-03-25"}, 6, 7, "dates-apart"),
    "held and still to come": ({"event": "{start: 2026-12-01, status: held}"}, 3, 36, "held-ahead"),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_doubtful_date(name: str, make_site: Maker) -> None:
    """A slip of the pen in a date is a warning of every build, at its place."""
    fields, line, column, code = WARNINGS[name]
    built = make_site({**BESIDE, RELEASE: release(TEXT, **fields)}).build()
    assert places(built.result.problems) == [(RELEASE, line, column, code)]
    assert built.result.problems[0].severity == "warning"
    assert built.result.published


@pytest.mark.parametrize(
    "fields",
    [
        {"event": "{start: 2031-03-26}"},
        {"event": "{start: 1900}"},
        {"event": "{start: XXXX-03-26}"},
        {"date": "2014-01-10"},
        {"date": "2016?"},
        {"date": "2016-03-25", "date_note": "Отчёт вышел позже."},
        {"event": "{start: 2026-11, status: held}"},
    ],
)
def test_a_date_that_may_be(fields: dict[str, str], make_site: Maker) -> None:
    """Nothing is said of what may be so, or of what the editor has explained."""
    built = make_site({**BESIDE, RELEASE: release(TEXT, **fields)}).build()
    assert built.result.problems == ()


LONG = "Слово " * 40
NOTES: dict[str, tuple[dict[str, str | None], int, int, str]] = {
    "scheduled": ({"event": "{start: 2013-03-26, status: scheduled}"}, 3, 36, "scheduled-past"),
    "no summary": ({"summary": None}, 2, 1, "no-summary"),
    "no organizer": ({"organizers": None}, 2, 1, "no-organizer"),
    "title long": ({"title": LONG}, 2, 8, "title-long"),
    "title in capitals": ({"title": "ВСТРЕЧА МИГРАНТОВ В БИШКЕКЕ"}, 2, 8, "title-capitals"),
    "roles": ({"partners": "[iom]", "funders": "[iom]"}, 2, 1, "many-roles"),
    "programme over": ({"programme": "rmp"}, 3, 16, "outside-programme"),
}
PROGRAMME = "---\nname: Программа\nperiod: {start: 2014, end: 2016}\n---\n[[iom]]\n"


@pytest.mark.parametrize("name", NOTES)
def test_note_on_a_release(name: str, make_site: Maker) -> None:
    """One thing is one note of check, which passes, strictly too; a build says nothing."""
    fields, line, column, code = NOTES[name]
    files: dict[str, Content] = {**BESIDE, RELEASE: release(TEXT, **fields)}
    if "programme" in fields:
        files["content/programmes/rmp.md"] = PROGRAMME
    site = make_site(files)
    assert check(site, "--strict") == (0, [(RELEASE, line, column, code)], {"note"})
    assert site.build(strict=True).result.problems == ()


def test_nothing_to_say(make_site: Maker) -> None:
    """A release that has all of it hears nothing."""
    assert check(make_site({**BESIDE, RELEASE: release()})) == (0, [], set())


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("", ["empty-body"]),
        (f"## «Встреча»\n\n{TEXT}", ["title-repeated"]),
        (f"Встреча в мае\n\n{TEXT}", []),
        ("Встреча прошла 26 марта 2013 года в Бишкеке.", ["date-in-text"]),
        ("Встреча прошла 26 марта в Бишкеке.", []),
    ],
)
def test_what_the_text_says(body: str, codes: list[str], make_site: Maker) -> None:
    """A text that is not there, and a date that only the text has; a year is never guessed."""
    _, told, _ = check(make_site({**BESIDE, RELEASE: release(body, event=None)}))
    assert [found[3] for found in told] == codes


def test_pictures(make_site: Maker) -> None:
    """A photograph needs to say whose it is; a picture that nothing shows is told."""
    photo = "[{file: a.png, alt: Зал}, {file: b.png, alt: Зал, credit: Центр}]"
    files: dict[str, Content] = {
        **BESIDE,
        RELEASE: release(f"{TEXT}\n\n![зал](c.png)\n", photos=photo),
    }
    files |= {f"content/releases/meeting/{name}.png": PNG for name in "abcd"}
    _, told, _ = check(make_site(files))
    assert told == [(RELEASE, 6, 9, "picture-unused"), (RELEASE, 6, 10, "photo-no-credit")]


def test_near_duplicates_and_orphans(make_site: Maker) -> None:
    """A release that is there twice is told at the second; an entity that nobody names too."""
    body = " ".join(f"слово{number}" for number in range(100))
    files: dict[str, Content] = {
        **BESIDE,
        RELEASE: release(f"{body} [[rmp]]", speakers="[{name: А. Ким}]"),
        "content/people/kim.md": "---\nname: А. Ким\npositions: [{organization: alone}]\n---\n",
        "content/people/lee.md": "---\nname: Б. Ли\n---\n",
        "content/organizations/last.md": "---\nname: Совет\n---\n",
        "content/releases/other.md": release(f"{body} [[osh]]", tags="[work]"),
        "content/programmes/rmp.md": "---\nname: Программа\n---\n",
        "content/places/osh.md": "---\nname: Ош\nwithin: kg\n---\n",
        "content/places/kg.md": "---\nname: Страна\n---\n",
        "content/tags/work.md": "---\nname: Труд\n---\n",
        "content/tags/rest.md": "---\nname: Отдых\n---\n",
        "content/organizations/alone.md": "---\nname: Союз\nparent: iom\n---\n",
    }
    _, told, severities = check(make_site(files))
    assert [(path, code) for path, _, _, code in told] == [
        ("content/organizations/last.md", "orphan"),
        ("content/people/lee.md", "orphan"),
        ("content/releases/other.md", "near-duplicate"),
        ("content/tags/rest.md", "orphan"),
    ]
    assert severities == {"note"}


def test_translations(make_site: Maker) -> None:
    """One that is behind is told at its mark; those that are missing are counted."""
    path = RELEASE.replace(".md", ".en.md")
    mark = "---\ntitle: Meeting\noriginal: aaaaaaaaaaaaaaaa\n---\nText.\n"
    site = make_site({**BESIDE, RELEASE: release(), path: mark})
    assert check(site)[1] == [(path, 3, 11, "translation-behind")]
    ended = CliRunner().invoke(cli.cli, ["check", "--site", str(site.root), "--lang", "en"])
    assert "Translations missing: 1." in ended.stderr
    assert "notes: 1" in ended.stderr


def test_errors_come_first(make_site: Maker) -> None:
    """While there are errors nothing is said of what is only not good."""
    site = make_site({**BESIDE, RELEASE: release(summary=None, tags="migration")})
    code, told, _ = check(site)
    assert (code, [found[3] for found in told]) == (1, ["wrong-type"])


def test_what_is_held_back_is_counted(make_site: Maker) -> None:
    """Each build counts the drafts and the releases under embargo, also one with nothing to do."""
    site = make_site(
        {
            **BESIDE,
            RELEASE: release(),
            "content/releases/a.md": release(draft="true"),
            "content/releases/b.md": release(draft="true", embargo="2030-01-01"),
            "content/releases/c.md": release(embargo="2030-01-01"),
            "content/releases/d.md": release(embargo="2020-01-01"),
            "content/releases/e.md": release(withdrawn="{date: 2020, reason: Ошибка}"),
            "content/pages/about.md": "---\ntitle: О нас\ndraft: true\n---\n",
        }
    )
    assert [site.build().result.held for _ in range(2)] == [(3, 1)] * 2
    assert site.build(drafts=True).result.held == (0, 0)
    typed = ["build", "--site", str(site.root), "--lang", "en", "--now", NOW.isoformat()]
    said = CliRunner().invoke(cli.cli, typed).stderr
    assert "Held back from readers: drafts – 3, under embargo – 1." in said
