"""What contact persons do for people of their organisation: on both databases."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.network.contacts import NotOfYours, TermNotInForce
from congress.domain.registration_request import Details
from congress.extensions import db
from congress.models import AuditLine, Congress, HandOver, OutboxMessage, Registration
from congress.queries import congresses
from congress.queries.network import own_people
from congress.services.network import acting
from tests import builders
from tests.builders import OPEN
from tests.network import a_contact, a_domain, an_alias, an_organisation

pytestmark = pytest.mark.usefixtures("database")

TODAY = date(2027, 1, 10)
COLLEAGUE = Details.of(
    {"given_name": "Max", "family_name": "Neu", "email": "max@rheine.example", "organisation": ""}
)


def a_colleague(congress: Congress, name: str, **values: Any) -> int:
    key = {"organisation_key": values["organisation"].lower()} if "organisation" in values else {}
    return builders.a_registration(congress, family_name=name, **key | values).id


def test_of_an_organisation_is_who_chose_or_typed_it_or_has_its_address():
    rheine, essen = an_organisation(), an_organisation("Stadt Essen")
    an_alias(rheine, "Rathaus Rheine")
    a_domain(rheine, "rheine.example")
    congress = builders.a_congress()
    mine = [
        a_colleague(congress, "Gewählt", organisation_id=rheine.id),
        a_colleague(congress, "Getippt", organisation="STADT RHEINE"),
        a_colleague(congress, "Anders", organisation="Rathaus Rheine"),
        a_colleague(congress, "Adresse", email="a@rheine.example"),
        a_colleague(congress, "Darunter", email="a@kultur.rheine.example"),
        a_colleague(congress, "Weg", organisation="Stadt Rheine", state="cancelled"),
    ]
    a_colleague(congress, "Fremd", organisation_id=essen.id, organisation="Stadt Essen")
    a_colleague(congress, "Ähnlich", email="a@nichtrheine.example")
    a_colleague(congress, "Unbestätigt", organisation="Stadt Rheine", unconfirmed_until=OPEN)

    assert [each.id for each in own_people.people(rheine.id, congress.id)] == mine
    [event] = own_people.events(rheine.id, now=OPEN)
    assert (event.slug, event.placed, event.others) == (congress.slug, 6, 0)
    assert own_people.find(essen.id, congress.id, mine[0]) is None
    late = congresses.get_congress(congress.id).ends_at + own_people.SHOWN_AFTER
    assert own_people.events(rheine.id, now=late) == []


def test_who_cancels_for_somebody_stands_in_their_letter_and_in_the_log():
    rheine, congress = an_organisation(), builders.a_congress()
    anna = a_contact(rheine).id
    person = a_colleague(congress, "Beispiel", organisation="Stadt Rheine")
    acting.withdraw(anna, person, today=TODAY, now=OPEN)
    acting.withdraw(anna, person, today=TODAY, now=OPEN)  # again changes nothing

    assert db.session.get_one(Registration, person).state == "cancelled"
    [mail] = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "withdrawn"))
    assert mail.facts["by_municipality"] == {"name": "Anna Albers", "organisation": "Stadt Rheine"}
    line = db.session.scalars(select(AuditLine).where(AuditLine.verb == "withdrawn")).one()
    assert (line.actor, line.details["contact"]) == ("contact", anna)


def test_a_swap_asks_the_colleague_and_tells_the_person():
    rheine, congress = an_organisation(), builders.a_congress()
    anna = a_contact(rheine).id
    person = a_colleague(congress, "Beispiel", organisation="Stadt Rheine")
    for _time in range(2):
        acting.name_colleague(anna, person, COLLEAGUE, today=TODAY, now=OPEN)

    assert db.session.scalars(select(HandOver.registration_id)).all() == [person]
    mails = db.session.execute(
        select(OutboxMessage.kind, OutboxMessage.recipient).order_by(OutboxMessage.id)
    )
    kinds = [(row.kind, row.recipient) for row in mails]
    assert kinds[0] == ("hand_over_asked", "max@rheine.example")
    assert [kind for kind, _to in kinds] == ["hand_over_asked", "colleague_named"]
    assert db.session.get_one(Registration, person).state == "confirmed"


@pytest.mark.parametrize("act", ["withdraw", "name_colleague"])
def test_nothing_is_done_for_others_nor_after_the_term(act):
    rheine, essen, congress = an_organisation(), an_organisation("Essen"), builders.a_congress()
    mine = a_contact(rheine, ends_on=TODAY).id
    theirs = a_contact(essen, "Eva").id
    person = a_colleague(congress, "Beispiel", organisation="Stadt Rheine")
    more = () if act == "withdraw" else (COLLEAGUE,)
    late = TODAY + timedelta(days=1)
    with pytest.raises(NotOfYours):
        getattr(acting, act)(theirs, person, *more, today=TODAY, now=OPEN)
    with pytest.raises(TermNotInForce):
        getattr(acting, act)(mine, person, *more, today=late, now=OPEN)

    assert db.session.get_one(Registration, person).state == "confirmed"
    assert db.session.scalars(select(OutboxMessage)).all() == []
