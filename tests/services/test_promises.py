"""What letters promise is so: of places kept and exchanged, and of others who wait."""

import pytest

from congress.domain.access import ATTENDEE
from congress.domain.registration_request import WishedWorkshop
from congress.services import changing
from tests.builders import OPEN, a_congress, a_workshop, send_everything
from tests.services.test_news import register, release, waiting


def test_a_place_that_was_called_off_is_neither_kept_nor_exchanged(session):
    """While somebody waits for another workshop, and when they move up there."""
    congress = a_congress()
    mine = a_workshop(congress, number=1)
    full = a_workshop(congress, number=2, capacity=1)
    owner = register(congress, 1, full)
    person = register(congress, 2, WishedWorkshop(full.id, safe_item_id=mine.id))
    send_everything()

    release(session, mine, cancelled=True)

    letter = waiting(session, person)[0]
    assert letter.kind == "programme_changed"
    assert "kept" not in letter.facts["waiting"][0]

    send_everything()
    changing.withdraw(owner, actor=ATTENDEE, now=OPEN)

    [letter] = waiting(session, person)
    assert (letter.kind, letter.facts["lost"]) == ("place_gained", [])


@pytest.mark.parametrize("number_of_others", [0, 1])
def test_a_letter_knows_whether_others_wait_for_the_place_just_won(session, number_of_others):
    congress = a_congress()
    full = a_workshop(congress, number=2, capacity=1)
    owner, person = register(congress, 1, full), register(congress, 2, full)
    for number in range(number_of_others):
        register(congress, 3 + number, full)
    send_everything()

    changing.withdraw(owner, actor=ATTENDEE, now=OPEN)

    [letter] = waiting(session, person)
    assert letter.facts["others_wait"] is bool(number_of_others)
