"""Recommendations and the info mail about results, in a browser."""

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, Mailing
from tests import builders
from tests.materials import a_material
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
NEW = f"{ONE}/recommendations/new"
SAID = {"text_de": "Mehr <b>Zeit</b>.", "addressee_de": "Land", "state": "open", "item": "own"}


@pytest.fixture
def client(app):
    with app.app_context():
        congress = builders.a_congress()
        workshop = builders.a_workshop(congress, code="own", title="Netze {neu}")
        a_material(congress, item_id=workshop.id, is_published=True)
        here = congress.id
        builders.a_congress(slug="other")
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    an_organiser(app, "p@example.org", {here: Role.PROGRAMME})
    return logged_in(app, "o@example.org")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text_de": " "}, "text_de"),
        ({"addressee_de": ""}, "addressee_de"),
        ({"state": "nonsense"}, "state"),
        ({"item": "none"}, "item"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, sent, field):
    answer = client.post(NEW, data={"csrf_token": hidden(client, NEW, "csrf_token")} | SAID | sent)
    assert answer.status_code == 422
    assert pages.has(pages.read(answer), id=f"{field}-err")


def test_the_dossier_is_made_once_for_each_state(app, client):
    public, address = app.test_client(), "/fachkongress/results.pdf"
    first = public.get(address)
    assert (first.mimetype, first.data[:5]) == ("application/pdf", b"%PDF-")
    german = public.get(f"{address}?lang=de").headers["Content-Disposition"]
    assert german == "inline; filename=fachkongress-ergebnisse.pdf"
    assert address in public.get("/fachkongress/results").text
    known = {"If-None-Match": first.headers["ETag"]}
    assert public.get(address, headers=known).status_code == 304
    assert post(client, NEW, NEW, version="0", is_published="y", **SAID) == 303
    assert public.get(address, headers=known).status_code == 200
    assert public.get("/other/results.pdf").status_code == 404


def test_a_recommendation_is_public_once_it_is_said_so(app, client):
    public = app.test_client()
    assert post(client, NEW, NEW, version="0", **SAID) == 303
    assert not pages.has(pages.read(public.get("/fachkongress/results")), id="recommendations")
    [one] = [
        str(each.get("href"))
        for each in pages.find_all(pages.read(client.get(f"{ONE}/results")), "a")
        if "/recommendations/" in str(each.get("href"))
        and str(each.get("href")).rpartition("/")[2].isdigit()
    ]
    old = hidden(client, one, "version")
    taken = SAID | {"state": "taken_up", "answer_de": "Ab 2027.", "is_published": "y"}
    assert post(client, one, one, version=old, **taken) == 303
    late = client.post(
        one, data={"csrf_token": hidden(client, one, "csrf_token"), "version": old} | SAID
    )
    assert (late.status_code, "Ab 2027." in late.text) == (409, True)
    shown = pages.words(
        pages.get(pages.read(public.get("/fachkongress/results?lang=de")), id="recommendations")
    )
    for words in ("Mehr <b>Zeit</b>.", "Land", "aufgegriffen", "Ab 2027.", "Netze"):
        assert words in shown
    assert post(client, f"{one}/remove", f"{one}/remove") == 303
    assert client.get(one).status_code == 404


@pytest.mark.parametrize(
    ("page", "ending"), [("/programme/own/report", "/results#own"), ("/results", "/results")]
)
def test_those_who_were_there_are_told_by_a_draft(app, client, page, ending):
    if page == "/results":
        with app.app_context():
            congress = db.session.get_one(Congress, 1)
            a_material(congress, is_published=True)
    told = f"{ONE}{page}/tell"
    assert pages.has(pages.read(client.get(f"{ONE}{page}")), "form", action=told)
    programme = logged_in(app, "p@example.org")
    assert not pages.has(pages.read(programme.get(f"{ONE}{page}")), "form", action=told)
    for _ in range(2):  # pressed twice
        answer = client.post(
            told, data={"csrf_token": hidden(client, f"{ONE}{page}", "csrf_token")}
        )
        assert answer.location.startswith(f"{ONE}/mailings/")
    assert client.get(answer.location).status_code == 200
    with app.app_context():
        [mail] = db.session.scalars(select(Mailing)).all()
        assert mail.state == "draft"
        whom = "has_come" if page == "/results" else "was_in_id"
        assert set(mail.audience) - {"to", "only_new"} == {whom}
        assert f"/fachkongress{ending}\n" in mail.text["de"]
        assert "{" not in mail.subject["de"] + mail.text["en"]
