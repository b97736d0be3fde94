"""Russian."""

from __future__ import annotations

from mksite.language.language import CitationWords, DateWords, Language, TypographyRules

RUSSIAN = Language(
    code="ru",
    locale="ru_RU",
    biblatex="russian",
    script="Cyrillic",
    decimal_comma=True,
    citation_style="gost",
    countries={"KG": "Кыргызстан"},
    dates=DateWords(
        cldr="ru",
        phrases={
            "day": "{d}_{of}",
            "days": "{d}–{d2}_{of}",
            "days-months": "{d}_{of}_– {d2}_{of2}",
            "month": "{m}",
            "month:about": "{of}",
            "month:since": "{of}",
            "month:until": "{of}",
            "months": "{m}–{m2}",
            "year": "{y}_г.",
            "years": "{y}–{y2}_гг.",
            "decade": "{y}-е_гг.",
            "decade:about": "{y}-х_гг.",
            "decade:since": "{y}-х_гг.",
            "decade:until": "{y}-х_гг.",
        },
        seasons=("весна", "лето", "осень", "зима"),
        seasons_of=("весны", "лета", "осени", "зимы"),
        in_year="{part} {y}_г.",
        in_year_short="{part} {y}_г.",
        year_short="{y}_г.",
        probably="предположительно {}",
        about="около {}",
        about_short="ок._{}",
        roughly="примерно {}",
        since="с_{}",
        since_second="со_{}",
        until="до_{}",
        start="начало: {}",
        end="окончание: {}",
        no_start="начало неизвестно",
        no_end="окончание неизвестно",
        no_date="дата неизвестна",
        no_exact_date="точная дата неизвестна",
        no_year="год неизвестен",
        no_month="месяц неизвестен",
        no_day="число неизвестно",
        no_month_and_day="месяц и число неизвестны",
        either=" или ",
        either_year="{}_г.",
        or_earlier="{} или раньше",
        or_later="{} или позже",
    ),
    typography=TypographyRules(
        outer_quotes=("«", "»"),
        inner_quotes=("„", "“"),
        dash="\N{NO-BREAK SPACE}— ",
        units=(
            r"гг?\.|вв?\.|год[аук]?\b|годов\b|лет\b|век[аеу]?\b|млн\b|млрд\b|тыс\.|руб\.|сом(?:ов|а)?\b"
            r"|долл\.|евро\b|км\b|кг\b|га\b|м\b|чел\.|ч\.|мин\.|стр\.|с\.|января|февраля|марта|апреля|мая\b"
            r"|июня|июля|августа|сентября|октября|ноября|декабря"
        ),
        # Short prepositions and conjunctions (Milchin, Spravochnik izdatelya i avtora).
        words_after=(
            "[вкосуияаВКОСУИЯА]",
            "во|ко|со|об|от|до|за|на|по|из|не|ни|но|да|Во|Ко|Со|Об|От|До|За|На|По|Из|Не|Ни|Но|Да",
            "для|без|при|под|над|про|или|Для|Без|При|Под|Над|Про|Или",
        ),
        particles=r"(?=[—жбл])(?=—|(?:же?|бы?|ли)[^\w-])",
        abbreviated=r"[А-ЯЁ]|[екдпо]\.",
    ),
    citation=CitationWords(
        press_release="пресс-релиз",
        electronic="Текст : электронный",
        site="сайт",
        read_on="дата обращения",
        reader_date="ДД.ММ.ГГГГ",
        and_others="и др.",
        no_year="б. г.",
        about="ок. {}",
        dated="Дата публикации: {}",
        event="Дата события: {}",
    ),
    feed_leaves_out="Не вошли пресс-релизы, год которых неизвестен: {count}.",
    calendar_leaves_out="Не вошли события, дата которых точно не известна: {count}.",
    calendar_is_cut="Не вошли более ранние события: {count}.",
)
