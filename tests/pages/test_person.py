"""People: who spoke is known by any form of a name; all of it can be switched off."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests import small_archive
from tests.site_builder import catalogue_of, places

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import Built

PERSON = """\
    ---
    name: {ru: А. С. Омурова, en: A. S. Omurova}
    former: [{name: А. С. Ким, until: 2012}]
    positions:
      - {organization: fund, role: {ru: эксперт, en: expert}}
      - {organization: centre, role: директор, from: 2010, until: 2011}
      - {organization: Союз, role: юрист, from: 2013}
    ---
    Юрист.
    """
RELEASE = """\
    ---
    title: Встреча
    date: 2013-05-06
    speakers:
      - {name: Омурова А.С., role: эксперт, organization: fund}
      - {name: Омурова Б.С., role: гость}
      - {name: {ru: А.С. Омурова}, role: юрист, organization: union}
    ---
    Была и [[aigul]].
    """
FILES = {
    "content/people/omurova.md": PERSON,
    "content/releases/2013/meeting.md": RELEASE,
    "content/releases/2014/later.md": RELEASE.replace("Встреча", "Потом").replace(
        "2013-05-06", "2014-07"
    ),
}


def built(root: Path, *, features: tuple[str, ...] = small_archive.FEATURES) -> Built:
    """The small archive with a person who spoke twice, in the real templates."""
    site = small_archive.make_real(root, features=features)
    site.write(FILES)
    made = site.build()
    assert made.result.problems == ()
    return made


def text_of(made: Built, path: str) -> str:
    """A published file, its spaces plain."""
    return made.public[path].decode().replace("\N{NO-BREAK SPACE}", " ")


def words_of(html: str) -> str:
    """The text of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site with people."""
    return built(tmp_path_factory.mktemp("people") / "site")


def test_a_speaker_leads_to_the_page(people: Built) -> None:
    """Under the name of the person, whatever form was typed, once with all capacities; one who has
    no file is a name.
    """
    html = text_of(people, "releases/meeting/index.html")
    assert html.count('href="/people/omurova/">А. С. Омурова</a>') == 1
    assert "Омурова Б.С., гость" in words_of(html)
    assert "эксперт, Фонд; юрист, Союз" in words_of(html)
    assert '<a href="/people/aigul/">Айгуль</a>' in html


def test_the_name_of_the_time_stands(tmp_path: Path) -> None:
    """On the page of a release of then."""
    site = small_archive.make_real(tmp_path / "site")
    old = RELEASE.replace("2013-05-06", "2011-05-06")
    switched = small_archive.site_yaml(("people",))
    site.write({**FILES, "content/releases/2013/meeting.md": old, "site.yaml": switched})
    html = text_of(site.build(), "releases/meeting/index.html")
    assert '<a href="/people/omurova/">А. С. Ким</a>' in html


def test_the_page_says_what_when_and_where(people: Built) -> None:
    """Posts from the latest; one without dates by the records that tell of it; and the releases
    with the capacity in each.
    """
    said = words_of(text_of(people, "people/omurova/index.html"))
    posts = ("юрист, Союз", "директор, Центр", "эксперт, Фонд по записям:")
    assert sorted(map(said.index, posts)) == [said.index(post) for post in posts]
    assert re.search(r"эксперт, Фонд по записям: 6 мая 2013 г. — июль 2014 г.", said)
    assert said.count("эксперт, Фонд; юрист, Союз") == 2
    html = text_of(people, "people/omurova/index.html")
    assert 'href="/releases/meeting/"' in html
    assert "2 записи" in said
    assert 'href="/people/omurova/"' in text_of(people, "organizations/union/index.html")


def test_the_index_goes_by_family_name(people: Built) -> None:
    """In the alphabet of the language."""
    names = re.findall(r'href="/people/[a-z]+/">([^<]+)', text_of(people, "people/index.html"))
    assert names == ["Айгуль", "Омурова А. С."]
    english = text_of(people, "en/people/index.html")
    assert re.findall(r'href="/en/people/[a-z]+/">([^<]+)', english) == ["Aigul", "Omurova, A. S."]


def test_feed_search_and_data_know_people(people: Built) -> None:
    """As they know other entities."""
    assert "Встреча" in text_of(people, "people/omurova/feed.xml")
    archive = json.loads(people.public["data/archive.json"])
    named = {row["id"]: row for row in archive["people"]}
    assert named["omurova"]["page"] == "https://archive.example/people/omurova/"
    assert [row["entity"] for row in archive["positions"] if row["person"] == "omurova"] == [
        "fund",
        "centre",
        "union",
    ]
    assert [row["person"] for row in archive["speakers"] if row["release"] == "meeting"] == [
        "omurova",
        None,
        "omurova",
    ]
    searched = [data for path, data in people.public.items() if path.startswith("search/")]
    assert [data for data in searched if b"/people/omurova/" in data]


def test_json_ld_names_the_posts(people: Built) -> None:
    """A Role carries the organization and the time; the speaker of an event is the same person."""
    html = text_of(people, "people/omurova/index.html")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    person = json.loads(found[1])["@graph"][0]
    assert person["@type"] == "Person"
    assert person["@id"] == "https://archive.example/people/omurova/#this"
    assert person["affiliation"][1] == {
        "@type": "OrganizationRole",
        "roleName": "директор",
        "affiliation": {
            "@type": "Organization",
            "@id": "https://archive.example/organizations/centre/#this",
            "name": "Центр",
        },
        "startDate": "2010",
        "endDate": "2011",
    }


def test_people_are_switched_off(tmp_path: Path) -> None:
    """No page, no link, no row; the names stay."""
    rest = tuple(name for name in small_archive.FEATURES if name != "people")
    made = built(tmp_path / "site", features=rest)
    assert not [path for path in made.public if "people/" in path]
    texts = [data for path, data in made.public.items() if path.endswith((".html", ".xml"))]
    assert not [data for data in texts if b"/people/" in data]
    html = text_of(made, "releases/meeting/index.html")
    assert "Омурова А.С." in html
    assert "Была и Айгуль" in words_of(html)
    archive = json.loads(made.public["data/archive.json"])
    assert archive["people"] == []
    assert archive["positions"] == []


def test_two_people_of_the_same_initials_are_not_guessed() -> None:
    """The name then stays a name."""
    files = {
        "content/people/one.md": "---\nname: Алтынай Сейитовна Омурова\n---\n",
        "content/people/two.md": "---\nname: Асель Сагыновна Омурова\n---\n",
        "content/releases/2013/a.md": """\
            ---
            title: А
            speakers: [{name: А. С. Омурова}, {name: Омурова Асель}]
            ---
            """,
    }
    catalogue, problems = catalogue_of(files)
    assert problems == ()
    assert catalogue.releases["a"].people == ("", "two")


@pytest.mark.parametrize(
    ("position", "column", "code"),
    [
        ("{organization: никто}", 20, "unknown-organization-far"),
        ("{role: юрист, from: 2014, until: 2013}", 38, "reversed-dates"),
        ("{from: 2014}", 5, "empty-value"),
        ("{role: юрист, from: вчера}", 25, "edtf-syntax"),
        ("{role: юрист, с: 2014}", 19, "unknown-key"),
    ],
)
def test_a_post_is_checked(position: str, column: int, code: str) -> None:
    """Its organization, its dates and that it says anything."""
    person = f"---\nname: А. С. Омурова\npositions:\n  - {position}\n---\n"
    path = "content/people/one.md"
    _, problems = catalogue_of({path: person})
    assert places(problems) == [(path, 4, column, code)]
