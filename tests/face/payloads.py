"""Texts that run a script wherever they are taken for markup, and a site that is full of them.

Each calls `caught(N)` with its own number. They are wrapped so that they break out of where texts
usually stand: an element, an attribute with either quotation mark, a script, a style, a comment, a
title, a text area, an address, Markdown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mksite.content.model import KIND_SPECS

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 124

# What runs: %s is the call.
RUNNING = (
    "<script>%s</script>",
    "<ScRiPt >%s</ScRiPt >",
    "<img alt=x src=/nowhere onerror=%s>",
    "<svg onload=%s>",
    "<svg><script>%s</script></svg>",
    "<svg><animate onbegin=%s attributeName=x dur=1s>",
    "<body onload=%s>",
    "<details open ontoggle=%s>",
    "<input autofocus onfocus=%s>",
    "<iframe srcdoc='<script>parent.%s</script>'></iframe>",
    "<iframe src='javascript:parent.%s'></iframe>",
    "<video><source onerror=%s></video>",
    "<audio src=/nowhere onerror=%s></audio>",
    "<object data='javascript:%s'></object>",
    "<math><mtext><img alt=x src=/nowhere onerror=%s></mtext></math>",
    "<style onload=%s></style>",
    "<marquee onstart=%s>x</marquee>",
    "<form><button autofocus onfocus=%s>x</button></form>",
    "<select autofocus onfocus=%s></select>",
    "<img/alt='x'/src='/nowhere'/onerror='%s'>",
    "<noscript><p title='</noscript><img alt=x src=/nowhere onerror=%s>'>",
    "<template><script>%s</script></template><img alt=x src=/nowhere onerror=%s>",
)
# How it gets out of where it stands.
OUT = ("", "'>", '">', "-->", "</script>", "</title>", "</style>", "</textarea>")
# What runs once it is an address, or is read again by a program of its own.
ADDRESSES = (
    "[слово](javascript:%s)",
    "[слово](<java\tscript:%s>)",
    "[слово](JaVaScRiPt&colon;%s)",
    "<javascript:%s>",
    "![слово](nowhere'onerror='%s)",
    '![слово](nowhere"onerror="%s)',
    "[слово]: javascript:%s",
    "[[tags/a0|<img alt=x src=/nowhere onerror=%s>]]",
    '<a href="javascript:%s">слово</a>',
    '<a href="&#106;avascript:%s">слово</a>',
    '<a href="data:text/html,<script>opener.%s</script>">слово</a>',
    "`<img alt=x src=/nowhere onerror=%s>`",
    "{{ self.__init__.__globals__ }}{%% print('%s') %%}",
    "&lt;img src=nowhere onerror=%s&gt;",
    "\\x3cimg src=nowhere onerror=%s\\x3e",
    "\\u003cimg src=nowhere onerror=%s\\u003e",
    "＜img src=nowhere onerror=%s＞",
    "<<img alt=x src=/nowhere onerror=%s>>",
    "<img alt=x src=/nowhere onerror=%s//",
    "' onmouseover='%s' x='",
    '" onmouseover="%s" x="',
    '" autofocus onfocus="%s" x="',
    "';%s;//",
    '";%s;//',
    "`;${%s}//",
    "</script><script>%s//",
    "]]><script>%s</script><![CDATA[",
    "<!--><img alt=x src=/nowhere onerror=%s>-->",
    "<p id=x tabindex=1 autofocus onfocus=%s>",
    "<base href='javascript:%s//'>",
    "<meta http-equiv=refresh content='0;url=javascript:%s'>",
    "<link rel=stylesheet href=nowhere onerror=%s>",
    "<a><svg><style><img alt=x src=/nowhere onerror=%s></style></svg></a>",
    "<table><td background='javascript:%s'>",
    "<div style='background:url(javascript:%s)'>",
    "<xml:namespace prefix=t><t:set attributeName=innerHTML onload=%s>",
)

# These are links and pictures that lead nowhere, and told as such: nothing would be published.
REFUSED_IN_BODIES = (1, 4, 5)

# Drawings: opened by itself each is a page of the site.
DRAWINGS = (
    "<script>%s</script>",
    "<script href='data:text/javascript,%s'/>",
    "<g onload='%s'/>",
    "<animate onbegin='%s' attributeName='x' dur='1s'/>",
    "<set onbegin='%s' attributeName='x' to='1'/>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='%s'/></foreignObject>",
    "<foreignObject><i:img xmlns:i='http://www.w3.org/1999/xhtml' onerror='%s'/></foreignObject>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>%s</x:script>",
    "<image href='nowhere.png' onerror='%s'/>",
    "<use href=\"data:image/svg+xml,%%3Csvg id='a' onload='%s'/%%3E#a\"/>",
    "<a href='javascript:%s'><rect width='9' height='9'/></a>",
    "<a><set attributeName='href' to='javascript:%s'/><rect width='9' height='9'/></a>",
    "<style>@import 'javascript:%s';</style>",
    "<handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>%s</handler>",
)


def call(number: int) -> str:
    """What a payload runs."""
    return f"caught({number})"


def _written() -> Iterator[str]:
    yield from ADDRESSES
    for number, running in enumerate(RUNNING):
        yield running
        for step in range(3):
            yield OUT[1 + (number + step * 3) % (len(OUT) - 1)] + running


def payloads() -> tuple[str, ...]:
    """All payloads, by their numbers."""
    return tuple(
        text.replace("%s", call(number)).replace("%%", "%")
        for number, text in enumerate(_written())
    )


def drawing(number: int) -> str:
    """A drawing that runs its call, numbered after the payloads."""
    inside = DRAWINGS[number].replace("%s", call(COUNT + number)).replace("%%", "%")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'


PAYLOADS = payloads()


class _Fields:
    """Gives each field of one file the next payload: in 124 files a field has had every one."""

    def __init__(self, first: int) -> None:
        self.next = first

    def __call__(self, before: str = "", after: str = "") -> str:
        self.next += 1
        return f"{before} {PAYLOADS[self.next % COUNT]} {after}".strip()

    def address(self) -> str:
        """A web address with a payload in it."""
        return "https://a.example/?" + self().replace(" ", "+")


def _named(number: int, kind: str) -> dict[str, object]:
    """What all kinds of entities have in common; names are those of one entity each."""
    field = _Fields(number)
    return {
        "name": {"ru": field(f"{kind} {number}"), "en": field(f"{kind} in English {number}")},
        "short": field(f"{kind[:2]}{number}"),
        "aliases": [field(f"{kind} иначе {number}")],
        "former": [{"name": field(f"{kind} прежде {number}"), "until": "2012"}],
    }


def _release(number: int) -> dict[str, object]:
    field = _Fields(number)
    party, place, tag, programme = (
        _named(number, kind)["aliases"][0]  # type: ignore[index]
        for kind in ("Организация", "Место", "Тема", "Программа")
    )
    return {
        "title": field(f"метка{number}"),
        "date": "2013-03-25",
        "date_note": field(),
        "event": {"type": "seminar", "start": "2013-03-26T09:30"},
        "venue": place,
        "organizers": [party],
        "funders": [party],
        "participants": [party],
        "programme": programme,
        "tags": [tag],
        "summary": field(),
        "speakers": [{"name": field(), "role": field(), "organization": party}],
        "source": {"title": field(), "url": field.address(), "publisher": party},
        "contact": {"name": field(), "role": field(), "phone": field(), "email": "a@a.example"},
        "documents": [{"file": "a.csv", "title": field()}],
        "photos": [{"file": "a.png", "alt": field(), "caption": field(), "credit": field()}],
        "corrections": [{"date": "2020", "text": field()}],
    }


def front_matter(kind: str, number: int) -> dict[str, object]:
    """The fields of one file, each with a payload where it may hold text."""
    field = _Fields(number + 7)
    if kind == "release":
        return _release(number)
    if kind == "page":
        return {"title": field(f"Страница {number}"), "summary": field()}
    if kind == "organization":
        more = {"url": field.address(), "identifiers": {"wikidata": field(), "other": field()}}
        return _named(number, "Организация") | more
    if kind == "programme":
        funder = _named(number, "Организация")["aliases"][0]  # type: ignore[index]
        more = {"url": field.address(), "funders": [funder], "identifiers": {"iati": field()}}
        return _named(number, "Программа") | more
    if kind == "place":
        return _named(number, "Место") | {"address": field()}
    return _named(number, "Тема")


def files(picture: bytes) -> dict[str, bytes]:
    """The content of the site: for each payload a file of each kind, and drawings."""
    made: dict[str, bytes] = {}
    for kind, spec in KIND_SPECS.items():
        for number in range(COUNT):
            fields = front_matter(kind, number)
            lines = "".join(
                f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()
            )
            body = "" if number in REFUSED_IN_BODIES else PAYLOADS[number]
            text = f"---\n{lines}---\n{body}\n"
            made[f"content/{spec.folder}/a{number}.md"] = text.encode()
    for number in range(COUNT):
        made[f"content/releases/a{number}/a.png"] = picture
        made[f"content/releases/a{number}/a.csv"] = b"1,2\n"
    for number in range(len(DRAWINGS)):
        made[f"content/releases/a0/drawing-{number}.svg"] = drawing(number).encode()
    return made
