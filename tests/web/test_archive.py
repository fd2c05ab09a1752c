"""The archive and the library of practice examples, as everybody reads them."""

import pytest
import time_machine
from sqlalchemy import delete

from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import Congress, CongressDay, Material, Recommendation
from congress.services.planning import collecting
from tests import builders
from tests.builders import AFTERWARDS, OPEN
from tests.materials import a_material
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
REPORT = f"{ONE}/programme/own/report"


@pytest.fixture
def here(app):
    with app.app_context():
        congress = builders.a_congress(title={"de": "Netze"}, town="Lünen")
        item = builders.a_workshop(congress, code="own", title="Müll und Jugend")
        a_material(congress, item_id=item.id, title={"de": "Geheim"})
        return congress.id


def codes(answer):
    main = pages.get(pages.read(answer), "main")
    found = [str(each.get("href")) for each in pages.find_all(main, "a")]
    return [each for each in found if each.startswith("/fachkongress")]


def test_what_was_published_is_found_once_it_is_over(app, here):
    public = app.test_client()
    with time_machine.travel(OPEN, tick=False):
        assert codes(public.get("/archive")) == []
    with time_machine.travel(AFTERWARDS, tick=False):
        assert "/archive" in public.get("/").text
        assert codes(public.get("/archive")) == ["/fachkongress"]
        assert codes(public.get("/archive?q=muell+luenen"))[-1] == "/fachkongress/programme/own"
        for nothing in ("Geheim", "%25", "x%00x", "x" * 200, "Dortmund"):
            answer = public.get(f"/archive?q={nothing}")
            assert (answer.status_code, codes(answer)) == (200, []), nothing
        with app.app_context():
            [found] = db.session.execute(db.select(Material.id)).scalars()
            collecting.show(here, [found], actor=COMMAND, now=OPEN)
        assert "/fachkongress/results" in codes(public.get("/archive?q=geheim"))


def test_what_was_called_off_is_not_found(app, here):
    with app.app_context():
        congress = db.session.get_one(Congress, here)
        builders.a_workshop(congress, code="off", title="Ausgefallener Wald", cancelled=True)
    with time_machine.travel(AFTERWARDS, tick=False):
        assert codes(app.test_client().get("/archive?q=wald")) == []


@time_machine.travel(AFTERWARDS, tick=False)
def test_of_what_is_not_public_nothing_is_found(app, here):
    public = app.test_client()
    with app.app_context():
        congress = db.session.get_one(Congress, here)
        builders.a_workshop(congress, code="new", title="Wald", is_released=False)
        builders.a_congress(slug="entwurf", title={"de": "Wald"}, state="draft")
        said = {"text": {"de": "Wald"}, "addressee": {"de": "Land"}, "answer": {}}
        advice = Recommendation(congress_id=here, state="open", is_published=False, **said)
        builders.add(advice)
        assert codes(public.get("/archive?q=wald")) == []
        advice.is_published = True
        congress.content_revision += 1
        db.session.commit()
    assert codes(public.get("/archive?q=wald")) == ["/fachkongress", "/fachkongress/results"]


@time_machine.travel(AFTERWARDS, tick=False)
def test_a_congress_with_the_number_of_one_that_was_deleted_is_found_by_its_own_words(app):
    public = app.test_client()
    for title, made in (("Wald", OPEN), ("Feld", AFTERWARDS)):
        with app.app_context():
            db.session.execute(delete(CongressDay))
            db.session.execute(delete(Congress))
            builders.a_congress(title={"de": title}, created_at=made)
        found = {each: codes(public.get(f"/archive?q={each}")) for each in ("wald", "feld")}
        assert [each for each, where in found.items() if where] == [title.lower()]


def test_a_practice_example_stands_in_the_library(app, here):
    an_organiser(app, "o@example.org", {here: Role.PROGRAMME})
    client, public, edit = logged_in(app, "o@example.org"), app.test_client(), f"{REPORT}/edit"
    seen = hidden(client, edit, "seen")
    said = {"seen": seen, "text_de": "So geht es.", "topic": "Abfall"}
    assert post(client, edit, edit, **said) == 422
    assert post(client, edit, edit, **said, municipality="Stadt Lünen") == 303
    address = "/archive?examples=y&topic=Abfall&place=Stadt+L%C3%BCnen"
    with time_machine.travel(AFTERWARDS, tick=False):
        assert not pages.has(pages.read(public.get(address)), "select", id="topic")
    assert post(client, REPORT, REPORT, act="publish", seen=hidden(client, REPORT, "seen")) == 303
    with time_machine.travel(AFTERWARDS, tick=False):
        assert "/fachkongress/programme/own" in codes(public.get(address))
        assert codes(public.get("/archive?examples=y&q=dortmund")) == []
    shown = public.get("/fachkongress/results?lang=de").text
    assert "Praxisbeispiel: Stadt Lünen, Abfall" in shown


@time_machine.travel(AFTERWARDS, tick=False)
def test_the_archive_asks_the_same_for_one_and_for_many(app, here):
    public, counts = app.test_client(), []
    for more in (0, 5):
        with app.app_context():
            for number in range(more):
                builders.a_workshop(builders.a_congress(slug=f"another-{number}"))
            db.session.get_one(Congress, here).content_revision += 1
            db.session.commit()
        with count_queries() as asked:
            assert public.get("/archive?q=a").status_code == 200
        with count_queries() as again:
            public.get("/archive?q=b")
        counts.append((len(asked), len(again)))
    assert counts[0] == counts[1]
    assert counts[0][1] == 1
