"""Inviting colleagues, changing their roles, ending them: on both databases."""

from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import select

from congress import clock
from congress.domain.access import COMMAND, Actor, ActorKind, Role
from congress.domain.logins.team import AlreadyInTeam, LastOrganiser, MayEverythingAlready
from congress.domain.mails.messages import AccountFacts
from congress.extensions import db
from congress.models import AccountLink, AuditLine, OutboxMessage, User
from congress.queries import accounts as account_queries
from congress.queries import team as queries
from congress.queries.accounts import LinkState
from congress.services.logins import accounts, logging_in, team
from tests import builders
from tests.builders import OPEN
from tests.web.organisers import PASSWORD

pytestmark = pytest.mark.usefixtures("database")

LATER = OPEN + timedelta(hours=1)


@pytest.fixture
def house():
    """Anna organises; Bernd has an account that works on another congress."""
    ours, theirs = builders.a_congress(), builders.a_congress(slug="theirs")
    anna = an_account("anna@example.org", {ours.id: Role.ORGANISER})
    bernd = an_account("bernd@example.org", {theirs.id: Role.READER})
    logging_in.start(bernd, now=OPEN)
    return {"id": ours.id, "theirs": theirs.id, "anna": anna, "bernd": bernd}


def an_account(email, roles):
    return accounts.invite(email, actor=COMMAND, now=OPEN, roles=roles, password=PASSWORD)


def invite(house, email, *roles: Role, now=LATER):
    actor = Actor(ActorKind.ORGANISER, house["anna"])
    team.invite_colleague(house["id"], email, roles, actor=actor, now=now)
    return db.session.scalars(select(User.id).where(User.email == email)).one()


def change(house, account, *roles: Role):
    team.change_roles(house["id"], account, roles, actor=COMMAND, now=LATER)


def roles_of(house):
    return {each.email: set(each.roles) for each in queries.members(house["id"], now=clock.now())}


def mails_to(email):
    statement = select(OutboxMessage.kind).where(OutboxMessage.recipient == email)
    return db.session.scalars(statement.order_by(OutboxMessage.id)).all()


def test_a_new_address_gets_an_account_and_a_link(house):
    clara = invite(house, "clara@example.org", Role.PROGRAMME, Role.READER)

    assert roles_of(house)["clara@example.org"] == {Role.PROGRAMME, Role.READER}
    assert mails_to("clara@example.org") == ["organiser_invited"]
    facts = db.session.scalars(select(OutboxMessage.facts)).one()
    assert facts["title"] == "Engagement vor Ort"
    assert [each.partition(" (")[0] for each in facts["roles"]] == ["Programm", "Lesen"]
    team.invite_again(house["id"], clara, actor=COMMAND, now=LATER)
    assert mails_to("clara@example.org") == ["organiser_invited"] * 2


def test_an_account_gets_the_role_and_a_mail_and_keeps_the_rest(house):
    before = db.session.get_one(User, house["bernd"]).password
    invite(house, "bernd@example.org", Role.ATTENDEE_LIST)

    [mail] = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == "bernd@example.org")
    )
    assert (mail.kind, mail.facts["roles"]) == ("role_given", ["Anmeldeliste"])
    bernd = db.session.get_one(User, house["bernd"])
    assert bernd.password == before
    assert {(each.congress_id, each.role) for each in bernd.congress_roles} == {
        (house["theirs"], Role.READER),
        (house["id"], Role.ATTENDEE_LIST),
    }


def test_the_team_does_not_tell_who_had_an_account(house):
    """SEC-24: nor when they were last there; from their first login on it does."""
    known = invite(house, "bernd@example.org", Role.READER)
    new = invite(house, "clara@example.org", Role.READER)
    db.session.get_one(User, known).name = "Bernd Beispiel"
    db.session.commit()

    def told():
        of_both = [queries.find_member(house["id"], each, now=clock.now()) for each in (known, new)]
        return [(each.name, each.given_at, each.last_login) for each in of_both]

    assert told() == [("", LATER, None)] * 2
    again = LATER + timedelta(minutes=1)
    logging_in.start(known, now=again)
    assert told() == [("Bernd Beispiel", LATER, again), ("", LATER, None)]


def test_nobody_is_invited_twice(house):
    invite(house, "clara@example.org", Role.READER)
    with pytest.raises(AlreadyInTeam):
        invite(house, "clara@example.org", Role.ORGANISER)

    assert roles_of(house)["clara@example.org"] == {Role.READER}
    assert len(mails_to("clara@example.org")) == 1


def test_an_administrator_is_in_every_team_already(house):
    admin = accounts.invite(
        "admin@example.org", actor=COMMAND, now=OPEN, is_administrator=True, password=PASSWORD
    )
    with pytest.raises(MayEverythingAlready):
        invite(house, "admin@example.org", Role.READER)
    assert (
        queries.find_member(house["id"], admin, now=clock.now()),
        mails_to("admin@example.org"),
    ) == (None, [])

    db.session.get_one(User, admin).active = False  # nor does the page of the team show it then
    db.session.commit()
    invite(house, "admin@example.org", Role.READER)


def test_roles_are_changed_and_ended_and_logged(house):
    invite(house, "bernd@example.org", Role.READER)
    change(house, house["bernd"], Role.PROGRAMME, Role.READER)
    change(house, house["bernd"], Role.READER, Role.PROGRAMME)  # nothing new
    change(house, house["bernd"])

    assert roles_of(house) == {"anna@example.org": {Role.ORGANISER}}
    lines = db.session.execute(
        select(AuditLine.verb, AuditLine.details)
        .where(AuditLine.congress_id == house["id"])
        .order_by(AuditLine.id)
    ).all()
    bernd = {"account": house["bernd"]}
    assert [tuple(each) for each in lines] == [
        ("colleague_invited", bernd | {"roles_before": [], "roles": ["reader"]}),
        (
            "colleague_changed",
            bernd | {"roles_before": ["reader"], "roles": ["programme", "reader"]},
        ),
        ("colleague_removed", bernd | {"roles_before": ["programme", "reader"], "roles": []}),
    ]


def test_the_last_organiser_stays_until_another_can_log_in(house):
    clara = invite(house, "clara@example.org", Role.ORGANISER)
    for roles in ((), (Role.READER,)):
        with pytest.raises(LastOrganiser):
            change(house, house["anna"], *roles)
    change(house, clara)  # who was only invited may go

    invite(house, "bernd@example.org", Role.ORGANISER)
    change(house, house["anna"])
    assert roles_of(house) == {"bernd@example.org": {Role.ORGANISER}}


def test_an_invitation_that_was_taken_back_opens_nothing(house):
    clara = invite(house, "clara@example.org", Role.READER)
    [mail] = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == "clara@example.org")
    )
    token = str(accounts.link_for(cast("AccountFacts", mail.facts))).rpartition("/")[2]
    assert account_queries.find_link(token, now=LATER) is LinkState.OPEN

    change(house, clara)

    assert account_queries.find_link(token, now=LATER) is LinkState.OVER
    assert db.session.scalars(select(AccountLink.user_id)).all() == [clara]


def test_administrators_are_shown_with_what_they_may(house):
    accounts.invite(
        "admin@example.org", actor=COMMAND, now=OPEN, is_administrator=True, password=PASSWORD
    )
    assert roles_of(house)["admin@example.org"] == {Role.ADMINISTRATOR}
    admin = queries.members(house["id"], now=clock.now())[-1]
    assert admin.is_administrator
    assert queries.find_member(house["id"], admin.id, now=clock.now()) is None
    assert queries.find_member(house["id"], house["bernd"], now=clock.now()) is None
