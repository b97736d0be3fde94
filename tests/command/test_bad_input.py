"""Every mistake of an editor is told by code and place, all in one run; nothing is published."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mksite.build.capabilities import pages
from mksite.command import message
from mksite.date.edtf import FaultCode
from mksite.view.page import view_of
from tests.command.test_message import COMPOSED, sites
from tests.site_builder import NOW, SITE_YAML, catalogue_of, encoded, places

if TYPE_CHECKING:
    from mksite.content.problem import Problem
    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
Place = tuple[str, int, int, str]

RELEASE = "content/releases/2013/meeting.md"
LETTERS = "---\ntitle: Съезд мигрантов обсудил вопросы жилья, труда и возвращения\n---\nТекст.\n"
PNG = b64decode(  # one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
GOOD: dict[str, Content] = {
    "content/organizations/iom.md": """\
        ---
        name:
          ru: Международная организация по миграции
          en: International Organization for Migration
        short: {ru: МОМ, en: IOM}
        ---
        """,
    "content/organizations/red-crescent.md": "---\nname: Красный Полумесяц\nshort: ОКП\n---\n",
    "content/organizations/press-club.md": "---\nname: Пресс-клуб\nshort: ОКП\n---\n",
    "content/programmes/rmp.md": "---\nname: Региональная программа\n---\n",
    "content/programmes/rmp-2.md": "---\nname: Вторая программа\nshort: Программа\n---\n",
    "content/programmes/rmp-3.md": "---\nname: Третья программа\nshort: Программа\n---\n",
    "content/places/bishkek.md": "---\nname: Бишкек\n---\n",
    "content/places/park.md": "---\nname: Парк\nwithin: bishkek\n---\n",
    "content/places/park-osh.md": "---\nname: Парк\n---\n",
    "content/tags/migration.md": "---\nname: Миграция\n---\n",
    "content/tags/labour.md": "---\nname: Труд\nshort: Работа\n---\n",
    "content/tags/jobs.md": "---\nname: Занятость\nshort: Работа\n---\n",
}


def front(*lines: str, body: str = "") -> str:
    """A release with these lines below its title, which is on line 2."""
    return "\n".join(["---", "title: Встреча", *lines, "---", body])


def bomb(levels: int = 30) -> str:
    """A YAML whose aliases would stand for a billion values."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return front(*lines)


def nearest_of(problem: Problem) -> str:
    """The right value that the hint suggests, or nothing."""
    return dict(problem.values).get("nearest", "")


# What is wrong, the file, its place and code, and what its hint suggests.
ONE_FILE: dict[str, tuple[Content, int, int, str, str]] = {
    "yaml does not parse: colon": (
        front("summary: Встреча: итоги"),
        3,
        17,
        "yaml-colon",
        'summary: "Встреча: итоги"',
    ),
    "yaml does not parse: quote": (
        front('summary: "Встреча', "tags: []"),
        3,
        10,
        "yaml-quote",
        'summary: "Встреча"',
    ),
    "yaml does not parse: list": (
        front("tags: [migration"),
        3,
        7,
        "yaml-bracket",
        "tags: [migration]",
    ),
    "duplicate key": (front("tags: []", "title: Ещё"), 4, 1, "duplicate-key", ""),
    "duplicate key within": (
        front("event:", "  type: meeting", "  type: other"),
        5,
        3,
        "duplicate-key",
        "",
    ),
    "yaml no-break space": (
        front("event:", "\u00a0 type: meeting", "  x"),
        4,
        1,
        "yaml-nbsp",
        "  type: …",
    ),
    "yaml text after a quotation": (
        front('summary: "Встреча" в мае'),
        3,
        19,
        "yaml-after-quote",
        'summary: "«Встреча» в мае"',
    ),
    "yaml sign": (front("summary: @iom"), 3, 10, "yaml-sign", 'summary: "@iom"'),
    "field below the front matter": (
        front(body="date: 2013-03-26\norganizer: [iom]\n\nТекст."),
        4,
        1,
        "field-in-body",
        "",
    ),
    "telephone": (front(body="Спросите Асану: 0555 12 34 56."), 4, 17, "personal-phone", ""),
    "private address": (front(body="Пишите ей: asan@mail.ru"), 4, 12, "personal-email", ""),
    "passport": (front(body="Его паспорт AN 1234567 пропал."), 4, 16, "personal-passport", ""),
    "card": (front("summary: Карта 4111 1111 1111 1111"), 3, 16, "personal-card", ""),
    "third fence": (
        front("---", "tags: [migration]"),
        4,
        1,
        "field-in-body",
        "",
    ),
    "yaml mark": (front("summary: ! Важно"), 3, 10, "yaml-sign", 'summary: "! Важно"'),
    "yaml tag": (
        front("contact: {name: ! Ася, email: a@b.kg}"),
        3,
        17,
        "yaml-sign",
        'contact: {name: "! Ася", email: a@b.kg}',
    ),
    "yaml anchor": (front("summary: &Co и другие"), 3, 10, "yaml-sign", 'summary: "&Co и другие"'),
    "yaml conflict": (
        front("<<<<<<< HEAD", "tags: []", "=======", "tags: [a]", ">>>>>>> b"),
        3,
        1,
        "conflict-marker",
        "",
    ),
    "yaml glued": (front("tags:[migration]"), 3, 6, "missing-space", "tags: [migration]"),
    "yaml strange": (front("summary: x", "y"), 5, 1, "yaml-syntax", ""),
    "yaml field set off": (front("summary: x", "  date: 2013"), 4, 1, "yaml-indent", "date: 2013"),
    "yaml mapping over two lines": (
        front("event: {type: seminar", "  start: 2013"),
        3,
        8,
        "yaml-bracket",
        "event: {type: seminar}",
    ),
    "yaml hyphen without a space": (front("tags:", "-Труд"), 4, 1, "yaml-dash", "- Труд"),
    "yaml nothing but glued fields": (
        "---\ntitle:А\n---\n",
        2,
        7,
        "missing-space",
        "title: А",
    ),
    "quotation within one": (
        front('summary: "Стол "Права" в мае"'),
        3,
        17,
        "yaml-after-quote",
        'summary: "Стол «Права» в мае"',
    ),
    "names in one text": (
        front("organizers: МОМ, ПРООН и ОБСЕ"),
        3,
        13,
        "wrong-type",
        "organizers: [МОМ, ПРООН, ОБСЕ]",
    ),
    "contact in one text": (
        front("contact: Айгуль, +996 555 123456, a@example.org"),
        3,
        10,
        "wrong-type",
        'contact: {name: Айгуль, email: "a@example.org", phone: "+996 555 123456"}',
    ),
    "type of several words": (
        front("event: {type: семинар-тренинг}"),
        3,
        15,
        "unknown-value",
        "seminar",
    ),
    "tab indentation": (front("event:", "\ttype: meeting"), 4, 1, "yaml-tab", ""),
    "list as a key": (front("[a]: b"), 3, 1, "yaml-key", ""),
    "title missing": ("---\ndate: 2013\n---\n", 2, 1, "missing-key", ""),
    "title empty": ('---\ntitle: ""\n---\n', 2, 8, "empty-value", ""),
    "title of spaces": ('---\ntitle: "  "\n---\n', 2, 8, "empty-value", ""),
    "title without value": ("---\ndate: 2013\ntitle:\n---\n", 3, 1, "missing-key", ""),
    "unknown key": (front("sumary: Итоги"), 3, 1, "unknown-key", "summary"),
    "unknown key of another number": (front("partner: iom"), 3, 1, "unknown-key", "partners"),
    "unknown key within": (front("event: {tipe: other}"), 3, 9, "unknown-key", "type"),
    "unknown key like none": (front("zzz: 1"), 3, 1, "unknown-key-far", ""),
    "text for a list": (front("tags: migration"), 3, 7, "wrong-type", "tags: [migration]"),
    "list for a text": (front("summary: [a, b]"), 3, 10, "wrong-type", 'summary: "a, b"'),
    "text for fields": (front("event: встреча"), 3, 8, "wrong-type", "event: {type: meeting}"),
    "fields for a text": (front("venue: {ru: Бишкек}"), 3, 8, "wrong-type", "venue: Бишкек"),
    "word for a truth": (front("draft: может"), 3, 8, "wrong-type", "draft: true"),
    "item of a wrong type": (front("tags: [migration, [labour]]"), 3, 19, "wrong-type", "- labour"),
    "unknown word of a list": (front("event: {type: meating}"), 3, 15, "unknown-value", "meeting"),
    "no word of a list": (front("event: {status: когда-то}"), 3, 17, "unknown-value-far", ""),
    "date without a text": (front('date: ""'), 3, 7, "empty-value", ""),
    "date in brackets": (
        front("date: [2016,2017]"),
        3,
        7,
        "date-unquoted",
        '"[2016,2017]"',
    ),
    "date in another form": (front("date: 25.03.2013"), 3, 7, "date-form", "2013-03-25"),
    "date in words": (front("date: весной"), 3, 7, "edtf-syntax", ""),
    "date impossible": (front("date: 2013-02-30"), 3, 7, "edtf-impossible", ""),
    "month impossible": (front("date: 2013-13"), 3, 7, "edtf-impossible", ""),
    "interval reversed": (front("date: 2013-03-25/2013-03-20"), 3, 7, "edtf-reversed", ""),
    "event reversed": (
        front("event:", "  start: 2013-03-26", "  end: 2013-03-25"),
        5,
        8,
        "reversed-dates",
        "",
    ),
    "event without start": (front("event: {end: 2013}"), 3, 14, "end-without-start", ""),
    "date of a correction": (
        front("corrections: [{date: вчера, text: т}]"),
        3,
        22,
        "edtf-syntax",
        "",
    ),
    "embargo": (front("embargo: завтра"), 3, 10, "bad-embargo", ""),
    "embargo impossible": (front("embargo: 2026-02-30T09:00"), 3, 10, "bad-embargo", ""),
    "organization unknown": (
        front("organizers: [Междунородная организация по миграции]"),
        3,
        14,
        "unknown-organization",
        "Международная организация по миграции",
    ),
    "organization like none": (
        front("funders: [iom, Ъъъъъъ]"),
        3,
        16,
        "unknown-organization-far",
        "",
    ),
    "organization ambiguous": (
        front("partners: [ОКП]"),
        3,
        12,
        "ambiguous-organization",
        "press-club, red-crescent",
    ),
    "organization of a speaker": (
        front("speakers:", "  - name: А. Ким", "    organization: iom2"),
        5,
        19,
        "unknown-organization",
        "iom",
    ),
    "programme unknown": (
        front("programme: Региональная програма"),
        3,
        12,
        "unknown-programme",
        "Региональная программа",
    ),
    "programme like none": (front("programme: Ъъъъъъ"), 3, 12, "unknown-programme-far", ""),
    "programme ambiguous": (
        front("programme: Программа"),
        3,
        12,
        "ambiguous-programme",
        "rmp-2, rmp-3",
    ),
    "programme empty": (front('programme: ""'), 3, 12, "empty-value", ""),
    "place unknown": (front("venue: Бишкекк"), 3, 8, "unknown-place", "Бишкек"),
    "place like none": (front("venue: Ъъъъъъ"), 3, 8, "unknown-place-far", ""),
    "place ambiguous": (front("venue: Парк"), 3, 8, "ambiguous-place", "park, park-osh"),
    "tag ambiguous": (front("tags: [Работа]"), 3, 8, "ambiguous-tag", "jobs, labour"),
    "broken link": (front(body="Здесь\n[[Бишкекк]]."), 5, 1, "broken-link", "Бишкек"),
    "broken link like none": (front(body="Это [[Ъъъъъъ]]."), 4, 5, "broken-link-far", ""),
    "ambiguous link": (
        front(body="Это [[окп]]."),
        4,
        5,
        "ambiguous-link",
        "press-club, red-crescent",
    ),
    "broken attachment": (
        front(body="См. [отчёт](report.pdf)."),
        4,
        11,
        "broken-attachment",
        "meeting/",
    ),
    "broken attachment of the source": (
        front("source: {file: report.pdf}"),
        3,
        16,
        "broken-attachment",
        "meeting/",
    ),
    "attachment out of the site": (
        front(body="[ключ](../../../site.yaml)"),
        4,
        6,
        "broken-attachment",
        "meeting/",
    ),
    "address of the contact": (front("contact: {email: нет}"), 3, 18, "bad-email", ""),
    "address of the source": (front("source: {url: www.iom.int}"), 3, 15, "bad-url", ""),
    "former address": (front("aliases: [/a/, ../b]"), 3, 16, "bad-alias", ""),
    "former address that climbs": (front("aliases: [/a/%2e%2e/b/]"), 3, 11, "bad-alias", ""),
    "former address with a query": (front("aliases: ['/a/?page=2']"), 3, 11, "bad-alias", ""),
    "former address too long": (front(f"aliases: [/{'а' * 101}/]"), 3, 11, "bad-alias", ""),
    "former address within a page": (front("aliases: [/a/index.html/]"), 3, 11, "bad-alias", ""),
    "language of a text": (front("date_note: {kg: дата}"), 3, 13, "unknown-language", ""),
    "text of a language empty": (front('date_note: {ky: ""}'), 3, 17, "empty-value", ""),
    "front matter missing": ("Просто текст.\n", 1, 1, "front-matter-missing", ""),
    "front matter not closed": ("---\ntitle: Встреча\n\nТекст.\n", 1, 1, "front-matter-open", ""),
    "front matter not opened": ("title: Встреча\n---\nТекст.\n", 1, 1, "front-matter-unopened", ""),
    "front matter opened by a dash": (
        "\n———\ntitle: Встреча\n---\n",
        2,
        1,
        "front-matter-fence",
        "",
    ),
    "front matter closed by a dash": (
        "---\ntitle: Встреча\n–––\nТекст.\n",
        3,
        1,
        "front-matter-fence",
        "",
    ),
    "front matter a list": ("---\n- title: Встреча\n---\n", 2, 1, "front-matter-shape", ""),
    "front matter holds the text": (
        "---\nsummary: |\n" + "  слово\n" * 30_000 + "---\n",
        2,
        1,
        "front-matter-too-large",
        "",
    ),
    "file empty": (b"", 1, 1, "empty-file", ""),
    "file of spaces": (b"\n \n", 1, 1, "empty-file", ""),
    "cp1251": (LETTERS.encode("cp1251"), 2, 8, "encoding", ""),
    "koi8-r": (LETTERS.encode("koi8-r"), 2, 8, "encoding", ""),
    "utf-16": (LETTERS.encode("utf-16"), 1, 1, "encoding", ""),
    "utf-16 without its mark": (LETTERS.encode("utf-16-le"), 1, 1, "encoding", ""),
    "file over 5 MB": (front(body="а" * 2_500_001), 1, 1, "file-too-large", ""),
    "yaml alias bomb": (bomb(), 3, 5, "yaml-alias", ""),
    "draft without value": (front("draft:"), 3, 1, "empty-safeguard", "draft: true"),
    "draft of a tilde": (front("draft: ~"), 3, 8, "empty-safeguard", "draft: true"),
    "embargo without value": (front("embargo:"), 3, 1, "empty-safeguard", "embargo: 20"),
    "embargo of null": (front("embargo: null"), 3, 10, "empty-safeguard", "embargo: 20"),
    "draft as a list": (front("draft: []"), 3, 8, "wrong-type", "draft: true"),
    "embargo as fields": (
        front("embargo: {until: 2026}"),
        3,
        10,
        "wrong-type",
        "embargo: 2026-12-18T09:00",
    ),
    "safeguard misspelt": (front("embargoo:"), 3, 1, "unknown-key", "embargo"),
    "unknown key without value": (front("organizer:"), 3, 1, "unknown-key", "organizers"),
    "no space after a colon": (
        front("event: {start:2013-03-26}"),
        3,
        9,
        "missing-space",
        "start: 2013-03-26",
    ),
    "no space after a later colon": (
        front("contact: {name: Асанов, email:a@b.kg}"),
        3,
        25,
        "missing-space",
        "email: a@b.kg",
    ),
    "value without key": (
        front("speakers: [{name: Асанов, директор}]"),
        3,
        27,
        "value-without-key",
        "role: директор",
    ),
    "control character": (front("summary: а\x02"), 3, 11, "control-character", ""),
    "value too long": (front(f"summary: {'слово ' * 900}"), 3, 10, "value-too-long", ""),
    "list too long": (front(f"tags: [{'a, ' * 1_000}a]"), 3, 7, "list-too-long", ""),
    "keys too many": (front(*(f"a{n}: б" for n in range(1_000))), 2, 1, "list-too-long", ""),
    "picture pasted as text": (front(body="Текст\n\n" + "A" * 6_000), 6, 1, "word-too-long", ""),
    "marks too many": (front(body="а\nа" + "\u0301\u0316" * 20), 5, 1, "too-many-marks", ""),
    "links too many": (
        front(body="\n".join(f"[а](b{n}.pdf)" for n in range(1_001))),
        4,
        1,
        "too-many-links",
        "",
    ),
    "lines too many": (front(body="а\n" * 70_000), 4, 1, "body-too-large", ""),
    "attributes too many": (front(body=f"<p {'a ' * 600}>а</p>"), 4, 1, "body-too-large", ""),
    "body too deep": (front(body="- " * 500 + "а"), 4, 1, "body-too-deep", ""),
}


@pytest.mark.parametrize("name", ONE_FILE)
def test_mistake_in_a_release(name: str, make_site: Maker) -> None:
    """One mistake in a release is one Problem, at its line and column, and nothing is published."""
    content, line, column, code, nearest = ONE_FILE[name]
    if isinstance(content, str):
        content = content.encode()
    built = make_site({**GOOD, RELEASE: content}).build()
    assert places(built.result.problems) == [(RELEASE, line, column, code)]
    assert nearest in nearest_of(built.result.problems[0])
    assert bool(nearest) == bool(nearest_of(built.result.problems[0]))
    assert not built.result.published
    assert built.public == {}


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("cp1251", "cp1251"), ("koi8-r", "koi8-r"), ("utf-16", "UTF-16")],
)
def test_encoding_is_named(name: str, encoding: str, make_site: Maker) -> None:
    """A file in another encoding is answered with that encoding's name."""
    built = make_site({RELEASE: ONE_FILE[name][0]}).build()
    assert dict(built.result.problems[0].values)["encoding"] == encoding


ENTITY: dict[str, tuple[str, str, int, int, str]] = {
    "name missing": ("organizations/a.md", "---\nurl: https://a.kg\n---\n", 2, 1, "missing-key"),
    "name empty": ("tags/a.md", '---\nname: ""\n---\n', 2, 7, "empty-value"),
    "type": ("organizations/a.md", "---\nname: А\ntype: ngo\n---\n", 3, 7, "unknown-value"),
    "country": (
        "organizations/a.md",
        "---\nname: А\ncountry: KR1\n---\n",
        3,
        10,
        "unknown-country",
    ),
    "country in small letters": (
        "places/a.md",
        "---\nname: А\ncountry: kg\n---\n",
        3,
        10,
        "unknown-country",
    ),
    "countries": (
        "programmes/a.md",
        "---\nname: А\ncountries: [KG, XX]\n---\n",
        3,
        17,
        "unknown-country",
    ),
    "period reversed": (
        "programmes/a.md",
        "---\nname: А\nperiod: {start: 2015, end: 2013}\n---\n",
        3,
        28,
        "reversed-dates",
    ),
    "until": (
        "organizations/a.md",
        "---\nname: А\nformer: [{name: Б, until: давно}]\n---\n",
        3,
        27,
        "edtf-syntax",
    ),
    "coordinates": (
        "places/a.md",
        "---\nname: А\ncoordinates: [97, 1]\n---\n",
        3,
        14,
        "bad-coordinates",
    ),
    "coordinates of three": (
        "places/a.md",
        "---\nname: А\ncoordinates: [1, 2, 3]\n---\n",
        3,
        14,
        "wrong-type",
    ),
    "coordinates in words": (
        "places/a.md",
        "---\nname: А\ncoordinates: [север, 2]\n---\n",
        3,
        15,
        "wrong-type",
    ),
    "address": ("organizations/a.md", "---\nname: А\nurl: iom.int\n---\n", 3, 6, "bad-url"),
    "parent of another kind": (
        "organizations/a.md",
        "---\nname: А\nparent: bishkek\n---\n",
        3,
        9,
        "unknown-organization-far",
    ),
    "place around": (
        "places/a.md",
        "---\nname: А\nwithin: Ъъъъъъ\n---\n",
        3,
        9,
        "unknown-place-far",
    ),
    "tag around": (
        "tags/a.md",
        "---\nname: А\nbroader: Ъъъъъъ\n---\n",
        3,
        10,
        "unknown-tag-far",
    ),
    "parent of itself": ("tags/a.md", "---\nname: А\nbroader: a\n---\n", 3, 10, "parent-cycle"),
}


@pytest.mark.parametrize("name", ENTITY)
def test_mistake_in_an_entity(name: str, make_site: Maker) -> None:
    """One mistake in an organization, programme, place or tag is one Problem at its place."""
    path, text, line, column, code = ENTITY[name]
    built = make_site({**GOOD, f"content/{path}": text}).build()
    found = [(f"content/{path}", line, column, code)]
    assert places(built.result.problems) == found


SEVERAL: dict[str, tuple[Mapping[str, Content], list[Place]]] = {
    "duplicate id": (
        {RELEASE: front(), "content/releases/2014/meeting.md": front()},
        [("content/releases/2014/meeting.md", 2, 1, "duplicate-id")],
    ),
    "former address taken": (
        {
            RELEASE: front("aliases: [/old/]"),
            "content/releases/other.md": front("aliases: [/new/, /old/]"),
        },
        [("content/releases/other.md", 3, 18, "address-collision")],
    ),
    "alias of two": (
        {
            "content/organizations/one.md": "---\nname: Один\naliases: [Фонд А]\n---\n",
            "content/organizations/two.md": "---\nname: Два\naliases: [Центр, «фонд А»]\n---\n",
            RELEASE: front("organizers: [Фонд А]", "source: {publisher: Фонд А}"),
        },
        [("content/organizations/two.md", 3, 18, "shared-name")],
    ),
    "alias that is another's name": (
        {
            "content/organizations/a.md": "---\nname: Один\naliases: [Фонд]\n---\n",
            "content/organizations/b.md": "---\nname: Фонд\n---\n",
            RELEASE: front("speakers: [{name: А, organization: фонд}]"),
        },
        [("content/organizations/a.md", 3, 11, "shared-name")],
    ),
    "address where no page is": (
        {RELEASE: front(body="[тут](/timeline/) [нет](/nowhere/x/) [есть](/404.html)\n")},
        [(RELEASE, 4, 23, "broken-path")],
    ),
    "link to a draft": (
        {
            RELEASE: front(body="Скоро [[later]].\n"),
            "content/releases/later.md": front("draft: true", body="[[later]]\n"),
            "content/organizations/iom.md": "---\nname: МОМ\n---\n[[later]] [[later|позже]]\n",
        },
        [
            ("content/organizations/iom.md", 4, 1, "link-to-hidden"),
            (RELEASE, 4, 7, "link-to-hidden"),
        ],
    ),
    "link to what is under embargo": (
        {
            RELEASE: front(body="[[Не сейчас]] и [[page]]\n"),
            "content/releases/later.md": "---\ntitle: Не сейчас\nembargo: 2030-01-01\n---\n",
            "content/pages/page.md": front("draft: true"),
        },
        [(RELEASE, 4, 1, "link-to-hidden"), (RELEASE, 4, 17, "link-to-hidden")],
    ),
    "former address in two spellings": (
        {
            RELEASE: front("aliases: [/старый/]"),
            "content/releases/other.md": front(
                "aliases: ['/%D1%81%D1%82%D0%B0%D1%80%D1%8B%D0%B9']"
            ),
        },
        [("content/releases/other.md", 3, 11, "address-collision")],
    ),
    "page named as the search": (
        {"content/pages/search.md": front()},
        [("content/pages/search.md", 2, 1, "address-collision")],
    ),
    "former address is the data": (
        {RELEASE: front("aliases: [/data/]")},
        [(RELEASE, 3, 11, "address-collision")],
    ),
    "former address is a citation": (
        {RELEASE: front("aliases: [/releases/meeting/meeting.ris/]")},
        [(RELEASE, 3, 11, "address-collision")],
    ),
    "former address is a feed": (
        {RELEASE: front("aliases: [/feed.xml/]", "date: 2013-01-01")},
        [(RELEASE, 3, 11, "address-collision")],
    ),
    "former address is the home page": (
        {RELEASE: front("aliases: [/index.html, /ky/]")},
        [(RELEASE, 3, 11, "address-collision"), (RELEASE, 3, 24, "address-collision")],
    ),
    "file name too long": (
        {f"content/releases/{'a' * 201}.md": front()},
        [(f"content/releases/{'a' * 201}.md", 1, 1, "name-too-long")],
    ),
    "former address is a section": (
        {RELEASE: front("aliases: [/timeline/]")},
        [(RELEASE, 3, 11, "address-collision")],
    ),
    "page named as a section": (
        {"content/pages/tags.md": front()},
        [("content/pages/tags.md", 2, 1, "address-collision")],
    ),
    "page named as a language": (
        {"content/pages/en.md": front()},
        [("content/pages/en.md", 2, 1, "address-collision")],
    ),
    "translation without original": (
        {"content/releases/meeting.ky.md": front()},
        [("content/releases/meeting.ky.md", 2, 1, "translation-without-original")],
    ),
    "translation with keys of the original": (
        {RELEASE: front(), RELEASE.replace(".md", ".en.md"): front("date: 2013", "venue: bishkek")},
        [
            (RELEASE.replace(".md", ".en.md"), 3, 1, "translation-key"),
            (RELEASE.replace(".md", ".en.md"), 4, 1, "translation-key"),
        ],
    ),
    "translation without title": (
        {RELEASE: front(), RELEASE.replace(".md", ".en.md"): "---\nsummary: Short\n---\n"},
        [(RELEASE.replace(".md", ".en.md"), 2, 1, "missing-key")],
    ),
    "translation of an entity with a title": (
        {"content/organizations/iom.en.md": "---\ntitle: IOM\n---\n"},
        [("content/organizations/iom.en.md", 2, 1, "translation-of-entity")],
    ),
    "translation into the default language": (
        {RELEASE: front(), RELEASE.replace(".md", ".ru.md"): front()},
        [(RELEASE.replace(".md", ".ru.md"), 2, 1, "translation-into-default")],
    ),
    "translation into the language of the original": (
        {RELEASE: front("lang: ky"), RELEASE.replace(".md", ".ky.md"): front()},
        [(RELEASE.replace(".md", ".ky.md"), 2, 1, "translation-into-own")],
    ),
    "original in a language that the site does not have": (
        {RELEASE: front("lang: kg")},
        [(RELEASE, 3, 7, "unknown-language")],
    ),
    "translation into an unknown language": (
        {RELEASE: front(), RELEASE.replace(".md", ".kg.md"): front()},
        [(RELEASE.replace(".md", ".kg.md"), 2, 1, "unknown-language")],
    ),
    "parent cycle": (
        {
            "content/places/a.md": "---\nname: А\nwithin: c\n---\n",
            "content/places/b.md": "---\nname: Б\nwithin: a\n---\n",
            "content/places/c.md": "---\nname: В\nwithin: b\n---\n",
        },
        [("content/places/a.md", 3, 9, "parent-cycle")],
    ),
    "places within each other": (
        {
            f"content/places/a{n:02}.md": f"---\nname: А{n}\nwithin: a{n + 1:02}\n---\n"
            if n < 20
            else "---\nname: А\n---\n"
            for n in range(21)
        },
        [("content/places/a00.md", 3, 9, "parents-too-many")],
    ),
    "photo without a description": (
        {
            RELEASE: front('photos: [{file: a.png, alt: ""}]'),
            "content/releases/2013/meeting/a.png": PNG,
        },
        [(RELEASE, 3, 10, "photo-without-alt")],
    ),
    "document that is not there": (
        {RELEASE: front("documents: [{file: list.pdf, title: Участники}]")},
        [(RELEASE, 3, 20, "broken-attachment")],
    ),
    "file in a wrong place": (
        {"content/releases/photo.jpg": b"\xff\xd8"},
        [("content/releases/photo.jpg", 1, 1, "stray-file")],
    ),
    "unknown folder": (
        {"content/news/a.md": front()},
        [("content/news", 1, 1, "unknown-folder")],
    ),
    "folder in a folder of attachments": (
        {RELEASE: front(), "content/releases/2013/meeting/more/a.pdf": b"%PDF"},
        [("content/releases/2013/meeting/more", 1, 1, "nested-attachment")],
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_mistake_among_files(name: str, make_site: Maker) -> None:
    """What only several files together show is told at the file that can be moved."""
    files, found = SEVERAL[name]
    built = make_site({**GOOD, **files}).build()
    assert places(built.result.problems) == found
    assert built.public == {}


def test_duplicate_id_names_the_other_file(make_site: Maker) -> None:
    """The second file of an id is told which is the first."""
    built = make_site({RELEASE: front(), "content/releases/2014/meeting.md": front()}).build()
    assert dict(built.result.problems[0].values)["other"] == RELEASE


def test_cycle_is_shown(make_site: Maker) -> None:
    """A circle of parents is told once, in its order."""
    built = make_site(dict(SEVERAL["parent cycle"][0])).build()
    assert dict(built.result.problems[0].values)["circle"] == "a → c → b → a"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Встреча.md", "vstrecha.md"),
        ("Кеңеш.md", "kengesh.md"),
        ("Өмүр жана жүрүм.md", "omur-zhana-zhurum.md"),
        ("Meeting.md", "meeting.md"),
        ("meeting.MD", "meeting.md"),
        ("meeting.EN.md", "meeting.en.md"),
        ("my meeting.md", "my-meeting.md"),
        ("meeting_2.md", "meeting-2.md"),
        ("a.b.c.md", "a-b-c.md"),
    ],
)
def test_file_name(name: str, nearest: str, make_site: Maker) -> None:
    """A file name that cannot be part of an address is answered with its transliteration."""
    path = f"content/releases/{name}"
    built = make_site({path: front()}).build()
    assert places(built.result.problems) == [(path, 1, 1, "bad-file-name")]
    assert nearest_of(built.result.problems[0]) == nearest


def test_attachment_name(make_site: Maker) -> None:
    """Of two attachments that would have one address the second is told, with a free name."""
    folder = "content/releases/2013/meeting"
    files = {f"{folder}/{name}": b"1;2" for name in ("Список 1.CSV", "spisok-1.csv")}
    built = make_site({RELEASE: front(), **files}).build()
    second = f"{folder}/Список 1.CSV"
    assert places(built.result.problems) == [(second, 1, 1, "bad-file-name")]
    assert nearest_of(built.result.problems[0]) == "spisok-1-2.csv"


def test_symbolic_links(make_site: Maker, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link is refused wherever it stands and leads, and what it leads to is not read."""
    secret = tmp_path_factory.mktemp("outside") / "secret.md"
    secret.write_text(front(body="[[nothing]]"), "utf-8")
    site = make_site({RELEASE: front(), "content/releases/2013/meeting/a.png": PNG})
    links = [
        "content/organizations",
        "content/releases/2013/meeting/secret.png",
        "content/releases/2014",
        "content/releases/inside.md",
        "content/releases/secret.md",
    ]
    targets = [secret.parent, secret, secret.parent, site.root / RELEASE, secret]
    for link, target in zip(links, targets, strict=True):
        (site.root / link).symlink_to(target)
    built = site.build()
    assert places(built.result.problems) == [(link, 1, 1, "symbolic-link") for link in links]


def test_content_itself_a_link(make_site: Maker) -> None:
    """A content folder that is a link is refused as well."""
    site = make_site({RELEASE: front()})
    (site.root / "content").rename(site.root / "elsewhere")
    (site.root / "content").symlink_to(site.root / "elsewhere")
    assert places(site.build().result.problems) == [("content", 1, 1, "symbolic-link")]


def test_unknown_tag_is_a_warning(make_site: Maker) -> None:
    """An unknown tag is told with the nearest, and the site is published without it."""
    site = make_site({**GOOD, RELEASE: front("tags: [labour, Мигрция]")})
    built = site.build()
    assert places(built.result.problems) == [(RELEASE, 3, 16, "unknown-tag")]
    assert built.result.problems[0].severity == "warning"
    assert "Миграция" in nearest_of(built.result.problems[0])
    assert built.result.published
    assert "releases/meeting/index.html" in built.public


def test_strict_publishes_nothing_with_a_warning(make_site: Maker) -> None:
    """With --strict a warning is enough to publish nothing, also after a build without it."""
    site = make_site({**GOOD, RELEASE: front("tags: [Мигрция]")})
    assert not site.build(strict=True).public
    before = site.build()
    assert before.result.published
    again = site.build(strict=True)
    assert not again.result.published
    assert again.result.problems == before.result.problems
    assert again.public == before.public


def test_all_mistakes_in_one_run(make_site: Maker) -> None:
    """Mistakes in one file and in several, of form and of meaning, are told together by place."""
    other = "content/releases/other.md"
    built = make_site(
        {
            **GOOD,
            "content/tags/Тема.md": "---\nname: Тема\n---\n",
            RELEASE: front(
                "sumary: Итоги",
                "date: 2013-02-30",
                "event: {type: meating, start: 2013-03-26, end: 2013-03-25}",
                "organizers: [iom, Ъъъъъъ]",
                "speakers: [{name: А, organization: iom2}, {role: Б}]",
                body="[[Ъъъъъъ]]\n[файл](a.pdf)",
            ),
            other: front("venue: Бишкекк", "\ttags: []"),
            "content/releases/last.md": front("venue: Бишкекк", "source: {url: нет}"),
        }
    ).build()
    assert places(built.result.problems) == [
        (RELEASE, 3, 1, "unknown-key"),
        (RELEASE, 4, 7, "edtf-impossible"),
        (RELEASE, 5, 15, "unknown-value"),
        (RELEASE, 5, 48, "reversed-dates"),
        (RELEASE, 6, 19, "unknown-organization-far"),
        (RELEASE, 7, 43, "missing-key"),
        (RELEASE, 9, 1, "broken-link-far"),
        (RELEASE, 10, 6, "broken-attachment"),
        ("content/releases/last.md", 3, 8, "unknown-place"),
        ("content/releases/last.md", 4, 15, "bad-url"),
        (other, 4, 1, "yaml-tab"),
        ("content/tags/Тема.md", 1, 1, "bad-file-name"),
    ]
    assert built.public == {}


@pytest.mark.parametrize(
    "text",
    ["---\nname: [МОМ]\nshort: МОМ\n---\n", "---\nname: МОМ: ООН\n---\n", "Нет шапки.\n", b""],
)
def test_one_mistake_is_told_once(text: Content, make_site: Maker) -> None:
    """An organization with a mistake is not also told as unknown in all that name it by id."""
    built = make_site(
        {
            **GOOD,
            "content/organizations/iom.md": text,
            "content/organizations/iom.en.md": "---\n---\nText\n",
            RELEASE: front("organizers: [iom]", body="[[iom]] [[organizations/iom|МОМ]]"),
        }
    ).build()
    assert {found.path for found in built.result.problems} == {"content/organizations/iom.md"}


def test_problems_are_the_same_again(make_site: Maker) -> None:
    """A second build, from the cache, tells the same problems."""
    site = make_site({**GOOD, RELEASE: front("organizers: [Ъ]", "date: 2013-02-30")})
    first = site.build().result
    second = site.build().result
    assert second.parsed == 0
    assert second.problems == first.problems


def test_the_last_good_site_stays(make_site: Maker) -> None:
    """After a mistake the site published before stands untouched, byte for byte."""
    site = make_site({**GOOD, RELEASE: front()})
    good = site.build().public
    site.write({RELEASE: front("date: 2013-02-30")})
    assert site.build().public == good


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bom_and_line_ends_do_not_matter(mark: bytes, ends: str, make_site: Maker) -> None:
    """A file by Notepad gives the same page as one by any other editor."""
    text = front("tags: [labour]", "summary: |", "  Одна", "  строка", body="# А\n\nБ\n\n- В\n")
    plain = make_site({**GOOD, RELEASE: text.encode()}).build()
    built = make_site({**GOOD, RELEASE: mark + text.replace("\n", ends).encode()}).build()
    assert built.result.problems == ()
    assert built.public == plain.public


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_place_of_a_mistake_with_other_line_ends(ends: str, make_site: Maker) -> None:
    """Line ends and the byte order mark leave line and column as an editor shows them."""
    text = front("tags: []", "date: 2013-02-30", body="\n[[Ъъъъъъ]]")
    built = make_site({RELEASE: b"\xef\xbb\xbf" + text.replace("\n", ends).encode()}).build()
    assert places(built.result.problems) == [
        (RELEASE, 4, 7, "edtf-impossible"),
        (RELEASE, 7, 1, "broken-link-far"),
    ]


SITE: dict[str, tuple[Content, list[tuple[int, int, str]]]] = {
    "yaml does not parse": ("title: [Архив\nurl: https://a.kg\n", [(1, 8, "yaml-bracket")]),
    "tab": ("title:\n\tru: Архив\nurl: https://a.kg\n", [(2, 1, "yaml-tab")]),
    "duplicate key": (SITE_YAML + "url: https://b.kg\n", [(5, 1, "duplicate-key")]),
    "not fields": ("- title\n", [(1, 1, "wrong-type")]),
    "only text": ("Архив\n", [(1, 1, "wrong-type")]),
    "empty": (b"", [(1, 1, "empty-file")]),
    "only a comment": ("# пока ничего\n", [(1, 1, "missing-key"), (1, 1, "missing-key")]),
    "cp1251": (SITE_YAML.encode("cp1251"), [(1, 13, "encoding")]),
    "unknown key": (SITE_YAML + "tittle: А\n", [(5, 1, "unknown-key")]),
    "unknown feature": (SITE_YAML + "features: {feed: false}\n", [(5, 12, "unknown-key")]),
    "wrong type": (SITE_YAML + "licence: CC BY\n", [(5, 10, "wrong-type")]),
    "address": ("title: А\nurl: archive.kg\n", [(2, 6, "bad-url")]),
    "menu entry of a feature that is off": (
        SITE_YAML.replace("[releases]", "[releases, data]") + "features: {data: false}\n",
        [(4, 18, "menu-entry-off")],
    ),
    "address with a query": ("title: А\nurl: https://a.kg/?x=1\n", [(2, 6, "bad-url")]),
    "language": (
        "title: А\nurl: https://a.kg\nlanguages: [ru, kg]\nmenu: []\n",
        [(3, 17, "unknown-language")],
    ),
    "language twice": (
        "title: А\nurl: https://a.kg\nlanguages: [ru, ru]\n",
        [(3, 17, "duplicate-value")],
    ),
    "no language": ("title: А\nurl: https://a.kg\nlanguages: []\n", [(3, 12, "no-languages")]),
    "language of a text": (
        "title: {ru: А, en: B}\nurl: https://a.kg\n",
        [(1, 16, "unknown-language")],
    ),
    "time zone": (SITE_YAML + "timezone: Asia/Bishkec\n", [(5, 11, "unknown-timezone")]),
    "menu": (SITE_YAML.replace("[releases]", "[releases, news]"), [(4, 18, "unknown-menu-entry")]),
    "publisher": (SITE_YAML + "publisher: tspc\n", [(5, 12, "unknown-organization-far")]),
    "contact": (SITE_YAML + "contact: {email: нет}\n", [(5, 18, "bad-email")]),
    "address of the licence": (
        SITE_YAML + "licence: {name: CC, url: cc.org}\n",
        [(5, 26, "bad-url")],
    ),
    "several": (
        "tittle: А\nurl: archive.kg\ntimezone: Бишкек\n",
        [
            (1, 1, "unknown-key"),
            (2, 6, "bad-url"),
            (3, 11, "unknown-timezone"),
        ],
    ),
}


@pytest.mark.parametrize("name", SITE)
def test_mistake_in_the_configuration(name: str, make_site: Maker) -> None:
    """site.yaml is answered as any other file: by code and place, and nothing is published."""
    text, found = SITE[name]
    built = make_site({"site.yaml": text}).build()
    assert places(built.result.problems) == [("site.yaml", *place) for place in found]
    assert built.public == {}


def test_every_code_of_a_date_is_met() -> None:
    """Each way in which a date can be wrong stands in the table."""
    met = {code for _, _, _, code, _ in ONE_FILE.values()}
    assert set(get_args(FaultCode)) <= met


def test_every_code_of_the_content_is_met() -> None:
    """Each code that the rooms of the content can tell has a case in these tables."""
    met = {code for _, _, _, code, _ in ONE_FILE.values()}
    met |= {code for _, _, _, _, code in ENTITY.values()}
    met |= {place[3] for _, found in SEVERAL.values() for place in found}
    met |= {code for _, found in SITE.values() for _, _, code in found}
    met |= {"unknown-tag", "unknown-tag-far", "bad-file-name", "symbolic-link"}
    met |= {"attachment-too-large", "special-file"}  # tests/source/test_source.py
    met |= {"photo-kind", "html-picture", "remote-picture"}  # tests/attachment/test_attachment.py
    rooms = {"document", "schema", "parsing", "assembly", "resolver", "source", "config"}
    told = [site.codes or COMPOSED[site.place] for site in sites() if site.place[0] in rooms]
    assert set[str]().union(*told) - met == {"source-vanished"}  # the machine's fault


@pytest.mark.parametrize("lang", message.LANGUAGES)
@pytest.mark.parametrize("name", ONE_FILE)
def test_sentences_are_filled(name: str, lang: str, make_site: Maker) -> None:
    """The sentence of each mistake says something, and its suggestion stands in it."""
    content, _, _, _, nearest = ONE_FILE[name]
    if isinstance(content, str):
        content = content.encode()
    (problem,) = make_site({**GOOD, RELEASE: content}).build(now=NOW).result.problems
    found = message.of_problem(problem, lang)
    assert found.message
    assert found.hint
    assert nearest in found.hint


RICH = front(
    "date: 2013-03-25",
    "event: {type: seminar, start: 2013-03-26T09:30, end: 2013-03-27}",
    "organizers: [МОМ]",
    "programme: [rmp, rmp-2]",
    "venue: bishkek",
    "speakers: [{name: {ru: А. Ким}, organization: iom}]",
    "tags: [labour]",
    "corrections: [{date: 2014, text: Правка}]",
    "aliases: [/old/]",
    body="## Глава\n\n[[iom|МОМ]] и [[Парк]]\n",
)
WHOLE = {
    **{path: encoded(content) for path, content in GOOD.items()},
    RELEASE: RICH.encode(),
    RELEASE.replace(".md", ".en.md"): b"---\ntitle: Meeting\n---\nText [[iom]]\n",
}
DAMAGE = st.sampled_from(
    [
        *("\n", "\n---\n", " [", "\t", "[[нет]]", "{ru: }", "&a *a", "«", "\x00", "- ", "2013-99"),
        *("title: \n", "parent: iom\n", "within: park\n", "draft: true\n", "date: [2016,2017]\n"),
        *("programme: [rmp, rmp]\n", "aliases: [/a/, /tags/]\n", "speakers: [{}]\n"),
        "event: {start: 2013/2012}\n",
    ]
)
EDITS = st.tuples(st.sampled_from(sorted(WHOLE)), st.floats(0, 1), st.integers(0, 20), DAMAGE)


@given(st.lists(EDITS, min_size=1, max_size=4))
@settings(max_examples=150)
def test_no_damage_is_fatal(edits: list[tuple[str, float, int, str]]) -> None:
    """Whatever happens to the files, every page's View can be made and problems can be told."""
    files: dict[str, Content] = dict(WHOLE)
    for path, where, removed, put_in in edits:
        text = encoded(files[path]).decode()
        at = int(where * len(text))
        files[path] = (text[:at] + put_in + text[at + removed :]).encode()
    made, problems = catalogue_of(files)
    assert [view_of(page) for page in pages(made, ())]
    for problem in problems:
        assert message.line(problem, "ru").startswith(f"{problem.path}:{problem.line}:")


def test_many_problems_are_told_in_part(make_site: Maker) -> None:
    """Of a file with very many mistakes the first hundred are told, and that there are more."""
    body = "\n".join(f"[а](b{n}.pdf)" for n in range(300))
    built = make_site({**GOOD, RELEASE: front(body=body)}).build()
    codes = [problem.code for problem in built.result.problems]
    assert codes == ["broken-attachment"] * 100 + ["many-problems"]
    assert [problem.line for problem in built.result.problems[:100]] == list(range(4, 104))
    assert not built.result.published


def test_warnings_do_not_hide_an_error(make_site: Maker) -> None:
    """Errors are counted by themselves: an error behind many warnings is told."""
    body = "".join(f"<font-{n}>а\n\n" for n in range(3)) + "|а|\n|б|\n\n" * 300 + "[[\n"
    built = make_site({**GOOD, RELEASE: front(body=body)}).build()
    told = {(problem.code, problem.severity) for problem in built.result.problems}
    assert {("many-problems", "warning"), ("open-link", "error")} <= told
    assert ("many-problems", "error") not in told
