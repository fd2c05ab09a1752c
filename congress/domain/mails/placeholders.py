"""Placeholders in what organisers write: `{Vorname}` stands for what is known of each reader.

A text is gone through once, so what stands for a placeholder is never looked at again: whoever is
called `{Link}` stays so (SEC-05). Nothing is worked out, there are names and no expressions.
"""

import re
from collections.abc import Collection, Iterator, Mapping

# Whatever stands in braces counts, so that a slip is told and not sent.
PLACEHOLDER = re.compile(r"\{([^{}\n]{1,60})\}")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of all placeholders in a text, each once, in their order."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def unknown(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the placeholders of a text that stand for nothing, as they were typed."""
    return tuple(name for name in names_in(text) if name not in known)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled; one without a value stays as it was typed."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces, each with the name of the placeholder after it, or nothing."""
    end = 0
    for found in PLACEHOLDER.finditer(text):
        yield text[end : found.start()], found[1]
        end = found.end()
    yield text[end:], ""
