"""The words of the program in a language, for texts that are made outside of a request."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from markupsafe import Markup

FOLDER = Path(__file__).parent.parent / "translations"


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the catalogue of a language; English, the language of the ids, needs none."""
    return Translations.load(FOLDER, [language])


@cache
def sentences(language: str, *, is_html: bool) -> Callable[..., str]:
    """Return what templates say a sentence with: `_('…', name=value)`.

    Jinja2's own way calls through its context three times for each of the eighty sentences of a
    page. As there, `%` stands for itself only when doubled, and HTML escapes the values.
    """
    words, kind = catalogue(language), Markup if is_html else str

    @cache
    def pattern(message: str) -> str:
        return kind(words.gettext(message))

    @cache
    def plain(message: str) -> str:
        return pattern(message) % {}

    def sentence(message: str, **facts: object) -> str:
        return pattern(message) % facts if facts else plain(message)

    return sentence
