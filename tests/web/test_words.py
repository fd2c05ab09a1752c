"""Whole German sentences, where the sentence itself is the point.

Everything else is read by the marks of the page (tests/web/pages.py). The words of faults in the
form stand with their cases in tests/web/registration/test_forms.py, those of refusals in
test_refusals.py.
"""

import re
from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from tests import builders
from tests.builders import AFTERWARDS, BEFORE, LATE, OPEN
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, logged_in
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.sqlite_only

FORM = "/fachkongress/register"


@pytest.fixture
def visitor(app):
    with time_machine.travel(OPEN, tick=False):
        yield Visitor(app)


def a_congress(app, **values: object):
    """A congress with two workshops at one time, the second with one place."""
    with app.app_context():
        congress = builders.a_congress(**values)
        builders.a_workshop(congress, number=1, title="Junges Engagement")
        builders.a_workshop(congress, number=2, title="Sozialraum", capacity=1)
        return congress.slug


def main(answer):
    return pages.words(pages.get(pages.read(answer), "main"))


@pytest.mark.parametrize(
    ("moment", "values", "said", "button"),
    [
        (OPEN, {}, "Anmeldung bis einschließlich 7. Oktober 2015", "Jetzt anmelden"),
        (OPEN, {"capacity": 112}, "Noch 112 Plätze.", "Jetzt anmelden"),
        (OPEN, {"capacity": 1}, "Noch ein Platz.", "Jetzt anmelden"),
        (
            OPEN,
            {"capacity": 50, "taken": 50, "waiting": 4},
            "Alle 50 Plätze sind vergeben. 4 Personen warten.",
            "Auf die Warteliste",
        ),
        (
            OPEN,
            {"capacity": 50, "taken": 49, "waiting": 1},
            "Eine Person wartet.",
            "Auf die Warteliste",
        ),
        (OPEN, {"capacity": 50, "taken": 50, "waiting_list": False}, "Ausgebucht.", None),
        (BEFORE, {}, "Sie beginnt am Dienstag, 1. September 2015", None),
        (LATE, {}, "Die Anmeldung ist geschlossen", None),
        (AFTERWARDS, {}, "Diese Veranstaltung hat stattgefunden.", None),
        (OPEN, {"state": "finished"}, "Diese Veranstaltung hat stattgefunden.", None),
        (OPEN, {"state": "cancelled"}, "Diese Veranstaltung ist abgesagt.", None),
    ],
    ids=[
        *("no limit", "free", "one", "full", "promised", "closed list"),
        *("before", "late", "over", "finished", "cancelled"),
    ],
)
def test_the_ticket(app, client, moment, values, said, button):
    with app.app_context():
        builders.a_congress(**values)
    with time_machine.travel(moment, tick=False):
        page = pages.read(client.get("/fachkongress"))
    ticket = pages.section(page, "auf-einen-blick")

    assert said in pages.words(ticket)
    assert [pages.words(each) for each in pages.find_all(ticket, "a", href=FORM)] == (
        [button] if button else []
    )


@pytest.mark.parametrize(
    ("values", "heading"),
    [
        ({"opens_at": OPEN + timedelta(days=1)}, "Die Anmeldung ist noch nicht geöffnet"),
        ({"closes_at": OPEN}, "Die Anmeldung ist geschlossen"),
        ({"state": "cancelled"}, "Die Veranstaltung findet nicht statt"),
        ({"state": "finished"}, "Die Veranstaltung ist vorbei"),
        ({"capacity": 0, "waiting_list": False}, "Die Veranstaltung ist ausgebucht"),
    ],
    ids=["not yet", "closed", "called off", "over", "full"],
)
def test_a_door_that_is_shut(app, visitor, values, heading):
    a_congress(app, **values)
    page = pages.read(visitor.open(FORM))

    assert pages.words(pages.get(page, "h1")) == heading
    assert "Was Sie tun können" in pages.words(page)


def test_a_confirmed_place(app, visitor):
    a_congress(app)
    own = main(visitor.open(visitor.own_page(slot_1="workshop-1")))

    assert "Sie sind dabei, Erika Muster." in own
    assert "Ihr Platz bei der Veranstaltung und im Workshop ist bestätigt." in own


def test_waiting_for_a_workshop_with_a_safe_place(app, visitor):
    a_congress(app)
    visitor.register(slot_1="workshop-2")
    form = main(visitor.open(FORM))
    own = main(
        visitor.open(visitor.own_page(given_name="Max", slot_1="workshop-2", safe_1="workshop-1"))
    )

    assert "Alle Plätze sind vergeben. Sie kommen auf die Warteliste, niemand ist vor" in form
    assert "Ihr sicherer Platz, solange Sie warten" in form
    assert "Warteliste, Platz 1 von 1" in own
    assert "Warum Sie warten: Der einzige Platz ist vergeben." in own
    assert "tauschen wir Sie von Workshop 1 nach Workshop 2" in own


def test_waiting_for_the_congress(app, visitor):
    a_congress(app, capacity=1)
    visitor.register()
    form = main(visitor.open(FORM))
    own = main(visitor.open(visitor.own_page(given_name="Max", slot_1="workshop-1")))

    assert "Alle Plätze der Veranstaltung sind vergeben." in form
    assert "Mit diesem Formular kommen Sie auf die Warteliste, niemand ist vor Ihnen." in form
    assert "Sie stehen auf der Warteliste, Max Muster." in own
    assert "Vorgemerkt" in own


def test_after_a_change_and_after_withdrawing(app, visitor):
    a_congress(app)
    page = visitor.own_page(slot_1="workshop-1")
    changed = visitor.act(page, "workshops", slot_1="workshop-2")
    after = main(visitor.open(changed.location))
    nothing = visitor.act(page, "workshops")
    asked = visitor.open(f"{page}/withdraw")
    visitor.act(page, "withdraw")

    assert "Sie haben Workshop 2 gewählt und dort einen Platz." in after
    assert "Bitte wählen Sie, was Sie lieber hätten." in main(nothing)
    assert "Möchten Sie sich abmelden?" in main(asked)
    own = main(visitor.open(page))
    assert "Sie sind nicht mehr angemeldet, Erika Muster." in own
    assert "Neu anmelden" in own


def test_a_consent(app, visitor):
    a_congress(app)
    own = main(visitor.open(visitor.own_page(photos="y")))

    assert (
        "Fotos, auf denen Sie zu erkennen sind: eingewilligt am Mittwoch, 30. September 2015" in own
    )
    assert "nicht eingewilligt" in own


def test_where_one_is_asked_to_look_into_the_mails(app, visitor):
    a_congress(app)

    assert "Bitte sehen Sie in Ihren Mails nach" in main(visitor.open("/fachkongress/registered"))
    assert "Ist unter dieser Adresse jemand angemeldet" in main(
        visitor.open("/fachkongress/link-sent")
    )


def test_calling_a_congress_off(app):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_registration(congress)
        roles = {congress.id: Role.ORGANISER}
    an_organiser(app, "organiser@example.org", roles)
    client = logged_in(app, "organiser@example.org")
    here = "/organiser/fachkongress"
    asked = main(client.get(f"{here}/state?to=cancelled"))
    change_state(client, here, "cancelled")

    assert "Kongress absagen?" in asked
    assert "Der Kongress ist abgesagt" in main(client.get(here))
    log = main(client.get(f"{here}/log"))
    assert "Der Kongress wurde abgesagt." in log
    assert re.search(r"heute, \d+\.\d\d Uhr", log)  # times are written as on all pages


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Vier Angaben fehlen oder stimmen nicht"), ("en", "Four entries need your attention")],
)
def test_the_box_of_errors_counts_in_words(app, visitor, language, said):
    a_congress(app)
    form = dict.fromkeys(("given_name", "family_name", "email", "slot_1"), "")
    fields = visitor.fill_in(f"{FORM}?lang={language}", **form)
    del fields["privacy_notice"]

    page = pages.read(visitor.send(f"{FORM}?lang={language}", **fields))

    assert pages.words(pages.get(page, id="fehler")) == said


def test_the_start_page_says_day_and_town_in_the_big_line(app, client):
    a_congress(app, town="Lünen")
    with time_machine.travel(OPEN, tick=False):
        page = pages.read(client.get("/"))
    assert pages.words(pages.get(page, class_="event-day")) == "Mittwoch, 21. Oktober 2015, Lünen"
