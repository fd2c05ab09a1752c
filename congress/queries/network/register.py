"""The register of organisations: a list to look through, and one organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    ScalarSelect,
    and_,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from congress.base import columns_of, table_of, values_of
from congress.domain.folding import fold_sought
from congress.domain.network import keys, sizes
from congress.domain.network.membership import MembershipState
from congress.domain.network.organisations import Kind, OrganisationFacts
from congress.domain.network.sizes import SizeClass
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import Membership, Organisation, OrganisationAlias, OrganisationDomain

ORGANISATIONS, RECORDS = table_of(Organisation), table_of(Membership)
ALIASES, DOMAINS = table_of(OrganisationAlias), table_of(OrganisationDomain)
FACTS = (
    "name short_name kind ags district sector inhabitants valid_from valid_until successor_id "
    "website suggested"
)
DOMAIN, ALIAS, FORERUNNER = "domain", "alias", "forerunner"
MOST_MERGERS = 20  # one after the other


class Ended(StrEnum):
    """Whether organisations are shown that have ended."""

    NO = "no"
    YES = "yes"
    BOTH = "both"


@dataclass(frozen=True)
class Wanted:
    """Which organisations are looked for; nothing said is all of them."""

    words: str = ""
    kind: str = ""
    district: str = ""
    size: SizeClass | None = None
    sector: str = ""
    member: MembershipState | None = None
    ended: Ended = Ended.NO


@dataclass(frozen=True)
class Line:
    """An organisation in the list, and what it is to the network today."""

    id: int
    name: str
    kind: str
    ags: str | None
    district: str | None
    inhabitants: int | None
    valid_until: date | None
    successor: str | None
    state: MembershipState | None


@dataclass(frozen=True)
class Named:
    """An organisation by its name."""

    id: int
    name: str


@dataclass(frozen=True)
class Other:
    """Another name, or a mail domain that was confirmed then."""

    id: int
    text: str
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class Details:
    """All that the register holds of one organisation."""

    id: int
    facts: OrganisationFacts
    aliases: tuple[Other, ...]
    domains: tuple[Other, ...]
    successors: tuple[Named, ...]  # the next, and what has become of that
    forerunners: tuple[Named, ...]  # what was merged into it
    state: MembershipState | None
    is_host: bool  # a logo or legal texts hang on it


def listed(wanted: Wanted, *, day: date, limit: int, offset: int) -> tuple[list[Line], int]:
    """Return one page of the organisations that are looked for, and how many these are."""
    conditions = list(_conditions(wanted, day))
    many = select(func.count()).select_from(ORGANISATIONS).where(*conditions)
    total = db.session.scalars(many).one()
    follower = ORGANISATIONS.alias("follower")
    statement = (
        select(
            *columns_of(ORGANISATIONS, "id name kind ags district inhabitants valid_until"),
            follower.c.name.label("successor"),
            _state_on(day).label("state"),
        )
        .outerjoin(follower, follower.c.id == ORGANISATIONS.c.successor_id)
        .where(*conditions)
        .order_by(ORGANISATIONS.c.search, ORGANISATIONS.c.id)
        .limit(limit)
        .offset(offset)
    )
    names = "id name kind ags district inhabitants valid_until successor"
    lines = [
        Line(**values_of(row, names), state=_state(row.state))
        for row in db.session.execute(statement)
    ]
    return lines, total


def districts() -> dict[str, str]:
    """Return the names of districts and of towns that are their own, by their five figures."""
    key, kind = ORGANISATIONS.c.ags, ORGANISATIONS.c.kind
    statement = (
        select(key, ORGANISATIONS.c.name)
        .where(
            or_(
                and_(kind == Kind.DISTRICT, func.length(key) == keys.DISTRICT),
                and_(func.length(key) == keys.MUNICIPALITY, key.endswith(keys.ALONE)),
            )
        )
        .order_by(kind.desc(), ORGANISATIONS.c.valid_until.is_(None), ORGANISATIONS.c.id)
    )
    found = {keys.district_of(row.ags): row.name for row in db.session.execute(statement)}
    return dict(sorted(found.items(), key=lambda each: fold_sought(each[1])))


def find(organisation_id: int, *, day: date) -> Details | None:
    """Return one organisation, what it is called elsewhere and what became of it."""
    statement = select(
        *columns_of(ORGANISATIONS, f"id {FACTS} logo_digest legal"),
        _state_on(day).label("state"),
    ).where(ORGANISATIONS.c.id == organisation_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    others = db.session.execute(_others_of(organisation_id)).all()
    return Details(
        id=row.id,
        facts=facts_of(row),
        aliases=_some(others, ALIAS),
        domains=_some(others, DOMAIN),
        successors=tuple(_successors(row.successor_id)),
        forerunners=tuple(Named(each.id, each.text) for each in _some(others, FORERUNNER)),
        state=_state(row.state),
        is_host=bool(row.logo_digest or row.legal),
    )


def facts_of(row: object) -> OrganisationFacts:
    """Return the facts that a row of organisations has."""
    return OrganisationFacts(**values_of(row, FACTS))


def find_named(typed: str) -> Named | None:
    """Return the organisation with this name, alias or official key, if the register has it."""
    found, key = ORGANISATIONS.c, fold_name(typed)
    official = keys.read_key(typed)
    named = [found.name_key == key, found.id == _of_alias(key)]
    if isinstance(official, keys.Key):
        named.append(and_(found.ags == official.text, found.valid_until.is_(None)))
    statement = (
        select(found.id, found.name)
        .where(or_(*named))
        .order_by((found.name_key == key).desc(), found.id)
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return Named(row.id, row.name) if row else None


def find_name(organisation_id: int) -> Named | None:
    """Return an organisation by its number, with its name."""
    found = ORGANISATIONS.c
    statement = select(found.id, found.name).where(found.id == organisation_id)
    row = db.session.execute(statement).one_or_none()
    return Named(row.id, row.name) if row else None


def _of_alias(key: str) -> ScalarSelect[int]:
    return select(ALIASES.c.organisation_id).where(ALIASES.c.name_key == key).scalar_subquery()


def followed() -> dict[int, int]:
    """Return which organisation follows which, of all that have a successor."""
    rows = db.session.execute(
        select(*columns_of(ORGANISATIONS, "id successor_id")).where(
            ORGANISATIONS.c.successor_id.is_not(None)
        )
    )
    return {row.id: row.successor_id for row in rows}


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of organisations by their numbers."""
    wanted = list(set(numbers))
    found = ORGANISATIONS.c
    statement = select(found.id, found.name).where(found.id.in_(wanted))
    return {row.id: row.name for row in db.session.execute(statement)} if wanted else {}


def _others_of(organisation_id: int) -> CompoundSelect[Any]:
    """Aliases, domains and what was merged into it, in one statement; domains say the types."""
    here = organisation_id
    return union_all(
        select(
            literal(DOMAIN).label("what"),
            DOMAINS.c.id,
            DOMAINS.c.domain.label("text"),
            DOMAINS.c.confirmed_at,
        ).where(DOMAINS.c.organisation_id == here),
        select(literal(ALIAS), ALIASES.c.id, ALIASES.c.name, null()).where(
            ALIASES.c.organisation_id == here
        ),
        select(literal(FORERUNNER), ORGANISATIONS.c.id, ORGANISATIONS.c.name, null()).where(
            ORGANISATIONS.c.successor_id == here
        ),
    )


def _some(rows: Sequence[Row[Any]], what: str) -> tuple[Other, ...]:
    found = [Other(row.id, row.text, row.confirmed_at) for row in rows if row.what == what]
    return tuple(sorted(found, key=lambda each: fold_sought(each.text)))


def _successors(first: int | None) -> list[Named]:
    """Return what follows, one after the other."""
    if first is None:
        return []
    names = "id name successor_id"
    begin = select(*columns_of(ORGANISATIONS, names), literal(0).label("step"))
    chain = begin.where(ORGANISATIONS.c.id == first).cte("chain", recursive=True)
    further = select(*columns_of(ORGANISATIONS, names), chain.c.step + 1)
    chain = chain.union_all(
        further.join(chain, ORGANISATIONS.c.id == chain.c.successor_id).where(
            chain.c.step < MOST_MERGERS
        )
    )
    rows = db.session.execute(select(chain.c.id, chain.c.name).order_by(chain.c.step))
    return [Named(row.id, row.name) for row in rows]


def _conditions(wanted: Wanted, day: date) -> list[ColumnElement[bool]]:
    found = ORGANISATIONS.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.words:
        conditions.append(in_search(wanted.words))
    if wanted.kind:
        conditions.append(found.kind == wanted.kind)
    if wanted.district:
        conditions.append(found.district == wanted.district)
    if wanted.sector:
        conditions.append(found.sector == wanted.sector)
    if wanted.size:
        least, too_many = sizes.bounds(wanted.size)
        conditions.append(found.inhabitants >= least)
        if too_many is not None:
            conditions.append(found.inhabitants < too_many)
    if wanted.ended is not Ended.BOTH:
        ended = has_ended(day)
        conditions.append(ended if wanted.ended is Ended.YES else ~ended)
    if wanted.member:
        conditions.append(found.id.in_(select(RECORDS.c.organisation_id)))
        conditions.append(_state_on(day) == wanted.member)
    return conditions


def in_search(words: str) -> ColumnElement[bool]:
    """Return the condition that every word stands somewhere in name, alias or key."""
    search, key = ORGANISATIONS.c.search, ORGANISATIONS.c.ags
    parts = fold_sought(words).split()
    # The key once more: rows of before it stood in the text are found by it too.
    found = (
        or_(search.contains(each, autoescape=True), key.startswith(each, autoescape=True))
        for each in parts
    )
    return and_(true(), *found)


def has_ended(day: date) -> ColumnElement[bool]:
    """Return the condition that an organisation is there no more on a day."""
    until = ORGANISATIONS.c.valid_until
    return and_(until.is_not(None), until < day)


def _state_on(day: date) -> ScalarSelect[str]:
    """Return what an organisation is to the network on a day, as `domain…membership.state_on`."""
    return (
        select(RECORDS.c.state)
        .where(
            RECORDS.c.organisation_id == ORGANISATIONS.c.id,
            RECORDS.c.superseded_at.is_(None),
            RECORDS.c.since <= day,
        )
        .order_by(RECORDS.c.since.desc(), RECORDS.c.recorded_at.desc(), RECORDS.c.id.desc())
        .limit(1)
        .correlate(ORGANISATIONS)
        .scalar_subquery()
    )


def _state(said: str | None) -> MembershipState | None:
    return MembershipState(said) if said else None
