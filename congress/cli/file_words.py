"""The sentences for what is wrong with a congress file, and for what an import would change."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date

from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from congress.cli.file_keys import FIELDS, explained
from congress.domain.congress_file.difference import Change, Difference
from congress.domain.congress_file.problems import (
    FileProblem,
    ProblemKind,
    SyntaxFault,
    WarningKind,
)
from congress.domain.congresses import OrganisationRole
from congress.domain.planning.concerns import Cause
from congress.formats import concern_words
from congress.formats.dates import Dates

SENTENCES = {
    ProblemKind.TOO_BIG: _("The file is larger than %(most)s MB."),
    ProblemKind.NOT_UTF8: _(
        "The file is not UTF-8: the byte %(byte)s belongs to no character. "
        "Save it as UTF-8 and try again."
    ),
    ProblemKind.NOT_TOML: _("This is not valid TOML. %(fault)s"),
    ProblemKind.UNKNOWN_KEY: _("There is no such key here."),
    ProblemKind.MISSING: _("This is missing."),
    ProblemKind.WRONG_TYPE: _("Expected: %(expected)s."),
    ProblemKind.EMPTY: _("This cannot be empty."),
    ProblemKind.TOO_LONG: _("Too long: %(length)s characters, %(most)s are allowed."),
    ProblemKind.CONTROL_CHARACTER: _("The invisible character %(code)s is not allowed in text."),
    ProblemKind.LINE_BREAK: _("This text must stay on one line."),
    ProblemKind.UNKNOWN_CHOICE: _("Possible values: %(known)s."),
    ProblemKind.NOT_A_CODE: _(
        "Only lower-case letters a to z, digits and hyphens, at most 40, and no "
        "hyphen at the start."
    ),
    ProblemKind.NOT_A_ROLE: _(
        "One line of at most 80 characters: dialogue_partner, speaker, moderator, or a role as it "
        "is printed, in German or as “German / English”."
    ),
    ProblemKind.NOT_A_SLUG: _(
        "3 to 60 lower-case letters a to z, digits and hyphens, with no hyphen at either end."
    ),
    ProblemKind.RESERVED_SLUG: _("The address /%(value)s is reserved."),
    ProblemKind.NO_SUCH_ZONE: _("There is no time zone “%(name)s”; Europe/Berlin would be one."),
    ProblemKind.NOT_A_LANGUAGE: _("A language is named by two or three letters, such as de."),
    ProblemKind.NOT_A_CLOCK_TIME: _('“%(value)s” is not a clock time such as "13:15".'),
    ProblemKind.NO_SUCH_TIME: _("%(time)s does not exist: the clocks go forward at that time."),
    ProblemKind.STRANGE_YEAR: _("%(year)s cannot be the right year."),
    ProblemKind.END_BEFORE_START: _("The end must be after the start."),
    ProblemKind.OUTSIDE_DAYS: _("This is outside the days of the event."),
    ProblemKind.TAKEN_TWICE: _("“%(value)s” appears here twice."),
    ProblemKind.UNKNOWN_CONDITION: _("Nothing before this in the file is called “%(value)s”."),
    ProblemKind.UNKNOWN_ROOM: _("There is no room with the code “%(value)s”."),
    ProblemKind.UNKNOWN_ORGANISATION: _("There is no organisation with the code “%(value)s”."),
    ProblemKind.CONTRADICTION: _("This contradicts another part of the file."),
    ProblemKind.NOT_GROUPS: _(
        "Please name two to nine priority groups, one per line, each only once and in 40 "
        "characters at most."
    ),
    ProblemKind.OUT_OF_RANGE: _("This must be a number from %(least)s to %(most)s."),
    ProblemKind.NOT_AN_AGS: _(
        '“%(value)s” is not an official key: 5, 8 or 12 digits in quotes, such as "05978024".'
    ),
    ProblemKind.NOT_AN_EMAIL_ADDRESS: _("This is not an email address."),
    ProblemKind.NOT_A_WEB_ADDRESS: _("A web address starts with https:// or http://."),
    ProblemKind.NOT_AN_ONLINE_LINK: _(
        "A link to take part online starts with https:// and has no spaces, for example "
        "https://meet.example.org/congress."
    ),
    ProblemKind.CLOSES_BEFORE_OPENING: _("Registration would close before it opens."),
    ProblemKind.PLACES_NOT_BOOKABLE: _("Only an item with bookable = true can have places."),
    ProblemKind.MINIMUM_ABOVE_PLACES: _(
        "This is more than there are places (%(places)s), so it can never be reached."
    ),
    ProblemKind.NOT_THE_FIRST: _(
        "“%(value)s” is no other item with places, or names another one itself. What is offered "
        "several times names the first of them."
    ),
    ProblemKind.NOT_ONE_OF: _(
        "“%(value)s” is no other item with places, or names another one itself. Those of which "
        "people can have one name the first of them."
    ),
    ProblemKind.NOT_TO_GO_WITH: _(
        "“%(value)s” is no other item with places, or is bound to another one itself."
    ),
    ProblemKind.NEVER_TOGETHER: _(
        "No one could have both: “%(value)s” is at the same time, or only one of the two can be "
        "chosen."
    ),
    ProblemKind.MINIMUM_MISSING: _("A day for this needs a minimum as well."),
    ProblemKind.MINIMUM_TOO_LATE: _("This must be before the day of the item."),
    ProblemKind.LOGO_TWICE: _("Either logo_file or logo_data, not both."),
    ProblemKind.LOGO_NOT_FOUND: _(
        "“%(name)s” cannot be read; the logo must be in the same folder as the congress file."
    ),
    ProblemKind.LOGO_NOT_BASE64: _("This is not Base64."),
    ProblemKind.LOGO_NOT_AN_IMAGE: _("A logo is a PNG, JPEG or WebP image."),
    ProblemKind.LOGO_TOO_BIG: _("The logo is larger than %(most)s KB."),
    ProblemKind.LOGO_WITHOUT_ALT: _("A logo needs alternative text for people who cannot see it."),
    WarningKind.ITEM_OUTSIDE_DAYS: _("This is outside the days of the event."),
    WarningKind.TIME_SHOWN_TWICE: _(
        "This time occurs twice on that day; the earlier one is assumed (%(offset)s)."
    ),
    WarningKind.DEADLINE_AFTER_START: _("Registration stays open after the event has started."),
    WarningKind.MORE_PLACES_THAN_SEATS: _(
        "There are more places than seats in the room (%(seats)s)."
    ),
}

# Said as on the pages of the workspace.
TWICE = {
    WarningKind.ROOM_TAKEN_TWICE: Cause.ROOM,
    WarningKind.PERSON_TAKEN_TWICE: Cause.PERSON,
}

FAULTS = {
    SyntaxFault.NO_VALUE: _(
        "The equals sign must be followed by text in quotes, a number, true, false or a date: "
        'town = "Lünen".'
    ),
    SyntaxFault.NO_EQUALS_SIGN: _('A key needs an equals sign and a value: town = "Lünen".'),
    SyntaxFault.NO_KEY: _(
        "A line must begin with a key (letters a to z, digits, hyphens and underscores) or with a "
        "heading in square brackets."
    ),
    SyntaxFault.TEXT_NOT_CLOSED: _(
        'The closing quotation mark is missing. Text of several lines goes between """ and """.'
    ),
    SyntaxFault.LIST_NOT_CLOSED: _("In a list, a comma or the closing bracket ] is missing."),
    SyntaxFault.TABLE_NOT_CLOSED: _("A comma or the closing brace } is missing."),
    SyntaxFault.HEADING_NOT_CLOSED: _(
        "The heading needs as many closing brackets as opening brackets."
    ),
    SyntaxFault.LINE_GOES_ON: _(
        "Nothing can follow the value on this line. Text and times need quotation marks."
    ),
    SyntaxFault.INVISIBLE: _("There is an invisible character that TOML does not allow."),
    SyntaxFault.BACKSLASH: _("A backslash in a text must be typed twice."),
    SyntaxFault.NO_SUCH_DATE: _("There is no such date."),
    SyntaxFault.TWICE: _("This is set twice, or in two different ways."),
    SyntaxFault.LONG_NUMBER: _("The number has too many digits."),
    SyntaxFault.TOO_DEEP: _("Too many brackets are nested inside one another."),
    SyntaxFault.OTHER: _("Please compare this line with the example."),
}

EXPECTED = {
    "text": _("text in quotes"),
    "texts": _("text in quotes, or one text for each language"),
    "number": _("a whole number"),
    "flag": _("true or false"),
    "date": _("a date such as 2015-10-21"),
    "clock": _('a clock time such as "13:15"'),
    "moment": _("a date such as 2015-10-07, or with a time 2015-10-07T12:00:00"),
    "ags": _("the official key in quotes, because it may begin with 0"),
    "table": _("a table of keys"),
    "tables": _("a list of tables in double brackets"),
}

PARTS = {
    "congress": _("Event details"),
    "day": _("Day"),
    "organisation": _("Organisation"),
    "room": _("Room"),
    "question": _("Additional question"),
    "item": _("Programme item"),
}

ROLES = {
    OrganisationRole.HOST: _("Host"),
    OrganisationRole.CARRIER: _("Responsible body"),
    OrganisationRole.FUNDER: _("Funder"),
    OrganisationRole.PARTNER: _("Partner"),
}

CHANGES = {
    Change.ADDED: _("new"),
    Change.CHANGED: _("changed"),
    Change.MISSING: _("removed (no longer in the file)"),
    Change.CALLED_OFF: _("cancelled (no longer in the file)"),
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
    is_known = problem.kind is not ProblemKind.UNKNOWN_KEY
    key = explained(problem.key) if is_known else problem.key
    return ": ".join(filter(None, [place, key, sentence(problem)]))


def sentence(problem: FileProblem) -> str:
    """Return what is wrong in words, with the nearest right word where there is one."""
    facts = dict(problem.facts)
    if "expected" in facts:
        facts["expected"] = str(EXPECTED[str(facts["expected"])])
    if "fault" in facts:
        facts["fault"] = str(FAULTS[SyntaxFault(str(facts["fault"]))])
    if isinstance(problem.kind, WarningKind) and problem.kind in TWICE:
        return _taken_twice(TWICE[problem.kind], facts)
    words = str(SENTENCES[problem.kind]) % facts
    if facts.get("suggestion"):
        words += " " + _("Did you mean “%(suggestion)s”?", suggestion=facts["suggestion"])
    return words


def _taken_twice(cause: Cause, facts: Mapping[str, str | int]) -> str:
    return concern_words.taken_twice(
        cause,
        str(facts["name"]),
        (str(facts["one"]), str(facts["other"])),
        int(facts["number"]),
        str(get_locale()),
    )


def differences(found: Iterable[Difference]) -> str:
    """Return one line per part that an import changes."""
    lines = []
    for each in found:
        named = ", ".join(str(FIELDS.get(name, name)) for name in each.fields)
        fields = f" ({named})" if named else ""
        lines.append(f"  {_what_becomes_of(each)}{fields}")
        people = {_("Now taking part"): each.came, _("No longer taking part"): each.left}
        lines += [f"    {said}: {', '.join(names)}" for said, names in people.items() if names]
    return "\n".join(lines)


def _what_becomes_of(part: Difference) -> str:
    if part.day_before is not None:
        words = str(_("Day moved: previously %(before)s – now %(now)s"))
        return words % {"before": _date(part.day_before), "now": _day(part)}
    return f"{_name(part)}: {CHANGES[part.change]}"


def _name(part: Difference) -> str:
    """Name a part as the file does; the event needs no name, for the list is about it."""
    words = str(PARTS[part.part])
    if part.part == "congress":
        return words
    if part.part == "day":
        return f"{words} {_day(part)}"
    role = f" ({ROLES[part.role]})" if part.role else ""
    return f"{words} {part.code}{role}"


def _day(part: Difference) -> str:
    return _date(date.fromisoformat(part.code))


def _date(day: date) -> str:
    return Dates(str(get_locale()), UTC).date(day)
