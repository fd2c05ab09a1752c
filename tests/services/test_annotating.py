"""Internal notes about registrations: one at a time, in the log without their words."""

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.attendee_list import Wanted
from congress.domain.notes import NoteEditedMeanwhile, version_of
from congress.extensions import db
from congress.models import AuditLine
from congress.queries import attendees, notes
from congress.services import annotating, changing
from tests import builders
from tests.builders import OPEN

pytestmark = pytest.mark.usefixtures("database")


def test_a_note_is_kept_in_the_place_of_the_one_that_was_seen():
    congress = builders.a_congress()
    here, one = congress.id, builders.a_registration(congress).id
    other = builders.a_registration(congress).id

    def annotate(note: str, seen: str) -> bool:
        return annotating.annotate(one, note, version=version_of(seen), actor=COMMAND, now=OPEN)

    assert annotate("Braucht einen Rollstuhlplatz", "")
    assert not annotate("Braucht einen Rollstuhlplatz", "")  # sent twice
    with pytest.raises(NoteEditedMeanwhile):
        annotate("Kommt später", "")
    assert (notes.note_of(one), notes.note_of(other)) == ("Braucht einen Rollstuhlplatz", "")
    changing.withdraw(one, actor=COMMAND, now=OPEN)
    listed = attendees.page(here, Wanted(), offset=0, limit=9)
    assert {each.id: each.note for each in listed} == {one: notes.note_of(one), other: ""}

    assert annotate("", "Braucht einen Rollstuhlplatz")
    lines = db.session.execute(
        select(AuditLine.verb, AuditLine.registration_id, AuditLine.details, AuditLine.personal)
        .where(AuditLine.verb.startswith("note_"))
        .order_by(AuditLine.id)
    )
    assert [tuple(each) for each in lines] == [
        ("note_edited", one, {}, {}),
        ("note_removed", one, {}, {}),
    ]
