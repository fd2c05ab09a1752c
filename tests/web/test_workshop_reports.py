"""Room needs and results in a browser: typed by link, published by organisers, read by all."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import Contribution, OutboxMessage, ProgrammeItem
from congress.services import contributor_links
from congress.services.planning import inviting
from congress.transaction import transaction
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
REPORT = f"{ONE}/programme/own/report"


@time_machine.travel(builders.OPEN, tick=False)
def test_from_the_link_to_the_public_page(app):
    with app.app_context():
        congress = builders.a_congress()
        part = builders.a_contribution(builders.a_workshop(congress, code="own"), state="confirmed")
        builders.a_workshop(congress, code="other")
        here, anna, now = congress.id, part.person.id, builders.OPEN
        inviting.set_address(here, anna, "anna@example.org", "de", actor=COMMAND, now=now)
        seen = inviting.preview(here, [anna], now=now).seen
        inviting.invite(here, [anna], seen=seen, actor=COMMAND, now=now)
        mail = db.session.scalars(select(OutboxMessage)).one()
        link = contributor_links.link_for(mail.facts, mail.recipient) or ""
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    start, guest = link[link.index("/contribution/") :], app.test_client()
    form = f"{start}/workshops/own/report"
    assert guest.get(f"{start}/workshops/other/report").status_code == 404
    empty = hidden(guest, form, "seen")
    csrf = {"csrf_token": token(guest, form), "seen": empty}
    told = {"needs": "Stuhlkreis", "text_de": "<b>Gut</b>.", "link": "https://example.org/x"}
    wrong = guest.post(form, data=csrf | told | {"link": "javascript:alert(1)"})
    assert (wrong.status_code, "Stuhlkreis" in wrong.text) == (422, True)
    assert guest.post(form, data=csrf | told).status_code == 303
    late = guest.post(form, data=csrf | told | {"needs": "Tische"})
    assert late.status_code == 409
    assert pages.words(pages.get(pages.read(late), id="needs")) == "Tische"
    assert "Stuhlkreis" in pages.words(pages.get(pages.read(late), role="alert"))

    client, public = logged_in(app, "o@example.org"), "/fachkongress/programme/own"
    assert not pages.has(pages.read(guest.get(public)), id="results")
    todo = pages.find_all(pages.read(client.get(ONE)), "a", href=REPORT)
    assert {each.get("class") for each in todo} == {"needs", "results"}
    assert "Stuhlkreis" in pages.words(
        pages.get(pages.read(client.get(f"{ONE}/programme/own/edit")), id="report")
    )
    assert post(client, REPORT, REPORT, act="publish", seen=empty) == 409
    assert post(client, REPORT, REPORT, act="nonsense", seen=empty) == 400
    for act in ("seen", "publish"):
        assert post(client, REPORT, REPORT, act=act, seen=hidden(client, REPORT, "seen")) == 303
    shown = pages.get(pages.read(guest.get(public)), id="results")
    assert "<b>Gut</b>." in pages.words(shown)
    assert [each.get("href") for each in pages.find_all(shown, "a")] == [
        "https://example.org/x",
        "/fachkongress/results",
    ]
    assert not pages.find_all(pages.read(client.get(ONE)), "a", href=REPORT)


@time_machine.travel(builders.OPEN, tick=False)
@pytest.mark.parametrize("is_taken_out", [False, True])
def test_what_was_typed_of_a_workshop_stays_when_it_is_theirs_no_longer(app, is_taken_out):
    with app.app_context():
        item = builders.a_workshop(builders.a_congress(), code="own")
        part = builders.a_contribution(item, state="confirmed")
        here, anna, now = item.congress_id, part.person.id, builders.OPEN
        item_id, part_id = item.id, part.id
        inviting.set_address(here, anna, "anna@example.org", "de", actor=COMMAND, now=now)
        seen = inviting.preview(here, [anna], now=now).seen
        inviting.invite(here, [anna], seen=seen, actor=COMMAND, now=now)
        mail = db.session.scalars(select(OutboxMessage)).one()
        link = contributor_links.link_for(mail.facts, mail.recipient) or ""
    guest, form = app.test_client(), f"{link[link.index('/contribution/') :]}/workshops/own/report"
    csrf = {name: hidden(guest, form, name) for name in ("csrf_token", "seen")}
    with app.app_context(), transaction():
        if is_taken_out:
            db.session.delete(db.session.get_one(Contribution, part_id))
        else:
            row = db.session.get_one(ProgrammeItem, item_id)
            row.cancelled, row.released = True, {**(row.released or {}), "cancelled": True}
    typed = {"needs": "Stuhlkreis", "text_de": "Das kam heraus.", "link": "keiner"}
    answer = guest.post(form, data=csrf | typed)
    assert answer.status_code == 409
    page = pages.read(answer)
    assert "Es wurde nichts gespeichert" in pages.words(pages.get(page, role="alert"))
    assert pages.words(pages.get(page, id="needs")) == typed["needs"]
    assert pages.words(pages.get(page, id="text_de")) == typed["text_de"]
    assert pages.get(page, id="link").get("value") == typed["link"]
    assert guest.get(form).status_code == 404
