"""Ranking workshops in the form of registration: kept, refused with what was typed, closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Booking, Congress, Registration
from tests.builders import OPEN, WORKSHOPS_START, a_workshop
from tests.web import pages
from tests.web.registration.rankings import FORM, UNTIL, lines, rank
from tests.web.registration.visitors import change, stored

BY = "bis einschließlich 2. Oktober 2015"


def test_workshops_are_ranked_instead_of_chosen(visitor, app, ranked):
    page = pages.read(visitor.open(FORM))

    assert not pages.has(page, name="slot-1")
    selects = [each.get("name") for each in page.iter("select")]
    assert selects == ["wish-workshop-1", "wish-workshop-2", "wish-workshop-3"]
    assert rank(visitor, w3="1", w1="2").status_code == 303
    assert lines(app) == [("workshop-3", 1, False), ("workshop-1", 2, False)]
    assert stored(app, Booking) == 0
    with app.app_context():
        assert db.session.scalars(select(Registration.wished_at)).one() == OPEN


@pytest.mark.parametrize(
    ("rest", "numbers", "expected"),
    [
        (
            "any",
            {"w2": "1"},
            [("workshop-2", 1, False), ("workshop-1", 2, True), ("workshop-3", 2, True)],
        ),
        ("any", {}, [("workshop-1", 1, True), ("workshop-2", 1, True), ("workshop-3", 1, True)]),
        ("none", {}, [(f"workshop-{each}", 0, False) for each in (1, 2, 3)]),
        ("only", {"w1": "3", "w2": "2"}, [("workshop-2", 1, False), ("workshop-1", 2, False)]),
        ("", {"w1": "1"}, [("workshop-1", 1, False)]),
    ],
)
@pytest.mark.sqlite_only
def test_what_was_ranked_is_kept(visitor, app, ranked, rest, numbers, expected):
    assert rank(visitor, rest, **numbers).status_code == 303
    assert lines(app) == expected


@pytest.mark.parametrize(
    ("rest", "numbers", "where"),
    [
        ("only", {"w1": "1", "w2": "1"}, "wish-workshop-2"),
        ("only", {"w1": "x"}, "wish-workshop-1"),
        ("only", {}, "wish-workshop-1"),
        ("none", {"w1": "1"}, "rest-workshop-1"),
    ],
)
@pytest.mark.sqlite_only
def test_what_cannot_be_read_is_said_where_it_stands(visitor, app, ranked, rest, numbers, where):
    answer = rank(visitor, rest, **numbers)

    assert answer.status_code == 422
    assert f'<a href="#{where}">' in answer.text
    page = pages.read(answer)
    assert pages.has(page, id=where)
    assert pages.has(page, id=f"{where}-err")
    for name, number in numbers.items():
        kept = pages.get(page, "select", name=f"wish-workshop-{name[1:]}")
        options = [each for each in kept.iter("option") if each.get("selected") is not None]
        chosen = [each.get("value") for each in options]
        assert chosen == ([number] if number.isdigit() else [])
    assert stored(app, Registration) == 0


@pytest.mark.sqlite_only
def test_two_with_one_number_are_both_named(visitor, ranked):
    said = pages.words(pages.read(rank(visitor, w1="2", w3="2")))
    assert "Workshop 1 und Workshop 3 sind beide der 2. Wunsch." in said


@pytest.mark.sqlite_only
def test_of_several_times_the_summary_says_which(visitor, app, ranked):
    def summary() -> str:
        return " ".join(pages.faults(pages.read(rank(visitor, w1="2", w3="2"))))

    assert "Uhr" not in summary()
    with app.app_context():
        here = db.session.get_one(Congress, ranked)
        a_workshop(here, number=9, starts_at=WORKSHOPS_START + timedelta(hours=4))
    assert "Uhr, Workshop 3: Workshop 1 und Workshop 3 sind" in summary()


@pytest.mark.sqlite_only
def test_the_summary_tells_a_ranking_from_a_choice_that_is_called_the_same(visitor, app, ranked):
    with app.app_context():
        here = db.session.get_one(Congress, ranked)
        later = {"starts_at": WORKSHOPS_START + timedelta(hours=4), "allocation": "first_come"}
        a_workshop(here, number=9, **later)
    [either, other] = pages.faults(pages.read(rank(visitor, "none", w1="2")))
    assert "Uhr, Workshop: Bitte wählen" in either
    assert "Uhr, Workshop: Sie haben etwas nummeriert" in other
    assert either.partition(",")[0] != other.partition(",")[0]


@pytest.mark.sqlite_only
def test_popularity_is_shown_where_organisers_want_it(visitor, app, ranked):
    rank(visitor, w2="1")
    assert "der erste Wunsch" not in pages.words(pages.read(visitor.open(FORM)))
    change(app, ranked, rules={"allocation": "wishes", "popularity": True})
    said = pages.words(pages.read(visitor.open(FORM)))
    assert "bisher für 1 Person der erste Wunsch" in said
    assert "bisher für niemanden der erste Wunsch" in said


@pytest.mark.sqlite_only
def test_after_the_day_the_form_says_that_places_are_being_assigned(visitor, app, ranked, on_a_day):
    late = visitor.fill_in() | {"wish-workshop-1": "1", "rest-workshop-1": "only"}
    late.pop("slot-1")
    on_a_day.move_to(UNTIL)
    page = pages.read(visitor.open(FORM))
    assert pages.has(page, data_wishes="closed")
    assert not list(page.iter("select"))
    answer = visitor.send(FORM, **late)
    assert answer.status_code == 422
    assert stored(app, Registration) == 0
    again = visitor.fill_in()
    again.pop("slot-1")
    assert visitor.send(FORM, **again).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Registration.wished_at)).one() is None


@pytest.mark.sqlite_only
def test_a_form_with_a_place_is_sent_back_once_places_go_by_wishes(visitor, app, congress):
    form = visitor.fill_in(slot_1="workshop-1")
    change(app, congress, rules={"allocation": "wishes"})
    assert visitor.send(FORM, **form).status_code == 422
    assert stored(app, Registration) == 0


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            {"closes_at": UNTIL + timedelta(days=3)},
            f"Ihre Wünsche können Sie {BY} ändern, alles andere bis einschließlich 5. Oktober",
        ),
        (
            {"closes_at": UNTIL},
            "Bis einschließlich 2. Oktober 2015 können Sie alles wieder ändern.",
        ),
        (
            {"changes_until": OPEN - timedelta(hours=1)},
            f"Ihre Wünsche können Sie {BY} ändern. Bitte prüfen Sie alles andere, bevor",
        ),
        (
            {"wishes_until": OPEN - timedelta(hours=1), "closes_at": UNTIL},
            "Bis einschließlich 2. Oktober 2015 können Sie alles wieder ändern.",
        ),
    ],
    ids=["another day", "one day", "only wishes", "wishes closed"],
)
def test_the_form_says_which_day_is_for_what(visitor, app, ranked, days, said):
    change(app, ranked, **days)
    lead = next(
        each for each in pages.read(visitor.open(FORM)).iter("p") if each.get("class") == "lead"
    )
    assert said in pages.words(lead)


@pytest.mark.sqlite_only
def test_the_form_says_it_in_english(visitor, app, ranked):
    change(app, ranked, closes_at=UNTIL + timedelta(days=3))
    page = pages.words(pages.read(visitor.open(f"{FORM}?lang=en")))
    assert (
        "You can change your wishes up to and including 2 October 2015, and everything else up to "
        "and including 5 October 2015."
    ) in page
