"""The list of an entity's releases: each once, with its roles; money by what documents say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mksite.pages import entity, funder, home, index, release
from mksite.pages.frame import LONG_LIST, Frame
from mksite.view.entity import EntityYearView, OrganizationView, PlaceView
from mksite.view.overview import FundersView, HomeView, IndexView
from mksite.view.page import view_of
from mksite.view.release import ReleaseView
from tests import small_archive
from tests.site_builder import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.catalogue.catalogue import Catalogue
    from mksite.view.part import RecordList, View

CAPABILITIES = (entity.pages, funder.pages, home.pages, index.pages, release.pages)
ENTITIES: dict[str, dict[str, object]] = {
    "content/organizations/fund.md": {"name": "Фонд"},
    "content/organizations/bank.md": {"name": "Банк"},
    "content/organizations/union.md": {"name": "Союз"},
    "content/organizations/guest.md": {"name": "Гость"},
    "content/programmes/help.md": {
        "name": "Помощь",
        "funders": ["fund"],
        "implementers": ["union"],
    },
    "content/places/region.md": {"name": "Область"},
    "content/places/batken.md": {"name": "Баткен", "within": "region"},
    "content/places/osh.md": {"name": "Ош"},
}
RELEASES: dict[str, dict[str, object]] = {
    "direct": {"date": "2013-01-01", "organizers": ["guest"], "funders": ["bank"]},
    "through": {"date": "2014-01-01", "organizers": ["guest", "union"], "programme": "help"},
    "both": {
        "date": "2015-01-01",
        "organizers": ["union"],
        "partners": ["guest"],
        "funders": ["fund"],
        "programme": "help",
        "speakers": [
            {"name": "Айгуль", "role": "юрист", "organization": "union"},
            {"name": "Бакыт", "organization": "guest"},
            {"name": "Айгуль", "role": "судья"},
        ],
        "venue": "osh",
        "date_note": "Год взят из письма. Его прислал г. А. Иванов. Письмо утеряно.",
    },
}


def archive(**bodies: str) -> Catalogue:
    """The small archive of these tests; a body may be given to each release."""
    files: dict[str, str | bytes] = {
        path: small_archive.source(front) for path, front in ENTITIES.items()
    }
    for ident, front in RELEASES.items():
        text = small_archive.source({"title": ident, **front}, bodies.get(ident, ""))
        files[f"content/releases/x/{ident}.md"] = text
    made, problems = catalogue_of(files)
    assert problems == ()
    return made


def views(made: Catalogue) -> Iterator[View]:
    """The Views of all pages in Russian."""
    frames = (Frame(made, "ru"),)
    for capability in CAPABILITIES:
        for page in capability(made, frames):
            yield view_of(page)


def organization(made: Catalogue, ident: str) -> OrganizationView:
    """The page of an organization."""
    found = (view for view in views(made) if isinstance(view, OrganizationView))
    return next(view for view in found if view.id == ident)


def place(made: Catalogue, ident: str) -> PlaceView:
    """The page of a place."""
    found = (view for view in views(made) if isinstance(view, PlaceView))
    return next(view for view in found if view.id == ident)


def rows(found: RecordList) -> dict[str, list[tuple[str, str]]]:
    """The titles in a list with the roles, each with the programme that it is inherited from."""
    return {
        entry.row.title: [(held.role, held.via.text if held.via else "") for held in entry.roles]
        for year in found.years
        for entry in year.rows
    }


def test_a_release_stands_once_with_all_roles() -> None:
    """What comes by way of a programme says so, and is counted apart."""
    found = organization(archive(), "union").records
    assert rows(found) == {
        "both": [("organizer", ""), ("implementer", "Помощь"), ("speaker", "")],
        "through": [("organizer", ""), ("implementer", "Помощь")],
    }
    assert [(role.role, role.through, role.count) for role in found.roles] == [
        ("organizer", False, 2),
        ("implementer", True, 2),
        ("speaker", False, 1),
    ]
    assert (found.count, found.mentions) == (2, 0)


def test_who_funds_a_programme_does_not_pay_for_others_work() -> None:
    """Guests of a programme's event have no payer by it; its implementer has one of programmes."""
    made = archive()
    guest, union = organization(made, "guest"), organization(made, "union")
    assert [payer.link.text for payer in guest.payers] == ["Банк"]
    assert guest.programme_payers == ()
    assert [payer.link.text for payer in union.payers] == ["Фонд"]
    through = [(p.link.text, [b.link.text for b in p.programmes]) for p in union.programme_payers]
    assert through == [("Фонд", ["Помощь"])]


def test_funders_have_two_kinds_of_events() -> None:
    """An event paid for directly is not one that merely belongs to a funded programme."""
    page = next(view for view in views(archive()) if isinstance(view, FundersView))
    told = {row.link.text: (row.direct, row.within, row.first, row.last) for row in page.funders}
    assert told == {"Банк": (1, 0, 2013, 2013), "Фонд": (1, 1, 2014, 2015)}


def test_a_release_keeps_the_funders_of_its_programme_with_it() -> None:
    """Its own roles hold none of theirs."""
    pages = {view.id: view for view in views(archive()) if isinstance(view, ReleaseView)}
    through = pages["through"]
    assert [entry.role for entry in through.roles] == ["organizer"]
    (strip,) = through.programmes
    told = [(entry.role, [who.link.text for who in entry.parties]) for entry in strip.parties]
    assert told == [("funder", ["Фонд"]), ("implementer", ["Союз"])]


def test_a_speaker_stands_once_with_all_capacities() -> None:
    """In the order in which the front matter names them."""
    pages = {view.id: view for view in views(archive()) if isinstance(view, ReleaseView)}
    told = [
        (
            speaker.name.text,
            [
                (c.role.text if c.role else "", c.organization.text if c.organization else "")
                for c in speaker.capacities
            ],
        )
        for speaker in pages["both"].speakers
    ]
    assert told == [("Айгуль", [("юрист", "Союз"), ("судья", "")]), ("Бакыт", [("", "Гость")])]


def test_a_note_is_parted_after_its_first_sentence() -> None:
    """An abbreviation or an initial ends none."""
    pages = {view.id: view for view in views(archive()) if isinstance(view, ReleaseView)}
    note = pages["both"].date_note
    assert note is not None
    assert note.first == "Год взят из письма."
    assert note.rest == "Его прислал г. А. Иванов. Письмо утеряно."
    assert note.text.endswith("письма. Его прислал г. А. Иванов. Письмо утеряно.")


def test_a_place_that_is_only_named_is_mentioned() -> None:
    """So are the places around it; the venue is not mentioned where its text names it."""
    made = archive(both="В [[Ош]] и в [[Баткен]].")
    for ident in ("batken", "region"):
        found = place(made, ident).records
        assert rows(found) == {"both": [("mentioned", "")]}
        assert (found.count, found.mentions) == (0, 1)
    assert rows(place(made, "osh").records) == {"both": []}
    pages = {view.id: view for view in views(made) if isinstance(view, ReleaseView)}
    assert [link.text for link in pages["both"].mentioned_places] == ["Баткен"]


def test_mentions_lead_no_ranking() -> None:
    """Who is named everywhere and had a part nowhere comes after who had one."""
    named = "Сказано о [[bank]]."
    made = archive(through=named, both=named)
    front = next(view for view in views(made) if isinstance(view, HomeView))
    leading = {entry.link.text: (entry.count, entry.mentions) for entry in front.organizations}
    assert leading["Банк"] == (1, 2)
    assert list(leading)[:2] == ["Гость", "Союз"]
    pages = [view for view in views(made) if isinstance(view, IndexView)]
    entries = [e for view in pages for group in view.groups for e in group.entries]
    assert {e.link.text: e.count for e in entries if e.mentions} == {"Банк": 1}


def test_a_long_list_has_a_page_a_year() -> None:
    """Its roles lead to the years; the years' rows are those of the whole list."""
    files: dict[str, str | bytes] = {
        "content/organizations/union.md": small_archive.source({"name": "Союз"}),
    }
    for number in range(LONG_LIST + 1):
        role = "partners" if number % 3 else "organizers"
        front = {"title": str(number), "date": str(2010 + number % 4), role: ["union"]}
        files[f"content/releases/x/r{number}.md"] = small_archive.source(front)
    made, _ = catalogue_of(files)
    found = organization(made, "union").records
    assert found.count == sum(year.count for year in found.years) == LONG_LIST + 1
    assert all(year.more and not year.rows for year in found.years)
    assert sum(role.count for role in found.roles) == found.count
    for held in found.roles:
        assert sum(year.count for year in held.years) == held.count
    years = [view for view in views(made) if isinstance(view, EntityYearView)]
    assert [view.records.count for view in years] == [year.count for year in found.years[::-1]]
    assert sum(len(rows(view.records)) for view in years) == found.count


@pytest.mark.parametrize(
    ("event", "now", "status"),
    [
        ({"start": "2013-03-26", "status": "scheduled"}, 2026, "announced"),
        ({"start": "2013-03-26", "status": "held"}, 2026, "held"),
        ({"start": "2013-03-26", "status": "scheduled"}, 2012, "scheduled"),
        ({"start": "2013-03-26", "end": "2030-01-01", "status": "scheduled"}, 2026, "scheduled"),
        ({"start": "XXXX-03-26", "status": "scheduled"}, 2026, "scheduled"),
        ({"start": "9999-12-31", "status": "scheduled"}, 2026, "scheduled"),
    ],
)
def test_of_an_announced_event_that_is_over_nothing_is_known(
    event: dict[str, str], now: int, status: str
) -> None:
    """Only an announcement grows old; the catalogue holds until the next one does."""
    text = small_archive.source({"title": "Т", "event": event})
    moment = datetime(now, 6, 1, tzinfo=UTC)
    made, _ = catalogue_of({"content/releases/x/r.md": text}, now=moment)
    (page,) = (view for view in views(made) if isinstance(view, ReleaseView))
    assert page.status == status
    if status == "announced":
        assert made.since == int(datetime(2013, 3, 26, 18, tzinfo=UTC).timestamp())
    if now == 2012:  # on the day itself the feed may date it
        assert made.until == int(datetime(2013, 3, 25, 18, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("ОО «Ресурсный центр для пожилых»", "Ресурсный центр для пожилых»"),
        ("Public Association “Resource Center”", "Resource Center”"),
        ("Центр «Азия» в Оше", "Центр «Азия» в Оше"),
        ("Союз", "Союз"),
    ],
)
def test_a_legal_form_does_not_sort(name: str, own: str) -> None:
    """A name in quotation marks is sorted by what stands in them."""
    assert index.own_name(name) == own
