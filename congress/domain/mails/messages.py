"""Which mails there are, and the facts each of them states.

Facts are what a mail will say, written down in the transaction it tells about: plain values that
JSON can hold, moments as ISO 8601 in UTC, texts already in the recipient's language, and secret
links by name only (`links`), so that a stolen outbox opens nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, NotRequired, TypedDict


class MessageKind(StrEnum):
    """The occasions of a mail; a letter has words, a calendar message carries an object."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    PLACE_GAINED = "place_gained"
    CHANGED = "changed"
    PROGRAMME_CHANGED = "programme_changed"
    WITHDRAWN = "withdrawn"
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser"
    REINSTATED = "reinstated"
    CONGRESS_CANCELLED = "congress_cancelled"
    HELD_AFTER_ALL = "held_after_all"
    CORRECTED = "corrected"
    READDRESSED = "readdressed"
    ADDRESS_LEFT = "address_left"
    MERGED = "merged"
    MERGED_AWAY = "merged_away"
    CONFIRM_ADDRESS = "confirm_address"
    ALREADY_REGISTERED = "already_registered"
    LINK = "link"
    MESSAGE = "message"
    CALENDAR_REQUEST = "calendar_request"
    CALENDAR_CANCEL = "calendar_cancel"
    ORGANISER_INVITED = "organiser_invited"
    ROLE_GIVEN = "role_given"
    CONTRIBUTION_ASKED = "contribution_asked"
    CONTRIBUTION_MOVED = "contribution_moved"
    CONTRIBUTOR_CODE = "contributor_code"
    PROPOSAL_RECEIVED = "proposal_received"
    PROPOSAL_ANSWERED = "proposal_answered"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a mail
    LOGIN_CHANGED = "login_changed"


class LoginChange(StrEnum):
    """What happened to the second factors of an account."""

    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    CODES_RENEWED = "codes_renewed"
    CODE_USED = "code_used"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    RESET = "reset"


class Carries(Enum):
    """What a mail is made of, which decides what secret links it may hold."""

    WORDS = auto()  # a letter, with the link to the own page where its facts name it
    FAREWELL = auto()  # a letter without that link: there is nothing left to change
    CALENDAR = auto()  # an object and no link: calendars are shared
    ALL_LINKS = auto()  # the links of everybody under one address
    ACCOUNT = auto()  # a link to choose a password
    PROPOSER = auto()  # the link to what somebody proposed for the programme
    CONTRIBUTOR = auto()  # the link of somebody in the programme to what they do there
    CODE = auto()  # the code with which somebody in the programme logs in
    NEW_ADDRESS = auto()  # the link that shows whose mailbox it is


@dataclass(frozen=True)
class Kind:
    """What is decided for a kind of mail; `priority` is the order in the outbox, lowest first."""

    carries: Carries = Carries.WORDS
    priority: int = 0
    by_strangers: bool = False  # by typing an address: limited per address and hour (SEC-30)
    # Letters that it replaces while they have not gone out yet.
    overtakes: frozenset[MessageKind] = frozenset()


NEWS = frozenset({MessageKind.CHANGED, MessageKind.PROGRAMME_CHANGED})
NEWS_AND_PLACES = NEWS | {MessageKind.PLACE_GAINED}
# What nobody needs any more who leaves; a congress may take place after all, a correction stays.
TILL_ON_AGAIN = NEWS_AND_PLACES | {MessageKind.HELD_AFTER_ALL}
LEFT_BEHIND = TILL_ON_AGAIN | {MessageKind.CORRECTED}
# Whoever gets one of these learns that the congress takes place.
ON = TILL_ON_AGAIN | {
    MessageKind.CONFIRMED,
    MessageKind.WAITING,
    MessageKind.REINSTATED,
    MessageKind.MERGED,
}
FAREWELL = Kind(Carries.FAREWELL, overtakes=LEFT_BEHIND)
CALENDAR = Kind(Carries.CALENDAR, priority=1)
ACCOUNT = Kind(Carries.ACCOUNT)
KINDS: Mapping[MessageKind, Kind] = {
    MessageKind.CONFIRMED: Kind(overtakes=frozenset({MessageKind.CONFIRMED})),
    MessageKind.WAITING: Kind(overtakes=frozenset({MessageKind.WAITING})),
    MessageKind.PLACE_GAINED: Kind(overtakes=frozenset({MessageKind.CONGRESS_CANCELLED})),
    MessageKind.CHANGED: Kind(
        overtakes=NEWS_AND_PLACES | {MessageKind.CONGRESS_CANCELLED, MessageKind.HELD_AFTER_ALL}
    ),
    MessageKind.PROGRAMME_CHANGED: Kind(overtakes=NEWS_AND_PLACES | {MessageKind.HELD_AFTER_ALL}),
    MessageKind.WITHDRAWN: FAREWELL,
    MessageKind.CANCELLED_BY_ORGANISER: FAREWELL,
    MessageKind.REINSTATED: Kind(overtakes=frozenset({MessageKind.CANCELLED_BY_ORGANISER})),
    MessageKind.CONGRESS_CANCELLED: Kind(Carries.FAREWELL, overtakes=TILL_ON_AGAIN),
    MessageKind.HELD_AFTER_ALL: Kind(overtakes=NEWS_AND_PLACES | {MessageKind.CONGRESS_CANCELLED}),
    MessageKind.CORRECTED: Kind(overtakes=frozenset({MessageKind.CORRECTED})),
    MessageKind.READDRESSED: Kind(
        overtakes=frozenset({MessageKind.CORRECTED, MessageKind.READDRESSED})
    ),
    MessageKind.ADDRESS_LEFT: Kind(Carries.FAREWELL),
    MessageKind.MERGED: Kind(overtakes=frozenset({MessageKind.CORRECTED})),
    MessageKind.MERGED_AWAY: FAREWELL,
    MessageKind.CONFIRM_ADDRESS: Kind(Carries.NEW_ADDRESS, by_strangers=True),
    MessageKind.ALREADY_REGISTERED: Kind(by_strangers=True),
    MessageKind.LINK: Kind(Carries.ALL_LINKS, by_strangers=True),
    MessageKind.MESSAGE: Kind(),  # in an organiser's words: no other letter says the same
    MessageKind.CALENDAR_REQUEST: CALENDAR,
    MessageKind.CALENDAR_CANCEL: CALENDAR,
    MessageKind.ORGANISER_INVITED: ACCOUNT,
    MessageKind.ROLE_GIVEN: Kind(),
    MessageKind.CONTRIBUTION_ASKED: Kind(Carries.CONTRIBUTOR),
    MessageKind.CONTRIBUTION_MOVED: Kind(Carries.CONTRIBUTOR),
    MessageKind.CONTRIBUTOR_CODE: Kind(Carries.CODE),
    MessageKind.PROPOSAL_RECEIVED: Kind(Carries.PROPOSER, by_strangers=True),
    MessageKind.PROPOSAL_ANSWERED: Kind(Carries.PROPOSER),
    MessageKind.PASSWORD_RESET: ACCOUNT,
    MessageKind.LOGIN_CHANGED: Kind(),
}
# About a mailbox itself: where an address was corrected since, these go nowhere else.
STAYING = frozenset(
    {
        MessageKind.ADDRESS_LEFT,
        MessageKind.MERGED_AWAY,
        MessageKind.CALENDAR_CANCEL,
        MessageKind.CONFIRM_ADDRESS,
    }
)
# Letters for the sake of their link; calendar objects go apart from them.
WITH_LINK = frozenset({MessageKind.CONFIRMED, MessageKind.READDRESSED, MessageKind.MERGED})
LATER = 2  # added for news to thousands, so that a confirmation overtakes it


class WorkshopFacts(TypedDict):
    """One workshop as the person has it or waits for it."""

    id: NotRequired[int]
    number: int | None
    title: str
    starts_at: str
    ends_at: str
    room: str
    cancelled: NotRequired[bool]
    people: NotRequired[list[str]]  # dialogue partners, by name
    position: NotRequired[int]  # in the queue, from 1
    kept: NotRequired[str]  # the title of the place held while waiting
    has_places: NotRequired[bool]  # where somebody may want it back


class DayFacts(TypedDict):
    """One day of the congress."""

    starts_at: str
    ends_at: str


class CongressFacts(TypedDict):
    """What every letter says of the congress."""

    slug: str
    kind: str
    title: str
    timezone: str
    days: list[DayFacts]
    town: str
    venue: str
    address: str
    closes_at: str
    cost: str
    host: str
    funders: list[str]
    contact: str
    look: NotRequired[dict[str, str]]  # own colours
    letters: NotRequired[dict[str, Any]]  # organisers' own words: greeting, closing, extra
    reply_to: NotRequired[str]
    sender: NotRequired[str]  # the name before the address of the installation
    ended: NotRequired[bool]  # called off or finished, whatever its deadline was


class BeforeFacts(TypedDict):
    """What somebody knew before a letter that says what changed."""

    congress: NotRequired["CongressFacts"]
    workshops: NotRequired[list[WorkshopFacts]]  # as the programme had them
    confirmed: NotRequired[list[WorkshopFacts]]  # before a change of one's own
    waiting: NotRequired[list[WorkshopFacts]]


class LetterFacts(TypedDict):
    """A letter to somebody who registered."""

    congress: CongressFacts
    given_name: str
    family_name: str
    confirmed: list[WorkshopFacts]
    waiting: list[WorkshopFacts]
    position: NotRequired[int]  # in the congress's own queue, from 1
    gained: NotRequired[list[str]]  # titles of the workshops just won
    gained_congress: NotRequired[bool]
    lost: NotRequired[list[str]]  # titles of places given up for them
    others_wait: NotRequired[bool]  # for a place just won
    moved_up: NotRequired[list[int]]  # the workshops just won, by their numbers
    given_up: NotRequired[list[int]]  # those given up for them
    before: NotRequired[BeforeFacts]
    # What takes place after all, to whoever chose another in its place; what does not once more.
    returned: NotRequired[list[WorkshopFacts]]
    off_again: NotRequired[list[int]]
    choice: NotRequired[list[WorkshopFacts]]  # with free places, for one that is called off
    corrected: NotRequired[list["CorrectionFacts"]]
    consents_ended: NotRequired[list[str]]  # by merging two registrations
    twice_in_calendar: NotRequired[bool]  # until then
    by_organiser: NotRequired[bool]  # who corrected it, or changed the workshops
    links: list[str]  # names of secret links: "manage"
    entry: NotRequired["EntryFacts"]  # the calendar object rides along, and the link stays away
    entry_apart: NotRequired[bool]  # or it goes in a mail of its own
    # Entries whose end is not told as nobody saw them: the revision of the end by UID.
    never_seen: NotRequired[dict[str, int]]


class EntryFacts(TypedDict):
    """One calendar object as stated by this message."""

    method: str
    uid: str
    sequence: int
    revised_at: str
    status: str
    content: "ContentFacts"
    unseen: NotRequired[bool]  # no earlier revision can have reached the recipient
    # What the recipient's calendar says until this comes (`mark_of`); left out where nobody knows.
    known: NotRequired[str]


class ContentFacts(TypedDict):
    """`congress.domain.calendars.calendar.Content` as JSON holds it; all-day moments are dates.

    Without its address, which is put in when it is written out.
    """

    summary: str
    starts: str
    ends: str
    timezone: str
    location: str
    description: str
    categories: list[str]


class CalendarFacts(TypedDict):
    """A calendar message: the object, and what its short text says."""

    congress: CongressFacts
    given_name: str
    family_name: str
    entry: EntryFacts


class CorrectionFacts(TypedDict):
    """One field that was corrected, with its name in the recipient's language."""

    label: str
    before: str
    after: str


class AddressFacts(TypedDict):
    """A question to a new mailbox; the link stands in it by number, never by value."""

    congress: CongressFacts
    given_name: str
    family_name: str
    change: int
    expires_at: str


class AccountFacts(TypedDict):
    """A mail about an account; the link stands in it by number, never by value."""

    purpose: str
    name: str
    email: str
    congresses: list[str]  # titles of what the account may work on
    is_administrator: bool
    expires_at: str
    link: int
    title: NotRequired[str]  # of the one congress that an invitation is about
    roles: NotRequired[list[str]]  # those in it, each with what it brings


class RoleFacts(TypedDict):
    """What an account that has a password may do from now on, and in which congress."""

    name: str
    email: str
    title: str
    roles: list[str]  # in words


class LoginFacts(TypedDict):
    """What was changed about how somebody logs in (`LoginChange`)."""

    name: str
    email: str
    change: str
    codes_left: int
    has_second_step: bool


class LinkFacts(TypedDict):
    """All registrations of an address, each by the id of the one whose link it is (`LINK`)."""

    congress: CongressFacts
    names: list[str]  # who is registered, in the order of `registrations`
    registrations: list[int]


class MessageFacts(TypedDict):
    """What an organiser wrote, in the language of its text."""

    congress: CongressFacts
    given_name: str
    family_name: str
    subject: str
    paragraphs: list[list[str]]  # each with its lines
    with_link: bool
    links: list[str]
