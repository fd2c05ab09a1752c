"""The words of the program in a language, for texts that are made outside of a request."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent.parent / "translations"


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the catalogue of a language; English, the language of the ids, needs none."""
    return Translations.load(FOLDER, [language])
