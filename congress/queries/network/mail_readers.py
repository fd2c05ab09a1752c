"""Who gets an info mail of the network: by role, membership and district, asked for one day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select

from congress.base import columns_of, table_of
from congress.domain.congresses import CongressKind
from congress.domain.mails.mailings import Audience, To
from congress.domain.mails.readers import Reader, Recipients, recipients
from congress.domain.network.keys import government_region_of
from congress.domain.network.mails import STANDINGS
from congress.domain.network.membership import MembershipState
from congress.domain.network.terms import Term
from congress.domain.people import fold_email, fold_name
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Congress, ContactPerson, Organisation, OutboxMessage, Registration
from congress.queries import dead_mailboxes, newsletters
from congress.queries.mailing_readers import Mail, Told, ToldPage
from congress.queries.mailings import MAILINGS, WrittenMailing
from congress.queries.network import members
from congress.queries.outbox import MessageState

PEOPLE, ORGANISATIONS = table_of(ContactPerson), table_of(Organisation)
CONGRESSES, REGISTERED, MAILS = map(table_of, (Congress, Registration, OutboxMessage))
# By which fact a letter says whose it is.
NUMBERS: Mapping[To, str] = {
    To.CONTACTS: "contact_person",
    To.COHORT: "participant",
    To.NETWORK_NEWSLETTER: "reader",
}


def recipients_of(mailing: WrittenMailing, day: date) -> Recipients:
    """Return who would get an info mail on a day, and who would not and why."""
    wanted = [each for each in stored(mailing.audience, day) if not each.is_not_meant]
    return recipients(_once(wanted), dead=dead_mailboxes.every_key())


def still_there(audience: Audience, numbers: Collection[int], day: date) -> list[Reader]:
    """Return those of some readers whom a mail reaches on a day, in the order of their numbers.

    Terms, membership and places are asked again: whoever speaks for nobody any more gets none.
    """
    found = recipients(stored(audience, day, numbers), dead=()).reached
    return sorted(found, key=lambda each: each.id)


def told(mailing: WrittenMailing, day: date, *, offset: int, limit: int) -> ToldPage:
    """Return some of those whom an info mail that began was settled for, in the order of lists."""
    row = db.session.execute(
        select(*columns_of(MAILINGS, "readers told_up_to")).where(MAILINGS.c.id == mailing.id)
    ).one()
    known = stored(mailing.audience, day, row.readers)
    part = known[offset : offset + limit]
    mails = _mails_to(mailing, part)
    return ToldPage(
        [Told(each, mails.get(each.id), each.id > row.told_up_to) for each in part],
        total=len(known),
        forgotten=len(row.readers) - len(known),
    )


def cohorts() -> list[tuple[int, Texts]]:
    """Return the trainings there are, the latest first."""
    of_kind = CONGRESSES.c.kind == CongressKind.TRAINING
    found = select(*columns_of(CONGRESSES, "id title")).where(of_kind)
    rows = db.session.execute(found.order_by(CONGRESSES.c.id.desc()))
    return [(row.id, row.title) for row in rows]


def stored(audience: Audience, day: date, numbers: Collection[int] | None = None) -> list[Reader]:
    """Return everybody of a kind, or some by their numbers, with whether the mail is for them."""
    if audience.to is To.NETWORK_NEWSLETTER:
        which = newsletters.READERS.c.congress_id.is_(None)
        some = [] if numbers is None else [newsletters.READERS.c.id.in_(numbers)]
        return newsletters.readers(which, *some)
    if audience.to is To.COHORT:
        return _participants(audience, numbers)
    return _contacts(audience, day, numbers)


def _contacts(audience: Audience, day: date, numbers: Collection[int] | None) -> list[Reader]:
    rows = db.session.execute(_some(_PEOPLE, PEOPLE.c.id, numbers)).all()
    states = [MembershipState(each) for each in audience.standings] or STANDINGS
    belonging = {each.id for each in members.states_on(day, states=states)}
    return [
        Reader(
            *(row.id, row.given_name, row.family_name, row.email, row.language),
            is_not_meant=not (
                Term(row.starts_on, row.ends_on).holds_on(day)
                and row.organisation_id in belonging
                and _is_there(audience, row)
            ),
        )
        for row in rows
    ]


def _is_there(audience: Audience, row: Row[*tuple[Any, ...]]) -> bool:
    """Return whether somebody has one of the roles, in one of the districts and regions."""
    district = row.district or ""
    region = government_region_of(district) if district else ""
    sought = (
        (audience.roles, row.role),
        (audience.districts, district),
        (audience.regions, region),
    )
    return all(not wanted or each in wanted for wanted, each in sought)


def _participants(audience: Audience, numbers: Collection[int] | None) -> list[Reader]:
    of_it = _REGISTERED.where(REGISTERED.c.congress_id == audience.cohort_id)
    return [
        Reader(
            *(row.id, row.given_name, row.family_name, row.email, row.language),
            is_merged=row.merged_into_id is not None,
            is_unconfirmed=row.unconfirmed_until is not None,
            is_not_meant=row.state != RegistrationState.CONFIRMED,
        )
        for row in db.session.execute(_some(of_it, REGISTERED.c.id, numbers))
    ]


_PEOPLE = (
    select(
        *columns_of(PEOPLE, "id role given_name family_name email language"),
        *columns_of(PEOPLE, "organisation_id starts_on ends_on"),
        ORGANISATIONS.c.district,
    )
    .join(ORGANISATIONS, ORGANISATIONS.c.id == PEOPLE.c.organisation_id)
    .order_by(PEOPLE.c.name_order, PEOPLE.c.id)
)
_REGISTERED = select(
    *columns_of(REGISTERED, "id given_name family_name email language state"),
    *columns_of(REGISTERED, "unconfirmed_until merged_into_id"),
).order_by(REGISTERED.c.family_key, REGISTERED.c.id)


def _some(
    statement: Select[*tuple[Any, ...]],
    number: Any,  # noqa: ANN401 - a column
    numbers: Collection[int] | None,
) -> Select[*tuple[Any, ...]]:
    return statement if numbers is None else statement.where(number.in_(numbers))


def _once(people: Iterable[Reader]) -> list[Reader]:
    """Return each person once, for how many organisations they may speak."""
    found: dict[tuple[str, str], Reader] = {}
    for each in people:
        key = (fold_email(each.email), fold_name(each.given_name, each.family_name))
        found.setdefault(key, each)
    return list(found.values())


def _mails_to(mailing: WrittenMailing, people: Sequence[Reader]) -> dict[int, Mail]:
    """Return the last mail to each reader; a mail says for whom it is until its text is deleted."""
    of = {fold_email(each.email): each.id for each in people}
    number, key = MAILS.c.facts[NUMBERS[mailing.audience.to]].as_integer(), MAILS.c.recipient_key
    rows = db.session.execute(
        select(number.label("number"), key, *columns_of(MAILS, "id state settled_at"))
        .where(
            MAILS.c.mailing_id == mailing.id,
            or_(number.in_({each.id for each in people}), and_(number.is_(None), key.in_(of))),
        )
        .order_by(MAILS.c.id)
    )
    return {
        row.number or of[row.recipient_key]: Mail(row.id, MessageState(row.state), row.settled_at)
        for row in rows
    }
