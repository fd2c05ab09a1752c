"""Storing registrations: the one way, for the form and for whoever brings many people at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    bindparam,
    exists,
    false,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
)

from congress.base import columns_of, table_of, texts_of
from congress.domain.enrolment import Enrolment
from congress.domain.hall import CONGRESS, NEWCOMER, ONLINE
from congress.domain.modes import Mode
from congress.domain.moves import Grant, Queue
from congress.domain.priority import OTHERS
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import RegistrationRequest
from congress.domain.standing import Standing, StandingBooking
from congress.extensions import db
from congress.models import AccessToken, Organisation, Registration
from congress.queries import places as queries
from congress.queries.positions import InQueue
from congress.queries.standing_columns import as_standing
from congress.services import applying, assisting, consenting, own_answers, tokens, wishing
from congress.services.applying import NewBooking
from congress.services.places import Ledger

PEOPLE, ORGANISATIONS = table_of(Registration), table_of(Organisation)
NEW_TOKENS = insert(table_of(AccessToken)).inline()

# Made once: putting a statement together costs more than carrying it out.
NOT_ASKED = (
    *("id", "organisation_id", "priority", "note", "merged_into_id", "subscribes"),
    *("offered_until", "chooses_until", "substituted_by_id"),
)
WRITTEN = [column for column in PEOPLE.columns if column.name not in NOT_ASKED]
KNOWN = select(PEOPLE.c.id).where(
    PEOPLE.c.congress_id == bindparam("congress_id"),
    PEOPLE.c.email_key == bindparam("email_key"),
    PEOPLE.c.name_key == bindparam("name_key"),
    PEOPLE.c.state != RegistrationState.CANCELLED,
)
# What one form has made, whatever it says now and also when it is over.
OF_THIS_FORM = select(PEOPLE.c.id, PEOPLE.c.email_key, PEOPLE.c.name_key, PEOPLE.c.state).where(
    PEOPLE.c.congress_id == bindparam("congress_id"),
    PEOPLE.c.form_key == bindparam("form_key"),
    PEOPLE.c.form_key != literal_column("''"),  # as in the index, which else would not be used
)
EARLIER = PEOPLE.alias("earlier")
WHO_LEFT = (
    EARLIER.c.congress_id == bindparam("congress_id"),
    EARLIER.c.email_key == bindparam("email_key"),
    EARLIER.c.name_key == bindparam("name_key"),
    EARLIER.c.state == RegistrationState.CANCELLED,
    EARLIER.c.merged_into_id.is_(None),
)
HAS_LEFT = exists().where(*WHO_LEFT).label("has_left")
# Their calendar shows the registration that goes on, so the channel stays what it was.
SUBSCRIBED = (
    select(EARLIER.c.subscribes)
    .where(*WHO_LEFT, EARLIER.c.email_key != "")  # a name alone is no person
    .order_by(EARLIER.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
ORGANISATION = (
    select(ORGANISATIONS.c.id)
    .where(ORGANISATIONS.c.name_key == bindparam("register_key"))
    .scalar_subquery()
)
# Checked and stored in one step: the same person stands once among active registrations, and
# one form makes one.
NEW_PERSON = (
    insert(PEOPLE)
    .from_select(
        [*(column.name for column in WRITTEN), "organisation_id", "priority", "subscribes"],
        select(
            *(bindparam(column.name, type_=column.type) for column in WRITTEN),
            ORGANISATION,
            literal(OTHERS),
            func.coalesce(SUBSCRIBED, false()),
        ).where(~KNOWN.exists(), ~OF_THIS_FORM.exists()),
    )
    .returning(PEOPLE.c.id, PEOPLE.c.subscribes, HAS_LEFT)
)
# Of many at once, who hold the congress meanwhile, it is looked first and stored then.
ALIKE = select(
    *columns_of(PEOPLE, "id email_key name_key form_key state subscribes merged_into_id")
).where(
    PEOPLE.c.congress_id == bindparam("congress_id"),
    or_(PEOPLE.c.name_key.in_(texts_of("name_keys")), PEOPLE.c.form_key.in_(texts_of("form_keys"))),
)
IN_REGISTER = select(ORGANISATIONS.c.name_key, ORGANISATIONS.c.id).where(
    ORGANISATIONS.c.name_key.in_(bindparam("keys", expanding=True))
)
# In no order, because SQLite would store them one by one for that.
NEW_PEOPLE = insert(PEOPLE).returning(*columns_of(PEOPLE, "id email_key name_key state"))


@dataclass(frozen=True)
class Enrolled:
    """A newcomer who is stored: where they stand, and the link to their own page.

    Whoever registered before and withdrew `came_back`.
    """

    standing: Standing
    token: str
    came_back: bool


@dataclass(frozen=True)
class _Stored:
    newcomer: Enrolment
    id: int
    subscribes: bool
    has_left: bool


def made_before(congress_id: int, request: RegistrationRequest) -> Row[int, str, str, str] | None:
    """Return what came of this very form when it was sent before, whatever it says now."""
    key = {"congress_id": congress_id, "form_key": request.form_key}
    # Older versions let one form make several.
    return db.session.execute(OF_THIS_FORM, key).first()


def alike_to(congress_id: int, requests: Sequence[RegistrationRequest]) -> Sequence[Row[Any]]:
    """Return the keys and state of whoever may be one of these, or came from one of their forms."""
    keys = {
        "congress_id": congress_id,
        "name_keys": [each.name_key for each in requests],
        "form_keys": [each.form_key for each in requests if each.form_key],
    }
    return db.session.execute(ALIKE, keys).all()


def enrol(
    ledger: Ledger, newcomers: Sequence[Enrolment], *, alike: Sequence[Row[Any]] | None = None
) -> list[Enrolled]:
    """Store registrations with their places, consents and links, inside a running transaction.

    Whoever is registered already is left out. The decisions stand in the ledger, applied by the
    caller. One is stored in one statement, many in as few as that. `alike` is what `alike_to`
    returned for them in this transaction, where it was looked at already.
    """
    newcomers = [_in_their_mode(ledger, each) for each in newcomers]
    if len(newcomers) == 1:
        people = _store_one(ledger, *newcomers)
    else:
        requests = [each.request for each in newcomers]
        people = _store(
            ledger, newcomers, alike_to(ledger.heading.id, requests) if alike is None else alike
        )
    if not people:
        return []
    stored = [(each.id, each.newcomer) for each in people]
    new = [booking for number, each in stored for booking in _new_bookings(number, each)]
    booked = applying.book(new, {})
    consenting.store(ledger.congress, stored)
    stated = [(number, each.request.needs, each.channel) for number, each in stored]
    assisting.store(ledger.congress, stated, now=ledger.now)
    own_answers.store(ledger.congress, [(n, each.request.own_answers) for n, each in stored])
    own_answers.store_files(ledger.congress, [(n, each.request.files) for n, each in stored])
    items = ledger.items()
    wishing.store([(n, wishing.lines(each.request, items.values())) for n, each in stored])
    links = [tokens.new_rows(number, now=each.at) for number, each in stored]
    db.session.execute(NEW_TOKENS, [row for of_one, _ in links for row in of_one])
    return [
        Enrolled(_standing(ledger, each, booked, items), token, each.has_left)
        for each, (_, token) in zip(people, links, strict=True)
    ]


def _in_their_mode(ledger: Ledger, newcomer: Enrolment) -> Enrolment:
    """Return a newcomer as taking part in the one way there is, where there is no choice."""
    rules, request = ledger.congress.rules, newcomer.request
    if rules.is_hybrid or request.mode is rules.mode.usual:
        return newcomer
    return replace(newcomer, request=replace(request, mode=rules.mode.usual))


def _store_one(ledger: Ledger, newcomer: Enrolment) -> list[_Stored]:
    last = _last_in_queue(ledger, [newcomer])
    row = _row(ledger, newcomer, joins=max(newcomer.at, last or newcomer.at))
    return [
        _Stored(newcomer, stored.id, stored.subscribes, stored.has_left)
        for stored in db.session.execute(NEW_PERSON, row)
    ]


def _store(
    ledger: Ledger, newcomers: Sequence[Enrolment], alike: Sequence[Row[Any]]
) -> list[_Stored]:
    """Store many as if one by one: whoever stands there already, or twice among them, once."""
    forms = {row.form_key for row in alike} - {""}
    known = {
        (row.email_key, row.name_key) for row in alike if row.state != RegistrationState.CANCELLED
    }
    gone = {(row.email_key, row.name_key) for row in alike} - known
    subscribed = {
        (row.email_key, row.name_key): row.subscribes
        for row in sorted(alike, key=lambda row: row.id)  # the last one counts
        if row.email_key and row.merged_into_id is None
    }
    last = _last_in_queue(ledger, newcomers)
    new: list[tuple[Enrolment, bool, bool]] = []
    rows: list[dict[str, object]] = []
    for each in newcomers:
        who = (each.request.email_key, each.request.name_key)
        if who in known or each.request.form_key in forms:
            continue
        joins = each.at
        if each.state is RegistrationState.WAITING:
            joins = last = max(each.at, last or each.at)
        subscribes = who in gone and subscribed.get(who, False)
        new.append((each, subscribes, who in gone))
        rows.append(_row(ledger, each, joins=joins) | {"subscribes": subscribes})
        forms |= {each.request.form_key} - {""}
        (gone if each.state is RegistrationState.CANCELLED else known).add(who)
    if not new:
        return []
    names = {"keys": list({row["register_key"] for row in rows})}
    register = {row.name_key: row.id for row in db.session.execute(IN_REGISTER, names)}
    for row in rows:
        row |= {"organisation_id": register.get(row.pop("register_key")), "priority": OTHERS}
    numbers: dict[tuple[str, ...], list[int]] = {}
    for stored in db.session.execute(NEW_PEOPLE, rows):
        of_whom = (stored.email_key, stored.name_key, stored.state)
        numbers.setdefault(of_whom, []).append(stored.id)
    return [
        _Stored(
            each,
            numbers[each.request.email_key, each.request.name_key, each.state].pop(),
            subscribes,
            left,
        )
        for each, subscribes, left in new
    ]


def _last_in_queue(ledger: Ledger, newcomers: Sequence[Enrolment]) -> datetime | None:
    """Return when the last one joined whoever waits for the congress, if somebody joins them."""
    joins_them = any(each.state is RegistrationState.WAITING for each in newcomers)
    return queries.last_in_congress(ledger.heading.id) if joins_them else None


def _row(ledger: Ledger, newcomer: Enrolment, *, joins: datetime) -> dict[str, object]:
    return {
        **newcomer.request.columns(),
        "congress_id": ledger.heading.id,
        "state": newcomer.state,
        "holds_places": newcomer.holds_places,
        "joined_at": joins,
        "created_at": newcomer.at,
        "changed_at": newcomer.ended_at or newcomer.at,
        "cancelled_at": newcomer.ended_at,
        "unconfirmed_until": newcomer.unconfirmed_until,
        "wished_at": newcomer.at if newcomer.request.wishes else None,
    }


def _new_bookings(registration_id: int, newcomer: Enrolment) -> list[NewBooking]:
    questions = {wish.item_id: wish.question for wish in newcomer.request.choices}
    return [
        NewBooking(
            registration_id,
            move.key,
            move,
            newcomer.at,
            question=questions.get(move.key, ""),
            ended_at=newcomer.ended_at,
        )
        for move in newcomer.decision.moves
        if move.person == NEWCOMER and isinstance(move, Grant | Queue) and move.key is not CONGRESS
    ]


def _standing(
    ledger: Ledger,
    stored: _Stored,
    rows: Mapping[tuple[int, int], int],
    items: Mapping[int, ProgrammeItem],
) -> Standing:
    """Return where a newcomer stands: whoever joins a queue stands at its end."""
    number, newcomer = stored.id, stored.newcomer
    places = newcomer.decision.places
    in_congress = newcomer.state is RegistrationState.CONFIRMED
    bookings = [
        StandingBooking(
            id=rows[number, new.workshop_id],
            item=items[new.workshop_id],
            state=new.state,
            question=new.question,
            position=places[new.workshop_id].waiting
            if new.state is BookingState.WAITING and in_congress
            else None,
            instead_of=rows.get((number, new.instead_of or 0)),
            wish=new.wish,
        )
        for new in _new_bookings(number, newcomer)
    ]
    person = vars(newcomer.request) | {
        "id": number,
        "congress_id": ledger.heading.id,
        "state": newcomer.state,
        "holds_places": newcomer.holds_places,
        "created_at": newcomer.at,
        "subscribes": stored.subscribes,
        "unconfirmed_until": newcomer.unconfirmed_until,
        "priority": OTHERS,
        "wished_at": newcomer.at if newcomer.request.wishes else None,
        "wishes": wishing.lines(newcomer.request, items.values()),
        **dict.fromkeys(("merged_into_id", "substituted_by_id", "offered_until", "chooses_until")),
    }
    waits = newcomer.state is RegistrationState.WAITING
    return as_standing(person, bookings, _at_the_end(newcomer) if waits else None)


def _at_the_end(newcomer: Enrolment) -> InQueue:
    """Return where a newcomer stands who joins the queue, and on which reserve list."""
    delegation = newcomer.decision.delegations.get(newcomer.request.quota_key)
    places = newcomer.decision.places
    is_apart = newcomer.request.mode is Mode.ONLINE and ONLINE in places
    position = places[ONLINE if is_apart else CONGRESS].waiting
    return InQueue(position, delegation.last_on_reserve if delegation else None)
