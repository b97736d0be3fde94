"""Kyrgyz."""

from __future__ import annotations

from mksite.language.language import CitationWords, DateWords, Language, TypographyRules

KYRGYZ = Language(
    code="ky",
    locale="ky_KG",
    biblatex="kyrgyz",
    script="Cyrillic",
    decimal_comma=True,
    citation_style="gost",
    dates=DateWords(
        cldr="ky",
        phrases={
            "day": "{d}-{m}",
            "day:of": "{d}-{of}",
            "day:since": "{d}-{of}н{v}н",
            "day:until": "{d}-{of}н{v}",
            "days": "{d}–{d2}-{m}",
            "days:of": "{d}–{d2}-{of}",
            "days-months": "{d}-{m}_– {d2}-{m2}",
            "days-months:of": "{d}-{of}_– {d2}-{of2}",
            "month": "{m}",
            "month:of": "{of}",
            "month:since": "{of}н{v}н",
            "month:until": "{of}н{v}",
            "months": "{m}–{m2}",
            "months:of": "{of}–{of2}",
            "year": "{y}-жыл",
            "year:since": "{y}-жылдан",
            "year:until": "{y}-жылга",
            "years": "{y}–{y2}-жылдар",
            "decade": "{y}-жылдар",
            "decade:since": "{y}-жылдардан",
            "decade:until": "{y}-жылдарга",
        },
        seasons=("жаз", "жай", "күз", "кыш"),
        seasons_of=("жазы", "жайы", "күзү", "кышы"),
        in_year="{y}-жылдын {part}",
        in_year_case="of",
        in_year_short="{y}-ж. {part}",
        year_short="{y}-ж.",
        probably="кыязы, {}",
        year_in_doubt="жылы күмөндүү",
        year_estimated="жылы болжолдуу",
        about="{} чамасында",
        about_short="{} чамасында",
        roughly="болжол менен {}",
        since="{} бери",
        since_second="{} бери",
        until="{} чейин",
        start="башталышы: {}",
        end="аягы: {}",
        no_start="башталышы белгисиз",
        no_end="аягы белгисиз",
        no_date="датасы белгисиз",
        no_exact_date="так датасы белгисиз",
        no_year="жылы белгисиз",
        no_month="айы белгисиз",
        no_day="күнү белгисиз",
        no_month_and_day="айы жана күнү белгисиз",
        either=" же ",
        either_year="{}-жыл",
        or_earlier="{} же андан мурун",
        or_later="{} же андан кийин",
        months_alone="format",  # alone, CLDR capitalizes a month as the head of a page
        # The possessive after «жылдын», by vowel harmony.
        month_endings=("ы", "ы", "ы", "и", "ы", "у", "у", "у", "ы", "ы", "ы", "ы"),
        vowels={"04": "е", "23": "ө"},  # апрелинен, күзүнөн; else мартынан
        vowel="а",
    ),
    typography=TypographyRules(
        outer_quotes=("«", "»"),
        inner_quotes=("„", "“"),
        dash="\N{NO-BREAK SPACE}— ",
        units=(
            r"ж\.|жыл|миң\b|млн\b|млрд\b|сом\b|доллар|евро\b|км\b|кг\b|га\b|м\b|саат|мүнөт|б\.|январ|феврал"
            r"|март|апрел|май|июн|июл|август|сентябр|октябр|ноябр|декабр"
        ),
        particles=r"(?=[—дт])(?=—|[дт][аеоө][^\w-])",  # Kyrgyz has no prepositions
    ),
    citation=CitationWords(
        press_release="пресс-релиз",
        electronic="Текст : электрондук",
        site="сайт",
        read_on="кайрылган күнү",
        reader_date="КК.АА.ЖЖЖЖ",
        and_others="ж. б.",
        no_year="жылы белгисиз",
        about="{} чамасында",
        dated="Жарыяланган күнү: {}",
        event="Иш-чаранын күнү: {}",
    ),
    feed_leaves_out="Жылы белгисиз болгондуктан кирбей калган пресс-релиздер: {count}.",
    calendar_leaves_out="Күнү так белгисиз болгондуктан кирбей калган иш-чаралар: {count}.",
    calendar_is_cut="Кирбей калган мурдагы иш-чаралар: {count}.",
)
