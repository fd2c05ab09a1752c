"""Who comes to somebody's own workshop, in a browser: link, code by mail, names, nothing else."""

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from congress.domain.access import COMMAND
from congress.extensions import db
from congress.models import Attendance, AuditLine, Contribution, Contributor, OutboxMessage
from congress.services import contributor_codes, contributor_links
from congress.services.feedback import setting
from congress.services.planning import inviting, releasing
from tests import builders, surveys, tagged_pdf
from tests.web import pages
from tests.web.organisers import token

pytestmark = pytest.mark.sqlite_only


@time_machine.travel(builders.OPEN, tick=False)
def test_names_stand_behind_a_code_and_another_workshop_is_unknown(app):  # noqa: PLR0915 - one walk
    """SEC-04, GDPR-10."""
    with app.app_context():
        congress = builders.a_congress()
        own = builders.a_workshop(congress, code="own", title="Netzwerke")
        other = builders.a_workshop(congress, code="other")
        part = builders.a_contribution(own, state="confirmed")
        person = builders.a_registration(
            congress, given_name="Ida", family_name="Adler", email="ida@example.org"
        )
        builders.a_booking(person, own, question="<b>Wie?</b>")
        asked = {"family_name": "Zander", "unconfirmed_until": builders.CLOSES}
        builders.a_booking(builders.a_registration(congress, **asked), own)
        builders.a_contribution(other, "Bernd Beispiel", state="confirmed")
        here, anna, number = congress.id, part.person.id, part.id
        own_id, ida = own.id, person.id
        inviting.set_address(here, anna, "anna@example.org", "de", actor=COMMAND, now=builders.OPEN)
        seen = inviting.preview(here, [anna], now=builders.OPEN).seen
        inviting.invite(here, [anna], seen=seen, actor=COMMAND, now=builders.OPEN)
        mail = db.session.scalars(select(OutboxMessage)).one()
        link = contributor_links.link_for(mail.facts, mail.recipient) or ""
    start = link[link.index("/contribution/") :]
    login, list_ = f"{start}/login", f"{start}/workshops/own"
    guest = app.test_client()

    def linked() -> list[str | None]:
        return [each.get("href") for each in pages.find_all(pages.read(guest.get(start)), "a")]

    assert list_ not in linked()  # not released
    assert f"{list_}/report" in linked()
    assert [guest.get(each).status_code for each in (list_, login)] == [404, 404]
    with app.app_context():
        releasing.release(here, actor=COMMAND, now=builders.OPEN)
    assert list_ in linked()
    assert guest.get(list_).location == login
    assert guest.get(f"{start}/workshops/other").status_code == 404
    assert "anna@example.org" in guest.get(login).text

    def send(client: FlaskClient, **fields: str) -> TestResponse:
        return client.post(login, data={"csrf_token": token(client, login)} | fields)

    assert send(guest, step="send").status_code == 303
    with app.app_context():
        stated = db.session.scalars(
            select(OutboxMessage.facts).where(OutboxMessage.kind == "contributor_code")
        ).one()
        code = contributor_codes.code_for(stated, "anna@example.org") or ""
    assert send(app.test_client(), code=code).status_code == 422  # another browser
    assert send(guest, code="12").status_code == 422
    assert send(guest, code=f"{code[:3]} {code[3:]}").location == list_

    shown = guest.get(list_)
    table = pages.words(pages.get(pages.read(shown), id="participants"))
    printed = guest.get(f"{list_}/places.pdf")
    assert (printed.status_code, printed.headers["Cache-Control"]) == (200, "no-store")
    assert tagged_pdf.read(printed.data).tags.count("TR") == 3  # its head and two people
    printed.close()
    assert guest.get(f"{start}/workshops/other/places.pdf").status_code == 404
    assert app.test_client().get(f"{list_}/places.pdf").location == login
    with app.app_context():
        line = db.session.scalars(
            select(AuditLine).where(AuditLine.verb == "places_handed_out")
        ).one()
        assert (line.actor, line.details["count"]) == ("contributor", 2)
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Ida Adler" in table
    assert "<b>Wie?</b>" in table
    assert (table.count("Nicht bestätigt"), table.rpartition("Zander")[2].strip()) == (
        1,
        "Nicht bestätigt",
    )
    assert "ida@example.org" not in shown.text
    assert not pages.has(pages.read(shown), id="there")
    with app.app_context():
        there = {"day": builders.STARTS.date(), "came_at": builders.BEGUN, "item_id": own_id}
        builders.add(Attendance(registration_id=ida, **there))
    came = pages.get(pages.read(guest.get(list_)), id="there")
    assert pages.words(came) == "1 Person war da."
    with app.app_context():
        surveys.said_of(here, own_id, 5, is_shared=False)
    assert not pages.has(pages.read(guest.get(list_)), id="feedback")
    with app.app_context():
        setting.share(here, is_shared=True, actor=COMMAND, now=builders.OPEN)
    said = pages.words(pages.get(pages.read(guest.get(list_)), id="feedback"))
    assert "5 Personen haben geantwortet" in said
    assert "im Mittel 4,0" in said
    assert guest.get(f"{start}/workshops/other").status_code == 404
    assert guest.get(f"{start}/workshops/none").status_code == 404
    assert app.test_client().get(list_).location == login
    with app.app_context():
        db.session.get_one(Contribution, number).state = "declined"
        db.session.commit()
    assert [guest.get(each).status_code for each in (list_, login)] == [404, 404]
    with app.app_context():
        db.session.get_one(Contribution, number).state = "confirmed"
        db.session.commit()
    out = guest.post(f"{start}/logout", data={"csrf_token": token(guest, list_)})
    assert out.status_code == 303
    assert guest.get(list_).location == login
    with app.app_context():
        known = db.session.scalars(select(Contributor).where(Contributor.person_id == anna)).one()
        inviting.end_link(here, known.person_id, actor=COMMAND, now=builders.OPEN)
    assert guest.get(list_).status_code == 404
