"""Info mails of the network in the browser: of the office, the newsletter, the archive."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.network.access import NetworkRole
from congress.extensions import db
from congress.models import ContactPerson, Mailing, NewsletterReader, OutboxMessage
from congress.services import newsletter_links
from congress.services.mails import mailing_steps
from tests.builders import a_congress, a_mailing, a_registration, add
from tests.network import a_contact, a_membership, an_organisation
from tests.web.network.own import entered, own_address
from tests.web.organisers import a_network_account, logged_in, post

LIST = "/organiser/network/mails"
ONE = f"{LIST}/1"
SAID: dict[str, Any] = {
    "to": "contacts",
    "standings": ["member", "partner"],
    "subject": "Treffen im Mai",
    "text": "Liebe {Vorname},\n\nwir **treffen** uns.",
}


@pytest.fixture
def office(app):
    a_network_account(app, "netz@example.org", NetworkRole.COORDINATION)
    with app.app_context():
        rheine = an_organisation(district="05566")
        a_membership(rheine)
        a_contact(rheine)
    return logged_in(app, "netz@example.org")


def send(client, app):
    assert post(client, f"{LIST}/new", f"{LIST}/new", **SAID) == 303
    page = client.get(ONE).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert post(client, f"{ONE}/send", ONE, seen=seen) == 303
    with app.app_context():
        while mailing_steps.next_step(now=datetime.now(UTC)):
            pass


def test_written_looked_at_tested_sent_and_told(office, app):
    send(office, app)
    with app.app_context():
        [letter] = db.session.scalars(select(OutboxMessage)).all()
        assert (letter.kind, letter.recipient) == ("network_mail", "anna.albers@example.org")
    page = office.get(ONE).text
    assert "1 of 1 written" in page or "1 von 1 geschrieben" in page
    assert "Anna Albers" in office.get(f"{ONE}/readers").text
    assert "Treffen im Mai" in office.get(LIST).text
    assert "Treffen im Mai" in office.get("/organiser/network/log").text


def test_the_page_says_in_one_sentence_whom_it_is_for_and_how_many(office):
    post(office, f"{LIST}/new", f"{LIST}/new", **SAID | {"regions": "055", "roles": "contact"})
    page = office.get(ONE).text
    assert (
        "Ansprechpersonen, deren Organisation heute geführt wird als: Mitglied oder Partner" in page
    )
    assert "im Regierungsbezirk Münster" in page
    assert "<b>1 Person</b>" in page
    assert "Liebe Anna" in page
    assert "Anna Albers" in office.get(f"{ONE}/readers").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"to": "attendees"}, "Bitte wählen Sie"),
        ({"to": "cohort"}, "Bitte wählen Sie die Fortbildung"),
        ({"text": "Hallo {Ort}"}, "{Ort} steht hier für nichts"),
        ({"to": "network_newsletter"}, "{Vorname} steht hier für nichts"),
        ({"subject": ""}, "Bitte geben Sie ein, worum es in der Mail geht."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(office, changed, sentence):
    token = office.get(f"{LIST}/new").text.partition('name="csrf_token" value="')[2]
    data = SAID | changed | {"csrf_token": token.partition('"')[0]}
    answer = office.post(f"{LIST}/new", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="partner" checked' in answer.text
    assert data["text"].splitlines()[0] in answer.text


def test_saved_over_what_another_one_saved(office):
    post(office, f"{LIST}/new", f"{LIST}/new", **SAID)
    assert post(office, f"{ONE}/edit", f"{ONE}/edit", **SAID | {"version": "1"}) == 303
    assert post(office, f"{ONE}/edit", f"{ONE}/edit", **SAID | {"version": "1"}) == 409


def test_acts_on_a_draft(office, app):
    post(office, f"{LIST}/new", f"{LIST}/new", **SAID)
    assert post(office, f"{ONE}/test", ONE) == 303
    with app.app_context():
        [test] = db.session.scalars(select(OutboxMessage)).all()
        assert (test.recipient, test.mailing_id) == ("netz@example.org", None)
        assert "contact_person" not in test.facts
    assert post(office, f"{ONE}/schedule", ONE, day="x", clock="9:00") == 422
    assert post(office, f"{ONE}/archive", ONE, readers="public") == 409
    assert post(office, f"{ONE}/archive", ONE, readers="all") == 400
    assert post(office, f"{ONE}/copy", ONE) == 303
    assert post(office, f"{LIST}/2/remove", f"{LIST}/2") == 303
    assert office.get(f"{LIST}/2").status_code == 404


def test_who_may_only_look_sees_no_names_and_changes_nothing(office, app):
    send(office, app)
    a_network_account(app, "leserin@example.org", NetworkRole.READER)
    reader = logged_in(app, "leserin@example.org")
    page = reader.get(ONE)
    assert page.status_code == 200
    assert "Anna" not in page.text
    assert reader.get(f"{ONE}/readers").status_code == 403
    assert post(reader, f"{ONE}/archive", LIST, readers="public") == 403


def looked_at(client):
    return client.get(ONE).text.partition('name="seen" value="')[2].partition('"')[0]


def work(app, now):
    with app.app_context():
        while mailing_steps.next_step(now=now):
            pass


def addresses(app):
    with app.app_context():
        return db.session.scalars(select(OutboxMessage.recipient)).all()


def test_written_to_one_district_paused_and_resumed(office, app):
    with app.app_context():
        a_membership(soest := an_organisation("Stadt Soest", district="05974"))
        a_contact(soest, given_name="Emil", email="emil@example.org")
    said = SAID | {"districts": "05974", "regions": "059"}
    assert post(office, f"{LIST}/new", f"{LIST}/new", **said) == 303
    assert "im Regierungsbezirk Arnsberg, in Kreis Soest: <b>1 Person</b>" in office.get(ONE).text
    assert post(office, f"{ONE}/send", ONE, seen=looked_at(office)) == 303
    assert post(office, f"{ONE}/pause", ONE) == 303
    assert "1 Info-Mail ist angehalten" in office.get("/organiser/network").text
    work(app, datetime.now(UTC))
    assert addresses(app) == []
    assert post(office, f"{ONE}/resume", ONE) == 303
    assert "angehalten" not in office.get("/organiser/network").text
    work(app, datetime.now(UTC))
    assert addresses(app) == ["emil@example.org"]
    assert post(office, f"{ONE}/stop", ONE) == 409


def test_a_term_that_ends_before_its_moment_gets_nothing_and_the_overview_says_so(office, app):
    assert post(office, f"{LIST}/new", f"{LIST}/new", **SAID) == 303
    today = datetime.now(UTC)
    day = (today + timedelta(days=3)).strftime("%d.%m.%Y")
    planned = {"seen": looked_at(office), "day": day, "clock": "9:00"}
    assert post(office, f"{ONE}/schedule", ONE, **planned) == 303
    assert "Info-Mail" not in office.get("/organiser/network").text.partition("<h1")[2]
    with app.app_context():
        contact = db.session.scalars(select(ContactPerson)).one()
        contact.ends_on = today.date() + timedelta(days=1)
        db.session.commit()
    work(app, today + timedelta(days=4))
    assert addresses(app) == []
    assert "1 Info-Mail ging nicht" in office.get("/organiser/network").text
    assert "Entwurf" in office.get(ONE).text


def test_that_of_a_congress_and_of_a_cohort_of_others_stay_closed(office, app):
    with app.app_context():
        training = a_congress(kind="training")
        a_registration(training, state="confirmed")
        a_mailing(training)
        audience = {"to": "cohort", "cohort_id": training.id}
        made = {"subject": {"de": "A"}, "text": {"de": "B"}, "audience": audience}
        moment = datetime(2016, 3, 1, tzinfo=UTC)
        add(Mailing(congress_id=None, created_at=moment, changed_at=moment, **made))
    assert office.get(ONE).status_code == 404
    assert office.get(f"{LIST}/2").status_code == 403
    assert 'name="cohort"' not in office.get(f"{LIST}/new").text


def test_the_archive_is_for_members_or_for_everybody(office, app):
    send(office, app)
    post(office, f"{ONE}/archive", ONE, readers="members")
    visitor = app.test_client()
    address = "/network/mails/treffen-im-mai"
    assert "Treffen" not in visitor.get("/network/mails").text
    assert visitor.get(address).status_code == 404
    with app.app_context():
        own = own_address(a_contact(an_organisation(), given_name="Dora", email="d@example.org"))
        stranger = an_organisation("Stadt Soest")
        a_membership(stranger, state="interested")
        other = own_address(a_contact(stranger, given_name="Emil", email="e@example.org"))
    assert app.test_client().get(f"{own}/mails").status_code == 303
    member, outsider = entered(app, own), entered(app, other)
    assert "Treffen im Mai" in member.get(f"{own}/mails?q=TREFFEN").text
    read = member.get(f"{own}/mails/treffen-im-mai").text
    assert "Liebe" not in read
    assert "<strong>treffen</strong>" in read
    assert "Treffen im Mai" not in outsider.get(f"{other}/mails").text
    assert outsider.get(f"{other}/mails/treffen-im-mai").status_code == 404
    post(office, f"{ONE}/archive", ONE, readers="public")
    assert "Treffen im Mai" in visitor.get("/network/mails").text
    assert "Treffen im Mai" not in visitor.get("/network/mails?q=Juni").text
    assert "Anna" not in visitor.get(address).text
    assert outsider.get(f"{other}/mails/treffen-im-mai").status_code == 200
    post(office, f"{ONE}/archive", ONE, readers="none")
    assert visitor.get(address).status_code == 404


def test_the_newsletter_is_asked_for_confirmed_and_left(app):
    client, form = app.test_client(), "/network/newsletter"
    assert post(client, form, form, email="x") == 422
    for _twice in range(2):
        assert post(client, form, form, email="Lea@example.org", **token_of(client)) == 303
    assert "Bitte sehen Sie in Ihren Mails nach" in client.get(f"{form}/sent").text
    with app.app_context():
        [mail] = db.session.scalars(select(OutboxMessage)).all()
        assert mail.kind == "network_newsletter_asked"
        own = f"/newsletter/{newsletter_links.token_of(mail.facts, mail.recipient)}"
    assert "Möchten Sie den Newsletter" in client.get(own).text
    assert post(client, own, own) == 303
    assert "Mein Newsletter" in client.get(own).text
    assert post(client, own, own, language="en") == 303
    assert app.test_client().post(f"{own}/leave").status_code == 200
    with app.app_context():
        assert db.session.scalars(select(NewsletterReader)).all() == []
        assert db.session.scalars(select(OutboxMessage)).all() == []


def token_of(client):
    page = client.get("/network/newsletter").text
    return {"form_token": page.partition('name="form_token" value="')[2].partition('"')[0]}
