"""Somebody comes instead in the middle of a course: the pages, and what the letters say."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import HandOver
from congress.services import hand_overs, tokens
from tests.builders import STARTS, a_congress, a_registration
from tests.courses import DAYS
from tests.formats.test_mail import text_of
from tests.mail_facts import a_mail
from tests.network import a_contact, a_membership, an_organisation
from tests.web import pages
from tests.web.network.own import entered, own_address
from tests.web.organisers import post

pytestmark = pytest.mark.sqlite_only

CORA = {"given_name": "Cora", "family_name": "Neu", "email": "cora@example.org"}
MIDDLE, LAST = DAYS[3][1], DAYS[-1][0]


@pytest.fixture
def course(app):
    """The own page of somebody in a course, and the view of who speaks for their municipality."""
    with app.app_context():
        congress = a_congress(kind="training", days=DAYS, slug="lehrgang")
        here = an_organisation("Stadt Rheine")
        a_membership(here)
        person = a_registration(
            congress, organisation="Stadt Rheine", organisation_key="stadt rheine"
        )
        tokens.renew(person.id, now=STARTS)
        own = own_address(a_contact(here, "Anna", "Albers"))
        link = f"/registration/{tokens.token_for(person.id, TokenPurpose.MANAGE)}"
        return link, own, f"{own}/registrations/lehrgang/{person.id}/swap"


@pytest.mark.parametrize("by_contact", [False, True], ids=["themselves", "contact person"])
def test_in_the_middle_of_a_course_somebody_is_named(app, course, by_contact):
    own_page, own, swap = course
    with time_machine.travel(MIDDLE, tick=False):
        client = entered(app, own) if by_contact else app.test_client()
        start = f"{own}/registrations/lehrgang" if by_contact else own_page
        name = swap if by_contact else f"{own_page}/substitute"
        assert pages.has(pages.read(client.get(start)), "a", href=name)
        form = pages.read(client.get(f"{name}?lang=de"))
        said = pages.words(pages.get(form, id="modules-held"))
        assert "4 von 8 Modulen haben begonnen." in said
        assert post(client, name, name, **CORA) == 303
        with app.app_context():
            asked = db.session.scalars(select(HandOver)).one()
            link = str(hand_overs.link_for(asked.id, CORA["email"]))
        page = pages.read(client.get(f"{link[link.index('/substitute/') :]}?lang=de"))
        assert "die Module, die man selbst besucht hat" in pages.words(page)


def test_once_the_last_module_has_begun_the_pages_say_so(app, course):
    own_page, own, swap = course
    with time_machine.travel(LAST, tick=False):
        client, office = app.test_client(), entered(app, own)
        name = f"{own_page}/substitute"
        assert not pages.has(pages.read(client.get(own_page)), "a", href=name)
        assert not pages.has(
            pages.read(office.get(f"{own}/registrations/lehrgang")), "a", href=swap
        )
        for browser, address in ((client, name), (office, swap)):
            assert (
                "deshalb kann niemand mehr vertreten werden"
                in browser.get(f"{address}?lang=de").text
            )


def test_before_the_first_module_nothing_is_said_of_modules(app, course):
    own_page, _own, _swap = course
    with time_machine.travel(STARTS.replace(month=9), tick=False):
        form = pages.read(app.test_client().get(f"{own_page}/substitute"))
        assert not pages.has(form, id="modules-held")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("hand_over_asked", "3 von 1 Modulen haben begonnen. Sie würden an den kommenden Modulen"),
        ("handed_over", "Die Module, die Sie besucht haben, bleiben für Sie festgehalten."),
    ],
)
def test_letters_say_what_becomes_of_the_modules(kind, sentence):
    assert sentence in text_of(a_mail(kind, modules_held=3))
    assert sentence not in text_of(a_mail(kind))
