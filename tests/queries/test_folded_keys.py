"""Search and order on both databases: one form of every text."""

import pytest

from congress.domain.attendee_list import Sort, Wanted
from congress.queries import attendees, organisations
from congress.services import registering
from congress.transaction import read_one_state
from tests.builders import OPEN, a_congress, a_request, an_organisation

pytestmark = pytest.mark.usefixtures("database")

PEOPLE = (
    ("Jörg", "Müller", "joerg@xn--lnen-0ra.example", "Ämterverbund Süd"),
    ("Ida", "Mueller", "ida@lünen.example", "Amtsgericht"),
    ("Shane", "O’Neill", "shane@example.org", "Łódź"),
    ("Zoë", "Østby-Łoś", "zoe@example.org", "Zentrum Übung"),
    ("Olaf", "Ost", "olaf@example.org", "amt Nord"),
)


def registered():
    congress = a_congress()
    for number, (given, family, email, organisation) in enumerate(PEOPLE):
        request = a_request(
            number, given_name=given, family_name=family, email=email, organisation=organisation
        )
        registering.register(congress.id, request, now=OPEN)
    return congress.id


def given_names(congress_id, wanted):
    lines = attendees.page(congress_id, wanted, offset=0, limit=50)
    return [line.given_name for line in lines]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        *((each, ["Ida", "Jörg"]) for each in ("Mueller", "mueller", "muller", "MÜLLER")),
        *((each, ["Zoë"]) for each in ("uebung", "Übung", "ostby los", "Oestby–Łoś")),
        *((each, ["Shane"]) for each in ("o'neill", "ONEILL", "O`Neill lodz")),
        *((each, ["Ida", "Jörg"]) for each in ("@lünen.example", "xn--lnen-0ra.example")),
        ("Möller", []),
    ],
)
def test_every_writing_finds_the_same_people(search, found):
    assert sorted(given_names(registered(), Wanted(search=search))) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.NAME, ["Ida", "Jörg", "Shane", "Olaf", "Zoë"]),
        (Sort.ORGANISATION, ["Olaf", "Jörg", "Ida", "Shane", "Zoë"]),
    ],
)
def test_order_is_that_of_a_dictionary(sort, order):
    """DIN 5007: Ämterverbund stands under A, whatever the database knows of umlauts."""
    congress_id = registered()

    assert given_names(congress_id, Wanted(sort=sort)) == order
    read_one_state()
    streamed = attendees.stream(congress_id, Wanted(sort=sort), columns=["given_name"])
    assert [name for part in streamed for name in part.given_name] == order
    assert given_names(congress_id, Wanted(sort=sort, is_descending=True)) == order[::-1]


def test_the_family_name_decides_and_then_the_given_name():
    """Whatever stands between the two comes before every letter, space and mark."""
    congress = a_congress()
    for number, (family, given) in enumerate(reversed(NAMES)):
        request = a_request(number, given_name=given, family_name=family, organisation="Amt")
        registering.register(congress.id, request, now=OPEN)
    order = [given for _, given in NAMES]

    for sort in (Sort.NAME, Sort.ORGANISATION, Sort.WORKSHOP, Sort.STATE):
        assert given_names(congress.id, Wanted(sort=sort)) == order
    assert given_names(congress.id, Wanted(search="müller luden anna")) == ["Anna"]


REGISTER = ("Kreis, Ämter", "Stadt Düren", "Amtsgericht", "Ämterverbund")
NAMES = (
    ("Attrappe", "Karin"),
    ("Attrappe", "Stefanie"),
    ("Attrappe-Mustermann", "Şükrü"),
    ("Attrappe Zander", "Ada"),
    ("", "Cher"),
    ("Müller", "Zoë"),
    ("Müller", "Dr. Zora"),
    ("Müller Lüdenscheidt", "Anna"),
    ("Müller-Lüdenscheidt", "Berta"),
    ("Müller, Mittlere", "Carl"),
    ("von Beispiel", "Xaver"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("aemter", ["Ämterverbund", "Kreis, Ämter"]),
        ("Ämter", ["Ämterverbund", "Kreis, Ämter"]),
        ("amt", ["Ämterverbund", "Amtsgericht", "Kreis, Ämter"]),
        ("DÜR", ["Stadt Düren"]),
        ("duer", ["Stadt Düren"]),
        ("baur", ["Bauer", "Bauer Ost", "Alter Bauer"]),
        ("bauer", ["Bauer", "Bauer Ost", "Alter Bauer"]),
        ("%", []),
        ("'-", []),
    ],
)
def test_names_are_suggested_in_every_writing(typed, found):
    for name in (*REGISTER, "Alter Bauer", "Bauer Ost", "Bauer"):
        an_organisation(name, suggested=True)

    assert organisations.suggestions(typed, day=OPEN.date()) == found
