"""Hostile front matter, site.yaml and names of files."""

from __future__ import annotations

from tests.hostile.bodies import base64_text
from tests.hostile.case import FOLDER, RELEASE, Case, front, release

ORGANIZATION = "content/organizations"


def listed(key: str, count: int, value: str = "a{n}") -> str:
    """A line with a list of many values."""
    return f"{key}: [{', '.join(value.format(n=n) for n in range(count))}]\n"


def lines(count: int, value: str) -> str:
    """Many lines with a number in them."""
    return "".join(value.format(n=n) + "\n" for n in range(count))


def many(count: int, folder: str, text: str) -> dict[str, str]:
    """Many files with a number in them."""
    return {f"content/{folder}/a{n}.md": text.format(n=n) for n in range(count)}


def aliases(levels: int) -> str:
    """Values that stand for twice as many others each."""
    rows = ["a0: &a0 [x, x]"]
    rows += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return "\n".join(rows) + "\n"


FRONTS: dict[str, Case] = {
    "a list within lists": front(lambda: "tags: " + "[" * 60_000 + "]" * 60_000 + "\n"),
    "an open list within lists": front(lambda: "tags: " + "[" * 100_000 + "\n"),
    "a mapping within mappings": front(lambda: "event: " + "{a: " * 30_000 + "}" * 30_000 + "\n"),
    "dashes within dashes": front(lambda: "tags:\n  " + "- " * 60_000 + "a\n"),
    "questions within questions": front(lambda: "? " * 60_000 + "\n"),
    "indents within indents": front(lambda: "".join(" " * n + "a:\n" for n in range(600))),
    "aliases of aliases": front(lambda: aliases(40)),
    "anchors": front(lambda: lines(20_000, "a{n}: &a{n} b")),
    "a list of tags": front(lambda: listed("tags", 20_000)),
    "a list of equal tags": front(lambda: listed("tags", 50_000, "a")),
    "a list of participants": front(lambda: listed("participants", 15_000, "кто-то {n}")),
    "a list of empty organizers": front(lambda: listed("organizers", 30_000, '""')),
    "a list of speakers": front(lambda: listed("speakers", 8_000, "{{name: a{n}}}")),
    "a list of speakers that are words": front(lambda: listed("speakers", 30_000, "a")),
    "a list of corrections": front(lambda: listed("corrections", 4_000, "{{date: a, text: b}}")),
    "a list of photos": front(lambda: listed("photos", 5_000, "{{file: a{n}.jpg, alt: b}}")),
    "a list of equal photos": front(lambda: listed("photos", 8_000, "{{file: a.jpg, alt: b}}")),
    "a list of aliases": front(lambda: listed("aliases", 15_000, "/a{n}/")),
    "a list of bad aliases": front(lambda: listed("aliases", 30_000, "a")),
    "unknown keys": front(lambda: lines(15_000, "a{n}: b")),
    "nearly known keys": front(lambda: lines(15_000, "titl{n}: b")),
    "equal keys": front(lambda: "tags: [a]\n" * 20_000),
    "unknown languages": (
        lambda: {RELEASE: f"---\ntitle: {{{', '.join(f'a{n}: b' for n in range(20_000))}}}\n---\n"}
    ),
    "a long title": (lambda: {RELEASE: release(title="слово " * 16_000)}),
    "a title of one word": (lambda: {RELEASE: release(title="ы" * 90_000)}),
    "a title of stars": (lambda: {RELEASE: release(title="a" + " *a**b_" * 20_000)}),
    "a title of brackets": (lambda: {RELEASE: release(title="a" + "[a](" * 40_000)}),
    "a title of backticks": (lambda: {RELEASE: release(title="a" + " `" * 80_000)}),
    "a title of backslashes": (lambda: {RELEASE: release(title="a" + "\\*" * 80_000)}),
    "a title of angles": (lambda: {RELEASE: release(title="a*b* " + "<" * 150_000)}),
    "a title of quotation marks": (lambda: {RELEASE: release(title="a" + ' "b' * 60_000)}),
    "a title of entities": (lambda: {RELEASE: release(title="*a* " + "&#" * 80_000)}),
    "a title of addresses": (lambda: {RELEASE: release(title="*a* " + "<a@" * 60_000)}),
    "a summary of underscores": front(lambda: "summary: " + "a _b__c " * 20_000 + "\n"),
    "a summary of images": front(lambda: "summary: a " + "![" * 80_000 + "\n"),
    "a summary of lists": front(
        lambda: "summary: |\n" + "".join("  " + " " * (n % 80) + "* a\n" for n in range(3_000))
    ),
    "a summary of quotes": front(lambda: "summary: |\n  *a*\n\n  " + ">" * 3_000 + " a\n"),
    "a summary of references": front(lambda: "summary: |\n" + "  [a]: b\n" * 15_000),
    "a picture pasted as text": front(lambda: f"summary: {base64_text(120_000)}\n"),
    "a quoted value of escapes": front(lambda: 'summary: "' + "\\n" * 90_000 + '"\n'),
    "an open quote": front(lambda: 'summary: "' + "a\n" * 60_000),
    "a folded value": front(lambda: "summary: >\n" + "  a\n\n" * 30_000),
    "comments": front(lambda: "# a\n" * 45_000),
    "tabs before keys": front(lambda: "\ta: b\n" * 30_000),
    "colons": front(lambda: "summary: " + "a: " * 60_000 + "\n"),
    "mistakes on each line": front(lambda: "summary:a: b\n" * 300),
    "a date of digits": front(lambda: "added: " + "1" * 100_000 + "\n"),
    "a date of unknown digits": front(lambda: "added: " + "X" * 100_000 + "\n"),
    "a date of many dates": front(
        lambda: 'added: "[' + ",".join(f"{n:04}-01" for n in range(9_000)) + ']"\n'
    ),
    "a date of a long range": front(lambda: 'added: "[0001..9999]"\n'),
    "an event of a long range": front(lambda: "event: {start: 0001-01-01, end: 9999-12-31}\n"),
    "an event of many dates": front(
        lambda: 'event: {start: "[' + ",".join(f"{n:04}" for n in range(1, 9_999)) + ']"}\n'
    ),
    "a date of question marks": front(lambda: "added: 2013" + "?" * 60_000 + "\n"),
    "a date in long words": front(lambda: "added: " + "марта " * 20_000 + "\n"),
    "a number of digits": (
        lambda: {"content/places/a.md": f"---\nname: А\ncoordinates: [{'1' * 50_000}, 1]\n---\n"}
    ),
    "an infinite number": (
        lambda: {"content/places/a.md": "---\nname: А\ncoordinates: [inf, nan]\n---\n"}
    ),
    "a mail of letters": front(lambda: f"contact: {{name: a, email: {'a' * 90_000}@}}\n"),
    "a mail of dots": front(lambda: f"contact: {{name: a, email: a@{'a.' * 45_000}}}\n"),
    "an address of letters": front(lambda: f"source: {{title: a, url: http://{'a' * 90_000}}}\n"),
    "an address of a bad host": front(lambda: "source: {title: a, url: 'http://[:::::'}\n"),
    "a telephone of hyphens": front(lambda: f"contact: {{name: a, phone: {'-' * 90_000}}}\n"),
    "an embargo of digits": front(lambda: "embargo: " + "2" * 90_000 + "\n"),
    "an embargo beyond time": front(lambda: "embargo: 9999-12-31T23:59:59\n"),
    "an embargo before time": front(lambda: "embargo: 0001-01-01T00:00:00\n"),
}
LONG = "ы" * 20_000
NAMES: dict[str, Case] = {
    "two long names": (
        lambda: {
            f"{ORGANIZATION}/a.md": f"---\nname: {LONG}\n---\n",
            f"{ORGANIZATION}/b.md": f"---\nname: {LONG}ю\n---\n",
            RELEASE: release(front=f"organizers: [{LONG}я]\n"),
        }
    ),
    "long words in names": (
        lambda: {
            f"{ORGANIZATION}/a.md": f"---\nname: {'слово ' * 6_000}\n---\n",
            RELEASE: release(body="слово " * 60_000),
        }
    ),
    "long other names": (
        lambda: {
            f"{ORGANIZATION}/a.md": f"---\nname: А\naliases: [{LONG}, {LONG}ю]\n---\n",
            RELEASE: release(body=f"[[{LONG}я]]\n"),
        }
    ),
    "many other names": (
        lambda: {
            f"{ORGANIZATION}/a.md": "---\nname: А\n" + listed("aliases", 15_000) + "---\n",
            RELEASE: release(front=listed("organizers", 8_000, "б{n}")),
        }
    ),
    "many names, and many that nobody bears": (
        lambda: {
            **{
                f"{ORGANIZATION}/a{n}.md": f"---\nname: А{n}\n"
                + listed("aliases", 1_000, f"имя {n} {{n}}")
                + "---\n"
                for n in range(20)
            },
            **{
                f"{FOLDER}/b{n}.md": release(
                    body="\n".join(f"[[название {n} {k}]]" for k in range(900)),
                    front=listed("organizers", 900, f"кто {n} {{n}}")
                    + listed("tags", 900, f"тема {n} {{n}}"),
                )
                for n in range(3)
            },
        }
    ),
    "names that are other names": (
        lambda: many(300, "organizations", "---\nname: Имя\naliases: [Имя {n}]\n---\n")
    ),
    "parents in a circle": (
        lambda: {
            f"{ORGANIZATION}/a{n}.md": f"---\nname: А{n}\nparent: a{(n + 1) % 400}\n---\n"
            for n in range(400)
        }
    ),
    "parents in a row": (
        lambda: {
            f"{ORGANIZATION}/a{n}.md": f"---\nname: А{n}\nparent: a{n + 1}\n---\n"
            if n < 1_500
            else "---\nname: Последняя\n---\n"
            for n in range(1_501)
        }
    ),
    "places in a row": (
        lambda: {
            f"content/places/a{n}.md": f"---\nname: А{n}\nwithin: a{n + 1}\n---\n"
            if n < 700
            else "---\nname: Последнее\n---\n"
            for n in range(701)
        }
    ),
    "tags in a circle": (
        lambda: {
            f"content/tags/a{n}.md": f"---\nname: А{n}\nbroader: a{(n + 1) % 300}\n---\n"
            for n in range(300)
        }
    ),
    "a successor of itself": (
        lambda: {f"{ORGANIZATION}/a.md": "---\nname: А\nsuccessor: a\nparent: a\n---\n"}
    ),
    "identifiers": (
        lambda: {
            f"{ORGANIZATION}/a.md": "---\nname: А\nidentifiers:\n"
            + lines(8_000, "  a{n}: b")
            + "---\n"
        }
    ),
    "former names": (
        lambda: {
            f"{ORGANIZATION}/a.md": "---\nname: А\n"
            + listed("former", 4_000, "{{name: б{n}, until: 2013}}")
            + "---\n"
        }
    ),
    "two forms of one letter": (
        lambda: {
            f"{ORGANIZATION}/a.md": "---\nname: \ufdfa" + "\ufdfa" * 20_000 + "\n---\n",
        }
    ),
    "a file of zeros": (lambda: {RELEASE: b"\0" * 4_000_000}),
    "a file of noise": (lambda: {RELEASE: bytes(range(128, 256)) * 30_000}),
    "a file of six megabytes": (lambda: {RELEASE: release("а" * 3_000_000)}),
    "a file of fences": (lambda: {RELEASE: "---\n" * 1_000_000}),
    "a file of line ends": (lambda: {RELEASE: b"\r" * 4_000_000}),
    "a file without front matter": (lambda: {RELEASE: "a\n" * 2_000_000}),
    "a file of dashes": (lambda: {RELEASE: "-" * 4_000_000}),
    "a file of dashes of Word": (lambda: {RELEASE: "—\n" * 1_000_000}),
    "files beside each other": (
        lambda: {RELEASE: release(), **{f"{FOLDER}/attack/a{n}.txt": b"a" for n in range(2_000)}}
    ),
    "folders within folders": (lambda: {"content/releases/" + "a/" * 200 + "attack.md": release()}),
    "a folder of stray files": (lambda: {f"{FOLDER}/a{n}.jpg": b"a" for n in range(3_000)}),
    "a long ledger": (lambda: {"content/addresses.txt": lines(30_000, "/a{n}/")}),
    "a ledger of one line": (lambda: {"content/addresses.txt": "/" + "a/" * 500_000}),
    "a site of languages": (
        lambda: {"site.yaml": "title: A\nurl: https://a.example\n" + listed("languages", 9_000)}
    ),
    "a site of menus": (
        lambda: {
            "site.yaml": "title: A\nurl: https://a.example\nlanguages: [ru]\n"
            + listed("menu", 9_000)
        }
    ),
    "a site in lists": (lambda: {"site.yaml": "title: " + "[" * 200_000}),
    "a time zone of dots": (
        lambda: {
            "site.yaml": "title: A\nurl: https://a.example\nlanguages: [ru]\n"
            f"timezone: {'../' * 3_000}etc/passwd\n"
        }
    ),
}
