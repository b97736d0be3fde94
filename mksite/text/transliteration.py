"""Makes addresses from names: Russian and Kyrgyz in Latin letters.

The letters are those of BGN/PCGN, the system of English maps (Russian 1947, Kyrgyz 1979, adopted
by Kyrgyzstan for place names), less its marks: ң is ng, ө is o, ү is u. Two departures, because an
address does not know its language and must not depend on a spelling that varies: ж is the Russian
zh in both languages (BGN/PCGN writes Kyrgyz ж as j), and ё is e, as most people write it.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 80

_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh",
        "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "ң": "ng",
        "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u",
        "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "yu", "я": "ya",
        # Neighbours: Kazakh, Uzbek, Tajik, Ukrainian.
        "ә": "a", "ғ": "gh", "қ": "q", "ұ": "u", "һ": "h", "і": "i", "ў": "o", "ҳ": "h",
        "ҷ": "j", "ӣ": "i", "ӯ": "u", "ґ": "g", "є": "ye", "ї": "yi",
        # Latin letters that have no decomposition.
        "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "œ": "oe",
        # Within a word: an apostrophe or a soft hyphen is no border of words.
        "'": "", "’": "", "‘": "", "ʼ": "", "`": "", "\u00ad": "", "№": "",
    }
)  # fmt: skip


def slugify(text: str) -> str:
    """A slug of a–z, 0–9 and single hyphens, of at most 80 characters, cut between words.

    Empty where the text has no letter or digit to keep. A slug is its own slug.
    """
    latin = unicodedata.normalize("NFC", text).casefold().translate(_LATIN)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode("ascii")
    return _cut("-".join(re.findall(r"[a-z0-9]+", plain.lower())))


def _cut(slug: str) -> str:
    if len(slug) <= MAX_LENGTH:
        return slug
    whole_words = slug[: MAX_LENGTH + 1].rpartition("-")[0]
    return whole_words or slug[:MAX_LENGTH]
