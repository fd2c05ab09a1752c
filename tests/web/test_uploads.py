"""A file that is far too large: its page says so, keeps what was typed, and nobody else is read."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from congress.domain.access import Role
from tests import builders
from tests.services.mailing_house import PDF, House
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
# As a browser sends it, which is looked at before the view is (congress.web.account.ended).
BROWSER = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
ENOUGH = 2_000_000  # above the limit of all other forms
FAR_TOO_LARGE = 30_000_000
PHOTO = {"alt_de": "Erika am Pult", "credit": "Foto: Muster", "may_show": "y"}


@pytest.fixture
def place(app):
    with app.app_context():
        house = House()
        number = house.write()
        part = builders.a_contribution(house.workshop)
        found = {
            "attachment": f"{HERE}/mailings/{number}/files",
            "photo": f"{HERE}/people/{part.person.id}/photo",
            "import": f"{HERE}/attendees/import",
            "page": f"{HERE}/mailings/{number}",
        }
        an_organiser(app, "organisation@example.org", {house.id: Role.ORGANISER})
    return found


@pytest.fixture
def client(app, place):
    return logged_in(app, "organisation@example.org")


def sent(client, address, content, typed=None):
    file = FileStorage(BytesIO(content), "Plan.pdf")
    boundary, body = encode_multipart(
        {"csrf_token": token(client, HERE), "file": file, **(typed or {})}
    )
    return client.post(
        f"{address}?lang=de",
        input_stream=BytesIO(body),
        content_type=f"multipart/form-data; boundary={boundary}",
        environ_overrides={"CONTENT_LENGTH": str(len(body))},
        headers=BROWSER,
    )


def test_a_browser_may_send_what_an_attachment_may_have(client, place):
    assert sent(client, place["attachment"], PDF + b"x" * ENOUGH).status_code == 303


@pytest.mark.parametrize(
    ("form", "typed", "sentence"),
    [
        ("attachment", {}, "Ein Anhang darf 5 MB haben"),
        ("photo", PHOTO, "Diese Datei ist größer als 8 MB"),
        ("import", {}, "Diese Datei ist größer als 4 MB"),
    ],
)
def test_what_is_far_too_large_is_said_on_the_page_of_its_form(
    client, place, form, typed, sentence
):
    answer = sent(client, place[form], b"%PDF-" + b"x" * FAR_TOO_LARGE, typed)
    page = pages.read(answer)
    assert answer.status_code == 422
    assert sentence in pages.words(pages.get(page, "main"))
    for name in typed.keys() - {"may_show"}:
        assert pages.get(page, "input", id=name).get("value") == typed[name]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Was Sie getippt haben, steht noch da"), ("en", "what you typed is still there")],
)
def test_what_is_not_even_read_leads_back_to_its_page(client, place, language, sentence):
    answer = client.post(
        f"{place['attachment']}?lang={language}",
        headers=BROWSER,
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": "50000000"},
        input_stream=BytesIO(b"--b"),
    )
    page = pages.get(pages.read(answer), "main")
    assert answer.status_code == 413
    assert sentence in pages.words(page)
    links = [each.get("href", "").partition("?")[0] for each in pages.find_all(page, "a")]
    assert place["page"] in links


def test_from_a_stranger_no_more_is_read_than_a_form_has(app, place):
    for address in (place["attachment"], place["photo"], "/contribution/nothing/photo"):
        answer = app.test_client().post(
            address,
            content_type="multipart/form-data; boundary=b",
            environ_overrides={"CONTENT_LENGTH": str(FAR_TOO_LARGE)},
            input_stream=BytesIO(b"--b"),
        )
        assert answer.status_code == 413
