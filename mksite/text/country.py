"""The names of countries in the languages of the pages."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from mksite.language.languages import LANGUAGES


@lru_cache(maxsize=1024)
def country_name(code: str, lang: str) -> str:
    """The name of an ISO 3166-1 alpha-2 code: CLDR's, unless the language has another; the code
    itself where there is none.
    """
    own = LANGUAGES[lang].countries.get(code)
    return own or str(Locale.parse(lang).territories.get(code, code))
