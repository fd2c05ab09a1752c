"""Info mails as an organiser of two people writes them, for tests of their pages."""

import re
from typing import Any

from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request, send_everything
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

HERE = "/organiser/fachkongress/mailings"
LOOKED_AT = re.compile(r'name="seen" value="([0-9a-f]{64})"')
TYPED = {"to": "attendees", "subject": "So geht es", "text": "Liebe Runde,\n\nHallo {Vorname}"}


def an_organiser_of_two(app):
    """Return the browser of an organiser at whose congress two people are registered."""
    with app.app_context():
        congress = builders.a_congress()
        workshop = builders.a_workshop(congress, number=1, code="ws1")
        for number in (1, 2):
            registering.register(congress.id, a_request(number, workshop), now=OPEN)
        send_everything()
        congress_id = congress.id
    an_organiser(app, "organisation@example.org", {congress_id: Role.ORGANISER})
    return logged_in(app, "organisation@example.org")


def the_congress(app):
    with app.app_context():
        return db.session.scalars(select(Congress.id)).one()


def sent(client, address, **fields: Any):  # noqa: ANN401 - text or a file
    data = {"csrf_token": token(client, HERE)} | fields
    return client.post(f"{HERE}{address}?lang=de", data=data)


def written(client, **fields: Any):  # noqa: ANN401 - text or a file
    answer = sent(client, "/new", **TYPED | fields)
    assert answer.status_code == 303
    return answer.location.partition("/mailings")[2].partition("?")[0]


def words(client, address=""):
    return said_at(client, f"{HERE}{address}")


def said_at(client, address):
    page = pages.read(client.get(address, query_string={"lang": "de"}))
    return pages.words(pages.get(page, "main"))


def looked_at(client, address):
    return LOOKED_AT.search(client.get(f"{HERE}{address}").text)[1]
