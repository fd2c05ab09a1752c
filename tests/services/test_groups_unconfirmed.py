"""Groups where addresses are confirmed: who is shown to the contact, and what brings links."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.groups import GroupTooLarge, RefusedForOne
from congress.domain.own_questions import Option, OwnQuestion, QuestionKind, as_json
from congress.models import OutboxMessage, Registration, RegistrationGroup
from congress.queries import groups as queries
from congress.services import confirming, contacts, group_links, groups, registering
from tests.builders import OPEN, a_congress, a_request
from tests.services.test_groups import (
    CONTACT,
    EACH,
    RULES,
    kinds,
    number_of,
    people,
    register,
)


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


def refusal(act) -> str:
    """Return what stands in the way, as the page would say it."""
    try:
        act()
    except (GroupTooLarge, RefusedForOne) as refused:
        return repr(refused.reason if isinstance(refused, RefusedForOne) else refused)
    return "registered"


LUNCH = OwnQuestion(
    key="lunch",
    kind=QuestionKind.ONE,
    label={"de": "Mittagessen"},
    options=(Option("soup", {"de": "Suppe"}, most=4),),
)
SOUP: dict[str, Any] = {"own_answers": {"lunch": ("soup",)}}
TOGETHER = replace(EACH, together=True)
# Two have a place already. What else holds, who is named and how, and what is refused of that.
REFUSED = [
    ({"capacity": 4, "waiting_list": False}, EACH, (1, 2, 3), {}, "CongressFull"),
    ({"capacity": 3}, TOGETHER, (1, 2, 3, 5), {}, "GroupDoesNotFit"),
    ({"capacity": 4, "waiting_list": False}, TOGETHER, (1, 2, 3), {}, "GroupDoesNotFit"),
    ({"questions": as_json([LUNCH])}, EACH, (1, 2, 3), SOUP, "OptionUsedUp"),
]


@pytest.mark.parametrize(("values", "sent", "named", "said", "expected"), REFUSED)
@pytest.mark.parametrize("known", [4, 1, 2])
def test_what_is_refused_says_of_nobody_whether_they_are_registered(
    session, values, sent, named, said, expected, known
):
    """Known is one of those named, or somebody nobody asks about: it is all the same."""
    congress = a_congress(confirm_hours=24, rules=RULES, **values)
    for each in (9, known):
        registering.register(congress.id, a_request(each, **said), now=OPEN)

    assert expected in refusal(lambda: register(congress, *named, sent=sent, **said))
    session.rollback()
    assert len(session.scalars(select(Registration)).all()) == 2


@pytest.mark.parametrize("is_known", [True, False])
def test_how_many_can_be_added_says_of_nobody_whether_they_are_registered(session, is_known):
    congress = a_congress(confirm_hours=24, rules=RULES | {"group_most": 4})
    if is_known:
        for each in (2, 3):
            registering.register(congress.id, a_request(each), now=OPEN)
    register(congress, 1, 2)
    [number] = session.scalars(select(RegistrationGroup.id))
    token = str(group_links.token_of(number))

    def left():
        session.expire_all()
        return queries.get_opened(token).left(4, queries.shown(number))

    assert left() == 2
    for _twice in range(2):
        groups.add(token, people(3), "more", now=OPEN)
    assert left() == 1
    assert "GroupTooLarge" in refusal(lambda: groups.add(token, people(4, 5), "many", now=OPEN))
    while confirming.next_step(now=OPEN + timedelta(hours=25)):
        pass
    assert queries.shown(number) == []  # whoever let the time pass is no more seen than the others
    assert left() == 1


def test_who_is_seen_to_leave_makes_room(session):
    congress = a_congress(rules=RULES | {"group_most": 2})
    token = register(congress, 1, 2)
    assert "GroupTooLarge" in refusal(lambda: groups.add(token, people(3), "more", now=OPEN))
    session.rollback()
    contacts.withdraw(token, number_of(session, 1), now=OPEN)
    contacts.leave_group(number_of(session, 2), now=OPEN)
    groups.add(token, people(3, 4), "more", now=OPEN)
    assert "GroupTooLarge" in refusal(lambda: groups.add(token, people(5), "again", now=OPEN))
