"""What is said when one cannot register (any more), and that nothing typed is lost by it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import ProgrammeItem, Registration
from congress.web.registration import form_tokens
from tests.builders import CLOSES, LATE, OPEN, STARTS, a_congress, add
from tests.web import pages
from tests.web.registration.visitors import change, stored

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

FORM = "/fachkongress/register"
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("period", "moment", "status"),
    [
        ({"opens_at": OPEN}, OPEN - SECOND, 422),
        ({"opens_at": OPEN}, OPEN, 303),
        ({"closes_at": CLOSES}, CLOSES - SECOND, 303),
        ({"closes_at": CLOSES}, CLOSES, 422),
    ],
)
def test_the_period_counts_to_the_second_also_for_a_form_opened_earlier(
    visitor, app, congress, on_a_day, period, moment, status
):
    """REL-30, REL-31: 7 October counts to its end in Berlin, 22:00:00Z."""
    on_a_day.move_to(moment - timedelta(hours=1))
    form = visitor.fill_in()
    change(app, congress, **period)
    on_a_day.move_to(moment)

    answer = visitor.send(FORM, **form)

    assert answer.status_code == status
    assert stored(app, Registration) == (1 if status == 303 else 0)


@pytest.mark.parametrize(
    ("moment", "values", "door", "fact"),
    [
        (
            None,
            {"opens_at": OPEN + timedelta(days=1)},
            "NOT_YET",
            "ab Donnerstag, 1. Oktober 2015, 12.00 Uhr",
        ),
        (
            LATE,
            {},
            "CLOSED",
            "bis einschließlich 7. Oktober 2015, 24.00 Uhr (MESZ)",
        ),
        (None, {"state": "cancelled"}, "CANCELLED", "abgesagt"),
        (None, {"state": "finished"}, "OVER", "21. Oktober 2015"),
        (None, {"capacity": 0, "waiting_list": False}, "FULL", "Warteliste"),
    ],
    ids=["not yet", "closed", "called off", "over", "full"],
)
def test_a_page_without_form_says_why_and_what_one_can_do(
    visitor, app, congress, on_a_day, moment, values, door, fact
):
    change(app, congress, **values)
    if moment:
        on_a_day.move_to(moment)

    answer = visitor.open(FORM)

    page = pages.read(answer)
    assert answer.status_code == 200
    assert fact in pages.words(pages.get(page, "main"))
    advice = pages.section(page, "rat")
    assert advice.get("data-door") == door
    assert pages.find_all(advice, "li")
    assert not pages.has(page, name="given_name")


@pytest.mark.parametrize(
    ("moment", "values", "heading", "may_send_again"),
    [
        (
            None,
            {"opens_at": OPEN + timedelta(days=1)},
            "Die Anmeldung ist noch nicht geöffnet",
            True,
        ),
        (LATE, {}, "Die Anmeldung ist geschlossen", False),
        (None, {"state": "cancelled"}, "Die Veranstaltung findet nicht statt", False),
        (None, {"state": "finished"}, "Die Veranstaltung ist vorbei", False),
        (None, {"capacity": 0, "waiting_list": False}, "Die Veranstaltung ist ausgebucht", True),
    ],
    ids=["not yet", "deadline", "called off", "over", "full"],
)
def test_nothing_typed_is_lost_when_the_door_shuts_while_somebody_fills_in(
    visitor, app, congress, on_a_day, moment, values, heading, may_send_again
):
    """The form comes back with everything typed, the reason, and the way on."""
    typed = {"slot-1": "workshop-1", "question-1": "Wie fängt man an?", "photos": "y"}
    form = visitor.fill_in() | typed
    change(app, congress, contact_email="orga@example.org", **values)
    if moment:
        on_a_day.move_to(moment)

    answer = visitor.send(FORM, **form)

    page = pages.read(answer)
    assert answer.status_code == 422
    assert pages.words(pages.get(page, "h1")) == heading
    advice = pages.section(page, "rat")
    assert pages.has(advice, href="mailto:orga@example.org") is (heading[-8:] != "geöffnet")
    assert pages.has(advice, href="/fachkongress")
    leads_past(page, advice)
    for name in ("given_name", "family_name", "email", "organisation"):
        assert pages.get(page, "input", name=name).get("value") == form[name]
    assert pages.has(page, "input", name="slot-1", value="workshop-1", checked="")
    assert pages.words(pages.get(page, "textarea", name="question-1")) == "Wie fängt man an?"
    assert pages.has(page, "input", name="photos", checked="")
    assert pages.has(page, "input", name="privacy_notice", checked="")
    sends = pages.find_all(pages.get(page, "main"), "button", type="submit")
    assert bool(sends) is may_send_again
    assert pages.has(pages.get(page, "main"), "form") is may_send_again
    assert stored(app, Registration) == 0


def leads_past(page, advice):
    """A11Y-03: whose focus is on the advice gets to the form by the first link."""
    assert next(advice.iter("a")).get("href") == "#formular"
    assert pages.has(page, id="formular")


@pytest.mark.parametrize(
    ("values", "heading"),
    [
        ({"capacity": 0, "waiting_list": False}, "„Junges Engagement“ ist ausgebucht"),
        ({"cancelled": True}, None),
    ],
    ids=["full", "called off"],
)
def test_nothing_typed_is_lost_when_a_workshop_goes_while_somebody_fills_in(
    visitor, app, congress, values, heading
):
    form = visitor.fill_in() | {"slot-1": "workshop-1", "question-1": "Wie fängt man an?"}
    with app.app_context():
        item = db.session.scalars(
            select(ProgrammeItem).where(ProgrammeItem.code == "workshop-1")
        ).one()
        for name, value in values.items():
            setattr(item, name, value)
        item.released = (item.released or {}) | {
            name: values[name] for name in values if name == "cancelled"
        }
        add(item)
        change(app, congress)

    answer = visitor.send(FORM, **form)

    page = pages.read(answer)
    assert answer.status_code == 422
    if heading:
        assert pages.refusal_heading(page) == heading
    else:
        assert pages.has(page, "a", href="#slot-1")
    assert pages.words(pages.get(page, "textarea", name="question-1")) == "Wie fängt man an?"
    assert pages.get(page, "input", name="family_name").get("value") == "Muster"
    assert pages.find_all(pages.get(page, "main"), "button", type="submit")


TYPED = {"slot-1": "workshop-1", "question-1": "Wie fängt man an?", "photos": "y"}


def test_nothing_typed_is_lost_when_the_congress_becomes_a_draft_while_somebody_fills_in(
    visitor, app, congress
):
    """What was typed and nothing of the draft, which may say by now what nobody may know yet."""
    form = visitor.fill_in() | TYPED
    change(app, congress, state="draft", title={"de": "Geheim"}, town="Geheimstadt")

    answer = visitor.send(FORM, **form)

    page = pages.read(answer)
    assert answer.status_code == 422
    assert pages.words(pages.get(page, "h1")) == (
        "Für diese Veranstaltung kann man sich zurzeit nicht anmelden"
    )
    advice = pages.section(page, "rat")
    assert advice.get("data-door") == "WITHHELD"
    leads_past(page, advice)
    assert "geheim" not in answer.text.lower()
    assert not pages.has(page, href="/fachkongress")
    for name in ("given_name", "family_name", "email", "organisation"):
        assert pages.get(page, "input", name=name).get("value") == form[name]
    assert pages.words(pages.get(page, "textarea", name="question-1")) == "Wie fängt man an?"
    assert pages.has(page, "input", name="photos", checked="")
    assert pages.has(page, "input", name="privacy_notice", checked="")
    assert not pages.has(page, "input", name="attendee_list", checked="")
    assert stored(app, Registration) == 0

    change(app, congress, state="published")
    again = {each.get("name"): each.get("value") for each in pages.find_all(page, "input")}
    assert again["slot-1"] == "workshop-1"
    form |= {"form_token": again["form_token"]}
    assert visitor.send(FORM, **form).status_code == 303


@pytest.mark.parametrize("path", [FORM, "/nothing/register"])
@pytest.mark.parametrize("mark", ["none", "forged", "of another congress"])
def test_a_draft_nobody_was_shown_the_form_of_answers_like_what_does_not_exist(
    visitor, app, congress, path, mark
):
    """SEC-02."""
    with app.app_context():
        other = form_tokens.issue("another", now=OPEN)
    marks = {"none": "", "forged": f"{other.text}x", "of another congress": other.text}
    form = visitor.fill_in() | TYPED | {"form_token": marks[mark]}
    change(app, congress, state="draft")

    answer = visitor.send(path, **form)

    assert answer.status_code == 404
    assert "Wie fängt man an?" not in answer.text


def test_what_was_typed_for_a_deleted_congress_comes_back_as_text(visitor, app, congress):
    """SEC-05."""
    form = visitor.fill_in() | TYPED | {"family_name": "<b>Muster", "question-1": "<script>"}
    change(app, congress, state="draft", slug="elsewhere")

    answer = visitor.send(FORM, **form)

    assert answer.status_code == 422
    assert "&lt;b&gt;Muster" in answer.text
    assert "<script>" not in answer.text


def test_what_is_over_says_when_it_was_on_one_day_or_on_several(visitor, app, congress, on_a_day):
    days = tuple((STARTS + timedelta(days=d), STARTS + timedelta(days=d, hours=7)) for d in (0, 1))
    with app.app_context():
        a_congress(slug="zwei-tage", days=days)
    on_a_day.move_to(STARTS + timedelta(days=9))

    one, several = (
        pages.words(pages.get(pages.read(visitor.open(f"/{slug}/register")), class_="lead"))
        for slug in ("fachkongress", "zwei-tage")
    )

    assert one == "Sie fand am Mittwoch, 21. Oktober 2015, statt."
    assert several == "Sie fand vom 21. bis 22. Oktober 2015 statt."
