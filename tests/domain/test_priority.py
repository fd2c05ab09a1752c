"""Priority groups: their order, whom another list of groups moves, and what it does to queues."""

from datetime import timedelta

import pytest

from congress.domain.hall import CONGRESS
from congress.domain.priority import (
    LOWEST,
    OTHERS,
    PriorityGroups,
    Shift,
    Standing,
    followed,
    shifts,
)
from tests.domain.halls import OPENS

MEMBERS, PARTNERS = LOWEST, LOWEST + 1
THREE = PriorityGroups.of("  Mitglieder\n\n Mitwirkende \nÜbrige")


def test_the_last_group_is_everybody_else():
    assert THREE.by_priority == {MEMBERS: "Mitglieder", PARTNERS: "Mitwirkende", OTHERS: "Übrige"}
    assert THREE.ahead_of(OTHERS) == ("Mitglieder", "Mitwirkende")
    assert THREE.ahead_of(MEMBERS) == ()
    assert [THREE.find(each) for each in ("mitglieder", "ubrige", "", "Presse")] == [
        MEMBERS,
        OTHERS,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("after", "members", "partners", "others"),
    [
        ("Mitglieder\nMitwirkende\nÜbrige", MEMBERS, PARTNERS, OTHERS),
        ("Mitwirkende\nMitglieder\nÜbrige", PARTNERS, MEMBERS, OTHERS),
        ("Mitglieder e. V.\nMitwirkende\nÜbrige", MEMBERS, PARTNERS, OTHERS),  # renamed
        ("Übrige\nPresse\nMitglieder", OTHERS, PARTNERS, MEMBERS),
        ("Mitwirkende\nÜbrige", OTHERS, MEMBERS, OTHERS),  # one goes
        ("Mitglieder\nMitwirkende\nÜbrige\nPresse", MEMBERS, PARTNERS, LOWEST + 2),
        ("", OTHERS, OTHERS, OTHERS),
    ],
)
def test_people_follow_the_name_of_their_group(after, members, partners, others):
    found = followed(THREE, PriorityGroups.of(after))
    assert found == {MEMBERS: members, PARTNERS: partners, OTHERS: others}


def test_another_group_moves_whoever_stands_between():
    queue = [Standing(each, OTHERS, OPENS + timedelta(hours=each), 10 + each) for each in (1, 2, 3)]
    found = shifts(
        {CONGRESS: queue, 7: queue[1:]}, lambda each: MEMBERS if each.person == 3 else OTHERS
    )
    assert found == {
        1: [Shift(CONGRESS, 1, 2)],
        2: [Shift(CONGRESS, 2, 3), Shift(7, 1, 2)],
        3: [Shift(CONGRESS, 3, 1), Shift(7, 2, 1)],
    }
