"""What is different in a later version of a text: by paragraphs first, within them by words.

Paragraphs are compared whole, and only those in which something is different by words: a text of
fifty thousand characters takes some milliseconds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A list item or a heading begins a paragraph of its own.
BEGINS = re.compile(r"\n(?=[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|#{1,6}[ \t]))|\n[ \t]*(?:\n[ \t]*)+")
MARKS = re.compile(r"^[ \t]*#{1,6}[ \t]+|\*\*|__")  # how it looks is not compared
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 3_000  # of two paragraphs; longer ones are shown as a whole, before and after
ALIKE = 0.3  # less in common, and words would be a riddle


class Change(StrEnum):
    """What happened to some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some words one after another to which the same happened."""

    change: Change
    text: str


Paragraph = tuple[Piece, ...]


def differences(before: str, after: str) -> list[Paragraph]:
    """Return the paragraphs of both texts in one order, with what is gone and what is new."""
    old, new = paragraphs(before), paragraphs(after)
    found: list[Paragraph] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, one, end_one, two, end_two in matcher.get_opcodes():
        if tag == "equal":
            found += [(Piece(Change.SAME, each),) for each in new[two:end_two]]
        else:
            found += _replaced(old[one:end_one], new[two:end_two])
    return found


def is_changed(paragraph: Paragraph) -> bool:
    """Whether anything of a paragraph is gone or new."""
    return any(piece.change is not Change.SAME for piece in paragraph)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text without the marks of how they look."""
    parts = (MARKS.sub("", part).strip() for part in BEGINS.split(text))
    return [" ".join(part.split()) for part in parts if part]


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Put the paragraphs side by side in which something else stands."""
    for number in range(max(len(old), len(new))):
        was = old[number] if number < len(old) else ""
        now = new[number] if number < len(new) else ""
        yield from _by_words(was, now)


def _by_words(was: str, now: str) -> Iterator[Paragraph]:
    if not was or not now:
        yield (Piece(Change.GONE, was) if was else Piece(Change.NEW, now),)
        return
    old, new = WORDS.findall(was), WORDS.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) + len(new) > MOST_WORDS or matcher.ratio() < ALIKE:
        yield (Piece(Change.GONE, was),)
        yield (Piece(Change.NEW, now),)
        return
    pieces: list[Piece] = []
    for tag, one, end_one, two, end_two in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(new[two:end_two])))
            continue
        if one < end_one:
            pieces.append(Piece(Change.GONE, "".join(old[one:end_one])))
        if two < end_two:
            pieces.append(Piece(Change.NEW, "".join(new[two:end_two])))
    yield tuple(pieces)
