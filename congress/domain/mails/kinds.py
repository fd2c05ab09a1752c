"""Which mails there are: what each is made of, how soon it goes out, and what it makes needless."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class MessageKind(StrEnum):
    """The occasions of a mail; a letter has words, a calendar message carries an object."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    REQUESTED = "requested"
    ASSIGNED = "assigned"  # workshops, by wishes
    PLACE_GAINED = "place_gained"
    PLACE_OFFERED = "place_offered"
    OFFER_EXPIRED = "offer_expired"  # of a workshop: the reader is still registered
    EXPIRED = "expired"  # with the offer of a place in the congress, the registration
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
    SUBSCRIBED = "subscribed"
    INVITED_AGAIN = "invited_again"
    HAND_OVER_ASKED = "hand_over_asked"
    HANDED_OVER = "handed_over"
    COLLEAGUE_NAMED = "colleague_named"  # for somebody, by who speaks for their organisation
    GROUP_REGISTERED = "group_registered"
    CONFIRM_ADDRESS = "confirm_address"
    CONFIRM_REGISTRATION = "confirm_registration"
    LAPSED = "lapsed"
    ALREADY_REGISTERED = "already_registered"
    LINK = "link"
    MESSAGE = "message"
    DECLINED = "declined"
    REQUEST_DECLINED = "request_declined"
    REGISTRATION_DECLINED = "registration_declined"
    INFO_MAIL = "info_mail"
    NEWSLETTER = "newsletter"
    NEWSLETTER_ASKED = "newsletter_asked"
    NETWORK_MAIL = "network_mail"
    NETWORK_NEWSLETTER = "network_newsletter"
    NETWORK_NEWSLETTER_ASKED = "network_newsletter_asked"
    OPENING_ASKED = "opening_asked"
    OPENING_NOTED = "opening_noted"
    REGISTRATION_OPENED = "registration_opened"
    REMINDER = "reminder"
    TASK_DUE = "task_due"  # of a module of a course, on the day before
    FOLLOW_UP = "follow_up"
    FEEDBACK_ASKED = "feedback_asked"
    CALENDAR_REQUEST = "calendar_request"
    CALENDAR_CANCEL = "calendar_cancel"
    ORGANISER_INVITED = "organiser_invited"
    ROLE_GIVEN = "role_given"
    UNDERFILLED = "underfilled"
    LIST_LINK = "list_link"
    FOLLOW_UPS_DUE = "follow_ups_due"  # of the contact log of the network
    CONTRIBUTION_ASKED = "contribution_asked"
    CONTRIBUTION_MOVED = "contribution_moved"
    CONTRIBUTION_REMINDER = "contribution_reminder"
    CONTRIBUTOR_CODE = "contributor_code"
    PROPOSAL_RECEIVED = "proposal_received"
    PROPOSAL_DEADLINE = "proposal_deadline"
    PROPOSAL_ANSWERED = "proposal_answered"
    INVITED = "invited"
    INVITED_REMINDER = "invited_reminder"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    INVITATION_OFF = "invitation_off"  # the congress is called off, to whoever has not answered
    APPLICATION_RECEIVED = "application_received"  # for membership of the network
    APPLICATION_ACCEPTED = "application_accepted"
    APPLICATION_DECLINED = "application_declined"
    COURSE_RECEIVED = "course_received"  # an application for places in a training course
    COURSE_NAMED = "course_named"  # to whoever an application names
    COURSE_OBJECTED = "course_objected"
    COURSE_ANSWERED = "course_answered"
    PROJECT_PROPOSED = "project_proposed"  # by somebody who speaks for an organisation
    PROJECT_ANSWERED = "project_answered"
    LAND_QUESTION_ANSWERED = "land_question_answered"  # or declined
    TEXT_OPENED = "text_opened"  # of the network, for comments
    TEXT_ADOPTED = "text_adopted"
    TOPICS_CALLED = "topics_called"  # they can be proposed, or voted on
    TOPIC_ANSWERED = "topic_answered"
    CONTACT_BEGUN = "contact_begun"  # somebody speaks for an organisation in the network
    CONTACT_LINK = "contact_link"
    CONTACT_CODE = "contact_code"
    CONTACT_ENDED = "contact_ended"
    CONTACT_TAKEN_BACK = "contact_taken_back"  # a handing over, before its day
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a mail
    LOGIN_CHANGED = "login_changed"


class Carries(Enum):
    """What a mail is made of, which decides what secret links it may hold."""

    WORDS = auto()  # a letter, with the link to the own page where its facts name it
    INFO = auto()  # the words of organisers, with whichever link of one's own they name
    FAREWELL = auto()  # a letter without that link: there is nothing left to change
    CALENDAR = auto()  # an object and no link: calendars are shared
    ALL_LINKS = auto()  # the links of everybody under one address
    ACCOUNT = auto()  # a link to choose a password
    PROPOSER = auto()  # the link to what somebody proposed for the programme
    CONTRIBUTOR = auto()  # the link of somebody in the programme to what they do there
    CODE = auto()  # the code with which somebody in the programme logs in
    APPLICANT = auto()  # the link to an application for membership of the network
    COURSE = auto()  # the link to an application for a course, or to say no to being named
    CONTACT = auto()  # the link of a contact person to the own view of an organisation
    CONTACT_CODE = auto()  # the code with which a contact person logs in there
    NEWSLETTER = auto()  # the links of somebody who asked for a newsletter, to choose and to leave
    GUEST = auto()  # the link of somebody invited to the congress, to register or say no
    OPENING = auto()  # those of whoever wants to know when registration opens
    NEW_ADDRESS = auto()  # the link that shows whose mailbox it is
    HAND_OVER = auto()  # the link by which a named colleague takes a place over
    FEEDBACK = auto()  # the link by which somebody says what they think of it afterwards
    GROUP = auto()  # the link of the contact of a group to its page
    QUESTION = auto()  # the link that confirms a registration, and no other


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
TILL_ON_AGAIN = NEWS_AND_PLACES | {
    MessageKind.ASSIGNED,
    MessageKind.HELD_AFTER_ALL,
    MessageKind.REMINDER,
    MessageKind.TASK_DUE,
    MessageKind.FOLLOW_UP,
    MessageKind.PLACE_OFFERED,
    MessageKind.OFFER_EXPIRED,
}
LEFT_BEHIND = TILL_ON_AGAIN | {
    MessageKind.CORRECTED,
    MessageKind.DECLINED,
    MessageKind.REQUEST_DECLINED,
}
# Whoever gets one of these learns that the congress takes place.
ON = TILL_ON_AGAIN | {
    MessageKind.CONFIRMED,
    MessageKind.WAITING,
    MessageKind.REQUESTED,
    MessageKind.REINSTATED,
    MessageKind.MERGED,
}
FAREWELL = Kind(Carries.FAREWELL, overtakes=LEFT_BEHIND)
CALENDAR = Kind(Carries.CALENDAR, priority=1)
ACCOUNT = Kind(Carries.ACCOUNT)
KINDS: Mapping[MessageKind, Kind] = {
    MessageKind.CONFIRMED: Kind(overtakes=frozenset({MessageKind.CONFIRMED})),
    MessageKind.WAITING: Kind(overtakes=frozenset({MessageKind.WAITING})),
    MessageKind.REQUESTED: Kind(overtakes=frozenset({MessageKind.REQUESTED})),
    MessageKind.ASSIGNED: Kind(overtakes=frozenset({MessageKind.ASSIGNED})),
    MessageKind.PLACE_GAINED: Kind(
        overtakes=frozenset({MessageKind.PLACE_OFFERED, MessageKind.CONGRESS_CANCELLED})
    ),
    # Each states every place that is offered.
    MessageKind.PLACE_OFFERED: Kind(overtakes=frozenset({MessageKind.PLACE_OFFERED})),
    MessageKind.OFFER_EXPIRED: Kind(overtakes=frozenset({MessageKind.PLACE_OFFERED})),
    MessageKind.EXPIRED: FAREWELL,
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
    MessageKind.HAND_OVER_ASKED: Kind(Carries.HAND_OVER, by_strangers=True),
    MessageKind.HANDED_OVER: FAREWELL,
    MessageKind.COLLEAGUE_NAMED: Kind(overtakes=frozenset({MessageKind.COLLEAGUE_NAMED})),
    MessageKind.GROUP_REGISTERED: Kind(Carries.GROUP, by_strangers=True),
    MessageKind.SUBSCRIBED: Kind(
        Carries.FAREWELL, overtakes=frozenset({MessageKind.INVITED_AGAIN})
    ),
    MessageKind.INVITED_AGAIN: Kind(overtakes=frozenset({MessageKind.SUBSCRIBED})),
    MessageKind.CONFIRM_ADDRESS: Kind(Carries.NEW_ADDRESS, by_strangers=True),
    MessageKind.CONFIRM_REGISTRATION: Kind(Carries.QUESTION, by_strangers=True),
    MessageKind.LAPSED: Kind(Carries.FAREWELL),
    MessageKind.ALREADY_REGISTERED: Kind(by_strangers=True),
    MessageKind.LINK: Kind(Carries.ALL_LINKS, by_strangers=True),
    MessageKind.MESSAGE: Kind(),  # in an organiser's words: no other letter says the same
    MessageKind.DECLINED: Kind(),
    MessageKind.REQUEST_DECLINED: Kind(),
    MessageKind.REGISTRATION_DECLINED: FAREWELL,
    MessageKind.INFO_MAIL: Kind(Carries.INFO),
    MessageKind.NEWSLETTER: Kind(Carries.NEWSLETTER),
    MessageKind.NEWSLETTER_ASKED: Kind(Carries.NEWSLETTER, by_strangers=True),
    MessageKind.NETWORK_MAIL: Kind(Carries.FAREWELL),
    MessageKind.NETWORK_NEWSLETTER: Kind(Carries.NEWSLETTER),
    MessageKind.NETWORK_NEWSLETTER_ASKED: Kind(Carries.NEWSLETTER, by_strangers=True),
    MessageKind.OPENING_ASKED: Kind(Carries.OPENING, by_strangers=True),
    MessageKind.OPENING_NOTED: Kind(Carries.OPENING, by_strangers=True),
    MessageKind.REGISTRATION_OPENED: Kind(Carries.OPENING),
    MessageKind.REMINDER: Kind(),
    MessageKind.TASK_DUE: Kind(),
    MessageKind.FOLLOW_UP: Kind(Carries.FAREWELL),
    MessageKind.FEEDBACK_ASKED: Kind(Carries.FEEDBACK),
    MessageKind.CALENDAR_REQUEST: CALENDAR,
    MessageKind.CALENDAR_CANCEL: CALENDAR,
    MessageKind.ORGANISER_INVITED: ACCOUNT,
    MessageKind.ROLE_GIVEN: Kind(),
    MessageKind.UNDERFILLED: Kind(),
    MessageKind.LIST_LINK: Kind(),
    MessageKind.FOLLOW_UPS_DUE: Kind(),
    MessageKind.CONTRIBUTION_ASKED: Kind(Carries.CONTRIBUTOR),
    MessageKind.CONTRIBUTION_MOVED: Kind(Carries.CONTRIBUTOR),
    MessageKind.CONTRIBUTION_REMINDER: Kind(Carries.CONTRIBUTOR),
    MessageKind.CONTRIBUTOR_CODE: Kind(Carries.CODE),
    MessageKind.PROPOSAL_RECEIVED: Kind(Carries.PROPOSER, by_strangers=True),
    MessageKind.PROPOSAL_DEADLINE: Kind(Carries.PROPOSER),
    MessageKind.PROPOSAL_ANSWERED: Kind(Carries.PROPOSER),
    MessageKind.INVITED: Kind(Carries.GUEST),
    MessageKind.INVITED_REMINDER: Kind(Carries.GUEST),
    MessageKind.INVITATION_WITHDRAWN: Kind(Carries.FAREWELL),
    MessageKind.INVITATION_OFF: Kind(Carries.FAREWELL),
    MessageKind.APPLICATION_RECEIVED: Kind(Carries.APPLICANT, by_strangers=True),
    MessageKind.APPLICATION_ACCEPTED: Kind(Carries.CONTACT),
    MessageKind.APPLICATION_DECLINED: Kind(Carries.APPLICANT),
    MessageKind.COURSE_RECEIVED: Kind(Carries.COURSE, by_strangers=True),
    MessageKind.COURSE_NAMED: Kind(Carries.COURSE, by_strangers=True),
    MessageKind.COURSE_OBJECTED: Kind(Carries.COURSE),
    MessageKind.COURSE_ANSWERED: Kind(Carries.COURSE),
    MessageKind.PROJECT_PROPOSED: Kind(Carries.CONTACT),
    MessageKind.PROJECT_ANSWERED: Kind(Carries.CONTACT),
    MessageKind.LAND_QUESTION_ANSWERED: Kind(Carries.CONTACT),
    MessageKind.TEXT_OPENED: Kind(Carries.CONTACT),
    MessageKind.TEXT_ADOPTED: Kind(Carries.CONTACT),
    MessageKind.TOPICS_CALLED: Kind(Carries.CONTACT),
    MessageKind.TOPIC_ANSWERED: Kind(Carries.CONTACT),
    MessageKind.CONTACT_BEGUN: Kind(Carries.CONTACT),
    MessageKind.CONTACT_LINK: Kind(Carries.CONTACT),
    MessageKind.CONTACT_CODE: Kind(Carries.CONTACT_CODE),
    MessageKind.CONTACT_ENDED: Kind(Carries.FAREWELL),
    MessageKind.CONTACT_TAKEN_BACK: Kind(Carries.FAREWELL),
    MessageKind.PASSWORD_RESET: ACCOUNT,
    MessageKind.LOGIN_CHANGED: Kind(),
}
# Whoever speaks for an organisation gets these, and nobody whose term is over.
TO_CONTACTS = frozenset(
    kind for kind, each in KINDS.items() if each.carries in {Carries.CONTACT, Carries.CONTACT_CODE}
)
# About a mailbox itself: where an address was corrected since, these go nowhere else.
STAYING = frozenset(
    {
        MessageKind.ADDRESS_LEFT,
        MessageKind.MERGED_AWAY,
        MessageKind.CALENDAR_CANCEL,
        MessageKind.HAND_OVER_ASKED,
        MessageKind.CONFIRM_ADDRESS,
        MessageKind.CONFIRM_REGISTRATION,
        MessageKind.LAPSED,
    }
)
# What nobody needs a reason to leave: one click in a mail program ends it (RFC 8058).
UNSUBSCRIBED = {
    MessageKind.NEWSLETTER: "newsletter",
    MessageKind.NETWORK_NEWSLETTER: "newsletter",
    MessageKind.OPENING_NOTED: "opening",
    MessageKind.REGISTRATION_OPENED: "opening",
}
# Letters for the sake of their link; calendar objects go apart from them.
WITH_LINK = frozenset({MessageKind.CONFIRMED, MessageKind.READDRESSED, MessageKind.MERGED})
# Letters with the code that the door reads, to whoever has a place.
WITH_CODE = WITH_LINK | {MessageKind.PLACE_GAINED, MessageKind.REMINDER, MessageKind.REINSTATED}
LATER = 2  # added for news to thousands, so that a confirmation overtakes it
