"""What mails are called in the workspace."""

import logging

from flask import g

from congress.domain.mails.faults import Fault
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.templates import PARTS, Template
from congress.domain.mails.truth import Outdated
from congress.formats import letters
from congress.queries import mail_templates
from congress.queries.outbox import ListedMessage
from congress.web.languages import gettext as _

log = logging.getLogger(__name__)


def kind(value: str) -> str:
    """Return the occasion of a mail in words."""
    return {
        MessageKind.CONFIRMED: _("Confirmation"),
        MessageKind.WAITING: _("Waiting list"),
        MessageKind.REQUESTED: _("Request received"),
        MessageKind.REGISTRATION_DECLINED: _("Request to take part declined"),
        MessageKind.ASSIGNED: _("Workshops by wishes"),
        MessageKind.PLACE_GAINED: _("Moved up"),
        MessageKind.PLACE_OFFERED: _("Place offered"),
        MessageKind.OFFER_EXPIRED: _("Offer of a place in the programme expired"),
        MessageKind.EXPIRED: _("Offer of a place expired"),
        MessageKind.CHANGED: _("Registration changed"),
        MessageKind.PROGRAMME_CHANGED: _("Change announced"),
        MessageKind.WITHDRAWN: _("Attendee cancelled"),
        MessageKind.CANCELLED_BY_ORGANISER: _("Cancelled by the organisers"),
        MessageKind.REINSTATED: _("Registered again by the organisers"),
        MessageKind.CONGRESS_CANCELLED: _("Event cancelled"),
        MessageKind.HELD_AFTER_ALL: _("Event is on after all"),
        MessageKind.CORRECTED: _("Details corrected"),
        MessageKind.READDRESSED: _("New address"),
        MessageKind.ADDRESS_LEFT: _("Address no longer used"),
        MessageKind.MERGED: _("Registrations merged"),
        MessageKind.MERGED_AWAY: _("Registration merged with another"),
        MessageKind.SUBSCRIBED: _("Calendar subscription instead of invitations"),
        MessageKind.INVITED_AGAIN: _("Calendar invitations again"),
        MessageKind.HAND_OVER_ASKED: _("Question to a colleague who could come instead"),
        MessageKind.HANDED_OVER: _("Registration handed over"),
        MessageKind.COLLEAGUE_NAMED: _("Colleague named by a contact person, to who was to come"),
        MessageKind.GROUP_REGISTERED: _("Group registered, to its contact"),
        MessageKind.CONFIRM_ADDRESS: _("New address, to be confirmed"),
        MessageKind.CONFIRM_REGISTRATION: _("Registration, to be confirmed"),
        MessageKind.LAPSED: _("Registration not confirmed"),
        MessageKind.ALREADY_REGISTERED: _("Already registered"),
        MessageKind.LINK: _("Link sent again"),
        MessageKind.MESSAGE: _("Message"),
        MessageKind.INFO_MAIL: _("Info mail"),
        MessageKind.NEWSLETTER: _("Newsletter"),
        MessageKind.NEWSLETTER_ASKED: _("Newsletter, to be confirmed"),
        MessageKind.NETWORK_MAIL: _("Info mail of the network"),
        MessageKind.NETWORK_NEWSLETTER: _("Newsletter of the network"),
        MessageKind.NETWORK_NEWSLETTER_ASKED: _("Newsletter of the network, to be confirmed"),
        MessageKind.OPENING_ASKED: _("Notice of the opening, to be confirmed"),
        MessageKind.OPENING_NOTED: _("Notice of the opening, confirmed"),
        MessageKind.REGISTRATION_OPENED: _("Registration is open"),
        MessageKind.REMINDER: _("Reminder"),
        MessageKind.TASK_DUE: _("Reminder of a task"),
        MessageKind.FOLLOW_UP: _("After the event"),
        MessageKind.FEEDBACK_ASKED: _("Request for feedback"),
        MessageKind.CONTRIBUTION_REMINDER: _("Reminder to somebody in the programme"),
        MessageKind.DECLINED: _("Question after a no in the calendar"),
        MessageKind.REQUEST_DECLINED: _("Request declined"),
        MessageKind.CALENDAR_REQUEST: _("Calendar invitation"),
        MessageKind.CALENDAR_CANCEL: _("Calendar cancellation"),
        MessageKind.ORGANISER_INVITED: _("Invitation to an organiser"),
        MessageKind.ROLE_GIVEN: _("New role for an organiser"),
        MessageKind.UNDERFILLED: _("Too few people for an item"),
        MessageKind.LIST_LINK: _("Link to the files of a view"),
        MessageKind.FOLLOW_UPS_DUE: _("Follow-ups of the contact log"),
        MessageKind.CONTRIBUTION_ASKED: _("Invitation to take part in the programme"),
        MessageKind.CONTRIBUTION_MOVED: _("Change told to somebody in the programme"),
        MessageKind.CONTRIBUTOR_CODE: _("Code for somebody in the programme"),
        MessageKind.PROPOSAL_RECEIVED: _("Proposal received"),
        MessageKind.PROPOSAL_DEADLINE: _("Another last day for proposals"),
        MessageKind.PROPOSAL_ANSWERED: _("Answer to a proposal"),
        MessageKind.INVITED: _("Invitation to the event"),
        MessageKind.INVITED_REMINDER: _("Reminder to somebody invited"),
        MessageKind.INVITATION_WITHDRAWN: _("Invitation to the event withdrawn"),
        MessageKind.INVITATION_OFF: _("Event cancelled, to invited people without an answer"),
        MessageKind.APPLICATION_RECEIVED: _("Application for membership received"),
        MessageKind.APPLICATION_ACCEPTED: _("Application for membership accepted"),
        MessageKind.APPLICATION_DECLINED: _("Application for membership declined"),
        MessageKind.COURSE_RECEIVED: _("Application for a course received"),
        MessageKind.COURSE_NAMED: _("Named in an application for a course"),
        MessageKind.COURSE_OBJECTED: _("Somebody named for a course does not want to take part"),
        MessageKind.COURSE_ANSWERED: _("Answer to an application for a course"),
        MessageKind.PROJECT_PROPOSED: _("Proposed project received"),
        MessageKind.PROJECT_ANSWERED: _("Answer to a proposed project"),
        MessageKind.LAND_QUESTION_ANSWERED: _("Answer to a question to the Land"),
        MessageKind.TEXT_OPENED: _("Text of the network up for comments"),
        MessageKind.TEXT_ADOPTED: _("Text of the network adopted"),
        MessageKind.TOPICS_CALLED: _("Topics of a network meeting wanted"),
        MessageKind.TOPIC_ANSWERED: _("Answer to a proposed topic"),
        MessageKind.CONTACT_BEGUN: _("New contact person in the network"),
        MessageKind.CONTACT_LINK: _("Link of a contact person"),
        MessageKind.CONTACT_CODE: _("Code for a contact person"),
        MessageKind.CONTACT_ENDED: _("End of a term as contact person"),
        MessageKind.CONTACT_TAKEN_BACK: _("Handover to another contact person taken back"),
        MessageKind.PASSWORD_RESET: _("New password"),
        MessageKind.LOGIN_CHANGED: _("Login changed"),
    }[MessageKind(value)]


def subject(mail: ListedMessage) -> str:
    """Return the subject of a mail, also of one that nobody has put into words yet.

    One that cannot be is listed by its occasion: it must not keep anybody from the others.
    """
    if mail.subject or not mail.facts:
        return mail.subject or kind(mail.kind)
    try:
        return letters.subject(mail.kind, mail.language, mail.facts, _template(mail))
    except Exception:
        log.exception("mail_without_subject message=%s", mail.id)
        return kind(mail.kind)


def _template(mail: ListedMessage) -> Template | None:
    """Return a mail in organisers' words; those of a congress are read once for a page."""
    if mail.congress_id is None:
        return None
    if "mail_templates" not in g:
        g.mail_templates = {}
    kept: dict[int, dict[mail_templates.Key, Template]] = g.mail_templates
    if mail.congress_id not in kept:
        kept[mail.congress_id] = mail_templates.of_congresses([mail.congress_id])
    return kept[mail.congress_id].get((mail.congress_id, mail.kind, mail.language))


def state(value: str) -> tuple[str, str]:
    """Return the kind and words of a mail's state, for its badge."""
    return {
        "queued": ("few", _("Waiting to be sent")),
        "sending": ("few", _("Being sent")),
        "sent": ("ok", _("Sent")),
        "failed": ("bad", _("Failed")),
    }[value]


def outdated(why: Outdated) -> str:
    """Return why a mail cannot be sent again, as what it says is no longer so."""
    return {
        Outdated.CALLED_OFF: _("The event does not take place, and this email says it does."),
        Outdated.TAKES_PLACE: _("The event takes place, and this email says it does not."),
        Outdated.OVER: _("The time for which this email was written has passed."),
        Outdated.NOT_YET: _("The date was moved. This email goes out by itself for the new one."),
        Outdated.HAS_LEFT: _("This person is no longer registered."),
        Outdated.IS_REGISTERED: _("This person is registered, and this email says they are not."),
        Outdated.NOT_MEANT: _("This person is no longer among those this email is for."),
        Outdated.OTHERWISE: _(
            "Something this email names, such as date, place or workshops, has changed since."
        ),
        Outdated.NEWER_ENTRY: _("The calendar entry in this email is older than the present one."),
    }[why]


def fault(mail: ListedMessage) -> str:
    """Return why a mail could not be put into words; empty where that was not what went wrong."""
    if not mail.fault:
        return ""
    return {
        Fault.FILE_GONE: _("This email could not be written: an attachment is no longer stored."),
        Fault.UNWRITTEN: _(
            "This email could not be written: what it is about does not fit the words for "
            "“%(kind)s”.",
            kind=kind(mail.kind),
        ),
    }[Fault(mail.fault)]


def has_own_words(mail: ListedMessage) -> bool:
    """Return whether organisers have written this kind of mail in words of their own."""
    return _template(mail) is not None


def offers_current(why: Outdated | None, value: str) -> bool:
    """Return whether a confirmation says to the reader of a mail how things stand now."""
    is_end = value == MessageKind.CALENDAR_CANCEL
    return why is Outdated.OTHERWISE or (why is Outdated.NEWER_ENTRY and not is_end)


def parts() -> list[tuple[str, str, str]]:
    """Return each part of a mail by its names in German and English, and what it is."""
    said = {
        "greeting": _("the greeting with the name"),
        "message": _("what the email is about; what changed, old and new"),
        "details": _("when, where, selection, waiting lists"),
        "action": _("the link with its sentence"),
        "notes": _("what happens next"),
        "closing": _("closing and host"),
    }
    return [(*names, said[part]) for part, names in PARTS.items()]
