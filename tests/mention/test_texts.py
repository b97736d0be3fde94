"""mention: Names in the texts of releases become links, count, and follow every change of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mksite.build import build as flow
from mksite.mention import texts
from mksite.mention.grammar.names import NameIndex
from mksite.mention.grammar.pattern import Name, patterns
from mksite.mention.recognize import examine
from mksite.mention.token import tokenize
from mksite.mention.word import may_hold, slots_of, words_of
from mksite.render.renderer import linked
from mksite.view.part import BodyRef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.site_builder import Content, SmallSite

    Maker = Callable[[Mapping[str, Content]], SmallSite]

CENTRE = "content/organizations/centre.md"
MEETING = "content/releases/2013/meeting.md"
HOME = "content/places/home.md"
OTHER = "content/releases/2013/other.md"
NAMED = "---\nname: Центр поддержки мигрантов\naliases: [ЦПМ]\n---\n"
FILES = {
    CENTRE: NAMED,
    "content/places/osh.md": "---\nname: Ош\ncountry: KG\n---\n",
    "content/places/batken.md": "---\nname: Баткен\ncountry: KG\n---\n",
    "content/people/asanova.md": "---\nname: {ru: Асанова Айгуль Бековна}\n---\n",
    MEETING: "---\ntitle: Встреча\ndate: 2013-03-01\n---\nТекст.\n",
    OTHER: "---\ntitle: Другая\ndate: 2013-04-01\n---\nЗдесь никого нет.\n",
}


def page(site: SmallSite, body: str, front: str = "") -> str:
    """The text of a release with that body, built with a cache and without it alike."""
    site.write({MEETING: f"---\ntitle: Встреча\ndate: 2013-03-01\n{front}---\n{body}\n"})
    built = site.build()
    assert built.result.published, built.result.problems
    assert site.build(force=True).public == built.public
    html = built.public["releases/meeting/index.html"].decode()
    return html.partition("<article>")[2].replace("\xa0", " ")


def links(html: str) -> list[tuple[str, str]]:
    """The links to entities in a text: (address, words)."""
    return re.findall(r'<a href="(/(?:organizations|places|people)/[^"]+/)">([^<]*)</a>', html)


CASES = {
    "the first of several": (
        "Встречу провёл Центр поддержки мигрантов.\n\nО Центре поддержки мигрантов, ЦПМ.",
        [("/organizations/centre/", "Центр поддержки мигрантов")],
    ),
    "in a case form": (
        "Она прошла при участии «Центра поддержки  мигрантов».",
        [("/organizations/centre/", "Центра поддержки мигрантов")],
    ),
    "not where the editor's own link is": (
        "ЦПМ и [[centre|наш центр]].",
        [("/organizations/centre/", "наш центр")],
    ),
    "not in a link, in code, in a heading": (
        "## ЦПМ\n\n[ЦПМ](https://site.example/) и `ЦПМ`.",
        [],
    ),
    "after the heading": ("## ЦПМ\n\nПровёл ЦПМ.", [("/organizations/centre/", "ЦПМ")]),
    "switched off": ("Это не [[!ЦПМ]], и ЦПМ не он.", []),
    "a person in any order": (
        "Выступила А. Б. Асанова, а потом Асанову слушали.",
        [("/people/asanova/", "А. Б. Асанова")],
    ),
    "places": (
        "Из Оша и Баткена приехали гости.",
        [("/places/osh/", "Оша"), ("/places/batken/", "Баткена")],
    ),
    "in emphasis and in a list": (
        "- **ЦПМ** и\n- *Ош*",
        [("/organizations/centre/", "ЦПМ"), ("/places/osh/", "Ош")],
    ),
    "beside what HTML escapes": (
        "R&D <b>и</b> «ЦПМ» & Ош",
        [("/organizations/centre/", "ЦПМ"), ("/places/osh/", "Ош")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_a_link(case: str, make_site: Maker) -> None:
    """The first mention that may be a link is one; the others stay text."""
    body, expected = CASES[case]
    assert links(page(make_site(FILES), body)) == expected


SWITCHES = {
    "a release": {"front": "mentions: false\n"},
    "an entity": {CENTRE: NAMED.replace("aliases", "mention: false\naliases")},
    "an alias": {CENTRE: NAMED.replace("[ЦПМ]", "[{name: ЦПМ, mention: false}]")},
    "a former name": {
        CENTRE: "---\nname: Иной центр\nformer: [{name: ЦПМ, until: 2014, mention: false}]\n---\n"
    },
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_what_is_switched_off(switch: str, make_site: Maker) -> None:
    """A release, an entity or one name of it may be left out of recognition."""
    given_ = SWITCHES[switch]
    site = make_site(FILES)
    assert links(page(site, "Провёл ЦПМ."))
    site.write({path: text for path, text in given_.items() if path.endswith(".md")})
    assert not links(page(site, "Провёл ЦПМ.", given_.get("front", "")))


def test_a_name_that_is_not_recognized_is_still_known(make_site: Maker) -> None:
    """An alias that is left out of recognition leads to its organization in a field."""
    site = make_site(FILES)
    site.write({CENTRE: NAMED.replace("[ЦПМ]", "[{name: ЦПМ, mention: false}]")})
    page(site, "Текст.", "organizers: [ЦПМ]\n")
    assert b"/organizations/centre/" in site.build().public["releases/meeting/index.html"]


def test_a_mention_counts(make_site: Maker) -> None:
    """Whoever is named anywhere in the text has the release on its page, as one that names it."""
    site = make_site(FILES)
    page(site, "## Что сказал ЦПМ\n\nНичего.")
    shown = site.build().public["organizations/centre/index.html"].decode()
    assert "/releases/meeting/" in shown


def test_a_change_of_names_changes_their_pages_alone(
    make_site: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is new, left or changed makes links and unmakes them, clean or not; the texts
    that cannot hold it are not read again.
    """
    read: list[str] = []
    read_one = texts.read_one

    def counted(text: texts.Unread, html: str, index: NameIndex) -> texts.ReadText:
        read.append(text.path)
        return read_one(text, html, index)

    monkeypatch.setattr(texts, "read_one", counted)
    site = make_site(FILES)
    body = "Провёл Ресурсный дом."
    assert not links(page(site, body))
    for changed, expected in (
        ({CENTRE: NAMED.replace("[ЦПМ]", "[ЦПМ, Ресурсный дом]")}, "/organizations/centre/"),
        ({CENTRE: NAMED, HOME: "---\nname: Ресурсный дом\ncountry: KG\n---\n"}, "/places/home/"),
        ({HOME: "---\nname: Иной дом\ncountry: KG\n---\n"}, ""),
    ):
        site.write(changed)
        read.clear()
        site.build()
        assert read == [MEETING]
        assert [address for address, _ in links(page(site, body))] == [expected] * bool(expected)


def test_people_who_have_no_pages_are_no_links(make_site: Maker) -> None:
    """Without pages of people a name of one stays text; without mentions every name does."""
    site = make_site(FILES)
    body = "Выступила А. Б. Асанова из ЦПМ."
    settings = (site.root / "site.yaml").read_text(encoding="utf-8")
    site.write({"site.yaml": f"{settings}\nfeatures: {{people: false}}\n"})
    assert links(page(site, body)) == [("/organizations/centre/", "ЦПМ")]
    site.write({"site.yaml": f"{settings}\nfeatures: {{mentions: false}}\n"})
    assert not links(page(site, body))


WORDS = st.sampled_from(
    ("Центр", "Центра", "поддержки", "мигрантов", "ЦПМ", "МОМдун", "Бишкекте", "и", "«", "»", "-")
)
NAMES = st.sampled_from(("Центр поддержки", "Центр поддержки мигрантов", "ЦПМ", "МОМ", "Бишкек"))


@given(text=st.lists(WORDS, max_size=8).map(" ".join), named=NAMES)
@example(text="Бишкекте", named="Бишкек")
def test_a_text_that_holds_a_name_is_found_by_its_words(text: str, named: str) -> None:
    """What is kept of a text's words never hides a name that is recognized in it."""
    name = Name(named, "it", "organization")
    examined = examine(text, NameIndex([name]))
    if examined.mentions or examined.refused:
        wanted = [slots_of(pattern) for pattern in patterns(name)]
        assert may_hold(words_of(tokenize(text)), wanted)


@given(
    places=st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=4),
    html=st.sampled_from(
        ('<p>О <em>МОМ</em>, <a href="/x/">Ош</a>.</p>', "<p>МОМ &amp; Ош</p>", "")
    ),
)
def test_a_forged_place_breaks_no_page(places: list[tuple[int, int]], html: str) -> None:
    """Whatever the cache says, links stand in texts alone, and every tag stays whole."""
    ref = BodyRef("", "", mentions=tuple((start, end, "/y/") for start, end in places))
    assert re.sub(r'<a href="/y/">([^<>]*)</a>', r"\1", linked(html, ref)) == html


@pytest.mark.parametrize("folder", ["words", "bodies"])
def test_a_damaged_cache_keeps_nobody_from_checking(folder: str, make_site: Maker) -> None:
    """What cannot be believed is thrown away, by `check` and `addresses` as by a build."""
    site = make_site(FILES)
    site.build()
    for pack in (site.root / ".mksite" / folder).iterdir():
        pack.write_bytes(b"x" * pack.stat().st_size)
    site.write({CENTRE: NAMED.replace("[ЦПМ]", "[ЦПМ, Текст]")})
    result, ready = flow.check(site.options())
    assert ready is not None
    assert not result.problems
    assert flow.addresses(site.options())
