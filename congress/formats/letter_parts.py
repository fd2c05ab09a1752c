"""The two dresses of a letter: plain text with a narrow column, and small semantic HTML."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from markupsafe import Markup, escape

from congress.formats.typography import NO_BREAK_SPACE, hold_in_letters

WIDTH = 66  # characters; what a mail program shows without wrapping on its own
LABEL_WIDTH = 15  # so that "Your workshop" stands apart from what follows
LEAST_GAP = 2  # else the label has a line of its own
MOST_KEPT = 2_000  # lines, most of which hundreds of letters have in common
PARAGRAPH = re.compile(r"\n[ \t]*\n")


class Parts(Protocol):
    """What a letter is put together from; everything is given as text and escaped as needed."""

    def paragraphs(self, text: str) -> str:
        """Paragraphs, parted by empty lines."""

    def points(self, text: str, heading: str) -> str:
        """A list with a heading, one point per line; nothing where there is no point."""

    def row(self, label: str, main: str, *details: str) -> str:
        """A fact: its name, what it is, and what else there is to say."""

    def several(self, label: str, entries: Sequence[str]) -> str:
        """A fact that is a list, such as the days of a course: each has commas of its own."""

    def link(self, url: str) -> str:
        """A link of somebody else's, written out whole, within a sentence or a row."""

    def facts(self, text: str) -> str:
        """All rows together."""

    def typed(self, paragraphs: Iterable[Iterable[str]]) -> str:
        """What somebody typed: paragraphs, each with its lines."""

    def action(self, sentence: str, button: str, url: str, *, explains: bool = False) -> str:
        """A link of ours, with the sentence it follows or the words on its button.

        Where the sentence `explains` more than the button says, it stands above that too.
        """

    def code(self, sentence: str, elsewhere: str, alternative: str, picture: str) -> str:
        """A code to be read by a machine, with what to do with it; `elsewhere` says where it is.

        Plain text shows no picture, so there it is said.
        """


class TextParts:
    """Plain text."""

    def paragraphs(self, text: str) -> str:
        return "\n\n".join(filled(each) for each in _paragraphs(text))

    def points(self, text: str, heading: str) -> str:
        points = [filled(each, "- ", "  ") for each in _lines(text)]
        return "\n".join([f"{heading}\n", *points]) if points else ""

    def row(self, label: str, main: str, *details: str) -> str:
        body = _line(main)
        for detail in filter(None, details):
            is_sentence = detail.endswith((".", "?", "!"))
            stop = "" if body.endswith((".", "?", "!")) else "." if is_sentence else ","
            body = f"{body}{stop} {_line(detail)}"
        first = f"{label:<{LABEL_WIDTH}}"
        if len(label) > LABEL_WIDTH - LEAST_GAP:
            return f"{label}\n{filled(body, ' ' * LABEL_WIDTH)}"
        return filled(body, first, " " * LABEL_WIDTH)

    def several(self, label: str, entries: Sequence[str]) -> str:
        return self.row(label, "; ".join(entries))

    def link(self, url: str) -> str:
        return url

    def facts(self, text: str) -> str:
        return "\n".join(line for line in text.splitlines() if line.strip())

    def typed(self, paragraphs: Iterable[Iterable[str]]) -> str:
        return "\n\n".join("\n".join(filled(each) for each in lines) for lines in paragraphs)

    def action(self, sentence: str, button: str, url: str, *, explains: bool = False) -> str:
        del button, explains
        return f"{filled(sentence)}\n{url}"

    def code(self, sentence: str, elsewhere: str, alternative: str, picture: str) -> str:
        del sentence, alternative, picture
        return filled(elsewhere)


class HtmlParts:
    """HTML without attributes of style or anything remote."""

    def __init__(self, language: str) -> None:
        self._language = language

    def paragraphs(self, text: str) -> Markup:
        return _joined("<p>{}</p>", _paragraphs(text), self._language)

    def points(self, text: str, heading: str) -> Markup:
        points = _joined("<li>{}</li>", _lines(text), self._language)
        return Markup("<h2>{}</h2>\n<ul>\n{}\n</ul>").format(heading, points) if points else points

    def row(self, label: str, main: str, *details: str) -> Markup:
        more = [each for each in details if each]
        lines = _joined("<br><span>{}</span>", more, self._language)
        term, fact = _held(label, self._language), _held(main, self._language)
        return Markup("<dt>{}</dt><dd>{}{}</dd>").format(term, fact, lines)

    def several(self, label: str, entries: Sequence[str]) -> Markup:
        return self.row(label, *entries)

    def link(self, url: str) -> Markup:
        return Markup('<a href="{}">{}</a>').format(url, url)

    def facts(self, text: str) -> Markup:
        rows = Markup("\n").join(_lines(text))
        return Markup("<dl>\n{}\n</dl>").format(rows) if rows else rows

    def typed(self, paragraphs: Iterable[Iterable[str]]) -> Markup:
        paragraph = Markup("<p>{}</p>")
        return Markup("\n").join(
            paragraph.format(Markup("<br>\n").join(lines)) for lines in paragraphs
        )

    def action(self, sentence: str, button: str, url: str, *, explains: bool = False) -> Markup:
        link = '<p><a class="button" href="{}">{}</a></p>'
        linked = Markup(link).format(url, button)  # noqa: S704 - a constant; format escapes
        return self.paragraphs(sentence) + linked if explains else linked

    def code(self, sentence: str, elsewhere: str, alternative: str, picture: str) -> Markup:
        del elsewhere
        image = Markup('<p><img src="{}" alt="{}" width="198" height="198"></p>')
        return self.paragraphs(sentence) + image.format(picture, alternative)


def _joined(pattern: str, texts: Iterable[str], language: str) -> Markup:
    around = Markup(pattern)  # noqa: S704 - constants of this module; format escapes
    return Markup("\n").join(around.format(_held(text, language)) for text in texts)


@lru_cache(maxsize=MOST_KEPT, typed=True)  # what is escaped already is of another type
def _held(text: str, language: str) -> Markup:
    held = hold_in_letters(str(escape(_line(text))), language)
    return Markup(held)  # noqa: S704 - escaped in the line before


def _paragraphs(text: str) -> list[str]:
    """Split a text; what a template has escaped stays so."""
    kind = type(text)
    return [kind(each.strip()) for each in PARAGRAPH.split(str(text)) if each.strip()]


def _lines(text: str) -> list[str]:
    """Split a text as `_paragraphs` does, at the end of every line."""
    kind = type(text)
    return [kind(each.strip()) for each in str(text).splitlines() if each.strip()]


def _line(text: str) -> str:
    return type(text)(" ".join(str(text).split()))


@lru_cache(maxsize=MOST_KEPT)
def filled(text: str, first: str = "", rest: str | None = None) -> str:
    """Return a text in a narrow column; a long word stays whole, and so does "Raum 4"."""
    column = textwrap.fill(
        hold_in_letters(_line(text)),
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,  # a broken link opens nothing
        break_on_hyphens=False,
    )
    return column.replace(NO_BREAK_SPACE, " ")
