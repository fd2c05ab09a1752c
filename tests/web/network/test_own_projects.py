"""Projects in the own view: proposed, corrected, joined; what is others' is unknown."""

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import NetworkProject, ProjectPart
from tests.network import a_contact, an_organisation
from tests.projects import a_part, a_project
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.network.own import entered, own_address
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

SENT = {"kind": "publication", "title_de": "Leitfaden für Räte", "starts_on": "1.5.2016"}


@pytest.fixture
def own(app):
    with app.app_context():
        return own_address(a_contact(an_organisation()))


@pytest.fixture
def client(app, own):
    return entered(app, own)


def test_a_proposal_goes_to_the_office_and_its_answer_comes_back(app, own, client):
    here = f"{own}/projects"
    assert post(client, f"{here}/new", f"{here}/new", **SENT) == 303
    with app.app_context():
        number = db.session.scalars(select(NetworkProject.id)).one()
    page = client.get(here)
    assert "Ihr Vorschlag ist bei der Geschäftsstelle." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "Vorgeschlagen" in page.text

    seen = hidden(client, f"{here}/{number}", "version")
    sent = SENT | {"title_de": "Leitfaden für alle", "version": seen}
    assert post(client, f"{here}/{number}", f"{here}/{number}", **sent) == 303
    assert post(client, f"{here}/{number}", f"{here}/{number}", **sent) == 409  # seen no more

    a_network_account(app, "office@example.org", "coordination")
    office = logged_in(app, "office@example.org")
    waiting = pages.read(office.get("/organiser/network"))
    assert pages.has(waiting, "a", href=f"/organiser/network/projects/{number}")
    to_decline = f"/organiser/network/projects/{number}/decline"
    assert post(office, to_decline, to_decline, reason="Gibt es schon.") == 303
    assert "Gibt es schon." in client.get(here).text
    assert client.get(f"{here}/{number}").status_code == 404
    log = office.get("/organiser/network/log").text
    assert "Leitfaden für alle" in log


@pytest.mark.sqlite_only
def test_what_is_missing_is_said_and_the_rest_is_kept(own, client):
    form = SENT | {"title_de": "", "summary_de": "Bleibt stehen"}
    form["csrf_token"] = token(client, f"{own}/projects/new")
    answer = client.post(f"{own}/projects/new", data=form)
    assert answer.status_code == 422
    assert 'href="#title_de"' in answer.text
    assert "Bleibt stehen" in answer.text


def test_an_organisation_joins_and_leaves_a_running_project(app, own, client):
    here = f"{own}/projects"
    with app.app_context():
        project = a_project().id
        leading = a_project("Geführt")
        a_part(leading, an_organisation(), "lead")
        ended, led = a_project("Beendet", state="finished").id, leading.id
    assert post(client, f"{here}/{project}/join", here) == 303
    assert f"{here}/{project}/leave" in client.get(here).text
    assert post(client, f"{here}/{project}/leave", here) == 303
    assert post(client, f"{here}/{led}/leave", here) == 409
    assert post(client, f"{here}/{ended}/join", here) == 409
    assert post(client, f"{here}/99/join", here) == 404


def test_another_organisations_proposal_is_unknown(app, own, client):
    with app.app_context():
        theirs = a_project("Fremd", state="proposed", is_published=False)
        a_part(theirs, an_organisation("Stadt Essen"), "lead")
        number = theirs.id
    assert client.get(f"{own}/projects/{number}").status_code == 404
    assert "Fremd" not in client.get(f"{own}/projects").text


def test_without_a_code_nothing_is_shown_and_nothing_done(app, own):
    with app.app_context():
        number = a_project().id
    stranger = app.test_client()
    for address in ("", "/new", f"/{number}"):
        answer = stranger.get(f"{own}/projects{address}")
        assert answer.status_code == 303
        assert answer.location.endswith("/login")
    assert post(stranger, f"{own}/projects/{number}/join", f"{own}/login") == 303
    with app.app_context():
        assert db.session.scalars(select(ProjectPart.id)).all() == []


@pytest.mark.sqlite_only
def test_the_page_takes_as_many_statements_for_many_as_for_few(app, own, client):
    counts = []
    for first, many in ((0, 2), (2, 40)):
        with app.app_context():
            for number in range(first, many):
                a_part(a_project(f"Projekt {number:02}"), an_organisation())
        with count_queries() as statements:
            client.get(f"{own}/projects")
        counts.append(len(statements))
    assert counts[0] == counts[1]
