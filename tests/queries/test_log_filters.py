"""The lines of the log that are asked for, on both databases."""

from datetime import timedelta

import pytest

from congress.domain.access import ATTENDEE, SYSTEM, Actor, ActorKind
from congress.domain.log_filter import EVERYTHING, LogFilter, Subject
from congress.extensions import db
from congress.queries import audit
from congress.services import auditing
from tests import builders
from tests.builders import OPEN
from tests.web.organisers import an_organiser

DAY = timedelta(days=1)
PERSON, ITEM, NOTHING = ({"registration_id"}, {"item_id"}, set[str]())
LINES = (
    ("registered", ATTENDEE, PERSON, 0),
    ("promoted", "anna", PERSON | ITEM, 0),
    ("people_written", "anna", NOTHING, 0),
    ("item_edited", "bernd", ITEM, 1),
    ("programme_released", "bernd", NOTHING, 1),
    ("places_set", "anna", NOTHING, 1),
    ("congress_edited", "anna", NOTHING, 2),
    ("attendees_exported", "anna", NOTHING, 2),
    ("colleague_invited", "bernd", NOTHING, 2),
    ("state_changed", SYSTEM, NOTHING, 2),
)


@pytest.fixture
def house(app):
    accounts = {name: an_organiser(app, f"{name}@example.org") for name in ("anna", "bernd")}
    with app.app_context():
        congress, other = builders.a_congress(), builders.a_congress(slug="theirs")
        about = {
            "registration_id": builders.a_registration(congress).id,
            "item_id": builders.a_workshop(congress).id,
        }
        for verb, who, names, days in LINES:
            actor = Actor(ActorKind.ORGANISER, accounts[who]) if isinstance(who, str) else who
            now = OPEN + days * DAY
            auditing.record(
                verb,
                actor=actor,
                now=now,
                congress_id=congress.id,
                registration_id=about["registration_id"] if "registration_id" in names else None,
                item_id=about["item_id"] if "item_id" in names else None,
            )
        auditing.record("congress_edited", actor=SYSTEM, now=OPEN, congress_id=other.id)
        db.session.commit()
        yield {"id": congress.id, **accounts}


def verbs(house, wanted=EVERYTHING):
    return [line.verb for line in audit.of_congress(house["id"], wanted, limit=99)]


def expected(*verbs: str):
    return [verb for verb, *_others in reversed(LINES) if verb in verbs]


def test_each_line_is_about_one_thing(house):
    found = {subject: verbs(house, LogFilter(subject=subject)) for subject in Subject}

    assert found == {
        Subject.REGISTRATIONS: expected("registered", "promoted", "people_written"),
        Subject.PROGRAMME: expected("item_edited", "programme_released"),
        Subject.CONGRESS: expected("places_set", "congress_edited", "state_changed"),
        Subject.ACCESS: expected("attendees_exported", "colleague_invited"),
    }
    assert sum(map(len, found.values())) == len(verbs(house)) == len(LINES)


def test_who_acted_and_when(house):
    by_bernd = LogFilter(user_id=house["bernd"])
    assert verbs(house, by_bernd) == expected(
        "item_edited", "programme_released", "colleague_invited"
    )
    assert verbs(house, LogFilter(actor=ActorKind.ATTENDEE)) == ["registered"]
    second_day = LogFilter(since=OPEN + DAY, until=OPEN + 2 * DAY)
    assert verbs(house, second_day) == expected("item_edited", "programme_released", "places_set")
    of_both = LogFilter(user_id=house["anna"], subject=Subject.CONGRESS, since=OPEN + 2 * DAY)
    assert verbs(house, of_both) == ["congress_edited"]
    assert audit.actors(house["id"]) == {
        house["anna"]: "anna@example.org",
        house["bernd"]: "bernd@example.org",
    }


def test_everything_comes_some_at_a_time(house, monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 3)

    assert [line.verb for line in audit.whole(house["id"], EVERYTHING)] == verbs(house)
