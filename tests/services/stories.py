"""Somebody to whom things happen while mails go out or wait, and what they hold in the end.

A reader knows what the last letter says, and the calendar holds what the mails have brought. In
the end, whatever waited and whatever gave way, both say what the own page and the feed say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS
from congress.domain.registration_request import Details, WishedWorkshop
from congress.domain.room import ByHand
from congress.domain.selection import Act, Acting
from congress.models import CalendarEntry, OutboxMessage, ProgrammeItem, Room
from congress.queries import bulk_acts, congresses
from congress.queries.registrations import get_own, standings
from congress.services import changing, correcting, registering, restoring
from congress.services.mails.facts import Letters
from congress.services.planning import releasing
from tests.builders import (
    BEGUN,
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
    add,
    send_everything,
    set_places,
)

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
ABOUT_A_PERSON = {"corrected", "readdressed"}
TITLES = {1: "Netze", 2: "Chöre", 3: "Gärten", 4: "Feste", 5: "Abends"}
_slugs = count(1)


class Story:
    """A congress of its own, and somebody in it; workshop 4 is full, 5 is at another time."""

    def __init__(
        self, session: scoped_session[Session], *numbers: int, capacity: int | None = None
    ) -> None:
        self.session, self.now, self.act = session, OPEN, 0
        self.congress = a_congress(slug=f"geschichte-{next(_slugs)}", capacity=capacity)
        self.workshops = {
            number: a_workshop(
                self.congress,
                number=number,
                title=title,
                capacity=0 if number == 4 else 9,
                starts_at=WORKSHOPS_START + (2 * TWO_HOURS if number == 5 else 0 * TWO_HOURS),
            ).id
            for number, title in TITLES.items()
        }
        wishes = [WishedWorkshop(self.workshops[number]) for number in numbers]
        self.somebody = registering.register(
            self.congress.id, a_request(1, *wishes), now=OPEN
        ).registration_id
        send_everything()

    def edit(self, number: int, **values: Any) -> None:  # noqa: ANN401 - columns
        mine = ProgrammeItem.id == self.workshops[number]
        self.session.execute(update(ProgrammeItem).where(mine).values(**values))
        self.session.commit()
        releasing.release(self.congress.id, actor=ORGANISER, now=self.now)

    def move_room(self, number: int) -> None:
        name = f"Raum {next(_slugs)}"
        room = add(Room(congress_id=self.congress.id, code=name, name={"de": name}))
        self.edit(number, room_id=room.id)

    def choose(self, *numbers: int) -> None:
        wishes = [WishedWorkshop(self.workshops[number]) for number in numbers]
        changing.change_workshops(self.somebody, wishes, actor=ATTENDEE, now=self.now)

    def take_away(self) -> None:
        """As an organiser does."""
        mine = [each.item.id for each in get_own(self.somebody).standing.bookings]
        by_hand = ByHand()
        changing.assign_workshops(
            self.somebody, [], mine, by_hand=by_hand, actor=ORGANISER, now=self.now
        )

    def off_the_list(self) -> None:
        """As an organiser does with several."""
        before = bulk_acts.look(self.congress.id, [self.somebody])
        changing.withdraw(self.somebody, actor=ORGANISER, now=self.now)
        self.act = restoring.keep(
            self.congress.id,
            Acting(Act.CANCEL),
            [self.somebody],
            before,
            actor=ORGANISER,
            now=self.now,
        )

    def back_on_it(self) -> None:
        act = bulk_acts.find(self.congress.id, self.act)
        assert act
        for each in act.kept:
            restoring.put_back(each, act.id, actor=ORGANISER, now=self.now)
        restoring.finish(act, 1, self.congress.id, actor=ORGANISER, now=self.now)

    def give_back(self) -> None:
        for booking in get_own(self.somebody).standing.bookings[:1]:
            changing.leave(self.somebody, booking.id, actor=ATTENDEE, now=self.now)

    def more_places(self, number: int | None) -> None:
        key = CONGRESS if number is None else self.workshops[number]
        set_places(self.congress.id, key, 20, actor=ORGANISER, now=self.now)

    def readdress(self) -> None:
        email = f"neu-{next(_slugs)}@example.org"
        person = get_own(self.somebody).person
        after = Details.of(person.said | {"email": email})
        self.correct(after, person.version, ORGANISER)

    def rename(self) -> None:
        """As somebody does who was misspelt."""
        person = get_own(self.somebody).person
        after = Details.of(person.said | {"family_name": f"Maier {next(_slugs)}"})
        self.correct(after, person.version, ATTENDEE)

    def correct(self, after: Details, version: str, actor: Actor) -> None:
        correcting.correct(self.somebody, after, version=version, actor=actor, now=self.now)

    def become(self, state: CongressState) -> None:
        if state is CongressState.FINISHED:
            self.now = BEGUN  # and so it is for whatever happens then
        releasing.change_state(self.congress.id, state, actor=ORGANISER, now=self.now)

    def call_off(self) -> None:
        releasing.call_off(self.congress.id, actor=ORGANISER, now=self.now)

    def bring_back(self) -> None:
        releasing.hold_after_all(self.congress.id, actor=ORGANISER, now=self.now)

    def do(self, event: str) -> None:
        self.session.rollback()
        EVENTS[event](self)
        self.session.rollback()

    def mails(self) -> Sequence[OutboxMessage]:
        """Every mail that reaches today's mailbox, in the order in which they go out."""
        self.session.rollback()
        email = get_own(self.somebody).standing.email
        return self.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.registration_id == self.somebody, OutboxMessage.recipient == email)
            .order_by(OutboxMessage.id)
        ).all()


@dataclass(frozen=True)
class Held:
    """What somebody has: the calendar by UID, and what they read of their places."""

    calendar: Mapping[str, Any]
    places: Any


def in_hand(story: Story) -> Held:
    """Return what the mails have brought."""
    calendar: dict[str, Any] = {}
    read: Any = None
    is_off = False
    for mail in story.mails():
        if entry := mail.facts.get("entry"):
            calendar[entry["uid"]] = entry["content"], mail.recipient_name
            if entry["method"] == "CANCEL":
                del calendar[entry["uid"]]
        if "confirmed" in mail.facts:
            read = _places(mail.facts)
            is_off = mail.kind == "congress_cancelled" or (is_off and mail.kind in ABOUT_A_PERSON)
    return Held(calendar, None if is_off else read)


def by_the_program(story: Story) -> Held:
    """Return what feed and own page say."""
    story.session.rollback()
    entries = story.session.scalars(
        select(CalendarEntry).where(
            CalendarEntry.registration_id == story.somebody, CalendarEntry.status == "CONFIRMED"
        )
    )
    [standing] = standings([story.somebody])
    congress = congresses.get_congress(story.congress.id)
    is_off = congress.state is CongressState.CANCELLED
    places = None if is_off else _places(Letters(congress).to(standing))
    return Held({each.uid: (each.content, standing.name) for each in entries}, places)


def _places(letter: Any) -> Any:  # noqa: ANN401 - facts
    """Return what a letter says that matters."""
    return {
        "waits": "position" in letter,
        "where": letter["congress"]["town"],
        **{
            name: sorted((_said(each) for each in letter[name]), key=str)
            for name in ("confirmed", "waiting")
        },
    }


def _said(workshop: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what is compared
    """Return what is said of a workshop; of one that is called off nothing else matters."""
    if workshop.get("cancelled"):
        return workshop["id"], "off"
    return tuple(workshop[name] for name in ("id", "title", "room", "starts_at"))


EVENTS: dict[str, Callable[[Story], object]] = {
    "1 off": lambda story: story.edit(1, cancelled=True),
    "1 back": lambda story: story.edit(1, cancelled=False),
    "1 renamed": lambda story: story.edit(1, title={"de": f"Netze {next(_slugs)}"}),
    "1 in another room": lambda story: story.move_room(1),
    "2 off": lambda story: story.edit(2, cancelled=True),
    "4 off": lambda story: story.edit(4, cancelled=True),
    "4 back": lambda story: story.edit(4, cancelled=False),
    "4 renamed": lambda story: story.edit(4, title={"de": f"Feste {next(_slugs)}"}),
    "chose 2": lambda story: story.choose(2),
    "chose 5": lambda story: story.choose(5),
    "waits for 4": lambda story: story.choose(4),
    "gave back": Story.give_back,
    "taken away": Story.take_away,
    "off the list": Story.off_the_list,
    "back on it": Story.back_on_it,
    "more places in 4": lambda story: story.more_places(4),
    "more places": lambda story: story.more_places(None),
    "new address": Story.readdress,
    "new name": Story.rename,
    "congress off": Story.call_off,
    "congress back": Story.bring_back,
    "finished": lambda story: story.become(CongressState.FINISHED),
    "reopened": lambda story: story.become(CongressState.PUBLISHED),
    "sent": lambda _story: send_everything(),
}
