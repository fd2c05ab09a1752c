"""Bad input of congress files: each fault is found with line and key (issue "Bad input")."""

import base64
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain.congress_file.plan import CongressPlan, Logo
from congress.domain.congress_file.problems import FileProblem, FileRefused, ProblemKind
from congress.domain.congress_file.problems import WarningKind as Warned
from congress.domain.congresses import Colour
from congress.formats.congress_file import read_congress_file

AGS = "organisations[1].ags"
PNG = b"\x89PNG\r\n\x1a\n and so on"

FILE = """\
slug = "fachkongress"
title = "Engagement vor Ort"
town = "Lünen"
registration.opens = 2015-08-03
registration.deadline = 2015-10-07
[[days]]
day = 2015-10-21
start = "9:30"
end = "16:30"
[[rooms]]
code = "saal"
name = "Saal"
[[organisations]]
code = "fsi"
name = "Forum"
role = "host"
[[items]]
code = "ws-1"
kind = "workshop"
title = "Junges Engagement"
start = "13:15"
end = "15:15"
places = 25
room = "saal"
"""
ITEM = """\
[[items]]
code = "two"
kind = "talk"
title = "Zwei"
start = "10:00"
end = "11:00"
"""


def plan_of(text: str) -> CongressPlan:
    return read_congress_file(text.encode()).plan


def problems_of(text: str | bytes) -> list[FileProblem]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FileRefused) as refused:
        read_congress_file(content)
    return list(refused.value.problems)


def the_problem(text: str | bytes) -> tuple[ProblemKind, str, int | None]:
    [problem] = problems_of(text)
    assert isinstance(problem.kind, ProblemKind)
    return problem.kind, problem.key, problem.line


def test_a_file_says_when_everything_takes_place():
    plan = plan_of(FILE)
    [item] = plan.items
    assert item.slot.starts_at == datetime(2015, 10, 21, 11, 15, tzinfo=UTC)
    assert plan.registration.opens_at == datetime(2015, 8, 2, 22, 0, tzinfo=UTC)
    assert (item.bookable, item.places, item.room) == (True, 25, "saal")
    assert plan.cost == {}  # nobody said anything of it


@pytest.mark.parametrize(
    ("deadline", "closes_at"),
    [
        ("2015-10-07", datetime(2015, 10, 7, 22, 0, tzinfo=UTC)),
        ("2015-10-07T12:00:00", datetime(2015, 10, 7, 10, 0, tzinfo=UTC)),
        ("2015-10-07T12:00:00+00:00", datetime(2015, 10, 7, 12, 0, tzinfo=UTC)),
    ],
)
def test_the_named_day_still_counts_to_its_end(deadline, closes_at):
    """REL-30."""
    plan = plan_of(FILE.replace("deadline = 2015-10-07", f"deadline = {deadline}"))
    assert plan.registration.closes_at == closes_at


@pytest.mark.parametrize(
    ("before", "after", "kind", "key", "line"),
    [
        ('town = "Lünen"', 'twon = "Lünen"', ProblemKind.UNKNOWN_KEY, "twon", 3),
        ("places = 25", "plaecs = 25", ProblemKind.UNKNOWN_KEY, "items[1].plaecs", 23),
        ('town = "Lünen"', "town = 5", ProblemKind.WRONG_TYPE, "town", 3),
        ("places = 25", 'places = "25"', ProblemKind.WRONG_TYPE, "items[1].places", 23),
        ("places = 25", "places = true", ProblemKind.WRONG_TYPE, "items[1].places", 23),
        ("places = 25", "places = -1", ProblemKind.OUT_OF_RANGE, "items[1].places", 23),
        ("places = 25", "places = 99999999999", ProblemKind.OUT_OF_RANGE, "items[1].places", 23),
        (
            'title = "Engagement vor Ort"',
            'title = {en = "Engagement"}',
            ProblemKind.MISSING,
            "title.de",
            2,
        ),
        ('title = "Engagement vor Ort"', 'title = " "', ProblemKind.EMPTY, "title", 2),
        (
            'title = "Engagement vor Ort"',
            'title = {de = "x", Deutsch = "y"}',
            ProblemKind.NOT_A_LANGUAGE,
            "title.Deutsch",
            2,
        ),
        ("Engagement vor Ort", "Zwei\\nZeilen", ProblemKind.LINE_BREAK, "title", 2),
        ("Engagement vor Ort", "Zwei\\u2028Zeilen", ProblemKind.LINE_BREAK, "title", 2),
        ("Engagement vor Ort", "NUL \\u0000", ProblemKind.CONTROL_CHARACTER, "title", 2),
        ("Engagement vor Ort", "um\\u202Egedreht", ProblemKind.CONTROL_CHARACTER, "title", 2),
        ("Engagement vor Ort", "x" * 201, ProblemKind.TOO_LONG, "title", 2),
        (
            "places = 25",
            f'short_title = "{"x" * 41}"',
            ProblemKind.TOO_LONG,
            "items[1].short_title",
            23,
        ),
        ('slug = "fachkongress"', 'slug = "Fach Kongress"', ProblemKind.NOT_A_SLUG, "slug", 1),
        ('slug = "fachkongress"', 'slug = "organiser"', ProblemKind.RESERVED_SLUG, "slug", 1),
        ('slug = "fachkongress"', "", ProblemKind.MISSING, "slug", None),
        ('code = "ws-1"', 'code = "Workshop 1"', ProblemKind.NOT_A_CODE, "items[1].code", 18),
        ('kind = "workshop"', 'kind = "wokshop"', ProblemKind.UNKNOWN_CHOICE, "items[1].kind", 19),
        ('room = "saal"', 'room = "sall"', ProblemKind.UNKNOWN_ROOM, "items[1].room", 24),
        (
            'room = "saal"',
            'people = [{organisation = "fis"}]',
            ProblemKind.UNKNOWN_ORGANISATION,
            "items[1].people[1].organisation",
            24,
        ),
        ('end = "15:15"', 'end = "13:15"', ProblemKind.END_BEFORE_START, "items[1].end", 22),
        ('end = "15:15"', 'end = "17:15"', ProblemKind.OUTSIDE_DAYS, "items[1].start", 21),
        ('end = "15:15"', 'end = "viertel 4"', ProblemKind.NOT_A_CLOCK_TIME, "items[1].end", 22),
        ("day = 2015-10-21", "day = 0001-01-01", ProblemKind.STRANGE_YEAR, "days[1].day", 7),
        (
            "deadline = 2015-10-07",
            "deadline = 2015-08-02",
            ProblemKind.CLOSES_BEFORE_OPENING,
            "registration.deadline",
            5,
        ),
        (
            "deadline = 2015-10-07",
            "deadline = 2015-10-07\nregistration.changes_until = 2015-08-01",
            ProblemKind.CLOSES_BEFORE_OPENING,
            "registration.changes_until",
            6,
        ),
        (
            "deadline = 2015-10-07",
            "deadline = 9999-12-31",
            ProblemKind.STRANGE_YEAR,
            "registration.deadline",
            5,
        ),
        ('role = "host"', "", ProblemKind.MISSING, "organisations[1].role", 13),
        ('role = "host"', 'role = "host"\nags = 5978024', ProblemKind.WRONG_TYPE, AGS, 17),
        ('role = "host"', 'role = "host"\nags = "5978024"', ProblemKind.NOT_AN_AGS, AGS, 17),
        (
            'role = "host"',
            'role = "host"\nwebsite = "javascript:alert(1)"',
            ProblemKind.NOT_A_WEB_ADDRESS,
            "organisations[1].website",
            17,
        ),
        (
            'town = "Lünen"',
            'online_link = "http://meet.example.org"',
            ProblemKind.NOT_AN_ONLINE_LINK,
            "online_link",
            3,
        ),
        (
            'town = "Lünen"',
            'contact_email = "a@x.de,b@y.de"',
            ProblemKind.NOT_AN_EMAIL_ADDRESS,
            "contact_email",
            3,
        ),
        (
            'town = "Lünen"',
            'timezone = "Europe/Luenen"',
            ProblemKind.NO_SUCH_ZONE,
            "timezone",
            3,
        ),
        ('town = "Lünen"', 'timezone = "../passwd"', ProblemKind.NO_SUCH_ZONE, "timezone", 3),
        ('town = "Lünen"', 'timezone = "Europe"', ProblemKind.NO_SUCH_ZONE, "timezone", 3),
        (
            'kind = "workshop"',
            'kind = "workshop"\nbookable = false',
            ProblemKind.PLACES_NOT_BOOKABLE,
            "items[1].places",
            24,
        ),
    ],
)
def test_a_fault_is_named_with_its_key_and_line(before, after, kind, key, line):
    assert before in FILE
    assert the_problem(FILE.replace(before, after)) == (kind, key, line)


@pytest.mark.parametrize(
    ("start", "end"), [("1:00", "2:30"), ("2:30", "4:00"), ("02:59:59", "4:00")]
)
def test_a_time_that_the_clocks_skip_does_not_exist(start, end):
    """REL-32: 2026-03-29 02:30 is refused."""
    text = FILE.replace("2015-10-21", "2026-03-29").replace('"9:30"', '"0:30"')
    text = text.replace('"13:15"', f'"{start}"').replace('"15:15"', f'"{end}"')
    kind, key, _ = the_problem(text)
    assert kind is ProblemKind.NO_SUCH_TIME
    assert key in {"items[1].start", "items[1].end"}


def test_a_time_that_is_shown_twice_is_the_earlier_one_unless_the_offset_says_so():
    """REL-32: from 01:30 to 03:30 on 2026-10-25 are three hours; 02:30 has a defined offset."""
    text = FILE.replace("2015-10-21", "2026-10-25").replace('"9:30"', '"0:30"')
    long = plan_of(text.replace('"13:15"', '"1:30"').replace('"15:15"', '"3:30"')).items[0]
    assert long.slot.duration.total_seconds() == 3 * 60 * 60
    ambiguous = text.replace('"13:15"', '"2:30"').replace('"15:15"', '"4:00"')
    reading = read_congress_file(ambiguous.encode())
    assert reading.plan.items[0].slot.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [(each.kind, each.facts["offset"]) for each in reading.warnings] == [
        (Warned.TIME_SHOWN_TWICE, "+02:00")
    ]
    later = plan_of(ambiguous.replace('"2:30"', '"02:30+01:00"')).items[0]
    assert later.slot.starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_two_items_with_one_code_are_refused_at_the_second():
    text = FILE + ITEM + ITEM
    assert the_problem(text) == (ProblemKind.TAKEN_TWICE, "items[3].code", 32)


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [('"13.15"', 13, 15), ('"13.15 Uhr"', 13, 15), ('"1:15 pm"', 13, 15), ('"13 Uhr"', 13, 0)],
)
def test_a_clock_time_may_have_any_usual_form(written, hour, minute):
    plan = plan_of(FILE.replace('start = "13:15"', f"start = {written}"))
    starts = plan.items[0].slot.starts_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert (starts.hour, starts.minute) == (hour, minute)


@pytest.mark.parametrize("written", ["24:00", "24.00 Uhr", "24 Uhr"])
def test_nothing_starts_at_the_end_of_the_day_and_that_is_said_at_the_start(written):
    with pytest.raises(FileRefused) as refused:
        plan_of(FILE.replace('start = "9:30"', f'start = "{written}"'))
    [problem] = refused.value.problems
    assert (problem.kind, problem.key) == (ProblemKind.NOT_A_CLOCK_TIME, "days[1].start")


@pytest.mark.parametrize("written", ["24:00", "24.00 Uhr", "24 Uhr"])
def test_the_end_of_the_day_too(written):
    plan = plan_of(FILE.replace('end = "16:30"', f'end = "{written}"'))
    ends = plan.days[0].slot.ends_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert (ends.day, ends.hour) == (22, 0)


def test_a_congress_has_a_colour_of_the_palette():
    assert plan_of(FILE).colour is Colour.BLUE
    assert plan_of('colour = "wine"\n' + FILE).colour is Colour.WINE
    assert the_problem('colour = "#ff0000"\n' + FILE)[:2] == (ProblemKind.UNKNOWN_CHOICE, "colour")


def test_all_faults_are_found_in_one_pass_in_the_order_of_the_file():
    text = FILE.replace("Engagement vor Ort", "").replace('"9:30"', '"99:30"')
    text = text.replace("places = 25", "places = -5").replace('"host"', '"hosts"')
    assert [(each.kind, each.line) for each in problems_of(text)] == [
        (ProblemKind.EMPTY, 2),
        (ProblemKind.NOT_A_CLOCK_TIME, 8),
        (ProblemKind.UNKNOWN_CHOICE, 16),
        (ProblemKind.OUT_OF_RANGE, 23),
    ]


def test_the_nearest_right_word_is_suggested():
    [problem] = problems_of(FILE.replace('town = "Lünen"', 'twon = "Lünen"'))
    assert problem.facts == {"suggestion": "town"}


@pytest.mark.parametrize(
    ("content", "kind", "key", "line"),
    [
        (b'slug = "x"\ntown = "L\xfcnen"\n', ProblemKind.NOT_UTF8, "", 2),
        (b"slug = \n", ProblemKind.NOT_TOML, "slug", 1),
        (b'slug = "a"\nslug = "b"\n', ProblemKind.NOT_TOML, "slug", 2),
        (b"slug = " + b"[" * 5000, ProblemKind.NOT_TOML, "", None),
        (b"slug = " + b"[" * 494 + b'{"a" = 1}' + b"]" * 494, ProblemKind.NOT_TOML, "", None),
        (b"a = " + b"9" * 5000, ProblemKind.NOT_TOML, "a", 1),
    ],
)
def test_what_is_no_file_of_this_kind_is_refused_with_its_line(content, kind, key, line):
    assert the_problem(content) == (kind, key, line)


def test_an_empty_file_misses_what_is_required():
    missing = {each.key for each in problems_of("")}
    assert missing == {"slug", "title", "days", "registration.opens", "registration.deadline"}


def test_a_person_without_a_name_is_of_an_organisation_by_its_code():
    text = FILE + '[[items.people]]\norganisation = "fsi"\nrole = "speaker"\n'
    [person] = plan_of(text).items[0].people
    assert (person.name, person.affiliation, person.role) == (None, {"de": "Forum"}, "speaker")


def test_a_logo_is_what_its_bytes_say():
    data = base64.b64encode(PNG).decode()
    text = FILE.replace('role = "host"', f'role = "host"\nlogo_alt = "Forum"\nlogo_data = "{data}"')
    assert plan_of(text).organisations[0].logo == Logo(PNG, "image/png", {"de": "Forum"})


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ('logo_alt = "x"\nlogo_data = "PHN2Zz48L3N2Zz4="', ProblemKind.LOGO_NOT_AN_IMAGE),
        ('logo_alt = "x"\nlogo_data = "ä"', ProblemKind.LOGO_NOT_BASE64),
        (f'logo_data = "{base64.b64encode(PNG).decode()}"', ProblemKind.LOGO_WITHOUT_ALT),
        ('logo_alt = "x"\nlogo_file = "logo.png"', ProblemKind.LOGO_NOT_FOUND),
        (
            'logo_alt = "x"\nlogo_data = "' + base64.b64encode(PNG + bytes(500_000)).decode() + '"',
            ProblemKind.LOGO_TOO_BIG,
        ),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused(lines, kind):
    assert the_problem(FILE.replace('role = "host"', f'role = "host"\n{lines}'))[0] is kind
