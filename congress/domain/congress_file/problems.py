"""What is wrong with a congress file, and where; the edge finds the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from congress.domain.errors import Refused

Path = tuple[str | int, ...]
Lines = Mapping[Path, int]


class ProblemKind(StrEnum):
    """What keeps a file from being imported."""

    TOO_BIG = "too_big"
    NOT_UTF8 = "not_utf8"
    NOT_TOML = "not_toml"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    LINE_BREAK = "line_break"
    UNKNOWN_CHOICE = "unknown_choice"
    NOT_A_CODE = "not_a_code"
    NOT_A_ROLE = "not_a_role"
    NOT_A_SLUG = "not_a_slug"
    RESERVED_SLUG = "reserved_slug"
    NO_SUCH_ZONE = "no_such_zone"
    NOT_A_LANGUAGE = "not_a_language"
    NOT_A_CLOCK_TIME = "not_a_clock_time"
    NO_SUCH_TIME = "no_such_time"
    STRANGE_YEAR = "strange_year"
    END_BEFORE_START = "end_before_start"
    OUTSIDE_DAYS = "outside_days"
    TAKEN_TWICE = "taken_twice"
    UNKNOWN_ROOM = "unknown_room"
    UNKNOWN_CONDITION = "unknown_condition"
    UNKNOWN_ORGANISATION = "unknown_organisation"
    CONTRADICTION = "contradiction"
    OUT_OF_RANGE = "out_of_range"
    NOT_AN_AGS = "not_an_ags"
    NOT_AN_EMAIL_ADDRESS = "not_an_email_address"
    NOT_A_WEB_ADDRESS = "not_a_web_address"
    NOT_AN_ONLINE_LINK = "not_an_online_link"
    CLOSES_BEFORE_OPENING = "closes_before_opening"
    PLACES_NOT_BOOKABLE = "places_not_bookable"
    MINIMUM_ABOVE_PLACES = "minimum_above_places"
    NOT_THE_FIRST = "not_the_first"
    NOT_ONE_OF = "not_one_of"
    NOT_TO_GO_WITH = "not_to_go_with"
    NEVER_TOGETHER = "never_together"
    MINIMUM_MISSING = "minimum_missing"
    MINIMUM_TOO_LATE = "minimum_too_late"
    NOT_GROUPS = "not_groups"
    LOGO_TWICE = "logo_twice"
    LOGO_NOT_FOUND = "logo_not_found"
    LOGO_NOT_BASE64 = "logo_not_base64"
    LOGO_NOT_AN_IMAGE = "logo_not_an_image"
    LOGO_TOO_BIG = "logo_too_big"
    LOGO_WITHOUT_ALT = "logo_without_alt"


class SyntaxFault(StrEnum):
    """What keeps a file from being TOML."""

    NO_VALUE = "no_value"
    NO_EQUALS_SIGN = "no_equals_sign"
    NO_KEY = "no_key"
    TEXT_NOT_CLOSED = "text_not_closed"
    LIST_NOT_CLOSED = "list_not_closed"
    TABLE_NOT_CLOSED = "table_not_closed"
    HEADING_NOT_CLOSED = "heading_not_closed"
    LINE_GOES_ON = "line_goes_on"
    INVISIBLE = "invisible"
    BACKSLASH = "backslash"
    NO_SUCH_DATE = "no_such_date"
    TWICE = "twice"
    LONG_NUMBER = "long_number"
    TOO_DEEP = "too_deep"
    OTHER = "other"


class WarningKind(StrEnum):
    """What the organiser should look at; the file is imported nevertheless."""

    ROOM_TAKEN_TWICE = "room_taken_twice"
    PERSON_TAKEN_TWICE = "person_taken_twice"
    ITEM_OUTSIDE_DAYS = "item_outside_days"
    TIME_SHOWN_TWICE = "time_shown_twice"
    DEADLINE_AFTER_START = "deadline_after_start"
    MORE_PLACES_THAN_SEATS = "more_places_than_seats"


@dataclass(frozen=True)
class FileProblem:
    """One fault: `key` as in `items[2].start` (counted from 1), `line` in the file from 1."""

    kind: ProblemKind | WarningKind
    key: str = ""
    line: int | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(eq=False)
class FileRefused(Refused):
    """A file that cannot be imported, with everything that is wrong with it."""

    problems: tuple[FileProblem, ...]


def dotted(path: Path) -> str:
    """Return a path as people write it: `items[2].start`."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def line_of(path: Path, lines: Lines) -> int | None:
    """Return the line of a key, or of the nearest thing around it that stands in the file."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None
