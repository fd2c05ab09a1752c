"""The photo of somebody in a programme: sent by the person, published, shown, taken back."""

import re
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from congress.domain.access import COMMAND, Role
from congress.domain.congresses import CongressState
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries.planning import portraits
from congress.services import contributor_links
from congress.services.planning import inviting, releasing
from tests import builders
from tests.builders import OPEN
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post, token

pytestmark = pytest.mark.sqlite_only


PATRON = "Schirmherrschaft / Patronage"


def a_file(colour: str = "red", name: str = "a.png") -> FileStorage:
    kept = BytesIO()
    Image.new("RGB", (600, 400), colour).save(kept, "PNG")
    kept.seek(0)
    return FileStorage(kept, name)


@pytest.fixture
def house(app):
    """Anna is named in a workshop, and has her link."""
    with app.app_context():
        congress = builders.a_congress()
        part = builders.a_contribution(
            builders.a_workshop(congress, code="ws"), role=PATRON, state="confirmed"
        )
        here, person, number = congress.id, part.person.id, part.id
        inviting.set_address(here, person, "anna@example.org", "de", actor=COMMAND, now=OPEN)
        seen = inviting.preview(here, [person], now=OPEN).seen
        inviting.invite(here, [person], seen=seen, actor=COMMAND, now=OPEN)
        releasing.release(here, actor=COMMAND, now=OPEN)
        mail = db.session.scalars(select(OutboxMessage)).one()
        link = contributor_links.link_for(mail.facts, mail.recipient) or ""
    an_organiser(app, "o@example.org", {here: Role.PROGRAMME})
    return {
        "own": link[link.index("/contribution/") :],
        "person": person,
        "congress": here,
        "part": number,
    }


@time_machine.travel(OPEN, tick=False)
def test_a_photo_is_a_draft_until_it_is_published_and_gone_at_once(app, house):
    guest, client = app.test_client(), logged_in(app, "o@example.org")
    own, one = house["own"], f"/organiser/fachkongress/people/{house['person']}"
    form = f"{own}/photo"
    csrf = {"csrf_token": token(guest, form)}
    said = {"alt_de": "Anna vor dem Rathaus", "credit": "Max Muster <b>", "may_show": "y"}

    def send(**sent: object):
        # By hand: the client's own would leave a file of nine megabytes open.
        border, body = encode_multipart(MultiDict(csrf | sent))
        content_type = f"multipart/form-data; boundary={border}"
        return guest.post(form, data=body, content_type=content_type)

    refused = send(file=a_file(), alt_de="Anna", credit="Max Muster")
    assert (refused.status_code, "Max Muster" in refused.text) == (422, True)
    assert send(**said, file=FileStorage(BytesIO(b"%PDF-1.7"), "a.png")).status_code == 422
    assert send(**said, file=FileStorage(BytesIO(b"\xff" * 9_000_000), "a.jpg")).status_code == 422
    assert send(**said).status_code == 422
    assert send(**said, file=a_file("red", "../../a.png")).status_code == 303

    [address] = re.findall(rf"{own}/photo/[0-9a-f]{{64}}", guest.get(own).text)
    draft = guest.get(address)
    assert (draft.mimetype, draft.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    public = f"/portrait/{address[-64:]}"
    assert guest.get(public).status_code == 404
    assert public not in guest.get("/fachkongress/programme/ws").text
    assert client.get(f"{one}/photo/{address[-64:]}").mimetype == "image/jpeg"
    assert post(client, f"{one}/photo/publish", one, seen="0" * 64) == 303
    assert guest.get(public).status_code == 404
    assert post(client, f"{one}/photo/publish", one, seen=hidden(client, one, "seen")) == 303

    page = pages.read(guest.get("/fachkongress/programme/ws"))
    shown = pages.get(page, "img", src=public)
    assert (shown.get("alt"), shown.get("width")) == ("Anna vor dem Rathaus", "600")
    assert "Max Muster <b>" in pages.words(pages.get(page, "figcaption"))
    photo = guest.get(public)
    assert photo.headers["Cache-Control"] == "public, max-age=86400"
    assert "sandbox" in photo.headers["Content-Security-Policy"]
    assert guest.get(public, headers={"If-None-Match": photo.headers["ETag"]}).status_code == 304

    assert send(**said, file=a_file("blue")).status_code == 303
    assert public in guest.get("/fachkongress/programme/ws").text
    no = guest.post(f"{own}/answer/{house['part']}", data=csrf | {"answer": "decline"})
    assert (no.status_code, guest.get(form).status_code) == (303, 303)  # nothing new is taken
    with app.app_context():
        releasing.release(house["congress"], actor=COMMAND, now=OPEN)
    assert guest.get(public).status_code == 404  # nobody shows it any more
    assert f'action="{own}/photo/remove"' in guest.get(own).text
    with app.app_context():
        assert portraits.of(house["congress"], house["person"]).current is not None
    removed = guest.post(f"{own}/photo/remove", data=csrf)
    assert removed.status_code == 303
    assert guest.get(public).status_code == 404
    assert "<img" not in guest.get("/fachkongress/programme/ws").text.split("<main")[1]
    with app.app_context():
        assert portraits.of(house["congress"], house["person"]) == portraits.Portraits()


@time_machine.travel(OPEN, tick=False)
def test_an_organiser_sends_and_deletes_a_photo(app, house):
    client = logged_in(app, "o@example.org")
    one = f"/organiser/fachkongress/people/{house['person']}"
    sent = {
        "csrf_token": token(client, f"{one}/photo"),
        "file": (a_file().stream, "a.png"),
        "alt_de": "Anna",
        "alt_en": "Anna, smiling",
        "credit": "Max Muster",
        "may_show": "y",
    }
    answer = client.post(f"{one}/photo", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert "ist veröffentlicht." in client.get(f"{one}?lang=de").text
    page = client.get("/fachkongress/programme/ws?lang=en").text
    assert 'alt="Anna, smiling"' in page
    assert "(Patronage)" in page
    edit = "/organiser/fachkongress/programme/ws/edit?lang=de"
    assert f'<option value="{PATRON}" selected>Schirmherrschaft</option>' in client.get(edit).text
    form = {
        "csrf_token": token(client, edit),
        "version": hidden(client, edit, "version"),
        "title_de": "Netze",
        "day": "2015-10-21",
        "starts": "13.15",
        "ends": "15.15",
        "waiting_list": "y",
        "person-0-name": "Anna Beispiel",
        "person-0-affiliation": "Stadt Köln",
        "person-0-role": PATRON,
        "person-0-state": "confirmed",
        "person-0-other": "Grußwort",
    }
    assert client.post(edit, data=form).status_code == 303
    assert "Grußwort:" in client.get(f"{one}?lang=de").text
    with app.app_context():
        digest = portraits.of(house["congress"], house["person"]).current.digest
        releasing.release(house["congress"], actor=COMMAND, now=OPEN)
        assert portraits.content(digest) is not None
        releasing.change_state(house["congress"], CongressState.DRAFT, actor=COMMAND, now=OPEN)
        assert portraits.content(digest) is None
        releasing.change_state(house["congress"], CongressState.PUBLISHED, actor=COMMAND, now=OPEN)
    assert post(client, f"{one}/photo/remove", one) == 303
    assert "Anna, smiling" not in client.get("/fachkongress/programme/ws?lang=en").text
