"""Files as answers, on the pages: chosen behind an invitation, replaced, read by organisers."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from congress.domain.access import Role
from congress.domain.own_questions import OwnQuestion, QuestionKind, as_json
from congress.extensions import db
from congress.models import AnswerFile, Registration
from tests import builders
from tests.guests import an_invitation, token_of
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import HOST, PERSON, Visitor

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
PDF = b"%PDF-1.7 me"
CV = OwnQuestion(
    key="cv",
    kind=QuestionKind.FILE,
    label={"de": "Lebenslauf"},
    purpose={"de": "Auswahl"},
    is_required=True,
)


@pytest.fixture
def congress(app) -> int:
    now = datetime.now(UTC)
    day = (now + timedelta(days=30), now + timedelta(days=30, hours=8))
    with app.app_context():
        return builders.a_congress(
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=9),
            days=(day,),
            rules={"access": "invited"},
            questions=as_json([CV]),
        ).id


@pytest.fixture
def form(app, congress) -> str:
    with app.app_context():
        return f"/invited/{token_of(an_invitation(congress))}/register"


def a_picture() -> bytes:
    kept, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Kamera GmbH"
    Image.new("RGB", (400, 300), "red").save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def send(visitor: Visitor, form: str, content: bytes | None, name="cv.pdf", **fields: str):
    typed = visitor.hidden(f"{form}?lang=de") | PERSON | fields
    files = {} if content is None else {"ask-cv": FileStorage(BytesIO(content), name)}
    boundary, body = encode_multipart({**typed, **files})
    return visitor.client.post(
        f"{form}?lang=de",
        base_url=HOST,
        input_stream=BytesIO(body),
        content_type=f"multipart/form-data; boundary={boundary}",
        environ_overrides={"CONTENT_LENGTH": str(len(body))},
    )


def stored(app) -> list[tuple[str, bytes]]:
    with app.app_context():
        return [
            (each.name, each.content) for each in db.session.scalars(db.select(AnswerFile)).all()
        ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "Bitte wählen Sie eine Datei."),
        (b"<script>", "PDF-, JPEG- oder PNG-Datei"),
        (PDF + bytes(6 * 1024 * 1024), "zu groß"),
        (b"\xff\xd8\xff broken", "Foto"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(app, form, content, says):
    answer = send(Visitor(app), form, content)
    assert answer.status_code == 422
    wrong = pages.get(pages.read(answer), id="ask-cv-err")
    assert says in pages.words(wrong)
    assert stored(app) == []


def test_a_file_is_chosen_again_where_another_field_is_wrong(app, form):
    answer = send(Visitor(app), form, PDF, email="nein")
    assert answer.status_code == 422
    assert "noch einmal" in pages.words(pages.get(pages.read(answer), id="ask-cv-err"))


def test_from_the_form_to_the_organiser(app, congress, form):
    visitor = Visitor(app)
    answer = send(visitor, form, a_picture(), "..\\Ich selbst.png")
    assert answer.status_code == 303
    [(name, content)] = stored(app)
    assert name == "Ich selbst.jpg"
    assert Image.open(BytesIO(content)).size == (400, 300)
    assert b"Kamera" not in content

    own = answer.headers["Location"].partition("?")[0]
    details = f"{own}/details?lang=de"
    assert "Gespeichert: Ich selbst.jpg" in pages.words(pages.read(visitor.open(details)))
    sent = visitor.hidden(details) | PERSON
    assert visitor.send(details, **sent).status_code == 303
    assert [name for name, _content in stored(app)] == ["Ich selbst.jpg"]
    sent = visitor.hidden(details) | PERSON
    other = {"ask-cv": (BytesIO(PDF), "cv.pdf")}
    assert visitor.send(details, **sent, **other).status_code == 303
    assert stored(app) == [("cv.pdf", PDF)]

    an_organiser(app, "anna@example.org", {congress: Role.ORGANISER})
    browser = Browser(logged_in(app, "anna@example.org"))
    with app.app_context():
        number = db.session.scalars(db.select(Registration.id)).one()
    page = f"{HERE}/attendees/{number}"
    browser.load(f"{page}/details?lang=de")  # a form without files leaves them alone
    browser.submit("Speichern", given_name="Erna")
    browser.load(f"{page}?lang=de")
    link = next(each for each in pages.find_all(browser.page, "a") if "cv.pdf" in pages.words(each))
    file = browser.client.get(link.get("href"))
    assert (file.status_code, file.data) == (200, PDF)
    assert file.headers["Content-Disposition"] == "attachment; filename=cv.pdf"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in file.headers["Cache-Control"]
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert browser.client.get(f"{page}/answers/other").status_code == 404


def test_a_file_can_only_be_asked_for_by_invitation(app, congress):
    an_organiser(app, "anna@example.org", {congress: Role.ORGANISER})
    browser = Browser(logged_in(app, "anna@example.org"))
    browser.load(f"{HERE}/settings/rules?lang=de")
    browser.submit("Speichern", access="open")
    assert browser.status in {409, 422}
    assert "Fragen nach einer Datei" in pages.words(browser.page)
