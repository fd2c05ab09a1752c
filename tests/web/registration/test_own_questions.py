"""What a congress asks on its own, as somebody without JavaScript answers and changes it."""

import pytest

from congress.domain.own_questions import AskedIf, Option, OwnQuestion, QuestionKind, as_json
from congress.extensions import db
from congress.models import Congress
from congress.queries import own_answers
from tests.web import pages
from tests.web.forms import Browser
from tests.web.registration.visitors import Statements

pytestmark = pytest.mark.sqlite_only

FORM = "/fachkongress/register"
VEGGIE, MEAT = Option("veggie", {"de": "Vegetarisch"}, most=1), Option("meat", {"de": "Fleisch"})

RULES = {
    "late": True,
    "offer_hours": 24,
    "offers_end_hours": 48,
    "quota": 2,
    "group_most": 9,
    "priority": "Mitglieder\nÜbrige",
    "held_for_guests": 1,
    "held_for_press": 1,
}


def question(key: str, kind: QuestionKind, **values: object) -> OwnQuestion:
    label = {"de": f"Frage {key}", "en": f"Question {key}"}
    return OwnQuestion(key=key, kind=kind, label=label, **values)  # type: ignore[arg-type]


QUESTIONS = [
    question("lunch", QuestionKind.ONE, options=(VEGGIE, MEAT), is_required=True),
    question("why", QuestionKind.TEXT, is_required=True, asked_if=AskedIf("lunch", "veggie")),
    question("days", QuestionKind.SEVERAL, options=(Option("mon", {"de": "Montag"}), MEAT)),
    question("seats", QuestionKind.NUMBER, purpose={"de": "Busse bestellen"}),
    question("born", QuestionKind.DATE),
    question("guest", QuestionKind.YES_NO),
]


@pytest.fixture
def asking(app, congress):
    with app.app_context():
        db.session.get_one(Congress, congress).questions = as_json(QUESTIONS)
        db.session.commit()
    return congress


def answers(app) -> list[dict[str, tuple[str, ...]]]:
    with app.app_context():
        return list(own_answers.of_people([1, 2, 3]).values())


def test_answers_are_checked_kept_shown_and_changed(app, visitor, asking):
    page = visitor.open(f"{FORM}?lang=de").text
    assert "Nur wenn Sie „Frage lunch“ mit „Vegetarisch“ beantworten." in page
    assert "Wofür: Busse bestellen. Wird spätestens am 21. Januar 2016 gelöscht." in page

    answer = visitor.register(**{"ask-lunch": "veggie", "ask-seats": "viele", "ask-born": "x"})
    assert answer.status_code == 422
    assert 'href="#ask-why"' in answer.text  # required of them
    assert 'href="#ask-seats"' in answer.text
    assert 'value="viele"' in answer.text
    assert 'value="veggie" aria-describedby="ask-lunch--veggie-left" checked' in answer.text
    assert visitor.register().status_code == 422  # lunch has to be chosen

    said = {"ask-lunch": "meat", "ask-why": "hidden", "ask-days--mon": "y", "ask-seats": "2,5"}
    own = visitor.own_page(**said, **{"ask-born": "1.2.2000", "ask-guest": "no"})
    assert answers(app) == [
        {
            "lunch": ("meat",),
            "days": ("mon",),
            "seats": ("2.5",),
            "born": ("2000-02-01",),
            "guest": ("no",),
        }
    ]
    browser = Browser(visitor.client)
    browser.load(own)
    words = pages.words(browser.page)
    assert "Frage lunchFleischFrage daysMontagFrage seats2,5Frage born01.02.2000" in words

    browser.load(own.split("?")[0] + "/details")
    browser.submit("Speichern", **{"ask-lunch": "veggie", "ask-why": "Darum"})
    assert answers(app)[0]["why"] == ("Darum",)
    assert "Frage whyDarum" in pages.words(browser.page)


def test_what_is_used_up_cannot_be_chosen_and_nothing_typed_is_lost(app, visitor, asking):
    late = visitor.fill_in(**{"ask-lunch": "veggie", "ask-why": "Mein Grund"})
    visitor.own_page(**{"ask-lunch": "veggie", "ask-why": "Darum"})
    answer = visitor.send(FORM, **late | {"email": "other@example.org"})
    assert answer.status_code == 422
    assert "Vegetarisch“ ist vergriffen („Frage lunch“)" in answer.text
    assert "Mein Grund" in answer.text
    used_up = answer.text.split('id="ask-lunch--veggie"')[1].split(">")[0]
    assert used_up.endswith(" disabled")
    assert len(answers(app)) == 1


def test_a_congress_that_is_public_no_longer_gives_back_what_was_answered(app, visitor, asking):
    sent = visitor.fill_in(**{"ask-lunch": "meat", "ask-days--mon": "y"})
    with app.app_context():
        db.session.get_one(Congress, asking).state = "draft"
        db.session.commit()
    page = visitor.send(FORM, **sent)
    assert page.status_code == 422
    for name, value in (("ask-lunch", "meat"), ("ask-days--mon", "y"), ("asked", "y")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page.text


def test_the_privacy_notice_says_what_is_asked_and_until_when_it_is_kept(visitor, asking):
    words = visitor.open("/fachkongress/privacy?lang=de").text
    assert "<b>Frage lunch</b> (Pflichtfeld): für die Veranstaltung" in " ".join(words.split())
    assert "<b>Frage seats</b> (freiwillig): Busse bestellen" in " ".join(words.split())


def test_all_that_is_counted_for_a_registration_is_read_at_once(app, visitor, asking):
    """Issue text: at most 20 statements for one registration with every rule switched on.

    With a queue too, and an organisation that nobody has named before.
    """
    with app.app_context():
        row = db.session.get_one(Congress, asking)
        row.fields = {**row.fields, "organisation": "required"}
        row.rules = RULES
        row.rules = {**row.rules, "group_most": 2}
        db.session.commit()
    said = {"ask-lunch": "meat", "slot_1": "workshop-1"}
    assert visitor.register(**said, given_name="Max", organisation="Stadt Hamm").status_code == 303
    statements = Statements(app)

    form = visitor.fill_in(**said | {"ask-lunch": "veggie", "ask-why": "x"}, organisation="Kreis Y")
    answer = visitor.send(FORM, **form)
    visitor.open(answer.headers["Location"])
    assert len(statements.seen) <= 20

    assert answers(app)[1]["lunch"] == ("veggie",)
