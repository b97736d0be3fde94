"""What editors paste from Word or type in a hurry is shown as they saw it, and no word is lost."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mksite.record.markdown.convert import render
from mksite.record.markdown.limit import TooMuch
from mksite.record.markdown.plain import plain_line, plain_text

ITEMS = "<ul>\n<li>права;</li>\n<li>жильё.</li>\n</ul>"
CASES: dict[str, tuple[str, str]] = {
    "list under a paragraph": ("Обсудили:\n- права;\n- жильё.", f"<p>Обсудили:</p>\n{ITEMS}"),
    "table under a paragraph": ("Итог:\n\n| а | б |\n|---|---|\n| в | г |", "<td>в</td><td>г</td>"),
    "list from five": ("5. пять\n6. шесть", '<ol start="5">'),
    "list that goes on after a paragraph": ("1. один\n\nТекст.\n\n2. два", '<ol start="2">'),
    "paragraph of a year": ("1996. Открыт центр.", "<p>1996. Открыт центр.</p>"),
    "paragraph of a day": ("26. марта прошла встреча", "<p>26. марта прошла встреча</p>"),
    "year after a paragraph": ("Так было.\n\n2012. Съезд.", "<p>2012. Съезд.</p>"),
    "two kinds of lists": ("- а\n- б\n\n1. в\n2. г", "</ul>\n<ol>"),
    "nesting by two spaces": ("- а\n  - б\n- в", "<ul>\n<li>а\n<ul>\n<li>б</li>"),
    "mail in brackets": (
        "<press@example.kg>",
        '<a href="mailto:press@example.kg">press@example.kg</a>',
    ),
    "bare address": ("См. https://a.kg/b.", '<a href="https://a.kg/b">https://a.kg/b</a>.'),
    "bare address in quotation marks": (
        "«https://a.kg/b»",
        '«<a href="https://a.kg/b">https://a.kg/b</a>»',
    ),
    "bare address in brackets": ("(https://a.kg/b_(c))", '(<a href="https://a.kg/b_(c)">'),
    "bare host": ("на www.iom.int, и", '<a href="https://www.iom.int">www.iom.int</a>,'),
    "bare mail": ("Пишите: a.b@c.kg.", '<a href="mailto:a.b@c.kg">a.b@c.kg</a>.'),
    "address in code": ("`https://a.kg`", "<p><code>https://a.kg</code></p>"),
    "address in a link": (
        "[https://a.kg](https://a.kg)",
        '<p><a href="https://a.kg">https://a.kg</a></p>',
    ),
    "hash tag": ("#ЗаПрава человека", "<p>#ЗаПрава человека</p>"),
    "definition that nobody uses": ("[Источник]: АКИпресс", "<p>[Источник]: АКИпресс</p>"),
    "definition that is used": (
        "[текст][и]\n\n[и]: https://a.kg",
        '<p><a href="https://a.kg">текст</a></p>',
    ),
    "footnote": ("Слово[^1].\n\n[^1]: Пояснение.", '<a href="#fn-1">1</a>'),
    "footnote's text": ("Слово[^1].\n\n[^1]: Пояснение.", '<div class="footnote" id="fn-1">'),
    "strike-through": ("~~нет~~ да", "<del>нет</del> да"),
    "link in a table": (
        "| а |\n|---|\n| [[prog|программа]] |",
        '<td><a href="entity:prog">программа</a></td>',
    ),
    "link over two lines": ("В [[Горы\nАзии]] и", '<a href="entity:%D0%93%D0%BE%D1%80%D1%8B%20'),
    "link in code": ("`[[iom|МОМ]]`", "<code>[[iom|МОМ]]</code>"),
    "link in a fence": ("```\n[[iom]]\n```", "<pre><code>[[iom]]"),
    "link in a link": ("[о [[iom|МОМ]]](https://a.kg)", '<a href="https://a.kg">о МОМ</a>'),
    "fence of four signs": ("````\nа\n```\n````", "<pre><code>а\n```\n</code></pre>"),
    "fence that nobody closed": ("```\nа\n~~~ б", "<pre><code>а\n~~~ б"),
    "three backticks on one line": ("```а``` б", "<p><code>а</code> б</p>"),
    "words behind a fence": ("```а б", "<p>```а б</p>"),
    "tag that nobody closed": ("<div класс\nслово", "<p>&lt;div класс\nслово</p>"),
    "words that no tag has": ("- <div класс>\n", "<li>&lt;div класс&gt;</li>"),
    "bullets of two levels": ("•\tа\n\t◦\tб", "<li>а\n<ul>\n<li>б</li>"),
    "first-line indent in English": ("    People came at ten.", "<p>People came at ten.</p>"),
    "code of one command": ("    git push", "<pre><code>git push"),
    "list from two under a colon": ("План:\n2. а\n3. б", '<p>План:</p>\n<ol start="2">'),
    "tag on two lines": ("<div\nlang='ky'>\nсөз</div>", '<div lang="ky">\nсөз</div>'),
    "first-line indent": (
        "    Встреча прошла в Бишкеке.\n    Далее.",
        "<p>Встреча прошла в Бишкеке.\nДалее.</p>",
    ),
    "first-line tab": ("\tВстреча прошла.\n\n\tДалее.", "<p>Встреча прошла.</p>\n<p>Далее.</p>"),
    "no-break spaces for an indent": ("\u00a0\u00a0\u00a0Встреча.", "<p>Встреча.</p>"),
    "paragraph of an item": ("- а\n\n    Ещё об а.", "<li>\n<p>а</p>\n<p>Ещё об а.</p>\n</li>"),
    "bullets as characters": ("•\tправа;\n•\tжильё.", ITEMS),
    "bullets after a paragraph": ("Обсудили:\n• права;\n• жильё.", f"<p>Обсудили:</p>\n{ITEMS}"),
    "numbers with brackets": ("1) права\n2) жильё", "<ol>\n<li>права</li>\n<li>жильё</li>\n</ol>"),
    "dashes for bullets": ("– права;\n– жильё.", ITEMS),
    "hyphens without spaces": ("-права;\n-жильё.", ITEMS),
    "speech that begins with a dash": ("— Мы рады, — сказал он.", "<p>— Мы рады, — сказал он.</p>"),
    "rule under a sentence": ("Конец текста.\n---\nКонтакты", "<p>Конец текста.</p>\n<hr>"),
    "asterisks between digits": ("2*3*4", "<p>2*3*4</p>"),
    "paragraphs of one line each": (
        f"{'слово ' * 40}конец.\nНовый абзац.",
        "конец.</p>\n<p>Новый абзац.</p>",
    ),
    "short lines stay together": ("Раз.\nДва.", "<p>Раз.\nДва.</p>"),
    "picture with a space in its name": ("![Зал](Фото 1.jpg)", 'src="attachment:%D0%A4'),
    "link to a source": ("[там](../2013/x.md)", '<a href="entity:x">там</a>'),
    "link to a source of a kind": (
        "[там](../../organizations/iom.md)",
        '<a href="entity:organizations%2Fiom">',
    ),
    "link to a host": ("[МОМ](www.iom.int)", '<a href="https://www.iom.int">МОМ</a>'),
    "link to a mail": ("[пишите](a@b.kg)", '<a href="mailto:a@b.kg">пишите</a>'),
    "anchor as GitHub writes it": (
        "## О правах\n\n[ниже](#о-правах)",
        '<a href="#s-o-pravakh">ниже</a>',
    ),
    "entity": ("а &amp; б &mdash; в", "а &amp; б — в"),
    "soft hyphen": ("миг\u00adрант", "<p>мигрант</p>"),
    "letters with marks apart": ("и\u0306", "<p>й</p>"),
    "hard break": ("строка  \nдругая", "строка<br>\nдругая"),
    "quotation": ("> слова\n> ещё", "<blockquote>\n<p>слова\nещё</p>\n</blockquote>"),
    "top heading": ("# Итоги", '<h2 id="s-itogi">Итоги</h2>'),
}


@pytest.mark.parametrize("name", CASES)
def test_shown_as_meant(name: str) -> None:
    """Each of these is shown so."""
    text, expected = CASES[name]
    assert expected in render(text).html.replace("\u00a0", " ")


REMARKS: dict[str, tuple[str, list[tuple[int, int, str]]]] = {
    "nothing": ("Текст [[iom]] и [[МОМ|МОМ]].", []),
    "link without an end": ("а\n\nТекст [[iom и", [(3, 7, "open-link")]),
    "link with half an end": ("Текст [[iom] и", [(1, 7, "open-link")]),
    "conflict": (
        "<<<<<<< HEAD\nа\n=======\nб\n>>>>>>> x",
        [(1, 1, "conflict-marker"), (3, 1, "conflict-marker"), (5, 1, "conflict-marker")],
    ),
    "heading underlined by equals signs": ("Глава\n=======\n", []),
    "frame": ("а\n\n<iframe src=x></iframe>", [(3, 1, "element-removed")]),
    "video": ("<video controls></video>", [(1, 1, "element-removed")]),
    "comment": ("а\n\n<!-- заметка -->", [(3, 1, "comment-removed")]),
    "script": ("<script>a</script>", [(1, 1, "element-removed")]),
    "table without a head": ("| а | б |\n| в | г |", [(1, 1, "table-without-head")]),
    "table": ("| а | б |\n|---|---|\n| в | г |\n| д | е |", []),
    "cell without a column": (
        "| а | б |\n|---|---|\n| в | г |\n| д | [[iom|е]] | ё |",
        [(4, 1, "table-extra-cell")],
    ),
    "bar that is text": ("| а | б |\n|---|---|\n| в | г\\|д |", []),
    "bars in code": ("```\n| а | б |\n| в | г |\n```", []),
}


@pytest.mark.parametrize("name", REMARKS)
def test_remarks(name: str) -> None:
    """What cannot be read as meant for certain is told with its line and column."""
    text, expected = REMARKS[name]
    assert [(r.line, r.column, r.code) for r in render(text).remarks] == expected


PIECES = st.sampled_from(
    [
        *("слово", "Word", "1996.", "26.", "2)", "2*3*4", " ", "  ", "\n", "\n\n", "    ", "\t"),
        *("*", "**", "_", "#", "# ", "## ", "- ", "* ", "1. ", "> ", "---", "===", "•\t", "– "),
        *("|", "| а | б |\n", "|---|---|\n", ":", "!", "[", "]", "(", ")", "[[iom]]", "[[А|б]]"),
        *("[а](b.pdf)", "[а]: https://a.kg\n", "[а]", "[^1]", "[^1]: сноска\n", "[[", "]]"),
        *("https://a.kg", "www.a.kg", "a@b.kg", "`", "```\n", "~~", "&amp;", "&", "<b>", "</b>"),
        *("<", ">", "\\", "«", "»", "\u00a0", "\u00ad", "5.", "жильё", "(слово)", "\n- ", "\n1. "),
    ]
)
WORDS = re.compile(r"[^\W\d_]{2,}|\d{4}")  # the number of an item may be counted anew


@given(st.lists(PIECES, max_size=25).map("".join))
@example("слово\n---\n")
@example("[а]: https://a.kg\n")
@example("- слово\n1. слово\n")
@settings(max_examples=1500)
def test_no_word_is_lost(text: str) -> None:
    """Every word of the source is in the page's text, in an address there, or told of."""
    made = render(text)
    told = " ".join(value for remark in made.remarks for _, value in remark.values)
    seen = (plain_text(made.html) + unquote(made.html) + " ".join(made.mentions) + told).lower()
    said = re.sub(r"(?:`{3,}|~{3,})\s*[A-Za-z]+", "", text.replace("\u00ad", ""))
    for word in WORDS.findall(said.replace("&amp;", " ")):
        assert word.lower() in seen


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=500)
def test_safe_and_steady(text: str) -> None:
    """No mark of our own is left, and the same text gives the same HTML."""
    made = render(text)
    assert not re.search("[\ue000\ue001]", made.html)
    assert render(text) == made


@pytest.mark.parametrize(
    "text",
    [
        "<![CDATA[" * 5000,
        "[a](" * 10_000,
        "## Глава\n\n" * 20_000,
        "<b>" * 200_000,
        "[" * 50_000,
        "*" * 50_000,
        "*a " * 20_000,
        '"а ' * 20_000,
        "[[a " * 20_000,
        "|" * 100_000,
        "| а " * 25_000 + "|\n" + "|---" * 25_000 + "|\n",
        "\n" * 4_000_000,
        "iVBORw0KGgo" * 50_000,
        "https://a.kg/" * 20_000,
        "a@" * 50_000,
        "&amp;" * 50_000,
        "> " * 20_000,
        "1. " * 20_000,
        "`" * 50_000 + "a",
        "[^1]" * 20_000 + "\n\n[^1]: a",
        "- а\n" * 50_000,
        "\\" * 100_000,
        "[[iom|а]] " * 20_000,
        "<a href='x'>" * 20_000,
        "<div>" * 20_000,
        "_" * 100_000,
        "~" * 100_000,
        "![" * 30_000,
        "[a]: b\n" * 20_000,
        "[a" + "]" * 30_000,
        "    слово\n" * 60_000,
        "- а\n" + "    слово\n" * 60_000,
        "=======\n" * 60_000,
        "".join(f"<x{number}>" for number in range(20_000)),
        "1996. а\n\n" * 40_000,
        "[[а\n" * 40_000,
        "<a\n" * 60_000,
        "|-|-|\n" * 60_000,
        "`` ` " * 20_000,
        "".join(f"[а{number}]: б\n" for number in range(20_000)),
    ],
    ids=range(40),
)
def test_no_text_hangs(text: str) -> None:
    """Texts that nobody types are converted or refused; the suite's time is the bound."""
    with suppress(TooMuch):
        render(text, "en")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Итоги **встречи**", "Итоги встречи"),
        ("[МОМ](https://iom.int) и `код`", "МОМ и код"),
        ("2 * 3 и а_б_в", "2 * 3 и а_б_в"),
        ("Простой <текст>", "Простой <текст>"),
        ("Важно \\*", "Важно *"),
    ],
)
def test_titles_are_plain(text: str, plain: str) -> None:
    """Markdown in a title or summary is reduced to its words."""
    assert plain_line(text) == plain


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://a.kg/b).", "http://a.kg/b"),
        ("http://a.kg/(b).", "http://a.kg/(b)"),
        ("http://a.kg/(b))).", "http://a.kg/(b)"),
        ("http://a.kg/((b))…", "http://a.kg/((b))"),
    ],
)
def test_brackets_behind_an_address(text: str, address: str) -> None:
    """What closes a bracket that the address has opened belongs to it (GFM, 6.9)."""
    assert f'href="{address}"' in render(text).html


@pytest.mark.parametrize(
    ("target", "is_file"),
    [("a b.pdf", True), ("a b", False), ("a.b c", False), ("a.pdf", False), ("a b.longer", False)],
)
def test_spaces_in_the_name_of_a_file(target: str, is_file: bool) -> None:  # noqa: FBT001
    """A target with spaces is a link where it ends as a file's name does."""
    assert ("href=" in render(f"[а]({target})").html) == (is_file or " " not in target)
