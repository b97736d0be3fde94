"""The names of months and seasons, from CLDR and from the language's own words."""

from __future__ import annotations

from functools import lru_cache

from mksite.language.languages import LANGUAGES

SEASONS = ("21", "22", "23", "24")


@lru_cache
def names(lang: str, *, is_short: bool) -> dict[str, tuple[str, str]]:
    """By EDTF number: each month and season alone, and as it stands after a day or a year."""
    # Babel is slow to load, and a command that prints no date need not wait for it.
    from babel.core import Locale  # noqa: PLC0415

    words = LANGUAGES[lang].dates
    known = Locale.parse(words.cldr).months
    is_short = is_short and not words.months_in_full
    width = "abbreviated" if is_short else "wide"
    alone = [known[words.months_alone][width][number] for number in range(1, 13)]
    after = [known["format"][width][number] for number in range(1, 13)]
    if words.month_endings and not is_short:
        pairs = zip(alone, words.month_endings, strict=True)
        after = [month.removesuffix("ь") + ending for month, ending in pairs]
    keys = (*(f"{number:02}" for number in range(1, 13)), *SEASONS)
    pairs_by_key = zip((*alone, *words.seasons), (*after, *words.seasons_of), strict=True)
    return dict(zip(keys, pairs_by_key, strict=True))
