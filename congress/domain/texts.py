"""Texts kept in several languages: German always, others where somebody wrote them."""

from collections.abc import Mapping

Texts = Mapping[str, str]

REQUIRED_LANGUAGE = "de"
ENDS_OF_CLAUSES = (".", ",", ";", ":", "!", "?", "–")


def in_language(texts: Texts, language: str) -> str:
    """Return the text in a language, else the German one, else an empty text."""
    return texts.get(language) or texts.get(REQUIRED_LANGUAGE) or ""


def written(texts: Texts) -> Texts:
    """Return texts without the languages in which nothing stands."""
    return {language: text for language, text in texts.items() if text}


def left_behind(before: Texts, after: Texts) -> Texts:
    """Return what still says in other languages what the German text said before."""
    was, now = before.get(REQUIRED_LANGUAGE), after.get(REQUIRED_LANGUAGE)
    if not was or not now or was == now:
        return {}
    return {
        language: text
        for language, text in written(after).items()
        if language != REQUIRED_LANGUAGE and text == before.get(language) and text != now
    }


def in_one_line(text: str) -> str:
    """Return what was typed on several lines on one, with a comma where a line just ends."""
    first, *others = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    joined = first
    for line in others:
        joined += f" {line}" if joined.endswith(ENDS_OF_CLAUSES) else f", {line}"
    return joined


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut between words where that is possible."""
    if len(text) <= most:
        return text
    start, space, _rest = text[:most].rpartition(" ")
    return (start if space else text[: most - 1]).rstrip(" ,;:–-") + "…"


def language_of(texts: Texts, language: str) -> str:
    """Return the language in which `in_language` answers, for the `lang` attribute of a page."""
    return language if texts.get(language) else REQUIRED_LANGUAGE
