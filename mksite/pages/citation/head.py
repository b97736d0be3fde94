"""The meta tags in the head of a page, for messengers, reference managers and search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from mksite.date import edtf
from mksite.language.languages import LANGUAGES
from mksite.pages.citation.citing import Tag, bracketed_year, cite, publisher, url
from mksite.pages.citation.dated import has_year, sure
from mksite.pages.citation.line import clean, whole
from mksite.view.overview import NotFoundView, RedirectView, WithdrawnView
from mksite.view.release import PhotoView, ReleaseView

if TYPE_CHECKING:
    from mksite.view.part import Head, SiteView, View


def head_tags(
    site: SiteView, view: View, title: str, address: str, picture: str = ""
) -> tuple[Tag, ...]:
    """The meta tags of a page under its title and whole address.

    Open Graph (ogp.me) and the kind of Twitter card on all; on a release Highwire Press and Dublin
    Core too, as Zotero and Google Scholar read them. None where the address is not the reader's to
    keep: on redirects and on the page for what does not exist. `picture` is the link to the one
    that is shown where the page has none of its own.
    """
    head: Head | None = getattr(view, "head", None)
    if head is None or isinstance(view, RedirectView | NotFoundView | WithdrawnView):
        return ()
    is_release = isinstance(view, ReleaseView)
    photos = view.photos if isinstance(view, ReleaseView) else ()
    properties = [
        ("og:type", "article" if is_release else "website"),
        ("og:site_name", site.title),
        ("og:title", title),
        ("og:description", head.description or site.description),
        ("og:url", address),
        ("og:locale", LANGUAGES[head.lang].locale),
        *[
            ("og:locale:alternate", LANGUAGES[other.lang].locale)
            for other in head.languages
            if other.href and other.lang != head.lang
        ],
    ]
    properties += _picture(photos, picture, site)
    properties.append(("twitter:card", "summary_large_image" if photos or picture else "summary"))
    if isinstance(view, ReleaseView):
        properties += _of_release(view, site)
    return tuple(
        [
            Tag(
                "property" if name.startswith(("og:", "article:")) else "name", name, clean(content)
            )
            for name, content in properties
            if content
        ]
    )


def head_html(site: SiteView, view: View, title: str, address: str, picture: str = "") -> Markup:
    """The meta tags of a page as lines of HTML, all of them escaped at once."""
    tags = head_tags(site, view, title, address, picture)
    # No content has a control sign in it after `clean`, so that one can stand between them.
    contents = str.split(escape("\0".join([tag.content for tag in tags])), "\0")
    lines = [
        f'<meta {tag.attribute}="{tag.name}" content="{content}">'
        for tag, content in zip(tags, contents, strict=False)
    ]
    return Markup("\n".join(lines))  # noqa: S704  escaped just above


def _of_release(view: ReleaseView, site: SiteView) -> list[tuple[str, str]]:
    """What reference managers read.

    `webpage` is the type that Zotero knows; the comma at the end of an author keeps an
    organization whole there, which is cut into a person's names otherwise.
    """
    cited = cite(view)
    parts = sure(cited.date)
    house, address = publisher(site), url(cited, site)
    year = bracketed_year(cited) if has_year(cited.date) or has_year(cited.event) else ""
    is_day = bool(cited.date) and edtf.is_exact_day(edtf.parse(cited.date))
    return [
        ("article:published_time", "-".join(parts) if is_day else ""),
        ("citation_title", cited.title),
        *[("citation_author", f"{whole(name)},") for name in cited.authors],
        ("citation_publication_date", "/".join(parts)),
        ("citation_publisher", house),
        ("citation_language", cited.lang),
        ("citation_keywords", "; ".join(cited.keywords)),
        ("citation_public_url", address),
        ("DC.title", cited.title),
        *[("DC.creator", name) for name in cited.authors],
        ("DC.date", "-".join(parts) or year),
        ("DC.publisher", house),
        ("DC.language", cited.lang),
        ("DC.identifier", address),
        ("DC.type", "webpage"),
    ]


def _picture(photos: tuple[PhotoView, ...], other: str, site: SiteView) -> list[tuple[str, str]]:
    """The first photograph in its largest plain size, with what it shows; else the other one."""
    if not photos:
        return [("og:image", absolute(other, site) if other else "")]
    return [
        ("og:image", absolute(photos[0].plain[-1].href, site)),
        ("og:image:alt", photos[0].alt.text),
    ]


def absolute(href: str, site: SiteView) -> str:
    """The whole address of a link within the site."""
    return f"{site.url}/{href[len(site.base) :]}"
