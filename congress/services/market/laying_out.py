"""A marketplace laid out: its categories and stands, and who takes part."""

from datetime import datetime

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.market import (
    CategoryInUse,
    EntryGone,
    Market,
    MarketEditedMeanwhile,
    PartyFacts,
    PartyInUse,
    StandTaken,
)
from congress.extensions import db
from congress.models import Market as MarketRow
from congress.models import MarketParty
from congress.queries import market as queries
from congress.queries.network import register
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction

PARTIES = table_of(MarketParty)


def lay_out(congress_id: int, market: Market, *, version: str, actor: Actor, now: datetime) -> None:
    """Say which categories there are and until when people enter something themselves.

    Raises MarketEditedMeanwhile and CategoryInUse.
    """
    with transaction():
        publishing.hold(congress_id)
        if queries.setup(congress_id).version != version:
            raise MarketEditedMeanwhile
        used = {each.facts.category for each in queries.entries(congress_id)}
        used |= {each.facts.category for each in queries.agreements(congress_id)}
        if used - {each.key for each in market.categories}:
            raise CategoryInUse
        _store(congress_id, market)
        auditing.record("market_laid_out", actor=actor, now=now, congress_id=congress_id)


def take_along(last_id: int, edition_id: int) -> None:
    """Let the next edition have the same categories and stands; entries are made anew."""
    last = queries.setup(last_id)
    if last != Market():
        _store(edition_id, Market(last.categories, last.layout))


def add_party(congress_id: int, facts: PartyFacts, *, actor: Actor, now: datetime) -> int:
    """Let an organisation take part; returns its number. Raises StandTaken."""
    with transaction():
        publishing.hold(congress_id)
        row = new_party(congress_id, facts)
        _record("market_party_added", congress_id, facts, actor, now)
        return row.id


def change_party(
    congress_id: int,
    party_id: int,
    facts: PartyFacts,
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say something else of who takes part.

    Raises EntryGone, MarketEditedMeanwhile and StandTaken.
    """
    with transaction():
        publishing.hold(congress_id)
        row, before = hold_party(congress_id, party_id)
        if before.version != version:
            raise MarketEditedMeanwhile
        if before != facts:
            write_party(row, facts)
            _record("market_party_changed", congress_id, facts, actor, now)


def remove_party(congress_id: int, party_id: int, *, actor: Actor, now: datetime) -> None:
    """Let somebody take part no longer, with all their entries; again changes nothing.

    Raises PartyInUse where something is agreed on by them.
    """
    with transaction():
        publishing.hold(congress_id)
        row = _find(congress_id, party_id)
        if row is None:
            return
        if any(
            party_id in {each.giver.id, each.taker.id} for each in queries.agreements(congress_id)
        ):
            raise PartyInUse
        facts = facts_of(row)
        db.session.delete(row)
        _record("market_party_removed", congress_id, facts, actor, now)


def forget_old(*, now: datetime) -> int:
    """Forget who entered something on a page of their own, a year after; returns how many."""
    old = (PARTIES.c.congress_id.in_(long_over(now)), PARTIES.c.registration_id.is_not(None))
    with transaction():
        result = db.session.execute(update(PARTIES).where(*old).values(registration_id=None))
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows


def new_party(
    congress_id: int, facts: PartyFacts, registration_id: int | None = None
) -> MarketParty:
    """Store somebody who takes part, in a running transaction. Raises StandTaken."""
    row = MarketParty(congress_id=congress_id, registration_id=registration_id)
    write_party(row, facts)
    db.session.add(row)
    db.session.flush()
    return row


def write_party(row: MarketParty, facts: PartyFacts) -> None:
    """Let a row say these facts, linked with the register by its name. Raises StandTaken."""
    others = queries.parties(row.congress_id)
    if facts.stand and any(
        each.facts.stand == facts.stand and each.id != row.id for each in others
    ):
        raise StandTaken
    known = register.find_named(facts.name)
    row.organisation_id = known.id if known else None
    row.name, row.sector, row.stand, row.text = facts.name, facts.sector, facts.stand, facts.text


def hold_party(congress_id: int, party_id: int) -> tuple[MarketParty, PartyFacts]:
    """Return the row of somebody who takes part, and what it says. Raises EntryGone."""
    row = _find(congress_id, party_id)
    if row is None:
        raise EntryGone
    return row, facts_of(row)


def facts_of(row: MarketParty) -> PartyFacts:
    """Return what a row says."""
    return PartyFacts(row.name, row.sector, row.stand, row.text)


def _find(congress_id: int, party_id: int) -> MarketParty | None:
    return db.session.scalars(
        select(MarketParty).where(
            MarketParty.congress_id == congress_id, MarketParty.id == party_id
        ),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _store(congress_id: int, market: Market) -> None:
    row = db.session.scalars(
        select(MarketRow).where(MarketRow.congress_id == congress_id)
    ).one_or_none()
    if row is None:
        row = MarketRow(congress_id=congress_id)
        db.session.add(row)
    row.categories = [{"key": each.key, **each.title} for each in market.categories]
    row.layout, row.entries_until = dict(market.layout), market.entries_until
    db.session.flush()


def _record(verb: str, congress_id: int, facts: PartyFacts, actor: Actor, now: datetime) -> None:
    db.session.flush()
    details = {"name": facts.name}
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
