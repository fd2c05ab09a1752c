"""The sentences for what is wrong with a congress file, and for what an import would change."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from congress.domain.congress_file.difference import Change, Difference
from congress.domain.congress_file.problems import FileProblem, ProblemKind, WarningKind
from congress.domain.next_edition import Caution, CopyWarning

SENTENCES = {
    ProblemKind.TOO_BIG: later("The file is larger than %(most)s MB."),
    ProblemKind.NOT_UTF8: later(
        "The file is not UTF-8: the byte %(byte)s belongs to no character. "
        "Save it as UTF-8 and try again."
    ),
    ProblemKind.NOT_TOML: later("This is not TOML: %(reason)s."),
    ProblemKind.UNKNOWN_KEY: later("This key means nothing here."),
    ProblemKind.MISSING: later("This is missing."),
    ProblemKind.WRONG_TYPE: later("Expected here: %(expected)s."),
    ProblemKind.EMPTY: later("This must not be empty."),
    ProblemKind.TOO_LONG: later("%(length)s characters are too many; %(most)s fit."),
    ProblemKind.CONTROL_CHARACTER: later(
        "The invisible character %(code)s must not stand in a text."
    ),
    ProblemKind.LINE_BREAK: later("This text must stay on one line."),
    ProblemKind.UNKNOWN_CHOICE: later("Possible here: %(known)s."),
    ProblemKind.NOT_A_CODE: later(
        "Only small letters a to z, digits and hyphens, at most 40, and no hyphen in front."
    ),
    ProblemKind.NOT_A_ROLE: later(
        "Only small letters a to z and underscores, at most 40, such as dialogue_partner."
    ),
    ProblemKind.NOT_A_SLUG: later(
        "3 to 60 small letters a to z, digits and hyphens, with no hyphen at either end."
    ),
    ProblemKind.RESERVED_SLUG: later("The program needs the address /%(value)s for itself."),
    ProblemKind.NO_SUCH_ZONE: later(
        "There is no time zone “%(name)s”; Europe/Berlin would be one."
    ),
    ProblemKind.NOT_A_LANGUAGE: later("A language is named by two or three letters, such as de."),
    ProblemKind.NOT_A_CLOCK_TIME: later('“%(value)s” is not a clock time such as "13:15".'),
    ProblemKind.NO_SUCH_TIME: later(
        "%(time)s does not exist: the clocks are put forward at that time."
    ),
    ProblemKind.STRANGE_YEAR: later("The year %(year)s cannot be meant."),
    ProblemKind.END_BEFORE_START: later("The end is not after the start."),
    ProblemKind.OUTSIDE_DAYS: later("This lies outside the days of the congress."),
    ProblemKind.TAKEN_TWICE: later("“%(value)s” stands here a second time."),
    ProblemKind.UNKNOWN_ROOM: later("There is no room with the code “%(value)s”."),
    ProblemKind.UNKNOWN_ORGANISATION: later("There is no organisation with the code “%(value)s”."),
    ProblemKind.CONTRADICTION: later("This contradicts what stands elsewhere in the file."),
    ProblemKind.OUT_OF_RANGE: later("A number from %(least)s to %(most)s belongs here."),
    ProblemKind.NOT_AN_AGS: later(
        '“%(value)s” is not an official key: 5, 8 or 12 digits in quotes, such as "05978024".'
    ),
    ProblemKind.NOT_AN_EMAIL_ADDRESS: later("This is not an e-mail address."),
    ProblemKind.NOT_A_WEB_ADDRESS: later("A web address begins with https:// or http://."),
    ProblemKind.CLOSES_BEFORE_OPENING: later("Registration would close before it opens."),
    ProblemKind.PLACES_NOT_BOOKABLE: later("Only an item with bookable = true has places."),
    ProblemKind.LOGO_TWICE: later("Either logo_file or logo_data, not both."),
    ProblemKind.LOGO_NOT_FOUND: later(
        "“%(name)s” cannot be read; the logo must lie in the folder of the congress file."
    ),
    ProblemKind.LOGO_NOT_BASE64: later("This is not Base64."),
    ProblemKind.LOGO_NOT_AN_IMAGE: later("A logo is a PNG, JPEG or WebP image."),
    ProblemKind.LOGO_TOO_BIG: later("The logo is larger than %(most)s KB."),
    ProblemKind.LOGO_WITHOUT_ALT: later("A logo needs a text for people who do not see it."),
    WarningKind.ROOM_TAKEN_TWICE: later(
        "“%(one)s” and “%(other)s” are in the room “%(room)s” at the same time."
    ),
    WarningKind.ITEM_OUTSIDE_DAYS: later("This lies outside the days of the congress."),
    WarningKind.TIME_SHOWN_TWICE: later(
        "The clocks show this time twice; taken for the earlier one (%(offset)s)."
    ),
    WarningKind.DEADLINE_AFTER_START: later("Registration is open beyond the start."),
    WarningKind.MORE_PLACES_THAN_SEATS: later("The room has only %(seats)s seats."),
}

EXPECTED = {
    "text": later("a text in quotes"),
    "texts": later("a text in quotes, or one for each language"),
    "number": later("a whole number"),
    "flag": later("true or false"),
    "date": later("a date such as 2015-10-21"),
    "clock": later('a clock time such as "13:15"'),
    "moment": later("a date such as 2015-10-07, or with a time 2015-10-07T12:00:00"),
    "ags": later("the official key as a text in quotes, because it may begin with 0"),
    "table": later("a table of keys"),
    "tables": later("a list of tables in double brackets"),
}

PARTS = {
    "congress": later("Congress"),
    "day": later("Day"),
    "organisation": later("Organisation"),
    "room": later("Room"),
    "item": later("Programme item"),
}

CHANGES = {
    Change.ADDED: later("new"),
    Change.CHANGED: later("changed"),
    Change.MISSING: later("not in the file"),
}

CAUTIONS = {
    CopyWarning.WEEKEND: later("%(day)s is on a weekend."),
    CopyWarning.HOLIDAY: later("%(day)s is a public holiday: %(name)s."),
    CopyWarning.DEADLINE_ON_HOLIDAY: later("The deadline %(day)s is a public holiday: %(name)s."),
    CopyWarning.TEXTS_TO_CHECK: later(
        "Lead, description and accessibility were taken over; please read them again."
    ),
}


def problems(file: str, found: Iterable[FileProblem]) -> str:
    """Return one line per problem: file, line, key, sentence."""
    return "\n".join(_line(file, each) for each in found)


def warnings(file: str, found: Iterable[FileProblem]) -> str:
    """Return one line per warning."""
    return "\n".join(f"{_('Please check:')} {_line(file, each)}" for each in found)


def _line(file: str, problem: FileProblem) -> str:
    place = f"{file}:{problem.line}" if problem.line else file
    return ": ".join(filter(None, [place, problem.key, sentence(problem)]))


def sentence(problem: FileProblem) -> str:
    """Return what is wrong in words, with the nearest right word where there is one."""
    facts = dict(problem.facts)
    if "expected" in facts:
        facts["expected"] = str(EXPECTED[str(facts["expected"])])
    words = str(SENTENCES[problem.kind]) % facts
    if facts.get("suggestion"):
        words += " " + _("Did you mean “%(suggestion)s”?", suggestion=facts["suggestion"])
    return words


def differences(found: Iterable[Difference]) -> str:
    """Return one line per part that an import changes."""
    lines = []
    for each in found:
        fields = f" ({', '.join(each.fields)})" if each.fields else ""
        lines.append(f"  {PARTS[each.part]} {each.code}: {CHANGES[each.change]}{fields}")
    return "\n".join(lines)


def caution(found: Caution) -> str:
    """Return a warning about the next edition in words."""
    facts = {"day": _day(found.day) if found.day else "", "name": found.name}
    return str(CAUTIONS[found.kind]) % facts


def _day(day: date) -> str:
    return day.isoformat()
