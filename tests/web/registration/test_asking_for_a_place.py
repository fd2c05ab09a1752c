"""Asking for a place: what the event's page, the form and the page of one's own say of it."""

import pytest

from congress.domain.access import COMMAND
from congress.domain.congresses import CongressState
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import Registration
from congress.services import admitting
from tests.builders import BEGUN, CLOSES, OPEN
from tests.web import pages
from tests.web.registration.visitors import change, stored

pytestmark = pytest.mark.sqlite_only

FORM = "/fachkongress/register?lang=de"


def words(visitor, path):
    return pages.words(pages.read(visitor.open(path)))


def number_of(app):
    with app.app_context():
        return db.session.query(Registration.id).order_by(Registration.id.desc()).first()[0]


@pytest.mark.parametrize(
    ("rules", "moment", "says"),
    [
        ({"late": True}, CLOSES, "Die Anmeldung endete mit dem 7. Oktober 2015."),
        ({"approval": "held"}, OPEN, "Bis dahin halten wir für Sie frei, was noch frei ist."),
        ({"approval": "kept"}, OPEN, "Bis dahin ist kein Platz für Sie freigehalten."),
    ],
    ids=["late", "held", "kept"],
)
def test_the_form_says_that_it_asks_and_the_page_what_comes_next(
    visitor, app, congress, on_a_day, rules, moment, says
):
    change(app, congress, rules=rules)
    on_a_day.move_to(moment)
    button = "Nachmeldung" if "late" in rules else "Platz anfragen"
    assert button in words(visitor, "/fachkongress?lang=de")
    assert says in words(visitor, FORM)
    assert "Anmeldung abschließen" not in words(visitor, FORM)
    page = visitor.own_page(slot_1="workshop-1")

    own = words(visitor, f"{page}?lang=de")
    assert "Ihre Anfrage ist bei uns, Erika Muster." in own
    assert "Was Sie angefragt haben" in own
    assert "Sie sind dabei" not in own
    assert "Kalender abonnieren" not in own
    # Nothing can be chosen otherwise, and nothing given up but the request.
    assert not pages.has(pages.read(visitor.open(page)), "form", action=f"{page}/workshops")
    assert "Meine Anfrage zurückziehen" in own


def test_after_the_deadline_nobody_asks_without_the_rule_nor_after_the_beginning(
    visitor, app, congress, on_a_day
):
    on_a_day.move_to(CLOSES)
    assert "geschlossen" in words(visitor, FORM)
    change(app, congress, rules={"late": True})
    filled = visitor.fill_in()
    on_a_day.move_to(BEGUN)
    sent = visitor.send("/fachkongress/register", **filled)
    assert sent.status_code == 422
    assert "erika.muster@example.org" in sent.text
    assert stored(app, Registration) == 0


def test_a_request_is_taken_back_and_asked_again(visitor, app, congress):
    change(app, congress, rules={"approval": "held"})
    page = visitor.own_page(slot_1="workshop-1")
    assert "Ihre Anfrage zurückziehen?" in words(visitor, f"{page}/withdraw?lang=de")
    assert visitor.act(page, "withdraw").status_code == 303
    own = words(visitor, f"{page}?lang=de")
    assert "Sie haben Ihre Anfrage zurückgezogen, Erika Muster." in own
    assert "Platz anfragen" in own


def test_an_answer_stands_on_the_page(visitor, app, congress):
    change(app, congress, rules={"approval": "kept"})
    page = visitor.own_page(slot_1="workshop-1")
    number, now = number_of(app), OPEN
    with app.app_context():
        admitting.decline(congress, number, "Leider zu spät.", actor=COMMAND, now=now)
    own = words(visitor, f"{page}?lang=de")
    assert "Ihre Anfrage wurde abgelehnt, Erika Muster." in own
    assert "Leider zu spät." in own

    again = visitor.own_page(slot_1="workshop-1")
    number = number_of(app)
    with app.app_context():
        admitting.accept(congress, number, by_hand=ByHand(), actor=COMMAND, now=now)
    assert "Sie sind dabei, Erika Muster." in words(visitor, f"{again}?lang=de")


def test_what_is_called_off_or_over_is_said_to_who_asked(visitor, app, congress, on_a_day):
    change(app, congress, rules={"late": True})
    on_a_day.move_to(CLOSES)
    page = visitor.own_page(slot_1="workshop-1")
    on_a_day.move_to(BEGUN)
    assert "über Ihre Anfrage ist nicht entschieden" in words(visitor, f"{page}?lang=de")
    change(app, congress, state=CongressState.CANCELLED)
    assert "Die Veranstaltung findet nicht statt" in words(visitor, f"{page}?lang=de")
