"""Who may stand in the list twice: which pairs are shown to be looked at, and which are not."""

import pytest

from congress.domain.duplicates import Listed, Why, alike, candidates, people_in
from congress.domain.folding import fold_for_order
from congress.domain.people import fold_email, likeness


def listed(number, given, family, email="", organisation=""):
    name = likeness(given, family)
    return Listed(number, name, fold_for_order(organisation), fold_email(email))


EVA = ("Eva", "Müller", "eva.mueller@hamm.example", "Stadt Hamm")
CASES = {
    "two addresses, one town": (("Eva", "Müller", "eva@web.example", "Stadt Hamm"), "organisation"),
    "written otherwise": (("EVA", "Mueller", "eva@web.example", "stadt  hamm"), "organisation"),
    "names changed places": (("Müller", "Eva", "eva@web.example", "Stadt Hamm"), "organisation"),
    "with a title": (("Dr. Eva", "Müller", "eva@web.example", "Stadt Hamm"), "organisation"),
    "phoned, no address": (("Eva", "Müller"), "no_address"),
    "phoned, another town": (("Eva", "Müller", "", "Kreis Unna"), "no_address"),
    "another domain": (("Eva", "Müller", "Eva.Mueller@web.example"), "local_part"),
    "one mailbox, other letters": (("Eva", "Mueller", EVA[2]), "mailbox"),
    "one mailbox, a slip": (("Eva", "Müler", EVA[2]), "mailbox"),
    "one mailbox, letters turned": (("Eva", "Mülelr", EVA[2]), "mailbox"),
    "one mailbox, an initial": (("E.", "Müller", EVA[2]), "mailbox"),
    "one mailbox, one name": (("", "Müller", EVA[2]), "mailbox"),
    "one mailbox, a double name": (("Eva", "Müller-Meier", EVA[2]), "mailbox"),
    # Namesakes and colleagues are others.
    "another town and address": (("Eva", "Müller", "e@unna.example", "Kreis Unna"), None),
    "a name alone": (("Eva", "Müller", "e@unna.example"), None),
    "one mailbox, another person": (("Ali", "Müller", EVA[2], "Stadt Hamm"), None),
    "one mailbox, short names": (("Ewa", "Müller", EVA[2], "Stadt Hamm"), None),
    "one mailbox, nothing alike": (("Jan", "Schmidt", EVA[2], "Stadt Hamm"), None),
    "no address, another name": (("Ewa", "Müller", "", "Stadt Hamm"), None),
}


@pytest.mark.parametrize("name", CASES)
def test_who_may_be_one_person(name):
    said, why = CASES[name]
    one, other = listed(1, *EVA), listed(2, *said)

    assert alike(one, other) == (Why(why) if why else None)
    found = candidates([other, one])
    assert [each.pair for each in found] == ([(1, 2)] if why else [])


def test_an_umlaut_may_be_written_out_in_an_organisation_too():
    one = listed(1, "Eva", "Müller", "eva@hamm.example", "Stadt Lünen")
    other = listed(2, "Eva", "Mueller", "em@web.example", "Stadt Luenen")

    assert [each.why for each in candidates([one, other])] == [Why.ORGANISATION]


def test_two_without_an_address_are_alike_by_name_and_neither_by_nothing():
    assert alike(listed(1, "Eva", "Müller"), listed(2, "Eva", "Mueller")) is Why.NO_ADDRESS
    assert alike(listed(1, "Eva", "Müller"), listed(2, "Jan", "Schmidt")) is None


def test_the_newest_comes_first_and_who_is_two_people_is_not_named_again():
    people = [listed(number, "Eva", "Müller", "", "Stadt Hamm") for number in (3, 1, 2)]

    assert [each.pair for each in candidates(people)] == [(2, 3), (1, 3), (1, 2)]
    assert [each.pair for each in candidates(people, {(1, 3), (2, 3)})] == [(1, 2)]


def test_very_many_of_one_name_or_mailbox_are_compared_with_those_next_by_name():
    nobody = [listed(number, "N.", "N.", "", "Stadt Hamm") for number in range(300)]
    # Names of three letters are not taken for one that was mistyped.
    office = [listed(at, f"{at:x}", "Müller", "office@hamm.example") for at in range(1000, 1300)]
    slip = listed(2000, f"{1100:x}", "Mülller", "office@hamm.example")

    found = candidates([*nobody, *office, slip])

    pairs = [each.pair for each in found]
    assert pairs[0] == (1100, 2000)
    assert {number for pair in pairs[1:] for number in pair} == set(range(300))
    assert people_in(found) == 2
    assert len(pairs) < 300 * 21  # of nearly 45,000


def test_three_registrations_of_one_are_one_person_in_the_list():
    people = [listed(number, "Eva", "Müller", "", "Stadt Hamm") for number in (1, 2, 3)]
    people += [listed(number, "Jan", "Schmidt", "", "Stadt Hamm") for number in (4, 5)]

    assert people_in(candidates(people)) == 2
    assert people_in([]) == 0
