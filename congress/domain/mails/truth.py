"""Whether a mail is still true when it goes out: what each kind relies on, and what ends that.

A mail may wait for hours, and an organiser may send one again after weeks. What has happened
meanwhile (called off, moved, withdrawn, registered again, a workshop called off) is asked here,
once for all of them, when a mail is claimed and when it is to be sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.mails.kinds import TO_CONTACTS, MessageKind
from congress.domain.modes import Mode
from congress.domain.registration import DEADLINES, Phase, RegistrationState


class Outdated(StrEnum):
    """Why a mail is no longer true."""

    CALLED_OFF = "called_off"  # the congress does not take place
    TAKES_PLACE = "takes_place"  # it says that the congress is called off
    OVER = "over"  # the moment for which it was written has passed
    NOT_YET = "not_yet"  # its moment has moved to a later one
    HAS_LEFT = "has_left"  # its reader is registered no more
    IS_REGISTERED = "is_registered"  # it says that its reader is not
    NOT_MEANT = "not_meant"  # its reader is not among those it is for any more
    OTHERWISE = "otherwise"  # days, place or workshops are others than it names
    NEWER_ENTRY = "newer_entry"  # a calendar has a newer revision of its entry


@dataclass(eq=False)
class MailOutdated(Refused):
    """What the mail says is no longer so, or a newer one says it."""

    why: Outdated


class Relies(Enum):
    """What must hold for a mail to be true."""

    HELD = auto()  # the congress takes place, or took
    OFF = auto()  # it is called off
    TO_COME = auto()  # it has not ended
    REGISTERED = auto()  # the reader has or waits for a place
    PLACE = auto()  # if they are, has one
    WAITS = auto()  # if they are, waits for one
    ASKS = auto()  # if they are, waits for an answer
    LEFT = auto()  # is registered no more
    ASKED = auto()  # has not confirmed their address yet
    STATED = auto()  # days, place, link and workshops are as it names them
    OPEN = auto()  # one can register
    ANSWERS = auto()  # the survey is open, and the reader has not answered
    ANSWERED = auto()  # of a question to the Land: as it says
    TERM = auto()  # of somebody who speaks for an organisation: their term is not over
    MEANT = auto()  # of an info mail to whoever said nothing of their wishes: they still have not
    READS = auto()  # of an info mail of the network: it is for its reader still
    SPEAKS = auto()  # of somebody invited for a member: their term holds on that day
    UNDONE = auto()  # a task of a module: still to be done by its reader, and not over
    MOMENT = auto()  # a reminder: its time has come and not passed, for this reader


REGISTERED = frozenset({Relies.HELD, Relies.TO_COME, Relies.REGISTERED, Relies.STATED})
LEFT = frozenset({Relies.LEFT})
TO_OTHERS = frozenset({Relies.HELD, Relies.TO_COME})
INFO = frozenset({Relies.HELD, Relies.REGISTERED})
REMINDS = frozenset({Relies.MOMENT})
# What is not here is true whenever it goes out: words of one's own, links, accounts.
RELIES: Mapping[MessageKind, frozenset[Relies]] = {
    **dict.fromkeys(TO_CONTACTS, frozenset({Relies.TERM})),
    MessageKind.CONFIRMED: REGISTERED | {Relies.PLACE},
    MessageKind.WAITING: REGISTERED | {Relies.WAITS},
    MessageKind.REQUESTED: REGISTERED | {Relies.ASKS},
    MessageKind.ASSIGNED: frozenset({Relies.HELD, Relies.TO_COME, Relies.REGISTERED}),
    MessageKind.PLACE_GAINED: REGISTERED,
    MessageKind.PLACE_OFFERED: REGISTERED,
    MessageKind.OFFER_EXPIRED: REGISTERED,
    MessageKind.EXPIRED: LEFT,
    MessageKind.CHANGED: REGISTERED,
    MessageKind.PROGRAMME_CHANGED: REGISTERED,
    MessageKind.REINSTATED: REGISTERED,
    MessageKind.HELD_AFTER_ALL: REGISTERED,
    MessageKind.READDRESSED: REGISTERED,
    MessageKind.MERGED: REGISTERED,
    MessageKind.ALREADY_REGISTERED: REGISTERED,
    MessageKind.CORRECTED: frozenset({Relies.REGISTERED}),
    MessageKind.DECLINED: frozenset({Relies.HELD, Relies.TO_COME, Relies.REGISTERED}),
    MessageKind.REQUEST_DECLINED: frozenset(
        {Relies.HELD, Relies.TO_COME, Relies.REGISTERED, Relies.STATED}
    ),
    MessageKind.CONFIRM_REGISTRATION: frozenset(
        {Relies.HELD, Relies.TO_COME, Relies.REGISTERED, Relies.ASKED}
    ),
    MessageKind.HAND_OVER_ASKED: frozenset({Relies.HELD, Relies.TO_COME, Relies.REGISTERED}),
    MessageKind.COLLEAGUE_NAMED: frozenset({Relies.HELD, Relies.TO_COME, Relies.REGISTERED}),
    MessageKind.WITHDRAWN: LEFT,
    MessageKind.HANDED_OVER: LEFT,
    MessageKind.CANCELLED_BY_ORGANISER: LEFT,
    MessageKind.LAPSED: LEFT,
    MessageKind.REGISTRATION_DECLINED: LEFT,
    MessageKind.CONGRESS_CANCELLED: frozenset({Relies.OFF}),
    MessageKind.CALENDAR_REQUEST: frozenset(
        {Relies.HELD, Relies.TO_COME, Relies.REGISTERED, Relies.PLACE}
    ),
    MessageKind.CALENDAR_CANCEL: frozenset(),  # its entry alone
    MessageKind.INFO_MAIL: INFO | {Relies.MEANT},
    MessageKind.NEWSLETTER: INFO,
    MessageKind.NETWORK_MAIL: frozenset({Relies.READS}),
    MessageKind.NETWORK_NEWSLETTER: frozenset({Relies.READS}),
    MessageKind.REGISTRATION_OPENED: frozenset({Relies.HELD, Relies.TO_COME, Relies.OPEN}),
    MessageKind.REMINDER: REMINDS,
    MessageKind.TASK_DUE: frozenset({Relies.HELD, Relies.REGISTERED, Relies.PLACE, Relies.UNDONE}),
    MessageKind.FOLLOW_UP: REMINDS,
    MessageKind.FEEDBACK_ASKED: frozenset(
        {Relies.HELD, Relies.REGISTERED, Relies.PLACE, Relies.ANSWERS}
    ),
    MessageKind.CONTRIBUTION_REMINDER: REMINDS,
    MessageKind.INVITED_REMINDER: REMINDS | {Relies.SPEAKS},
    MessageKind.INVITED: TO_OTHERS | {Relies.SPEAKS},
    MessageKind.INVITATION_OFF: frozenset({Relies.OFF}),
    MessageKind.TOPICS_CALLED: frozenset({Relies.TERM, Relies.SPEAKS}),
    MessageKind.CONTRIBUTION_ASKED: TO_OTHERS,
    MessageKind.CONTRIBUTION_MOVED: TO_OTHERS,
    MessageKind.LAND_QUESTION_ANSWERED: frozenset({Relies.TERM, Relies.ANSWERED}),
}
# Dropped instead of being sent where it is no longer true, as nobody misses it then. Every other
# letter goes out before the one that says what has changed since; one that has to be tried again
# after that went out is dropped as well.
PASSING = TO_CONTACTS | frozenset(
    {
        MessageKind.ASSIGNED,
        MessageKind.REMINDER,
        MessageKind.TASK_DUE,
        MessageKind.FOLLOW_UP,
        MessageKind.FEEDBACK_ASKED,
        MessageKind.CONTRIBUTION_REMINDER,
        MessageKind.CONTRIBUTION_ASKED,
        MessageKind.INVITED_REMINDER,
        MessageKind.INVITED,
        MessageKind.INVITATION_OFF,
        MessageKind.INFO_MAIL,
        MessageKind.NEWSLETTER,
        MessageKind.NETWORK_MAIL,
        MessageKind.NETWORK_NEWSLETTER,
        MessageKind.REGISTRATION_OPENED,
        MessageKind.DECLINED,
        MessageKind.CONFIRM_REGISTRATION,
        MessageKind.HAND_OVER_ASKED,
    }
)
# Written with what holds when they go out, whatever they stated before (`services.mails.truth`).
STATED_ANEW = frozenset(
    {MessageKind.REMINDER, MessageKind.INFO_MAIL, MessageKind.NEWSLETTER}
    | {MessageKind.REGISTRATION_OPENED, MessageKind.ASSIGNED}
)
# Of these, what says where their reader stands.
STANDING_ANEW = frozenset({MessageKind.REMINDER, MessageKind.ASSIGNED})
# The first that is broken is said.
WHY: Mapping[Relies, Outdated] = {
    Relies.HELD: Outdated.CALLED_OFF,
    Relies.OFF: Outdated.TAKES_PLACE,
    Relies.TO_COME: Outdated.OVER,
    Relies.OPEN: Outdated.OVER,
    Relies.MOMENT: Outdated.NOT_MEANT,
    Relies.LEFT: Outdated.IS_REGISTERED,
    Relies.REGISTERED: Outdated.HAS_LEFT,
    Relies.PLACE: Outdated.OTHERWISE,
    Relies.WAITS: Outdated.OTHERWISE,
    Relies.ASKS: Outdated.OTHERWISE,
    Relies.ASKED: Outdated.NOT_MEANT,
    Relies.ANSWERS: Outdated.NOT_MEANT,
    Relies.MEANT: Outdated.NOT_MEANT,
    Relies.SPEAKS: Outdated.NOT_MEANT,
    Relies.UNDONE: Outdated.NOT_MEANT,
    Relies.STATED: Outdated.OTHERWISE,
}
IN = frozenset(RegistrationState) - {RegistrationState.CANCELLED}
# Who has no place for sure.
OUT = IN - {RegistrationState.CONFIRMED}
OF_CONGRESS = ("days", "timezone", "title", "town", "venue", "address", *DEADLINES)
# Where there is any.
OF_A_STANDING = (
    *("position", "offered_until", "reserve", "first", "by_offer", "requested", "holds"),
    *("subscribes", "online_link", "chooses_until", "link_comes_at", "mode"),
)
OF_WORKSHOP = ("id", "starts_at", "ends_at", "title", "room", "cancelled")


@dataclass(frozen=True)
class Today:
    """What holds now of what a mail is about; None where the mail is about no such thing."""

    congress: CongressState
    is_over: bool = False
    reader: RegistrationState | None = None
    has_come_back: bool = False  # in another registration
    is_asked: bool = False  # whether the address is theirs
    letter: Mapping[str, Any] | None = None  # what it would state now
    phase: Phase = Phase.OPEN  # of the period to register
    moment: Outdated | None = None  # of a reminder: why it is not the time, nor its reader
    has_newer_entry: bool = False
    may_answer: bool = True  # what they think of it
    is_undone: bool = True  # the task that it names
    is_meant: bool = True  # by an info mail to whoever said nothing of their wishes
    speaks: bool = True  # for the member for which they are invited


def why_outdated(kind: str, stated: Mapping[str, Any], today: Today) -> Outdated | None:
    """Return why a mail that states this is no longer true; None where it is."""
    relies = RELIES.get(MessageKind(kind), frozenset())
    broken = {
        Relies.HELD: today.congress in {CongressState.CANCELLED, CongressState.DRAFT},
        Relies.OFF: today.congress is not CongressState.CANCELLED,
        Relies.TO_COME: today.is_over,
        Relies.OPEN: today.phase is not Phase.OPEN,
        Relies.MOMENT: today.moment is not None,
        Relies.LEFT: today.has_come_back or today.reader in IN,
        Relies.REGISTERED: today.reader is RegistrationState.CANCELLED,
        Relies.PLACE: today.reader in OUT,
        Relies.WAITS: today.reader in IN - {RegistrationState.WAITING},
        Relies.ASKS: today.reader in IN - {RegistrationState.REQUESTED},
        Relies.ASKED: today.reader is not None and not today.is_asked,
        Relies.ANSWERS: not today.may_answer,
        Relies.MEANT: not today.is_meant,
        Relies.SPEAKS: not today.speaks,
        Relies.UNDONE: not today.is_undone,
        Relies.STATED: today.letter is not None and not is_as_stated(stated, today.letter),
    }
    for each, why in WHY.items():
        if each in relies and broken[each]:
            if each is Relies.OPEN and today.phase is Phase.NOT_YET:
                return Outdated.NOT_YET
            return today.moment if each is Relies.MOMENT else why
    return Outdated.NEWER_ENTRY if today.has_newer_entry else None


def is_as_stated(stated: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether a letter names the days, the place, the link and the workshops of now."""
    usual = {"online_link": "", "offered_until": "", "mode": Mode.ONSITE}
    if any(stated.get(each, default) != now.get(each, default) for each, default in usual.items()):
        return False
    if not _agrees(stated.get("congress", {}), now["congress"], OF_CONGRESS):
        return False
    for places in ("confirmed", "waiting"):
        was, held = stated.get(places, ()), now[places]
        if len(was) != len(held):
            return False
        pairs = [*zip(was, held, strict=True)]
        if not all(_agrees(*pair, OF_WORKSHOP) for pair in pairs):
            return False
        for name in ("online_link", "offered_until"):
            if any(one.get(name) != other.get(name) for one, other in pairs):
                return False
    return True


def _agrees(stated: Mapping[str, Any], now: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    """Return whether what is stated is so now; older mails state less."""
    return all(stated[name] == now.get(name) for name in names if name in stated)


def restated(stated: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a letter states, with where its reader stands now in the place of then."""
    kept = {name: value for name, value in stated.items() if name not in OF_A_STANDING}
    # The link stays away from a calendar object, which may be shared.
    return kept | dict(now) | ({"links": []} if "entry" in stated else {})
