"""Confirming a registration from its mailbox: one answer for all, and only a button counts."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from congress.domain.access import COMMAND
from congress.domain.tokens import RegistrationLink, TokenPurpose
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, Registration
from congress.services import confirming, tokens
from congress.services.planning import releasing
from tests.builders import OPEN
from tests.web import pages
from tests.web.registration.visitors import Visitor, change

EMAIL = "erika.muster@example.org"
HELD = timedelta(hours=24)


@pytest.fixture
def asking(app, congress: int) -> int:
    change(app, congress, confirm_hours=24)
    return congress


def link(app, purpose=RegistrationLink.CONFIRM, opens="confirm-registration") -> str:
    with app.app_context():
        number = db.session.scalars(select(func.max(Registration.id))).one()
        return f"/{opens}/{tokens.token_for(number, purpose)}"


def mails(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


PROMISES = {
    "confirmation": "Sie bekommen sofort eine Bestätigung mit Kalendereintrag.",
    "place on the list": "Sie bekommen sofort eine Mail, in der steht, an welcher Stelle",
    "question": "Ihre Anmeldung gilt, sobald Sie sie dort bestätigt haben.",
}


@pytest.mark.parametrize(
    ("hours", "capacity", "promised"),
    [(0, 9, "confirmation"), (0, 0, "place on the list"), (24, 9, "question"), (24, 0, "question")],
)
def test_the_form_promises_the_mail_that_comes(visitor, app, congress, hours, capacity, promised):
    change(app, congress, confirm_hours=hours, capacity=capacity, waiting_list=True)

    text = visitor.open("/fachkongress/register").text

    assert [name for name, words in PROMISES.items() if words in text] == [promised]


def test_a_new_an_unconfirmed_and_a_known_person_get_the_same_answer(
    visitor, app, asking, on_a_day
):
    """SEC-24: by status, address, body and page."""
    new = visitor.register()
    on_a_day.shift(60)
    unconfirmed = visitor.register()
    with app.app_context():
        confirming.confirm(link(app).rpartition("/")[2], now=OPEN)
    known = visitor.register()

    answers = [new, unconfirmed, known]
    assert {each.status_code for each in answers} == {303}
    assert {each.headers["Location"] for each in answers} == {"/fachkongress/registered"}
    assert len({each.data for each in answers}) == 1
    assert {"Set-Cookie" in each.headers for each in answers} == {"Set-Cookie" in new.headers}
    page = visitor.open("/fachkongress/registered")
    assert "bestätigt" in page.text
    assert EMAIL not in page.text
    asked = ["confirm_registration"] * 2
    assert mails(app) == [*asked, "confirmed", "calendar_request", "already_registered"]


def test_the_form_sent_twice_says_no_more(visitor, asking):
    form = visitor.fill_in()

    first, second = (visitor.send("/fachkongress/register", **form) for _ in range(2))

    assert first.data == second.data
    assert first.headers["Location"] == second.headers["Location"]


def test_opening_the_link_changes_nothing_and_the_button_confirms(visitor, app, asking):
    """SEC-12, REL-22."""
    visitor.register()
    page = link(app)

    for _ in range(2):
        opened = visitor.open(page)
        assert opened.status_code == 200
        assert EMAIL in opened.text
    assert visitor.client.head(page, base_url="http://congress.test").status_code == 200
    assert mails(app) == ["confirm_registration"]
    hidden = visitor.hidden(page)
    answers = [visitor.send(page, **hidden) for _ in range(2)]

    own_page = link(app, TokenPurpose.MANAGE, "registration")
    assert {each.status_code for each in answers} == {303}
    assert {each.headers["Location"] for each in answers} == {own_page}
    assert mails(app)[1:] == ["confirmed", "calendar_request"]
    assert "Ihre Anmeldung ist bestätigt." in visitor.open(page).text


def test_a_link_left_too_long_says_so_and_leads_to_the_form(visitor, app, asking, on_a_day):
    visitor.register()
    page = link(app)
    hidden = visitor.hidden(page)
    on_a_day.move_to(OPEN + HELD)

    opened, sent = visitor.open(page), visitor.send(page, **hidden)

    assert (opened.status_code, sent.status_code) == (200, 409)
    assert pages.has(pages.read(opened), href="/fachkongress/register")
    assert pages.has(pages.read(sent), href="/fachkongress/register")
    assert mails(app) == ["confirm_registration"]


@pytest.mark.sqlite_only
def test_what_is_called_off_does_not_say_that_the_registration_has_ended(visitor, app, asking):
    """TRUE-05: held after all, the same link confirms."""
    visitor.register()
    page = link(app)
    hidden = visitor.hidden(page)

    with app.app_context():
        releasing.call_off(asking, actor=COMMAND, now=OPEN)
    opened, sent = visitor.open(page), visitor.send(page, **hidden)
    with app.app_context():
        releasing.hold_after_all(asking, actor=COMMAND, now=OPEN)
    again = visitor.send(page, **hidden)

    assert (opened.status_code, sent.status_code, again.status_code) == (200, 409, 303)
    for answer in (opened, sent):
        assert "Es gibt nichts zu bestätigen" in answer.text
        assert "ist beendet" not in answer.text
        words = pages.words(pages.get(pages.read(answer), "main"))
        assert "1. Oktober 2015, 12.00 Uhr" in words.replace("\xa0", " ")


@pytest.mark.sqlite_only
def test_a_link_nobody_has_made_opens_nothing(visitor, asking):
    assert visitor.open(f"/confirm-registration/{'x' * 43}").status_code == 404


@pytest.mark.sqlite_only
def test_other_links_do_not_confirm_and_this_one_opens_nothing_else(visitor, app, asking):
    visitor.register()
    token = link(app).rpartition("/")[2]
    own = link(app, TokenPurpose.MANAGE, "confirm-registration")

    assert visitor.open(own).status_code == 404
    assert visitor.open(f"/registration/{token}").status_code == 404
    assert visitor.open(f"/confirm/{token}").status_code == 404


@pytest.mark.sqlite_only
def test_the_log_holds_no_address(visitor: Visitor, app, asking):
    visitor.register()
    visitor.send(link(app), **visitor.hidden(link(app)))

    with app.app_context():
        lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
        said = [(each.verb, each.details, each.personal) for each in lines]

    assert [verb for verb, *_rest in said] == ["registered", "registration_confirmed"]
    assert EMAIL not in str(said)
