"""The shape of a congress file: its tables, their keys, and what may stand at each.

What hangs together between tables is the matter of `domain.congress_file`.
"""

from datetime import date, datetime, time
from typing import Annotated, Any, Required

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    TypeAdapter,
    ValidationError,
    with_config,
)
from pydantic_core import ErrorDetails
from typing_extensions import TypedDict

from congress.domain import confirming, own_questions, programme, rules
from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congress_file.plan import LAST_DAYS
from congress.domain.congress_file.problems import ProblemKind
from congress.domain.congress_file.tables import REFUSED, Notes, nearest
from congress.domain.congresses import Colour, CongressKind, CongressState, OrganisationRole
from congress.domain.fields import POSSIBLE_USES
from congress.domain.hosts import LONGEST_NAME
from congress.domain.modes import ItemMode
from congress.domain.network.organisations import Sector
from congress.domain.priority import PriorityGroups
from congress.domain.slugs import is_code
from congress.domain.workshops import Allocation
from congress.formats.congress_file_values import (
    ALT,
    EMAIL_ADDRESS,
    LEAD,
    LINE,
    LONG,
    PASS,
    SHORT,
    WEB_ADDRESS,
    choice_type,
    clock_time,
    filled,
    in_usual_years,
    must,
    of_type,
    official_key,
    start_time,
    text_type,
    texts_type,
    zone,
)

# What Pydantic calls a wrong type, as `cli.file_words` names the right one.
EXPECTED = {
    "string_type": "text",
    "int_type": "number",
    "bool_type": "flag",
    "date_type": "date",
    "dict_type": "table",
    "list_type": "tables",
}


def _table(path: str, keys: dict[str, Any], *, required: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - a type
    """Make a table, of which nothing more is asked where something was refused."""
    needed = {key: Required[Annotated[kind, PASS]] for key, kind in (required or {}).items()}
    table: Any = TypedDict(  # type: ignore[misc] # the keys are values
        path, needed | {key: Annotated[kind, PASS] for key, kind in keys.items()}, total=False
    )
    TABLES[path] = with_config(FORBIDDING)(table)
    return TABLES[path]


def _list_of(table: Any) -> Any:  # noqa: ANN401 - a type
    return Annotated[list[Annotated[table, PASS]], of_type("tables", list)]


FORBIDDING = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
TABLES: dict[str, Any] = {}  # by their path, without the numbers

LINE_OF_TEXT, CODE = text_type(), must(is_code, ProblemKind.NOT_A_CODE)
NEEDED_CODE = text_type(LINE, filled, CODE)
TITLE, NAMES, LONG_TEXTS = texts_type(required=True), texts_type(), texts_type(LONG, multiline=True)
EMAIL = text_type(254, must(EMAIL_ADDRESS.fullmatch, ProblemKind.NOT_AN_EMAIL_ADDRESS))
NUMBER = Annotated[int, Field(strict=True, ge=0, le=programme.MOST_PLACES)]
DAY = Annotated[date, of_type("date", date), AfterValidator(in_usual_years)]
CLOCK = Annotated[Any, of_type("clock", str, time), AfterValidator(clock_time)]
MOMENT = Annotated[Any, of_type("moment", date, datetime), AfterValidator(in_usual_years)]

START = Annotated[CLOCK, AfterValidator(start_time)]
SLOT, DAYS = {"start": START, "end": CLOCK}, {"day": DAY, "end_day": DAY}
DAYS_TABLE = _table("days", DAYS, required=SLOT)
ORGANISATION = _table(
    "organisations",
    {
        "code": text_type(LINE, CODE),
        "short_name": text_type(60),
        "kind": text_type(40),
        "ags": Annotated[Any, of_type("ags", str), AfterValidator(official_key)],
        "website": text_type(500, must(WEB_ADDRESS.fullmatch, ProblemKind.NOT_A_WEB_ADDRESS)),
        "logo_alt": texts_type(ALT),
        "logo_file": LINE_OF_TEXT,
        "logo_data": StrictStr,
    },
    required={"name": text_type(LINE, filled), "role": choice_type(OrganisationRole)},
)
ROOM = _table("rooms", {"seats": NUMBER}, required={"code": NEEDED_CODE, "name": TITLE})
PERSON = _table(
    "items.people",
    {
        **dict.fromkeys(("name", "organisation"), LINE_OF_TEXT),
        "role": text_type(LINE, must(programme.is_role, ProblemKind.NOT_A_ROLE)),
        "affiliation": NAMES,
        "state": choice_type(programme.PersonState),
    },
)
HOST = _table(
    "items.host",
    {"sector": choice_type(Sector)},
    required={"name": text_type(LONGEST_NAME, filled)},
)
ITEM = _table(
    "items",
    {
        **dict.fromkeys(("bookable", "waiting_list", "cancelled"), StrictBool),
        **dict.fromkeys(("number", "places"), NUMBER),
        **DAYS,
        **dict.fromkeys(("same_as", "one_of", "only_with"), text_type(LINE, CODE)),
        "mode": choice_type(ItemMode),
        "allocation": choice_type(Allocation),
        "minimum": Annotated[int, Field(strict=True, ge=1, le=programme.MOST_PLACES)],
        "minimum_by": DAY,
        "short_title": texts_type(programme.LONGEST_SHORT_TITLE),
        "abstract": LONG_TEXTS,
        "room": LINE_OF_TEXT,
        "online_link": text_type(SHORT),
        "people": _list_of(PERSON),
        "host": HOST,
    },
    required={"code": NEEDED_CODE, "kind": choice_type(programme.ItemKind), "title": TITLE, **SLOT},
)


GROUPS = must(lambda listed: PriorityGroups.of(listed).fits, ProblemKind.NOT_GROUPS)


def _rule(name: str) -> Any:  # noqa: ANN401 - a type
    """Return the type of a rule of registration: a word, a number, lines or a switch."""
    if choices := rules.choices_of(name):
        return choice_type(choices)
    if most := rules.MOST.get(name):
        return Annotated[int, Field(strict=True, ge=0, le=most)]
    if most := rules.LINES.get(name):
        return text_type(most, GROUPS, multiline=True)
    return StrictBool


OPTION = _table(
    "questions.options",
    {"at_most": NUMBER, "retired": StrictBool},
    required={"code": NEEDED_CODE, "label": TITLE},
)
QUESTION = _table(
    "questions",
    {
        **dict.fromkeys(("required", "retired"), StrictBool),
        **dict.fromkeys(("if_workshop", "if_question", "if_answer"), LINE_OF_TEXT),
        "hint": texts_type(own_questions.LONGEST_HINT),
        "purpose": NAMES,
        "read_by": choice_type(own_questions.ReadBy),
        "months": Annotated[int, Field(strict=True, ge=0, le=own_questions.MOST_MONTHS)],
        "options": _list_of(OPTION),
    },
    required={
        "code": NEEDED_CODE,
        "kind": choice_type(own_questions.QuestionKind),
        "label": TITLE,
    },
)
REGISTRATION = _table(
    "registration",
    {
        **{name: choice_type(uses) for name, uses in POSSIBLE_USES.items()},
        **dict.fromkeys(("waiting_list", "one_mail"), StrictBool),
        **dict.fromkeys(LAST_DAYS, MOMENT),
        **{name: _rule(name) for name in rules.DEFAULTS},
        "reminder": choice_type(CalendarAlarm),
        "capacity": NUMBER,
        "confirm_hours": Annotated[int, Field(strict=True, ge=0, le=confirming.MOST_HOURS)],
    },
    required={"opens": MOMENT, "deadline": MOMENT},
)
CONGRESS = _table(
    "",
    {
        **dict.fromkeys(("slug", "town"), LINE_OF_TEXT),
        **dict.fromkeys(("description", "directions", "accessibility"), LONG_TEXTS),
        "kind": choice_type(CongressKind),
        "state": choice_type(CongressState),
        "colour": choice_type(Colour),
        "timezone": text_type(LINE, zone),
        "lead": texts_type(LEAD, multiline=True),
        "cost": texts_type(SHORT, multiline=True),
        "venue": NAMES,
        "address": text_type(SHORT, multiline=True),
        "online_link": text_type(SHORT),
        "contact_email": EMAIL,
        "registration": REGISTRATION,
        "days": _list_of(DAYS_TABLE),
        "organisations": _list_of(ORGANISATION),
        "rooms": _list_of(ROOM),
        "items": _list_of(ITEM),
        "questions": _list_of(QUESTION),
    },
    required={"title": TITLE},
)
SHAPE: TypeAdapter[dict[str, Any]] = TypeAdapter(CONGRESS)


def checked(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """Return the values of a file as the rules want them, and note everything that is wrong.

    In place of what is refused stands REFUSED, so that the rest can be checked; keys that mean
    nothing are left out.
    """
    values.setdefault("registration", {})
    while True:
        try:
            return SHAPE.validate_python(values)
        except ValidationError as found:
            for each in found.errors(include_url=False, include_input=False):
                _note(each, values, notes)


def _note(fault: ErrorDetails, values: dict[str, Any], notes: Notes) -> None:
    facts, kind = dict(fault.get("ctx", {})), fault["type"]
    path = tuple(part for part in fault["loc"] if part != "[key]")
    if "at" in facts:
        path = (*path, facts.pop("at"))
    holder: Any = values
    for depth, part in enumerate(path[:-1]):
        if isinstance(holder[part], str):  # a bare text stands for a German one
            path = path[: depth + 1]
            break
        holder = holder[part]
    if not path:
        return
    last = path[-1]
    if kind == "extra_forbidden":
        del holder[last]
        suggestion = nearest(str(last), _table_at(path).__annotations__)
        notes.problem(ProblemKind.UNKNOWN_KEY, path, suggestion=suggestion)
        return
    if isinstance(holder, dict) and last not in holder and kind != "missing":
        return  # the name of a language was refused already, and its text is
    holder[last] = REFUSED
    if kind == ProblemKind.NOT_A_LANGUAGE:
        del holder[last]
    if kind in EXPECTED:
        expected = "table" if isinstance(last, int) else EXPECTED[kind]
        notes.problem(ProblemKind.WRONG_TYPE, path, expected=expected)
    elif kind in {"greater_than_equal", "less_than_equal"}:
        number = TypeAdapter(_table_at(path).__annotations__[last]).json_schema()
        least, most = number["minimum"], number["maximum"]
        notes.problem(ProblemKind.OUT_OF_RANGE, path, least=least, most=most)
    else:
        notes.problem(ProblemKind(kind), path, **facts)


def _table_at(path: tuple[int | str, ...]) -> Any:  # noqa: ANN401 - a type
    """Return the table that holds a key."""
    return TABLES[".".join(part for part in path[:-1] if isinstance(part, str))]
