"""Organisations of a congress as its quota counts them, for organisers to look at."""

from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, case, exists, func, select

from congress.base import table_of
from congress.domain.folding import commonest, fold_sought
from congress.domain.organisation_names import own_domains, spelling_of
from congress.domain.quotas import TOLD_APART, Delegation
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Congress, QuotaDomain, QuotaException, QuotaSpelling, Registration
from congress.queries import delegations
from congress.queries.positions import have_place, sits_in

PEOPLE, SPELLINGS = table_of(Registration), table_of(QuotaSpelling)
DOMAINS, EXCEPTIONS = table_of(QuotaDomain), table_of(QuotaException)
CONGRESSES = table_of(Congress)
IS_ACTIVE = PEOPLE.c.state != RegistrationState.CANCELLED


@dataclass(frozen=True)
class Written:
    """How an organisation was typed, by how many; `is_own` where that is why they count there."""

    words: str
    typed: str
    people: int
    is_own: bool


@dataclass(frozen=True)
class Group:
    """One organisation: how many of it come and may, how it is written, its domains."""

    key: str
    delegation: Delegation
    spellings: tuple[Written, ...] = ()
    domains: tuple[str, ...] = ()
    is_exception: bool = False

    @property
    def name(self) -> str:
        """How most people write it."""
        return self.spellings[0].typed if self.spellings else self.key.removeprefix(TOLD_APART)

    @property
    def can_be_parted(self) -> bool:
        """Whether one of the spellings can be taken out."""
        return sum(each.is_own for each in self.spellings) > 1


@dataclass
class _Counted:
    taken: int = 0
    waiting: int = 0
    typed: dict[str, dict[str, int]] = field(default_factory=dict)  # by spelling: how often


def groups(congress_id: int, quota: int, sought: str = "") -> list[Group]:
    """Return the organisations of which somebody comes or waits; first what wants to be looked at.

    That is: more inside than may be, then a reserve list, then several spellings. With words only
    those with all of them in a spelling.
    """
    counted = _counted(congress_id)
    found = _groups(congress_id, quota, counted)
    if words := fold_sought(sought).split():
        found = [each for each in found if _is_sought(each, words)]
    return sorted(found, key=_how_urgent)


def find(congress_id: int, key: str, quota: int) -> Group | None:
    """Return one organisation, if anybody has named it."""
    counted = _counted(congress_id)
    return next((each for each in _groups(congress_id, quota, counted) if each.key == key), None)


def domains_of(congress_id: int, key: str) -> list[str]:
    """Return the domains of addresses in an organisation that may be its own."""
    addresses = select(PEOPLE.c.email_key).where(
        PEOPLE.c.congress_id == congress_id, PEOPLE.c.quota_key == key, IS_ACTIVE
    )
    return own_domains(db.session.scalars(addresses))


def key_of(registration_id: int) -> str:
    """Return the organisation that somebody is counted with."""
    key: str = db.session.scalars(
        select(PEOPLE.c.quota_key).where(PEOPLE.c.id == registration_id)
    ).one()
    return key


def is_on_reserve() -> ColumnElement[bool]:
    """Return whether somebody waits on a reserve list, for statements about registrations."""
    taken = have_place(PEOPLE.c.congress_id, PEOPLE.c.quota_key)
    quota = (
        select(CONGRESSES.c.rules["quota"].as_integer())
        .where(CONGRESSES.c.id == PEOPLE.c.congress_id)
        .scalar_subquery()
    )
    own = (EXCEPTIONS.c.congress_id == PEOPLE.c.congress_id) & (
        EXCEPTIONS.c.key == PEOPLE.c.quota_key
    )
    is_full = exists().where(own, EXCEPTIONS.c.places <= taken)
    is_usual = ~exists().where(own) & (quota <= taken)
    is_waiting = (PEOPLE.c.state == RegistrationState.WAITING) & (PEOPLE.c.quota_key != "")
    return is_waiting & (quota > 0) & (is_full | is_usual)


def count_on_reserve(congress_id: int) -> int:
    """Return how many people wait on reserve lists."""
    found = select(func.count()).where(PEOPLE.c.congress_id == congress_id, is_on_reserve())
    return db.session.scalars(found).one()


def beyond_their_quota(congress_id: int, quota: int) -> set[int]:
    """Return who asked to take part though as many of their organisation come as may."""
    if not quota:
        return set()
    asked = select(PEOPLE.c.id, PEOPLE.c.quota_key).where(
        PEOPLE.c.congress_id == congress_id,
        PEOPLE.c.state == RegistrationState.REQUESTED,
        ~PEOPLE.c.holds_places,
        PEOPLE.c.quota_key != "",
    )
    keys = {row.id: row.quota_key for row in db.session.execute(asked)}
    if not keys:
        return set()
    sent = delegations.delegations(congress_id, set(keys.values()), quota)
    return {number for number, key in keys.items() if sent[key].is_full}


def _counted(congress_id: int) -> dict[str, _Counted]:
    rows = db.session.execute(
        select(
            PEOPLE.c.quota_key,
            PEOPLE.c.organisation,
            func.count().label("people"),
            func.sum(case((sits_in(PEOPLE), 1), else_=0)).label("taken"),
            func.sum(case((PEOPLE.c.state == RegistrationState.WAITING, 1), else_=0)).label(
                "waiting"
            ),
        )
        .where(PEOPLE.c.congress_id == congress_id, PEOPLE.c.quota_key != "", IS_ACTIVE)
        .group_by(PEOPLE.c.quota_key, PEOPLE.c.organisation)
    )
    found: dict[str, _Counted] = {}
    for row in rows:
        each = found.setdefault(row.quota_key, _Counted())
        each.taken += row.taken
        each.waiting += row.waiting
        typed = each.typed.setdefault(spelling_of(row.organisation), {})
        typed[row.organisation] = typed.get(row.organisation, 0) + row.people
    return found


def _groups(congress_id: int, quota: int, counted: dict[str, _Counted]) -> list[Group]:
    known = select(SPELLINGS.c.words, SPELLINGS.c.key).where(SPELLINGS.c.congress_id == congress_id)
    own = {(row.key, row.words) for row in db.session.execute(known)}
    places = {
        row.key: row.places
        for row in db.session.execute(
            select(EXCEPTIONS.c.key, EXCEPTIONS.c.places).where(
                EXCEPTIONS.c.congress_id == congress_id
            )
        )
    }
    domains: dict[str, list[str]] = {}
    for row in db.session.execute(
        select(DOMAINS.c.key, DOMAINS.c.domain)
        .where(DOMAINS.c.congress_id == congress_id)
        .order_by(DOMAINS.c.domain)
    ):
        domains.setdefault(row.key, []).append(row.domain)
    return [
        Group(
            key,
            replace(Delegation(places.get(key, quota)), taken=each.taken, waiting=each.waiting),
            _spellings(key, each, own),
            tuple(domains.get(key, ())),
            key in places,
        )
        for key, each in counted.items()
    ]


def _spellings(key: str, counted: _Counted, own: set[tuple[str, str]]) -> tuple[Written, ...]:
    found = [
        Written(words, commonest(typed), sum(typed.values()), (key, words) in own)
        for words, typed in counted.typed.items()
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_own, -each.people, each.words)))


def _is_sought(group: Group, words: list[str]) -> bool:
    text = fold_sought(" ".join(each.typed for each in group.spellings))
    return all(word in text for word in words)


def _how_urgent(group: Group) -> tuple[object, ...]:
    waits = group.delegation.is_full and group.delegation.waiting > 0
    many = len(group.spellings) > 1
    return (not group.delegation.is_beyond, not waits, not many, fold_sought(group.name), group.key)
