"""What letters say of wishes: what was ranked, until when, and whether it counts already."""

from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.planning import calling_off as rules
from congress.domain.ranking import NO_PLACE, Wishes
from congress.extensions import db
from congress.formats import letters
from congress.models import Congress, OutboxMessage, ProgrammeItem, Registration
from congress.queries.planning import scheduling
from congress.services import registering
from congress.services.planning import calling_off
from tests.builders import (
    BERLIN,
    OPEN,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)

pytestmark = pytest.mark.usefixtures("database")

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
UNTIL = OPEN + timedelta(days=2)
LINKS = defaultdict(str, page="https://congress.test/x")


@pytest.fixture
def workshops(database) -> list[int]:
    congress = a_congress(rules={"allocation": "wishes"}, wishes_until=UNTIL, capacity=1)
    titles = ("Netze", "Quartier", "Jugend")
    return [
        a_workshop(congress, number=number, title=title).id
        for number, title in enumerate(titles, start=1)
    ]


def text(*kinds: str, written_at: datetime = OPEN) -> str:
    message = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.kind.in_(kinds or ("confirmed", "waiting")))
        .order_by(OutboxMessage.id.desc())
    ).first()
    assert message is not None
    written = letters.compose(
        message.kind, "de", message.facts, links=LINKS, zone=BERLIN, written_at=written_at
    )
    return " ".join(written.text.split())


def register(workshops: list[int], wishes: Wishes | None, number: int = 1) -> None:
    congress_id = db.session.get_one(ProgrammeItem, workshops[0]).congress_id
    wished = {} if wishes is None else {workshops[0]: wishes}
    registering.register(congress_id, a_request(number, wishes=wished), now=OPEN)


@pytest.mark.parametrize(
    ("ranked", "any_other", "said"),
    [
        ((2, 0), False, "13.15 bis 15.15 Uhr: 1. Workshop 3: Jugend; 2. Workshop 1: Netze"),
        ((1,), True, "1. Workshop 2: Quartier; sonst auch alles andere"),
        ((), True, "alles ist recht"),
        ((), False, "kein Platz gewünscht"),
    ],
)
def test_a_letter_names_the_wishes_and_their_day(workshops, ranked, any_other, said) -> None:
    register(workshops, Wishes(tuple(workshops[each] for each in ranked), any_other))
    words = text()
    assert said in words
    assert "bis 2. Oktober 2015" in words
    assert ("schreiben Ihnen" in words) == bool(ranked or any_other)


def test_who_has_said_nothing_is_asked_to_and_later_hears_what_happens(workshops) -> None:
    register(workshops, None)
    assert "noch nichts geordnet" in text()
    assert "Bitte sagen Sie auf Ihrer Seite" in text()
    assert "Jetzt werden die Plätze vergeben" in text(written_at=UNTIL)


def test_of_another_choice_nothing_is_said_for_them(workshops) -> None:
    congress = db.session.scalars(select(Congress)).one()
    a_workshop(congress, number=4, starts_at=WORKSHOPS_START + timedelta(hours=3))
    register(workshops, NO_PLACE)
    assert "kein Platz gewünscht" in text()
    assert "noch nichts geordnet" in text()


def test_who_waits_for_the_event_hears_that_it_depends_on_that(workshops) -> None:
    register(workshops, NO_PLACE)
    register(workshops, Wishes((workshops[0],)), number=2)
    assert "Wünsche zählen für alle, die bis dahin einen Platz" in text()


@pytest.mark.parametrize(
    ("others", "any_other", "counts"), [((1,), False, True), ((), True, True), ((), False, False)]
)
def test_whose_place_is_called_off_hears_that_wishes_decide(
    workshops, others, any_other, counts
) -> None:
    off, *rest = workshops
    congress = db.session.scalars(select(Congress)).one()
    later = a_workshop(
        congress,
        number=4,
        starts_at=WORKSHOPS_START + timedelta(hours=3),
        allocation="first_come",
    )
    wished = Wishes((off, *(rest[each] for each in others)), any_other)
    register(workshops, wished)
    person = db.session.scalars(select(Registration)).one()
    a_booking(person, db.session.get_one(ProgrammeItem, off))
    a_booking(person, later)
    send_everything()

    seen = rules.mark_of(scheduling.get_edited(off))
    calling_off.call_off(off, seen=seen, actor=ORGANISER, now=OPEN)
    words = text("programme_changed")
    assert ("Ihre anderen Wünsche für diese Zeit zählen" in words) == counts
    assert "in keinem anderen Workshop" not in words
    assert "ohne Workshopplatz" in words
    assert "bis 2. Oktober 2015" in words
