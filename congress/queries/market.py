"""Marketplaces: how one is laid out, who takes part, what is offered, sought and agreed on."""

from typing import Any

from sqlalchemy import Row, select

from congress.base import columns_of, table_of
from congress.domain.folding import fold_for_order
from congress.domain.market import (
    USUAL,
    Agreement,
    AgreementFacts,
    Category,
    Entry,
    EntryFacts,
    Market,
    Party,
    PartyFacts,
    Side,
)
from congress.extensions import db
from congress.models import Market as MarketRow
from congress.models import MarketAgreement, MarketEntry, MarketParty

MARKETS, PARTIES = table_of(MarketRow), table_of(MarketParty)
ENTRIES, AGREEMENTS = table_of(MarketEntry), table_of(MarketAgreement)
OF_PARTY = "id name sector stand text registration_id"
OF_ENTRY = "id party_id side category title text is_published"
OF_AGREEMENT = "id number giver_id taker_id category what hours euros agreed_at"
NO_STAND = 10**6


def setup(congress_id: int) -> Market:
    """Return how a market is laid out, as usual where nobody said otherwise."""
    statement = select(*columns_of(MARKETS, "categories layout entries_until"))
    row = db.session.execute(statement.where(MARKETS.c.congress_id == congress_id)).one_or_none()
    if row is None:
        return Market()
    known = tuple(
        Category(each["key"], {name: each[name] for name in each if name != "key"})
        for each in row.categories
    )
    return Market(known or USUAL, row.layout, row.entries_until)


def parties(congress_id: int) -> list[Party]:
    """Return who takes part: by the number of the stand, then by name."""
    rows = db.session.execute(
        select(*columns_of(PARTIES, OF_PARTY)).where(PARTIES.c.congress_id == congress_id)
    )
    return sorted((_party(row) for row in rows), key=_in_order)


def find_party(congress_id: int, party_id: int) -> Party | None:
    """Return one of those who take part in a market."""
    return next((each for each in parties(congress_id) if each.id == party_id), None)


def party_of(registration_id: int) -> Party | None:
    """Return for whom somebody enters offers and demands."""
    statement = select(*columns_of(PARTIES, OF_PARTY)).order_by(PARTIES.c.id).limit(1)
    found = statement.where(PARTIES.c.registration_id == registration_id)
    row = db.session.execute(found).one_or_none()
    return _party(row) if row else None


def entries(congress_id: int, *, published: bool = False) -> list[Entry]:
    """Return offers and demands of a market, the latest first; on request only what is public."""
    known = {each.id: each for each in parties(congress_id)}
    statement = select(*columns_of(ENTRIES, OF_ENTRY)).where(ENTRIES.c.congress_id == congress_id)
    if published:
        statement = statement.where(ENTRIES.c.is_published)
    rows = db.session.execute(statement.order_by(ENTRIES.c.id.desc()))
    return [
        Entry(
            row.id,
            known[row.party_id],
            EntryFacts(Side(row.side), row.category, row.title, row.text),
            row.is_published,
        )
        for row in rows
        if row.party_id in known
    ]


def agreements(congress_id: int) -> list[Agreement]:
    """Return what was agreed on, by its number."""
    known = {each.id: each for each in parties(congress_id)}
    statement = select(*columns_of(AGREEMENTS, OF_AGREEMENT))
    rows = db.session.execute(
        statement.where(AGREEMENTS.c.congress_id == congress_id).order_by(AGREEMENTS.c.number)
    )
    return [
        Agreement(
            row.id,
            row.number,
            known[row.giver_id],
            known[row.taker_id],
            AgreementFacts(
                row.giver_id, row.taker_id, row.category, row.what, row.hours, row.euros
            ),
            row.agreed_at,
        )
        for row in rows
    ]


def _party(row: Row[*tuple[Any, ...]]) -> Party:
    facts = PartyFacts(row.name, row.sector, row.stand, row.text)
    return Party(row.id, facts, row.registration_id)


def _in_order(party: Party) -> tuple[int, str, int]:
    return party.facts.stand or NO_STAND, fold_for_order(party.facts.name), party.id
