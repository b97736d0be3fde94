"""catalogue.registry: every known name leads to its entity, whatever its spelling and time."""

from __future__ import annotations

import pytest

from mksite.catalogue.names.registry import LINKED, PARTIES, PLACES, Known, Miss, Registry
from mksite.content.model import FormerName, Organization, Place, Programme


@pytest.fixture
def registry() -> Registry:
    """Two organizations, one of which was split off, and a programme and places of like names."""
    made = Registry()
    made.add_entity(
        "organization",
        "tac",
        Organization(
            name={"ru": "Тянь-Шанский центр «Ёлка»", "ky": "Теңир-Тоо борбору", "en": "Tian Shan"},
            short={"ru": "ТАЦ", "en": "TAC"},
            aliases=("Центр на горе",),
            former=(
                FormerName(name={"ru": "Центр политики", "en": "Policy Center"}, until="2016~"),
                FormerName(name="Горный клуб", until="2009"),
                FormerName(name="Старый клуб"),
            ),
        ),
        "ru",
    )
    made.add_entity(
        "organization",
        "club",
        Organization(
            name="Горный клуб",
            former=(FormerName(name="Общество", until="2012-03"),),
        ),
        "ru",
    )
    made.add_entity("organization", "society", Organization(name="Общество"), "ru")
    made.add_entity("organization", "osh", Organization(name="Ошский клуб"), "ru")
    made.add_entity("programme", "osh", Programme(name="Ош — 2012"), "ru")
    made.add_entity("place", "osh", Place(name="Ош"), "ru")
    made.ids["release"].add("meeting")
    made.add_later(Known("release", "meeting", "Встреча в Оше"))
    return made


@pytest.mark.parametrize(
    "name",
    [
        "tac",
        "organizations/tac",
        "Тянь-Шанский центр «Ёлка»",
        "Теңир-Тоо борбору",
        "Tian Shan",
        "ТАЦ",
        "TAC",
        "Центр на горе",
        "Центр политики",
        "Policy Center",
        "Старый клуб",
        "тянь-шанский ЦЕНТР «ёлка»",
        "  Тянь-Шанский   центр\u00a0«Ёлка» ",
        'Тянь-Шанский центр "Ёлка"',
        "Тянь-Шанский центр “Ёлка”",
        "Тянь-Шанский центр „Ёлка“",
        "Тянь-Шанский центр Ёлка",
        "Тянь-Шанский центр «Елка»",
        "Тянь‑Шанский центр «Ёлка»",
        "Тянь–Шанский центр «Ёлка»",
        "Тянь Шанский центр «Ёлка»",
        "ТЕҢИР-ТОО БОРБОРУ",
        "tac ",
    ],
)
def test_name(name: str, registry: Registry) -> None:
    """Id, names in all languages, short, other and former ones, however written, lead there."""
    assert registry.resolve(name, PARTIES) == ("organization", "tac")


@pytest.mark.parametrize("name", ["Теңир-Тоо борбор", "Tian", "тац2", "", "organizations/nobody"])
def test_unknown(name: str, registry: Registry) -> None:
    """A name that nobody bears is a miss, with what is near."""
    found = registry.resolve(name, PARTIES)
    assert isinstance(found, Miss)
    assert found.code == "unknown"


def test_nearest(registry: Registry) -> None:
    """What may have been meant is named, the nearest first and at most three."""
    found = registry.resolve("Теңир-Тоо борбор", PARTIES)
    assert isinstance(found, Miss)
    assert found.candidates[0] == "Теңир-Тоо борбору"
    assert len(found.candidates) <= 3


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (None, None),
        ("2005", "tac"),
        ("2009-12-31", "tac"),
        ("2010", "club"),
        ("2010-01-01", "club"),
        ("2013~", "club"),
        ("2009/2010", None),
        ("[2008,2012]", None),
        ("XXXX-03-06", None),
        ("not a date", None),
    ],
)
def test_former_name_by_date(when: str | None, found: str | None, registry: Registry) -> None:
    """A name that one has left and another bears is decided by the date, where that decides it."""
    answer = registry.resolve("Горный клуб", PARTIES, when)
    if found is None:
        assert isinstance(answer, Miss)
        assert answer == Miss("ambiguous", ("club", "tac"))
    else:
        assert answer == ("organization", found)


def test_last_month_of_a_former_name(registry: Registry) -> None:
    """`until` is the last time in use: its whole month, here."""
    assert registry.resolve("Общество", PARTIES, "2012-03-31") == ("organization", "club")
    assert registry.resolve("Общество", PARTIES, "2012-04-01") == ("organization", "society")


def test_an_answer_by_date_is_not_kept(registry: Registry) -> None:
    """The same name is asked again for each date."""
    answers = [registry.resolve("Горный клуб", PARTIES, when) for when in ("2005", "2010", "2005")]
    assert answers == [("organization", "tac"), ("organization", "club"), ("organization", "tac")]


def test_a_former_name_of_one_alone_needs_no_date(registry: Registry) -> None:
    """A former name that nobody else bears leads to its entity at any time."""
    for when in (None, "1999", "2016", "2030"):
        assert registry.resolve("Центр политики", PARTIES, when) == ("organization", "tac")


def test_kinds(registry: Registry) -> None:
    """An id means the entity of the kind that is asked for; the folder decides between kinds."""
    assert registry.resolve("osh", PLACES) == ("place", "osh")
    assert registry.resolve("osh", ("programme",)) == ("programme", "osh")
    assert registry.resolve("osh", PARTIES) == Miss(
        "ambiguous", ("organizations/osh", "programmes/osh")
    )
    assert registry.resolve("programmes/osh", PARTIES) == ("programme", "osh")
    assert isinstance(registry.resolve("places/osh", PARTIES), Miss)


def test_an_id_is_stronger_than_a_name(registry: Registry) -> None:
    """An id is unique; a name that looks like it does not make it unclear."""
    registry.add_entity(
        "organization", "un", Organization(name="Университет", aliases=("TAC2",)), "ru"
    )
    registry.add_entity("organization", "tac2", Organization(name="Другой"), "ru")
    assert registry.resolve("tac2", PARTIES) == ("organization", "tac2")


def test_titles_are_known_to_links_only(registry: Registry) -> None:
    """A release is linked by id or title; no role is held by a release."""
    assert registry.resolve("meeting", LINKED) == ("release", "meeting")
    assert registry.resolve("встреча в оше", LINKED) == ("release", "meeting")
    assert isinstance(registry.resolve("Встреча в Оше", PARTIES), Miss)


def test_suggestions_cost_once(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is missing in a thousand releases is compared with all others once."""
    asked = []

    def nearest(name: str, _: object) -> tuple[str, ...]:
        asked.append(name)
        return ()

    monkeypatch.setattr("mksite.catalogue.names.registry.nearest", nearest)
    for _ in range(1000):
        registry.resolve("Нет такой", PARTIES)
    assert asked == ["Нет такой"]


def test_suggestions_come_to_an_end(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where very many names are unknown, later ones are told without what may have been meant."""
    monkeypatch.setattr("mksite.catalogue.names.registry.MOST_COMPARED", 20)
    answers = [registry.suggestions(f"Ошский клубb{n}", PARTIES) for n in range(9)]
    assert "Ошский клуб" in answers[0]
    assert answers[-1] == ()
    assert registry.suggestions("Ошский клубb0", PARTIES) == answers[0]
