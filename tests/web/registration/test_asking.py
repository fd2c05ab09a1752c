"""Asking for a change after the last day for it, on the pages of one's own."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import COMMAND
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import ChangeRequest, ProgrammeItem, Registration
from congress.queries.registrations import congress_of
from congress.services import changing, deciding, registering
from tests.builders import CLOSES, OPEN, STARTS, a_request
from tests.web import pages
from tests.web.registration.visitors import change


@pytest.fixture
def page(visitor, app, congress, on_a_day):
    """One's own page, after both last days."""
    found = visitor.own_page(slot_1="workshop-1")
    change(app, congress, withdrawals_until=CLOSES)
    on_a_day.move_to(CLOSES)
    return found


def ask(visitor, page, part="request", **typed: str):
    address = f"{page}/{part}"
    return visitor.send(address, **visitor.hidden(address) | typed)


def stored(app):
    with app.app_context():
        rows = db.session.scalars(select(ChangeRequest).order_by(ChangeRequest.id))
        return [(row.kind, row.note, row.answer) for row in rows]


def test_the_page_leads_to_asking_once_the_last_days_are_over(visitor, page):
    own = pages.read(visitor.open(page))
    assert pages.has(own, "a", href=f"{page}/request")
    assert pages.has(own, "a", href=f"{page}/request/withdrawal")
    assert not pages.has(own, "a", href=f"{page}/withdraw")


def test_a_workshop_is_asked_for_and_the_request_taken_back(visitor, app, page):
    typed = {"slot-1": "workshop-2", "note": "Ich habe den Raum verwechselt."}
    assert ask(visitor, page, **typed).status_code == 303
    own = pages.read(visitor.open(page))
    said = pages.words(pages.section(own, "anfrage"))
    assert "einen Platz in Workshop 2: Sozialraum" in said
    assert "bis dahin bleibt alles, wie es ist" in said
    assert stored(app) == [("workshops", "Ich habe den Raum verwechselt.", None)]
    visitor.send(f"{page}/request/take-back", **visitor.hidden(page))
    assert not pages.has(pages.read(visitor.open(page)), id="anfrage")
    assert stored(app)[0][2] == "taken_back"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Bitte wählen Sie, was Sie lieber hätten"),
        ({"slot-1": "workshop-9"}, "nicht mehr angeboten"),
        ({"slot-1": "workshop-1"}, "den Sie noch nicht haben"),
        ({"slot-1": "workshop-2", "note": "x" * 1001}, "1.000 Zeichen"),
    ],
)
def test_what_cannot_be_asked_is_said_and_the_rest_kept(visitor, app, page, typed, sentence):
    answer = ask(visitor, page, **{"note": "Weil ich umziehe."} | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed.get("note", "Weil ich umziehe.") in answer.text
    assert stored(app) == []


def test_ending_the_registration_is_asked_for_too(visitor, app, page):
    assert ask(visitor, page, "request/withdrawal", note="Krank").status_code == 303
    own = pages.read(visitor.open(page))
    assert "sich abzumelden" in pages.words(pages.section(own, "anfrage"))
    assert stored(app) == [("withdrawal", "Krank", None)]


def test_a_no_stands_on_the_page_with_its_reason_until_something_else_is_asked(visitor, app, page):
    ask(visitor, page, "request/withdrawal")
    with app.app_context():
        row = db.session.scalars(select(ChangeRequest)).one()
        deciding.decline(
            row.congress_id, row.id, "Der Platz ist bezahlt.", actor=COMMAND, now=CLOSES
        )
    said = pages.words(pages.section(pages.read(visitor.open(page)), "anfrage"))
    assert "Ihre Anfrage wurde abgelehnt" in said
    assert "Der Platz ist bezahlt." in said
    ask(visitor, page, **{"slot-1": "workshop-2"})
    assert "abgelehnt" not in pages.words(pages.section(pages.read(visitor.open(page)), "anfrage"))


@pytest.mark.parametrize("part", ["request", "request/withdrawal"])
def test_while_one_can_do_it_oneself_nothing_is_asked(visitor, app, congress, part):
    page = visitor.own_page(slot_1="workshop-1")
    shown = visitor.open(f"{page}/{part}")
    assert "Hier lässt sich zurzeit nichts anfragen" in shown.text
    typed = {"slot-1": "workshop-2"} if part == "request" else {}
    answer = visitor.send(f"{page}/{part}", **visitor.hidden(page), **typed)
    assert answer.status_code == 422
    assert "Das können Sie selbst tun" in answer.text
    assert stored(app) == []


def test_from_the_beginning_nothing_is_asked_any_more(visitor, app, page, on_a_day):
    on_a_day.move_to(STARTS)
    own = pages.read(visitor.open(page))
    assert not pages.has(own, "a", href=f"{page}/request")
    answer = visitor.send(f"{page}/request", **visitor.hidden(page), **{"slot-1": "workshop-2"})
    assert (answer.status_code, stored(app)) == (422, [])


def test_looking_changes_nothing(visitor, app, page):
    for address in ("request", "request/withdrawal"):
        visitor.open(f"{page}/{address}")
    assert visitor.open(f"{page}/request/take-back").status_code == 405
    with app.app_context():
        assert db.session.scalars(select(Registration.state)).all() == ["confirmed"]
    assert stored(app) == []


def test_granted_the_page_does_not_say_that_organisers_cancelled_it(visitor, app, page):
    ask(visitor, page, "request/withdrawal")
    with app.app_context():
        row = db.session.scalars(select(ChangeRequest)).one()
        deciding.accept(row.congress_id, row.id, by_hand=ByHand(), actor=COMMAND, now=CLOSES)
    said = visitor.open(page).text
    assert "Die Veranstaltenden haben Ihrer Anfrage zugestimmt." in said
    assert "haben Ihre Anmeldung" not in said


def test_of_what_is_called_off_no_request_is_still_to_be_decided(visitor, app, congress, page):
    ask(visitor, page, "request/withdrawal")
    change(app, congress, state="cancelled")
    assert not pages.has(pages.read(visitor.open(page)), id="anfrage")
    change(app, congress, state="published")
    assert pages.has(pages.read(visitor.open(page)), id="anfrage")


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (None, "Bis einschließlich 7. Oktober 2015 können Sie alles wieder ändern."),
        (CLOSES - timedelta(days=1), "Bis einschließlich 6. Oktober 2015 können Sie alles"),
        (OPEN, "Danach können Sie Angaben und Auswahl nicht mehr selbst ändern."),
    ],
)
def test_the_form_promises_changes_until_their_own_last_day(
    visitor, app, congress, until, sentence
):
    change(app, congress, changes_until=until)
    said = " ".join(visitor.open("/fachkongress/register").text.replace("\xa0", " ").split())
    assert sentence in said
    assert ("alles wieder ändern" in said) == (until != OPEN)


def test_where_one_cannot_cancel_any_more_the_page_leads_to_asking(visitor, page):
    shown = pages.read(visitor.open(f"{page}/withdraw"))
    assert pages.has(shown, "a", href=f"{page}/request/withdrawal")


def test_what_one_waits_for_is_not_offered_to_be_asked_for(visitor, app, page):
    with app.app_context():
        items = {each.code: each.id for each in db.session.scalars(select(ProgrammeItem))}
        [me] = db.session.scalars(select(Registration.id))
        waits = ByHand(waits=frozenset(items.values()))
        db.session.execute(update(ProgrammeItem).values(capacity=1))
        db.session.commit()
        other = a_request(9, db.session.get_one(ProgrammeItem, items["workshop-2"]))
        registering.register(congress_of(me), other, now=OPEN)
        changing.assign_workshops(
            me, [WishedWorkshop(items["workshop-2"])], by_hand=waits, actor=COMMAND, now=CLOSES
        )
    assert 'value="workshop-2"' not in visitor.open(f"{page}/request").text
    answer = ask(visitor, page, **{"slot-1": "workshop-2"})
    assert (answer.status_code, stored(app)) == (422, [])
    assert "auf den Sie nicht schon warten" in answer.text


def test_the_reason_may_name_a_page_as_no_mail_carries_it(visitor, app, page):
    note = "Siehe http://example.org"
    assert ask(visitor, page, "request/withdrawal", note=note).status_code == 303
    assert stored(app) == [("withdrawal", note, None)]


def test_the_way_of_a_registration_says_when_changes_are_over(visitor, page, on_a_day):
    assert "Ändern war möglich" in visitor.open(page).text
    on_a_day.move_to(CLOSES - timedelta(hours=1))
    assert "Ändern möglich" in visitor.open(page).text


def test_of_what_one_can_do_again_the_page_says_so(visitor, app, congress, page):
    ask(visitor, page, "request/withdrawal")
    again = "Inzwischen können Sie das wieder selbst tun"
    assert again not in visitor.open(page).text
    change(app, congress, withdrawals_until=None)
    assert again in visitor.open(page).text


def test_a_no_goes_once_one_has_a_place_there_after_all(visitor, app, page):
    ask(visitor, page, **{"slot-1": "workshop-2"})
    with app.app_context():
        row = db.session.scalars(select(ChangeRequest)).one()
        me, item = row.registration_id, row.wishes[0]["item"]
        deciding.decline(row.congress_id, row.id, "Er ist voll.", actor=COMMAND, now=CLOSES)
    assert pages.has(pages.read(visitor.open(page)), id="anfrage")
    with app.app_context():
        changing.assign_workshops(
            me, [WishedWorkshop(item)], by_hand=ByHand(), actor=COMMAND, now=CLOSES
        )
    assert not pages.has(pages.read(visitor.open(page)), id="anfrage")
