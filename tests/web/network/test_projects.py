"""Projects on pages: the office's list and forms, and what everybody sees."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import NetworkProject, ProjectDocument, ProjectPart
from tests.materials import PAPER
from tests.network import an_organisation
from tests.projects import a_part, a_project, a_project_document
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

LIST = "/organiser/network/projects"
PUBLIC = "/network/projects"
SENT = {"kind": "publication", "title_de": "Handreichung", "starts_on": "1.5.2015"}


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def shown(answer, tag="th"):
    which = {"role": "rowheader"} if tag == "th" else {}
    rows = pages.find_all(pages.read(answer), tag, **which)
    return [pages.words(row) for row in rows]


@pytest.mark.sqlite_only
def test_the_list_follows_its_address(app, office):
    with app.app_context():
        a_project("Alt", kind="publication", starts_on=date(2013, 1, 1), ends_on=date(2013, 9, 1))
        a_project("Neu", state="finished", starts_on=date(2015, 1, 1))
        a_project("Vorschlag", state="proposed", is_published=False)

    assert shown(office.get(LIST)) == ["Alt", "Neu", "Vorschlag"]
    assert shown(office.get(f"{LIST}?q=vor")) == ["Vorschlag"]
    assert shown(office.get(f"{LIST}?kind=publication")) == ["Alt"]
    assert shown(office.get(f"{LIST}?state=finished")) == ["Neu"]
    assert shown(office.get(f"{LIST}?year=2013")) == ["Alt"]
    assert shown(office.get(f"{LIST}?year=2016")) == ["Neu"]
    assert shown(office.get(PUBLIC), "h3") == ["Alt", "Neu"]
    assert shown(office.get(f"{PUBLIC}?kind=publication&q=al"), "h3") == ["Alt"]
    for odd in ("?q=%00%ff", "?kind=x&state=x&year=99999", "?page=99999999999"):
        assert office.get(LIST + odd).status_code == 200
        assert office.get(PUBLIC + odd).status_code == 200


@pytest.mark.sqlite_only
@pytest.mark.parametrize("address", [LIST, PUBLIC])
def test_a_page_of_the_list_takes_as_many_statements_for_3_as_for_60(app, office, address):
    counts = []
    for first, many in ((0, 3), (3, 60)):
        with app.app_context():
            for number in range(first, many):
                a_part(a_project(f"Projekt {number:02}"), an_organisation(), "lead")
        with count_queries() as statements:
            answer = office.get(address)
        counts.append(len(statements))
    assert answer.text.count("Projekt ") >= 50
    assert "Projekt 50" not in answer.text
    assert counts[0] == counts[1]


def test_a_project_is_begun_filled_published_and_seen(app, office):
    assert post(office, f"{LIST}/new", f"{LIST}/new", **SENT) == 303
    with app.app_context():
        an_organisation()
        number = db.session.scalars(select(NetworkProject.id)).one()
    here = f"{LIST}/{number}"
    joined = {"organisation": "Stadt Rheine", "part": "lead", "person": "Anna Albers"}
    joined["email"] = "anna@example.org"
    assert post(office, f"{here}/parts", here, **joined) == 303
    assert office.get(f"{PUBLIC}/handreichung").status_code == 404
    assert post(office, f"{here}/publish", here, act="publish") == 303

    anybody = app.test_client()
    page = anybody.get(f"{PUBLIC}/handreichung")
    assert "Stadt Rheine" in page.text
    assert "Albers" not in page.text
    assert "anna@" not in page.text
    assert "1. Mai 2015" in page.text
    assert "Set-Cookie" not in page.headers
    again = anybody.get(f"{PUBLIC}/handreichung", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    assert "Anna Albers" in office.get(here).text

    sent = SENT | {"version": hidden(office, f"{here}/edit", "version"), "title_de": "Leitfaden"}
    assert post(office, f"{here}/edit", f"{here}/edit", **sent) == 303
    assert "Leitfaden" in anybody.get(f"{PUBLIC}/handreichung").text  # the address stays
    assert post(office, f"{here}/publish", here, act="withdraw") == 303
    assert anybody.get(f"{PUBLIC}/handreichung").status_code == 404


def test_whoever_only_reads_sees_no_persons_and_changes_nothing(app):
    a_network_account(app, "reader@example.org", "reader")
    reader = logged_in(app, "reader@example.org")
    with app.app_context():
        project = a_project()
        a_part(project, an_organisation(), person="Anna Albers", email="anna@example.org")
        here = f"{LIST}/{project.id}"
    page = reader.get(here)
    assert "Stadt Rheine" in page.text
    assert "Albers" not in page.text
    assert "<form" not in page.text.split("<main")[1]
    assert post(reader, f"{here}/publish", LIST, act="withdraw") == 403


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("sent", "entry"),
    [
        ({"title_de": ""}, "title_de"),
        ({"kind": "x"}, "kind"),
        ({"starts_on": "gestern"}, "starts_on"),
        ({"starts_on": "1.1.2016", "ends_on": "1.1.2015"}, "ends_on"),
        ({"contact": "Anna Albers"}, "agreed"),
        ({"results_en": "Printed"}, "results_de"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_entry_and_kept(app, office, sent, entry):
    form = SENT | {"summary_de": "Bleibt stehen"} | sent | {"csrf_token": token(office, LIST)}
    answer = office.post(f"{LIST}/new", data=form)
    assert answer.status_code == 422
    assert f'href="#{entry}"' in answer.text
    assert "Bleibt stehen" in answer.text
    with app.app_context():
        assert db.session.scalars(select(NetworkProject)).all() == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("sent", "entry"),
    [
        ({"organisation": ""}, "organisation"),
        ({"organisation": "Nirgendwo"}, "organisation"),
        ({"part": "x"}, "part"),
        ({"email": "anna"}, "email"),
    ],
)
def test_who_takes_part_is_asked_anew_where_it_cannot_be_used(app, office, sent, entry):
    with app.app_context():
        an_organisation()
        here = f"{LIST}/{a_project().id}"
    form = {"organisation": "Stadt Rheine", "part": "partner", "person": "Anna Albers"} | sent
    answer = office.post(f"{here}/parts", data=form | {"csrf_token": token(office, LIST)})
    assert answer.status_code == 422
    assert f'href="#{entry}"' in answer.text
    assert "Anna Albers" in answer.text
    with app.app_context():
        assert db.session.scalars(select(ProjectPart)).all() == []


def test_a_saved_form_over_what_another_saved_is_refused(app, office):
    with app.app_context():
        here = f"{LIST}/{a_project().id}"
    form = SENT | {"version": "old", "csrf_token": token(office, LIST)}
    answer = office.post(f"{here}/edit", data=form)
    assert answer.status_code == 409
    assert 'value="Handreichung"' in answer.text


def test_a_proposal_is_declined_with_a_reason_and_taken_on_later(app, office):
    with app.app_context():
        project = a_project(state="proposed", is_published=False)
        here = f"{LIST}/{project.id}"
    assert post(office, f"{here}/publish", here, act="publish") == 409
    assert post(office, f"{here}/decline", f"{here}/decline", reason="") == 422
    assert post(office, f"{here}/decline", f"{here}/decline", reason="Gibt es.") == 303
    assert "Gibt es." in office.get(here).text
    assert post(office, f"{here}/decline", here, reason="Gibt es.") == 409
    assert post(office, f"{here}/step", here, step="accept") == 303
    assert post(office, f"{here}/step", here, step="accept") == 409
    assert post(office, f"{here}/step", here, step="x") == 400


def test_a_document_is_added_sent_to_everybody_and_deleted(app, office):
    with app.app_context():
        here = f"{LIST}/{a_project().id}"
    form = {"title_de": "Handreichung", "credit": "Stadt Rheine", "may_publish": "y"}
    form["csrf_token"] = token(office, LIST)
    wrong = office.post(f"{here}/documents", data=form | {"title_de": ""})
    assert wrong.status_code == 422
    sent = form | {"file": (BytesIO(PAPER), "a.pdf")}
    assert office.post(f"{here}/documents", data=sent).status_code == 303

    with app.app_context():
        kept = db.session.scalars(select(ProjectDocument)).one()
        one, digest = f"{here}/documents/{kept.id}", kept.digest
    anybody = app.test_client()
    assert f"/material/{digest}" in anybody.get(f"{PUBLIC}/engagement-in-kreisen").text
    file = anybody.get(f"/material/{digest}")
    assert file.data == PAPER
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert office.get(f"{one}/file").headers["Cache-Control"] == "no-store"

    assert post(office, one, one, title_de="Leitfaden", credit="Stadt Rheine") == 303
    assert "Leitfaden" in office.get(f"{one}/remove").text
    assert post(office, f"{one}/remove", f"{one}/remove") == 303
    assert anybody.get(f"/material/{digest}").status_code == 404


@pytest.mark.sqlite_only
def test_a_document_of_another_project_is_unknown(app, office):
    with app.app_context():
        document = a_project_document(a_project()).id
        other = a_project("Anderes").id
    for address in ("", "/file", "/remove"):
        assert office.get(f"{LIST}/{other}/documents/{document}{address}").status_code == 404
