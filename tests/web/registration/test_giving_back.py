"""Giving a workshop place back: asked first if others wait, said by name, and undone."""

import pytest
from sqlalchemy import select, update

from congress.domain.errors import Refused
from congress.domain.registration import (
    CongressNotTakingPart,
    NothingToTakeBack,
    PlaceTaken,
    WorkshopCancelled,
)
from congress.extensions import db
from congress.models import Booking, OutboxMessage, ProgrammeItem
from tests.builders import CLOSES, LATE, OPEN
from tests.web import pages
from tests.web.registration.test_own_page_events import edit
from tests.web.registration.visitors import change


def states(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Booking.state).order_by(Booking.id)))


def status(visitor, address: str) -> str:
    """Return what a page says of the act before, if anything."""
    found = pages.find_all(pages.read(visitor.open(address)), role="status")
    return pages.words(found[0]) if found else ""


def undo(visitor, address: str) -> str | None:
    """Return where a page offers to take a place back."""
    forms = pages.read(visitor.open(address)).iter("form")
    found = [each.get("action", "") for each in forms]
    return next((each for each in found if each.endswith("/take-back")), None)


def test_a_place_nobody_waits_for_goes_at_once_and_can_be_taken_back(visitor, app, congress):
    page = visitor.own_page(slot_1="workshop-1", question_1="Wie fängt man an?")

    left = visitor.act(page, "bookings/1/leave")

    said = "Sie haben Ihren Platz in Workshop 1 zurückgegeben. Sie bekommen dazu gleich eine Mail."
    assert status(visitor, left.location).startswith(said)
    assert "nächste" not in visitor.open(left.location).text
    address = undo(visitor, left.location)
    assert address == f"{page}/bookings/1/take-back"
    back = visitor.send(address, **visitor.hidden(page))
    assert status(visitor, back.location).startswith("Sie haben Ihren Platz in Workshop 1 wieder.")
    has = pages.section(pages.read(visitor.open(page)), "haben")
    assert "Wie fängt man an?" in pages.words(has)
    assert states(app) == ["confirmed"]


@pytest.mark.sqlite_only
def test_what_was_said_is_not_said_when_it_is_no_longer_so(visitor, app, congress):
    page = visitor.own_page(slot_1="workshop-1")
    left = visitor.act(page, "bookings/1/leave").location
    back = visitor.act(page, "bookings/1/take-back").location

    assert status(visitor, left) == ""
    assert undo(visitor, left) is None
    visitor.act(page, "bookings/1/leave")
    assert status(visitor, back) == ""


@pytest.mark.sqlite_only
def test_a_mail_is_spoken_of_where_one_was_written(visitor, app, congress):
    """What is undone before anybody heard of it is none, nor is what changes nothing."""
    page, mail = visitor.own_page(slot_1="workshop-1"), "Sie bekommen dazu gleich eine Mail."

    same = visitor.act(page, "workshops", slot_1="workshop-1").location
    assert status(visitor, same) == "Sie haben Workshop 1 gewählt und dort einen Platz."
    left = visitor.act(page, "bookings/1/leave").location
    assert status(visitor, left) == f"Sie haben Ihren Platz in Workshop 1 zurückgegeben. {mail}"
    back = visitor.act(page, "bookings/1/take-back").location
    assert status(visitor, back) == "Sie haben Ihren Platz in Workshop 1 wieder."
    visitor.act(page, "bookings/1/leave")
    with app.app_context():
        db.session.execute(update(OutboxMessage).values(state="sent"))
        db.session.commit()
    back = visitor.act(page, "bookings/1/take-back").location
    assert status(visitor, back) == f"Sie haben Ihren Platz in Workshop 1 wieder. {mail}"
    other = visitor.act(page, "workshops", slot_1="workshop-2").location
    assert status(visitor, other) == f"Sie haben Workshop 2 gewählt und dort einen Platz. {mail}"


@pytest.mark.sqlite_only
def test_a_place_can_be_taken_back_from_the_page_as_mails_open_it(visitor, app, on_a_day, congress):
    """As long as nobody has taken it, also where no workshop can be chosen any more."""
    page = visitor.own_page(slot_1="workshop-2")
    assert undo(visitor, page) is None
    visitor.act(page, "bookings/1/leave")
    visitor.act(page, "consents", purpose="photos", answer="given")
    on_a_day.move_to(LATE)

    address = undo(visitor, page)
    said = pages.words(pages.get(pages.read(visitor.open(page)), "main"))

    assert address == f"{page}/bookings/1/take-back"
    assert status(visitor, page) == ""
    assert "in Workshop 2 zurückgegeben. Noch hat ihn niemand anderes." in said
    assert visitor.send(address, **visitor.hidden(page)).status_code == 303
    assert undo(visitor, page) is None
    visitor.act(page, "bookings/1/leave")
    on_a_day.move_to(OPEN)
    visitor.own_page(given_name="Max", slot_1="workshop-2")
    assert undo(visitor, page) is None


def test_giving_a_place_back_that_others_wait_for_asks_first(visitor, app, congress):
    """Without JavaScript too, and also from a page opened before anybody waited."""
    first = visitor.own_page(slot_1="workshop-2")
    second = visitor.own_page(given_name="Max", slot_1="workshop-2", safe_1="none")
    here = f"{first}/bookings/1/leave"

    hasty = visitor.act(first, "bookings/1/leave")
    link = pages.get(pages.section(pages.read(visitor.open(first)), "haben"), "a", href=here)

    assert states(app) == ["confirmed", "waiting"]
    question = pages.read(hasty)
    assert pages.words(pages.get(question, "h1")) == "Diesen Platz zurückgeben?"
    assert "1 Person wartet hier" in pages.words(pages.get(question, class_="lead"))
    assert pages.words(link) == "Diesen Platz zurückgeben"
    assert pages.has(pages.read(visitor.open(here)), "form", method="post")
    left = visitor.send(here, **visitor.hidden(here))
    assert states(app) == ["cancelled", "confirmed"]
    assert status(visitor, left.location).startswith(
        "Sie haben Ihren Platz in Workshop 2 zurückgegeben. "
        "Jemand von der Warteliste hat ihn jetzt."
    )
    assert undo(visitor, left.location) is None
    assert pages.titles(pages.section(pages.read(visitor.open(second)), "haben"))


@pytest.mark.sqlite_only
def test_a_place_that_is_somebody_elses_by_now_cannot_be_taken_back(visitor, app, congress):
    page = visitor.own_page(slot_1="workshop-2")
    left = visitor.act(page, "bookings/1/leave").location
    form = visitor.hidden(left)
    visitor.own_page(given_name="Max", slot_1="workshop-2")

    refused = pages.read(visitor.send(f"{page}/bookings/1/take-back", **form))

    assert undo(visitor, left) is None
    assert status(visitor, left).startswith("Sie haben Ihren Platz in Workshop 2 zurückgegeben.")
    assert "Warteliste hat ihn" not in status(visitor, left)
    assert pages.faults(refused) == [pages.sentence(app, PlaceTaken({"de": "Sozialraum"}))]


def test_a_place_can_be_taken_back_after_the_deadline_but_no_other_one_chosen(
    visitor, app, congress, on_a_day
):
    page = visitor.own_page(slot_1="workshop-1")
    visitor.act(page, "workshops", slot_1="workshop-2")
    on_a_day.move_to(LATE)
    left = visitor.act(page, "bookings/2/leave").location

    other = pages.read(visitor.act(page, "bookings/1/take-back"))
    back = visitor.act(left.split("?")[0], "bookings/2/take-back")

    assert CLOSES < LATE
    assert pages.faults(other) == [pages.sentence(app, NothingToTakeBack())]
    assert back.status_code == 303
    assert states(app) == ["cancelled", "confirmed"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("behind", "asks"), [(0, False), (1, True)])
def test_who_stops_waiting_is_asked_if_others_stand_behind(visitor, app, congress, behind, asks):
    visitor.own_page(slot_1="workshop-2")
    page = visitor.own_page(given_name="Max", slot_1="workshop-2", safe_1="none")
    for number in range(behind):
        visitor.own_page(given_name=f"Ida{number}", slot_1="workshop-2", safe_1="none")
    here = f"{page}/bookings/2/leave"

    answer = visitor.act(page, "bookings/2/leave")

    assert (answer.status_code == 200) is asks
    if asks:
        question = pages.words(pages.get(pages.read(answer), "main"))
        assert "Nicht mehr warten?" in question
        assert "1 Person wartet hinter Ihnen" in question
        answer = visitor.send(here, **visitor.hidden(here))
    assert status(visitor, answer.location).startswith("Sie warten nicht mehr auf Workshop 2.")
    assert undo(visitor, answer.location) is None
    assert states(app)[1] == "cancelled"


@pytest.mark.sqlite_only
def test_a_change_says_what_came_of_it(visitor, app, congress):
    visitor.own_page(slot_1="workshop-2")
    page = visitor.own_page(given_name="Max")

    has = visitor.act(page, "workshops", slot_1="workshop-1").location
    waits = visitor.act(page, "workshops", slot_1="workshop-2").location

    assert status(visitor, waits).startswith(
        "Sie haben Workshop 2 gewählt und stehen dort auf der Warteliste."
    )
    assert status(visitor, has).startswith("Sie haben Workshop 1 gewählt und dort einen Platz.")
    visitor.send(f"{page}/bookings/2/leave", **visitor.hidden(page))
    visitor.act(page, "bookings/2/leave")
    assert status(visitor, has) == ""


@pytest.mark.sqlite_only
def test_a_consent_says_what_is_so(visitor, congress):
    page = visitor.own_page()
    given = visitor.act(page, "consents", purpose="photos", answer="given").location

    words = "Fotos, auf denen Sie zu erkennen sind"
    assert status(visitor, given) == f"Sie haben eingewilligt: {words}."
    visitor.act(page, "consents", purpose="photos", answer="withdrawn")
    assert status(visitor, given) == f"Sie haben Ihre Einwilligung widerrufen: {words}."


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "named",
    [
        *("", "left", "left-", "left-x", "left-1", "left-2", "left-" + "9" * 40, "stopped-1"),
        *("chose-0", "consent-x", "kept-1", "details", "moved", "details-moved", "repaired"),
    ],
)
def test_an_address_that_names_no_act_of_mine_says_nothing(visitor, congress, named):
    visitor.own_page(given_name="Max", slot_1="workshop-1")
    page = visitor.own_page()

    assert status(visitor, f"{page}?done={named}") == ""


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("waiting", "later", "said"),
    [
        (0, {}, False),
        (1, {}, True),
        (1, {"capacity": 0, "overbooked": 1}, False),
        (1, {"state": "cancelled"}, False),
    ],
    ids=["nobody waits", "somebody waits", "more are inside than fit", "called off"],
)
def test_withdrawing_promises_the_place_to_nobody_who_does_not_get_it(
    visitor, app, congress, waiting, later, said
):
    page = visitor.own_page(slot_1="workshop-1")
    for _ in range(waiting):
        change(app, congress, capacity=1)
        visitor.own_page(given_name="Max")
    change(app, congress, **later)

    asked = pages.words(pages.get(pages.read(visitor.open(f"{page}/withdraw")), class_="lead"))
    own = pages.words(pages.get(pages.read(visitor.open(page)), "main"))
    visitor.act(page, "withdraw")
    ended = pages.words(pages.get(pages.read(visitor.open(page)), class_="lead"))

    assert ("an die nächste Person" in asked) is said
    assert ("an die nächste Person" in own) is said
    assert ("Doch verhindert?" in own) is ("state" not in later)
    moved_up = "Jemand von der Warteliste ist nachgerückt." in ended
    assert moved_up is said


@pytest.mark.sqlite_only
def test_the_question_before_giving_up_promises_the_place_to_nobody_who_does_not_get_it(
    visitor, app, congress
):
    page = visitor.own_page(slot_1="workshop-2")
    visitor.own_page(given_name="Max", slot_1="workshop-2", safe_1="none")
    with app.app_context():
        overbooked = update(ProgrammeItem).where(ProgrammeItem.number == 2)
        db.session.execute(overbooked.values(capacity=0, overbooked=1))
        db.session.commit()

    question = pages.read(visitor.open(f"{page}/bookings/1/leave"))

    assert pages.words(pages.get(question, class_="lead")) == (
        "1 Person wartet hier auf einen Platz. Selbst können Sie Ihren nicht zurückbekommen."
    )


@pytest.mark.sqlite_only
@pytest.mark.parametrize("what", ["workshop", "congress"])
def test_a_place_in_what_was_called_off_since_is_not_given_back(visitor, app, congress, what):
    """Also from a page that was opened before: it is there again if it takes place after all."""
    page = visitor.own_page(slot_1="workshop-2")
    visitor.own_page(given_name="Max", slot_1="workshop-2", safe_1="none")
    here, form = f"{page}/bookings/1/leave", visitor.hidden(page)
    refusal: Refused
    if what == "workshop":
        edit(app, 2, cancelled=True)
        refusal = WorkshopCancelled({"de": "Sozialraum"})
    else:
        change(app, congress, state="cancelled")
        refusal = CongressNotTakingPart()

    asked = visitor.open(here)
    refused = [visitor.send(here, **form | sure) for sure in ({}, {"sure": "y"})]

    assert asked.location == page
    for answer in refused:
        assert pages.faults(pages.read(answer)) == [pages.sentence(app, refusal)]
    assert states(app) == ["confirmed", "waiting"]
