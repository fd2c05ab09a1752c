"""The notes of organisers about people in a programme."""

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.planning.speaker_sheets import FIELDS, Sheet
from congress.extensions import db
from congress.models import Contributor, SpeakerSheet

KNOWN, SHEETS = table_of(Contributor), table_of(SpeakerSheet)
NOTES = columns_of(SHEETS, " ".join(FIELDS))


def of_congress(congress_id: int) -> dict[int, Sheet]:
    """Return every sheet by the number of its person."""
    rows = db.session.execute(
        select(KNOWN.c.person_id, *NOTES)
        .join(SHEETS, SHEETS.c.contributor_id == KNOWN.c.id)
        .where(KNOWN.c.congress_id == congress_id)
    )
    return {number: Sheet(*notes) for number, *notes in rows}


def get(congress_id: int, person_id: int) -> Sheet:
    """Return the sheet of a person; an empty one where nothing is noted."""
    return of_congress(congress_id).get(person_id, Sheet())
