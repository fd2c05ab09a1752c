"""What the page of a registration says of the assignment by wishes, for every reason there is."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from congress.domain.assignment.explaining import Why
from congress.extensions import db
from congress.models import Booking, Congress, ProgrammeItem, Registration
from congress.models.revisions import ANEW
from tests.builders import OPEN, WORKSHOPS_START, a_booking, a_workshop
from tests.web import pages
from tests.wishes import SEED, a_run, an_outcome, take_place_with, wishes

pytestmark = pytest.mark.sqlite_only  # what pages say

ASKED = "Workshop 2, Ihr 1. Wunsch: Dafür gab es 74 Erstwünsche auf 40 Plätze. "


@pytest.fixture
def own_page(visitor, congress):
    return visitor.own_page(slot_1="none")


def release(
    app,
    *reasons: dict[str, object],
    got: int | None = 1,
    ranked: bool = False,
    **facts: object,
) -> None:
    """Give whoever is registered workshop `got` by a run that was released."""
    with app.app_context():
        row = db.session.scalars(select(Congress)).one()
        row.rules = {"allocation": "wishes"}
        items = {each.number: each for each in db.session.scalars(select(ProgrammeItem))}
        for each in items.values():
            each.assigned_at = OPEN
        person = db.session.scalars(select(Registration)).one()
        run = a_run(row, state="released", released_at=OPEN)
        item = items[got] if got else None
        if item:
            a_booking(person, item, wish=facts.get("rank"))
        said = [
            {
                "item": items[2].id,
                "rank": 1,
                "why": "full",
                "first": 74,
                "places": 40,
                "lot": 52,
                "fixed": 0,
            }
            | each
            for each in reasons
        ]
        an_outcome(run, person, item, slot=items[1], reasons=said, **facts)
        if ranked:
            wishes(person, items[2], items[1])


def section(visitor, own_page):
    return pages.words(pages.section(pages.read(visitor.open(own_page)), "zuteilung"))


def test_before_places_are_given_there_is_nothing_to_explain(visitor, own_page):
    assert not pages.has(pages.read(visitor.open(own_page)), id="zuteilung")


@pytest.mark.parametrize("why", Why)
def test_each_reason_is_said(visitor, app, own_page, why):
    release(app, {"why": why}, rank=2)
    said = section(visitor, own_page)
    assert "einen Platz in „Workshop 1: Junges Engagement“ bekommen, Ihrem 2. Wunsch." in said
    assert ASKED in said
    if why is Why.FULL_LOT:
        assert "Bei gleichem Wunsch entschied das Los; Ihre Losnummer ist 52." in said
    assert "wo alles andere gleich war; dabei gingen niedrigere Nummern vor." in said
    assert f"Ihre Losnummer ist 52. Alle Lose sind aus der Zahl {SEED} gezogen" in said
    assert "Das hat sich seither geändert" not in said


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"got": None}, "den Platz zurückgenommen, den Sie zu dieser Zeit hatten."),
        ({"rank": None, "how": "role"}, "bekommen, weil Sie daran mitwirken."),
        ({"rank": None, "how": "by_hand"}, "haben Ihnen die Veranstaltenden einen Platz in"),
        ({"rank": None, "how": "booked"}, "„Workshop 1: Junges Engagement“ haben Sie behalten."),
        ({"rank": 1, "how": "booked"}, "„Workshop 1: Junges Engagement“ haben Sie behalten."),
        ({"rank": 2, "how": "by_hand"}, "Engagement“ gegeben, Ihrem 2. Wunsch."),
        ({"rank": 2, "how": "role"}, "bekommen, weil Sie daran mitwirken."),
        ({"rank": 3, "any_other": True}, "bekommen, einem der anderen, die Ihnen auch recht sind."),
        ({"rank": 1, "any_other": True}, "bekommen. Ihnen war alles recht."),
    ],
)
def test_how_somebody_came_by_what_they_have(visitor, app, own_page, facts, sentence):
    release(app, **facts)
    said = section(visitor, own_page)
    assert sentence in said
    assert "zählten Ihre Wünsche" not in said


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("by_hand", "haben die Veranstaltenden entschieden, deshalb zählten Ihre Wünsche dafür"),
        ("role", "weil Sie daran mitwirken. Deshalb zählten Ihre Wünsche für diese Zeit nicht."),
        ("booked", "haben Sie behalten. Er stand Ihnen ohnehin zu, deshalb zählten Ihre Wünsche"),
    ],
)
def test_why_wishes_did_not_count_is_said(visitor, app, own_page, how, sentence):
    release(app, rank=2, how=how, ranked=True)
    assert sentence in section(visitor, own_page)


def test_the_first_wish_by_hand_leaves_nothing_to_explain(visitor, app, own_page):
    release(app, rank=1, how="by_hand", ranked=True)
    assert "zählten Ihre Wünsche" not in section(visitor, own_page)


def test_any_other_is_called_no_numbered_wish(visitor, app, own_page):
    release(app, {"rank": 3, "any_other": True}, got=None, rank=None)
    said = section(visitor, own_page)
    assert "Workshop 2, Ihnen auch recht: Dafür gab es 74 Erstwünsche auf 40 Plätze." in said
    assert "3. Wunsch" not in said


def test_a_clash_names_with_what_whether_that_is_still_had_or_is_carried(visitor, app, own_page):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        person = db.session.scalars(select(Registration)).one()
        title = {"de": "Was heißt „Ehrenamt“?"}
        late = a_workshop(congress, number=4, title=title, starts_at=OPEN + timedelta(days=90))
        booking, number = a_booking(person, late).id, late.id
    release(app, {"why": "clash", "other": number}, rank=2)
    there = "Es passt nicht zu „Workshop 4: Was heißt ‚Ehrenamt‘?“, wo Sie einen Platz haben."
    assert there in section(visitor, own_page)
    with app.app_context():
        db.session.execute(delete(Booking).where(Booking.id == booking))
        db.session.execute(update(ProgrammeItem).where(ProgrammeItem.id == number).values(taken=0))
        db.session.commit()
    then = "Es passte nicht zu „Workshop 4: Was heißt ‚Ehrenamt‘?“, wo Sie einen Platz hatten oder "
    assert f"{then}mitwirkten." in section(visitor, own_page)


def test_a_clash_with_what_is_not_known_any_more_is_said_as_that(visitor, app, own_page):
    release(app, {"why": "clash", "other": 999}, rank=2)
    assert "Es passte nicht zu etwas anderem" in section(visitor, own_page)


def test_that_no_wish_came_true_is_said(visitor, app, own_page):
    release(app, {"why": Why.FULL}, got=None, rank=None)
    said = section(visitor, own_page)
    assert "ließ sich keiner Ihrer Wünsche für diese Zeit erfüllen." in said


def test_what_organisers_ruled_out_altogether_is_said_once(visitor, app, own_page):
    release(app, {"why": Why.BY_HAND}, {"why": Why.BY_HAND, "rank": 2}, got=None, rank=None)
    said = section(visitor, own_page)
    assert "haben die Veranstaltenden entschieden, dass Sie nichts von dem bekommen" in said
    assert "ließ sich" not in said
    assert "Erstwünsche" not in said


@pytest.mark.parametrize(
    ("ranked", "heading"),
    [(True, "Was aus Ihren Wünschen geworden ist"), (False, "Was Ihnen zugeteilt wurde")],
)
def test_whoever_wished_for_nothing_reads_of_no_wishes(visitor, app, own_page, ranked, heading):
    release(app, rank=None, how="role", ranked=ranked)
    assert section(visitor, own_page).startswith(heading)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"first": 1, "places": 1}, "Dafür gab es 1 Erstwunsch auf 1 Platz."),
        ({"first": 0, "places": None}, "Dafür gab es 0 Erstwünsche."),
    ],
)
def test_how_many_wished_for_it(visitor, app, own_page, numbers, sentence):
    release(app, numbers, rank=2)
    assert sentence in section(visitor, own_page)


@pytest.mark.parametrize(
    ("fixed", "sentence"),
    [
        (0, "Mit keiner Person dort wäre ein Tausch zu zweit möglich gewesen"),
        (1, "1 davon war schon vergeben: an eine mitwirkende Person, von den Veranstaltenden"),
        (1, "oder an eine Person, die ihn schon hatte. Mit keiner"),
        (2, "auf 2 Plätze. 2 davon waren schon vergeben: an Mitwirkende, von den"),
    ],
)
def test_places_that_no_wish_could_have_are_named(visitor, app, own_page, fixed, sentence):
    release(app, {"places": 2, "fixed": fixed}, rank=2)
    said = section(visitor, own_page)
    assert sentence in said
    assert ("ein Tausch" in said) is (fixed < 2)


def test_what_has_changed_since_is_said(visitor, app, own_page):
    release(app, rank=1)
    with app.app_context():
        db.session.execute(update(Booking).values(state="cancelled"))
        db.session.execute(update(ProgrammeItem).values(taken=0))
        db.session.commit()
    said = section(visitor, own_page)
    assert "Das hat sich seither geändert: Zu dieser Zeit haben Sie jetzt keinen Platz." in said


def test_that_it_was_called_off_since_is_said(visitor, app, own_page):
    release(app, rank=1, how="booked")
    with app.app_context():
        one = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.number == 1)).one()
        one.released = (one.released or {}) | {"cancelled": True}
        db.session.execute(update(Congress).values(ANEW))
        db.session.commit()
    assert "haben Sie behalten. Das wurde inzwischen abgesagt." in section(visitor, own_page)


def test_it_stays_explained_where_places_go_to_whoever_comes_first_since(visitor, app, own_page):
    release(app, {"why": "full"}, rank=2)
    with app.app_context():
        db.session.execute(update(Congress).values(rules={}, **ANEW))
        db.session.commit()
    assert ASKED in section(visitor, own_page)


def test_it_is_said_of_the_time_at_which_the_workshop_is_by_now(visitor, app, own_page):
    release(app, rank=1)
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        one = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.number == 1)).one()
        evening = one.starts_at + timedelta(hours=4)
        late = a_workshop(congress, number=4, starts_at=evening, assigned_at=OPEN)
        take_place_with(one, late)
    said = section(visitor, own_page)
    assert "17.15 bis 19.15 Uhr" in said
    assert "13.15" not in said
    assert "Das hat sich seither geändert" not in said


def test_each_time_has_its_lot_where_they_are_of_two_calculations(visitor, app, own_page):
    release(app, {"why": Why.FULL_LOT}, rank=2)
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        person = db.session.scalars(select(Registration)).one()
        evening = WORKSHOPS_START + timedelta(hours=4)
        late = a_workshop(congress, number=4, starts_at=evening, assigned_at=OPEN)
        again = a_run(congress, state="released", released_at=OPEN)
        an_outcome(again, person, late, slot=late, lot=7)
    said = section(visitor, own_page)
    assert "Ihre Losnummer ist 52." in said
    assert "Ihre Losnummern für diese Zeiten sind, in dieser Reihenfolge, 52, 7." in said


def test_whoever_had_no_part_in_it_reads_nothing_of_it(visitor, app, own_page):
    release(app, rank=1)
    with app.app_context():
        db.session.execute(delete(db.metadata.tables["assignment_outcomes"]))
        db.session.commit()
    assert not pages.has(pages.read(visitor.open(own_page)), id="zuteilung")


def test_whoever_has_nothing_reads_that_something_is_still_free_while_they_may_choose(
    visitor, app, own_page, on_a_day
):
    free = "Zu dieser Zeit ist noch etwas frei"
    release(app, {"why": "full"}, got=None)
    assert free in section(visitor, own_page)
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(capacity=0, waiting_list=True))
        db.session.commit()
    assert free not in section(visitor, own_page)
