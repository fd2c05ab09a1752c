"""Whoever ranked anew since a workshop was called off is told if it is on after all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.domain.ranking import NO_PLACE, Wishes
from congress.extensions import db
from congress.models import FormerWish, ProgrammeItem, Registration
from congress.services import wishing
from congress.services.mails import announcing
from tests.builders import OPEN, a_booking, send_everything
from tests.services.test_wishes_in_letters import (
    by_wishes,
    call_off,
    edit,
    letters_of_changes,
    publish,
    register,
    text,
)


@pytest.fixture
def workshops(database) -> list[int]:
    return by_wishes()


def rank(workshops: list[int], wished: Wishes) -> None:
    first = db.session.scalars(select(Registration.id).order_by(Registration.id)).first()
    assert first is not None
    wishing.wish(first, {workshops[0]: wished}, actor=ATTENDEE, now=OPEN)


def former() -> list[int]:
    return list(db.session.scalars(select(FormerWish.item_id)))


ANEW = {
    "others": Wishes((1,)),
    "none": NO_PLACE,
    "others or any": Wishes((1,), any_other=True),
    "not at all": None,
}


@pytest.mark.parametrize("at_once", [300, 0], ids=["at once", "in steps"])
@pytest.mark.parametrize("anew", ANEW.values(), ids=ANEW)
def test_who_ranked_anew_since_it_was_called_off_hears_that_it_is_on_after_all(
    workshops, monkeypatch, at_once, anew
) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)
    off = workshops[0]
    register(workshops, Wishes((off, workshops[2])))
    register(workshops, Wishes((), any_other=True), number=2)
    call_off(off, ranked=1)
    announcing.next_step(now=OPEN)
    send_everything()
    if anew is not None:
        ranked = tuple(workshops[each] for each in anew.ranked)
        rank(workshops, Wishes(ranked, anew.any_other))
    edit(off, cancelled=False)

    assert publish().reach.people == 1
    announcing.next_step(now=OPEN)

    words = text("programme_changed")
    first = db.session.scalars(select(Registration.id).order_by(Registration.id)).first()
    assert {each.registration_id for each in letters_of_changes()} == {first}
    assert words.count("findet doch statt") == 1
    assert ("Wunsch danach zählt wieder" in words) == (anew is None)
    since = "stand er unter Ihren Wünschen; seitdem haben Sie Ihre Wünsche geändert. Wenn Sie noch"
    assert (since in words) == (anew is not None)
    assert letters_of_changes()[-1].facts["links"] == ["manage"]


def test_who_has_a_place_at_that_time_does_not_hear_that_it_is_on_after_all(workshops) -> None:
    off, other, third = workshops
    register(workshops, Wishes((off, other)))
    send_everything()
    call_off(off, ranked=1)
    rank(workshops, Wishes((third,)))
    assert former() == [off]
    person = db.session.scalars(select(Registration)).one()
    a_booking(person, db.session.get_one(ProgrammeItem, other))
    send_everything()
    edit(off, cancelled=False)
    assert publish().reach.people == 0


def test_once_told_nobody_hears_of_it_again_unless_they_rank_it(workshops) -> None:
    off, other, third = workshops
    register(workshops, Wishes((off, other)))
    send_everything()
    call_off(off, ranked=1)
    rank(workshops, Wishes((third,)))
    edit(off, cancelled=False)
    assert publish().reach.people == 1
    send_everything()
    assert former() == [off]
    for cancelled in (True, False):
        edit(off, cancelled=cancelled)
        assert publish(OPEN + timedelta(hours=1)).reach.people == 0
    rank(workshops, Wishes((off,)))
    assert former() == [], "it is a wish again"
