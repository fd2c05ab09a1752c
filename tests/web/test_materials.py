"""Documents, photos and links in a browser: handed in by code, published, read by all (SEC-16)."""

from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import Congress, OutboxMessage
from congress.services import contributor_codes, contributor_links
from congress.services.planning import inviting, releasing
from tests import builders
from tests.builders import OPEN
from tests.materials import PAPER, a_material, a_picture
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
REPORT = f"{ONE}/programme/own/report"
WORDS = {"title_de": "Runder Tisch mit acht Menschen", "credit": "Max <b>", "may_publish": "y"}


def a_file(content: bytes, name: str = "../../a.html") -> FileStorage:
    return FileStorage(BytesIO(content), name)


@time_machine.travel(OPEN, tick=False)
def test_a_dialogue_partner_hands_in_behind_a_code(app):
    with app.app_context():
        congress = builders.a_congress()
        part = builders.a_contribution(builders.a_workshop(congress, code="own"), state="confirmed")
        here, anna = congress.id, part.person.id
        inviting.set_address(here, anna, "anna@example.org", "de", actor=COMMAND, now=OPEN)
        seen = inviting.preview(here, [anna], now=OPEN).seen
        inviting.invite(here, [anna], seen=seen, actor=COMMAND, now=OPEN)
        mail = db.session.scalars(select(OutboxMessage)).one()
        link = contributor_links.link_for(mail.facts, mail.recipient) or ""
        releasing.release(here, actor=COMMAND, now=OPEN)
    start, guest = link[link.index("/contribution/") :], app.test_client()
    form, login = f"{start}/workshops/own/materials", f"{start}/login"
    assert form in guest.get(f"{start}/workshops/own/report").text
    assert guest.get(form).location == login
    csrf = {"csrf_token": token(guest, login)}
    sent = guest.post(form, data=csrf | WORDS | {"file": a_file(PAPER)})
    assert sent.location == login
    assert guest.get(f"{start}/workshops/other/materials").status_code == 404
    guest.post(login, data=csrf | {"step": "send"})
    with app.app_context():
        stated = db.session.scalars(
            select(OutboxMessage.facts).where(OutboxMessage.kind == "contributor_code")
        ).one()
        code = contributor_codes.code_for(stated, "anna@example.org") or ""
    guest.post(login, data=csrf | {"code": code})

    wrong = guest.post(form, data=csrf | WORDS | {"file": a_file(b"<svg/>")})
    assert (wrong.status_code, "Runder Tisch" in wrong.text) == (422, True)
    assert guest.post(form, data=csrf | WORDS | {"file": a_file(PAPER)}).status_code == 303
    page = pages.read(guest.get(form))
    assert "Runder Tisch" in pages.words(pages.get(page, id="found"))
    assert "Runder Tisch" not in guest.get("/fachkongress/programme/own").text
    [remove] = [
        each.get("action")
        for each in pages.find_all(page, "form")
        if "/remove" in str(each.get("action"))
    ]
    assert guest.post(remove, data=csrf).status_code == 303
    assert not pages.has(pages.read(guest.get(form)), id="found")


@pytest.fixture
def client(app):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_workshop(congress, code="own")
        here = congress.id
        other = builders.a_congress(slug="other")
        app.extensions["foreign"] = a_material(other).id
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    return logged_in(app, "o@example.org")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title_de": ""}, "title_de"),
        ({"credit": ""}, "credit"),
        ({"may_publish": ""}, "may_publish"),
        ({"link": "https://example.org/"}, "link"),
        ({"file": None}, "file"),
        ({"file": None, "link": "javascript:alert(1)"}, "link"),
        ({"file": b"GIF89a"}, "file"),
        ({"file": PAPER + b"PK\x05\x06" + bytes(18)}, "file"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, sent, field):
    form = f"{ONE}/results/add"
    said = {"csrf_token": token(client, form), "file": PAPER} | WORDS | sent
    file = said.pop("file")
    answer = client.post(form, data=said | ({"file": a_file(file)} if file else {}))
    assert answer.status_code == 422
    page = pages.read(answer)
    assert pages.has(page, id=f"{field}-err")
    needed = {pages.words(each) for each in pages.find_all(page, "label")}
    assert {"Von wem es ist", "Datei", "Link"} <= needed  # none of them called optional


def test_a_body_of_ten_thousand_parts_is_not_read(client):
    form = f"{ONE}/results/add"
    csrf = token(client, form)
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"1" * 440 + b"\r\n"
    body = BytesIO(part * 10_000 + b"--x--\r\n")
    kind = "multipart/form-data; boundary=x"
    answer = client.post(f"{form}?csrf_token={csrf}", input_stream=body, content_type=kind)
    assert answer.status_code == 413
    assert 4_900_000 < body.getbuffer().nbytes < 5_300_000


def test_an_organiser_publishes_and_everybody_reads(app, client):
    guest = app.test_client()
    assert guest.get("/fachkongress/results").status_code == 200
    assert "/fachkongress/results" not in guest.get("/fachkongress").text
    add = f"{REPORT}/add"
    csrf = {"csrf_token": token(client, add)}
    photo = a_file(a_picture((3000, 2000)))
    assert client.post(add, data=csrf | WORDS | {"file": photo}).status_code == 303
    paper = csrf | WORDS | {"title_de": "Protokoll", "file": a_file(PAPER)}
    assert client.post(add, data=paper).status_code == 303
    page = pages.read(client.get(REPORT))
    ids = sorted({str(e.get("value")) for e in pages.find_all(page, "input", name="material")})
    assert client.get(f"{ONE}/materials/{ids[0]}/file").headers["Cache-Control"] == "no-store"
    act = f"{ONE}/materials"
    foreign = str(app.extensions["foreign"])
    assert post(client, act, REPORT, act="publish", material=foreign) == 404
    assert post(client, act, REPORT, act="nonsense", material=ids[0]) == 400
    assert client.post(act, data=csrf | {"act": "publish", "material": ids}).status_code == 303

    assert "/fachkongress/results" in guest.get("/fachkongress").text
    for public in ("/fachkongress/results", "/fachkongress/programme/own"):
        shown = pages.read(guest.get(public))
        image = pages.get(shown, "img", loading="lazy")
        assert (image.get("alt"), image.get("width"), image.get("height")) == (
            WORDS["title_de"],
            "1600",
            "1067",
        )
        assert "Max <b>" in pages.words(pages.get(shown, "figcaption"))
    [document] = [
        str(each.get("href"))
        for each in pages.find_all(shown, "a")
        if str(each.get("href")).startswith("/material/")
    ]
    answer = guest.get(document)
    assert answer.headers["Content-Disposition"] == "attachment; filename=a.pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert guest.get(str(image.get("src"))).mimetype == "image/jpeg"
    again = guest.get(document, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304

    one = f"{act}/{ids[1]}"
    assert post(client, one, one, title_de="", credit="Max") == 422
    assert post(client, one, one, title_de="Mitschrift", credit="Max") == 303
    assert "Mitschrift" in guest.get("/fachkongress/results").text
    assert post(client, act, REPORT, act="withdraw", material=ids[1]) == 303
    assert guest.get(document).status_code == 404
    assert "Mitschrift" not in guest.get("/fachkongress/results").text
    remove = f"{act}/{ids[0]}/remove"
    assert post(client, remove, remove) == 303
    assert guest.get(str(image.get("src"))).status_code == 404
    assert client.get(f"{ONE}/log").text.count("Dokument") == 6  # each act once, two were added


def test_results_of_the_event_itself(app, client):
    page, edit = f"{ONE}/results", f"{ONE}/results/edit"
    said = {"text_de": "Viel gelernt.", "next_de": "Wir treffen uns im März."}
    old = hidden(client, edit, "seen")
    assert post(client, edit, edit, seen=old, **said, link="x") == 422
    assert post(client, edit, edit, seen=old, **said) == 303
    late = client.post(
        edit, data={"csrf_token": token(client, edit), "seen": old, "text_de": "Anders"}
    )
    assert (late.status_code, "Anders" in late.text, "Viel gelernt." in late.text) == (
        409,
        True,
        True,
    )
    public = app.test_client()
    assert "Viel gelernt" not in public.get("/fachkongress/results").text
    assert post(client, page, page, act="publish", seen=hidden(client, page, "seen")) == 303
    shown = public.get("/fachkongress/results").text
    assert "Viel gelernt." in shown
    assert "Wir treffen uns im März." in shown
    assert post(client, page, page, act="withdraw", seen=hidden(client, page, "seen")) == 303
    assert "Viel gelernt" not in public.get("/fachkongress/results").text
    discard = f"{page}/discard"
    assert post(client, discard, discard, seen=hidden(client, discard, "seen")) == 303
    assert client.get(discard).status_code == 303


def test_the_page_of_what_is_called_off_says_so_and_promises_no_results(app):
    guest, page = app.test_client(), "/fachkongress/results?lang=de"
    with app.app_context():
        builders.a_congress()
    assert "Sie erscheinen unter dieser Adresse" in guest.get(page).text
    with app.app_context():
        db.session.query(Congress).one().state = "cancelled"
        db.session.commit()
    said = pages.words(pages.get(pages.read(guest.get(page)), "main"))
    assert "findet nicht statt" in said
    assert "erscheinen unter dieser Adresse" not in said


def test_the_page_of_results_says_of_which_items_something_waits(app):
    with app.app_context():
        congress = builders.a_congress()
        items = [builders.a_workshop(congress, code=f"ws-{at}", number=at) for at in (1, 2, 3)]
        a_material(congress, item_id=items[0].id)
        here = congress.id
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    client = logged_in(app, "o@example.org")
    edit = f"{ONE}/programme/ws-2/report/edit"
    assert post(client, edit, edit, seen=hidden(client, edit, "seen"), text_de="Gut.") == 303
    listed = pages.get(pages.read(client.get(f"{ONE}/results?lang=de")), id="workshops")
    said = [pages.words(each) for each in pages.find_all(listed, "li")]
    assert [each.endswith("Nicht veröffentlicht") for each in said] == [True, True, False]
    assert [each[0] for each in said] == ["1", "2", "3"]  # as they are numbered elsewhere
