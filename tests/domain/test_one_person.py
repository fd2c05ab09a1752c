"""Which registration of one person goes on, what is said then, and which consents go on."""

import pytest

from congress.domain.one_person import Choice, choices, ended_consents, goes_on, united
from congress.domain.registration import RegistrationState as State
from congress.domain.registration_request import Details
from congress.domain.standing import Standing
from tests.builders import OPEN


def standing(number, state=State.CONFIRMED, email="a@example.org"):
    return Standing(number, 1, state, "Eva", "Müller", email, "de", OPEN)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (standing(1, State.WAITING), standing(2), 2),
        (standing(1, email=""), standing(2), 2),
        (standing(1, email=""), standing(2, State.WAITING), 1),
        (standing(1), standing(2), 1),
        (standing(2), standing(1), 1),
    ],
)
def test_who_has_a_place_then_an_address_then_came_first_goes_on(one, other, expected):
    assert [each.id for each in goes_on(one, other)] == [expected, 3 - expected]


def test_what_both_say_is_chosen_and_nothing_said_is_lost_to_nothing():
    mine = Details("Eva", "Müller", "", "Stadt Hamm")
    other = Details("Eva", "Mueller", "eva@example.org", "", {"function": "Ehrenamt"})

    assert choices(mine, other) == (Choice("family_name", "Müller", "Mueller"),)
    both = {"given_name": "Eva", "email": "eva@example.org", "organisation": "Stadt Hamm"}
    both |= {"function": "Ehrenamt"}
    assert united(mine, other, ()).said == both | {"family_name": "Müller"}
    everything = united(mine, other, set(mine.said))
    assert everything.said == both | {"family_name": "Mueller"}


LIST, PHOTOS = "attendee_list", "photos"


@pytest.mark.parametrize(
    ("mine", "others", "taken_back", "was_asked", "ended"),
    [
        ({LIST, PHOTOS}, {LIST}, set(), True, {PHOTOS}),
        ({LIST}, {LIST}, set(), True, set()),
        (set(), {LIST}, set(), True, set()),  # nothing is agreed to for somebody
        ({LIST}, set(), set(), False, set()),  # the office entered them and did not ask
        ({LIST}, set(), {LIST}, False, {LIST}),  # who said no since
        ({LIST}, {LIST}, {LIST}, False, set()),  # and yes again
    ],
)
def test_the_stricter_answer_counts(mine, others, taken_back, was_asked, ended):
    assert ended_consents(mine, others, taken_back, was_asked=was_asked) == ended
