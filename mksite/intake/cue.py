"""The words by which a press release says who did what: Russian, Kyrgyz and English.

A cue stands before the names that it is about («при поддержке …») or after them («… уюштурган»).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from mksite.content.code_list import EventStatus, EventType

Side = Literal["after", "before"]
"""Where the names stand, seen from the cue."""


class Cue(msgspec.Struct, frozen=True):
    """A phrase, the field of the front matter that its names belong to ("" ends a list of names
    and gives none), and the side on which they stand.
    """

    pattern: re.Pattern[str]
    field: str
    side: Side = "after"


def _cue(pattern: str, field: str, side: Side = "after") -> Cue:
    return Cue(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), field, side)


_FINANCE = r"финансов\w+|материальн\w+|грантов\w+"
CUES = (
    # Russian
    _cue(rf"при\s+(?:{_FINANCE})\s+(?:и\s+\w+\s+)?(?:поддержк|содействи|помощ)\w+", "funders"),
    _cue(r"(?:про)?финансиру(?:ет|ют)ся(?:\s+за\s+сч[её]т)?", "funders"),
    _cue(r"(?:про)?финансирован\w*(?:\s+со\s+стороны)?", "funders"),
    _cue(r"на\s+(?:средства|деньги)(?:\s+гранта)?|за\s+сч[её]т\s+(?:средств|гранта)", "funders"),
    _cue(r"(?:донор\w*|спонсор\w*)(?:\s+\w+){0,2}?\s+(?:выступ\w+|явля\w+|стал\w*)", "funders"),
    _cue(r"финансов\w+\s+(?:поддержк|помощ)\w+(?:\s+\w+){0,2}?\s+(?:оказ|предостав)\w+", "funders"),
    _cue(r"при\s+организационной\s+поддержке", "organizers"),
    _cue(r"при\s+(?:\w+(?:ой|ей|ом)\s+(?:и\s+)?){0,2}(?:поддержк|содействи|помощ)\w+", "support"),
    _cue(r"поддержан\w*|(?:с|благодаря)\s+поддержк\w+|оказал\w*\s+поддержк\w+", "support"),
    _cue(r"в\s+(?:\w+\s+)?(?:партн[её]рств|сотрудничеств|взаимодействи)\w+\s+со?", "partners"),
    _cue(r"(?:партн[её]р\w*)(?:\s+\w+){0,2}?\s+(?:выступ\w+|явля\w+|стал\w*)", "partners"),
    _cue(r"партн[её]ры\s*[:—–]", "partners"),
    _cue(r"организатор\w*(?:\s+[\w-]+){0,3}?\s*(?:выступ\w+|явля\w+|стал\w*|[:—–])", "organizers"),
    _cue(
        r"(?:был\w*\s+)?(?:со)?организован(?:[аоы]|н\w+)?|организуем\w+|проводим\w+", "organizers"
    ),
    _cue(r"(?:был\w*\s+)?(?:провед[её]н|инициирован|подготовлен)(?:[аоы]|н\w+)?", "organizers"),
    _cue(r"совместно\s+со?", "organizers"),
    _cue(r"при\s+участии|с\s+участием", "participants"),
    _cue(r"участник\w*(?:\s+[\w-]+){0,3}?\s+(?:стан\w+|стал\w*|явля\w+|выступ\w+)", "participants"),
    _cue(r"(?:приняли|примут|принимают)\s+участие|участвова\w+|участвуют", "participants"),
    _cue(
        r"приглашен\w*|приглашён\w*|объединит|объединил\w?|собрал\w?|соберет|соберёт",
        "participants",
    ),
    # Kyrgyz
    _cue(r"(?:каржылык|финансылык)\s+колдоосу\w*(?:\s+менен)?|каржыла\w+", "funders", "before"),
    _cue(r"колдоосу\w*(?:\s+менен)?|колдоо\s+көрсөт\w+|көмөгү\s+менен", "support", "before"),
    _cue(r"өнөктөштү\w+|кызматташты\w+|менен\s+өнөктөш\w*", "partners", "before"),
    _cue(r"(?:тарабынан\s+)?уюштур\w+|тарабынан\s+өтк\w+|менен\s+бирге\w*", "organizers", "before"),
    _cue(r"катыш\w+", "participants", "before"),
    # English
    _cue(r"(?:funded|financed|sponsored)(?:\s+\w+)?\s+by", "funders"),
    _cue(
        r"with\s+(?:the\s+)?(?:financial\s+(?:support|assistance)|funding)\s+(?:from|of|by)",
        "funders",
    ),
    _cue(
        r"with\s+(?:the\s+)?(?:\w+\s+)?(?:support|assistance)\s+(?:of|from)|supported\s+by",
        "support",
    ),
    _cue(
        r"in\s+(?:\w+\s+)?(?:partnership|cooperation|co-operation|collaboration)\s+with", "partners"
    ),
    _cue(
        r"(?:co-?)?(?:organi[sz]ed|hosted|held|convened|conducted)\s+(?:jointly\s+)?by",
        "organizers",
    ),
    _cue(r"(?:together|jointly)\s+with", "organizers"),
    _cue(r"with\s+the\s+participation\s+of|attended\s+by|participants\s+included?", "participants"),
    # What begins another matter.
    _cue(r"в\s+рамках|алкагында|within\s+the\s+framework|as\s+part\s+of|under\s+the", ""),
    _cue(r"котор\w+|состо(?:ится|ялс\w|ялась|ялось)|пройд[её]т|прош(?:ла|ло|ли|[её]л)", ""),
    _cue(r"проживающ\w+|направлен\w*|посвящ[её]нн?\w*|which|that|where", ""),
)

EVENT_NOUN = re.compile(
    r"кругл\w+\s+стол\w*|конференци\w+|семинар\w*|заседани\w+|встреч\w+|совещани\w+|презентаци\w+"
    r"|тренинг\w*|мероприяти\w+|форум\w*|диалог\w*|дискусси\w+|флеш-?моб\w*|акци\w+|кампани\w+"
    r"|тегерек\s+стол\w*|жолугушуу\w*|жыйын\w*|иш-чара\w*|окуу\w*|round\s?-?table|conference"
    r"|seminar|workshop|meeting|training|presentation|forum|campaign|event",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"(?<!\w)(?:про(?:вод(?:ит|ят|ил\w?)|в[её]л\w?|вед[её]т|ведут)|организ(?:ует|уют|овал\w?)"
    r"|устраива(?:ет|ют)|презентовал\w?|открыва(?:ет|ют)|приглаша(?:ет|ют)"
    r"|өткөр\w+|уюштур\w+|organi[sz]e[sd]?|holds?|held|hosts?|hosted|conducts?|conducted|convenes?d?)"
    r"(?!\w)(?!\s+(?:jointly\s+)?(?:by|with)\b)",
    re.IGNORECASE,
)
"""A verb whose subject organizes, where an event is its object."""

NO_EVENT = re.compile(
    r"(?:исследовани|анализ|опрос|доклад|отч[её]т|изучени|мониторинг|закон|фильм"
    r"|изилд|study|survey|report|research|analysis)\w*[^.,;]{0,40},?\s*$",
    re.IGNORECASE,
)
"""Before a passive: who made this is no organizer of the event."""

OF_PROGRAMME = re.compile(
    r"(?:программ|проект|проек|долбоор|инициатив)\w*[^.!?]{0,200}?"
    r"(?:реализу|осуществля|финансиру|выполня|ишке\s+ашыр|каржыла|implemented|funded|financed)\w*"
    r"|(?:реализу|осуществля)\w+(?:\s+\w+){0,3}\s+(?:программ|проект)\w*"
    r"|(?:programme?|project)[^.!?]{0,200}?(?:implemented|funded|financed)",
    re.IGNORECASE,
)
"""From here on a sentence is about a programme: who pays for it is not who pays for the event."""

BACK_TO_EVENT = re.compile(r",?\s+а\s+также\s+при\s|,?\s+as\s+well\s+as\s+with\s", re.IGNORECASE)
OUTSIDE = re.compile(
    r"(?:финансируем\w+|каржылаган|стран\w*(?:-\w+)?|государств\w*(?:-\w+)?|members?\s+of)\s*$",
    re.IGNORECASE,
)
"""Before a name: it pays for what the next name is, or the talk is of its members."""

IN_PROGRAMME = re.compile(
    r"в\s+рамках|в\s+ходе\s+реализации|проект\w*|программ\w*|алкагында|долбоору\w*"
    r"|framework\s+of|as\s+part\s+of|project|programme?",
    re.IGNORECASE,
)

TYPES: tuple[tuple[EventType, str], ...] = (
    ("round-table", r"кругл\w+\s+стол|тегерек\s+стол|round\s?-?table"),
    ("conference", r"конференц(?!-)\w*|форум|conference|forum"),
    ("training", r"тренинг|обучени[ея]\b|мастер-класс|окутуу|training"),
    ("seminar", r"семинар|воркшоп|seminar|workshop"),
    ("meeting", r"заседани|совещани|встреч|жыйын|жолугушуу|кеңешме|meeting|session"),
    ("campaign", r"кампани|флеш-?моб|\bакци[яиюей]+\b|өнөктүк|campaign|flash\s?mob"),
    ("presentation", r"презентаци|бет\s?ачар|presentation|launch"),
)
"""The words of the types, the most telling first where two stand side by side."""

STATUSES: tuple[tuple[EventStatus | None, str], ...] = (
    (None, r"проходит|проходят|начал\w*|стартовал\w*|баштал\w+|is\s+taking\s+place"),
    ("cancelled", r"отмен(?:ен|ён|я)\w*|жокко\s+чыгар\w+|cancel"),
    ("postponed", r"перенес(?:ен|ён)\w*|переносит|отложен\w*|жылдыр\w+|postpone"),
    (
        "scheduled",
        (
            r"состо(?:ится|ятся)|пройд[её]т|пройдут|проводит|проводят|стан[уе]т|будут|будет|начн[её]тся"
            r"|запланирован|приглаша\w+|өт[өк]т|болот|will\s+(?:be|take|host|hold)|to\s+be\s+held"
        ),
    ),
    (
        "held",
        (
            r"состоял[аоси]\w*|прош(?:ла|ло|ли|[её]л)|провел[аи]?|пров[её]л|обсудили|проведен[аоы]?"
            r"|была?\s+организован|организовал|завершил|өттү|болуп\s+өт|took\s+place|was\s+held|were\s+held"
            r"|held|discussed"
        ),
    ),
)

LABEL = re.compile(
    r"[\s*_#>]*(?:пресс\s*-?\s*релиз|пресс-?\s?анонс|анонс|для\s+(?:немедленного\s+)?распространения"
    r"|басма\s+с[өо]з\s+баяндама\w*|баспасөз\s+баяны|пресс-?кат|press\s*-?\s*release"
    r"|for\s+immediate\s+release|media\s+advisory|news\s+release|информационное\s+сообщение|сообщение\s+для\s+сми)"
    r"(?:\s*№\s*\d+)?[\s*_:.!]*",
    re.IGNORECASE,
)
"""A line that says what the paper is, and is no title."""

CONTACT = re.compile(
    r"контакт|дополнительн\w+\s+информац|дальнейш\w+\s+информац|подробн\w+\s+информац|свяжитесь"
    r"|связавшись|обращ(?:ай|ать)|по\s+вопросам|аккредитаци|байланыш|кошумча\s+маалымат|толук\s+маалымат"
    r"|contact|further\s+information|more\s+information",
    re.IGNORECASE,
)
SPEECH = re.compile(
    r"приветственн\w+\s+слов|приветств|выступи|отмети|рассказа|поблагодари|сообщи|подчеркну|заяви"
    r"|сказал|представи[лт]|открыл|открыва|обрати[лв]|доложи|прокомментир|добавил|выразил|считает"
    r"|белгиле|айтт|билдир|кайрыл|сүйлө|куттукта|баса\s+көрсөт"
    r"|said|noted|stressed|emphasi[sz]ed|welcomed|opened|told|presented|remarks|according\s+to|stated",
    re.IGNORECASE,
)
POST = re.compile(
    r"(?<![\w-])(?:(?:перв\w+|исполняющ\w+\s+обязанности|и\.\s?о\.|вице-?|генеральн\w+|исполнительн\w+"
    r"|национальн\w+|региональн\w+|старш\w+|главн\w+|постоянн\w+|чрезвычайн\w+\s+и\s+полномочн\w+"
    r"|программн\w+|ведущ\w+|независим\w+)\s+)*"
    r"(?:заместител\w+|президент\w*|вице-президент\w*|директор\w*|руководител\w+|глав[аыеу]й?|министр\w*"
    r"|советник\w*|координатор\w*|председател\w+|представител(?:ь|я|ем|ница|ницей)|эксперт\w*|посол\w*|посла"
    r"|менеджер\w*|специалист\w*|депутат\w*|профессор\w*|начальник\w*|секретар\w+|консультант\w*|юрист\w*"
    r"|аналитик\w*|научн\w+\s+сотрудник\w*|атташе|омбудсмен\w*"
    r"|төрага\w*|жетекчи\w*|министри?|кеңешчи\w*|координатору?|директору?|башчы\w*|элчи\w*|депутат\w*|адиси?"
    r"|director|head|deputy|minister|president|chair\w*|adviser|advisor|coordinator|ambassador|manager"
    r"|chief|officer|representative|expert|secretary|specialist)(?![\w-])",
    re.IGNORECASE,
)
"""Where the words of a post begin."""
