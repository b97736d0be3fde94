"""catalogue: Cards that are kept from one assembly to the next are those that would be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from mksite.catalogue import cards
from mksite.catalogue.assembly import assemble
from mksite.catalogue.kept import KeptCards
from tests.site_builder import NOW, record_of, site_of

if TYPE_CHECKING:
    import pytest

    from mksite.catalogue.catalogue import Catalogue, Placed
    from mksite.record.record import Record

# For each file the texts that it may have; "" is none. Names are shared, left, taken for titles,
# forgotten, and borne by what cannot be read.
FILES = {
    "content/organizations/iom.md": (
        "",
        "---\nname: МОМ\n---\n",
        "---\nname: Миссия\naliases: [МОМ, Круглый стол]\n---\n",
        "---\nname: Миссия\nformer: [{name: МОМ, until: 2012}]\n---\n",
        "---\nname: [\n---\n",
    ),
    "content/organizations/fund.md": ("", "---\nname: Фонд\naliases: [МОМ]\n---\n"),
    "content/programmes/p.md": (
        "",
        "---\nname: Программа\nfunders: [МОМ]\n---\n",
        "---\nname: Программа\nfunders: [Фонд]\n---\n",
    ),
    "content/people/asanova.md": ("", "---\nname: Асанова Айгуль\n---\n"),
    "content/releases/2013/a.md": (
        "",
        "---\ntitle: Круглый стол\ndate: 2013-03-01\norganizers: [МОМ]\n---\n[[b]], [[Миссия]]\n",
        "---\ntitle: Иное\ndate: 2011\norganizers: [МОМ, Нет]\nprogramme: p\n---\n[[Круглый стол]]",
        "---\ntitle: [\n---\n",
    ),
    "content/releases/2013/b.md": (
        "",
        "---\ntitle: Встреча\ndate: 2013-05-01\n---\n[[Иное]] и [[a]] и [[МОМ]]\n",
        "---\ntitle: Миссия\ndate: 2014\nspeakers: [{name: А. Асанова}]\n---\n[[releases/c]]\n",
        "---\ntitle: МОМ\ndate: 2014\nembargo: 2099-01-01\n---\n",
    ),
    "content/releases/2013/b.ky.md": ("", "---\ntitle: Жолугушуу\n---\n[[c]], [[Программа]]\n"),
    "content/releases/2014/c.md": (
        "",
        "---\ntitle: Круглый стол\ndate: 2014-01-01\norganizers: [Миссия]\n---\n",
        "---\ntitle: C\ndraft: true\n---\n",
    ),
}
ARCHIVES = st.lists(
    st.fixed_dictionaries({path: st.sampled_from(texts) for path, texts in FILES.items()}),
    min_size=2,
    max_size=6,
)


def assembled(records: list[Record], kept: KeptCards | None) -> tuple[Catalogue, list[Placed]]:
    """The Catalogue and the faults, these in order: a Card that is kept tells none again."""
    made, placed = assemble(records, (), site_of(), now=NOW, kept=kept)
    return made, sorted(placed, key=repr)


@given(archives=ARCHIVES)
def test_as_made_anew(archives: list[dict[str, str]]) -> None:
    """After any edits of any files at once the Catalogue is that which nothing was kept for."""
    kept = KeptCards()
    known: dict[tuple[str, str], Record] = {}
    for files in archives:
        records = []
        for path, text in files.items():
            if text:
                known.setdefault((path, text), record_of(path, text))
                records.append(known[path, text])
        assert assembled(records, kept) == assembled(records, None)


def test_one_edit_makes_one_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Cards that an edit makes anew do not grow with the archive."""
    made: list[str] = []
    release_card = cards.release_card

    def counted(*arguments: object) -> object:
        made.append(arguments[-1][1])  # type: ignore[index]
        return release_card(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(cards, "release_card", counted)
    for size in (10, 100):
        kept = KeptCards()
        paths = [f"content/releases/2013/r{number}.md" for number in range(size)]
        records = [record_of(path, f"---\ntitle: {path}\n---\n") for path in paths]
        assembled(records, kept)
        made.clear()
        records[0] = record_of(paths[0], "---\ntitle: Иначе\n---\n")
        assembled(records, kept)
        assert made == ["r0"]
