"""The letters about an assignment by wishes, and one that is done once more with little change."""

import pytest
from sqlalchemy import delete, select, update

from congress.domain.access import ATTENDEE
from congress.extensions import db
from congress.models import Announcement, AssignmentOutcome, Congress, WorkshopWish
from congress.models.revisions import ANEW
from congress.queries.invariants import list_broken
from congress.services import changing
from congress.services.mails import truth
from congress.services.planning import releasing as programme
from tests.builders import send_everything
from tests.services.assignment_house import (
    LATER,
    ORGANISER,
    House,
    has,
    letters,
    write_letters,
)
from tests.wishes import take_place_with


@pytest.fixture
def house(session) -> House:
    return House()


def test_one_letter_says_what_came_of_the_wishes_and_brings_the_calendar_entry(house):
    house.first_run()
    nobody = house.register()
    send_everything()
    house.release()
    [row] = db.session.scalars(select(Announcement))
    assert (row.kind, row.total, row.done) == ("assigned", 3, 0)
    assert letters(house.first) == []

    write_letters()

    [letter] = letters(house.second)
    assert [each["by_wish"] for each in letter.facts["confirmed"]] == [2]
    assert [(each["wish"], each["position"]) for each in letter.facts["waiting"]] == [(1, 2)]
    [choice] = letter.facts["assigned"]
    assert choice["got"] == house.two.id
    assert choice["among"] == [house.one.id, house.two.id, house.three.id]
    entry = letter.facts["entry"]
    assert (entry["method"], entry["sequence"]) == ("REQUEST", 1)
    assert "Workshop 2" in entry["content"]["description"]
    assert letter.facts["links"] == []  # a calendar object is shared, the link is not
    assert letter.priority == 2
    # Who has nothing hears so, and their calendar stays as it is; who wished nothing hears nothing.
    [letter] = letters(house.third)
    assert "entry" not in letter.facts
    assert letter.facts["links"] == ["manage"]
    assert letters(nobody) == []
    db.session.refresh(row)
    assert (row.done, row.finished_at, row.news) == (3, LATER, {})
    assert list_broken() == []


def test_whoever_said_nothing_of_one_time_hears_so_and_whoever_wants_none_does_not(house):
    house.first_run()
    house.gives(house.first, house.late, 1, 2, slot=house.late)
    none = WorkshopWish(registration_id=house.third.id, item_id=house.late.id, rank=0)
    db.session.add(none)
    db.session.commit()
    house.seal()
    house.release()

    write_letters()

    [choice, late] = letters(house.second)[0].facts["assigned"]
    assert "unsaid" not in choice
    assert (late["among"], late["got"], late["unsaid"]) == ([house.late.id], None, True)
    assert len(letters(house.third)[0].facts["assigned"]) == 1
    assert all("unsaid" not in each for each in letters(house.first)[0].facts["assigned"])


def test_any_other_is_told_as_such(house):
    house.first_run()
    house.gives(house.first, house.late, 1, 2, slot=house.late)
    other = {"registration_id": house.first.id, "rank": 1, "any_other": True}
    db.session.add(WorkshopWish(item_id=house.late.id, **other))
    db.session.commit()
    house.seal()
    house.release()

    write_letters()

    confirmed = letters(house.first)[0].facts["confirmed"]
    assert [each.get("any_other") for each in confirmed] == [None, True]


def test_letters_say_what_is_so_when_they_are_written(house):
    """Until its turn comes somebody withdrew, and whoever waited there moved up."""
    house.first_run()
    house.release()
    changing.withdraw(house.first.id, actor=ATTENDEE, now=LATER)

    write_letters()

    assert letters(house.first) == []
    [letter] = letters(house.third)
    assert [each["title"] for each in letter.facts["confirmed"]] == [house.one.title["de"]]
    assert has(house.third) == {1: ("confirmed", 1, None)}
    assert list_broken() == []


def test_letters_tell_of_the_wishes_also_where_places_go_to_whoever_comes_first_since(house):
    house.first_run()
    house.release()
    back = update(Congress).where(Congress.id == house.id)
    db.session.execute(back.values(rules={}, **ANEW))
    db.session.commit()

    write_letters()

    [letter] = letters(house.second)
    assert [each["got"] for each in letter.facts["assigned"]] == [house.two.id]


def test_letters_name_the_time_at_which_a_workshop_is_by_now(house):
    """The workshop by which the choice was known has been moved to the evening."""
    house.first_run()
    house.release()
    take_place_with(house.one, house.late)

    write_letters()

    [second], [third] = letters(house.second), letters(house.third)
    [choice] = second.facts["assigned"]
    assert (choice["got"], choice["among"]) == (house.two.id, [house.two.id, house.three.id])
    [choice] = third.facts["assigned"]
    assert (choice["got"], choice["among"]) == (None, [house.one.id, house.late.id])


def test_nobody_is_told_of_places_in_what_was_called_off(house):
    house.first_run()
    house.release()
    send_everything()
    programme.call_off(house.id, actor=ORGANISER, now=LATER)

    write_letters()

    assert letters(house.first) == letters(house.third) == []
    assert (
        db.session.scalars(
            select(Announcement.finished_at).where(Announcement.kind == "assigned")
        ).one()
        == LATER
    )


def test_once_more_with_little_change_moves_few_and_tells_them_alone(house):
    house.first_run()
    house.release()
    write_letters()
    send_everything()
    house.run(kind="least_change")
    house.gives(house.first, house.two, 2, 2, (house.one, "full"))
    house.gives(house.second, house.one, 1, 1)
    house.gives(house.third, None, None, 3, (house.one, "full"))

    done = house.release()

    assert (done.people, done.moved, done.without, done.letters) == (2, 2, 0, 2)
    assert has(house.first) == {2: ("confirmed", 2, None), 1: ("waiting", 1, 2)}
    assert has(house.second) == {1: ("confirmed", 1, None)}
    assert has(house.third) == {1: ("waiting", 1, 1)}  # stands where they stood
    write_letters()
    [_first, letter] = letters(house.first)
    [choice] = letter.facts["assigned"]
    assert letter.facts["reassigned"]
    assert [each["id"] for each in choice["had"]] == [house.one.id]
    assert letter.facts["entry"]["sequence"] == 2
    assert len(letters(house.third)) == 1
    assert list_broken() == []


def test_whoever_loses_their_place_hears_it(house):
    house.first_run()
    house.release()
    write_letters()
    send_everything()
    house.run(kind="least_change")
    house.gives(house.first, None, None, 2, (house.one, "full"), (house.two, "full"))
    house.gives(house.second, house.two, 2, 1, (house.one, "full"))
    house.gives(house.third, house.one, 1, 3)
    done = house.release()
    assert (done.moved, done.without, done.letters) == (1, 1, 2)
    assert has(house.first) == {1: ("waiting", 1, 2), 2: ("waiting", 2, 1)}
    write_letters()
    assert letters(house.first)[-1].facts["assigned"][0]["got"] is None
    assert list_broken() == []


def test_whoever_organisers_left_without_a_place_hears_that_they_decided_so(house):
    house.first_run()
    db.session.execute(delete(AssignmentOutcome))
    house.gives(house.first, None, None, 2, (house.one, "by_hand"), (house.two, "by_hand"))
    house.gives(house.second, None, None, 1, (house.one, "by_hand"), (house.two, "full"))
    house.release()
    write_letters()
    told = [letters(each)[0].facts["assigned"][0] for each in (house.first, house.second)]
    assert [(each["got"], each["how"]) for each in told] == [(None, "by_hand"), (None, "none")]


def test_a_letter_that_waits_says_what_holds_when_it_goes_out(house):
    """Somebody moved up after it was written; it carries their first entry all the same."""
    house.first_run()
    send_everything()
    house.release()
    write_letters()
    changing.withdraw(house.first.id, actor=ATTENDEE, now=LATER)

    judged = truth.judge_due(letters(house.third), now=LATER)

    [stated] = judged.restated.values()
    assert [each["id"] for each in stated["confirmed"]] == [house.one.id]
    assert stated["waiting"] == []
    gone = truth.judge_due(letters(house.first), now=LATER)
    assert set(gone.outdated.values()) <= {"has_left"}
