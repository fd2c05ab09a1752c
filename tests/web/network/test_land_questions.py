"""Questions to the Land on pages: asked and shared in the own view, answered, and public."""

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import LandQuestion, OutboxMessage
from tests.builders import a_congress
from tests.land_questions import a_question, a_same_question, an_answered_question
from tests.network import a_contact, a_membership, an_organisation
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.network.own import entered, own_address
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

LIST = "/organiser/network/questions"
PUBLIC = "/network/questions"
ANSWER = {
    "answer_de": "Das Land haftet.",
    "answered_by": "Staatskanzlei, Referat II B 1",
    "answered_on": "1.3.2015",
    "audience": "public",
}


@pytest.fixture
def own(app):
    with app.app_context():
        town = an_organisation()
        a_membership(town)
        return own_address(a_contact(town))


@pytest.fixture
def client(app, own):
    return entered(app, own)


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def test_a_question_goes_to_the_office_and_its_answer_to_everybody(app, own, client, office):
    here = f"{own}/questions"
    with app.app_context():
        meeting = a_congress(kind="network_meeting", slug="treffen").id
    sent = {"title": "Wer haftet?", "text": "Bei Festen.", "meeting": str(meeting)}
    assert post(client, f"{here}/new", f"{here}/new", **sent) == 303
    with app.app_context():
        number = db.session.scalars(select(LandQuestion.id)).one()
    seen = hidden(client, f"{here}/{number}", "version")
    again = sent | {"title": "Wer haftet bei Festen?", "version": seen}
    assert post(client, f"{here}/{number}", f"{here}/{number}", **again) == 303
    assert post(client, f"{here}/{number}", f"{here}/{number}", **again) == 409  # seen no more
    assert "Wer haftet" not in office.get(PUBLIC).text

    overview = pages.read(office.get("/organiser/network"))
    assert pages.has(overview, "a", href=f"{LIST}?state=open")
    one = f"{LIST}/{number}"
    assert "Wer haftet bei Festen?" in office.get(f"{LIST}?state=open&meeting={meeting}").text
    seen = hidden(office, f"{one}/answer", "version")
    assert post(office, f"{one}/answer", f"{one}/answer", **ANSWER, version=seen) == 303
    shown = app.test_client().get(PUBLIC).text
    assert "Das Land haftet." in shown
    assert "Stadt Rheine" not in shown  # the municipality does not want to be named
    assert app.test_client().get(f"{PUBLIC}?q=haftet").text.count("<h3") == 1
    assert app.test_client().get(f"{PUBLIC}?q=Steuer").text.count("<h3") == 0
    assert "Das Land haftet." in client.get(here).text
    assert client.get(f"{here}/{number}").status_code == 404
    with app.app_context():
        mail = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
        assert mail is not None
        assert mail.kind == "land_question_answered"

    assert post(office, f"{one}/take-back", one) == 303
    assert "Das Land haftet." not in app.test_client().get(PUBLIC).text
    assert "Das Land haftet." not in client.get(here).text
    assert post(office, f"{one}/take-back", one) == 409
    assert post(office, f"{one}/decline", f"{one}/decline", reason="") == 422
    assert post(office, f"{one}/decline", f"{one}/decline", reason="Fragt den Bund.") == 303
    assert "Fragt den Bund." in client.get(here).text
    assert "Wer haftet bei Festen?" in office.get("/organiser/network/log").text


@pytest.mark.sqlite_only
def test_what_is_missing_is_said_and_the_rest_is_kept(app, own, client, office):
    form = {"title": "", "text": "Bleibt stehen"}
    form["csrf_token"] = token(client, f"{own}/questions/new")
    answer = client.post(f"{own}/questions/new", data=form)
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text
    assert "Bleibt stehen" in answer.text

    with app.app_context():
        one = f"{LIST}/{a_question(an_organisation()).id}"
    wrong = {"answer_en": "Kept", "answered_on": "1.1.2999", "audience": "x"}
    wrong["csrf_token"] = token(office, f"{one}/answer")
    answer = office.post(f"{one}/answer", data=wrong)
    assert answer.status_code == 422
    for name in ("answer_de", "answered_by", "answered_on", "audience"):
        assert f'href="#{name}"' in answer.text
    assert "Kept" in answer.text
    late = ANSWER | {"version": "old", "csrf_token": wrong["csrf_token"]}
    answer = office.post(f"{one}/answer", data=late)
    assert answer.status_code == 409
    assert "Das Land haftet." in answer.text
    noted = {"organisation": "Stadt Nirgends", "title": "Wann?"}
    assert post(office, f"{LIST}/new", f"{LIST}/new", **noted) == 422
    noted["organisation"] = "Stadt Rheine"
    assert post(office, f"{LIST}/new", f"{LIST}/new", **noted) == 303


def test_members_share_open_questions_of_others_without_their_names(app, own, client):
    here = f"{own}/questions"
    with app.app_context():
        essen = an_organisation("Stadt Essen")
        number = a_question(essen, "Wann kommt die Karte?").id
        secret = a_question(essen, "Zurückgezogen", state="withdrawn").id
    page = client.get(here).text
    assert "Wann kommt die Karte?" in page
    assert "Zurückgezogen" not in page
    assert "Stadt Essen" not in page
    assert post(client, f"{here}/{number}/share", here) == 303
    assert f"{here}/{number}/share-no-longer" in client.get(here).text
    assert post(client, f"{here}/{number}/share-no-longer", here) == 303
    for act in ("share", "share-no-longer", "withdraw"):
        assert post(client, f"{here}/{secret}/{act}", f"{here}/new") == 404
    assert post(client, f"{here}/{number}/withdraw", here) == 404
    assert client.get(f"{here}/{number}").status_code == 404


def test_who_is_no_member_reads_what_is_public_only(app):
    with app.app_context():
        own = own_address(a_contact(an_organisation("Stadt Werne"), "Willi", "Werne"))
        essen = an_organisation("Stadt Essen")
        number = a_question(essen, "Offene Frage").id
        an_answered_question(essen, "Für Mitglieder", audience="members")
        an_answered_question(essen, "Für alle", is_named=True)
    client = entered(app, own)
    page = client.get(f"{own}/questions").text
    assert "Für alle" in page
    assert "Stadt Essen" in page  # which wants to be named
    assert "Für Mitglieder" not in page
    assert "Offene Frage" not in page
    assert post(client, f"{own}/questions/{number}/share", f"{own}/questions/new") == 404


def test_without_a_code_nothing_is_shown_and_nothing_done(app, own):
    with app.app_context():
        number = a_question(an_organisation()).id
    stranger = app.test_client()
    for address in ("", "/new", f"/{number}"):
        answer = stranger.get(f"{own}/questions{address}")
        assert answer.status_code == 303
        assert answer.location.endswith("/login")
    assert post(stranger, f"{own}/questions/{number}/withdraw", f"{own}/login") == 303
    with app.app_context():
        assert db.session.get_one(LandQuestion, number).state == "open"


@pytest.mark.sqlite_only
def test_pages_take_as_many_statements_for_many_as_for_few(app, own, client, office):
    addresses = {f"{own}/questions": client, LIST: office, PUBLIC: app.test_client()}
    counts = []
    for first, many in ((0, 2), (2, 30)):
        with app.app_context():
            essen = an_organisation("Stadt Essen")
            for number in range(first, many):
                a_same_question(a_question(essen, f"Offen {number}"), an_organisation("Stadt Unna"))
                an_answered_question(essen, f"Frage {number}")
        for address, browser in addresses.items():
            with count_queries() as statements:
                assert browser.get(address).status_code == 200
            counts.append(len(statements))
    assert counts[:3] == counts[3:]
    for odd in ("?q=%00%ff", "?state=x&meeting=999999", "?page=99999999", "?open=0"):
        for address, browser in addresses.items():
            assert browser.get(address + odd).status_code == 200
