"""Hostile bodies: what makes converters, patterns and browsers slow or lets them recurse."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from random import Random

from tests.hostile.case import Case, body


def noise(count: int, seed: int = 15) -> bytes:
    """Bytes that compress to nothing, the same each time."""
    return Random(seed).randbytes(count)  # noqa: S311  no secret


def base64_text(count: int) -> str:
    """A picture pasted as text."""
    return b64encode(noise(count)).decode()


def repeated(unit: str, count: int) -> str:
    """A text that says one thing."""
    return unit * count + "\n"


# A unit of Markdown that is repeated, and how often.
REPEATED: dict[str, tuple[str, int]] = {
    "open CDATA": ("<![CDATA[", 20_000),
    "open comments": ("<!-- ", 40_000),
    "open declarations": ("<!A ", 40_000),
    "open instructions": ("<?a ", 40_000),
    "open links": ("[a](", 40_000),
    "open links with angles": ("[a](<b", 40_000),
    "open pictures": ("![a](", 40_000),
    "open brackets": ("[", 200_000),
    "closed brackets": ("]", 200_000),
    "nested brackets": ("[a][", 60_000),
    "reference labels": ("[a]", 100_000),
    "open wiki links": ("[[a", 60_000),
    "wiki brackets": ("[[", 100_000),
    "wiki bars": ("[[a|", 60_000),
    "broken wiki links over lines": ("[[a\n", 60_000),
    "wiki links": ("[[никто]] ", 20_000),
    "stars": ("*", 200_000),
    "stars and letters": ("*a ", 100_000),
    "strong and letters": ("**a ", 80_000),
    "alternating emphasis": ("*a_", 80_000),
    "closing emphasis": ("a** ", 80_000),
    "underscores": ("_a", 100_000),
    "tildes": ("~~a ", 80_000),
    "backticks of one length": ("`a ", 80_000),
    "backslashes": ("\\", 300_000),
    "entities": ("&amp;", 80_000),
    "open entities": ("&#", 150_000),
    "unknown entities": ("&aaaaaaaaaaaaaaaaaaaaaaaa", 15_000),
    "angle brackets": ("<", 300_000),
    "closing angles": (">", 300_000),
    "open bold tags": ("<b>", 100_000),
    "closing bold tags": ("</b>", 100_000),
    "open links in HTML": ("<a href='x'>", 40_000),
    "tables in tables": ("<table><tr><td>", 20_000),
    "open fonts": ("<font>", 60_000),
    "open SVG": ("<svg>", 60_000),
    "open MathML": ("<math><mi>", 40_000),
    "open templates": ("<template>", 40_000),
    "open selects": ("<select>", 40_000),
    "open scripts": ("<script>", 60_000),
    "open styles": ("<style>", 60_000),
    "attributes without end": ("<a b='", 60_000),
    "quotes within a tag": ('<a "', 60_000),
    "quotation marks": ('"a ', 100_000),
    "closing quotation marks": ('a" ', 100_000),
    "guillemets": ("«", 200_000),
    "hyphens between words": ("a - ", 100_000),
    "apostrophes": ("a'", 200_000),
    "at signs": ("a@", 200_000),
    "dots of mail": ("a.", 200_000),
    "mail without end": ("a@a.", 100_000),
    "web addresses": ("http://", 60_000),
    "web addresses of one letter": ("http://a.b ", 40_000),
    "www": ("www.", 100_000),
    "brackets behind an address": (")", 200_000),
    "digits": ("1", 300_000),
    "numbers and spaces": ("1 ", 200_000),
    "initials": ("А.", 200_000),
    "tabs": ("\t", 300_000),
    "spaces": (" ", 400_000),
    "empty lines": ("\n", 4_000_000),
    "no-break spaces": ("\u00a0", 200_000),
    "combining marks": ("\u0301", 200_000),
    "zero-width spaces": ("\u200b", 300_000),
    "right-to-left marks": ("\u202e", 200_000),
    "quotes": ("> ", 20_000),
    "quotes on lines": ("> a\n", 100_000),
    "lists in a line": ("- ", 20_000),
    "items": ("- a\n", 100_000),
    "numbered items": ("1. a\n", 100_000),
    "headings": ("# a\n", 20_000),
    "headings without words": ("## \n", 20_000),
    "underlined headings": ("a\n=\n", 40_000),
    "rules": ("---\n\n", 80_000),
    "bars": ("|", 100_000),
    "rows": ("|a|b|\n", 60_000),
    "footnotes": ("[^1]", 60_000),
    "footnotes without end": ("[^", 100_000),
    "definitions of one footnote": ("[^1]: a\n\n", 40_000),
    "definitions of one link": ("[a]: b\n", 60_000),
    "definitions without address": ("[a]:\n", 60_000),
    "fences": ("```\n", 80_000),
    "fences in quotes": ("> ```\n\n", 40_000),
    "indented lines": ("    a\n", 80_000),
    "indented Cyrillic": ("     а\n", 80_000),
    "conflict marks": ("<<<<<<< \n", 50_000),
    "bullets of Word": ("• a\n", 80_000),
    "dashes of Word": ("– a\n", 80_000),
    "multiplications": ("1*2", 100_000),
    "targets with spaces": ("](a b", 60_000),
    "hard breaks": ("a  \n", 100_000),
    "images": ("![](a.jpg)", 20_000),
    "pictures elsewhere": ("![a](http://a.b/c.png)", 10_000),
    "null-like signs": ("\\0", 100_000),
    "surrogates of emoji": ("👩‍👩‍👧", 60_000),
}
MADE: dict[str, Case] = {
    "headings of other words": body(lambda: "".join(f"## a{n}\n" for n in range(40_000))),
    "headings that meet": body(lambda: "".join(f"## a {n % 9}\n" for n in range(15_000))),
    "broken links": body(lambda: "".join(f"[a](b{n}.pdf)\n" for n in range(20_000))),
    "broken wiki links": body(lambda: "".join(f"[[никто {n}]]\n" for n in range(20_000))),
    "broken paths": body(lambda: "".join(f"[a](/b{n}/)\n" for n in range(20_000))),
    "broken pictures": body(lambda: "".join(f"![](b{n}.jpg)\n" for n in range(10_000))),
    "elements of other names": body(lambda: "".join(f"<a{n}>" for n in range(38_000))),
    "definitions of other links": body(lambda: "".join(f"[a{n}]: b\n" for n in range(30_000))),
    "definitions that hide others": body(lambda: "".join(f"[a{n}]: b\n'\n" for n in range(20_000))),
    "footnotes of other names": body(
        lambda: (
            "".join(f"[^{n}] " for n in range(20_000))
            + "\n\n"
            + "".join(f"[^{n}]: a\n\n" for n in range(20_000))
        )
    ),
    "backticks of all lengths": body(lambda: " ".join("`" * n for n in range(1, 900))),
    "a picture pasted as text": body(lambda: base64_text(400_000)),
    "a picture pasted in an English text": body(lambda: "The picture: " + base64_text(400_000)),
    "a picture in an address": body(lambda: f"![a](data:image/png;base64,{base64_text(400_000)})"),
    "one word of a megabyte": body(lambda: "ы" * 500_000),
    "one line of a megabyte": body(lambda: "слово " * 80_000),
    "a table of a thousand columns": body(
        lambda: "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + ("|b" * 10 + "|\n") * 400
    ),
    "a table of many columns and short rows": body(
        lambda: "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|b|\n" * 5_000
    ),
    "lists within lists": body(lambda: "".join("  " * n + "- a\n" for n in range(400))),
    "quotes within quotes": body(lambda: "".join("> " * n + "a\n" for n in range(400))),
    "emphasis within emphasis": body(lambda: "*a **b " * 5_000 + "c** d*" * 5_000),
    "links within links": body(lambda: "[" * 20_000 + "a" + "](b)" * 20_000),
    "brackets within brackets": body(lambda: "[" * 40_000 + "a" + "]" * 40_000),
    "angles within a target": body(lambda: "[a](" + "<" * 100_000 + ">)"),
    "brackets within a target": body(lambda: "[a](" + "(" * 100_000 + ")" * 100_000),
    "an element of many attributes": body(
        lambda: "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">a</p>"
    ),
    "an address of many hyphens": body(lambda: "a" + "-a" * 100_000 + "@b"),
    "an address without a host": body(lambda: "http://" + "a" * 300_000),
    "a host of many dots": body(lambda: "www" + ".a" * 150_000 + " "),
    "a mail of dots": body(lambda: "a@a" + ".a" * 100_000 + "@"),
    "an open tag": body(lambda: "<p title='" + "a" * 400_000),
    "an open link over lines": body(lambda: "[[" + "a\n" * 100_000 + "]]"),
    "spaces at the end of lines": body(lambda: ("a" + " " * 2_000 + "\n") * 200),
    "spaces within a row": body(lambda: ("|" + " " * 5_000 + "a\n") * 100),
    "a row of dashes and bars": body(lambda: "a|b\n" + "-|" * 100_000),
    "almost a row of dashes": body(lambda: "a|b\n" + "-" * 100_000 + "x"),
    "almost a fence": body(lambda: "`" * 200_000 + " a b"),
    "text around a fence": body(lambda: "1." * 100_000 + "```"),
    "marks that open a fence": body(lambda: ("> " * 50 + "``` a b\n") * 2_000),
    "quotation marks of all kinds": body(lambda: "«„\"“”»' " * 30_000),
    "a summary of everything": body(
        lambda: "".join(
            (sign * 200) + "a" for sign in "*_~`[]()<>!\\|#>-+=:\"'&@.{}$%^/?;," for _ in range(20)
        )
    ),
}
BODIES: dict[str, Case] = {
    **{name: body(partial(repeated, unit, count)) for name, (unit, count) in REPEATED.items()},
    **MADE,
}
