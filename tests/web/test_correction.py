"""An organiser corrects an attendee's details in a browser without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from congress import clock
from congress.domain.access import Role
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.services import addresses
from congress.transaction import transaction
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"
OVER = datetime.now(UTC) - timedelta(days=3)
PERSON = {
    "given_name": "Erika",
    "family_name": "Muster",
    "email": "erika@example.org",
    "organisation": "betterplace.org",
    "function": "",
}
STORED = {name: said for name, said in PERSON.items() if name != "function"}


@pytest.fixture
def people(app):
    """A congress that is over, and two people with one mailbox."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=OVER - timedelta(days=90),
            closes_at=OVER - timedelta(days=7),
            days=((OVER, OVER + timedelta(hours=8)),),
        )
        both = [
            builders.a_registration(congress, **STORED | {"given_name": name})
            for name in ("Erika", "Max")
        ]
        ids = [each.id for each in both]
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "reader@example.org", {congress.id: Role.READER})
    return ids


@pytest.fixture
def organiser(app, people):
    return logged_in(app, "organiser@example.org")


def correct(client: FlaskClient, number: int, **changes: str) -> TestResponse:
    address = f"{HERE}/{number}/details"
    sent = {"version": version(client, number)} | PERSON | changes
    return client.post(address, data=sent | {"csrf_token": token(client, address)})


def version(client: FlaskClient, number: int) -> str:
    page = pages.read(client.get(f"{HERE}/{number}/details"))
    return str(pages.get(page, name="version").get("value"))


def test_details_are_corrected_at_any_time_and_the_log_says_from_what_to_what(
    app, organiser, people
):
    erika, _ = people
    assert f'href="{HERE}/{erika}/details"' in organiser.get(f"{HERE}/{erika}").text

    answer = correct(organiser, erika, family_name="", email="neu@example.org")

    assert answer.headers["Location"] == f"{HERE}/{erika}"
    page = organiser.get(f"{HERE}/{erika}").text
    assert "Eine Mail dazu geht gleich hinaus" in page
    assert "<h1>Erika</h1>" in page
    said = pages.words(pages.get(pages.read(organiser.get(f"{HERE}/{erika}")), class_="log plain"))
    assert (
        "Bei Erika wurde berichtigt: Nachname „Muster“ → leer, E-Mail "
        "„erika@example.org“ → „neu@example.org“." in said
    )
    with app.app_context():
        mails = db.session.execute(select(OutboxMessage.kind, OutboxMessage.recipient)).all()
    # It is over, so calendars are left alone; the old mailbox never got anything.
    assert [tuple(each) for each in mails] == [("readdressed", "neu@example.org")]


def test_an_organiser_may_name_a_page_and_nothing_typed_is_lost(app, organiser, people):
    erika, _ = people

    refused = correct(organiser, erika, organisation="gut.org", email="erika")

    assert refused.status_code == 422
    assert pages.get(pages.read(refused), id="organisation").get("value") == "gut.org"
    assert correct(organiser, erika, organisation="gut.org").status_code == 303
    with app.app_context():
        assert db.session.get_one(Registration, erika).organisation == "gut.org"


def test_one_person_is_not_made_another_that_is_registered(organiser, people):
    erika, _ = people

    refused = correct(organiser, erika, given_name="Max")

    assert refused.status_code == 422
    heading = pages.refusal_heading(pages.read(refused))
    assert heading == "Mit diesem Namen und dieser Adresse ist schon jemand angemeldet"


def test_what_was_saved_meanwhile_stays_and_both_versions_are_shown(app, organiser, people):
    erika, _ = people
    opened = version(organiser, erika)
    correct(organiser, erika, email="neu@example.org")

    late = correct(organiser, erika, version=opened, function="Ehrenamt")

    assert late.status_code == 422
    read = pages.read(late)
    assert pages.faults(read)[1:] == ["E-Mail: jetzt „neu@example.org“", "Funktion: jetzt leer"]
    assert pages.get(read, id="function").get("value") == "Ehrenamt"
    assert pages.get(read, name="version").get("value") == version(organiser, erika)
    with app.app_context():
        assert db.session.get_one(Registration, erika).email == "neu@example.org"


def test_an_address_that_waits_is_shown_and_can_be_taken_back(app, organiser, people):
    erika, _ = people
    with app.app_context(), transaction():
        addresses.want(erika, "fremd@example.org", now=clock.now())
    page = organiser.get(f"{HERE}/{erika}")
    assert "fremd@example.org ist noch nicht bestätigt" in page.text

    csrf = token(organiser, f"{HERE}/{erika}")
    answer = organiser.post(f"{HERE}/{erika}/keep-address", data={"csrf_token": csrf})

    assert answer.headers["Location"] == f"{HERE}/{erika}"
    page = organiser.get(f"{HERE}/{erika}").text
    assert "Die E-Mail-Adresse bleibt" in page
    assert "ist noch nicht bestätigt" not in page


def test_what_was_left_out_around_an_address_is_said(organiser, people):
    correct(organiser, people[0], email="<mailto:neu@example.org>.")

    assert "was um die Adresse herum stand" in organiser.get(f"{HERE}/{people[0]}").text


def test_whoever_only_reads_sees_no_button_and_no_form(app, people):
    reader = logged_in(app, "reader@example.org")

    assert "/details" not in reader.get(f"{HERE}/{people[0]}").text
    assert reader.get(f"{HERE}/{people[0]}/details").status_code == 403


def test_whoever_corrects_is_not_taken_for_the_person(organiser, people):
    page = pages.read(correct(organiser, people[0], given_name="", family_name="", email="x"))
    form = pages.get(page, "form", action=f"{HERE}/{people[0]}/details")

    assert pages.has(form, class_="kern-error")
    emptied = correct(organiser, people[0], email="").text
    assert "Eine Adresse lässt sich ändern, aber nicht entfernen." in emptied
    assert "Ihre E-Mail-Adresse" not in emptied
    assert " your " not in f" {pages.words(form)} ".casefold()
    assert "only one name" not in pages.words(form)


def test_a_cell_of_the_list_leads_to_the_form_and_the_form_back_to_the_row(app, organiser, people):
    erika, _ = people
    shown = "q=betterplace&sort=-name&columns=email,state"
    page = pages.read(organiser.get(f"{HERE}?{shown}&columns=state"))
    row = pages.get(page, "tr", id=f"row-{erika}")
    links = [each.get("href") for each in pages.find_all(row, "a", class_="correct")]
    address = f"{HERE}/{erika}/details?{shown}&back=list"
    assert links == [f"{address}#given_name", f"{address}#email"]

    form = pages.get(pages.read(organiser.get(address)), "form", method="post", novalidate="")
    assert form.get("action") == address
    sent = PERSON | {"csrf_token": token(organiser, address)}
    refused = organiser.post(address, data=sent | {"version": "old", "organisation": "Neu"})
    again = pages.get(pages.read(refused), "form", method="post", novalidate="")
    assert again.get("action") == address
    done = organiser.post(address, data=sent | {"version": version(organiser, erika)})
    assert done.headers["Location"] == f"{HERE}?{shown}#row-{erika}"

    with app.app_context():
        db.session.get_one(Registration, erika).state = "cancelled"
        db.session.commit()
    left = pages.read(organiser.get(f"{HERE}?state=cancelled"))
    reader = pages.read(logged_in(app, "reader@example.org").get(HERE))
    assert not any(pages.has(each, "a", class_="correct") for each in (left, reader))
