"""Rooms are changed all at once: what came, went, is called otherwise, stands elsewhere."""

from dataclasses import replace

import pytest

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.rooms import (
    RoomInUse,
    change_of,
    require_empty,
    version_of,
    with_codes,
)
from congress.domain.programme import NamedItem

HALL, ONE = RoomPlan("saal", {"de": "Saal"}, 200), RoomPlan("raum-1", {"de": "Raum 1"}, None)
NEW = RoomPlan("", {"de": "Raum 1"}, 20)
ROOMS = (HALL, ONE)


@pytest.mark.parametrize(
    ("after", "added", "removed", "renamed", "reseated", "is_reordered"),
    [
        ((HALL, ONE), 0, 0, 0, 0, False),
        ((ONE, HALL), 0, 0, 0, 0, True),
        ((HALL,), 0, 1, 0, 0, False),
        ((HALL, replace(NEW, code="raum-2"), ONE), 1, 0, 0, 0, False),
        ((replace(HALL, name={"de": "Halle"}), ONE), 0, 0, 1, 0, False),
        ((replace(HALL, seats=None), ONE), 0, 0, 0, 1, False),
    ],
)
def test_what_changed(after, added, removed, renamed, reseated, is_reordered):
    change = change_of(ROOMS, after)
    found = (change.added, change.removed, change.renamed, change.reseated)

    assert tuple(map(len, found)) == (added, removed, renamed, reseated)
    assert change.is_reordered is is_reordered
    assert bool(change) is (after != ROOMS)
    assert (version_of(after) == version_of(ROOMS)) is (after == ROOMS)


def test_a_new_room_gets_a_code_that_is_not_taken():
    assert [room.code for room in with_codes([NEW, ONE, NEW])] == ["raum-1-2", "raum-1", "raum-1-3"]


def test_a_room_in_use_does_not_go():
    item = NamedItem(4, {"de": "Netzwerke"}, {})
    change = change_of(ROOMS, (ONE,))
    require_empty(change, {"raum-1": [item]})
    with pytest.raises(RoomInUse) as refused:
        require_empty(change, {"saal": [item]})

    assert (refused.value.name, refused.value.items) == (HALL.name, [item])
