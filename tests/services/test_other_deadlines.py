"""Another deadline: told to whoever is registered, old and new, once, and by letter alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain.access import COMMAND
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.news import News
from congress.domain.mails.untold import Untold
from congress.domain.planning.particulars import Particulars
from congress.domain.reminders import USUAL, Reminder, Which, goes_out_at
from congress.extensions import db
from congress.models import AuditLine, Congress, OutboxMessage, ProgrammeItem
from congress.queries import announcements, congresses
from congress.queries import reminders as queries
from congress.services import registering
from congress.services.mails import announcing, reminding, setting_reminders, showing
from congress.services.planning import amending, previewing, releasing
from tests.builders import (
    AFTERWARDS,
    CLOSES,
    OPEN,
    STARTS,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)

DAY = timedelta(days=1)
LATER, EARLIER = CLOSES + 5 * DAY, CLOSES - 5 * DAY
SINCE_CLOSED = CLOSES + DAY  # a moment


@pytest.fixture
def congress_id(session):
    """A congress with one place: one person has it, one waits; their first letters are sent."""
    congress = a_congress(capacity=1)
    workshop = a_workshop(congress, number=1)
    for number, language in ((1, "de"), (2, "en")):
        registering.register(congress.id, a_request(number, workshop, language=language), now=OPEN)
    send_everything()
    return congress.id


def amend(congress_id, *, now=OPEN, **values: Any):  # noqa: ANN401 - any of the particulars
    before = Particulars.of(congresses.get_congress(congress_id))
    wanted = replace(before, **values)
    asked = previewing.of_particulars(congress_id, wanted, now=now, with_names=False)
    amending.amend(
        congress_id, wanted, version=before.version, seen=asked.seen, actor=COMMAND, now=now
    )
    db.session.expire_all()
    return asked


def letters() -> list[tuple[str, str]]:
    """The kind and language of each mail that waits."""
    waiting = select(OutboxMessage).where(OutboxMessage.state == "queued")
    rows = db.session.scalars(waiting.order_by(OutboxMessage.registration_id))
    return [(row.kind, row.language) for row in rows]


BOTH = [("programme_changed", "de"), ("programme_changed", "en")]


@pytest.mark.parametrize(
    ("state", "was", "becomes", "now", "told"),
    [
        ("published", CLOSES, LATER, OPEN, BOTH),
        ("published", CLOSES, EARLIER, OPEN, BOTH),
        ("published", CLOSES, LATER, SINCE_CLOSED, BOTH),  # one can change something again
        ("published", LATER, CLOSES, SINCE_CLOSED, BOTH),  # or no longer, from one moment on
        ("published", CLOSES, EARLIER, SINCE_CLOSED, []),
        ("published", CLOSES, LATER, LATER, []),
        ("published", CLOSES, CLOSES, OPEN, []),
        ("published", CLOSES, LATER, AFTERWARDS, []),
        ("draft", CLOSES, LATER, OPEN, []),
        ("cancelled", CLOSES, LATER, OPEN, []),
        ("finished", CLOSES, LATER, OPEN, []),
    ],
)
def test_who_is_told(congress_id, state, was, becomes, now, told):
    db.session.execute(update(Congress).values(state=state, closes_at=was))
    db.session.commit()

    asked = amend(congress_id, closes_at=becomes, now=now)

    assert letters() == told
    assert (asked.reach.people, asked.reach.entries) == (len(told), 0)
    lines = db.session.scalars(select(AuditLine).where(AuditLine.verb == "congress_edited"))
    assert {each.details["told"] for each in lines} <= {len(told)}


def said(language: str, kind: str = "programme_changed", *, now=OPEN) -> tuple[str, str, bool]:
    """The subject and text of the letter in a language, and whether a calendar entry is in it."""
    mail = db.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.language == language,
            OutboxMessage.kind == kind,
            OutboxMessage.state == "queued",
        )
    ).one()
    facts = mail.facts
    assert mail.congress_id is not None
    words = showing.in_words(
        mail.congress_id, MessageKind(mail.kind), language, facts, own=facts["links"], now=now
    )
    return words.subject, " ".join(words.text.split()), "entry" in facts


UNTIL_7, UNTIL_12, UNTIL_2 = (
    f"bis einschließlich {day}. Oktober 2015, 24.00 Uhr (MESZ)" for day in (7, 12, 2)
)


@pytest.mark.parametrize(
    ("values", "now", "subject", "sentence"),
    [
        (
            {"closes_at": LATER},
            OPEN,
            "Neue Frist für Änderungen: ",
            f"Workshops und Angaben können Sie jetzt {UNTIL_12} ändern, bisher {UNTIL_7}.",
        ),
        (
            {"closes_at": EARLIER},
            OPEN,
            "Neue Frist für Änderungen: ",
            f"Workshops und Angaben können Sie jetzt {UNTIL_2} ändern, bisher {UNTIL_7}.",
        ),
        (
            {"closes_at": EARLIER},
            EARLIER,
            "Neue Frist für Änderungen: ",
            f"nicht mehr ändern. Das ging {UNTIL_2}; angekündigt war: {UNTIL_7}.",
        ),
        (
            {"closes_at": LATER, "town": "Hamm"},
            OPEN,
            "Neuer Ort; neue Frist für Änderungen: ",
            f"Workshops und Angaben können Sie jetzt {UNTIL_12} ändern, bisher {UNTIL_7}.",
        ),
        (
            {"changes_until": LATER},
            OPEN,
            "Neue Frist für Änderungen: ",
            f"Workshops und Angaben können Sie jetzt {UNTIL_12} ändern, bisher {UNTIL_7}.",
        ),
    ],
    ids=["later", "earlier", "over at once", "with the place", "for changes alone"],
)
def test_the_letter_says_old_and_new_and_no_calendar_hears_of_it(
    congress_id, values, now, subject, sentence
):
    amend(congress_id, now=now, **values)

    title, text, has_entry = said("de", now=now)
    assert title.startswith(subject)
    assert sentence in text
    assert text.count("24.00 Uhr") == 2
    assert "Abmelden können Sie sich bis zum Beginn der Veranstaltung." in text
    assert has_entry is ("town" in values)
    assert len(letters()) == 2


def test_another_last_day_to_cancel_is_told_with_old_and_new(congress_id):
    amend(congress_id, withdrawals_until=EARLIER)
    subject, text, has_entry = said("de")
    assert subject.startswith("Neue Frist für Abmeldungen: ")
    begins = "bis zum Beginn der Veranstaltung"
    assert f"Abmelden und Plätze zurückgeben können Sie jetzt {UNTIL_2}; vorher: {begins}." in text
    assert f"Workshops wechseln können Sie {UNTIL_7}." in text
    assert not has_entry
    send_everything()
    amend(congress_id, withdrawals_until=None)
    assert f"jetzt {begins}; vorher: {UNTIL_2}." in said("de")[1]


def test_a_last_day_to_cancel_after_the_beginning_is_no_news(congress_id):
    """It says what no day of its own says: until the event starts."""
    on_the_day = STARTS + timedelta(hours=12)
    assert amend(congress_id, withdrawals_until=on_the_day).reach.people == 0
    assert amend(congress_id, withdrawals_until=None).reach.people == 0
    assert letters() == []
    amend(congress_id, withdrawals_until=on_the_day, changes_until=EARLIER)
    subject, text, _entry = said("de")
    assert subject.startswith("Neue Frist für Änderungen: ")
    assert "vorher: bis zum Beginn" not in text


def test_what_is_over_at_once_can_still_be_asked_for(congress_id):
    workshop = "Einen anderen Workshop können Sie auf Ihrer Seite noch anfragen."
    end = "Ihre Abmeldung können Sie auf Ihrer Seite noch anfragen."
    amend(congress_id, changes_until=EARLIER)
    assert "anfragen" not in said("de")[1]
    send_everything()
    over = EARLIER - DAY, CLOSES - DAY
    amend(congress_id, changes_until=CLOSES, withdrawals_until=None, now=over[1])
    send_everything()
    amend(congress_id, changes_until=over[0], withdrawals_until=over[0], now=over[1])
    text = said("de", now=over[1])[1]
    assert workshop in text
    assert end in text
    waits = said("en", now=over[1])[1]  # and can stop that by oneself
    assert "you can still leave the waiting list on your own page" in waits
    assert "cancel" not in waits


def test_another_registration_deadline_concerns_nobody_who_may_change_longer(congress_id):
    amend(congress_id, changes_until=LATER)
    send_everything()
    assert amend(congress_id, closes_at=EARLIER).reach.people == 0
    assert letters() == []


def test_what_changes_twice_before_anybody_heard_is_one_letter_or_none(congress_id):
    amend(congress_id, closes_at=EARLIER)
    amend(congress_id, closes_at=LATER)
    _subject, text, _entry = said("de")
    assert (letters(), f"{UNTIL_12} ändern, bisher {UNTIL_7}" in text) == (BOTH, True)

    amend(congress_id, closes_at=CLOSES)
    assert letters() == []


def test_very_many_hear_it_in_steps_each_once(congress_id, monkeypatch):
    monkeypatch.setattr(announcing, "AT_ONCE", 1)
    amend(congress_id, closes_at=LATER)
    assert letters() == []
    for _turn in range(3):
        announcing.next_step(now=OPEN)
    assert letters() == BOTH
    assert f"bisher {UNTIL_7}" in said("de")[1]


@pytest.mark.parametrize(("becomes", "is_named"), [(LATER, True), (CLOSES, False)])
def test_what_changed_while_it_was_called_off_is_told_when_it_takes_place_after_all(
    congress_id, becomes, is_named
):
    releasing.call_off(congress_id, actor=COMMAND, now=OPEN)
    send_everything()
    amend(congress_id, closes_at=becomes)
    assert letters() == []
    releasing.hold_after_all(congress_id, actor=COMMAND, now=OPEN)
    assert letters() == [("held_after_all", "de"), ("held_after_all", "en")]
    subject, text, _entry = said("de", "held_after_all")
    assert ("neue Frist für Änderungen" in subject) is is_named
    assert (f"bisher {UNTIL_7}" in text) is is_named


@pytest.mark.parametrize("column", ["closes_at", None])
def test_news_kept_by_an_older_version_say_nothing_of_the_deadline(congress_id, column):
    congress = congresses.get_congress(congress_id)
    before = replace(congress, period=replace(congress.period, closes_at=EARLIER))
    kept = announcements.as_json(Untold(News(before, everybody=True)))
    if column is None:
        del kept["congress"]["closes_at"]
    known = announcements.from_json(kept, congress).news.congress
    assert known is not None
    assert known.period.closes_at == (EARLIER if column else CLOSES)


def test_a_reminder_follows_the_deadline_and_comes_once_for_each(congress_id):
    """Whoever has to choose another workshop is reminded three days before its last day."""
    setting = replace(USUAL[Reminder.UNCHOSEN], is_on=True)
    wanted = {each: one.setting for each, one in queries.of_congress(congress_id).items()}
    setting_reminders.save(
        congress_id,
        wanted | {Which(Reminder.UNCHOSEN): setting},
        seen=wanted,
        actor=COMMAND,
        now=OPEN,
    )
    db.session.execute(update(ProgrammeItem).values(cancelled=True))
    db.session.commit()
    releasing.release(congress_id, actor=COMMAND, now=OPEN)
    send_everything()

    def sent_at(moment) -> int:
        while reminding.next_step(now=moment):
            pass
        return sum(kind == "reminder" for kind, _language in letters())

    def moment():
        return goes_out_at(Reminder.UNCHOSEN, setting, congresses.get_congress(congress_id))

    first = moment()
    amend(congress_id, closes_at=LATER)
    assert (sent_at(first), moment() - first) == (0, LATER - CLOSES)
    last = moment()
    assert sent_at(last) == len(BOTH)
    assert f"nicht statt. Einen anderen können Sie {UNTIL_12} wählen." in said("de", "reminder")[1]
    assert sent_at(last + DAY) == len(BOTH)
    amend(congress_id, closes_at=LATER + DAY, now=last)
    assert sent_at(moment()) == 2 * len(BOTH)
