"""A proposal becomes an item, is declined and accepted after all, as forms alone do it."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain import tokens
from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import Contributor, OutboxMessage, ProgrammeItem, Proposal, Room
from congress.services.planning import releasing
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

TOKEN = "A" * 43
ONE = "/organiser/fachkongress"


def form_of(page, changes=None):
    """Return what a page's form would send, as it is or with other values."""
    read = pages.read(page)
    form = next(each for each in pages.find_all(read, "form") if each.get("id") == "formular")
    fields = {
        each.get("name"): each.get("value") or ""
        for each in pages.find_all(form, "input")
        if each.get("name") and each.get("type") != "checkbox"
    }
    for each in pages.find_all(form, "textarea"):
        fields[each.get("name") or ""] = (each.text or "").lstrip("\n")
    for each in pages.find_all(form, "select"):
        chosen = [one for one in pages.find_all(each, "option") if one.get("selected") is not None]
        fields[each.get("name") or ""] = (chosen[0].get("value") or "") if chosen else ""
    return fields | {"step": "send"} | (changes or {})


def test_a_proposal_becomes_an_item_and_its_author_reads_what_is_true(app):  # noqa: PLR0915
    with time_machine.travel(builders.OPEN, tick=False):
        with app.app_context():
            congress = builders.a_congress()
            here = congress.id
            builders.a_call(congress)
            builders.add(Room(congress_id=here, code="r1", name={"de": "Raum 1"}))
            mine = builders.a_proposal(
                congress, kind="workshop", title="Neue Küche", digest=tokens.digest(TOKEN)
            ).id
            stand = builders.a_proposal(congress, kind="stand", mail_language="en").id
            ann = {"kind": "workshop", "name": "Ann", "email": "a@example.org"}
            theirs = builders.a_proposal(congress, **ann).id
        an_organiser(app, "o@example.org", {here: Role.ORGANISER})
        an_organiser(app, "p@example.org", {here: Role.PROGRAMME})
        client, guest = logged_in(app, "o@example.org"), app.test_client()
        colleague = logged_in(app, "p@example.org")
        one = f"{ONE}/call/proposals/{mine}"

        def stored(column):
            with app.app_context():
                return list(db.session.scalars(select(column).order_by(column.class_.id)))

        def own():
            return guest.get(f"/proposal/{TOKEN}?lang=de").text

        def release():
            with app.app_context():
                releasing.release(here, actor=COMMAND, now=builders.OPEN)

        # The letter is seen first; what is wrong or other is said, and nothing typed is lost.
        page = client.get(f"{one}/accept?lang=de")
        assert "Vielen Dank für Ihren Vorschlag „Neue Küche“. Wir nehmen ihn gern an." in page.text
        changes = {"text_de": "Gern!", "room": "r1", "capacity": "20"}
        other = client.post(f"{one}/accept", data=form_of(page, changes))
        assert (other.status_code, form_of(other)["text_de"]) == (409, "Gern!")
        wrong = client.post(f"{one}/accept", data=form_of(other, {"starts": "25"}))
        assert (wrong.status_code, form_of(wrong)["starts"]) == (422, "25")
        assert form_of(wrong)["room"] == "r1"
        assert (stored(OutboxMessage.id), stored(ProgrammeItem.id)) == ([], [])
        late = form_of(colleague.get(f"{one}/accept"))
        ready = form_of(wrong, {"starts": "10", "ends": "11"})
        sent = [client.post(f"{one}/accept", data=ready).status_code for _ in range(2)]
        assert (sent, colleague.post(f"{one}/accept", data=late).status_code) == ([303, 303], 409)
        assert stored(Proposal.state) == ["accepted", "new", "new"]
        [code] = stored(ProgrammeItem.code)
        assert (stored(ProgrammeItem.capacity), stored(ProgrammeItem.number)) == ([20], [1])
        assert stored(OutboxMessage.facts)[0]["paragraphs"] == [["Gern!"]]
        assert stored(Contributor.email) == ["erika@example.org"]
        assert f"/programme/{code}/edit" in client.get(one).text
        assert f"/call/proposals/{mine}" in client.get(f"{ONE}/programme/{code}/edit").text
        assert "Zusage" in client.get(f"{ONE}/programme/{code}/remove?lang=de").text
        assert "Im Programm ist er „1 Neue Küche“." in client.get(f"{ONE}/log?lang=de").text
        log = f"{ONE}/programme/{code}/history?lang=de"
        assert f"Vorschlag {mine} wurde angenommen." in client.get(log).text

        # Its author reads when and where once that is published, and what becomes of it.
        assert ('data-prospect="planned"' in own(), "Raum 1" in own()) == (True, False)
        assert guest.get(f"/proposal/{TOKEN}/withdraw").status_code == 303
        release()
        assert ('data-prospect="public"' in own(), "Raum 1" in own()) == (True, True)
        asked = client.get(f"{one}/decline?lang=de")
        assert "war öffentlich und wird abgesagt" in asked.text
        assert "hatten Ihnen für Ihren Vorschlag „Neue Küche“ zugesagt" in asked.text
        assert client.post(f"{one}/decline", data=form_of(asked)).status_code == 303
        assert "steht er noch, bis" in own()
        release()
        assert "steht er noch, bis" not in own()
        after_all = client.get(f"{one}/accept?lang=de")
        assert "findet wieder statt" in after_all.text
        assert "capacity" not in form_of(after_all)
        assert client.post(f"{one}/accept", data=form_of(after_all)).status_code == 303
        assert 'data-prospect="again"' in own()
        release()
        assert 'data-prospect="public"' in own()
        assert stored(ProgrammeItem.code) == [code]

        # A stand makes no item; who may not see names opens no list of them with an address.
        page = colleague.get(f"{ONE}/call/proposals/{stand}/accept?lang=de")
        assert (form_of(page).get("starts"), "keine eigene Zeit" in page.text) == (None, True)
        accepted = colleague.post(f"{ONE}/call/proposals/{stand}/accept", data=form_of(page))
        assert accepted.status_code == 303
        assert stored(ProgrammeItem.code) == [code]
        third = f"{ONE}/call/proposals/{theirs}"
        accepted = colleague.post(
            f"{third}/accept", data=form_of(colleague.get(f"{third}/accept"), {"number": "1"})
        )
        assert accepted.status_code == 303
        assert "a@example.org" not in stored(Contributor.email)
        notice = colleague.get(f"{third}?lang=de").text
        assert ("Namensliste" in notice, "Nummer 1" in notice) == (True, True)
        assert client.get(f"{ONE}/call/decline").status_code == 200
