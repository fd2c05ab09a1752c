"""What the overview says to do today, how many days are left, and the course of registrations."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Role
from congress.extensions import db
from congress.models import Attendance, Congress
from congress.services import changing
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, logged_in, post

HERE = "/organiser/fachkongress"
FRIDAY = (datetime(2013, 11, 8, 8, tzinfo=UTC), datetime(2013, 11, 8, 16, tzinfo=UTC))
NOW = datetime(2015, 10, 2, 10, 0, tzinfo=UTC)  # a Friday; one can register until the 7th


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def house(app):
    """Three people lost a workshop, one of them chose anew; somebody without an address moved up.

    They registered in three weeks, one of them withdrew.
    """
    with app.app_context():
        congress = builders.a_congress(capacity=None)
        off = builders.a_workshop(congress, code="off", number=1, cancelled=True)
        full = builders.a_workshop(congress, code="full", number=2, capacity=1)
        for at, name in enumerate(("Anna", "Bernd", "Carla")):
            moment = builders.OPENS + timedelta(weeks=at, days=1)
            person = builders.a_registration(congress, given_name=name, created_at=moment)
            builders.a_booking(person, off)
        place = builders.a_booking(person, full)
        later = NOW - timedelta(days=1)
        without = builders.a_registration(
            congress, given_name="Dora", family_name="", email="", created_at=later
        )
        builders.a_booking(without, full, state="waiting")
        gone = builders.a_registration(congress, given_name="Emil", created_at=builders.OPENS)
        changing.withdraw(gone.id, actor=ATTENDEE, now=later)
        changing.leave(person.id, place.id, actor=ATTENDEE, now=NOW - timedelta(hours=1))
        builders.a_booking(person, full, state="waiting")
        ids = {"Dora": without.id}
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "programme@example.org", {congress.id: Role.PROGRAMME})
    return ids


def overview(app, email="organiser@example.org"):
    return pages.read(logged_in(app, email).get(f"{HERE}?lang=de"))


def test_it_says_what_to_do_today(app, house):
    today = pages.section(overview(app), "today")
    said = [pages.words(each) for each in today.iter("li")]

    assert said == [
        "„1 Engagement entwickeln 1“ fällt aus: 2 von 3 haben noch nicht neu gewählt",
        (
            "1 Person ohne E-Mail-Adresse ist nachgerückt oder hat einen Platz angeboten bekommen, "
            "bitte anrufen und abhaken: Dora"
        ),
        "Die Anmeldung schließt in 5 Tagen",
    ]
    assert [each.get("href").partition("lang=")[0].rstrip("?&") for each in today.iter("a")] == [
        f"{HERE}/attendees?unchosen=off",
        f"{HERE}/attendees/{house['Dora']}",
        f"{HERE}/settings",
    ]
    others = pages.section(overview(app, "programme@example.org"), "today")
    assert "Dora" not in pages.words(others)
    assert [pages.words(each) for each in others.iter("a")] == ["Die Anmeldung schließt in 5 Tagen"]


def test_whoever_was_phoned_is_ticked_off_until_moving_up_again(app, house):
    client = logged_in(app, "organiser@example.org")
    person = f"{HERE}/attendees/{house['Dora']}"

    def said():
        return (
            "bitte anrufen" in pages.words(pages.read(client.get(f"{HERE}?lang=de"))),
            "noch nicht angerufen" in pages.words(pages.read(client.get(f"{person}?lang=de"))),
        )

    assert said() == (True, True)
    for phoned, still in (("yes", False), ("yes", False), ("no", True), ("yes", False)):
        assert post(client, f"{person}/phoned", person, phoned=phoned) == 303
        assert said() == (still, still)
    log = pages.words(pages.read(client.get(f"{HERE}/log?lang=de")))
    assert log.count("Dora wurde als angerufen abgehakt.") == 2
    assert log.count("Dora ist nicht mehr als angerufen abgehakt.") == 1


def test_it_names_the_days_left_and_the_dates_to_come(app, house):
    page = overview(app)
    assert pages.words(pages.get(page, id="days-left")) == "5"
    coming = [pages.words(each) for each in pages.section(page, "coming").iter("li")]
    assert coming == [
        "Mittwoch, 7. Oktober 2015Anmeldeschluss",
        "Mittwoch, 21. Oktober 2015Die Veranstaltung beginnt",
    ]


def test_the_course_of_registrations_is_drawn_and_told_in_numbers(app, house):
    course = pages.section(overview(app), "course")
    assert table(course) == [
        ["26. August 2015", "1", "0", "1"],
        ["2. September 2015", "1", "0", "2"],
        ["9. September 2015", "1", "0", "3"],
        ["16. September 2015", "1", "0", "4"],
        ["23. September 2015", "0", "0", "4"],
        ["30. September 2015", "1", "1", "4"],
    ]
    for drawing in pages.find_all(course, "svg", role="img"):
        words = [pages.get(drawing, id=each) for each in drawing.get("aria-labelledby").split()]
        assert pages.numbers(words[1])[0] == 4
        assert [len(line) for line in lines(drawing)] == [len(table(course)) + 1]


def test_the_last_edition_is_drawn_as_far_before_its_own_day(app, house):
    """Köln was a Friday, ours is a Wednesday: what counts is the distance."""
    with app.app_context():
        cologne = builders.a_congress(slug="koeln", town="Köln", days=[FRIDAY])
        for days in (30, 20, 18, 3):
            moment = FRIDAY[0] - timedelta(days=days)
            builders.a_registration(cologne, created_at=moment)
        ours = db.session.scalars(select(Congress).where(Congress.slug == "fachkongress")).one()
        ours_id, cologne_id = ours.id, cologne.id
        ours.edition_of_id = cologne.id
        db.session.commit()
    stranger = pages.section(overview(app), "course")
    assert all(len(lines(drawing)) == 1 for drawing in pages.find_all(stranger, "svg", role="img"))
    an_organiser(app, "both@example.org", {ours_id: Role.READER, cologne_id: Role.READER})
    course = pages.section(overview(app, "both@example.org"), "course")

    assert [row[-1] for row in table(course)] == ["0", "0", "0", "1", "1", "2"]
    assert "2 mehr als Köln 2013 zum gleichen Zeitpunkt (2)" in pages.words(course)
    for drawing in pages.find_all(course, "svg", role="img"):
        then, now = lines(drawing)
        assert then[-1][0] > now[-1][0]  # it goes on to its own day
        assert then[-1][1] == now[-1][1]  # both had four in the end


def table(course):
    return [
        [pages.words(cell) for cell in row.iter() if cell.tag in {"th", "td"}]
        for row in pages.get(course, "tbody").iter("tr")
    ]


def lines(drawing):
    return [
        [tuple(map(float, point.split(","))) for point in each.get("points").split()]
        for each in pages.find_all(drawing, "polyline")
    ]


def test_what_is_over_has_a_course_and_nothing_to_do(app, house):
    with time_machine.travel(builders.AFTERWARDS, tick=False):
        organiser = logged_in(app, "organiser@example.org")
        assert change_state(organiser, HERE, "finished") == 303
        page = pages.read(organiser.get(HERE))
        assert pages.find_all(page, id="days-left") == []
        assert pages.find_all(page, aria_labelledby="today") == []
        assert pages.numbers(pages.get(pages.section(page, "course"), "tbody"))


@pytest.mark.parametrize(
    ("moment", "is_recorded", "said"),
    [
        (builders.STARTS - timedelta(days=2), False, []),
        (builders.STARTS, False, ["Einlass heute: 0 von 1 da"]),
        (
            builders.ENDS - timedelta(minutes=1),
            False,
            [
                "Einlass heute: 0 von 1 da",
                "1 Workshop ist vorbei, und es ist nicht erfasst, wer dort war",
            ],
        ),
        (builders.ENDS - timedelta(minutes=1), True, ["Einlass heute: 1 von 1 da"]),
        (
            builders.ENDS,
            True,
            [
                (
                    "Die Veranstaltung ist vorbei: Kennzeichnen Sie sie als abgeschlossen, wenn "
                    "sonst nichts mehr zu tun ist"
                )
            ],
        ),
    ],
    ids=["before", "begins", "after the workshop", "recorded", "over"],
)
def test_it_leads_through_the_day(app, moment, is_recorded, said):
    with app.app_context():
        congress = builders.a_congress()
        workshop = builders.a_workshop(congress)
        person = builders.a_registration(congress)
        builders.a_booking(person, workshop)
        if is_recorded:
            for item_id in (None, workshop.id):
                came = {"registration_id": person.id, "day": builders.STARTS.date()}
                builders.add(Attendance(**came, came_at=builders.BEGUN, item_id=item_id))
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
    with time_machine.travel(moment, tick=False):
        client = logged_in(app, "organiser@example.org")
        client.get(HERE)  # what is counted once for each state is counted
        with count_queries() as queries:
            page = pages.read(client.get(f"{HERE}?lang=de"))
    words = [pages.words(each) for each in pages.section(page, "today").iter("li")]
    assert [each for each in words if not each.startswith("Drucken")] == said
    assert len(queries) <= 25
