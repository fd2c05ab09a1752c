"""Marketplaces laid out, filled, closed with agreements, forgotten, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.market import (
    MOST_OF_ONE,
    USUAL,
    AgreementFacts,
    CategoryInUse,
    EntriesDiffer,
    EntriesOver,
    EntryFacts,
    EntryGone,
    Market,
    MarketEditedMeanwhile,
    PartyFacts,
    PartyInUse,
    Side,
    StandTaken,
    TooManyEntries,
    WithItself,
)
from congress.domain.network.uniting import Side as OneOfTwo
from congress.domain.network.uniting import mark_of
from congress.extensions import db
from congress.models import AuditLine, Congress, MarketEntry, MarketParty
from congress.queries import market as queries
from congress.queries.network import register
from congress.services.market import agreeing, laying_out, offering, passing_on
from congress.services.network import uniting
from congress.services.planning import copying
from tests import builders
from tests.builders import AFTERWARDS, BEGUN, OPEN
from tests.market import a_party, an_agreement, an_entry
from tests.network import an_organisation

pytestmark = pytest.mark.usefixtures("database")

NOTHING = PartyFacts("").version
BY: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
HELP = EntryFacts(Side.OFFER, "hands", "Zehn Leute", "Am Samstag")


def a_market_with_somebody():
    congress = builders.a_congress(kind="market")
    return congress.id, builders.a_registration(congress).id


def introduce(here, who, name="Stadtwerke", version=NOTHING, now=OPEN):
    offering.introduce(here, who, PartyFacts(name, "business"), version=version, now=now)


def test_what_somebody_enters_waits_for_the_office():
    here, who = a_market_with_somebody()
    introduce(here, who)
    offering.hand_in(here, who, HELP, now=OPEN)
    offering.hand_in(here, who, HELP, now=OPEN)  # pressed twice
    [entry] = queries.entries(here)
    assert (entry.party.facts.name, entry.facts, entry.is_published) == ("Stadtwerke", HELP, False)
    assert queries.entries(here, published=True) == []

    offering.publish(here, entry.id, shown=True, **BY)
    offering.publish(here, entry.id, shown=True, **BY)
    assert [each.id for each in queries.entries(here, published=True)] == [entry.id]
    other = EntryFacts(Side.OFFER, "hands", "Zwölf Leute")
    said: dict[str, Any] = {"entry_id": entry.id, "now": OPEN}
    offering.hand_in(here, who, other, version=HELP.version, **said)
    assert queries.entries(here, published=True) == []  # looked at anew
    with pytest.raises(MarketEditedMeanwhile):
        offering.hand_in(here, who, HELP, version=HELP.version, **said)
    verbs = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs == [
        *("market_party_introduced", "market_entry_sent"),
        *("market_entry_published", "market_entry_changed"),
    ]


def test_nobody_changes_what_others_entered_or_after_the_last_day():
    here, who = a_market_with_somebody()
    other = builders.a_registration(db.session.get_one(Congress, here)).id
    with pytest.raises(EntryGone):
        offering.hand_in(here, who, HELP, now=OPEN)  # nobody knows for whom
    introduce(here, who)
    introduce(here, other, "Tafel")
    offering.hand_in(here, who, HELP, now=OPEN)
    [entry] = queries.entries(here)
    with pytest.raises(EntryGone):
        offering.hand_in(here, other, HELP, entry_id=entry.id, version=HELP.version, now=OPEN)
    offering.take_back(here, other, entry.id, now=OPEN)
    assert len(queries.entries(here)) == 1

    laying_out.lay_out(here, Market(entries_until=date(2015, 9, 1)), version=Market().version, **BY)
    for act in (
        lambda: offering.hand_in(here, who, HELP, now=OPEN),
        lambda: offering.take_back(here, who, entry.id, now=OPEN),
        lambda: introduce(here, who, "Anders"),
    ):
        with pytest.raises(EntriesOver):
            act()


def test_without_a_last_day_it_ends_when_the_market_begins_and_at_so_many():
    here, who = a_market_with_somebody()
    introduce(here, who)
    for number in range(MOST_OF_ONE):
        offering.hand_in(here, who, EntryFacts(Side.OFFER, "hands", f"{number}"), now=OPEN)
    with pytest.raises(TooManyEntries):
        offering.hand_in(here, who, HELP, now=OPEN)
    with pytest.raises(EntriesOver):
        offering.hand_in(here, who, HELP, now=BEGUN)


def test_the_stand_is_given_by_the_office_and_no_number_twice():
    here, who = a_market_with_somebody()
    introduce(here, who)
    party = queries.party_of(who)
    before = party.facts.version
    laying_out.change_party(
        here, party.id, PartyFacts("Stadtwerke", "business", 3), version=before, **BY
    )
    with pytest.raises(MarketEditedMeanwhile):
        laying_out.change_party(here, party.id, PartyFacts("X"), version=before, **BY)
    introduce(here, who, "Stadtwerke AG", version=queries.party_of(who).facts.version)
    assert queries.party_of(who).facts == PartyFacts("Stadtwerke AG", "business", 3)
    with pytest.raises(StandTaken):
        laying_out.add_party(here, PartyFacts("Tafel", stand=3), **BY)
    with pytest.raises(EntryGone):
        laying_out.change_party(here, 99, PartyFacts("X"), version="", **BY)


def test_two_entries_that_say_the_same_become_one():
    congress = builders.a_congress(kind="market")
    party = a_party(congress)
    kept, other = an_entry(party, is_published=False), an_entry(party, title="10 Personen")
    demand = an_entry(party, side="demand")
    here, kept_id, other_id, demand_id = congress.id, kept.id, other.id, demand.id
    with pytest.raises(EntriesDiffer):
        offering.merge(here, kept_id, demand_id, **BY)
    with pytest.raises(EntryGone):
        offering.merge(here, kept_id, kept_id, **BY)
    offering.merge(here, kept_id, other_id, **BY)
    assert {each.id: each.is_published for each in queries.entries(here)} == {
        kept_id: True,
        demand_id: True,
    }
    assert "10 Personen" in next(e for e in queries.entries(here) if e.id == kept_id).facts.text


def test_agreements_are_numbered_and_hold_those_who_agreed():
    congress = builders.a_congress(kind="market")
    giver, taker = a_party(congress).id, a_party(congress, "Tafel", sector="civil").id
    here, foreign = congress.id, a_party(builders.a_congress(slug="other")).id
    facts = AgreementFacts(giver, taker, "hands", "Zaun streichen", 20)
    assert [agreeing.agree(here, facts, **BY) for _ in range(2)] == [1, 2]
    with pytest.raises(WithItself):
        agreeing.agree(here, AgreementFacts(giver, giver, "hands", "x"), **BY)
    with pytest.raises(EntryGone):
        agreeing.agree(here, AgreementFacts(giver, foreign, "hands", "x"), **BY)
    with pytest.raises(PartyInUse):
        laying_out.remove_party(here, giver, **BY)
    first, second = queries.agreements(here)
    less = AgreementFacts(giver, taker, "hands", "Zaun streichen", 10)
    agreeing.change(here, first.id, less, version=facts.version, **BY)
    with pytest.raises(MarketEditedMeanwhile):
        agreeing.change(here, first.id, facts, version=facts.version, **BY)
    for each in (second, second):
        agreeing.remove(here, each.id, **BY)
    assert [each.facts for each in queries.agreements(here)] == [less]
    agreeing.remove(here, first.id, **BY)
    laying_out.remove_party(here, giver, **BY)
    assert [each.id for each in queries.parties(here)] == [taker]


def test_a_category_that_is_used_stays_and_may_be_called_otherwise():
    congress = builders.a_congress(kind="market")
    an_entry(a_party(congress))
    here = congress.id
    with pytest.raises(CategoryInUse):
        laying_out.lay_out(here, Market(USUAL[1:]), version=Market().version, **BY)
    with pytest.raises(MarketEditedMeanwhile):
        laying_out.lay_out(here, Market(), version="old", **BY)
    laying_out.lay_out(here, Market(USUAL[:1]), version=Market().version, **BY)
    assert queries.setup(here) == Market(USUAL[:1])


def test_the_next_edition_has_the_categories_and_stands_and_no_entries():
    congress = builders.a_congress(kind="market", slug="markt-2015")
    an_entry(a_party(congress))
    laid_out = Market(USUAL[:2], {"de": "Im Saal"}, date(2015, 9, 1))
    laying_out.lay_out(congress.id, laid_out, version=Market().version, **BY)
    starting = builders.STARTS.date() + timedelta(weeks=52)
    made = copying.copy_edition("markt-2015", starting=starting, actor=COMMAND, now=OPEN)
    assert queries.setup(made.congress_id) == Market(USUAL[:2], {"de": "Im Saal"})
    assert not queries.parties(made.congress_id)
    assert not queries.entries(made.congress_id)


def test_a_year_later_nobody_knows_who_entered_something():
    here, who = a_market_with_somebody()
    introduce(here, who)
    offering.hand_in(here, who, HELP, now=OPEN)
    an_entry(db.session.scalars(select(MarketParty)).one())
    for now, people, entries in ((AFTERWARDS, 0, 0), (OPEN + timedelta(days=500), 1, 1)):
        assert laying_out.forget_old(now=now) == people
        assert offering.forget_old(now=now) == entries
    assert queries.party_of(who) is None
    assert [each.is_published for each in queries.entries(here)] == [True]


def test_another_registration_goes_on_with_the_entries():
    here, who = a_market_with_somebody()
    other = builders.a_registration(db.session.get_one(Congress, here)).id
    introduce(here, who)
    passing_on.pass_on(who, other)
    db.session.commit()
    assert (queries.party_of(who), queries.party_of(other).facts.name) == (None, "Stadtwerke")


def test_two_organisations_made_one_keep_their_places_in_markets():
    one, two = an_organisation("Stadt Lünen"), an_organisation("Stadt Luenen Rathaus")
    congress = builders.a_congress(kind="market")
    a_party(congress, "Stadt Luenen Rathaus", organisation_id=two.id)
    kept, other = (OneOfTwo(each.id, register.facts_of(each)) for each in (one, two))
    uniting.unite(kept.id, other.id, (), seen=mark_of(kept, other), **BY)
    assert db.session.scalars(select(MarketParty.organisation_id)).one() == kept.id


def test_a_draft_that_is_deleted_takes_its_market_along():
    congress = builders.a_congress(kind="market", state="draft")
    giver, taker = a_party(congress), a_party(congress, "Tafel")
    an_entry(giver)
    an_agreement(giver, taker)
    db.session.delete(congress)
    db.session.commit()
    assert db.session.scalars(select(MarketEntry.id)).all() == []
