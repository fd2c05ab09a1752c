"""What may stand at a key of a congress file: texts, days, times, choices, each with its check.

Texts are stripped before their length is counted, and nothing is converted: TOML has types of its
own.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from functools import partial
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, StrictStr, WrapValidator
from pydantic_core import PydanticCustomError

from congress.domain import programme
from congress.domain.congress_file.problems import ProblemKind
from congress.domain.congress_file.tables import REFUSED, nearest
from congress.domain.congress_file.times import MIDNIGHT_AT_THE_END
from congress.domain.planning.scheduling import END_OF_DAY, read_clock
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


def _fault(kind: ProblemKind, **facts: str | int) -> PydanticCustomError:
    return PydanticCustomError(kind.value, "refused", facts)


def _let_refused_pass(value: object, check: Callable[[object], object]) -> object:
    return value if value is REFUSED else check(value)


def of_type(expected: str, *types: type) -> BeforeValidator:
    """Refuse what TOML has another type for, which is called `expected` then."""

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


def filled(text: str) -> str:
    """Refuse an empty text."""
    if not text:
        raise _fault(ProblemKind.EMPTY)
    return text


def text_type(most: int = LINE, *checks: Callable[[Any], Any], multiline: bool = False) -> Any:  # noqa: ANN401 - a type
    """Return the type of a text of so many characters at most."""
    text = AfterValidator(partial(_checked, most=most, multiline=multiline))
    return Annotated[(StrictStr, text, *map(AfterValidator, checks))]


def texts_type(most: int = LINE, *, required: bool = False, multiline: bool = False) -> Any:  # noqa: ANN401 - a type
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

    language = Annotated[str, AfterValidator(must(LANGUAGE.fullmatch, ProblemKind.NOT_A_LANGUAGE))]
    text = text_type(most, multiline=multiline)
    return Annotated[
        dict[language, Annotated[text, PASS]],  # type: ignore[valid-type]
        BeforeValidator(in_languages),
        of_type("texts", str, dict),
        AfterValidator(whole),
    ]


def must(hold: Callable[[str], object], kind: ProblemKind) -> Callable[[str], str]:
    """Return a check that refuses every text, unless empty, for which something does not hold."""

    def check(text: str) -> str:
        if text and not hold(text):
            raise _fault(kind)
        return text

    return check


def official_key(text: str) -> str:
    """Refuse what is no key of a municipality, a district or a Land."""
    if not AGS.fullmatch(text):
        raise _fault(ProblemKind.NOT_AN_AGS, value=text[:20])
    return text


def zone(name: str) -> str:
    """Refuse a time zone that nobody knows."""
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # also names of folders, and NUL
        raise _fault(ProblemKind.NO_SUCH_ZONE, name=name) from None


def clock_time(value: str | time) -> str | time:
    """Return a time of day however it is written; midnight at the end stands for itself."""
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


def start_time(value: str | time) -> str | time:
    """Refuse a beginning at the end of the day."""
    if value == MIDNIGHT_AT_THE_END:
        raise _fault(ProblemKind.NOT_A_CLOCK_TIME, value=MIDNIGHT_AT_THE_END)
    return value


def in_usual_years(value: date) -> date:
    """Refuse a year that must be a slip."""
    if value.year not in YEARS:
        raise _fault(ProblemKind.STRANGE_YEAR, year=value.year)
    return value


def choice_type(choices: type[StrEnum]) -> Any:  # noqa: ANN401 - a type
    """Return the type of one of several words."""

    def choose(value: str) -> StrEnum:
        if value in set(choices):
            return choices(value)
        known, suggestion = ", ".join(choices), nearest(value, choices)
        raise _fault(ProblemKind.UNKNOWN_CHOICE, known=known, suggestion=suggestion)

    return Annotated[StrictStr, AfterValidator(choose)]
