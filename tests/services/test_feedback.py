"""Asking afterwards: whom, when, once; and nobody can tell who said what."""

from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.feedback import counting, survey
from congress.domain.feedback.survey import Survey
from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import (
    Congress,
    CongressDay,
    FeedbackBox,
    FeedbackSurvey,
    OutboxMessage,
    ProgrammeItem,
    Registration,
)
from congress.queries import feedback as queries
from congress.queries.congresses import get_congress
from congress.services.feedback import answering, asking, links, sealing, setting
from congress.services.mails import delivering
from congress.transaction import transaction
from tests.builders import ENDS, OPEN, a_congress
from tests.surveys import CLOSES, DAY, MINUTE, QUESTIONS, REMINDS, Asking, work

pytestmark = pytest.mark.usefixtures("database")


def asked() -> list[int]:
    """Return who has a letter, one number for each."""
    kind = OutboxMessage.kind == MessageKind.FEEDBACK_ASKED
    found = select(OutboxMessage.registration_id).where(kind).order_by(OutboxMessage.id)
    return [each for each in db.session.scalars(found) if each is not None]


def set_to(congress_id: int, **values: object) -> None:
    row = db.session.scalars(
        select(FeedbackSurvey).where(FeedbackSurvey.congress_id == congress_id)
    ).one()
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()


def sums(house: Asking) -> dict[int | None, counting.Sums]:
    db.session.rollback()
    return dict(queries.sums_of(house.id))


def test_whoever_came_is_asked_once_at_the_end_and_reminded_once():
    house = Asking(4)
    first, second, third, absent = house.people
    house.came(first, second, third)
    work(ENDS - MINUTE)
    assert asked() == []
    work(ENDS)
    work(ENDS + DAY)
    assert asked() == [first, second, third]
    house.says(second, 1, now=ENDS + DAY)
    house.came(absent)  # entered from paper the day after
    work(ENDS + DAY)
    assert asked() == [first, second, third, absent]
    work(REMINDS - MINUTE)
    work(REMINDS)
    work(REMINDS + DAY)
    assert asked()[4:] == [first, third, absent]
    late = house.another()
    house.came(late)
    work(REMINDS + DAY)
    work(REMINDS + 2 * DAY)
    assert asked()[7:] == [late]  # with one letter, as the reminder's day has passed


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("change", "who"),
    [
        ({}, 2),  # nobody was ticked off, so it is not known who came
        ({"asks_all": True, "came": True}, 2),
        ({"came": True}, 1),
        ({"came": True, "online": True}, 2),  # nobody ticks off who takes part online
        ({"state": "cancelled"}, 0),
        ({"state": "draft"}, 0),
        ({"state": "finished"}, 2),
        ({"is_on": False}, 0),
        ({"questions": []}, 0),
        ({"days_after": 1}, 0),
        ({"left": True}, 1),
    ],
)
def test_whom_it_asks(change, who):
    parts = {name: change.get(name, False) for name in ("came", "online", "left")}
    house = Asking(2, **{name: said for name, said in change.items() if name not in parts})
    first, second = house.people
    if parts["came"]:
        house.came(first)
    person = db.session.get_one(Registration, second)
    person.mode = "online" if parts["online"] else person.mode
    person.state = "cancelled" if parts["left"] else person.state
    db.session.commit()
    work(ENDS)
    assert len(asked()) == who


@pytest.mark.sqlite_only
def test_it_moves_with_the_congress_and_ends_with_its_last_day():
    house = Asking(1)
    [day] = db.session.scalars(select(CongressDay))
    for name in ("starts_at", "ends_at"):
        setattr(day, name, getattr(day, name) + 7 * DAY)
    day.day += 7 * DAY
    db.session.commit()
    work(ENDS + 6 * DAY)
    assert asked() == []
    work(ENDS + 7 * DAY)
    assert asked() == house.people
    house.says(house.people[0], 1, now=CLOSES + 7 * DAY - MINUTE)
    work(CLOSES + 7 * DAY)
    assert queries.survey_of(house.id).is_counted
    day.ends_at += 60 * DAY  # what was counted is not open again
    db.session.commit()
    with pytest.raises(survey.FeedbackNotOpen):
        house.says(house.people[0], 2, now=CLOSES + 8 * DAY)


@pytest.mark.sqlite_only
def test_whoever_has_no_mailbox_is_asked_on_their_own_page_alone():
    house = Asking(1)
    house.another(email="", email_key="")
    work(ENDS)
    assert asked() == house.people
    assert queries.answered(house.id) == (0, 2)
    ballot = queries.find_ballot_of(house.people[0])
    mailbox = db.session.get_one(Registration, house.people[0]).email
    assert ballot is not None
    assert links.link_for({"ballot": ballot.id}, mailbox)
    assert links.link_for({"ballot": ballot.id}, "another@example.org") is None


@pytest.mark.sqlite_only
def test_an_edition_takes_questions_along_and_asks_nobody_by_itself():
    house, edition = Asking(0), a_congress(slug="next")
    with transaction():
        setting.take_along(house.id, edition.id)
    taken = queries.survey_of(edition.id)
    assert (taken.questions, taken.is_on) == (QUESTIONS, False)
    by: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
    assert queries.survey_of(house.id).is_on
    for each in QUESTIONS:
        setting.remove_question(house.id, each.key, **by)
    assert not queries.survey_of(house.id).is_on
    assert Survey(reminder_days=15).reminds_at(get_congress(house.id)) is None


def asked_about(house: Asking, person: int) -> int:
    """Return about how many workshops somebody is asked."""
    ballot = queries.find_ballot_of(person)
    return len(queries.workshops_of(ballot, get_congress(house.id))) if ballot else 0


@pytest.mark.sqlite_only
def test_a_ballot_counts_once_and_only_while_it_is_open():
    house = Asking(2)
    first, second = house.people
    work(ENDS)
    with pytest.raises(survey.NothingAnswered):
        answering.answer(house.token(first), {None: {"whole": ("9",)}, 77: {}}, now=ENDS)
    house.says(first, 1, now=ENDS)
    with pytest.raises(survey.AnsweredAlready):
        house.says(first, 2, now=ENDS)
    with pytest.raises(survey.FeedbackNotOpen):
        house.says(second, 1, now=CLOSES)
    with pytest.raises(survey.FeedbackNotOpen):
        answering.answer("x" * 43, {}, now=ENDS)
    token = house.token(second)
    db.session.get_one(Registration, second).state = "cancelled"
    db.session.commit()
    with pytest.raises(survey.FeedbackNotOpen):
        answering.answer(token, {None: {"whole": ("1",)}}, now=ENDS)


def test_of_a_workshop_only_those_are_asked_who_were_in_it():
    house = Asking(3)
    there, away, _third = house.people
    work(ENDS)
    assert [asked_about(house, each) for each in (there, away)] == [1, 1]  # it is not known
    house.came(there, item_id=house.workshop)
    assert [asked_about(house, each) for each in (there, away)] == [1, 0]
    house.says(away, 1, now=ENDS)
    [box] = db.session.scalars(
        select(FeedbackBox).where(FeedbackBox.item_id == house.workshop)
    ).all()
    assert sealing.unseal(f"{house.id}:{house.workshop}", box.sealed) == []


def test_fewer_than_five_are_never_counted_and_more_are_once_it_is_over():
    few, enough = Asking(4), Asking(7, slug="zweiter")
    work(ENDS)
    for house in (few, enough):
        for number, each in enumerate(house.people):
            house.says(each, number, now=ENDS + MINUTE)
    assert {each.ballots for house in (few, enough) for each in sums(house).values()} == {0}
    work(CLOSES)
    assert sums(few)[None] == counting.Sums()
    found = sums(enough)[None]
    assert found.ballots == 7
    assert found.answers["whole"].chosen == {"1": 2, "2": 2, "3": 1, "4": 1, "5": 1}
    assert found.answers["said"].texts[0] == "Satz 000 von mir"
    assert sums(enough)[enough.workshop].ballots == 7


@pytest.mark.sqlite_only
def test_one_person_who_was_registered_twice_answers_once():
    house = Asking(2)
    first, second = house.people
    work(ENDS)
    house.says(first, 1, now=ENDS)
    for row in db.session.scalars(select(Registration)):
        row.state = "cancelled" if row.id == first else row.state
        row.merged_into_id = second if row.id == first else None
    db.session.commit()
    with pytest.raises(survey.AnsweredAlready):
        house.says(second, 2, now=ENDS)
    work(REMINDS)
    assert asked() == [first, second]  # and no reminder


def test_a_form_that_is_sent_twice_at_once_counts_once(app):
    house = Asking(6)
    work(ENDS)
    tokens, house_id = [house.token(each) for each in house.people] * 2, house.id
    db.session.rollback()

    def send(token: str) -> bool:
        with app.app_context():
            try:
                answering.answer(token, {None: {"whole": ("3",)}}, now=ENDS)
            except survey.AnsweredAlready:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send, tokens)) == 6
    work(CLOSES)
    assert queries.sums_of(house_id)[None].answers["whole"].chosen == {"3": 6}


@pytest.mark.sqlite_only
def test_the_letter_brings_the_link_and_is_dropped_once_it_is_needless():
    house = Asking(3)
    first, second, third = house.people
    work(ENDS)
    house.says(second, 1, now=ENDS)
    db.session.get_one(Registration, third).state = "cancelled"
    db.session.commit()
    [claimed] = delivering.claim("w", now=ENDS + MINUTE)
    begun = delivering.begin(claimed.id, delivering.prepare(claimed), owner="w", now=ENDS + MINUTE)
    mail = message_from_bytes(begun.raw, policy=policy.default)
    said = mail.get_body(("plain",)).get_content()
    assert f"/feedback/{house.token(first)}" in said
    assert "4. November 2015" in said
    assert "/registration/" not in said


@pytest.mark.sqlite_only
def test_settings_are_kept_until_they_would_mislead():
    congress = a_congress()
    by: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
    with pytest.raises(survey.NothingIsAsked):
        setting.save(congress.id, Survey(is_on=True), seen=Survey(), **by)
    assert setting.take_ready_made(congress.id, **by)
    assert not setting.take_ready_made(congress.id, **by)
    stored = queries.survey_of(congress.id)
    assert all(set(each.label) == {"de", "en"} for each in stored.questions)
    assert stored.questions[0].label["de"] == "Wie hat Ihnen die Veranstaltung insgesamt gefallen?"
    assert setting.save(congress.id, Survey(is_on=True, days_open=7), seen=stored, **by)
    with pytest.raises(survey.SurveyEditedMeanwhile):
        setting.save(congress.id, Survey(), seen=stored, **by)
    first, second = stored.questions[:2]
    assert setting.move_question(congress.id, second.key, -1, **by)
    assert not setting.move_question(congress.id, second.key, -1, **by)
    assert setting.remove_question(congress.id, first.key, **by)
    assert not setting.remove_question(congress.id, first.key, **by)
    with pytest.raises(survey.SurveyEditedMeanwhile):
        setting.keep_question(congress.id, second, version="other", **by)
    assert setting.keep_question(congress.id, QUESTIONS[0], version="", **by)
    assert queries.survey_of(congress.id).questions[0].key == second.key
    set_to(congress.id, has_begun=True)
    with pytest.raises(survey.SurveyHasBegun):
        setting.remove_question(congress.id, second.key, **by)
    now = queries.survey_of(congress.id)
    later = Survey(is_on=True, days_open=20, days_after=3, asks_all=True)
    assert setting.save(congress.id, later, seen=now, **by) == ("days_open",)
    set_to(congress.id, counted_at=CLOSES)
    with pytest.raises(survey.SurveyIsOver):
        setting.save(congress.id, later, seen=queries.survey_of(congress.id), **by)


def test_who_was_asked_is_forgotten_a_month_after_and_the_sums_stay():
    house = Asking(5)
    work(ENDS)
    for number, each in enumerate(house.people):
        house.says(each, number, now=ENDS)
    work(CLOSES)
    assert asking.forget_old(now=CLOSES + 29 * DAY) == 0
    assert asking.forget_old(now=CLOSES + 31 * DAY) == 5
    assert sums(house)[None].ballots == 5


@pytest.mark.sqlite_only
def test_what_was_called_off_is_not_asked_about():
    house = Asking(1)
    set_off(house, is_off=True)
    work(ENDS)
    assert set(sums(house)) == {None}
    set_off(house, is_off=False)
    house.says(house.people[0], 1, now=ENDS)
    assert set(sums(house)) == {None, house.workshop}


def set_off(house: Asking, *, is_off: bool) -> None:
    item = db.session.get_one(ProgrammeItem, house.workshop)
    item.released = (item.released or {}) | {"cancelled": is_off}
    db.session.get_one(Congress, house.id).content_revision += 1
    db.session.commit()
