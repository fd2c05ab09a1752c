"""The words of the program in a language, for texts that are made outside of a request."""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from markupsafe import Markup

FOLDER = Path(__file__).parent.parent / "translations"
_NAME_IN_QUOTES = re.compile(r"[„“]%\((\w+)\)s[“”]")
_QUOTES = re.compile("„([^„“”]*)[“”]|“([^„“”]*)”")


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
        return filled(pattern(message), facts) if facts else plain(message)

    return sentence


def filled(pattern: str, facts: Mapping[str, object]) -> str:
    """Return a sentence with its facts; a name in quotes has inner ones where it has its own."""
    names = _names_in_quotes(pattern)
    return pattern % ({**facts, **{name: _within_quotes(facts[name]) for name in names}})


@lru_cache(maxsize=2048)
def _names_in_quotes(pattern: str) -> frozenset[str]:
    return frozenset(_NAME_IN_QUOTES.findall(pattern))


def _within_quotes(name: object) -> object:
    if not isinstance(name, str) or not _QUOTES.search(name):
        return name
    return type(name)(_QUOTES.sub(_inner, name))


def _inner(quoted: re.Match[str]) -> str:
    return f"‚{quoted[1]}‘" if quoted[2] is None else f"‘{quoted[2]}’"
