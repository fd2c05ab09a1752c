"""Sign-in sheets as printed, on both databases: a row means what the paper says."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.sign_in import CODE_LENGTH, NumberedSheet, SheetFor
from congress.formats import print_sign_in
from congress.formats.print_sign_in import SignIn
from congress.models import AuditLine, Registration, SignInSheet
from congress.queries import sign_in
from congress.queries.congresses import get_congress
from congress.services import printing_sheets
from tests.builders import (
    BEGUN,
    ENDS,
    STARTS,
    a_booking,
    a_congress,
    a_registration,
    a_workshop,
)

DAY = STARTS.date()


def test_rows_stand_in_order_of_names_and_keep_their_numbers(session):
    congress = a_congress()
    workshop, other = a_workshop(congress, number=1), a_workshop(congress, number=2)
    zoe, anna, bernd = (
        a_registration(congress, given_name=given, family_name=family, organisation="Stadt")
        for given, family in (("Zoë", "Ärmel"), ("Anna", "Ärmel"), ("Bernd", "Zander"))
    )
    waits = a_registration(congress, family_name="Busch", state="waiting")
    for person, state in ((zoe, "confirmed"), (bernd, "confirmed"), (waits, "waiting")):
        a_booking(person, workshop, state=state)
    day, at_workshop = SheetFor(DAY), SheetFor(DAY, workshop.id)
    empty = SheetFor(DAY, other.id)

    def note():
        return printing_sheets.note_sheets(
            congress.id, [day, at_workshop, empty], actor=COMMAND, now=BEGUN
        )

    first = note()
    assert [[(row.number, row.name) for row in sheet.rows] for sheet in first] == [
        [(1, "Anna Ärmel"), (2, "Zoë Ärmel"), (3, "Bernd Zander")],
        [(1, "Zoë Ärmel"), (2, "Bernd Zander")],
        [],
    ]
    assert first[0].rows[0].organisation == "Stadt"
    assert {len(sheet.code) for sheet in first} == {CODE_LENGTH}
    assert len({sheet.code for sheet in first}) == len(first)

    assert [sheet.code for sheet in note()] == [sheet.code for sheet in first]
    session.get_one(Registration, anna.id).state = "cancelled"
    session.commit()
    again = note()
    assert [sheet.code for sheet in again[1:]] == [sheet.code for sheet in first[1:]]
    assert again[0].code != first[0].code
    latest, before = sign_in.printed(congress.id, day)
    assert (latest.code, before.code) == (again[0].code, first[0].code)
    assert before.registrations == (anna.id, zoe.id, bernd.id)
    assert sign_in.rows(congress.id, None, DAY) == list(again[0].rows)
    lines = session.scalars(
        select(AuditLine.details).where(AuditLine.verb == "sign_in_sheets_printed")
    )
    assert list(lines) == [{"codes": [each.code for each in first]}, {"codes": [latest.code]}]


def test_whoever_takes_part_online_signs_nowhere(session):
    congress = a_congress(rules={"mode": "hybrid"})
    on_site = a_registration(congress, family_name="Adler")
    a_registration(congress, family_name="Birke", mode="online")
    assert [row.registration_id for row in sign_in.rows(congress.id, None, DAY)] == [on_site.id]


def test_sheets_go_a_year_after_the_congress(session):
    congress = a_congress()
    printing_sheets.note_sheet(congress.id, SheetFor(DAY), actor=COMMAND, now=BEGUN)
    kept = ENDS + timedelta(days=365)
    assert printing_sheets.forget_old(now=kept) == 0
    assert printing_sheets.forget_old(now=kept + timedelta(minutes=1)) == 1
    assert session.scalars(select(SignInSheet)).all() == []


def test_a_sheet_names_the_congress_once(session):
    congress = get_congress(a_congress(title={"de": "Fachkongress"}).id)
    sheet = NumberedSheet(SheetFor(DAY), "B7K4", ())
    both = [SignIn(name, "", "", sheet) for name in ("Fachkongress", "Workshop 1")]
    printed = print_sign_in.printed(congress, both, {}, language="de", now=BEGUN)
    made: Any = printed.data["sheets"]
    assert [(each["above"], each["foot"]) for each in made] == [
        ("Unterschriftenliste", "B7K4 · Fachkongress"),
        ("Unterschriftenliste · Fachkongress", "B7K4 · Workshop 1 · Fachkongress"),
    ]
