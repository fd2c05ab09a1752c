"""The steps on the page of one's own where places are given by wishes: before, between, after."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from congress.extensions import db
from congress.models import Congress, ProgrammeItem, Registration, WorkshopWish
from tests.builders import OPEN, STARTS, WORKSHOPS_START, a_booking, a_workshop
from tests.web import pages
from tests.web.registration.rankings import UNTIL, rank
from tests.web.registration.visitors import change

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("ranked")]

DAY = "2. Oktober 2015"
RANKED = {"w1": "1", "w2": "2"}
REGISTERED = ("Angemeldet", "done")
PLACE = ("Platz bestätigt", "done")
EVENT = ("Veranstaltung", "")


def own_page(visitor, rest="only", **numbers: str) -> str:
    answer = rank(visitor, rest, **numbers)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].partition("?")[0]


def lines(visitor, own):
    """Return each step of the page: its title, its explanation, and how it is marked."""
    found = pages.read(visitor.open(own)).iter("ol")
    [steps] = [each for each in found if "steps" in each.get("class", "")]
    now = [each for each in steps if each.get("aria-current") == "step"]
    assert len(now) <= 1
    return [
        (
            pages.words(pages.get(each, "b")),
            pages.words(pages.get(each, "small")),
            each.get("class", ""),
        )
        for each in steps
    ]


def steps(visitor, own):
    return [(title, mark) for title, _explanation, mark in lines(visitor, own)]


def set_person(app, **values: object):
    with app.app_context():
        db.session.execute(update(Registration).values(**values))
        db.session.commit()


def forget_wishes(app):
    with app.app_context():
        db.session.execute(delete(WorkshopWish))
        db.session.commit()
    set_person(app, wished_at=None)


def assign(app, congress, at):
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(assigned_at=at))
        db.session.commit()
    change(app, congress)


def test_before_between_and_after_the_assignment(visitor, app, congress, on_a_day):
    own = own_page(visitor, **RANKED)
    assert lines(visitor, own)[2:4] == [
        ("Wünsche geordnet", f"änderbar bis einschließlich {DAY}", "now"),
        ("Zuteilung", "wir schreiben Ihnen", ""),
    ]
    assert steps(visitor, own) == [
        REGISTERED,
        PLACE,
        ("Wünsche geordnet", "now"),
        ("Zuteilung", ""),
        EVENT,
    ]

    on_a_day.move_to(UNTIL)
    assert steps(visitor, own) == [
        REGISTERED,
        PLACE,
        ("Wünsche geordnet", "done"),
        ("Plätze werden zugeteilt", "now"),
        EVENT,
    ]

    assign(app, congress, UNTIL)
    on_a_day.move_to(UNTIL + timedelta(hours=1))
    assert steps(visitor, own) == [
        REGISTERED,
        PLACE,
        ("Plätze zugeteilt", "done"),
        ("Ändern möglich", "now"),
        EVENT,
    ]
    on_a_day.move_to(STARTS)
    assert steps(visitor, own)[2:] == [
        ("Plätze zugeteilt", "done"),
        ("Ändern war möglich", "done"),
        ("Veranstaltung", "now"),
    ]


def test_places_that_nobody_assigned_are_no_step_once_it_has_begun(visitor, on_a_day):
    own = own_page(visitor, **RANKED)
    on_a_day.move_to(STARTS)
    assert [title for title, _mark in steps(visitor, own)] == [
        "Angemeldet",
        "Platz bestätigt",
        "Ändern war möglich",
        "Veranstaltung",
    ]


def test_who_has_said_nothing_or_wants_none_is_promised_no_mail(visitor, app, on_a_day):
    own = own_page(visitor, "none")
    assert lines(visitor, own)[2:4] == [
        ("Keine Wünsche", f"änderbar bis einschließlich {DAY}", "now"),
        ("Zuteilung", "alle Plätze auf einmal", ""),
    ]
    forget_wishes(app)
    assert lines(visitor, own)[2] == ("Wünsche ordnen", f"bis einschließlich {DAY}", "now")
    on_a_day.move_to(UNTIL)
    assert steps(visitor, own)[2:4] == [
        ("Wünsche waren möglich", "done"),
        ("Plätze werden zugeteilt", "now"),
    ]


def test_who_waits_for_the_event_is_not_there_yet(visitor, app, on_a_day):
    own = own_page(visitor, **RANKED)
    set_person(app, state="waiting")
    assert lines(visitor, own)[1:4] == [
        ("Warten auf einen Platz", "wir schreiben Ihnen", "now"),
        ("Wünsche geordnet", f"änderbar bis einschließlich {DAY}", ""),
        ("Zuteilung", "für alle, die bis dahin einen Platz haben", ""),
    ]
    on_a_day.move_to(UNTIL)
    assert steps(visitor, own)[1:4] == [
        ("Warten auf einen Platz", "now"),
        ("Wünsche geordnet", "done"),
        ("Plätze werden zugeteilt", ""),
    ]


def test_who_waits_for_an_answer_has_these_steps_too(visitor, app):
    own = own_page(visitor, **RANKED)
    set_person(app, state="requested")
    assert [mark for _title, mark in steps(visitor, own)] == ["done", "now", "", "", ""]


def test_who_registers_after_the_day_has_no_day_for_wishes(visitor, app, congress, on_a_day):
    own = own_page(visitor, **RANKED)
    on_a_day.move_to(UNTIL + timedelta(hours=1))
    set_person(app, created_at=UNTIL + timedelta(minutes=1))
    assert steps(visitor, own)[2] == ("Wünsche geordnet", "done")  # the day was moved since
    forget_wishes(app)
    assert steps(visitor, own)[2] == ("Plätze werden zugeteilt", "now")
    assign(app, congress, UNTIL + timedelta(seconds=1))
    assert "Plätze zugeteilt" not in [title for title, _mark in steps(visitor, own)]


def test_who_has_more_to_change_reads_both_days_in_their_order(visitor, app, congress):
    own = own_page(visitor, **RANKED)
    with app.app_context():
        row, later = db.session.get_one(Congress, congress), WORKSHOPS_START + timedelta(hours=2)
        a_workshop(row, code="evening", kind="evening", title="Empfang", starts_at=later)
    assert steps(visitor, own)[2:5] == [
        ("Wünsche geordnet", "now"),
        ("Zuteilung", ""),
        ("Alles andere änderbar", ""),
    ]
    change(app, congress, changes_until=UNTIL - timedelta(days=1))
    assert steps(visitor, own)[2:5] == [
        ("Alles andere änderbar", ""),
        ("Wünsche geordnet", "now"),
        ("Zuteilung", ""),
    ]


def test_whoever_may_choose_for_longer_is_told_the_day_for_wishes_of_everybody(
    visitor, app, congress
):
    change(app, congress, wishes_until=None, closes_at=UNTIL)
    own = own_page(visitor, **RANKED)
    set_person(app, chooses_until=UNTIL + timedelta(days=3))
    page = pages.read(visitor.open(own))
    assert DAY in pages.words(pages.section(page, "rangfolge"))
    assert lines(visitor, own)[2][1] == f"änderbar bis einschließlich {DAY}"


def test_who_has_a_place_by_hand_has_nothing_to_wish_for(visitor, app):
    own = own_page(visitor, "none")
    with app.app_context():
        person = db.session.scalars(select(Registration)).one()
        a_booking(person, db.session.scalars(select(ProgrammeItem)).all()[0], joined_at=OPEN)
    assert steps(visitor, own)[2] == ("Ändern möglich", "now")


def test_where_it_is_called_off_there_are_no_steps(visitor, app, congress):
    own = own_page(visitor, **RANKED)
    change(app, congress, state="cancelled")
    found = pages.read(visitor.open(own)).iter("ol")
    assert not [each for each in found if "steps" in each.get("class", "")]


def test_who_has_withdrawn_has_no_steps(visitor, app):
    own = own_page(visitor, **RANKED)
    visitor.act(own, "withdraw")
    found = pages.read(visitor.open(own)).iter("ol")
    assert not [each for each in found if "steps" in each.get("class", "")]
