"""Words of everyday Russian, Kyrgyz and English for the fields and values of the front matter."""

from __future__ import annotations

import re

FIELDS = {
    "title": ("заголовок", "название", "тема", "аталыш", "headline"),
    "name": ("название", "имя", "наименование", "фио", "аты"),
    "date": ("дата", "число", "күнү", "дата публикации"),
    "added": ("добавлено", "кошулган"),
    "event": ("событие", "мероприятие", "иш-чара"),
    "type": ("тип", "вид", "түрү", "kind"),
    "start": ("начало", "дата начала", "когда", "башталышы", "begin"),
    "end": ("конец", "окончание", "дата окончания", "аягы"),
    "status": ("статус", "состояние", "абалы"),
    "venue": (
        "место",
        "город",
        "где",
        "место проведения",
        "площадка",
        "жери",
        "шаар",
        "place",
        "city",
    ),
    "organizers": (
        "организатор",
        "организаторы",
        "уюштуруучу",
        "уюштуруучулар",
        "organizer",
        "organisers",
    ),
    "partners": ("партнер", "партнеры", "партнёр", "партнёры", "өнөктөштөр", "partner"),
    "support": ("поддержка", "при поддержке", "колдоо", "sponsors"),
    "funders": (
        "донор",
        "доноры",
        "спонсор",
        "спонсоры",
        "финансирование",
        "каржылоочулар",
        "funder",
        "donors",
    ),
    "programme": ("программа", "проект", "долбоор", "programmes", "program", "project"),
    "participants": ("участник", "участники", "катышуучулар", "participant"),
    "speakers": ("спикер", "спикеры", "докладчики", "выступающие", "speaker"),
    "tags": ("тег", "теги", "темы", "метки", "ключевые слова", "тема", "tag", "keywords"),
    "summary": ("кратко", "аннотация", "описание", "краткое содержание", "кыскача", "description"),
    "source": ("источник", "булак"),
    "contact": ("контакт", "контакты", "байланыш", "contacts"),
    "photos": ("фото", "фотографии", "сүрөттөр", "photo", "images"),
    "documents": ("документы", "документ", "вложения", "документтер", "attachments", "files"),
    "corrections": ("исправления", "исправление", "оңдоолор", "correction"),
    "draft": ("черновик", "долбоор"),
    "embargo": ("эмбарго", "до"),
    "role": ("должность", "роль", "кызматы", "position"),
    "organization": ("организация", "уюм", "organisation", "org"),
    "email": ("почта", "эл. почта", "электронная почта", "e-mail", "mail"),
    "phone": ("телефон", "тел", "tel", "telephone"),
    "file": ("файл", "filename"),
    "alt": ("описание", "подпись для незрячих", "сүрөттөмө"),
    "caption": ("подпись",),
    "credit": ("автор", "фотограф"),
    "country": ("страна", "өлкө"),
    "url": ("сайт", "ссылка", "адрес сайта", "website", "link"),
    "address": ("адрес", "дарек"),
    "within": ("город", "в городе", "внутри", "ичинде"),
    "aliases": ("другие названия", "псевдонимы", "башка аттары", "alias"),
    "positions": ("должности", "посты", "кызматтары", "posts"),
    "from": ("с", "с какого времени", "since"),
    "until": ("до", "по", "чейин", "till"),
    "short": ("сокращение", "аббревиатура", "кыскартуу", "abbreviation"),
}
"""Words that people write for a field; which one is meant depends on the fields that there are."""

VALUES = {
    "round-table": ("круглый стол", "тегерек стол", "roundtable"),
    "conference": ("конференция", "форум"),
    "seminar": ("семинар", "workshop"),
    "meeting": ("встреча", "заседание", "совещание", "собрание", "жыйын", "жолугушуу"),
    "presentation": ("презентация", "бет ачар"),
    "training": ("тренинг", "обучение", "окутуу"),
    "campaign": ("кампания", "акция", "флешмоб", "өнөктүк"),
    "other": ("другое", "иное", "башка"),
    "scheduled": ("запланировано", "объявлено", "состоится", "пландалган", "planned"),
    "held": ("состоялось", "прошло", "проведено", "өткөн", "past"),
    "postponed": ("перенесено", "отложено", "жылдырылган"),
    "cancelled": ("отменено", "жокко чыгарылган", "canceled"),
    "government": ("правительство", "госорган", "государственная", "өкмөт"),
    "public-sector": ("государственный сектор", "муниципальная"),
    "international-ngo": ("международная нпо", "эл аралык уюм"),
    "national-ngo": ("нпо", "ооп", "общественная организация", "коомдук уюм", "ngo"),
    "regional-ngo": ("региональная нпо",),
    "multilateral": ("международная организация", "международная", "эл аралык"),
    "foundation": ("фонд",),
    "private-sector": ("компания", "бизнес", "частная", "ишкана"),
    "academic": ("вуз", "университет", "институт", "окуу жай"),
}
"""Words that people write for one of the values that a field may have."""


def field_of(word: str, fields: tuple[str, ...]) -> str:
    """The field of these that a word means, or ""."""
    return _find(word, FIELDS, fields)


def value_of(word: str, values: tuple[str, ...]) -> str:
    """The value of these that a word means, or the first of several that means one, or ""."""
    return _find(word, VALUES, values) or next(
        filter(None, (_find(part, VALUES, values) for part in re.findall(r"\w+", word))), ""
    )


def _find(word: str, table: dict[str, tuple[str, ...]], allowed: tuple[str, ...]) -> str:
    wanted = " ".join(word.casefold().split())
    return next((key for key in allowed if wanted in table.get(key, ())), "")
