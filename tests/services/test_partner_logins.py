"""Codes by mail and the logins they begin: on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from congress.domain import tokens
from congress.domain.access import COMMAND
from congress.domain.one_time_codes import (
    LOGIN_LENGTH,
    MOST_CODES,
    MOST_WRONG,
    TooManyCodes,
)
from congress.domain.planning.contributors import NotAskedAnyMore
from congress.extensions import db
from congress.models import AuditLine, Contributor, ContributorLogin, OutboxMessage
from congress.queries.planning import partners
from congress.services import contributor_codes, partner_logins
from congress.services.planning import inviting, releasing
from tests import builders
from tests.builders import OPEN

pytestmark = pytest.mark.usefixtures("database")

ANNA = "anna@example.org"


def test_a_code_opens_the_lists_once_and_its_login_ends():
    congress = builders.a_congress()
    workshop = builders.a_workshop(congress)
    part = builders.a_contribution(workshop, state="confirmed")
    here, person, item = congress.id, part.person.id, workshop.id
    inviting.set_address(here, person, ANNA, "de", actor=COMMAND, now=OPEN)
    releasing.release(here, actor=COMMAND, now=OPEN)
    anna = db.session.scalars(select(Contributor.id)).one()
    first = builders.a_registration(
        congress, given_name="Ida", family_name="Adler", organisation="Stadt Rheine"
    )
    builders.a_booking(first, workshop, question="Wie?")
    builders.a_booking(builders.a_registration(congress), workshop, state="waiting")
    builders.a_registration(congress, family_name="Fremd")

    login = partner_logins.ask(anna, now=OPEN)
    mail = db.session.scalars(select(OutboxMessage)).one()
    code = contributor_codes.code_for(mail.facts, mail.recipient) or ""
    assert code not in str(mail.facts)
    assert contributor_codes.code_for(mail.facts, "bernd@example.org") is None
    assert partner_logins.enter(login, anna + 1, code, now=OPEN) is None
    assert partner_logins.enter(login, anna, "", now=OPEN) is None
    secret = partner_logins.enter(login, anna, code, now=OPEN) or ""
    digest = tokens.digest(secret)
    assert secret
    assert partner_logins.enter(login, anna, code, now=OPEN) is None  # used
    assert contributor_codes.code_for(mail.facts, mail.recipient) is None
    line = db.session.scalars(
        select(AuditLine).where(AuditLine.verb == "participants_opened")
    ).one()
    assert line.item_id == item

    assert partners.find_login(digest, anna, now=OPEN)
    assert not partners.find_login(digest, anna + 1, now=OPEN)
    assert not partners.find_login(digest, anna, now=OPEN + LOGIN_LENGTH)
    seen = partners.participants(item)
    assert seen.people == (partners.Participant("Ida Adler", "Stadt Rheine", "Wie?"),)
    assert seen.waiting == 1
    partner_logins.end(secret)
    assert not partners.find_login(digest, anna, now=OPEN)


def test_guessing_is_slow_and_another_address_ends_everything():
    congress = builders.a_congress()
    part = builders.a_contribution(builders.a_workshop(congress), state="confirmed")
    here, person = congress.id, part.person.id
    inviting.set_address(here, person, ANNA, "de", actor=COMMAND, now=OPEN)
    anna = db.session.scalars(select(Contributor.id)).one()
    login = partner_logins.ask(anna, now=OPEN)
    stated = db.session.scalars(select(OutboxMessage.facts)).one()
    code = contributor_codes.code_for(stated, ANNA) or ""
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(MOST_WRONG):
        assert partner_logins.enter(login, anna, wrong, now=OPEN) is None
    assert partner_logins.enter(login, anna, code, now=OPEN) is None

    for _ in range(MOST_CODES - 1):
        partner_logins.ask(anna, now=OPEN)
    with pytest.raises(TooManyCodes):
        partner_logins.ask(anna, now=OPEN)
    assert partner_logins.ask(anna, now=OPEN + timedelta(hours=1))
    inviting.set_address(here, person, "neu@example.org", "de", actor=COMMAND, now=OPEN)
    assert db.session.scalars(select(func.count()).select_from(ContributorLogin)).one() == 0
    with pytest.raises(NotAskedAnyMore):  # gone meanwhile
        partner_logins.ask(anna + 1, now=OPEN)
