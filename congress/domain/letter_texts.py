"""What the organisers of a congress put into its letters, beside what the program says there."""

import re
from collections.abc import Mapping
from typing import Any

from congress.domain.errors import Refused
from congress.domain.names import says_nothing, web_address_in
from congress.domain.texts import in_language

LANGUAGES = ("de", "en")
GREETING, CLOSING, EXTRA = "greeting", "closing", "extra"
TEXTS = (GREETING, CLOSING, EXTRA)
SENDER, REPLY_TO = "sender", "reply_to"
NAMES = (SENDER, REPLY_TO, *(f"{name}_{language}" for name in TEXTS for language in LANGUAGES))

# They end a name or part addresses (RFC 5322, 3.2.3), or look like an address of one's own.
_NOT_IN_A_NAME = re.compile(r'[@:,"<>;\\()\[\]]')
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S*|\bwww\.\S+", re.IGNORECASE)


class LetterTextsEditedMeanwhile(Refused):
    """Somebody else saved the words of the letters after this form was opened."""


def whole(stored: Mapping[str, str]) -> dict[str, str]:
    """Return all of them by name, in the order of the form; what is not written is empty."""
    return {name: stored.get(name, "") for name in NAMES}


def written(values: Mapping[str, str]) -> dict[str, str]:
    """Return those that say something, as a row holds them."""
    return {name: text for name, text in values.items() if text}


def strange_link(text: str) -> str:
    """Return the first address in a text that is not a whole one of https, or nothing."""
    found = (each[0] for each in _ADDRESS.finditer(text))
    return next((each for each in found if not each.lower().startswith("https://")), "")


def strange_in_sender(name: str) -> str:
    """Return what cannot stand in a name before the sender's address, or nothing."""
    mark = _NOT_IN_A_NAME.search(name)
    if mark or (name and says_nothing(name)):
        return mark[0] if mark else name
    return web_address_in(name, is_name=True)


def in_letters(stored: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return what letters in a language say of it: a text each, the extra one as paragraphs."""
    texts = {
        name: in_language({each: stored.get(f"{name}_{each}", "") for each in LANGUAGES}, language)
        for name in TEXTS
    }
    return {**texts, EXTRA: paragraphs(texts[EXTRA])}


def paragraphs(text: str) -> list[list[str]]:
    """Return a text as paragraphs, parted by empty lines, each with its lines."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [each for each in found if each]
