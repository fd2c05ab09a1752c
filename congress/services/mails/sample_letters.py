"""What made-up mails of a congress state, so that organisers see each of them before it is sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from congress.domain.calendars.calendar import Entry, Method, Status
from congress.domain.calendars.calendar_json import entry_facts
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import KINDS, Carries, MessageKind
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing, StandingBooking
from congress.formats import invitation
from congress.formats.catalogue import catalogue
from congress.queries import programme
from congress.services.mails import opening_letters
from congress.services.mails.facts import Letters, of_congress

HALF_AN_HOUR = timedelta(minutes=30)
EXPIRES = timedelta(days=2)
EARLIER = timedelta(days=7)
INVITATION = {"invitation": 0, "organisation": "", "places": 1, "is_organisation": False}
OF_PART = ("number", "title", "starts_at", "ends_at", "room")


def facts_of(
    congress: Congress, kind: MessageKind, language: str, workshop_id: int | None = None
) -> dict[str, Any]:
    """Return the facts of a made-up mail of this kind, with the programme of the congress.

    Its reader has a place in this workshop, or in the first.
    """
    if KINDS[kind].carries in {Carries.NEWSLETTER, Carries.OPENING}:
        return _to_who_asked(congress, kind, language)
    standing = _standing(congress, language, workshop_id)
    letter: dict[str, Any] = dict(Letters(congress).to(standing))
    names = {key: letter[key] for key in ("congress", "given_name", "family_name")}
    match kind:
        case MessageKind.CALENDAR_REQUEST | MessageKind.CALENDAR_CANCEL:
            more: dict[str, Any] = {"entry": _entry(congress, standing, kind)}
        case MessageKind.CONFIRM_ADDRESS | MessageKind.HAND_OVER_ASKED:
            more = {"change": 0, "expires_at": _expires(congress)}
            more |= {"from_whom": _colleague(language), "waits": False, "hand_over": 0}
        case MessageKind.FEEDBACK_ASKED:
            more = {"ballot": 0, "answer_by": congress.ends_at.astimezone(UTC).isoformat()}
        case MessageKind.GROUP_REGISTERED:
            more = {"group": 0, "names": [standing.name, _colleague(language)]}
        case MessageKind.LINK:
            more = {"names": [standing.name], "registrations": [0]}
        case (
            MessageKind.INVITED
            | MessageKind.INVITED_REMINDER
            | MessageKind.INVITATION_WITHDRAWN
            | MessageKind.INVITATION_OFF
        ):
            more = INVITATION
        case (
            MessageKind.CONTRIBUTION_ASKED
            | MessageKind.CONTRIBUTION_REMINDER
            | MessageKind.CONTRIBUTION_MOVED
            | MessageKind.CONTRIBUTOR_CODE
            | MessageKind.PROPOSAL_RECEIVED
            | MessageKind.PROPOSAL_DEADLINE
            | MessageKind.PROPOSAL_ANSWERED
        ):
            more = _of_programme(letter, kind, language)
        case _:
            return letter | _beside(letter, kind, language)
    return names | more


def _to_who_asked(congress: Congress, kind: MessageKind, language: str) -> dict[str, Any]:
    """Return the facts of a mail to somebody who gave an address and no name."""
    if kind is MessageKind.NEWSLETTER_ASKED:
        return {"congress": of_congress(congress, language), "reader": 0, "has_it": False}
    return dict(opening_letters.stated(congress, kind, 0, language))


def _standing(congress: Congress, language: str, workshop_id: int | None) -> Standing:
    """Return somebody with a place in a workshop, who waits for another."""
    items = [each for each in programme.kept_items(congress) if each.bookable]
    items.sort(key=lambda item: item.id != workshop_id)
    bookings = [StandingBooking(1, each, BookingState.CONFIRMED) for each in items[:1]]
    bookings += [StandingBooking(2, each, BookingState.WAITING, position=3) for each in items[1:2]]
    _ = catalogue(language).gettext
    return Standing(
        id=0,
        congress_id=congress.id,
        state=RegistrationState.CONFIRMED,
        given_name=_("Erika"),
        family_name=_("Sample"),
        email="erika@example.org",
        language=language,
        created_at=congress.period.opens_at,
        bookings=tuple(bookings),
    )


def _beside(letter: dict[str, Any], kind: MessageKind, language: str) -> dict[str, Any]:
    """Return what a letter of this kind states beside where somebody stands."""
    _ = catalogue(language).gettext
    mine = letter["confirmed"]
    name = {"label": _("Family name"), "before": _("Example"), "after": _("Sample")}
    moved = [each | _earlier(each) for each in mine]
    end: dict[str, Any] = {"confirmed": [], "waiting": [], "links": []}
    without: dict[str, Any] = {"online_link": ""}  # whose place is not sure
    until = (
        datetime.fromisoformat(letter["congress"]["days"][0]["starts_at"]) - EXPIRES
    ).isoformat()
    return {
        MessageKind.CONFIRM_REGISTRATION: {"registration": 0, "expires_at": until, "links": []}
        | without,
        MessageKind.LAPSED: end | without,
        MessageKind.HANDED_OVER: end | without | {"handed_to": _colleague(language)},
        MessageKind.COLLEAGUE_NAMED: {
            "handed_to": _colleague(language),
            "by_municipality": {"name": _("Anna Example"), "organisation": _("Example Town")},
        },
        MessageKind.WAITING: {"confirmed": [], "waiting": mine, "position": 4} | without,
        MessageKind.PLACE_OFFERED: {
            "confirmed": [],
            "waiting": [each | {"offered_until": until} for each in mine],
        }
        | without
        | ({} if mine else {"offered_until": until}),
        MessageKind.OFFER_EXPIRED: {"missed": [each["title"] for each in letter["waiting"]]},
        MessageKind.EXPIRED: end | without,
        MessageKind.REQUESTED: {"confirmed": [], "waiting": mine, "requested": True} | without,
        MessageKind.REGISTRATION_DECLINED: end
        | without
        | {"paragraphs": [[_("There are no places left, and the room takes no more people.")]]},
        MessageKind.ASSIGNED: {
            "confirmed": [each | {"by_wish": 1} for each in mine],
            "assigned": [_of_wishes(each) for each in mine],
        },
        MessageKind.PLACE_GAINED: {
            "gained": [each["title"] for each in mine],
            "gained_congress": not mine,
            "lost": [],
            "others_wait": True,
            "waiting": [],
        },
        MessageKind.CHANGED: {"before": {"confirmed": [], "waiting": letter["waiting"]}},
        MessageKind.PROGRAMME_CHANGED: {"before": {"workshops": moved}} if moved else {},
        MessageKind.CORRECTED: {"corrected": [name], "by_organiser": True},
        MessageKind.READDRESSED: {"corrected": [name], "by_organiser": True},
        MessageKind.MERGED: {
            "before": {"confirmed": [], "waiting": letter["waiting"]},
            "corrected": [],
            "consents_ended": [],
            "gained_congress": False,
            "by_organiser": True,
        },
        MessageKind.REQUEST_DECLINED: {
            "asked": {"kind": "workshops", "workshops": letter["waiting"]},
            "paragraphs": [[_("There are no places left, and the room takes no more people.")]],
        },
        MessageKind.DECLINED: {"declined": letter["congress"]["days"][0]["starts_at"]},
        MessageKind.REMINDER: {"reminder": "soon"},
        MessageKind.TASK_DUE: {
            "task": {"id": 0, "title": _("Profile of the municipality"), "due_at": until}
        },
        MessageKind.FOLLOW_UP: {"reminder": "came", "links": []},
    }.get(kind, {})


def _of_wishes(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what came of the wishes of the time of a workshop."""
    when = {name: item[name] for name in ("starts_at", "ends_at")}
    return when | {"among": [item["id"]], "got": item["id"], "how": "wish", "had": []}


def _colleague(language: str) -> str:
    return catalogue(language).gettext("Kim Example")


def _of_programme(letter: dict[str, Any], kind: MessageKind, language: str) -> dict[str, Any]:
    _ = catalogue(language).gettext
    named = {"given_name": "", "family_name": f"{letter['given_name']} {letter['family_name']}"}
    item = next(iter(letter["confirmed"]), None) or _whole_day(letter)
    part = {key: item[key] for key in OF_PART} | {"role": _("Dialogue partner")}
    moved = {"now": part, "was": part | _earlier(part), "off": False, "back": False}
    title, called = _("The village kitchen"), _("Practice example")
    proposal: dict[str, Any] = {"proposal": 0, "title": title, "kind": called}
    said = [[_("Thank you for your proposal.")]]
    closes_at = letter["congress"]["closes_at"]
    before = (datetime.fromisoformat(closes_at) - EARLIER).isoformat()
    call = {"closes_at": closes_at, "before": before}
    of_kind: dict[MessageKind, dict[str, Any]] = {
        MessageKind.CONTRIBUTION_ASKED: {"contributor": 0, "asked": [part], "agreed": []},
        MessageKind.CONTRIBUTION_REMINDER: {"contributor": 0, "asked": [part], "agreed": []},
        MessageKind.CONTRIBUTION_MOVED: {"contributor": 0, "moved": [moved]},
        MessageKind.CONTRIBUTOR_CODE: {"login": 0},
        MessageKind.PROPOSAL_RECEIVED: proposal,
        MessageKind.PROPOSAL_DEADLINE: {**proposal, "call": call, "others": []},
        MessageKind.PROPOSAL_ANSWERED: {**proposal, "paragraphs": said, "answer": "declined"},
    }
    return named | of_kind[kind]


def _whole_day(letter: dict[str, Any]) -> dict[str, Any]:
    """Return what stands for an item where the programme has none yet."""
    congress = letter["congress"]
    day = congress["days"][0]
    return {"number": None, "title": congress["title"], "room": "", **day}


def _earlier(item: dict[str, Any]) -> dict[str, str]:
    """Return when something was to be that begins half an hour later now."""
    return {
        name: (datetime.fromisoformat(item[name]) - HALF_AN_HOUR).astimezone(UTC).isoformat()
        for name in ("starts_at", "ends_at")
    }


def _entry(congress: Congress, standing: Standing, kind: MessageKind) -> Any:  # noqa: ANN401 - facts
    is_end = kind is MessageKind.CALENDAR_CANCEL
    content = invitation.content(congress, congress.days[0], standing)
    status = Status.CANCELLED if is_end else Status.CONFIRMED
    entry = Entry("sample", 0, congress.revised_at, status, content)
    if is_end:
        entry = replace(entry, content=invitation.ended(content, standing))
    return entry_facts(entry, Method.CANCEL if is_end else Method.REQUEST)


def _expires(congress: Congress) -> str:
    return (congress.period.opens_at + EXPIRES).astimezone(UTC).isoformat()
