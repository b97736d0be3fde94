"""Hostile bodies against patterns of our own: each makes some expression try many ways."""

from __future__ import annotations

from tests.hostile.bodies import REPEATED, base64_text, repeated
from tests.hostile.case import RELEASE, Case, body, front, release

EN, KY = RELEASE.replace(".md", ".en.md"), RELEASE.replace(".md", ".ky.md")


def english(text: str) -> Case:
    """A release in English with this body."""
    return lambda: {RELEASE: release(), EN: f"---\ntitle: Meeting\n---\n{text}"}


def kyrgyz(text: str) -> Case:
    """A release in Kyrgyz with this body."""
    return lambda: {RELEASE: release(), KY: f"---\ntitle: Жыйын\n---\n{text}"}


def titled(unit: str) -> Case:
    """A release whose title and summary say one thing as often as they may."""
    text = (unit * 5_000)[:4_900]
    return lambda: {RELEASE: f"---\ntitle: |\n  *a* {text}\nsummary: |\n  *a* {text}\n---\n{text}"}


TITLES = ("[a](", "![", "[", "`", "*a_", "**a", "<", "<a ", "&#", "\\", "_a", "a*", "](", "<!--")

PATTERNS: dict[str, Case] = {
    "words of digits": body(lambda: ("1" * 1_900 + " ") * 90),
    "words of letters and hyphens": body(lambda: ("a-" * 2_400 + " ") * 200),
    "words of hyphens": body(lambda: ("a" + "-" * 4_800 + " ") * 200),
    "words of letters": body(lambda: ("ы" * 1_900 + " ") * 9),
    "marks in two orders": body(lambda: "a" + "\u0301\u0316" * 200_000),
    "marks in two orders in words": body(lambda: ("a" + "\u0301\u0316" * 2_000 + " ") * 60),
    "marks that combine in a row": body(lambda: "\u1100\u1161\u11a8" * 60_000),
    "mails of plus signs": body(lambda: "a+." * 100_000),
    "mails of hyphens and dots": body(lambda: "+-." * 100_000),
    "mails behind brackets": body(lambda: "(a.a-" * 60_000),
    "a target of words": body(lambda: "](" + "a b " * 100_000),
    "targets of words": body(lambda: ("](" + "a b " * 5_000 + "\n") * 20),
    "targets of dots": body(lambda: "[a](" + "a .b" * 60_000),
    "a row of spaces": body(lambda: "|a|\n|-" + " " * 200_000 + "x|\n"),
    "rows of spaces": body(lambda: "|a|\n" + ("|-" + " " * 4_000 + "x|\n") * 50),
    "a row of dashes and spaces": body(lambda: "|a|\n|" + "- " * 100_000 + "x|\n"),
    "a list of signs": body(lambda: (">" * 3_000 + "1.") * 40 + "``` a b"),
    "an address of brackets": body(lambda: "http://a.b/" + "()" * 60_000),
    "an address of closing signs": body(lambda: "http://a.b/" + ")." * 90_000),
    "addresses of closing signs": body(lambda: ("http://a.b/" + ")." * 2_000 + " ") * 60),
    "a pasted picture in English": english("The picture: " + base64_text(400_000)),
    "a pasted picture in lines": body(lambda: "\n".join(base64_text(3_000) for _ in range(150))),
    "apostrophes in English": english("a'" * 200_000),
    "signs in English": english("a'.;" * 100_000),
    "addresses in English": english("a'a@" * 90_000),
    "quotation marks in English": english('a "b\'s" ' * 40_000),
    "quotation marks in Kyrgyz": kyrgyz('а "б" - ' * 40_000),
    "tags around quotation marks": body(lambda: '<b>"</b>' * 15_000),
    "quotation marks in one paragraph of tags": body(lambda: '"' + "<b></b>" * 20_000 + '"'),
    "definitions in brackets": body(lambda: "[" * 3_000 + "]: a\n" + "[a]: " * 20_000),
    "backslashes in labels": body(lambda: "[" + "\\]" * 100_000 + "]: a\n"),
    "labels of backslashes": body(lambda: ("[" + "\\" * 201 + "]") * 1_000 + "\n[a]: b\n"),
    "tags with quotes": body(lambda: "<p " + "'\"" * 100_000 + ">"),
    "tags of equal signs": body(lambda: "<p a" + "=" * 200_000 + ">"),
    "conflicts within lines": body(lambda: "<<<<<<<" * 60_000),
    "headings in HTML": body(lambda: "<h2>" * 20_000),
    "headings across": body(lambda: "<h2><h3>" * 4_000 + "</h2></h3>" * 4_000),
    "code in HTML": body(lambda: "<code>" * 20_000 + "</code>" * 20_000),
    "links in code": body(lambda: "`[[a]]` " * 20_000),
    "one link many times": body(lambda: "[[attack]] " * 20_000),
    "pictures of one file": body(lambda: "![a](b.jpg) " * 20_000),
    "paths many times": body(lambda: "[a](/b/) " * 20_000),
    "anchors": body(lambda: "[a](#b) " * 30_000),
    "mistaken lines": front(lambda: "".join(f"a{n}:b\n" for n in range(390))),
    "mistaken quotes": front(lambda: "".join(f'a{n}: "b" c\n' for n in range(390))),
    "mistaken brackets": front(lambda: "".join(f"a{n}: [b\n" for n in range(390))),
    "mistaken signs": front(lambda: "".join(f"a{n}: @b\n" for n in range(390))),
    "mistaken spaces": front(lambda: "".join(f"a{n}:\u00a0b\n" for n in range(390))),
    **{f"a title of {unit}": titled(unit) for unit in TITLES},
    **{
        f"{name} in English": english(repeated(unit, count))
        for name, (unit, count) in REPEATED.items()
        if unit in ("'", '"a ', 'a" ', "«", "a - ", "a@", "a.", "http://", "www.", "А.", "1 ")
    },
}
