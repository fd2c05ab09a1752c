"""Rows with sensible values: a congress, its items, its people; a test names what matters to it.

Everything happens around the congress of 21 October 2015, for which one can register until
7 October; `OPEN` is a moment at which one can. The functions want an application context and
store at once.
"""
# ruff: noqa: ANN401 - the columns of a row have many types

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import update

from congress.base import Base
from congress.domain.access import Actor
from congress.domain.folding import fold_for_order, fold_for_search
from congress.domain.hall import Key
from congress.domain.people import fold_email, fold_name, likeness, name_order
from congress.domain.programme import Face, PublicPerson
from congress.domain.registration_request import RegistrationRequest, WishedWorkshop
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import (
    Booking,
    Call,
    Congress,
    CongressDay,
    CongressOrganisation,
    Contribution,
    Mailing,
    Organisation,
    OutboxMessage,
    Person,
    ProgrammeItem,
    Proposal,
    ReceivedMail,
    Registration,
)
from congress.queries.programme import as_json
from congress.services import placing
from congress.transaction import transaction

BERLIN = ZoneInfo("Europe/Berlin")
MADE = datetime(2015, 8, 1, 8, 0, tzinfo=UTC)
OPENS = datetime(2015, 9, 1, 0, 0, tzinfo=BERLIN)
CLOSES = datetime(2015, 10, 8, 0, 0, tzinfo=BERLIN)  # the 7th counts to its end
BEFORE = OPENS - timedelta(days=3)
OPEN = datetime(2015, 9, 30, 10, 0, tzinfo=UTC)
LATE = CLOSES + timedelta(days=2)
STARTS = datetime(2015, 10, 21, 9, 30, tzinfo=BERLIN)
ENDS = datetime(2015, 10, 21, 16, 30, tzinfo=BERLIN)
BEGUN = STARTS + timedelta(hours=1)
AFTERWARDS = ENDS + timedelta(days=30)
WORKSHOPS_START = datetime(2015, 10, 21, 13, 15, tzinfo=BERLIN)
TWO_HOURS = timedelta(hours=2)
QUESTIONS = [{"key": "lunch", "kind": "line", "label": {"de": "Mittagessen"}}]

_numbers = count(1)
Row = TypeVar("Row", bound=Base)


def a_congress(**values: Any) -> Congress:
    """Store a published congress of one day, by default without a limit of places."""
    facts: dict[str, Any] = {
        "slug": "fachkongress",
        "kind": "fachkongress",
        "state": "published",
        "title": {"de": "Engagement vor Ort", "en": "Engagement on the spot"},
        "town": "Lünen",
        "timezone": "Europe/Berlin",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "capacity": None,
        "edition_of_id": None,
        "uid": f"congress-{next(_numbers)}@congress.test",
        "revised_at": MADE,
        "created_at": MADE,
    } | values
    days = facts.pop("days", ((STARTS, ENDS),))
    congress = Congress(**facts)
    congress.days = [
        CongressDay(day=starts_at.date(), starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in days
    ]
    return add(congress)


def a_call(congress: Congress, **values: Any) -> Call:
    """Store the open call of a congress, which ends with its registration."""
    facts: dict[str, Any] = {
        "title": {"de": "Zeigen Sie Ihr Beispiel", "en": "Show your example"},
        "text": {"de": "Aus der Praxis für die Praxis."},
        "kinds": ["practice_example", "workshop", "stand"],
        "closes_at": CLOSES,
        "is_open": True,
    }
    return add(Call(congress_id=congress.id, **facts | values))


def a_proposal(congress: Congress, **values: Any) -> Proposal:
    """Store a new proposal for a practice example."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "state": "new",
        "kind": "practice_example",
        "name": "Erika Muster",
        "organisation": "Dorfladen eG",
        "email": "erika@example.org",
        "phone": "",
        "title": f"Die Dorfküche {number}",
        "abstract": "Wir kochen zusammen.",
        "needs": "",
        "language": "de",
        "mail_language": "de",
        "form_key": f"form-{number}",
        "text_version": "1",
        "nonce": f"nonce-{number}",
        "key_id": "unknown",
        "digest": f"digest-{number}",
        "created_at": OPEN,
        "changed_at": OPEN,
    } | values
    facts["email_key"] = fold_email(facts["email"])
    return add(Proposal(congress_id=congress.id, **facts))


def a_mailing(congress: Congress, **values: Any) -> Mailing:
    """An info mail that nobody has got yet."""
    said = {"subject": {"de": "Anreise"}, "text": {"de": "Guten Weg!"}}
    made = {"created_at": OPEN, "changed_at": OPEN, "audience": {"to": "attendees"}}
    return add(Mailing(congress_id=congress.id, **said | made | values))


def a_received_mail(congress: Congress | None, **values: Any) -> ReceivedMail:
    """A mail that a human has to read."""
    said = {"sender": "eva@example.org", "subject": "Frage", "text": "Wo?", "why": "words"}
    about = {"congress_id": congress.id if congress else None, "digest": uuid4().hex}
    return add(ReceivedMail(**about | said | {"received_at": OPEN} | values))


def an_item(
    congress: Congress,
    *,
    title: Mapping[str, str] | str = "Begrüßung",
    people: tuple[PublicPerson, ...] = (),
    room: Mapping[str, str] | str = "",
    starts_at: datetime = STARTS,
    ends_at: datetime | None = None,
    is_released: bool = True,
    **values: Any,
) -> ProgrammeItem:
    """Store a programme item with places for nobody; its released face equals the working one."""
    number = next(_numbers)
    face = Face(
        title=_texts(title),
        abstract=_texts(values.pop("abstract", "")),
        slot=TimeSlot(starts_at, ends_at or starts_at + timedelta(minutes=30)),
        room=_texts(room),
        people=people,
        cancelled=values.get("cancelled", False),
        short_title=_texts(values.pop("short_title", "")),
    )
    item = ProgrammeItem(
        **{
            "congress_id": congress.id,
            "code": f"item-{number}",
            "kind": "plenary",
            "number": None,
            "title": face.title,
            "short_title": face.short_title,
            "abstract": face.abstract,
            "starts_at": face.slot.starts_at,
            "ends_at": face.slot.ends_at,
            "room_id": None,
            "capacity": None,
            "released": as_json(face) if is_released else None,
            "released_starts_at": face.slot.starts_at if is_released else None,
            "released_ends_at": face.slot.ends_at if is_released else None,
            "uid": f"item-{number}@congress.test",
            "revised_at": MADE,
        }
        | values
    )
    return add(item)


def a_workshop(congress: Congress, **values: Any) -> ProgrammeItem:
    """Store a workshop of 25 places in the afternoon."""
    number = values.get("number") or next(_numbers)
    values = {
        "code": f"workshop-{number}",
        "kind": "workshop",
        "number": number,
        "title": f"Engagement entwickeln {number}",
        "starts_at": WORKSHOPS_START,
        "ends_at": values.get("starts_at", WORKSHOPS_START) + TWO_HOURS,
        "bookable": True,
        "capacity": 25,
    } | values
    return an_item(congress, **values)


def a_contribution(
    item: ProgrammeItem, person: Person | str = "Anna Beispiel", **values: Any
) -> Contribution:
    """Store what somebody does in an item; by default they are asked to be a dialogue partner."""
    known = (
        add(Person(name=person, affiliation={"de": "Stadt Köln"}))
        if isinstance(person, str)
        else person
    )
    facts = {"item_id": item.id, "role": "dialogue_partner", "state": "requested"}
    return add(Contribution(person_id=known.id, **(facts | values)))


def an_organisation(
    name: str = "Stadt Lünen",
    *,
    congress: Congress | None = None,
    role: str = "host",
    **values: Any,
) -> Organisation:
    """Store an organisation, and what it is to a congress when one is named."""
    values = {"ags": None, "logo_type": None, "logo_digest": None, "logo_alt": None} | values
    values = {"name_key": fold_name(name), "search": fold_for_search(name)} | values
    organisation = add(Organisation(name=name, **values))
    if congress is not None:
        add(
            CongressOrganisation(
                congress_id=congress.id,
                organisation_id=organisation.id,
                role=role,
                position=next(_numbers),
            )
        )
    return organisation


def a_registration(congress: Congress, **values: Any) -> Registration:
    """Store a confirmed registration and count its place; a waiting one is counted as such."""
    number = next(_numbers)
    person = {
        "given_name": "Maria",
        "family_name": f"Muster{number}",
        "email": f"muster{number}@example.org",
        "organisation": "",
    } | {name: value for name, value in values.items() if isinstance(value, str)}
    moment = values.get("created_at", OPEN)
    registration = Registration(
        **{
            "congress_id": congress.id,
            "state": "confirmed",
            "organisation_id": None,
            "email_key": fold_email(person["email"]),
            "name_key": fold_name(person["given_name"], person["family_name"]),
            "family_key": name_order(person["family_name"], person["given_name"]),
            "organisation_key": fold_for_order(person["organisation"]),
            "likeness": likeness(person["given_name"], person["family_name"]),
            "search": fold_for_search(*person.values()),
            "joined_at": moment,
            "created_at": moment,
            "changed_at": moment,
            "cancelled_at": None,
        }
        | person
        | values
    )
    _count(congress, registration.state)
    return add(registration)


def a_booking(registration: Registration, item: ProgrammeItem, **values: Any) -> Booking:
    """Store a confirmed booking of a workshop and count its place."""
    moment = values.get("joined_at", registration.joined_at)
    booking = Booking(
        **{
            "registration_id": registration.id,
            "item_id": item.id,
            "state": "confirmed",
            "instead_of_id": None,
            "joined_at": moment,
            "created_at": moment,
            "changed_at": moment,
        }
        | values
    )
    _count(item, booking.state)
    return add(booking)


def a_request(
    number: int = 1, *choices: WishedWorkshop | ProgrammeItem, **values: Any
) -> RegistrationRequest:
    """Return what a made-up person asks for; the number makes one person differ from another."""
    return RegistrationRequest(
        **{
            "given_name": "Erika",
            "family_name": f"Muster-{number}",
            "email": f"erika.muster-{number}@example.org",
            "organisation": "Stadt Lünen",
            "choices": tuple(
                choice if isinstance(choice, WishedWorkshop) else WishedWorkshop(choice.id)
                for choice in choices
            ),
            "consents": ("privacy_notice",),
            "form_key": f"form-{number}",
        }
        | values
    )


def set_places(
    congress_id: int, key: Key, capacity: int | None, *, actor: Actor, now: datetime
) -> None:
    """Other places of a congress or of one of its workshops, with a waiting list."""
    with transaction():
        placing.adopt_places(congress_id, {key: (capacity, True)}, actor=actor, now=now)


def send_everything() -> None:
    """Let every mail go out that waits for it, without putting it into words."""
    db.session.execute(update(OutboxMessage).values(state="sent", attempts=1))
    db.session.commit()


def add(row: Row) -> Row:
    """Store a row, and with it whatever else was changed."""
    db.session.add(row)
    db.session.commit()
    return row


def _count(counted: Congress | ProgrammeItem, state: str) -> None:
    db.session.add(counted)
    db.session.refresh(counted)
    if state in {"confirmed", "offered"}:
        counted.taken += 1
    elif state == "waiting":
        counted.waiting += 1


def _texts(text: Mapping[str, str] | str) -> dict[str, str]:
    if isinstance(text, str):
        return {"de": text} if text else {}
    return dict(text)
