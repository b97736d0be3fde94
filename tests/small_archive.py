"""A small archive in three languages that uses everything the content model has.

The proofs of freshness, of crashes and of determinism build it: it is large enough that every kind
of page stands on something else, and small enough to be built a thousand times.
"""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import compress, crc32

from tests.site_builder import Content, SmallSite

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).parents[1]
FEATURES = ("feeds", "calendars", "citations", "data", "search", "pictures", "people", "mentions")


def picture(shade: int, width: int = 24, height: int = 16) -> bytes:
    """A PNG of one shade of grey, 0 to 255."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))

    lines = (b"\0" + bytes([shade]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", compress(lines)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def source(front: Mapping[str, object], body: str = "") -> str:
    """A Markdown file: the front matter, a key a line, and the body."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", body, ""])


def named(ru: str, ky: str, en: str) -> dict[str, str]:
    """A name in three languages."""
    return {"ru": ru, "ky": ky, "en": en}


def site_yaml(features: bool | tuple[str, ...] = False, **changed: object) -> str:  # noqa: FBT001, FBT002
    """The configuration with all features, with none, or with those that are named."""
    wanted = FEATURES if features is True else features or ()
    values: dict[str, object] = {
        "title": named("Архив", "Архив", "Archive"),
        "description": {"ru": "Сообщения для прессы"},
        "url": "https://archive.example",
        "languages": ["ru", "ky", "en"],
        "menu": ["releases", "organizations", "timeline", "about"],
        "publisher": "centre",
        "features": {name: name in wanted for name in FEATURES},
        **changed,
    }
    return "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
    )


def interface(language: str, word: str) -> str:
    """A gettext catalogue in which the footer's only word is `word`."""
    return (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Language: {language}\\n"\n\n'
        f'msgid "Archive"\nmsgstr "{word}"\n'
    )


ENTITIES: dict[str, Content] = {
    "content/organizations/centre.md": source(
        {"name": named("Центр", "Борбор", "Centre"), "short": "Ц", "type": "national-ngo"},
        "Ведёт архив вместе с [[fund]].",
    ),
    "content/organizations/fund.md": source(
        {
            "name": named("Фонд", "Фонд", "Fund"),
            "former": [{"name": "Старый фонд", "until": "2012"}],
            "type": "foundation",
            "country": "KG",
        }
    ),
    "content/organizations/union.md": source({"name": "Союз", "parent": "centre"}, "Часть центра."),
    "content/organizations/union.ky.md": source({}, "Борбордун бөлүгү."),
    "content/programmes/help.md": source(
        {
            "name": named("Помощь", "Жардам", "Help"),
            "period": {"start": "2011", "end": "2014"},
            "implementers": ["centre"],
            "funders": ["fund"],
        },
        "Программа помощи.",
    ),
    "content/programmes/return.md": source({"name": "Возвращение", "parent": "help"}),
    "content/places/bishkek.md": source(
        {"name": named("Бишкек", "Бишкек", "Bishkek"), "country": "KG"}, "Столица."
    ),
    "content/places/hall.md": source(
        {"name": "Зал", "within": "bishkek", "address": "ул. Токтогула, 1"}
    ),
    "content/people/aigul.md": source(
        {
            "name": named("Айгуль", "Айгүл", "Aigul"),
            "positions": [{"organization": "union", "role": "юрист", "from": "2012"}],
        }
    ),
    "content/tags/rights.md": source({"name": named("Права", "Укуктар", "Rights")}),
    "content/tags/labour.md": source({"name": "Труд", "broader": "rights"}),
    "content/tags/town.md": source({"name": "Шаар", "lang": "ky"}, "Шаар жөнүндө."),
    "content/pages/help.md": source({"title": "Жардам", "lang": "ky"}, "Жардам бул жерде."),
    "content/pages/about.md": source({"title": "Об архиве"}, "Архив собирает [[centre]]."),
    "content/pages/about.en.md": source({"title": "About"}, "What it is."),
}
RELEASES: dict[str, Content] = {
    "content/releases/2012/anchor.md": source(
        {
            "title": "Якорь",
            "date": "2012-05-01",
            "organizers": ["centre"],
            "programme": "help",
            "tags": ["rights"],
            "summary": "На него ссылаются другие.",
            "corrections": [{"date": "2012-06-01", "text": "Уточнено место."}],
        },
        "Первое сообщение; организатор [[Центр]].\n\n## Ход\n\nОписан.",
    ),
    "content/releases/2012/anchor.ky.md": source({"title": "Казык"}, "Биринчи билдирүү."),
    "content/releases/2012/anchor.en.md": source({"title": "Anchor"}, "The first one."),
    "content/releases/2013/table.md": source(
        {
            "title": "Круглый стол",
            "date": "2013-03-25",
            "event": {"type": "round-table", "start": "2013-03-26T09:30", "status": "held"},
            "venue": "hall",
            "organizers": ["help"],
            "partners": ["Союз"],
            "funders": ["Старый фонд"],
            "tags": ["labour"],
            "speakers": [{"name": "Айгуль", "role": "юрист", "organization": "union"}],
            "photos": [{"file": "table/photo.png", "alt": "Стол"}],
            "documents": [{"file": "table/list.csv", "title": "Участники"}],
            "contact": {"name": "Айгуль", "email": "a@archive.example"},
        },
        "Состоится круглый стол; см. [[anchor]] и [лист](table/list.csv).",
    ),
    "content/releases/2013/table/photo.png": picture(90),
    "content/releases/2013/table/list.csv": "имя,город\nАйгуль,Ош\n",
    "content/releases/2013/table.en.md": source({"title": "Round table"}, "See [[anchor]]."),
    "content/releases/2014/doubt.md": source(
        {
            "title": "Сомнение",
            "date": "2014?",
            "date_note": "Год стоит только в имени файла.",
            "participants": ["fund", "union"],
            "programme": ["help", "return"],
            "aliases": ["/old/doubt/"],
        },
        "Дата неизвестна.",
    ),
    "content/releases/2014/chogulush.md": source(
        {
            "title": "Чогулуш",
            "lang": "ky",
            "date": "2014-02-03",
            "event": {"type": "meeting", "start": "2014-02-04"},
            "venue": "hall",
            "organizers": ["centre"],
            "programme": "help",
            "tags": ["town"],
            "speakers": [{"name": "Асан", "role": "уюштуруучу"}],
            "corrections": [{"date": "2014-03-01", "text": "Күнү такталды."}],
            "summary": "Чогулуш жөнүндө.",
            "aliases": ["/old/chogulush/"],
        },
        "Биз [[fund]] жөнүндө сүйлөштүк.",
    ),
    "content/releases/2014/chogulush.ru.md": source({"title": "Собрание"}, "Было собрание."),
    "content/releases/2014/notice.md": source(
        {"title": "A notice", "lang": "en", "date": "2014-02", "funders": ["fund"]},
        "It is after [[chogulush]].",
    ),
    "content/releases/undated/never.md": source(
        {"title": "Без даты", "tags": ["rights", "labour"]}
    ),
}
SURROUNDINGS: dict[str, Content] = {
    "assets/site.css": "p { color: black }\n",
    "templates/locale/ru.po": interface("ru", "Архив"),
    "templates/locale/ky.po": interface("ky", "Архив"),
    "templates/locale/en.po": interface("en", "Archive"),
}


def files(features: bool | tuple[str, ...] = False) -> dict[str, Content]:  # noqa: FBT001, FBT002
    """All files of the archive but the templates."""
    site: dict[str, Content] = {"site.yaml": site_yaml(features)}
    return {**site, **ENTITIES, **RELEASES, **SURROUNDINGS}


def make(root: Path, features: bool | tuple[str, ...] = False) -> SmallSite:  # noqa: FBT001, FBT002
    """The archive in a new folder, with bare templates.

    Their frame names an asset and a word of the interface.
    """
    site = SmallSite(root, files(features))
    base = root / "templates" / "base.html"
    text = base.read_text(encoding="utf-8")
    style = '<link rel="stylesheet" href="{{ asset(\'site.css\') }}">'
    text = text.replace("</head>", f"{style}</head>")
    base.write_text(text.replace("</main>", "</main><p>{{ _('Archive') }}</p>"), encoding="utf-8")
    return site


def make_real(root: Path, features: bool | tuple[str, ...] = False) -> SmallSite:  # noqa: FBT001, FBT002
    """The archive in a new folder, with the templates and assets of this repository."""
    site = make(root, features)
    for folder in ("templates", "assets"):
        shutil.rmtree(root / folder)
        shutil.copytree(CHECKOUT / folder, root / folder)
    return site


def copy_of(site: SmallSite, root: Path) -> SmallSite:
    """The same site in another folder, without what builds have left."""
    shutil.copytree(site.root, root, ignore=shutil.ignore_patterns(".mksite", site.public.name))
    return twin(root)


def twin(root: Path) -> SmallSite:
    """The site that lies in a folder already."""
    found = object.__new__(SmallSite)
    found.root, found.public = root, root / "public"
    return found
