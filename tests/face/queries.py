"""Readers' queries in groups: the language of the page, the query, and the page that must be among
the first three. `MISSING` are words that the archive does not have.
"""

from __future__ import annotations

P = "releases/migrant-rights-practice"
S = "releases/reintegration-seminar-bomca"
T = "releases/integration-strategy-round-table"
B = "releases/mbos-second-session"
C = "releases/migrants-day-conference"

INFLECTED = """
ru | круглые столы | P
ru | правами трудящихся мигрантов | P
ru | трудящиеся | P
ru | вернувшиеся | S
ru | вернувшемуся мигранту | S
ru | семинара о реинтеграции | S
ru | стратегией интеграции | T
ru | конференции ко дню мигранта | C
ru | медицинским страхованием | B
ru | телемосты | C
ru | передовым опытом | P
ru | репатриацию | S
ru | флешмобами | C
ru | детям мигрантов | B
ru | организованным набором работников | B
ru | бедности в регионе | T
ky | мигранттардын укуктары | P
ky | тегерек столу | T
ky | семинарга | S
ky | Бишкектеги конференциялар | C
ky | реинтеграциялоонун стратегиясы | S
ky | кеңештин жыйындары | B
en | migrants' rights | P
en | reintegration seminars | S
en | round tables on strategies | T
en | sessions of councils | B
"""
ABBREVIATION = """
ru | МОМ | T
ru | МОМ | organizations/iom
ky | ЭАМУ | organizations/iom
en | IOM | organizations/iom
ru | ЕЭК | organizations/eec
ru | ЕЭК | B
ky | BOMCA | S
ru | БОМКА | programmes/bomca
ru | МЦРМП | organizations/icmpd
en | ICMPD | S
ru | ЕАЭС | organizations/eaeu
en | EAEU | organizations/eaeu
ru | ФМС | organizations/fms-russia
ru | ФМС | T
ru | ПРООН | organizations/undp
en | UNDP | C
ru | АУЦА | organizations/auca
ru | ЦАД | organizations/cam-platform
ru | МБОС | organizations/mbos
ru | ШОС | organizations/sco
ru | БОС | organizations/bos
en | EU | organizations/eu
"""
FORMER = """
ru | ЮНИФЕМ | T
en | UNIFEM | T
ru | ЮНИФЕМ | organizations/un-women
ru | Нур-Султан | S
ru | Астана | S
ru | нурсултан | S
ru | нур султан | S
ru | ТШЦП | P
en | TSPC | P
ru | Тянь-Шаньский центр политики | P
en | Tian Shan Policy Center | P
en | Frunze | places/bishkek
ru | Фрунзе | places/bishkek
ru | Министерство труда, миграции и молодёжи | organizations/mlsp-kr
en | Development Fund for Women | organizations/un-women
"""
TRANSLIT = """
en | seminar po reintegratsii | S
en | konferentsiya v Bishkeke | C
en | krugly stol Ala-Archa | P
ru | migranttardyn ukugu | P
ru | reintegracia | S
ru | reintegraciya migrantov | S
ru | Zhogorku Kenesh | organizations/jogorku-kenesh
ru | trudyaschiesya | P
ru | strahovanie | B
ru | straxovanie | B
ru | Bashtovenko | B
ru | flashmob Belovodskoe | C
ru | Nursultan | S
ru | migracija v Bishkeke | C
ky | tegerek stol | P
ky | мигранттар кунуно | C
ky | коомдук кенештин жыйынында | B
"""
LAYOUT = """
ru | ctvbyfh | S
ru | htbyntuhfwbz | S
ru | rjyathtywbz | C
ru | vtlbwbycrjt cnhf[jdfybt | B
ru | JJY :tyobys | T
ru | cjdtn gj vbuhfwbb | B
ru | ntktvjcn | C
ru | ,jvrf | programmes/bomca
ru | шщь | organizations/iom
en | ыуьштфк | S
en | куштеупкфешщт | S
ru | Ghfdf nhelzob[cz | P
"""
TYPO = """
ru | реинтергация | S
ru | канференция | C
ru | страхованние | B
ru | стратигия интеграции | T
ru | мегранты | C
ru | телемосст | C
ru | Баштавенко | B
ru | Леденёва | B
ru | Базарбаеф | B
ru | медецинское страхование | B
en | reintegation seminar | S
en | confrence Bishkek | C
en | stratgy | T
ru | трудящеся мигранты | P
ru | трансациональная сеть | B
ru | Белаводское | C
"""
PHRASE = """
ru | «передовой опыт» | P
ru | "круглый стол" | P
ru | «Горы Азии» | T
ru | «Центральная Азия в движении» | C
ru | «На пути к добрососедству» | C
ru | «правовые основы реинтеграции» | S
ru | «доступ к информации» | B
ru | «дети мигрантов» | B
en | "migrant workers" | P
en | "Public Council" | B
ky | «тегерек стол» | T
ru | «в рамках ЕАЭС» | B
ru | «цели государства» | T
"""
PERSON = """
ru | Асамидинова | P
ru | Айнура Асамидинова | P
ru | Ташиева | S
en | Tashieva | S
ru | Базарбаев | B
ru | первый заместитель министра | B
ru | Омурбекова | B
ky | Өмүрбекова | B
ky | Омурбекова | B
ru | Леденева | B
ru | доктор социологических наук | B
ru | Баштовенко | C
ru | Асанбаев | C
ru | Молдобаевой | C
en | Moldobaeva | C
ru | руководитель офиса | C
ru | Жанной Ташиевой | S
en | Deputy Chair | C
"""
NUMBER = """
ru | 710 | C
ru | 710 тысяч | C
ru | 616 тыс | C
ru | 40,1 млн евро | S
ru | 48 % молодёжь | C
ru | 28 государств | S
ru | 720040 | S
en | 710 | C
ru | +996 312 26 10 00 | S
ru | 9-я фаза | programmes/bomca-9
ru | II заседание | B
ru | 20 человек | S
"""
DATE = """
ru | 2023 | B
ru | 21 сентября 2023 | B
ru | 21 сентября | B
ru | сентябрь 2019 | S
ru | 17.09.2019 | S
ru | 2019-09-17 | S
ru | 17 сентября 2019 года | S
ru | 26 марта 2013 | P
ru | март 2012 | T
ru | 6 марта | T
ru | декабрь 2016 | C
ru | декабря 2017 года | C
en | September 2019 | S
en | 26 March 2013 | P
ky | 2019-жылдын сентябры | S
ru | 2013 год | P
"""
QUESTION = """
ru | когда был семинар по реинтеграции? | S
ru | где прошёл круглый стол о правах мигрантов | P
ru | кто финансирует БОМКА | S
ru | сколько граждан Кыргызстана работает в России | C
ru | какие проблемы обсудит совет по миграции | B
ru | кто организовал конференцию ко дню мигранта | C
ru | что такое стратегия интеграции мигрантов | T
ru | как связаться с ТШЦП | P
en | when was the reintegration seminar | S
en | how many migrants work in Turkey | C
ky | конференция качан болгон | C
ru | что такое МБОС | organizations/mbos
"""
GROUPS = {
    "inflected": INFLECTED,
    "abbreviation": ABBREVIATION,
    "former name": FORMER,
    "transliterated": TRANSLIT,
    "keyboard layout": LAYOUT,
    "typo": TYPO,
    "phrase": PHRASE,
    "person": PERSON,
    "number": NUMBER,
    "date": DATE,
    "question": QUESTION,
}
LEAST = {"typo": 0.9}
"""The share of a group that must be right; of another group 0.95."""

MISSING = ("ОБСЕ", "Женева", "Осло", "Токтогул", "2031", "Antarctica", "балык")
"""Words that are not in the archive: the page says so, and never marks another word for them."""


def queries(group: str) -> list[tuple[str, str, str]]:
    """The queries of a group: language, query, and the path of the page."""
    pages = {"P": P, "S": S, "T": T, "B": B, "C": C}
    lines = [line.split(" | ") for line in GROUPS[group].strip().splitlines()]
    return [(lang, query, pages.get(page, page)) for lang, query, page in lines]
