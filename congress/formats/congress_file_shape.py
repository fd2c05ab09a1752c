"""The shape of a congress file: its tables, their keys, and what may stand at each.

What hangs together between tables is the matter of `domain.congress_file`. Texts are stripped
before their length is counted, and nothing is converted: TOML has types of its own.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Required
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    TypeAdapter,
    ValidationError,
    WrapValidator,
    with_config,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from typing_extensions import TypedDict

from congress.domain import confirming, programme
from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congress_file.problems import ProblemKind
from congress.domain.congress_file.tables import REFUSED, Notes, nearest
from congress.domain.congress_file.times import MIDNIGHT_AT_THE_END
from congress.domain.congresses import Colour, CongressKind, CongressState, OrganisationRole
from congress.domain.fields import POSSIBLE_USES
from congress.domain.planning.scheduling import END_OF_DAY, read_clock
from congress.domain.slugs import is_code
from congress.domain.texts import REQUIRED_LANGUAGE, Texts

LINE, LONG = programme.LONGEST_LINE, programme.LONGEST_TEXT  # characters
ALT, LEAD, SHORT = 300, 1_000, 2_000
YEARS = range(1970, 2200)
LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
AGS = re.compile(r"[0-9]{5}|[0-9]{8}|[0-9]{12}")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]{3,480}")
EMAIL_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,63}")

# What Pydantic calls a wrong type, as `cli.file_words` names the right one.
EXPECTED = {
    "string_type": "text",
    "int_type": "number",
    "bool_type": "flag",
    "date_type": "date",
    "dict_type": "table",
    "list_type": "tables",
}


def _fault(kind: ProblemKind, **facts: str | int) -> PydanticCustomError:
    return PydanticCustomError(kind.value, "refused", facts)


def _let_refused_pass(value: object, check: Callable[[object], object]) -> object:
    return value if value is REFUSED else check(value)


def _of(expected: str, *types: type) -> BeforeValidator:
    # bool is an int and datetime a date to Python; in TOML they are types of their own.
    def check(value: object) -> object:
        if type(value) not in types:
            raise _fault(ProblemKind.WRONG_TYPE, expected=expected)
        return value

    return BeforeValidator(check)


PASS = WrapValidator(_let_refused_pass)


def _checked(text: str, *, most: int, multiline: bool) -> str:
    text = text.strip()
    if not multiline and LINE_ENDS & set(text):
        raise _fault(ProblemKind.LINE_BREAK)
    if wrong := next(filter(_is_control, text), None):
        raise _fault(ProblemKind.CONTROL_CHARACTER, code=f"U+{ord(wrong):04X}")
    if len(text) > most:
        raise _fault(ProblemKind.TOO_LONG, length=len(text), most=most)
    return text


def _is_control(char: str) -> bool:
    """Return whether a character is invisible and can change what stands around it.

    Line feed and tab may stand in long texts. Bidirectional overrides turn texts around, and
    a NUL cannot be stored.
    """
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} or char in BIDIRECTIONAL


def _filled(text: str) -> str:
    if not text:
        raise _fault(ProblemKind.EMPTY)
    return text


def _text(most: int = LINE, *checks: Callable[[Any], Any], multiline: bool = False) -> Any:  # noqa: ANN401 - a type
    text = AfterValidator(partial(_checked, most=most, multiline=multiline))
    return Annotated[(StrictStr, text, *map(AfterValidator, checks))]


def _texts(most: int = LINE, *, required: bool = False, multiline: bool = False) -> Any:  # noqa: ANN401 - a type
    """Return the type of a text in its languages; a bare text is German."""

    def in_languages(value: object) -> object:
        return {REQUIRED_LANGUAGE: value} if isinstance(value, str) else value

    def whole(found: dict[str, str]) -> Texts:
        german = found.get(REQUIRED_LANGUAGE)
        if german is None and (required or any(found.values())):
            raise _fault(ProblemKind.MISSING, at=REQUIRED_LANGUAGE)
        if required and not german:
            raise _fault(ProblemKind.EMPTY, at=REQUIRED_LANGUAGE)
        order = sorted(found, key=lambda each: (each != REQUIRED_LANGUAGE, each))
        return {each: found[each] for each in order if found[each] and found[each] is not REFUSED}

    language = Annotated[str, AfterValidator(_must(LANGUAGE.fullmatch, ProblemKind.NOT_A_LANGUAGE))]
    text = _text(most, multiline=multiline)
    return Annotated[
        dict[language, Annotated[text, PASS]],  # type: ignore[valid-type]
        BeforeValidator(in_languages),
        _of("texts", str, dict),
        AfterValidator(whole),
    ]


def _must(hold: Callable[[str], object], kind: ProblemKind) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text and not hold(text):
            raise _fault(kind)
        return text

    return check


def _official_key(text: str) -> str:
    if not AGS.fullmatch(text):
        raise _fault(ProblemKind.NOT_AN_AGS, value=text[:20])
    return text


def _zone(name: str) -> str:
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # also names of folders, and NUL
        raise _fault(ProblemKind.NO_SUCH_ZONE, name=name) from None


def _clock(value: str | time) -> str | time:
    if isinstance(value, time):
        return value
    if END_OF_DAY.fullmatch(value.strip()):
        return MIDNIGHT_AT_THE_END
    usual = read_clock(value)  # before Python, which takes 13.15 for one o'clock
    if usual is not None:
        return usual
    try:
        return time.fromisoformat(value.strip().rjust(5, "0"))  # with an offset
    except ValueError:
        raise _fault(ProblemKind.NOT_A_CLOCK_TIME, value=value[:40]) from None


def _start(value: str | time) -> str | time:
    if value == MIDNIGHT_AT_THE_END:
        raise _fault(ProblemKind.NOT_A_CLOCK_TIME, value=MIDNIGHT_AT_THE_END)
    return value


def _in_usual_years(value: date) -> date:
    if value.year not in YEARS:
        raise _fault(ProblemKind.STRANGE_YEAR, year=value.year)
    return value


def _choice(choices: type[StrEnum]) -> Any:  # noqa: ANN401 - a type
    def choose(value: str) -> StrEnum:
        if value in set(choices):
            return choices(value)
        known, suggestion = ", ".join(choices), nearest(value, choices)
        raise _fault(ProblemKind.UNKNOWN_CHOICE, known=known, suggestion=suggestion)

    return Annotated[StrictStr, AfterValidator(choose)]


def _table(path: str, keys: dict[str, Any], *, required: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - a type
    """Make a table, of which nothing more is asked where something was refused."""
    needed = {key: Required[Annotated[kind, PASS]] for key, kind in (required or {}).items()}
    table: Any = TypedDict(  # type: ignore[misc] # the keys are values
        path, needed | {key: Annotated[kind, PASS] for key, kind in keys.items()}, total=False
    )
    TABLES[path] = with_config(FORBIDDING)(table)
    return TABLES[path]


def _list_of(table: Any) -> Any:  # noqa: ANN401 - a type
    return Annotated[list[Annotated[table, PASS]], _of("tables", list)]


FORBIDDING = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
TABLES: dict[str, Any] = {}  # by their path, without the numbers

LINE_OF_TEXT, CODE = _text(), _must(is_code, ProblemKind.NOT_A_CODE)
NEEDED_CODE = _text(LINE, _filled, CODE)
TITLE, NAMES, LONG_TEXTS = _texts(required=True), _texts(), _texts(LONG, multiline=True)
EMAIL = _text(254, _must(EMAIL_ADDRESS.fullmatch, ProblemKind.NOT_AN_EMAIL_ADDRESS))
NUMBER = Annotated[int, Field(strict=True, ge=0, le=programme.MOST_PLACES)]
DAY = Annotated[date, _of("date", date), AfterValidator(_in_usual_years)]
CLOCK = Annotated[Any, _of("clock", str, time), AfterValidator(_clock)]
MOMENT = Annotated[Any, _of("moment", date, datetime), AfterValidator(_in_usual_years)]

START = Annotated[CLOCK, AfterValidator(_start)]
SLOT, DAYS = {"start": START, "end": CLOCK}, {"day": DAY, "end_day": DAY}
DAYS_TABLE = _table("days", DAYS, required=SLOT)
ORGANISATION = _table(
    "organisations",
    {
        "code": _text(LINE, CODE),
        "short_name": _text(60),
        "kind": _text(40),
        "ags": Annotated[Any, _of("ags", str), AfterValidator(_official_key)],
        "website": _text(500, _must(WEB_ADDRESS.fullmatch, ProblemKind.NOT_A_WEB_ADDRESS)),
        "logo_alt": _texts(ALT),
        "logo_file": LINE_OF_TEXT,
        "logo_data": StrictStr,
    },
    required={"name": _text(LINE, _filled), "role": _choice(OrganisationRole)},
)
ROOM = _table("rooms", {"seats": NUMBER}, required={"code": NEEDED_CODE, "name": TITLE})
PERSON = _table(
    "items.people",
    {
        **dict.fromkeys(("name", "organisation"), LINE_OF_TEXT),
        "role": _text(LINE, _must(programme.is_role, ProblemKind.NOT_A_ROLE)),
        "affiliation": NAMES,
        "state": _choice(programme.PersonState),
    },
)
ITEM = _table(
    "items",
    {
        **dict.fromkeys(("bookable", "waiting_list", "cancelled"), StrictBool),
        **dict.fromkeys(("number", "places"), NUMBER),
        **DAYS,
        "short_title": _texts(programme.LONGEST_SHORT_TITLE),
        "abstract": LONG_TEXTS,
        "room": LINE_OF_TEXT,
        "online_link": _text(SHORT),
        "people": _list_of(PERSON),
    },
    required={"code": NEEDED_CODE, "kind": _choice(programme.ItemKind), "title": TITLE, **SLOT},
)
REGISTRATION = _table(
    "registration",
    {
        **{name: _choice(uses) for name, uses in POSSIBLE_USES.items()},
        **dict.fromkeys(("waiting_list", "one_mail"), StrictBool),
        "reminder": _choice(CalendarAlarm),
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
        "kind": _choice(CongressKind),
        "state": _choice(CongressState),
        "colour": _choice(Colour),
        "timezone": _text(LINE, _zone),
        "lead": _texts(LEAD, multiline=True),
        "cost": _texts(SHORT, multiline=True),
        "venue": NAMES,
        "address": _text(SHORT, multiline=True),
        "online_link": _text(SHORT),
        "contact_email": EMAIL,
        "registration": REGISTRATION,
        "days": _list_of(DAYS_TABLE),
        "organisations": _list_of(ORGANISATION),
        "rooms": _list_of(ROOM),
        "items": _list_of(ITEM),
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
        table = ".".join(part for part in path[:-1] if isinstance(part, str))
        suggestion = nearest(str(last), TABLES[table].__annotations__)
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
        notes.problem(ProblemKind.OUT_OF_RANGE, path, least=0, most=programme.MOST_PLACES)
    else:
        notes.problem(ProblemKind(kind), path, **facts)
