"""Signed sheets as evidence: filed by content, opened by one right, kept until a day (SEC-16)."""

from io import BytesIO

import pytest
import time_machine
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from congress.domain.access import Role
from tests.builders import BEGUN, a_congress, a_workshop
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
HERE = f"{ONE}/attendance/evidence"
PDF = b"%PDF-1.7\n%signed\n"


@pytest.fixture
def client(app):
    """An organiser of the whole event, and others."""
    with app.app_context():
        congress = a_congress()
        a_workshop(congress, number=1, code="ws-1")
        number = congress.id
    for role in (Role.ORGANISER, Role.ATTENDEE_LIST, Role.CHECK_IN):
        an_organiser(app, f"{role}@example.org", {number: role})
    with time_machine.travel(BEGUN, tick=False):
        yield logged_in(app, "organiser@example.org")


def send(client, content=PDF, name="../../Liste WS 1.pdf", where="ws-1"):
    file = FileStorage(BytesIO(content), name)
    form = {"csrf_token": token(client, HERE), "where": where, "file": file}
    boundary, body = encode_multipart(form)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(f"{HERE}/file", input_stream=BytesIO(body), content_type=kind)


def a_photo():
    file, image = BytesIO(), Image.new("RGB", (40, 30), "white")
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def links(client):
    found = pages.find_all(pages.read(client.get(HERE)), "a")
    return [each.get("href", "") for each in found if each.get("href", "").startswith(f"{HERE}/")]


def test_a_sheet_is_filed_opened_by_one_right_alone_and_deleted(app, client):
    assert pages.has(pages.read(client.get(f"{ONE}/attendance")), "a", href=HERE)
    assert send(client).location == HERE
    page = pages.read(client.get(HERE))
    assert "Liste WS 1.pdf" in pages.words(page)
    address, remove = links(client)

    answer = client.get(address)
    assert answer.get_data() == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    log = pages.words(pages.read(client.get(f"{ONE}/log")))
    assert "wurde geöffnet (Prüfsumme" in log
    for role in (Role.ATTENDEE_LIST, Role.CHECK_IN):
        other = logged_in(app, f"{role}@example.org")
        assert [other.get(each).status_code for each in (HERE, address, remove)] == [403] * 3
        assert not pages.has(pages.read(other.get(f"{ONE}/attendance")), "a", href=HERE)

    assert "endgültig" in pages.words(pages.read(client.get(remove)))
    assert post(client, remove, remove) == 303
    assert links(client) == []
    assert client.get(address).status_code == 404


def test_from_a_sheet_one_comes_to_where_it_is_filed(client):
    for entry, chosen in (("workshops/ws-1", "ws-1"), ("2015-10-21", "2015-10-21")):
        page = pages.read(client.get(f"{ONE}/attendance/{entry}"))
        [address] = [
            each.get("href", "")
            for each in pages.find_all(page, "a")
            if each.get("href", "").startswith(HERE)
        ]
        where = pages.get(pages.read(client.get(address)), id="where")
        assert pages.get(where, "option", selected="").get("value") == chosen


def test_of_a_photo_only_the_pixels_are_kept(client):
    assert b"CameraMaker" in a_photo()
    assert send(client, a_photo(), "foto.jpg", "2015-10-21").status_code == 303
    address, _remove = links(client)
    content = client.get(address).get_data()
    assert content.startswith(b"\xff\xd8")
    assert b"CameraMaker" not in content


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        (b"", "ws-1", "Bitte wählen Sie eine Datei"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ws-1", "PDF-, JPEG- oder PNG-Datei"),
        (b"<html>%PDF-1.7", "ws-1", "PDF-, JPEG- oder PNG-Datei"),
        (b"\xff\xd8\xff\xe0broken", "ws-1", "nicht lesen"),
        (PDF + b"x" * (5 * 1024 * 1024), "ws-1", "zu groß"),
        (PDF, "ws-9", "wofür unterschrieben wurde"),
        (PDF, "", "wofür unterschrieben wurde"),
    ],
)
def test_what_cannot_be_filed_is_said(client, content, where, said):
    answer = send(client, content, where=where)
    assert answer.status_code == 422
    page = pages.read(answer)
    assert said in pages.words(page)
    assert "bitte wählen Sie die Datei noch einmal aus" in pages.words(page)
    if where == "ws-1":
        chosen = pages.get(pages.get(page, id="where"), "option", selected="")
        assert chosen.get("value") == where
    assert links(client) == []


def test_the_day_until_which_they_stay_is_chosen_and_stands_in_the_privacy_notice(client):
    def noticed():
        page = pages.read(client.get("/fachkongress/privacy"))
        return pages.get(pages.get(page, id="evidence"), "span").get("data-until")

    assert noticed() == "2020-12-31"
    for typed in ("bald", "20.10.2015"):
        answer = client.post(HERE, data={"csrf_token": token(client, HERE), "until": typed})
        assert answer.status_code == 422
        assert pages.get(pages.read(answer), id="until").get("value") == typed
    assert post(client, HERE, HERE, until="30.6.2026") == 303
    assert "30. Juni 2026" in pages.words(pages.read(client.get(HERE)))
    assert noticed() == "2026-06-30"
