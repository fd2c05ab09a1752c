"""The network of the demo."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from congress.cli.demo_network import load_network
from congress.domain.network.membership import MembershipState
from congress.extensions import db
from congress.models import Membership, OutboxMessage
from congress.queries.network.conditions import checks
from congress.queries.network.members import delegates_on, members_on

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CONGRESS = date(2015, 10, 21)


def test_the_network_has_the_23_members_of_the_seed(database):
    assert load_network(today=NOW.date(), now=NOW) == 23

    belonging = members_on(CONGRESS)
    partners = [each.name for each in belonging if each.state is MembershipState.PARTNER]
    assert partners == ["Stadt Arnsberg", "Stadt Essen", "Stadt Rheine"]
    assert [each.name for each in belonging if each.name not in partners] == sorted(
        (f"Kommune {number}" for number in range(4, 24)), key=str
    )
    assert len(members_on(date(2013, 12, 1))) == 10
    assert {(each.given_name, each.family_name) for each in delegates_on(CONGRESS)} == {
        ("N.", "N.")
    }
    assert len(delegates_on(CONGRESS)) == 46
    assert len(checks(belonging[0].id)) == 4


def test_loading_again_changes_nothing_and_nobody_is_written_to(database):
    load_network(today=NOW.date(), now=NOW)
    assert load_network(today=NOW.date(), now=NOW) == 0
    assert db.session.scalar(select(func.count()).select_from(Membership)) == 23
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
