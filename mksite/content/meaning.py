"""What the fields of the front matter mean, for editors: `meaning.toml` has it in ru, ky, en."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def meanings(lang: str) -> dict[str, str]:
    """The meaning of each field by its name."""
    text = resources.files("mksite.content").joinpath("meaning.toml").read_text("utf-8")
    return {name: by_language[lang] for name, by_language in tomllib.loads(text).items()}
