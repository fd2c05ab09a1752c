"""The link in the mail to a new address, and taking the address back, without JavaScript."""

from datetime import timedelta

import pytest

from congress.domain.congresses import CongressState
from congress.domain.correction import TIME_TO_CONFIRM, AddressLinkOver, RegisteredThere, SamePerson
from congress.domain.errors import Refused
from congress.domain.registration import CongressNotTakingPart, RegistrationCancelled
from tests.builders import OPEN
from tests.web import pages
from tests.web.registration.test_details import NEW, correct, everything, link
from tests.web.registration.visitors import change

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def page(visitor, congress):
    return visitor.own_page(slot_1="workshop-1")


def test_confirming_needs_the_token_of_the_form(visitor, app, page):
    """SEC-14."""
    correct(visitor, page, email=NEW)
    confirm = link(app)

    assert visitor.send(confirm).status_code == 400
    assert everything(app)[-1] == ["erika.muster@example.org"]


def test_a_link_that_is_over_says_what_to_do(visitor, app, page, on_a_day):
    correct(visitor, page, email=NEW)
    confirm = link(app)
    on_a_day.move_to(OPEN + TIME_TO_CONFIRM + timedelta(seconds=1))

    answer = visitor.open(confirm)

    assert answer.status_code == 404
    said = pages.words(pages.get(pages.read(answer), "main"))
    assert said.count(pages.sentence(app, AddressLinkOver())) == 1
    assert "schreiben Sie bitte den Veranstaltenden" in said  # it may be after the deadline


@pytest.mark.parametrize("ends", ["call_off", "withdraw"])
def test_what_stands_against_an_address_is_said_before_and_after_confirming(
    visitor, app, congress, page, ends
):
    correct(visitor, page, email=NEW)
    confirm = link(app)
    hidden = visitor.hidden(confirm)
    refusal: Refused
    if ends == "withdraw":
        visitor.act(page, "withdraw")
        refusal = RegistrationCancelled()
    else:
        change(app, congress, state=CongressState.CANCELLED)
        refusal = CongressNotTakingPart()

    for answer, status in ((visitor.open(confirm), 200), (visitor.send(confirm, **hidden), 422)):
        assert answer.status_code == status
        read = pages.read(answer)
        lead = pages.words(pages.get(read, class_="lead"))
        assert lead == pages.sentence(app, refusal)
        assert not pages.has(read, "form", action=confirm)
    assert everything(app)[-1] == ["erika.muster@example.org"]


def test_whoever_confirms_an_address_that_has_the_person_is_not_sent_to_an_organisers_page(
    visitor, app, page
):
    visitor.own_page(email=NEW)
    correct(visitor, page, email=NEW)
    confirm = link(app)

    answer = visitor.send(confirm, **visitor.hidden(confirm))

    assert answer.status_code == 422
    lead = pages.words(pages.get(pages.read(answer), class_="lead"))
    assert lead == pages.sentence(app, RegisteredThere())
    assert pages.sentence(app, SamePerson()) not in lead


def test_an_address_is_taken_back_on_the_own_page_and_on_the_form(visitor, app, page):
    for where in (page, f"{page}/details"):
        correct(visitor, page, email=NEW)
        button = pages.get(pages.read(visitor.open(where)), "form", action=f"{page}/keep-address")
        assert "Doch nicht ändern" in pages.words(button)

        answer = visitor.send(f"{page}/keep-address", **visitor.hidden(where))

        assert answer.headers["Location"] == f"{page}?done=stays"
        own = visitor.open(answer.headers["Location"])
        assert "Die E-Mail-Adresse bleibt, wie sie ist" in own.text
        assert NEW not in own.text
        assert everything(app)[0] == 0
    correct(visitor, page, email=NEW)
    assert correct(visitor, page).headers["Location"] == f"{page}?done=stays"
