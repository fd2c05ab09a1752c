"""What devices send: each scan once, whatever its fate, in an order that none of them chose."""

from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import func, select

from congress.domain.access import Actor, ActorKind
from congress.domain.door_scans import Outcome, Scan
from congress.domain.tokens import TokenPurpose, digest
from congress.models import Attendance, AuditLine, DoorScan, Registration, User
from congress.queries import door_scans, doors
from congress.queries.doors import Coded
from congress.services import checking_in, door_devices, tokens
from congress.transaction import transaction
from tests.builders import (
    AFTERWARDS,
    BEGUN,
    STARTS,
    TWO_HOURS,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_registration,
    a_workshop,
    add,
)
from tests.queries_counter import count_queries

TODAY = STARTS.date()
PAULA = Actor(ActorKind.ORGANISER)
ONE, OTHER = "a" * 32, "b" * 32
NOW = BEGUN + timedelta(hours=1)


class House:
    """Two workshops at one time; Adler has a place in the first, Birke in the second."""

    def __init__(self) -> None:
        self.congress = a_congress(rules={"mode": "hybrid"}, online_capacity=9)
        items = [a_workshop(self.congress, number=number) for number in (1, 2)]
        self.items = [item.id for item in items]
        names = {
            "Adler": {},
            "Birke": {},
            "Fern": {"mode": "online"},
            "Weg": {"state": "cancelled"},
        }
        people = [
            a_registration(self.congress, family_name=name, **more) for name, more in names.items()
        ]
        self.people = dict(zip(names, (each.id for each in people), strict=True))
        for person, item in zip(people, items, strict=False):
            a_booking(person, item)
        with transaction():
            for each in people:
                tokens.issue(each.id, TokenPurpose.CHECK_IN, now=STARTS)
        self.codes = {name: self.code(name) for name in names}
        self.made = 0

    def code(self, name: str) -> str:
        return digest(str(tokens.token_for(self.people[name], TokenPurpose.CHECK_IN)))

    def scan(self, name: str, workshop: int | None = None, **changes: object) -> Scan:
        self.made += 1
        known = {
            "uuid": str(UUID(int=self.made)),
            "day": TODAY,
            "item_id": None if workshop is None else self.items[workshop],
            "digest": self.codes.get(name, digest(name)),
            "registration_id": None,
            "device_at": BEGUN + timedelta(seconds=self.made),
            "is_let_in": False,
        }
        return Scan(**known | changes)  # type: ignore[arg-type]

    def take(
        self, *scans: Scan, device: str = ONE, ahead: timedelta = timedelta(0)
    ) -> list[Outcome]:
        found = door_devices.take(
            self.congress.id, device, scans, ahead=ahead, actor=PAULA, now=NOW
        )
        return [found[scan.uuid] for scan in scans]


@pytest.fixture
def house(session):
    return House()


def came(session):
    rows = session.execute(
        select(Registration.family_name, Attendance.item_id, Attendance.came_at)
        .join(Registration, Registration.id == Attendance.registration_id)
        .order_by(Registration.family_name, Attendance.item_id.is_not(None), Attendance.item_id)
    )
    return [tuple(row) for row in rows]


def test_what_comes_of_each(house, session):
    with transaction():
        tokens.renew(house.people["Birke"], now=STARTS)
    old, new = house.codes["Birke"], house.code("Birke")
    scans = {
        "Adler": (house.scan("Adler"), Outcome.CAME),
        "Adler again": (house.scan("Adler"), Outcome.AGAIN),
        "Adler, workshop": (house.scan("Adler", 0), Outcome.CAME),
        "Adler, other": (house.scan("Adler", 1), Outcome.NOT_BOOKED),
        "Adler, let in": (house.scan("Adler", 1, is_let_in=True), Outcome.AT_ONCE),
        "Birke, old": (house.scan("Birke", digest=old), Outcome.REPLACED),
        "Birke, by name": (
            house.scan("", digest="", registration_id=house.people["Birke"]),
            Outcome.CAME,
        ),
        "Birke, new": (house.scan("Birke", digest=new), Outcome.AGAIN),
        "Fern": (house.scan("Fern"), Outcome.STAYS_AWAY),
        "Weg": (house.scan("Weg"), Outcome.NO_PLACE),
        "nobody": (house.scan("Niemand", item_id=4711), Outcome.UNKNOWN),
        "no door": (house.scan("Adler", item_id=4711), Outcome.NO_DOOR),
        "no day": (house.scan("Adler", day=TODAY + timedelta(days=1)), Outcome.NO_DOOR),
    }
    taken = house.take(*(scan for scan, _outcome in scans.values()))
    assert dict(zip(scans, taken, strict=True)) == {
        name: outcome for name, (_scan, outcome) in scans.items()
    }
    one, other = house.items
    assert [(name, item) for name, item, _at in came(session)] == [
        ("Adler", None),
        ("Adler", one),
        ("Adler", other),
        ("Birke", None),
    ]
    assert came(session)[0][2] == BEGUN + timedelta(seconds=1)

    lines = session.scalars(select(AuditLine.details).where(AuditLine.verb == "came")).all()
    assert [each.get("let_in", False) for each in lines] == [False, False, True, False]
    shown = {each.outcome for each in door_scans.to_look_at(house.congress.id)}
    # Whoever is there by now was seen to; the rest stays.
    assert shown == {
        Outcome.AT_ONCE,
        Outcome.STAYS_AWAY,
        Outcome.NO_PLACE,
        Outcome.UNKNOWN,
        Outcome.NO_DOOR,
    }


def test_sent_again_it_changes_nothing(house, session):
    scans = [house.scan("Adler"), house.scan("Birke", 1)]
    before = house.take(*scans), came(session)
    for _time in range(2):
        assert (house.take(*scans), came(session)) == before
    assert house.take(*scans, house.scan("Birke")) == [*before[0], Outcome.CAME]
    assert session.scalar(select(func.count()).select_from(DoorScan)) == 3


def test_two_devices_with_one_code_are_told(house):
    at_one = house.take(house.scan("Adler"), device=ONE)
    at_other = house.take(house.scan("Adler"), device=OTHER)
    by_hand = house.take(house.scan("Adler"), device=ONE)
    assert (at_one, at_other, by_hand) == ([Outcome.CAME], [Outcome.ELSEWHERE], [Outcome.AGAIN])
    [reported] = door_scans.to_look_at(house.congress.id)
    assert (reported.outcome, reported.device) == (Outcome.ELSEWHERE, OTHER)
    assert door_scans.count_to_look_at(house.congress.id) == 1

    checking_in.check_in(house.people["Birke"], day=TODAY, actor=PAULA, now=NOW)
    assert house.take(house.scan("Birke")) == [Outcome.ELSEWHERE]


@pytest.mark.parametrize(
    ("ahead", "says", "is_at"),
    [
        (timedelta(minutes=7), BEGUN + timedelta(minutes=7), BEGUN),
        (timedelta(days=-9000), BEGUN - timedelta(days=9000), BEGUN),
        (timedelta(0), NOW + timedelta(days=1), NOW),  # was set back after the scan
        (timedelta(0), BEGUN - timedelta(days=9000), NOW - timedelta(days=2)),  # was set after it
    ],
)
def test_a_wrong_clock_is_corrected(house, session, ahead, says, is_at):
    house.take(house.scan("Adler", device_at=says), ahead=ahead)
    row = session.scalars(select(DoorScan)).one()
    assert (row.device_at, row.scanned_at, row.received_at) == (says, is_at, NOW)
    assert came(session)[0][2] == is_at


def test_a_person_of_another_congress_is_nobody(house):
    stranger = a_registration(a_congress(slug="anderer"))
    assert house.take(house.scan("", digest="", registration_id=stranger.id)) == [Outcome.UNKNOWN]


def test_the_code_of_a_registration_that_was_merged_is_that_of_the_other(house, session):
    gone = session.get_one(Registration, house.people["Weg"])
    gone.merged_into_id = house.people["Adler"]
    session.commit()
    scans = (
        house.scan("Weg"),
        house.scan("Adler"),
        house.scan("", digest="", registration_id=gone.id),
    )
    assert house.take(*scans) == [Outcome.CAME, Outcome.AGAIN, Outcome.AGAIN]
    assert [name for name, _item, _at in came(session)] == ["Adler"]


def test_the_code_of_whoever_withdrew_and_registered_again_is_theirs_still(house, session):
    gone = session.get_one(Registration, house.people["Weg"])
    code = str(tokens.token_for(gone.id, TokenPurpose.CHECK_IN))
    assert house.take(house.scan("Weg")) == [Outcome.NO_PLACE]
    again = a_registration(house.congress, family_name="Weg", email=gone.email)
    assert doors.find_by_code(house.congress.id, code) == Coded(again.id, is_replaced=False)
    scans = house.scan("Weg"), house.scan("", digest="", registration_id=gone.id)
    assert house.take(*scans) == [Outcome.CAME, Outcome.AGAIN]
    again.state = "cancelled"
    session.commit()
    assert doors.find_by_code(house.congress.id, code) == Coded(gone.id, is_replaced=False)


def test_many_scans_take_as_many_statements_as_few(house):
    def statements(many: int) -> int:
        people = [a_registration(house.congress).id for _each in range(many)]
        scans = [house.scan("", digest="", registration_id=each) for each in people]
        with count_queries() as seen:
            assert house.take(*scans) == [Outcome.CAME] * many
        return len(seen)

    statements(1)  # the contents are read once per process
    assert statements(30) == statements(2) <= 13


def test_at_once_from_two_devices_each_is_there_once(house, app, session):
    people = [a_registration(house.congress).id for _each in range(6)]
    batches = [
        [house.scan("", digest="", registration_id=each) for each in order]
        for order in (people, people[::-1])
    ]
    starts, outcomes = Barrier(2), []

    def send(device, scans):
        with app.app_context():
            starts.wait()
            outcomes.extend(house.take(*scans, device=device))

    threads = [Thread(target=send, args=each) for each in zip((ONE, OTHER), batches, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.rollback()
    assert sorted(outcomes) == [Outcome.CAME] * 6 + [Outcome.ELSEWHERE] * 6
    assert len(came(session)) == 6


def test_a_list_says_what_a_door_needs_and_the_log_that_it_was_taken(house, session):
    house.take(house.scan("Adler", 0))
    people = door_devices.hand_out(house.congress.id, TODAY, "abcd", actor=PAULA, now=NOW)
    assert [(each.name.split()[-1], each.digest, each.items) for each in people] == [
        ("Adler", house.codes["Adler"], (house.items[0],)),
        ("Birke", house.codes["Birke"], (house.items[1],)),
    ]
    assert set(people[0].came) == {None, house.items[0]}
    assert not people[1].came
    [line] = session.scalars(select(AuditLine).where(AuditLine.verb == "door_list_taken"))
    assert (line.details["count"], line.details["device"]) == (2, "abcd")


def test_of_an_online_congress_everybody_is_known_and_ticked_off_as_on_the_page(session):
    congress = a_congress(slug="online", rules={"mode": "online"})
    fern = a_registration(congress, family_name="Fern", mode="online")
    people = door_devices.hand_out(congress.id, TODAY, "abcd", actor=PAULA, now=NOW)
    assert [each.id for each in people] == [fern.id]
    scan = Scan(str(UUID(int=1)), TODAY, None, "", fern.id, BEGUN, is_let_in=False)
    taken = door_devices.take(congress.id, ONE, [scan], ahead=timedelta(0), actor=PAULA, now=NOW)
    assert list(taken.values()) == [Outcome.CAME]
    assert checking_in.check_in(fern.id, day=TODAY, actor=PAULA, now=NOW) == BEGUN


def test_what_somebody_has_looked_at_is_done_once(house, session):
    house.take(house.scan("Weg"), house.scan("Niemand"), house.scan("Adler"))
    other = a_congress(slug="anderer")
    reported = [each.id for each in door_scans.to_look_at(house.congress.id)]
    everything = [*session.scalars(select(DoorScan.id))]
    finish = partial(door_devices.finish, actor=PAULA, now=NOW)
    assert finish(other.id, reported) == 0
    assert finish(house.congress.id, reported[:1]) == 1
    assert [each.id for each in door_scans.to_look_at(house.congress.id)] == reported[1:]
    assert finish(house.congress.id, everything) == 1  # of those that were left
    assert finish(house.congress.id, everything) == 0
    assert door_scans.count_to_look_at(house.congress.id) == 0
    lines = session.scalars(
        select(AuditLine).where(AuditLine.verb == "door_scans_done").order_by(AuditLine.id)
    ).all()
    assert [(line.congress_id, line.details) for line in lines] == [
        (house.congress.id, {"count": 1})
    ] * 2
    house.take(house.scan("Weg"))  # read once more, so there is something to look at again
    assert door_scans.count_to_look_at(house.congress.id) == 1


def test_whoever_comes_from_one_workshop_into_a_later_one_is_not_in_two_at_once(house):
    house.items.append(a_workshop(house.congress, starts_at=WORKSHOPS_START + TWO_HOURS).id)
    taken = house.take(house.scan("Adler", 0), house.scan("Adler", 2, is_let_in=True))
    assert taken == [Outcome.CAME, Outcome.CAME]


def test_whoever_was_seen_has_confirmed_and_the_log_names_who_held_the_device(house, session):
    for name in ("Adler", "Birke"):
        session.get_one(Registration, house.people[name]).unconfirmed_until = AFTERWARDS
    user = add(User(email="p@x", email_key="p@x", name="P", fs_uniquifier="p", active=True)).id
    scans = [house.scan("Adler"), house.scan("Adler", 0), house.scan("Birke", 0)]
    door_devices.take(
        house.congress.id,
        ONE,
        scans,
        ahead=timedelta(0),
        actor=Actor(ActorKind.ORGANISER, user),
        now=NOW,
    )

    asked = select(Registration.id).where(Registration.unconfirmed_until.is_not(None))
    assert session.scalars(asked).all() == [house.people["Birke"]]  # was not booked there
    lines = select(AuditLine).where(AuditLine.user_id == user).order_by(AuditLine.id)
    adler, day = house.people["Adler"], {"day": TODAY.isoformat()}
    assert [(each.verb, each.registration_id, each.details) for each in session.scalars(lines)] == [
        ("confirmed_by_hand", adler, {}),
        ("came", adler, day),
        ("came", adler, day | {"item": house.items[0]}),
    ]
    for column in (DoorScan.user_id, Attendance.user_id):
        assert set(session.scalars(select(column))) == {user}


def test_the_key_belongs_to_one_login_and_one_device(app):
    with app.app_context():
        keys = {
            door_devices.storage_key(session, device)
            for session in ("one", "other")
            for device in (ONE, OTHER)
        }
        assert len(keys) == 4
        assert {len(key) for key in keys} == {32}
        assert door_devices.storage_key("one", ONE) in keys


def test_a_month_later_nothing_of_it_is_left(house, session):
    house.take(house.scan("Adler"), house.scan("Niemand"))
    assert door_devices.forget_old(now=AFTERWARDS) == 0
    assert door_devices.forget_old(now=AFTERWARDS + timedelta(seconds=1)) == 2
    assert len(came(session)) == 1
