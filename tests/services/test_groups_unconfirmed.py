"""Groups where addresses are confirmed: who is shown to the contact, and what brings links."""

import pytest
from sqlalchemy import select

from congress.models import OutboxMessage, RegistrationGroup
from congress.queries import groups as queries
from congress.services import registering
from tests.builders import OPEN, a_congress, a_request
from tests.services.test_groups import CONTACT, RULES, kinds, register


def test_where_addresses_are_confirmed_only_mails_bring_links(session):
    congress = a_congress(confirm_hours=24, rules=RULES)
    assert register(congress, 1, 2) is None
    for each in (1, 2):
        assert kinds(session, f"erika.muster-{each}@example.org") == ["confirm_registration"]
    assert kinds(session, CONTACT.email) == ["group_registered"]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_contact_does_not_learn_who_is_registered_already(session, is_known):
    """SEC-24: whoever is known is as somebody who has not confirmed yet."""
    congress = a_congress(confirm_hours=24, rules=RULES)
    if is_known:
        registering.register(congress.id, a_request(2), now=OPEN)

    register(congress, 1, 2)

    letter = select(OutboxMessage.facts).where(OutboxMessage.kind == "group_registered")
    assert session.scalars(letter).one()["names"] == ["Erika Muster-1", "Erika Muster-2"]
    assert queries.shown(session.scalars(select(RegistrationGroup.id)).one()) == []
