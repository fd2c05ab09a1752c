"""The migrations of the keys by which people, organisations and mails are found and ordered."""

import flask_migrate

from congress.domain.folding import NEXT, fold_for_search
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import User
from congress.services import registering
from tests.builders import OPEN, a_congress, a_registration, a_request, add, an_organisation
from tests.test_migrations import FOLDER, rows

ADDRESS_KEYS = (
    "SELECT email_key, name_key FROM registrations ORDER BY id",
    "SELECT email_key FROM users ORDER BY id",
    "SELECT recipient_key FROM outbox_messages ORDER BY id",
)
KEYS = (
    "SELECT family_key, search FROM registrations ORDER BY id",
    "SELECT search FROM organisations ORDER BY id",
    "SELECT recipient_search FROM outbox_messages ORDER BY id",
)


def test_keys_are_renewed_and_what_was_two_stays_two(database):
    """REL-40: people, organisations and mails are found by the rule of the program, and back."""
    congress = a_congress()
    people = [
        a_registration(
            congress, given_name=given, family_name=family, email=email, name_key=email + family
        )
        for given, family, email in (
            ("Shane", "O'Neill", "amt@xn--lnen-0ra.example"),
            ("Shane", "ONeill", "amt@lünen.example"),
            ("Łucja", "Østby", "amt@example.org"),
        )
    ]
    numbers = [each.id for each in people]
    for name in ("Łódź", "Lodz", "Ämter"):
        an_organisation(name, name_key=name)
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0011")
    before = rows("SELECT email_key, name_key, family_key, search FROM registrations ORDER BY id")
    known = rows("SELECT name, name_key FROM organisations ORDER BY id")
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert [row[:3] for row in before] == [
        ("amt@xn--lnen-0ra.example", "shaneo'neill", "o'neill shane"),
        ("amt@lünen.example", "shaneoneill", "oneill shane"),
        ("amt@example.org", "łucjaøstby", "østby łucja"),
    ]
    assert known == [("Łódź", "łodz"), ("Lodz", "lodz"), ("Ämter", "amter")]
    after = rows("SELECT email_key, name_key, family_key, search FROM registrations ORDER BY id")
    assert [row[:3] for row in after] == [
        ("amt@lünen.example", "shaneoneill", f"oneill{NEXT}shane"),
        ("amt@lünen.example", f"shaneoneill {numbers[1]}", f"oneill{NEXT}shane"),
        ("amt@example.org", "lucjaostby", f"ostby{NEXT}lucja"),
    ]
    assert after[0][3] == fold_for_search("Shane", "O'Neill", "amt@xn--lnen-0ra.example")
    [[of_another]] = rows("SELECT id FROM organisations WHERE name = 'Lodz'")
    assert rows("SELECT name_key, search FROM organisations ORDER BY id") == [
        ("lodz", "lodz"),
        (f"lodz {of_another}", "lodz"),
        ("amter", "amter"),
    ]


def test_keys_in_turn_go_down_to_words_in_a_row_and_come_back(database):
    """REL-40: an older program finds and orders by what it would have written."""
    congress = a_congress()
    people = (("Dr. Anna", "Bauer"), ("", "Sukarno"), ("Ulf", "Bauer-Beispiel"))
    for number, (given, family) in enumerate(people):
        request = a_request(number, given_name=given, family_name=family, email="amt@example.org")
        registering.register(congress.id, request, now=OPEN)
    an_organisation("Bauer")
    keys = [rows(each) for each in KEYS]
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0010")
    down, register, mails = (rows(each) for each in KEYS)
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert [key for key, _ in down] == ["bauer dr. anna", "sukarno", "bauer beispiel ulf"]
    assert "dr. anna baur amt@example.org" in str(down[0])
    assert register == [("bauer baur",)]
    assert not any(NEXT in str(text) for row in (*down, *mails) for text in row)
    assert [rows(each) for each in KEYS] == keys
    assert keys[0][0][0] == f"bauer{NEXT}anna"
    assert keys[1] == [(f"bauer{NEXT}baur",)]


def test_addresses_that_were_one_come_apart_and_stay_two_on_the_way_back(database):
    """REL-40: straße.de is not strasse.de; an older program tells the two apart by their number."""
    congress = a_congress()
    addresses = ("amt@xn--strae-oqa.example", "amt@strasse.example", "amt@lünen.example")
    for address in addresses:
        registering.register(congress.id, a_request(1, email=address, form_key=address), now=OPEN)
        key = fold_email(address)
        add(User(email=address, email_key=key, fs_uniquifier=address, active=True))
    numbers = [number for (number,) in rows("SELECT id FROM registrations ORDER BY id")]
    accounts = [number for (number,) in rows("SELECT id FROM users ORDER BY id")]
    keys = [rows(each) for each in ADDRESS_KEYS]
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0012")
    people, users, mails = (rows(each) for each in ADDRESS_KEYS)
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert people == [
        ("amt@strasse.example", "erikamuster1"),
        ("amt@strasse.example", f"erikamuster1 {numbers[1]}"),
        ("amt@lünen.example", "erikamuster1"),
    ]
    assert users == [
        ("amt@strasse.example",),
        (f"amt@strasse.example {accounts[1]}",),
        ("amt@lünen.example",),
    ]
    assert set(mails) == {("amt@strasse.example",), ("amt@lünen.example",)}
    assert [rows(each) for each in ADDRESS_KEYS] == keys
    assert [key for key, _ in keys[0]] == [
        "amt@straße.example",
        "amt@strasse.example",
        "amt@lünen.example",
    ]


def test_keys_go_by_the_numbers_of_their_letters_on_both(database):
    """Whatever order a server knows by itself: the keys are folded for this one (DIN 5007)."""
    if db.engine.dialect.name == "sqlite":
        assert rows("SELECT name FROM sqlite_master WHERE sql LIKE '%COLLATE%'") == []
    else:
        assert set(rows(COLLATIONS)) == {
            ("registrations", "family_key", "C"),
            ("registrations", "organisation_key", "C"),
            ("organisations", "search", "C"),
            ("attendee_views", "name_key", "C"),
            ("quota_spellings", "likeness", "C"),
            ("contact_persons", "name_order", "C"),
            ("contact_persons", "search", "C"),
            ("contact_notes", "search", "C"),
            ("network_projects", "search", "C"),
            ("land_questions", "search", "C"),
            ("archived_mails", "search", "C"),
        }


COLLATIONS = (
    "SELECT table_name, column_name, collation_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND collation_name IS NOT NULL"
)
