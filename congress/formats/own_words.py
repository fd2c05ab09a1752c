"""What organisers write, in a small Markdown, as plain text and as HTML of mails.

Paragraphs, lines as they were typed, headings, lists, bold, italics and links: the rest of
Markdown stays as it was typed, and HTML is never more than its letters. Values take the places of
placeholders after all that was read, so that no name becomes a link or a heading (SEC-05, SEC-06).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from congress.domain.mails import placeholders
from congress.domain.mails.placeholders import PLACEHOLDER
from congress.formats.letter_parts import filled

WRITTEN = ("heading", "list", "emphasis", "link", "newline", "escape")
ADDRESS = re.compile(r"https://[^\s<>\"{}]*[^\s<>\"{}.,;:!?)\]]")
# Before an @ stands a name that looks like the host, and what is not to be seen turns it round.
MISLEADS = re.compile(r"https://[^/?#]*@|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
OWN_LINKS = ("https://", "mailto:")
MOST_READ = 256  # texts, which many mails have in common


@dataclass(frozen=True)
class Link:
    """An address of ours; `words` are what it is called where nobody said."""

    url: str
    words: str = ""


@dataclass(frozen=True)
class Block:
    """A part that the program writes, in both dresses; it stands in a paragraph of its own."""

    text: str
    html: Markup


Values = Mapping[str, str | Link | Block]


def in_text(text: str, values: Values) -> str:
    """Return what was written as plain text in a narrow column."""
    return "\n\n".join(part for part in _TextDress(values).blocks(_read(text)) if part)


def in_html(text: str, values: Values) -> Markup:
    """Return what was written as HTML: p, br, h2, ul, ol, li, strong, em and a, no more."""
    return Markup("\n").join(part for part in _HtmlDress(values).blocks(_read(text)) if part)


def misplaced(text: str, blocks: Sequence[str]) -> tuple[str, ...]:
    """Return which of these placeholders stand within a sentence and not by themselves."""
    alone = {_only_placeholder(token) for token in _read(text) if token.type == "inline"}
    found = placeholders.names_in(text)
    return tuple(name for name in blocks if name in found and name not in alone)


@lru_cache(maxsize=MOST_READ)
def _read(text: str) -> Sequence[Token]:
    return _markdown().parse(text)


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero").enable(WRITTEN)
    markdown.validateLink = _may_be_linked  # type: ignore[method-assign] # the way it is meant
    return markdown


def _may_be_linked(url: str) -> bool:
    if PLACEHOLDER.fullmatch(unquote(url)):
        return True
    return url.startswith(OWN_LINKS) and not _misleads(url)


def _misleads(url: str) -> bool:
    """Return whether an address shows another host than it opens."""
    return MISLEADS.search(unquote(url)) is not None


def _only_placeholder(token: Token) -> str:
    found = PLACEHOLDER.fullmatch(token.content.strip())
    return found[1] if found else ""


class _Dress(ABC):
    """Goes through what was read, and leaves it to a dress how each part looks.

    A dress that is HTML begins with `Markup`, which escapes whatever is added to it.
    """

    nothing: str

    def __init__(self, values: Values) -> None:
        self._values = values

    def blocks(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Yield paragraphs, headings and whole lists."""
        position = 0
        while position < len(tokens):
            end = _end_of(tokens, position)
            yield self._block(tokens[position], tokens[position + 1 : end])
            position = end + 1

    @abstractmethod
    def paragraph(self, words: str, *, is_point: bool = False) -> str: ...
    @abstractmethod
    def heading(self, words: str) -> str: ...
    @abstractmethod
    def points(self, points: Sequence[Sequence[str]], *, are_numbered: bool) -> str: ...
    @abstractmethod
    def whole(self, block: Block) -> str: ...
    @abstractmethod
    def link(self, url: str, words: str) -> str: ...
    @abstractmethod
    def mark(self, token: Token) -> str: ...
    @abstractmethod
    def new_line(self) -> str: ...

    def _block(self, opening: Token, inside: Sequence[Token]) -> str:
        if opening.type in LISTS:
            points = [list(self.blocks(each)) for each in _points(inside)]
            return self.points(points, are_numbered=opening.type == "ordered_list_open")
        value = self._values.get(_only_placeholder(inside[0]))
        if isinstance(value, Block):
            return self.whole(value)
        words = self._line(inside[0].children or [])
        if opening.type == "heading_open":
            return self.heading(words)
        return self.paragraph(words, is_point=opening.hidden)

    def _line(self, tokens: Sequence[Token]) -> str:
        """Return what stands within a block."""
        found, position = self.nothing, 0
        while position < len(tokens):
            token, end = tokens[position], position
            if token.type == "link_open":
                end = _end_of(tokens, position)
                words = self._line(tokens[position + 1 : end])
                found += self._linked(str(token.attrs["href"]), words)
            elif token.type in {"softbreak", "hardbreak"}:
                found += self.new_line()
            elif token.nesting:
                found += self.mark(token)
            else:
                found += self._filled(token.content)
            position = end + 1
        return found

    def _linked(self, href: str, words: str) -> str:
        named = PLACEHOLDER.fullmatch(unquote(href))
        if named is None:
            return self.link(href, words)
        value = self._values.get(named[1])
        return self.link(value.url, words) if isinstance(value, Link) else words

    def _filled(self, text: str) -> str:
        found = self.nothing
        for piece, name in placeholders.pieces(text):
            found += self._with_links(piece)
            if name:
                found += self._value(name)
        return found

    def _with_links(self, text: str) -> str:
        """Return what an organiser typed, with its whole addresses as links."""
        found, end = self.nothing, 0
        for address in ADDRESS.finditer(text):
            found += text[end : address.start()]
            words = self.nothing + address[0]
            found += words if _misleads(address[0]) else self.link(address[0], words)
            end = address.end()
        return found + text[end:]

    def _value(self, name: str) -> str:
        value = self._values.get(name)
        if isinstance(value, Link):
            return self.link(value.url, self.nothing + (value.words or value.url))
        if isinstance(value, str):
            return value
        return f"{{{name}}}"  # unknown, or a part within a sentence: as it was typed


class _TextDress(_Dress):
    nothing = ""

    def paragraph(self, words: str, *, is_point: bool = False) -> str:
        del is_point
        return "\n".join(filled(line) for line in words.splitlines())

    def heading(self, words: str) -> str:
        return filled(words)

    def points(self, points: Sequence[Sequence[str]], *, are_numbered: bool) -> str:
        found = []
        for number, parts in enumerate(points, start=1):
            first = f"{number}. " if are_numbered else "- "
            lines = "\n".join(parts).splitlines() or [""]
            rest = " " * len(first)
            found += [f"{rest if position else first}{line}" for position, line in enumerate(lines)]
        return "\n".join(found)

    def whole(self, block: Block) -> str:
        return block.text

    def link(self, url: str, words: str) -> str:
        return url if words in {"", url} else f"{words}: {url}"

    def mark(self, token: Token) -> str:
        del token
        return ""

    def new_line(self) -> str:
        return "\n"


class _HtmlDress(_Dress):
    nothing = Markup("")

    def paragraph(self, words: str, *, is_point: bool = False) -> str:
        return words if is_point else Markup("<p>{}</p>").format(words)

    def heading(self, words: str) -> str:
        return Markup("<h2>{}</h2>").format(words)

    def points(self, points: Sequence[Sequence[str]], *, are_numbered: bool) -> str:
        found = Markup("\n").join(
            Markup("<li>{}</li>").format(Markup("\n").join(parts)) for parts in points
        )
        around = "<ol>\n{}\n</ol>" if are_numbered else "<ul>\n{}\n</ul>"
        return Markup(around).format(found)  # noqa: S704 - a constant; format escapes

    def whole(self, block: Block) -> str:
        return block.html

    def link(self, url: str, words: str) -> str:
        return Markup('<a href="{}">{}</a>').format(url, words)

    def mark(self, token: Token) -> str:
        return Markup(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")  # noqa: S704 - em, strong

    def new_line(self) -> str:
        return Markup("<br>\n")


def _end_of(tokens: Sequence[Token], opening: int) -> int:
    """Return where what is opened at a place is closed."""
    depth = 0
    for position in range(opening, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    raise ValueError("unbalanced tokens")


def _points(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the contents of each point of a list."""
    position = 0
    while position < len(tokens):
        end = _end_of(tokens, position)
        yield tokens[position + 1 : end]
        position = end + 1
