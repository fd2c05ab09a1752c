"""Answers to a congress's own questions in an imported table: checked, shown, stored, read back."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.own_questions import AskedIf, Option, OwnQuestion, QuestionKind, as_json
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, Registration
from congress.queries import own_answers
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, token
from tests.web.test_attendee_import import AGAIN, APPLY, IMPORT, SHOW, counts

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
OPENS = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)
VEGGIE, MEAT = (
    Option("veggie", {"de": "Vegetarisch", "en": "Vegetarian"}, most=1),
    Option("meat", {"de": "Fleisch, Fisch", "en": "Meat, fish"}),
)


def question(key: str, kind: QuestionKind, **values: object) -> OwnQuestion:
    label = {"de": f"Frage {key}", "en": f"Question {key}"}
    return OwnQuestion(key=key, kind=kind, label=label, **values)  # type: ignore[arg-type]


QUESTIONS = [
    question("lunch", QuestionKind.ONE, options=(VEGGIE, MEAT), is_required=True),
    question("why", QuestionKind.TEXT, asked_if=AskedIf("lunch", "meat")),
    question("days", QuestionKind.SEVERAL, options=(Option("mon", {"de": "Montag"}), MEAT)),
    question("seats", QuestionKind.NUMBER),
    question("born", QuestionKind.DATE),
    question("guest", QuestionKind.YES_NO),
    question("car", QuestionKind.LINE),
]
ALL = {
    "lunch": ("meat",),
    "why": ("=Weil\nes schmeckt",),
    "days": ("mon", "meat"),
    "seats": ("-2.5",),
    "born": ("2000-02-01",),
    "guest": ("no",),
    "car": ("UN-A 1",),
}


@pytest.fixture
def anna(app):
    """Somebody who answered everything, in a congress that asks."""
    with app.app_context():
        congress = builders.a_congress(
            questions=as_json(QUESTIONS),
            opens_at=OPENS,
            closes_at=OPENS + timedelta(days=60),
            days=((OPENS + timedelta(days=90), OPENS + timedelta(days=90, hours=8)),),
        )
        person = builders.a_registration(
            congress, given_name="Anna", family_name="Auer", email="anna@example.org"
        )
        number, ids = person.id, {congress.id: Role.ORGANISER}
        db.session.commit()
        answer(congress.id, number, ALL)
    an_organiser(app, "organiser@example.org", ids)
    return number


def answer(congress_id, person, given):
    chosen = {each.key for each in QUESTIONS if each.choices}
    rows = [
        {
            "congress_id": congress_id,
            "registration_id": person,
            "question": key,
            "choice": value if key in chosen else "",
            "text": "" if key in chosen else value,
        }
        for key, values in given.items()
        for value in values
    ]
    db.session.execute(own_answers.ANSWERS.insert(), rows)
    db.session.commit()


@pytest.fixture
def client(app, anna):
    return logged_in(app, "organiser@example.org")


@pytest.fixture
def browser(client):
    found = Browser(client)
    found.load(IMPORT)
    return found


def stored(app):
    with app.app_context():
        people = db.session.execute(select(Registration.family_name, Registration.id)).all()
        answers = own_answers.of_people([number for _name, number in people])
        return {name: answers.get(number, {}) for name, number in people}


HEADING = (
    "Vorname;Nachname;E-Mail;Frage lunch;Question why;days;Frage seats;Frage born;Frage guest\n"
)


def test_answers_are_checked_shown_limited_and_stored(app, browser, anna):
    rows = HEADING + (
        "Anna;Auer;anna@example.org;Vegetarisch;;;3;;\n"  # and gives up why
        "N;Neu;neu@example.org;meat;Darum;Montag, Fleisch, Fisch;1,5;2000-02-01;ja\n"
        "N;Zwei;zwei@example.org;Vegetarisch;Nie;;;;\n"  # new people come first
        "N;Drei;drei@example.org;Pizza;;Montag;viele;gestern;vielleicht\n"
        "N;Vier;vier@example.org;Vegetarisch, Fleisch, Fisch;;;;;\n"
    )
    browser.submit(SHOW, rows=rows)

    assert counts(browser.page) == {
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "open": 3,
        "missing": 0,
    }, pages.words(browser.page)
    text = pages.words(browser.page)
    for said in (
        "„Vegetarisch“ ist vergriffen („Frage lunch“)",
        "Frage lunch: Es gibt keine Antwort „Pizza“. Mögliche Antworten: Vegetarisch; Fleisch, F",
        "Frage seats: Bitte geben Sie eine Zahl in Ziffern ein",
        "Frage born: Bitte geben Sie einen Tag ein",
        "statt „vielleicht“",
        "nur eine Antwort",
        "Frage lunch: Fleisch, Fisch; Frage why: Darum; Frage days: Montag, Fleisch, Fisch",
        "Frage born: 01.02.2000",
        "N Zwei: Frage why",  # not asked of whoever eats no meat
    ):
        assert said in text, said
    assert stored(app) == {"Auer": ALL}

    browser.submit(AGAIN, rows=rows.replace("Vegetarisch;Nie", ";"))
    assert counts(browser.page)["changed"] == 1
    assert "Frage lunch: Fleisch, Fisch → Vegetarisch" in pages.words(browser.page)
    assert "es schmeckt → leer" in pages.words(browser.page)
    browser.submit(APPLY, is_told="y")

    kept = {key: ALL[key] for key in ("days", "born", "guest", "car")}
    assert stored(app) == {
        "Auer": {"lunch": ("veggie",), "seats": ("3",), **kept},
        "Neu": {
            "lunch": ("meat",),
            "why": ("Darum",),
            "days": ("mon", "meat"),
            "seats": ("1.5",),
            "born": ("2000-02-01",),
            "guest": ("yes",),
        },
        "Zwei": {},
    }
    with app.app_context():
        [line] = db.session.scalars(select(AuditLine).where(AuditLine.verb == "corrected"))
        assert line.fields == ["answers"]
        assert "Vegetarisch" not in repr(line.personal)
        mail = select(OutboxMessage.facts).where(OutboxMessage.kind == "corrected")
        assert "Vegetarisch" in repr(db.session.scalars(mail).one())


def test_a_new_address_brings_its_answers_along(app, browser, anna):
    browser.submit(SHOW, rows="Vorname;Nachname;E-Mail;Frage car\nAnna;Auer;a@example.org;HAM 7\n")
    browser.submit(AGAIN, **{"row-2": str(anna)})
    assert "Frage car: UN-A 1 → HAM 7" in pages.words(browser.page)
    browser.submit(APPLY)

    assert stored(app)["Auer"] == ALL | {"car": ("HAM 7",)}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["attendees.csv", "attendees.xlsx"])
def test_our_own_file_with_answers_changes_nothing_and_registers_the_same(
    app, client, anna, language, name
):
    with client.get(f"{HERE}/{name}?lang={language}") as exported:
        content = exported.data
    sent = {"csrf_token": token(client, IMPORT), "form_key": "a" * 32}
    page = client.post(IMPORT, data=sent | {"file": (io.BytesIO(content), name)})
    nobody = dict.fromkeys(("added", "changed", "open", "missing"), 0)
    assert counts(pages.read(page)) == nobody | {"unchanged": 1}

    with app.app_context():  # as into another congress that asks the same
        db.session.delete(db.session.get_one(Registration, anna))
        db.session.commit()
    browser = Browser(client)
    browser.address, browser.page = (
        IMPORT,
        pages.read(client.post(IMPORT, data=sent | {"file": (io.BytesIO(content), name)})),
    )
    browser.submit(APPLY)
    lines = " " if name.endswith("xlsx") else "\n"  # a workbook knows no lines in a cell
    assert stored(app)["Auer"] == ALL | {"why": (f"=Weil{lines}es schmeckt",)}


def test_the_statements_do_not_grow_with_the_rows(client):
    def statements(number):
        rows = HEADING + "".join(
            f"N;N{each};n{each}@example.org;Fleisch, Fisch;Darum;;{each};;ja\n"
            for each in range(number)
        )
        sent = {"csrf_token": token(client, IMPORT), "rows": rows}
        with count_queries() as found:
            answer = client.post(IMPORT, data=sent)
        assert counts(pages.read(answer))["added"] == number
        return len(found)

    statements(1)
    assert statements(2) == statements(25)
