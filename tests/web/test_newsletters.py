"""The newsletter on its pages: asked for, confirmed, changed and left; offered by organisers."""

import re

import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, Newsletter, NewsletterReader
from congress.queries import newsletters as found
from congress.services import newsletter_links
from tests import builders
from tests.builders import OPEN
from tests.newsletter_readers import a_newsletter_reader
from tests.web.organisers import an_organiser, logged_in, token
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.sqlite_only
PAGE = "/fachkongress/newsletter"
MAILINGS = "/organiser/fachkongress/mailings"
OFFER = f"{MAILINGS}/newsletter"


@pytest.fixture
def offered(app):
    """A congress with a newsletter, without a context that requests would share."""
    with time_machine.travel(OPEN, tick=False):
        with app.app_context():
            congress = builders.a_congress()
            builders.add(Newsletter(congress_id=congress.id, offered_at=OPEN))
            number = congress.id
        yield number


@pytest.fixture
def congress_id(app, offered):
    with app.app_context():
        yield offered


@pytest.fixture
def visitor(app, congress_id):
    return Visitor(app)


@pytest.fixture
def link(congress_id):
    """The link of somebody who was asked and has not answered."""
    congress = db.session.get_one(Congress, congress_id)
    reader = a_newsletter_reader(congress, confirmed_at=None)
    return newsletter_links.token_of({"reader": reader.id}, reader.email)


def readers():
    db.session.expire_all()
    return db.session.query(NewsletterReader).all()


def test_opening_the_link_changes_nothing_and_the_button_confirms(visitor, link, congress_id):
    address = f"/newsletter/{link}"
    hidden = visitor.hidden(address)
    assert found.count(congress_id) == 0

    for _ in range(2):  # whoever presses twice reads the second answer
        answer = visitor.send(address, **hidden)
        assert answer.location.endswith("?done=confirmed")
        assert found.count(congress_id) == 1
    assert visitor.send(address, **visitor.hidden(address), language="en").status_code == 303
    assert [each.language for each in readers()] == ["en"]
    assert visitor.send(address, **hidden, language="fr").status_code == 400


def test_a_mail_program_unsubscribes_without_cookie_or_form(app, visitor, link):
    address = f"/newsletter/{link}/leave"
    assert visitor.open(address).status_code == 200
    assert visitor.client.head(address, base_url="http://congress.test").status_code == 200
    assert len(readers()) == 1, "a scanner that follows links changes nothing"

    bare = app.test_client()
    one_click = {"List-Unsubscribe": "One-Click"}
    for _ in range(2):
        answer = bare.post(address, data=one_click, base_url="http://congress.test")
        assert answer.status_code == 200
    assert readers() == []
    assert visitor.open(address).status_code == visitor.open(f"/newsletter/{link}").status_code
    assert visitor.open(address).status_code == 404


def test_organisers_offer_it_on_the_public_page(app, offered):
    visitor = Visitor(app)
    an_organiser(app, "organisation@example.org", {offered: Role.ORGANISER})
    client = logged_in(app, "organisation@example.org")
    link_to_it = re.compile(rf'href="{PAGE}[?"]')
    assert link_to_it.search(visitor.open("/fachkongress").text)

    answer = client.post(OFFER, data={"csrf_token": token(client, MAILINGS)})
    assert answer.status_code == 303
    assert not link_to_it.search(visitor.open("/fachkongress").text)
    assert visitor.open(PAGE).status_code == 404

    answer = client.post(OFFER, data={"csrf_token": token(client, MAILINGS), "offered": "y"})
    assert answer.status_code == 303
    assert link_to_it.search(visitor.open("/fachkongress").text)
