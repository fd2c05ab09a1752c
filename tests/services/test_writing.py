"""Organisers write to people: to those whom they saw, once, in steps where they are many."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from congress import worker
from congress.base import table_of
from congress.domain.access import COMMAND, Actor, ActorKind
from congress.domain.attendee_list import Wanted
from congress.domain.mails.circulars import Circular, ReadersUnseen
from congress.domain.mails.delivery import KEPT_AFTER_SENDING
from congress.domain.mails.untold import NOTHING
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.models import Announcement, AuditLine, OutboxMessage, Registration
from congress.queries import announcements, congresses, invariants
from congress.queries.registrations import get_own
from congress.services import changing, correcting, registering
from congress.services.mails import announcing, outboxing, telling, writing
from tests.builders import (
    OPEN,
    a_congress,
    a_registration,
    a_request,
    send_everything,
)
from tests.queries_counter import count_queries
from tests.returned_mails import a_dead_mailbox

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
EVERYBODY = Wanted()
CIRCULAR = Circular(
    subject={"de": "Anreise", "en": "Travel"},
    text={"de": "Der Bus fährt.\nAlle zehn Minuten.\n\nBis bald!", "en": "There is a bus."},
    with_link=True,
)
KEY, OTHER_KEY = "0" * 32, "1" * 32
LOOKING, AT_ONCE, LATER, STEP = 3, 7, 6, 6  # statements


def send(congress, wanted=EVERYBODY, circular=CIRCULAR, *, seen=None, form_key=KEY):
    if seen is None:
        seen = writing.preview(congress.id, wanted, circular, now=OPEN).seen
    return writing.write(
        congress.id, wanted, circular, seen=seen, form_key=form_key, actor=ORGANISER, now=OPEN
    )


def letters(session):
    session.rollback()
    of_kind = select(OutboxMessage).where(OutboxMessage.kind == "message")
    return session.scalars(of_kind.order_by(OutboxMessage.id)).all()


def recipients(session):
    return [each.recipient for each in letters(session)]


class Killed(BaseException):
    """What a signal does to a step."""


def _die(_hook):
    raise Killed


@pytest.fixture
def crowd(session, monkeypatch):
    """A congress with twelve people, where five people are many already."""
    monkeypatch.setattr(announcing, "AT_ONCE", 5)
    monkeypatch.setattr(announcing, "STEP", 5)
    congress = a_congress()
    people = [
        registering.register(congress.id, a_request(number), now=OPEN).registration_id
        for number in range(12)
    ]
    send_everything()
    return congress, people


def test_those_who_were_shown_get_it_each_in_their_language(session):
    congress = a_congress()
    a_registration(congress, email="anna@example.org")
    a_registration(congress, email="bob@example.org", language="en")
    a_registration(congress, email="wait@example.org", state="waiting")
    a_registration(congress, email="")
    a_registration(congress, email="gone@example.org", state="cancelled")
    a_dead_mailbox(a_registration(congress, email="dead@example.org").id)
    shown = writing.preview(congress.id, EVERYBODY, CIRCULAR, now=OPEN)

    written = send(congress, seen=shown.seen)

    found = letters(session)
    told = [(each.recipient, each.language, each.facts["subject"]) for each in found]
    assert told == [
        ("anna@example.org", "de", "Anreise"),
        ("bob@example.org", "en", "Travel"),
        ("wait@example.org", "de", "Anreise"),
    ]
    assert found[0].facts["paragraphs"] == [["Der Bus fährt.", "Alle zehn Minuten."], ["Bis bald!"]]
    assert found[0].facts["congress"]["title"] == "Engagement vor Ort"
    assert (written.told, written.without_mailbox, written.dead) == (3, 1, 1)
    assert [(each.language, each.people) for each in shown.samples] == [("de", 2), ("en", 1)]
    assert "There is a bus." in shown.samples[1].letter.text
    assert "[Everyone finds their own personal link here.]" in shown.samples[1].letter.text
    [line] = session.scalars(select(AuditLine).where(AuditLine.verb == "people_written"))
    stated = {"subject": "Anreise", "count": 3, "unreached": 1, "dead": 1}
    assert (line.details, line.personal) == (stated, {})
    [row] = session.scalars(select(Announcement))
    assert row.finished_at
    assert row.news == {"form": KEY}  # text and people stand nowhere but in the mails


def test_the_filters_say_who_gets_it(session):
    congress = a_congress()
    a_registration(congress, email="anna@example.org")
    waits = a_registration(congress, email="wait@example.org", state="waiting")

    send(congress, Wanted(state=RegistrationState.WAITING))
    send(congress, Wanted(registration_id=waits.id), form_key=OTHER_KEY)

    assert recipients(session) == ["wait@example.org", "wait@example.org"]
    lines = session.scalars(select(AuditLine).where(AuditLine.verb == "people_written")).all()
    assert {(line.registration_id, line.personal["subject"]) for line in lines} == {
        (waits.id, "Anreise")
    }


@pytest.mark.parametrize("at_once", [5, 1])
def test_the_same_form_sent_twice_writes_once(session, monkeypatch, at_once):
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)
    congress = a_congress()
    a_registration(congress), a_registration(congress)
    seen = writing.preview(congress.id, EVERYBODY, CIRCULAR, now=OPEN).seen

    send(congress, seen=seen)
    a_registration(congress)  # would be unseen, was the form not sent already
    again = send(congress, seen=seen)
    worker.announce()
    later = send(congress, seen=seen)

    assert (again.told, later.told) == (2, 2)
    assert len(letters(session)) == 2


def test_whoever_came_meanwhile_is_shown_first(session):
    congress = a_congress()
    a_registration(congress)
    seen = writing.preview(congress.id, EVERYBODY, CIRCULAR, now=OPEN).seen
    a_registration(congress)

    with pytest.raises(ReadersUnseen):
        send(congress, seen=seen)

    assert letters(session) == []
    assert not session.scalars(select(Announcement)).all()


def test_many_are_written_to_in_steps_and_a_killed_one_is_taken_again(session, crowd, monkeypatch):
    congress, people = crowd
    assert send(congress).told == 12
    assert letters(session) == []
    assert progress(congress) == [("message", 12, 0)]
    assert announcements.letters_to_write() == 12

    assert writing.next_step(now=OPEN)
    with monkeypatch.context() as patched:
        patched.setattr(telling, "after_commit", _die)  # the letters are written, the mark is not
        with pytest.raises(Killed):
            writing.next_step(now=OPEN)
    assert [each.registration_id for each in letters(session)] == people[:5]
    assert progress(congress) == [("message", 12, 5)]
    worker.announce()

    found = letters(session)
    assert [each.registration_id for each in found] == people
    assert {each.priority for each in found} == {2}  # a confirmation goes first
    assert progress(congress) == []
    assert not writing.next_step(now=OPEN)
    assert session.scalars(select(Announcement.news)).one() == {"form": KEY}
    assert invariants.list_broken() == []


def test_a_step_looks_who_is_still_there_and_where(session, crowd):
    congress, people = crowd
    send(congress)
    writing.next_step(now=OPEN)
    gone, moved = people[6], people[7]
    changing.withdraw(gone, actor=ORGANISER, now=OPEN)
    person = get_own(moved).person
    elsewhere = Details.of(person.said | {"email": "moved@example.org"})
    correcting.correct(moved, elsewhere, version=person.version, actor=ORGANISER, now=OPEN)
    late = registering.register(congress.id, a_request(99), now=OPEN).registration_id

    worker.announce()

    found = {each.registration_id: each.recipient for each in letters(session)}
    assert set(found) == {*people} - {gone}
    assert late not in found
    assert found[moved] == "moved@example.org"


def test_what_organisers_write_is_no_news(session, crowd):
    """Nobody is told of a change by it, and the calendar is watched as before."""
    congress, people = crowd
    send(congress)
    session.rollback()

    assert congresses.find_announcing() is None
    assert not announcing.next_step(now=OPEN)
    kept = congresses.get_congress(congress.id)
    assert announcements.with_untold(kept, NOTHING, announcements.open_rows(kept.id)) == NOTHING
    session.execute(
        update(Registration)
        .where(Registration.id == people[0])
        .values(state="cancelled", cancelled_at=OPEN)
    )
    session.commit()
    assert any("the calendar says" in each for each in invariants.list_broken())


def test_it_is_sent_again_as_it_was_and_its_text_goes_with_the_others(session):
    congress = a_congress()
    a_registration(congress)
    send(congress)
    worker.deliver()
    [letter] = letters(session)

    outboxing.send_again(letter.id, actor=COMMAND, now=OPEN)
    first, again = letters(session)
    assert first.state == "sent"
    assert first.subject == "Anreise"
    assert again.facts == first.facts

    worker.deliver()
    later = first.sent_at + KEPT_AFTER_SENDING + timedelta(hours=1)
    outboxing.delete_mail_bodies(now=later)
    assert [(each.facts, each.content) for each in letters(session)] == [({}, None)] * 2


def fill(session, congress, count):
    """Store many people at once, like one of them."""
    one = a_registration(congress)
    columns = [each.name for each in table_of(Registration).columns if each.name != "id"]
    same = {name: getattr(one, name) for name in columns}
    rows = [
        same
        | {"email": f"p{number}@example.org", "email_key": f"p{number}@example.org"}
        | {"language": "en" if number % 2 else "de"}
        for number in range(count - 1)
    ]
    session.execute(insert(Registration), rows)
    session.commit()
    assert session.scalars(select(func.count()).select_from(Registration)).one() == count


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("size", "statements"), [(20, AT_ONCE), (40, AT_ONCE), (1600, LATER)])
def test_looking_and_sending_take_few_statements_however_many_they_are(session, size, statements):
    congress = a_congress()
    fill(session, congress, size)
    congresses.get_congress(congress.id)  # its contents are read once per process

    with count_queries() as looking:
        seen = writing.preview(congress.id, EVERYBODY, CIRCULAR, now=OPEN).seen
    with count_queries() as sending:
        send(congress, seen=seen)
    with count_queries() as step:
        writing.next_step(now=OPEN)

    assert (len(looking), len(sending)) == (LOOKING, statements)
    assert len(letters(session)) == min(size, announcing.STEP)
    assert len(step) == (STEP if size > announcing.AT_ONCE else 1)


def progress(congress):
    """What is being written still: its kind, how many people it is for, and how many have it."""
    found = announcements.latest(congress.id, most=9)
    return [(each.kind, each.total, each.done) for each in found if each.finished_at is None]
