"""The migrations on both databases: up, down and up again, with data in the tables."""

import struct
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.engine.interfaces import ReflectedColumn

from congress.domain.access import ATTENDEE, COMMAND, Role
from congress.domain.registration_request import Details
from congress.extensions import db
from congress.models import (
    CalendarEntry,
    Congress,
    CongressRole,
    ProgrammeItem,
    Registration,
    ReminderSetting,
)
from congress.queries.programme import released_items
from congress.services import correcting, registering
from congress.services.logins import accounts
from tests.builders import (
    OPEN,
    STARTS,
    a_congress,
    a_mailing,
    a_registration,
    a_request,
    a_workshop,
    add,
    an_item,
    an_organisation,
)
from tests.everything import everything_in_use
from tests.network_mails import a_network_mail, an_archived_mail
from tests.newsletter_readers import a_newsletter_reader

FOLDER = str(Path(__file__).parent.parent / "migrations")
REVISIONS = [each.revision for each in ScriptDirectory(FOLDER).walk_revisions()][1:]


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


def test_every_step_keeps_the_data_of_the_steps_before(database):
    """REL-40: what a later migration adds can go and come without a row of the rest."""
    everything_in_use()
    before = counts()
    db.session.remove()

    for revision in REVISIONS:
        flask_migrate.downgrade(directory=FOLDER, revision=revision)
        left = counts()
        assert left == {table: before[table] for table in left}, revision
        db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert {table: counts()[table] for table in left} == left
    assert {table for table, number in before.items() if not number} <= {
        *("attempts", "roles", "roles_users")  # in a file of their own; not used
    }


def test_what_is_of_no_congress_goes_on_the_way_down(database):
    """REL-40: an older program knows info mails and newsletters of congresses alone."""
    congress = a_congress()
    kept = a_mailing(congress).id
    an_archived_mail(a_network_mail(copy_of_id=kept))
    readers = [a_newsletter_reader(each, 7).id for each in (congress, None)]
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0091")
    assert rows("SELECT id FROM mailings") == [(kept,)]
    assert rows("SELECT id FROM newsletter_readers") == [(readers[0],)]
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)


def test_whoever_stands_at_the_door_loses_that_role_alone_on_the_way_down(database):
    """REL-40: an older program does not know it; and no other role may be written there."""
    congress = a_congress()
    both = (Role.CHECK_IN, Role.READER)
    numbers = [
        accounts.invite(f"{role}@example.org", actor=COMMAND, now=OPEN, roles={congress.id: role})
        for role in both
    ]
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0017")
    held = rows("SELECT user_id, role FROM congress_roles")
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert held == [(numbers[1], "reader")]
    unknown = CongressRole(user_id=numbers[0], congress_id=congress.id, role="chief")
    with pytest.raises(sa.exc.IntegrityError):
        add(unknown)


def test_reminders_that_an_older_program_would_send_to_everybody_go_on_the_way_down(database):
    """REL-40: it knows one of each sort, and none of a single workshop."""
    congress = a_congress()
    of_workshop = a_workshop(congress, number=1).id
    came = {"congress_id": congress.id, "reminder": "came", "days": 1, "hour": 9}
    add(ReminderSetting(**came))
    add(ReminderSetting(**came, is_added=True))
    add(ReminderSetting(**came | {"reminder": "soon"}, item_id=of_workshop))
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0047")
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    kept = rows("SELECT reminder, is_added, item_id FROM reminders")
    assert [(name, bool(added), item) for name, added, item in kept] == [("came", False, None)]
    with pytest.raises(sa.exc.IntegrityError):
        add(ReminderSetting(**came))


def test_who_only_asked_ends_on_the_way_down_and_what_was_held_is_free(database):
    congress = a_congress(capacity=3, rules={"approval": "held"})
    item = a_workshop(congress, capacity=2)
    registering.register(congress.id, a_request(1, item), now=OPEN)
    db.session.remove()
    counts = "SELECT taken, waiting FROM congresses UNION ALL SELECT taken, waiting FROM"
    both = f"{counts} programme_items WHERE capacity IS NOT NULL"
    assert [tuple(row) for row in rows(both)] == [(1, 0), (1, 0)]

    flask_migrate.downgrade(directory=FOLDER, revision="0051")
    db.session.remove()
    assert [tuple(row) for row in rows(both)] == [(0, 0), (0, 0)]
    assert [row[0] for row in rows("SELECT state FROM bookings")] == ["cancelled"]
    flask_migrate.upgrade(directory=FOLDER)

    assert [row[0] for row in rows("SELECT state FROM registrations")] == ["cancelled"]


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


def test_an_address_that_waits_goes_with_its_table_and_leaves_the_person(database):
    """REL-40: down and up again with a wish in the table; whoever wished asks once more."""
    congress = a_congress()
    done = registering.register(congress.id, a_request(1), now=OPEN)
    after = Details.of(a_request(1).said | {"email": "neu@example.org"})
    seen = a_request(1).version
    correcting.correct(done.registration_id, after, version=seen, actor=ATTENDEE, now=OPEN)
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


def test_the_link_of_a_workshop_goes_from_what_was_released_too(database):
    congress = a_congress()
    number = congress.id
    workshop = a_workshop(congress)
    workshop.online_link = "https://meet.example.org/1"
    workshop.released = (workshop.released or {}) | {"online_link": workshop.online_link}
    db.session.commit()
    assert [item.face.online_link for item in released_items(number)] != [""]
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0044")
    shown = db.session.scalars(sa.select(ProgrammeItem.released)).all()
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert ["online_link" in (face or {}) for face in shown] == [False]
    assert db.session.scalars(sa.select(ProgrammeItem.online_link)).all() == [""]


FACES = sa.select(ProgrammeItem.id, ProgrammeItem.released).order_by(ProgrammeItem.id)
OLD_FACE = ["abstract", "cancelled", "people", "room", "title"]


def rows(statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(sa.text(statement))]


def counts() -> dict[str, int]:
    """How many rows each table has that there is."""
    tables = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {
        table: db.session.execute(
            sa.select(sa.func.count()).select_from(sa.table(table))
        ).scalar_one()
        for table in tables
    }


def schema() -> dict[str, list[str]]:
    """Every table with its columns, what they hold and by which rule, and its constraints."""
    inspector = sa.inspect(db.engine)
    return {
        table: sorted(
            [column_in_words(column) for column in inspector.get_columns(table)]
            + [
                f"{key['name']} {key['column_names']}"
                for key in inspector.get_unique_constraints(table)
            ]
            + [str(check["name"]) for check in inspector.get_check_constraints(table)]
            + [str(index["name"]) for index in inspector.get_indexes(table)]
            + [str(key["name"]) for key in inspector.get_foreign_keys(table)]
        )
        for table in inspector.get_table_names()
    }


def column_in_words(column: ReflectedColumn) -> str:
    collation = getattr(column["type"], "collation", None)
    return f"{column['name']} {column['type']} {column['nullable']} {column['default']} {collation}"
