from datetime import UTC, date, datetime

from congress.domain.network.membership import MembershipState
from congress.queries.network.members import delegates_on, members_on, states_on
from tests.network import a_contact, a_membership, an_organisation

DAY = date(2015, 6, 1)
SPRING, SUMMER = (datetime(2015, month, 1, tzinfo=UTC) for month in (3, 7))


def test_membership_on_a_day_as_known_at_a_moment(database):
    rheine, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
    a_membership(rheine, "applied", date(2015, 1, 1), recorded_at=SPRING)
    a_membership(rheine, "member", date(2015, 7, 1), recorded_at=SPRING, superseded_at=SUMMER)
    a_membership(rheine, "member", date(2015, 5, 1), recorded_at=SUMMER)
    a_membership(essen, "partner", date(2013, 1, 1), recorded_at=SPRING)

    assert [(each.name, each.state) for each in states_on(DAY)] == [
        ("Stadt Essen", MembershipState.PARTNER),
        ("Stadt Rheine", MembershipState.MEMBER),
    ]
    assert [each.name for each in members_on(DAY, known_at=SPRING)] == ["Stadt Essen"]
    assert members_on(date(2012, 1, 1)) == []


def test_delegates_are_those_whose_term_holds_at_those_who_belong(database):
    rheine, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
    unna = an_organisation("Stadt Unna")
    a_membership(rheine, "member")
    a_membership(essen, "partner")
    a_membership(unna, "applied")
    a_contact(rheine, "Dora", "Dorn", role="deputy")
    a_contact(rheine, "Zoe", "Zander", ends_on=DAY)
    a_contact(rheine, "Alt", "Amt", ends_on=date(2015, 5, 31))
    a_contact(rheine, "Neu", "Amt", starts_on=date(2015, 6, 2))
    a_contact(essen, "Emil", "Essen")
    a_contact(unna, "Udo", "Unna")

    assert [(each.organisation, each.family_name) for each in delegates_on(DAY)] == [
        ("Stadt Essen", "Essen"),
        ("Stadt Rheine", "Zander"),
        ("Stadt Rheine", "Dorn"),
    ]
