"""What stands in which column of a pasted table: by its heading, or by what its cells look like."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.domain.folding import fold_for_order
from congress.domain.pasting.cells import SEVERAL, Line
from congress.domain.pasting.clock_words import looks_like_duration, looks_like_time, read_times
from congress.domain.pasting.day_words import read_day
from congress.domain.pasting.kinds import is_kind
from congress.domain.pasting.people import (
    looks_like_names,
    looks_like_people,
    names_people,
    role_of,
)


class Part(StrEnum):
    """What a cell is about."""

    DAY = "day"
    NUMBER = "number"
    TIME = "time"
    END = "end"
    DURATION = "duration"
    TITLE = "title"
    KIND = "kind"
    ROOM = "room"
    PLACES = "places"
    MINIMUM = "minimum"  # of people
    PEOPLE = "people"
    DESCRIPTION = "description"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Column:
    """What a column is about; `role` is what its people do, `sure` is not guessed."""

    part: Part
    role: str = ""
    name: str = ""  # as its heading says
    sure: bool = True


_HEADINGS = {
    Part.DAY: "tag datum day date wochentag",
    Part.NUMBER: "nr no nummer number lfd lfd-nr pos",
    Part.TIME: "zeit uhrzeit zeiten uhr von beginn start anfang time when wann from begin starts "
    "zeitraum startzeit slot starttime",
    Part.END: "bis ende to end schluss until ends endzeit",
    Part.DURATION: "dauer duration min minuten lange length",
    Part.TITLE: "titel thema programmpunkt inhalt was programm title topic session what item "
    "veranstaltung tagesordnungspunkt top workshop workshops "
    "bezeichnung beitrag ablauf name subject theme event",
    Part.KIND: "art typ type kind format kategorie category",
    Part.ROOM: "raum ort room saal location where wo venue place raume",
    Part.PLACES: "platze tn teilnehmerzahl seats capacity places kapazitat maxtn max anzahl "
    "teilnehmende platzzahl maxplatze maxteilnehmer",
    Part.MINIMUM: "mindestzahl mindestens mindestanzahl mindestteilnehmerzahl mindestteilnehmende "
    "minimum mintn minteilnehmende minteilnehmer",
    Part.PEOPLE: "personen person wer mitwirkende beteiligte people who verantwortlich name names "
    "vortragende leitung host hosts durch",
    Part.DESCRIPTION: "beschreibung description abstract kurzbeschreibung erlauterung details "
    "zusammenfassung",
}
_BY_HEADING = {word: part for part, words in reversed(_HEADINGS.items()) for word in words.split()}
LONGEST_HEADING = 60  # characters
LONGEST_SURE = 300  # characters; what is longer is a text
_BEFORE_TITLE = frozenset((Part.DAY, Part.NUMBER, Part.TIME, Part.END, Part.DURATION))
# The order in which the page asks for the cells.
IN_ORDER = (Part.TIME, Part.TITLE, Part.KIND, Part.ROOM, Part.PLACES, Part.PEOPLE)

_ROOM_NAMES = """
raum saal foyer halle aula zimmer salon bibliothek mensa kantine cafeteria atrium galerie buhne
room rooms hall lobby auditorium library theatre og eg ug online zoom
"""
_ROOM_WORDS = frozenset(_ROOM_NAMES.split())
_ROOM_ENDINGS = ("raum", "saal", "halle", "zimmer", "foyer", "salon")
_SMALL_WORDS = "und im der die das fur mit als in of the and zu von for ein eine vom with"
_NO_ROOM = frozenset(_SMALL_WORDS.split())
_ROOM_MOST_WORDS = 4
_PLACES = re.compile(
    r"(?:(?:max\.?|maximal|bis zu|bis|up to)\s*)?(?P<about>(?:ca\.?|etwa|about)\s*)?"
    r"(?P<number>\d{1,6})\s*(?:(?:freie?\s)?(?:plätze?|tn|teilnehmende|teilnehmer\S*|pers\.?|personen"
    r"|places|seats|people|pax))?",
    re.IGNORECASE,
)
_NO_LIMIT = frozenset(
    (
        *("unbegrenzt", "ohne limit", "keine begrenzung", "beliebig", "alle"),
        *("unlimited", "no limit", "all"),
    )
)
_LABEL = re.compile(r"(?P<label>[A-Za-zÄÖÜäöü.*/]{2,30})\s*:\s*(?P<rest>\S.*)", re.DOTALL)


def headings(line: Line) -> list[Column] | None:
    """Return the columns that a line of headings names; None if it is another line."""
    columns = [_heading(cell) for cell in line.cells]
    known = [column for column in columns if column.part is not Part.UNKNOWN]
    filled = line.filled
    if len(known) < SEVERAL or len(known) * 2 < len(filled):
        return None
    if any(len(cell) > LONGEST_HEADING or any(map(str.isdigit, cell)) for cell in filled):
        return None
    return _distinct(columns)


def columns_like(lines: Sequence[Line]) -> list[Column]:
    """Return what the columns of a table without headings are about, by their cells."""
    width = max((len(line.cells) for line in lines), default=0)
    looks = [_look_of(_cells(lines, at)) for at in range(width)]
    if looks.count(Part.KIND) > 1:
        looks[looks.index(Part.KIND)] = Part.TITLE  # "Vortrag" may be all that it is called
    parts: list[Part | None] = []
    for each in looks:
        parts.append(_settled(each, parts))
    if Part.KIND in parts and Part.TITLE not in parts and _has_no_title(parts, lines):
        parts[parts.index(Part.KIND)] = Part.TITLE  # "Begrüßung", "Mittagspause"
    return _with_undecided(parts, lines)


def label_of(cell: str) -> tuple[Column, str] | None:
    """Return what a cell says it is: "Raum: Foyer", "Moderation: Anna Beispiel"."""
    found = _LABEL.fullmatch(cell)
    if found is None or len(cell) > LONGEST_SURE:
        return None
    column = _heading(found["label"])
    if column.part in {Part.UNKNOWN, Part.TITLE, Part.NUMBER, Part.TIME, Part.KIND, Part.DAY}:
        return None
    # "Input: Neue Wege" is a title, "Moderation: Anna Beispiel" is somebody.
    is_title = bool(column.role) and not names_people(found["label"])
    if column.part is Part.PEOPLE and (is_title or not _may_be_people(found["rest"])):
        return None
    # A label with a role is read by those who read people.
    return column, cell if column.part is Part.PEOPLE and column.role else found["rest"]


def look(cell: str) -> Part | None:
    """Return what a cell is sure to be about, by itself; None if it could be anything."""
    if len(cell) > LONGEST_SURE:
        return None
    labelled = label_of(cell)
    if labelled and not looks_like_time(cell):
        return labelled[0].part
    tests: tuple[tuple[Part, Callable[[str], object]], ...] = (
        (Part.TIME, looks_like_time),
        (Part.DURATION, looks_like_duration),
        (Part.DAY, read_day),
        (Part.PLACES, read_places),
        (Part.KIND, is_kind),
        (Part.ROOM, looks_like_room),
        (Part.PEOPLE, looks_like_people),
    )
    return next((part for part, is_such in tests if is_such(cell)), None)


def looks_like_room(cell: str) -> bool:
    """Return whether a cell names a room: a few words, one of which means one."""
    words = [] if "," in cell else fold_for_order(re.sub(r"[^\w\s-]", " ", cell)).split()
    if not 0 < len(words) <= _ROOM_MOST_WORDS or _NO_ROOM & set(words):
        return False
    return any(word in _ROOM_WORDS or word.endswith(_ROOM_ENDINGS) for word in words)


def read_places(cell: str) -> tuple[int | None, bool] | None:
    """Return how many places a cell gives, None for no limit, and whether it is a rough number."""
    if fold_for_order(cell) in _NO_LIMIT:
        return None, False
    found = _PLACES.fullmatch(cell.strip())
    return (int(found["number"]), bool(found["about"])) if found else None


def _heading(cell: str) -> Column:
    words = fold_for_order(re.sub(r"[*:_/(].*$", "", cell, flags=re.DOTALL)).strip(" .")
    squeezed = words.replace(" ", "").replace(".", "")
    part = _BY_HEADING.get(words) or _BY_HEADING.get(squeezed)
    if part is None and words:
        role = role_of(words)
        if role and not is_kind(words) and len(words.split()) <= SEVERAL + 1:
            return Column(Part.PEOPLE, role, cell)
        part = _BY_HEADING.get(words.split()[0]) if len(words.split()) <= SEVERAL else None
    return Column(part or Part.UNKNOWN, name=cell)


def _distinct(columns: Sequence[Column]) -> list[Column]:
    """A second column of times is the end; any other second one is not known, people apart."""
    found: list[Column] = []
    for column in columns:
        taken = {each.part for each in found}
        part = column.part
        if part is Part.TIME and part in taken:
            part = Part.END
        if part in taken and part not in {Part.PEOPLE, Part.UNKNOWN}:
            part = Part.UNKNOWN
        found.append(Column(part, column.role, column.name))
    return found


def _look_of(cells: Sequence[str]) -> Part | None:
    """Return what most filled cells of a column look like."""
    if len(cells) > 1 and list(cells) == [str(number) for number in range(1, len(cells) + 1)]:
        return Part.NUMBER
    counted = Counter(look(cell) for cell in cells)
    if not counted:
        return None
    found, count = counted.most_common(1)[0]
    return found if count * 2 > len(cells) else None


def _has_no_title(parts: Sequence[Part | None], lines: Sequence[Line]) -> bool:
    """Return whether whatever could be the title is empty, or people behind the kind."""
    first = parts.index(Part.KIND)
    if not set(parts[:first]) <= _BEFORE_TITLE:
        return False
    undecided = [at for at, part in enumerate(parts) if part is None and _cells(lines, at)]
    return all(at > first and _mostly_people(_cells(lines, at)) for at in undecided)


def _mostly_people(cells: Sequence[str]) -> bool:
    return sum(map(_may_be_people, cells)) * 2 >= len(cells)


def _cells(lines: Sequence[Line], at: int) -> list[str]:
    """Return what is filled of a column."""
    return [line.cells[at] for line in lines if at < len(line.cells) and line.cells[at]]


def _settled(found: Part | None, before: Sequence[Part | None]) -> Part | None:
    if found is Part.TIME and Part.TIME in before:
        return Part.END if before[-1] is Part.TIME else None
    if found is Part.NUMBER and any(each is not None for each in before):
        return Part.PLACES
    return None if found in before and found is not Part.PEOPLE else found


def _with_undecided(parts: Sequence[Part | None], lines: Sequence[Line]) -> list[Column]:
    """The first column that could be anything is the title; what follows is asked."""
    found: list[Column] = []
    taken = {part for part in parts if part}
    for at, part in enumerate(parts):
        cells = _cells(lines, at)
        if part is not None or not cells:
            found.append(Column(part or Part.UNKNOWN))
            continue
        guess, sure = _guessed(
            at, cells, taken, is_first={each.part for each in found} <= _BEFORE_TITLE
        )
        taken.add(guess)
        found.append(Column(guess, sure=sure))
    return found


def _guessed(
    at: int, cells: Sequence[str], taken: set[Part], *, is_first: bool
) -> tuple[Part, bool]:
    if Part.TIME not in taken and any(read_times(cell) for cell in cells):
        return Part.TIME, True  # "9", "10", "11"
    if Part.TITLE not in taken:
        return Part.TITLE, is_first or not any(map(_may_be_people, cells))
    in_order = IN_ORDER[at] if at < len(IN_ORDER) else Part.PEOPLE
    if Part.PEOPLE not in taken and all(_may_be_people(cell) for cell in cells):
        return Part.PEOPLE, in_order is Part.PEOPLE
    short = all(len(cell.split()) <= _ROOM_MOST_WORDS for cell in cells)
    if Part.ROOM not in taken and short:
        return Part.ROOM, in_order is Part.ROOM and Part.PEOPLE in taken
    return Part.UNKNOWN, False


def _may_be_people(cell: str) -> bool:
    return len(cell) <= LONGEST_SURE and (looks_like_people(cell) or looks_like_names(cell))
