"""Pelican's settings for the benchmark: the pages that mksite makes, and nothing else."""  # noqa: INP001  Pelican reads it as a file

import json
from pathlib import Path

SITENAME = "Архив пресс-релизов"
SITEURL = "https://archive.example"
DEFAULT_LANG = "ru"
TIMEZONE = "Asia/Bishkek"
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "public"
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
MARKDOWN = {
    "extension_configs": {"markdown.extensions.tables": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}
TYPOGRIFY = False
DEFAULT_PAGINATION = False
SUMMARY_MAX_LENGTH = 0
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TAG_FEED_ATOM = None
DEFAULT_DATE_FORMAT = "%Y-%m-%d"

ARTICLE_PATHS = ["releases"]
PAGE_PATHS: list[str] = []
ARTICLE_URL, ARTICLE_SAVE_AS = "releases/{slug}/", "releases/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "organizations/{slug}/", "organizations/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "programmes/{slug}/", "programmes/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
YEAR_ARCHIVE_URL = "timeline/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "timeline/{date:%Y}/index.html"

DIRECT_TEMPLATES = [
    "index", "archives", "authors", "categories", "tags", "timeline", "places", "funders", "404"
]  # fmt: skip
INDEX_SAVE_AS = "index.html"
ARCHIVES_SAVE_AS = "releases/index.html"
AUTHORS_SAVE_AS = "organizations/index.html"
CATEGORIES_SAVE_AS = "programmes/index.html"
TAGS_SAVE_AS = "tags/index.html"
TIMELINE_SAVE_AS = "timeline/index.html"
PLACES_SAVE_AS = "places/index.html"
FUNDERS_SAVE_AS = "funders/index.html"

JINJA_GLOBALS = {
    "entities": json.loads(Path(__file__).with_name("entities.json").read_text(encoding="utf-8")),
    "sections": ["releases", "organizations", "programmes", "timeline"],
}


Group = tuple[object, list[object]]


def busiest(groups: list[Group]) -> list[Group]:
    """The twelve with the most articles."""
    return sorted(groups, key=lambda group: -len(group[1]))[:12]


JINJA_FILTERS = {"busiest": busiest}
