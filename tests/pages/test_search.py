"""mksite.pages.search: what is indexed, and what one edit costs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mksite.pages.search import document, index, search
from mksite.pages.search.document import DocumentView, GroupView, TextView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.site_builder import Built, SmallSite

    MakeSite = Callable[[Mapping[str, str | bytes]], SmallSite]

RELEASES = 24


def release(number: int, title: str = "Круглый стол", body: str = "Обсудили права.") -> str:
    """A release of IOM."""
    front = f"title: {title} {number}\ndate: 2013-03-{number + 1:02}\norganizers: [МОМ]\n"
    return f"---\n{front}---\n{body}\n"


def path_of(number: int) -> str:
    """Where a release lies."""
    return f"content/releases/2013/release-{number:02}.md"


FILES: dict[str, str] = {
    "content/organizations/iom.md": (
        "---\nname: {ru: Международная организация по миграции}\n"
        "short: {ru: МОМ, en: IOM}\ntype: multilateral\n---\nОписание.\n"
    ),
    "content/places/bishkek.md": "---\nname: Бишкек\ncountry: KG\n---\n",
    "content/pages/about.md": "---\ntitle: Об архиве\n---\nТекст.\n",
    **{path_of(number): release(number) for number in range(RELEASES)},
}


@pytest.fixture
def site(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """A site whose documents are in eight groups, and whose files of words are small."""
    monkeypatch.setattr(document, "PART", 4)
    monkeypatch.setattr(index, "FULL_FILE", 200)
    return make_site(FILES)


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the groups that are indexed from here on."""
    numbers: list[int] = []
    own = index.index_group

    def watched(group: GroupView, *rest: object) -> index.Postings:
        numbers.append(group.number)
        return own(group, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "index_group", watched)
    return numbers


def files_of(built: Built) -> dict[str, bytes]:
    """The files of the search."""
    assert built.result.published, built.result.problems
    return {path: data for path, data in built.public.items() if path.startswith(search.FOLDER)}


def test_an_unchanged_archive_is_not_indexed(site: SmallSite, indexed: list[int]) -> None:
    """A build indexes all groups, the next one none."""
    site.build()
    assert sorted(indexed) == list(range(8))
    assert not any(path.startswith(search.FOLDER) for path in site.build().result.rendered)
    assert len(indexed) == 8


@pytest.mark.parametrize(
    "edits",
    [
        {path_of(5): release(5, body="Обсудили права и обязанности.")},
        {path_of(5): release(5, title="Семинар")},
        {"content/places/bishkek.md": "---\nname: Бишкек\ncountry: KG\n---\nСтолица.\n"},
        {"content/pages/about.md": "---\ntitle: О нас\n---\nДругой текст.\n"},
        {path_of(RELEASES): release(RELEASES)},
    ],
)
def test_one_edit_indexes_one_group(
    site: SmallSite, make_site: MakeSite, indexed: list[int], edits: dict[str, str]
) -> None:
    """After an edit or an addition one group is indexed anew, most files stay as they are, and all
    are those of a build from nothing.
    """
    before = files_of(site.build())
    indexed.clear()
    site.write(edits)
    after = files_of(site.build())
    assert len(indexed) == 1
    assert after == files_of(make_site({**FILES, **edits}).build())
    changed = [path for path in after if before.get(path) != after[path]]
    assert 0 < len(changed) < len(after) / 2


def test_several_edits_at_once_leave_what_a_clean_build_makes(
    site: SmallSite, make_site: MakeSite
) -> None:
    """An edit, a removal, an addition and another name together, and then back again."""
    before = files_of(site.build())
    path = "content/organizations/iom.md"
    edits = {
        path_of(1): release(1, body="Другое."),
        path_of(30): release(28),
        path: FILES[path].replace("type:", "aliases: [ИОМ]\ntype:"),
    }
    site.write(edits)
    site.remove(path_of(7))
    now = {**FILES, **edits}
    del now[path_of(7)]
    assert files_of(site.build()) == files_of(make_site(now).build())
    site.write({path_of(1): FILES[path_of(1)], path_of(7): FILES[path_of(7)], path: FILES[path]})
    site.remove(path_of(30))
    assert files_of(site.build()) == before


def test_a_damaged_cache_is_made_again(site: SmallSite, make_site: MakeSite) -> None:
    """A group's cache file that cannot be read is as good as none."""
    site.build()
    for path in (site.root / ".mksite" / "search").iterdir():
        path.write_bytes(b"nothing")
    edits = {path_of(5): release(5, body="Обсудили права и обязанности.")}
    site.write(edits)
    assert files_of(site.build()) == files_of(make_site({**FILES, **edits}).build())


def test_only_the_groups_of_today_stay_in_the_cache(site: SmallSite) -> None:
    """What an edit leaves behind in the cache is removed."""
    site.build()
    site.write({path_of(5): release(5, body="Обсудили права и обязанности.")})
    site.build()
    assert len(list((site.root / ".mksite" / "search").iterdir())) == 8


def test_what_is_hidden_is_not_indexed(site: SmallSite) -> None:
    """A draft's words are in no file of the search."""
    text = release(9, title="Тайна", body="Секретное.").replace("title:", "draft: true\ntitle:", 1)
    site.write({path_of(9): text})
    told = b"".join(files_of(site.build()).values())
    assert b"tain" not in told
    assert "екретн".encode() not in told


@pytest.mark.parametrize("title", ["!!!", "…", "и", "«»"])
def test_a_site_without_words_is_a_site(make_site: MakeSite, title: str) -> None:
    """Titles of signs or stop words only, and an archive of nothing, are no fault."""
    bare = f'---\ntitle: "{title}"\n---\n!!!\n'
    files = files_of(make_site({"content/releases/2013/x.md": bare}).build())
    assert json.loads(files[search.INDEX])["documents"]
    empty = json.loads(files_of(make_site({}).build())[search.INDEX])
    assert [group for group in empty["documents"] if group] == []


def test_every_text_of_a_release_is_indexed(make_site: MakeSite) -> None:
    """People with their roles, the source, corrections, the contact, the venue, its date."""
    front = (
        "title: Встреча\ndate: 2023-09-21\nvenue: bishkek\n"
        "speakers: [{name: Асель Жумабаева, role: омбудсмен}]\n"
        "source: {title: Бюллетень}\n"
        "contact: {name: Нурлан Эсенов, email: nurlan@example.org}\n"
        "corrections: [{date: 2024-01-05, text: Опечатка}]\n"
        "date_note: Сомнение\n"
    )
    path = "content/releases/2023/meeting.md"
    public = files_of(make_site({**FILES, path: f"---\n{front}---\nТекст.\n"}).build())
    told = b"".join(data for name, data in public.items() if "/words/" in name).decode()
    written = "jumabaeva ombudsmen biulleten esenov nurlan opechatka somnenie bishkek 2023 sentiabr"
    for word in written.split():
        assert f'"{word[:4]}' in told, word


def test_words_are_divided_by_their_beginnings() -> None:
    """A file takes the words with one letter, and is divided by the next where it is too large; a
    word is in the file whose name it begins with.
    """
    sizes = dict.fromkeys(["aaq", "abaq", "abbq", "bq"], index.FULL_FILE // 2)
    parts = list(index.divided(sorted(sizes), sizes))
    assert parts == [("aa", ["aaq"]), ("ab", ["abaq", "abbq"]), ("b", ["bq"])]


class _Bodies:
    def html(self, digest: str) -> str:
        return digest


def test_the_postings_of_a_group() -> None:
    """Weights add up by field, places are distances, positions leave room for stop words."""

    def text(title: str, body: str) -> DocumentView:
        shown = TextView("ru", "/x/", title, "", "", "", (), body, ())
        return DocumentView("release", "x", "", (), (shown,), (), ((),) * 7)

    documents = (text("Стол", "<p>стол и стол</p>"), text("Совет", ""), text("Стол", ""))
    made = index.index_group(GroupView(3, 4, documents, ()), _Bodies(), ("ru",))
    assert made.weights["stolq"] == "[3,0,10,2,8]"
    first = json.loads(made.positions["stolq"])
    assert first[:2] == [3, 0]
    assert first[2][0] == 0
    assert first[2][-1] == 2
