"""Modules of a course described, moved and taken out: calendar entries and letters say so."""

from collections import defaultdict
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from congress.domain import editing, module_facts
from congress.domain.access import COMMAND
from congress.domain.attendance import days_of
from congress.domain.congress_file.plan import DayPlan
from congress.domain.module_facts import ModulesEditedMeanwhile
from congress.domain.planning.days import WantedDay, change_of, version_of
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.formats import letters
from congress.models import AuditLine, CalendarEntry, OutboxMessage
from congress.queries import congresses
from congress.queries.planning import days as day_queries
from congress.services import registering
from congress.services.planning import copying, describing_modules, moving_days, previewing
from tests import builders
from tests.builders import ENDS, OPEN, STARTS

pytestmark = pytest.mark.usefixtures("database")

EVERY = timedelta(weeks=4)
DAYS = [(STARTS + EVERY * n, ENDS + EVERY * n) for n in range(3)]
HAMM = {"title_de-2015-10-21": "Grundlagen", "place_de-2015-10-21": "Rathaus Hamm"}
RECHT = {"title_de-2015-11-18": "Recht", "place_de-2015-11-18": "Kreishaus Unna"}


@pytest.fixture
def course(database):
    """A course of three modules with one person in it, who was told so."""
    row = builders.a_congress(kind="training", days=DAYS, venue={})
    registering.register(row.id, builders.a_request(1), now=OPEN)
    builders.send_everything()
    return row


def describe(row, values, version=None):
    congress = congresses.get_congress(row.id)
    stored = module_facts.whole(congress.modules, days_of(congress))
    return describing_modules.describe(
        row.id,
        stored | values,
        version=version or editing.version_of(stored),
        actor=COMMAND,
        now=OPEN,
    )


def edit_days(row, wanted):
    stored = day_queries.days(row.id)
    asked = previewing.of_days(row.id, change_of(stored, wanted), now=OPEN, with_names=True)
    moving_days.edit_days(
        row.id, wanted, version=version_of(stored), seen=asked.seen, actor=COMMAND, now=OPEN
    )


def entries():
    db.session.expire_all()
    rows = db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.day))
    return [(row.day, row.sequence, row.status, row.content) for row in rows]


def waiting():
    rows = select(OutboxMessage).where(OutboxMessage.state == "queued").order_by(OutboxMessage.id)
    return list(db.session.scalars(rows))


def read(letter):
    return letters.compose(
        letter.kind,
        "de",
        letter.facts,
        links=defaultdict(str, page="https://congress.test/x"),
        zone=ZoneInfo("Europe/Berlin"),
        written_at=OPEN,
    )


def changes_told():
    """What the letter to the one in the course says is different, in one line."""
    [letter] = [each for each in waiting() if each.kind == "programme_changed"]
    return " ".join(read(letter).text.split("So sind Sie jetzt")[0].split())


def test_each_entry_names_its_module_and_only_what_changed_is_revised(course):
    names, told = describe(course, HAMM | RECHT)
    assert (set(names), told.people) == (set(HAMM | RECHT), 1)
    first, second, third = entries()
    assert first[3]["summary"] == "Engagement vor Ort: Grundlagen"
    assert (first[1], first[3]["location"]) == (1, "Rathaus Hamm")
    assert (second[1], second[3]["location"]) == (1, "Kreishaus Unna")
    assert (third[1], third[3]["location"]) == (0, "Lünen")
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.verb, line.details["told"]) == ("modules_edited", 1)
    letter, other = waiting()
    assert (letter.kind, other.kind) == ("programme_changed", "calendar_request")
    assert [each.get("place") for each in letter.facts["congress"]["days"]] == [
        "Rathaus Hamm",
        "Kreishaus Unna",
        None,
    ]
    words = read(letter)
    assert "Module geändert" in words.subject
    days = " ".join(words.text.split())
    assert "9.30 bis 16.30 Uhr, Recht, Kreishaus Unna; Mittwoch, 16. Dezember" in days


def test_who_began_from_what_another_one_changed_is_refused(course):
    stored = module_facts.whole({}, days_of(congresses.get_congress(course.id)))
    version = editing.version_of(stored)
    describe(course, HAMM)
    with pytest.raises(ModulesEditedMeanwhile):
        describe(course, RECHT, version=version)
    assert describe(course, HAMM)[0] == ()


def test_a_module_that_is_moved_takes_along_what_is_said_of_it(course):
    describe(course, HAMM | RECHT)
    builders.send_everything()
    days = day_queries.days(course.id)
    week = timedelta(weeks=1)
    slot = TimeSlot(days[1].slot.starts_at + week, days[1].slot.ends_at + week)
    wanted = [WantedDay(each.day, each) for each in days]
    wanted[1] = WantedDay(days[1].day, DayPlan(days[1].day + week, slot))
    edit_days(course, wanted)
    first, second, third = entries()
    assert (second[0], second[1], second[3]["location"]) == (
        date(2015, 11, 25),
        2,
        "Kreishaus Unna",
    )
    assert (first[1], third[1]) == (1, 0)  # the others stay as they were
    time = "9.30 bis 16.30 Uhr"
    day, later = "Mittwoch, 18. November 2015", "Mittwoch, 25. November 2015"
    assert f"Termin: bisher {day}, {time} – jetzt {later}, {time}." in changes_told()


def test_a_module_that_is_taken_out_is_cancelled_and_the_others_stay(course):
    describe(course, HAMM | RECHT)
    builders.send_everything()
    days = day_queries.days(course.id)
    edit_days(course, [WantedDay(each.day, each) for each in (days[0], days[2])])
    states = {day: (sequence, status) for day, sequence, status, _content in entries()}
    assert states == {
        date(2015, 10, 21): (1, "CONFIRMED"),
        date(2015, 11, 18): (2, "CANCELLED"),
        date(2015, 12, 16): (0, "CONFIRMED"),
    }
    assert [each.kind for each in waiting()] == ["programme_changed", "calendar_cancel"]
    assert list(congresses.get_congress(course.id).modules) == ["2015-10-21"]
    assert "Entfällt: Mittwoch, 18. November 2015, 9.30 bis 16.30 Uhr." in changes_told()


def test_the_next_course_has_the_titles_whole_weeks_later(course):
    describe(course, HAMM | RECHT)
    copied = copying.copy_edition(course.slug, starting=date(2016, 10, 19), actor=COMMAND, now=OPEN)
    edition = congresses.get_congress(copied.congress_id)
    assert edition.modules == {
        "2016-10-19": {"title_de": "Grundlagen"},
        "2016-11-16": {"title_de": "Recht"},
    }
