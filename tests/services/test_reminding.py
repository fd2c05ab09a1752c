"""Reminders go out once, at their moment, to those they are for, and never after the end."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.templates import Template
from congress.domain.reminders import (
    Reminder,
    RemindersEditedMeanwhile,
    Setting,
    Which,
)
from congress.extensions import db
from congress.models import (
    Attendance,
    Congress,
    CongressDay,
    Contributor,
    OutboxMessage,
    ProgrammeItem,
)
from congress.queries import congresses, mail_templates
from congress.queries import reminders as queries
from congress.services import changing
from congress.services.mails import delivering, reminding, setting_reminders, templating
from congress.services.planning import releasing
from tests import builders
from tests.builders import OPEN, STARTS, a_congress, send_everything
from tests.queries_counter import count_queries
from tests.services.reminding_house import DAY, House, look, told, words

pytestmark = pytest.mark.usefixtures("database")

SOON = Which(Reminder.SOON)
WORDS = {"de": "Bitte **pünktlich**, {Vorname}.", "en": "Be on time, {given name}."}


@pytest.fixture
def house(database):
    return House()


def test_before_the_event_everybody_with_a_place_is_told_once(house):
    house.set(Reminder.SOON)
    at = house.at(Reminder.SOON)
    look(at - timedelta(seconds=1))
    assert told() == []
    look(at)
    look(at)
    look(at + DAY)
    assert told() == house.people
    subject, text = words(at + DAY)
    assert subject.startswith("Bald ist es so weit: ")
    assert "Workshop 1" in text
    assert "/registration/" in text
    standing = queries.of_congress(house.id)[SOON]
    assert (standing.told, standing.finished_at) == (2, at)


def test_a_look_costs_the_same_for_many_reminders_and_nothing_for_those_long_over(house):
    for reminder in (Reminder.SOON, Reminder.UNCHOSEN, Reminder.CAME):
        house.set(reminder)
    too_early, long_over = house.at(Reminder.UNCHOSEN) - DAY, house.at(Reminder.CAME) + 80 * DAY
    with count_queries() as seen:
        assert not reminding.next_step(now=too_early)
    assert len(seen) == 2  # the reminders, and where their congress stands
    with count_queries() as seen:
        assert not reminding.next_step(now=long_over)
    assert len(seen) == 1


def test_a_step_that_is_killed_reminds_nobody_twice(house, monkeypatch):
    monkeypatch.setattr(reminding, "STEP", 1)
    house.set(Reminder.SOON)
    at = house.at(Reminder.SOON)
    assert reminding.next_step(now=at)
    real = reminding._to_attendee

    def die(*_given: object, **_named: object):
        raise KeyboardInterrupt

    monkeypatch.setattr(reminding, "_to_attendee", die)
    with pytest.raises(KeyboardInterrupt):
        reminding.next_step(now=at)
    db.session.rollback()
    monkeypatch.setattr(reminding, "_to_attendee", real)
    look(at)
    assert told() == house.people


def test_it_moves_with_the_congress_until_it_went_out(house):
    house.set(Reminder.SOON)
    at = house.at(Reminder.SOON)
    moved = {"starts_at": STARTS + 7 * DAY, "ends_at": STARTS + 7 * DAY + timedelta(hours=7)}
    db.session.execute(update(CongressDay).values(**moved))
    db.session.execute(update(Congress).values(content_revision=Congress.content_revision + 1))
    db.session.commit()
    look(at)
    assert told() == []
    look(house.at(Reminder.SOON))
    assert told() == house.people


@pytest.mark.parametrize("values", [{"state": "cancelled"}, {"state": "draft"}])
def test_nobody_is_reminded_of_what_does_not_take_place(house, values):
    house.set(Reminder.SOON)
    db.session.execute(update(Congress).values(**values))
    db.session.commit()
    look(house.at(Reminder.SOON))
    assert told() == []


def test_what_waits_to_be_sent_gives_way_to_the_end(house):
    house.set(Reminder.SOON)
    look(house.at(Reminder.SOON))
    changing.withdraw(house.people[0], actor=ATTENDEE, now=OPEN)
    releasing.call_off(house.id, actor=COMMAND, now=OPEN)
    db.session.rollback()
    kinds = set(db.session.scalars(select(OutboxMessage.kind)))
    assert told() == []
    assert kinds == {"withdrawn", "congress_cancelled"}


def test_after_the_event_only_what_is_known_is_told(house):
    house.set(Reminder.CAME)
    house.set(Reminder.STAYED_AWAY)
    at = house.at(Reminder.CAME)
    assert queries.count(Reminder.STAYED_AWAY, house.id) == 0, "nobody was ticked off at all"
    came = {"registration_id": house.people[0], "day": STARTS.date(), "came_at": STARTS}
    db.session.add(Attendance(**came))
    db.session.execute(update(Congress).values(state="finished"))
    db.session.commit()
    look(at)
    assert told("follow_up") == house.people
    facts = select(OutboxMessage.registration_id, OutboxMessage.facts)
    said = {row.registration_id: row.facts["reminder"] for row in db.session.execute(facts)}
    assert said == {house.people[0]: "came", house.people[1]: "stayed_away"}


def test_without_a_tick_nobody_is_thanked(house):
    house.set(Reminder.CAME)
    look(house.at(Reminder.CAME))
    assert told("follow_up") == []
    assert queries.of_congress(house.id)[Which(Reminder.CAME)].told == 0


def test_whoever_has_to_choose_anew_is_reminded_until_they_have(house):
    house.set(Reminder.UNCHOSEN)
    db.session.execute(
        update(ProgrammeItem).where(ProgrammeItem.id == house.workshop.id).values(cancelled=True)
    )
    db.session.commit()
    releasing.release(house.id, actor=COMMAND, now=OPEN)
    send_everything()
    look(house.at(Reminder.UNCHOSEN))
    assert told() == house.people


def is_asked(house):
    """Somebody of the programme has been asked about the workshop, and not answered."""
    part = builders.a_contribution(house.workshop, state="requested")
    known = Contributor(
        congress_id=house.id,
        person_id=part.person.id,
        email="lead@example.org",
        language="de",
        nonce="n",
        key_id="k",
        digest="d",
    )
    db.session.add(known)
    db.session.commit()


def test_who_is_asked_once_more_reads_what_is_published_and_no_draft(house):
    is_asked(house)
    item = db.session.get_one(ProgrammeItem, house.workshop.id)
    published = item.released_starts_at
    item.starts_at, item.ends_at = item.starts_at - DAY / 24, item.ends_at - DAY / 24
    db.session.commit()
    house.set(Reminder.ASKED, days=3)
    look(house.at(Reminder.ASKED))
    [mail] = db.session.scalars(select(OutboxMessage)).all()
    [asked] = mail.facts["asked"]
    assert datetime.fromisoformat(asked["starts_at"]) == published


def test_people_of_the_programme_who_have_not_answered_are_asked_again(house):
    is_asked(house)
    house.set(Reminder.ASKED, days=3)
    assert queries.count(Reminder.ASKED, house.id) == 1
    look(house.at(Reminder.ASKED))
    look(house.at(Reminder.ASKED))
    [mail] = db.session.scalars(select(OutboxMessage)).all()
    assert (mail.kind, mail.recipient) == ("contribution_reminder", "lead@example.org")
    releasing.call_off(house.id, actor=COMMAND, now=OPEN)
    kinds = {each.kind for each in delivering.claim("test", now=house.at(Reminder.ASKED))}
    assert "contribution_reminder" not in kinds


def test_own_words_take_the_place_of_the_programs_sentence(house):
    house.set(Reminder.SOON, text=WORDS)
    look(house.at(Reminder.SOON))
    _subject, text = words(house.at(Reminder.SOON))
    assert "Bitte pünktlich, Erika." in text
    assert "Hier steht, was Sie für den Tag brauchen" not in text


def test_the_preview_is_in_the_words_of_the_mail(house):
    congress = congresses.get_congress(house.id)
    own = {
        "de": Template(body="Liebe Runde!\n\n{Angaben}\n\n{Knopf}"),
        "en": Template(),
    }
    version = templating.version_of(mail_templates.find(house.id, "reminder"))
    kind = MessageKind.REMINDER
    templating.save(house.id, kind, own, version=version, actor=COMMAND, now=OPEN)
    [german, english] = reminding.preview(congress, Reminder.SOON, Setting(), now=OPEN)
    assert german.letter.text.startswith("Liebe Runde!")
    assert "Liebe Runde!" not in english.letter.text


def test_one_that_was_switched_on_too_late_does_not_go_out(house):
    at = STARTS - DAY
    house.set(Reminder.SOON, now=at)
    look(at)
    assert told() == []


def test_two_who_set_them_notice_each_other(house):
    seen = house.settings()
    house.set(Reminder.CAME)
    with pytest.raises(RemindersEditedMeanwhile):
        setting_reminders.save(house.id, seen, seen=seen, actor=COMMAND, now=OPEN)


def test_a_new_congress_has_one_and_an_edition_those_of_the_last(house):
    setting_reminders.set_up(house.id, now=OPEN)
    db.session.commit()
    on = [each for each, one in queries.of_congress(house.id).items() if one.setting.is_on]
    assert on == [SOON]
    other = a_congress(slug="other").id
    house.set(Reminder.CAME, days=4, text=WORDS)
    setting_reminders.take_along(house.id, other, now=OPEN)
    mine, theirs = (
        {each: one.setting for each, one in queries.of_congress(number).items()}
        for number in (house.id, other)
    )
    assert mine == theirs
