"""The sentences for what is wrong with a congress file, and for what an import would change."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from congress.domain.congress_file.difference import Change, Difference
from congress.domain.congress_file.problems import FileProblem, ProblemKind, WarningKind
from congress.domain.planning.next_edition import Caution, CopyWarning

SENTENCES = {
    ProblemKind.TOO_BIG: lazy_gettext("The file is larger than %(most)s MB."),
    ProblemKind.NOT_UTF8: lazy_gettext(
        "The file is not UTF-8: the byte %(byte)s belongs to no character. "
        "Save it as UTF-8 and try again."
    ),
    ProblemKind.NOT_TOML: lazy_gettext("This is not TOML: %(reason)s."),
    ProblemKind.UNKNOWN_KEY: lazy_gettext("This key means nothing here."),
    ProblemKind.MISSING: lazy_gettext("This is missing."),
    ProblemKind.WRONG_TYPE: lazy_gettext("Expected here: %(expected)s."),
    ProblemKind.EMPTY: lazy_gettext("This must not be empty."),
    ProblemKind.TOO_LONG: lazy_gettext("%(length)s characters are too many; %(most)s fit."),
    ProblemKind.CONTROL_CHARACTER: lazy_gettext(
        "The invisible character %(code)s must not stand in a text."
    ),
    ProblemKind.LINE_BREAK: lazy_gettext("This text must stay on one line."),
    ProblemKind.UNKNOWN_CHOICE: lazy_gettext("Possible here: %(known)s."),
    ProblemKind.NOT_A_CODE: lazy_gettext(
        "Only small letters a to z, digits and hyphens, at most 40, and no hyphen in front."
    ),
    ProblemKind.NOT_A_ROLE: lazy_gettext(
        "Only small letters a to z and underscores, at most 40, such as dialogue_partner."
    ),
    ProblemKind.NOT_A_SLUG: lazy_gettext(
        "3 to 60 small letters a to z, digits and hyphens, with no hyphen at either end."
    ),
    ProblemKind.RESERVED_SLUG: lazy_gettext("The program needs the address /%(value)s for itself."),
    ProblemKind.NO_SUCH_ZONE: lazy_gettext(
        "There is no time zone “%(name)s”; Europe/Berlin would be one."
    ),
    ProblemKind.NOT_A_LANGUAGE: lazy_gettext(
        "A language is named by two or three letters, such as de."
    ),
    ProblemKind.NOT_A_CLOCK_TIME: lazy_gettext('“%(value)s” is not a clock time such as "13:15".'),
    ProblemKind.NO_SUCH_TIME: lazy_gettext(
        "%(time)s does not exist: the clocks are put forward at that time."
    ),
    ProblemKind.STRANGE_YEAR: lazy_gettext("The year %(year)s cannot be meant."),
    ProblemKind.END_BEFORE_START: lazy_gettext("The end is not after the start."),
    ProblemKind.OUTSIDE_DAYS: lazy_gettext("This lies outside the days of the congress."),
    ProblemKind.TAKEN_TWICE: lazy_gettext("“%(value)s” stands here a second time."),
    ProblemKind.UNKNOWN_ROOM: lazy_gettext("There is no room with the code “%(value)s”."),
    ProblemKind.UNKNOWN_ORGANISATION: lazy_gettext(
        "There is no organisation with the code “%(value)s”."
    ),
    ProblemKind.CONTRADICTION: lazy_gettext("This contradicts what stands elsewhere in the file."),
    ProblemKind.OUT_OF_RANGE: lazy_gettext("A number from %(least)s to %(most)s belongs here."),
    ProblemKind.NOT_AN_AGS: lazy_gettext(
        '“%(value)s” is not an official key: 5, 8 or 12 digits in quotes, such as "05978024".'
    ),
    ProblemKind.NOT_AN_EMAIL_ADDRESS: lazy_gettext("This is not an e-mail address."),
    ProblemKind.NOT_A_WEB_ADDRESS: lazy_gettext("A web address begins with https:// or http://."),
    ProblemKind.CLOSES_BEFORE_OPENING: lazy_gettext("Registration would close before it opens."),
    ProblemKind.PLACES_NOT_BOOKABLE: lazy_gettext("Only an item with bookable = true has places."),
    ProblemKind.LOGO_TWICE: lazy_gettext("Either logo_file or logo_data, not both."),
    ProblemKind.LOGO_NOT_FOUND: lazy_gettext(
        "“%(name)s” cannot be read; the logo must lie in the folder of the congress file."
    ),
    ProblemKind.LOGO_NOT_BASE64: lazy_gettext("This is not Base64."),
    ProblemKind.LOGO_NOT_AN_IMAGE: lazy_gettext("A logo is a PNG, JPEG or WebP image."),
    ProblemKind.LOGO_TOO_BIG: lazy_gettext("The logo is larger than %(most)s KB."),
    ProblemKind.LOGO_WITHOUT_ALT: lazy_gettext("A logo needs a text for people who do not see it."),
    WarningKind.ROOM_TAKEN_TWICE: lazy_gettext(
        "“%(one)s” and “%(other)s” are in the room “%(room)s” at the same time."
    ),
    WarningKind.ITEM_OUTSIDE_DAYS: lazy_gettext("This lies outside the days of the congress."),
    WarningKind.TIME_SHOWN_TWICE: lazy_gettext(
        "The clocks show this time twice; taken for the earlier one (%(offset)s)."
    ),
    WarningKind.DEADLINE_AFTER_START: lazy_gettext("Registration is open beyond the start."),
    WarningKind.MORE_PLACES_THAN_SEATS: lazy_gettext(
        "More places than seats in the room (%(seats)s)."
    ),
}

EXPECTED = {
    "text": lazy_gettext("a text in quotes"),
    "texts": lazy_gettext("a text in quotes, or one for each language"),
    "number": lazy_gettext("a whole number"),
    "flag": lazy_gettext("true or false"),
    "date": lazy_gettext("a date such as 2015-10-21"),
    "clock": lazy_gettext('a clock time such as "13:15"'),
    "moment": lazy_gettext("a date such as 2015-10-07, or with a time 2015-10-07T12:00:00"),
    "ags": lazy_gettext("the official key as a text in quotes, because it may begin with 0"),
    "table": lazy_gettext("a table of keys"),
    "tables": lazy_gettext("a list of tables in double brackets"),
}

PARTS = {
    "congress": lazy_gettext("Congress"),
    "day": lazy_gettext("Day"),
    "organisation": lazy_gettext("Organisation"),
    "room": lazy_gettext("Room"),
    "item": lazy_gettext("Programme item"),
}

CHANGES = {
    Change.ADDED: lazy_gettext("new"),
    Change.CHANGED: lazy_gettext("changed"),
    Change.MISSING: lazy_gettext("not in the file"),
}

CAUTIONS = {
    CopyWarning.WEEKEND: lazy_gettext("%(day)s is on a weekend."),
    CopyWarning.HOLIDAY: lazy_gettext("%(day)s is a public holiday: %(name)s."),
    CopyWarning.DEADLINE_ON_HOLIDAY: lazy_gettext(
        "The deadline %(day)s is a public holiday: %(name)s."
    ),
    CopyWarning.TEXTS_TO_CHECK: lazy_gettext(
        "Lead, description and accessibility were taken over; please read them again."
    ),
}


def problems(file: str, found: Iterable[FileProblem]) -> str:
    """Return one line per problem: file, line, key, sentence."""
    return "\n".join(_line(file, each) for each in found)


def warnings(file: str, found: Iterable[FileProblem]) -> str:
    """Return one line per warning."""
    heading = _("Please check:")
    return "\n".join(f"{heading} {_line(file, each)}" for each in found)


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
