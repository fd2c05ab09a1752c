"""Applications for a course in the browser: the form, the own pages, the office."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import (
    Congress,
    CourseApplication,
    CourseCall,
    CoursePerson,
    OutboxMessage,
    Registration,
)
from congress.services.courses import letters
from tests.builders import OPEN, a_congress
from tests.courses import CLOSES, DAYS, a_course, a_course_application, calendar_mails
from tests.network import a_contact, a_membership, an_organisation
from tests.web import pages
from tests.web.network.own import entered, own_address
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

FORM, ONE = "/fachkongress/apply", "/organiser/fachkongress"
LIST = f"{ONE}/applications"
PEOPLE = {
    "person1_given_name": "Anna",
    "person1_family_name": "Albers",
    "person1_function": "Amt",
    "person1_email": "anna@werne.example",
    "person2_given_name": "Bert",
    "person2_family_name": "Berg",
    "person2_function": "Amt",
    "person2_email": "bert@werne.example",
}
TYPED = PEOPLE | {
    "organisation": "Stadt Werne",
    "given_name": "Erika",
    "family_name": "Muster",
    "function": "Stabsstelle Ehrenamt",
    "email": "erika@werne.example",
    "motivation": "Wir wollen Engagement fördern.",
    "supported": "y",
    "privacy_notice": "y",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPEN, tick=False) as found:
        yield found


@pytest.fixture
def course(app):
    with app.app_context():
        an_organisation("Stadt Werne")
        number = a_course(rules={"quota": 2}).id
    an_organiser(app, "editor@example.org", {number: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {number: Role.READER})
    an_organiser(app, "programme@example.org", {number: Role.PROGRAMME})
    return number


@pytest.fixture
def office(app, course):
    return logged_in(app, "editor@example.org")


def marks(client, form=FORM):
    return {name: hidden(client, form, name) for name in ("csrf_token", "form_token")}


def send(client, changes=None, form=FORM, mark=None):
    return client.post(
        f"{form}?lang=de", data=TYPED | (mark or marks(client, form)) | (changes or {})
    )


def mails(app):
    with app.app_context():
        found = sa.select(OutboxMessage.kind).order_by(OutboxMessage.id)
        return [kind for kind in db.session.scalars(found) if "calendar" not in kind]


def applications(app, count=1):
    with app.app_context():
        course = db.session.scalars(sa.select(Congress)).one()
        return [a_course_application(course, organisation=f"Stadt {n}").id for n in range(count)]


def states(app):
    with app.app_context():
        found = sa.select(CourseApplication.state).order_by(CourseApplication.id)
        return list(db.session.scalars(found))


def choose(client, numbers, answer, reason=""):
    page = pages.read(client.get(LIST))
    seen = {f"seen-{n}": pages.get(page, name=f"seen-{n}").get("value") for n in numbers}
    data = {
        "application": numbers,
        "answer": answer,
        "reason": reason,
        "csrf_token": hidden(client, LIST, "csrf_token"),
    }
    return client.post(f"{LIST}/choose?lang=de", data=data | seen)


def test_from_the_form_to_the_page_of_ones_own(app, client, course, clock):
    public = pages.words(pages.read(client.get("/fachkongress?lang=de")))
    assert "Plätze beantragen bis 30. September 2015" in public
    own = send(client).location.split("?")[0]
    assert mails(app) == ["course_received", "course_named", "course_named"]
    shown = client.get(f"{own}?lang=de")
    assert shown.headers["Cache-Control"] == "no-store"
    page = pages.read(shown)
    assert pages.get(page, id="application").get("data-state") == "new"
    assert "Anna Albers" in pages.words(page)
    assert mails(app) == ["course_received", "course_named", "course_named"]

    correct = f"{own}/correct"
    assert post(client, correct, correct, **TYPED | {"person2_given_name": ""}) == 303
    assert post(client, correct, correct, **TYPED | {"motivation": ""}) == 422
    mark = marks(client)
    clock.move_to(CLOSES)
    assert client.get(correct).status_code == 303
    assert "bis 30. September" not in pages.words(pages.read(client.get("/fachkongress?lang=de")))
    late = send(client, mark=mark)
    assert late.status_code == 409
    assert "erika@werne.example" in late.text
    assert post(client, f"{own}/withdraw", f"{own}/withdraw") == 303
    assert states(app) == ["withdrawn"]
    assert client.get(f"{own}/withdraw").status_code == 303


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("organisation", "", "Bitte geben Sie den Namen Ihrer Kommune an."),
        ("family_name", "", "Bitte geben Sie den Namen an."),
        ("person2_family_name", "", "Bitte geben Sie den Namen an."),
        ("person1_email", "anna", "Bitte"),
        ("motivation", "", "Bitte schreiben Sie in einigen Sätzen, was Sie vorhaben."),
        ("supported", "", "Bitte bestätigen Sie, dass Ihre Verwaltungsleitung"),
        ("privacy_notice", "", "Bitte"),
        ("motivation", "x" * 3001, "3.000"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(app, client, course, name, value, sentence):
    answer = send(client, {name: value})
    assert answer.status_code == 422
    page = pages.read(answer)
    assert sentence in pages.words(pages.get(page, id="fehlerliste"))
    kept = "family_name" if name != "family_name" else "given_name"
    assert pages.get(page, id=kept).get("value") == TYPED[kept]
    assert (states(app), mails(app)) == ([], [])


def test_the_same_person_twice_is_refused(client, course):
    twice = {name.replace("1", "2"): value for name, value in PEOPLE.items() if "person1" in name}
    answer = send(client, twice)
    assert answer.status_code == 422
    assert "Dieselbe Person ist zweimal benannt." in answer.text


def test_who_is_named_says_no_by_a_press_and_not_by_opening_the_link(app, client, course):
    send(client)
    with app.app_context():
        named = sa.select(OutboxMessage).where(OutboxMessage.kind == "course_named")
        mail = db.session.scalars(named.order_by(OutboxMessage.id)).first()
        assert mail is not None
        page = "/named/" + str(letters.link_for(mail.facts, mail.recipient)).rsplit("/", 1)[1]
    assert "Erika Muster" in pages.words(pages.read(client.get(f"{page}?lang=de")))
    with app.app_context():
        assert not db.session.scalars(sa.select(CoursePerson.objected_at)).first()
    token = hidden(client, page, "csrf_token")
    for _again in range(2):
        assert client.post(page, data={"csrf_token": token}).status_code == 303
    shown = pages.words(pages.read(client.get(f"{page}?lang=de")))
    assert "Sie sind nicht mehr benannt" in shown
    assert "Anna" not in shown
    assert mails(app)[-1] == "course_objected"


def test_the_office_opens_applications_on_a_training_alone(app, office, course):
    call = f"{ONE}/applications/call"
    with app.app_context():
        db.session.execute(sa.delete(CourseCall))
        other = a_congress(slug="kein-lehrgang")
        db.session.commit()
        number = other.id
    typed = {"closes_on": "30.9.2015", "people": "2", "municipalities": "10", "is_open": "y"}
    assert office.get(LIST).status_code == 200
    assert post(office, call, call, **typed | {"closes_on": "bald"}) == 422
    assert post(office, call, call, **typed | {"people": "0"}) == 422
    assert post(office, call, call, **typed | {"opens_on": "1.10.2015"}) == 422
    assert post(office, call, call, **typed) == 303
    stale = {"version": "0" * 16}
    assert post(office, call, call, **typed | stale | {"people": "3"}) == 409
    version, mark = hidden(office, call, "version"), marks(office)
    assert post(office, call, call, **typed | {"version": version, "is_open": ""}) == 303
    assert office.get(FORM).status_code == 200
    assert send(office, mark=mark).status_code == 409
    an_organiser(app, "both@example.org", {course: Role.ORGANISER, number: Role.ORGANISER})
    both = logged_in(app, "both@example.org")
    for path in ("applications", "applications/call", "applications/answer"):
        assert both.get(f"/organiser/kein-lehrgang/{path}").status_code == 404
    assert both.get("/kein-lehrgang/apply").status_code == 404


def test_only_an_editor_sees_and_answers_applications(app, client, course):
    [number] = applications(app)
    reader, programme = (logged_in(app, f"{name}@example.org") for name in ("reader", "programme"))
    for path in (LIST, f"{LIST}/{number}", f"{LIST}/answer"):
        assert reader.get(path).status_code == 403
        assert programme.get(path).status_code == 403
        assert client.get(path).status_code == 303
    assert reader.get(f"{LIST}/call").status_code == 403
    assert programme.get(f"{LIST}/call").status_code == 200


def test_several_are_chosen_looked_at_and_answered_with_the_exact_number_of_mails(app, office):
    numbers = applications(app, 12)
    assert choose(office, [], "accepted").status_code == 422
    assert choose(office, numbers[:1], "").status_code == 422
    assert choose(office, numbers[:10], "accepted").status_code == 303
    assert choose(office, numbers[10:], "reserve", reason="Nächstes Mal.").status_code == 303
    assert (set(states(app)), mails(app)) == ({"new"}, [])
    listed = pages.read(office.get(f"{LIST}?lang=de"))
    assert "12 Anträge, 10 Kommunen gesucht" in pages.words(listed)
    chosen = pages.words(pages.get(listed, id="chosen"))
    assert "Angenommen: Kommunen 10, Personen 20." in chosen
    answer = f"{LIST}/answer"
    asked = pages.read(office.get(f"{answer}?lang=de"))
    said = pages.get(asked, id="mails")
    assert (said.get("data-mails"), said.get("data-calendar-entries")) == ("32", "160")
    assert "32 Mails werden verschickt. Dazu gehen 160 Kalendereinträge" in pages.words(said)
    assert "160 Kalendereinträge" in chosen
    assert (set(states(app)), mails(app)) == ({"new"}, [])
    seen = hidden(office, answer, "seen")
    assert post(office, answer, answer, seen="other") == 409
    assert post(office, answer, answer, seen=seen) == 303
    assert states(app) == ["accepted"] * 10 + ["reserve"] * 2
    assert len(mails(app)) == 32
    with app.app_context():
        assert calendar_mails(db.session) == 160
    assert post(office, answer, answer, seen=seen) == 409
    with app.app_context():
        assert len(db.session.scalars(sa.select(Registration.id)).all()) == 20


def test_what_somebody_else_did_meanwhile_keeps_what_was_typed(app, office):
    first, second = applications(app, 2)
    page = f"{LIST}/{first}"
    seen = hidden(office, page, "seen")
    assert post(office, page, page, seen=seen, answer="declined", reason="Leider.") == 303
    token = hidden(office, page, "csrf_token")
    data = {"csrf_token": token, "seen": seen, "answer": "reserve", "rank": "4", "reason": "Bald."}
    late = office.post(f"{page}?lang=de", data=data)
    assert late.status_code == 409
    assert pages.get(pages.read(late), id="rank").get("value") == "4"
    assert "Bald." in late.text
    assert post(office, page, page, seen=seen, answer="reserve", rank="viele") == 422
    assert office.get(f"{LIST}/{second + 1}").status_code == 404


def test_too_few_places_are_said_before_anything_is_sent(app, office):
    with app.app_context():
        db.session.execute(sa.update(Congress).values(capacity=3))
        db.session.commit()
    choose(office, applications(app, 2), "accepted")
    answer = f"{LIST}/answer"
    data = {name: hidden(office, answer, name) for name in ("csrf_token", "seen")}
    late = office.post(f"{answer}?lang=de", data=data)
    assert late.status_code == 409
    assert "4 Personen würden angemeldet, es sind aber nur 3 Plätze frei." in late.text
    assert (states(app), mails(app)) == (["new", "new"], [])


def test_one_press_accepts_who_is_next_when_a_municipality_withdraws(app, client, office):
    with app.app_context():
        db.session.execute(sa.update(Congress).values(capacity=2))
        db.session.commit()
    own = send(client).location.split("?")[0]
    first = 1
    [second] = applications(app)
    choose(office, [first], "accepted")
    choose(office, [second], "reserve")
    answer = f"{LIST}/answer"
    assert post(office, answer, answer, seen=hidden(office, answer, "seen")) == 303
    assert not pages.has(pages.read(office.get(LIST)), id="next")
    assert post(client, f"{own}/withdraw", f"{own}/withdraw") == 303
    following = pages.get(pages.read(office.get(f"{LIST}?lang=de")), id="next")
    assert following.get("data-next") == str(second)
    assert "Als Nächstes auf der Nachrückliste: Stadt 0." in pages.words(following)
    assert "3 E-Mails" in pages.words(following) or "3 Mails" in pages.words(following)
    accept, seen = f"{LIST}/{second}/accept", pages.get(following, name="seen").get("value")
    before = len(mails(app))
    assert post(office, accept, LIST, seen="other") == 409
    assert post(office, accept, LIST, seen=seen or "") == 303
    assert (states(app), len(mails(app)) - before) == (["withdrawn", "accepted"], 3)


def test_a_course_that_has_begun_keeps_its_places(app, client, office, clock):
    own = send(client).location.split("?")[0]
    choose(office, [1], "accepted")
    answer = f"{LIST}/answer"
    assert post(office, answer, answer, seen=hidden(office, answer, "seen")) == 303
    clock.move_to(DAYS[0][0] + timedelta(hours=1))
    late = client.post(
        f"{own}/withdraw", data={"csrf_token": hidden(client, f"{own}/withdraw", "csrf_token")}
    )
    assert late.status_code == 409
    assert states(app) == ["accepted"]


def test_a_contact_person_applies_with_what_is_known(app, course):
    with app.app_context():
        town = an_organisation("Stadt Werne")
        a_membership(town)
        own = own_address(a_contact(town, function="Stabsstelle"))
    stranger = app.test_client()
    for path in ("courses", "courses/fachkongress"):
        assert stranger.get(f"{own}/{path}").location.endswith("/login")
    client = entered(app, own)
    listed = pages.words(pages.read(client.get(f"{own}/courses?lang=de")))
    assert "30. September 2015" in listed
    span = "8 Module, 21. Oktober 2015 bis 4. Mai 2016"
    assert span in listed
    assert span in pages.words(pages.read(client.get(f"{own}?lang=de")))
    for path in ("", "/fachkongress"):
        assert span in pages.words(pages.read(client.get(f"{own}/registrations{path}?lang=de")))
    form = f"{own}/courses/fachkongress"
    page = pages.read(client.get(form))
    assert pages.get(page, id="given_name").get("value") == "Anna"
    assert pages.get(page, id="function").get("value") == "Stabsstelle"
    assert not pages.has(page, id="organisation")
    assert send(client, {"motivation": ""}, form).status_code == 422
    assert send(client, {"organisation": "Stadt Hamm"}, form).status_code == 303
    with app.app_context():
        [row] = db.session.scalars(sa.select(CourseApplication))
        assert row.organisation == "Stadt Werne"
    assert "Antrag gestellt" in pages.words(pages.read(client.get(f"{own}/courses?lang=de")))
