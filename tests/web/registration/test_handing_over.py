"""Handing a registration over: named on one's own page, taken over behind the link in the mail."""

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Answer, HandOver, OutboxMessage, Registration
from congress.services import hand_overs
from tests.builders import CLOSES, LATE, STARTS, add
from tests.web import pages
from tests.web.registration.visitors import Visitor, change, change_item, stored

COLLEAGUE = {"given_name": "Max", "family_name": "Neu", "email": "max@example.org"}
MAX = {"given_name": "Max", "family_name": "Neu", "organisation": "Stadt Köln"}

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def page(visitor, app, congress, on_a_day):
    """One's own page, when nothing can be changed or given back any more."""
    found = visitor.own_page(slot_1="workshop-1", question_1="Warum?", photos="y")
    change(app, congress, withdrawals_until=CLOSES)
    on_a_day.move_to(LATE)
    return found


def name(visitor, page, **typed: str):
    address = f"{page}/substitute"
    return visitor.send(address, **visitor.hidden(address) | COLLEAGUE | typed)


@pytest.fixture
def link(visitor, app, page):
    """The address in the mail to the colleague."""
    assert name(visitor, page).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(HandOver)).one()
        found = str(hand_overs.link_for(row.id, row.email))
    return "/substitute/" + found.rpartition("/")[2]


def people(app):
    with app.app_context():
        rows = db.session.scalars(select(Registration).order_by(Registration.id)).all()
        return [(each.given_name, each.organisation, each.state) for each in rows]


def test_it_is_named_kept_and_named_again_on_ones_own_page(visitor, app, page, link):
    own = pages.read(visitor.open(page))
    said = pages.words(pages.section(own, "uebergabe"))
    assert "Max Neu (max@example.org)" in said
    assert "14. Oktober" not in said  # two weeks from now are after it begins
    assert visitor.act(page, "substitute/take-back").status_code == 303
    assert not pages.has(pages.read(visitor.open(page)), id="uebergabe")
    gone = Visitor(app).open(link)
    assert gone.status_code == 404
    assert "zurückgenommen" in gone.text
    assert name(visitor, page).status_code == 303


def test_what_is_wrong_is_said_and_what_was_typed_kept(visitor, page):
    answer = name(visitor, page, email="max@", family_name="Häusler")
    assert answer.status_code == 422
    assert 'value="max@"' in answer.text
    assert 'value="Häusler"' in answer.text
    mine = {"given_name": "Erika", "family_name": "Muster", "email": "erika.muster@example.org"}
    own = name(visitor, page, **mine)
    assert own.status_code == 422
    assert "Bitte nennen Sie die Person" in own.text


def test_opening_the_link_changes_nothing_and_shows_what_is_handed_over(app, page, link):
    colleague = Visitor(app)
    before = people(app)
    for _twice in range(2):
        shown = colleague.open(link)
        assert shown.status_code == 200
    assert people(app) == before
    said = pages.words(pages.read(shown))
    assert "Erika Muster kann nicht kommen" in said
    assert "Workshop 1: Junges Engagement" in said
    assert "max@example.org" in said
    for unseen in ("Warum?", "erika.muster@example.org"):
        assert unseen not in shown.text
    assert 'value="Stadt Lünen"' in shown.text  # the organisation is there already
    assert 'value="y" checked' not in shown.text  # and no consent is


def test_what_the_other_one_chose_last_is_free_for_who_comes_instead(visitor, app, congress, page):
    lunch = {"key": "lunch", "kind": "one", "label": {"de": "Mittagessen"}}
    options = [{"key": "veggie", "label": {"de": "Vegetarisch"}, "most": 1}]
    change(app, congress, questions=[lunch | {"options": options}])
    with app.app_context():
        own = db.session.scalars(select(Registration)).one()
        said = {"question": "lunch", "choice": "veggie", "text": ""}
        add(Answer(congress_id=congress, registration_id=own.id, **said))
    assert name(visitor, page).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(HandOver)).one()
        link = "/substitute/" + hand_overs.link_for(row.id, row.email).rpartition("/")[2]

    colleague = Visitor(app)
    offered = pages.get(pages.read(colleague.open(link)), "input", value="veggie")
    assert offered.get("disabled") is None
    form = colleague.hidden(link) | MAX | {"privacy_notice": "y", "ask-lunch": "veggie"}
    assert colleague.send(link, **form).status_code == 303


def test_a_form_takes_it_over_once_and_the_old_link_opens_nothing(visitor, app, page, link):
    colleague = Visitor(app)
    missing = colleague.send(link, **colleague.hidden(link) | MAX)
    assert missing.status_code == 422
    assert people(app)[0][2] == "confirmed"
    form = colleague.hidden(link) | MAX | {"privacy_notice": "y", "question-workshop-1": "Wann?"}
    came = colleague.send(link, **form)
    assert came.status_code == 303
    assert colleague.send(link, **form).headers["Location"] == came.headers["Location"]
    gone, here = ("Erika", "Stadt Lünen", "cancelled"), ("Max", "Stadt Köln", "confirmed")
    assert people(app) == [gone, here]
    own = colleague.open(came.headers["Location"]).text
    assert "Wann?" in own
    assert "Warum?" not in own

    old = visitor.open(page)
    assert old.status_code == 410
    assert pages.has(pages.read(old), data_handed_over="")
    assert "Max" not in old.text
    assert visitor.send(f"{page}/withdraw").status_code in {400, 410}
    again = colleague.open(link)
    assert again.status_code == 200
    assert "Sie haben schon angenommen" in again.text
    assert len(people(app)) == 2


def test_whoever_is_registered_already_reads_what_to_do(app, link, on_a_day):
    on_a_day.move_to(CLOSES.replace(day=1))
    other = Visitor(app)
    other.register(**COLLEAGUE)
    on_a_day.move_to(LATE)
    answer = other.send(link, **other.hidden(link) | MAX | {"privacy_notice": "y"})
    assert answer.status_code == 422
    assert "melden Sie sich bitte zuerst" in answer.text
    assert 'value="Stadt Köln"' in answer.text


@pytest.mark.parametrize(
    "late",
    [
        ({"state": "cancelled"}, LATE, "findet"),
        ({}, STARTS, "zurückgenommen"),
    ],
)
def test_a_link_that_comes_too_late_says_why(app, congress, link, on_a_day, late):
    values, now, says = late
    change(app, congress, **values)
    on_a_day.move_to(now)
    answer = Visitor(app).open(link)
    assert answer.status_code in {200, 404}
    assert says in answer.text
    assert not pages.has(pages.read(answer), "form", method="post", action=link)


def test_what_the_colleague_typed_stays_where_it_is_called_off_meanwhile(app, congress, link):
    colleague = Visitor(app)
    typed = (
        colleague.hidden(link) | MAX | {"privacy_notice": "y", "question-workshop-1": "Und nun?"}
    )
    change(app, congress, state="cancelled")
    answer = colleague.send(link, **typed)
    assert answer.status_code == 422
    assert pages.get(pages.read(answer), id="organisation").get("value") == "Stadt Köln"
    assert "Und nun?" in answer.text


def test_what_the_colleague_typed_stays_where_the_link_has_ended_meanwhile(
    visitor, app, page, link
):
    colleague = Visitor(app)
    typed = colleague.hidden(link) | MAX | {"question-workshop-1": "Und nun?"}
    take_back = f"{page}/substitute"
    withdrawn = visitor.send(f"{take_back}/take-back", **visitor.hidden(take_back))
    assert withdrawn.status_code == 303
    answer = colleague.send(link, **typed)
    assert answer.status_code == 404
    said = pages.words(pages.get(pages.read(answer), "section", aria_labelledby="eingaben"))
    assert "Stadt Köln" in said
    assert "Und nun?" in said
    assert not pages.has(pages.read(colleague.open(link)), "section", aria_labelledby="eingaben")


def test_where_it_is_not_wanted_nobody_is_offered_it(visitor, app, congress, page):
    own = pages.read(visitor.open(page))
    assert pages.has(own, "a", href=f"{page}/substitute")
    change(app, congress, rules={"substitutes": False})
    assert not pages.has(pages.read(visitor.open(page)), "a", href=f"{page}/substitute")
    answer = visitor.open(f"{page}/substitute")
    assert "kümmern sich die Veranstaltenden" in answer.text
    assert stored(app, HandOver) == 0


def test_of_a_hybrid_congress_the_way_to_take_part_is_handed_over_too(visitor, app, congress):
    """The form says it and does not ask, nor for questions where there is nobody to ask."""
    change(app, congress, rules={"mode": "hybrid"})
    change_item(app, "workshop-2", kind="meal")
    change(app, congress)
    page = visitor.own_page(mode="online", slot_1="workshop-1", slot_2="workshop-2")
    assert name(visitor, page).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(HandOver)).one()
        link = "/substitute/" + hand_overs.link_for(row.id, row.email).rpartition("/")[2]
        letter = select(OutboxMessage).where(OutboxMessage.kind == "hand_over_asked")
        assert db.session.scalars(letter).one().facts["mode"] == "online"
    colleague = Visitor(app)
    shown = pages.read(colleague.open(link))
    assert "Ihre TeilnahmeOnline" in pages.words(shown)
    assert len(pages.find_all(shown, "textarea")) == 1
    form = colleague.hidden(link) | MAX | {"privacy_notice": "y"}
    assert colleague.send(link, **form).status_code == 303
    with app.app_context():
        came = select(Registration.mode).where(Registration.given_name == "Max")
        assert db.session.scalars(came).one() == "online"
