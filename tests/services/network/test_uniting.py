"""Two entries of one organisation: everything that names the other one names the one that stays."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from congress.base import table_of
from congress.domain.access import COMMAND
from congress.domain.network.membership import MembershipState
from congress.domain.network.organisations import OrganisationsUnseen, SuccessorsInCircle
from congress.domain.network.uniting import BothInOnePlace, Side, mark_of
from congress.models import (
    AuditLine,
    ConditionCheck,
    CongressOrganisation,
    ContactPerson,
    Membership,
    Organisation,
    Registration,
)
from congress.queries.network import register
from congress.queries.network.uniting import counts, referring
from congress.queries.organisations import suggestions
from congress.services.network import uniting
from congress.services.network.uniting import unite
from tests import builders
from tests.network import a_check, a_contact, a_domain, a_membership, an_alias, an_organisation

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TODAY = NOW.date()


def side(number):
    return Side(number, register.find(number, day=TODAY).facts)


def make_one(kept, other, of_other="", seen=None):
    mark = seen or mark_of(side(kept), side(other))
    unite(kept, other, of_other.split(), seen=mark, actor=COMMAND, now=NOW)


@pytest.fixture
def both(session):
    kept = an_organisation("Stadt Rheine", inhabitants=76_000)
    other = an_organisation("Rathaus Rheine", ags="05566076", district="05566")
    return kept.id, other.id


def test_everything_moves_and_the_name_stays_as_another_one(session, both):
    kept, other = both
    row = session.get(Organisation, other)
    a_membership(row)
    a_contact(row)
    a_domain(row, "rheine.de")
    an_alias(row, "Emsmetropole")
    an_organisation("Altdorf", valid_until=date(2015, 12, 31), successor_id=other)
    builders.a_registration(builders.a_congress(), organisation_id=other)
    make_one(kept, other)
    session.expire_all()
    found = register.find(kept, day=TODAY)

    for model in (Membership, ContactPerson, Registration):
        assert session.scalars(sa.select(model.organisation_id)).all() == [kept]
    assert register.find(other, day=TODAY) is None
    assert (found.facts.name, found.facts.ags, found.facts.inhabitants) == (
        "Stadt Rheine",
        "05566076",
        76_000,
    )
    assert [each.text for each in found.aliases] == ["Emsmetropole", "Rathaus Rheine"]
    assert [each.text for each in found.domains] == ["rheine.de"]
    assert [each.name for each in found.forerunners] == ["Altdorf"]
    for typed in ("rathaus", "emsm", "05566"):
        assert suggestions(typed, day=TODAY) == ["Stadt Rheine"]
    line = session.scalars(sa.select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line.verb == "organisations_united"
    assert (line.details["other"], line.details["other_id"]) == ("Rathaus Rheine", other)
    assert line.details["moved"]["memberships"] == 1


def test_the_name_of_the_other_one_may_be_chosen(session, both):
    make_one(both[0], both[1], of_other="name")
    found = register.find(both[0], day=TODAY)

    assert found.facts.name == "Rathaus Rheine"
    assert [each.text for each in found.aliases] == ["Stadt Rheine"]


def test_every_table_that_names_an_organisation_is_known(session):
    named = {
        (table.name, key.parent.name)
        for table in table_of(Organisation).metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "organisations.id"
    }
    assert {(each.table.name, each.name) for each in referring()} == named
    assert {"memberships", "contact_persons", "registrations"} <= {name for name, _ in named}


def test_what_hangs_on_an_entry_is_counted(session, both):
    a_membership(session.get(Organisation, both[1]))

    assert counts(both[1]) == {"memberships": 1}
    assert counts(both[0]) == {}


def test_a_congress_names_it_once_in_a_role_and_shows_it_anew(session, both):
    congress = builders.a_congress()
    for number, role in ((both[0], "host"), (both[1], "host"), (both[1], "funder")):
        builders.add(
            CongressOrganisation(
                congress_id=congress.id, organisation_id=number, role=role, position=0
            )
        )
    session.refresh(congress)
    before = congress.content_revision
    make_one(*both)
    session.refresh(congress)
    rows = session.scalars(sa.select(CongressOrganisation)).all()

    assert sorted((each.organisation_id, each.role) for each in rows) == [
        (both[0], "funder"),
        (both[0], "host"),
    ]
    assert congress.content_revision > before


def test_the_membership_of_the_one_that_goes_on_holds_and_the_other_stays_known(session, both):
    kept, other = (session.get(Organisation, each) for each in both)
    a_membership(kept, "member", date(2014, 1, 1))
    a_membership(other, "interested", date(2016, 1, 1))
    a_check(kept)
    a_check(other)
    make_one(*both)

    assert register.find(both[0], day=TODAY).state is MembershipState.MEMBER
    for model in (Membership, ConditionCheck):
        ends = sa.select(model.superseded_at).where(model.organisation_id == both[0])
        assert sorted(map(str, session.scalars(ends))) == sorted(["None", str(NOW)])


def test_the_membership_of_the_other_one_is_kept_where_there_is_no_other(session, both):
    other = session.get(Organisation, both[1])
    a_membership(other, "partner")
    a_check(other)
    make_one(*both)

    assert register.find(both[0], day=TODAY).state is MembershipState.PARTNER
    assert session.scalars(sa.select(ConditionCheck.superseded_at)).all() == [None]


def test_where_only_one_of_them_can_be_both_stay(session, both, monkeypatch):
    """No table of today is like that beside those that are settled; a later one may be."""
    for number in both:
        a_check(session.get(Organisation, number))
    monkeypatch.setattr(uniting, "_settle_histories", lambda *_ids: None)
    with pytest.raises(BothInOnePlace):
        make_one(*both)
    assert register.find(both[1], day=TODAY) is not None


def test_a_logo_and_legal_texts_are_not_lost(session, both):
    row = session.get(Organisation, both[1])
    row.legal, row.logo, row.logo_type, row.logo_digest = {"x": "y"}, b"1", "image/png", "a" * 64
    session.commit()
    make_one(*both)
    kept = session.get(Organisation, both[0])

    assert (kept.legal, kept.logo, kept.logo_digest) == ({"x": "y"}, b"1", "a" * 64)


def test_nobody_merges_what_they_have_not_seen(session, both):
    mark = mark_of(side(both[0]), side(both[1]))
    session.get(Organisation, both[1]).website = "https://example.org"
    session.commit()
    with pytest.raises(OrganisationsUnseen):
        make_one(both[0], both[1], seen=mark)
    assert register.find(both[1], day=TODAY) is not None


def test_mergers_do_not_become_a_circle(session, both):
    kept, other = both
    end = date(2015, 12, 31)
    between = an_organisation("Mitte", valid_until=end, successor_id=kept)
    row = session.get(Organisation, other)
    row.valid_until, row.successor_id = end, between.id
    session.commit()
    with pytest.raises(SuccessorsInCircle):
        make_one(kept, other)
    assert register.find(other, day=TODAY) is not None
