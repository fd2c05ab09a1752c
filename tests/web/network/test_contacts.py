"""The office's pages about contact persons."""

from datetime import date

import pytest

from congress.extensions import db
from congress.models import ContactPerson, OutboxMessage
from tests.network import a_contact, an_organisation
from tests.web.organisers import a_network_account, logged_in, post, token

CONTACTS = "/organiser/network/contacts"
NEW = {
    "organisation": "Stadt Rheine",
    "role": "deputy",
    "given_name": "Bernd",
    "family_name": "Brandt",
    "email": "bernd@example.org",
    "language": "de",
    "starts_on": "1.3.2015",
    "is_told": "y",
}


@pytest.fixture
def anna(app):
    with app.app_context():
        rheine = an_organisation()
        a_contact(rheine, "Alt", "Amt", ends_on=date(2014, 12, 31))
        a_contact(rheine, "Künftig", "Klug", starts_on=date(2999, 1, 1))
        return a_contact(rheine).id


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Albers"}),
        ("?when=all", {"Albers", "Amt", "Klug"}),
        ("?when=ended", {"Amt"}),
        ("?when=future", {"Klug"}),
        ("?when=all&q=ALBERS", {"Albers"}),
        ("?when=all&q=k%C3%BCnftig", {"Klug"}),
        ("?q=nobody", set()),
        ("?link=none&page=1", {"Albers"}),
    ],
)
def test_the_list_is_searched_and_filtered(office, anna, query, shown):
    text = office.get(CONTACTS + query).text
    assert {each for each in ("Albers", "Amt", "Klug") if f"{each}</a>" in text} == shown


def test_an_organisation_shows_who_speaks_for_it(app, office, anna):
    with app.app_context():
        here = an_organisation().id
    page = office.get(f"/organiser/network/organisations/{here}").text
    assert f"{CONTACTS}/{anna}" in page
    assert f"{CONTACTS}/new?organisation={here}" in page
    assert office.get(f"{CONTACTS}?organisation={here}").status_code == 200
    assert office.get(f"{CONTACTS}?organisation=99999").status_code == 404


def test_somebody_is_named_corrected_followed_and_ended(app, office, anna):
    new = f"{CONTACTS}/new"
    assert post(office, new, new, **NEW) == 303
    with app.app_context():
        bernd = db.session.query(ContactPerson).filter_by(family_name="Brandt").one().id
    here = f"{CONTACTS}/{bernd}"
    assert post(office, f"{here}/link", here) == 303
    edit = f"{here}/edit"
    assert post(office, edit, edit, **NEW | {"given_name": "Bernt"}) == 409  # not what was seen
    assert post(office, f"{here}/end", f"{here}/end", ends_on="1.1.2015") == 409
    assert post(office, f"{here}/end", f"{here}/end", ends_on="nie") == 422
    follows = NEW | {"given_name": "Cora", "email": "cora@example.org", "starts_on": "1.4.2015"}
    over = f"{here}/hand-over"
    assert post(office, over, over, **follows) == 303
    assert "31. März 2015" in office.get(here).text
    with app.app_context():
        mails = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
        assert [(each.kind, each.recipient) for each in mails] == [
            ("contact_begun", "cora@example.org"),
            ("contact_ended", "bernd@example.org"),
        ]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("organisation", "Stadt Nirgendwo"),
        ("given_name", ""),
        ("email", "bernd"),
        ("starts_on", "35.1.2015"),
        ("ends_on", "1.1.2014"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office, anna, field, typed):
    new = f"{CONTACTS}/new"
    sent = {"csrf_token": token(office, new)}
    answer = office.post(new, data=sent | NEW | {field: typed})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "Brandt" in answer.text


def test_missing_links_are_counted_and_then_sent(app, office, anna):
    page = f"{CONTACTS}/links"
    assert "1 Person spricht heute" in office.get(page).text
    assert post(office, page, page) == 303
    assert "1 Person spricht heute" not in office.get(page).text
    with app.app_context():
        assert db.session.query(OutboxMessage).one().recipient == "anna.albers@example.org"


def test_whoever_only_reads_sees_and_changes_nothing(app, anna):
    a_network_account(app, "reader@example.org", "reader")
    reader = logged_in(app, "reader@example.org")
    page = reader.get(f"{CONTACTS}/{anna}")
    assert page.status_code == 200
    assert "/edit" not in page.text
    assert reader.get(f"{CONTACTS}/new").status_code == 403
