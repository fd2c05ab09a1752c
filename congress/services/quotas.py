"""The quota per organisation: which spellings are of one, of which another number may come.

Whatever is decided here, nobody loses a place; whoever may have one since, moves up.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table, delete, insert, literal, select, true, update

from congress.base import columns_of, table_of
from congress.domain.access import Actor
from congress.domain.modes import Mode
from congress.domain.organisation_names import PUBLIC_MAIL, domains_above, spelling_of
from congress.domain.places import PassOn, Resize
from congress.domain.quotas import (
    DomainOfAll,
    DomainTaken,
    OnlySpelling,
    SameOrganisation,
    key_apart,
)
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import QuotaDomain, QuotaException, QuotaSpelling, Registration
from congress.queries import delegations as counting
from congress.queries import programme
from congress.queries.congresses import Heading
from congress.queries.retention import long_over
from congress.services import delegations, places
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.services.placing import Sizes
from congress.transaction import transaction

PEOPLE, SPELLINGS = table_of(Registration), table_of(QuotaSpelling)
DOMAINS, EXCEPTIONS = table_of(QuotaDomain), table_of(QuotaException)
NO_OTHERS: Sizes = MappingProxyType({})


@dataclass(frozen=True)
class Foresight:
    """Who would move up by other rules, and how many organisations have more inside than may.

    Where places are offered, who would be `offered` one. `online` are those of both who take part
    online, where an event is hybrid.
    """

    moved_up: tuple[int, ...]
    beyond: int
    offered: tuple[int, ...] = ()
    online: frozenset[int] = frozenset()


def take_effect(congress_id: int, *, is_new: bool, now: datetime) -> None:
    """Let another quota count, inside a running transaction."""
    with places.held(congress_id, now=now) as ledger:
        if is_new:
            delegations.count_all(congress_id)
        ledger.count_anew()
        telling.moved_up(ledger)


def foresee(heading: Heading, rules: Rules, *, now: datetime) -> Foresight:
    """Return what other rules would mean now; nothing is held or written."""
    return foresee_in(Ledger(heading, programme.current_items(heading), now=now), rules)


def foresee_in(ledger: Ledger, rules: Rules, sizes: Sizes = NO_OTHERS) -> Foresight:
    """Return the same for places as they stand in a ledger, with other numbers of them."""
    is_new = bool(rules.quota) and not ledger.congress.rules.quota
    ledger.rule(rules)
    counts: Mapping[str, int] = delegations.imagine_counted(ledger) if is_new else {}
    if rules.quota and not is_new:
        counts = counting.sent(ledger.heading.id)
    beyond = sum(many > rules.quota for many in counts.values())
    moved_up, offered = dict[int, Mode | None](), dict[int, Mode | None]()
    for wanted in (Resize(sizes), PassOn(frozenset(ledger.hall.workshops))):
        decision = ledger.decide(wanted)
        for people, found in ((decision.gains, moved_up), (decision.offers, offered)):
            found |= {each: ledger.hall.people[each].mode for each in people}
        ledger.imagine(decision)
    both = moved_up | offered if ledger.hall.rules.is_hybrid else {}
    online = frozenset(each for each, mode in both.items() if mode is Mode.ONLINE)
    return Foresight(tuple(moved_up), beyond, tuple(offered), online)


def tell_apart(congress_id: int, key: str, words: str, *, actor: Actor, now: datetime) -> str:
    """Count a spelling alone from now on; returns its key.

    Raises OnlySpelling where nothing would be left. What is done already is not done again.
    """
    alone = key_apart(words)
    with _deciding(congress_id, now=now) as ledger:
        known = select(SPELLINGS.c.words).where(*_of(SPELLINGS, congress_id, key))
        spellings = set(db.session.scalars(known))
        if words not in spellings:
            return alone
        if len(spellings) == 1:
            raise OnlySpelling
        mine = (*_of(SPELLINGS, congress_id, key), SPELLINGS.c.words == words)
        db.session.execute(update(SPELLINGS).where(*mine).values(key=alone, told=True))
        domains = select(DOMAINS.c.domain).where(*_of(DOMAINS, congress_id, key))
        theirs = set(db.session.scalars(domains))
        moved = {
            row.id: alone
            for row in _people(congress_id, key)
            if spelling_of(row.organisation) == words
            and theirs.isdisjoint(domains_above(row.email_key))
        }
        delegations.set_keys(moved)
        said = {"key": key, "spelling": words}
        _record(ledger, "quota_told_apart", actor, said, people=len(moved))
    return alone


def put_together(congress_id: int, key: str, other: str, *, actor: Actor, now: datetime) -> None:
    """Count two organisations as one, under the key of the first, with its number.

    Raises SameOrganisation. What is done already is not done again.
    """
    if key == other:
        raise SameOrganisation
    with _deciding(congress_id, now=now) as ledger:
        spellings = _of(SPELLINGS, congress_id, other)
        found = db.session.execute(
            update(SPELLINGS).where(*spellings).values(key=key, told=True).returning(SPELLINGS.c.id)
        ).all()
        moved = {row.id: key for row in _people(congress_id, other)}
        if not found and not moved:
            return
        db.session.execute(update(DOMAINS).where(*_of(DOMAINS, congress_id, other)).values(key=key))
        db.session.execute(delete(EXCEPTIONS).where(*_of(EXCEPTIONS, congress_id, other)))
        delegations.set_keys(moved)
        said = {"key": key, "other": other}
        _record(ledger, "quota_put_together", actor, said, people=len(moved))


def set_places(
    congress_id: int,
    key: str,
    places: int | None,
    *,
    is_exception: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Let another number of people of one organisation come: None is no limit.

    Without `is_exception` the number of all organisations counts for it again.
    """
    with _deciding(congress_id, now=now) as ledger:
        mine = _of(EXCEPTIONS, congress_id, key)
        before = db.session.execute(select(EXCEPTIONS.c.places).where(*mine)).one_or_none()
        was = before is not None
        if was is is_exception and (before is None or before.places == places):
            return
        db.session.execute(delete(EXCEPTIONS).where(*mine))
        if is_exception:
            row = {"congress_id": congress_id, "key": key, "places": places}
            db.session.execute(insert(EXCEPTIONS).values(row))
        said = {
            "before": before.places if before else None,
            "was_exception": was,
            "places": places,
            "is_exception": is_exception,
        }
        _record(ledger, "quota_places_set", actor, {"key": key}, **said)


def confirm_domain(congress_id: int, key: str, domain: str, *, actor: Actor, now: datetime) -> None:
    """Count everybody with an address in a domain with one organisation, whatever they typed.

    Raises DomainOfAll and DomainTaken. What is done already is not done again.
    """
    if domain in PUBLIC_MAIL or "." not in domain:
        raise DomainOfAll
    with _deciding(congress_id, now=now) as ledger:
        here = (DOMAINS.c.congress_id == congress_id, DOMAINS.c.domain == domain)
        known = db.session.scalars(select(DOMAINS.c.key).where(*here)).one_or_none()
        if known == key:
            return
        if known is not None:
            raise DomainTaken(domain)
        row = {"congress_id": congress_id, "domain": domain, "key": key}
        db.session.execute(insert(DOMAINS).values(row))
        delegations.count_all(congress_id)
        said = {"key": key, "domain": domain}
        _record(ledger, "quota_domain_confirmed", actor, said)


def drop_domain(congress_id: int, key: str, domain: str, *, actor: Actor, now: datetime) -> None:
    """Count people with an address in a domain by what they typed again."""
    with _deciding(congress_id, now=now) as ledger:
        mine = (*_of(DOMAINS, congress_id, key), DOMAINS.c.domain == domain)
        gone = db.session.execute(delete(DOMAINS).where(*mine).returning(DOMAINS.c.id)).all()
        if not gone:
            return
        delegations.count_all(congress_id)
        said = {"key": key, "domain": domain}
        _record(ledger, "quota_domain_dropped", actor, said)


def take_along(last_id: int, edition_id: int) -> None:
    """Let the next edition know what organisers have decided; not what people typed."""
    for table, names, is_wanted in (
        (SPELLINGS, "words likeness key told", SPELLINGS.c.told),
        (DOMAINS, "domain key", true()),
        (EXCEPTIONS, "key places", true()),
    ):
        columns = columns_of(table, names)
        here = (table.c.congress_id == last_id, is_wanted)
        known = select(literal(edition_id), *columns).where(*here)
        db.session.execute(insert(table).from_select(["congress_id", *names.split()], known))


def forget_old(*, now: datetime) -> int:
    """Delete how people typed their organisations, long after an event; returns how many.

    What organisers have decided stays: the next edition goes by it.
    """
    over = (~SPELLINGS.c.told, SPELLINGS.c.congress_id.in_(long_over(now)))
    with transaction():
        gone = db.session.execute(delete(SPELLINGS).where(*over).returning(SPELLINGS.c.id))
        return len(gone.all())


@contextmanager
def _deciding(congress_id: int, *, now: datetime) -> Iterator[Ledger]:
    """Hold the places, and pass on what is free by what was decided."""
    with transaction(), places.held(congress_id, now=now) as ledger:
        yield ledger
        if ledger.congress.rules.quota:
            ledger.count_anew()
            telling.moved_up(ledger)


def _of(table: Table, congress_id: int, key: str) -> tuple[Any, ...]:
    return (table.c.congress_id == congress_id, table.c.key == key)


def _people(congress_id: int, key: str) -> Any:  # noqa: ANN401 - rows
    columns = (PEOPLE.c.id, PEOPLE.c.organisation, PEOPLE.c.email_key)
    mine = (PEOPLE.c.congress_id == congress_id, PEOPLE.c.quota_key == key)
    return db.session.execute(select(*columns).where(*mine)).all()


def _record(
    ledger: Ledger, verb: str, actor: Actor, personal: dict[str, Any], **details: object
) -> None:
    """Note what was decided; what people typed of themselves goes when they do."""
    ledger.record(verb, actor=actor, details=details, personal=personal)
