"""The page of whoever waits for several wishes of one time: what they keep, and what comes next."""

import pytest

from congress.domain.access import ATTENDEE
from congress.services import changing
from tests.builders import OPEN
from tests.services.waits_house import House
from tests.web import pages
from tests.web.registration.test_own_page_events import edit

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def house(app, on_a_day):
    with app.app_context():
        return House({})


def page_of(visitor, house):
    return pages.read(visitor.open(f"/registration/{house.token}?lang=de"))


def test_the_page_names_every_wish_with_its_position(visitor, house):
    said = pages.words(page_of(visitor, house))

    assert (
        "Sie behalten Workshop 3 und warten auf Workshop 1 (Platz 1) und Workshop 2 (Platz 1)."
    ) in said
    assert "Mit diesem Platz warten Sie nicht mehr auf Workshop 2." in said
    assert "Mit diesem Platz warten Sie weiter auf Workshop 1." in said
    assert "Bitte entscheiden Sie sich" not in said


def test_without_the_place_both_are_waited_for(app, visitor, house):
    with app.app_context():
        held = house.booking(house.third)
        changing.leave(house.kim, held, actor=ATTENDEE, now=OPEN)

    said = pages.words(page_of(visitor, house))

    assert "Sie warten auf Workshop 1 (Platz 1) und Workshop 2 (Platz 1)." in said


def test_what_was_called_off_is_not_among_what_one_waits_for_no_more(app, visitor, house):
    edit(app, 2, cancelled=True)

    said = pages.words(page_of(visitor, house))

    assert "Wird ein Platz frei, tauschen wir Sie von Workshop 3 nach Workshop 1" in said
    assert "warten Sie nicht mehr auf" not in said
