"""The facts that each mail states.

Facts are what a mail will say, written down in the transaction it tells about: plain values that
JSON can hold, moments as ISO 8601 in UTC, texts already in the recipient's language, and secret
links by name only (`links`), so that a stolen outbox opens nothing.
"""

from enum import StrEnum
from typing import Any, NotRequired, TypedDict

from congress.domain.mails.in_groups import InGroupFacts
from congress.domain.mails.wishing import AboutWishes


class LoginChange(StrEnum):
    """What happened to the second factors of an account."""

    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    CODES_RENEWED = "codes_renewed"
    CODE_USED = "code_used"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    RESET = "reset"


class WorkshopFacts(TypedDict):
    """One workshop as the person has it or waits for it."""

    id: NotRequired[int]
    kind: NotRequired[str]  # of what is no workshop
    number: int | None
    title: str
    starts_at: str
    ends_at: str
    room: str
    cancelled: NotRequired[bool]
    people: NotRequired[list[str]]  # dialogue partners, by name
    position: NotRequired[int]  # in the queue, from 1
    offered_until: NotRequired[str]
    kept: NotRequired[str]  # the title of the place held while waiting
    wish: NotRequired[int]  # which of theirs somebody waits for
    by_wish: NotRequired[int]  # which of theirs came true
    any_other: NotRequired[bool]  # it is none of their own: any other was welcome too
    online_link: NotRequired[str]  # to whoever has a place in it
    has_places: NotRequired[bool]  # where somebody may want it back
    ranked: NotRequired[bool]  # as a wish until it was called off, and may want to again
    only_with: NotRequired[str]  # the topic of what it goes only with
    topic: NotRequired[str]  # of what is called off


class DayFacts(TypedDict):
    """One day of the congress."""

    starts_at: str
    ends_at: str
    title: NotRequired[str]  # of a module of a course, and where it is held
    place: NotRequired[str]


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
    changes_until: NotRequired[str | None]  # in letters of before neither
    withdrawals_until: NotRequired[str | None]
    cost: str
    host: str
    funders: list[str]
    contact: str
    look: NotRequired[dict[str, str]]  # own colours
    letters: NotRequired[dict[str, Any]]  # organisers' own words: greeting, closing, extra
    reply_to: NotRequired[str]
    sender: NotRequired[str]  # the name before the address of the installation
    by_invitation: NotRequired[bool]  # nobody else registers by themself
    ended: NotRequired[bool]  # called off or finished, whatever its deadline was


class BeforeFacts(TypedDict):
    """What somebody knew before a letter that says what changed."""

    congress: NotRequired["CongressFacts"]
    online_link: NotRequired[str]  # where it was another one, or none
    mode: NotRequired[str]  # where it was the other
    workshops: NotRequired[list[WorkshopFacts]]  # as the programme had them
    confirmed: NotRequired[list[WorkshopFacts]]  # before a change of one's own
    waiting: NotRequired[list[WorkshopFacts]]


class ReserveFacts(TypedDict):
    """A position (from 1) on a reserve list, and how many can come of that organisation."""

    position: int
    places: int


class LetterFacts(InGroupFacts, AboutWishes):
    """A letter to somebody who registered."""

    congress: CongressFacts
    given_name: str
    family_name: str
    confirmed: list[WorkshopFacts]
    waiting: list[WorkshopFacts]
    position: NotRequired[int]  # in the congress's own queue, from 1
    offered_until: NotRequired[str]  # how long a place in the congress is held
    requested: NotRequired[bool]  # whoever asked to take part and is not answered
    holds: NotRequired[bool]  # and whose places are kept free meanwhile
    reserve: NotRequired[ReserveFacts]  # where one waits on that of an organisation
    first: NotRequired[list[str]]  # the groups that move up before whoever waits
    by_offer: NotRequired[bool]  # whether a place that becomes free is to be accepted
    online_link: NotRequired[str]  # to whoever has a place
    link_comes_at: NotRequired[str]  # where it is told later
    mode: NotRequired[str]  # how one takes part, where it is not on site as everybody
    gained: NotRequired[list[str]]  # titles of the workshops just won
    gained_congress: NotRequired[bool]
    lost: NotRequired[list[str]]  # titles of places given up for them
    missed: NotRequired[list[str]]  # titles of workshops whose offers have run out
    others_wait: NotRequired[bool]  # for a place just won
    moved_up: NotRequired[list[int]]  # the workshops just won, by their numbers
    given_up: NotRequired[list[int]]  # those given up for them
    ended: NotRequired[list[int]]  # those not waited for any more, with a dearer wish come true
    before: NotRequired[BeforeFacts]
    returned: NotRequired[list[WorkshopFacts]]  # on after all, to whoever chose another instead
    unranked: NotRequired[list[WorkshopFacts]]  # moved, so that a wish for it does not count
    off_again: NotRequired[list[int]]  # what is called off once more
    choice: NotRequired[list[WorkshopFacts]]  # with free places, for one that is called off
    chooses_until: NotRequired[str]  # also after the last day for changes
    stands_in: NotRequired[bool]  # organisers gave a place for one that is called off
    corrected: NotRequired[list["CorrectionFacts"]]
    consents_ended: NotRequired[list[str]]  # by merging two registrations
    twice_in_calendar: NotRequired[bool]  # until then
    has_new_feed: NotRequired[bool]  # the calendar that one subscribes to has another address
    by_organiser: NotRequired[bool]  # who corrected it, or changed the workshops
    reminder: NotRequired[str]  # of which sort (`domain.reminders`)
    reminder_number: NotRequired[int]  # of one that was added
    of_workshop: NotRequired[int]  # for whose people alone
    lines: NotRequired[list[str]]  # of what organisers say in it, with placeholders
    agreed: NotRequired[bool]  # organisers have agreed to what was asked for
    asked: NotRequired["AskedFacts"]  # what organisers have declined, and in which words
    paragraphs: NotRequired[list[list[str]]]
    declined: NotRequired[str]  # the beginning of the day that their calendar declined
    # Until when it is held, and whose link confirms it: in the question, by number.
    expires_at: NotRequired[str]
    registration: NotRequired[int]
    registered_twice: NotRequired[bool]  # by a second form, of which nothing was taken
    from_whom: NotRequired[str]  # whose place it was, to who comes instead
    handed_to: NotRequired[str]  # who comes instead
    modules_held: NotRequired[int]  # of a course that goes on without them
    links: list[str]  # names of secret links: "manage"
    entry: NotRequired["EntryFacts"]  # the calendar object rides along, and the link stays away
    entry_apart: NotRequired[bool]  # or it goes in a mail of its own
    subscribes: NotRequired[bool]  # or it stands in a calendar, and no mail carries it
    # Entries whose end is not told as nobody saw them: the revision of the end by UID.
    never_seen: NotRequired[dict[str, int]]


class AskedFacts(TypedDict):
    """What somebody asked for after the last day for it (`domain.change_requests`)."""

    kind: str
    workshops: list["WorkshopFacts"]


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
    reminder: NotRequired[int]
    conferences: NotRequired[list["ConferenceFacts"]]


class ConferenceFacts(TypedDict):
    """`congress.domain.calendars.calendar.Conference` as JSON holds it."""

    label: str
    address: str


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
    network: NotRequired[str]  # the role in the network, with what it brings


class RoleFacts(TypedDict):
    """What an account that has a password may do from now on, and in which congress."""

    name: str
    email: str
    title: NotRequired[str]
    roles: list[str]  # in words
    network: NotRequired[str]  # the role in the network, which is no congress


class ShortFacts(TypedDict):
    """A workshop that fewer people have a place in than it needs."""

    number: int | None
    title: str
    taken: int
    minimum: int


class UnderfilledFacts(TypedDict):
    """What organisers are asked: whether these workshops take place all the same."""

    name: str
    title: str  # of the congress
    workspace: str  # its name in the address of the page that leads to the answer
    short: list[ShortFacts]


class ListLinkFacts(TypedDict):
    """The way to the files of a saved view, and how often it comes; nothing of who is in it."""

    name: str
    title: str  # of the congress
    workspace: str  # its name in the address of the page
    view: str
    view_id: int
    rhythm: str  # in words


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


class FileFacts(TypedDict):
    """An attachment, by the number under which it is kept."""

    id: int
    name: str
    media_type: str


class InfoFacts(TypedDict):
    """An info mail: what an organiser wrote, with its placeholders; no value stands in it yet."""

    congress: CongressFacts
    given_name: str
    family_name: str
    subject: str  # filled
    lines: list[str]  # of the Markdown
    is_test: bool
    links: list[str]
    files: list[FileFacts]
    contributor: NotRequired[int]  # somebody in the programme, and no registration
    reader: NotRequired[int]  # of a newsletter, and no registration
    confirmed: NotRequired[list[WorkshopFacts]]  # where the text names them
    waiting: NotRequired[list[WorkshopFacts]]


class MessageFacts(TypedDict):
    """What an organiser wrote, in the language of its text."""

    congress: CongressFacts
    given_name: str
    family_name: str
    subject: str
    paragraphs: list[list[str]]  # each with its lines
    with_link: bool
    links: list[str]
