"""Who has not chosen anew since a workshop was called off."""

from datetime import timedelta

import pytest

from congress.domain.attendee_list import Wanted
from congress.domain.reminders import Reminder
from congress.domain.workshops import Allocation
from congress.queries import attendees, programme, reminders, unchosen
from congress.queries.unchosen import Unchosen
from tests import builders

SOON = builders.WORKSHOPS_START
LATER = SOON + timedelta(hours=3)


@pytest.mark.parametrize(
    ("had", "others", "has_to_choose"),
    [
        ("confirmed", {}, True),
        ("waiting", {}, True),
        ("cancelled", {}, False),  # given back
        ("confirmed", {"beside": "confirmed"}, False),
        ("confirmed", {"beside": "waiting"}, False),
        ("confirmed", {"beside": "cancelled"}, True),
        ("confirmed", {"shifted": "confirmed"}, False),  # overlaps by half an hour
        ("confirmed", {"later": "confirmed"}, True),  # another choice
        ("confirmed", {"off too": "confirmed"}, True),
        ("waiting", {"beside": "confirmed"}, False),  # kept the place while waiting
    ],
)
def test_whoever_has_nothing_else_at_that_time_has_not_chosen(app, had, others, has_to_choose):
    with app.app_context():
        congress = builders.a_congress()
        shifted = SOON + timedelta(minutes=90)
        workshops = {
            "off": builders.a_workshop(congress, cancelled=True),
            "off too": builders.a_workshop(congress, cancelled=True),
            "beside": builders.a_workshop(congress),
            "shifted": builders.a_workshop(congress, starts_at=shifted),
            "later": builders.a_workshop(congress, starts_at=LATER),
        }
        person = builders.a_registration(congress)
        builders.a_booking(person, workshops["off"], state=had)
        for name, state in others.items():
            builders.a_booking(person, workshops[name], state=state)
        off, congress_id = workshops["off"].id, congress.id
        items = programme.released_items(congress_id)

        found = unchosen.counts(items, Allocation.FIRST_COME).get(off, Unchosen(0, 0))
        assert found.people == has_to_choose
        assert attendees.count(congress_id, Wanted(unchosen_id=off)) == has_to_choose


def test_each_workshop_counts_its_own_people(app):
    with app.app_context():
        congress = builders.a_congress()
        first, second = (builders.a_workshop(congress, cancelled=True) for _ in range(2))
        held = builders.a_workshop(congress)
        for item, people in ((first, 3), (second, 2), (held, 5)):
            for _ in range(people):
                builders.a_booking(builders.a_registration(congress), item)
        found = unchosen.counts(programme.released_items(congress.id), Allocation.FIRST_COME)

        assert found == {first.id: Unchosen(3, 3), second.id: Unchosen(2, 2)}


def test_nobody_chooses_anew_where_wishes_decide(app):
    with app.app_context():
        congress = builders.a_congress(rules={"allocation": "wishes"})
        off = builders.a_workshop(congress, cancelled=True)
        builders.a_workshop(congress)
        builders.a_booking(builders.a_registration(congress), off)

        items = programme.released_items(congress.id)
        assert unchosen.counts(items, Allocation.WISHES) == {}
        assert not reminders.count(Reminder.UNCHOSEN, congress.id)
