"""What data/ says to machines: a Dataset with its files, as searches for data read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.pages.citation.line import clean
from mksite.pages.data.datapackage import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mksite.pages.data.data import DataView
    from mksite.render.metadata.node import Around, Node


def dataset(view: DataView, around: Around) -> Node:
    """The whole archive as data: one thing in all languages, with a distribution for each file."""
    site = around.site
    publisher = around.node("Organization", site.publisher) if site.publisher else None
    name = f"{clean(site.title)} — {around.label('section', 'data')}"
    return {
        "@type": "Dataset",
        "@id": around.this(site.base + view.head.path),
        "url": f"{site.url}/{view.head.path}",
        "name": name,
        # Google takes no description under 50 letters, so the name stands before a short one.
        "description": clean(f"{name}. {site.description}").rstrip(),
        "inLanguage": view.head.lang,
        "license": site.licence_url,
        "isAccessibleForFree": True,
        "creator": publisher,
        "publisher": publisher,
        "isPartOf": {"@type": "WebSite", "@id": f"{site.url}/#site"},
        "distribution": [_download(href, around) for href in _files(view)],
    }


def _files(view: DataView) -> Iterator[str]:
    """The links to all files of data, those of everything first."""
    yield view.json
    yield view.sqlite
    yield from (table.csv for table in view.tables if table.csv)
    for year in view.years:
        yield year.json
        yield year.sqlite


def _download(href: str, around: Around) -> Node:
    name = href.rpartition("/")[2]
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": around.address(href),
        "encodingFormat": MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream"),
    }
