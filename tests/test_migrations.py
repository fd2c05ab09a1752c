"""The migrations on both databases: up, down and up again, with data in the tables."""

import struct
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa

from congress.domain.access import ATTENDEE
from congress.domain.folding import NEXT, fold_for_search
from congress.domain.people import fold_email
from congress.domain.registration_request import Details
from congress.extensions import db
from congress.models import CalendarEntry, Congress, ProgrammeItem, Registration, User
from congress.queries.programme import released_items
from congress.services import correcting, registering
from tests.builders import (
    OPEN,
    STARTS,
    a_congress,
    a_registration,
    a_request,
    a_workshop,
    add,
    an_item,
    an_organisation,
)

FOLDER = str(Path(__file__).parent.parent / "migrations")


def test_up_down_and_up_again_with_data(database):
    """REL-40: nothing is left behind, and the schema comes back the same."""
    congress = a_congress()
    registering.register(congress.id, a_request(1, a_workshop(congress)), now=OPEN)
    before = schema()
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="base")
    left = sa.inspect(db.engine).get_table_names()
    flask_migrate.upgrade(directory=FOLDER)

    assert left == ["alembic_version"]
    assert schema() == before


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005", "0006"])
def test_every_step_keeps_the_data_of_the_steps_before(database, revision):
    """REL-40: what a later migration adds can go and come without touching the rest."""
    congress = a_congress()
    name, slug = congress.title, congress.slug
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision=revision)
    flask_migrate.upgrade(directory=FOLDER)

    row = db.session.execute(sa.text("SELECT slug, title FROM congresses")).one()
    assert row.slug == slug
    assert name["de"][:5] in str(row.title)


def test_fields_and_answers_go_down_to_columns_and_come_back(database):
    """REL-40: what congresses ask and what people answered is carried over, both ways."""
    congress = a_congress(fields={"organisation": "required", "function": "off"})
    answered = a_registration(congress, answers={"function": 'Büro "Ö" \\ 1. Stock'}).id
    silent = a_registration(congress, answers={}).id
    by_default = a_congress(slug="zweiter").id
    number = congress.id
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0005")
    down = rows("SELECT id, organisation_field, function_field FROM congresses ORDER BY id")
    said = rows("SELECT id, function FROM registrations ORDER BY id")
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert down == [(number, "required", "off"), (by_default, "optional", "optional")]
    assert said == [(answered, 'Büro "Ö" \\ 1. Stock'), (silent, "")]
    assert db.session.scalars(sa.select(Congress.fields).order_by(Congress.id)).all() == [
        {"organisation": "required", "function": "off"},
        {"organisation": "optional", "function": "optional"},
    ]
    answers = sa.select(Registration.answers).order_by(Registration.id)
    assert db.session.scalars(answers).all() == [{"function": 'Büro "Ö" \\ 1. Stock'}, {}]


def test_calendar_entries_say_in_their_rows_what_mails_and_feeds_say(database):
    """REL-40: a cancelled title says so, by whom, and no row holds an address; and back."""
    congress = a_congress()
    gone = {"state": "cancelled"}
    stays, left, english, moved, again = (
        a_registration(congress, **values).id
        for values in ({}, gone, gone | {"language": "en"}, {}, {})
    )
    an_entry(stays, "stays")
    an_entry(left, "left", status="CANCELLED", summary="Abgemeldet: Kongress")
    an_entry(english, "english", status="CANCELLED", summary="Not attending: Kongress")
    an_entry(moved, "moved")
    an_entry(moved, "gone", status="CANCELLED", summary="Abgesagt: Kongress")
    an_entry(again, "left", sequence=2)
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0006")
    down = db.session.execute(ENTRIES).all()
    db.session.execute(sa.update(CalendarEntry).values(content={"summary": "K", "url": "http://x"}))
    db.session.commit()
    flask_migrate.upgrade(directory=FOLDER)

    assert [(uid, content["summary"]) for uid, content in down] == [
        ("stays", "Kongress"),
        ("english", "Kongress"),
        ("moved", "Kongress"),
        ("left", "Kongress"),
    ]
    assert [content for _, content in db.session.execute(ENTRIES).all()] == [
        {"summary": "K"},
        {"summary": "Not attending: K"},
        {"summary": "K"},
        {"summary": "K"},
    ]


ENTRIES = sa.select(CalendarEntry.uid, CalendarEntry.content).order_by(CalendarEntry.id)


def an_entry(
    registration_id: int, uid: str, *, summary: str = "Kongress", **values: object
) -> None:
    facts = {"day": STARTS.date(), "sequence": 1, "revised_at": OPEN, "status": "CONFIRMED"}
    row = CalendarEntry(registration_id=registration_id, uid=uid, content={"summary": summary})
    for name, value in (facts | values).items():
        setattr(row, name, value)
    add(row)


def test_logos_from_before_get_their_size_and_congresses_the_usual_colour(database):
    """REL-40: what was stored without a size is measured; a congress keeps looking as it did."""
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 560, 120)
    a_congress()
    for name, logo in (("Forum", png), ("Ministerium", b"<svg/>"), ("Stadt", None)):
        an_organisation(name, logo=logo)
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0007")
    flask_migrate.upgrade(directory=FOLDER)

    sizes = rows("SELECT name, logo_width, logo_height FROM organisations ORDER BY name")
    assert sizes == [("Forum", 560, 120), ("Ministerium", None, None), ("Stadt", None, None)]
    assert rows("SELECT colour FROM congresses") == [("blue",)]


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


def test_an_address_that_waits_goes_with_its_table_and_leaves_the_person(database):
    """REL-40: down and up again with a wish in the table; whoever wished asks once more."""
    congress = a_congress()
    done = registering.register(congress.id, a_request(1), now=OPEN)
    after = Details.of(a_request(1).said | {"email": "neu@example.org"})
    correcting.correct(done.registration_id, after, actor=ATTENDEE, now=OPEN)
    waiting = rows("SELECT email FROM address_changes")
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0009")
    flask_migrate.upgrade(directory=FOLDER)

    assert waiting == [("neu@example.org",)]
    assert rows("SELECT email FROM address_changes") == []
    assert rows("SELECT email FROM registrations") == [("erika.muster-1@example.org",)]


def test_short_titles_come_empty_and_go_from_what_was_released_too(database):
    """REL-40: items from before have none; what an older program reads is a face it knows."""
    congress = a_congress()
    number = congress.id
    short = a_workshop(congress, short_title={"de": "Kurz"}).id
    plain = an_item(congress).id
    draft = an_item(congress, is_released=False).id
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0008")
    shown = db.session.execute(FACES).all()
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert [(item, face and sorted(face)) for item, face in shown] == [
        (short, OLD_FACE),
        (plain, OLD_FACE),
        (draft, None),
    ]
    assert db.session.scalars(sa.select(ProgrammeItem.short_title)).all() == [{}, {}, {}]
    assert [item.face.short_title for item in released_items(number)] == [{}, {}]


FACES = sa.select(ProgrammeItem.id, ProgrammeItem.released).order_by(ProgrammeItem.id)
OLD_FACE = ["abstract", "cancelled", "people", "room", "title"]


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
        registering.register(congress.id, a_request(1, email=address), now=OPEN)
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


def rows(statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(sa.text(statement))]


def schema() -> dict[str, list[str]]:
    """Every table with its columns, types and constraints."""
    inspector = sa.inspect(db.engine)
    return {
        table: sorted(
            [f"{column['name']} {column['type']}" for column in inspector.get_columns(table)]
            + [str(check["name"]) for check in inspector.get_check_constraints(table)]
            + [str(index["name"]) for index in inspector.get_indexes(table)]
            + [str(key["name"]) for key in inspector.get_foreign_keys(table)]
        )
        for table in inspector.get_table_names()
    }
