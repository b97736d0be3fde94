"""The name of the time: an entity stands in a release under the name that it bore then."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from mksite.catalogue.names.naming import name_then
from mksite.content.model import FormerName
from tests import small_archive

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site_builder import SmallSite

FORMER = (
    FormerName(name={"ru": "Целиноград", "en": "Tselinograd"}, until="1992-07-05"),
    FormerName(name="Акмола", until="1998-05-05"),
    FormerName(name="Астана", until="2019-03-22"),
    FormerName(name="Нур-Султан", until="2022-09-16"),
    FormerName(name="г. Нур-Султан", until="2022-09-16"),
    FormerName(name="Новый город"),
)


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("1990", "Целиноград"),
        ("1992-07-05", "Целиноград"),
        ("1992-07-06", "Акмола"),
        ("2019-03-22", "Астана"),
        ("2019-03-23", "г. Нур-Султан"),
        ("2020", "г. Нур-Султан"),
        ("2019", ""),
        ("2022-09", ""),
        ("2023", ""),
        ("XXXX-03-06", ""),
        ("[2020,2021]", "г. Нур-Султан"),
        ("[2018,2021]", ""),
        (None, ""),
        ("нет", ""),
    ],
)
def test_by_date(when: str | None, name: str) -> None:
    """The name that was borne on every day that the date may mean; else today's."""
    assert name_then(FORMER, when, (), "ru").get("ru", "") == name


@pytest.mark.parametrize(
    "typed", ["Нур-Султан", "нур султан", "«НУР-СУЛТАН»", "Нур\N{SOFT HYPHEN}-Султан"]
)
@pytest.mark.parametrize("when", ["1990", "2023", None])
def test_a_typed_former_name_stands(typed: str, when: str | None) -> None:
    """However it is spelled, and whatever the date says."""
    assert name_then(FORMER, when, (typed,), "ru") == {"ru": "г. Нур-Султан"}


def test_a_former_name_without_a_date_needs_to_be_typed() -> None:
    """Nothing tells when it was left."""
    assert name_then(FORMER, "2023", ("новый город",), "ru") == {"ru": "Новый город"}


FILES = {
    "content/organizations/bureau.md": """\
        ---
        name: {ru: Новый центр, ky: Жаңы борбор, en: New Centre}
        aliases: [Приют]
        former: [{name: {ru: Ёлочный центр, ky: Балаты борбору, en: Fir Centre}, until: 2015}]
        ---
        """,
    "content/organizations/shelter.md": """\
        ---
        name: {ru: Дом, ky: Үй, en: House}
        former: [{name: {ru: Общий приют, ky: Орток, en: Common Shelter}, until: 2014}]
        ---
        """,
    "content/organizations/heir.md": """\
        ---
        name: {ru: Наследник, ky: Мураскер, en: Heir}
        former: [{name: {ru: Общий приют, ky: Орток, en: Common Shelter}, until: 2020}]
        ---
        """,
    "content/places/town.md": """\
        ---
        name: {ru: Ново, ky: Жаңы, en: Novo}
        former: [{name: {ru: Старо, ky: Эски, en: Staro}, until: 2016}]
        ---
        """,
    "content/places/room.md": "---\nname: {ru: Зал, ky: Зал, en: Hall}\nwithin: town\n---\n",
    "content/releases/then.md": """\
        ---
        title: Было тогда
        date: 2013-05-06
        event: {type: seminar, start: 2013-05-05, status: held}
        organizers: [«ЕЛОЧНЫЙ  центр»]
        funders: [Общий приют]
        venue: room
        speakers: [{name: А. Ким, organization: Общий приют}]
        source: {title: Лист, publisher: Общий приют}
        contact: {name: Б. Ли, organization: Общий приют}
        ---
        Текст о [[bureau]] и [[Общий приют|приюте]].
        """,
    "content/releases/now.md": """\
        ---
        title: Стало теперь
        date: 2022-05-06
        organizers: [bureau]
        venue: room
        ---
        """,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """A site with all features, built."""
    made = small_archive.make_real(tmp_path_factory.mktemp("naming") / "site", features=True)
    made.write(FILES)
    assert made.build().result.published
    return made


def page(site: SmallSite, path: str) -> str:
    """A published file."""
    place: Path = site.public / path
    return place.read_text("utf-8")


def test_release_page(site: SmallSite) -> None:
    """Parties, speakers, publisher, contact and places stand under the names of that time."""
    html = page(site, "releases/then/index.html")
    for name in ("Ёлочный центр", "Общий приют", "Старо"):
        assert name in html
    assert "organizations/shelter/" in html
    assert "organizations/heir/" not in html
    text = re.sub(r"<[^>]*>", "", html)
    assert text.count("Ново") == text.count("(ныне — Ново)") == 1
    later = page(site, "releases/now/index.html")
    assert "Новый центр" in later
    assert "Ново" in later
    assert "Ёлочный" not in later
    assert "Старо" not in later


def test_linked_data(site: SmallSite) -> None:
    """JSON-LD names authors and places so too."""
    script = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>',
        page(site, "releases/then/index.html"),
        re.DOTALL,
    )
    text = json.dumps([json.loads(part) for part in script], ensure_ascii=False)
    assert "Старо" in text
    assert "Ново" not in text.replace("Новый", "")
    assert '"Ёлочный центр"' in text


def test_citation_files(site: SmallSite) -> None:
    """RIS, BibTeX and CSL name whoever issued the release as it was named."""
    for suffix in ("ris", "bib", "json"):
        text = page(site, f"releases/then/then.{suffix}")
        assert "Общий приют" in text
        assert "Дом" not in text
    assert "Новый центр" in page(site, "releases/now/now.ris")


def test_feed(site: SmallSite) -> None:
    """An entry's author has the name of that time; the feed of the entity today's."""
    feed = etree.fromstring((site.public / "organizations/bureau/feed.xml").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"
    authors = {
        str(entry.findtext(f"{atom}title")): entry.findtext(f"{atom}author/{atom}name")
        for entry in feed.iter(f"{atom}entry")
    }
    assert authors == {"Было тогда": "Общий приют", "Стало теперь": "Новый центр"}
    assert "Новый центр" in str(feed.findtext(f"{atom}title"))


def test_lists_about_an_entity(site: SmallSite) -> None:
    """Its own page and the indexes use its present name."""
    assert "<h1>Новый центр" in page(site, "organizations/bureau/index.html")
    assert "Новый центр" in page(site, "organizations/index.html")
