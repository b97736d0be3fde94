"""The languages that mksite knows. Another one is a module beside these and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.language.en import ENGLISH
from mksite.language.ky import KYRGYZ
from mksite.language.ru import RUSSIAN

if TYPE_CHECKING:
    from mksite.language.language import Language

LANGUAGES: dict[str, Language] = {
    language.code: language for language in (RUSSIAN, KYRGYZ, ENGLISH)
}
"""By code, in the order in which lists of languages stand."""
