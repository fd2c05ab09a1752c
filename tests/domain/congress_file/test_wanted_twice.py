"""Rooms and people that a file wants twice at a time: one line each, whatever the number."""

from congress.domain.congress_file.problems import WarningKind
from congress.formats.congress_file import read_congress_file
from tests.domain.congress_file.test_reading import FILE, ITEM

PETRA = '[[items.people]]\nname = "Petra Probe"\nrole = "speaker"\n'


def test_one_room_used_twice_at_a_time_is_worth_a_warning():
    text = FILE.replace("places = 25", "") + ITEM.replace('"10:00"', '"13:00"').replace(
        '"11:00"', '"13:30"\nroom = "saal"'
    )
    [warning] = read_congress_file(text.encode()).warnings
    assert (warning.kind, warning.key) == (WarningKind.ROOM_TAKEN_TWICE, "items[2].room")


def test_one_person_twice_at_a_time_is_worth_a_warning():
    later = ITEM.replace('"10:00"', '"13:00"').replace('"11:00"', '"13:30"')
    [warning] = read_congress_file((FILE + PETRA + later + PETRA).encode()).warnings
    assert (warning.kind, warning.key) == (WarningKind.PERSON_TAKEN_TWICE, "items[2].people")
    assert dict(warning.facts) == {
        "name": "Petra Probe",
        "one": "two",
        "other": "ws-1",
        "number": 2,
    }


def test_whoever_declined_and_what_is_called_off_is_not_warned_of():
    room = FILE.replace("places = 25", "") + PETRA
    at_that_time = ITEM.replace('"10:00"', '"13:00"').replace('"11:00"', '"13:30"')
    declined = f'{PETRA}state = "declined"\n'
    called_off = at_that_time + 'room = "saal"\ncancelled = true\n' + PETRA
    for text in (room + at_that_time + declined, room + called_off):
        assert read_congress_file(text.encode()).warnings == ()


def test_a_thousand_in_one_room_are_one_line_for_the_room_and_one_for_the_person():
    at_that_time = ITEM.replace('"10:00"', '"13:15"').replace('"11:00"', '"15:15"')
    others = [
        at_that_time.replace('"two"', f'"nr-{number}"') + 'room = "saal"\n' + PETRA
        for number in range(999)
    ]
    warnings = read_congress_file((FILE + PETRA + "".join(others)).encode()).warnings
    assert [(each.kind, each.facts["number"]) for each in warnings] == [
        (WarningKind.ROOM_TAKEN_TWICE, 1000),
        (WarningKind.PERSON_TAKEN_TWICE, 1000),
    ]
