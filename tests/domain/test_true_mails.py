"""What each kind of mail relies on, and why it is no longer true."""

import pytest

from congress.domain.congresses import CongressState
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.truth import (
    PASSING,
    RELIES,
    Outdated,
    Today,
    restated,
    why_outdated,
)
from congress.domain.registration import Phase, RegistrationState
from tests.mail_facts import facts_of

ON, OFF = CongressState.PUBLISHED, CongressState.CANCELLED
IN, WAITS, LEFT, ASKS, _OFFERED = RegistrationState
# True whenever they go out: words of one's own, links and accounts, codes and questions.
ALWAYS = {
    MessageKind.ADDRESS_LEFT,
    MessageKind.MERGED_AWAY,
    MessageKind.SUBSCRIBED,
    MessageKind.INVITED_AGAIN,
    MessageKind.CONFIRM_ADDRESS,
    MessageKind.GROUP_REGISTERED,
    MessageKind.LINK,
    MessageKind.LIST_LINK,
    MessageKind.FOLLOW_UPS_DUE,
    MessageKind.MESSAGE,
    MessageKind.NEWSLETTER_ASKED,
    MessageKind.NETWORK_NEWSLETTER_ASKED,
    MessageKind.OPENING_ASKED,
    MessageKind.OPENING_NOTED,
    MessageKind.ORGANISER_INVITED,
    MessageKind.ROLE_GIVEN,
    MessageKind.UNDERFILLED,
    MessageKind.CONTRIBUTOR_CODE,
    MessageKind.PROPOSAL_RECEIVED,
    MessageKind.PROPOSAL_ANSWERED,
    MessageKind.PROPOSAL_DEADLINE,
    MessageKind.INVITATION_WITHDRAWN,
    MessageKind.APPLICATION_RECEIVED,
    MessageKind.APPLICATION_DECLINED,
    MessageKind.COURSE_RECEIVED,
    MessageKind.COURSE_NAMED,
    MessageKind.COURSE_OBJECTED,
    MessageKind.COURSE_ANSWERED,
    MessageKind.CONTACT_ENDED,
    MessageKind.CONTACT_TAKEN_BACK,
    MessageKind.PASSWORD_RESET,
    MessageKind.LOGIN_CHANGED,
}


def test_it_is_decided_of_every_kind():
    assert set(RELIES) | ALWAYS == set(MessageKind)
    assert not set(RELIES) & ALWAYS
    assert set(RELIES) >= PASSING


@pytest.mark.parametrize(
    ("kind", "today", "why"),
    [
        (MessageKind.CONFIRMED, Today(ON, reader=IN), None),
        (MessageKind.CONFIRMED, Today(OFF, reader=IN), Outdated.CALLED_OFF),
        (MessageKind.CONFIRMED, Today(ON, reader=LEFT), Outdated.HAS_LEFT),
        (MessageKind.CONFIRMED, Today(ON, reader=WAITS), Outdated.OTHERWISE),
        (MessageKind.CONFIRMED, Today(ON, is_over=True, reader=IN), Outdated.OVER),
        (MessageKind.WAITING, Today(ON, reader=IN), Outdated.OTHERWISE),
        (MessageKind.CONFIRMED, Today(ON, reader=ASKS), Outdated.OTHERWISE),
        (MessageKind.WAITING, Today(ON, reader=ASKS), Outdated.OTHERWISE),
        (MessageKind.REQUESTED, Today(ON, reader=ASKS), None),
        (MessageKind.REQUESTED, Today(ON, reader=IN), Outdated.OTHERWISE),
        (MessageKind.REQUESTED, Today(ON, reader=WAITS), Outdated.OTHERWISE),
        (MessageKind.REGISTRATION_DECLINED, Today(ON, reader=LEFT), None),
        (MessageKind.REGISTRATION_DECLINED, Today(ON, reader=ASKS), Outdated.IS_REGISTERED),
        (MessageKind.WITHDRAWN, Today(ON, reader=ASKS), Outdated.IS_REGISTERED),
        (MessageKind.WITHDRAWN, Today(ON, reader=LEFT), None),
        (MessageKind.WITHDRAWN, Today(ON, reader=IN), Outdated.IS_REGISTERED),
        (MessageKind.WITHDRAWN, Today(ON, reader=LEFT, has_come_back=True), Outdated.IS_REGISTERED),
        (MessageKind.CONGRESS_CANCELLED, Today(OFF), None),
        (MessageKind.CONGRESS_CANCELLED, Today(ON), Outdated.TAKES_PLACE),
        (MessageKind.INFO_MAIL, Today(CongressState.FINISHED, is_over=True, reader=IN), None),
        (MessageKind.INFO_MAIL, Today(ON, reader=LEFT), Outdated.HAS_LEFT),
        (MessageKind.INFO_MAIL, Today(ON, reader=IN, is_meant=False), Outdated.NOT_MEANT),
        (MessageKind.NEWSLETTER, Today(OFF), Outdated.CALLED_OFF),
        (MessageKind.REGISTRATION_OPENED, Today(ON), None),
        (MessageKind.REGISTRATION_OPENED, Today(OFF), Outdated.CALLED_OFF),
        (MessageKind.REGISTRATION_OPENED, Today(ON, phase=Phase.NOT_YET), Outdated.NOT_YET),
        (MessageKind.REGISTRATION_OPENED, Today(ON, phase=Phase.CLOSED), Outdated.OVER),
        (MessageKind.REGISTRATION_OPENED, Today(ON, is_over=True), Outdated.OVER),
        (MessageKind.REMINDER, Today(ON, reader=IN, moment=Outdated.NOT_YET), Outdated.NOT_YET),
        (MessageKind.CALENDAR_CANCEL, Today(ON, has_newer_entry=True), Outdated.NEWER_ENTRY),
        (MessageKind.CONFIRM_REGISTRATION, Today(ON, reader=IN, is_asked=True), None),
        (MessageKind.CONFIRM_REGISTRATION, Today(ON, reader=IN), Outdated.NOT_MEANT),
        (MessageKind.LINK, Today(OFF, is_over=True, reader=LEFT), None),
    ],
)
def test_a_mail_is_true_or_says_why_not(kind, today, why):
    assert why_outdated(kind, facts_of(kind), today) is why


@pytest.mark.parametrize("name", ["days", "venue", "town"])
def test_another_day_or_place_than_stated_is_otherwise(name):
    stated = facts_of(MessageKind.CHANGED)
    now = stated | {"congress": stated["congress"] | {name: "other"}}
    assert why_outdated("changed", stated, Today(ON, letter=stated)) is None
    assert why_outdated("changed", stated, Today(ON, letter=now)) is Outdated.OTHERWISE


def test_a_link_that_is_new_or_gone_is_otherwise_and_a_reminder_names_that_of_now():
    stated = {**facts_of(MessageKind.CHANGED), "online_link": "https://example.org/a"}
    now = {name: value for name, value in stated.items() if name != "online_link"}
    assert why_outdated("changed", stated, Today(ON, letter=now)) is Outdated.OTHERWISE
    assert why_outdated("changed", now, Today(ON, letter=stated)) is Outdated.OTHERWISE
    assert "online_link" not in restated(stated, now)


def test_a_link_of_a_workshop_that_is_new_or_gone_is_otherwise():
    letter = facts_of(MessageKind.CHANGED)
    first, *others = letter["confirmed"]
    online = {**letter, "confirmed": [{**first, "online_link": "https://a.example"}, *others]}
    for stated, now in ((letter, online), (online, letter)):
        assert why_outdated("changed", stated, Today(ON, letter=now)) is Outdated.OTHERWISE


@pytest.mark.parametrize(("name", "value"), [("room", "other"), ("starts_at", "2015"), ("id", 99)])
def test_another_workshop_than_stated_is_otherwise(name, value):
    stated = facts_of(MessageKind.CHANGED)
    workshop = {"id": 1, "starts_at": "2016", "ends_at": "2016", "title": "A", "room": "R"}
    stated = {**stated, "confirmed": [workshop], "waiting": []}
    now = {**stated, "confirmed": [workshop | {name: value}]}
    assert why_outdated("changed", stated, Today(ON, letter=stated)) is None
    assert why_outdated("changed", stated, Today(ON, letter=now)) is Outdated.OTHERWISE
    gone = {**stated, "confirmed": []}
    assert why_outdated("changed", stated, Today(ON, letter=gone)) is Outdated.OTHERWISE
