"""Whom a device at the doors is handed, on both databases: what a door needs (GDPR-09)."""

from datetime import timedelta

from congress.domain.access import COMMAND
from congress.domain.attendance import CameBy
from congress.domain.modes import EventMode
from congress.domain.rules import Rules
from congress.domain.sign_in import SheetFor
from congress.domain.tokens import TokenPurpose, digest
from congress.models import Congress
from congress.queries import door_lists
from congress.services import presence_rows, tokens
from congress.transaction import transaction
from tests.builders import BEGUN, ENDS, STARTS, a_booking, a_congress, a_registration, a_workshop

DAY, A_DAY = STARTS.date(), timedelta(days=1)
HYBRID = Rules(mode=EventMode.HYBRID)


def two_days(slug: str = "fachkongress") -> Congress:
    days = ((STARTS, ENDS), (STARTS + A_DAY, ENDS + A_DAY))
    return a_congress(slug=slug, days=days, rules={"mode": "hybrid"}, online_capacity=9)


def names(people: list[door_lists.OnDevice]) -> list[str]:
    return [each.name.split()[-1] for each in people]


def test_a_device_gets_who_is_expected_there_by_name_and_nobody_else(session):
    congress, other = two_days(), two_days("anderer")
    a_registration(congress, family_name="Zander")
    a_registration(congress, family_name="Ähre")
    a_registration(congress, family_name="Fern", mode="online")
    a_registration(other, family_name="Fremd")
    for state in ("waiting", "requested", "cancelled"):
        a_registration(congress, family_name="Ohne", state=state)

    assert names(door_lists.people(congress.id, HYBRID, DAY, [])) == ["Ähre", "Zander"]
    for mode in (EventMode.ONSITE, EventMode.ONLINE):  # nobody is expected elsewhere than others
        everybody = door_lists.people(congress.id, Rules(mode=mode), DAY, [])
        assert names(everybody) == ["Ähre", "Fern", "Zander"]


def test_it_knows_the_code_that_holds_and_no_link_that_opens_anything(session):
    congress = two_days()
    eva, max_ = (a_registration(congress, family_name=name) for name in ("Adler", "Birke"))
    with transaction():
        tokens.issue(eva.id, TokenPurpose.CHECK_IN, now=STARTS)
        tokens.renew(eva.id, now=STARTS)  # with links to the own page and the calendar
    code = digest(str(tokens.token_for(eva.id, TokenPurpose.CHECK_IN)))

    found = door_lists.people(congress.id, HYBRID, DAY, [])
    assert [(each.id, each.digest) for each in found] == [(eva.id, code), (max_.id, "")]


def test_it_knows_the_places_behind_the_doors_of_the_day_and_where_somebody_was_on_it(session):
    congress, other = two_days(), two_days("anderer")
    one, waiting, tomorrow = (a_workshop(congress, number=number) for number in (1, 2, 3))
    eva = a_registration(congress)
    a_booking(eva, one)
    a_booking(eva, waiting, state="waiting")
    a_booking(eva, tomorrow)
    stranger = a_registration(other)
    with transaction():
        for day in (DAY, DAY + A_DAY):
            for person in (eva.id, stranger.id):
                presence_rows.add(
                    [person],
                    SheetFor(day, tomorrow.id if day != DAY else one.id),
                    CameBy.DOOR,
                    actor=COMMAND,
                    now=BEGUN,
                )

    [found] = door_lists.people(congress.id, HYBRID, DAY, [one.id, waiting.id])
    assert found.items == (one.id,)
    assert found.came == {None: BEGUN, one.id: BEGUN}
