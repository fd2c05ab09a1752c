"""The facts of letters of the network; those of courses alone are about a congress."""

from typing import NotRequired, TypedDict

from congress.domain.mails.messages import CongressFacts, FileFacts


class ApplicationFacts(TypedDict):
    """A letter about an application; the link stands in it by number, never by value."""

    given_name: str
    family_name: str
    organisation: str
    application: int
    contact_person: NotRequired[int]  # of a yes: the link of whoever applied from now on
    starts_on: NotRequired[str]  # and the first day of the membership (ISO 8601)
    paragraphs: NotRequired[list[list[str]]]  # the office's words, each with its lines


class CourseFacts(TypedDict):
    """A letter about an application for a course; links stand in it by number, never by value."""

    congress: CongressFacts
    given_name: str
    family_name: str
    organisation: str
    application: int
    course_person: NotRequired[int]  # the reader is named in it
    named_by: NotRequired[str]
    answer: NotRequired[str]  # a state
    rank: NotRequired[int]  # on the reserve list
    paragraphs: NotRequired[list[list[str]]]  # the office's words, each with its lines


class ContactFacts(TypedDict):
    """A letter to a contact person; the link stands in it by number, never by value."""

    given_name: str
    family_name: str
    organisation: str
    contact_person: int


class TermFacts(ContactFacts):
    """A letter about a term: from when until when, both counted, as local days (ISO 8601)."""

    role: str
    starts_on: str
    ends_on: NotRequired[str]
    before: NotRequired[str]  # who handed over to the reader
    successor: NotRequired[str]  # who follows the reader
    stays: NotRequired[str]  # who speaks for it after all, the reader or somebody else
    is_own: NotRequired[bool]


class ProjectFacts(ContactFacts):
    """A letter about a proposed project; of an answer, whether it is a yes and what was said."""

    title: str
    accepted: NotRequired[bool]
    paragraphs: NotRequired[list[list[str]]]


class LandQuestionFacts(ContactFacts):
    """A letter about a question to the Land: its answer, or why there is none."""

    question: int
    title: str
    is_answered: bool
    is_own: bool  # the reader's organisation asked; otherwise it has the same question
    answered_by: NotRequired[str]
    paragraphs: list[list[str]]


class TextFacts(ContactFacts):
    """A letter about a text: until which day one can comment, or when and by whom adopted."""

    title: str
    number: int
    comments_until: NotRequired[str]  # local days (ISO 8601)
    adopted_on: NotRequired[str]
    adopted_by: NotRequired[str]


class TopicsFacts(ContactFacts):
    """A letter about the topics of a meeting: what is asked until when, or what became of one."""

    meeting: str
    meets_on: str  # the first day (ISO 8601)
    round: NotRequired[int]  # in which something is asked for
    step: NotRequired[str]
    asked_until: NotRequired[str]  # the last day
    title: NotRequired[str]  # of the topic that is answered
    taken: NotRequired[bool]  # into the programme; else it is declined
    paragraphs: NotRequired[list[list[str]]]


class ContactCodeFacts(TypedDict):
    """A letter with a code; it stands in it by the number of the login, never by value."""

    given_name: str
    family_name: str
    organisation: str
    contact_login: int


class FollowUpsDueFacts(TypedDict):
    """How much there is to follow up; with whom stands behind a login."""

    name: str
    count: int


class NetworkMailFacts(TypedDict):
    """An info mail of the network: what the office wrote, with its placeholders.

    One number says whose letter it is; without any it is a test.
    """

    given_name: str
    family_name: str
    subject: str  # filled
    lines: list[str]  # of the Markdown
    is_test: bool
    files: list[FileFacts]
    to: str  # among whom the reader was found
    contact_person: NotRequired[int]
    participant: NotRequired[int]  # by the registration
    reader: NotRequired[int]  # of the newsletter


class NetworkNewsletterFacts(TypedDict):
    """A question to a mailbox, or the link again where it `has_it`; the link by its number."""

    reader: int
    has_it: bool
