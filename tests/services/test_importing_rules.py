"""A congress file with other rules: whoever may have a place since moves up at once (REL-06)."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND, Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.domain.fields import FieldUse
from congress.domain.hall import CONGRESS
from congress.domain.mails.kinds import MessageKind
from congress.domain.modes import ItemMode, Mode
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.domain.rules import Rules
from congress.extensions import db
from congress.formats.congress_file import read_congress_file
from congress.models import Booking, OutboxMessage, ProgrammeItem, Registration
from congress.queries.congresses import find_congress, find_heading
from congress.queries.invariants import list_broken
from congress.services import changing, entering
from congress.services.entering import Entering
from congress.services.planning.importing import foresee, import_congress
from tests.builders import a_request

NOW = datetime(2015, 9, 16, 8, 0, tzinfo=UTC)
FILE = Path(__file__).parents[2] / "examples/fachkongress-2015.toml"
PLAN = replace(
    read_congress_file(
        FILE.read_bytes(), find_file=lambda name: (FILE.parent / name).read_bytes()
    ).plan,
    state=CongressState.PUBLISHED,
)
ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
WAITING_IF_NEED_BE = Entering(ByHand(waits=frozenset({CONGRESS})))
IN, WAITS, OFFERED = "confirmed", "waiting", "offered"


def plan(capacity=4, **rules: object):
    fields = {**PLAN.registration.fields, "organisation": FieldUse.REQUIRED}
    chosen = Rules.of(rules)  # type: ignore[arg-type] # the values of a table of cases
    registration = replace(PLAN.registration, capacity=capacity, fields=fields, rules=chosen)
    return replace(PLAN, registration=registration)


def bring_in(wanted):
    import_congress(wanted, actor=COMMAND, now=NOW)


def people(towns):
    congress = find_congress(PLAN.slug)
    assert congress
    requests = [a_request(number, organisation=town) for number, town in enumerate(towns)]
    for each in requests:
        entering.enter(congress.id, each, WAITING_IF_NEED_BE, actor=ORGANISER, now=NOW)


def states():
    db.session.rollback()
    return list(db.session.scalars(select(Registration.state).order_by(Registration.id)))


def letters():
    return list(db.session.scalars(select(OutboxMessage.kind)))


def booked():
    db.session.rollback()
    return list(db.session.scalars(select(Booking.state).order_by(Booking.id)))


HAMM, UNNA = "Stadt Hamm", "Stadt Unna"


@pytest.mark.parametrize(
    ("before", "after", "towns", "stand", "then"),
    [
        # Fewer places are held back, or none.
        ({"held_for_guests": 2}, {"held_for_guests": 1}, [HAMM] * 4, "IIWW", "IIIW"),
        ({"held_for_guests": 2}, {}, [HAMM] * 4, "IIWW", "IIII"),
        # More of one organisation may come, or as many as there are.
        ({"quota": 1}, {"quota": 2}, [HAMM] * 3 + [UNNA], "IWWI", "IIWI"),
        ({"quota": 1}, {}, [HAMM] * 3 + [UNNA], "IWWI", "IIII"),
        # A quota where there was none: those who wait are counted before places become free.
        ({"capacity": 1}, {"capacity": 3, "quota": 1}, [HAMM, HAMM, UNNA], "IWW", "IWI"),
        ({"capacity": 1}, {"capacity": 2}, [HAMM, HAMM, UNNA], "IWW", "IIW"),
        # More are held back: nobody loses a place.
        ({}, {"held_for_guests": 2}, [HAMM] * 5, "IIIIW", "IIIIW"),
        ({"capacity": 1}, {"capacity": 2, "offer_hours": 5}, [HAMM, UNNA], "IW", "IO"),
    ],
)
def test_who_may_have_a_place_since_has_one_and_hears_of_it(
    database, before, after, towns, stand, then
):
    known = {"I": IN, "W": WAITS, "O": OFFERED}
    bring_in(plan(**before))
    people(towns)
    assert states() == [known[each] for each in stand]

    heading = find_heading(PLAN.slug)
    assert heading
    foreseen = foresee(heading, plan(**after), now=NOW)
    bring_in(plan(**after))
    assert states() == [known[each] for each in then]
    gained = sum(was != now for was, now in zip(stand, then, strict=True))

    assert len(foreseen.moved_up) == gained - then.count("O")
    assert len(foreseen.offered) == then.count("O")
    told = letters()
    assert told.count(MessageKind.PLACE_GAINED) == gained - then.count("O")
    assert told.count(MessageKind.PLACE_OFFERED) == then.count("O")
    assert list_broken() == []


def test_a_workshop_that_is_for_others_too_lets_in_who_waits_for_it(database):
    def of(mode):
        base = plan(mode="hybrid", online_places=5)
        return replace(
            base,
            items=tuple(
                replace(each, places=1, mode=mode) if each.code == "workshop-4" else each
                for each in base.items
            ),
        )

    bring_in(of(ItemMode.BOTH))
    wanted = select(ProgrammeItem.id).where(ProgrammeItem.code == "workshop-4")
    item = db.session.scalars(wanted).one()
    told = Entering(ByHand(waits=frozenset({CONGRESS, item})))
    heading = find_heading(PLAN.slug)
    assert heading
    first, second = (
        entering.enter(
            heading.id,
            a_request(number, WishedWorkshop(item), mode=mode),
            told,
            actor=ORGANISER,
            now=NOW,
        )
        for number, mode in enumerate(Mode)
    )
    bring_in(of(ItemMode.ONSITE))
    changing.withdraw(first, actor=ORGANISER, now=NOW)
    assert booked() == ["cancelled", WAITS]
    heading = find_heading(PLAN.slug)
    assert heading
    assert foresee(heading, of(ItemMode.BOTH), now=NOW).moved_up == (second,)
    bring_in(of(ItemMode.BOTH))
    assert booked() == ["cancelled", IN]
    assert list_broken() == []
