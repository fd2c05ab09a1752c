"""SEC-01: which role may do what in a congress."""

import pytest

from congress.domain.access import RIGHTS, Right, Role, may

WHO_MAY = {
    Right.SEE_CONGRESS: "administrator organiser programme attendee_list reader assistance",
    Right.EDIT_PROGRAMME: "administrator organiser programme",
    Right.SEE_FEES: "administrator organiser",
    Right.SEE_ATTENDEES: "administrator organiser attendee_list reader",
    Right.CHANGE_ATTENDEES: "administrator organiser attendee_list",
    Right.EXPORT_ATTENDEES: "administrator organiser attendee_list",
    Right.CHECK_IN: "administrator organiser attendee_list check_in",
    Right.SEE_EVIDENCE: "administrator organiser",
    Right.COUNT_ASSISTANCE: "administrator organiser assistance",
    Right.SEE_ASSISTANCE: "assistance",  # GDPR-04: one role, whoever else may do everything
    Right.SEE_OUTBOX: "administrator organiser",
    Right.SEE_LOG: "administrator organiser",
    Right.COPY_CONGRESS: "administrator organiser",
    Right.GRANT_RIGHTS: "administrator organiser",
}


@pytest.mark.parametrize(("right", "roles"), WHO_MAY.items(), ids=WHO_MAY)
def test_a_right_comes_with_these_roles_and_no_others(right, roles):
    having = {role for role in Role if may(frozenset({role}), right)}

    assert having == {Role(name) for name in roles.split()}


@pytest.mark.parametrize(
    ("roles", "may_edit", "may_see_people"),
    [
        ({Role.PROGRAMME}, True, False),
        ({Role.READER}, False, True),
        ({Role.PROGRAMME, Role.READER}, True, True),
        ({Role.CHECK_IN}, False, False),
        (set(), False, False),
    ],
    ids=["programme", "reader", "both", "door", "none"],
)
def test_roles_add_up(roles, may_edit, may_see_people):
    assert may(frozenset(roles), Right.EDIT_PROGRAMME) is may_edit
    assert may(frozenset(roles), Right.SEE_ATTENDEES) is may_see_people


def test_every_role_and_every_right_stands_in_the_table():
    assert set(WHO_MAY) == set(Right)
    assert {Role(name) for roles in WHO_MAY.values() for name in roles.split()} == set(RIGHTS)
    assert set(RIGHTS) == set(Role)
