"""Whom a meeting of members invites, and why somebody is left out."""

from dataclasses import replace
from datetime import date

import pytest

from congress.domain.invitations import Answer
from congress.domain.network.delegates import Candidate, Invited, LeftOut, select_for
from congress.domain.network.terms import ContactRole, Term

DAY = date(2015, 10, 21)
ANNA = Candidate(
    id=1,
    organisation="Stadt Rheine",
    role=ContactRole.CONTACT,
    given_name="Anna",
    family_name="Albers",
    email="anna@example.org",
    language="de",
    term=Term(date(2014, 1, 1)),
    belongs=True,
)
NOTHING = Invited({}, {})


def of(answer):
    return Invited({ANNA.id: answer}, {})


@pytest.mark.parametrize(
    ("who", "invited", "why"),
    [
        (ANNA, NOTHING, None),
        (replace(ANNA, term=Term(date(2014, 1, 1), DAY)), NOTHING, None),
        (replace(ANNA, term=Term(date(2014, 1, 1), date(2015, 10, 20))), NOTHING, "term_ended"),
        (replace(ANNA, term=Term(date(2015, 10, 22))), NOTHING, "term_not_begun"),
        (replace(ANNA, belongs=False), NOTHING, "no_member"),
        (replace(ANNA, email=""), NOTHING, "no_address"),
        (replace(ANNA, email="Gone@example.org"), NOTHING, "mailbox_dead"),
        (ANNA, of(Answer.OPEN), "invited"),
        (ANNA, of(Answer.ACCEPTED), "invited"),
        (ANNA, of(Answer.DECLINED), "declined"),
        (ANNA, Invited({}, {ANNA.key: Answer.OPEN}), "invited"),
        # The term is said first: it is what the office mends.
        (
            replace(ANNA, term=Term(date(2013, 1, 1), date(2014, 1, 1))),
            of(Answer.OPEN),
            "term_ended",
        ),
    ],
)
def test_who_gets_an_invitation(who, invited, why):
    found = select_for(DAY, [who], invited, {"gone@example.org"})
    assert [each.id for each in found.wanted] == ([] if why else [1])
    assert list(found.left_out) == ([(who, LeftOut(why))] if why else [])


def test_one_person_with_several_terms_gets_one_invitation():
    again = replace(ANNA, id=2, role=ContactRole.DEPUTY)
    elsewhere = replace(ANNA, id=3, organisation="Kreis Steinfurt")
    found = select_for(DAY, [ANNA, again, elsewhere], NOTHING, ())
    assert found.wanted == (ANNA,)
    assert found.left_out == ((again, LeftOut.INVITED), (elsewhere, LeftOut.INVITED))


def test_another_choice_of_people_has_another_mark():
    one = select_for(DAY, [ANNA], NOTHING, ())
    assert one.mark != select_for(DAY, [replace(ANNA, email="a@example.org")], NOTHING, ()).mark
    assert one.mark == select_for(DAY, [ANNA], NOTHING, ()).mark
