"""Terms that end, and that follow each other."""

from datetime import date

import pytest

from congress.domain.network.contacts import (
    ContactDetails,
    TooEarly,
    changes,
    ended_on,
    handed_over,
    version_of,
)
from congress.domain.network.terms import ContactRole, Term

FIRST, MIDDLE, LAST = date(2015, 1, 1), date(2015, 6, 1), date(2015, 12, 31)
ANNA = ContactDetails(ContactRole.CONTACT, "Anna", "Albers", "Anna@Example.org")


@pytest.mark.parametrize(
    ("term", "day", "ends"),
    [
        (Term(FIRST), MIDDLE, MIDDLE),
        (Term(FIRST, LAST), MIDDLE, MIDDLE),
        (Term(FIRST, MIDDLE), LAST, MIDDLE),  # no end makes a term longer
        (Term(FIRST), FIRST, FIRST),
    ],
)
def test_a_term_ends_on_a_day_and_never_later_than_before(term, day, ends):
    assert ended_on(term, day) == Term(FIRST, ends)


def test_whoever_follows_begins_the_day_after_the_last_one():
    assert handed_over(Term(FIRST), date(2015, 6, 2)) == Term(FIRST, MIDDLE)
    with pytest.raises(TooEarly) as refused:
        handed_over(Term(MIDDLE), MIDDLE)
    assert refused.value.earliest == date(2015, 6, 2)
    with pytest.raises(TooEarly):
        ended_on(Term(MIDDLE), FIRST)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Term(FIRST, MIDDLE), Term(MIDDLE), True),
        (Term(FIRST, MIDDLE), Term(date(2015, 6, 2)), False),
        (Term(FIRST), Term(LAST), True),
        (Term(LAST), Term(FIRST, MIDDLE), False),
    ],
)
def test_terms_meet_on_any_day_of_both(one, other, meet):
    assert one.meets(other) is meet
    assert other.meets(one) is meet


def test_what_is_said_differently_makes_another_version():
    other = ContactDetails(ContactRole.DEPUTY, "Anna", "Albers", "Anna@Example.org")
    assert changes(ANNA, other) == ["role"]
    assert version_of(ANNA, Term(FIRST)) == version_of(ANNA, Term(FIRST))
    assert version_of(ANNA, Term(FIRST)) != version_of(ANNA, Term(FIRST, LAST))
    assert version_of(ANNA, Term(FIRST)) != version_of(other, Term(FIRST))
    assert ANNA.keys["email_key"] == "anna@example.org"
