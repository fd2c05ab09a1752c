"""Links to the files of a view that come in a rhythm: when, to whom, and until when."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from congress.domain.access import COMMAND, Actor, ActorKind, Role
from congress.domain.attendee_views import View, ViewEditedMeanwhile
from congress.domain.list_mails import ListMailsOver, Rhythm
from congress.extensions import db
from congress.models import AttendeeView, AuditLine, CongressRole, ListMail, OutboxMessage, User
from congress.queries import list_mails as queries
from congress.services import keeping_views, list_mails
from congress.services.logins import accounts
from congress.transaction import transaction
from tests.builders import ENDS, OPEN, a_congress

BERLIN = ZoneInfo("Europe/Berlin")
MONDAYS, DAILY = Rhythm(0, 7), Rhythm(None, 7)


@pytest.mark.parametrize(
    ("rhythm", "now", "next_at"),
    [
        # 30 September 2015 is a Wednesday.
        (MONDAYS, "2015-09-30 12:00", "2015-10-05 07:00"),
        (MONDAYS, "2015-10-05 06:59", "2015-10-05 07:00"),
        (MONDAYS, "2015-10-05 07:00", "2015-10-12 07:00"),
        (DAILY, "2015-09-30 06:59", "2015-09-30 07:00"),
        (DAILY, "2015-09-30 07:00", "2015-10-01 07:00"),
        # An hour past midnight, when it is still the day before in Greenwich.
        (Rhythm(None, 0), "2015-10-01 00:59", "2015-10-02 00:00"),
        (Rhythm(2, 1), "2015-09-30 00:30", "2015-09-30 01:00"),
        (Rhythm(2, 1), "2015-09-30 01:30", "2015-10-07 01:00"),
        (Rhythm(6, 7), "2015-10-24 12:00", "2015-10-25 07:00"),  # the clocks are put back
        (Rhythm(6, 2), "2015-03-28 12:00", "2015-03-29 03:00"),  # there is no two o'clock
    ],
)
def test_a_rhythm_goes_by_the_clock_on_the_wall(rhythm, now, next_at):
    found = rhythm.next_at(BERLIN, now=local(now))

    assert found == local(next_at)


def local(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.fixture
def congress(database):
    return a_congress()


@pytest.fixture
def organiser(congress):
    number = accounts.invite(
        *("o@example.org",), actor=COMMAND, now=OPEN, roles={congress.id: Role.ORGANISER}
    )
    return Actor(ActorKind.ORGANISER, number)


def a_view(congress, actor, name="Bus", *, is_shared=False):
    view = View(name, "?q=geheim", is_shared)
    keeping_views.save_view(congress.id, view, replaces="", actor=actor, now=OPEN)
    return db.session.scalars(select(AttendeeView.id).order_by(AttendeeView.id.desc())).first()


def written():
    db.session.rollback()
    found = select(OutboxMessage).where(OutboxMessage.kind == "list_link")
    return list(db.session.scalars(found.order_by(OutboxMessage.id)))


def verbs():
    found = db.session.scalars(select(AuditLine).order_by(AuditLine.id))
    return [(line.verb, line.details.get("view")) for line in found if "list_mail" in line.verb]


def test_a_link_comes_in_its_rhythm_and_says_nothing_of_who_is_in_the_list(congress, organiser):
    view = a_view(congress, organiser)
    list_mails.mail_link(congress.id, view, DAILY, actor=organiser, now=OPEN)
    list_mails.mail_link(congress.id, view, MONDAYS, actor=organiser, now=OPEN)
    [mail] = queries.of_account(congress.id, organiser.user_id).values()

    assert not list_mails.next_step(now=mail.next_at - timedelta(seconds=1))
    assert list_mails.next_step(now=mail.next_at)
    assert not list_mails.next_step(now=mail.next_at)
    # The worker stood still for a while: what was missed comes once.
    late = mail.next_at + timedelta(days=15)
    assert list_mails.next_step(now=late)
    assert not list_mails.next_step(now=late)

    [first, second] = written()
    assert (first.recipient, first.facts["rhythm"]) == ("o@example.org", "jeden Montag um 7.00 Uhr")
    assert "geheim" not in str(first.facts) + str(second.facts)
    assert verbs() == [("list_mail_set", None)] * 2  # the name of an own view is nobody's business


def test_it_ends_when_told_and_with_the_view(congress, organiser):
    own, shared = a_view(congress, organiser), a_view(congress, organiser, is_shared=True)
    for view in (own, shared):
        list_mails.mail_link(congress.id, view, DAILY, actor=organiser, now=OPEN)
    list_mails.end_link(congress.id, shared, actor=organiser, now=OPEN)
    list_mails.end_link(congress.id, shared, actor=organiser, now=OPEN)  # pressed twice
    assert list(queries.of_account(congress.id, organiser.user_id)) == [own]
    assert verbs()[-2:] == [("list_mail_set", "Bus"), ("list_mail_ended", "Bus")]

    view = db.session.get_one(AttendeeView, own)
    version = View(view.name, view.query, is_shared=False).version
    keeping_views.delete_view(congress.id, own, version=version, actor=organiser, now=OPEN)

    assert db.session.scalars(select(ListMail)).all() == []
    with pytest.raises(ViewEditedMeanwhile):
        list_mails.mail_link(congress.id, own, DAILY, actor=organiser, now=OPEN)


def test_whoever_may_take_no_files_along_any_more_gets_no_link(congress, organiser):
    view = a_view(congress, organiser)
    list_mails.mail_link(congress.id, view, DAILY, actor=organiser, now=OPEN)
    with transaction():
        db.session.execute(update(CongressRole).values(role=Role.READER))

    assert list_mails.next_step(now=OPEN + timedelta(days=1))

    assert written() == []
    assert queries.of_account(congress.id, organiser.user_id) == {}
    assert verbs()[-1] == ("list_mail_ended", None)


def test_whose_login_has_ended_gets_no_link(congress, organiser):
    view = a_view(congress, organiser)
    list_mails.mail_link(congress.id, view, DAILY, actor=organiser, now=OPEN)
    with transaction():
        db.session.execute(update(User).values(active=False))

    assert list_mails.next_step(now=OPEN + timedelta(days=1))

    assert written() == []
    assert queries.of_account(congress.id, organiser.user_id) == {}


def test_each_gets_the_link_of_a_shared_view_and_ends_their_own_alone(congress, organiser):
    view = a_view(congress, organiser, is_shared=True)
    number = accounts.invite(
        "b@example.org", actor=COMMAND, now=OPEN, roles={congress.id: Role.ORGANISER}
    )
    other = Actor(ActorKind.ORGANISER, number)
    for actor, rhythm in ((organiser, DAILY), (other, MONDAYS), (organiser, DAILY)):
        list_mails.mail_link(congress.id, view, rhythm, actor=actor, now=OPEN)
    assert queries.of_account(congress.id, number)[view].rhythm == MONDAYS
    list_mails.end_link(congress.id, view, actor=other, now=OPEN)

    assert list_mails.next_step(now=OPEN + timedelta(days=1))
    assert not list_mails.next_step(now=OPEN + timedelta(days=1))
    assert [mail.recipient for mail in written()] == ["o@example.org"]


def test_no_link_comes_once_the_congress_is_over(congress, organiser):
    view = a_view(congress, organiser)
    list_mails.mail_link(congress.id, view, DAILY, actor=organiser, now=ENDS - timedelta(hours=1))

    assert list_mails.next_step(now=ENDS + timedelta(days=1))

    assert written() == []
    assert db.session.scalars(select(ListMail)).all() == []
    with pytest.raises(ListMailsOver):
        list_mails.mail_link(congress.id, view, DAILY, actor=organiser, now=ENDS)


def test_a_link_of_somebody_elses_view_is_none(congress, organiser):
    view = a_view(congress, organiser)
    number = accounts.invite("b@example.org", actor=COMMAND, now=OPEN)
    other = Actor(ActorKind.ORGANISER, number)

    with pytest.raises(ViewEditedMeanwhile):
        list_mails.mail_link(congress.id, view, DAILY, actor=other, now=OPEN)
