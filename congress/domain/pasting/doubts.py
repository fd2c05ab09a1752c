"""What is said of a pasted row beside its values: told, asked, or open; the edge has the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Weight(IntEnum):
    """How much a doubt matters."""

    TOLD = 1  # filled in or read so; it can be seen, and nobody has to answer
    ASKED = 2  # a guess: it holds once it was shown and sent again
    OPEN = 3  # not understood: the row has to be written otherwise


class Doubt(StrEnum):
    """What is not certain about a row."""

    END_FROM_NEXT = "end_from_next"
    END_FROM_CONGRESS = "end_from_congress"
    ALL_DAY = "all_day"
    KIND_FROM_TITLE = "kind_from_title"
    KIND_FROM_PLACES = "kind_from_places"
    KIND_SHORT = "kind_short"
    NUMBER_FROM_TITLE = "number_from_title"
    DESCRIPTION_FROM_TITLE = "description_from_title"
    TIME_CARRIED = "time_carried"
    TIME_ABOUT = "time_about"
    END_GUESSED = "end_guessed"
    OUTSIDE_HOURS = "outside_hours"
    KIND_GUESSED = "kind_guessed"
    CELL_GUESSED = "cell_guessed"
    LINE_JOINED = "line_joined"
    COLUMN_LEFT_OUT = "column_left_out"
    TEXT_LEFT_OUT = "text_left_out"
    PLACES_LEFT_OUT = "places_left_out"
    MINIMUM = "minimum"
    MINIMUM_LEFT_OUT = "minimum_left_out"
    PLACES_ABOUT = "places_about"
    TITLE_HOLDS_MORE = "title_holds_more"
    NUMBER_TWICE = "number_twice"
    ROOM_LIKE = "room_like"
    ROOM_A_NUMBER = "room_a_number"
    NAME_OF_ONE_WORD = "name_of_one_word"
    AFFILIATION_GUESSED = "affiliation_guessed"
    ROLE_CARRIED = "role_carried"
    NOT_A_TIME = "not_a_time"
    TIME_OR_DATE = "time_or_date"
    NO_TIME = "no_time"
    NO_END = "no_end"
    END_BEFORE_START = "end_before_start"
    MORNING_OR_AFTERNOON = "morning_or_afternoon"
    WORKSHOP_OUTSIDE_HOURS = "workshop_outside_hours"
    NO_SUCH_TIME = "no_such_time"
    NO_DAY = "no_day"
    OTHER_DAY = "other_day"
    OTHER_WEEKDAY = "other_weekday"
    NO_TITLE = "no_title"
    TOO_LONG = "too_long"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_PLACES = "unknown_places"
    UNKNOWN_MINIMUM = "unknown_minimum"
    MINIMUM_ABOVE_PLACES = "minimum_above_places"
    UNKNOWN_CELL = "unknown_cell"
    UNKNOWN_ROLE = "unknown_role"
    NOT_A_NAME = "not_a_name"
    SEPARATED_BY_COMMAS = "separated_by_commas"
    TOO_MANY_ROWS = "too_many_rows"


_TOLD = frozenset(
    (
        Doubt.END_FROM_NEXT,
        Doubt.END_FROM_CONGRESS,
        Doubt.ALL_DAY,
        Doubt.KIND_FROM_TITLE,
        Doubt.KIND_FROM_PLACES,
        Doubt.KIND_SHORT,
        Doubt.NUMBER_FROM_TITLE,
        Doubt.DESCRIPTION_FROM_TITLE,
        Doubt.MINIMUM,
    )
)
_ASKED = frozenset(
    (
        Doubt.TIME_CARRIED,
        Doubt.TIME_ABOUT,
        Doubt.END_GUESSED,
        Doubt.OUTSIDE_HOURS,
        Doubt.KIND_GUESSED,
        Doubt.CELL_GUESSED,
        Doubt.LINE_JOINED,
        Doubt.COLUMN_LEFT_OUT,
        Doubt.TEXT_LEFT_OUT,
        Doubt.PLACES_LEFT_OUT,
        Doubt.MINIMUM_LEFT_OUT,
        Doubt.PLACES_ABOUT,
        Doubt.TITLE_HOLDS_MORE,
        Doubt.NUMBER_TWICE,
        Doubt.ROOM_LIKE,
        Doubt.ROOM_A_NUMBER,
        Doubt.NAME_OF_ONE_WORD,
        Doubt.AFFILIATION_GUESSED,
        Doubt.ROLE_CARRIED,
    )
)


@dataclass(frozen=True)
class Remark:
    """One doubt about one row, with what its sentence names."""

    doubt: Doubt
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        if self.doubt in _TOLD:
            return Weight.TOLD
        return Weight.ASKED if self.doubt in _ASKED else Weight.OPEN


def remark(doubt: Doubt, **facts: str | int) -> Remark:
    """Return a remark; what people pasted is named in full, however long."""
    return Remark(doubt, {name: str(value) for name, value in facts.items()})


def heaviest(remarks: Iterable[Remark]) -> Weight | None:
    """Return the greatest weight among remarks, None where there are none."""
    return max((each.weight for each in remarks), default=None)
