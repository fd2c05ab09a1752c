"""Who may do what: the matrix, written down a second time as people would say it."""

from itertools import product

import pytest

from congress.domain.access import RIGHTS, Right, Role, may

SEE, EDIT, ATTENDEES = Right.SEE_CONGRESS, Right.EDIT_PROGRAMME, Right.SEE_ATTENDEES
CHANGE, EXPORT, OUTBOX = Right.CHANGE_ATTENDEES, Right.EXPORT_ATTENDEES, Right.SEE_OUTBOX
LOG, GRANT = Right.SEE_LOG, Right.GRANT_RIGHTS

MAY = {
    Role.ADMINISTRATOR: {SEE, EDIT, ATTENDEES, CHANGE, EXPORT, OUTBOX, LOG, GRANT},
    Role.ORGANISER: {SEE, EDIT, ATTENDEES, CHANGE, EXPORT, OUTBOX, LOG},
    Role.PROGRAMME: {SEE, EDIT},
    Role.ATTENDEE_LIST: {SEE, ATTENDEES, CHANGE, EXPORT},
    Role.READER: {SEE, ATTENDEES},
}


@pytest.mark.parametrize(("role", "right"), list(product(Role, Right)), ids=str)
def test_each_role_has_its_rights_and_no_others(role, right):
    assert may(frozenset({role}), right) is (right in MAY[role])


@pytest.mark.parametrize("right", list(Right), ids=str)
def test_nobody_may_anything_without_a_role(right):
    assert not may(frozenset(), right)


@pytest.mark.parametrize(
    ("roles", "rights"),
    [
        ({Role.PROGRAMME, Role.READER}, {SEE, EDIT, ATTENDEES}),
        ({Role.PROGRAMME, Role.ATTENDEE_LIST}, {SEE, EDIT, ATTENDEES, CHANGE, EXPORT}),
        ({Role.READER, Role.ORGANISER}, MAY[Role.ORGANISER]),
    ],
    ids=["programme and reader", "programme and attendee list", "the greater role counts"],
)
def test_roles_add_up(roles, rights):
    assert {right for right in Right if may(frozenset(roles), right)} == rights


def test_every_role_has_a_line_in_the_matrix():
    assert set(RIGHTS) == set(Role)
