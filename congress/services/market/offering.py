"""Offers and demands of a marketplace: entered, changed, published, made one, removed."""

from datetime import datetime

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain.access import ATTENDEE, Actor
from congress.domain.congresses import Congress
from congress.domain.market import (
    MOST_OF_ONE,
    EntriesOver,
    EntryFacts,
    EntryGone,
    MarketEditedMeanwhile,
    PartyFacts,
    Side,
    TooManyEntries,
    merged,
)
from congress.extensions import db
from congress.models import MarketEntry
from congress.queries import market as queries
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.market import laying_out
from congress.services.planning import publishing
from congress.transaction import transaction

ENTRIES = table_of(MarketEntry)


def introduce(
    congress_id: int,
    registration_id: int,
    facts: PartyFacts,
    *,
    version: str,
    now: datetime,
) -> None:
    """Say on a page of one's own who takes part; the stand is given by the office.

    Raises EntriesOver and MarketEditedMeanwhile.
    """
    with transaction():
        _require_open(congress_id, now=now)
        known = queries.party_of(registration_id)
        before = known.facts if known else PartyFacts("")
        if before.version != version:
            raise MarketEditedMeanwhile
        said = PartyFacts(facts.name, facts.sector, before.stand, facts.text)
        if known is None:
            laying_out.new_party(congress_id, said, registration_id)
        elif said != before:
            row, _before = laying_out.hold_party(congress_id, known.id)
            laying_out.write_party(row, said)
        else:
            return
        db.session.flush()
        _record("market_party_introduced", congress_id, said.name, ATTENDEE, now)


def hand_in(
    congress_id: int,
    registration_id: int,
    facts: EntryFacts,
    *,
    now: datetime,
    entry_id: int | None = None,
    version: str = "",
) -> None:
    """Enter or change something on a page of one's own; the office publishes it anew.

    Raises EntriesOver, EntryGone, TooManyEntries and MarketEditedMeanwhile.
    """
    with transaction():
        _require_open(congress_id, now=now)
        party = queries.party_of(registration_id)
        if party is None:
            raise EntryGone
        if entry_id is not None:
            row = _of_party(congress_id, party.id, entry_id)
            if facts_of(row).version != version:
                raise MarketEditedMeanwhile
            if facts_of(row) == facts:
                return
            _write(row, facts)
            row.is_published = False
            _record("market_entry_changed", congress_id, facts.title, ATTENDEE, now)
            return
        own = [each for each in queries.entries(congress_id) if each.party.id == party.id]
        if any(each.facts == facts for each in own):
            return  # pressed twice
        if len(own) >= MOST_OF_ONE:
            raise TooManyEntries
        _add(congress_id, party.id, facts, now=now)
        _record("market_entry_sent", congress_id, facts.title, ATTENDEE, now)


def take_back(congress_id: int, registration_id: int, entry_id: int, *, now: datetime) -> None:
    """Remove what somebody entered on a page of their own; again changes nothing.

    Raises EntriesOver.
    """
    with transaction():
        _require_open(congress_id, now=now)
        party, row = queries.party_of(registration_id), _find(congress_id, entry_id)
        if row is not None and party is not None and row.party_id == party.id:
            title = row.title
            db.session.delete(row)
            _record("market_entry_removed", congress_id, title, ATTENDEE, now)


def enter(
    congress_id: int, party_id: int, facts: EntryFacts, *, actor: Actor, now: datetime
) -> None:
    """Enter something for somebody who takes part, published at once. Raises EntryGone."""
    with transaction():
        publishing.hold(congress_id)
        laying_out.hold_party(congress_id, party_id)
        row = _add(congress_id, party_id, facts, now=now)
        row.is_published = True
        _record("market_entry_added", congress_id, facts.title, actor, now)


def change(
    congress_id: int,
    entry_id: int,
    party_id: int,
    facts: EntryFacts,
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say something else of an entry, or whose it is. Raises EntryGone, MarketEditedMeanwhile."""
    with transaction():
        publishing.hold(congress_id)
        row = _get(congress_id, entry_id)
        laying_out.hold_party(congress_id, party_id)
        if facts_of(row).version != version:
            raise MarketEditedMeanwhile
        if facts_of(row) != facts or row.party_id != party_id:
            _write(row, facts)
            row.party_id = party_id
            _record("market_entry_changed", congress_id, facts.title, actor, now)


def publish(congress_id: int, entry_id: int, *, shown: bool, actor: Actor, now: datetime) -> None:
    """Let everybody read an entry, or nobody; again changes nothing. Raises EntryGone."""
    with transaction():
        publishing.hold(congress_id)
        row = _get(congress_id, entry_id)
        if row.is_published is not shown:
            row.is_published = shown
            verb = "market_entry_published" if shown else "market_entry_withdrawn"
            _record(verb, congress_id, row.title, actor, now)


def merge(congress_id: int, kept_id: int, other_id: int, *, actor: Actor, now: datetime) -> None:
    """Make one entry of two that say the same. Raises EntryGone and EntriesDiffer."""
    with transaction():
        publishing.hold(congress_id)
        if kept_id == other_id:
            raise EntryGone
        kept, other = _get(congress_id, kept_id), _get(congress_id, other_id)
        _write(kept, merged(facts_of(kept), facts_of(other)))
        kept.is_published = kept.is_published or other.is_published
        db.session.delete(other)
        _record("market_entries_merged", congress_id, kept.title, actor, now)


def remove(congress_id: int, entry_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete an entry for good; again changes nothing."""
    with transaction():
        publishing.hold(congress_id)
        row = _find(congress_id, entry_id)
        if row is not None:
            title = row.title
            db.session.delete(row)
            _record("market_entry_removed", congress_id, title, actor, now)


def forget_old(*, now: datetime) -> int:
    """Delete what nobody has published a year after a market; returns how many."""
    unseen = (ENTRIES.c.congress_id.in_(long_over(now)), ENTRIES.c.is_published.is_(False))
    with transaction():
        result = db.session.execute(delete(ENTRIES).where(*unseen))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def facts_of(row: MarketEntry) -> EntryFacts:
    """Return what a row says."""
    return EntryFacts(Side(row.side), row.category, row.title, row.text)


def _require_open(congress_id: int, *, now: datetime) -> Congress:
    _row, congress = publishing.hold(congress_id)
    closes_at = queries.setup(congress_id).closes_at(congress.starts_at, congress.zone)
    if now >= closes_at:
        raise EntriesOver
    return congress


def _add(congress_id: int, party_id: int, facts: EntryFacts, *, now: datetime) -> MarketEntry:
    row = MarketEntry(congress_id=congress_id, party_id=party_id, entered_at=now)
    _write(row, facts)
    db.session.add(row)
    return row


def _write(row: MarketEntry, facts: EntryFacts) -> None:
    row.side, row.category = facts.side, facts.category
    row.title, row.text = facts.title, facts.text


def _of_party(congress_id: int, party_id: int, entry_id: int) -> MarketEntry:
    row = _get(congress_id, entry_id)
    if row.party_id != party_id:
        raise EntryGone
    return row


def _get(congress_id: int, entry_id: int) -> MarketEntry:
    row = _find(congress_id, entry_id)
    if row is None:
        raise EntryGone
    return row


def _find(congress_id: int, entry_id: int) -> MarketEntry | None:
    return db.session.scalars(
        select(MarketEntry).where(
            MarketEntry.congress_id == congress_id, MarketEntry.id == entry_id
        ),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _record(verb: str, congress_id: int, title: str, actor: Actor, now: datetime) -> None:
    db.session.flush()
    details = {"title": title}
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
