"""A colleague comes instead: rows, positions, letters, calendars, links, and who is faster."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.assistance import Needs
from congress.domain.change_requests import RequestKind
from congress.domain.correction import MailboxAskedEnough
from congress.domain.handing_over import (
    TIME_TO_ACCEPT,
    HandOverLinkOver,
    NamesThemselves,
    RegisteredThemselves,
)
from congress.domain.registration import (
    CongressHasBegun,
    CongressNotTakingPart,
    RegisteredAlready,
    RegistrationCancelled,
    SubstitutesOff,
)
from congress.domain.registration import RegistrationState as State
from congress.domain.registration_request import Details, WishedWorkshop
from congress.domain.room import ByHand
from congress.domain.tokens import TokenPurpose
from congress.models import (
    AssistanceNeeds,
    AuditLine,
    CalendarEntry,
    ChangeRequest,
    Congress,
    HandOver,
    OutboxMessage,
    Registration,
)
from congress.queries import congresses
from congress.queries.hand_overs import find_of
from congress.queries.invariants import list_broken
from congress.queries.registrations import find_own, get_own, standings
from congress.services import (
    assisting,
    changing,
    hand_overs,
    handing_over,
    merging,
    registering,
    requesting,
    tokens,
)
from congress.services.entering import Entering
from congress.services.merging import Merging
from congress.transaction import transaction
from tests.builders import CLOSES, LATE, OPEN, STARTS, a_congress, a_request, a_workshop
from tests.services.corrections import news, sent
from tests.services.test_requests_at_once import at_once

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
MAX = Details("Max", "Neu", "max@example.org", "Stadt Köln")
MINE, MAXS = "erika.muster-1@example.org", "max@example.org"
NOTICE = ("privacy_notice",)
ENTERED = Entering(ByHand())


class House:
    """Erika with a place, a backup place and a queue; two who wait for the congress, one wishes."""

    def __init__(self, confirm_hours=0) -> None:
        fields = {"assistance": "optional"}
        congress = a_congress(capacity=2, fields=fields, confirm_hours=confirm_hours)
        self.backup = a_workshop(congress, number=1, capacity=9).id
        self.wanted, self.congress = a_workshop(congress, number=2, capacity=1).id, congress.id
        wish = WishedWorkshop(self.wanted, safe_item_id=self.backup, question="Warum?")
        people = [
            a_request(9, WishedWorkshop(self.wanted)),
            a_request(1, wish, consents=(*NOTICE, "photos")),
            a_request(2),
            a_request(3, WishedWorkshop(self.wanted)),
        ]
        made = [registering.register(self.congress, each, now=OPEN) for each in people]
        self.first, self.me, self.second, self.third = (each.registration_id for each in made)

    def ask(self, colleague=MAX, *, now=LATE):
        handing_over.ask(self.me, colleague, actor=ATTENDEE, now=now)
        asked = find_of(self.me, now=OPEN)
        return str(hand_overs.link_for(asked.id, asked.email)).rpartition("/")[2]

    def accept(self, link, *, now=LATE, family_name="Neu"):
        request = a_request(7, given_name="Max", family_name=family_name, form_key="")
        return handing_over.accept(link, request, now=now)

    def by_hand(self, name="Neu", email=MAXS, *, now=LATE, entered=ENTERED, of=None):
        of = of or self.me
        request = a_request(7, given_name="Max", family_name=name, email=email, form_key=name)
        return handing_over.see_to(of, request, entered, actor=ORGANISER, now=now)

    def came(self):
        return standings([get_own(self.me).standing.substituted_by_id or 0])[0]


@pytest.fixture
def house(session):
    found = House()
    sent(session)
    return found


def test_who_accepts_has_the_places_and_positions_and_nothing_else(session, house):
    assisting.state(house.me, Needs.of(["step_free"], ""), actor=ATTENDEE, now=OPEN)
    before = {each.id: each for each in standings([house.second, house.third, house.me])}
    sent(session)
    own = house.accept(house.ask())
    assert list_broken() == []

    came = house.came()
    mine = {each.item.id: (each.state, each.position) for each in before[house.me].bookings}
    assert {each.item.id: (each.state, each.position) for each in came.bookings} == mine
    assert [each.question for each in came.bookings] == ["", ""]
    assert (came.state, came.email, came.name) == (State.CONFIRMED, MAXS, "Max Neu")
    for each in standings([house.second, house.third]):  # nobody moved up
        assert each == before[each.id]
    found = get_own(came.id)
    assert [each.purpose for each in found.consents] == ["privacy_notice"]
    assert find_own(own).registration.id == came.id

    gone = get_own(house.me)
    assert (gone.standing.state, gone.standing.substituted_by_id) == (State.CANCELLED, came.id)
    assert {each.purpose: each.withdrawn_at for each in gone.consents}["photos"] == LATE
    assert session.scalars(select(AssistanceNeeds.id)).all() == []
    assert session.scalars(select(HandOver.id)).all() == []
    verbs = select(AuditLine.verb, AuditLine.registration_id).order_by(AuditLine.id)
    assert session.execute(verbs).all()[-3:] == [
        ("hand_over_asked", house.me),
        ("handed_over", house.me),
        ("took_over", came.id),
    ]


def test_one_reads_that_it_is_over_and_the_other_that_it_is_theirs(session, house):
    mine = select(CalendarEntry.uid).where(CalendarEntry.registration_id == house.me)
    uid = session.scalars(mine).one()
    link = house.ask()
    assert news(session) == [("hand_over_asked", MAXS, None, None)]
    question = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert question.recipient_name == "Max Neu"
    assert link not in str(question.facts)
    sent(session)
    house.accept(link)
    assert news(session) == [
        ("handed_over", MINE, "CANCEL", 1),
        ("confirmed", MAXS, None, None),
        ("calendar_request", MAXS, "REQUEST", 0),
    ]
    queued = select(OutboxMessage).where(OutboxMessage.state == "queued")
    facts = {row.kind: row.facts for row in session.scalars(queued)}
    assert facts["handed_over"]["handed_to"] == "Max Neu"
    assert facts["confirmed"]["from_whom"] == "Erika Muster-1"
    assert facts["handed_over"]["entry"]["uid"] == uid != facts["calendar_request"]["entry"]["uid"]


def test_again_it_leads_to_the_same_page_until_its_links_are_others(session, house):
    link = house.ask()
    own = house.accept(link)
    assert house.accept(link, family_name="Anders") == own
    assert session.query(Registration).count() == 5
    with transaction():
        tokens.renew(house.came().id, now=LATE)
    with pytest.raises(HandOverLinkOver):
        house.accept(link)


def test_the_place_is_kept_until_somebody_accepts_and_a_link_can_be_taken_back(session, house):
    first = house.ask()
    assert standings([house.me])[0].state is State.CONFIRMED
    assert house.ask() == first  # sent twice
    other = house.ask(replace(MAX, email="eva@example.org"))
    assert other != first
    assert [mail[1] for mail in news(session)] == ["eva@example.org"]
    with pytest.raises(HandOverLinkOver):
        house.accept(first)
    for _twice in range(2):
        handing_over.take_back(house.me, actor=ATTENDEE, now=LATE)
    assert news(session) == []
    with pytest.raises(HandOverLinkOver):
        house.accept(other)
    taken_back = select(AuditLine).where(AuditLine.verb == "hand_over_taken_back")
    assert len(session.scalars(taken_back).all()) == 1


def test_a_link_that_is_left_ends_and_what_is_known_of_the_colleague_goes(session, house):
    link = house.ask(now=OPEN)
    over = OPEN + TIME_TO_ACCEPT
    with pytest.raises(HandOverLinkOver):
        house.accept(link, now=over)
    assert hand_overs.delete_expired(now=over - timedelta(seconds=1)) == 0
    assert hand_overs.delete_expired(now=over) == 1
    house.ask(now=OPEN)
    changing.withdraw(house.me, actor=ATTENDEE, now=OPEN)
    assert hand_overs.delete_expired(now=OPEN) == 1
    assert session.scalars(select(HandOver.id)).all() == []


def of_congress(session, house, values):
    with transaction():
        mine = update(Congress).where(Congress.id == house.congress)
        session.execute(mine.values(**values))


def withdraws(_session, house):
    changing.withdraw(house.me, actor=ATTENDEE, now=OPEN)


def is_called_off(session, house):
    of_congress(session, house, {"state": "cancelled"})


# What happened after the link went out, when it is opened, and why it opens nothing then.
MEANWHILE = {
    "withdrawn": (withdraws, OPEN, RegistrationCancelled),
    "called off": (is_called_off, OPEN, CongressNotTakingPart),
    "begun": (lambda *_: None, STARTS, HandOverLinkOver),
}


@pytest.mark.parametrize("name", MEANWHILE)
def test_what_happened_meanwhile(session, house, name):
    act, now, why = MEANWHILE[name]
    link = house.ask(now=now - timedelta(days=1))
    act(session, house)
    with pytest.raises(why):
        house.accept(link, now=now)
    assert session.query(Registration).count() == 4


def test_whom_one_cannot_name(session, house):
    with pytest.raises(NamesThemselves):
        house.ask(Details("erika", "muster-1", MINE.upper()))
    with pytest.raises(CongressHasBegun):
        house.ask(now=STARTS)
    for number in range(5):
        house.ask(replace(MAX, given_name=f"Max {number}"))
        sent(session)
    with pytest.raises(MailboxAskedEnough):
        handing_over.ask(house.second, MAX, actor=ATTENDEE, now=LATE)
    of_congress(session, house, {"rules": {"substitutes": False}})
    with pytest.raises(SubstitutesOff):
        handing_over.ask(house.second, MAX, actor=ATTENDEE, now=LATE)
    house.by_hand()  # an organiser can


def test_whoever_is_registered_already_takes_nothing_over(session, house):
    max_neu = a_request(8, given_name="Max", family_name="Neu", email=MAXS)
    registering.register(house.congress, max_neu, now=OPEN)
    with pytest.raises(RegisteredThemselves):
        house.accept(house.ask())
    with pytest.raises(RegisteredAlready):
        house.by_hand()
    assert standings([house.me])[0].state is State.CONFIRMED


def test_what_waits_to_be_answered_ends_with_it(session, house):
    of_congress(session, house, {"withdrawals_until": CLOSES})
    requesting.ask(house.me, RequestKind.WITHDRAWAL, actor=ATTENDEE, now=LATE)
    house.accept(house.ask())
    assert session.scalars(select(ChangeRequest.answer)).all() == ["taken_back"]


def test_the_channel_of_the_calendar_is_not_passed_on(session, house):
    with transaction():
        mine = update(Registration).where(Registration.id == house.me)
        session.execute(mine.values(subscribes=True))
    house.accept(house.ask())
    assert not house.came().subscribes
    feed = tokens.token_for(house.me, TokenPurpose.FEED)
    assert feed is not None  # it shows that the entry is over


def test_whoever_is_merged_with_who_came_came_instead(session, house):
    house.accept(house.ask())
    came = house.came().id
    other = registering.register(house.congress, a_request(5), now=OPEN).registration_id
    wanted = Merging(other, came)
    heading = congresses.get_heading(house.congress)
    seen = merging.foresee(heading, wanted, now=LATE).seen
    merging.merge(wanted, seen=seen, actor=ORGANISER, now=LATE)
    assert house.came().id == other


def test_whoever_accepts_while_the_other_withdraws_leaves_one_place(app, session, house):
    link = house.ask(now=OPEN)
    accept = partial(house.accept, link, now=OPEN)
    leave = partial(changing.withdraw, house.me, actor=ATTENDEE, now=OPEN)
    came = at_once(app, [accept, leave, accept])
    assert list_broken() == []
    gone = get_own(house.me).standing
    assert gone.state is State.CANCELLED
    others = {each.id: each.state for each in standings([house.second, house.third])}
    if gone.substituted_by_id is None:  # then it went to the queue
        assert came == {"done": 1, "RegistrationCancelled": 2}
        assert State.CONFIRMED in others.values()
    else:
        assert came == {"done": 3}
        assert set(others.values()) == {State.WAITING}
    kinds = [mail[0] for mail in news(session) if mail[1] == MINE]
    assert kinds in (["handed_over"], ["withdrawn"])
