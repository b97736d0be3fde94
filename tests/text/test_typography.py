"""Texts are set by the rules of their language, and nothing but texts is touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mksite.language.languages import LANGUAGES
from mksite.record.markdown import convert
from mksite.text.slips import NBSP
from mksite.text.typography import typeset, typeset_line

LANGS = sorted(LANGUAGES)
PIECES = (
    *('"', "'", "«", "»", "„", "“", "”", "‘", "’", " ", "\n", NBSP, "-", "--", "–", "—", ".", ","),
    *("(", ")", "5", "12", "2013", "№", "§", "%", "г.", "т.", "е.", "А.", "Б.", "же", "бы", "да"),
    *("в", "и", "на", "для", "Бишкек", "март", "млн", "ещё", "it", "s", "May", "миң", "&amp;"),
    *("...", "5 ,", " ,", "°C", "2012-2014", "3-5", "8000", ";", "(", "млн", "  "),
    *("https://a.example/it's-x", "a@b.example", "о'кей"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
TAGS = ("p", "em", "a", "li", "code", "pre", "kbd", "h2")
elements = st.recursive(
    texts,
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4), texts).map(
        lambda found: (
            f'<{found[0]} title="{found[2].replace(chr(34), "&quot;")}">'
            f"{''.join(found[1])}</{found[0]}>\n"
        )
    ),
    max_leaves=12,
)


def shown(text: str) -> str:
    """The text with its no-break spaces as `_`."""
    return text.replace(NBSP, "_")


@pytest.mark.parametrize(
    ("lang", "given_text", "wanted"),
    [
        ("ru", '"Права" и "Труд"', "«Права» и_«Труд»"),
        ("ru", 'ОО "Центр "Ош"" и др.', "ОО «Центр „Ош“» и_др."),
        ("ru", 'Центр «Дом "Надежда"»', "Центр «Дом „Надежда“»"),
        ("ru", '("Закон")', "(«Закон»)"),
        ("ru", 'экран 5" и дом', 'экран 5" и_дом'),
        ("ru", 'экран 5" и "дом"', 'экран 5" и_«дом»'),
        ("ru", "Миграция - это труд -- и дом – тоже", "Миграция_— это труд_— и_дом_— тоже"),
        ("ru", "пресс-релиз 2012 - 2014", "пресс-релиз 2012–2014"),
        ("ru", "Сказано — сделано", "Сказано_— сделано"),
        ("ru", "В г. Ош и на юге для всех", "В_г._Ош и_на_юге для_всех"),
        ("ru", "из-за него по-новому", "из-за него по-новому"),
        ("ru", "Он же был бы там ли?", "Он_же был_бы там_ли?"),
        (
            "ru",
            "5 % из 1 000 000 человек, 40,1 млн евро",
            "5_% из_1_000_000 человек, 40,1_млн евро",
        ),
        ("ru", "26 марта 2013 г. и XX в.", "26_марта 2013_г. и_XX в."),
        ("ru", "№ 5 и § 12", "№_5 и_§_12"),
        ("ru", "А. Б. Иванов, т. е. он", "А._Б._Иванов, т._е. он"),
        ("ru", "Конец 2012\nв\nБишкеке", "Конец 2012\nв_Бишкеке"),
        ("ky", '"Укук" - бул ал да жана 5 миң', "«Укук»_— бул ал_да жана 5_миң"),
        ("ky", "в Оше", "в Оше"),
        ("ru", "“Права” и „Труд“", "«Права» и_«Труд»"),
        ("ru", "Центр «Дом “Надежда”»", "Центр «Дом „Надежда“»"),
        ("ru", "„Дом „Надежда“ и сад“", "«Дом „Надежда“ и_сад»"),
        ("ru", 'Сказано: "он" ушёл" и "всё"', 'Сказано: «он» ушёл" и_«всё»'),
        ("en", 'He said "yes" and 5" and "no"', 'He said “yes” and 5" and “no”'),
        ("ru", "8000-15000 сомов, 5-7 октября", "8000–15000_сомов, 5–7_октября"),
        ("ru", "т. 65-43-21, закон 127-1, 2013-03", "т. 65-43-21, закон 127-1, 2013-03"),
        ("ru", "https://a.kg/2012-2014 и 2012-2014гг.", "https://a.kg/2012-2014 и_2012–2014_гг."),
        ("ru", "-5°C и 3-5 км", "−5_°C и_3–5_км"),
        ("ru", "слово ,слово и слово , слово .", "слово, слово и_слово, слово."),
        ("ru", "слово,слово и 1,5", "слово, слово и_1,5"),
        ("ru", "№5 в 2013г. и...  да", "№_5 в_2013_г. и… да"),
        ("ru", "5м, 5млн, 5-й, 26марта", "5_м, 5_млн, 5-й, 26_марта"),
        ("en", "\"It's the 'one'\" - a right", "“It’s the 'one'”—a right"),
        ("en", 'He said "the "new" law"', "He said “the ‘new’ law”"),
        ("en", "26 March, 5 million", "26_March, 5_million"),
        ("en", "https://a.example/it's", "https://a.example/it's"),
        ("de", '"Recht" - 5 %', '"Recht" - 5 %'),
    ],
)
def test_each_language_has_its_rules(lang: str, given_text: str, wanted: str) -> None:
    """Quotation marks, dashes and spaces; a language without rules keeps its text."""
    assert shown(typeset_line(given_text, lang)) == wanted


def test_quotation_marks_know_of_tags_and_end_with_their_paragraph() -> None:
    """A link within a quotation does not part it; one that is left open stays as it is."""
    html = '<p>"<a href="/x/">Закон</a>" принят "вчера</p>\n<p>"Сегодня"</p>\n'
    wanted = '<p>«<a href="/x/">Закон</a>» принят "вчера</p>\n<p>«Сегодня»</p>\n'
    assert typeset(html, "ru") == wanted


def test_code_stays_as_it_is() -> None:
    """Nothing within code, pre and kbd is set, and what stands around is."""
    html = '<p>В "Word" <code>a - "b" в с</code> и <kbd>в <em>"к"</em> с</kbd> в тексте</p>'
    wanted = '<p>В_«Word» <code>a - "b" в с</code> и_<kbd>в <em>"к"</em> с</kbd> в_тексте</p>'
    assert typeset(html, "ru") == shown(wanted).replace("_", NBSP)


@given(elements, st.sampled_from(LANGS))
@example('<a title="a > &quot;b&quot; - в с">"в"</a>', "ru")
def test_tags_and_attributes_stay_as_they_are(html: str, lang: str) -> None:
    """The tags of what is set are those of what was given."""
    tag = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
    assert tag.findall(typeset(html, lang)) == tag.findall(html)


@given(elements, st.sampled_from(LANGS))
@example('"“"""""', "en")
@example('<p title="«">“"""""</p>\n', "en")
def test_what_is_set_stays_so(html: str, lang: str) -> None:
    """Setting twice is setting once, for pages and for lines."""
    once = typeset(html, lang)
    assert typeset(once, lang) == once
    line = typeset_line(html, lang)
    assert typeset_line(line, lang) == line


@given(texts, st.sampled_from(LANGS))
def test_no_word_is_lost(text: str, lang: str) -> None:
    """But for marks, dashes, apostrophes, three dots and spaces, the text is the same."""
    marks = re.compile(r"[\"'«»„“”‘’\s—–-]|\.{3}|…|−")
    assert marks.sub("", typeset_line(text, lang)) == marks.sub("", text)


def test_a_body_is_set_in_its_language() -> None:
    """A body's text is set; its addresses, code, ids and link targets are not."""
    markdown = (
        '## Что "такое" в `a - "b"`\n\nСм. [в "доме"](https://a.example/-/) и [[iom|в "МОМ"]].\n'
    )
    found = convert.render(markdown, "ru")
    assert shown(found.html) == (
        '<h2 id="s-chto-takoe-v-a-b">Что «такое» в_<code>a - "b"</code></h2>\n'
        '<p>См. <a href="https://a.example/-/">в_«доме»</a>'
        ' и_<a href="entity:iom">в_«МОМ»</a>.</p>'
    )
    assert found.headings[0].text == 'Что «такое» в a - "b"'
    assert found.mentions == ("iom",)


def test_apostrophes_of_addresses_stay() -> None:
    """A word is set, and an address with the same sign beside it is not."""
    given = "don't http://a.kg/don't don't a'b@c.kg www.a'b.kg it's"
    assert typeset_line(given, "en") == "don’t http://a.kg/don't don’t a'b@c.kg www.a'b.kg it’s"
