"""The files that a new archive starts with, one example of each kind of content among them."""

from __future__ import annotations

import json
import tomllib

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from mksite.text.transliteration import slugify

PACKAGE = ("mksite.command", "starter")
_AS_THEY_ARE = {
    "site.yaml": "site.yaml",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".gitlab-ci.yml": "gitlab.yml",
    ".github/workflows/site.yml": "github.yml",
    "content/programmes/example.md": "programme.md",
    "content/places/example.md": "place.md",
    "content/tags/example.md": "tag.md",
    "content/pages/about.md": "page.md",
}


class Start(msgspec.Struct, frozen=True):
    """What an archive is called, where it will be read, in which languages (the main one first),
    who keeps it, and when and by which version of mksite it was started.
    """

    title: str
    url: str
    languages: tuple[str, ...]
    publisher: str
    today: str
    version: str


def files(start: Start) -> dict[str, str]:
    """The texts of all files by their path in the site folder."""
    made = Environment(
        loader=PackageLoader(*PACKAGE),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  YAML and Markdown
        keep_trailing_newline=True,
        variable_start_string="<<",  # braces are GitHub's
        variable_end_string=">>",
    )
    made.filters["yaml"] = lambda value: json.dumps(value, ensure_ascii=False)
    words = {lang: _words(made, lang) for lang in start.languages}
    main, *others = start.languages
    publisher = slugify(start.publisher) or "publisher"
    release = f"content/releases/{start.today[:4]}/example"
    sources = {
        **{path: (name, main) for path, name in _AS_THEY_ARE.items()},
        f"content/organizations/{publisher}.md": ("organization.md", main),
        f"{release}.md": ("release.md", main),
        **{f"{release}.{lang}.md": ("release-translation.md", lang) for lang in others},
        **{f"content/pages/about.{lang}.md": ("page-translation.md", lang) for lang in others},
    }
    given = msgspec.structs.asdict(start) | {
        "publisher_id": publisher,
        "all": {key: _by_language(words, key) for key in words[main]},
    }
    return {
        path: made.get_template(name).render(given, words=words[lang])
        for path, (name, lang) in sources.items()
    }


def _words(environment: Environment, lang: str) -> dict[str, str]:
    """The words of a language."""
    loader = environment.loader
    text = loader.get_source(environment, f"{lang}.toml")[0] if loader else ""
    return tomllib.loads(text)


def _by_language(words: dict[str, dict[str, str]], key: str) -> dict[str, str]:
    return {lang: texts[key] for lang, texts in words.items()}
