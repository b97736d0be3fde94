"""Renders a Page and its View to bytes, by Jinja or by the Page's own producer."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache, partial
from html import escape
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from babel import Locale
from babel.numbers import format_decimal
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup
from markupsafe import escape as marked

from mksite.date import edtf, wording
from mksite.errors import MksiteError, UsageError
from mksite.face import ASSETS, TEMPLATES, find, layers
from mksite.pages.citation import citing, head
from mksite.pages.policy import CONTENT_POLICY
from mksite.render import interface
from mksite.render.bytecode import Compiled
from mksite.render.closure import EXTENSIONS
from mksite.render.drawing import chart, flow
from mksite.render.metadata import json_ld
from mksite.render.sandbox import Sandbox
from mksite.source.asset import content
from mksite.text.country import country_name
from mksite.text.telephone import pieces
from mksite.text.typography import typeset_line
from mksite.view.page import Bundle, Page, view_of
from mksite.view.part import BodyRef, Link, PictureView, SiteView, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Macro

    from mksite.cache.pack import PackReader
    from mksite.view.setting import Setting

_TARGET = re.compile(r'(href|src)="(entity|attachment):([^"]*)"')
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_SOURCE = re.compile(r' src="attachment:([^"]*)"')
_SIZE = re.compile(r' (?:width|height)="[^"]*"')
PICTURE_SIZES = "(min-width: 60rem) 44rem, 94vw"  # how wide the column of text is
# CLDR says «Киргизия»; the country itself says «Кыргызстан» in Russian too.
RECENT = 4096  # parts of pages that are kept; a programme's strip, the longest, has 2 KB
_ROOTED = re.compile(r'(<(?:a|img)\b[^>]*? (?:href|src)=")(/(?!/)[^"]*)')
NOWHERE = 'data-nowhere=""'
_NO_LINK = re.compile(rf"<a [^>]*{NOWHERE}[^>]*>(.*?)</a>", re.DOTALL)
_EMPTY_LINK = re.compile(r'<a href="entity:([^"]*)"></a>')


class Renderer:
    """Renders Pages; one a process, since environments are dear to make."""

    def __init__(self, setting: Setting, bodies: PackReader) -> None:
        self.setting = setting
        self.bodies = bodies
        self._base = next((site.base for site in setting.sites.values()), "/")
        self.known: dict[str, Any] = {}  # what a producer keeps for the next one
        self._templates: dict[tuple[str, str], Template] = {}
        self._environments: dict[str, Environment] = {}

    def render(self, page: Page) -> bytes | Bundle:
        """The bytes of a Page, or its Bundle.

        Raises UsageError that names the line of a template's mistake.
        """
        view = view_of(page)
        if page.producer is not None:
            return page.producer(view, self)
        ref = getattr(view, "body", None)
        body = self.body(ref) if isinstance(ref, BodyRef) else Markup("")
        try:
            template = self._template(page.template, page.lang)
            html = template.render(view=view, site=self.setting.sites[page.lang], body=body)
        except (OSError, MksiteError):
            raise
        except Exception as error:
            raise template_fault(self.setting, page.template, error) from error
        return html.encode()

    def _template(self, name: str, lang: str) -> Template:
        template = self._templates.get((name, lang))
        if template is None:
            template = self._templates[name, lang] = self._environment(lang).get_template(name)
        return template

    def body(self, ref: BodyRef) -> Markup:
        """A body with its links filled in."""
        html = rooted(linked(self.bodies.html(ref.digest), ref), self._base)
        return Markup(fill(html, ref))  # noqa: S704  sanitised by nh3

    def file(self, path: str) -> bytes:
        """The bytes of a file of the site."""
        return content(find(path, self.setting.root, self.setting.face))

    def _environment(self, lang: str) -> Environment:
        made = self._environments.get(lang)
        if made is None:
            made = environment(self.setting, lang)
            self._environments[lang] = made
        return made


def template_fault(setting: Setting, name: str, error: Exception) -> UsageError:
    """What a template raised, as an error that names the template's line."""
    if isinstance(error, TemplateSyntaxError):
        name, line, reason = error.name or name, error.lineno, error.message or ""
    else:
        line = 1
        folders = _template_folders(setting)
        reason = str(error) if isinstance(error, TemplateError) else repr(error)
        for frame, number in walk_tb(error.__traceback__):
            path = Path(frame.f_code.co_filename)
            for folder in folders:
                if path.is_relative_to(folder):
                    name, line = path.relative_to(folder).as_posix(), number
    return UsageError("template-fault", name=name, line=str(line), reason=reason)


def _template_folders(setting: Setting) -> list[Path]:
    return [place / TEMPLATES for place in layers(setting.root, setting.face)]


def linked(html: str, ref: BodyRef) -> str:
    """Sanitised HTML in which the names that are recognized lead to their pages.

    Their places come from the cache: one that is not within a text is passed over.
    """
    parts = []
    position = 0
    for start, end, address in ref.mentions:
        if not position <= start < end <= len(html) or not _is_text(html, start, end):
            continue
        parts += [html[position:start], f'<a href="{escape(address)}">{html[start:end]}</a>']
        position = end
    return "".join((*parts, html[position:])) if parts else html


def _is_text(html: str, start: int, end: int) -> bool:
    """Whether a part of HTML has no tag in it and is in none."""
    opened, closed = html.rfind("<", 0, start), html.rfind(">", 0, start)
    return opened <= closed and "<" not in html[start:end] and ">" not in html[start:end]


def rooted(html: str, base: str) -> str:
    """Sanitised HTML whose addresses within the site include the path that the site lives under."""
    if base == "/" or '="/' not in html:
        return html
    return _ROOTED.sub(lambda m: m[0] if m[2].startswith(base) else f"{m[1]}{base}{m[2][1:]}", html)


def fill(html: str, ref: BodyRef) -> str:
    """Sanitised HTML with `entity:` and `attachment:` links made real.

    A target without a page loses its link and keeps its text.
    """
    if '="entity:' not in html and '="attachment:' not in html:
        return html
    links = dict(ref.links)
    files = dict(ref.files)
    pictures = dict(ref.pictures)

    def named(match: re.Match[str]) -> str:
        link = links.get(unquote(match[1]))
        text = escape(link.text if link else unquote(match[1]))
        lang = f' lang="{link.lang}"' if link and link.lang else ""
        return f'<a href="entity:{match[1]}"{lang}>{text}</a>'

    def shown(match: re.Match[str]) -> str:
        source = _SOURCE.search(match[1])
        picture = pictures.get(unquote(source[1])) if source else None
        if source is None or picture is None:
            return match[0]
        rest = _SIZE.sub("", match[1].replace(source[0], ""))
        return _picture(picture, rest)

    def target(match: re.Match[str]) -> str:
        name = unquote(match[3])
        address = files.get(name, "") if match[2] == "attachment" else ""
        if match[2] == "entity" and name in links:
            address = links[name].href
        return f'{match[1]}="{escape(address)}"' if address else NOWHERE

    if pictures:
        html = _PICTURE.sub(shown, html)
    filled = _TARGET.sub(target, _EMPTY_LINK.sub(named, html))
    return _NO_LINK.sub(r"\1", filled) if NOWHERE in filled else filled


def _picture(picture: PictureView, attributes: str) -> str:
    """A picture in the text, in sizes; `attributes` are those that the text gives it."""
    modern, plain = (
        ", ".join(f"{escape(size.href)} {size.width}w" for size in sources)
        for sources in (picture.modern, picture.plain)
    )
    source = (
        f'<source type="{picture.modern_type}" sizes="{PICTURE_SIZES}" srcset="{modern}">'
        if modern
        else ""
    )
    return (
        f'<picture>{source}<img src="{escape(picture.plain[0].href)}"'
        f' sizes="{PICTURE_SIZES}" srcset="{plain}"'
        f' width="{picture.width}" height="{picture.height}" loading="lazy" decoding="async"'
        f"{attributes}></picture>"
    )


def environment(setting: Setting, lang: str) -> Environment:
    """The Jinja environment of a language: strict, escaping, with the filters of dates, numbers
    and labels in that language.
    """
    made = Sandbox(
        loader=FileSystemLoader(_template_folders(setting)),
        bytecode_cache=Compiled(setting.cache / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=EXTENSIONS,
    )
    digest = setting.catalogues.get(lang, "")
    path = interface.catalogue_path(setting.root, lang, setting.face)
    translations = interface.load(path, lang, setting.cache / "locale", digest)
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(filters(lang, translations.pgettext))
    made.globals.update(
        asset=lambda name: setting.assets[name],
        integrity=lru_cache(lambda name: _integrity(setting, name)),
        content_policy=CONTENT_POLICY,
        period=lambda start, end: wording.format_period(_date(start), _date(end), lang),
        event_dates=lambda start, end: wording.format_range(_date(start), _date(end), lang),
        chart=chart,
        flow=flow,
        kept=_keeper(),
        recent=lru_cache(maxsize=RECENT)(lambda macro, *values: macro(*values)),
        _=_worded(translations.gettext),
        **_of_site(setting.sites[lang], translations.pgettext),
    )
    return made


def _integrity(setting: Setting, name: str) -> str:
    """The digest by which a browser knows that an asset is the one that was meant (W3C, SRI)."""
    path = find(f"{ASSETS}/{name}", setting.root, setting.face)
    digest = hashlib.sha384(content(path)).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def _keeper() -> Callable[..., str]:
    """A function that gives what a macro made of the site when it was first called so.

    For the parts of the frame that hardly differ between pages: few texts are kept, for ever.
    """
    texts: dict[tuple[object, ...], str] = {}

    def kept(macro: Macro, site: SiteView, *values: object) -> str:
        key = (macro.name, *values)
        text = texts.get(key)
        if text is None:
            text = texts[key] = macro(site, *values)
        return text

    return kept


def _worded(gettext: Callable[[str], str]) -> Callable[..., Markup]:
    """Jinja's own `_` with its work on texts without values done once for each text.

    Messages are formats, as Jinja's are; a page of a release asks for a dozen of them.
    """

    @cache
    def plain(text: str) -> Markup:
        return Markup(gettext(text)) % {}  # noqa: S704  the catalogues are the site's own

    def worded(text: str, **values: object) -> Markup:
        return Markup(gettext(text)) % values if values else plain(text)  # noqa: S704  as above

    return worded


def _of_site(site: SiteView, pgettext: Callable[[str, str], str]) -> dict[str, Callable[..., Any]]:
    """What templates call to say a View in the forms that machines and scholars read."""
    return {
        "head_tags": partial(head.head_html, site),
        "linked_data": lambda view: json_ld.script(view, site, pgettext),
        "citation": lambda view: citing.reference(citing.cite(view), site),
    }


def _date(text: str) -> edtf.Edtf | None:
    return edtf.parse(text) if text else None


def telephones(text: str) -> Markup:
    """A text in which each telephone number is a link that dials it."""
    link = Markup('<a href="{}">{}</a>')
    found = pieces(text)
    return Markup("").join(link.format(p.address, p.words) if p.address else p.words for p in found)


def filters(lang: str, pgettext: Callable[[str, str], str]) -> dict[str, Callable[..., Any]]:
    """The filters of one language by name."""
    locale = Locale.parse(lang)

    def date(text: str, style: wording.Style = "long") -> str:
        return wording.format_date(edtf.parse(text), lang, style=style) if text else ""

    @lru_cache(maxsize=8192)
    def when(text: str, style: wording.Style = "long") -> Markup:
        """A date in words, marked where it is in doubt: `<time>` where HTML can say it."""
        machine = wording.machine_date(edtf.parse(text)) if text else ""
        doubt = ' class="doubt"' if text and _is_doubtful(edtf.parse(text)) else ""
        tag, more = ("time", f' datetime="{machine}"') if machine else ("span", "")
        words = escape(date(text, style))
        return Markup(f"<{tag}{more}{doubt}>{words}</{tag}>")  # noqa: S704  escaped just above

    def words(said: Words) -> Markup:
        """A text, marked where it is in another language than the page."""
        text = marked(typeset_line(said.text, said.lang or lang))
        return Markup(f'<span lang="{marked(said.lang)}">{text}</span>' if said.lang else text)  # noqa: S704  escaped

    @lru_cache(maxsize=8192)
    def link(to: Link) -> Markup:
        """A link; the macro that this once was took a tenth of the time of a page."""
        other = f' lang="{marked(to.lang)}"' if to.lang else ""
        text = marked(typeset_line(to.text, to.lang or lang))
        return Markup(f'<a href="{marked(to.href)}"{other}>{text}</a>')  # noqa: S704  escaped

    def filesize(size_bytes: int) -> str:
        for unit, factor in (("megabyte", 1_000_000), ("kilobyte", 1_000)):
            if size_bytes >= factor:
                number = format_decimal(round(size_bytes / factor, 1), locale=locale)
                return f"{number}\N{NO-BREAK SPACE}{pgettext('unit', unit)}"
        return f"{size_bytes}\N{NO-BREAK SPACE}{pgettext('unit', 'byte')}"

    return {
        "date": date,
        "when": when,
        "words": words,
        "link": link,
        "links": lambda links: Markup(", ").join([link(to) for to in links]),
        "machine_date": lambda text: wording.machine_date(edtf.parse(text)) if text else "",
        "is_doubtful": lambda text: bool(text) and _is_doubtful(edtf.parse(text)),
        "month_name": lambda month: locale.months["stand-alone"]["wide"][month],
        "month_short": lambda month: locale.months["stand-alone"]["abbreviated"][month],
        "number": lambda number: format_decimal(number, locale=locale),
        "filesize": filesize,
        "telephones": telephones,
        "country_name": lambda code: country_name(code, lang),
        "typeset": lambda text, other="": typeset_line(text, other or lang),
        "label": lambda code, context: pgettext(context, code),
    }


def _is_doubtful(moment: edtf.Edtf) -> bool:
    return edtf.is_uncertain(moment) or edtf.is_approximate(moment) or edtf.year(moment) is None
