"""The words of info mails: where one stands, whom it is for, why somebody gets none."""

from collections.abc import Iterable, Sequence

from congress.domain import allocation
from congress.domain.access import Right
from congress.domain.attendee_list import readable
from congress.domain.fields import ANSWERS
from congress.domain.mails.mailings import (
    AUDIENCE_FORGOTTEN,
    CALLED_OFF,
    NAMES_OF_VALUES,
    OF_NETWORK,
    Audience,
    CalendarSaid,
    MailingState,
    To,
)
from congress.domain.mails.readers import LeftOut, Recipients
from congress.domain.own_questions import OwnQuestion
from congress.domain.programme import PersonState, ProgrammeItem
from congress.formats import contribution_words
from congress.formats.attendee_list import kinds
from congress.formats.field_words import field_words
from congress.queries import congresses, wishes
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.mode_words import MODES
from congress.web.organiser import consent_words, filters
from congress.web.organiser.attendees import states

Choices = dict[str, list[tuple[str, str]]]
ANY = "any"  # choice: of one that takes wishes, or several, somebody has said nothing
WITHOUT = "-"  # before the purpose of a consent that somebody has not given


def state(value: MailingState, waiting: int) -> tuple[str, str]:
    """Return the kind and words of a state, for its badge.

    All are written long before all are sent: `waiting` says how many of its mails are not.
    """
    if value is MailingState.SENT and waiting:
        value = MailingState.SENDING
    return {
        MailingState.DRAFT: ("off", _("Draft")),
        MailingState.SCHEDULED: ("few", _("Scheduled")),
        MailingState.SENDING: ("few", _("Being sent")),
        MailingState.PAUSED: ("wait", _("Paused")),
        MailingState.SENT: ("ok", _("Sent")),
        MailingState.STOPPED: ("bad", _("Stopped")),
    }[value]


def fault(name: str) -> str:
    """Return why an info mail was not sent at its moment, or not on; nothing where it was."""
    return {
        "": "",
        CALLED_OFF: _(
            "The event was cancelled before this had gone to everybody, so the rest is not sent. "
            "You can go on if it takes place after all, or stop it for good."
        ),
        AUDIENCE_FORGOTTEN: _(
            "It does not go out by itself any more: what was searched for is deleted a month after "
            "the event. Please choose again whom it is for."
        ),
        "CongressIsOff": _("It was not sent at its time: the event is cancelled or a draft."),
        "NobodyToReach": _("It was not sent at its time: it would have reached nobody."),
        "UnknownPlaceholders": _(
            "It was not sent at its time: something in braces stands for nothing."
        ),
    }[name]


def left_out() -> dict[LeftOut, str]:
    """Return why somebody gets no mail."""
    return {
        LeftOut.NO_ADDRESS: _("no email address"),
        LeftOut.WITHDRAWN: _("not attending"),
        LeftOut.MERGED: _("registration merged with another"),
        LeftOut.DECLINED: _("declined to take part in the programme"),
        LeftOut.UNCONFIRMED: _("registration not confirmed"),
        LeftOut.UNREACHABLE: _("emails do not arrive"),
        LeftOut.NOT_MEANT: _("no longer among the people it is for"),
        LeftOut.HAD_BEFORE: _("had the earlier email"),
    }


def counts(found: Recipients) -> list[tuple[str, int]]:
    """Return how many are left out for which reason."""
    words = left_out()
    return [
        (words[why], number)
        for why in LeftOut
        if (number := sum(each is why for _reader, each in found.left_out))
    ]


def choices(workshops: Sequence[ProgrammeItem]) -> Choices:
    """Return what each field of the form offers."""
    words, language = field_words(languages.current()), languages.current()
    rules = congresses.with_content(access.workspace()).rules
    items = [(item.code, languages.short_name(item.number, item.face)) for item in workshops]
    return {
        "to": [(to, said) for to, said in _audiences().items() if to in audiences()],
        "state": [(str(value), said) for value, (_mark, said) in states().items()],
        "workshop": items,
        "waiting": items,
        "kind": [(str(kind), called) for kind, called in kinds(language).items()],
        "mode": [(str(mode), str(said)) for mode, said in MODES.items()],
        "priority": [(name, name) for name in rules.priority_groups.names],
        "silent": _silences(),
        "came": [("yes", _("was there")), ("no", _("was not there"))],
        "answer_to": [
            *((each.name, words[each.name].label) for each in ANSWERS),
            *((each.column, languages.text(each.label)) for each in questions()),
        ],
        "consent": _consents(),
        "calendar": list(_calendar().items()),
        "role": list(contribution_words.role_names(language).items()),
        "answered": [
            (PersonState.REQUESTED, _("not answered yet")),
            (PersonState.CONFIRMED, _("agreed")),
            (PersonState.DECLINED, _("declined to take part")),
        ],
    }


def _silences() -> list[tuple[str, str]]:
    """Return at which times people may have said nothing of their wishes, by `silent_of`."""
    slots = wishes.taking_wishes(congresses.with_content(access.workspace()))
    of_one = [(str(slot.key), filters.time_in_words(slot)) for slot in slots]
    return [(ANY, _("at one time or more")), *of_one] if of_one else []


def silent_of(wanted: Audience) -> str:
    """Return of which choice people have said nothing as the form says it, with the key of now."""
    if not wanted.is_silent:
        return ""
    slots = wishes.taking_wishes(congresses.with_content(access.workspace()))
    slot = allocation.where_now(slots, [wanted.silent_id or 0])
    return ANY if wanted.silent_id is None else str(slot.key if slot else wanted.silent_id)


def questions() -> tuple[OwnQuestion, ...]:
    """Return what the event asks on its own, as far as this account may read the answers."""
    asked = congresses.with_content(access.workspace()).questions
    return readable(access.account().roles_in(access.workspace().id), asked)


def audiences() -> tuple[To, ...]:
    """Return among whom this account may look for readers: addresses are not for everybody."""
    of_congress = (to for to in To if to not in OF_NETWORK)
    edits = access.may(Right.EDIT_PROGRAMME)
    return tuple(to for to in of_congress if to is not To.PROGRAMME or edits)


def _consents() -> list[tuple[str, str]]:
    """Return each consent as given and as not given; what a form sends says which."""
    return [
        (mark + purpose, f"{said}: {answer}")
        for purpose, said in consent_words.consent_words().items()
        for mark, answer in (("", _("yes")), (WITHOUT, _("no")))
    ]


def _calendar() -> dict[CalendarSaid, str]:
    return {
        CalendarSaid.ACCEPTED: _("Accepted in the calendar"),
        CalendarSaid.TENTATIVE: _("Tentatively accepted in the calendar"),
        CalendarSaid.DECLINED: _("Declined in the calendar"),
        CalendarSaid.NOTHING: _("No answer from the calendar"),
    }


def _audiences() -> dict[To, str]:
    return {
        To.ATTENDEES: _("People who are registered"),
        To.PROGRAMME: _("People in the programme"),
        To.NEWSLETTER: _("Readers of the newsletter"),
    }


def placeholders(values: Iterable[str] = NAMES_OF_VALUES) -> list[tuple[str, str, str]]:
    """Return the placeholders of some values in German and English, and what stands for each."""
    said = {
        "given_name": _("the given name of the reader"),
        "family_name": _("the family name of the reader"),
        "name": _("the whole name of the reader"),
        "event": _("the title of the event"),
        "dates": _("when it takes place"),
        "place": _("venue, address and town"),
        "deadline": _("the registration deadline, as a day with its hour"),
        "workshops": _("everything the reader has a place in, as a list"),
        "page": _("the reader’s own link: [words]({Link}) gives it words"),
    }
    return [(*NAMES_OF_VALUES[value], said[value]) for value in values]


def consent_of(wanted: Audience) -> str:
    """Return the consent that is asked for as the form says it."""
    return (WITHOUT if wanted.without_consent else "") + wanted.consent


def _silent(wanted: Audience, offered: Choices) -> str:
    """Return in words that people have said nothing of their wishes, and at which time."""
    value = silent_of(wanted)
    when = dict(offered["silent"]).get(value, _("no wishes are ranked there any more"))
    return _("No wishes given: %(when)s", when=when) if value else ""


def audience(wanted: Audience, workshops: Sequence[ProgrammeItem]) -> str:
    """Return in words whom an info mail is for."""
    offered = choices(workshops)
    named = {item.id: languages.short_name(item.number, item.face) for item in workshops}

    def word(field: str, value: str) -> str:
        return dict(offered[field]).get(value, value)

    parts = [
        _audiences()[wanted.to],
        word("state", wanted.state) if wanted.state else "",
        _("Place in: %(workshop)s", workshop=named.get(wanted.workshop_id, "–"))
        if wanted.workshop_id
        else "",
        _("Waiting for: %(workshop)s", workshop=named.get(wanted.waiting_for_id, "–"))
        if wanted.waiting_for_id
        else "",
        _("Was in: %(workshop)s", workshop=named.get(wanted.was_in_id, "–"))
        if wanted.was_in_id
        else "",
        _("Had a place and was not there: %(workshop)s", workshop=named.get(wanted.missed_id, "–"))
        if wanted.missed_id
        else "",
        ""
        if wanted.has_come is None
        else _("was there")
        if wanted.has_come
        else _("was not there"),
        _("Attending as: %(kind)s", kind=word("kind", wanted.kind)) if wanted.kind else "",
        str(MODES[wanted.mode]) if wanted.mode else "",
        _("Priority group: %(name)s", name=wanted.priority) if wanted.priority else "",
        _silent(wanted, offered),
        f"{word('answer_to', wanted.answer_to)}: {wanted.answer or '…'}"
        if wanted.answer_to
        else "",
        word("consent", consent_of(wanted)) if wanted.consent else "",
        word("calendar", wanted.calendar) if wanted.calendar else "",
        contribution_words.role_name(wanted.role, languages.current()) if wanted.role else "",
        word("answered", wanted.answered) if wanted.answered else "",
        _("Search: %(words)s", words=wanted.search) if wanted.search else "",
        _("Organisation: %(name)s", name=wanted.organisation) if wanted.organisation else "",
        _("only those who did not have the earlier email") if wanted.only_new else "",
        _("what else was searched for is not stored any more") if wanted.is_forgotten else "",
    ]
    return "; ".join(filter(None, parts))
