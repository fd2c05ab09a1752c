"""Marketplaces for tests: who takes part, what they offer, what is agreed on."""

from congress.models import Congress, MarketAgreement, MarketEntry, MarketParty
from tests.builders import OPEN, add


def a_party(congress: Congress, name: str = "Stadtwerke", **values: object) -> MarketParty:
    """An organisation of business without a stand."""
    return add(MarketParty(congress_id=congress.id, name=name, **{"sector": "business"} | values))


def an_entry(party: MarketParty, **values: object) -> MarketEntry:
    """An offer that everybody can read."""
    said = {"side": "offer", "category": "hands", "title": "Zehn Leute", "is_published": True}
    about = {"congress_id": party.congress_id, "party_id": party.id, "entered_at": OPEN}
    return add(MarketEntry(**about | said | values))


def an_agreement(giver: MarketParty, taker: MarketParty, **values: object) -> MarketAgreement:
    """The first one: help for 20 hours."""
    who = {"congress_id": giver.congress_id, "giver_id": giver.id, "taker_id": taker.id}
    what = {"number": 1, "category": "hands", "what": "Zaun streichen", "hours": 20}
    return add(MarketAgreement(**who | what | {"agreed_at": OPEN} | values))


def a_market(congress: Congress) -> dict[str, int]:
    """One of each: the numbers of a party, an entry and an agreement."""
    giver, taker = a_party(congress), a_party(congress, "Tafel", sector="civil")
    entry, agreed = an_entry(giver), an_agreement(giver, taker)
    return {"party": giver.id, "entry": entry.id, "agreement": agreed.id}
