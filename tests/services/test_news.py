"""Letters about the programme: what people knew, what holds now, and who has to choose anew."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.mails.kinds import MessageKind
from congress.domain.registration_request import WishedWorkshop
from congress.models import Announcement, Congress, OutboxMessage, ProgrammeItem
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import find_plan
from congress.services import changing, registering
from congress.services.mails import announcing, delivering
from congress.services.planning import importing, releasing
from tests.builders import (
    LATE,
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
ON = "Fachkongress am 21. Oktober 2015 in Lünen"


@pytest.fixture
def congress(session):
    return a_congress()


@pytest.fixture
def mine(congress):
    return a_workshop(congress, number=1, title="Netze", capacity=1)


def register(congress: Congress, number: int, *choices: ProgrammeItem | WishedWorkshop) -> int:
    return registering.register(congress.id, a_request(number, *choices), now=OPEN).registration_id


def release(session, workshop, *, now=OPEN, **values: Any):  # noqa: ANN401 - columns
    session.rollback()
    session.execute(update(ProgrammeItem).where(ProgrammeItem.id == workshop.id).values(**values))
    session.commit()
    releasing.release(workshop.congress_id, actor=ORGANISER, now=now)


def waiting(session, person):
    session.rollback()
    return session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.registration_id == person, OutboxMessage.state == "queued")
        .order_by(OutboxMessage.id)
    ).all()


def subjects(*, now=OPEN):
    """Put everything that waits into words."""
    return [delivering.prepare(each).subject for each in delivering.claim("test", now=now)]


def test_the_letter_knows_what_was(session, congress, mine):
    person = register(congress, 1, mine)
    send_everything()

    release(session, mine, title={"de": "Andere Netze"})

    [letter] = waiting(session, person)
    [before], [now] = letter.facts["before"]["workshops"], letter.facts["confirmed"]
    assert (before["title"], now["title"]) == ("Netze", "Andere Netze")
    assert "congress" not in letter.facts["before"]
    assert subjects() == [f"Workshop 1 hat einen neuen Titel: {ON}"]


def test_several_changes_before_anything_went_out_are_one_from_the_first_to_the_last(
    session, congress, mine
):
    person = register(congress, 1, mine)
    send_everything()

    release(session, mine, title={"de": "Andere Netze"})
    release(session, mine, title={"de": "Ganz andere Netze"})

    [letter] = waiting(session, person)
    assert letter.facts["before"]["workshops"][0]["title"] == "Netze"
    assert letter.facts["entry"]["sequence"] == 2

    release(session, mine, title={"de": "Netze"})

    assert waiting(session, person) == []


@pytest.mark.parametrize(
    ("places", "now", "kinds", "choice"),
    [
        (5, OPEN, ["programme_changed", "calendar_request"], ["Chöre"]),
        (0, OPEN, ["programme_changed"], []),
        (5, LATE, ["programme_changed"], None),
    ],
    ids=["others have places", "all others are full", "after the deadline"],
)
def test_whose_workshop_is_called_off_is_offered_the_others_with_places(
    session, congress, mine, places, now, kinds, choice
):
    """Letter and calendar go apart only where there is something to choose: it needs the link."""
    a_workshop(congress, number=2, title="Chöre", capacity=places)
    a_workshop(congress, number=3, title="Abends", starts_at=WORKSHOPS_START + TWO_HOURS)
    person = register(congress, 1, mine)
    send_everything()

    release(session, mine, now=now, cancelled=True)

    found = waiting(session, person)
    assert [each.kind for each in found] == kinds
    letter = found[0].facts
    offered = letter.get("choice")
    assert (offered and [each["title"] for each in offered]) == choice
    assert letter["links"] == (["manage"] if choice else [])
    assert ("entry" in letter) != bool(choice)
    assert subjects(now=now)[0] == f"Workshop 1 fällt aus: {ON}"


def test_who_has_another_place_at_that_time_need_not_choose(session, congress, mine):
    register(congress, 1, mine)
    held = a_workshop(congress, number=2)
    person = register(congress, 2, WishedWorkshop(mine.id, safe_item_id=held.id))
    send_everything()

    release(session, mine, cancelled=True)

    [letter] = waiting(session, person)
    assert "choice" not in letter.facts
    assert [each["cancelled"] for each in letter.facts["waiting"]] == [True]


def test_who_waits_for_a_workshop_hears_of_it_too(session, congress, mine):
    register(congress, 1, mine)
    person = register(congress, 2, mine)
    send_everything()

    release(session, mine, title={"de": "Andere Netze"})

    [letter] = waiting(session, person)
    assert (letter.kind, "entry" in letter.facts) == ("programme_changed", False)
    assert letter.facts["links"] == ["manage"]
    assert subjects()[-1] == f"Workshop 1 hat einen neuen Titel: {ON}"


def test_a_workshop_that_takes_place_after_all_says_so(session, congress, mine):
    person = register(congress, 1, mine)
    release(session, mine, cancelled=True)
    send_everything()

    release(session, mine, cancelled=False)

    assert [each.kind for each in waiting(session, person)] == ["programme_changed"]
    assert subjects() == [f"Workshop 1 findet doch statt: {ON}"]


def test_a_congress_that_was_called_off_and_back_before_anybody_heard_is_no_news(
    session, congress, mine
):
    person = register(congress, 1, mine)
    send_everything()

    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    releasing.hold_after_all(congress.id, actor=ORGANISER, now=OPEN)

    assert waiting(session, person) == []
    assert list_broken() == []


def test_who_waited_and_has_a_place_when_it_is_taken_back_hears_only_of_the_place(session):
    congress = a_congress(capacity=1)
    inside, person = (register(congress, number) for number in (1, 2))
    send_everything()
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    changing.withdraw(inside, actor=ORGANISER, now=OPEN)

    told = releasing.hold_after_all(congress.id, actor=ORGANISER, now=OPEN)

    assert [each.kind for each in waiting(session, person)] == ["place_gained"]
    assert told.people == 0


def test_what_an_end_took_in_is_told_when_it_is_taken_back(session, congress, mine):
    person = register(congress, 1, mine)
    send_everything()
    release(session, mine, title={"de": "Andere Netze"})

    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    assert [each.kind for each in waiting(session, person)] == ["congress_cancelled"]
    releasing.hold_after_all(congress.id, actor=ORGANISER, now=OPEN)

    [letter] = waiting(session, person)
    assert (letter.kind, letter.facts["entry"]["sequence"]) == ("programme_changed", 3)
    assert subjects() == [f"Workshop 1 hat einen neuen Titel: {ON}"]


def test_who_chose_anew_in_time_is_told_of_both_in_one_letter(session, congress, mine):
    other = a_workshop(congress, number=2)
    person = register(congress, 1, mine)
    send_everything()
    release(session, mine, cancelled=True)

    changing.change_workshops(person, [WishedWorkshop(other.id)], actor=ATTENDEE, now=OPEN)

    [letter] = waiting(session, person)
    assert (letter.kind, letter.facts["entry"]["sequence"]) == ("changed", 2)
    assert [each["number"] for each in letter.facts["before"]["confirmed"]] == [1]


class TestInSteps:
    """Where there are more people than are told at once."""

    @pytest.fixture(autouse=True)
    def few_are_many(self, monkeypatch):
        monkeypatch.setattr(announcing, "AT_ONCE", 0)

    def test_the_step_knows_what_was(self, session, congress, mine):
        person = register(congress, 1, mine)
        send_everything()
        release(session, mine, title={"de": "Andere Netze"})

        announce()

        [letter] = waiting(session, person)
        assert letter.facts["before"]["workshops"][0]["title"] == "Netze"
        assert subjects() == [f"Workshop 1 hat einen neuen Titel: {ON}"]

    def test_two_releases_before_the_first_step_are_one_letter_of_both(
        self, session, congress, mine
    ):
        late = WORKSHOPS_START + TWO_HOURS
        second = a_workshop(congress, number=2, title="Chöre", starts_at=late)
        person = register(congress, 1, mine, second)
        send_everything()
        release(session, mine, title={"de": "Andere Netze"})
        release(session, second, title={"de": "Andere Chöre"})

        announce()

        [letter] = waiting(session, person)
        titles = [each["title"] for each in letter.facts["before"]["workshops"]]
        assert sorted(titles) == ["Chöre", "Netze"]

    def test_a_congress_that_moved_is_told_with_its_day_before(self, session, congress, mine):
        person = register(congress, 1, mine)
        send_everything()
        move_to(session, congress, "Bonn")
        announce()
        send_everything()
        move_to(session, congress, "Lünen")

        announce()

        [letter] = waiting(session, person)
        assert letter.facts["before"]["congress"]["town"] == "Bonn"
        assert subjects() == [f"Neuer Ort: {ON}"]

    def test_whoever_came_after_the_release_does_not_hear_of_it(self, session, congress, mine):
        register(congress, 1, mine)
        send_everything()
        release(session, mine, title={"de": "Andere Netze"})
        later = OPEN + timedelta(minutes=1)
        late = registering.register(congress.id, a_request(2, mine), now=later).registration_id

        announce()

        assert "programme_changed" not in [each.kind for each in waiting(session, late)]

    @pytest.mark.parametrize("everybody", [True, False])
    def test_a_row_of_an_older_version_is_told_without_what_was(
        self, session, congress, mine, everybody
    ):
        person = register(congress, 1, mine)
        send_everything()
        release(session, mine, title={"de": "Andere Netze"})
        session.execute(update(Announcement).values(news=None if everybody else [mine.id]))
        session.commit()

        announce()

        assert [each.kind for each in waiting(session, person)] == ["programme_changed"]
        assert subjects() == [f"Neuer Stand: {ON}"]


def announce():
    while announcing.next_step(now=OPEN):
        pass


def move_to(session, congress, town):
    """As an import does: written, then published."""
    session.rollback()
    plan = find_plan(congress.slug)
    assert plan is not None
    importing.import_congress(replace(plan, town=town), actor=ORGANISER, now=OPEN)


@pytest.mark.parametrize("kind", [MessageKind.PROGRAMME_CHANGED, MessageKind.CHANGED])
def test_a_letter_of_an_older_version_still_goes_out(session, congress, mine, kind):
    """Its facts name no workshop by number, say nothing of before, and carry the link."""
    person = register(congress, 1, mine)
    [confirmed, _invitation] = waiting(session, person)
    facts = confirmed.facts | {
        "confirmed": [
            {
                name: value
                for name, value in each.items()
                if name not in {"id", "cancelled", "people"}
            }
            for each in confirmed.facts["confirmed"]
        ]
    }
    send_everything()
    session.execute(
        insert(OutboxMessage).values(
            kind=kind,
            message_id="<old@congress.test>",
            registration_id=person,
            congress_id=congress.id,
            recipient="erika@example.org",
            recipient_key="erika@example.org",
            facts=facts,
            created_at=OPEN,
            due_at=OPEN,
        )
    )
    session.commit()

    [subject] = subjects()

    assert subject.endswith(ON)
