"""The mails of a congress in its organisers' words: which parts there are, and which must be there.

A template says in which order the parts of a mail stand and what stands between them. The parts
themselves are made by the program, so that what changed, when and where, and the link are true
whatever the words around them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from congress.domain.errors import Refused
from congress.domain.letter_texts import LANGUAGES
from congress.domain.mails import placeholders
from congress.domain.mails.kinds import KINDS, Carries, MessageKind

LONGEST_SUBJECT, LONGEST_BODY = 150, 10_000

# Parts by what stands for them in a German and in an English text, in the order of a mail.
PARTS: Mapping[str, tuple[str, str]] = {
    "greeting": ("Anrede", "greeting"),
    "message": ("Nachricht", "message"),  # what the mail is about: what changed, old and new
    "details": ("Angaben", "details"),  # when, where, workshops
    "action": ("Knopf", "button"),  # the link, with its sentence
    "notes": ("Hinweise", "notes"),  # what happens next
    "closing": ("Gruß", "closing"),
}
SUBJECT = ("Betreff", "subject")  # what the program would say, in subjects alone
OF_READER = ("given_name", "family_name", "name", "event", "dates", "place", "deadline")
OF_READER_WITHOUT_NAME = OF_READER[3:]

# In which organisers write every word anyway, or which are about accounts or the network.
WITHOUT_TEMPLATE = frozenset(
    {MessageKind.MESSAGE, MessageKind.INFO_MAIL, MessageKind.ORGANISER_INVITED}
    | {MessageKind.NEWSLETTER, MessageKind.NETWORK_NEWSLETTER, MessageKind.NETWORK_MAIL}
    | {MessageKind.NETWORK_NEWSLETTER_ASKED}
    | {MessageKind.UNDERFILLED, MessageKind.LIST_LINK, MessageKind.FOLLOW_UPS_DUE}
    | {MessageKind.ROLE_GIVEN, MessageKind.PASSWORD_RESET, MessageKind.LOGIN_CHANGED}
    | {MessageKind.APPLICATION_RECEIVED, MessageKind.APPLICATION_ACCEPTED}
    | {MessageKind.APPLICATION_DECLINED}
    | {MessageKind.COURSE_RECEIVED, MessageKind.COURSE_NAMED}
    | {MessageKind.COURSE_OBJECTED, MessageKind.COURSE_ANSWERED}
    | {MessageKind.PROJECT_PROPOSED, MessageKind.PROJECT_ANSWERED}
    | {MessageKind.LAND_QUESTION_ANSWERED}
    | {MessageKind.TEXT_OPENED, MessageKind.TEXT_ADOPTED}
    | {MessageKind.TOPICS_CALLED, MessageKind.TOPIC_ANSWERED}
    | {MessageKind.CONTACT_BEGUN, MessageKind.CONTACT_LINK}
    | {MessageKind.CONTACT_CODE, MessageKind.CONTACT_ENDED, MessageKind.CONTACT_TAKEN_BACK}
)
# Whose message is a courtesy that organisers may say in other words; all others tell something
# that nobody may miss.
COURTEOUS = frozenset(
    {MessageKind.CONFIRMED, MessageKind.REMINDER, MessageKind.FOLLOW_UP}
    | {MessageKind.CONTRIBUTION_ASKED, MessageKind.CONTRIBUTION_REMINDER}
    | {MessageKind.FEEDBACK_ASKED}
    | {MessageKind.PROPOSAL_RECEIVED, MessageKind.INVITED, MessageKind.INVITED_REMINDER}
)
# Of which organisers write words apart; they stand with the button.
WITH_OWN_WORDS = frozenset({MessageKind.FOLLOW_UP})
WITH_TEMPLATE = tuple(kind for kind in MessageKind if kind not in WITHOUT_TEMPLATE)
# Which tell nothing of when and where.
WITHOUT_DETAILS = frozenset({MessageKind.NEWSLETTER_ASKED, MessageKind.OPENING_ASKED})
# Which name what changed in their subject, or what a mailbox is asked; the rest may be renamed.
TELLING_SUBJECTS = frozenset(
    {MessageKind.PROGRAMME_CHANGED, MessageKind.CHANGED, MessageKind.PLACE_GAINED}
    | {MessageKind.HELD_AFTER_ALL, MessageKind.CALENDAR_REQUEST, MessageKind.CALENDAR_CANCEL}
    | {MessageKind.NEWSLETTER_ASKED, MessageKind.PROPOSAL_DEADLINE, MessageKind.PLACE_OFFERED}
    | {MessageKind.OPENING_ASKED, MessageKind.OPENING_NOTED, MessageKind.REGISTRATION_OPENED}
)


class TemplateEditedMeanwhile(Refused):
    """Somebody else saved this template after the form was opened."""


@dataclass(frozen=True)
class Template:
    """A mail in organisers' words, in one language; what is empty is as the program says it."""

    subject: str = ""
    body: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.subject or self.body)


@dataclass(frozen=True)
class Faults:
    """What keeps a template from being used: placeholders nobody knows, and missing ones."""

    unknown_in_subject: tuple[str, ...] = ()
    unknown_in_body: tuple[str, ...] = ()
    missing_in_subject: tuple[str, ...] = ()
    missing_in_body: tuple[str, ...] = ()


def usual_body(language: str) -> str:
    """Return the template that says what the program says."""
    at = LANGUAGES.index(language)
    return "\n\n".join(f"{{{names[at]}}}" for names in PARTS.values())


def needed(kind: MessageKind) -> tuple[str, ...]:
    """Return the parts that a mail of this kind cannot do without."""
    parts = ["action"] if kind in WITHOUT_DETAILS else ["details", "action"]
    if kind not in COURTEOUS:
        parts.insert(0, "message")
    has_button = KINDS[kind].carries not in {Carries.CALENDAR, Carries.FAREWELL}
    if not has_button and kind not in WITH_OWN_WORDS:
        parts.remove("action")
    return tuple(parts)


def of_reader(kind: MessageKind) -> tuple[str, ...]:
    """Return the values that a mail of this kind may name: some know nobody's name."""
    is_nameless = KINDS[kind].carries in {Carries.NEWSLETTER, Carries.OPENING}
    return OF_READER_WITHOUT_NAME if is_nameless else OF_READER


def faults(
    kind: MessageKind,
    template: Template,
    names: Mapping[str, tuple[str, str]],
    language: str = "de",
) -> Faults:
    """Return what is wrong with a template; `names` are the placeholders of values.

    What is missing is named in the language of the mail.
    """
    at = LANGUAGES.index(language)
    values = {name for value in of_reader(kind) for name in names[value]}
    parts = {name for both in PARTS.values() for name in both}
    said = set(placeholders.names_in(template.body))
    in_subject = set(placeholders.names_in(template.subject))
    must_tell = kind in TELLING_SUBJECTS and template.subject and not in_subject & set(SUBJECT)
    missing = (
        PARTS[part][at] for part in needed(kind) if template.body and not said & set(PARTS[part])
    )
    return Faults(
        unknown_in_subject=placeholders.unknown(template.subject, values | set(SUBJECT)),
        unknown_in_body=placeholders.unknown(template.body, values | parts),
        missing_in_subject=(SUBJECT[at],) if must_tell else (),
        missing_in_body=tuple(missing),
    )
