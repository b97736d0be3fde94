"""catalogue.catalogue: who is related to what, in which role; what lies within what; what waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.catalogue.catalogue import Involvement, Relation, moment_of
from tests.site_builder import catalogue_of, places

if TYPE_CHECKING:
    from random import Random

    from tests.site_builder import Content

ENTITIES: dict[str, Content] = {
    "content/organizations/un.md": "---\nname: ООН\n---\n",
    "content/organizations/iom.md": "---\nname: МОМ\nparent: ООН\n---\n",
    "content/organizations/iom-kg.md": "---\nname: МОМ в Кыргызстане\nparent: iom\n---\n",
    "content/organizations/eu.md": "---\nname: ЕС\n---\n",
    "content/organizations/old.md": "---\nname: Служба\nsuccessor: Новая служба\n---\n",
    "content/organizations/new.md": "---\nname: Новая служба\n---\n",
    "content/programmes/bomca.md": (
        "---\nname: БОМКА\nfunders: [ЕС]\nimplementers: [МОМ, bomca]\npartners: [un]\n---\n"
    ),
    "content/programmes/bomca-9.md": (
        "---\nname: БОМКА-9\nparent: bomca\nfunders: [ЕС]\nimplementers: [iom-kg]\n---\n"
    ),
    "content/places/chuy.md": "---\nname: Чуй\n---\n",
    "content/places/bishkek.md": "---\nname: Бишкек\nwithin: Чуй\n---\n",
    "content/places/hall.md": "---\nname: Зал\nwithin: Бишкек\n---\n",
    "content/tags/migration.md": "---\nname: Миграция\n---\n",
    "content/tags/labour.md": "---\nname: Труд\nbroader: Миграция\n---\n",
}


def release(ident: str, *lines: str, body: str = "") -> dict[str, Content]:
    """A release with these lines below its title."""
    text = "\n".join(["---", f"title: {ident}", *lines, "---", body])
    return {f"content/releases/{ident}.md": text}


def relations(*lines: str, body: str = "") -> list[tuple[str, str, str]]:
    """Role, id and programme of everyone who is related to a release with these lines."""
    made, problems = catalogue_of({**ENTITIES, **release("r", *lines, body=body)})
    assert problems == ()
    return [(found.role, found.id, found.via) for found in made.releases["r"].relations]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("organizers: [МОМ]", "organizer"),
        ("partners: [МОМ]", "partner"),
        ("support: [МОМ]", "support"),
        ("funders: [МОМ]", "funder"),
        ("participants: [МОМ]", "participant"),
        ("speakers: [{name: А, organization: МОМ}]", "speaker"),
        ("source: {publisher: МОМ}", "publisher"),
    ],
)
def test_role(line: str, role: str) -> None:
    """Each field of the front matter gives its role."""
    assert relations(line) == [(role, "iom", "")]


def test_mentioned() -> None:
    """Who is only linked in the text, in any language, is mentioned."""
    files = {
        **ENTITIES,
        **release("r", "organizers: [iom]", body="[[МОМ]] и [[ЕС]]"),
        "content/releases/r.en.md": "---\ntitle: R\n---\n[[un|The UN]]\n",
    }
    made, problems = catalogue_of(files)
    assert problems == ()
    assert made.releases["r"].relations == (
        Relation("organizer", "organization", "iom"),
        Relation("mentioned", "organization", "eu"),
        Relation("mentioned", "organization", "un"),
    )


def test_a_role_is_given_once() -> None:
    """One who is named twice in a role, under two names, has it once; two roles are two."""
    assert relations("organizers: [МОМ]", "partners: [iom, МОМ, ЕС]", body="[[iom]]") == [
        ("organizer", "iom", ""),
        ("partner", "iom", ""),
        ("partner", "eu", ""),
    ]


def test_inherited() -> None:
    """A programme's funders and implementers reach its releases and say through which.

    Its partners do not, and who has the role already does not inherit it.
    """
    assert relations("programme: БОМКА") == [
        ("funder", "eu", "bomca"),
        ("implementer", "iom", "bomca"),
        ("implementer", "bomca", "bomca"),
    ]
    assert relations("programme: БОМКА", "funders: [eu]")[0] == ("funder", "eu", "")
    assert relations("programme: bomca", body="[[ЕС]]")[0] == ("funder", "eu", "bomca")


def test_two_programmes() -> None:
    """A release of two programmes inherits from both, each way named."""
    found = relations("programme: [bomca, bomca-9]")
    assert [entry for entry in found if entry[0] == "funder"] == [
        ("funder", "eu", "bomca"),
        ("funder", "eu", "bomca-9"),
    ]


def test_a_programme_organizes() -> None:
    """A programme may hold a role, and its page knows it."""
    made, problems = catalogue_of({**ENTITIES, **release("r", "organizers: [БОМКА]")})
    assert problems == ()
    assert made.involved["programme", "bomca"] == (Involvement("organizer", "r"),)


def test_closures() -> None:
    """A place, tag or programme gathers what happened in all that lies within it, each once."""
    made, problems = catalogue_of(
        {
            **ENTITIES,
            **release("a", "venue: Зал", "tags: [Труд, Миграция]", "programme: bomca-9"),
            **release("b", "venue: Бишкек", "tags: [Миграция]", "programme: [bomca, bomca-9]"),
        }
    )
    assert problems == ()
    assert {key: set(found) for key, found in made.in_place.items()} == {
        "hall": {"a"},
        "bishkek": {"a", "b"},
        "chuy": {"a", "b"},
    }
    assert {key: sorted(found) for key, found in made.with_tag.items()} == {
        "labour": ["a"],
        "migration": ["a", "b"],
    }
    assert {key: sorted(found) for key, found in made.in_programme.items()} == {
        "bomca-9": ["a", "b"],
        "bomca": ["a", "b"],
    }


def test_parents_and_successors() -> None:
    """What is around an entity, from the nearest outwards, and who came before whom."""
    made, _ = catalogue_of(ENTITIES)
    assert list(made.ancestors(("organization", "iom-kg"))) == ["iom", "un"]
    assert made.children["organization", "un"] == ("iom",)
    assert made.predecessors["organization", "new"] == (("organization", "old"),)


def test_newest_first() -> None:
    """Releases are newest first, doubtful ones in their place, undated ones last, then by id."""
    dates = {
        "a": "2013-03-25",
        "b": "2013-03",
        "c": "2012?",
        "d": "XXXX-03-06",
        "e": "2013-03-25",
        "f": "2014~",
        "g": "",
    }
    files: dict[str, Content] = {}
    for ident, when in dates.items():
        files |= release(ident, f'date: "{when}"' if when else "draft: false")
    made, problems = catalogue_of(files)
    assert problems == ()
    order = list(made.releases)
    assert order[0] == "f"
    assert order.index("a") < order.index("e") < order.index("c")
    assert set(order[-2:]) == {"d", "g"}
    assert set(made.undated) == {"d", "g"}


@pytest.mark.parametrize(
    ("when", "year", "month", "years"),
    [
        ("2013-03-25", 2013, 3, (2013,)),
        ("2013-03", 2013, 3, (2013,)),
        ("2013", 2013, 0, (2013,)),
        ("2012-03-06?", 2012, 3, (2012,)),
        ("[2016-12,2017-12]", 0, 12, (2016, 2017)),
        ("2013-12-30/2014-01-02", 2013, 0, (2013, 2014)),
        ("XXXX-03-06", 0, 3, ()),
        ("", 0, 0, ()),
        ("nonsense", 0, 0, ()),
    ],
)
def test_moment(when: str, year: int, month: int, years: tuple[int, ...]) -> None:
    """A date stands under its year and month where it has one; what is certain is kept."""
    found = moment_of(when)
    assert (found.year, found.month, found.years) == (year, month, years)


def test_the_event_dates_a_release() -> None:
    """A release stands under the event's date; names are understood by it."""
    files: dict[str, Content] = {
        "content/organizations/a.md": "---\nname: А\nformer: [{name: Клуб, until: 2013}]\n---\n",
        "content/organizations/b.md": "---\nname: Клуб\n---\n",
        **release("r", "event: {start: 2012-05-01}", "organizers: [Клуб]"),
        **release("t", "date: 2013-03-25"),
        **release("s", "date: 2013", "event: {start: 2014}", "organizers: [Клуб]"),
    }
    made, problems = catalogue_of(files)
    assert problems == ()
    assert (made.releases["r"].when, made.releases["s"].when) == ("2012-05-01", "2014")
    assert made.involved["organization", "a"] == (Involvement("organizer", "r"),)
    assert made.involved["organization", "b"] == (Involvement("organizer", "s"),)


def test_an_ambiguous_name_is_settled_by_id() -> None:
    """A name that two share is a problem; the id of either is not."""
    files: dict[str, Content] = {
        "content/organizations/a.md": "---\nname: Клуб\n---\n",
        "content/organizations/b.md": "---\nname: клуб\n---\n",
        **release("r", "organizers: [Клуб]"),
        **release("s", "organizers: [b]"),
    }
    made, problems = catalogue_of(files)
    assert places(problems) == [("content/releases/r.md", 3, 14, "ambiguous-organization")]
    assert made.involved["organization", "b"] == (Involvement("organizer", "s"),)


NOW = datetime(2026, 12, 18, 3, 0, tzinfo=UTC)  # nine in the morning in Bishkek


@pytest.mark.parametrize(
    ("embargo", "is_shown"),
    [
        ("2026-12-18T09:00", True),
        ("2026-12-18T09:01", False),
        ("2026-12-18T09:00:01", False),
        ("2026-12-18", True),
        ("2026-12-19", False),
    ],
)
def test_embargo(embargo: str, *, is_shown: bool) -> None:
    """An embargo ends at its minute in the site's time zone; --drafts does not wait."""
    files = {**ENTITIES, **release("r", f"embargo: {embargo}", "organizers: [iom]", "tags: [Труд]")}
    made, problems = catalogue_of(files, now=NOW)
    assert problems == ()
    assert ("r" in made.releases) is is_shown
    assert ("r" in made.with_tag.get("labour", ())) is is_shown
    assert (("organization", "iom") in made.involved) is is_shown
    assert "r" in catalogue_of(files, now=NOW, drafts=True)[0].releases


def test_between_which_times_the_catalogue_holds() -> None:
    """The last embargo that has ended and the next that will, in seconds since the epoch."""
    files: dict[str, Content] = {}
    for day in (16, 17, 19, 20):
        files |= release(f"r{day}", f"embargo: 2026-12-{day}T09:00")
    made, _ = catalogue_of(files, now=NOW)
    assert made.since == int(datetime(2026, 12, 17, 3, tzinfo=UTC).timestamp())
    assert made.until == int(datetime(2026, 12, 19, 3, tzinfo=UTC).timestamp())


def test_mistakes_in_hidden_releases_are_told() -> None:
    """What is wrong under an embargo is told before it ends; a draft may be unfinished."""
    made, problems = catalogue_of(
        {
            **release("r", "embargo: 2027-01-01", "organizers: [нет]"),
            **release("s", "draft: true", "organizers: [нет]"),
        },
        now=NOW,
    )
    assert [found.path for found in problems] == ["content/releases/r.md"]
    assert made.releases == {}


@given(st.randoms(use_true_random=False))
def test_order_of_input(chance: Random) -> None:
    """The Catalogue does not depend on the order in which sources are read."""
    files = {
        **ENTITIES,
        **release("a", "date: 2013", "programme: bomca-9", "venue: Зал", "tags: [Труд]"),
        **release("b", "date: 2013", "organizers: [МОМ, ЕС]", body="[[a]] [[Бишкек]]"),
        **release("c", "funders: [iom]", "programme: [bomca, bomca-9]"),
        "content/releases/other/c.md": "---\ntitle: again\n---\n",
        "content/releases/a.en.md": "---\ntitle: A\n---\n",
    }
    shuffled = list(files.items())
    chance.shuffle(shuffled)
    made, problems = catalogue_of(files)
    again, problems_again = catalogue_of(dict(shuffled))
    assert problems == problems_again
    assert list(again.releases.items()) == list(made.releases.items())
    for field in ("entities", "involved", "programme_roles", "parents", "children", "by_year"):
        assert list(getattr(again, field).items()) == list(getattr(made, field).items()), field
