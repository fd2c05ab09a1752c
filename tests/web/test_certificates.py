"""Certificates of attendance: issued to who was there, taken as PDF, checked by their code."""
# ruff: noqa: ANN401 - fields of forms have many types

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
import time_machine
from PIL import Image

from congress.domain.access import Role
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import (
    Attendance,
    AuditLine,
    Certificate,
    CertificateSignature,
    Congress,
    Mailing,
    Registration,
)
from congress.queries.congresses import find_congress
from congress.services import certifying, tokens
from congress.web.account.login import MOST_FAILURES
from tests import tagged_pdf
from tests.builders import (
    AFTERWARDS,
    ENDS,
    STARTS,
    a_booking,
    a_congress,
    a_registration,
    a_workshop,
    add,
    an_organisation,
)
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
HERE = f"{ONE}/print/certificates"
DAY = STARTS.date()


def came(person, item=None):
    add(Attendance(registration_id=person.id, day=DAY, came_at=STARTS, item_id=item and item.id))


@pytest.fixture
def house(app):
    """Eva was there and in a workshop, Anna was there, Max has a place and was not."""
    with app.app_context():
        congress = a_congress(paper={DAY.isoformat(): "lunch"})
        logo = a_picture().getvalue()
        about: dict[str, Any] = {"logo": logo, "logo_type": "image/png"}
        about["logo_digest"] = sha256(logo).hexdigest()
        an_organisation(congress=congress, logo_alt={"de": "Wappen der Stadt"}, **about)
        workshop, other = a_workshop(congress, number=1), a_workshop(congress, number=2)
        people = {
            name: a_registration(congress, given_name=name, family_name="Öse")
            for name in ("Eva", "Anna", "Max")
        }
        a_booking(people["Anna"], other)
        for name in ("Eva", "Anna"):
            came(people[name])
        came(people["Eva"], workshop)
        for person in people.values():
            tokens.renew(person.id, now=STARTS)
        db.session.commit()
        ids = {name: person.id for name, person in people.items()}
        links = {name: str(tokens.token_for(ids[name], TokenPurpose.MANAGE)) for name in people}
        an_id = congress.id
    an_organiser(app, "organiser@example.org", {an_id: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {an_id: Role.READER})
    with time_machine.travel(ENDS, tick=False):
        yield ids | {f"link of {name}": link for name, link in links.items()}


def papers(app):
    """Return the certificates that say what holds now, by name."""
    with app.app_context():
        congress = find_congress("fachkongress")
        assert congress is not None
        found = certifying.standing(congress)
        return {each.name: each for each in found.papers}


def check(app, code, name):
    """Return what the page answers: yes, no, or nothing."""
    client, address = app.test_client(), f"/fachkongress/certificates/{code}"
    data = {"csrf_token": hidden(client, address, "csrf_token"), "name": name}
    answer = client.post(f"{address}?lang=de", data=data)
    return ("ist echt" in answer.text) - ("gilt nicht für" in answer.text), answer


def test_all_who_were_there_get_one_and_nobody_gets_two(app, house):
    client = logged_in(app, "organiser@example.org")
    assert "2 Personen waren da" in pages.words(pages.read(client.get(f"{HERE}?lang=de")))
    assert post(client, HERE, HERE) == 303
    assert post(client, HERE, HERE) == 303
    found = papers(app)
    assert list(found) == ["Anna Öse", "Eva Öse"]
    assert [len(each.said.workshops) for each in found.values()] == [0, 1]  # booked is not there
    file = client.get(f"{HERE}.pdf")
    told = tagged_pdf.read(file.data)
    assert (told.pages, told.language, told.tags.count("H1")) == (2, "de", 2)
    assert told.alternatives.count("Wappen der Stadt") == 2
    assert file.headers["Cache-Control"] == "no-store"
    with app.app_context():
        assert db.session.query(Certificate).count() == 2
        lines = {line.verb: line.details for line in db.session.query(AuditLine)}
    assert lines["certificates_issued"] == {"count": 2}
    assert lines["certificates_exported"] == {"count": 2}


def test_nobodys_name_is_kept_with_a_certificate(app, house):
    post(logged_in(app, "organiser@example.org"), HERE, HERE)
    code = papers(app)["Eva Öse"].code
    with app.app_context():
        for row in db.session.query(Certificate):
            kept = str({name: value for name, value in vars(row).items() if name[0] != "_"})
            assert "Öse" not in kept
            assert code not in kept


def test_whoever_holds_the_paper_checks_it(app, house):
    post(logged_in(app, "organiser@example.org"), HERE, HERE)
    code = papers(app)["Eva Öse"].code
    page = app.test_client().get(f"/fachkongress/certificates/{code.lower()}?lang=de")
    assert "Workshop" in page.text
    assert "7 Stunden laut Programm" in page.text
    assert "21. Oktober 2015: Mittagessen" in page.text
    assert "Öse" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert check(app, code, "eva ose")[0] == 1
    assert check(app, code, "Anna Öse")[0] == -1
    said, answer = check(app, code, " ")
    assert (said, answer.status_code) == (0, 422)
    for unknown in ("0000-0000-0000-0000", "x", "%2e%2e"):
        assert app.test_client().get(f"/fachkongress/certificates/{unknown}").status_code == 404
    with app.app_context():
        a_congress(slug="anderer")
    assert app.test_client().get(f"/anderer/certificates/{code}").status_code == 404


def test_what_became_of_it_decides_whether_it_stands(app, house):
    client = logged_in(app, "organiser@example.org")
    post(client, HERE, HERE)
    found = papers(app)
    with app.app_context():
        congress = db.session.get_one(Congress, 1)
        congress.title, congress.content_revision = {"de": "Umbenannt"}, 9
        db.session.query(Attendance).filter_by(registration_id=house["Eva"], item_id=1).delete()
        db.session.commit()
    assert check(app, found["Eva Öse"].code, "Eva Öse")[0] == -1  # taken back for the workshop
    said, page = check(app, found["Anna Öse"].code, "Anna Öse")
    assert said == 1
    assert "Engagement vor Ort" in page.text  # as issued
    assert papers(app).keys() == {"Anna Öse"}  # Eva can have one that says what holds
    with app.app_context():
        db.session.get_one(Registration, house["Anna"]).state = "cancelled"
        db.session.commit()
    assert check(app, found["Anna Öse"].code, "Anna Öse")[0] == -1
    with app.app_context():
        db.session.get_one(Registration, house["Anna"]).state = "confirmed"
        row = db.session.query(Certificate).filter_by(registration_id=house["Anna"]).one()
        row.registration_id = None  # as when the registration is kept no longer
        db.session.commit()
    assert check(app, found["Anna Öse"].code, "Anna Öse")[0] == 1


def test_of_two_registrations_that_became_one_the_other_is_asked(app, house):
    post(logged_in(app, "organiser@example.org"), HERE, HERE)
    code = papers(app)["Anna Öse"].code
    with app.app_context():
        anna = db.session.get_one(Registration, house["Anna"])
        anna.state, anna.merged_into_id = "cancelled", house["Eva"]
        db.session.commit()
    assert check(app, code, "Anna Öse")[0] == 1


def test_another_name_needs_another_certificate(app, house):
    client = logged_in(app, "organiser@example.org")
    post(client, HERE, HERE)
    with app.app_context():
        eva = db.session.get_one(Registration, house["Eva"])
        eva.family_name, eva.changed_at = "Groß", ENDS
        db.session.commit()
    assert papers(app).keys() == {"Anna Öse"}
    assert post(client, HERE, HERE) == 303
    assert papers(app).keys() == {"Anna Öse", "Eva Groß"}


def test_names_are_not_found_by_trying(app, house):
    post(logged_in(app, "organiser@example.org"), HERE, HERE)
    code = papers(app)["Eva Öse"].code
    for _ in range(MOST_FAILURES):
        assert check(app, code, "Max Muster")[0] == -1
    assert check(app, code, "Eva Öse")[1].status_code == 429


def test_everybody_takes_their_own_once_it_is_over(app, house):
    client = app.test_client()
    own = f"/registration/{house['link of Eva']}"
    with time_machine.travel(ENDS - timedelta(minutes=1), tick=False):
        assert "/certificate" not in client.get(own).text
        assert post(client, f"{own}/certificate", own) == 422
    assert "/certificate" in client.get(own).text
    assert client.get(f"{own}/certificate.pdf").status_code == 303  # nothing is issued by reading
    with app.app_context():
        assert db.session.query(Certificate).count() == 0
    assert post(client, f"{own}/certificate", own) == 303
    file = client.get(f"{own}/certificate.pdf")
    assert (file.status_code, tagged_pdf.read(file.data).pages) == (200, 1)
    assert file.headers["Cache-Control"] == "no-store"
    away = f"/registration/{house['link of Max']}"
    assert "/certificate" not in client.get(away).text
    assert post(client, f"{away}/certificate", away) == 422


def test_one_of_an_online_event_names_no_place_and_no_meals(app, house):
    with app.app_context():
        db.session.get_one(Congress, 1).rules = {"mode": "online"}
        db.session.commit()
    post(logged_in(app, "organiser@example.org"), HERE, HERE)
    said = papers(app)["Eva Öse"].said
    assert (said.place, said.meals, len(said.workshops)) == ("", {}, 1)


def test_nobody_is_offered_one_of_a_day_the_event_was_moved_away_from(app, house):
    with app.app_context():
        db.session.query(Attendance).update({Attendance.day: DAY - timedelta(days=7)})
        db.session.commit()
    own = f"/registration/{house['link of Eva']}"
    assert "/certificate" not in app.test_client().get(own).text


def test_organisers_take_that_of_one_person(app, house):
    client = logged_in(app, "organiser@example.org")
    for name, then in (("Eva", "/certificate.pdf"), ("Max", "")):
        page = f"{ONE}/attendees/{house[name]}"
        data = {"csrf_token": hidden(client, page, "csrf_token")}
        answer = client.post(f"{page}/certificate", data=data)
        assert answer.headers["Location"] == f"{page}{then}"
    assert client.get(f"{ONE}/attendees/{house['Eva']}/certificate.pdf").status_code == 200
    with app.app_context():
        elsewhere = a_registration(a_congress(slug="anderer")).id
    assert client.get(f"{ONE}/attendees/{elsewhere}/certificate.pdf").status_code == 404
    reader = logged_in(app, "reader@example.org")
    assert reader.get(f"{HERE}.pdf").status_code == 403


def test_an_info_mail_is_drafted_that_leads_everybody_to_theirs(app, house):
    client = logged_in(app, "organiser@example.org")
    assert post(client, f"{HERE}/tell", HERE) == 303
    with app.app_context():
        draft = db.session.query(Mailing).one()
        assert "Teilnahmebescheinigung" in draft.subject["de"]
        assert draft.text["de"].count("{Link}") == 1
        assert draft.text["en"].count("{link}") == 1


def a_picture():
    content = BytesIO()
    Image.new("RGBA", (40, 20), (0, 0, 80, 255)).save(content, "PNG")
    content.seek(0)
    return content


def sign(client, **fields: Any):
    page = f"{ONE}/print/signature"
    data = {name: hidden(client, page, name) for name in ("csrf_token", "version")}
    return client.post(page, data=data | fields)


def test_who_signs_is_printed_with_the_picture_as_it_was_made_small(app, house):
    client = logged_in(app, "organiser@example.org")
    sent = {"signer": "Dr. Ida Amt", "role": "Leitung", "file": (a_picture(), "x.png")}
    assert sign(client, **sent).status_code == 303
    post(client, HERE, HERE)
    assert "Dr. Ida Amt" in tagged_pdf.read(client.get(f"{HERE}.pdf").data).alternatives
    assert sign(client, signer="Dr. Ida Amt", role="Vorstand").status_code == 303
    with app.app_context():
        assert db.session.query(CertificateSignature).one().digest  # the picture stays
    assert sign(client, signer="Otto Ort", without="y").status_code == 303
    with app.app_context():
        row = db.session.query(CertificateSignature).one()
        assert (row.name, row.role, row.digest, row.picture) == ("Otto Ort", "", "", None)


def test_a_picture_alone_signs_as_well(app, house):
    client = logged_in(app, "organiser@example.org")
    assert sign(client, signer="", file=(a_picture(), "x.png")).status_code == 303
    post(client, HERE, HERE)
    told = tagged_pdf.read(client.get(f"{HERE}.pdf").data)
    assert "Unterschrift" in told.alternatives
    assert {each.partition("/certificates/")[1] for each in told.links} == {"/certificates/"}


def test_a_file_that_is_none_is_told_and_what_was_typed_stays(app, house):
    client = logged_in(app, "organiser@example.org")
    answer = sign(client, signer="Dr. Ida Amt", file=(BytesIO(b"%PDF-"), "x.png"))
    assert answer.status_code == 422
    assert "Dr. Ida Amt" in answer.text
    assert "Logo" not in pages.words(pages.get(pages.read(answer), id="fehlerliste"))
    assert sign(client, signer="Ida", version="old").status_code == 409


def test_when_they_go(app, house):
    client = logged_in(app, "organiser@example.org")
    post(client, HERE, HERE)
    sign(client, signer="Dr. Ida Amt")
    with app.app_context():
        assert certifying.forget_signatures(now=AFTERWARDS) == 0
        assert certifying.forget_signatures(now=ENDS + timedelta(days=366)) == 1
        assert certifying.forget_old(now=ENDS + timedelta(days=3652)) == 0
        assert certifying.forget_old(now=ENDS + timedelta(days=3654)) == 2


@pytest.mark.parametrize("people", [1, 60])
def test_the_page_asks_as_little_for_many(app, house, people):
    client = logged_in(app, "organiser@example.org")
    with app.app_context():
        congress = db.session.get_one(Congress, 1)
        for _ in range(people):
            came(a_registration(congress))
    client.get(HERE)
    with count_queries() as statements:
        client.get(HERE)
    assert len(statements) <= 25
