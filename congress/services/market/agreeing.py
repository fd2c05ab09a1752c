"""What two agree on at the table of a marketplace, each under a number of its own."""

from datetime import datetime

from sqlalchemy import func, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.market import (
    AgreementFacts,
    EntryGone,
    MarketEditedMeanwhile,
    require_apart,
)
from congress.extensions import db
from congress.models import MarketAgreement
from congress.services import auditing
from congress.services.market import laying_out
from congress.services.planning import publishing
from congress.transaction import transaction

AGREEMENTS = table_of(MarketAgreement)


def agree(congress_id: int, facts: AgreementFacts, *, actor: Actor, now: datetime) -> int:
    """Keep an agreement; returns its number on the sheet. Raises WithItself and EntryGone."""
    with transaction():
        publishing.hold(congress_id)
        _require_both(congress_id, facts)
        last = select(func.max(AGREEMENTS.c.number)).where(AGREEMENTS.c.congress_id == congress_id)
        number = (db.session.scalar(last) or 0) + 1
        row = MarketAgreement(congress_id=congress_id, number=number, agreed_at=now)
        _write(row, facts)
        db.session.add(row)
        _record("market_agreed", congress_id, number, actor, now)
        return number


def change(
    congress_id: int,
    agreement_id: int,
    facts: AgreementFacts,
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Correct an agreement. Raises WithItself, EntryGone and MarketEditedMeanwhile."""
    with transaction():
        publishing.hold(congress_id)
        _require_both(congress_id, facts)
        row = _find(congress_id, agreement_id)
        if row is None:
            raise EntryGone
        if facts_of(row).version != version:
            raise MarketEditedMeanwhile
        if facts_of(row) != facts:
            _write(row, facts)
            _record("market_agreement_changed", congress_id, row.number, actor, now)


def remove(congress_id: int, agreement_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete an agreement that was entered by mistake; again changes nothing."""
    with transaction():
        publishing.hold(congress_id)
        row = _find(congress_id, agreement_id)
        if row is not None:
            number = row.number
            db.session.delete(row)
            _record("market_agreement_removed", congress_id, number, actor, now)


def facts_of(row: MarketAgreement) -> AgreementFacts:
    """Return what a row says."""
    return AgreementFacts(row.giver_id, row.taker_id, row.category, row.what, row.hours, row.euros)


def _require_both(congress_id: int, facts: AgreementFacts) -> None:
    require_apart(facts)
    for party_id in (facts.giver_id, facts.taker_id):
        laying_out.hold_party(congress_id, party_id)


def _write(row: MarketAgreement, facts: AgreementFacts) -> None:
    row.giver_id, row.taker_id = facts.giver_id, facts.taker_id
    row.category, row.what = facts.category, facts.what
    row.hours, row.euros = facts.hours, facts.euros


def _find(congress_id: int, agreement_id: int) -> MarketAgreement | None:
    return db.session.scalars(
        select(MarketAgreement).where(
            MarketAgreement.congress_id == congress_id, MarketAgreement.id == agreement_id
        ),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _record(verb: str, congress_id: int, number: int, actor: Actor, now: datetime) -> None:
    db.session.flush()
    details = {"number": number}
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
