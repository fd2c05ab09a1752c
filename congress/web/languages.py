"""In which language a page answers: `?lang=`, a remembered choice, then the browser's wish.

`?lang=` travels in the links of a page (`link`) and is remembered only when the visitor asks for
it (POST /language), so that whoever only reads gets no cookie.
"""

from contextvars import ContextVar
from datetime import tzinfo
from urllib.parse import urlencode

import flask_babel
from babel.numbers import format_decimal, format_percent
from flask import Flask, current_app, has_request_context, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from congress import extensions
from congress.domain import programme
from congress.domain.programme import UNNAMED, ItemKind, ProgrammeItem, Titled
from congress.domain.texts import Texts, in_language, in_one_line, language_of
from congress.formats import kind_words
from congress.formats.catalogue import catalogue, filled, sentences
from congress.formats.dates import Dates
from congress.formats.typography import soften

LANGUAGES = {"de": "Deutsch", "en": "English"}
NUMBERS = {
    "de": (
        *("null", "ein", "zwei", "drei", "vier", "fünf", "sechs"),
        *("sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    ),
    "en": (
        *("no", "one", "two", "three", "four", "five", "six"),
        *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
}
ONE_YEAR = 31_536_000

# The language, and whether the address names it: asked for some eighty times a page.
_of_request: ContextVar[tuple[str, bool] | None] = ContextVar("language", default=None)


def init_languages(app: Flask) -> None:
    """Bind the languages to the application and to its templates."""
    app.config.update(
        BABEL_DEFAULT_LOCALE="de",
        BABEL_TRANSLATION_DIRECTORIES="translations",
        LANGUAGE_COOKIE="__Host-language" if app.config["SESSION_COOKIE_SECURE"] else "language",
    )
    flask_babel.Babel(app, locale_selector=current)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, lambda one, many, number: catalogue(current()).ngettext(one, many, number), True
    )
    app.before_request(_forget)
    app.teardown_request(_forget)
    app.jinja_env.globals.update(
        _=_sentence,
        text=text,
        short_name=short_name,
        kind_of=kind_of,
        item_name=item_name,
        other_language=other_language,
        lang_attribute=lang_attribute,
        link=link,
        labelled=labelled,
        unnamed=UNNAMED,
    )
    app.jinja_env.filters.update(
        soft=soft, paragraphs=_paragraphs, in_words=in_words, in_one_line=in_one_line
    )
    app.context_processor(_for_templates)


def in_words(number: int) -> str:
    """Return a small number as a word, a larger one in figures."""
    words = NUMBERS[current()]
    return words[number] if number < len(words) else str(number)


def current() -> str:
    """Return the language of this page."""
    return _asked()[0]


def is_explicit() -> bool:
    """Return whether the address itself names the language."""
    return _asked()[1]


def _asked() -> tuple[str, bool]:
    asked = _of_request.get()
    if asked is None:
        asked = _chosen()
        if has_request_context():
            _of_request.set(asked)
    return asked


def _sentence(message: str, **facts: object) -> str:
    return sentences(current(), is_html=True)(message, **facts)


def _forget(_error: BaseException | None = None) -> None:
    _of_request.set(None)


def link(path: str) -> str:
    """Return a path of ours so that a language named in the address stays named."""
    if not is_explicit():
        return path
    path, hash_mark, fragment = path.partition("#")
    separator = "&" if "?" in path else "?"
    return f"{path}{separator}{urlencode({'lang': current()})}{hash_mark}{fragment}"


def remember(response: Response, language: str) -> None:
    """Keep the visitor's choice in a cookie, because the visitor asked for it."""
    response.set_cookie(
        current_app.config["LANGUAGE_COOKIE"],
        language,
        max_age=ONE_YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def gettext(message: str, **facts: object) -> str:
    """Return a sentence of the program in the language of the page."""
    sentence = catalogue(current()).gettext(message)
    return filled(sentence, facts) if facts else sentence


def pgettext(context: str, message: str) -> str:
    """Return a sentence that says something else in another context."""
    return str(catalogue(current()).pgettext(context, message))


def ngettext(singular: str, plural: str, number: int, **facts: object) -> str:
    """Return a sentence about a number of things; the number is `%(num)d`."""
    sentence = str(catalogue(current()).ngettext(singular, plural, number))
    return filled(sentence, {"num": number} | facts)


def number(count: int) -> str:
    """Return a number as sentences of the language of the page write it: "1.200", "1,200"."""
    return format_decimal(count, locale=current())


def percent(share: int) -> str:
    """Return a share of a hundred as the language of the page writes it: "22 %", "22%"."""
    return format_percent(share / 100, locale=current())


def labelled(label: str, sentence: str) -> str:
    """Return a sentence about an entry after its label, which may be a sentence itself."""
    if label.endswith(("?", "!")):
        return f"{label} {sentence}"
    return f"{label.rstrip('.:')}: {sentence}"


def text(texts: Texts) -> str:
    """Return a text of a congress in the language of the page, else in German."""
    return in_language(texts, current())


def short_title(of: Titled) -> str:
    """Return the short title of an item in the language of the page, else its title."""
    return programme.short_title(of, current())


def kind_name(kind: ItemKind) -> str:
    """Return what a kind of item is called: "Evening event"."""
    return kind_words.kind_name(kind, current())


def kind_of(item: ProgrammeItem) -> str:
    """Return what an item is called as one of its kind: "Workshop"."""
    return kind_name(item.kind)


def number_name(item: ProgrammeItem) -> str:
    """Return "Workshop 3", as people speak of it; without a number its kind."""
    if not item.number:
        return kind_of(item)
    return kind_words.numbered(item.kind, item.number, current())


def item_name(item: ProgrammeItem) -> str:
    """Return "Workshop 3: title"; without a number its title says what it is."""
    title = text(item.face.title)
    return f"{number_name(item)}: {title}" if item.number else title


def short_name(number: int | None, of: Titled) -> str:
    """Return what lists and the log call an item, in the language of the page."""
    return programme.short_name(number, of, current())


def dates(zone: tzinfo) -> Dates:
    """Return how this page says days and times."""
    return Dates(current(), zone)


def other_language(texts: Texts) -> str | None:
    """Return the language `text` falls back to, None when it is that of the page."""
    language = language_of(texts, current())
    return None if language == current() else language


def lang_attribute(texts: Texts) -> Markup:
    """Return the `lang` attribute of a text that is not in the language of the page."""
    language = other_language(texts)
    return Markup(' lang="{}"').format(language) if language else Markup()


def soft(text: str, language: str | None = None) -> str:
    """Return a text that breaks well in narrow columns, and not between day and month."""
    return soften(text, language or current())


def _paragraphs(text: str) -> Markup:
    """Return plain text with a paragraph for each block between empty lines."""
    blocks = (" ".join(block.split()) for block in text.strip().split("\n\n"))
    return Markup("\n").join(Markup("<p>{}</p>").format(soft(block)) for block in blocks if block)


def _chosen() -> tuple[str, bool]:
    otherwise = extensions.settings().locale
    if not has_request_context():
        return otherwise, False
    named = request.args.get("lang")
    if named in LANGUAGES:
        return str(named), True
    remembered = request.cookies.get(current_app.config["LANGUAGE_COOKIE"])
    if remembered in LANGUAGES:
        return str(remembered), False
    if "Accept-Language" not in request.headers:
        return otherwise, False
    return request.accept_languages.best_match(list(LANGUAGES)) or otherwise, False


def _for_templates() -> dict[str, object]:
    language = current()
    return {
        "lang": language,
        "language_links": [
            (code, label, f"?{urlencode([*_kept(), ('lang', code)])}")
            for code, label in LANGUAGES.items()
            if code != language
        ],
    }


def _kept() -> list[tuple[str, str]]:
    """Return what the address says beside the language: filters and questions of a workspace.

    Public pages are finished once for every address that leads to them.
    """
    if not has_request_context() or not request.path.startswith("/organiser/"):
        return []
    return [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
