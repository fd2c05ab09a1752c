"""Speaker sheets: kept for one congress, told apart by what one may see, forgotten in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.planning.speaker_sheets import Sheet, SheetUnseen
from congress.extensions import db
from congress.models import AuditLine, Person
from congress.queries.planning import speaker_sheets
from congress.services.planning import noting
from tests import builders
from tests.builders import AFTERWARDS, OPEN, add

pytestmark = pytest.mark.usefixtures("database")


def test_a_sheet_is_one_congresss_and_the_fee_is_for_who_sees_it():
    ours, theirs = builders.a_congress(), builders.a_congress(slug="theirs")
    anna = add(Person(name="Anna Beispiel"))
    for congress in (ours, theirs):
        builders.a_contribution(builders.a_workshop(congress), anna)
    here, there, person = ours.id, theirs.id, anna.id

    def note(sheet: Sheet, seen: Sheet, *, sees_fee: bool) -> None:
        noting.note(here, person, sheet, seen=seen.mark, sees_fee=sees_fee, actor=COMMAND, now=OPEN)

    whole = Sheet(hotel="Zwei Nächte", honorarium="500 Euro")
    note(whole, Sheet(), sees_fee=True)
    with pytest.raises(SheetUnseen):
        note(Sheet(), Sheet(), sees_fee=True)
    shown = whole.seen_by(sees_fee=False)
    note(Sheet(hotel="Eine Nacht"), shown, sees_fee=False)
    assert speaker_sheets.get(here, person) == Sheet(hotel="Eine Nacht", honorarium="500 Euro")
    assert speaker_sheets.get(there, person).is_empty
    lines = db.session.scalars(select(AuditLine).where(AuditLine.verb == "sheet_edited")).all()
    assert [sorted(each.fields) for each in lines] == [["honorarium", "hotel"], ["hotel"]]
    assert "Nacht" not in str([each.details for each in lines])

    assert noting.forget_old(now=OPEN) == 0
    assert noting.forget_old(now=AFTERWARDS + timedelta(days=400)) == 1
    assert speaker_sheets.get(here, person).is_empty
